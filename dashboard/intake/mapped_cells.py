"""The cells of a mapped table, read field by field: each different cell once, problems at row and column."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, repeat
from typing import Any

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.coded_words import code_of
from dashboard.intake.column_mapping import VALUE, Column, Mapping, data_rows, letters
from dashboard.intake.headings import PERIOD_PARTS
from dashboard.intake.known import Known
from dashboard.intake.number_column import NumberStyle, style_of
from dashboard.intake.periods import read_period
from dashboard.intake.read_once import ReadOnce
from dashboard.intake.table_file import Cell, Row, Sheet, Unreadable

Progress = Callable[[int, int], None]
"""Told now and then: how many rows are done, of how many."""


@dataclass(slots=True)
class Cells:
    """The rows of a table and what was found wrong with them. Rows are counted from 0 here and placed at
    their number in the sheet by `note`. `blank` are the numbers of rows that state nothing and are no part
    of `rows`; `bad` the fields with an error of each row that has one."""

    rows: Sequence[Row]
    numbers: Sequence[int]
    t: Translator
    blank: Sequence[int] = ()
    problems: list[Problem] = field(default_factory=list)
    bad: dict[int, set[str]] = field(default_factory=dict)

    def note(self, index: int, problem: Problem, column: Column | None) -> None:
        """Place a problem; an error takes its row out."""
        where = {"column": column.name} if column is not None else {}
        params = {"field": problem.field, **problem.params, **where}
        at = Problem(problem.code, problem.field, self.numbers[index], problem.severity, params)
        self.problems.append(at)
        if problem.severity == "error":
            self.bad.setdefault(index, set()).add(problem.field)

    def of(self, column: Column) -> list[Cell]:
        position = column.position
        try:
            return [row[position] for row in self.rows]
        except IndexError:  # rows of text end where somebody stopped typing
            return [row[position] if position < len(row) else "" for row in self.rows]

    def convert(self, column: Column, read: Callable[[Cell], Any]) -> list[Any]:
        """Each cell through `read`; None where it gave a problem."""
        found = self.raw(column, read)
        if Problem in set(map(type, found)):
            for index, value in enumerate(found):
                if type(value) is Problem:
                    self.note(index, value, column)
                    found[index] = None
        return found

    def raw(self, column: Column, read: Callable[[Cell], Any]) -> list[Any]:
        """Each cell through `read`, each different text once; problems are left in their places."""
        once = ReadOnce(read)
        cells = self.of(column)
        if set(map(type, cells)) == {str}:
            return list(map(once.__getitem__, cells))  # type: ignore[arg-type]
        return [once[cell] if type(cell) is str else unreadable(cell) or read(cell) for cell in cells]


def unreadable(cell: Cell) -> Problem | None:
    """The problem of a cell whose value the workbook does not hold."""
    return Problem(cell.value, "value") if isinstance(cell, Unreadable) else None


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What a table held: `drafts` and, side by side with them, the number of each one's row and the column
    of its value (-1 for none); `blank` are rows that state nothing. `styles` says how the typed numbers of
    each value column were read."""

    drafts: tuple[Any, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    problems: tuple[Problem, ...]
    blank: tuple[int, ...]
    read: tuple[int, ...]
    styles: tuple[tuple[int, str], ...] = ()


def cells_of(sheet: Sheet, mapping: Mapping, t: Translator, stating: Collection[str] = ()) -> Cells:
    """The rows below the headings. Those that hold nothing in any column of the fields `stating` are blank:
    rows of a template that nobody filled in, a note below the table.

    No cell is lost in silence: a row of text that is longer than the headings was cut in the wrong places
    and is an error; a column without a heading is told once, with its first row.
    """
    placed = _unmerged(list(data_rows(sheet, mapping)), sheet, mapping)
    at = [column.position for column in mapping.columns if column.field in stating]
    states = [any(n < len(row) and row[n] != "" for n in at) or not at for _, row in placed]
    blank = [number for (number, _), yes in zip(placed, states, strict=True) if not yes]
    stated = list(compress(placed, states))
    cells = Cells([row for _, row in stated], [number for number, _ in stated], t, blank)
    headed = {column.position for column in mapping.columns if column.heading or column.field}
    width = max(headed, default=-1) + 1
    if sheet.delimited:
        for index, row in enumerate(cells.rows):
            if len(row) > width and any(cell != "" for cell in row[width:]):
                cells.note(index, Problem("row_length", params={"given": len(row), "expected": width}), None)
    widest = width if sheet.delimited else max((len(row) for _, row in placed), default=0)
    for position in range(widest):
        if position not in headed:
            cells.problems += _unheaded(placed, position)
    _note_merged_values(cells, sheet, mapping)
    return cells


def _unheaded(placed: Sequence[tuple[int, Row]], position: int) -> Iterator[Problem]:
    filled = [
        (number, row[position]) for number, row in placed if position < len(row) and row[position] != ""
    ]
    if filled:
        first, cell = filled[0]
        given = "" if isinstance(cell, Unreadable) else plain(cell)[:80]
        params = {"given": given, "count": len(filled), "column": letters(position)}
        yield Problem("column_without_heading", "", first, "warning", params)


def _unmerged(placed: list[tuple[int, Row]], sheet: Sheet, mapping: Mapping) -> list[tuple[int, Row]]:
    """The rows with what a merged cell says of each of them: an indicator merged over its four quarters.
    Only columns that say what a value is about are filled; a value holds for one cell."""
    about = {column.position for column in mapping.columns if column.field and column.field != VALUE}
    tall = [(top, bottom, left) for top, bottom, left, _ in sheet.merged if bottom > top and left in about]
    if not tall:
        return placed
    position_of = {number: position for position, (number, _) in enumerate(placed)}
    for top, bottom, left in tall:
        first = position_of.get(top)
        if first is None or left >= len(placed[first][1]):
            continue
        said = placed[first][1][left]
        for number in range(top + 1, bottom + 1):
            position = position_of.get(number)
            if position is not None:
                row = placed[position][1]
                row = (*row, *[""] * (left + 1 - len(row)))
                placed[position] = (number, (*row[:left], said, *row[left + 1 :]))
    return placed


def _note_merged_values(cells: Cells, sheet: Sheet, mapping: Mapping) -> None:
    values = {column.position: column for column in mapping.values}
    index_of = {number: index for index, number in enumerate(cells.numbers)} if sheet.merged else {}
    for top, bottom, left, right in sheet.merged:
        index, column = index_of.get(top), values.get(left)
        several = bottom > top or any(left < other <= right for other in values)
        if (
            index is not None
            and column is not None
            and several
            and cells.rows[index][left : left + 1] != ("",)
        ):
            area = f"{letters(left)}{top}:{letters(right)}{bottom}"
            cells.note(index, Problem("merged_value", "value", params={"cells": area}), column)


class FieldReader:
    """The fields of a mapped table, each as a list with one value a row, or as one value for all rows."""

    def __init__(self, cells: Cells, mapping: Mapping, known: Known) -> None:
        self.cells = cells
        self.mapping = mapping
        self.known = known
        self.t = cells.t
        self.size = len(cells.rows)

    def stated(self, name: str, read: Callable[[Cell], Any], empty: Any) -> list[Any] | repeat[Any]:
        """The values of one field in its own column; `empty` where there is none."""
        column = self.mapping.column(name)
        if column is None:
            return repeat(empty)
        return self.cells.convert(column, lambda cell: empty if cell == "" else read(cell))

    def field(self, name: str, read: Callable[[Cell], Any], empty: Any) -> list[Any] | repeat[Any]:
        """The values of one field: of its column where a cell is filled, else the default, else `empty`."""
        column, given = self.mapping.column(name), self.mapping.default(name)
        otherwise = empty
        if given:
            otherwise = read(given)
            if isinstance(otherwise, Problem):
                for index in range(self.size):
                    self.cells.note(index, otherwise, column)
                otherwise = empty
        if column is None:
            return repeat(otherwise)
        return self.cells.convert(column, lambda cell: otherwise if cell == "" else read(cell))

    def named(self, kind: str) -> list[Any] | repeat[Any]:
        names = self.known.names[kind]
        return self.field(kind, lambda cell: names.code(plain(cell)), "")

    def coded(self, name: str, list_: str, members: Callable[[str], Any], empty: Any) -> Any:
        def read(cell: Cell) -> Any:
            code = code_of(list_, plain(cell), self.t)
            return (
                Problem(code.code, name, params=code.params) if isinstance(code, Problem) else members(code)
            )

        return self.field(name, read, empty)

    def number(self, name: str) -> list[Any] | repeat[Any]:
        column = self.mapping.column(name)
        if column is None and not self.mapping.default(name):
            return repeat(None)
        style = self.style(self.cells.of(column) if column is not None else ())
        return self.field(name, lambda cell: number_of(cell, style), None)

    def style(self, cells: Iterable[Cell]) -> NumberStyle:
        texts = {cell for cell in cells if type(cell) is str}
        return style_of(texts, self.t.language, self.mapping.numbers)

    def periods(self) -> list[Any] | repeat[Any]:
        """The period of each row, from whichever columns state it; None where none does."""
        begins, m = self.mapping.year_begins, self.mapping
        if not any(m.column(part) or m.default(part) for part in PERIOD_PARTS):
            return repeat(None)
        if m.column("period") is not None or m.default("period"):
            return self.field("period", lambda cell: read_period(cell, begins), None)
        if m.column("period_start") is not None or m.column("period_end") is not None:
            return self._spans(begins)
        part = next((p for p in ("month", "quarter") if m.column(p) is not None or m.default(p)), "")
        if not part:
            return self.field("year", lambda cell: read_period(cell, begins), None)
        years = self.field("year", plain, "")
        parts = self.field(part, plain, "")
        found: list[Any] = []
        column = m.column(part) or m.column("year")
        pairs = zip(self.over(years), self.over(parts), strict=True)
        for index, (year, within) in enumerate(pairs):
            period = read_period(_within(year or "", within or "", part), begins)
            if isinstance(period, Problem):
                self.cells.note(index, period, column)
            found.append(period if isinstance(period, Period) else None)
        return found

    def _spans(self, begins: int | None) -> list[Any]:
        def read(cell: Cell) -> Period | Problem:
            return read_period(cell, begins)

        starts = self.over(self.field("period_start", read, None))
        ends = self.over(self.field("period_end", read, None))
        precisions = self.over(self.coded("period_precision", "period_precision", Precision, None))
        column = self.mapping.column("period_end") or self.mapping.column("period_start")
        found: list[Any] = []
        order = list(Precision)
        for index, (start, end, stated) in enumerate(zip(starts, ends, precisions, strict=True)):
            finest = [p.precision for p in (start, end) if p is not None]
            precision = stated or max(finest, key=order.index, default=Precision.NONE)
            period = Period(start.start if start else None, end.end if end else None, precision)
            if period.problem:
                self.cells.note(index, Problem(period.problem, "period"), column)
            found.append(period)
        return found

    def over(self, values: Any) -> Any:
        """A field as something with one value a row."""
        return repeat(next(values), self.size) if isinstance(values, repeat) else values


def plain(cell: Cell) -> str:
    """A cell as text; whole numbers have no decimals, days are ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else repr(float(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _within(year: str, part: str, kind: str) -> str:
    if not part:
        return year
    if kind == "quarter":
        return f"{year}K{part}" if part.isdigit() else f"{part} {year}"
    return f"{year}-{int(part):02}" if part.isdigit() and part.isascii() else f"{part} {year}"


def number_of(cell: Cell, style: NumberStyle) -> float | Problem:
    if type(cell) is str:
        return style.read(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    given = plain(cell)
    code = "number_is_date" if isinstance(cell, date) else "number_form"
    return Problem(code, "value", params={"given": given, "example": "1234"})
