"""Promises of the candidacy, tables of prices, answers about comparability, sections of a report."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER = sa.Numeric(24, 6, asdecimal=False)


def text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.String(length=length) if length else sa.Text()
    return sa.Column(name, kind, server_default=sa.text("('')"), nullable=False)


def one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    condition = " OR ".join(f"{column} = '{word}'" for word in words)
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{column}"))


def ref(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def given(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} <> ''", name=op.f(f"ck_{table}_{column}_given"))


def made(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        *parts,
        sa.Column("change_set_id", KEY, nullable=False),
        ref(table, "change_set_id", "change_set"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    made(
        "promise",
        needed("key", sa.String(length=80)),
        sa.UniqueConstraint("key", name=op.f("uq_promise_key")),
        sa.CheckConstraint("key <> '' AND key = lower(key)", name=op.f("ck_promise_key_form")),
    )
    made(
        "promise_version",
        needed("content_digest", sa.String(length=64)),
        needed("promise_id", KEY),
        needed("version", sa.Integer()),
        text("text_da"), text("text_en"), text("page", 40), text("owner", 254),
        sa.Column("due", sa.Date(), nullable=True),
        needed("state", sa.String(length=16)),
        text("reason"),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("source_id", KEY, nullable=True),
        ref("promise_version", "promise_id", "promise"),
        ref("promise_version", "claim_id", "claim"),
        ref("promise_version", "source_id", "source"),
        sa.UniqueConstraint("promise_id", "version", name=op.f("uq_promise_version_promise_id_version")),
        one_of("promise_version", "state", "planned", "under_way", "kept", "partly_kept", "dropped"),
        sa.CheckConstraint("text_da <> '' OR text_en <> ''", name=op.f("ck_promise_version_text_given")),
        sa.CheckConstraint(
            "state <> 'dropped' OR reason <> ''", name=op.f("ck_promise_version_dropped_with_reason")
        ),
    )  # fmt: skip
    made(
        "promise_indicator",
        needed("promise_version_id", KEY),
        needed("indicator_id", KEY),
        ref("promise_indicator", "promise_version_id", "promise_version"),
        ref("promise_indicator", "indicator_id", "indicator"),
        sa.UniqueConstraint(
            "promise_version_id", "indicator_id", name=op.f("uq_promise_indicator_promise_version_id_indicator_id")
        ),
    )
    made(
        "promise_evidence",
        needed("promise_id", KEY),
        needed("evidence_id", KEY),
        ref("promise_evidence", "promise_id", "promise"),
        ref("promise_evidence", "evidence_id", "evidence"),
        sa.UniqueConstraint("promise_id", "evidence_id", name=op.f("uq_promise_evidence_promise_id_evidence_id")),
    )
    made(
        "price_table",
        needed("name", sa.String(length=120)),
        needed("version", sa.String(length=40)),
        needed("kind", sa.String(length=24)),
        text("unit", 80),
        needed("content_digest", sa.String(length=64)),
        sa.Column("source_id", KEY, nullable=True),
        ref("price_table", "source_id", "source"),
        sa.UniqueConstraint("name", "version", name=op.f("uq_price_table_name_version")),
        one_of("price_table", "kind", "price_index", "purchasing_power"),
        given("price_table", "name"),
        given("price_table", "version"),
    )
    made(
        "price_rate",
        needed("price_table_id", KEY),
        needed("country", sa.String(length=8)),
        needed("year", sa.Integer()),
        text("currency", 3),
        needed("rate", sa.Double()),
        ref("price_rate", "price_table_id", "price_table"),
        sa.UniqueConstraint(
            "price_table_id", "country", "year", name=op.f("uq_price_rate_price_table_id_country_year")
        ),
        sa.CheckConstraint("rate > 0", name=op.f("ck_price_rate_rate_positive")),
    )
    made(
        "comparability_answer",
        needed("content_digest", sa.String(length=64)),
        needed("indicator_id", KEY),
        needed("place_id", KEY),
        needed("question", sa.String(length=16)),
        needed("version", sa.Integer()),
        needed("answer", sa.String(length=12)),
        needed("reason", sa.Text()),
        ref("comparability_answer", "indicator_id", "indicator"),
        ref("comparability_answer", "place_id", "place"),
        sa.UniqueConstraint(
            "indicator_id", "place_id", "question", "version",
            name=op.f("uq_comparability_answer_indicator_id_place_id_question_version"),
        ),
        one_of("comparability_answer", "question", "definition", "boundary", "period", "method", "publisher"),
        one_of("comparability_answer", "answer", "yes", "partly", "no", "unknown", "withdrawn"),
        given("comparability_answer", "reason"),
    )  # fmt: skip
    made(
        "report_section",
        needed("content_digest", sa.String(length=64)),
        needed("report", sa.String(length=40)),
        needed("section", sa.String(length=80)),
        needed("language", sa.String(length=2)),
        needed("version", sa.Integer()),
        text("text"), text("owner", 254),
        needed("items", sa.JSON()),
        needed("finished", sa.Boolean()),
        sa.UniqueConstraint(
            "report", "section", "language", "version",
            name=op.f("uq_report_section_report_section_language_version"),
        ),
        given("report_section", "report"),
        given("report_section", "section"),
        sa.CheckConstraint("language IN ('da', 'en')", name=op.f("ck_report_section_language")),
    )  # fmt: skip
    guard_rows()


def downgrade() -> None:
    raise NotImplementedError("rows that were recorded are not taken away again")


APPEND_ONLY = (
    "promise", "promise_version", "promise_indicator", "promise_evidence", "price_table", "price_rate",
    "comparability_answer", "report_section",
)  # fmt: skip
"""The tables of this migration whose rows are written once."""

def guard_rows() -> None:
    """Let the database itself refuse to change or delete what was recorded."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        if sqlite:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only: rows are never changed'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
                "EXECUTE FUNCTION refuse_change()"
            )
