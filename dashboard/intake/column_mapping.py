"""Which column of a file is which field: proposed from the headings, changed by a person, remembered.

Three layouts are read, by the same rule that a *value column* may bring its own period or indicator:

* long: one value a row, with columns for indicator, period and value;
* wide: periods as columns (each heading is a period), indicators or places down the side;
* wide by indicator: a column for each indicator, periods down the side.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.domain.activity import AMOUNTS, COUNTS
from dashboard.domain.catalogue import IndicatorKind
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.errors import InvalidFileError
from dashboard.i18n import LANGUAGES
from dashboard.intake.coded_words import units
from dashboard.intake.headings import FIELDS, PERIOD_PARTS, field_of
from dashboard.intake.known import Known, folded
from dashboard.intake.periods import read_period
from dashboard.intake.table_file import Cell, Row, Sheet, TableFile

VALUE = "value"
KINDS = ("observations", "activities")
_HEADING_ROWS = 25
_SAMPLE = 60
_PERIOD_HEADING = "\x00period"
_SCALED = re.compile(
    r"""[(\[,]\s*(?:i\s|in\s|à\s)?\s*(?:
    1[.,\s]?000(?:[.,\s]?000)?(?=[\s)\]]|\Z) | t\.?\s?kr | tkr | kr\.?\s?1[.,]?000
    | (?:tusinde?|tus|thousands?|mio|mill|millioner|millions?|mia|mrd|milliarder|billions?)\b
    )[^)\]]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading that says its numbers are thousands or millions: ``Tilskud (1.000 kr.)``, ``Besøg (mio.)``."""
_COUNTED = frozenset({VALUE, "numerator", "denominator", "low", "high", *AMOUNTS, *COUNTS})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its 0-based position, its heading, and the field it holds ("" is left out).

    A value column may bring a `period`, or an `indicator` with its `currency` or a `unit` other than the
    indicator's own, that holds for all of its cells.
    """

    position: int
    heading: str
    field: str = ""
    period: Period | None = None
    indicator: str = ""
    currency: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """How a person finds it: the letter a spreadsheet shows, and the heading."""
        return f"{letters(self.position)} ({self.heading})" if self.heading else letters(self.position)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a sheet is read. `header_row` is the number a spreadsheet shows.

    `defaults` are fields that hold for every row without a value of its own, as they would be written in a
    cell. `numbers` is the style of typed numbers, "" where each column shows it; `year_begins` the month
    in which a year such as ``2023/24`` begins.
    """

    kind: str
    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    defaults: tuple[tuple[str, str], ...] = ()
    numbers: str = ""
    year_begins: int | None = None

    def column(self, field: str) -> Column | None:
        """The column of a field that stands once."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def values(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field == VALUE)

    def default(self, field: str) -> str:
        return dict(self.defaults).get(field, "")

    @property
    def header_digest(self) -> str:
        """Names files with these headings; next year's columns of periods make no difference."""
        parts: list[str] = [self.kind]
        for column in self.columns:
            part = _PERIOD_HEADING if column.period is not None else folded(column.heading)
            if part != _PERIOD_HEADING or parts[-1] != _PERIOD_HEADING:
                parts.append(part)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def with_field(self, position: int, field: str) -> Mapping:
        """The same with another field for one column; a heading that is a period or an indicator no longer
        counts as one unless the column holds values."""
        columns = tuple(
            c if c.position != position
            else dataclasses.replace(c, field=field) if field == VALUE
            else Column(c.position, c.heading, field)
            for c in self.columns
        )  # fmt: skip
        return dataclasses.replace(self, columns=columns)

    def with_numbers(self, language: str) -> Mapping:
        """The same where typed numbers are in the style of a language; "" where the file shows it."""
        return dataclasses.replace(self, numbers=language)

    def with_default(self, field: str, value: str) -> Mapping:
        """The same with a value for every row without one of its own; "" takes it away."""
        kept = tuple((name, given) for name, given in self.defaults if name != field)
        return dataclasses.replace(self, defaults=(*kept, (field, value)) if value else kept)

    def with_year_begins(self, month: int) -> Mapping:
        """The same where a year such as ``2023/24`` begins in this month (2..12)."""
        columns = []
        for column in self.columns:
            period = read_period(column.heading, month) if column.period is not None else None
            if isinstance(period, Period):
                column = dataclasses.replace(column, period=period)
            columns.append(column)
        return dataclasses.replace(self, columns=tuple(columns), year_begins=month)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be settled before the rows can be read."""
        found = []
        given = Counter(column.field for column in self.columns if column.field and column.field != VALUE)
        for field, count in given.items():
            if count > 1:
                headings = ", ".join(c.heading for c in self.columns if c.field == field)
                found.append(Problem("mapped_twice", field, params={"field": field, "columns": headings}))
        has = {*given, *(field for field, value in self.defaults if value)}
        for field in _required(self) - has:
            found.append(Problem("column_not_mapped", field, params={"field": field}))
        for column in self.columns:
            scaled = _SCALED.search(column.heading) if column.field in _COUNTED else None
            if scaled is not None:
                params = {"column": column.name, "given": scaled[0].strip(" ([])")}
                found.append(Problem("unit_scaled", column.field, params=params))
        for column in self.values if self.year_begins is None else ():
            if column.period is not None and isinstance(told := read_period(column.heading), Problem):
                found.append(told)
        return tuple(sorted(found, key=lambda problem: (problem.code, problem.field)))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, as they are remembered."""
        return {
            "kind": self.kind,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": [_column_json(column) for column in self.columns],
            "defaults": dict(self.defaults),
            "numbers": self.numbers,
            "year_begins": self.year_begins,
        }

    @classmethod
    def from_json(cls, stored: Table[str, Any]) -> Mapping:
        """What `to_json` wrote."""
        return cls(
            str(stored["kind"]), str(stored["sheet"]), int(stored["header_row"]),
            tuple(_column_of(column) for column in stored["columns"]),
            tuple((str(field), str(value)) for field, value in stored["defaults"].items()),
            str(stored["numbers"]), stored["year_begins"],
        )  # fmt: skip


def _required(mapping: Mapping) -> set[str]:
    if mapping.kind == "activities":
        return {"key", "kind", "title_da"} if mapping.column("title_en") is None else {"key", "kind"}
    needed = {"source", "place"}
    values = mapping.values
    if not values and mapping.column("text") is None:
        needed |= {VALUE}
    if not values or any(not column.indicator for column in values):
        needed |= {"indicator"}
    dated = any(mapping.column(part) is not None or mapping.default(part) for part in PERIOD_PARTS)
    if not dated and (not values or any(column.period is None for column in values)):
        needed |= {"period"}
    return needed


def _column_json(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"position": column.position, "heading": column.heading, "field": column.field}
    for name in ("indicator", "currency", "unit"):
        if getattr(column, name):
            found[name] = getattr(column, name)
    if column.period is not None:
        start, end = column.period.start, column.period.end
        days = [day.isoformat() if day else None for day in (start, end)]
        found["period"] = [*days, column.period.precision.value]
    return found


def _column_of(stored: Table[str, Any]) -> Column:
    period = None
    if stored.get("period"):
        start, end, precision = stored["period"]
        first, last = (date.fromisoformat(day) if day else None for day in (start, end))
        period = Period(first, last, Precision(precision))
    return Column(
        int(stored["position"]), str(stored["heading"]), str(stored["field"]), period,
        str(stored.get("indicator", "")), str(stored.get("currency", "")), str(stored.get("unit", "")),
    )  # fmt: skip


# -- proposing -------------------------------------------------------------------------------------


def propose_mapping(
    file: TableFile, known: Known, kind: str = "", sheet: str = "", header_row: int | None = None
) -> Mapping:
    """What the headings say, for the sheet that says most (or the one named).

    Without `kind` the better of the two. The place is the home city where no column says another. Raises
    `InvalidFileError` where no row has headings that can be understood, or where headings are merged.
    """
    best: tuple[int, Mapping] | None = None
    for candidate in file.sheets:
        if sheet and candidate.name != sheet:
            continue
        for one in (kind,) if kind else KINDS:
            found = _propose(candidate, known, one, header_row)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        raise InvalidFileError("import.file.no_headings", name=file.name)
    mapping = best[1]
    chosen = sheet_of(file, mapping)
    for top, bottom, left, right in chosen.merged:
        if top <= mapping.header_row <= bottom:
            params = {"name": file.name, "cells": f"{letters(left)}{top}:{letters(right)}{bottom}"}
            raise InvalidFileError("import.file.merged", **params)
    return mapping


def apply_remembered(proposed: Mapping, stored: Table[str, Any]) -> Mapping:
    """The mapping remembered for a file with the same headings, on this file.

    Columns that are periods are taken as proposed: they are other periods than last time.
    """
    try:
        old = Mapping.from_json(stored)
    except (KeyError, TypeError, ValueError, AttributeError):
        return proposed
    if old.header_digest != proposed.header_digest:
        return proposed
    chosen = {folded(column.heading): column for column in old.columns if column.period is None}
    columns = []
    for column in proposed.columns:
        before = chosen.get(folded(column.heading))
        if column.period is None and before is not None and before.field in ("", *FIELDS[proposed.kind]):
            column = dataclasses.replace(before, position=column.position, heading=column.heading)
        columns.append(column)
    numbers = old.numbers if old.numbers in LANGUAGES else ""
    mapping = dataclasses.replace(proposed, columns=tuple(columns), defaults=old.defaults, numbers=numbers)
    return mapping if old.year_begins is None else mapping.with_year_begins(old.year_begins)


def sheet_of(file: TableFile, mapping: Mapping) -> Sheet:
    """The sheet that a mapping is about. Raises `InvalidFileError` where the file has no such sheet."""
    for sheet in file.sheets:
        if sheet.name == mapping.sheet:
            return sheet
    raise InvalidFileError("import.file.no_sheet", name=file.name, sheet=mapping.sheet)


def data_rows(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    """The rows below the headings with their numbers; blank ones are passed over."""
    for position in range(mapping.header_row - sheet.first_row + 1, len(sheet.rows)):
        row = sheet.rows[position]
        if row.count("") < len(row):
            yield sheet.number(position), row


def letters(position: int) -> str:
    """The name a spreadsheet gives a 0-based column: A, B … Z, AA."""
    name = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def heading_of(cell: Cell) -> str:
    """A heading as text; a year in a cell of numbers has no decimals."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def _propose(sheet: Sheet, known: Known, kind: str, header_row: int | None) -> tuple[int, Mapping] | None:
    """The mapping of one sheet and how much it understood."""
    at = _heading_row(sheet, known, kind) if header_row is None else header_row - sheet.first_row
    if at is None or not 0 <= at < len(sheet.rows):
        return None
    below = [row for row in sheet.rows[at + 1 : at + 1 + _SAMPLE] if row.count("") < len(row)]
    width = max([len(sheet.rows[at]), *map(len, below)])
    heads = [sheet.rows[at][n] if n < len(sheet.rows[at]) else "" for n in range(width)]
    columns, taken = [], set()
    for position, cell in enumerate(heads):
        column = _column(position, cell, known, kind)
        if not column.field:
            field = _by_content([row[position] for row in below if position < len(row)], known)
            column = dataclasses.replace(column, field=field)
        if column.field != VALUE and column.field in taken:
            column = dataclasses.replace(column, field="")
        taken.add(column.field)
        filled = any(position < len(row) and row[position] != "" for row in below)
        if column.heading or column.field or filled:
            columns.append(column)
    columns = _one_layout(columns)
    mapping = Mapping(kind, sheet.name, sheet.number(at), tuple(columns))
    if mapping.column("place") is None and known.home:
        mapping = mapping.with_default("place", known.home)
    understood = sum(3 if c.field and c.period is None else bool(c.field) for c in columns)
    enough = mapping.values or mapping.column("text") if kind == "observations" else mapping.column("kind")
    missing = sum(problem.field not in ("source", "place") for problem in mapping.problems)
    return (understood - 2 * missing - (0 if enough else 3), mapping) if understood else None


def _one_layout(columns: list[Column]) -> list[Column]:
    """Value columns of one sort: those with periods, else those with indicators, else the plain one."""
    values = [column for column in columns if column.field == VALUE]
    own = [column for column in values if column.period is not None]
    by_indicator = [column for column in values if column.indicator]
    plain = [column for column in values if column.period is None and not column.indicator]
    dated = any(column.field in PERIOD_PARTS for column in columns)
    kept = plain[:1] if plain and dated else own or (by_indicator if dated else []) or plain[:1]
    return [c if c.field != VALUE or c in kept else Column(c.position, c.heading) for c in columns]


def _column(position: int, cell: Cell, known: Known, kind: str) -> Column:
    heading = heading_of(cell)
    field = field_of(heading, kind)
    if field or not heading:
        return Column(position, heading, field)
    if kind == "observations":
        period = read_period(cell)
        if isinstance(period, Period) and period.dated:
            return Column(position, heading, VALUE, period)
        if isinstance(period, Problem) and period.code == "fiscal_year":
            return Column(position, heading, VALUE, Period())  # until `with_year_begins` says which
        return _of_indicator(position, heading, known)
    return Column(position, heading)


def _of_indicator(position: int, heading: str, known: Known) -> Column:
    """``Festivalgæster (antal)`` or ``Tilskud (DKK)``: an indicator, perhaps with its unit in brackets."""
    name, bracket, unit = heading.replace("[", "(").replace("]", ")").rpartition("(")
    code = known.names["indicator"].find(heading)
    if code is None and bracket:
        code = known.names["indicator"].find(name)
    if code is None:
        return Column(position, heading)
    given = unit.strip(" )") if bracket else ""
    indicator = known.indicators[code]
    if indicator.kind is IndicatorKind.MONEY:
        currency = given if len(given) == 3 and given.isalpha() and given.isupper() else ""
        return Column(position, heading, VALUE, None, code, currency)
    stated = units().get(folded(given), "")
    return Column(position, heading, VALUE, None, code, unit="" if stated == indicator.unit else stated)


def _by_content(cells: Sequence[Cell], known: Known) -> str:
    """What a column without a known heading holds, where nearly all of its cells are names of one kind."""
    texts = {cell for cell in cells if isinstance(cell, str) and cell}
    for field in ("indicator", "place", "source"):
        hits = sum(known.names[field].find(text) is not None for text in texts)
        if texts and hits >= 0.8 * len(texts):
            return field
    return ""


def _heading_row(sheet: Sheet, known: Known, kind: str) -> int | None:
    """The row, of the first ones, whose cells are most like headings; of equals the first."""
    best, found = 0, None
    for position, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        columns = [_column(n, cell, known, kind) for n, cell in enumerate(row)]
        named = len({c.field for c in columns if c.field and c.period is None and not c.indicator})
        valued = sum(c.period is not None or bool(c.indicator) for c in columns)
        score = 3 * named + (valued if valued > 1 or named else 0)
        if sum(cell != "" for cell in row) > 1 and score > best:
            best, found = score, position
    return found
