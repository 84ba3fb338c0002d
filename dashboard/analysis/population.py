"""How many people live within a boundary on a day, by the rule for per-head figures (`rules`, conversions).

Between two dated populations of the same place and boundary the value is linear; outside them the
nearest within three years counts; else it is refused. Where a boundary has only undated populations
(GeoNames, city profiles), the first by source stands in and whatever is divided by it is illustrative.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.domain.catalogue import Population
from dashboard.domain.period import Precision

NEAREST_YEARS = 3
AGREEMENT = 0.01  # two sources for one day that differ by less than this say the same


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one place and boundary: `days` ascending with a population each, the days on which
    sources `disputed` it, and one `undated` population to fall back on."""

    days: tuple[date, ...]
    populations: tuple[Population, ...]
    disputed: frozenset[date]
    undated: Population | None


Index = Mapping[tuple[str, str], Known]


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """A population found for a day: `method` is ``interpolated``, ``nearest`` or ``undated``."""

    value: float
    boundary: str
    method: str
    sources: tuple[str, ...]

    @property
    def illustrative(self) -> bool:
        return self.method == "undated"


@dataclass(frozen=True, slots=True)
class NoInhabitants:
    """Why there is no population: a refusal code and what fills its sentence."""

    code: str
    params: tuple[tuple[str, object], ...] = ()


def by_boundary(populations: Iterable[Population]) -> Index:
    """Populations by place and boundary.

    Where several are given for a day (or undated), an exact one counts before a rounded one, then the first
    by source, whatever the order they came in.
    """
    groups: dict[tuple[str, str], dict[date | None, list[Population]]] = {}
    for population in sorted(populations, key=lambda p: (p.qualifier != "=", p.source)):
        group = groups.setdefault((population.place, population.boundary), {})
        group.setdefault(reference_day(population), []).append(population)
    return {key: _known(group) for key, group in groups.items()}


def _known(group: Mapping[date | None, Sequence[Population]]) -> Known:
    days = sorted(day for day in group if day is not None)
    disputed = frozenset(
        day
        for day in days
        if max(p.value for p in group[day]) > min(p.value for p in group[day]) * (1 + AGREEMENT)
    )
    undated = group[None][0] if None in group else None
    return Known(tuple(days), tuple(group[day][0] for day in days), disputed, undated)


def reference_day(population: Population) -> date | None:
    """The day a population speaks of; one known by its year only stands at the middle of that year."""
    if population.day is not None and population.precision is Precision.YEAR:
        return date(population.day.year, 7, 1)
    return population.day


def inhabitants(index: Index, place: str, boundary: str, day: date) -> Inhabitants | NoInhabitants:
    """The population of `place` within `boundary` on `day`.

    Refusals: ``population_missing`` (none known for the place), ``boundary_differs`` (only of other
    boundaries), ``population_too_far`` (none within three years), ``population_conflict`` (two sources
    for one day differ by more than one per cent).
    """
    known = index.get((place, boundary))
    if known is None:
        others = ", ".join(sorted({b for p, b in index if p == place}))
        if others:
            return NoInhabitants("boundary_differs", (("boundary", boundary), ("available", others)))
        return NoInhabitants("population_missing", (("boundary", boundary),))
    if not known.days and known.undated is not None:
        return Inhabitants(known.undated.value, boundary, "undated", (known.undated.source,))
    after = bisect_left(known.days, day)
    exact = after < len(known.days) and known.days[after] == day
    used = [n for n in (after if exact else after - 1, after) if 0 <= n < len(known.days)]
    for n in used:
        if known.days[n] in known.disputed:
            return NoInhabitants("population_conflict", (("boundary", boundary), ("day", known.days[n])))
    low, high = known.populations[used[0]], known.populations[used[-1]]
    early, late = known.days[used[0]], known.days[used[-1]]
    if len(used) == 2:
        share = (day - early).days / (late - early).days if late > early else 0.0
        sources = tuple(dict.fromkeys((low.source, high.source)))
        return Inhabitants(low.value + share * (high.value - low.value), boundary, "interpolated", sources)
    if not _within_years(early, day):
        return NoInhabitants("population_too_far", (("boundary", boundary), ("nearest", early)))
    return Inhabitants(low.value, boundary, "nearest", (low.source,))


def _within_years(one: date, other: date) -> bool:
    early, late = sorted((one, other))
    return (late.year - early.year, late.month, late.day) <= (NEAREST_YEARS, early.month, early.day)
