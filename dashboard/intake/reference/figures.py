"""``figures.csv``: one published value a row, kept as published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.domain.catalogue import Catalogue, PlaceKind
from dashboard.domain.observation import Draft, ObservationKind, ObservationStatus, Qualifier
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.intake.judgements import FILE, Boundary, Grade, Judgements, Split
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import Record, located, read_csv
from dashboard.intake.reference.grading import checked, graded
from dashboard.intake.reference.places import PlaceBook
from dashboard.intake.reference.sources import SourceBook

COLUMNS = (
    "city", "indicator", "period_start", "period_end", "value", "unit", "currency", "method", "source",
    "verified", "claim", "kind", "qualifier", "period_precision", "flags", "note",
)  # fmt: skip
ASSERTED = "claim"
"""The file's word for a statement that somebody makes; here `asserted`, so that a claim is one thing only."""


def read_figures(
    path: Path, places: PlaceBook, sources: SourceBook, catalogue: Catalogue, judgements: Judgements,
    problems: list[Problem],
) -> tuple[list[Draft], FileReconciliation]:  # fmt: skip
    drafts, fates = [], []
    claims = {claim.number: claim.id for claim in catalogue.claims}
    used: set[object] = set()
    for record in read_csv(path, COLUMNS, problems):
        record.problems = problems
        draft = _draft(record, places, sources, claims)
        record.finish()
        draft = _judged(draft, judgements, used)
        draft = graded(draft, sources, places.announced(draft.place))
        draft = _regraded(draft, judgements, used)
        draft = checked(draft, catalogue, record)
        drafts.append(draft)
        fates.append(RowFate(record.row or 0, (Became(DraftKind.OBSERVATION, draft.natural_key),)))
    every: tuple[Boundary | Split | Grade, ...] = (
        *judgements.boundaries, *judgements.splits, *judgements.grades,
    )  # fmt: skip
    for judged in every:
        if judged not in used:
            params = {"indicator": judged.indicator, "place": judged.place}
            problems.append(located(Problem("judgement_unmatched", params=params), FILE, None))
    return drafts, reconcile(path.name, fates, problems)


def _draft(record: Record, places: PlaceBook, sources: SourceBook, claims: dict[int, str]) -> Draft:
    verified = record.text("verified")
    number = record.whole("claim")
    if number not in claims:
        record.problem("claim_unknown", "claim", given=number, choices=", ".join(map(str, sorted(claims))))
    kind = ObservationKind.ASSERTED
    if record.raw("kind") != ASSERTED:
        kind = record.required_one_of("kind", ObservationKind)
    place = places.known(record.text("city", required=True), record)
    boundary = {PlaceKind.COUNTRY: "country", PlaceKind.REGION: "region"}.get(places.kind(place), "")
    flags = record.many("flags")
    return Draft(
        indicator=record.text("indicator", required=True),
        place=place,
        source=sources.key(record.text("source", required=True), verified),
        period=_period(record),
        value=record.number("value", required=True),
        qualifier=record.one_of("qualifier", Qualifier, Qualifier.EQUAL),
        kind=kind,
        unit=record.text("unit", required=True),
        currency=record.text("currency"),
        boundary=boundary,
        method=record.text("method"),
        status=ObservationStatus.ESTIMATED if verified == "derived" else ObservationStatus.FINAL,
        flags=flags if verified == "verified" else (*flags, verified),
        note=record.text("note"),
        claim=claims.get(number, ""),
    )


def _period(record: Record) -> Period:
    """Only an end is a point in time, only a start is open, neither is undated."""
    period = Period(
        record.day("period_start"), record.day("period_end"),
        record.one_of("period_precision", Precision, Precision.NONE),
    )  # fmt: skip
    return period


def _judged(draft: Draft, judgements: Judgements, used: set[object]) -> Draft:
    """With the boundary and the member of a disaggregation that the published words name."""
    for boundary in judgements.boundaries:
        if (boundary.indicator, boundary.place) == (draft.indicator, draft.place) and (
            boundary.value is None or boundary.value == draft.value
        ):
            used.add(boundary)
            draft = replace(draft, boundary=boundary.boundary)
    for split in judgements.splits:
        if (split.indicator, split.place) == (draft.indicator, draft.place) and draft.method.endswith(
            split.method_end
        ):
            used.add(split)
            draft = replace(draft, disaggregation=split.disaggregation)
    return draft


def _regraded(draft: Draft, judgements: Judgements, used: set[object]) -> Draft:
    for grade in judgements.grades:
        if (grade.indicator, grade.place, grade.value) == (draft.indicator, draft.place, draft.value):
            used.add(grade)
            reason = f"{grade.reason.da} / {grade.reason.en}"
            draft = replace(draft, attribution=grade.attribution, attribution_reason=reason)
    return draft
