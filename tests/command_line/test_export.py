"""`export`: read back by readers that are not ours, marked where invented, written whole or not at all."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard.domain.catalogue import Place, PlaceKind
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError
from dashboard.exporting import TABLES, Export, Table, as_csv, as_xlsx, heading
from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.writing import write_atomically
from tests.command_line.conftest import Terminal

MARK = "OPDIGTET"
SHEETS = ["Læs mig", "Løfter", "Indikatorer", "Tal", "Aktiviteter", "Kilder"]


def exported(terminal: Terminal, path: Path, *arguments: str) -> Path:
    result = terminal("export", "--format", path.suffix[1:], "--output", str(path), *arguments)
    assert (result.status, result.out) == (0, ""), result.error
    assert str(path) in result.error
    return path


def recorded(url: str) -> int:
    with reading(open_engine(url)) as connection:
        return len(queries.load_series(connection, Scope()))


def test_csv_is_whole_and_each_row_can_travel_alone(filled: Terminal) -> None:
    result = filled("export", "--format", "csv")
    assert result.status == 0
    assert result.content.startswith(b"\xef\xbb\xbf"), "the mark by which Excel knows UTF-8"
    rows = list(csv.DictReader(io.StringIO(result.content.decode("utf-8-sig"))))
    own = [row for row in rows if row["source"] != "register"]
    assert len(own) == recorded(filled.real)
    for row in rows:
        assert row["indicator_name"]
        assert row["definition"]
        assert row["place_name"]
        assert row["source_title"]
        assert row["exported"]
        assert row["as_known_at"]
        assert row["notice"] == ""
    assert any("æ" in row["definition"] for row in rows)
    (funding,) = [r for r in rows if (r["indicator"], r["place"]) == ("funding_secured", "viborg")]
    assert funding["currency"]
    float(funding["value"])


@pytest.mark.parametrize("table", TABLES)
def test_each_table_can_be_had_as_csv(filled: Terminal, table: str) -> None:
    result = filled("export", "--format", "csv", "--table", table)
    rows = list(csv.reader(io.StringIO(result.content.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_json_holds_everything(filled: Terminal, tmp_path: Path) -> None:
    document = json.loads(exported(filled, tmp_path / "all.json").read_text(encoding="utf-8"))
    assert (document["home_place"], document["invented"], document["notice"]) == ("viborg", False, None)
    assert set(TABLES) <= set(document)
    assert len(document["claims"]) == 9
    codes = {row["code"] for row in document["indicators"]}
    assert {row["indicator"] for row in document["observations"]} <= codes
    keys = {row["key"] for row in document["sources"]} | {"register"}
    assert {row["source"] for row in document["observations"]} <= keys


def test_a_workbook_opens_elsewhere_with_the_same_figures(filled: Terminal, tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(exported(filled, tmp_path / "all.xlsx")))
    assert book.sheet_names == SHEETS
    figures = book.get_sheet_by_name("Tal").to_python()
    header, rows = figures[0], figures[1:]
    tops = [book.get_sheet_by_name(sheet).to_python()[0] for sheet in SHEETS]
    assert not [cell for top in tops for cell in top if "⟦" in str(cell)]
    source, value = header.index("Kilde (kode)"), header.index("Værdi")
    assert len([row for row in rows if row[source] != "register"]) == recorded(filled.real)
    assert sum(isinstance(row[value], float) for row in rows) > 100, "figures are numbers, not text"
    assert isinstance(rows[0][header.index("Periode fra")], date)


def test_the_demonstration_marks_every_sheet_and_file(filled: Terminal, tmp_path: Path) -> None:
    path = exported(filled, tmp_path / "demo.xlsx", "--demonstration")
    book = CalamineWorkbook.from_path(str(path))
    for sheet in SHEETS:
        assert str(book.get_sheet_by_name(sheet).to_python()[0][0]).startswith(MARK), sheet
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(pages) == len(SHEETS)
        assert all(MARK in archive.read(page).decode() for page in pages), "and every printed page"
    text = filled("export", "--format", "csv", "--demonstration").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(row["notice"].startswith(MARK) for row in rows)
    document = json.loads(filled("export", "--format", "json", "--demonstration").out)
    assert document["invented"] is True
    assert document["notice"].startswith(MARK)
    for table in TABLES:
        assert all(row["notice"].startswith(MARK) for row in document[table]), table


FORMULA = '=HYPERLINK("http://example.org","x")'


@pytest.fixture
def tricky() -> Export:
    table = Table(("key", "title", "notice"), tuple({"key": k, "title": FORMULA, "notice": ""} for k in "ab"))
    licensed = Table((*table.columns, "licence"), tuple(row | {"licence": "@CC"} for row in table.rows))
    home = Place("by", PlaceKind.CITY, Text("+By", "+City"))
    tables = dict.fromkeys(TABLES, table) | {"sources": licensed}
    return Export(Text("-Titel", "-Title"), home, False, date(2026, 3, 1), 1, None, tables)


def test_text_in_a_workbook_is_never_a_formula(tricky: Export) -> None:
    content = as_xlsx(tricky, Translator("da"))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Tal").to_python()
    assert cells[1][1] == FORMULA
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)


def test_text_in_a_csv_file_is_never_a_formula(tricky: Export) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(tricky, "activities").decode("utf-8-sig"))))
    assert rows[1] == ["a", f"'{FORMULA}", ""]


def test_a_table_too_large_for_a_sheet_is_refused(tricky: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.exporting.SHEET_ROWS", 1)
    with pytest.raises(InvalidChoiceError) as caught:
        as_xlsx(dataclasses.replace(tricky), Translator("da"))
    assert caught.value.key == "error.export_rows"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_column_has_words(filled: Terminal, language: str) -> None:
    t = Translator(language)
    document = json.loads(filled("export", "--format", "json").out)
    columns = {column for table in TABLES for column in document[table][0]} - {"notice"}
    assert not [column for column in columns if "⟦" in heading(column, t)]


def test_a_file_is_replaced_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(b"before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidChoiceError):
        write_atomically(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.undo()
    write_atomically(path, b"after")
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(filled: Terminal, tmp_path: Path) -> None:
    result = filled("export", "--format", "csv", "--output", str(tmp_path / "none" / "x.csv"))
    assert (result.status, result.out) == (1, "")
    assert result.error.endswith("kan ikke skrives. Findes mappen, og må der skrives i den?\n")
