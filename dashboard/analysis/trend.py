"""Words for a movement, and when there are none (`rules`, conversions; F48, N18).

A trend is named from five independent points on: joined by one line, periods that do not overlap, no
break between them. The slope is the median of all pairwise slopes (Theil 1950, Sen 1968), which one
festival year cannot tip; whether it has a direction is decided by Kendall's test of order, exact up to
ten values without ties and with the tie-corrected normal approximation otherwise. With fewer points the
values are listed: no arrow, no percentage.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Literal

import pandas as pd

from dashboard.domain.catalogue import Accumulation, Indicator

MINIMUM_POINTS = 5
LARGEST_CHANCE = 0.10  # two-sided; of five points at most one pair may be out of order
SMALL_BASE = 5.0  # below this a percentage change says more than the figure does (N18)
LONGEST_EXACT = 10

Word = Literal["rising", "falling", "unchanged", "unclear"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The movement of one place's latest segment.

    `word` is None where none may be said; then `code` tells why: ``no_values``, ``too_few`` (fewer than
    five points in all), ``broken`` (five or more, but a break or competing values leave fewer than five
    together) or ``running_total`` (which can only grow). `slope_per_year` is in the shown unit;
    `percent_per_year` is that slope against the median value, None without a direction and where the
    figures are too small for a percentage. `good` is +1 or -1 when the movement is in or
    against the indicator's good direction.
    """

    word: Word | None
    code: str
    points: int
    slope_per_year: float | None = None
    percent_per_year: float | None = None
    chance: float | None = None
    good: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The latest value against the one before it; `code` tells why there is no `difference`.

    Codes: ``no_values``, ``single_value``, ``across_break`` (the two may not be joined), ``competing``
    (several values for the latest period and none chosen).
    """

    difference: float | None
    code: str
    earlier: float | None = None
    later: float | None = None


def trend(points: pd.DataFrame, indicator: Indicator, place: str, disaggregation: str = "") -> Trend:
    """The trend of `points` (of `normalise.Shaped`) of `indicator` for one place."""
    if indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return Trend(None, "running_total", 0)
    of_place = _of(points, place, disaggregation)
    if of_place.empty:
        return Trend(None, "no_values", 0)
    joined = of_place[of_place["segment"].notna()]
    if len(joined) < MINIMUM_POINTS:
        code = "too_few" if of_place["anchor"].nunique() < MINIMUM_POINTS else "broken"
        return Trend(None, code, len(joined))
    latest = joined[joined["segment"] == joined["segment"].iloc[-1]]
    if len(latest) < MINIMUM_POINTS:
        return Trend(None, "broken", len(latest))
    days = latest["anchor"].to_numpy().astype("datetime64[D]").astype("int64")
    years = [float(day) / 365.25 for day in days]
    values = [float(value) for value in latest["shown_value"]]
    slope, chance = theil_sen(years, values), kendall_chance(values)
    middle = median(values)
    word: Word = "unclear"
    if len(set(values)) == 1:
        word = "unchanged"
    elif chance <= LARGEST_CHANCE and slope:
        word = "rising" if slope > 0 else "falling"
    percent = 100 * slope / middle if middle >= SMALL_BASE and word in ("rising", "falling") else None
    good = indicator.direction.sign * {"rising": 1, "falling": -1}.get(word, 0)
    return Trend(word, "", len(latest), slope, percent, chance, good)


def change(points: pd.DataFrame, place: str, disaggregation: str = "") -> Change:
    """The latest value of a place against the one before; never across a break, never a percentage."""
    of_place = _of(points, place, disaggregation)
    of_place = of_place[of_place["reasons"].map(lambda text: "not_realised" not in text.split(";"))]
    if of_place.empty:
        return Change(None, "no_values")
    last = of_place.iloc[-1]
    later = float(last["shown_value"])
    if pd.isna(last["segment"]):
        same_day = of_place[of_place["anchor"] == last["anchor"]]
        joined = same_day[same_day["segment"].notna()]
        if joined.empty:
            return Change(None, "competing" if len(same_day) > 1 else "across_break", later=later)
        last = joined.iloc[-1]
        later = float(last["shown_value"])
    earlier = of_place[of_place["anchor"] < last["anchor"]]
    if earlier.empty:
        return Change(None, "single_value", later=later)
    same = earlier[earlier["segment"] == last["segment"]]
    if same.empty:
        return Change(None, "across_break", later=later)
    before = float(same["shown_value"].iloc[-1])
    return Change(later - before, "", before, later)


def theil_sen(times: list[float], values: list[float]) -> float:
    """The median slope between all pairs of points, in values per unit of time."""
    return median(
        (values[j] - values[i]) / (times[j] - times[i])
        for i in range(len(times))
        for j in range(i + 1, len(times))
        if times[j] != times[i]
    )


def kendall_chance(values: list[float]) -> float:
    """The two-sided chance of an order at least as one-directed as this one, were the order random."""
    n = len(values)
    pairs = [(values[i], values[j]) for i in range(n) for j in range(i + 1, n)]
    score = sum((b > a) - (b < a) for a, b in pairs)
    ties = [values.count(value) for value in set(values)]
    if n <= LONGEST_EXACT and max(ties) == 1:
        disorder = (len(pairs) - abs(score)) // 2
        tail = sum(_permutations(n, k) for k in range(disorder + 1))
        return min(1.0, 2 * tail / math.factorial(n))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if variance <= 0 or score == 0:
        return 1.0
    return math.erfc((abs(score) - 1) / math.sqrt(variance) / math.sqrt(2))


@cache
def _permutations(n: int, inversions: int) -> int:
    """How many orders of n things have that many pairs out of order (Mahonian numbers)."""
    if inversions < 0:
        return 0
    if n <= 1:
        return int(inversions == 0)
    return sum(_permutations(n - 1, inversions - k) for k in range(n))


def _of(points: pd.DataFrame, place: str, disaggregation: str) -> pd.DataFrame:
    own = (points["place"] == place) & (points["disaggregation"] == disaggregation)
    return points[own].sort_values("anchor", kind="stable")
