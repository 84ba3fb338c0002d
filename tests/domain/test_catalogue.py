"""Claims, indicators and places: what is wrong with them, and what follows from them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest

from dashboard.domain.catalogue import (
    CODE,
    SLUG,
    Catalogue,
    Designation,
    Direction,
    IndicatorKind,
    check_indicator,
    check_place,
    check_population,
)
from dashboard.domain.period import Precision
from dashboard.domain.text import Text, check_texts
from tests.sample import ARTICLES, CLAIMS, INDICATORS, MONEY, PLACES, POPULATIONS, SCORE, TUCSON, VIBORG


def test_the_small_city_is_sound() -> None:
    assert [p for i in INDICATORS for p in check_indicator(i)] == []
    assert [p for place in PLACES for p in check_place(place)] == []
    assert [p for population in POPULATIONS for p in check_population(population)] == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"code": "Articles"}, "code_form", "code"),
        ({"code": "press_articles\n"}, "code_form", "code"),
        ({"claims": ()}, "claim_required", "claims"),
        ({"name": Text("kun dansk")}, "translation_missing", "name"),
        ({"owner": Text()}, "translation_missing", "owner"),
        ({"kind": IndicatorKind.MONEY}, "money_without_currency", "unit"),
        ({"kind": IndicatorKind.SCORE}, "score_without_scale", "scale"),
        ({"kind": IndicatorKind.SCORE, "scale": SCORE.scale[:1]}, "score_without_scale", "scale"),
        ({"contested": True}, "contested_without_caveat", "caveat"),
        ({"contested": True, "caveat": Text("kun dansk")}, "contested_without_caveat", "caveat"),
        ({"minimum": 2.0, "maximum": 1.0}, "bounds_reversed", "minimum"),
    ],
)
def test_problems_of_an_indicator(change: dict[str, Any], code: str, field: str) -> None:
    assert [(p.code, p.field) for p in check_indicator(replace(ARTICLES, **change))] == [(code, field)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"slug": "Østersund"}, "slug_form"),
        ({"slug": "tucson\n"}, "slug_form"),
        ({"slug": ""}, "slug_form"),
        ({"name": Text()}, "name_required"),
        ({"country": "USA"}, "country_code"),
        ({"latitude": None}, "coordinates"),
        ({"latitude": 90.1}, "coordinates"),
        ({"longitude": -180.1}, "coordinates"),
        ({"latitude": math.nan}, "coordinates"),
    ],
)
def test_problems_of_a_place(change: dict[str, Any], code: str) -> None:
    assert [p.code for p in check_place(replace(TUCSON, **change))] == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": 0}, "population_value"), ({"value": -5}, "population_value"),
        ({"value": math.nan}, "population_value"), ({"value": 1e11}, "population_value"),
        ({"boundary": ""}, "boundary_required"), ({"source": ""}, "source_required"),
    ],
)  # fmt: skip
def test_problems_of_a_population(change: dict[str, Any], code: str) -> None:
    assert [p.code for p in check_population(replace(POPULATIONS[0], **change))] == [code]


@pytest.mark.parametrize("word", ["viborg", "san-antonio", "2024", "a-1-b"])
def test_slugs(word: str) -> None:
    assert SLUG.match(word)


@pytest.mark.parametrize("word", ["", "-a", "a-", "a--b", "a_b", "A", "å", "a b", "a\n"])
def test_no_slugs(word: str) -> None:
    assert not SLUG.match(word)


@pytest.mark.parametrize("word", ["", "a", "1a", "a-b", "A", "a" * 65, "ab\n", " ab"])
def test_no_codes(word: str) -> None:
    assert not CODE.match(word)


def test_directions_have_signs() -> None:
    assert {d.value: d.sign for d in Direction} == {
        "higher_is_better": 1, "lower_is_better": -1, "no_judgement": 0, "unknown": 0,
    }  # fmt: skip


def test_the_designation_that_counts_is_the_most_precise_announcement() -> None:
    day, year = dt.date(2019, 10, 30), dt.date(2019, 1, 1)
    announced = Designation(day, Precision.DAY, "x")
    vague = Designation(year, Precision.YEAR, "x")
    party = Designation(dt.date(2018, 1, 1), Precision.DAY, "x", event="celebrated")
    assert replace(VIBORG, designations=(party, vague, announced)).designation == announced
    assert replace(VIBORG, designations=(party, vague)).designation == vague
    assert replace(VIBORG, designations=(party,)).designation is None


def test_a_catalogue_finds_its_things() -> None:
    catalogue = Catalogue(CLAIMS, INDICATORS)
    assert catalogue.indicator("grants_received") == MONEY
    assert catalogue.indicator("unheard_of") is None
    assert catalogue.claim("media") == CLAIMS[0]
    assert catalogue.claim("happiness") is None
    assert [i.code for i in catalogue.of_claim("media")] == [
        "press_articles", "visitors_abroad_share", "grants_received",
    ]  # fmt: skip


def test_texts_in_two_languages() -> None:
    assert Text.of({"da": " ord ", "en": None}) == Text("ord", "")
    assert Text.of("ord") == Text.of(None) == Text()
    assert [Text("a", "b").complete, Text("a").complete, Text("", "b").complete] == [True, False, False]


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85", "\ud83d"])
def test_signs_that_cannot_be_shown_are_found_in_both_languages(sign: str) -> None:
    for text in (Text(f"a{sign}", "b"), Text("a", f"{sign}b")):
        problems = check_texts(replace(ARTICLES, name=text), ["name"], {})
        assert [(p.code, p.field) for p in problems] == [("text_unprintable", "name")]
