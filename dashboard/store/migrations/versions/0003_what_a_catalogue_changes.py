"""Limits for colours, further versions of a source, and baselines and targets that are taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER = sa.Numeric(24, 6, asdecimal=False)


def text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.String(length=length) if length else sa.Text()
    return sa.Column(name, kind, server_default=sa.text("('')"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "source_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        text("producer"),
        text("address"),
        text("archived_address"),
        text("published", 40),
        sa.Column("accessed", sa.Date(), nullable=True),
        text("licence"),
        text("citation"),
        sa.Column("interested_party", sa.Boolean(), nullable=True),
        text("verified", 20),
        text("note"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_set_id", KEY, nullable=False),
        sa.CheckConstraint("version >= 2", name=op.f("ck_source_version_after_the_first")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_source_version_title_given")),
        sa.CheckConstraint(
            "address = '' OR address LIKE 'http%'", name=op.f("ck_source_version_address_web")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_source_version_reason_given")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_version_source_id")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_source_version_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_version")),
        sa.UniqueConstraint("source_id", "version", name=op.f("uq_source_version_source_id_version")),
    )
    op.create_table(
        "band",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amber", NUMBER, nullable=True),
        sa.Column("green", NUMBER, nullable=True),
        text("currency", 3),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_set_id", KEY, nullable=False),
        sa.CheckConstraint("(amber IS NULL) = (green IS NULL)", name=op.f("ck_band_both_or_neither")),
        sa.CheckConstraint("amber IS NULL OR amber <> green", name=op.f("ck_band_limits_differ")),
        sa.CheckConstraint("amber IS NOT NULL OR currency = ''", name=op.f("ck_band_currency_with_limits")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_band_reason_given")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_band_indicator_id")),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_band_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_band")),
        sa.UniqueConstraint("indicator_id", "version", name=op.f("uq_band_indicator_id_version")),
    )
    for table in ("baseline", "target"):  # what was stated before stands as it stood
        op.add_column(
            table,
            sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        )
    guard_rows()


def downgrade() -> None:
    raise NotImplementedError("rows that were recorded are not taken away again")


APPEND_ONLY = ("source_version", "band")
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
