"""Workbooks (XLSX, ODS): looked through before they are opened, then read by python-calamine.

A workbook is a zip of XML. Before anything is unpacked whole, the directory of the zip tells sizes; then
the XML streams by, and cells that a reader of values cannot tell apart are noted: formulas that nobody
has calculated, error values, percentages (Excel keeps 12,5 % as 0.125) and months (Excel keeps jan-24 as
a day).
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from itertools import chain, repeat
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

import python_calamine

from dashboard.errors import InvalidFileError
from dashboard.intake.read_once import ReadOnce
from dashboard.intake.table_file import (
    Cell,
    FileKind,
    Limits,
    Percentage,
    Row,
    Sheet,
    Unreadable,
    trimmed,
)

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_PIECE = 2**20
_UNREADABLE = frozenset(Unreadable)
_MOST_MARKS = 1_000_000
_LONG = 50
"""Shared texts up to this length cannot fill the memory, however often they are used."""

Begin = Callable[[str, list[str]], None]


@dataclass(slots=True)
class Marks:
    """What was noted of one sheet: cells by (row, column), both 0-based, and merged ranges."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, mark: str) -> None:
        """Note a cell; a workbook of nothing but noted cells is refused before it fills the memory."""
        self.cells[(row, column)] = mark
        if len(self.cells) > _MOST_MARKS:
            raise ValueError("too many cells of an odd kind")


def workbook_kind(content: bytes, name: str) -> FileKind:
    """XLSX or ODS by what the zip holds. Raises `InvalidFileError` for any other zip, and for a password."""
    with _zip(content, name) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return FileKind.XLSX
        if "xl/workbook.bin" in names:
            raise InvalidFileError("import.file.old_excel", name=name)
        if {"content.xml", "mimetype"} <= names and _read(archive, "mimetype", name, 200).startswith(_ODS):
            manifest = "META-INF/manifest.xml"
            if manifest in names and b"encryption-data" in _read(archive, manifest, name, 2**20):
                raise InvalidFileError("import.file.password", name=name)
            return FileKind.ODS
    raise InvalidFileError("import.file.archive", name=name)


def read_workbook(content: bytes, name: str, kind: FileKind, limits: Limits) -> tuple[Sheet, ...]:
    """The visible sheets with cells. Raises `InvalidFileError`."""
    with _zip(content, name) as archive:
        _check_sizes(archive, name, limits)
        with _damage(name):
            marks = (_xlsx_marks if kind is FileKind.XLSX else _ods_marks)(archive, name, limits)
    try:
        return _sheets(content, name, limits, marks)
    except InvalidFileError:
        raise
    except python_calamine.PasswordError as error:
        raise InvalidFileError("import.file.password", name=name) from error
    except BaseException as error:  # the reader's own panics are not an Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise InvalidFileError("import.file.damaged", name=name) from error


def _sheets(content: bytes, name: str, limits: Limits, marks: dict[str, Marks]) -> tuple[Sheet, ...]:
    found = []
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        if len(visible) > limits.sheets:
            raise InvalidFileError("import.file.sheets", name=name, most=limits.sheets)
        for title in visible:
            sheet = book.get_sheet_by_name(title)
            noted = marks.get(title, Marks())
            rows = trimmed(list(_rows(sheet, noted.cells, limits)), name, limits)
            found.append(Sheet(title, rows, merged=_merged(noted, len(rows), name, limits)))
    return tuple(found)


def _merged(noted: Marks, rows: int, name: str, limits: Limits) -> tuple[tuple[int, int, int, int], ...]:
    """The merged ranges that reach into the rows, cut off where these end. Ranges of a real workbook do not
    overlap; so many that they would have to are refused, because each of their rows is walked."""
    merged = tuple((r1 + 1, min(r2 + 1, rows), c1, c2) for r1, r2, c1, c2 in noted.merged if r1 < rows)
    if sum(bottom - top + 1 for top, bottom, _, _ in merged) > limits.cells:
        raise InvalidFileError("import.file.damaged", name=name)
    return merged


def _rows(sheet: Any, noted: dict[tuple[int, int], str], limits: Limits) -> Iterator[Row]:
    """The rows from the very first on; texts are stripped and each is kept once.

    The reader of values begins in the first column that has one, and passes over cells that have none,
    such as formulas that nobody calculated.
    """
    kept = ReadOnce(str.strip)
    left = sheet.start[1] if sheet.start else 0
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), mark in noted.items():
        if row < limits.rows and column < limits.columns:
            by_row.setdefault(row, []).append((column, mark))
    unread = [row for row, marks in by_row.items() if any(mark in _UNREADABLE for _, mark in marks)]
    rows = chain(sheet.iter_rows() if sheet.height else (), repeat(()))
    last = max([sheet.end[0] if sheet.end else -1, *unread])
    for number, values in zip(range(last + 1), rows, strict=False):
        cells: list[Cell] = [""] * left + [_cell(value, kept) for value in values]
        for column, mark in by_row.get(number, ()):
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _marked(cells[column], mark)
        yield tuple(cells)


def _cell(value: Any, kept: ReadOnce) -> Cell:
    if isinstance(value, str):
        return kept[value]  # type: ignore[no-any-return]
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[no-any-return]


def _marked(cell: Cell, mark: str) -> Cell:
    if mark in _UNREADABLE:
        return Unreadable(mark)
    if mark == "percentage" and isinstance(cell, int | float) and not isinstance(cell, bool):
        return Percentage(round(cell * 100, 10))  # 0.07 * 100 is 7.000000000000001
    if mark == "month" and isinstance(cell, date):
        return f"{cell.year:04}-{cell.month:02}"
    if mark == "year" and isinstance(cell, date):
        return f"{cell.year:04}"
    return cell


# -- the zip ---------------------------------------------------------------------------------------


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Whatever a broken zip or broken XML raises is one sentence."""
    try:
        yield
    except InvalidFileError:
        raise
    except (
        zipfile.BadZipFile, zlib.error, ParseError, expat.ExpatError, EOFError, OSError, RuntimeError,
        NotImplementedError, LookupError, ValueError, OverflowError, RecursionError, lzma.LZMAError,
    ) as error:  # fmt: skip
        raise InvalidFileError("import.file.damaged", name=name) from error


def _zip(content: bytes, name: str) -> zipfile.ZipFile:
    with _damage(name):
        return zipfile.ZipFile(io.BytesIO(content))


def _check_sizes(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise InvalidFileError("import.file.password", name=name)
    bomb = (
        len(entries) > limits.entries
        or sum(entry.file_size for entry in entries) > limits.unpacked
        or any(e.file_size > max(limits.small, limits.ratio * e.compress_size) for e in entries)
        or len({entry.header_offset for entry in entries}) < len(entries)  # one packed part used many times
    )
    if bomb:
        raise InvalidFileError("import.file.bomb", name=name, most=limits.unpacked // 2**20)


def _read(archive: zipfile.ZipFile, entry: str, name: str, most: int = 64 * 2**20) -> bytes:
    with _damage(name), archive.open(entry) as stream:
        return stream.read(most)


def _walk(archive: zipfile.ZipFile, entry: str, begin: Begin, parser: Any) -> None:
    """Stream one XML entry past `begin` (local name, attributes by local name)."""

    def start(tag: str, attributes: list[str]) -> None:
        begin(tag.rpartition(":")[2], attributes)

    parser.ordered_attributes = True
    parser.StartElementHandler = start
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def _document(content: bytes) -> Element:
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise ValueError("a workbook has no document type")
    return fromstring(content)  # noqa: S314 - without a document type there is nothing to expand


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _too_many(name: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table whose corners are too far apart: a reader makes all the cells between them."""
    if rows > limits.rows:
        raise InvalidFileError("import.file.rows", name=name, most=limits.rows)
    if columns > limits.columns:
        raise InvalidFileError("import.file.columns", name=name, most=limits.columns)
    if rows * columns > limits.cells:
        raise InvalidFileError("import.file.cells", name=name, most=limits.cells)


# -- XLSX ------------------------------------------------------------------------------------------

_BUILT_IN = {9: "percentage", 10: "percentage", 17: "month"}


def _xlsx_marks(archive: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, Marks]:
    """The marks of each sheet by its name."""
    names = set(archive.namelist())
    book = _document(_read(archive, "xl/workbook.xml", name))
    targets = {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/")
        for item in _document(_read(archive, "xl/_rels/workbook.xml.rels", name))
    }
    styles = _styles(_document(_read(archive, "xl/styles.xml", name))) if "xl/styles.xml" in names else {}
    lengths = _shared_lengths(archive) if "xl/sharedStrings.xml" in names else []
    if max(lengths, default=0) > limits.text:
        raise InvalidFileError("import.file.text", name=name, most=limits.text)
    marks = {}
    repeated = 0
    for sheet in book.iter():
        if _local(sheet) != "sheet":
            continue
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "")
        if target in names and target.startswith("xl/worksheets/"):
            walk = _SheetWalk(styles, lengths)
            _walk(archive, target, walk.begin, walk.parser)
            _too_many(name, walk.rows, walk.columns, limits)
            repeated += walk.text
            if repeated > limits.repeated:
                raise InvalidFileError("import.file.bomb", name=name, most=limits.unpacked // 2**20)
            marks[sheet.get("name", "")] = walk.marks
    return marks


class _SheetWalk:
    """What passes by in one sheet's XML: the corner of its cells, and the marks."""

    def __init__(self, styles: dict[str, str], lengths: list[int]) -> None:
        self.parser: Any = expat.ParserCreate()
        self.marks = Marks()
        self.rows = self.columns = self.text = 0
        self._styles = styles
        self._lengths = lengths
        self._count = sum(length > _LONG for length in lengths) > 0
        self._row = self._column = -1
        self._formula = self._shared = self._text_formula = False
        self._mark = ""

    def begin(self, tag: str, attributes: list[str]) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag == "v":
            self.rows, self.columns = max(self.rows, self._row + 1), max(self.columns, self._column + 1)
            if self._formula or (self._shared and self._count):
                self.parser.CharacterDataHandler = self._value
        elif tag == "is":
            self.rows, self.columns = max(self.rows, self._row + 1), max(self.columns, self._column + 1)
        elif tag == "row":
            given = _attribute(attributes, "r")
            self._row = int(given) - 1 if given else self._row + 1
            self._column = -1
        elif tag == "f":
            self._formula = True
            at = (self._row, self._column)
            self._mark = self.marks.cells.get(at, "")
            if not self._text_formula and self._mark != Unreadable.ERROR:
                self.marks.put(*at, Unreadable.FORMULA)
        elif tag == "mergeCell":
            first, _, last = _attribute(attributes, "ref").partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            self.marks.merged.append((top, bottom, left, right))

    def _cell(self, attributes: list[str]) -> None:
        self.parser.CharacterDataHandler = None
        self._formula = False
        given = kind = style = ""
        for at in range(0, len(attributes), 2):
            key = attributes[at]
            if key == "r":
                given = attributes[at + 1]
            elif key == "t":
                kind = attributes[at + 1]
            elif key == "s":
                style = attributes[at + 1]
        if given:
            self._row, self._column = _place(given)
        else:
            self._column += 1
        self._shared = kind == "s"
        self._text_formula = kind == "str"
        if kind == "e":
            self.marks.put(self._row, self._column, Unreadable.ERROR)
        elif style in self._styles:
            self.marks.put(self._row, self._column, self._styles[style])

    def _value(self, text: str) -> None:
        """The value of a formula that somebody calculated, or the number of a shared text."""
        if self._formula and text.strip():
            at = (self._row, self._column)
            if self._mark:
                self.marks.cells[at] = self._mark
            else:
                self.marks.cells.pop(at, None)
        elif self._shared and text.strip().isdigit() and int(text) < len(self._lengths):
            self.text += self._lengths[int(text)]


def _attribute(attributes: list[str], name: str) -> str:
    for at in range(0, len(attributes), 2):
        if attributes[at].rpartition(":")[2] == name:
            return attributes[at + 1]
    return ""


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _place(reference: str) -> tuple[int, int]:
    """``B3`` as (2, 1)."""
    letters = reference.rstrip("0123456789")
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise ValueError(reference)
    return int(reference[len(letters) :]) - 1, _column(letters.upper())


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """How long each shared text is."""
    lengths: list[int] = []
    parser: Any = expat.ParserCreate()

    def begin(tag: str, _attributes: list[str]) -> None:
        if tag == "si":
            lengths.append(0)

    def text(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    parser.CharacterDataHandler = text
    _walk(archive, "xl/sharedStrings.xml", begin, parser)
    return lengths


def _styles(document: Element) -> dict[str, str]:
    """The cell styles that show a number as a percentage, or a day as its month or year."""
    given_formats = [item for item in document.iter() if _local(item) == "numFmt"]
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in given_formats}
    formats = next((item for item in document if _local(item) == "cellXfs"), None)
    found = {}
    for number, item in enumerate(formats if formats is not None else ()):
        given = item.get("numFmtId", "")
        shown = _shown_as(codes[given]) if given in codes else _BUILT_IN.get(int(given or 0), "")
        if shown:
            found[str(number)] = shown
    return found


def _shown_as(code: str) -> str:
    """What an Excel number format makes of a value, as far as it changes what a person reads."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.partition(";")[0]).lower()
    if "%" in plain:
        return "percentage"
    if "0" in plain or "#" in plain or "h" in plain or "s" in plain or "d" in plain:
        return ""
    if "m" in plain and "y" in plain:
        return "month"
    return "year" if plain.strip() in ("yyyy", "yy", "åååå") else ""


# -- ODS -------------------------------------------------------------------------------------------


def _ods_marks(archive: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, Marks]:
    """The marks of each table by its name; repeated cells and rows are counted before they are made."""
    walk = _OdsWalk(name, limits)
    _walk(archive, "content.xml", walk.begin, walk.parser)
    walk.end_row()
    return walk.marks


class _OdsWalk:
    def __init__(self, name: str, limits: Limits) -> None:
        self.parser: Any = expat.ParserCreate()
        self.marks: dict[str, Marks] = {}
        self._name = name
        self._limits = limits
        self._current = Marks()
        self._row = self._repeat = self._column = self._filled = self._text = 0
        self._times = 0
        self.parser.CharacterDataHandler = self._words

    def begin(self, tag: str, attributes: list[str]) -> None:
        if tag == "table":
            self.end_row()
            self._current = self.marks[_attribute(attributes, "name")] = Marks()
            self._row = self._repeat = 0
        elif tag == "table-row":
            self.end_row()
            self._repeat = _times(attributes, "number-rows-repeated")
            self._column = self._filled = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def end_row(self) -> None:
        """Where a row with cells ends: is the table still of a size that can be read?"""
        if self._filled:
            _too_many(self._name, self._row + self._repeat, self._filled, self._limits)
        self._row += self._repeat
        self._repeat = 0

    def _cell(self, attributes: list[str]) -> None:
        self._times = times = _times(attributes, "number-columns-repeated")
        kind, formula = _attribute(attributes, "value-type"), _attribute(attributes, "formula")
        wide = _times(attributes, "number-columns-spanned")
        high = _times(attributes, "number-rows-spanned")
        if wide > 1 or high > 1:
            merged = (self._row, self._row + high - 1, self._column, self._column + wide - 1)
            self._current.merged.append(merged)
        mark = "percentage" if kind == "percentage" else ""
        if formula and (not kind or "#" in kind):
            mark = Unreadable.FORMULA
        if kind or mark:
            self._filled = self._column + times
            _too_many(self._name, self._row + self._repeat, self._filled, self._limits)
            if mark:
                for row in range(self._row, self._row + self._repeat):
                    for column in range(self._column, self._column + times):
                        self._current.put(row, column, mark)
        self._column += times

    def _words(self, words: str) -> None:
        self._text += len(words) * max(self._times, 1) * max(self._repeat, 1)
        if self._text > self._limits.repeated:
            most = self._limits.unpacked // 2**20
            raise InvalidFileError("import.file.bomb", name=self._name, most=most)


def _times(attributes: list[str], name: str) -> int:
    return max(int(_attribute(attributes, name) or 1), 1)
