"""What the rows of a mapped table say, in each of its shapes, and every problem at its row and column."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.activity import ActivityKind
from dashboard.domain.observation import MissingReason, ObservationKind, check
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.errors import InvalidFileError
from dashboard.intake.activity_rows import read_activities
from dashboard.intake.column_mapping import Mapping, apply_remembered, propose_mapping, sheet_of
from dashboard.intake.headings import FIELDS, field_of
from dashboard.intake.mapped_cells import ReadRows
from dashboard.intake.problem_sheet import problem_words
from dashboard.intake.table_file import read_table
from dashboard.intake.template import activities_template, figures_template
from tests import sample
from tests.intake_files.files import DANISH, ENGLISH, KNOWN, csv_of, read, xlsx_of
from tests.intake_files.messy import messy_workbook

HEAD = ("Indikator", "Periode", "Værdi", "Kilde")
OWN = "municipality"


def values(found: ReadRows) -> list[tuple[str, str, float | None]]:
    return [(d.indicator, DANISH.period(d.period), d.value) for d in found.drafts]


def told(problems: Any) -> list[tuple[int | None, str, str]]:
    """Row, letter of the column, code."""
    return [(p.row, str(p.params.get("column", ""))[:1], p.code) for p in problems]


# -- shapes ----------------------------------------------------------------------------------------


def test_one_value_a_row() -> None:
    rows = [
        HEAD,
        ("Artikler", "2023", "1.234,5", OWN),
        ("visitors_abroad_share", "2024", "12,5", "Folkebladet"),
    ]
    _, found = read(csv_of(rows))
    assert found.problems == ()
    assert values(found) == [("press_articles", "2023", 1234.5), ("visitors_abroad_share", "2024", 12.5)]
    assert [(d.place, d.source) for d in found.drafts] == [
        ("viborg", "municipality"),
        ("viborg", "newspaper"),
    ]
    assert found.rows == (2, 3)


@pytest.mark.parametrize(
    "heads",
    [("2022", "2023"), ("2024K3", "3. kvt. 2025"), ("jan-24", "feb-24"), ("1. halvår 2024", "2. halvår 2024"),
     (2022, 2023), ("31.12.2023", "31.12.2024")],
)  # fmt: skip
def test_periods_as_columns(heads: tuple[Any, Any]) -> None:
    rows = [("Indikator", *heads), ("Artikler", "10", "20"), ("Andel", "1,5", "")]
    mapping, found = read(csv_of(rows), source=OWN)
    assert [column.period is not None for column in mapping.values] == [True, True]
    assert [d.value for d in found.drafts] == [10, 20, 1.5]
    assert len({d.period for d in found.drafts}) == 2


def test_days_in_the_headings_of_a_workbook_are_periods() -> None:
    def head(book: Any, page: Any) -> None:
        page.write_datetime(0, 1, dt.datetime(2024, 1, 1), book.add_format({"num_format": "mmm-yy"}))

    _, found = read(xlsx_of([("Indikator", "", "feb-24"), ("Artikler", 1, 2)], head), "tal.xlsx", source=OWN)
    assert [d.period for d in found.drafts] == [Period.month(2024, 1), Period.month(2024, 2)]


def test_indicators_as_columns_with_their_units() -> None:
    rows = [("År", "Artikler (antal)", "Tilskud (EUR)", "Andel (%)"), ("2023", "7", "1.000.000", "12,5")]
    _, found = read(csv_of(rows), source=OWN)
    assert [(d.indicator, d.value, d.unit, d.currency) for d in found.drafts] == [
        ("press_articles", 7, "articles", ""), ("grants_received", 1_000_000, "currency", "EUR"),
        ("visitors_abroad_share", 12.5, "percent", ""),
    ]  # fmt: skip


def test_one_currency_for_the_whole_file_is_that_of_its_money() -> None:
    rows = [("År", "Artikler", "Tilskud"), ("2023", "7", "1.000"), ("2024", "", "5")]
    _, found = read(csv_of(rows), source=OWN, currency="DKK")
    assert found.problems == ()
    assert [(d.value, d.currency) for d in found.drafts] == [(7, ""), (1000, "DKK"), (5, "DKK")]


def test_another_unit_in_a_heading_is_kept_and_told() -> None:
    _, found = read(csv_of([("År", "Artikler (besøg)"), ("2023", "7")]), source=OWN)
    assert [d.unit for d in found.drafts] == ["visits"]
    assert told(found.problems) == [(2, "B", "unit_differs")]


@pytest.mark.parametrize(
    "heading", ["Tilskud (1.000 kr.)", "Tilskud (t.kr.)", "Artikler (mio.)", "Artikler (i tusinde)",
                "Artikler [1000]", "Værdi (1 000 kr.)", "Værdi (thousands)"],
)  # fmt: skip
def test_thousands_are_never_read_as_ones(heading: str) -> None:
    rows = [("Indikator", "År", heading), ("Artikler", "2023", "7")]
    file = read_table(csv_of(rows), "tal.csv")
    mapping = propose_mapping(file, KNOWN, "observations").with_default("source", OWN)
    problem = next(p for p in mapping.problems if p.code == "unit_scaled")
    assert heading in problem_words(problem, DANISH)


@pytest.mark.parametrize("heading", ["Artikler (1000-meter-løb)", "Artikler (antal)", "Artikler"])
def test_other_brackets_are_no_scale(heading: str) -> None:
    file = read_table(csv_of([("År", heading), ("2023", "7")]), "tal.csv")
    mapping = propose_mapping(file, KNOWN, "observations").with_default("source", OWN)
    assert mapping.problems == ()


def test_year_and_quarter_in_columns_of_their_own() -> None:
    rows = [
        ("Indikator", "År", "Kvartal", "Værdi"),
        ("Artikler", "2024", "3", "5"),
        ("Artikler", "2024", "4. kvartal", "6"),
    ]
    _, found = read(csv_of(rows), source=OWN)
    assert [d.period for d in found.drafts] == [Period.quarter(2024, 3), Period.quarter(2024, 4)]


def test_a_year_across_two_waits_for_its_month() -> None:
    content = csv_of([("Indikator", "2023/24"), ("Artikler", "5")])
    mapping, _ = read(content, source=OWN)
    assert [p.code for p in mapping.problems] == ["fiscal_year"]
    settled = mapping.with_year_begins(8)
    assert settled.problems == ()
    assert settled.values[0].period == Period(
        dt.date(2023, 8, 1), dt.date(2024, 7, 31), Period.year(1).precision
    )


def test_a_reason_stands_where_the_number_would() -> None:
    rows = [HEAD, ("Artikler", "2023", DANISH("missing.not_collected"), OWN)]
    (draft,) = read(csv_of(rows))[1].drafts
    assert (draft.value, draft.missing_reason) == (None, MissingReason.NOT_COLLECTED)


def test_words_of_both_languages_are_codes() -> None:
    rows = [("indicator", "period", "value", "source", "kind"),
            ("Articles", "2023", "1.5", OWN, ENGLISH("chart.kind.target"))]  # fmt: skip
    (draft,) = read(csv_of(rows), t=ENGLISH)[1].drafts
    assert (draft.value, draft.kind) == (1.5, ObservationKind.TARGET)


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in FIELDS for field in FIELDS[kind]])
def test_each_field_is_found_by_its_heading_in_both_languages(kind: str, field: str) -> None:
    for heading in (field, DANISH(f"import.column.{field}"), ENGLISH(f"import.column.{field}").upper()):
        assert field_of(heading, kind) == field


# -- messy -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("Udsagn", "observations", "claim"), ("Udsagn", "activities", "claims"),
        ("Søgt beløb", "activities", "amount_applied"), ("Netværkets mål", "activities", "objective"),
        ("Udnævnelsens andel", "activities", "attribution"), ("Påstand", "observations", "claim"),
    ],
)  # fmt: skip
def test_what_our_own_older_files_are_headed_is_still_read(heading: str, kind: str, field: str) -> None:
    assert field_of(heading, kind) == field


def test_a_messy_municipal_workbook_is_read_and_what_is_wrong_is_told() -> None:
    """Title rows, a merged title, merged indicators, units in headings, ``1.234,5``, ``3. kvt. 2024``, blank
    rows, a total row, a note below, a cell outside the table."""
    mapping, found = read(messy_workbook(), "tal.xlsx")
    assert (mapping.sheet, mapping.header_row) == ("Tal", 4)
    assert values(found) == [
        ("press_articles", DANISH.period(Period.quarter(2024, 1)), 1234.5),
        ("press_articles", DANISH.period(Period.quarter(2024, 2)), 980),
        ("press_articles", DANISH.period(Period.quarter(2024, 3)), 1100),
        ("press_articles", DANISH.period(Period.quarter(2024, 4)), 1050.25),
        ("visitors_abroad_share", "2024", 12.5),
    ]
    assert told(found.problems) == [(10, "G", "column_without_heading"), (11, "A", "name_unlike_any")]
    assert found.blank == (12, 13)


def test_a_value_over_several_cells_is_told() -> None:
    def merge(_: Any, page: Any) -> None:
        page.merge_range(1, 1, 2, 1, 12)

    content = xlsx_of([("Indikator", "2024", "2025"), ("Artikler", 12, 5), ("Andel", "", 6)], merge)
    _, found = read(content, "tal.xlsx", source=OWN)
    assert told(found.problems) == [(2, "B", "merged_value")]
    assert "B2:B3" in problem_words(found.problems[0], DANISH)


@pytest.mark.parametrize("heading", ["A4:B4", "A3:A4"])
def test_merged_headings_are_one_sentence(heading: str) -> None:
    def merge(_: Any, page: Any) -> None:
        page.merge_range(heading, "Indikator")

    rows = [("Titel",), (), (), HEAD, ("Artikler", "2023", 1, OWN)]
    with pytest.raises(InvalidFileError) as caught:
        read(xlsx_of(rows, merge), "tal.xlsx")
    assert caught.value.key == "import.file.merged"


def test_title_rows_above_the_headings_are_no_data() -> None:
    rows = [
        ("Presseomtale 2024",),
        ("Opgjort den", "3. januar 2025"),
        (),
        HEAD,
        ("Artikler", "2024", "7", OWN),
    ]
    mapping, found = read(csv_of(rows))
    assert mapping.header_row == 4
    assert found.rows == (5,)


def test_rows_of_a_template_that_nobody_filled_in_are_left_out() -> None:
    rows = [
        HEAD,
        ("Artikler", "2023", "", OWN),
        ("Artikler", "2024", "5", OWN),
        ("Kilde: regnskabet", "", "", ""),
    ]
    _, found = read(csv_of(rows))
    assert found.problems == ()
    assert (found.rows, found.blank, found.read) == ((3,), (2, 4), (2, 3, 4))


# -- cells beyond the headings ---------------------------------------------------------------------


def test_a_row_of_text_longer_than_its_headings_is_an_error() -> None:
    rows = [HEAD, ("Artikler", "2023", "1,5", OWN), ("Artikler", "2024", "7", OWN)]
    _, found = read(csv_of(rows, ","))
    assert told(found.problems)[0] == (2, "", "row_length")
    assert [d.value for d in found.drafts] == [7], "the row that was cut wrongly gives nothing"


@pytest.mark.parametrize("filled", [1, 80])
def test_a_column_of_a_workbook_without_a_heading_is_told_once(filled: int) -> None:
    """Also where its first cell stands far below the headings."""
    rows: list[tuple[Any, ...]] = [HEAD, *(("Artikler", str(1900 + n), n, OWN) for n in range(100))]
    rows[filled] = (*rows[filled], "", "se bilag")
    rows[99] = (*rows[99], "", 12)
    _, found = read(xlsx_of(rows), "tal.xlsx")
    assert told(found.problems) == [(filled + 1, "F", "column_without_heading")]
    assert "se bilag" in problem_words(found.problems[0], DANISH)
    assert len(found.drafts) == 100


# -- every problem at once -------------------------------------------------------------------------


def test_all_problems_are_told_at_once_with_what_would_be_right() -> None:
    rows = [
        ("Indikator", "Periode", "Værdi", "Kilde", "Opdeling", "Art"),
        ("Artiklr", "2023", "1", OWN, "", ""),
        ("Artikler", "31.12.25", "2", OWN, "", ""),
        ("Artikler", "2023", "12.5", OWN, "", ""),
        ("Artikler", "2023", "mange", "Avisen", "", ""),
        ("Artikler", "2022", "−3", OWN, "", ""),
        ("Artikler", "2021", "3", OWN, "køn", "gæt"),
        ("Artikler", "2020", "4,5", OWN, "", ""),
        ("", "2020", "4", OWN, "", ""),
    ]
    _, found = read(csv_of(rows))
    assert told(found.problems) == [
        (2, "A", "name_unknown"), (3, "B", "period_short_year"), (4, "C", "number_ambiguous"),
        (5, "C", "number_form"), (5, "D", "name_unlike_any"), (6, "C", "below_minimum"),
        (7, "E", "disaggregation_form"), (7, "F", "not_one_of"), (9, "A", "field_required"),
    ]  # fmt: skip
    assert [d.period for d in found.drafts] == [Period.year(2020)]
    for problem in found.problems:
        for t in (DANISH, ENGLISH):
            sentence = problem_words(problem, t)
            assert "⟦" not in sentence
            assert sentence.endswith((".", "?", "}"))


def percent(book: Any) -> Any:
    return book.add_format({"num_format": "0%"})


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda book, page: page.write_formula(1, 2, "=1/0", None, "#DIV/0!"), "cell_error"),
        (lambda book, page: page.write_number(1, 2, 0.5, percent(book)), "percentage_cell"),
        (lambda book, page: page.write_datetime(1, 2, dt.datetime(2024, 5, 1)), "number_is_date"),
        (lambda book, page: page.write_boolean(1, 2, True), "number_form"),
    ],
)
def test_a_cell_that_is_no_number_is_told(make: Any, code: str) -> None:
    _, found = read(xlsx_of([HEAD, ("Artikler", "2024", "", OWN)], make), "tal.xlsx")
    assert told(found.problems) == [(2, "C", code)]
    assert found.drafts == ()


def test_huge_numbers_are_refused() -> None:
    _, found = read(csv_of([HEAD, ("Artikler", "2024", "9" * 40, OWN), ("Artikler", "2023", "9" * 500, OWN)]))
    assert [code for _, _, code in told(found.problems)] == ["number_impossible", "number_form"]


# -- the mapping -----------------------------------------------------------------------------------


def test_what_is_missing_is_told_before_any_row_is_read() -> None:
    mapping, _ = read(csv_of([("Indikator", "Værdi"), ("Artikler", "5")]))
    assert {p.field for p in mapping.problems} == {"source", "period"}
    assert mapping.with_default("source", OWN).with_default("period", "2024").problems == ()


def test_a_mapping_is_remembered_for_next_years_file() -> None:
    file = read_table(csv_of([("Emne", "Hvad", "2022", "2023"), ("Artikler", "x", "5", "5")]), "tal.csv")
    chosen = propose_mapping(file, KNOWN).with_field(1, "note").with_default("source", OWN).with_numbers("da")
    next_file = read_table(csv_of([("Emne", "Hvad", "2023", "2024"), ("Artikler", "y", "5", "6")]), "tal.csv")
    proposed = propose_mapping(next_file, KNOWN)
    assert proposed.header_digest == chosen.header_digest
    again = apply_remembered(proposed, chosen.to_json())
    assert [(c.field, c.period) for c in again.columns] == [
        ("indicator", None), ("note", None), ("value", Period.year(2023)), ("value", Period.year(2024)),
    ]  # fmt: skip
    assert (again.default("source"), again.numbers) == (OWN, "da")
    other = propose_mapping(read_table(csv_of([HEAD, ("Artikler", "2023", "1", OWN)]), "tal.csv"), KNOWN)
    assert apply_remembered(other, chosen.to_json()) == other
    assert apply_remembered(proposed, {"kind": "nonsense"}) == proposed


@given(
    st.lists(
        st.sampled_from(["Indikator", "År", "Værdi", "2023", "Artikler (t.kr.)", "x", ""]),
        min_size=2,
        max_size=6,
    )
)
def test_a_mapping_survives_being_kept(heads: list[str]) -> None:
    file = read_table(csv_of([["Indikator", "Kilde", *heads], ["Artikler", "x", *heads]]), "tal.csv")
    mapping = propose_mapping(file, KNOWN)
    assert Mapping.from_json(mapping.to_json()) == mapping


# -- any text --------------------------------------------------------------------------------------

CELLS = st.text(max_size=20) | st.sampled_from(
    ["Artikler", "2023", "2024K3", "12,5", "1.234", "Folkebladet", "=1+1", "æøå", "\ud800"[:0], "9" * 50]
)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=6))
def test_reading_never_raises_and_loses_no_row(cells: list[list[str]]) -> None:
    """Whatever the cells hold, each row gives a value, a problem, or is left out in sight."""

    def quoted(text: str) -> str:
        return '"' + "".join(s for s in text if s.isprintable()).replace('"', '""') + '"'

    lines = [";".join(map(quoted, row)) for row in ([*HEAD], *cells)]
    _, found = read("\n".join(lines).encode("utf-8", "replace"))
    for draft in found.drafts:
        assert not [p for p in check(draft, KNOWN.indicators[draft.indicator]) if p.severity == "error"]
    wrong = {p.row for p in found.problems if p.severity == "error"}
    assert set(found.read) == set(found.rows) | set(found.blank) | wrong


# -- activities and templates ----------------------------------------------------------------------


def test_activities_are_read_and_their_problems_told() -> None:
    rows = [
        ("Nøgle", "Art", "Titel", "Dato", "Bevilget", "Valuta", "Verdensmål"),
        ("tilskud-1", DANISH("activity.grant"), "Tilskud", "05-03-2024", "1.000,50", "DKK", '"11.4;8"'),
        ("tilskud-2", "ukendt", "Tilskud", "05-03-2024", "5", "DKK", ""),
    ]
    file = read_table(csv_of(rows), "register.csv")
    mapping = propose_mapping(file, KNOWN, "activities")
    assert mapping == propose_mapping(file, KNOWN), "the headings say what it is"
    found = read_activities(sheet_of(file, mapping), mapping, KNOWN, DANISH)
    (activity,) = found.drafts
    assert (activity.kind, activity.amount_granted, activity.sdg_targets) == (
        ActivityKind.GRANT,
        1000.5,
        ("11.4", "8"),
    )
    assert told(found.problems) == [(3, "B", "not_one_of")]


@pytest.mark.parametrize("t", [DANISH, ENGLISH])
def test_a_filled_template_reads_back(t: Any) -> None:
    drafts = [sample.articles(12), sample.articles(13.5, period=Period.quarter(2024, 3))]
    indicators = [i for i in sample.INDICATORS if not i.retired]
    content = figures_template(indicators, [Period.year(2025)], KNOWN, t, "DKK", drafts)
    mapping, found = read(content, "skabelon.xlsx", t)
    assert found.problems == ()
    assert [(d.value, d.period) for d in found.drafts] == [
        (12, Period.year(2023)),
        (13.5, Period.quarter(2024, 3)),
    ]
    assert len(mapping.values) == len(indicators)


@pytest.mark.parametrize("t", [DANISH, ENGLISH])
def test_an_empty_template_is_understood_and_states_nothing(t: Any) -> None:
    content = activities_template(KNOWN, t)
    file = read_table(content, "skabelon.xlsx")
    mapping = propose_mapping(file, KNOWN)
    assert mapping.kind == "activities"
    assert read_activities(sheet_of(file, mapping), mapping, KNOWN, t).drafts == ()


def test_two_sheets_of_figures_are_a_choice() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for year in (2023, 2024):
            page = book.add_worksheet(str(year))
            page.write_row(0, 0, HEAD)
            page.write_row(1, 0, ("Artikler", str(year), year, OWN))
    file = read_table(content.getvalue(), "tal.xlsx")
    assert propose_mapping(file, KNOWN).sheet == "2023"
    assert propose_mapping(file, KNOWN, sheet="2024").sheet == "2024"


def test_a_problem_is_a_problem() -> None:
    assert isinstance(KNOWN.names["source"].code("Avisen"), Problem)
