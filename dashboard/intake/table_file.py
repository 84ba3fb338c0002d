"""A file of an analyst as tables of cells: what it is, how big it may be, and nothing guessed of its types.

`read_table` takes the bytes and the name. What a file cannot be (a picture called ``.csv``, an encrypted
workbook, one that unpacks to gigabytes) is refused with one sentence, before it is parsed. Cells keep what
the file says: text from CSV; text, numbers, truth and dates from a workbook. What they mean is decided by
the readers of columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from pathlib import PurePath

from dashboard.errors import InvalidFileError


class Unreadable(StrEnum):
    """A cell without a value that could be read; the code of its problem."""

    FORMULA = "formula_without_value"
    ERROR = "cell_error"


class Percentage(float):
    """A number in a cell that the workbook shows as a percentage; already 0..100."""


Cell = str | float | bool | date | time | timedelta | Unreadable | Percentage
"""``""`` is a blank cell. Whole days are `date`, other moments `datetime` (a kind of `date`)."""

Row = tuple[Cell, ...]


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; see the sentences under ``import.file``.

    `ratio` is unpacked to packed size, asked of entries above `small` bytes only. `text` is characters in
    one cell, `repeated` the characters of all text cells together: a short workbook can repeat one long
    text a million times.
    """

    size: int = 50 * 2**20
    entries: int = 2_000
    unpacked: int = 600 * 2**20
    ratio: int = 150
    small: int = 4 * 2**20
    rows: int = 300_000
    columns: int = 400
    cells: int = 6_000_000
    text: int = 32_767
    repeated: int = 150_000_000
    sheets: int = 60


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` begin with row `first_row` of the file (1-based, as a spreadsheet counts) and have
    any lengths; blank rows at the end are gone. `merged` are (first row, last row, first column, last
    column), the rows 1-based, the columns 0-based. `delimiter` and `encoding` are those of a text file."""

    name: str
    rows: Sequence[Row]
    first_row: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    delimiter: str = ""
    encoding: str = ""

    @property
    def delimited(self) -> bool:
        """Text that a delimiter cut into cells: a row that is too long was cut in the wrong places."""
        return bool(self.delimiter)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def number(self, position: int) -> int:
        """The row number that a spreadsheet shows for ``rows[position]``."""
        return self.first_row + position


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that could be read: its name, its kind, the SHA-256 of its bytes, its tables with cells."""

    name: str
    kind: FileKind
    digest: str
    sheets: tuple[Sheet, ...]


_EXTENSIONS = {
    ".csv": FileKind.CSV, ".tsv": FileKind.CSV, ".txt": FileKind.CSV, ".tab": FileKind.CSV,
    ".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX, ".ods": FileKind.ODS,
}  # fmt: skip
_PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"\x00\x00\x01\x00",
)  # fmt: skip
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_table(content: bytes, name: str, limits: Limits = LIMITS) -> TableFile:
    """The tables of a file. Raises `InvalidFileError` with the one reason why it cannot be read."""
    name = PurePath(name.replace("\\", "/")).name
    if len(content) > limits.size:
        size, most = _mib(len(content)), _mib(limits.size)
        raise InvalidFileError("import.file.too_large", name=name, size=size, most=most)
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise InvalidFileError("import.file.empty", name=name)
    said = _EXTENSIONS.get(PurePath(name).suffix.lower())
    if said is None:
        raise InvalidFileError("import.file.extension", name=name)
    kind = _kind(content, name)
    if kind is not said:
        raise InvalidFileError(f"import.file.is_{kind.value}", name=name)
    if kind is FileKind.CSV:
        from dashboard.intake.delimited_text import read_delimited

        sheets: tuple[Sheet, ...] = (read_delimited(content, name, limits),)
    else:
        from dashboard.intake.workbook_file import read_workbook

        sheets = read_workbook(content, name, kind, limits)
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise InvalidFileError("import.file.empty", name=name)
    return TableFile(name, kind, hashlib.sha256(content).hexdigest(), filled)


def _kind(content: bytes, name: str) -> FileKind:
    """What the bytes are, whatever the file is called."""
    if content.startswith(b"PK"):
        from dashboard.intake.workbook_file import workbook_kind

        return workbook_kind(content, name)
    if content.startswith(_OLE):
        key = "password" if _ENCRYPTED in content else "old_excel"
        raise InvalidFileError(f"import.file.{key}", name=name)
    if content.startswith(b"%PDF"):
        raise InvalidFileError("import.file.pdf", name=name)
    if content.startswith(_ARCHIVES):
        raise InvalidFileError("import.file.archive", name=name)
    if content.startswith(_PICTURES) and b"\x00" in content[:4096]:
        raise InvalidFileError("import.file.picture", name=name)
    beginning = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise InvalidFileError("import.file.markup", name=name)
    return FileKind.CSV


def trimmed(rows: list[Row], name: str, limits: Limits) -> list[Row]:
    """The rows without blank ones at the end, refused where they are too many, too wide or too long."""
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if len(rows) > limits.rows:
        raise InvalidFileError("import.file.rows", name=name, most=limits.rows)
    if any(len(row) > limits.columns for row in rows):
        raise InvalidFileError("import.file.columns", name=name, most=limits.columns)
    return rows


def _mib(size: int) -> float:
    return round(size / 2**20, 1)
