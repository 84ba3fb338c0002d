"""Every table of the store, with its constraints named, for SQLite and PostgreSQL alike.

Three rules shape it (`rules`, store):

* **Revision.** `revision` has one row, a counter. Every unit of work is one `change_set`; its revision
  is taken under the counter's row lock as the last act before commit, so the order of revisions is the
  order of commits. All rows point at the change set that wrote them.
* **Append-only.** Rows are written once. A correction of an observation is a row with the same
  `natural_key` and the next `sequence`; places, indicators, baselines, targets and activities have
  version rows; decisions, preferences and grades are rows of their own that point at an observation.
* **One life.** `store_profile` says whether this store is real or a demonstration, and each change set
  must name the same kind: a foreign key, so invented data cannot enter a real store by any path.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

from dashboard.domain import activity as activities
from dashboard.domain import catalogue as definitions
from dashboard.domain import follow_up as follow_ups
from dashboard.domain import observation as observations
from dashboard.domain.period import Precision
from dashboard.domain.roles import Role

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STORE_KINDS = ("real", "demonstration")
Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only for INTEGER primary keys."""


def kept(value: float) -> float:
    """What becomes of a number that is written down: two that differ less than this are one."""
    return round(float(f"{value:.15g}"), 6)


class Number(TypeDecorator[float]):
    """A number as PostgreSQL keeps it, on both databases: 15 significant digits, six decimals at most."""

    impl = Numeric(24, 6, asdecimal=False)
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        return None if value is None else kept(value)

    def process_result_value(self, value: float | None, dialect: Dialect) -> float | None:
        return None if value is None else float(value)


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, nullable: bool = False) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=nullable, index=False)


def _text(name: str, length: int | None = None) -> Column[str]:
    kind = String(length) if length else Text()
    return Column(name, kind, nullable=False, server_default=text("''"))


def _number(name: str, nullable: bool = True) -> Column[float]:
    return Column(name, Number(), nullable=nullable)


def _both(name: str) -> list[Column[str]]:
    """The two languages of one text of the data."""
    return [_text(f"{name}_da"), _text(f"{name}_en")]


def _in(column: str, values: type[StrEnum] | tuple[str, ...], empty: bool = False) -> CheckConstraint:
    """One of a few words. Not written with IN: SQLite makes an index of its list for every row it checks."""
    words = [str(value) for value in values] + ([""] if empty else [])
    quoted = ["'" + word.replace("'", "''") + "'" for word in words]
    return CheckConstraint(" OR ".join(f"{column} = {word}" for word in quoted), name=column)


def _period(nullable: bool = True) -> list[Column[object]]:
    return [
        Column("period_start", Date, nullable=True),
        Column("period_end", Date, nullable=nullable),
        Column("period_precision", String(8), nullable=False, server_default=text("'none'")),
    ]


def _period_rules() -> list[CheckConstraint]:
    return [
        _in("period_precision", Precision),
        CheckConstraint(
            "period_start IS NULL OR period_end IS NULL OR period_start <= period_end", name="period_order"
        ),
        CheckConstraint(
            "(period_precision = 'none') = (period_start IS NULL AND period_end IS NULL)",
            name="period_precision_given",
        ),
    ]


# -- the store itself ------------------------------------------------------------------------------

revision = Table(
    "revision", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Key, nullable=False),
    _text("chain", 64),
    CheckConstraint("id = 1", name="one_row"),
)  # fmt: skip

store_profile = Table(
    "store_profile", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False, unique=True),
    _text("home_place", 80),
    Column("title", JSON, nullable=False),
    _text("created_by_version", 32),
    CheckConstraint("id = 1", name="one_row"),
    _in("kind", STORE_KINDS),
)  # fmt: skip

change_set = Table(
    "change_set", metadata,
    _key(),
    Column("revision", Key, nullable=True, unique=True),
    Column("recorded_at", DateTime, nullable=True),
    _text("actor", 254),
    _text("edge", 16),
    Column("store_kind", String(16), ForeignKey("store_profile.kind"), nullable=False),
    _text("previous_digest", 64),
    _text("digest", 64),
    Index("ix_change_set_recorded_at", "recorded_at"),
    CheckConstraint("(revision IS NULL) = (recorded_at IS NULL)", name="committed"),
)  # fmt: skip

change = Table(
    "change", metadata,
    _key(),
    _ref("change_set_id", "change_set"),
    _text("command", 40),
    _text("subject", 40),
    _text("subject_key", 200),
    Column("before", JSON, nullable=True),
    Column("after", JSON, nullable=True),
    _text("reason"),
    Index("ix_change_subject_subject_key", "subject", "subject_key"),
    Index("ix_change_change_set_id", "change_set_id"),
)  # fmt: skip

batch = Table(
    "batch", metadata,
    _key(),
    _ref("change_set_id", "change_set"),
    _text("title", 200),
    _text("file_name", 255),
    _text("file_digest", 64),
    Column("rows_read", Integer, nullable=False),
    Column("rows_loaded", Integer, nullable=False),
    _ref("undoes_id", "batch", nullable=True),
    _text("reason"),
    CheckConstraint("rows_read >= rows_loaded AND rows_loaded >= 0", name="rows"),
)  # fmt: skip

member = Table(
    "member", metadata,
    _key(),
    Column("email", String(254), nullable=False, unique=True),
    _text("name", 200),
    Column("disabled_at", DateTime, nullable=True),
    _ref("change_set_id", "change_set"),
)  # fmt: skip

member_role = Table(
    "member_role", metadata,
    _key(),
    _ref("member_id", "member"),
    Column("role", String(16), nullable=False),
    _text("claim", 40),  # F79: a role may hold for one claim only; "" is all
    Column("granted", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("member_id", "role", "claim", "sequence"),
    _in("role", Role),
)  # fmt: skip

# -- sources and evidence --------------------------------------------------------------------------

source = Table(
    "source", metadata,
    _key(),
    Column("key", String(120), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    _text("producer"), _text("address"), _text("archived_address"), _text("published", 40),
    Column("accessed", Date, nullable=True),
    _text("licence"), _text("citation"),
    Column("interested_party", Boolean, nullable=True),
    _text("verified", 20), _text("note"),
    _ref("change_set_id", "change_set"),
    CheckConstraint("title <> ''", name="title_given"),
    CheckConstraint("address = '' OR address LIKE 'http%'", name="address_web"),
)  # fmt: skip

source_version = Table(
    "source_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("source_id", "source"),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    _text("producer"), _text("address"), _text("archived_address"), _text("published", 40),
    Column("accessed", Date, nullable=True),
    _text("licence"), _text("citation"),
    Column("interested_party", Boolean, nullable=True),
    _text("verified", 20), _text("note"),
    Column("reason", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("source_id", "version"),
    CheckConstraint("version >= 2", name="after_the_first"),
    CheckConstraint("title <> ''", name="title_given"),
    CheckConstraint("address = '' OR address LIKE 'http%'", name="address_web"),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip
"""What is said of a source from its second version on; the first is the row of `source` itself."""

evidence = Table(
    "evidence", metadata,
    _key(),
    Column("key", String(120), nullable=False, unique=True),
    _text("title"), _text("address"), _text("archived_address"),
    _text("content_digest", 64), _text("file_name", 255), _text("mime", 100),
    Column("bytes", Key, nullable=True),
    _text("note"),
    _ref("change_set_id", "change_set"),
    CheckConstraint("address <> '' OR content_digest <> '' OR title <> ''", name="something_given"),
)  # fmt: skip

evidence_link = Table(
    "evidence_link", metadata,
    _key(),
    _ref("evidence_id", "evidence"),
    Column("subject", String(20), nullable=False),
    Column("subject_key", String(120), nullable=False),
    Column("stance", String(12), nullable=False),
    _text("note_da"), _text("note_en"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("evidence_id", "subject", "subject_key", "stance"),
    _in("subject", ("claim", "indicator", "observation", "activity")),
    _in("stance", ("supports", "contradicts", "context")),
    Index("ix_evidence_link_subject_subject_key", "subject", "subject_key"),
)  # fmt: skip

# -- places ----------------------------------------------------------------------------------------

place = Table(
    "place", metadata,
    _key(),
    Column("slug", String(80), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    _ref("change_set_id", "change_set"),
    _in("kind", definitions.PlaceKind),
    CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_form"),
)  # fmt: skip

place_version = Table(
    "place_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("place_id", "place"),
    Column("version", Integer, nullable=False),
    Column("valid_from", Date, nullable=True), Column("valid_to", Date, nullable=True),
    _text("reason"),
    *_both("name"),
    _text("country", 2),
    _number("latitude"), _number("longitude"),
    _text("reference_boundary", 40), _text("address"), _text("note"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("place_id", "version"),
    CheckConstraint("name_da <> '' OR name_en <> ''", name="name_given"),
    CheckConstraint("latitude IS NULL OR (latitude BETWEEN -90 AND 90)", name="latitude"),
    CheckConstraint("longitude IS NULL OR (longitude BETWEEN -180 AND 180)", name="longitude"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates"),
    CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="validity"),
)  # fmt: skip

place_field = Table(
    "place_field", metadata,
    _key(),
    _ref("place_version_id", "place_version"),
    Column("field", String(24), nullable=False),
    Column("valid_from", Date, nullable=True), Column("valid_to", Date, nullable=True),
    Column("precision", String(8), nullable=False),
    _ref("source_id", "source", nullable=True),
    _ref("change_set_id", "change_set"),
    _in("field", definitions.CreativeField), _in("precision", Precision),
    CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="validity"),
    Index("ix_place_field_place_version_id", "place_version_id"),
)  # fmt: skip

designation = Table(
    "designation", metadata,
    _key(),
    _ref("place_version_id", "place_version"),
    Column("event", String(24), nullable=False),
    Column("day", Date, nullable=False), Column("precision", String(8), nullable=False),
    _ref("source_id", "source", nullable=True),
    _text("note"),
    _ref("change_set_id", "change_set"),
    _in("event", ("announced", "celebrated", "submitted", "refused")),
    CheckConstraint("precision IN ('day', 'month', 'year')", name="precision"),
    Index("ix_designation_place_version_id", "place_version_id"),
)  # fmt: skip

population = Table(
    "population", metadata,
    _key(),
    _ref("place_id", "place"),
    Column("boundary", String(40), nullable=False),
    _number("value", nullable=False),
    Column("qualifier", String(2), nullable=False),
    Column("day", Date, nullable=True), Column("precision", String(8), nullable=False),
    _ref("source_id", "source"),
    Column("natural_key", String(300), nullable=False), Column("sequence", Integer, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("natural_key", "sequence"),
    CheckConstraint("value > 0", name="value_positive"),
    CheckConstraint("boundary <> ''", name="boundary_given"),
    CheckConstraint("(precision = 'none') = (day IS NULL)", name="precision_given"),
    _in("qualifier", observations.Qualifier), _in("precision", Precision),
    Index("ix_population_place_id_boundary", "place_id", "boundary"),
)  # fmt: skip

# -- claims and indicators -------------------------------------------------------------------------

claim = Table(
    "claim", metadata,
    _key(),
    Column("slug", String(40), nullable=False, unique=True),
    Column("number", Integer, nullable=False, unique=True),
    _ref("change_set_id", "change_set"),
    CheckConstraint("number > 0", name="number_positive"),
)  # fmt: skip

claim_version = Table(
    "claim_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("claim_id", "claim"),
    Column("version", Integer, nullable=False),
    Column("valid_from", Date, nullable=True), Column("valid_to", Date, nullable=True),
    _text("reason"),
    *_both("name"), *_both("quotation"), *_both("shown_by"), *_both("counter"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("claim_id", "version"),
    CheckConstraint("quotation_da <> ''", name="quotation_given"),
)  # fmt: skip

indicator = Table(
    "indicator", metadata,
    _key(),
    Column("code", String(64), nullable=False, unique=True),
    _ref("change_set_id", "change_set"),
    CheckConstraint("code <> '' AND code = lower(code)", name="code_form"),
)  # fmt: skip

indicator_version = Table(
    "indicator_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"),
    Column("version", Integer, nullable=False),
    Column("valid_from", Date, nullable=True), Column("valid_to", Date, nullable=True),
    _text("reason"),
    *_both("name"), *_both("definition"), *_both("rationale"), *_both("method"), *_both("limitations"),
    *_both("caveat"), *_both("owner"),
    Column("kind", String(12), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("decimals", Integer, nullable=False),
    Column("direction", String(20), nullable=False),
    Column("accumulation", String(16), nullable=False),
    Column("time_aggregation", String(8), nullable=False),
    Column("frequency", String(12), nullable=False),
    Column("result_level", String(12), nullable=False),
    _text("amec_stage", 12),
    Column("proxy", Boolean, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("comparable_over_time", Boolean, nullable=False),
    Column("comparable_between_places", Boolean, nullable=False),
    Column("population_basis", String(12), nullable=False),
    Column("next_due", Date, nullable=True), Column("next_review", Date, nullable=True),
    _number("minimum"), _number("maximum"),
    Column("scale", JSON, nullable=False), Column("rollup", JSON, nullable=True),
    Column("retired", Boolean, nullable=False, server_default=text("false")),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "version"),
    _in("kind", definitions.IndicatorKind), _in("direction", definitions.Direction),
    _in("accumulation", definitions.Accumulation), _in("time_aggregation", definitions.TimeAggregation),
    _in("frequency", definitions.Frequency), _in("result_level", definitions.ResultLevel),
    _in("population_basis", definitions.PopulationBasis),
    CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals"),
    CheckConstraint("minimum IS NULL OR maximum IS NULL OR minimum <= maximum", name="bounds"),
    CheckConstraint("(kind = 'money') = (unit = 'currency')", name="money_in_currency"),
    CheckConstraint("NOT contested OR caveat_da <> ''", name="contested_has_caveat"),
    CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="validity"),
)  # fmt: skip

indicator_claim = Table(
    "indicator_claim", metadata,
    Column("indicator_version_id", Key, ForeignKey("indicator_version.id"), primary_key=True),
    Column("claim_id", Key, ForeignKey("claim.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("indicator_version_id", "position"),
)  # fmt: skip

indicator_mapping = Table(
    "indicator_mapping", metadata,
    Column("indicator_version_id", Key, ForeignKey("indicator_version.id"), primary_key=True),
    Column("vocabulary", String(20), primary_key=True),
    Column("code", String(20), primary_key=True),
    _in("vocabulary", ("sdg_target", "culture2030", "iati", "iso37120")),
)  # fmt: skip

vocabulary_code = Table(
    "vocabulary_code", metadata,
    _key(),
    Column("vocabulary", String(20), nullable=False), Column("code", String(20), nullable=False),
    *_both("name"), *_both("group_name"),
    _text("mapping"), _text("note"), _text("source"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("vocabulary", "code"),
)  # fmt: skip

baseline = Table(
    "baseline", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    Column("version", Integer, nullable=False),
    *_period(),
    _number("value", nullable=False), _text("currency", 3),
    _text("comment"), Column("reason", Text, nullable=False),
    _ref("source_id", "source", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "place_id", "version"),
    *_period_rules(),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip

target = Table(
    "target", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    Column("version", Integer, nullable=False),
    *_period(nullable=False),
    _number("value", nullable=False), _text("currency", 3),
    Column("final", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    _ref("source_id", "source", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "place_id", "period_end", "final", "version"),
    *_period_rules(),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip

band = Table(
    "band", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"),
    Column("version", Integer, nullable=False),
    _number("amber"), _number("green"), _text("currency", 3),
    Column("reason", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "version"),
    CheckConstraint("(amber IS NULL) = (green IS NULL)", name="both_or_neither"),
    CheckConstraint("amber IS NULL OR amber <> green", name="limits_differ"),
    CheckConstraint("amber IS NOT NULL OR currency = ''", name="currency_with_limits"),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip
"""The limits of an indicator's colours (F8); neither of them: the colours were taken away again."""

annotation = Table(
    "annotation", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    Column("key", String(80), nullable=False), Column("version", Integer, nullable=False),
    _ref("place_id", "place", nullable=True), _ref("indicator_id", "indicator", nullable=True),
    Column("kind", String(24), nullable=False),
    *_period(),
    *_both("text"),
    _ref("source_id", "source", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("key", "version"),
    *_period_rules(),
    CheckConstraint("period_precision <> 'none'", name="dated"),
)  # fmt: skip

series_break = Table(
    "series_break", metadata,
    _key(),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    Column("day", Date, nullable=False),
    Column("kind", String(16), nullable=False),
    *_both("text"),
    _ref("source_id", "source", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "place_id", "day", "kind"),
    _in("kind", ("method", "definition", "boundary", "duration", "source")),
)  # fmt: skip

comparability_note = Table(
    "comparability_note", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    Column("version", Integer, nullable=False),
    Column("grade", String(12), nullable=False),
    *_both("text"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "place_id", "version"),
    _in("grade", definitions.ComparabilityGrade),
)  # fmt: skip

narrative = Table(
    "narrative", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("language", String(2), nullable=False),
    Column("version", Integer, nullable=False),
    *_period(),
    _text("analysis"), _text("recommendation"), _text("author", 254),
    Column("published", Boolean, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("subject", "language", "version"),
    *_period_rules(),
    CheckConstraint("language IN ('da', 'en')", name="language"),
)  # fmt: skip

# -- observations ----------------------------------------------------------------------------------

observation = Table(
    "observation", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    _ref("claim_id", "claim", nullable=True),
    Column("natural_key", String(64), nullable=False), Column("sequence", Integer, nullable=False),
    _ref("supersedes_id", "observation", nullable=True),
    *_period(),
    _number("value"), _number("low"), _number("high"), _number("numerator"), _number("denominator"),
    _text("text"), _text("text_language", 2),
    _text("missing_reason", 16),
    Column("qualifier", String(2), nullable=False),
    Column("unit", String(40), nullable=False), _text("currency", 3),
    Column("kind", String(16), nullable=False),
    Column("status", String(12), nullable=False),
    _text("disaggregation", 200), _text("boundary", 40),
    _text("method"), _text("method_version", 40),
    _ref("source_id", "source"),
    Column("retrieved", Date, nullable=True),
    _text("flags"), _text("note"),
    _text("confidence", 20), _text("confidence_reason"),
    _text("attribution", 2), _text("attribution_reason"),
    Column("state", String(12), nullable=False),
    _ref("batch_id", "batch", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("natural_key", "sequence"),
    Index("ix_observation_indicator_id_place_id", "indicator_id", "place_id"),
    Index("ix_observation_place_id_claim_id", "place_id", "claim_id"),
    Index("ix_observation_source_id", "source_id"),
    Index("ix_observation_batch_id", "batch_id"),
    Index(
        "ix_observation_reviewed", "state",
        sqlite_where=text("state <> 'approved'"), postgresql_where=text("state <> 'approved'"),
    ),  # what has to pass review is a small part of all
    *_period_rules(),
    _in("qualifier", observations.Qualifier), _in("kind", observations.ObservationKind),
    _in("status", observations.ObservationStatus),
    _in("missing_reason", observations.MissingReason, empty=True),
    _in("confidence", observations.Confidence, empty=True),
    _in("attribution", observations.Attribution, empty=True),
    _in("state", observations.WorkflowState),
    CheckConstraint("sequence >= 1", name="sequence_positive"),
    CheckConstraint("(sequence = 1) = (supersedes_id IS NULL)", name="supersedes_the_one_before"),
    CheckConstraint(
        "(value IS NOT NULL OR text <> '') = (missing_reason = '')", name="value_or_reason"
    ),
    CheckConstraint("value IS NULL OR (unit = 'currency') = (currency <> '')", name="currency_with_unit"),
    CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="numerator_and_denominator"),
    CheckConstraint("denominator IS NULL OR denominator <> 0", name="denominator_not_zero"),
    CheckConstraint(
        "(low IS NULL OR low <= value) AND (high IS NULL OR value <= high)", name="interval"
    ),
)  # fmt: skip

observation_decision = Table(
    "observation_decision", metadata,
    _key(),
    _ref("observation_id", "observation"),
    Column("sequence", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    _text("note"), _text("actor", 254),
    Column("self_approved", Boolean, nullable=False, server_default=text("false")),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("observation_id", "sequence"),
    _in("state", observations.WorkflowState),
)  # fmt: skip

observation_preference = Table(
    "observation_preference", metadata,
    _key(),
    _ref("observation_id", "observation"),
    Column("sequence", Integer, nullable=False),
    Column("preferred", Boolean, nullable=False),
    *_both("reason"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("observation_id", "sequence"),
    CheckConstraint("reason_da <> '' OR reason_en <> ''", name="reason_given"),
)  # fmt: skip

observation_grade = Table(
    "observation_grade", metadata,
    _key(),
    _ref("observation_id", "observation"),
    Column("sequence", Integer, nullable=False),
    _text("confidence", 20), _text("attribution", 2),
    _number("share_low"), _number("share_high"),
    Column("reason", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("observation_id", "sequence"),
    _in("confidence", observations.Confidence, empty=True),
    _in("attribution", observations.Attribution, empty=True),
    CheckConstraint("confidence <> '' OR attribution <> ''", name="something_graded"),
    CheckConstraint("reason <> ''", name="reason_given"),
    CheckConstraint(
        "(share_low IS NULL) = (share_high IS NULL) AND (share_low IS NULL OR (0 <= share_low"
        " AND share_low <= share_high AND share_high <= 1))",
        name="share",
    ),
)  # fmt: skip

observation_comment = Table(
    "observation_comment", metadata,
    _key(),
    _ref("observation_id", "observation"),
    _ref("thread_id", "observation_comment", nullable=True),
    _text("text"),
    Column("resolved", Boolean, nullable=True),
    _ref("change_set_id", "change_set"),
    Index("ix_observation_comment_observation_id", "observation_id"),
    CheckConstraint("text <> '' OR resolved IS NOT NULL", name="something_said"),
    CheckConstraint("resolved IS NULL OR thread_id IS NOT NULL", name="resolves_a_thread"),
)  # fmt: skip

period_lock = Table(
    "period_lock", metadata,
    _key(),
    _ref("indicator_id", "indicator", nullable=True),
    Column("period_start", Date, nullable=False), Column("period_end", Date, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    CheckConstraint("period_start <= period_end", name="period_order"),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip

# -- activities ------------------------------------------------------------------------------------

activity = Table(
    "activity", metadata,
    _key(),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(24), nullable=False),
    _ref("place_id", "place"),
    _ref("change_set_id", "change_set"),
    _in("kind", activities.ActivityKind),
    Index("ix_activity_place_id_kind", "place_id", "kind"),
)  # fmt: skip

activity_version = Table(
    "activity_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("activity_id", "activity"),
    Column("version", Integer, nullable=False),
    _text("reason"),
    *_both("title"), *_both("description"),
    *_period(),
    Column("state", String(12), nullable=False),
    _ref("source_id", "source", nullable=True),
    _text("organisation", 200), _text("country", 2), _text("language", 8), _text("role", 20),
    _text("direction", 12), _text("outcome", 40), _text("level", 20), _text("tone", 12),
    _text("currency", 3),
    *[_number(name) for name in activities.AMOUNTS],
    *[_number(name) for name in activities.COUNTS],
    Column("names_designation", Boolean, nullable=True), Column("paid", Boolean, nullable=True),
    Column("joint_output", Boolean, nullable=True),
    _text("attribution", 2), _text("attribution_reason"), _text("confidence", 20),
    _text("mmr_section", 4), _text("objective", 4), _text("area_of_action", 40),
    _text("same_as", 120), _text("note"),
    Column("workflow_state", String(12), nullable=False),
    _ref("batch_id", "batch", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("activity_id", "version"),
    *_period_rules(),
    _in("state", activities.ActivityState),
    _in("workflow_state", observations.WorkflowState),
    _in("attribution", observations.Attribution, empty=True),
    _in("confidence", observations.Confidence, empty=True),
    CheckConstraint("title_da <> '' OR title_en <> ''", name="title_given"),
    *[
        CheckConstraint(f"{name} IS NULL OR {name} >= 0", name=f"{name}_not_negative")
        for name in activities.AMOUNTS + activities.COUNTS
    ],
    CheckConstraint(
        "(currency <> '') = (" + " OR ".join(f"{n} IS NOT NULL" for n in activities.AMOUNTS) + ")",
        name="currency_with_amount",
    ),
    CheckConstraint(
        "granted_own_share IS NULL OR amount_granted IS NULL OR granted_own_share <= amount_granted",
        name="own_share",
    ),
)  # fmt: skip

activity_sdg = Table(
    "activity_sdg", metadata,
    Column("activity_version_id", Key, ForeignKey("activity_version.id"), primary_key=True),
    Column("target", String(5), primary_key=True),
    Column("is_primary", Boolean, nullable=False),
)  # fmt: skip
Index(
    "uq_activity_sdg_one_primary", activity_sdg.c.activity_version_id, unique=True,
    sqlite_where=text("is_primary"), postgresql_where=text("is_primary"),
)  # fmt: skip

activity_place = Table(
    "activity_place", metadata,
    Column("activity_version_id", Key, ForeignKey("activity_version.id"), primary_key=True),
    Column("place_id", Key, ForeignKey("place.id"), primary_key=True),
)  # fmt: skip

activity_tag = Table(
    "activity_tag", metadata,
    Column("activity_version_id", Key, ForeignKey("activity_version.id"), primary_key=True),
    Column("vocabulary", String(20), primary_key=True),
    Column("code", String(40), primary_key=True),
    _in("vocabulary", ("mechanism", "claim", "culture2030")),
    CheckConstraint(
        "vocabulary <> 'mechanism' OR code IN ("
        + ", ".join(f"'{mechanism}'" for mechanism in activities.Mechanism)
        + ")",
        name="mechanism",
    ),
)  # fmt: skip

activity_follow_up = Table(
    "activity_follow_up", metadata,
    _key(),
    _ref("activity_id", "activity"),
    Column("months", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("note", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("activity_id", "months", "sequence"),
    _in("outcome", follow_ups.Persistence),
    CheckConstraint("months IN (12, 24, 36)", name="months"),
    CheckConstraint("note <> ''", name="note_given"),
)  # fmt: skip

# -- entry -----------------------------------------------------------------------------------------

column_mapping = Table(
    "column_mapping", metadata,
    _key(),
    Column("header_digest", String(64), nullable=False),
    _text("actor", 254),
    Column("version", Integer, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("mapping", JSON, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("header_digest", "actor", "version"),
)  # fmt: skip

entry_draft = Table(
    "entry_draft", metadata,
    _key(),
    Column("actor", String(254), nullable=False),
    Column("form", String(200), nullable=False),
    Column("payload", Text, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    UniqueConstraint("actor", "form"),
    CheckConstraint("form <> ''", name="form_given"),
)  # fmt: skip
"""What somebody has typed and not yet saved: no observation, no revision, replaced and deleted at will."""

# -- promises of the candidacy ---------------------------------------------------------------------

promise = Table(
    "promise", metadata,
    _key(),
    Column("key", String(80), nullable=False, unique=True),
    _ref("change_set_id", "change_set"),
    CheckConstraint("key <> '' AND key = lower(key)", name="key_form"),
)  # fmt: skip

promise_version = Table(
    "promise_version", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("promise_id", "promise"),
    Column("version", Integer, nullable=False),
    *_both("text"), _text("page", 40), _text("owner", 254),
    Column("due", Date, nullable=True),
    Column("state", String(16), nullable=False),
    _text("reason"),
    _ref("claim_id", "claim", nullable=True), _ref("source_id", "source", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("promise_id", "version"),
    _in("state", ("planned", "under_way", "kept", "partly_kept", "dropped")),
    CheckConstraint("text_da <> '' OR text_en <> ''", name="text_given"),
    CheckConstraint("state <> 'dropped' OR reason <> ''", name="dropped_with_reason"),
)  # fmt: skip

promise_indicator = Table(
    "promise_indicator", metadata,
    _key(),
    _ref("promise_version_id", "promise_version"), _ref("indicator_id", "indicator"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("promise_version_id", "indicator_id"),
)  # fmt: skip

promise_evidence = Table(
    "promise_evidence", metadata,
    _key(),
    _ref("promise_id", "promise"), _ref("evidence_id", "evidence"),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("promise_id", "evidence_id"),
)  # fmt: skip

# -- prices, and what makes values comparable ------------------------------------------------------

price_table = Table(
    "price_table", metadata,
    _key(),
    Column("name", String(120), nullable=False), Column("version", String(40), nullable=False),
    Column("kind", String(24), nullable=False),
    _text("unit", 80),
    Column("content_digest", String(64), nullable=False),
    _ref("source_id", "source", nullable=True),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("name", "version"),
    _in("kind", ("price_index", "purchasing_power")),
    CheckConstraint("name <> ''", name="name_given"),
    CheckConstraint("version <> ''", name="version_given"),
)  # fmt: skip

price_rate = Table(
    "price_rate", metadata,
    _key(),
    _ref("price_table_id", "price_table"),
    Column("country", String(8), nullable=False), Column("year", Integer, nullable=False),
    _text("currency", 3),
    Column("rate", Double, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("price_table_id", "country", "year"),
    CheckConstraint("rate > 0", name="rate_positive"),
)  # fmt: skip

comparability_answer = Table(
    "comparability_answer", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    _ref("indicator_id", "indicator"), _ref("place_id", "place"),
    Column("question", String(16), nullable=False), Column("version", Integer, nullable=False),
    Column("answer", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("indicator_id", "place_id", "question", "version"),
    _in("question", ("definition", "boundary", "period", "method", "publisher")),
    _in("answer", ("yes", "partly", "no", "unknown", "withdrawn")),
    CheckConstraint("reason <> ''", name="reason_given"),
)  # fmt: skip
"""A person's answer to one of the five questions; `withdrawn` lets the data answer again."""

# -- briefings -------------------------------------------------------------------------------------

briefing = Table(
    "briefing", metadata,
    _key(),
    Column("code", String(16), nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    *_both("title"),
    Column("as_known_at", Key, nullable=False),
    Column("content", JSON, nullable=False),
    Column("content_digest", String(64), nullable=False),
    _ref("change_set_id", "change_set"),
    ForeignKeyConstraint(["as_known_at"], ["change_set.revision"], name="fk_briefing_as_known_at"),
    CheckConstraint("language IN ('da', 'en')", name="language"),
)  # fmt: skip

report_section = Table(
    "report_section", metadata,
    _key(),
    Column("content_digest", String(64), nullable=False),
    Column("report", String(40), nullable=False), Column("section", String(80), nullable=False),
    Column("language", String(2), nullable=False),
    Column("version", Integer, nullable=False),
    _text("text"), _text("owner", 254),
    Column("items", JSON, nullable=False),
    Column("finished", Boolean, nullable=False),
    _ref("change_set_id", "change_set"),
    UniqueConstraint("report", "section", "language", "version"),
    CheckConstraint("report <> ''", name="report_given"),
    CheckConstraint("section <> ''", name="section_given"),
    CheckConstraint("language IN ('da', 'en')", name="language"),
)  # fmt: skip
"""What is written in one section of a report to the network, and what it points at (`items`)."""

APPEND_ONLY = tuple(
    table for table in metadata.sorted_tables
    if table not in (revision, store_profile, change_set, member, entry_draft)
)  # fmt: skip
"""Tables whose rows may never be updated or deleted; the migration that makes one guards it by triggers."""
