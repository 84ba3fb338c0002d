"""How far a headline moves when something is left out of it (N17).

One festival, one grant or one exceptional year carries most totals in a town of this size, so every headline
can be asked: what is it *without the PR value*, *without the largest one*, *without 2020–21* (the pandemic),
*with attribution A3 and above only*, *with audited records only*? A switch filters what the headline is made
of, the headline is made again by the same rule, and the difference is told.

**Percent** is told only where the headline as it stands is five or more and made of five parts or more, none
of them negative (N18): one grant of four is no percentage.
**Unknown is not a yes**: a part without an attribution or confidence grade is left out by the last two
switches, and `ungraded` says how many were.

**Limits.** The switches are applied one by one, never together. "PR value" means the contested indicators:
those whose method is disputed (advertising value); a register record carries none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Generic, TypeVar

import pandas as pd

from dashboard.analysis.register import counted
from dashboard.analysis.rollup import members, total
from dashboard.analysis.series import join, rows_of
from dashboard.analysis.trend import SMALL_BASE
from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import (
    Accumulation,
    Indicator,
    IndicatorKind,
    RollupMeasure,
    TimeAggregation,
)
from dashboard.domain.observation import Attribution, Confidence, WorkflowState

PANDEMIC = (date(2020, 1, 1), date(2021, 12, 31))
FEWEST_PARTS = 5
STRONG = frozenset({Attribution.A3.value, Attribution.A4.value})
LATEST = 3

T = TypeVar("T")


class Switch(StrEnum):
    """What is left out; words under ``sensitivity.switch``."""

    WITHOUT_PR_VALUE = "without_pr_value"
    WITHOUT_LARGEST = "without_largest"
    WITHOUT_PANDEMIC = "without_pandemic"
    ONLY_STRONG_ATTRIBUTION = "only_strong_attribution"
    ONLY_AUDITED = "only_audited"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One thing that a headline is made of, and what the switches ask about it. `size` ranks the largest."""

    item: T
    size: float | None
    first_day: date | None
    last_day: date | None
    attribution: str
    confidence: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What one switch does to a headline.

    `code` is "" or tells why there is no `value`: ``nothing_left``; or ``nothing_removed`` where the switch
    changes nothing. `difference` is `value` less the headline, `percent` that difference of the headline,
    None where it may not be said. `removed` parts went out, of them `ungraded` for want of a grade.
    """

    switch: Switch
    code: str
    value: float | None
    difference: float | None
    percent: float | None
    removed: int
    ungraded: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A headline as it stands, the number of its parts, and its moves in the order of `Switch`."""

    value: float | None
    parts: int
    moves: tuple[Move, ...]


def sensitivity(
    parts: Sequence[Part[T]],
    measure: Callable[[Sequence[T]], float | None],
    switches: Sequence[Switch] = tuple(Switch),
) -> Sensitivity:
    """The moves of the headline that `measure` makes of the items of `parts` (None of nothing)."""
    standing = measure([part.item for part in parts]) if parts else None
    return Sensitivity(
        standing, len(parts), tuple(_move(parts, measure, switch, standing) for switch in switches)
    )


def of_activities(
    activities: Sequence[Activity], field: str, currency: str = "", switches: Sequence[Switch] = tuple(Switch)
) -> Sensitivity:
    """The sum of `field` over the counted records that state it (money in `currency`, by `rollup.total`)."""
    stating = [a for a in counted(activities) if getattr(a, field) is not None]
    parts = []
    for activity in stating:
        size, left_out = total([activity], field, currency)
        if left_out:
            continue
        parts.append(_part(activity, size))
    return sensitivity(parts, lambda chosen: total(chosen, field, currency)[0] if chosen else None, switches)


def of_register(
    activities: Sequence[Activity],
    indicator: Indicator,
    home_country: str,
    currency: str,
    since: date,
    switches: Sequence[Switch] = tuple(Switch),
) -> Sensitivity | None:
    """The number or the sum of the records that a register indicator is made of, begun since a day.

    None for an indicator that counts something else (different partners, a share): it cannot be taken apart
    record by record.
    """
    rule = indicator.rollup
    if rule is None or rule.measure not in (RollupMeasure.COUNT, RollupMeasure.SUM):
        return None
    chosen = [
        a
        for a in members(activities, indicator, home_country)
        if (day := a.period.start or a.period.end) is not None and day >= since
    ]
    if rule.measure is RollupMeasure.SUM:
        in_money = indicator.kind is IndicatorKind.MONEY
        return of_activities(chosen, rule.field, currency if in_money else "", switches)
    parts = [_part(activity, None) for activity in chosen]
    return sensitivity(parts, lambda some: float(len(some)) if some else None, switches)


def _part(activity: Activity, size: float | None) -> Part[Activity]:
    period = activity.period
    return Part(
        activity,
        size,
        period.start or period.end,
        period.end or period.start,
        activity.attribution or "",
        activity.confidence or "",
    )


def of_values(
    frame: pd.DataFrame,
    indicator: Indicator,
    place: str,
    since: date,
    switches: Sequence[Switch] = tuple(Switch),
) -> Sensitivity:
    """The headline of an indicator at a place since a day: its sum where its values add up over time, else
    the median of the three latest.

    `frame` is the tidy frame; approved, realised values of the whole that one line may join count. A running
    total is its latest value alone.
    """
    own = frame[(frame["place"] == place) & (frame["indicator"] == indicator.code)]
    attributions = own["attribution"].tolist()
    rows = [
        row
        for row in rows_of(own)
        if row.state == WorkflowState.APPROVED and not row.disaggregation and row.drawable
    ]
    joined = join(rows, indicator)
    chosen = [
        row
        for row, segment in zip(rows, joined.segments, strict=True)
        if segment is not None and row.first_day >= since
    ]
    chosen.sort(key=lambda row: (row.anchor, row.last_day))
    parts = [
        Part(
            row,
            row.value,
            row.first_day,
            row.last_day,
            attributions[row.position],
            row.confidence,
            indicator.contested,
        )
        for row in chosen
    ]
    return sensitivity(parts, lambda some: headline([row.value for row in some], indicator), switches)


def headline(values: Sequence[float], indicator: Indicator) -> float | None:
    """One figure of some values in order of time; percentages are never added or averaged."""
    if not values:
        return None
    if indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return values[-1]
    if indicator.time_aggregation is TimeAggregation.SUM:
        return sum(values)
    return median(values[-LATEST:])


def _move(
    parts: Sequence[Part[T]],
    measure: Callable[[Sequence[T]], float | None],
    switch: Switch,
    standing: float | None,
) -> Move:
    kept = _kept(parts, switch)
    removed = len(parts) - len(kept)
    ungraded = sum(_ungraded(part, switch) for part in parts)
    value = measure([part.item for part in kept]) if kept else None
    if value is None or standing is None:
        return Move(switch, "nothing_left", None, None, None, removed, ungraded)
    difference = value - standing
    code = "" if removed else "nothing_removed"
    return Move(switch, code, value, difference, _percent(parts, standing, difference), removed, ungraded)


def _kept(parts: Sequence[Part[T]], switch: Switch) -> list[Part[T]]:
    if switch is Switch.WITHOUT_LARGEST:
        sized = [part for part in parts if part.size is not None]
        largest = max(sized, key=lambda part: part.size or 0.0, default=None)
        return [part for part in parts if part is not largest]
    if switch is Switch.WITHOUT_PR_VALUE:
        return [part for part in parts if not part.contested]
    if switch is Switch.WITHOUT_PANDEMIC:
        return [part for part in parts if not _in_pandemic(part)]
    if switch is Switch.ONLY_STRONG_ATTRIBUTION:
        return [part for part in parts if part.attribution in STRONG]
    return [part for part in parts if part.confidence == Confidence.AUDITED_RECORD]


def _in_pandemic(part: Part[T]) -> bool:
    """Whether any day of it lies in the two years; what has no date stays."""
    if part.first_day is None or part.last_day is None:
        return False
    return part.first_day <= PANDEMIC[1] and PANDEMIC[0] <= part.last_day


def _ungraded(part: Part[T], switch: Switch) -> bool:
    if switch is Switch.ONLY_STRONG_ATTRIBUTION:
        return not part.attribution
    return switch is Switch.ONLY_AUDITED and not part.confidence


def _percent(parts: Sequence[Part[T]], standing: float, difference: float) -> float | None:
    readable = len(parts) >= FEWEST_PARTS and all(part.size is None or part.size >= 0 for part in parts)
    return 100 * difference / standing if readable and standing >= SMALL_BASE else None
