"""Claims, indicators, places and sources: the nouns that observations are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text

if TYPE_CHECKING:
    from dashboard.domain.bands import Bands


class IndicatorKind(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    PERCENTAGE = "percentage"
    YES_NO = "yes_no"
    SCORE = "score"
    NARRATIVE = "narrative"


class Direction(StrEnum):
    """Which way is good (F4, F5)."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NO_JUDGEMENT = "no_judgement"
    UNKNOWN = "unknown"

    @property
    def sign(self) -> int:
        """+1, -1, or 0 where nothing is judged."""
        return {"higher_is_better": 1, "lower_is_better": -1}.get(self.value, 0)


class Accumulation(StrEnum):
    PER_PERIOD = "per_period"
    RUNNING_TOTAL = "running_total"


class TimeAggregation(StrEnum):
    """How values of shorter periods make the value of a longer one."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    NONE = "none"


class Frequency(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    FOUR_YEARLY = "four_yearly"
    IRREGULAR = "irregular"


class ResultLevel(StrEnum):
    """The chain of IATI and AMEC from what is put in to what changes."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class PopulationBasis(StrEnum):
    """To what a count belongs when it is divided by inhabitants (`rules`, boundary)."""

    BOUNDARY = "boundary"
    HOST = "host"
    NONE = "none"


class PlaceKind(StrEnum):
    CITY = "city"
    MUNICIPALITY = "municipality"
    REGION = "region"
    COUNTRY = "country"
    NETWORK = "network"


class CreativeField(StrEnum):
    CRAFTS = "crafts_and_folk_art"
    DESIGN = "design"
    FILM = "film"
    GASTRONOMY = "gastronomy"
    LITERATURE = "literature"
    MEDIA_ARTS = "media_arts"
    MUSIC = "music"
    ARCHITECTURE = "architecture"


class RollupMeasure(StrEnum):
    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class ScaleStep:
    value: float
    text: Text


@dataclass(frozen=True, slots=True)
class Rollup:
    """How an indicator is made from the register of activities (F17), one value a calendar year."""

    activity_kinds: tuple[str, ...]
    measure: RollupMeasure
    field: str = ""
    where: tuple[tuple[str, str | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One benefit the city claims for its designation, in its own words."""

    id: str
    number: int
    name: Text
    quotation: Text
    shown_by: Text
    counter: Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure of a claim; `unit` is a code whose words are in the locale files under ``unit``."""

    code: str
    claims: tuple[str, ...]
    name: Text
    definition: Text
    rationale: Text
    method: Text
    limitations: Text
    kind: IndicatorKind
    unit: str
    decimals: int
    direction: Direction
    accumulation: Accumulation
    time_aggregation: TimeAggregation
    frequency: Frequency
    result_level: ResultLevel
    proxy: bool
    contested: bool
    comparable_over_time: bool
    comparable_between_places: bool
    population_basis: PopulationBasis
    caveat: Text = Text()
    amec_stage: str = ""
    sdg_targets: tuple[str, ...] = ()
    culture2030: tuple[str, ...] = ()
    owner: Text = Text()
    next_due: date | None = None
    next_review: date | None = None
    minimum: float | None = None
    maximum: float | None = None
    scale: tuple[ScaleStep, ...] = ()
    rollup: Rollup | None = None
    version: int = 1
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool = False

    @property
    def claim(self) -> str:
        """The primary claim."""
        return self.claims[0]

    @property
    def texts(self) -> dict[str, Text]:
        """The texts that must be complete in both languages."""
        return {
            name: getattr(self, name)
            for name in ("name", "definition", "rationale", "method", "limitations", "owner")
        }


@dataclass(frozen=True, slots=True)
class FieldMembership:
    """The creative field of a designation and when it held (Lyon changed in 2023)."""

    field: CreativeField
    valid_from: date | None
    valid_to: date | None
    precision: Precision
    source: str


@dataclass(frozen=True, slots=True)
class Designation:
    """When the title was given; a year-only date is drawn as a band (`rules`, conversions)."""

    day: date
    precision: Precision
    source: str
    note: str = ""
    event: str = "announced"


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants of a place within one boundary at one date; undated (`day` None) is illustrative only."""

    place: str
    boundary: str
    value: float
    day: date | None
    precision: Precision
    source: str
    qualifier: str = "="

    @property
    def natural_key(self) -> str:
        return "|".join((self.place, self.boundary, str(self.day or ""), self.source))


@dataclass(frozen=True, slots=True)
class Place:
    """A city, municipality, region, country or network. `slug` is lower-case ASCII."""

    slug: str
    kind: PlaceKind
    name: Text
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reference_boundary: str = ""
    fields: tuple[FieldMembership, ...] = ()
    designations: tuple[Designation, ...] = ()
    address: str = ""
    note: str = ""
    version: int = 1

    @property
    def designation(self) -> Designation | None:
        """The date that counts: the announcement, the most precise where there are several."""
        order = [Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.NONE]
        announced = [d for d in self.designations if d.event == "announced"]
        return min(announced, key=lambda d: (order.index(d.precision), d.day), default=None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written; `key` is stable and names it in files and addresses."""

    key: str
    title: str
    producer: str = ""
    address: str = ""
    archived_address: str = ""
    published: str = ""
    accessed: date | None = None
    licence: str = ""
    citation: str = ""
    interested_party: bool | None = None
    verified: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the value was before (F6); changed only with a reason."""

    indicator: str
    place: str
    period: Period
    value: float
    comment: str = ""
    reason: str = ""
    currency: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What the value should be (F7); `final` marks the last one of a series."""

    indicator: str
    place: str
    period: Period
    value: float
    final: bool = False
    reason: str = ""
    currency: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something that happened and may explain a movement (F49): drawn on the time axis.

    Without `place` it holds everywhere (the pandemic), without `indicator` for every indicator.
    """

    key: str
    kind: str
    period: Period
    text: Text
    place: str = ""
    indicator: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """From `day` on, values are not comparable with those before (F48)."""

    indicator: str
    place: str
    day: date
    kind: str
    text: Text
    source: str = ""


class ComparabilityGrade(StrEnum):
    """The comparability passport's result (N13)."""

    COMPARABLE = "comparable"
    WITH_CARE = "with_care"
    ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, slots=True)
class ComparabilityNote:
    indicator: str
    place: str
    grade: ComparabilityGrade
    text: Text


@dataclass(frozen=True, slots=True)
class Narrative:
    """Analysis and recommendation for a claim or indicator, in the language it was written (F54)."""

    subject: str
    period: Period
    language: str
    analysis: str
    recommendation: str = ""
    published: bool = True
    author: str = ""


@dataclass(frozen=True, slots=True)
class VocabularyCode:
    """A code of an outside vocabulary (F14), such as Culture|2030."""

    vocabulary: str
    code: str
    name: Text
    group: Text = Text()
    mapping: str = ""
    note: str = ""
    source: str = ""


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
CODE = re.compile(r"[a-z][a-z0-9_]{1,63}\Z")


def check_place(place: Place) -> list[Problem]:
    """Problems of a place: slug, name, coordinates, country."""
    problems = []
    if not SLUG.match(place.slug):
        problems.append(Problem("slug_form", "slug", params={"given": place.slug}))
    if not (place.name.da or place.name.en):
        problems.append(Problem("name_required", "name"))
    if place.country and not re.fullmatch(r"[A-Z]{2}", place.country):
        problems.append(Problem("country_code", "country", params={"given": place.country}))
    if (place.latitude is None) != (place.longitude is None) or not (
        -90 <= (place.latitude or 0) <= 90 and -180 <= (place.longitude or 0) <= 180
    ):
        problems.append(Problem("coordinates", "latitude"))
    return problems


def check_population(population: Population) -> list[Problem]:
    """Problems of a population: a number above zero, a boundary, a source."""
    problems = []
    if not 0 < population.value < 1e11:
        problems.append(Problem("population_value", "value", params={"given": population.value}))
    if not population.boundary:
        problems.append(Problem("boundary_required", "boundary"))
    if not population.source:
        problems.append(Problem("source_required", "source"))
    return problems


def check_indicator(indicator: Indicator) -> list[Problem]:
    """Problems of a catalogue entry; incomplete translations are problems too (F75)."""
    problems = []
    if not CODE.match(indicator.code):
        problems.append(Problem("code_form", "code", params={"given": indicator.code}))
    if not indicator.claims:
        problems.append(Problem("claim_required", "claims", params={"indicator": indicator.code}))
    for name, text in indicator.texts.items():
        if not text.complete:
            problems.append(
                Problem("translation_missing", name, params={"indicator": indicator.code, "field": name})
            )
    if indicator.kind is IndicatorKind.MONEY and indicator.unit != "currency":
        problems.append(Problem("money_without_currency", "unit"))
    if indicator.kind is IndicatorKind.SCORE and len(indicator.scale) < 2:
        problems.append(Problem("score_without_scale", "scale", params={"indicator": indicator.code}))
    if indicator.contested and not indicator.caveat.complete:
        problems.append(Problem("contested_without_caveat", "caveat", params={"indicator": indicator.code}))
    if (
        indicator.minimum is not None
        and indicator.maximum is not None
        and indicator.minimum > indicator.maximum
    ):
        problems.append(Problem("bounds_reversed", "minimum", params={"indicator": indicator.code}))
    return problems


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole set of definitions, as a folder of TOML files or a store holds it.

    `bands` are the limits of colours that files state with their indicators; the store keeps them apart.
    """

    claims: tuple[Claim, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    problems: tuple[Problem, ...] = ()
    bands: tuple[Bands, ...] = ()

    def indicator(self, code: str) -> Indicator | None:
        return next((i for i in self.indicators if i.code == code), None)

    def claim(self, id: str) -> Claim | None:
        return next((c for c in self.claims if c.id == id), None)

    def of_claim(self, id: str) -> tuple[Indicator, ...]:
        """The indicators of a claim, those that have it as primary first."""
        return tuple(i for i in self.indicators if i.claim == id) + tuple(
            i for i in self.indicators if id in i.claims[1:]
        )
