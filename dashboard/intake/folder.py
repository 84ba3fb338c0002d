"""The files of the own folder format: cards, places, sources, populations, observations, activities."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.domain.activity import AMOUNTS, COUNTS, Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.activity import check_activity as check_record
from dashboard.domain.catalogue import (
    Catalogue,
    CreativeField,
    Designation,
    FieldMembership,
    Place,
    PlaceKind,
    Population,
    Source,
    check_place,
    check_population,
)
from dashboard.domain.follow_up import MONTHS, FollowUpAnswer, Persistence
from dashboard.domain.observation import (
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    check,
)
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import Record, read_csv, read_toml

DESIGNATION_EVENTS = ("announced", "celebrated", "submitted", "refused")
FOLLOW_UP_COLUMNS = ("activity", "months", "outcome", "note")
POPULATION_COLUMNS = ("place", "boundary", "value", "day", "precision", "source", "qualifier")
PERIOD_COLUMNS = ("period_start", "period_end", "period_precision")
OBSERVATION_COLUMNS = PERIOD_COLUMNS + tuple(
    field.name for field in dataclasses.fields(Draft) if field.name not in ("period", "based_on")
)
ACTIVITY_COLUMNS = (
    *PERIOD_COLUMNS, "title_da", "title_en", "description_da", "description_en",
    *(f.name for f in dataclasses.fields(Activity) if f.name not in ("period", "title", "description")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetCard:
    """``set.toml``: what the set is called, whose it is, whether it is invented, the city's own words for
    claims that the catalogue quotes from another city, and the source of its tables of prices."""

    title: Text
    invented: bool
    home_place: str
    licence: str
    quotations: tuple[tuple[str, Text], ...] = ()
    price_source: str = ""


def read_card(path: Path, problems: list[Problem]) -> SetCard:
    record = Record(read_toml(path, problems), path.name, None)
    for name in ("title", "invented"):
        if record.data and record.raw(name) is None:
            record.problem("field_required", name)
    quotations = []
    for row, entry in enumerate(record.tables("quotation"), start=1):
        entry.row, entry.problems = row, problems
        quotations.append((entry.text("claim", required=True), entry.both("text")))
        entry.finish()
    card = SetCard(
        record.both("title"), record.truth("invented"), record.text("home_place"), record.text("licence"),
        tuple(quotations), record.text("price_source"),
    )  # fmt: skip
    record.finish()
    problems += record.problems
    return card


def read_places(path: Path, problems: list[Problem]) -> tuple[list[Place], FileReconciliation]:
    document = Record(read_toml(path, problems), path.name, None)
    places, fates = [], []
    for row, record in enumerate(document.tables("place"), start=1):
        record.row, record.problems = row, problems
        place = read_place(record)
        record.finish()
        record.adopt(check_place(place))
        places.append(place)
        fates.append(RowFate(row, (Became(DraftKind.PLACE, place.slug),)))
    document.finish()
    problems += document.problems
    return places, reconcile(path.name, fates, problems)


def read_place(record: Record) -> Place:
    """One ``[[place]]`` table with its fields and designations."""
    fields = []
    for inner in record.tables("field"):
        fields.append(
            FieldMembership(
                inner.required_one_of("field", CreativeField), inner.day("valid_from"), inner.day("valid_to"),
                inner.one_of("precision", Precision, Precision.DAY), inner.text("source"),
            )
        )  # fmt: skip
        inner.finish()
    designations = []
    for inner in record.tables("designation"):
        day = inner.day("day")
        if day is None:
            inner.problem("field_required", "day")
            continue
        event = inner.text("event") or "announced"
        if event not in DESIGNATION_EVENTS:
            inner.problem("not_one_of", "event", given=event, choices=", ".join(DESIGNATION_EVENTS))
        precision = inner.one_of("precision", Precision, Precision.DAY)
        designations.append(Designation(day, precision, inner.text("source"), inner.text("note"), event))
        inner.finish()
    return Place(
        slug=record.text("slug", required=True),
        kind=record.required_one_of("kind", PlaceKind),
        name=record.both("name"),
        country=record.text("country"),
        latitude=record.number("latitude"),
        longitude=record.number("longitude"),
        reference_boundary=record.text("reference_boundary"),
        fields=tuple(fields),
        designations=tuple(designations),
        address=record.text("address"),
        note=record.text("note"),
    )


def read_sources(path: Path, problems: list[Problem]) -> tuple[list[Source], FileReconciliation]:
    document = Record(read_toml(path, problems), path.name, None)
    sources, fates = [], []
    for row, record in enumerate(document.tables("source"), start=1):
        record.row, record.problems = row, problems
        source = read_source(record, record.text("key", required=True))
        record.finish()
        sources.append(source)
        fates.append(RowFate(row, (Became(DraftKind.SOURCE, source.key),)))
    document.finish()
    problems += document.problems
    return sources, reconcile(path.name, fates, problems)


def read_source(record: Record, key: str) -> Source:
    """One ``[[source]]`` table under the key given."""
    source = Source(
        key=key,
        title=record.text("title", required=True),
        producer=record.text("producer"),
        address=record.text("address"),
        archived_address=record.text("archived_address"),
        published=record.text("published"),
        accessed=record.day("accessed"),
        licence=record.text("licence"),
        citation=record.text("citation"),
        interested_party=record.yes_no("interested_party"),
        verified=record.text("verified"),
        note=record.text("note"),
    )
    for name in ("address", "archived_address"):
        given = getattr(source, name)
        if given and not given.startswith(("http://", "https://")):
            record.problem("web_address", name, given=given)
    return source


def read_populations(
    path: Path, problems: list[Problem]
) -> tuple[list[Population], FileReconciliation | None]:
    if not path.exists():
        return [], None
    populations, fates = [], []
    for record in read_csv(path, POPULATION_COLUMNS, problems):
        record.problems = problems
        population = Population(
            record.text("place", required=True), record.text("boundary"),
            record.number("value", required=True) or 0.0, record.day("day"),
            record.one_of("precision", Precision, Precision.NONE), record.text("source"),
            record.one_of("qualifier", Qualifier, Qualifier.EQUAL).value,
        )  # fmt: skip
        record.finish()
        record.adopt(check_population(population))
        if (population.day is None) != (population.precision is Precision.NONE):
            record.problem("period_without_precision" if population.day else "precision_without_period")
        populations.append(population)
        became = Became(DraftKind.POPULATION, population.natural_key)
        fates.append(RowFate(record.row or 0, (became,)))
    return populations, reconcile(path.name, fates, problems)


def read_observations(
    path: Path, problems: list[Problem], catalogue: Catalogue | None
) -> tuple[list[Draft], FileReconciliation | None]:
    if not path.exists():
        return [], None
    drafts, fates = [], []
    required = ("indicator", "place", "source", "value", "unit", *PERIOD_COLUMNS)
    for record in read_csv(path, OBSERVATION_COLUMNS, problems, required):
        record.problems = problems
        draft = _read_draft(record)
        record.finish()
        indicator = catalogue.indicator(draft.indicator) if catalogue else None
        if indicator is not None:
            record.adopt([p for p in check(draft, indicator) if not p.code.startswith("period")])
        drafts.append(draft)
        fates.append(RowFate(record.row or 0, (Became(DraftKind.OBSERVATION, draft.natural_key),)))
    return drafts, reconcile(path.name, fates, problems)


def _read_draft(record: Record) -> Draft:
    return Draft(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        source=record.text("source", required=True),
        period=record.period(),
        value=record.number("value"),
        text=record.text("text"),
        text_language=record.text("text_language"),
        missing_reason=record.maybe_one_of("missing_reason", MissingReason),
        qualifier=record.one_of("qualifier", Qualifier, Qualifier.EQUAL),
        kind=record.one_of("kind", ObservationKind, ObservationKind.ACTUAL),
        unit=record.text("unit"),
        currency=record.text("currency"),
        numerator=record.number("numerator"),
        denominator=record.number("denominator"),
        low=record.number("low"),
        high=record.number("high"),
        disaggregation=record.text("disaggregation"),
        boundary=record.text("boundary"),
        method=record.text("method"),
        method_version=record.text("method_version"),
        status=record.one_of("status", ObservationStatus, ObservationStatus.FINAL),
        confidence=record.maybe_one_of("confidence", Confidence),
        confidence_reason=record.text("confidence_reason"),
        attribution=record.maybe_one_of("attribution", Attribution),
        attribution_reason=record.text("attribution_reason"),
        retrieved=record.day("retrieved"),
        flags=record.many("flags"),
        note=record.text("note"),
        claim=record.text("claim"),
    )


def read_activities(path: Path, problems: list[Problem]) -> tuple[list[Activity], FileReconciliation | None]:
    if not path.exists():
        return [], None
    activities, fates = [], []
    required = ("key", "kind", "place", "title_da", *PERIOD_COLUMNS)
    for record in read_csv(path, ACTIVITY_COLUMNS, problems, required):
        record.problems = problems
        activity = _read_activity(record)
        record.finish()
        record.adopt([p for p in check_record(activity) if p.field != "period"])
        activities.append(activity)
        fates.append(RowFate(record.row or 0, (Became(DraftKind.ACTIVITY, activity.key),)))
    return activities, reconcile(path.name, fates, problems)


def _read_activity(record: Record) -> Activity:
    texts = (
        "source", "organisation", "country", "language", "role", "direction", "outcome", "level", "currency",
        "tone", "attribution_reason", "primary_sdg", "mmr_section", "objective", "area_of_action", "same_as",
        "note",
    )  # fmt: skip
    plain: dict[str, Any] = {name: record.number(name) for name in AMOUNTS + COUNTS}
    plain |= {name: record.text(name) for name in texts}
    mechanisms = []
    for given in record.many("mechanisms"):
        if given in set(Mechanism):
            mechanisms.append(Mechanism(given))
        else:
            record.problem("not_one_of", "mechanisms", given=given, choices=", ".join(Mechanism))
    return Activity(
        key=record.text("key", required=True),
        kind=record.required_one_of("kind", ActivityKind),
        place=record.text("place", required=True),
        title=record.both("title"),
        description=record.both("description"),
        period=record.period(),
        state=record.one_of("state", ActivityState, ActivityState.DONE),
        names_designation=record.yes_no("names_designation"),
        paid=record.yes_no("paid"),
        joint_output=record.yes_no("joint_output"),
        attribution=record.maybe_one_of("attribution", Attribution),
        confidence=record.maybe_one_of("confidence", Confidence),
        mechanisms=tuple(mechanisms),
        partner_places=record.many("partner_places"),
        sdg_targets=record.many("sdg_targets"),
        culture2030=record.many("culture2030"),
        claims=record.many("claims"),
        **plain,
    )


def read_follow_ups(
    path: Path, problems: list[Problem]
) -> tuple[list[FollowUpAnswer], FileReconciliation | None]:
    """What became of won things after so many months (N20)."""
    if not path.exists():
        return [], None
    answers, fates = [], []
    for record in read_csv(path, FOLLOW_UP_COLUMNS, problems):
        record.problems = problems
        answer = FollowUpAnswer(
            record.text("activity", required=True), record.whole("months"),
            record.required_one_of("outcome", Persistence), record.text("note", required=True),
        )  # fmt: skip
        record.finish()
        if answer.months not in MONTHS:
            record.problem("follow_up_months", "months", given=answer.months)
        answers.append(answer)
        key = f"{answer.activity}/{answer.months}"
        fates.append(RowFate(record.row or 0, (Became(DraftKind.FOLLOW_UP, key),)))
    return answers, reconcile(path.name, fates, problems)
