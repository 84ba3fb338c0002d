"""Places, their fields, designations and populations, from three of the published files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made_of
from datetime import date
from pathlib import Path

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
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.intake.folder import read_place
from dashboard.intake.names import slug_of
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import Record, located, read_csv, read_toml
from dashboard.intake.reference.sources import SourceBook

CITY_COLUMNS = (
    "city", "country", "field", "designated_year", "population", "population_year", "source", "verified",
    "note",
)  # fmt: skip
MEMBER_COLUMNS = ("city", "field", "designated_year", "unesco_url", "source", "verified", "note")
POPULATION_COLUMNS = (
    "city", "geo_unit", "population", "reference_date", "qualifier", "source", "verified",
)  # fmt: skip
UNKNOWN = "unknown"
BOUNDARIES = {
    "municipality (kommune 791)": "municipality",
    "municipality": "municipality",
    "city (urban area)": "urban_area",
    "urban area": "urban_area",
    "wider urban area": "urban_area",
    "unitary authority": "unitary_authority",
    "city": "city",
    "city (prefecture-level)": "prefecture_level_city",
    "metropolitan area": "metropolitan_area",
    "metropolitan": "metropolitan_area",
    '"local population" (metropolitan)': "metropolitan_area",
    '"home to more than" (region)': "region",
    '"medium-sized city" (wider than the district)': "other",
    "municipality?": "other",
}
"""The published wordings of a population's area and their boundary codes; the wording stays in the note."""
_SOURCE_BOUNDARIES = (
    (re.compile(r"\(MUNICIPALITY\)"), "municipality"),
    (re.compile(r"\(unitary authority\)"), "unitary_authority"),
    (re.compile(r"Census \d{4}, city\)"), "city"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DESIGNATED = re.compile(r"\bdesignated (?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})\b")
_NO_SOURCE = "general knowledge"
UNVERIFIED = "unverified"
_GEONAMES_ID = re.compile(r", id (\d+)$")


@dataclass(frozen=True, slots=True)
class Cohort:
    """The day on which UNESCO announced the members of a year, and where that is said."""

    day: date
    precision: Precision
    source: str
    verified: str


@dataclass(slots=True)
class _Draft:
    """What is known of a place so far."""

    slug: str
    name: str
    country: str = ""
    field: CreativeField | None = None
    field_source: str = ""
    designations: list[Designation] = made_of(default_factory=list)
    notes: list[str] = made_of(default_factory=list)
    address: str = ""


class PlaceBook:
    """Collects the places while the files are read; `slug` resolves a published name."""

    def __init__(self, path: Path, sources: SourceBook, problems: list[Problem]) -> None:
        self._sources = sources
        self._problems = problems
        self._told: dict[str, Place] = {}
        self._alias: dict[str, str] = {}
        self._hosts: dict[str, tuple[str, ...]] = {}
        self._drafts: dict[str, _Draft] = {}
        self.populations: list[Population] = []
        document = Record(read_toml(path, problems), path.name, None)
        for row, record in enumerate(document.tables("place"), start=1):
            record.row, record.problems = row, problems
            published = record.many("published")
            place = read_place(record)
            record.finish()
            self._told[place.slug] = self._with_source_keys(place)
            for name in (*published, place.name.en):
                self._alias[name] = place.slug
        for record in document.tables("host"):
            record.problems = problems
            self._hosts[record.text("text", required=True)] = record.many("places")
            record.finish()
        document.finish()
        problems += document.problems

    def _with_source_keys(self, place: Place) -> Place:
        """``places.toml`` names its sources by the published text; the domain wants keys."""
        return replace(
            place,
            fields=tuple(replace(f, source=self._sources.key(f.source)) for f in place.fields),
            designations=tuple(replace(d, source=self._sources.key(d.source)) for d in place.designations),
        )

    def slug(self, name: str) -> str | None:
        """The slug of a published name; None for a place that no file and no table tells of."""
        slug = self._alias.get(name) or slug_of(name)
        return slug if slug in self._drafts or slug in self._told else None

    def known(self, name: str, record: Record) -> str:
        slug = self.slug(name)
        if slug is None:
            record.problem("place_unknown", "city", given=name)
        return slug or slug_of(name)

    def name(self, slug: str) -> Text:
        return self._place(slug).name

    def kind(self, slug: str) -> PlaceKind:
        return self._told[slug].kind if slug in self._told else PlaceKind.CITY

    def hosts(self, text: str, record: Record) -> tuple[str, ...]:
        """The places of a conference's host column, several where it names several."""
        if text in self._hosts:
            return self._hosts[text]
        return (self.known(text, record),)

    def note_country(self, slug: str, country: str) -> None:
        """The host's country, where no other file gave one."""
        draft = self._drafts.get(slug)
        if draft is not None and not draft.country and re.fullmatch(r"[A-Z]{2}", country):
            draft.country = country

    def announced(self, slug: str) -> Designation | None:
        """The designation that counts, the most exact of those found."""
        return self._place(slug).designation

    # -- reading ---------------------------------------------------------------------------------

    def read_cities(self, path: Path, cohorts: Mapping[int, Cohort]) -> FileReconciliation:
        fates = []
        for record in read_csv(path, CITY_COLUMNS, self._problems):
            record.problems = self._problems
            designation_text, _, population_text = record.text("source").partition(" | ")
            designation_text = designation_text.removeprefix("designation: ")
            population_text = population_text.removeprefix("population: ")
            verified = record.text("verified")
            draft = self._draft(record.text("city", required=True))
            draft.country = record.text("country")
            note = record.text("note")
            geonames = _GEONAMES_ID.search(population_text)
            population_text = _GEONAMES_ID.sub("", population_text)
            draft.notes += [text for text in (note, f"GeoNames {geonames[1]}" if geonames else "") if text]
            source = self._sources.key(designation_text, verified)
            became = [Became(DraftKind.PLACE, draft.slug)]
            became += self._field(draft, record, source)
            became += self._designate(draft, record, source, note, verified, cohorts)
            value, year = record.number("population"), record.whole("population_year")
            if value is not None:
                boundary = next((b for p, b in _SOURCE_BOUNDARIES if p.search(population_text)), UNKNOWN)
                day = date(year, 1, 1) if year else None
                precision = Precision.YEAR if year else Precision.NONE
                counted = self._sources.key(population_text, "verified")
                became.append(self._populate(record, draft.slug, boundary, value, day, precision, counted))
            record.finish()
            fates.append(RowFate(record.row or 0, tuple(became)))
        return reconcile(path.name, fates, self._problems)

    def read_members(self, path: Path, cohorts: Mapping[int, Cohort]) -> FileReconciliation:
        fates = []
        for record in read_csv(path, MEMBER_COLUMNS, self._problems):
            record.problems = self._problems
            list_text, _, year_text = record.text("source").partition(" | ")
            verified = record.text("verified")
            draft = self._draft(record.text("city", required=True))
            draft.address = record.text("unesco_url")
            if note := record.text("note"):
                draft.notes.append(note)
            became = [Became(DraftKind.PLACE, draft.slug)]
            became += self._field(draft, record, self._sources.key(list_text, verified))
            year_text = year_text.removeprefix("year: ")
            told = UNVERIFIED if year_text.startswith(_NO_SOURCE) else verified
            year_source = self._sources.key(year_text, told)
            became += self._designate(draft, record, year_source, "", told, cohorts)
            record.finish()
            fates.append(RowFate(record.row or 0, tuple(became)))
        return reconcile(path.name, fates, self._problems)

    def read_populations(self, path: Path) -> FileReconciliation:
        fates = []
        for record in read_csv(path, POPULATION_COLUMNS, self._problems):
            record.problems = self._problems
            slug = self.known(record.text("city", required=True), record)
            unit = record.text("geo_unit", required=True)
            boundary = BOUNDARIES.get(unit, UNKNOWN)
            if unit not in BOUNDARIES:
                record.problem("boundary_unknown", "geo_unit", given=unit)
            if unit != boundary.replace("_", " ") and slug in self._drafts:
                self._drafts[slug].notes.append(f"boundary {boundary} as published: {unit}")
            given = record.text("reference_date")
            if re.fullmatch(r"\d{4}", given):
                day: date | None = date(int(given), 1, 1)
                precision = Precision.YEAR
            else:
                day = record.day("reference_date")
                precision = Precision.DAY if day else Precision.NONE
            qualifier = record.one_of("qualifier", Qualifier, Qualifier.EQUAL)
            value = record.number("population", required=True)
            source = self._sources.key(record.text("source"), record.text("verified"))
            became: tuple[Became, ...] = ()
            if value is not None:
                became = (self._populate(record, slug, boundary, value, day, precision, source, qualifier),)
            record.finish()
            fates.append(RowFate(record.row or 0, became))
        return reconcile(path.name, fates, self._problems)

    def _draft(self, name: str) -> _Draft:
        slug = self._alias.get(name) or slug_of(name)
        draft = self._drafts.setdefault(slug, _Draft(slug, name))
        if slug_of(draft.name) != slug_of(name) and slug not in self._told:
            problem = Problem("key_twice", params={"given": slug})
            self._problems.append(located(problem, "places.toml", None))
        return draft

    def _field(self, draft: _Draft, record: Record, source: str) -> list[Became]:
        """The field as published; the list that comes later does not overrule the first one."""
        code = slug_of(record.text("field")).replace("-", "_")
        if code not in set(CreativeField):
            record.problem("not_one_of", "field", given=code, choices=", ".join(CreativeField))
            return []
        if draft.field is None:
            draft.field, draft.field_source = CreativeField(code), source
        elif draft.field != code and not self._told_fields(draft.slug):
            record.problem("field_changed", "field", given=code, before=draft.field)
        return [Became(DraftKind.FIELD, f"{draft.slug}/{code}")]

    def _told_fields(self, slug: str) -> bool:
        return slug in self._told and bool(self._told[slug].fields)

    def _designate(
        self, draft: _Draft, record: Record, source: str, note: str, verified: str,
        cohorts: Mapping[int, Cohort],
    ) -> list[Became]:  # fmt: skip
        """The designation that the row gives, and the day of its cohort's announcement where that is known.

        A year that is itself unverified gets no day; neither does a year in which nothing was announced.
        """
        year = record.whole("designated_year")
        if not year:
            return []
        day, precision = date(year, 1, 1), Precision.YEAR
        exact = _DESIGNATED.search(note)
        if exact is not None and int(exact[3]) == year and exact[2][:3].lower() in _MONTHS:
            day = date(year, _MONTHS.index(exact[2][:3].lower()) + 1, int(exact[1] or 1))
            precision = Precision.DAY if exact[1] else Precision.MONTH
        text = note if verified == "verified" else f"{verified}: {note}".strip(": ")
        found = [Designation(day, precision, source, text)]
        cohort = cohorts.get(year)
        if cohort is not None and verified == "verified":
            key = self._sources.key(cohort.source, cohort.verified)
            announced = f"announcement of the {year} cohort"
            found.append(Designation(cohort.day, cohort.precision, key, announced))
        there = {(d.day, d.precision, d.source) for d in draft.designations}
        draft.designations += [d for d in found if (d.day, d.precision, d.source) not in there]
        return [
            Became(DraftKind.DESIGNATION, f"{draft.slug}/{d.day}/{d.precision}/{d.source}") for d in found
        ]

    def _populate(
        self, record: Record, slug: str, boundary: str, value: float, day: date | None, precision: Precision,
        source: str, qualifier: Qualifier = Qualifier.EQUAL,
    ) -> Became:  # fmt: skip
        population = Population(slug, boundary, value, day, precision, source, qualifier.value)
        record.adopt(check_population(population))
        self.populations.append(population)
        return Became(DraftKind.POPULATION, population.natural_key)

    # -- the result ------------------------------------------------------------------------------

    def places(self) -> tuple[Place, ...]:
        """All places, by slug."""
        places = tuple(self._place(slug) for slug in sorted({*self._drafts, *self._told}))
        for place in places:
            self._problems += [located(problem, "places.toml", None) for problem in check_place(place)]
        return places

    def _place(self, slug: str) -> Place:
        draft, told = self._drafts.get(slug), self._told.get(slug)
        if draft is None:
            return told or Place(slug, PlaceKind.CITY, Text())
        designations = (*draft.designations, *(told.designations if told else ()))
        place = Place(
            slug=slug, kind=PlaceKind.CITY, name=Text(draft.name, draft.name), country=draft.country,
            reference_boundary=self._reference_boundary(slug), designations=designations,
            address=draft.address, note="; ".join(dict.fromkeys(draft.notes)),
        )  # fmt: skip
        first = place.designation
        if draft.field is not None:
            start = (first.day, first.precision) if first else (None, Precision.NONE)
            place = replace(
                place, fields=(FieldMembership(draft.field, start[0], None, start[1], draft.field_source),)
            )
        if told is None:
            return place
        return replace(
            place,
            kind=told.kind,
            name=told.name if told.name.complete else place.name,
            country=told.country or place.country,
            latitude=told.latitude,
            longitude=told.longitude,
            reference_boundary=told.reference_boundary or place.reference_boundary,
            fields=told.fields or place.fields,
            address=told.address or place.address,
            note="; ".join(text for text in (place.note, told.note) if text),
        )

    def _reference_boundary(self, slug: str) -> str:
        """The boundary of the latest dated population; else a stated one, the city first; else unknown."""
        own = [population for population in self.populations if population.place == slug]
        dated = [(p.day, p.boundary) for p in own if p.day is not None]
        if dated:
            return max(dated)[1]
        stated = [p.boundary for p in own if p.boundary not in (UNKNOWN, "other")]
        if stated:
            return next((b for b in ("municipality", "city") if b in stated), stated[0])
        return UNKNOWN if own else ""
