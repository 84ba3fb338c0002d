"""Kept entries, comments, remembered columns, follow-ups, and a short way to what awaits review."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entry_draft",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("form <> ''", name=op.f("ck_entry_draft_form_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_draft")),
        sa.UniqueConstraint("actor", "form", name=op.f("uq_entry_draft_actor_form")),
    )
    op.create_table(
        "column_mapping",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("header_digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=254), server_default=sa.text("('')"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("change_set_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_column_mapping_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint(
            "header_digest", "actor", "version", name=op.f("uq_column_mapping_header_digest_actor_version")
        ),
    )
    op.create_table(
        "activity_follow_up",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_set_id", KEY, nullable=False),
        sa.CheckConstraint("note <> ''", name=op.f("ck_activity_follow_up_note_given")),
        sa.CheckConstraint(
            "outcome IN ('repeated', 'continued', 'ended', 'unknown')",
            name=op.f("ck_activity_follow_up_outcome"),
        ),
        sa.CheckConstraint("months IN (12, 24, 36)", name=op.f("ck_activity_follow_up_months")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_follow_up_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_activity_follow_up_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_follow_up")),
        sa.UniqueConstraint(
            "activity_id",
            "months",
            "sequence",
            name=op.f("uq_activity_follow_up_activity_id_months_sequence"),
        ),
    )
    op.create_table(
        "observation_comment",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("observation_id", KEY, nullable=False),
        sa.Column("thread_id", KEY, nullable=True),
        sa.Column("text", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("change_set_id", KEY, nullable=False),
        sa.CheckConstraint(
            "text <> '' OR resolved IS NOT NULL", name=op.f("ck_observation_comment_something_said")
        ),
        sa.CheckConstraint(
            "resolved IS NULL OR thread_id IS NOT NULL",
            name=op.f("ck_observation_comment_resolves_a_thread"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_observation_comment_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_observation_comment_observation_id")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["observation_comment.id"], name=op.f("fk_observation_comment_thread_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_comment")),
    )
    op.create_index(
        "ix_observation_comment_observation_id", "observation_comment", ["observation_id"], unique=False
    )
    op.create_index(
        "ix_observation_reviewed",
        "observation",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state <> 'approved'"),
        postgresql_where=sa.text("state <> 'approved'"),
    )
    guard_rows()


def downgrade() -> None:
    raise NotImplementedError("rows that were recorded are not taken away again")


APPEND_ONLY = ("column_mapping", "activity_follow_up", "observation_comment")
"""The tables of this migration whose rows are written once. An `entry_draft` is replaced and forgotten."""


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
