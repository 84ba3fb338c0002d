"""A small city for the tests: two claims, five indicators of several kinds, three places, two sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from dashboard.domain.catalogue import (
    Accumulation,
    Claim,
    CreativeField,
    Designation,
    Direction,
    FieldMembership,
    Frequency,
    Indicator,
    IndicatorKind,
    Place,
    PlaceKind,
    Population,
    PopulationBasis,
    ResultLevel,
    Rollup,
    RollupMeasure,
    ScaleStep,
    Source,
    TimeAggregation,
)
from dashboard.domain.observation import Draft
from dashboard.domain.period import Period, Precision
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.store.commands import (
    define_claims,
    define_indicators,
    define_places,
    define_populations,
    define_sources,
)
from dashboard.store.lifecycle import create_store
from dashboard.store.work import unit_of_work

READER = Actor("reader@example.org", "Rikke Reader", frozenset({Role.READER}))
ANALYST = Actor("analyst@example.org", "Anders Analyst", frozenset({Role.ANALYST}))
APPROVER = Actor("approver@example.org", "Anna Approver", frozenset({Role.APPROVER}))

CLAIMS = (
    Claim(
        "media", 1, Text("Presse", "Media"), Text("Vi får mere omtale", "We get more coverage"),
        Text("Artikler", "Articles"), Text("Ingen artikler", "No articles"),
    ),
    Claim(
        "funding", 2, Text("Midler", "Funding"), Text("Vi henter midler", "We raise money"),
        Text("Tilskud", "Grants"), Text("Ingen tilskud", "No grants"),
    ),
)  # fmt: skip

_BOTH = Text("Ord på dansk", "Words in English")

ARTICLES = Indicator(
    code="press_articles", claims=("media",), name=Text("Artikler", "Articles"), definition=_BOTH,
    rationale=_BOTH, method=_BOTH, limitations=_BOTH, owner=_BOTH, kind=IndicatorKind.NUMBER,
    unit="articles", decimals=0, direction=Direction.HIGHER_IS_BETTER,
    accumulation=Accumulation.PER_PERIOD, time_aggregation=TimeAggregation.SUM,
    frequency=Frequency.ANNUAL, result_level=ResultLevel.OUTPUT, proxy=True, contested=False,
    comparable_over_time=True, comparable_between_places=False, population_basis=PopulationBasis.HOST,
    sdg_targets=("4.7", "11.4"), culture2030=("C1", "C3"), minimum=0,
)  # fmt: skip
MONEY = replace(
    ARTICLES, code="grants_received", claims=("funding", "media"), name=Text("Tilskud", "Grants"),
    kind=IndicatorKind.MONEY, unit="currency", proxy=False, contested=True, caveat=_BOTH,
    amec_stage="outcome", result_level=ResultLevel.OUTCOME, sdg_targets=(), culture2030=(),
    next_due=date(2026, 3, 1), next_review=date(2027, 3, 1), valid_from=date(2019, 10, 30),
    rollup=Rollup(("grant",), RollupMeasure.SUM, "amount_received", (("paid", True), ("state", "done"))),
)  # fmt: skip
SHARE = replace(
    ARTICLES, code="visitors_abroad_share", claims=("media",), name=Text("Andel", "Share"),
    kind=IndicatorKind.PERCENTAGE, unit="percent", decimals=1, time_aggregation=TimeAggregation.NONE,
    population_basis=PopulationBasis.NONE, minimum=0, maximum=100,
)  # fmt: skip
SCORE = replace(
    ARTICLES, code="partner_satisfaction", claims=("funding",), name=Text("Tilfredshed", "Satisfaction"),
    kind=IndicatorKind.SCORE, unit="points", accumulation=Accumulation.RUNNING_TOTAL, minimum=1, maximum=3,
    scale=tuple(ScaleStep(n, Text(f"trin {n}", f"step {n}")) for n in (1, 2, 3)),
)  # fmt: skip
STORY = replace(
    ARTICLES, code="council_story", claims=("funding",), name=Text("Fortælling", "Story"),
    kind=IndicatorKind.NARRATIVE, unit="text", minimum=None, frequency=Frequency.IRREGULAR,
    direction=Direction.NO_JUDGEMENT, retired=True, valid_to=date(2030, 12, 31),
)  # fmt: skip
INDICATORS = (ARTICLES, MONEY, SHARE, SCORE, STORY)

SOURCES = (
    Source(
        "municipality", "Viborg Kommunes egen opgørelse", "Viborg Kommune", "https://viborg.dk/animation",
        "https://archive.org/viborg", "2024-05", date(2024, 6, 1), "CC BY 4.0", "Viborg (2024)", True,
        "yes", "Optalt i hånden",
    ),
    Source("newspaper", "Folkebladet", interested_party=False),
)  # fmt: skip

VIBORG = Place(
    slug="viborg", kind=PlaceKind.MUNICIPALITY, name=Text("Viborg", "Viborg"), country="DK",
    latitude=56.4532, longitude=9.402, reference_boundary="municipality",
    fields=(
        FieldMembership(
            CreativeField.FILM, date(2019, 10, 30), date(2023, 6, 30), Precision.DAY, "municipality"
        ),
        FieldMembership(CreativeField.MEDIA_ARTS, date(2023, 7, 1), None, Precision.MONTH, ""),
    ),
    designations=(
        Designation(date(2019, 10, 30), Precision.DAY, "municipality", "Dekret", "announced"),
        Designation(date(2019, 11, 27), Precision.MONTH, "", "", "celebrated"),
    ),
    address="https://viborg.dk", note="Hjemby",
)  # fmt: skip
TUCSON = Place(
    slug="tucson", kind=PlaceKind.CITY, name=Text("Tucson", "Tucson"), country="US", latitude=32.22,
    longitude=-110.97, reference_boundary="city",
    designations=(Designation(date(2015, 12, 11), Precision.DAY, "newspaper"),),
)  # fmt: skip
NETWORK = Place(slug="creative-cities", kind=PlaceKind.NETWORK, name=Text("Netværket", "The network"))
PLACES = (VIBORG, TUCSON, NETWORK)

POPULATIONS = (
    Population("tucson", "city", 542_629, date(2020, 4, 1), Precision.DAY, "newspaper"),
    Population("viborg", "municipality", 96_921, date(2020, 1, 1), Precision.DAY, "municipality"),
    Population("viborg", "municipality", 97_610, date(2024, 1, 1), Precision.DAY, "municipality", "~"),
    Population("viborg", "urban_area", 41_239.5, None, Precision.NONE, "newspaper"),
)


def articles(value: float | None = 12, **changes: object) -> Draft:
    """A correct draft: articles about Viborg in 2023, by the municipality's own count."""
    plain = Draft(
        indicator="press_articles", place="viborg", source="municipality", period=Period.year(2023),
        value=value, unit="articles", boundary="municipality",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def fill(engine: Engine, kind: str = "real") -> None:
    """Make the store of the small city: its definitions, without any observation."""
    create_store(engine, kind, "viborg", Text("Viborg", "Viborg"))
    with unit_of_work(engine, APPROVER, "test", store_kind=kind) as work:
        define_sources(work, SOURCES)
        define_claims(work, CLAIMS)
        define_indicators(work, INDICATORS)
        define_places(work, PLACES)
        define_populations(work, POPULATIONS)
