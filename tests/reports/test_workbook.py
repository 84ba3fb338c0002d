"""The pack as a workbook, opened again with openpyxl."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from dashboard.reports.counting import left_out
from dashboard.reports.workbook import workbook
from tests.reports.conftest import Packs
from tests.reports.hard_pack import FORMULA, hard


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def words_of(book: Any) -> str:
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_workbook_says_everything(packs: Packs, language: str, year: int) -> None:
    pack = packs[language, year]
    book = opened(workbook(pack))
    words = words_of(book)
    assert left_out(pack, words) == ()
    for section in pack.sections:
        for line in filter(None, (section.quotation, section.analysis.strip(), section.recommendation.strip(),
                                  *section.against, *section.missing)):  # fmt: skip
            assert line in words
    for chart in pack.charts:
        for row in chart.rows:
            for cell in filter(None, row):
                assert cell in words


def test_one_sheet_a_section_each_with_the_mark_and_its_chart(packs: Packs) -> None:
    pack = packs["da", 2026]
    book = opened(workbook(pack))
    numbers = [name.partition(".")[0] for name in book.sheetnames]
    assert [n for n in numbers if n.isdigit()] == [str(s.number) for s in pack.sections]
    assert book.sheetnames[0] == pack.labels["metadata"]
    for sheet in book:
        assert sheet["A1"].value == pack.notice
        assert pack.notice in sheet.oddHeader.left.text
    for section in pack.sections:
        (sheet,) = (s for s in book if s.title.startswith(f"{section.number}."))
        assert len(sheet._charts) == len(section.charts)


def test_numbers_are_numbers_and_the_chart_is_drawn_from_cells(packs: Packs) -> None:
    pack = packs["en", 2026]
    content = workbook(pack)
    book = opened(content)
    for section in pack.sections:
        (sheet,) = (s for s in book if s.title.startswith(f"{section.number}."))
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for chart in section.charts:
            for one in chart.series:
                for mark in one.marks:
                    assert any(mark.when in row and mark.y in row and mark.written in row for row in rows)
        first = section.statements[0]
        (row,) = (r for r in rows if r[:2] == [first.name, first.value])
        assert isinstance(row[2], int | float), "the headline of a claim has its number beside its words"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name]
    for chart in pack.charts:
        start = chart.alternative[:40].replace("&", "&amp;")
        assert any(start in drawing for drawing in drawings), "alternative text"


def test_text_is_never_a_formula(packs: Packs) -> None:
    pack = hard(packs["da", 2025])
    content = workbook(pack)
    book = opened(content)
    assert left_out(pack, words_of(book)) == ()
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == FORMULA for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in archive.read(name) for name in sheets)


def test_names_that_no_sheet_can_have(packs: Packs) -> None:
    pack = packs["da", 2025]
    names = ("[a]:b*c?/d\\e" * 5, "[a]:b*c?/d\\e" * 5, "'", "")
    sections = tuple(
        dataclasses.replace(section, name=name, number=1)
        for section, name in zip(pack.sections, names, strict=False)
    )
    book = opened(workbook(dataclasses.replace(pack, sections=sections)))
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames) == 3 + len(names)
    assert max(map(len, book.sheetnames)) <= 31


def test_a_second_language_has_sheets_of_its_own(packs: Packs) -> None:
    first, second = packs["da", 2026], packs["en", 2026]
    # A word that both languages write alike is still the name of two sheets.
    second = dataclasses.replace(second, labels={**second.labels, "metadata": first.labels["metadata"]})
    book = opened(workbook(dataclasses.replace(first, translation=second)))
    words = words_of(book)
    assert left_out(first, words) == left_out(second, words) == ()
    names, half = book.sheetnames, len(book.sheetnames) // 2
    assert (names[0], names[half]) == (first.labels["metadata"], f"{first.labels['metadata']} (en)")
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 31
    for number, pack in ((0, first), (half, second)):
        for sheet in book.worksheets[number : number + half]:
            assert (sheet["A1"].value, pack.notice in sheet.oddHeader.left.text) == (pack.notice, True)
        numbered = [n for n in names[number : number + half] if n[0].isdigit()]
        titles = [f"{section.number}. {section.name}" for section in pack.sections]
        assert all(t.startswith(n.rstrip("…")) for t, n in zip(titles, numbered, strict=True))


def test_the_same_pack_gives_the_same_file(packs: Packs) -> None:
    assert workbook(packs["da", 2025]) == workbook(packs["da", 2025])
