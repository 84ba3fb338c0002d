"""Definitions as typed: each record is read back of its own texts, and each fault stands at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.config import DATA
from dashboard.domain.catalogue import Baseline, Designation, Indicator, Source, Target
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake import indicator_form, judgement_form, place_form
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.catalogue_files import ordered
from dashboard.intake.dataset import DataSet, read_folder
from dashboard.intake.definition_form import (
    in_other_words,
    plain,
    read_claim,
    read_source,
    typed_claim,
    typed_source,
)
from dashboard.intake.indicator_form import read_indicator, start_indicator, typed_indicator
from dashboard.intake.judgement_form import read_baseline, read_target, typed_judgement
from dashboard.intake.numbers import read_number
from dashboard.intake.place_form import (
    read_place,
    read_population,
    start_place,
    typed_place,
    typed_population,
)
from dashboard.intake.reference import read_reference
from tests.sample import ARTICLES, MONEY, SCORE, VIBORG

CATALOGUE = read_catalogue(DATA / "catalogue")
VIBORG_SOURCE = Source("x", "Årsrapport 2025")
DA = Translator("da")
spoken = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def datasets() -> list[DataSet]:
    return [read_reference(DATA / "reference", CATALOGUE), read_folder(DATA / "demo", CATALOGUE)]


@spoken
def test_every_indicator_and_claim_is_read_back_of_its_texts(language: str) -> None:
    t = Translator(language)
    for one in map(ordered, CATALOGUE.indicators):
        read = read_indicator(typed_indicator(one, t), t, one)
        assert (read.item, read.problems) == (one, ())
    for claim in CATALOGUE.claims:
        assert read_claim(typed_claim(claim, t), t).item == claim


@spoken
def test_every_place_population_and_source_is_read_back_of_its_texts(
    language: str, datasets: list[DataSet]
) -> None:
    t = Translator(language)
    for dataset in datasets:
        for place in dataset.places:
            read = read_place(typed_place(place, t), t, place)
            assert (read.item, read.problems) == (place, ())
        for population in dataset.populations:
            found = read_population(typed_population(population, t), t, population.place)
            assert (found.item.value, found.problems) == (population.value, ())
        for source in dataset.sources:
            typed = typed_source(source, t)
            assert replace(read_source(typed, t, lambda _: False).item, key=source.key) == source


@spoken
def test_every_baseline_and_target_is_read_back_of_its_texts(language: str, datasets: list[DataSet]) -> None:
    t = Translator(language)
    read = 0
    for dataset in datasets:
        for item in (*dataset.baselines, *dataset.targets):
            indicator = CATALOGUE.indicator(item.indicator)
            assert indicator is not None
            typed = typed_judgement(item, t)
            if isinstance(item, Baseline):
                assert read_baseline(typed, t, indicator, item.reason, item).item == item
            else:
                assert read_target(typed, t, indicator, item.reason, item).item == item
            read += 1
    assert read > 20


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_a_number_in_a_field_is_the_number(millionths: int, language: str) -> None:
    value, t = millionths / 10**6, Translator(language)
    assert read_number(plain(value, t), t) == value


def faults(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    for problem in problems:
        for language in LANGUAGES:
            assert "⟦" not in Translator(language)(f"problem.{problem.code}", **problem.params)
    return {(problem.code, problem.field) for problem in problems}


def of_indicator(one: Indicator = ARTICLES, **changes: Any) -> set[tuple[str, str]]:
    return faults(read_indicator(typed_indicator(one, DA) | changes, DA, one).problems)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name_en": " "}, ("english_missing", "name_en")),
        ({"definition_da": ""}, ("danish_missing", "definition_da")),
        ({"caveat_da": "Kun på dansk"}, ("english_missing", "caveat_en")),
        ({"code": "Artikler 1"}, ("code_form", "code")),
        ({"code": ""}, ("field_blank", "code")),
        ({"claim": ""}, ("field_blank", "claim")),
        ({"unit": ""}, ("field_blank", "unit")),
        ({"direction": ""}, ("field_blank", "direction")),
        ({"decimals": "7"}, ("decimals_range", "decimals")),
        ({"decimals": "halvanden"}, ("number_form", "decimals")),
        ({"minimum": "1.5"}, ("number_ambiguous", "minimum")),
        ({"minimum": "5", "maximum": "4"}, ("bounds_reversed", "minimum")),
        ({"next_due": "2027"}, ("day_form", "next_due")),
        ({"next_due": "12/31/2027"}, ("period_day_month", "next_due")),
        ({"next_review": "til foråret"}, ("period_form", "next_review")),
        ({"sdg_targets": "4.7, 18.1"}, ("sdg_target_form", "sdg_targets")),
        ({"contested": True}, ("contested_without_caveat", "caveat")),
        ({"name_da": "Artik\x00ler"}, ("text_unprintable", "name_da")),
    ],
)
def test_each_fault_of_an_indicator_stands_at_its_field(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert of_indicator(**changes) == {expected}


def test_all_faults_come_at_once() -> None:
    assert of_indicator(name_da="", decimals="x", next_due="snart") == {
        ("danish_missing", "name_da"), ("number_form", "decimals"), ("period_form", "next_due"),
    }  # fmt: skip


def test_a_new_form_tells_what_is_to_be_filled_in() -> None:
    found = faults(read_indicator(start_indicator("media"), DA).problems)
    assert ("danish_missing", "name_da") in found
    assert ("field_blank", "direction") in found
    assert ("field_blank", "claim") not in found


def test_the_steps_of_a_score_are_checked_row_by_row() -> None:
    rows = [
        {"value": "1", "da": "lidt", "en": ""},
        {"value": "", "da": "", "en": ""},
        {"value": "1", "da": "a", "en": "b"},
    ]
    assert of_indicator(SCORE, scale=rows) == {("english_missing", "scale.0.en"), ("listed_twice", "scale")}
    assert of_indicator(SCORE, scale=rows[2:]) == {("score_without_scale", "scale")}


def test_the_unit_follows_from_the_kind() -> None:
    typed = typed_indicator(ARTICLES, DA) | {"kind": "money", "unit": "articles"}
    assert read_indicator(typed, DA).item.unit == "currency"


def test_what_the_form_does_not_ask_stays() -> None:
    old = replace(MONEY, retired=True, valid_to=date(2030, 1, 1), version=7)
    assert read_indicator(typed_indicator(old, DA), DA, old).item == old


def test_what_was_typed_in_danish_is_read_in_english() -> None:
    typed = typed_indicator(replace(SCORE, maximum=2.5), DA) | {"minimum": "1.5"}
    english = Translator("en")
    moved = in_other_words(typed, indicator_form.NUMERIC, DA, english)
    assert (moved["maximum"], moved["minimum"]) == ("2.5", "1.5")
    assert moved["scale"] == typed_indicator(SCORE, english)["scale"]
    assert moved["name_da"] == typed["name_da"]


def of_place(**changes: Any) -> set[tuple[str, str]]:
    return faults(read_place(typed_place(VIBORG, DA) | changes, DA, VIBORG).problems)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"slug": "Viborg By"}, ("slug_form", "slug")),
        ({"slug": "v" * 81}, ("text_too_long", "slug")),
        ({"name_da": "", "name_en": ""}, ("name_required", "name_da")),
        ({"country": "Danmark"}, ("country_code", "country")),
        ({"longitude": ""}, ("coordinates", "latitude")),
        ({"latitude": "nord"}, ("number_form", "latitude")),
        ({"address": "viborg.dk"}, ("web_address", "address")),
        ({"fields": [{"valid_from": "2019"}]}, ("field_blank", "fields.0.field")),
        (
            {"fields": [{"field": "film", "valid_from": "2023", "valid_to": "2019"}]},
            ("validity_reversed", "fields.0.valid_to"),
        ),
        ({"designations": [{"event": "announced"}]}, ("field_blank", "designations.0.day")),
        (
            {"designations": [{"event": "announced", "day": "2019K3"}]},
            ("designation_precision", "designations.0.day"),
        ),
        ({"designations": [{"day": "2019"}]}, ("field_blank", "designations.0.event")),
    ],
)  # fmt: skip
def test_each_fault_of_a_place_stands_at_its_field(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in of_place(**changes)


def test_a_year_that_was_known_as_a_day_keeps_its_day() -> None:
    old = replace(VIBORG, designations=(Designation(date(2019, 7, 1), Precision.YEAR, "municipality"),))
    typed = typed_place(old, DA)
    assert typed["designations"][0]["day"] == "2019"
    typed["designations"][0] |= {"note": "Dekret"}
    (kept,) = read_place(typed, DA, old).item.designations
    assert (kept.day, kept.note) == (date(2019, 7, 1), "Dekret")


def test_the_fields_of_lyon_and_their_validity_are_typed_and_read(datasets: list[DataSet]) -> None:
    lyon = datasets[0].place("lyon")
    assert lyon is not None
    rows = typed_place(lyon, DA)["fields"]
    assert [(r["field"], r["valid_from"], r["valid_to"]) for r in rows] == [
        ("media_arts", "2008", "2023"), ("literature", "2023", ""),
    ]  # fmt: skip


def test_a_new_place_and_a_population_ask_for_what_they_need() -> None:
    assert faults(read_place(start_place(), DA).problems) >= {("field_blank", "slug")}
    empty = place_form.start_population()
    found = faults(read_population(empty, DA, "viborg").problems)
    assert found == {
        ("field_blank", "value"), ("boundary_required", "boundary"), ("source_required", "source"),
    }  # fmt: skip
    assert faults(read_population(empty | {"value": "-3"}, DA, "viborg").problems) >= {
        ("population_value", "value")
    }


@pytest.mark.parametrize(
    ("one", "changes", "expected"),
    [
        (ARTICLES, {"value": ""}, ("field_blank", "value")),
        (ARTICLES, {"value": "-1"}, ("below_minimum", "value")),
        (ARTICLES, {"value": "1.5"}, ("number_ambiguous", "value")),
        (ARTICLES, {"period": ""}, ("period_blank", "period")),
        (ARTICLES, {"period": "udateret"}, ("period_blank", "period")),
        (ARTICLES, {"period": "snart"}, ("period_form", "period")),
        (ARTICLES, {"place": ""}, ("field_blank", "place")),
        (MONEY, {"currency": ""}, ("field_blank", "currency")),
        (SCORE, {"value": "2,5"}, ("score_outside_scale", "value")),
    ],
)  # fmt: skip
def test_each_fault_of_a_target_stands_at_its_field(
    one: Indicator, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    typed = judgement_form.start_judgement("viborg", "DKK") | {"period": "2027", "value": "2"} | changes
    assert expected in faults(read_target(typed, DA, one, "Aftalt").problems)


def test_a_target_is_read_with_its_reason() -> None:
    typed = judgement_form.start_judgement("viborg", "DKK") | {"period": "2027", "value": "40", "final": True}
    read = read_target(typed, DA, ARTICLES, " Aftalt i udvalget ")
    assert read.problems == ()
    assert read.item == Target("press_articles", "viborg", Period.year(2027), 40, True, "Aftalt i udvalget")


def test_a_source_gets_a_key_of_its_own() -> None:
    typed = typed_source(VIBORG_SOURCE, DA)
    taken = {"aarsrapport-2025"}
    assert read_source(typed, DA, taken.__contains__).item.key == "aarsrapport-2025-2"
    assert faults(read_source(typed | {"title": "", "address": "x"}, DA, taken.__contains__).problems) == {
        ("field_blank", "title"), ("web_address", "address"),
    }  # fmt: skip


def test_any_text_is_read_without_an_accident() -> None:
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        texts = st.text(max_size=12)
        for start, read in (
            (typed_indicator(SCORE, DA), lambda typed: read_indicator(typed, DA)),
            (typed_place(VIBORG, DA), lambda typed: read_place(typed, DA, VIBORG)),
            (typed_claim(CATALOGUE.claims[0], DA), lambda typed: read_claim(typed, DA)),
        ):
            name = data.draw(st.sampled_from(sorted(start)))
            rows = [{c: data.draw(texts) for c in row} for row in start[name]] if _rows(start[name]) else None
            read(start | {name: rows if rows is not None else data.draw(texts)})

    tried()


def _rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, dict) for row in value)
