"""Rows of a mapped table as drafts of observations, with every problem at its row and column.

The table is read column by column, each different cell once: two hundred thousand rows name the same
twenty indicators. Nothing is guessed: what cannot be read is a problem and never a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from itertools import repeat
from typing import Any

from dashboard.domain.catalogue import Accumulation, Indicator, IndicatorKind, TimeAggregation
from dashboard.domain.observation import (
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    check,
)
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.coded_words import boundaries, codes_of, truths, units
from dashboard.intake.column_mapping import VALUE, Column, Mapping
from dashboard.intake.known import Known, folded
from dashboard.intake.mapped_cells import FieldReader, Progress, ReadRows, cells_of, number_of, plain
from dashboard.intake.number_column import NumberStyle
from dashboard.intake.periods import read_period
from dashboard.intake.table_file import Cell, Percentage, Sheet, Unreadable

_TEXTS = (
    "method", "method_version", "text", "text_language", "confidence_reason", "attribution_reason", "note",
)  # fmt: skip
_NUMBERS = ("numerator", "denominator", "low", "high")
_REST = tuple(f.name for f in fields(Draft))[5:-1]
"""The fields of a draft after its value, in its order; not the one it is based on."""
_STATING = (VALUE, "text", "missing_reason")
"""A row with none of these states nothing, whatever else stands in it."""
_STEP = 20_000


def read_observations(
    sheet: Sheet, mapping: Mapping, known: Known, t: Translator, on_progress: Progress | None = None
) -> ReadRows:
    """The observations of a mapped sheet. `t` is the reader's language, for numbers and for choices."""
    cells = cells_of(sheet, mapping, t, _STATING)
    return _Reader(FieldReader(cells, mapping, known)).read(on_progress)


class _Reader:
    def __init__(self, fields_: FieldReader) -> None:
        self._fields = fields_
        self._cells = fields_.cells
        self._mapping = fields_.mapping
        self._known = fields_.known
        self._size = fields_.size
        self._styles: dict[int, str] = {}
        self._style = NumberStyle(fields_.t.language)  # one hand wrote all the values of a table
        self._points: dict[Period, Period] = {}
        self._pointed = {
            code for code, i in self._known.indicators.items()
            if i.accumulation is Accumulation.RUNNING_TOTAL or i.time_aggregation is TimeAggregation.LAST
        }  # fmt: skip

    def read(self, on_progress: Progress | None) -> ReadRows:
        m, size = self._mapping, self._size
        read = self._fields
        facts = (read.named("indicator"), read.named("place"), read.named("source"))
        periods = read.periods()
        rest: dict[str, Any] = {name: read.field(name, plain, "") for name in _TEXTS}
        rest["missing_reason"] = read.coded("missing_reason", "missing_reason", MissingReason, None)
        rest["qualifier"] = read.coded("qualifier", "qualifier", Qualifier, Qualifier.EQUAL)
        rest["kind"] = read.coded("kind", "observation_kind", ObservationKind, ObservationKind.ACTUAL)
        rest["status"] = read.coded("status", "status", ObservationStatus, ObservationStatus.FINAL)
        rest["confidence"] = read.coded("confidence", "confidence", Confidence, None)
        rest["attribution"] = read.coded("attribution", "attribution", Attribution, None)
        rest["unit"] = read.field("unit", _unit, "")
        rest["currency"] = read.stated("currency", lambda cell: plain(cell).upper(), "")
        rest["disaggregation"] = read.field("disaggregation", _disaggregation, "")
        rest["boundary"] = read.field("boundary", _boundary, "")
        rest["retrieved"] = read.field("retrieved", _day, None)
        rest["flags"] = read.field("flags", _flags, ())
        rest["claim"] = read.named("claim")
        for name in _NUMBERS:
            rest[name] = read.number(name)
        values = m.values or (None,)
        self._style = read.style(cell for column in m.values for cell in self._cells.of(column))
        drafts: list[tuple[int, int, Any]] = []
        stated: set[int] = set()
        done = 0
        for column in values:
            own, when = facts, periods
            if column is not None and column.indicator:
                own = (repeat(column.indicator), *facts[1:])
            if column is not None and column.period is not None:
                when = repeat(self._heading_period(column))
            for entry in self._entries(column, (*own, when), rest):
                stated.add(entry[0])
                if entry[2] is not None:
                    drafts.append(entry)
                done += 1
                if on_progress is not None and done % _STEP == 0:
                    on_progress(min(done // len(values), size), size)
        if len(values) > 1:
            drafts.sort(key=lambda item: item[:2])
        bad, numbers = self._cells.bad, self._cells.numbers
        kept = [item for item in drafts if item[0] not in bad] if bad else drafts
        told = stated | bad.keys()
        blank = sorted([*self._cells.blank, *(numbers[i] for i in range(size) if i not in told)])
        problems = sorted(self._cells.problems, key=lambda p: (p.row or 0, str(p.params.get("column", ""))))
        return ReadRows(
            tuple(draft for _, _, draft in kept), tuple(numbers[i] for i, _, _ in kept),
            tuple(position for _, position, _ in kept), tuple(problems), tuple(blank),
            tuple(sorted([*numbers, *self._cells.blank])), tuple(sorted(self._styles.items())),
        )  # fmt: skip

    def _heading_period(self, column: Column) -> Period | None:
        found = read_period(column.heading, self._mapping.year_begins)
        return found if isinstance(found, Period) else column.period

    def _entries(
        self, column: Column | None, facts: tuple[Any, ...], rest: dict[str, Any]
    ) -> Iterable[tuple[int, int, Draft | None]]:
        """A draft for each row that states something in this value column; None where it has a problem.

        `facts` are the indicators, places, sources and periods of the rows.
        """
        cells = self._cells.of(column) if column is not None else [""] * self._size
        style = self._style
        if column is not None:
            self._styles[column.position] = style.language
            values = self._cells.raw(column, lambda cell: _value(cell, style))
        else:
            values = [None] * self._size
        position = column.position if column is not None else -1
        currency = (column.currency if column is not None else "") or self._mapping.default("currency")
        unit = column.unit if column is not None else ""
        kinds = {code: indicator.kind for code, indicator in self._known.indicators.items()}
        plain_kinds = {IndicatorKind.NUMBER, IndicatorKind.MONEY}
        bad, note, pointed = self._cells.bad, self._cells.note, self._pointed
        known = self._known.indicators
        missing_at, unit_at = _REST.index("missing_reason"), _REST.index("unit")
        text_at, currency_at = _REST.index("text"), _REST.index("currency")
        over = self._fields.over
        stated = zip(*(over(rest[name]) for name in _REST), strict=True)
        rows = zip(cells, values, *map(over, facts), stated, strict=True)
        for index, (cell, value, code, place, source, period, others) in enumerate(rows):
            if cell == "" and others[missing_at] is None and not others[text_at]:
                continue
            indicator = known.get(code)
            if indicator is None:
                self._unfinished(index, code, place, source, period)
                yield index, position, None
                continue
            given = list(others)
            if kinds[code] not in plain_kinds:
                value = _of_kind(cell, value, indicator, style)
                if type(value) is str:
                    given[text_at], value = value, None
            elif type(cell) is Percentage:
                value = Problem("percentage_cell", "value", params={"given": float(cell)})
            if type(value) is Problem:
                note(index, value, column)
                yield index, position, None
                continue
            if type(value) is MissingReason:
                given[missing_at], value = value, None
            if index in bad or not source or not place or period is None:
                self._unfinished(index, code, place, source, period)
                self._check_bad(index, column, indicator, period, value, given, unit, currency)
                yield index, position, None
                continue
            if code in pointed and period.start is not None and period.start == period.end:
                period = self._points.setdefault(period, Period(None, period.end, period.precision))
            if value is not None:
                given[unit_at] = given[unit_at] or unit or indicator.unit
                if kinds[code] is IndicatorKind.MONEY:  # one for the whole file is that of its money only
                    given[currency_at] = given[currency_at] or currency
            draft = Draft(code, place, source, period, value, *given)
            for problem in check(draft, indicator):
                own = None if problem.field == VALUE else self._mapping.column(problem.field)
                note(index, problem, own or column)
            yield index, position, draft

    def _check_bad(
        self, index: int, column: Column | None, indicator: Indicator, period: Any, value: Any,
        given: list[Any], unit: str, currency: str,
    ) -> None:  # fmt: skip
        """What else is wrong with a row that has a problem already: all of it is told at once."""
        kept = {n: v for n, v in zip(_REST, given, strict=True) if v is not None}
        if value is not None:
            kept["unit"] = kept.get("unit") or unit or indicator.unit
            if indicator.kind is IndicatorKind.MONEY:
                kept["currency"] = kept.get("currency") or currency
        draft = Draft(indicator.code, "-", "-", period or Period(), value, **kept)
        for problem in check(draft, indicator):
            if problem.field not in self._cells.bad.get(index, ()):
                own = None if problem.field == VALUE else self._mapping.column(problem.field)
                self._cells.note(index, problem, own or column)

    def _unfinished(self, index: int, code: Any, place: Any, source: Any, period: Any) -> None:
        """What a row lacks that no column of it has told already."""
        if index in self._cells.bad:
            return
        for name, given in (("indicator", code), ("place", place), ("source", source), ("period", period)):
            if not given:
                self._cells.note(index, Problem("field_required", name), self._mapping.column(name))


def _value(cell: Cell, style: NumberStyle) -> Any:
    """A number, a reason why there is none, or the problem; None for a blank cell."""
    if cell == "":
        return None
    if type(cell) is str and (reason := codes_of("missing_reason").get(folded(cell))) is not None:
        return MissingReason(reason)
    return number_of(cell, style)


def _of_kind(cell: Cell, value: Any, indicator: Indicator, style: NumberStyle) -> Any:
    """The value where the indicator is no plain number: a text for a narrative."""
    if type(value) is MissingReason or cell == "" or isinstance(cell, Unreadable):
        return value
    if indicator.kind is IndicatorKind.NARRATIVE:
        return plain(cell)
    if indicator.kind is IndicatorKind.PERCENTAGE and type(cell) is str and cell.endswith("%"):
        return style.read(cell.removesuffix("%").rstrip())
    if indicator.kind is IndicatorKind.YES_NO:
        truth = cell if isinstance(cell, bool) else truths().get(folded(plain(cell)))
        return Problem("yes_or_no", "value", params={"given": plain(cell)}) if truth is None else float(truth)
    if indicator.kind is IndicatorKind.SCORE and type(cell) is str:
        steps = {folded(word): s.value for s in indicator.scale for word in (s.text.da, s.text.en) if word}
        return steps.get(folded(cell), value)
    if type(cell) is Percentage and indicator.kind is not IndicatorKind.PERCENTAGE:
        return Problem("percentage_cell", "value", params={"given": float(cell)})
    return value


def _unit(cell: Cell) -> str:
    given = plain(cell)
    return units().get(folded(given), given)


def _boundary(cell: Cell) -> str | Problem:
    given = plain(cell)
    found = boundaries().get(folded(given))
    return Problem("boundary_unknown", "boundary", params={"given": given}) if found is None else found


def _disaggregation(cell: Cell) -> str:
    """``dimension=member`` pairs in the order in which they are kept."""
    return ";".join(sorted(part.strip() for part in plain(cell).split(";") if part.strip()))


def _flags(cell: Cell) -> tuple[str, ...]:
    return tuple(part.strip() for part in plain(cell).split(";") if part.strip())


def _day(cell: Cell) -> date | Problem:
    found = read_period(cell)
    if isinstance(found, Period) and found.start is not None and found.start == found.end:
        return found.start
    return Problem("iso_date", "retrieved", params={"given": plain(cell)})
