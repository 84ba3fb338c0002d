"""An unfinished year beside the same months of earlier years, and beside nothing else (N1).

**Rule.** Months (or quarters) that are over on the given day count; the year they lie in is unfinished as
long as not all of it is there. Its months are joined by the indicator's own rule (added up, averaged, the
last one), and each earlier year by the very same months. An earlier year that lacks one of them, or lies
across a break, is left out and named. Percentages are never averaged: several months have the percentage of
all their cases together, numerators over denominators (`parts`); without those there is none, unless the rule
is the last month.

**The register** has a day for each record, so an indicator that is counted from it is counted again from the
records of the months that are over, by its own rule (a share from the records of those months, never a mean
of months), in this year and in each earlier one. A year with a record that is known by its year only, or by a
quarter that is only partly over, is left out.

**Limits.** The change is told in the unit of the values, in per cent only above five (N18). One year beside
another is no trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.analysis.parts import pooled_percentage
from dashboard.analysis.rollup import day_counted, made_of, value_of
from dashboard.analysis.series import Row, rows_of
from dashboard.analysis.trend import SMALL_BASE
from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import Accumulation, Indicator, IndicatorKind, TimeAggregation
from dashboard.domain.period import Period, Precision

PERIODS_A_YEAR = {"month": 12, "quarter": 4}


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """The unfinished year and the earlier ones by the same months, newest first.

    `code` tells why there is nothing: ``no_shorter_periods``, ``finished``, ``cannot_be_joined``,
    ``no_earlier_year``, ``no_month_over``, ``month_unknown``, ``no_records``. `months` are the numbers of the
    months that the periods begin in. `difference` and `percent` are against the year before where it is
    there. `left_out` are earlier years, each with ``months_missing``, ``across_break`` or ``month_unknown``.
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
    value = _joined([current[month] for month in months], own, indicator)
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
        elif (made := _joined([there[month] for month in months], own, indicator)) is not None:
            earlier.append((past, made))
    return _held(year, months, value, earlier, left_out, indicator)


def of_register(
    activities: Sequence[Activity], indicator: Indicator, home_country: str, currency: str, today: date
) -> LikeForLike:
    """The year that runs, as far as its months are over on `today`, counted from the register (`rollup`)."""
    rule = indicator.rollup
    parts = [p for p in made_of(activities, indicator, home_country, today) if p.period.start]
    if rule is None or not parts or not any(part.provisional for part in parts):
        return LikeForLike("no_shorter_periods")
    months = tuple(range(1, today.month))
    if not months:
        return LikeForLike("no_month_over", today.year)
    counted: dict[int, float | None] = {}
    left_out: list[tuple[int, str]] = []
    for part in sorted(parts, key=lambda p: p.period.key, reverse=True):
        year = part.period.start.year if part.period.start else 0
        over = [_over(day_counted(record, rule), months[-1]) for record in part.records]
        if None in over:
            left_out.append((year, "month_unknown"))
            continue
        kept = tuple(record for record, yes in zip(part.records, over, strict=True) if yes)
        counted[year] = value_of(replace(part, records=kept), indicator, home_country, currency)
    value = counted.pop(today.year, None)
    if value is None:
        # Counts and sums of nothing are zero; only a share of no records has no value.
        unknown = any(year == today.year for year, _ in left_out)
        return LikeForLike("month_unknown" if unknown else "no_records", today.year, months)
    earlier = [(year, found) for year, found in counted.items() if found is not None]
    return _held(today.year, months, value, earlier, left_out, indicator)


def _over(day: Period, last: int) -> bool | None:
    """Whether a record's day lies in the first `last` months of its year; None where that is not known."""
    if day.start is None or day.precision in (Precision.YEAR, Precision.NONE):
        return None
    if day.precision is Precision.QUARTER:
        first = 3 * ((day.start.month - 1) // 3) + 1
        return True if first + 2 <= last else False if first > last else None
    return day.start.month <= last


def _held(
    year: int, months: tuple[int, ...], value: float, earlier: Sequence[tuple[int, float]],
    left_out: Sequence[tuple[int, str]], indicator: Indicator,
) -> LikeForLike:  # fmt: skip
    """A year's value held against the one before, where that is there."""
    code = "" if earlier else "no_earlier_year"
    before = dict(earlier).get(year - 1)
    difference = value - before if before is not None else None
    large = before is not None and before >= SMALL_BASE
    countable = indicator.kind in (IndicatorKind.NUMBER, IndicatorKind.MONEY)
    percent = 100 * difference / before if difference is not None and before and large and countable else None
    return LikeForLike(code, year, months, value, tuple(earlier), difference, percent, tuple(left_out))


def _joined(
    of_months: Sequence[tuple[Row, int, float]], own: pd.DataFrame, indicator: Indicator
) -> float | None:
    """The value of several months by the indicator's own rule, None without one; `own` has their rows."""
    values = [value for _, _, value in of_months]
    rule = indicator.time_aggregation
    if rule is TimeAggregation.LAST or indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return values[-1]
    if indicator.kind is IndicatorKind.PERCENTAGE:
        rows = own.iloc[[row.position for row, _, _ in of_months]]
        pooled = pooled_percentage(rows) if set(rows["shown_unit"]) == {"percent"} else None
        return pooled.percent if pooled else None
    if rule is TimeAggregation.SUM:
        return sum(values)
    return sum(values) / len(values) if rule is TimeAggregation.MEAN else None
