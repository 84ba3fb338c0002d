"""Plan against actual: several targets by period, and the pace that the next one needs (F7, F50).

**Milestones.** Each target with the home city's value for the very same period, else the latest one that ends
within the year up to the target's end (as in `verdict`). *Met* by the indicator's direction; without a
direction nothing is met or missed. A target in other money than the values is refused.

**Plan line.** From the baseline (else the first value) through the targets, straight between them: what would
be enough today.

**Pace.** *Needed*: from the latest value to the next target, a year. *So far*: the median slope of the latest
line of values from five points on (`trend`), else none. For a running total and for values per period alike
the pace is in the unit of the value a year. *Within reach* is no forecast: it says only whether the pace so
far is at least the pace needed.

**Percentage** of a target always from numerator and denominator: both are given with it, nothing is averaged,
and it is told only for a target above five (N18) and for an indicator where more is better and nought means
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from dashboard.analysis.series import Row, rows_of
from dashboard.analysis.trend import MINIMUM_POINTS, SMALL_BASE, theil_sen
from dashboard.domain.catalogue import Baseline, Direction, Indicator, IndicatorKind, Target
from dashboard.domain.period import Period

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Milestone:
    """A target and what was reached for it.

    `code`: ``met``, ``missed``, ``ahead`` (its period is not over, but the latest value is that good),
    ``open`` (not over), ``no_value`` (over, nothing measured), ``no_direction`` (told, not judged) or
    ``currency_differs``. `percent` is `actual` (the numerator) of `target` (the denominator).
    """

    period: Period
    target: float
    final: bool
    code: str
    actual: float | None = None
    actual_period: Period = Period()
    difference: float | None = None
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The way to the next target. All figures in the unit of the values, paces a year.

    `expected` is the plan line on the day of the latest value, `ahead` how far the value is better than it
    (negative: behind; None without a direction). `within_reach` compares the paces, None where one is
    missing.
    """

    next_target: Milestone
    latest: float
    latest_day: date
    needed: float
    so_far: float | None
    expected: float | None
    ahead: float | None
    within_reach: bool | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The milestones in order of time, the plan line (day, value), and the pace where a target is to come.

    `code` tells why there is no pace: ``no_targets``, ``no_values``, ``all_past``, ``reached`` (the
    latest value is good enough for all that run).
    """

    milestones: tuple[Milestone, ...]
    line: tuple[tuple[date, float], ...]
    pace: Pace | None
    code: str = ""


def plan(
    points: pd.DataFrame,
    indicator: Indicator,
    place: str,
    targets: Sequence[Target],
    baselines: Sequence[Baseline],
    today: date,
) -> Plan:
    """Plan against actual of `indicator` at `place`; `points` as published (`normalise.Shaped.points`)."""
    values, together = _values(points, place)
    currency = values[-1].currency if values else ""
    mine = [t for t in targets if (t.indicator, t.place) == (indicator.code, place)]
    own = sorted(
        (t for t in mine if t.period.end is not None),
        key=lambda t: (t.period.end or date.max, t.final),
    )
    milestones = tuple(_milestone(t, values, indicator, currency, today) for t in own)
    usable = [m for m in milestones if m.code != "currency_differs"]
    if not usable:
        return Plan(milestones, (), None, "no_targets")
    line = _line(values, usable, [b for b in baselines if (b.indicator, b.place) == (indicator.code, place)])
    if not values:
        return Plan(milestones, line, None, "no_values")
    latest = values[-1]
    coming = [m for m in usable if _end(m) >= today and _end(m) > latest.last_day]
    if not coming:
        return Plan(milestones, line, None, "all_past")
    nearest = next((m for m in coming if m.code != "ahead"), None)
    if nearest is None:
        return Plan(milestones, line, None, "reached")
    return Plan(milestones, line, _pace(nearest, together, latest, line, indicator))


def _values(points: pd.DataFrame, place: str) -> tuple[list[Row], list[Row]]:
    """The values of the whole at a place in order of time, and those of its latest line."""
    own = points[
        (points["place"] == place) & (points["disaggregation"] == "") & points["segment"].notna()
    ].sort_values("anchor", kind="stable")
    if own.empty:
        return [], []
    return rows_of(own), rows_of(own[own["segment"] == own["segment"].iloc[-1]])


def _milestone(
    target: Target, values: Sequence[Row], indicator: Indicator, currency: str, today: date
) -> Milestone:
    end = target.period.end or date.max
    if values and target.currency != currency:
        return Milestone(target.period, target.value, target.final, "currency_differs")
    same = [r for r in values if (r.start, r.end) == (target.period.start, target.period.end)]
    near = [r for r in values if end - timedelta(days=365) < r.last_day <= end]
    latest = [values[-1]] if values and end >= today else []
    found = (same or near or latest)[-1:]
    if not found:
        code = "open" if end >= today else "no_value"
        return Milestone(target.period, target.value, target.final, code)
    row, sign = found[0], indicator.direction.sign
    met = sign * (row.value - target.value) >= 0
    over = bool(same) or end < today
    code = ("met" if met else "missed") if over else ("ahead" if met else "open")
    return Milestone(
        target.period,
        target.value,
        target.final,
        code if sign else "no_direction",
        row.value,
        row.period,
        row.value - target.value,
        _percent(row.value, target.value, indicator),
    )


def _percent(numerator: float, denominator: float, indicator: Indicator) -> float | None:
    countable = indicator.kind in (IndicatorKind.NUMBER, IndicatorKind.MONEY)
    upwards = indicator.direction is Direction.HIGHER_IS_BETTER
    return 100 * numerator / denominator if countable and upwards and denominator >= SMALL_BASE else None


def _end(milestone: Milestone) -> date:
    return milestone.period.end or date.max


def _line(
    values: Sequence[Row], milestones: Sequence[Milestone], baselines: Sequence[Baseline]
) -> tuple[tuple[date, float], ...]:
    """The plan line: the latest baseline before the first target (else the first value), then the targets."""
    corners = [(_end(m), m.target) for m in milestones]
    starts = [(b.period.anchor, b.value) for b in baselines if b.period.anchor is not None]
    begun = [(day, value) for day, value in starts if day < corners[0][0]]
    if begun:
        corners.insert(0, max(begun))
    elif values and values[0].anchor < corners[0][0]:
        corners.insert(0, (values[0].anchor, values[0].value))
    return tuple(dict(corners).items())


def _pace(
    milestone: Milestone,
    values: Sequence[Row],
    latest: Row,
    line: Sequence[tuple[date, float]],
    indicator: Indicator,
) -> Pace:
    years = (_end(milestone) - latest.last_day).days / DAYS_A_YEAR
    needed = (milestone.target - latest.value) / years
    so_far = None
    if len(values) >= MINIMUM_POINTS:
        days = [row.anchor.toordinal() / DAYS_A_YEAR for row in values]
        so_far = theil_sen(days, [row.value for row in values])
    sign = indicator.direction.sign
    expected = on_line(line, latest.last_day)
    return Pace(
        milestone,
        latest.value,
        latest.last_day,
        needed,
        so_far,
        expected,
        sign * (latest.value - expected) if expected is not None and sign else None,
        sign * (so_far - needed) >= 0 if so_far is not None and sign else None,
    )


def on_line(line: Sequence[tuple[date, float]], day: date) -> float | None:
    """The value of a line of straight pieces on a day, None before and after it."""
    for (start, low), (end, high) in pairwise(line):
        if start <= day <= end:
            return low + (high - low) * (day - start).days / (end - start).days
    return None
