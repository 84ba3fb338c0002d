"""The home city before and since its title, beside what other places did meanwhile (N2). Never an effect.

**Two sides.** *Before*: periods that end before the designation. *Since*: periods that begin on its day or
later. The period that holds the designation belongs to neither, nor does one that is not over. A designation
known by its month, quarter or year takes out all of it; known by the year only, it is refused for values of
less than a year (`rules`, conversions). Of values within a year only those months count that occur on both
sides, so that a summer is never compared with a winter.

**At least four points** on each side, joined by one line: the same method, boundary, unit and length of
period, no break between them. Values that are illustrative only are refused. Everything is compared over
calendar time, so that a shock such as the pandemic lies on the same days for every place.

**Level before**: the median, with the usual variation (`verdict`) as a band around it.

**Change**: least squares of the value on *since or not*, with the months of the year as further terms where
there are several; the interval (95 per cent) is the wider one of the classical and of Newey and West's
(1987), which allows for values that hang together over time (lags by their rule of thumb). Counts and money
are compared by ratio (the change of the mean logarithm, given in per cent), because places differ in size;
percentages, rates per head and indices by difference. Where a percentage may not be said (a value under
five, N18), counts of places of different size are not compared.

**What might have happened anyway**: the mean change of the reference places over the very same periods. A
place counts as one if it has at least four fifths of the home city's values, no break in them, none that is
illustrative, and was not given the title itself at the same time, that is in the twelve months before the
home city or later while the comparison runs. Places that got theirs earlier count and are told apart
(`titled`): where that was while the *before* lasted, their own change of status lies in the comparison.

**Difference of changes** (difference in differences): the home city's change less that mean. From three
reference places on its interval is that of least squares of the places' changes on *home or not* with the
classical error, which is Student's t with one degree of freedom less than there are reference places: the
changes of the others say how much places differ anyway (Donald and Lang 2007; Bertrand, Duflo and
Mullainathan 2004). Errors clustered by place are *not* used: with one city treated they are far too small
(MacKinnon and Webb 2017), as a test of this module shows. With one or two reference places the interval comes
from the series of differences over time and the whole is an illustration, never a test.

**Limits.** The places are assumed to have gone on alike without the title, which nothing here can show. A
rise that was under way before is part of the change. The intervals take changes as roughly normal. Gaps in a
series are passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import median
from typing import Literal, NamedTuple

import numpy as np

from dashboard.analysis.intervals import (
    Interval,
    Numbers,
    between_places,
    change_over_time,
    mean_of_places,
    plain_change,
)
from dashboard.analysis.normalise import POSITIONS, Shaped
from dashboard.analysis.series import Row, rows_of
from dashboard.analysis.synthetic_control import NoMix, SyntheticControl, synthetic_control
from dashboard.analysis.trend import SMALL_BASE
from dashboard.analysis.verdict import usual_variation
from dashboard.domain.catalogue import Accumulation, Designation, Indicator, IndicatorKind, Place
from dashboard.domain.period import Period, Precision, months_between

POINTS_NEEDED = 4
PLACES_FOR_A_TEST = 3
COVERED = 0.8
"""The share of the home city's values that a reference place must have."""
SAME_TIME_MONTHS = 12

Scale = Literal["percent", "absolute"]
Titled = Literal["never", "earlier", "while_before"]
Span = tuple[date, date]

_WITHIN_A_YEAR = {"month": 1, "quarter": 3, "half_year": 6}
_LENGTHS = (*_WITHIN_A_YEAR, "year")
_MEASURED = frozenset({IndicatorKind.NUMBER, IndicatorKind.MONEY, IndicatorKind.PERCENTAGE})


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is not said: ``beforeafter.refused.<code>``, filled by `params`.

    Codes: ``no_designation``, ``designation_year_only``, ``not_measured``, ``running_total``, ``contested``,
    ``not_comparable_over_time``, ``frequency``, ``too_few`` (`before`, `since`, `needed`), ``across_break``,
    ``illustrative``; for the comparison ``no_references``, ``sizes_differ``, ``too_few_shared``; for the mix
    those of `synthetic_control`.
    """

    code: str
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """The values of one side: how many, from when to when, their median and the band of usual variation.

    In the shown unit; `method` of the variation as in `verdict.Reading`.
    """

    points: int
    first: date
    last: date
    middle: float
    low: float
    high: float
    method: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that counts, its own change, and when it got the title itself."""

    place: str
    change: float
    titled: Titled


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the reference places did over the same periods.

    `home` is the home city's change over the `before` + `since` periods that all have, `anyway` the mean of
    the `references`, `difference` the one less the other (in per cent: of what the home city would have had
    by that mean). `illustration`: fewer than three places, so it is an illustration and never a test.
    """

    references: tuple[Reference, ...]
    before: int
    since: int
    home: float
    anyway: Interval
    difference: Interval
    illustration: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """A synthetic control over the shared periods; its `gap` is in per cent or in the shown unit.

    In per cent every place is first put to 100 as its own mean before.
    """

    control: SyntheticControl
    periods: tuple[Period, ...]
    home: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What can be said about one indicator at the home city; `refused` tells why where nothing can.

    `left_out` are the home city's periods that were not used: ``straddles``, ``unfinished``, ``season`` (a
    month that only one side has), ``other_line`` (another method or break), ``switched_off`` (asked for).
    `not_compared` are the other places with values, each with ``same_time``, ``illustrative``,
    ``across_break``, ``periods_missing`` or ``small_numbers``.
    """

    place: str
    unit: str
    currency: str
    refused: Why | None = None
    length: str = ""
    scale: Scale = "absolute"
    before: Level | None = None
    since: Level | None = None
    change: Interval | None = None
    comparison: Comparison | None = None
    no_comparison: Why | None = None
    mix: Mix | None = None
    no_mix: Why | None = None
    left_out: tuple[tuple[Period, str], ...] = ()
    not_compared: tuple[tuple[str, str], ...] = ()


class _Point(NamedTuple):
    row: Row
    shown: float
    segment: int
    grade: str

    @property
    def key(self) -> Span:
        return self.row.first_day, self.row.last_day


def before_after(
    shaped: Shaped,
    indicator: Indicator,
    home: Place,
    places: Mapping[str, Place],
    today: date,
    without: Sequence[Span] = (),
) -> BeforeAfter:
    """The home city of `shaped` before and since its title, and the other places of `shaped` beside it.

    `without` are spans whose values are switched off on all sides (N17: the pandemic years). Never raises on
    data.
    """
    points = _points(shaped)
    own = points.get(home.slug, [])
    currencies = {c for c in shaped.points.loc[shaped.points["place"] == home.slug, "shown_currency"] if c}
    nothing = BeforeAfter(home.slug, shaped.unit, currencies.pop() if len(currencies) == 1 else "")
    unfit = _unfit(indicator, home.designation)
    if unfit or home.designation is None:
        return replace(nothing, refused=Why(unfit or "no_designation"))
    title = uncertain_span(home.designation)
    usable, left_out = _finished(own, title, today, without)
    left_out += _begun(shaped, home.slug)
    chosen, why = _one_line(usable, title, home.designation.precision)
    if why is not None:
        return replace(nothing, refused=why, left_out=left_out)
    length = chosen[0].row.length
    chosen, dropped = _same_months(chosen, title)
    left_out += tuple((p.row.period, "other_line") for p in usable if p not in chosen and p not in dropped)
    left_out += tuple((p.row.period, "season") for p in dropped)
    before, since = _sides(chosen, title)
    if min(len(before), len(since)) < POINTS_NEEDED:
        return replace(nothing, refused=_too_few(before, since), left_out=left_out)
    if any(p.grade == "illustrative" for p in chosen):
        return replace(nothing, refused=Why("illustrative"), left_out=left_out)
    scale = _scale(chosen, shaped, indicator)
    change = change_over_time(_scaled(chosen, scale), [p in since for p in chosen], _months(chosen))
    made = replace(
        nothing,
        length=length,
        scale=scale,
        before=_level(before, indicator),
        since=_level(since, indicator),
        change=_worded(change, scale),
        left_out=tuple(sorted(left_out, key=lambda pair: pair[0].anchor or date.min)),
    )
    others = {slug: found for slug, found in points.items() if slug != home.slug}
    return _compared(made, chosen, others, shaped, indicator, title, places)


def uncertain_span(designation: Designation) -> Span:
    """The first and the last day that a designation may have been on."""
    day = designation.day
    if designation.precision is Precision.DAY:
        return day, day
    unit = Period.month(day.year, day.month)
    if designation.precision is Precision.YEAR:
        unit = Period.year(day.year)
    elif designation.precision is Precision.QUARTER:
        unit = Period.quarter(day.year, (day.month + 2) // 3)
    return unit.start or day, unit.end or day


def _points(shaped: Shaped) -> dict[str, list[_Point]]:
    """The joined values of the whole by place, in order of time."""
    frame = shaped.points[shaped.points["segment"].notna() & (shaped.points["disaggregation"] == "")]
    found: dict[str, list[_Point]] = {}
    cells = zip(rows_of(frame), frame["shown_value"], frame["segment"], frame["grade"], strict=True)
    for row, shown, segment, grade in cells:
        if math.isfinite(shown):
            found.setdefault(row.place, []).append(_Point(row, float(shown), int(segment), str(grade)))
    for points in found.values():
        points.sort(key=lambda p: p.key)
    return found


def _unfit(indicator: Indicator, designation: Designation | None) -> str:
    if indicator.kind not in _MEASURED or indicator.unit in POSITIONS:
        return "not_measured"
    if indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return "running_total"
    if indicator.contested:
        return "contested"
    if not indicator.comparable_over_time:
        return "not_comparable_over_time"
    return "" if designation and designation.precision is not Precision.NONE else "no_designation"


def _finished(
    points: Sequence[_Point], title: Span, today: date, without: Sequence[Span]
) -> tuple[list[_Point], tuple[tuple[Period, str], ...]]:
    """The values that lie wholly on one side, are over and not switched off; and the others."""
    kept: list[_Point] = []
    left_out: list[tuple[Period, str]] = []
    for p in points:
        first, last = p.key
        if last >= today:
            left_out.append((p.row.period, "unfinished"))
        elif any(first <= end and start <= last for start, end in without):
            left_out.append((p.row.period, "switched_off"))
        elif not (_is_before(p, title) or _is_since(p, title)):
            left_out.append((p.row.period, "straddles"))
        else:
            kept.append(p)
    return kept, tuple(left_out)


def _begun(shaped: Shaped, place: str) -> tuple[tuple[Period, str], ...]:
    """The home city's years that are marked as not over: no line joins them."""
    frame = shaped.points[(shaped.points["place"] == place) & (shaped.points["disaggregation"] == "")]
    return tuple((row.period, "unfinished") for row in rows_of(frame) if row.partial)


def _is_before(point: _Point, title: Span) -> bool:
    return point.row.last_day < title[0]


def _is_since(point: _Point, title: Span) -> bool:
    exact = title[0] == title[1]
    return point.row.first_day >= title[1] + timedelta(days=0 if exact else 1)


def _sides(points: Iterable[_Point], title: Span) -> tuple[list[_Point], list[_Point]]:
    listed = list(points)
    return [p for p in listed if _is_before(p, title)], [p for p in listed if _is_since(p, title)]


def _one_line(points: Sequence[_Point], title: Span, precision: Precision) -> tuple[list[_Point], Why | None]:
    """The values of the one line with most points on its shorter side, or why there is none."""
    lines: dict[int, list[_Point]] = {}
    lengths: dict[str, list[_Point]] = {}
    for p in points:
        if p.row.length in _LENGTHS:
            lines.setdefault(p.segment, []).append(p)
            lengths.setdefault(p.row.length, []).append(p)
    if not lines:
        return [], Why("frequency") if points else _too_few([], [])

    def shorter(line: Sequence[_Point]) -> int:
        return min(map(len, _sides(line, title)))

    line = max(lines.values(), key=shorter)
    if shorter(line) < POINTS_NEEDED:
        together = max(lengths.values(), key=shorter)
        enough = shorter(together) >= POINTS_NEEDED
        return [], Why("across_break") if enough else _too_few(*_sides(together, title))
    if precision is Precision.YEAR and line[0].row.length in _WITHIN_A_YEAR:
        return [], Why("designation_year_only")
    return line, None


def _too_few(before: Sequence[_Point], since: Sequence[_Point]) -> Why:
    return Why("too_few", {"before": len(before), "since": len(since), "needed": POINTS_NEEDED})


def _same_months(points: list[_Point], title: Span) -> tuple[list[_Point], list[_Point]]:
    """The values whose month of the year occurs on both sides, and the rest."""
    if points[0].row.length not in _WITHIN_A_YEAR:
        return points, []
    before, since = _sides(points, title)
    both = {p.row.first_day.month for p in before} & {p.row.first_day.month for p in since}
    return [p for p in points if p.row.first_day.month in both], [
        p for p in points if p.row.first_day.month not in both
    ]


def _scale(points: Iterable[_Point], shaped: Shaped, indicator: Indicator) -> Scale:
    """By ratio for counts and money as published, by difference for what is comparable already."""
    ratio = indicator.kind in (IndicatorKind.NUMBER, IndicatorKind.MONEY)
    fit = ratio and shaped.view.index_base is None and _large(points)
    return "percent" if fit else "absolute"


def _large(points: Iterable[_Point]) -> bool:
    """Whether percentages of these values may be said: by the value as published (N18)."""
    return all(p.row.value >= SMALL_BASE and p.shown > 0 for p in points)


def _scaled(points: Sequence[_Point], scale: Scale) -> Numbers:
    values = np.array([p.shown for p in points], dtype=np.float64)
    return np.log(values) if scale == "percent" else values


def _worded(interval: Interval, scale: Scale) -> Interval:
    """A change of logarithms as per cent."""
    if scale == "absolute":
        return interval
    low, high = (None if bound is None else _percent(bound) for bound in (interval.low, interval.high))
    return Interval(_percent(interval.estimate), low, high, interval.method)


def _percent(logarithm: float) -> float:
    return 100 * math.expm1(logarithm)


def _months(points: Sequence[_Point]) -> list[int]:
    """The month of the year that each value begins in; the same for all where a value is a year."""
    within = points[0].row.length in _WITHIN_A_YEAR
    return [p.row.first_day.month if within else 1 for p in points]


def _level(points: Sequence[_Point], indicator: Indicator) -> Level:
    values = [p.shown for p in points]
    spread, method = usual_variation(values, values, indicator)
    middle = median(values)
    first, last = points[0].row.first_day, points[-1].row.last_day
    return Level(len(values), first, last, middle, middle - spread, middle + spread, method)


def _compared(
    made: BeforeAfter,
    chosen: list[_Point],
    others: Mapping[str, list[_Point]],
    shaped: Shaped,
    indicator: Indicator,
    title: Span,
    places: Mapping[str, Place],
) -> BeforeAfter:
    """`made` with the comparison, or with the reason why there is none."""
    counts = indicator.kind in (IndicatorKind.NUMBER, IndicatorKind.MONEY)
    published = shaped.view.per is None and shaped.view.index_base is None
    if not others:
        why = Why("no_references")
        return replace(made, no_comparison=why, no_mix=why)
    if made.scale == "absolute" and counts and published:
        why = Why("sizes_differ")
        return replace(made, no_comparison=why, no_mix=why)
    window = chosen[0].row.first_day, chosen[-1].row.last_day
    keys = [p.key for p in chosen]
    references: dict[str, dict[Span, _Point]] = {}
    titled: dict[str, Titled] = {}
    refused: list[tuple[str, str]] = []
    for slug, points in others.items():
        place = places.get(slug)
        when = _titled(place.designation if place else None, title, window)
        mine = {p.key: p for p in points if p.key in set(keys) and p.row.length == made.length}
        code = "same_time" if when is None else _not_a_reference(mine.values(), len(keys), made.scale)
        if code or when is None:
            refused.append((slug, code))
        else:
            references[slug], titled[slug] = mine, when
    made = replace(made, not_compared=tuple(refused))
    if not references:
        why = Why("no_references")
        return replace(made, no_comparison=why, no_mix=why)
    shared = [p for p in chosen if all(p.key in mine for mine in references.values())]
    if shared:
        shared, _ = _same_months(shared, title)
    sides = _sides(shared, title)
    if min(map(len, sides)) < POINTS_NEEDED:
        why = Why("too_few_shared")
        return replace(made, no_comparison=why, no_mix=why)
    since, months = [p in sides[1] for p in shared], _months(shared)
    ours = _scaled(shared, made.scale)
    donors = {slug: [mine[p.key] for p in shared] for slug, mine in references.items()}
    theirs = {slug: _scaled(points, made.scale) for slug, points in donors.items()}
    mix = _mix(shared, donors, since, made)
    return replace(
        made,
        comparison=_difference(ours, theirs, since, months, titled, made.scale),
        mix=mix if isinstance(mix, Mix) else None,
        no_mix=mix if isinstance(mix, Why) else None,
    )


def _titled(designation: Designation | None, title: Span, window: Span) -> Titled | None:
    """When a reference place got its own title; None where that was at the same time as the home city."""
    if designation is None:
        return "never"
    first, last = uncertain_span(designation)
    if first > window[1]:
        return "never"
    if first >= title[0] or months_between(last, title[0]) < SAME_TIME_MONTHS:
        return None
    return "earlier" if last < window[0] else "while_before"


def _not_a_reference(points: Iterable[_Point], wanted: int, scale: Scale) -> str:
    """Why a place does not count, or ""; `points` are its values of the home city's periods."""
    listed = list(points)
    if len(listed) < COVERED * wanted:
        return "periods_missing"
    if len({p.segment for p in listed}) > 1:
        return "across_break"
    if any(p.grade == "illustrative" for p in listed):
        return "illustrative"
    return "small_numbers" if scale == "percent" and not _large(listed) else ""


def _difference(
    home: Numbers,
    references: Mapping[str, Numbers],
    since: Sequence[bool],
    months: Sequence[int],
    titled: Mapping[str, Titled],
    scale: Scale,
) -> Comparison:
    """The difference of changes over a balanced table of places and periods."""
    changes = {slug: plain_change(values, since, months) for slug, values in references.items()}
    own = plain_change(home, since, months)
    enough = len(changes) >= PLACES_FOR_A_TEST
    if enough:
        difference = between_places(own, list(changes.values()))
    else:
        apart = home - np.mean(list(references.values()), axis=0)
        found = change_over_time(apart, since, months)
        difference = Interval(found.estimate, found.low, found.high, "differences_over_time")
    written = {slug: _percent(c) if scale == "percent" else c for slug, c in changes.items()}
    return Comparison(
        references=tuple(Reference(slug, written[slug], titled[slug]) for slug in changes),
        before=len(since) - sum(since),
        since=sum(since),
        home=_percent(own) if scale == "percent" else own,
        anyway=_worded(mean_of_places(list(changes.values())), scale),
        difference=_worded(difference, scale),
        illustration=not enough,
    )


def _mix(
    home: Sequence[_Point],
    donors: Mapping[str, Sequence[_Point]],
    since: Sequence[bool],
    made: BeforeAfter,
) -> Mix | Why:
    """The synthetic control over the shared periods, every place at 100 before where ratios are compared."""

    def values(points: Sequence[_Point]) -> list[float]:
        shown = [p.shown for p in points]
        if made.scale == "absolute":
            return shown
        level = np.mean([v for v, later in zip(shown, since, strict=True) if not later])
        return [float(100 * v / level) for v in shown]

    ours = values(home)
    found = synthetic_control(ours, {slug: values(points) for slug, points in donors.items()}, since)
    if isinstance(found, NoMix):
        return Why(found.code, dict(found.params))
    return Mix(found, tuple(p.row.period for p in home), tuple(ours))
