"""Places and their populations as a person typed them, and as the texts of their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.domain.catalogue import (
    CreativeField,
    Designation,
    FieldMembership,
    Place,
    PlaceKind,
    Population,
    check_place,
    check_population,
)
from dashboard.domain.observation import Qualifier
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.definition_form import (
    FormReader,
    Read,
    Typed,
    plain,
    typed_both,
    typed_moment,
    web_address,
)
from dashboard.intake.folder import DESIGNATION_EVENTS

NUMERIC = ("latitude", "longitude")
POPULATION_NUMERIC = ("value",)
LONGEST_SLUG = 80
_COARSE = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)
_OF_DESIGNATION = (Precision.DAY, Precision.MONTH, Precision.YEAR)
Known = Mapping[str, Period]


def start_place() -> Typed:
    """The form of a place that is not there yet."""
    return typed_both("name", Text()) | {
        "slug": "", "kind": "city", "country": "", "latitude": "", "longitude": "",
        "reference_boundary": "", "address": "", "note": "", "fields": [], "designations": [],
    }  # fmt: skip


def typed_place(place: Place, t: Translator) -> Typed:
    """The texts of a place; a date is written as exactly as it is known."""
    return typed_both("name", place.name) | {
        "slug": place.slug,
        "kind": place.kind.value,
        "country": place.country,
        "latitude": plain(place.latitude, t),
        "longitude": plain(place.longitude, t),
        "reference_boundary": place.reference_boundary,
        "address": place.address,
        "note": place.note,
        "fields": [
            {
                "field": m.field.value,
                "valid_from": typed_moment(m.valid_from, m.precision, t),
                "valid_to": typed_moment(m.valid_to, m.precision, t),
                "source": m.source,
            }
            for m in place.fields
        ],
        "designations": [
            {"event": d.event, "day": typed_moment(d.day, d.precision, t), "source": d.source, "note": d.note}
            for d in place.designations
        ],
    }


def read_place(typed: Mapping[str, Any], t: Translator, before: Place | None = None) -> Read[Place]:
    """The place of the form. A year that was known as a day of that year keeps its day."""
    form = FormReader(typed, t)
    name = Text(form.text("name_da"), form.text("name_en"))
    place = Place(
        slug=form.text("slug", required=True, longest=LONGEST_SLUG),
        kind=form.one_of("kind", PlaceKind),
        name=name,
        country=form.text("country"),
        latitude=form.number("latitude"),
        longitude=form.number("longitude"),
        reference_boundary=form.text("reference_boundary"),
        fields=tuple(_memberships(form, before, t)),
        designations=tuple(_designations(form, before, t)),
        address=web_address(form, "address"),
        note=form.text("note"),
        version=before.version if before else 1,
    )
    where = {"name": "name_da"}
    blank = {problem.field for problem in form.problems}
    for problem in check_place(place):
        if problem.field not in blank:
            form.problem(problem.code, where.get(problem.field, problem.field), **problem.params)
    return Read(place, tuple(form.problems))


def _known(days: Sequence[tuple[date | None, Precision]], t: Translator) -> Known:
    """What the texts of the form meant when they were written."""
    return {
        typed_moment(day, precision, t): Period(day, day, precision) for day, precision in days if day
    }  # fmt: skip


def _memberships(form: FormReader, before: Place | None, t: Translator) -> list[FieldMembership]:
    there = before.fields if before else ()
    begun = _known([(m.valid_from, m.precision) for m in there], t)
    ended = _known([(m.valid_to, m.precision) for m in there], t)
    found = []
    for row in form.rows("fields"):
        first, last = row.when("valid_from", begun), row.when("valid_to", ended)
        begins, ends = first.start if first else None, last.end if last else None
        if begins and ends and ends < begins:
            row.problem("validity_reversed", "valid_to")
        given = [period.precision for period in (first, last) if period]
        precision = max(given, key=_COARSE.index, default=Precision.NONE)
        field = row.one_of("field", CreativeField)
        found.append(FieldMembership(field, begins, ends, precision, row.text("source")))
        form.adopt(row.problems)
    return found


def _designations(form: FormReader, before: Place | None, t: Translator) -> list[Designation]:
    known = _known([(d.day, d.precision) for d in before.designations] if before else [], t)
    found = []
    for row in form.rows("designations"):
        period = row.when("day", known)
        if not row.text("day"):
            row.problem("field_blank", "day")
        event = row.text("event")
        if event not in DESIGNATION_EVENTS:
            row.problem("field_blank", "event")
        if period is not None and period.precision not in _OF_DESIGNATION:
            row.problem("designation_precision", "day", given=row.text("day"))
        if period is not None and period.start is not None:
            source, note = row.text("source"), row.text("note")
            found.append(Designation(period.start, period.precision, source, note, event))
        form.adopt(row.problems)
    return found


def start_population() -> Typed:
    return {"boundary": "", "value": "", "qualifier": "=", "day": "", "source": ""}


def typed_population(population: Population, t: Translator) -> Typed:
    return {
        "boundary": population.boundary,
        "value": plain(population.value, t),
        "qualifier": population.qualifier,
        "day": typed_moment(population.day, population.precision, t),
        "source": population.source,
    }


def read_population(typed: Mapping[str, Any], t: Translator, place: str) -> Read[Population]:
    """A population of a place; without a day it is undated and illustrative only."""
    form = FormReader(typed, t)
    when = form.when("day")
    value = form.number("value", required=True)
    population = Population(
        place=place,
        boundary=form.text("boundary"),
        value=value if value is not None else 1.0,
        day=when.start if when else None,
        precision=when.precision if when else Precision.NONE,
        source=form.text("source"),
        qualifier=form.one_of("qualifier", Qualifier).value,
    )
    form.adopt(check_population(population))
    return Read(population, tuple(form.problems))
