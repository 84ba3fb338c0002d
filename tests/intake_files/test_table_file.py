"""What a file is, and the one sentence for each that cannot be read."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from dashboard.config import ROOT
from dashboard.errors import InvalidFileError
from dashboard.i18n import Translator
from dashboard.intake.table_file import LIMITS, FileKind, Limits, Percentage, Unreadable, read_table
from tests.intake_files.files import changed_xlsx, csv_of, ods_of, ods_row, xlsx_of, zip_of
from tests.performance.import_speed import rows

ROWS = [("Indikator", "Værdi"), ("Artikler på dansk", "1.234,5"), ("æøå – ½", "−3")]
WANTED = [tuple(row) for row in ROWS]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimited_text_is_read_in_every_encoding(delimiter: str, encoding: str) -> None:
    rows = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in ROWS]
    file = read_table(csv_of(rows, delimiter, encoding), "tal.csv")
    assert file.kind is FileKind.CSV
    assert list(file.sheets[0].rows) == WANTED


def test_windows_1252_is_read() -> None:
    rows = [("Indikator", "Værdi"), ("Børn – årlig", "12,5 €")]
    assert list(read_table(csv_of(rows, encoding="cp1252"), "tal.csv").sheets[0].rows) == rows


def test_a_delimiter_that_excel_declares_is_no_row() -> None:
    sheet = read_table(b"sep=,\r\na,b\r\n1,2\r\n", "tal.csv").sheets[0]
    assert list(sheet.rows) == [("a", "b"), ("1", "2")]
    assert sheet.number(1) == 3


def test_blank_rows_keep_their_numbers_within_and_are_gone_at_the_end() -> None:
    sheet = read_table(b"a;b\n\n1;2\n;\n\n", "tal.csv").sheets[0]
    assert [row for row in sheet.rows if any(row)] == [("a", "b"), ("1", "2")]
    assert sheet.number(2) == 3
    assert len(sheet.rows) == 3


def test_a_cell_with_a_line_break_and_a_delimiter_is_one_cell() -> None:
    sheet = read_table(b'a;b\n"to\nlinjer; ja";2\n', "tal.csv").sheets[0]
    assert sheet.rows[1] == ("to\nlinjer; ja", "2")


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "tal.csv", "empty"),
        (b"  \r\n\r\n", "tal.csv", "empty"),
        (b";;;\n;;\n", "tal.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "tal.csv", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "tal.csv", "picture"),
        (b"%PDF-1.7 ...", "tal.csv", "pdf"),
        (OLD + b"\x00" * 600, "tal.xlsx", "old_excel"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "tal.xlsx", "password"),
        (b"<!DOCTYPE html><table>", "tal.csv", "markup"),
        (b"\x1f\x8b\x08\x00", "tal.csv", "archive"),
        (zip_of({"word/document.xml": "<x/>"}), "tal.xlsx", "archive"),
        (b"PK\x03\x04 not a zip at all", "tal.xlsx", "damaged"),
        (b"a;b\n1;2\n", "tal.xlsx", "is_csv"),
        (xlsx_of([("a", "b")]), "tal.csv", "is_xlsx"),
        (ods_of(ods_row("a", "b")), "tal.xlsx", "is_ods"),
        (b"a;b", "tal.docx", "extension"),
        (b"a;b", "tal", "extension"),
        (b"a;b\n\x01\x02;3", "tal.csv", "not_text"),
        ("a;b\nfødt;1\n".encode() + "født;2\n".encode("cp1252"), "tal.csv", "encoding"),
        (b"a;b\n\x81\x8d;1", "tal.csv", "encoding"),
        (b'a;b\n"1;2\n3;4\n', "tal.csv", "quotes"),
        (ods_of(ods_row("a"), encrypted=True), "tal.ods", "password"),
        (xlsx_of([]), "tal.xlsx", "empty"),
    ],
)
def test_each_unreadable_file_has_one_plain_sentence(content: bytes, name: str, key: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        read_table(content, name)
    assert caught.value.key == f"import.file.{key}"
    for language in ("da", "en"):
        sentence = Translator(language)(caught.value.key, **caught.value.params)
        assert "⟦" not in sentence
        assert sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("limits", "content", "name", "key"),
    [
        (Limits(size=10), b"a;b\n1;2\n3;4\n", "tal.csv", "too_large"),
        (Limits(rows=2), b"a;b\n1;2\n3;4\n", "tal.csv", "rows"),
        (Limits(columns=2), b"a;b;c\n1;2;3\n", "tal.csv", "columns"),
        (Limits(text=5), b"a;b\n1;123456\n", "tal.csv", "text"),
        (Limits(rows=2), xlsx_of([("a",), (1,), (2,)]), "tal.xlsx", "rows"),
        (Limits(columns=2), xlsx_of([("a", "b", "c")]), "tal.xlsx", "columns"),
        (Limits(cells=5), xlsx_of([("a", "b"), (1, 2), (3, 4)]), "tal.xlsx", "cells"),
        (Limits(entries=3), xlsx_of([("a", "b")]), "tal.xlsx", "bomb"),
        (Limits(unpacked=100), xlsx_of([("a", "b")]), "tal.xlsx", "bomb"),
        (Limits(text=5), xlsx_of([("a", "123456")]), "tal.xlsx", "text"),
    ],
)
def test_each_limit_is_kept(limits: Limits, content: bytes, name: str, key: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        read_table(content, name, limits)
    assert caught.value.key == f"import.file.{key}"


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = changed_xlsx(xlsx_of([("a", "b")]), SHEET, lambda xml: xml + " " * (80 * 2**20))
    assert len(bomb) < 200_000
    with pytest.raises(InvalidFileError) as caught:
        read_table(bomb, "tal.xlsx")
    assert caught.value.key == "import.file.bomb"


@pytest.mark.parametrize("far", ["XFD2", "A1048576", "NZ299999"])
def test_two_cells_far_apart_do_not_fill_the_memory(far: str) -> None:
    def add(xml: str) -> str:
        row = "".join(filter(str.isdigit, far))
        return xml.replace("</sheetData>", f'<row r="{row}"><c r="{far}"><v>1</v></c></row></sheetData>')

    with pytest.raises(InvalidFileError) as caught:
        read_table(changed_xlsx(xlsx_of([("a", "b")]), SHEET, add), "tal.xlsx")
    assert caught.value.key in ("import.file.rows", "import.file.columns", "import.file.cells")


def test_one_long_text_used_very_often_does_not_fill_the_memory() -> None:
    rows = [["x" * 32_000]] + [["y"]] * 6_000
    many = changed_xlsx(xlsx_of(rows), SHEET, lambda xml: xml.replace("<v>1</v>", "<v>0</v>"))
    with pytest.raises(InvalidFileError) as caught:
        read_table(many, "tal.xlsx")
    assert caught.value.key == "import.file.bomb"


@pytest.mark.parametrize("repeat", ["columns", "rows"])
def test_repeated_cells_of_opendocument_are_counted_before_they_are_made(repeat: str) -> None:
    attributes = 'office:value-type="float" office:value="1"'
    cell = f'<table:table-cell {attributes} table:number-{repeat}-repeated="1000000"/>'
    row = f"<table:table-row>{cell}</table:table-row>"
    if repeat == "rows":
        cell = f"<table:table-cell {attributes}/>"
        row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(InvalidFileError) as caught:
        read_table(ods_of(row), "tal.ods")
    assert caught.value.key == f"import.file.{repeat}"


@pytest.mark.slow
def test_a_million_empty_rows_are_nothing() -> None:
    def style(book: Any, page: Any) -> None:
        shaded = book.add_format({"bg_color": "yellow"})
        page.write_blank(1_048_575, 3, None, shaded)

    def stretch(xml: str) -> str:
        empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_000_004))
        return xml.replace('<row r="1048576"', f'{empty}<row r="1048576"')

    content = changed_xlsx(xlsx_of([("a", "b"), (1, 2)], style), SHEET, stretch)
    assert len(content) > 1_000_000
    limits = Limits(ratio=LIMITS.ratio)
    assert list(read_table(content, "tal.xlsx", limits).sheets[0].rows) == [("a", "b"), (1.0, 2.0)]


def test_a_million_empty_rows_of_opendocument_are_nothing() -> None:
    rows = ods_row("a", "b") + ods_row(1, 2) + '<table:table-row table:number-rows-repeated="1048570"/>'
    assert list(read_table(ods_of(rows), "tal.ods").sheets[0].rows) == [("a", "b"), (1.0, 2.0)]


def test_cells_of_a_workbook_are_what_the_file_says() -> None:
    def formats(book: Any, page: Any) -> None:
        page.write_number(1, 0, 0.125, book.add_format({"num_format": "0.0%"}))
        page.write_number(1, 1, 0.07, book.add_format({"num_format": 9}))
        page.write_datetime(1, 2, dt.datetime(2024, 1, 1), book.add_format({"num_format": "mmm-yy"}))
        page.write_datetime(1, 3, dt.datetime(2024, 3, 5), book.add_format({"num_format": "dd-mm-yyyy"}))
        page.write_datetime(1, 4, dt.datetime(2024, 1, 1), book.add_format({"num_format": "yyyy"}))
        page.write_boolean(1, 5, True)
        page.write_formula(1, 6, "=1/0", None, "#DIV/0!")
        page.write_formula(1, 7, "=6*7", None, 42)
        page.write_string(1, 8, "  1.234,5 ")
        page.write_formula(1, 9, "=1/8", book.add_format({"num_format": "0%"}), 0.125)

    content = xlsx_of([list("abcdefghij")], formats)
    row = read_table(content, "tal.xlsx").sheets[0].rows[1]
    assert row == (
        12.5, 7.0, "2024-01", dt.date(2024, 3, 5), "2024", True, Unreadable.ERROR, 42.0, "1.234,5", 12.5,
    )  # fmt: skip
    assert isinstance(row[0], Percentage)


def test_a_formula_that_nobody_calculated_is_told_from_a_blank() -> None:
    content = xlsx_of([("a", "b", "c")], lambda _, page: page.write_formula(1, 1, "=SUM(1,2)", None, 3))
    uncalculated = changed_xlsx(content, SHEET, lambda xml: xml.replace("<v>3</v>", "<v></v>"))
    assert read_table(uncalculated, "tal.xlsx").sheets[0].rows[1] == ("", Unreadable.FORMULA)
    without = changed_xlsx(content, SHEET, lambda xml: xml.replace("<v>3</v>", ""))
    assert read_table(without, "tal.xlsx").sheets[0].rows[1] == ("", Unreadable.FORMULA)


def test_cells_of_opendocument_are_what_the_file_says() -> None:
    rows = ods_row("a", "b", "c") + ods_row(
        ('office:value-type="percentage" office:value="0.125"', "12,5 %"),
        ('table:formula="of:=SUM(1;2)"', ""),
        ('office:value-type="date" office:date-value="2024-03-05"', "05-03-2024"),
    )
    assert read_table(ods_of(rows), "tal.ods").sheets[0].rows[1] == (
        12.5, Unreadable.FORMULA, dt.date(2024, 3, 5),
    )  # fmt: skip


def test_hidden_sheets_are_not_read() -> None:
    def hide(book: Any, _page: Any) -> None:
        book.add_worksheet("Skjult").write(0, 0, "x")
        book.get_worksheet_by_name("Skjult").hide()

    assert [sheet.name for sheet in read_table(xlsx_of([("a", "b")], hide), "tal.xlsx").sheets] == ["Ark1"]


def test_rows_below_an_empty_beginning_keep_their_numbers() -> None:
    sheet = read_table(xlsx_of([(), (), ("", "a"), ("", 1)]), "tal.xlsx").sheets[0]
    assert [(sheet.number(n), row) for n, row in enumerate(sheet.rows) if any(row)] == [
        (3, ("", "a")), (4, ("", 1.0)),
    ]  # fmt: skip


def test_the_page_takes_every_file_that_is_read_and_none_above() -> None:
    """200,000 rows go through the page in one go, as the benchmark's file does on the command line."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        most = tomllib.load(file)["server"]["maxUploadSize"] * 2**20
    assert most == LIMITS.size
    longest = max(len(";".join(row)) for row in rows(2_000)) + len("189999\r\n") - 2
    assert 20 * 2**20 < 200_000 * longest < most
    with pytest.raises(InvalidFileError) as refused:
        read_table(b"a;b\r\n" + b"1;2\r\n" * (most // 5), "tal.csv")
    assert refused.value.key == "import.file.too_large"
    assert "50" in Translator("da")(refused.value.key, **refused.value.params)
