"""`import FILE`: told first, written once, all or nothing, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from tests.command_line.conftest import Terminal
from tests.conftest import DIALECTS, Databases
from tests.intake_files.files import csv_of
from tests.intake_files.messy import messy_workbook

OWN = "municipality"
HEAD = ("Indikator", "Periode", "Værdi", "Kilde")
TWO = [HEAD, ("Artikler", "2021", "1.234,5", OWN), ("Andel", "2022", "12,5", "Folkebladet")]


@pytest.fixture(params=DIALECTS)
def small(request: pytest.FixtureRequest, databases: Databases) -> Terminal:
    """The small city of the tests, on each of the two databases."""
    return Terminal(databases.address(request.param, "filled"), databases.address("sqlite", "empty"))


@pytest.fixture
def small_sqlite(databases: Databases) -> Terminal:
    return Terminal(databases.address("sqlite", "filled"), databases.address("sqlite", "empty"))


def values(terminal: Terminal) -> list[float]:
    engine = open_engine(terminal.real)
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(submitted=True))
    engine.dispose()
    return sorted(frame["value"])


def file_of(folder: Path, content: bytes, name: str = "tal.csv") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_a_trial_writes_nothing_and_the_import_writes_once(small: Terminal, tmp_path: Path) -> None:
    path = file_of(tmp_path, csv_of(TWO))
    trial = small("import", path, "--dry-run")
    assert trial.status == 0
    assert "Prøve: Intet er skrevet." in trial.out
    assert values(small) == []
    done = small("import", path)
    assert done.status == 0
    assert "2 nye og 0 ændrede" in done.out
    assert values(small) == [12.5, 1234.5]
    again = small("import", path)
    assert again.status == 0
    assert "Intet er ændret." in again.out
    assert values(small) == [12.5, 1234.5]


def test_a_program_is_told_the_same(small_sqlite: Terminal, tmp_path: Path) -> None:
    rows = [*TWO, ("Artikler", "31.12.25", "2", OWN)]
    result = small_sqlite("import", file_of(tmp_path, csv_of(rows)), "--format", "json")
    told = json.loads(result.out)
    assert result.status == 1
    assert told["written"] is False
    assert (told["rows"]["new"], told["rows"]["problem"]) == (2, 1)
    [problem] = told["problems"]
    assert (problem["row"], problem["column"][0], problem["code"]) == (4, "B", "period_short_year")
    assert values(small_sqlite) == []


def test_all_problems_are_told_and_written_beside_the_rows(small_sqlite: Terminal, tmp_path: Path) -> None:
    sheet = tmp_path / "fejl.xlsx"
    path = file_of(tmp_path, messy_workbook(source=OWN), "tal.xlsx")
    result = small_sqlite("import", path, "--problems", str(sheet))
    assert result.status == 1
    assert "række 11, kolonne A (Indikator): »I alt« kendes ikke." in result.out
    assert "række 10, kolonne G" in result.out
    assert "Intet er skrevet." in result.out
    rows = CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    assert any("I alt" in str(row[0]) and "kendes ikke" in str(row[-1]) for row in rows)
    assert values(small_sqlite) == []


def test_what_the_file_does_not_say_can_be_said(small_sqlite: Terminal, tmp_path: Path) -> None:
    path = file_of(tmp_path, csv_of([("Indikator", "2023/24"), ("Artikler", "5")]))
    refused = small_sqlite("import", path)
    assert refused.status != 0
    assert "Der er ingen kolonne for »Kilde«." in refused.error
    assert "»2023/24« går over to kalenderår." in refused.error
    done = small_sqlite("import", path, "--source", OWN, "--year-begins", "8", "--place", "tucson")
    assert done.status == 0, done.error
    assert values(small_sqlite) == [5]


def test_columns_that_are_not_read_are_named(small_sqlite: Terminal, tmp_path: Path) -> None:
    rows = [(*HEAD, "Løbenummer"), (*TWO[1], "7")]
    result = small_sqlite("import", file_of(tmp_path, csv_of(rows)), "--dry-run")
    assert "Læses ikke: E (Løbenummer)." in result.out


def test_warnings_are_told_and_wait_for_a_reason(small_sqlite: Terminal, tmp_path: Path) -> None:
    path = file_of(tmp_path, csv_of([(*HEAD, "Enhed"), ("Artikler", "2021", "5", OWN, "besøg")]))
    refused = small_sqlite("import", path)
    assert refused.status == 1
    assert "Enheden er" in refused.out
    assert "Filen giver advarsler (1)." in refused.out
    told = json.loads(small_sqlite("import", path, "--format", "json").out)
    assert (told["written"], len(told["refused"])) == (False, 1)
    assert values(small_sqlite) == []
    assert small_sqlite("import", path, "--reason", "gæster, ikke artikler").status == 0
    assert values(small_sqlite) == [5]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "kort.csv", "kort.csv er et billede og ikke en tabel."),
        (b"PK\x03\x04 ...", "tal.xlsx", "tal.xlsx er beskadiget og kan ikke åbnes."),
        (b"", "tom.csv", "tom.csv er tom."),
    ],
)
def test_a_bad_file_is_one_sentence(
    small_sqlite: Terminal, tmp_path: Path, content: bytes, name: str, sentence: str
) -> None:
    result = small_sqlite("import", file_of(tmp_path, content, name))
    assert result.status != 0
    assert sentence in result.error
    assert result.out == ""
    assert values(small_sqlite) == []


def test_who_imports_must_be_known(small_sqlite: Terminal, tmp_path: Path) -> None:
    result = small_sqlite("import", file_of(tmp_path, csv_of(TWO)), "--as", "nobody@example.org")
    assert result.status != 0
    assert "nobody@example.org" in result.error
    assert values(small_sqlite) == []
