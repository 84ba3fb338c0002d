"""Suggested places always come with their reasons."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.analysis.peers import REASONS, Peer, size_class, suggest
from dashboard.domain.catalogue import Claim, CreativeField, FieldMembership, Place, PlaceKind, Population
from dashboard.domain.period import Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import place_of


def city(slug: str, country: str, *fields: FieldMembership, kind: PlaceKind = PlaceKind.CITY) -> Place:
    return place_of(slug, reference_boundary="city", country=country, fields=fields, kind=kind)


def held(field: CreativeField, until: dt.date | None = None) -> FieldMembership:
    return FieldMembership(field, None, until, Precision.YEAR, "src")


MEDIA, DESIGN = held(CreativeField.MEDIA_ARTS), held(CreativeField.DESIGN)
VIBORG = city("viborg", "DK", MEDIA)
PLACES = [
    VIBORG, city("york", "GB", MEDIA), city("kolding", "DK", DESIGN), city("tucson", "US"),
    city("sapporo", "JP", MEDIA), city("modena", "IT"),
    city("lyon", "FR", held(CreativeField.MEDIA_ARTS, dt.date(2023, 1, 1))),
    city("denmark", "DK", kind=PlaceKind.COUNTRY),
]  # fmt: skip
PEOPLE = [
    Population(slug, "city", value, dt.date(2021, 1, 1), Precision.DAY, "src")
    for slug, value in [
        ("viborg", 97_731), ("york", 202_800), ("kolding", 92_000), ("sapporo", 1_973_832),
        ("modena", 184_732), ("lyon", 120_000), ("tucson", 542_629),
    ]
]  # fmt: skip
QUOTED = Claim("media", 6, Text(), Text("Tucson, Arizona har opgjort en PR-værdi", ""), Text(), Text())


def test_peers_come_with_their_reasons_the_named_first() -> None:
    assert suggest(VIBORG, PLACES, PEOPLE, [QUOTED]) == (
        Peer("tucson", ("named",)),
        Peer("kolding", ("same_size", "same_country")),
        Peer("york", ("same_field", "same_size")),
    )


def test_another_home_city_has_other_peers() -> None:
    assert suggest(PLACES[1], PLACES, PEOPLE) == (Peer("viborg", ("same_field", "same_size")),)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(49_999, "xs"), (50_000, "s_m"), (250_000, "l"), (999_999, "xl"), (1_000_000, "xxl")],
)
def test_size_classes_are_those_of_the_monitor(people: float, expected: str) -> None:
    population = Population("viborg", "city", people, None, Precision.NONE, "src")
    assert size_class(VIBORG, [population]) == expected


def test_the_size_is_that_of_the_latest_population_of_the_reference_boundary() -> None:
    later = Population("viborg", "city", 300_000, dt.date(2023, 1, 1), Precision.DAY, "src")
    wider = Population("viborg", "region", 2e6, dt.date(2024, 1, 1), Precision.DAY, "src")
    assert size_class(VIBORG, [*PEOPLE, later, wider]) == "l"
    assert size_class(city("hamar", "NO"), PEOPLE) == ""


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_reason_has_words(language: str) -> None:
    assert all(Translator(language).has(f"peer.{reason}") for reason in REASONS)
