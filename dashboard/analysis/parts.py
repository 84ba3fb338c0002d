"""Splits that must add up, and percentages made of numerators and denominators (F10, F12).

**A split** is what one source says about one place and period by one set of dimensions (origin; or age and
sex together), in one currency, of one kind of statement and for one boundary: what makes it another fact
(`Draft.natural_key`) makes it another split. The method does so where it gives a part more than one value;
otherwise its words may be about the single part, as in ``survey: residents`` and ``survey: tourists``. The
version of a method does not, for a fact has one value whichever version it was made by. Counts and money: the
parts add up to the whole of the same source, within half a unit of the last decimal for each part and for the
whole. Percentages: with numerators and denominators on one base (the same denominator everywhere) the
numerators add up to it; on bases of their own (a rate in each group) the numerators and the denominators add
up to those of the whole; percentages without bases are taken as shares of one whole only where the whole is
not given as well, and are held against 100.

**Told, never mended**: the difference is shown, no part is scaled. A part without a value makes the split
incomplete, whatever the rest adds up to: what is left may be that part, so none of it is called unassigned,
but known parts that are more than the whole are too much all the same. Scores, means and yes or no do not add
up and are not checked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.series import Row, rows_of
from dashboard.domain.catalogue import Indicator, IndicatorKind, TimeAggregation
from dashboard.domain.period import Period

WHOLE_PERCENT = 100.0
HALF = 0.5
"""By how much sums of numerators may differ: they are counts of people or things."""
_FLOAT = 1e-9
"""What adding binary fractions may add to a difference."""
ADDITIVE = frozenset({IndicatorKind.NUMBER, IndicatorKind.MONEY})


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a split: `part` is its disaggregation; what it does not have is None."""

    part: str
    value: float | None
    qualifier: str = "="
    missing_reason: str = ""
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One split and whether it adds up.

    `code`: ``adds_up``, ``differs`` (`difference` is parts less whole), ``incomplete`` (`missing` parts have
    no value), ``no_whole`` (nothing to hold the parts against). `basis` says what was added: ``values``,
    ``numerators`` or ``shares`` (held against 100). `tolerance` is what rounding alone may make of
    `difference`. `unit` and `currency` are those of the parts, `method` the one that all parts have, else "",
    `members` the parts in the order they were recorded.
    """

    place: str
    period: Period
    source: str
    dimensions: tuple[str, ...]
    parts: int
    code: str
    basis: str = "values"
    whole: float | None = None
    total: float | None = None
    difference: float | None = None
    tolerance: float = 0.0
    missing: int = 0
    unit: str = ""
    currency: str = ""
    kind: str = ""
    boundary: str = ""
    method: str = ""
    members: tuple[Member, ...] = ()

    @property
    def unassigned(self) -> float | None:
        """What of the whole belongs to no part; None where nothing is left over beyond rounding, and where a
        part that is not known may be what is left."""
        left = self.difference or 0.0
        return -left if self.code == "differs" and left < 0 else None

    @property
    def surplus(self) -> float | None:
        """By how much the known parts are more than the whole; None where they are not beyond rounding."""
        return self.difference if (self.difference or 0.0) > self.tolerance + _FLOAT else None


@dataclass(frozen=True, slots=True)
class Pooled:
    """A percentage of several groups or periods together, with what it is made of."""

    numerator: float
    denominator: float

    @property
    def percent(self) -> float:
        return 100 * self.numerator / self.denominator


def pooled_percentage(frame: pd.DataFrame) -> Pooled | None:
    """The percentage over all rows of `frame`; None where one lacks its numerator or denominator.

    Percentages are never averaged: a group of ten does not weigh as much as one of ten thousand.
    """
    asked = frame[["numerator", "denominator"]]
    if frame.empty or asked.isna().to_numpy().any():
        return None
    below = float(asked["denominator"].sum())
    return Pooled(float(asked["numerator"].sum()), below) if below > 0 else None


def splits(frame: pd.DataFrame, indicator: Indicator) -> tuple[Split, ...]:
    """Every split of `indicator` in a tidy frame, in order of place and period."""
    percentage = indicator.kind is IndicatorKind.PERCENTAGE
    additive = indicator.kind in ADDITIVE and indicator.time_aggregation is not TimeAggregation.MEAN
    if not (percentage or additive):
        return ()
    own = frame[frame["indicator"] == indicator.code]
    above, below = own["numerator"].tolist(), own["denominator"].tolist()
    groups: dict[tuple[str, Period, str, str, str, str], list[Row]] = {}
    for row in rows_of(own):
        if row.realised:
            fact = (row.place, row.period, row.source, row.currency, row.kind, row.boundary)
            groups.setdefault(fact, []).append(row)
    found = []
    for (place, period, source, currency, kind, boundary), rows in groups.items():
        wholes = [row for row in rows if not row.disaggregation and row.has_value]
        for dimensions, parts in _sets(rows):
            methods = {row.method for row in parts}
            whole = _whole_of(methods, wholes)
            method = parts[0].method if len(methods) == 1 else ""
            bases = [(above[r.position], below[r.position]) for r in parts]
            members = tuple(_member(row, base) for row, base in zip(parts, bases, strict=True))
            split = Split(
                place, period, source, dimensions, len(parts), "no_whole", unit=parts[0].unit,
                currency=currency, kind=kind, boundary=boundary, method=method, members=members,
            )  # fmt: skip
            base = (above[whole.position], below[whole.position]) if whole else (math.nan, math.nan)
            found.append(_judged(split, parts, whole, bases, base, indicator))
    return tuple(sorted(found, key=_order))


def _order(split: Split) -> tuple[object, ...]:
    what = (split.currency, split.kind, split.boundary, split.method)
    return split.place, split.period.key, split.source, split.dimensions, *what


def _sets(rows: Iterable[Row]) -> list[tuple[tuple[str, ...], list[Row]]]:
    """The parts by the names of their dimensions, and by their method where a part has several values; a
    single part is no split."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.disaggregation:
            names = tuple(pair.partition("=")[0] for pair in row.disaggregation.split(";"))
            found.setdefault(names, []).append(row)
    made = []
    for names, parts in found.items():
        once = len({row.disaggregation for row in parts}) == len(parts)
        methods: dict[str, list[Row]] = {}
        for row in parts:
            methods.setdefault("" if once else row.method, []).append(row)
        made += [(names, alike) for alike in methods.values() if len(alike) > 1]
    return made


def _whole_of(methods: set[str], wholes: list[Row]) -> Row | None:
    """The whole made by the method of the parts, else the only one there is."""
    found = [row for row in wholes if {row.method} == methods] or wholes
    return found[0] if len(found) == 1 else None


def _member(row: Row, base: tuple[float, float]) -> Member:
    numerator, denominator = (number if math.isfinite(number) else None for number in base)
    value = row.value if row.has_value else None
    return Member(row.disaggregation, value, row.qualifier, row.missing_reason, numerator, denominator)


def _judged(
    split: Split,
    parts: list[Row],
    whole: Row | None,
    bases: list[tuple[float, float]],
    base: tuple[float, float],
    indicator: Indicator,
) -> Split:
    missing = sum(not row.has_value for row in parts)
    step = 0.5 * 10.0**-indicator.decimals
    tolerance = step * (len(parts) - missing + 1)
    if indicator.kind is not IndicatorKind.PERCENTAGE:
        total = math.fsum(row.value for row in parts if row.has_value)
        return _told(split, "values", total, whole.value if whole else None, tolerance, missing)
    if all(math.isfinite(a) and math.isfinite(b) for a, b in bases):
        counted = math.fsum(a for a, _ in bases)
        if len({b for _, b in bases}) == 1:
            return _told(split, "numerators", counted, bases[0][1], HALF, missing)
        if not math.isfinite(base[0]):
            return _told(split, "numerators", counted, None, HALF, missing)
        told = _told(split, "numerators", counted, base[0], HALF, missing)
        below = math.fsum(b for _, b in bases)
        if told.code == "adds_up" and abs(below - base[1]) > HALF:
            return _told(split, "numerators", below, base[1], HALF, missing)
        return told
    total = math.fsum(row.value for row in parts if row.has_value)
    return _told(split, "shares", total, None if whole else WHOLE_PERCENT, tolerance, missing)


def _told(
    split: Split, basis: str, total: float, whole: float | None, tolerance: float, missing: int
) -> Split:
    difference = total - whole if whole is not None else None
    if missing:
        code = "incomplete"
    elif difference is None:
        code = "no_whole"
    else:
        code = "adds_up" if abs(difference) <= tolerance + _FLOAT else "differs"
    return replace(
        split, code=code, basis=basis, whole=whole, total=total, difference=difference, tolerance=tolerance,
        missing=missing,
    )  # fmt: skip
