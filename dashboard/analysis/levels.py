"""At which level values are shown: beside a baseline, as a share of the network, per festival day (F41, F43).

`normalise` gives values as published, per inhabitant and as an index; the functions here take what it gave
(`Shaped`, in whatever currency and prices) and give the same again at another level. A value that cannot be
shown so is refused with a reason; none is guessed.

**Change since baseline**: value − baseline, both in the same view, in the unit of the view; percentages give
percentage points. Refused across a break, and where a sum over a shorter period would meet a sum over a year.

**Share of the network**: value ÷ what all members have for the very same period × 100. The whole is the
network's own published value where there is one, else the sum over the places designated by the end of the
period. Places whose designation has no known day count as members, for leaving them out would make the
share too large. A member without a value, or with an illustrative one, is missing: then nothing is shown,
unless a person asks for the incomplete sum, which names how many it stands for and asks for care.

**Per festival day**: value ÷ the days of the festival of the same place in the very same period.

**Source**: the house's own rules (`rules`, conversions; `domain`, comparing across cities only per festival
day). **Limits**: a sum over members that count differently is no better than their passports; festival days
say nothing of opening hours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard.analysis.normalise import DIVISIBLE, INDEXABLE, Refusal, Shaped, View, normalise, worst
from dashboard.analysis.series import Row, framed, rows_of
from dashboard.domain.catalogue import (
    Accumulation,
    Baseline,
    Indicator,
    Place,
    PlaceKind,
    Population,
    SeriesBreak,
    TimeAggregation,
)
from dashboard.domain.prices import PriceTable

LEVELS = (
    "published", "per_100000", "index", "change_since_baseline", "share_of_network", "per_festival_day",
)  # fmt: skip
"""Every level by its name; the first three are views of `normalise`."""

Span = tuple[date | None, date | None]


@dataclass(slots=True)
class _Outcome:
    """Points that are kept, with what their values are multiplied with and less by; and the refused."""

    observations: Sequence[Any]
    kept: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    less: list[float] = field(default_factory=list)
    divisors: list[float] = field(default_factory=list)
    members: list[tuple[int | None, int | None]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, row: Row, code: str, **params: Any) -> None:
        id_ = self.observations[row.position]
        known = None if pd.isna(id_) else int(id_)
        self.refused.append(Refusal(row.place, row.start, row.end, code, params, known))

    def keep(
        self, row: Row, factor: float = 1.0, less: float = 0.0, divisor: float = float("nan"),
        members: tuple[int | None, int | None] = (None, None), reason: str = "",
    ) -> None:  # fmt: skip
        self.kept.append(row.position)
        self.factors.append(factor)
        self.less.append(less)
        self.divisors.append(divisor)
        self.members.append(members)
        self.reasons.append(reason)


# -- change since baseline -------------------------------------------------------------------------


def change_since_baseline(
    shaped: Shaped,
    indicator: Indicator,
    baselines: Iterable[Baseline],
    places: Mapping[str, Place],
    populations: Sequence[Population] = (),
    breaks: Sequence[SeriesBreak] = (),
    tables: Sequence[PriceTable] = (),
) -> Shaped:
    """`shaped` as the difference from each place's baseline; column `compared_with` is the baseline.

    Codes of the refusals: ``cannot_subtract``, ``baseline_missing``, ``baseline_not_in_view``,
    ``baseline_currency``, ``baseline_length``, ``across_baseline_break``, ``level_unjoined``.
    """
    own = [baseline for baseline in baselines if baseline.indicator == indicator.code]
    view = replace(shaped.view, axis="calendar", index_base=None)
    then = _shown_baselines(own, indicator, view, places, populations, tables)
    by_place = {baseline.place: baseline for baseline in own}
    out = _Outcome(shaped.points["observation"].tolist())
    rows, segments = _rows(shaped)
    currencies, lines = shaped.points["shown_currency"].tolist(), _Lines(rows, segments)
    days: dict[str, list[date]] = {}
    for marked in breaks:
        if marked.indicator == indicator.code:
            days.setdefault(marked.place, []).append(marked.day)
    for row in rows:
        baseline, found = by_place.get(row.place), then.get(row.place)
        segment = segments[row.position]
        code = ""
        if indicator.kind not in INDEXABLE:
            code = "cannot_subtract"
        elif baseline is None or row.disaggregation:
            code = "baseline_missing"
        elif found is None:
            code = "baseline_not_in_view"
        elif segment is None:
            code = "level_unjoined"
        elif found[1] != currencies[row.position]:
            code = "baseline_currency"
        elif not _same_length(baseline, row, indicator):
            code = "baseline_length"
        elif lines.across(baseline, row, segment, days.get(row.place, ())):
            code = "across_baseline_break"
        if code or found is None:
            out.refuse(row, code)
        else:
            out.keep(row, less=found[0])
    made = _made(shaped, out, shaped.unit, keep_unit=True)
    made.points["compared_with"] = np.array(out.less, dtype="float64")
    return made


def _shown_baselines(
    baselines: Sequence[Baseline], indicator: Indicator, view: View, places: Mapping[str, Place],
    populations: Sequence[Population], tables: Sequence[PriceTable],
) -> dict[str, tuple[float, str]]:  # fmt: skip
    """The value and currency of each place's baseline in a view; places whose baseline is refused lack."""
    frame = framed([
        {
            "indicator": indicator.code, "place": b.place, "value": b.value, "currency": b.currency,
            "period_start": b.period.start, "period_end": b.period.end, "unit": indicator.unit,
            "precision": b.period.precision.value, "kind": "actual", "qualifier": "=", "source": b.source,
            "observation": number,
        }
        for number, b in enumerate(baselines)
    ])  # fmt: skip
    made = normalise(frame, indicator, view, places, populations, tables=tables)
    shown = made.points
    found = dict(
        zip(shown["place"], zip(shown["shown_value"], shown["shown_currency"], strict=True), strict=True)
    )
    undated = made.undated
    return found | dict(
        zip(undated["place"], zip(undated["value"], undated["currency"], strict=True), strict=True)
    )


def _same_length(baseline: Baseline, row: Row, indicator: Indicator) -> bool:
    """Whether amounts that grow with the length of their period were taken over comparable lengths.

    A baseline of several years is their mean by the year, so it stands beside yearly values.
    """
    if indicator.time_aggregation is not TimeAggregation.SUM:
        return True
    if indicator.accumulation is Accumulation.RUNNING_TOTAL or not baseline.period.dated:
        return True
    then = row._replace(start=baseline.period.start, end=baseline.period.end).length
    return then == row.length or (then.endswith("_years") and row.length in ("year", "point"))


class _Lines:
    """The values that lines may join, by place: what lies between a baseline and a value."""

    def __init__(self, rows: Sequence[Row], segments: Mapping[int, int | None]) -> None:
        self._of_span: dict[tuple[str, date | None, date | None], set[int]] = {}
        self._anchors: dict[tuple[str, str], list[date]] = {}
        self._segments: dict[tuple[str, str], list[int]] = {}
        for row in sorted(rows, key=lambda row: row.anchor):
            segment = segments[row.position]
            if segment is None or row.disaggregation:
                continue
            self._of_span.setdefault((row.place, row.start, row.end), set()).add(segment)
            self._anchors.setdefault((row.place, row.length), []).append(row.anchor)
            self._segments.setdefault((row.place, row.length), []).append(segment)

    def across(self, baseline: Baseline, row: Row, own: int, breaks: Sequence[date]) -> bool:
        """Whether a break, or a change in how values were made, lies between a baseline and a value.

        The segments of one line follow each other in time, so the first and the last between the two tell.
        """
        of_baseline = self._of_span.get((row.place, baseline.period.start, baseline.period.end))
        if of_baseline:
            return own not in of_baseline
        anchor = baseline.period.anchor
        if anchor is None:
            return False
        first, last = min(anchor, row.anchor), max(anchor, row.anchor)
        anchors, line = self._anchors[row.place, row.length], self._segments[row.place, row.length]
        between = line[bisect_left(anchors, first) : bisect_right(anchors, last)]
        return any(first < day <= last for day in breaks) or between[0] != own or between[-1] != own


# -- share of the network --------------------------------------------------------------------------


def share_of_network(
    shaped: Shaped,
    everywhere: Shaped,
    indicator: Indicator,
    places: Mapping[str, Place],
    *,
    incomplete: bool = False,
) -> Shaped:
    """`shaped` in per cent of the network; `everywhere` is the graded `Shaped` of all places, same view.

    Columns `divisor` (the whole), `members` and `members_with_value` (NA where the network published the
    whole itself). `incomplete` takes the sum of those that have a value. Codes of the refusals:
    ``cannot_share``, ``not_a_member``, ``level_unjoined``, ``network_own_illustrative``,
    ``network_members_missing`` (`missing`, `members`), ``network_currencies``, ``network_zero``.
    """
    rows, segments = _rows(shaped)
    known, joined = _rows(everywhere)
    cells = list(
        zip(*(everywhere.points[n] for n in ("shown_value", "shown_currency", "grade")), strict=True)
    )
    by_span: dict[Span, dict[str, tuple[float, str, str]]] = {}
    for row in known:
        if joined[row.position] is not None and not row.disaggregation:
            by_span.setdefault((row.start, row.end), {})[row.place] = cells[row.position]
    networks = {slug for slug, place in places.items() if place.kind is PlaceKind.NETWORK}
    own_grades, currencies = shaped.points["grade"].tolist(), shaped.points["shown_currency"].tolist()
    divisible = indicator.kind in DIVISIBLE and shaped.view.per is None and shaped.view.index_base is None
    wholes: dict[Span, _Whole] = {}
    out = _Outcome(shaped.points["observation"].tolist())
    for row in rows:
        span = (row.start, row.end)
        if span not in wholes:
            wholes[span] = _whole(span, by_span.get(span, {}), networks, places)
        whole = wholes[span]
        missing = whole.members - whole.counted
        params: dict[str, Any] = {}
        code = ""
        if not divisible:
            code = "cannot_share"
        elif row.place not in places or not _is_member(places[row.place], row.last_day):
            code = "not_a_member"
        elif segments[row.position] is None or row.disaggregation:
            code = "level_unjoined"
        elif own_grades[row.position] == "illustrative":
            code = "network_own_illustrative"
        elif missing and not whole.published and not incomplete:
            code, params = "network_members_missing", {"missing": missing, "members": whole.members}
        elif whole.currencies - {currencies[row.position]}:
            code = "network_currencies"
        elif not whole.total > 0:
            code = "network_zero"
        if code:
            out.refuse(row, code, **params)
            continue
        members = (None, None) if whole.published else (whole.members, whole.counted)
        reason = "network_incomplete" if missing and not whole.published else ""
        out.keep(row, 100 / whole.total, divisor=whole.total, members=members, reason=reason)
    made = _made(shaped, out, "percent", keep_unit=False)
    made.points["divisor"] = np.array(out.divisors, dtype="float64")
    made.points["members"] = pd.array([among for among, _ in out.members], dtype="Int64")
    made.points["members_with_value"] = pd.array([counted for _, counted in out.members], dtype="Int64")
    return made


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the network has in a period: of `members`, `counted` have a value that may be summed."""

    total: float
    currencies: frozenset[str]
    members: int
    counted: int
    published: bool


def _whole(
    span: Span, cells: Mapping[str, tuple[float, str, str]], networks: set[str], places: Mapping[str, Place]
) -> _Whole:
    own = [cells[slug] for slug in sorted(networks & set(cells))]
    if own:
        return _Whole(own[0][0], frozenset({own[0][1]}), 0, 0, True)
    end = span[1] or span[0] or date.max
    members = [slug for slug, place in places.items() if _is_member(place, end)]
    counted = [cells[slug] for slug in members if slug in cells and cells[slug][2] != "illustrative"]
    total = float(sum(value for value, _, _ in counted))
    return _Whole(total, frozenset(c for _, c, _ in counted), len(members), len(counted), False)


def _is_member(place: Place, day: date) -> bool:
    """Whether a place carried the title on a day; one whose designation has no known day always counts."""
    if place.kind in (PlaceKind.NETWORK, PlaceKind.COUNTRY):
        return False
    if place.designation is not None:
        return place.designation.day <= day
    return bool(place.designations or place.fields)


# -- per festival day ------------------------------------------------------------------------------


def per_festival_day(shaped: Shaped, days: Shaped | None) -> Shaped:
    """`shaped` divided by the days of the festival; None where the indicator is not about a festival.

    `days` is the `Shaped` of the indicator that counts the days, as published; column `divisor` is their
    number. The unit stays, so whoever shows it must say *per festival day*. Codes of the refusals:
    ``not_of_the_festival``, ``level_unjoined``, ``festival_days_missing``.
    """
    known: dict[tuple[str, date | None, date | None], float] = {}
    if days is not None:
        counted, joined = _rows(days)
        shown = days.points["shown_value"].tolist()
        for row in counted:
            if joined[row.position] is not None and not row.disaggregation and shown[row.position] > 0:
                known[row.place, row.start, row.end] = shown[row.position]
    out = _Outcome(shaped.points["observation"].tolist())
    rows, segments = _rows(shaped)
    for row in rows:
        number = known.get((row.place, row.start, row.end))
        if days is None:
            out.refuse(row, "not_of_the_festival")
        elif segments[row.position] is None:
            out.refuse(row, "level_unjoined")
        elif number is None:
            out.refuse(row, "festival_days_missing")
        else:
            out.keep(row, 1 / number, divisor=number)
    made = _made(shaped, out, shaped.unit, keep_unit=True)
    made.points["divisor"] = np.array(out.divisors, dtype="float64")
    return made


# -- what all have in common -----------------------------------------------------------------------


def _rows(shaped: Shaped) -> tuple[list[Row], dict[int, int | None]]:
    """The rows of the points, and the segment of each by position."""
    segments = [None if number is pd.NA else int(number) for number in shaped.points["segment"].tolist()]
    return rows_of(shaped.points), dict(enumerate(segments))


def _made(shaped: Shaped, out: _Outcome, unit: str, *, keep_unit: bool) -> Shaped:
    """The points that are kept with their new values; undated statements are refused, they have no level."""
    points = shaped.points.iloc[out.kept].reset_index(drop=True)
    factor, less = np.array(out.factors, dtype="float64"), np.array(out.less, dtype="float64")
    for name in ("shown_value", "shown_low", "shown_high"):
        points[name] = points[name].to_numpy("float64") * factor - less
    if not keep_unit:
        points["shown_unit"] = pd.Series([unit] * len(points), dtype="str")
        points["shown_currency"] = pd.Series([""] * len(points), dtype="str")
    codes, grades = points["reasons"].tolist(), points["grade"].tolist()
    points["reasons"] = pd.Series(
        [";".join(filter(None, [old, new])) for old, new in zip(codes, out.reasons, strict=True)], dtype="str"
    )
    points["grade"] = pd.Series(
        [worst(g, "with_care") if new else g for g, new in zip(grades, out.reasons, strict=True)], dtype="str"
    )
    undated = [
        Refusal(place, None, None, "undated", {}, None if pd.isna(id_) else int(id_))
        for place, id_ in zip(shaped.undated["place"], shaped.undated["observation"], strict=True)
    ]
    refused = (*shaped.refused, *out.refused, *undated)
    currency = shaped.currency if keep_unit else ""
    return Shaped(points, shaped.undated.iloc[:0], refused, shaped.view, unit, currency)
