"""Sections of the report to UNESCO: written by versions, and the years in which one is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.domain.period import Precision
from dashboard.domain.report_section import ReportSection, check_section, due_years
from dashboard.errors import InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.reports.monitoring import next_year, period_of_report, report_key, years_of
from dashboard.store.commands.report_sections import begin_sections, write_section
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.queries.report_sections import load_sections
from tests.conftest import Databases
from tests.sample import ANALYST, READER
from tests.workflow.acting import act, revision

KEY = report_key(2027)
SECTION = ReportSection(
    KEY, "local-initiatives", "da", "Byen åbnede et værksted.", "Kulturforvaltningen",
    ("indicator:press_articles", "activity:open-day"),
)  # fmt: skip
VIBORG = date(2019, 10, 30)


@pytest.fixture
def lite(databases: Databases) -> Iterator[Engine]:
    """The small city on SQLite alone, for rules that the database has no part in."""
    made = open_engine(databases.address("sqlite", "filled"))
    yield made
    databases.drop(made)


def test_a_section_is_kept_by_version_and_language(store: Engine) -> None:
    assert act(store, ANALYST, write_section, SECTION, 0) == 1
    before = revision(store)
    assert act(store, ANALYST, write_section, SECTION, 1) == 0, "the same again is nothing"
    english = replace(SECTION, language="en", text="The city opened a workshop.")
    act(store, ANALYST, write_section, english, 0)
    finished = replace(SECTION, finished=True, items=())
    act(store, ANALYST, write_section, finished, 1)
    with reading(store) as connection:
        now = load_sections(connection, Scope(), KEY)
        then = load_sections(connection, Scope(before), KEY)
        other = load_sections(connection, Scope(), report_key(2023))
    assert {at: (one.item, one.number) for at, one in now.items()} == {
        ("local-initiatives", "da"): (finished, 2), ("local-initiatives", "en"): (english, 1),
    }  # fmt: skip
    assert now["local-initiatives", "da"].actor == ANALYST.email
    assert [one.item for one in then.values()] == [SECTION]
    assert other == {}


def test_nobody_writes_over_the_head_of_another(lite: Engine) -> None:
    act(lite, ANALYST, write_section, SECTION, 0)
    with pytest.raises(StaleDraftError):
        act(lite, ANALYST, write_section, replace(SECTION, text="Noget andet"), 0)
    with pytest.raises(PermissionDeniedError):
        act(lite, READER, write_section, SECTION, 1)
    with pytest.raises(InvalidDraftsError):
        act(lite, ANALYST, write_section, replace(SECTION, text=" ", finished=True), 1)


def test_what_is_wrong_with_a_section_is_told() -> None:
    assert check_section(SECTION) == []
    wrong = replace(
        SECTION, report="Rapport", language="fr", text="\x00", owner="x" * 255,
        items=("indicator:a", "indicator:a", "figure:b"),
    )  # fmt: skip
    assert {problem.code for problem in check_section(wrong)} == {
        "slug_form", "not_one_of", "text_unprintable", "text_too_long", "listed_twice", "subject_form",
    }  # fmt: skip
    assert SECTION.chosen("activity") == ("open-day",)


def test_a_report_is_due_every_four_years_after_the_designation() -> None:
    assert due_years(2019, 2031) == (2023, 2027, 2031)
    assert years_of(VIBORG, date(2026, 11, 23)) == (2023, 2027, 2031)
    assert [next_year(VIBORG, date(year, 7, 1)) for year in (2020, 2023, 2024, 2027, 2028)] == [
        2023, 2023, 2027, 2027, 2031,
    ]  # fmt: skip
    first, second = period_of_report(VIBORG, 2023), period_of_report(VIBORG, 2027)
    assert (first.start, first.end) == (VIBORG, date(2023, 12, 31))
    assert (second.start, second.end) == (date(2024, 1, 1), date(2027, 12, 31))
    assert second.precision is Precision.YEAR


def test_a_file_begins_a_section_and_leaves_what_people_wrote(lite: Engine) -> None:
    english = replace(SECTION, language="en", text="The city opened a workshop.")
    act(lite, ANALYST, write_section, SECTION, 0)
    assert act(lite, ANALYST, begin_sections, [replace(SECTION, text="Fra en fil"), english]) == 1
    assert act(lite, ANALYST, begin_sections, [english]) == 0
    with reading(lite) as connection:
        found = load_sections(connection, Scope(), KEY)
    assert {one.item.text for one in found.values()} == {SECTION.text, english.text}
