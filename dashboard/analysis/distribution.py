"""Where the home city stands among all places with a value for one period (F40, F45, F37).

**Who is counted.** Realised values of the whole for the very same period as the home city's, one a place (the
preferred one where several were published), in one unit and currency. Illustrative values are listed and stay
out of every mean, quartile and rank; `group` names the peers.

**Better, similar or worse** is said only by interval: *better* or *worse* where the two intervals of 95 per
cent do not meet, *similar* where they do. This is a strict rule: intervals that just fail to meet differ at
about the 0.6 per cent level, so some differences that a test would find are called similar (Schenker and
Gentleman 2001). Where one of the two has no interval, or the indicator no direction, the word is *cannot say*
and there is no colour.

**Interval**: the published one (`low` and `high`); else, for a percentage with numerator and denominator from
a survey, Wilson's score interval (1927). A full count has no sampling error and gets none: how much it
wavers from year to year is told by the trend, not here.

**Rank** only with its interval: a place stands no better than behind all that are certainly better, and no
worse than before all that are certainly worse. Places without an interval may lie on either side. Without an
interval of the home city's own there is no rank, only how many places have a lower value.

**Limits.** Comparing with many places at once makes some differ by chance. The values of places of different
size are as comparable as the view makes them.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Literal, NamedTuple

import pandas as pd

from dashboard.analysis.normalise import Shaped
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.period import Period, Precision

Standing = Literal["better", "similar", "worse", "cannot_say", "home"]
CONFIDENCE = 0.95
FEWEST_PLACES = 5
"""Below this many other places the values are listed and nothing is summed up (N18)."""

_ILLUSTRATIVE = "illustrative"


class Interval(NamedTuple):
    """Bounds in the shown unit, and where they are from: ``published`` or ``wilson``."""

    low: float
    high: float
    method: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One place: its value, its interval if any, and how it stands to the home city (`Standing`).

    `standing` says how the *place* compares with the home city. `counted` is False for illustrative values.
    """

    place: str
    value: float
    interval: Interval | None
    grade: str
    standing: Standing
    counted: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """The places by value, the highest first; `code` tells why there is nothing: ``no_home_value``,
    ``no_other_places``.

    `lower` of `others` counted places have a lower value than the home city, `equal` the same. `mean` and
    the quartiles are those of the other counted places, None below `FEWEST_PLACES`. `rank` is the best and
    the worst place that the home city may have among `others` + 1 (1 is best), None where it may not be
    said. `group` is the code of the peers (``distribution.group``).
    """

    period: Period
    group: str
    code: str = ""
    places: tuple[Placed, ...] = ()
    others: int = 0
    lower: int = 0
    equal: int = 0
    mean: float | None = None
    quartiles: tuple[float, float, float] | None = None
    rank: tuple[int, int] | None = None


def distribution(
    shaped: Shaped,
    indicator: Indicator,
    home: str,
    period: Period | None = None,
    peers: Collection[str] | None = None,
    group: str = "all",
) -> Distribution:
    """The standing of `home` in `period`, by default the latest one in which it has a value with others.

    `peers` are the slugs to stand among, None for every place of `shaped`.
    """
    points = _comparable(shaped, home)
    if peers is not None:
        points = points[points["place"].isin({*peers, home})]
    if period is None:
        period = _latest_shared(points, home)
    same = _of_period(points, period)
    own = same[same["place"] == home]
    if own.empty:
        return Distribution(period, group, "no_home_value")
    if len(same) == 1:
        return Distribution(period, group, "no_other_places")
    sign = indicator.direction.sign
    mine = interval(own.iloc[0], indicator)
    placed = []
    for _, row in same.iterrows():
        theirs = interval(row, indicator)
        slug = str(row["place"])
        standing: Standing = "home" if slug == home else _standing(theirs, mine, sign)
        counted = row["grade"] != _ILLUSTRATIVE
        placed.append(Placed(slug, float(row["shown_value"]), theirs, str(row["grade"]), standing, counted))
    placed.sort(key=lambda p: (-p.value, p.place))
    value = float(own.iloc[0]["shown_value"])
    ranked = mine is not None and sign != 0 and own.iloc[0]["grade"] != _ILLUSTRATIVE
    others = [p for p in placed if p.place != home and p.counted]
    values = pd.Series([p.value for p in others], dtype="float64")
    enough = len(values) >= FEWEST_PLACES
    low, middle, high = (float(values.quantile(share)) if enough else 0.0 for share in (0.25, 0.5, 0.75))
    return Distribution(
        period=period,
        group=group,
        places=tuple(placed),
        others=len(others),
        lower=sum(p.value < value for p in others),
        equal=sum(p.value == value for p in others),
        mean=float(values.mean()) if enough and indicator.kind is not IndicatorKind.PERCENTAGE else None,
        quartiles=(low, middle, high) if enough else None,
        rank=_rank(others) if enough and ranked else None,
    )


def interval(row: pd.Series, indicator: Indicator) -> Interval | None:
    """The interval of one point of `Shaped.points`, or None where none can be had."""
    low, high = float(row["shown_low"]), float(row["shown_high"])
    if math.isfinite(low) and math.isfinite(high) and low <= high:
        return Interval(low, high, "published")
    asked, base = float(row["numerator"]), float(row["denominator"])
    sampled = indicator.kind is IndicatorKind.PERCENTAGE and row["kind"] == "survey"
    as_published = float(row["shown_value"]) == float(row["value"])
    if sampled and as_published and base >= 1 and 0 <= asked <= base:
        low, high = wilson(asked, base)
        return Interval(100 * low, 100 * high, "wilson")
    return None


def wilson(numerator: float, denominator: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval of a share, from 0 to 1."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = numerator / denominator
    weight = 1 + z**2 / denominator
    middle = (share + z**2 / (2 * denominator)) / weight
    half = z * math.sqrt(share * (1 - share) / denominator + z**2 / (4 * denominator**2)) / weight
    return max(0.0, middle - half), min(1.0, middle + half)


def _comparable(shaped: Shaped, home: str) -> pd.DataFrame:
    """The points that stand for their place and period, in the unit and money of the home city."""
    points = shaped.points[shaped.points["segment"].notna() & (shaped.points["disaggregation"] == "")]
    own = points[points["place"] == home]
    if own.empty:
        return own
    latest = own.sort_values("anchor", kind="stable").iloc[-1]
    same = (points["shown_unit"] == latest["shown_unit"]) & (
        points["shown_currency"] == latest["shown_currency"]
    )
    return points[same]


def _latest_shared(points: pd.DataFrame, home: str) -> Period:
    """The home city's latest period in which another place has a value too, else its latest."""
    own = points[points["place"] == home].sort_values("anchor", kind="stable", ascending=False)
    others = points[points["place"] != home]
    keys = set(zip(others["period_start"], others["period_end"], strict=True))
    latest = Period()
    for row in own.itertuples():
        found = Period(_day(row.period_start), _day(row.period_end), Precision(str(row.precision)))
        if (row.period_start, row.period_end) in keys:
            return found
        latest = latest if latest.dated else found
    return latest


def _day(moment: object) -> date | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).date()


def _of_period(points: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row a place of the very period, the last where a place has it twice."""
    starts, ends = points["period_start"], points["period_end"]
    start = starts.isna() if period.start is None else starts == pd.Timestamp(period.start)
    end = ends.isna() if period.end is None else ends == pd.Timestamp(period.end)
    return points[start & end].drop_duplicates("place", keep="last")


def _standing(theirs: Interval | None, mine: Interval | None, sign: int) -> Standing:
    if theirs is None or mine is None or sign == 0:
        return "cannot_say"
    if theirs.low > mine.high:
        return "better" if sign > 0 else "worse"
    if theirs.high < mine.low:
        return "worse" if sign > 0 else "better"
    return "similar"


def _rank(others: Collection[Placed]) -> tuple[int, int]:
    better = sum(p.standing == "better" for p in others)
    worse = sum(p.standing == "worse" for p in others)
    return 1 + better, len(others) + 1 - worse
