"""Delimited text (CSV): which encoding, which delimiter, and the cells as text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from dashboard.domain.text import UNPRINTABLE
from dashboard.errors import InvalidFileError
from dashboard.intake.read_once import ReadOnce
from dashboard.intake.table_file import Limits, Row, Sheet, trimmed

DELIMITERS = (";", "\t", ",")
"""In the order in which they win a tie: a Danish Excel writes semicolons."""

_HALF_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xbf]")
_DECLARED = re.compile(r'"?sep=([;,|\t])"?\r?\n', re.IGNORECASE)
"""The first line by which Excel says its delimiter."""
_BEGINNING = 100_000
_SAMPLE = 200


def read_delimited(content: bytes, name: str, limits: Limits) -> Sheet:
    """The table of a text file. Raises `InvalidFileError`."""
    encoding, beginning = encoding_of(content, name)
    declared = _DECLARED.match(beginning)
    delimiter = declared[1] if declared else delimiter_of(beginning)
    kept = ReadOnce(str.strip)
    rows: list[Row] = []
    with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as text:
        if declared:
            text.readline()
        try:
            for record in csv.reader(text, delimiter=delimiter, strict=True):
                if len(rows) <= limits.rows:
                    rows.append(tuple(map(kept.__getitem__, record)))
                elif any(map(str.strip, record)):
                    raise InvalidFileError("import.file.rows", name=name, most=limits.rows)
        except csv.Error as error:
            raise InvalidFileError("import.file.quotes", name=name, row=str(len(rows) + 1)) from error
    if max(map(len, kept), default=0) > limits.text:
        raise InvalidFileError("import.file.text", name=name, most=limits.text)
    first_row = 2 if declared else 1
    return Sheet("", trimmed(rows, name, limits), first_row, delimiter=delimiter, encoding=encoding)


def encoding_of(content: bytes, name: str) -> tuple[str, str]:
    """The encoding of a text, and its first characters.

    UTF-16 or UTF-8 by its mark, else UTF-8 if it is that, else Windows-1252. Raises `InvalidFileError` for
    a mixture, and for what is no text at all.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried: tuple[str, ...] = ("utf-16",)
    elif (order := _unmarked_utf16(content)) is not None:
        tried = (order,)
    else:
        tried = ("utf-8-sig", "cp1252")
    for encoding in tried:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and _HALF_UTF8.search(content):
            break
        if UNPRINTABLE.search(text):
            raise InvalidFileError("import.file.not_text", name=name)
        return encoding, text[:_BEGINNING]
    raise InvalidFileError("import.file.encoding", name=name)


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: western text has nothing in every other byte."""
    sample = content[:2000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most rows into equally many cells, and more than one."""
    best, winner = (0.0, 0), DELIMITERS[0]
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if number == _SAMPLE:
                    break
                if any(map(str.strip, record)):
                    widths[len(record)] += 1
        except csv.Error:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = (count / widths.total(), width)
        if score > best:
            best, winner = score, delimiter
    return winner
