"""A file into the store: what the preview promises is written, once, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.domain.activity import ActivityKind
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.errors import InvalidDraftsError, InvalidFileError, PermissionDeniedError, StaleDraftError
from dashboard.importing import Imported, commit, load_known, open_file, preview, propose
from dashboard.intake.column_mapping import Mapping
from dashboard.intake.preview import Preview, Verdict
from dashboard.intake.table_file import LIMITS, read_table
from dashboard.store import queries
from dashboard.store.commands import define_sources, undo_batch
from dashboard.store.engine import open_engine, reading
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.intake_files.files import DANISH, csv_of, ods_of, ods_row, xlsx_of, zip_of
from tests.intake_files.messy import messy_workbook
from tests.sample import ANALYST, APPROVER, READER, SOURCES, articles
from tests.workflow.acting import act, pictures, revision, values, write

HEAD = ("Indikator", "Periode", "Værdi", "Kilde")
OWN = "municipality"
THREE = [HEAD, ("Artikler", "2021", "1", OWN), ("Artikler", "2022", "2,5", OWN), ("Andel", "2022", "3", OWN)]


def look(
    store: Engine, content: bytes, name: str = "tal.csv", change: Callable[[Mapping], Mapping] = lambda m: m,
    today: date | None = None,
) -> Preview:  # fmt: skip
    with reading(store) as connection:
        known = load_known(connection)
        file = read_table(content, name)
        mapping = change(propose(connection, file, known, ANALYST.email))
        return preview(connection, file, mapping, known, DANISH, today=today)


def load(store: Engine, content: bytes, name: str = "tal.csv", **options: Any) -> Imported:
    return commit(store, ANALYST, "test", look(store, content, name), **options)


def counted(shown: Preview) -> dict[str, int]:
    return {verdict.value: count for verdict, count in shown.counts.items() if count}


# -- what is written -------------------------------------------------------------------------------


def test_what_the_preview_promises_is_written(store: Engine) -> None:
    write(
        store,
        articles(1, period=Period.year(2021), boundary=""),
        articles(9, period=Period.year(2022), boundary=""),
    )
    shown = look(store, csv_of(THREE))
    assert counted(shown) == {"changes": 1, "new": 1, "unchanged": 1}
    (change,) = shown.changes
    assert (change.row, change.before.value, change.draft.value) == (3, 9, 2.5)
    before = revision(store)
    done = commit(store, ANALYST, "test", shown)
    assert (done.new, done.changed, done.unchanged) == (1, 1, 1)
    assert revision(store) == before + 1, "one unit of work"
    assert sorted(values(store, submitted=True)) == [1, 2.5, 3]
    assert values(store) == [], "nothing is public before it is approved"


def test_the_same_file_again_changes_nothing_and_says_so(store: Engine) -> None:
    first = load(store, csv_of(THREE))
    assert first.batch is not None
    before, seen = revision(store), pictures(store)
    again = look(store, csv_of(THREE))
    assert again.changes_nothing
    assert commit(store, ANALYST, "test", again) == Imported(None, unchanged=3)
    assert (revision(store), pictures(store)) == (before, seen)


@pytest.mark.parametrize("other", ["wide", "workbook", "shuffled"])
def test_the_same_values_in_another_shape_change_nothing(store: Engine, other: str) -> None:
    load(store, csv_of([HEAD, ("Artikler", "2021", "1,5", OWN), ("Artikler", "2022", "2", OWN)]))
    if other == "wide":
        shown = look(
            store, csv_of([("Indikator", "2021", "2022"), ("Artikler", "1,5", "2,0")]), change=with_source
        )
    elif other == "workbook":
        shown = look(
            store, xlsx_of([HEAD, ("Artikler", 2021, 1.5, OWN), ("Artikler", 2022, 2, OWN)]), "tal.xlsx"
        )
    else:
        rows = [
            ("Kilde", "Værdi", "Indikator", "År"),
            (OWN, "2", "Artikler", "2022"),
            (OWN, "1,50", "Artikler", "2021"),
        ]
        shown = look(store, csv_of(rows))
    assert shown.changes_nothing
    assert shown.values == {Verdict.UNCHANGED: 2}


def with_source(mapping: Mapping) -> Mapping:
    return mapping.with_default("source", OWN)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Artikler", "Andel"]), st.integers(1990, 2030), st.integers(0, 1_000),
        st.sampled_from([OWN, "newspaper"]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def content_of(rows: list[tuple[str, int, int, str]]) -> bytes:
    """A file with each fact once; numbers as people type them."""
    kept = {(indicator, year, source): tenths for indicator, year, tenths, source in rows}
    lines = [(i, str(y), DANISH.number(tenths / 10), s) for (i, y, s), tenths in kept.items()]
    return csv_of([HEAD, *lines])


@pytest.fixture(scope="module")
def kept_store(databases: Databases) -> Any:
    """One store for many examples, each of which undoes what it did: properties need a hundred."""
    engine = open_engine(databases.address("sqlite", "filled"))
    yield engine
    databases.drop(engine)


@pytest.mark.slow
@settings(max_examples=20)
@given(first=ROWS, second=ROWS)
def test_import_is_idempotent_and_undo_restores_exactly(kept_store: Engine, first: Any, second: Any) -> None:
    empty = pictures(kept_store)
    one = load(kept_store, content_of(first))
    there = pictures(kept_store)
    assert load(kept_store, content_of(first)).batch is None
    assert pictures(kept_store) == there
    two = load(kept_store, content_of(second))
    both = pictures(kept_store)
    assert load(kept_store, content_of(second)).batch is None
    assert pictures(kept_store) == both
    if two.batch is not None:
        act(kept_store, ANALYST, undo_batch, two.batch, "forkert fil")
        assert pictures(kept_store) == there
    assert one.batch is not None
    act(kept_store, ANALYST, undo_batch, one.batch, "forkert fil")
    assert pictures(kept_store) == empty


def test_an_undone_file_can_be_loaded_again(store: Engine) -> None:
    batch = load(store, csv_of(THREE)).batch
    seen = pictures(store)
    act(store, ANALYST, undo_batch, batch, "for tidligt")
    assert load(store, csv_of(THREE)).changed == 3, "what was taken back is said again"
    assert pictures(store) == seen


def test_activities_are_loaded_by_the_same_way(store: Engine) -> None:
    rows = [
        ("Nøgle", "Art", "Titel", "Dato", "Bevilget", "Valuta"),
        ("a-1", "Bevilling", "Tilskud", "05-03-2024", "1.000", "DKK"),
    ]
    done = load(store, csv_of(rows), "register.csv")
    assert (done.new, done.changed) == (1, 0)
    assert load(store, csv_of(rows), "register.csv").batch is None
    changed = load(store, csv_of([rows[0], (*rows[1][:4], "2.000", "DKK")]), "register.csv")
    assert (changed.new, changed.changed) == (0, 1)
    with reading(store) as connection:
        (found,) = queries.load_activities(connection, queries.Scope(submitted=True))
    assert (found.kind, found.amount_granted) == (ActivityKind.GRANT, 2_000)


@pytest.mark.parametrize("change", [("Presseomtale", "Viborg"), ("Bevilling", "Tucson")])
def test_a_key_keeps_its_kind_and_its_place(store: Engine, change: tuple[str, str]) -> None:
    head = ("Nøgle", "Art", "Sted", "Titel", "Dato")
    load(store, csv_of([head, ("a-1", "Bevilling", "Viborg", "Tilskud", "2024")]), "register.csv")
    shown = look(store, csv_of([head, ("a-1", *change, "Tilskud", "2024")]), "register.csv")
    assert [(p.row, p.code) for p in shown.errors] == [(2, "key_of_another")]


def test_choices_are_remembered_with_the_batch(store: Engine) -> None:
    content = csv_of([("Emne", "Hvad", "2021", "2022"), ("Artikler", "x", "1", "2")])
    shown = look(store, content, change=lambda m: m.with_field(1, "note").with_default("source", OWN))
    commit(store, ANALYST, "test", shown)
    assert look(store, content).changes_nothing, "the source and the note are known"


def test_a_figure_unlike_its_series_waits_for_a_reason(store: Engine) -> None:
    for year, value in enumerate((10, 12, 11, 13, 12, 14), start=2015):
        write(store, articles(value, period=Period.year(year), boundary=""), state=WorkflowState.APPROVED)
    content = csv_of([HEAD, ("Artikler", "2021", "125", OWN), ("Artikler", "2022", "13", OWN)])
    shown = look(store, content, today=date(2024, 1, 1))
    assert [(p.row, p.code, p.params["column"]) for p in shown.warnings] == [
        (2, "factor_too_large", "C (Værdi)")
    ]
    assert shown.errors == []
    with pytest.raises(InvalidDraftsError):
        commit(store, ANALYST, "test", shown)
    assert commit(store, ANALYST, "test", shown, reason="messeåret").new == 2
    assert look(store, content, today=date(2024, 1, 1)).warnings == [], (
        "what stands already is not asked again"
    )


def test_a_long_file_is_not_compared_and_says_so(store: Engine) -> None:
    days = [(date(2000, 1, 1) + timedelta(n)).strftime("%d.%m.%Y") for n in range(1001)]
    rows = [HEAD, *(("Artikler", day, "1", OWN) for day in days)]
    assert look(store, csv_of(rows[:-1]), today=date(2024, 1, 1)).compared
    shown = look(store, csv_of(rows), today=date(2024, 1, 1))
    assert not shown.compared
    assert shown.warnings == []


# -- rows that are left out ------------------------------------------------------------------------


def test_a_file_with_a_problem_writes_nothing(store: Engine) -> None:
    before = revision(store)
    shown = look(store, csv_of([*THREE, ("I alt", "2022", "5", OWN)]))
    assert [p.row for p in shown.errors] == [5]
    with pytest.raises(InvalidDraftsError):
        commit(store, ANALYST, "test", shown)
    assert revision(store) == before


def test_rows_with_problems_can_be_left_out_in_sight(store: Engine) -> None:
    shown = look(store, messy_workbook(source=OWN), "tal.xlsx")
    assert counted(shown) == {"problem": 1, "new": 5, "left_out": 2}
    rest = shown.without_problem_rows()
    assert rest.errors == []
    assert counted(rest) == {"new": 5, "left_out": 3}
    assert rest.values == {Verdict.NEW: 5, Verdict.LEFT_OUT: 3}
    assert [p.row for p in rest.problems] == [p.row for p in shown.problems], "they are still told"
    with pytest.raises(InvalidDraftsError) as caught:
        commit(store, ANALYST, "test", rest)
    assert [p.code for p in caught.value.problems] == ["warnings_unanswered"]
    assert commit(store, ANALYST, "test", rest, reason="noten hører ikke til").new == 5
    assert sorted(values(store, submitted=True)) == [12.5, 980, 1050.25, 1100, 1234.5]
    again = look(store, messy_workbook(source=OWN), "tal.xlsx").without_problem_rows()
    assert again.changes_nothing


def test_of_two_rows_that_contradict_neither_is_written_when_left_out(store: Engine) -> None:
    shown = look(store, csv_of([*THREE, ("Artikler", "2021", "7", OWN)]))
    assert [(p.row, p.code) for p in shown.problems] == [(5, "repeated_in_file")]
    rest = shown.without_problem_rows()
    assert commit(store, ANALYST, "test", rest).new == 2
    assert 1 not in values(store, submitted=True)
    assert 7 not in values(store, submitted=True)


def test_a_row_said_twice_in_the_same_words_counts_once(store: Engine) -> None:
    shown = look(store, csv_of([*THREE, THREE[1]]))
    assert counted(shown) == {"new": 3, "left_out": 1}


# -- refusals --------------------------------------------------------------------------------------


def test_a_store_that_moved_since_the_preview_refuses(store: Engine) -> None:
    shown = look(store, csv_of(THREE))
    write(store, articles(8, period=Period.year(2021), boundary=""))
    before, seen = revision(store), pictures(store)
    with pytest.raises(StaleDraftError):
        commit(store, ANALYST, "test", shown)
    assert (revision(store), pictures(store)) == (before, seen)


def test_a_reader_may_not_and_an_approved_value_needs_a_reason(store: Engine) -> None:
    write(store, articles(5, period=Period.year(2021), boundary=""), state=WorkflowState.APPROVED)
    shown = look(store, csv_of(THREE))
    before = revision(store)
    with pytest.raises(PermissionDeniedError):
        commit(store, READER, "test", shown, reason="ny optælling")
    with pytest.raises(PermissionDeniedError):
        commit(store, ANALYST, "test", shown, state=WorkflowState.APPROVED, reason="ny optælling")
    with pytest.raises(InvalidDraftsError) as caught:
        commit(store, APPROVER, "test", shown, state=WorkflowState.APPROVED, reason=" ")
    assert [p.code for p in caught.value.problems] == ["reason_required"]
    assert revision(store) == before
    commit(store, APPROVER, "test", shown, state=WorkflowState.APPROVED, reason="ny optælling")
    assert sorted(values(store)) == [1, 2.5, 3]


def test_a_source_made_for_the_file_can_be_named_at_once(store: Engine) -> None:
    with unit_of_work(store, ANALYST, "test") as work:
        define_sources(work, [SOURCES[1].__class__("optaelling", "Egen optælling")])
    rows = [HEAD[:3], ("Artikler", "2021", "1")]
    shown = look(store, csv_of(rows), change=lambda m: m.with_default("source", "Egen optælling"))
    assert commit(store, ANALYST, "test", shown).new == 1


def bad_files() -> dict[str, tuple[bytes, str]]:
    """Each of the files that a person picks by mistake or somebody makes on purpose."""
    figures = [HEAD, ("Artikler", "2021", 1, OWN)]
    bomb = zip_of({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * (80 * 2**20)})
    cut = xlsx_of(figures)
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
        archive.writestr("xl/_rels/workbook.xml.rels", "")
    return {
        "image named csv": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "billede.csv"),
        "wrong extension": (xlsx_of(figures), "tal.csv"),
        "password": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "tal.xlsx",
        ),
        "password of opendocument": (ods_of(ods_row("a"), encrypted=True), "tal.ods"),
        "zip bomb": (bomb, "tal.xlsx"),
        "cut off": (cut[: len(cut) // 2], "tal.xlsx"),
        "damaged": (damaged.getvalue(), "tal.xlsx"),
        "merged headings": (
            xlsx_of(figures, lambda _, page: page.merge_range("A1:B1", "Indikator")),
            "tal.xlsx",
        ),
        "over the limit": (b"x" * (LIMITS.size + 1), "tal.csv"),
        "no headings": (b"1;2;3\n4;5;6\n", "tal.csv"),
        "mixed encodings": ("Indikator;Værdi\n".encode() + "Værdi;1\n".encode("cp1252"), "tal.csv"),
        "open quote": (b'Indikator;Periode\n"Artikler;2024\n', "tal.csv"),
        "empty": (b"", "tal.csv"),
        "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "tal.xlsx"),
        "program": (b"MZ\x90\x00\x03" + bytes(200), "tal.csv"),
    }


@pytest.mark.parametrize("what", bad_files())
def test_a_file_that_cannot_be_read_is_one_sentence_and_the_store_is_as_before(
    store: Engine, what: str
) -> None:
    before, seen = revision(store), pictures(store)
    content, name = bad_files()[what]
    with pytest.raises(InvalidFileError) as caught:
        look(store, content, name)
    sentence = DANISH(caught.value.key, **caught.value.params)
    assert "⟦" not in sentence
    assert sentence.count("\n") == 0
    assert name in sentence
    assert (revision(store), pictures(store)) == (before, seen)


def test_formulas_that_nobody_calculated_are_told_and_nothing_is_written(store: Engine) -> None:
    def formula(_: Any, page: Any) -> None:
        page.write_formula(1, 2, "=SUM(1,2)", None, "")

    shown = look(store, xlsx_of([HEAD, ("Artikler", "2021", "", OWN)], formula), "tal.xlsx")
    assert [(p.row, p.code) for p in shown.errors] == [(2, "formula_without_value")]
    before = revision(store)
    with pytest.raises(InvalidDraftsError):
        commit(store, ANALYST, "test", shown)
    assert revision(store) == before


def test_a_million_empty_rows_are_passed_over(store: Engine) -> None:
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    shown = look(store, ods_of(ods_row(*HEAD) + ods_row("Artikler", "2021", 1, OWN) + empty), "tal.ods")
    assert counted(shown) == {"new": 1}


def test_a_file_on_disk_is_opened_or_told(tmp_path: Path) -> None:
    path = tmp_path / "tal.csv"
    path.write_bytes(csv_of(THREE))
    assert open_file(path).name == "tal.csv"
    for wrong in (tmp_path / "ingen.csv", tmp_path):
        with pytest.raises(InvalidFileError):
            open_file(wrong)
    with path.open("wb") as file:
        file.truncate(LIMITS.size + 1)
    with pytest.raises(InvalidFileError) as caught:
        open_file(path)
    assert caught.value.key == "import.file.too_large"
