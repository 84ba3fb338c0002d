"""The database itself: migration equals model, rows are never changed, nonsense is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Engine,
    Table,
    UniqueConstraint,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from dashboard.store import schema
from dashboard.store.engine import open_engine
from tests.conftest import DIALECTS, Databases

TABLES = {table.name: table for table in schema.metadata.sorted_tables}
DAY = dt.date(2023, 6, 30)
_YEAR = {
    "period_start": dt.date(2023, 1, 1), "period_end": dt.date(2023, 12, 31), "period_precision": "year",
}  # fmt: skip

VALID: dict[str, dict[str, Any]] = {
    "revision": {"id": 1, "number": 0},
    "store_profile": {"id": 1, "kind": "real", "title": {}},
    "change_set": {"store_kind": "real"},
    "change": {},
    "batch": {"rows_read": 2, "rows_loaded": 1},
    "member": {"email": "nogen@viborg.dk"},
    "member_role": {"member_id": 1, "role": "reader", "granted": True, "sequence": 1},
    "source": {"key": "avisen", "title": "Avisen", "address": "https://avisen.dk"},
    "evidence": {"key": "billede", "title": "Et billede"},
    "evidence_link": {"evidence_id": 1, "subject": "claim", "subject_key": "media", "stance": "supports"},
    "place": {"slug": "ostersund", "kind": "city"},
    "place_version": {"content_digest": "", "place_id": 1, "version": 9, "name_da": "Viborg"},
    "place_field": {"place_version_id": 1, "field": "film", "precision": "day"},
    "designation": {"place_version_id": 1, "event": "announced", "day": DAY, "precision": "day"},
    "population": {
        "place_id": 1, "boundary": "city", "value": 1, "qualifier": "=", "day": DAY, "precision": "day",
        "source_id": 1, "natural_key": "x", "sequence": 1,
    },
    "claim": {"slug": "network", "number": 9},
    "claim_version": {"content_digest": "", "claim_id": 1, "version": 9, "quotation_da": "Citat"},
    "indicator": {"code": "new_one"},
    "indicator_version": {
        "content_digest": "", "indicator_id": 1, "version": 9, "kind": "number", "unit": "articles",
        "decimals": 0, "direction": "unknown", "accumulation": "per_period", "time_aggregation": "sum",
        "frequency": "annual", "result_level": "output", "proxy": False, "contested": False,
        "comparable_over_time": True, "comparable_between_places": True, "population_basis": "host",
        "scale": [],
    },
    "indicator_claim": {"indicator_version_id": 1, "claim_id": 2, "position": 7},
    "indicator_mapping": {"indicator_version_id": 1, "vocabulary": "iati", "code": "1"},
    "vocabulary_code": {"vocabulary": "culture2030", "code": "C99"},
    "baseline": {"content_digest": "", "indicator_id": 1, "place_id": 1, "version": 1, "value": 1,
                 "reason": "målt", **_YEAR},
    "target": {"content_digest": "", "indicator_id": 1, "place_id": 1, "version": 1, "value": 1,
               "final": True, "reason": "vedtaget", **_YEAR},
    "annotation": {"content_digest": "", "key": "covid", "version": 1, "kind": "pandemic", **_YEAR},
    "series_break": {"indicator_id": 1, "place_id": 1, "day": DAY, "kind": "method"},
    "comparability_note": {"content_digest": "", "indicator_id": 1, "place_id": 1, "version": 1,
                           "grade": "with_care"},
    "narrative": {"content_digest": "", "subject": "media", "language": "da", "version": 1,
                  "published": True, **_YEAR},
    "observation": {
        "content_digest": "", "indicator_id": 1, "place_id": 1, "natural_key": "x", "sequence": 1,
        "value": 1, "qualifier": "=", "unit": "articles", "kind": "actual", "status": "final",
        "source_id": 1, "state": "draft", **_YEAR,
    },
    "observation_decision": {"observation_id": 1, "sequence": 1, "state": "approved"},
    "observation_preference": {"observation_id": 1, "sequence": 1, "preferred": True, "reason_da": "nyest"},
    "observation_grade": {"observation_id": 1, "sequence": 1, "confidence": "estimate", "reason": "skøn"},
    "period_lock": {"period_start": DAY, "period_end": DAY, "locked": True, "reason": "regnskab"},
    "activity": {"key": "grant-1", "kind": "grant", "place_id": 1},
    "activity_version": {"content_digest": "", "activity_id": 1, "version": 1, "title_da": "Tilskud",
                         "state": "done", "workflow_state": "draft", **_YEAR},
    "activity_sdg": {"activity_version_id": 1, "target": "11.4", "is_primary": True},
    "activity_place": {"activity_version_id": 1, "place_id": 2},
    "activity_tag": {"activity_version_id": 1, "vocabulary": "claim", "code": "media"},
    "observation_comment": {"observation_id": 1, "text": "Er det hele året?"},
    "activity_follow_up": {"activity_id": 1, "months": 12, "sequence": 1, "outcome": "repeated",
                           "note": "Festivalen blev holdt igen"},
    "column_mapping": {"header_digest": "a", "version": 1, "content_digest": "", "mapping": {}},
    "entry_draft": {"actor": "nogen@viborg.dk", "form": "enter", "payload": "{}",
                    "updated_at": dt.datetime(2024, 1, 1)},
    "source_version": {"content_digest": "", "source_id": 1, "version": 2, "title": "Avisens arkiv",
                       "reason": "skiftede navn"},
    "band": {"content_digest": "", "indicator_id": 1, "version": 1, "amber": 10, "green": 20,
             "reason": "aftalt"},
    "promise": {"key": "loefte-1"},
    "promise_version": {"content_digest": "", "promise_id": 1, "version": 1, "text_da": "En festival om året",
                        "state": "planned"},
    "promise_indicator": {"promise_version_id": 1, "indicator_id": 1},
    "promise_evidence": {"promise_id": 1, "evidence_id": 1},
    "price_table": {"name": "Forbrugerpriser", "version": "2026-01", "kind": "price_index",
                    "content_digest": ""},
    "price_rate": {"price_table_id": 1, "country": "DK", "year": 2024, "currency": "DKK", "rate": 118.2},
    "comparability_answer": {"content_digest": "", "indicator_id": 1, "place_id": 1, "version": 1,
                             "question": "method", "answer": "partly", "reason": "talt ved indgangen"},
    "report_section": {"content_digest": "", "report": "mmr-2027", "section": "1", "language": "da",
                       "version": 1, "text": "Byen", "items": [], "finished": False},
    "briefing": {"code": "b-1", "language": "da", "as_known_at": 1, "content": {}, "content_digest": ""},
}  # fmt: skip
"""One row of each table that the database accepts; columns named ``change_set_id`` are added."""

NONSENSE: dict[str, list[dict[str, Any]]] = {
    "ck_revision_one_row": [{"id": 2}],
    "ck_store_profile_one_row": [{"id": 2}],
    "ck_change_set_committed": [{"revision": 7}, {"recorded_at": dt.datetime(2024, 1, 1)}],
    "ck_batch_rows": [{"rows_read": 1, "rows_loaded": 2}, {"rows_read": 1, "rows_loaded": -1}],
    "ck_source_title_given": [{"title": ""}],
    "ck_source_address_web": [{"address": "avisen side 3"}],
    "ck_evidence_something_given": [{"title": ""}],
    "ck_place_slug_form": [{"slug": ""}, {"slug": "Viborg"}],
    "ck_place_version_name_given": [{"name_da": ""}],
    "ck_place_version_latitude": [{"latitude": 91, "longitude": 9}, {"latitude": -91, "longitude": 9}],
    "ck_place_version_longitude": [{"latitude": 56, "longitude": 181}, {"latitude": 5, "longitude": -181}],
    "ck_place_version_coordinates": [{"latitude": 56}, {"longitude": 9}],
    "ck_place_version_validity": [{"valid_from": DAY, "valid_to": dt.date(2020, 1, 1)}],
    "ck_place_field_validity": [{"valid_from": DAY, "valid_to": dt.date(2020, 1, 1)}],
    "ck_population_value_positive": [{"value": 0}, {"value": -1}],
    "ck_population_boundary_given": [{"boundary": ""}],
    "ck_population_precision_given": [{"day": None}, {"precision": "none"}],
    "ck_claim_number_positive": [{"number": 0}],
    "ck_claim_version_quotation_given": [{"quotation_da": ""}],
    "ck_indicator_code_form": [{"code": ""}, {"code": "Artikler"}],
    "ck_indicator_version_decimals": [{"decimals": -1}, {"decimals": 7}],
    "ck_indicator_version_bounds": [{"minimum": 2, "maximum": 1}],
    "ck_indicator_version_money_in_currency": [{"kind": "money"}, {"unit": "currency"}],
    "ck_indicator_version_contested_has_caveat": [{"contested": True}],
    "ck_indicator_version_validity": [{"valid_from": DAY, "valid_to": dt.date(2020, 1, 1)}],
    "ck_annotation_period_precision_given": [{"period_start": None, "period_end": None}],
    "ck_annotation_dated": [{"period_start": None, "period_end": None, "period_precision": "none"}],
    "ck_narrative_language": [{"language": "sv"}],
    "ck_promise_key_form": [{"key": ""}, {"key": "Loefte"}],
    "ck_promise_version_text_given": [{"text_da": ""}],
    "ck_promise_version_dropped_with_reason": [{"state": "dropped"}],
    "ck_price_table_name_given": [{"name": ""}],
    "ck_price_table_version_given": [{"version": ""}],
    "ck_price_rate_rate_positive": [{"rate": 0}, {"rate": -1}],
    "ck_comparability_answer_reason_given": [{"reason": ""}],
    "ck_report_section_report_given": [{"report": ""}],
    "ck_report_section_section_given": [{"section": ""}],
    "ck_report_section_language": [{"language": "sv"}],
    "ck_observation_sequence_positive": [{"sequence": 0, "supersedes_id": 1}],
    "ck_observation_supersedes_the_one_before": [{"sequence": 2}, {"supersedes_id": 1}],
    "ck_observation_value_or_reason": [
        {"value": None}, {"missing_reason": "not_collected"},
        {"value": 0, "missing_reason": "not_applicable"},
        {"value": None, "text": "En fortælling", "missing_reason": "not_published"},
    ],
    "ck_observation_currency_with_unit": [{"currency": "DKK"}, {"unit": "currency"}],
    "ck_observation_missing_reason": [{"value": None, "missing_reason": "x"}],
    "ck_observation_numerator_and_denominator": [{"numerator": 1}, {"denominator": 1}],
    "ck_observation_denominator_not_zero": [{"numerator": 1, "denominator": 0}],
    "ck_observation_interval": [{"low": 2}, {"high": 0}],
    "ck_observation_preference_reason_given": [{"reason_da": ""}],
    "ck_observation_grade_something_graded": [{"confidence": ""}],
    "ck_observation_grade_share": [
        {"share_low": 0.5}, {"share_low": 0.6, "share_high": 0.5}, {"share_low": -0.1, "share_high": 0.5},
        {"share_low": 0.5, "share_high": 1.1},
    ],
    "ck_activity_version_title_given": [{"title_da": ""}],
    "ck_activity_version_currency_with_amount": [{"currency": "DKK"}, {"amount_granted": 1}],
    "ck_activity_version_own_share": [{"currency": "DKK", "amount_granted": 1, "granted_own_share": 2}],
    "ck_activity_tag_mechanism": [{"vocabulary": "mechanism", "code": "magic"}],
    "ck_observation_comment_something_said": [{"text": ""}],
    "ck_observation_comment_resolves_a_thread": [{"resolved": True}, {"resolved": False}],
    "ck_activity_follow_up_months": [{"months": 0}, {"months": 18}],
    "ck_activity_follow_up_note_given": [{"note": ""}],
    "ck_entry_draft_form_given": [{"form": ""}],
    "ck_source_version_after_the_first": [{"version": 1}, {"version": 0}],
    "ck_source_version_title_given": [{"title": ""}],
    "ck_source_version_address_web": [{"address": "avisen side 3"}],
    "ck_band_both_or_neither": [{"amber": None}, {"green": None}],
    "ck_band_limits_differ": [{"amber": 20}],
    "ck_band_currency_with_limits": [{"amber": None, "green": None, "currency": "DKK"}],
    "ck_briefing_language": [{"language": "sv"}],
}  # fmt: skip
"""For each CHECK the changes to the valid row that it alone refuses; simple ones are made by `_plain`."""


def _plain(constraint: str, table: Table) -> list[dict[str, Any]]:
    """The nonsense that follows from a constraint's name: a word outside a list, a reversed period…"""
    rule = constraint.removeprefix(f"ck_{table.name}_")
    if rule == "period_order":
        return [{"period_start": dt.date(2024, 1, 1), "period_end": DAY}]
    if rule == "period_precision_given":
        undated = {"period_start": None, "period_end": None}
        return [{"period_precision": "none"}] + ([undated] if table.c.period_end.nullable else [])
    if rule == "reason_given":
        return [{"reason": ""}]
    if rule.endswith("_not_negative"):
        name = rule.removesuffix("_not_negative")
        money = {"currency": "DKK"} if name in schema.activities.AMOUNTS else {}
        return [{name: -1, **money}]
    return [{rule: "x"} if rule in table.c else {}]


def _checks() -> Iterator[tuple[str, str]]:
    for table in TABLES.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                yield table.name, str(constraint.name)


CASES = [
    (name, rule, change)
    for name, rule in sorted(_checks())
    for change in NONSENSE.get(rule) or _plain(rule, TABLES[name])
]


@pytest.fixture(scope="module", params=DIALECTS)
def city(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """One store of the small city for all the tests that write nothing."""
    made = open_engine(databases.address(request.param, "filled"))
    yield made
    databases.drop(made)


@pytest.fixture
def connection(city: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back."""
    with city.connect() as opened:
        yield opened
        opened.rollback()


def _row(table: Table, change: dict[str, Any]) -> dict[str, Any]:
    owner = {"change_set_id": 1} if "change_set_id" in table.c else {}
    return owner | VALID.get(table.name, {}) | change


_NEEDED = (
    "member", "evidence", "observation", "activity", "activity_version",
    "promise", "promise_version", "price_table",
)  # fmt: skip


def _prepare(connection: Connection, *names: str) -> None:
    """Rows for the tables that the small city leaves empty, so that foreign keys find them."""
    for name in names:
        if connection.execute(select(func.count()).select_from(TABLES[name])).scalar_one() == 0:
            first = {"id": 1} if "id" in TABLES[name].c else {}
            connection.execute(insert(TABLES[name]).values(**_row(TABLES[name], first)))


# -- migration and model ---------------------------------------------------------------------------


def test_the_migration_makes_the_model(connection: Connection) -> None:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": connection.dialect.name != "sqlite"}
    )
    assert compare_metadata(context, schema.metadata) == []


def test_every_rule_of_the_model_is_in_the_database_by_its_name(connection: Connection) -> None:
    inspector = inspect(connection)
    for table in TABLES.values():
        wanted_checks = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        wanted_unique = {str(c.name) for c in table.constraints if isinstance(c, UniqueConstraint)}
        assert {c["name"] for c in inspector.get_check_constraints(table.name)} == wanted_checks
        assert {c["name"] for c in inspector.get_unique_constraints(table.name)} == wanted_unique
        assert {c["name"] for c in inspector.get_foreign_keys(table.name)} == {
            str(key.constraint.name) for key in table.foreign_keys if key.constraint is not None
        }
        there = {index["name"] for index in inspector.get_indexes(table.name)} - wanted_unique
        assert there == {index.name for index in table.indexes}


def test_names_fit_both_databases() -> None:
    names = [name for _, name in _checks()]
    assert len(names) == len(set(names))
    assert all(len(name) <= 63 for name in [*names, *TABLES])


def test_a_valid_row_is_known_for_every_table() -> None:
    assert set(TABLES) - set(VALID) == set()


def test_nonsense_is_known_for_every_rule() -> None:
    assert [rule for _, rule, change in CASES if not change] == []


# -- append-only -----------------------------------------------------------------------------------


def test_the_guarded_tables_of_the_migrations_are_those_of_the_model(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        query = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    guarded = set(connection.execute(text(query)).scalars())
    assert guarded == {table.name for table in schema.APPEND_ONLY} | {"change_set"}


@pytest.mark.parametrize("name", sorted(table.name for table in schema.APPEND_ONLY))
def test_a_row_once_written_is_never_changed_or_deleted(connection: Connection, name: str) -> None:
    table = TABLES[name]
    _prepare(connection, *_NEEDED, name)
    count = select(func.count()).select_from(table)
    before = connection.execute(count).scalar_one()
    assert before > 0
    column = next(c for c in table.c if not c.primary_key or len(table.primary_key) > 1)
    verbs = [f"UPDATE {name} SET {column.name} = {column.name}", f"DELETE FROM {name}"]
    if connection.dialect.name == "postgresql":
        verbs.append(f"TRUNCATE {name} CASCADE")
    else:
        verbs.append(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")
    for verb in verbs:
        with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
            connection.execute(text(verb))
    assert connection.execute(count).scalar_one() == before


@pytest.mark.parametrize("verb", ["UPDATE change_set SET actor = 'en anden'", "DELETE FROM change_set"])
def test_a_sealed_change_set_is_never_changed_or_deleted(connection: Connection, verb: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(verb))


# -- nonsense --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_sound_row_is_accepted(connection: Connection, name: str) -> None:
    """So that a refusal below is the refusal of what was changed."""
    _prepare(connection, *_NEEDED[: _NEEDED.index(name) if name in _NEEDED else None])
    count = select(func.count()).select_from(TABLES[name])
    before = connection.execute(count).scalar_one()
    if name not in ("revision", "store_profile"):  # these have their one row
        connection.execute(insert(TABLES[name]).values(**_row(TABLES[name], {})))
        before += 1
    assert connection.execute(count).scalar_one() == before > 0


@pytest.mark.parametrize(("name", "rule", "change"), CASES)
def test_nonsense_is_refused_by_its_rule(
    connection: Connection, name: str, rule: str, change: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError) as caught:
        connection.execute(insert(TABLES[name]).values(**_row(TABLES[name], change)))
    diagnosis = getattr(caught.value.orig, "diag", None)
    broken = diagnosis.constraint_name if diagnosis else str(caught.value.orig).rpartition(": ")[2]
    assert broken == rule


def test_two_primary_goals_are_refused(connection: Connection) -> None:
    _prepare(connection, "activity", "activity_version", "activity_sdg")
    row = _row(schema.activity_sdg, {"target": "4.7", "is_primary": False})
    connection.execute(insert(schema.activity_sdg).values(**row))
    with pytest.raises(IntegrityError):
        connection.execute(insert(schema.activity_sdg).values(**{**row, "target": "5", "is_primary": True}))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("observation", {"place_id": 999_999}),
        ("observation", {"source_id": 999_999}),
        ("observation", {"supersedes_id": 999_999, "sequence": 2}),
        ("activity_tag", {"activity_version_id": 999_999}),
        ("briefing", {"as_known_at": 999_999}),
        ("change_set", {"store_kind": "demonstration"}),
    ],
)
def test_a_row_about_nothing_is_refused(connection: Connection, name: str, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        connection.execute(insert(TABLES[name]).values(**_row(TABLES[name], change)))


def test_the_same_fact_cannot_have_two_rows_of_one_number(connection: Connection) -> None:
    _prepare(connection, "observation")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        connection.execute(insert(schema.observation).values(**_row(schema.observation, {})))


def test_the_profile_cannot_turn_into_the_other_kind(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        connection.execute(text("UPDATE store_profile SET kind = 'demonstration'"))
