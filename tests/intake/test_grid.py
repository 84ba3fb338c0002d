"""Many typed figures: what each cell says, what would change, and every problem at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.catalogue import Indicator
from dashboard.domain.observation import FRAME_COLUMNS, Draft, MissingReason
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.grid import (
    GridReading,
    GridRow,
    Stood,
    as_meant,
    cell_name,
    facts,
    read_cell,
    read_columns,
    read_grid,
)
from tests.sample import ARTICLES, SCORE, SHARE

DA, EN = Translator("da"), Translator("en")
TODAY = date(2026, 11, 23)
YEARS = [Period.year(2024), Period.year(2025)]
EMPTY = pd.DataFrame(columns=list(FRAME_COLUMNS)).astype(FRAME_COLUMNS)
YES_NO = replace(SHARE, code="has_plan", kind=type(SHARE.kind).YES_NO, unit="", maximum=1)


def row(indicator: Indicator = ARTICLES, source: str = "municipality") -> GridRow:
    return GridRow(indicator, Draft(indicator.code, "viborg", source, unit=indicator.unit))


def cell(year: int, indicator: Indicator = ARTICLES) -> str:
    return cell_name(indicator.code, Period.year(year).key)


def read(
    typed: dict[str, str],
    stood: dict[str, Stood] | None = None,
    t: Translator = DA,
    rows: tuple[GridRow, ...] = (),
    **more: object,
) -> GridReading:
    rows = rows or (row(),)
    columns = read_columns(YEARS, {key: typed.get(key, "") for key in ("h0", "h1")})
    known = {one.indicator.code: EMPTY for one in rows}
    return read_grid(rows, columns, typed, stood or {}, t, TODAY, known=known, **more)  # type: ignore[arg-type]


def codes(reading: GridReading) -> list[str]:
    return [problem.code for one in reading.cells for problem in one.problems]


def test_what_changes_and_what_is_new_is_told_before_anything_is_written() -> None:
    stood = {cell(2024): Stood(7, 12.0, public=True)}
    found = read({cell(2024): "13", cell(2025): "14"}, stood)
    assert (found.changed, found.new, found.ready, found.needs_reason) == (1, 1, True, True)
    assert [(d.value, d.based_on, d.period) for d in found.drafts] == [(13, 7, YEARS[0]), (14, 0, YEARS[1])]


def test_what_stands_already_changes_nothing() -> None:
    stood = {cell(2024): Stood(7, 12.5)}
    found = read({cell(2024): "12,50"}, stood)
    assert found.cells[0].same
    assert found.changes == ()
    assert not found.ready


def test_an_emptied_cell_takes_nothing_away_and_is_told() -> None:
    found = read({cell(2024): " ", cell(2025): ""}, {cell(2024): Stood(7, 12.5)})
    assert [one.emptied for one in found.cells] == [True]
    assert found.changes == ()


def test_an_untouched_cell_is_not_read() -> None:
    assert read({}, {cell(2024): Stood(7, 12.5)}).cells == ()


@pytest.mark.parametrize(
    ("t", "text", "value"),
    [(DA, "12,5", 12.5), (DA, "1.234,75", 1234.75), (EN, "12.5", 12.5), (EN, "1,234.75", 1234.75),
     (DA, "1.234\u00a0", 1234.0)],
)  # fmt: skip
def test_numbers_are_read_in_the_language_of_the_page(t: Translator, text: str, value: float) -> None:
    assert read_cell(text, ARTICLES, t) == value


@pytest.mark.parametrize(("t", "text"), [(DA, "1.5"), (EN, "12,5")])
def test_what_can_be_read_two_ways_is_refused_with_both_and_the_rest_waits(t: Translator, text: str) -> None:
    found = read({cell(2024): text, cell(2025): "14"}, t=t)
    [problem] = found.cells[0].problems
    assert problem.code == "number_ambiguous"
    assert {"first", "second"} <= problem.params.keys()
    assert (found.wrong, found.ready) == (1, False)


def test_every_problem_is_told_at_once() -> None:
    rows = (row(), row(SHARE))
    found = read({cell(2024): "tolv", cell(2025): "-3", cell(2024, SHARE): "130"}, rows=rows)
    assert codes(found) == ["number_form", "below_minimum", "above_maximum"]
    assert found.wrong == 3


def test_a_reason_for_no_figure_is_typed_in_words() -> None:
    found = read({cell(2024): "ikke indsamlet"})
    assert found.drafts[0].missing_reason is MissingReason.NOT_COLLECTED
    again = read({cell(2024): "Ikke indsamlet"}, {cell(2024): Stood(3, None, missing="not_collected")})
    assert again.cells[0].same


def test_yes_steps_and_percentages_are_typed_as_people_write_them() -> None:
    assert read_cell("Ja", YES_NO, DA) == 1
    assert read_cell("no", YES_NO, EN) == 0
    assert isinstance(read_cell("måske", YES_NO, DA), Problem)
    assert read_cell("trin 2", SCORE, DA) == 2
    assert read_cell("12,5 %", SHARE, DA) == 12.5


def test_typed_dates_are_day_first_and_a_point_where_the_indicator_is_a_state() -> None:
    state = replace(ARTICLES, time_aggregation=type(ARTICLES.time_aggregation).LAST)
    typed = {"h0": "31.12.2025", "h1": "05-03-2026", "press_articles|h0": "3", "press_articles|h1": "4"}
    notes = {"press_articles|h0": "optalt den dag", "press_articles|h1": "optalt den dag"}
    flow, points = (read(typed, rows=(row(i),), notes=notes) for i in (ARTICLES, state))
    assert [d.period for d in flow.drafts] == [Period.day(date(2025, 12, 31)), Period.day(date(2026, 3, 5))]
    assert [d.period for d in points.drafts] == [
        Period.point(date(2025, 12, 31)), Period.point(date(2026, 3, 5)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "code"),
    [("12/31/2025", "period_day_month"), ("31.12.25", "period_short_year"), ("2025", "grid_period_twice"),
     ("snart", "period_form")],
)  # fmt: skip
def test_a_heading_that_cannot_be_read_stops_the_values_under_it(heading: str, code: str) -> None:
    found = read({"h0": heading, "press_articles|h0": "3"})
    assert found.headings["h0"].code == code
    assert (found.wrong, found.changes, found.ready) == (1, (), False)


def test_values_without_a_heading_are_told_so_and_a_heading_alone_is_no_harm() -> None:
    assert codes(read({"press_articles|h0": "3"})) == ["grid_period_missing"]
    assert read({"h0": "snart", cell(2024): "3"}).ready


def test_a_warning_waits_for_an_answer_which_becomes_the_note() -> None:
    typed = {"h0": "31.12.2025", "press_articles|h0": "3"}
    waiting = read(typed)
    assert (waiting.unanswered, waiting.wrong, waiting.ready) == (1, 0, False)
    answered = read(typed, notes={"press_articles|h0": "Optalt på årets sidste dag"})
    assert answered.ready
    assert answered.drafts[0].note == "Optalt på årets sidste dag"


def test_a_closed_period_and_a_missing_source_are_problems_of_their_cells() -> None:
    assert codes(read({cell(2024): "3"}, locked=frozenset({cell(2024)}))) == ["period_locked"]
    assert codes(read({cell(2024): "3"}, rows=(row(source=""),))) == ["grid_source_required"]


def test_somebody_elses_value_meanwhile_is_a_conflict_until_one_is_chosen() -> None:
    stood = {cell(2024): Stood(9, 15.0)}
    begun_before = read({cell(2024): "17"}, stood, based={cell(2024): 7})
    assert [one.stood.value for one in begun_before.conflicts] == [15]
    assert not begun_before.ready
    chosen = read({cell(2024): "17"}, stood, based={cell(2024): 9})
    assert chosen.ready
    agreed = read({cell(2024): "15"}, stood, based={cell(2024): 7})
    assert agreed.conflicts == ()


def test_the_digest_tells_every_other_outcome() -> None:
    stood = {cell(2024): Stood(7, 12.0)}
    seen = {
        read({cell(2024): "13"}, stood).digest,
        read({cell(2024): "14"}, stood).digest,
        read({cell(2024): "13", cell(2025): "1"}, stood).digest,
        read({cell(2024): "13"}, {cell(2024): Stood(8, 12.0)}).digest,
    }
    assert len(seen) == 4
    assert read({cell(2024): "13"}, stood).digest == read({cell(2024): "13,0"}, stood).digest


def test_a_fact_is_named_for_each_cell_with_a_period() -> None:
    found = facts([row()], read_columns(YEARS, {"h0": "2020", "h1": ""}))
    assert list(found) == [cell(2024), cell(2025), "press_articles|h0"]
    assert found["press_articles|h0"].period == Period.year(2020)
    assert as_meant(Period.year(2020), ARTICLES) == Period.year(2020)


def test_a_cell_writes_over_the_value_it_shows_and_not_beside_it() -> None:
    other = Draft("press_articles", "viborg", "newspaper", unit="articles", method="stikprøve")
    mixed = GridRow(ARTICLES, row().begun, {Period.year(2024): other})
    found = read({cell(2024): "3", cell(2025): "4"}, rows=(mixed,))
    assert [(d.source, d.method) for d in found.drafts] == [("newspaper", "stikprøve"), ("municipality", "")]


@given(st.dictionaries(st.sampled_from(["h0", "h1", cell(2024), cell(2025), "press_articles|h0"]), st.text()),
       st.sampled_from(LANGUAGES))  # fmt: skip
def test_reading_never_raises_and_never_writes_what_it_complains_of(
    typed: dict[str, str], language: str
) -> None:
    found = read(typed, {cell(2024): Stood(7, 12.0)}, Translator(language))
    assert not (found.ready and found.wrong)
    assert all(one.draft is None or one.draft.period.problem is None for one in found.cells)
    assert isinstance(found.digest, str)
