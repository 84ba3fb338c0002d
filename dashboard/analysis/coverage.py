"""What a claim stands on (N14): how much is known, how fresh, what is missing, and the best figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from dashboard.analysis.series import NOT_DRAWN_FLAGS, Row, rows_of
from dashboard.domain.catalogue import Baseline, Catalogue, Frequency, Indicator, IndicatorKind, Place
from dashboard.domain.grading import CountedConfidence, counted
from dashboard.domain.observation import Confidence, WorkflowState
from dashboard.domain.period import Period, months_between
from dashboard.i18n import Translator

MONTHS_BETWEEN = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.ANNUAL: 12,
    Frequency.BIENNIAL: 24,
    Frequency.FOUR_YEARLY: 48,
    Frequency.IRREGULAR: 12,
}
Freshness = Literal["current", "old", "undated", "none"]


@dataclass(frozen=True, slots=True)
class BestFigure:
    """The one figure that stands for a claim, and why it was chosen (codes under ``coverage.why``).

    `observation` is its id, None for a value rolled up from activities. `confidence` is the grade as it
    counts on the day asked about, beside the one given; None without a grade. `before_designation` marks a
    baseline, which must never be read as an effect.
    """

    indicator: str
    observation: int | None
    value: float
    unit: str
    currency: str
    qualifier: str
    period: Period
    source: str
    confidence: CountedConfidence | None
    before_designation: bool
    competing: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known about one claim at the home city (approved rows; targets and budgets are not counted).

    The four tuples hold indicator codes: nothing observed, no baseline, undated statements only, and
    observed but contested. `freshness` is ``current`` while some indicator's latest value is no older than
    two of its own collection intervals. `best_confidence` is the best grade as it counts on that day; of two
    that count alike it is the one that was given so.
    """

    claim: str
    indicators: int
    observations: int
    activities: int
    sources: int
    latest: Period
    best_confidence: CountedConfidence | None
    freshness: Freshness
    without_observation: tuple[str, ...]
    without_baseline: tuple[str, ...]
    undated_only: tuple[str, ...]
    contested: tuple[str, ...]
    best: BestFigure | None


def coverage(
    frame: pd.DataFrame,
    catalogue: Catalogue,
    home: Place,
    baselines: Sequence[Baseline],
    today: date,
) -> dict[str, Coverage]:
    """The coverage of every claim, by claim id; `frame` may hold any indicators and places."""
    own = frame[(frame["place"] == home.slug) & (frame["state"] == WorkflowState.APPROVED.value)]
    observations, activities = own["observation"].tolist(), own["activities"].tolist()
    rows: dict[str, list[Row]] = {}
    for row in rows_of(own):
        if row.realised and (row.has_value or row.missing_reason == ""):
            rows.setdefault(row.indicator, []).append(row)
    with_baseline = {b.indicator for b in baselines if b.place == home.slug}
    found = {}
    for claim in catalogue.claims:
        indicators = [i for i in catalogue.of_claim(claim.id) if not i.retired]
        held = {i.code: rows.get(i.code, []) for i in indicators}
        every = [row for values in held.values() for row in values]
        dated = [row for row in every if row.dated]
        latest = max(dated, key=lambda row: (row.last_day, row.first_day), default=None)
        grades = [
            counted(Confidence(row.confidence), one.next_review, today)
            for one in indicators
            for row in held[one.code]
            if row.confidence
        ]
        counts = [activities[row.position] for row in every]
        found[claim.id] = Coverage(
            claim=claim.id,
            indicators=len(indicators),
            observations=len(every),
            activities=sum(int(count) for count in counts if not pd.isna(count)),
            sources=len({row.source for row in every} - {""}),
            latest=latest.period if latest else Period(),
            best_confidence=min(
                grades, key=lambda grade: (grade.now.rank, grade.overdue is not None), default=None
            ),
            freshness=_freshness(indicators, held, today),
            without_observation=tuple(code for code, values in held.items() if not values),
            without_baseline=tuple(code for code in held if code not in with_baseline),
            undated_only=tuple(
                code for code, values in held.items() if values and not any(row.dated for row in values)
            ),
            contested=tuple(i.code for i in indicators if i.contested and held[i.code]),
            best=_best(indicators, held, home, observations, today),
        )
    return found


def how_sure(confidence: CountedConfidence | None, t: Translator, short: bool = False) -> str:
    """A grade in words; the one given and why it counts a step lower where it does (N4). `short` is for the
    narrow tables of a pack, without the day of the review."""
    if confidence is None:
        return t("confidence.none")
    now, given = t(f"confidence.{confidence.now}"), t(f"confidence.{confidence.given}")
    if confidence.overdue is None:
        return now
    if short:
        return t("confidence.aged_short", now=now, then=given)
    return t("confidence.aged", now=now, then=given, day=confidence.overdue)


def best_figure(
    frame: pd.DataFrame, indicators: Sequence[Indicator], home: Place, today: date
) -> BestFigure | None:
    """The figure to show for some indicators, in order of: dated, since the designation, of a whole year,
    preferred over competing, able to speak for or against the claim (a measured value with a good
    direction, rather than a yes or no or a figure nobody judges), best confidence, latest, earlier in the
    list of indicators.

    Only approved, realised, plausible values of the whole at the home city, and no contested indicator.
    Confidence counts a step lower where a definition is overdue for review on the day `today` (N4).
    """
    own = frame[(frame["place"] == home.slug) & (frame["state"] == WorkflowState.APPROVED.value)]
    rows: dict[str, list[Row]] = {}
    for row in rows_of(own):
        rows.setdefault(row.indicator, []).append(row)
    return _best(indicators, rows, home, own["observation"].tolist(), today)


def _best(
    indicators: Sequence[Indicator],
    held: Mapping[str, Sequence[Row]],
    home: Place,
    observations: Sequence[object],
    today: date,
) -> BestFigure | None:
    candidates: list[tuple[tuple[object, ...], Row, int, CountedConfidence | None]] = []
    designated = home.designation.day if home.designation else None
    for order, indicator in enumerate(indicators):
        if indicator.contested or indicator.kind is IndicatorKind.NARRATIVE:
            continue
        rows = [
            row
            for row in held.get(indicator.code, [])
            if row.has_value and row.realised and not row.disaggregation and not row.flags & NOT_DRAWN_FLAGS
        ]
        published = Counter((row.start, row.end) for row in rows)
        speaks = indicator.direction.sign != 0 and indicator.kind is not IndicatorKind.YES_NO
        for row in rows:
            rivals = published[row.start, row.end] if row.dated else 1
            sure = (
                counted(Confidence(row.confidence), indicator.next_review, today) if row.confidence else None
            )
            key = (
                not row.dated,
                _before(row, designated),
                row.partial,
                rivals > 1 and not row.preferred,
                not speaks,
                sure.now.rank if sure else len(Confidence),
                -row.last_day.toordinal(),
                order,
                row.position,
            )
            candidates.append((key, row, rivals - 1, sure))
    if not candidates:
        return None
    best_key, row, competing, sure = min(candidates, key=lambda candidate: candidate[0])
    others = len(candidates) - 1
    why = []
    if others:
        why += ["dated"] if row.dated else []
        why += ["preferred"] if row.preferred else []
        why += ["speaks"] if not best_key[4] else []
        why += ["confidence"] if row.confidence else []
        why += ["latest"] if row.dated else []
    else:
        why.append("only")
    id_ = observations[row.position]
    return BestFigure(
        indicator=row.indicator,
        observation=None if pd.isna(id_) else int(id_),  # type: ignore[call-overload]
        value=row.value,
        unit=row.unit,
        currency=row.currency,
        qualifier=row.qualifier,
        period=row.period,
        source=row.source,
        confidence=sure,
        before_designation=_before(row, designated),
        competing=competing,
        why=tuple(why),
    )


def _before(row: Row, designated: date | None) -> bool:
    """Whether a dated value lies before the designation, or straddles it."""
    return designated is not None and row.dated and row.first_day < designated


def _freshness(indicators: Sequence[Indicator], held: Mapping[str, Sequence[Row]], today: date) -> Freshness:
    if not any(held.values()):
        return "none"
    ages = [
        (months_between(row.last_day, today), 2 * MONTHS_BETWEEN[indicator.frequency])
        for indicator in indicators
        for row in held[indicator.code]
        if row.dated
    ]
    if not ages:
        return "undated"
    return "current" if any(age <= allowed for age, allowed in ages) else "old"
