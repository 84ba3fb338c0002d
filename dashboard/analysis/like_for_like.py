"""An unfinished year beside the same months of earlier years, and beside nothing else (N1).

**Rule.** Months (or quarters) that are over on the given day count; the year they lie in is unfinished as
long as not all of it is there. Its months are joined by the indicator's own rule (added up, averaged, the
last one), and each earlier year by the very same months. An earlier year that lacks one of them, or lies
across a break, is left out and named. Percentages are never averaged, so an indicator in per cent is told by
its last month only where that is its rule.

**Limits.** The change is told in the unit of the values, in per cent only above five (N18). One year beside
another is no trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.analysis.series import Row, rows_of
from dashboard.analysis.trend import SMALL_BASE
from dashboard.domain.catalogue import Accumulation, Indicator, IndicatorKind, TimeAggregation

PERIODS_A_YEAR = {"month": 12, "quarter": 4}


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """The unfinished year and the earlier ones by the same months, newest first.

    `code` tells why there is nothing: ``no_shorter_periods``, ``finished``, ``cannot_be_joined``,
    ``no_earlier_year``. `months` are the numbers of the months that the periods begin in. `difference` and
    `percent` are against the year before where it is there. `left_out` are earlier years, each with
    ``months_missing`` or ``across_break``.
    """

    code: str
    year: int = 0
    months: tuple[int, ...] = ()
    value: float | None = None
    earlier: tuple[tuple[int, float], ...] = ()
    difference: float | None = None
    percent: float | None = None
    left_out: tuple[tuple[int, str], ...] = ()


def like_for_like(points: pd.DataFrame, indicator: Indicator, place: str, today: date) -> LikeForLike:
    """The latest year at a place, as far as it has got by `today`; `points` of `normalise.Shaped`."""
    own = points[(points["place"] == place) & (points["disaggregation"] == "") & points["segment"].notna()]
    pairs = [
        (row, int(segment))
        for row, segment in zip(rows_of(own), own["segment"], strict=True)
        if row.length in PERIODS_A_YEAR and row.last_day < today
    ]
    if not pairs:
        return LikeForLike("no_shorter_periods")
    newest = max(pairs, key=lambda pair: pair[0].last_day)[0]
    shown = own["shown_value"].tolist()
    years: dict[int, dict[int, tuple[Row, int, float]]] = {}
    for row, segment in pairs:
        if row.length == newest.length:
            of_year = years.setdefault(row.first_day.year, {})
            of_year[row.first_day.month] = row, segment, float(shown[row.position])
    year = newest.first_day.year
    current = years.pop(year)
    months = tuple(sorted(current))
    if len(months) == PERIODS_A_YEAR[newest.length]:
        return LikeForLike("finished", year, months)
    value = _joined([current[month][2] for month in months], indicator)
    if value is None:
        return LikeForLike("cannot_be_joined", year, months)
    segments = {current[month][1] for month in months}
    earlier: list[tuple[int, float]] = []
    left_out: list[tuple[int, str]] = []
    for past in sorted(years, reverse=True):
        there = years[past]
        if not set(months) <= set(there):
            left_out.append((past, "months_missing"))
        elif len(segments | {there[month][1] for month in months}) > 1:
            left_out.append((past, "across_break"))
        elif (made := _joined([there[month][2] for month in months], indicator)) is not None:
            earlier.append((past, made))
    code = "" if earlier else "no_earlier_year"
    before = dict(earlier).get(year - 1)
    difference = value - before if before is not None else None
    large = before is not None and before >= SMALL_BASE
    countable = indicator.kind in (IndicatorKind.NUMBER, IndicatorKind.MONEY)
    percent = 100 * difference / before if difference is not None and before and large and countable else None
    return LikeForLike(code, year, months, value, tuple(earlier), difference, percent, tuple(left_out))


def _joined(values: Sequence[float], indicator: Indicator) -> float | None:
    """The value of several months by the indicator's own rule, None where it has none."""
    rule = indicator.time_aggregation
    if rule is TimeAggregation.LAST or indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return values[-1]
    if indicator.kind is IndicatorKind.PERCENTAGE:
        return None
    if rule is TimeAggregation.SUM:
        return sum(values)
    return sum(values) / len(values) if rule is TimeAggregation.MEAN else None
