"""Rows of a tidy frame as values, and the question which of them one line may join.

A line joins realised, dated values of one indicator, place and disaggregation that were made the same
way. It never runs through a series break, a change of method, boundary, unit or currency, a flagged
change of definition, two overlapping periods, or from one length of period to another. Where several
values were published for one period, only the preferred one is joined; without a preference none is,
for a silent choice between sources is no choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from dashboard.domain.catalogue import Accumulation, Indicator, SeriesBreak
from dashboard.domain.observation import FRAME_COLUMNS, REALISED
from dashboard.domain.period import Period, Precision

REALISED_KINDS = frozenset(kind.value for kind in REALISED)
BREAK_FLAGS = frozenset({"method-break", "definition-break"})
NOT_DRAWN_FLAGS = frozenset({"implausible", "do-not-chart"})
PARTIAL_FLAG = "partial-year"
"""A year that is not over: its count so far stands alone and is never judged or joined by a line."""
INPUT_FLAGS = {"input-with-care": "input_with_care", "input-illustrative": "input_illustrative"}
"""What a computed value bears when a value it is made of may not be compared freely, and the reason code."""
INEXACT_QUALIFIERS = frozenset({">", "<", ">=", "<="})
_PRECISIONS = {precision.value: precision for precision in Precision}
_LENGTHS = (
    (1, "day"),
    (10, "week"),
    (45, "month"),
    (135, "quarter"),
    (270, "half_year"),
    (550, "year"),
)


class Row(NamedTuple):
    """One row of a tidy frame as plain values; `position` is its place in the frame, `flags` split.

    `anchor` is where a dated value stands on a time axis (mid-span, the point itself, or the start).
    """

    position: int
    start: date | None
    end: date | None
    anchor: date
    flags: frozenset[str]
    indicator: str
    place: str
    precision: str
    value: float
    unit: str
    currency: str
    kind: str
    disaggregation: str
    boundary: str
    method: str
    method_version: str
    confidence: str
    state: str
    preferred: bool
    source: str
    qualifier: str
    missing_reason: str

    @property
    def period(self) -> Period:
        return Period(self.start, self.end, _PRECISIONS.get(self.precision, Precision.NONE))

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    @property
    def first_day(self) -> date:
        """The first day of a dated value."""
        return self.start or self.end or date.min

    @property
    def last_day(self) -> date:
        """The last known day of a dated value."""
        return self.end or self.start or date.max

    @property
    def realised(self) -> bool:
        return self.kind in REALISED_KINDS

    @property
    def has_value(self) -> bool:
        return math.isfinite(self.value)

    @property
    def drawable(self) -> bool:
        """Whether it is a number that may stand in a chart at all."""
        return self.has_value and not self.flags & NOT_DRAWN_FLAGS

    @property
    def partial(self) -> bool:
        return PARTIAL_FLAG in self.flags

    @property
    def length(self) -> str:
        """The class of its period's length; values of different classes are never joined."""
        if self.start is None or self.end is None:
            return "open" if self.end is None else "point"
        days = (self.end - self.start).days + 1
        return next((name for limit, name in _LENGTHS if days <= limit), f"{round(days / 365.25)}_years")


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """All rows of a tidy frame, in order."""
    bounds = ("period_start", "period_end")
    starts, ends = (frame[name].to_numpy().astype("datetime64[D]").tolist() for name in bounds)
    anchors = [Period(start, end).anchor or date.min for start, end in zip(starts, ends, strict=True)]
    split: dict[str, frozenset[str]] = {}
    flags = [split.setdefault(text, frozenset(text.split(";")) - {""}) for text in frame["flags"].tolist()]
    rest = [frame[name].tolist() for name in Row._fields[5:]]
    cells = zip(range(len(frame)), starts, ends, anchors, flags, *rest, strict=True)
    return list(map(Row._make, cells))


def framed(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Rows that were made here as a tidy frame (`FRAME_COLUMNS`); what a row does not say is blank."""
    frame = pd.DataFrame(rows, columns=list(FRAME_COLUMNS))
    for name, kind in FRAME_COLUMNS.items():
        if kind == "str":
            texts = [value if isinstance(value, str) else "" for value in frame[name]]
            frame[name] = pd.Series(texts, dtype="str")
        elif kind == "bool":
            frame[name] = pd.Series([value is True for value in frame[name]], dtype="bool")
        else:
            frame[name] = frame[name].astype(kind)
    return frame


@dataclass(frozen=True, slots=True)
class Joined:
    """Beside each row the number of its segment, or None and the reason why no line may touch it.

    Reasons: ``not_realised``, ``unit_differs``, ``competing`` (another value is preferred),
    ``competing_unchosen`` (several, none preferred), ``partial_year``, ``undated``,
    ``not_drawn``. `gap_before` marks
    values with at least one whole period missing between them and the one before.
    """

    segments: list[int | None]
    reasons: list[str]
    gap_before: list[bool]


def join(
    rows: Sequence[Row],
    indicator: Indicator,
    breaks: Iterable[SeriesBreak] = (),
    *,
    one_currency: bool = False,
) -> Joined:
    """Number the segments of `rows` of `indicator`; `one_currency`: amounts are converted anyway."""
    segments: list[int | None] = [None] * len(rows)
    reasons = [_unjoinable(row, indicator) for row in rows]
    gaps = [False] * len(rows)
    series: dict[tuple[str, str], dict[Period, list[int]]] = {}
    for i, row in enumerate(rows):
        if not reasons[i]:
            period = Period(row.start, row.end)
            series.setdefault((row.place, row.disaggregation), {}).setdefault(period, []).append(i)
    running_total = indicator.accumulation is Accumulation.RUNNING_TOTAL
    number = 0
    for (place, _), periods in series.items():
        days = [b.day for b in breaks if b.place == place and b.indicator == indicator.code]
        lines: dict[str, list[int]] = {}
        for rivals in periods.values():
            preferred = [i for i in rivals if rows[i].preferred]
            chosen = rivals if len(rivals) == 1 else preferred if len(preferred) == 1 else []
            for i in rivals:
                if i not in chosen:
                    reasons[i] = "competing" if chosen else "competing_unchosen"
            for i in chosen:
                lines.setdefault("total" if running_total else rows[i].length, []).append(i)
        for line in lines.values():
            line.sort(key=lambda i: (rows[i].anchor, rows[i].last_day, i))
            previous: Row | None = None
            for i in line:
                row = rows[i]
                if previous is None or _apart(previous, row, days, running_total, one_currency):
                    number += 1
                else:
                    gaps[i] = _skips_a_period(previous, row)
                segments[i] = number
                previous = row
    return Joined(segments, reasons, gaps)


def _unjoinable(row: Row, indicator: Indicator) -> str:
    if not row.drawable:
        return "not_drawn"
    if not row.dated:
        return "undated"
    if not row.realised:
        return "not_realised"
    if row.unit and row.unit != indicator.unit:
        return "unit_differs"
    return "partial_year" if row.partial else ""


def _apart(
    previous: Row, row: Row, break_days: Sequence[date], running_total: bool, one_currency: bool
) -> bool:
    """Whether a line must stop between two successive values."""
    return (
        previous.method != row.method
        or previous.method_version != row.method_version
        or previous.boundary != row.boundary
        or (previous.currency != row.currency and not one_currency)
        or bool(row.flags & BREAK_FLAGS)
        or (not running_total and row.first_day <= previous.last_day)
        or any(_side(previous, day) != _side(row, day) for day in break_days)
    )


def _side(row: Row, day: date) -> tuple[bool, bool]:
    """On which side of a break a value lies; one that straddles it is on neither side."""
    return row.first_day >= day, row.last_day >= day


def _skips_a_period(previous: Row, row: Row) -> bool:
    if row.start is None or row.end is None or previous.end is None:
        return False
    return (row.start - previous.end).days > (row.end - row.start).days + 1
