"""Many figures as they were typed or pasted into a grid: pure, strict, and all problems at once.

Rows are indicators, columns are periods, and every cell is text until it is read here in the person's own
language. A cell that was not touched is not read; one that says what stands already changes nothing; one
that was emptied takes nothing away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from dashboard.analysis.entry_checks import entry_checks, unanswered
from dashboard.domain.catalogue import Accumulation, Indicator, IndicatorKind, TimeAggregation
from dashboard.domain.observation import Draft, MissingReason, check
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem, errors_of
from dashboard.i18n import Translator
from dashboard.intake.coded_words import codes_of, truths
from dashboard.intake.known import folded
from dashboard.intake.numbers import read_number
from dashboard.intake.periods import read_period

_UNANSWERED = "warning_unanswered"
_SAME = 5e-7
"""Half of the smallest step that the store keeps (six decimals)."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What stands where a cell would write; `observation` is its newest row, 0 where there is none.

    `public` says that readers see a value of this fact, so that another one needs a reason (F35).
    """

    observation: int = 0
    value: float | None = None
    currency: str = ""
    missing: str = ""
    public: bool = False

    @property
    def empty(self) -> bool:
        return self.value is None and not self.missing


@dataclass(frozen=True, slots=True)
class GridRow:
    """One indicator; `begun` is what its new values share: all of a draft but period and value.

    `stated` is the same for the periods that have a value already, whose source or method may be another:
    a cell shows that value, and writes over it and not beside it.
    """

    indicator: Indicator
    begun: Draft
    stated: Mapping[Period, Draft] = field(default_factory=dict)

    def fact(self, period: Period) -> Draft:
        """The draft of a cell before a value stands in it."""
        meant = as_meant(period, self.indicator)
        return replace(self.stated.get(meant, self.begun), period=meant)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A period that was offered, or one that a person typed over a column: then maybe nothing yet, or a
    problem."""

    key: str
    period: Period | None = None
    typed: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One touched cell: the draft as far as it goes, what stands there, every problem.

    `based` is the row that the person saw when they began to type.
    """

    name: str
    row: GridRow
    column: GridColumn
    stood: Stood
    based: int
    draft: Draft | None = None
    emptied: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        """What must be put right; an answer that is asked for is not among them."""
        return [problem for problem in errors_of(list(self.problems)) if problem.code != _UNANSWERED]

    @property
    def unanswered(self) -> bool:
        """Whether it has warnings that nobody has answered."""
        return any(problem.code == _UNANSWERED for problem in self.problems)

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]

    @property
    def same(self) -> bool:
        """Whether it says what stands already."""
        if self.draft is None:
            return False
        if self.draft.missing_reason is not None:
            return self.draft.missing_reason.value == self.stood.missing
        return (
            self.draft.value is not None
            and self.stood.value is not None
            and abs(self.draft.value - self.stood.value) < _SAME
            and self.draft.currency == self.stood.currency
        )

    @property
    def stale(self) -> bool:
        """Whether somebody else wrote here since the person began to type."""
        return self.based != self.stood.observation and not self.same


@dataclass(frozen=True, slots=True)
class GridReading:
    """What was typed into a grid, read. `headings` are the problems of typed periods, by column."""

    cells: tuple[ReadCell, ...]
    headings: Mapping[str, Problem] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[ReadCell, ...]:
        """The cells that would write something, sound or not."""
        return tuple(cell for cell in self.cells if cell.draft is not None and not cell.same)

    @property
    def changed(self) -> int:
        return sum(not cell.stood.empty for cell in self.changes)

    @property
    def new(self) -> int:
        return sum(cell.stood.empty for cell in self.changes)

    @property
    def wrong(self) -> int:
        """How many fields must be put right, headings over typed cells among them."""
        used = {cell.column.key for cell in self.cells}
        return sum(bool(cell.errors) for cell in self.cells) + sum(key in used for key in self.headings)

    @property
    def unanswered(self) -> int:
        """How many warnings wait for an answer."""
        return sum(cell.unanswered for cell in self.cells)

    @property
    def conflicts(self) -> tuple[ReadCell, ...]:
        return tuple(cell for cell in self.cells if cell.stale and cell.draft is not None)

    @property
    def needs_reason(self) -> bool:
        return any(cell.stood.public for cell in self.changes)

    @property
    def ready(self) -> bool:
        """Whether it may be written, once a person has said so and given a reason where one is needed."""
        return bool(self.changes) and not self.wrong and not self.unanswered and not self.conflicts

    @property
    def drafts(self) -> list[Draft]:
        """What would be written, each based on what the person saw."""
        return [replace(cell.draft, based_on=cell.based) for cell in self.changes if cell.draft is not None]

    @property
    def digest(self) -> str:
        """The same for the same changes: what a person confirms is what this says, and nothing else."""
        said = [
            (cell.name, cell.draft.content_digest if cell.draft else "", cell.stood.observation, cell.based)
            for cell in self.changes
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def cell_name(indicator: str, column: str) -> str:
    """The name of a cell, from the code of its row and the key of its column."""
    return f"{indicator}|{column}"


def as_meant(period: Period, indicator: Indicator) -> Period:
    """A single day is a point in time for a running total or a state, and a span of one day for a flow."""
    pointed = (
        indicator.accumulation is Accumulation.RUNNING_TOTAL
        or indicator.time_aggregation is TimeAggregation.LAST
    )
    if pointed and period.start is not None and period.start == period.end:
        return Period.point(period.start, period.precision)
    return period


def read_columns(offered: Sequence[Period], typed: Mapping[str, str]) -> list[GridColumn]:
    """The offered periods and after them those a person typed, by the key of their column."""
    columns = [GridColumn(period.key, period) for period in offered]
    taken = set(offered)
    for key, text in typed.items():
        given = text.strip()
        found = read_period(given) if given else None
        if isinstance(found, Problem):
            columns.append(GridColumn(key, None, True, found))
        elif found is not None and found in taken:
            twice = Problem("grid_period_twice", "period", params={"given": given})
            columns.append(GridColumn(key, None, True, twice))
        else:
            columns.append(GridColumn(key, found, True))
            if found is not None:
                taken.add(found)
    return columns


def facts(rows: Sequence[GridRow], columns: Sequence[GridColumn]) -> dict[str, Draft]:
    """The fact that each cell states, by the name of the cell; no entry under a heading without a period."""
    return {
        cell_name(row.indicator.code, column.key): row.fact(column.period)
        for row in rows
        for column in columns
        if column.period is not None
    }


def read_cell(text: str, indicator: Indicator, t: Translator) -> float | MissingReason | Problem | None:
    """What one cell says: a number in the language of `t`, why there is none, or the problem; None for
    blank."""
    given = text.replace("\u00a0", " ").strip()
    if not given:
        return None
    reason = codes_of("missing_reason").get(folded(given))
    if reason is not None:
        return MissingReason(reason)
    if indicator.kind is IndicatorKind.YES_NO:
        truth = truths().get(folded(given))
        return Problem("yes_or_no", "value", params={"given": given}) if truth is None else float(truth)
    if indicator.kind is IndicatorKind.SCORE:
        steps = {folded(word): s.value for s in indicator.scale for word in (s.text.da, s.text.en) if word}
        if folded(given) in steps:
            return steps[folded(given)]
    if indicator.kind is IndicatorKind.PERCENTAGE:
        given = given.removesuffix("%").rstrip()
    return read_number(given, t)


def read_grid(
    rows: Sequence[GridRow],
    columns: Sequence[GridColumn],
    typed: Mapping[str, str],
    stood: Mapping[str, Stood],
    t: Translator,
    today: date,
    *,
    known: Mapping[str, pd.DataFrame],
    based: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
    locked: frozenset[str] = frozenset(),
) -> GridReading:
    """Read every touched cell.

    `typed` holds the texts by the name of the cell; `stood` what stands there, `based` the row that the
    person saw, `notes` their answers to warnings. `known` are the recorded values of each indicator (the
    tidy frame), which the checks compare with. `locked` are cells of closed periods.
    """
    headings = {column.key: column.problem for column in columns if column.problem is not None}
    cells = []
    for row in rows:
        for column in columns:
            name = cell_name(row.indicator.code, column.key)
            if name not in typed:
                continue
            there = stood.get(name, Stood())
            cell = ReadCell(name, row, column, there, (based or {}).get(name, there.observation))
            note = (notes or {}).get(name, "").strip()
            if read := _read(cell, typed[name], t, today, known, note, name in locked):
                cells.append(read)
    return GridReading(tuple(cells), headings)


def _read(
    cell: ReadCell,
    text: str,
    t: Translator,
    today: date,
    known: Mapping[str, pd.DataFrame],
    note: str,
    locked: bool,
) -> ReadCell | None:
    """A touched cell, read; None where it is blank and was so before."""
    indicator, period = cell.row.indicator, cell.column.period
    found = read_cell(text, indicator, t)
    if found is None:
        return None if cell.stood.empty else replace(cell, emptied=True)
    if locked and period is not None:
        day = period.end or period.start
        return replace(cell, problems=(Problem("period_locked", "period", params={"day": day}),))
    if isinstance(found, Problem):
        return replace(cell, problems=(found,))
    if period is None:
        missing = () if cell.column.problem else (Problem("grid_period_missing", "period"),)
        return replace(cell, problems=missing)
    fact = cell.row.fact(period)
    if isinstance(found, MissingReason):
        draft = replace(fact, missing_reason=found, currency="", note=note)
    else:
        draft = replace(fact, value=found, note=note)
    read = replace(cell, draft=draft)
    if read.same:
        return read
    problems = [
        Problem("grid_source_required", "source") if problem.code == "source_required" else problem
        for problem in check(draft, indicator)
    ]
    if not errors_of(problems):
        problems += entry_checks(draft, indicator, known[indicator.code], today)
    return replace(read, problems=(*problems, *unanswered(problems, note)))
