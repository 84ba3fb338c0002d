"""The whole model, and the guards that keep its rows as they were written."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chain", sa.String(length=64), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "store_profile",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("home_place", sa.String(length=80), server_default=sa.text("('')"), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("created_by_version", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint("kind = 'real' OR kind = 'demonstration'", name=op.f("ck_store_profile_kind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_profile_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_profile")),
        sa.UniqueConstraint("kind", name=op.f("uq_store_profile_kind")),
    )
    op.create_table(
        "change_set",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("actor", sa.String(length=254), server_default=sa.text("('')"), nullable=False),
        sa.Column("edge", sa.String(length=16), server_default=sa.text("('')"), nullable=False),
        sa.Column("store_kind", sa.String(length=16), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), server_default=sa.text("('')"), nullable=False),
        sa.Column("digest", sa.String(length=64), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint(
            "(revision IS NULL) = (recorded_at IS NULL)", name=op.f("ck_change_set_committed")
        ),
        sa.ForeignKeyConstraint(
            ["store_kind"], ["store_profile.kind"], name=op.f("fk_change_set_store_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("revision", name=op.f("uq_change_set_revision")),
    )
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.create_index("ix_change_set_recorded_at", ["recorded_at"], unique=False)

    op.create_table(
        "batch",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column("file_name", sa.String(length=255), server_default=sa.text("('')"), nullable=False),
        sa.Column("file_digest", sa.String(length=64), server_default=sa.text("('')"), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_loaded", sa.Integer(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint("rows_read >= rows_loaded AND rows_loaded >= 0", name=op.f("ck_batch_rows")),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_batch_change_set_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["batch.id"], name=op.f("fk_batch_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "briefing",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("title_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("as_known_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("language = 'da' OR language = 'en'", name=op.f("ck_briefing_language")),
        sa.ForeignKeyConstraint(["as_known_at"], ["change_set.revision"], name="fk_briefing_as_known_at"),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_briefing_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
        sa.UniqueConstraint("code", name=op.f("uq_briefing_code")),
    )
    op.create_table(
        "change",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("command", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("subject", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("subject_key", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_change_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_change_set_id", ["change_set_id"], unique=False)
        batch_op.create_index("ix_change_subject_subject_key", ["subject", "subject_key"], unique=False)

    op.create_table(
        "claim",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_claim_number_positive")),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_claim_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("number", name=op.f("uq_claim_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_claim_slug")),
    )
    op.create_table(
        "evidence",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("address", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("archived_address", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("content_digest", sa.String(length=64), server_default=sa.text("('')"), nullable=False),
        sa.Column("file_name", sa.String(length=255), server_default=sa.text("('')"), nullable=False),
        sa.Column("mime", sa.String(length=100), server_default=sa.text("('')"), nullable=False),
        sa.Column("bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "address <> '' OR content_digest <> '' OR title <> ''", name=op.f("ck_evidence_something_given")
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_evidence_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
    )
    op.create_table(
        "indicator",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("code <> '' AND code = lower(code)", name=op.f("ck_indicator_code_form")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_indicator_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
    )
    op.create_table(
        "member",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_member_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email", name=op.f("uq_member_email")),
    )
    op.create_table(
        "narrative",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("analysis", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("recommendation", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("author", sa.String(length=254), server_default=sa.text("('')"), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_narrative_period_precision_given"),
        ),
        sa.CheckConstraint("language = 'da' OR language = 'en'", name=op.f("ck_narrative_language")),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_narrative_period_precision"),
        ),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_narrative_period_order"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_narrative_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrative")),
        sa.UniqueConstraint(
            "subject", "language", "version", name=op.f("uq_narrative_subject_language_version")
        ),
    )
    op.create_table(
        "place",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "kind = 'city' OR kind = 'municipality' OR kind = 'region' OR kind = 'country' OR kind = 'network'", name=op.f("ck_place_kind")
        ),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_place_slug_form")),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_place_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("slug", name=op.f("uq_place_slug")),
    )
    op.create_table(
        "source",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("producer", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("address", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("archived_address", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("published", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("accessed", sa.Date(), nullable=True),
        sa.Column("licence", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("citation", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("interested_party", sa.Boolean(), nullable=True),
        sa.Column("verified", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("address = '' OR address LIKE 'http%'", name=op.f("ck_source_address_web")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_source_title_given")),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_source_change_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )
    op.create_table(
        "vocabulary_code",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("group_name_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("group_name_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("mapping", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_vocabulary_code_change_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary_code")),
        sa.UniqueConstraint("vocabulary", "code", name=op.f("uq_vocabulary_code_vocabulary_code")),
    )
    op.create_table(
        "activity",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "kind = 'grant' OR kind = 'article' OR kind = 'event' OR kind = 'partnership' OR kind = 'sdg_action' OR kind = 'council_decision' OR kind = 'exchange' OR kind = 'conference_attendance' OR kind = 'conference' OR kind = 'award' OR kind = 'cost'",
            name=op.f("ck_activity_kind"),
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_activity_change_set_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_activity_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("key", name=op.f("uq_activity_key")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_place_id_kind", ["place_id", "kind"], unique=False)

    op.create_table(
        "annotation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("text_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("text_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_annotation_period_precision_given"),
        ),
        sa.CheckConstraint("period_precision <> 'none'", name=op.f("ck_annotation_dated")),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_annotation_period_precision"),
        ),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_annotation_period_order"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_annotation_change_set_id")
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_annotation_indicator_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_annotation_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_annotation_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_annotation_key_version")),
    )
    op.create_table(
        "baseline",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default=sa.text("('')"), nullable=False),
        sa.Column("comment", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_baseline_period_precision_given"),
        ),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_baseline_period_precision"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_baseline_reason_given")),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_baseline_period_order"),
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_baseline_change_set_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_baseline_indicator_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_baseline_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_baseline_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint(
            "indicator_id", "place_id", "version", name=op.f("uq_baseline_indicator_id_place_id_version")
        ),
    )
    op.create_table(
        "claim_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("quotation_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("quotation_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("shown_by_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("shown_by_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("counter_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("counter_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("quotation_da <> ''", name=op.f("ck_claim_version_quotation_given")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_claim_version_change_set_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_version_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_version")),
        sa.UniqueConstraint("claim_id", "version", name=op.f("uq_claim_version_claim_id_version")),
    )
    op.create_table(
        "comparability_note",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("text_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("text_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "grade = 'comparable' OR grade = 'with_care' OR grade = 'illustrative'", name=op.f("ck_comparability_note_grade")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_comparability_note_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_comparability_note_indicator_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_comparability_note_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparability_note")),
        sa.UniqueConstraint(
            "indicator_id",
            "place_id",
            "version",
            name=op.f("uq_comparability_note_indicator_id_place_id_version"),
        ),
    )
    op.create_table(
        "evidence_link",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("stance", sa.String(length=12), nullable=False),
        sa.Column("note_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("note_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "stance = 'supports' OR stance = 'contradicts' OR stance = 'context'", name=op.f("ck_evidence_link_stance")
        ),
        sa.CheckConstraint(
            "subject = 'claim' OR subject = 'indicator' OR subject = 'observation' OR subject = 'activity'",
            name=op.f("ck_evidence_link_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_evidence_link_change_set_id")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_link_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint(
            "evidence_id",
            "subject",
            "subject_key",
            "stance",
            name=op.f("uq_evidence_link_evidence_id_subject_subject_key_stance"),
        ),
    )
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evidence_link_subject_subject_key", ["subject", "subject_key"], unique=False
        )

    op.create_table(
        "indicator_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("definition_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("definition_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("rationale_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("rationale_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("method_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("method_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("limitations_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("limitations_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("caveat_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("caveat_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("owner_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("owner_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=20), nullable=False),
        sa.Column("accumulation", sa.String(length=16), nullable=False),
        sa.Column("time_aggregation", sa.String(length=8), nullable=False),
        sa.Column("frequency", sa.String(length=12), nullable=False),
        sa.Column("result_level", sa.String(length=12), nullable=False),
        sa.Column("amec_stage", sa.String(length=12), server_default=sa.text("('')"), nullable=False),
        sa.Column("proxy", sa.Boolean(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("comparable_over_time", sa.Boolean(), nullable=False),
        sa.Column("comparable_between_places", sa.Boolean(), nullable=False),
        sa.Column("population_basis", sa.String(length=12), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("minimum", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("maximum", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("scale", sa.JSON(), nullable=False),
        sa.Column("rollup", sa.JSON(), nullable=True),
        sa.Column("retired", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'money') = (unit = 'currency')", name=op.f("ck_indicator_version_money_in_currency")
        ),
        sa.CheckConstraint(
            "NOT contested OR caveat_da <> ''", name=op.f("ck_indicator_version_contested_has_caveat")
        ),
        sa.CheckConstraint(
            "accumulation = 'per_period' OR accumulation = 'running_total'", name=op.f("ck_indicator_version_accumulation")
        ),
        sa.CheckConstraint(
            "direction = 'higher_is_better' OR direction = 'lower_is_better' OR direction = 'no_judgement' OR direction = 'unknown'",
            name=op.f("ck_indicator_version_direction"),
        ),
        sa.CheckConstraint(
            "frequency = 'monthly' OR frequency = 'quarterly' OR frequency = 'annual' OR frequency = 'biennial' OR frequency = 'four_yearly' OR frequency = 'irregular'",
            name=op.f("ck_indicator_version_frequency"),
        ),
        sa.CheckConstraint(
            "kind = 'number' OR kind = 'money' OR kind = 'percentage' OR kind = 'yes_no' OR kind = 'score' OR kind = 'narrative'",
            name=op.f("ck_indicator_version_kind"),
        ),
        sa.CheckConstraint(
            "population_basis = 'boundary' OR population_basis = 'host' OR population_basis = 'none'",
            name=op.f("ck_indicator_version_population_basis"),
        ),
        sa.CheckConstraint(
            "result_level = 'input' OR result_level = 'activity' OR result_level = 'output' OR result_level = 'outcome' OR result_level = 'impact'",
            name=op.f("ck_indicator_version_result_level"),
        ),
        sa.CheckConstraint(
            "time_aggregation = 'sum' OR time_aggregation = 'mean' OR time_aggregation = 'last' OR time_aggregation = 'none'",
            name=op.f("ck_indicator_version_time_aggregation"),
        ),
        sa.CheckConstraint("decimals BETWEEN 0 AND 6", name=op.f("ck_indicator_version_decimals")),
        sa.CheckConstraint(
            "minimum IS NULL OR maximum IS NULL OR minimum <= maximum",
            name=op.f("ck_indicator_version_bounds"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name=op.f("ck_indicator_version_validity"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_indicator_version_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_version_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_version")),
        sa.UniqueConstraint(
            "indicator_id", "version", name=op.f("uq_indicator_version_indicator_id_version")
        ),
    )
    op.create_table(
        "member_role",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("claim", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "role = 'reader' OR role = 'analyst' OR role = 'approver' OR role = 'administrator'", name=op.f("ck_member_role_role")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_member_role_change_set_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_role_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_role")),
        sa.UniqueConstraint(
            "member_id",
            "role",
            "claim",
            "sequence",
            name=op.f("uq_member_role_member_id_role_claim_sequence"),
        ),
    )
    op.create_table(
        "observation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("natural_key", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("low", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("high", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("numerator", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("denominator", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("text", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("text_language", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("missing_reason", sa.String(length=16), server_default=sa.text("('')"), nullable=False),
        sa.Column("qualifier", sa.String(length=2), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default=sa.text("('')"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("disaggregation", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column("boundary", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("method", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("method_version", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retrieved", sa.Date(), nullable=True),
        sa.Column("flags", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("confidence", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("confidence_reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("attribution", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("attribution_reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_observation_period_precision_given"),
        ),
        sa.CheckConstraint(
            "(value IS NOT NULL OR text <> '') = (missing_reason = '')",
            name=op.f("ck_observation_value_or_reason"),
        ),
        sa.CheckConstraint(
            "attribution = 'A0' OR attribution = 'A1' OR attribution = 'A2' OR attribution = 'A3' OR attribution = 'A4' OR attribution = ''", name=op.f("ck_observation_attribution")
        ),
        sa.CheckConstraint(
            "confidence = 'audited_record' OR confidence = 'official_statistic' OR confidence = 'own_count' OR confidence = 'press_report' OR confidence = 'estimate' OR confidence = 'anecdote' OR confidence = ''",
            name=op.f("ck_observation_confidence"),
        ),
        sa.CheckConstraint(
            "kind = 'actual' OR kind = 'estimate' OR kind = 'survey' OR kind = 'self_reported' OR kind = 'asserted' OR kind = 'target' OR kind = 'forecast' OR kind = 'ex_ante' OR kind = 'budget'",
            name=op.f("ck_observation_kind"),
        ),
        sa.CheckConstraint(
            "missing_reason = 'not_collected' OR missing_reason = 'not_applicable' OR missing_reason = 'not_published' OR missing_reason = ''",
            name=op.f("ck_observation_missing_reason"),
        ),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_observation_period_precision"),
        ),
        sa.CheckConstraint(
            "qualifier = '=' OR qualifier = '~' OR qualifier = '>' OR qualifier = '<' OR qualifier = '>=' OR qualifier = '<='", name=op.f("ck_observation_qualifier")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'submitted' OR state = 'approved' OR state = 'returned' OR state = 'withdrawn'",
            name=op.f("ck_observation_state"),
        ),
        sa.CheckConstraint(
            "status = 'final' OR status = 'provisional' OR status = 'estimated' OR status = 'revised'", name=op.f("ck_observation_status")
        ),
        sa.CheckConstraint(
            "value IS NULL OR (unit = 'currency') = (currency <> '')",
            name=op.f("ck_observation_currency_with_unit"),
        ),
        sa.CheckConstraint(
            "(low IS NULL OR low <= value) AND (high IS NULL OR value <= high)",
            name=op.f("ck_observation_interval"),
        ),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)",
            name=op.f("ck_observation_numerator_and_denominator"),
        ),
        sa.CheckConstraint(
            "(sequence = 1) = (supersedes_id IS NULL)", name=op.f("ck_observation_supersedes_the_one_before")
        ),
        sa.CheckConstraint(
            "denominator IS NULL OR denominator <> 0", name=op.f("ck_observation_denominator_not_zero")
        ),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_observation_period_order"),
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_observation_sequence_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_observation_batch_id")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_observation_change_set_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_observation_claim_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_observation_indicator_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_observation_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_observation_source_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["observation.id"], name=op.f("fk_observation_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("natural_key", "sequence", name=op.f("uq_observation_natural_key_sequence")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index("ix_observation_batch_id", ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_observation_indicator_id_place_id", ["indicator_id", "place_id"], unique=False
        )
        batch_op.create_index("ix_observation_place_id_claim_id", ["place_id", "claim_id"], unique=False)
        batch_op.create_index("ix_observation_source_id", ["source_id"], unique=False)

    op.create_table(
        "period_lock",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_period_lock_reason_given")),
        sa.CheckConstraint("period_start <= period_end", name=op.f("ck_period_lock_period_order")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_period_lock_change_set_id")
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_period_lock_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_lock")),
    )
    op.create_table(
        "place_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("country", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("reference_boundary", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("address", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("name_da <> '' OR name_en <> ''", name=op.f("ck_place_version_name_given")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_version_coordinates")
        ),
        sa.CheckConstraint(
            "latitude IS NULL OR (latitude BETWEEN -90 AND 90)", name=op.f("ck_place_version_latitude")
        ),
        sa.CheckConstraint(
            "longitude IS NULL OR (longitude BETWEEN -180 AND 180)", name=op.f("ck_place_version_longitude")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_place_version_validity")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_place_version_change_set_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_place_version_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_version")),
        sa.UniqueConstraint("place_id", "version", name=op.f("uq_place_version_place_id_version")),
    )
    op.create_table(
        "population",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("boundary", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=False),
        sa.Column("qualifier", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("natural_key", sa.String(length=300), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(precision = 'none') = (day IS NULL)", name=op.f("ck_population_precision_given")
        ),
        sa.CheckConstraint("boundary <> ''", name=op.f("ck_population_boundary_given")),
        sa.CheckConstraint(
            "precision = 'day' OR precision = 'month' OR precision = 'quarter' OR precision = 'year' OR precision = 'none'", name=op.f("ck_population_precision")
        ),
        sa.CheckConstraint(
            "qualifier = '=' OR qualifier = '~' OR qualifier = '>' OR qualifier = '<' OR qualifier = '>=' OR qualifier = '<='", name=op.f("ck_population_qualifier")
        ),
        sa.CheckConstraint("value > 0", name=op.f("ck_population_value_positive")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_population_change_set_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_population_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_population_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint("natural_key", "sequence", name=op.f("uq_population_natural_key_sequence")),
    )
    with op.batch_alter_table("population", schema=None) as batch_op:
        batch_op.create_index("ix_population_place_id_boundary", ["place_id", "boundary"], unique=False)

    op.create_table(
        "series_break",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("text_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "kind = 'method' OR kind = 'definition' OR kind = 'boundary' OR kind = 'duration' OR kind = 'source'",
            name=op.f("ck_series_break_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_series_break_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_series_break_indicator_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_series_break_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_series_break_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_break")),
        sa.UniqueConstraint(
            "indicator_id",
            "place_id",
            "day",
            "kind",
            name=op.f("uq_series_break_indicator_id_place_id_day_kind"),
        ),
    )
    op.create_table(
        "target",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("indicator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default=sa.text("('')"), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_target_period_precision_given"),
        ),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_target_period_precision"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_target_reason_given")),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_target_period_order"),
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_target_change_set_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_target_place_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_target_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "indicator_id",
            "place_id",
            "period_end",
            "final",
            "version",
            name=op.f("uq_target_indicator_id_place_id_period_end_final_version"),
        ),
    )
    op.create_table(
        "activity_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("title_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("title_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("description_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("description_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_precision", sa.String(length=8), server_default=sa.text("'none'"), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column("country", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("language", sa.String(length=8), server_default=sa.text("('')"), nullable=False),
        sa.Column("role", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("direction", sa.String(length=12), server_default=sa.text("('')"), nullable=False),
        sa.Column("outcome", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("level", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("tone", sa.String(length=12), server_default=sa.text("('')"), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default=sa.text("('')"), nullable=False),
        sa.Column("amount_applied", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("amount_granted", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("amount_received", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("amount_spent", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("granted_own_share", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("participants", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("foreign_participants", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("people_sent", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("meetings", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("reach", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("staff_months", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("names_designation", sa.Boolean(), nullable=True),
        sa.Column("paid", sa.Boolean(), nullable=True),
        sa.Column("joint_output", sa.Boolean(), nullable=True),
        sa.Column("attribution", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("attribution_reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("confidence", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("mmr_section", sa.String(length=4), server_default=sa.text("('')"), nullable=False),
        sa.Column("objective", sa.String(length=4), server_default=sa.text("('')"), nullable=False),
        sa.Column("area_of_action", sa.String(length=40), server_default=sa.text("('')"), nullable=False),
        sa.Column("same_as", sa.String(length=120), server_default=sa.text("('')"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("workflow_state", sa.String(length=12), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(currency <> '') = (amount_applied IS NOT NULL OR amount_granted IS NOT NULL OR amount_received IS NOT NULL OR amount_spent IS NOT NULL OR granted_own_share IS NOT NULL)",
            name=op.f("ck_activity_version_currency_with_amount"),
        ),
        sa.CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name=op.f("ck_activity_version_period_precision_given"),
        ),
        sa.CheckConstraint(
            "attribution = 'A0' OR attribution = 'A1' OR attribution = 'A2' OR attribution = 'A3' OR attribution = 'A4' OR attribution = ''", name=op.f("ck_activity_version_attribution")
        ),
        sa.CheckConstraint(
            "confidence = 'audited_record' OR confidence = 'official_statistic' OR confidence = 'own_count' OR confidence = 'press_report' OR confidence = 'estimate' OR confidence = 'anecdote' OR confidence = ''",
            name=op.f("ck_activity_version_confidence"),
        ),
        sa.CheckConstraint(
            "period_precision = 'day' OR period_precision = 'month' OR period_precision = 'quarter' OR period_precision = 'year' OR period_precision = 'none'",
            name=op.f("ck_activity_version_period_precision"),
        ),
        sa.CheckConstraint(
            "state = 'planned' OR state = 'running' OR state = 'done' OR state = 'cancelled'", name=op.f("ck_activity_version_state")
        ),
        sa.CheckConstraint("title_da <> '' OR title_en <> ''", name=op.f("ck_activity_version_title_given")),
        sa.CheckConstraint(
            "workflow_state = 'draft' OR workflow_state = 'submitted' OR workflow_state = 'approved' OR workflow_state = 'returned' OR workflow_state = 'withdrawn'",
            name=op.f("ck_activity_version_workflow_state"),
        ),
        sa.CheckConstraint(
            "amount_applied IS NULL OR amount_applied >= 0",
            name=op.f("ck_activity_version_amount_applied_not_negative"),
        ),
        sa.CheckConstraint(
            "amount_granted IS NULL OR amount_granted >= 0",
            name=op.f("ck_activity_version_amount_granted_not_negative"),
        ),
        sa.CheckConstraint(
            "amount_received IS NULL OR amount_received >= 0",
            name=op.f("ck_activity_version_amount_received_not_negative"),
        ),
        sa.CheckConstraint(
            "amount_spent IS NULL OR amount_spent >= 0",
            name=op.f("ck_activity_version_amount_spent_not_negative"),
        ),
        sa.CheckConstraint(
            "foreign_participants IS NULL OR foreign_participants >= 0",
            name=op.f("ck_activity_version_foreign_participants_not_negative"),
        ),
        sa.CheckConstraint(
            "granted_own_share IS NULL OR amount_granted IS NULL OR granted_own_share <= amount_granted",
            name=op.f("ck_activity_version_own_share"),
        ),
        sa.CheckConstraint(
            "granted_own_share IS NULL OR granted_own_share >= 0",
            name=op.f("ck_activity_version_granted_own_share_not_negative"),
        ),
        sa.CheckConstraint(
            "meetings IS NULL OR meetings >= 0", name=op.f("ck_activity_version_meetings_not_negative")
        ),
        sa.CheckConstraint(
            "participants IS NULL OR participants >= 0",
            name=op.f("ck_activity_version_participants_not_negative"),
        ),
        sa.CheckConstraint(
            "people_sent IS NULL OR people_sent >= 0",
            name=op.f("ck_activity_version_people_sent_not_negative"),
        ),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end",
            name=op.f("ck_activity_version_period_order"),
        ),
        sa.CheckConstraint(
            "reach IS NULL OR reach >= 0", name=op.f("ck_activity_version_reach_not_negative")
        ),
        sa.CheckConstraint(
            "staff_months IS NULL OR staff_months >= 0",
            name=op.f("ck_activity_version_staff_months_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_version_activity_id")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_activity_version_batch_id")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_activity_version_change_set_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_activity_version_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_version")),
        sa.UniqueConstraint("activity_id", "version", name=op.f("uq_activity_version_activity_id_version")),
    )
    op.create_table(
        "designation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("place_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("precision", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "event = 'announced' OR event = 'celebrated' OR event = 'submitted' OR event = 'refused'", name=op.f("ck_designation_event")
        ),
        sa.CheckConstraint("precision = 'day' OR precision = 'month' OR precision = 'year'", name=op.f("ck_designation_precision")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_designation_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_version_id"], ["place_version.id"], name=op.f("fk_designation_place_version_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_designation_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_designation")),
    )
    with op.batch_alter_table("designation", schema=None) as batch_op:
        batch_op.create_index("ix_designation_place_version_id", ["place_version_id"], unique=False)

    op.create_table(
        "indicator_claim",
        sa.Column(
            "indicator_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_indicator_claim_claim_id")),
        sa.ForeignKeyConstraint(
            ["indicator_version_id"],
            ["indicator_version.id"],
            name=op.f("fk_indicator_claim_indicator_version_id"),
        ),
        sa.PrimaryKeyConstraint("indicator_version_id", "claim_id", name=op.f("pk_indicator_claim")),
        sa.UniqueConstraint(
            "indicator_version_id", "position", name=op.f("uq_indicator_claim_indicator_version_id_position")
        ),
    )
    op.create_table(
        "indicator_mapping",
        sa.Column(
            "indicator_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "vocabulary = 'sdg_target' OR vocabulary = 'culture2030' OR vocabulary = 'iati' OR vocabulary = 'iso37120'",
            name=op.f("ck_indicator_mapping_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_version_id"],
            ["indicator_version.id"],
            name=op.f("fk_indicator_mapping_indicator_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "indicator_version_id", "vocabulary", "code", name=op.f("pk_indicator_mapping")
        ),
    )
    op.create_table(
        "observation_decision",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("observation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("actor", sa.String(length=254), server_default=sa.text("('')"), nullable=False),
        sa.Column("self_approved", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'submitted' OR state = 'approved' OR state = 'returned' OR state = 'withdrawn'",
            name=op.f("ck_observation_decision_state"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_observation_decision_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_observation_decision_observation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_decision")),
        sa.UniqueConstraint(
            "observation_id", "sequence", name=op.f("uq_observation_decision_observation_id_sequence")
        ),
    )
    op.create_table(
        "observation_grade",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("observation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.String(length=20), server_default=sa.text("('')"), nullable=False),
        sa.Column("attribution", sa.String(length=2), server_default=sa.text("('')"), nullable=False),
        sa.Column("share_low", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("share_high", sa.Numeric(precision=24, scale=6, asdecimal=False), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "attribution = 'A0' OR attribution = 'A1' OR attribution = 'A2' OR attribution = 'A3' OR attribution = 'A4' OR attribution = ''", name=op.f("ck_observation_grade_attribution")
        ),
        sa.CheckConstraint(
            "confidence <> '' OR attribution <> ''", name=op.f("ck_observation_grade_something_graded")
        ),
        sa.CheckConstraint(
            "confidence = 'audited_record' OR confidence = 'official_statistic' OR confidence = 'own_count' OR confidence = 'press_report' OR confidence = 'estimate' OR confidence = 'anecdote' OR confidence = ''",
            name=op.f("ck_observation_grade_confidence"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_observation_grade_reason_given")),
        sa.CheckConstraint(
            "(share_low IS NULL) = (share_high IS NULL) AND (share_low IS NULL OR (0 <= share_low AND share_low <= share_high AND share_high <= 1))",
            name=op.f("ck_observation_grade_share"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_observation_grade_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_observation_grade_observation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_grade")),
        sa.UniqueConstraint(
            "observation_id", "sequence", name=op.f("uq_observation_grade_observation_id_sequence")
        ),
    )
    op.create_table(
        "observation_preference",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("observation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("reason_da", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("reason_en", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "reason_da <> '' OR reason_en <> ''", name=op.f("ck_observation_preference_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_observation_preference_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_observation_preference_observation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_preference")),
        sa.UniqueConstraint(
            "observation_id", "sequence", name=op.f("uq_observation_preference_observation_id_sequence")
        ),
    )
    op.create_table(
        "place_field",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("place_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_set_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "field = 'crafts_and_folk_art' OR field = 'design' OR field = 'film' OR field = 'gastronomy' OR field = 'literature' OR field = 'media_arts' OR field = 'music' OR field = 'architecture'",
            name=op.f("ck_place_field_field"),
        ),
        sa.CheckConstraint(
            "precision = 'day' OR precision = 'month' OR precision = 'quarter' OR precision = 'year' OR precision = 'none'", name=op.f("ck_place_field_precision")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name=op.f("ck_place_field_validity"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_place_field_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_version_id"], ["place_version.id"], name=op.f("fk_place_field_place_version_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_place_field_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_field")),
    )
    with op.batch_alter_table("place_field", schema=None) as batch_op:
        batch_op.create_index("ix_place_field_place_version_id", ["place_version_id"], unique=False)

    op.create_table(
        "activity_place",
        sa.Column(
            "activity_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_version_id"],
            ["activity_version.id"],
            name=op.f("fk_activity_place_activity_version_id"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_activity_place_place_id")),
        sa.PrimaryKeyConstraint("activity_version_id", "place_id", name=op.f("pk_activity_place")),
    )
    op.create_table(
        "activity_sdg",
        sa.Column(
            "activity_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("target", sa.String(length=5), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_version_id"], ["activity_version.id"], name=op.f("fk_activity_sdg_activity_version_id")
        ),
        sa.PrimaryKeyConstraint("activity_version_id", "target", name=op.f("pk_activity_sdg")),
    )
    with op.batch_alter_table("activity_sdg", schema=None) as batch_op:
        batch_op.create_index(
            "uq_activity_sdg_one_primary",
            ["activity_version_id"],
            unique=True,
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.create_table(
        "activity_tag",
        sa.Column(
            "activity_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "vocabulary <> 'mechanism' OR code IN ('standards', 'confidence', 'recognition', 'partners', 'non-monetary')",
            name=op.f("ck_activity_tag_mechanism"),
        ),
        sa.CheckConstraint(
            "vocabulary = 'mechanism' OR vocabulary = 'claim' OR vocabulary = 'culture2030'", name=op.f("ck_activity_tag_vocabulary")
        ),
        sa.ForeignKeyConstraint(
            ["activity_version_id"], ["activity_version.id"], name=op.f("fk_activity_tag_activity_version_id")
        ),
        sa.PrimaryKeyConstraint("activity_version_id", "vocabulary", "code", name=op.f("pk_activity_tag")),
    )
    guard_rows()


def downgrade() -> None:
    raise NotImplementedError("the first version of the store has nothing before it")


APPEND_ONLY = (
    "change", "batch", "member_role", "source", "evidence", "evidence_link", "place", "place_version",
    "place_field", "designation", "population", "claim", "claim_version", "indicator", "indicator_version",
    "indicator_claim", "indicator_mapping", "vocabulary_code", "baseline", "target", "annotation",
    "series_break", "comparability_note", "narrative", "observation", "observation_decision",
    "observation_preference", "observation_grade", "period_lock", "activity", "activity_version",
    "activity_sdg", "activity_place", "activity_tag", "briefing",
)  # fmt: skip
"""Tables whose rows are written once. A change set may be sealed once, with its revision."""


def guard_rows() -> None:
    """Let the database itself refuse to change or delete what was recorded."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only: rows are never changed'); END"
                )
        op.execute(
            "CREATE TRIGGER change_set_sealed BEFORE UPDATE ON change_set WHEN OLD.revision IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'append-only: rows are never changed'); END"
        )
        op.execute(
            "CREATE TRIGGER change_set_kept BEFORE DELETE ON change_set WHEN OLD.revision IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'append-only: rows are never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'append-only: rows are never changed'; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER change_set_sealed BEFORE UPDATE OR DELETE ON change_set FOR EACH ROW "
        "WHEN (OLD.revision IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )
