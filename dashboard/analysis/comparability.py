"""The comparability passport (N13): may a place's figures stand beside the home city's?

Seven questions, each answered from the observations themselves. One *no* about what is measured
(definition, unit, boundary) makes the comparison illustrative; any other *no*, and any *don't know*, asks
for care; only seven times *yes* is comparable. A written note about a place and an indicator decides
instead of the questions, and its text is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.series import BREAK_FLAGS, Row, rows_of
from dashboard.domain.catalogue import (
    ComparabilityGrade,
    ComparabilityNote,
    Indicator,
    PopulationBasis,
    SeriesBreak,
    Source,
)
from dashboard.domain.text import Text

DECISIVE = frozenset({"definition_differs", "unit_differs", "boundary_differs", "home_without_values"})


@dataclass(frozen=True, slots=True)
class Passport:
    """`reasons` are codes with words under ``grade.reason``; `note` is the text that overrides, or None."""

    place: str
    indicator: str
    grade: ComparabilityGrade
    reasons: tuple[str, ...]
    note: Text | None = None


def passports(
    frame: pd.DataFrame,
    indicator: Indicator,
    home: str,
    sources: Mapping[str, Source],
    notes: Iterable[ComparabilityNote] = (),
    breaks: Iterable[SeriesBreak] = (),
) -> dict[str, Passport]:
    """A passport for every place with realised values of `indicator` in `frame`, the home city's included.

    The home city is comparable with itself by definition. Keys are place slugs, in order of appearance.
    """
    by_place: dict[str, list[Row]] = {}
    for row in rows_of(frame):
        if row.indicator == indicator.code and row.realised and row.drawable:
            by_place.setdefault(row.place, []).append(row)
    noted = {note.place: note for note in notes if note.indicator == indicator.code}
    broken = {b.place for b in breaks if b.indicator == indicator.code}
    ours = by_place.get(home, [])
    found = {}
    for place, theirs in by_place.items():
        reasons: tuple[str, ...] = ()
        if place != home:
            reasons = tuple(_reasons(theirs, ours, indicator, sources, place in broken))
        note = noted.get(place)
        grade = note.grade if note else _grade(reasons)
        found[place] = Passport(place, indicator.code, grade, reasons, note.text if note else None)
    return found


def _grade(reasons: Sequence[str]) -> ComparabilityGrade:
    if DECISIVE & set(reasons):
        return ComparabilityGrade.ILLUSTRATIVE
    return ComparabilityGrade.WITH_CARE if reasons else ComparabilityGrade.COMPARABLE


def _reasons(
    theirs: Sequence[Row],
    ours: Sequence[Row],
    indicator: Indicator,
    sources: Mapping[str, Source],
    broken: bool,
) -> Iterable[str]:
    """The answers that are not a plain yes."""
    if not indicator.comparable_between_places:
        yield "definition_differs"
    if broken or any(row.flags & BREAK_FLAGS for row in theirs):
        yield "series_break"
    if not ours:
        yield "home_without_values"
        return
    if {row.unit for row in theirs} - {row.unit for row in ours}:
        yield "unit_differs"
    if indicator.population_basis is PopulationBasis.BOUNDARY:
        yield from _compared("boundary", [row.boundary for row in theirs], [row.boundary for row in ours])
    yield from _compared("method", [row.method for row in theirs], [row.method for row in ours])
    if any(not row.dated for row in theirs):
        yield "period_unknown"
    elif not {row.length for row in theirs} & {row.length for row in ours if row.dated}:
        yield "period_length_differs"
    interested = {_interested(sources.get(row.source)) for row in theirs}
    if True in interested:
        yield "interested_party"
    elif None in interested:
        yield "interested_party_unknown"


def _compared(question: str, theirs: Sequence[str], ours: Sequence[str]) -> Iterable[str]:
    if "" in theirs or "" in ours:
        yield f"{question}_unknown"
    elif not {text.casefold() for text in theirs} <= {text.casefold() for text in ours}:
        yield f"{question}_differs"


def _interested(source: Source | None) -> bool | None:
    return source.interested_party if source else None
