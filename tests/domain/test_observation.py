"""Every problem of a draft, shown by the smallest draft that has it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import observation
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.observation import (
    FRAME_COLUMNS,
    LIMITS,
    REALISED,
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    check,
)
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem, errors_of
from tests.sample import ARTICLES, INDICATORS, MONEY, SCORE, SHARE, STORY, articles

YES_NO = replace(ARTICLES, code="title_kept", kind=type(ARTICLES.kind).YES_NO, unit="yes_no", minimum=None)
PLAIN = {
    "press_articles": articles(12),
    "grants_received": articles(6e6, indicator="grants_received", unit="currency", currency="DKK"),
    "visitors_abroad_share": articles(34.5, indicator="visitors_abroad_share", unit="percent"),
    "partner_satisfaction": articles(2, indicator="partner_satisfaction", unit="points"),
    "council_story": articles(None, indicator="council_story", unit="", text="Byrådet lyttede"),
    "title_kept": articles(1, indicator="title_kept", unit="yes_no"),
}
MISSING = MissingReason.NOT_COLLECTED
NEW_YEAR, LAST_DAY = dt.date(2023, 1, 1), dt.date(2023, 12, 31)

WRONG: list[tuple[Indicator, dict[str, Any], set[tuple[str, str]]]] = [
    (ARTICLES, {"source": ""}, {("source_required", "source")}),
    (ARTICLES, {"place": ""}, {("place_required", "place")}),
    (ARTICLES, {"period": Period(LAST_DAY, NEW_YEAR, Precision.DAY)}, {("period_reversed", "period")}),
    (ARTICLES, {"period": Period(NEW_YEAR)}, {("period_without_precision", "period")}),
    (ARTICLES, {"period": Period(precision=Precision.YEAR)}, {("precision_without_period", "period")}),
    (ARTICLES, {"disaggregation": "abroad"}, {("disaggregation_form", "disaggregation")}),
    (ARTICLES, {"disaggregation": "origin=abroad\n"}, {("disaggregation_form", "disaggregation")}),
    (ARTICLES, {"claim": "funding"}, {("claim_not_served", "claim")}),
    (ARTICLES, {"flags": ("a;b",)}, {("flag_form", "flags")}),
    (ARTICLES, {"flags": ("",)}, {("flag_form", "flags")}),
    (ARTICLES, {"note": "nul\x00"}, {("text_unprintable", "note")}),
    (ARTICLES, {"note": "halv \ud800"}, {("text_unprintable", "note")}),
    (ARTICLES, {"boundary": "x" * 41}, {("text_too_long", "boundary")}),
    (ARTICLES, {"value": None}, {("value_or_reason", "value")}),
    (ARTICLES, {"missing_reason": MISSING}, {("value_or_reason", "value")}),
    (ARTICLES, {"value": 0.0, "missing_reason": MISSING}, {("value_or_reason", "value")}),
    (ARTICLES, {"value": None, "missing_reason": MISSING, "text": "dog"}, {("value_or_reason", "value")}),
    (STORY, {"text": "  "}, {("value_or_reason", "value")}),
    (STORY, {"missing_reason": MISSING}, {("value_or_reason", "value")}),
    (STORY, {"value": 3.0}, {("narrative_with_number", "value")}),
    (ARTICLES, {"value": math.nan}, {("number_impossible", "value")}),
    (ARTICLES, {"value": math.inf}, {("number_impossible", "value")}),
    (ARTICLES, {"value": 1e17}, {("number_impossible", "value")}),
    (ARTICLES, {"value": 10**400}, {("number_impossible", "value")}),
    (SHARE, {"numerator": math.nan, "denominator": 1.0}, {("number_impossible", "numerator")}),
    (ARTICLES, {"high": -math.inf}, {("number_impossible", "high")}),
    (ARTICLES, {"currency": "DKK"}, {("currency_with_unit", "currency")}),
    (MONEY, {"currency": ""}, {("currency_with_unit", "currency")}),
    (MONEY, {"currency": "kr"}, {("currency_code", "currency")}),
    (
        MONEY,
        {"unit": "articles", "currency": ""},
        {("money_without_currency", "currency"), ("unit_differs", "unit")},
    ),
    (YES_NO, {"value": 2.0}, {("yes_or_no", "value")}),
    (SCORE, {"value": 2.5}, {("score_outside_scale", "value")}),
    (SHARE, {"numerator": 1.0, "denominator": 0.0}, {("denominator_zero", "denominator")}),
    (
        SHARE,
        {"numerator": 1.0, "denominator": 1e-7},
        {("denominator_zero", "denominator"), ("percentage_not_derived", "value")},
    ),
    (SHARE, {"numerator": 1.0, "denominator": 3.0}, {("percentage_not_derived", "value")}),
    (SHARE, {"numerator": 1.0}, {("numerator_and_denominator", "numerator")}),
    (SHARE, {"denominator": 1.0}, {("numerator_and_denominator", "numerator")}),
    (
        SHARE,
        {"value": None, "missing_reason": MISSING, "numerator": 1.0},
        {("numerator_and_denominator", "numerator")},
    ),
    (SHARE, {"low": 35.0}, {("value_outside_interval", "low")}),
    (SHARE, {"high": 34.0}, {("value_outside_interval", "low")}),
    (
        SHARE,
        {"value": None, "missing_reason": MISSING, "low": 2.0, "high": 1.0},
        {("interval_reversed", "low")},
    ),
    (ARTICLES, {"value": -1.0}, {("below_minimum", "value")}),
    (SHARE, {"value": 100.5}, {("above_maximum", "value")}),
    (ARTICLES, {"unit": "persons"}, {("unit_differs", "unit")}),
]

RIGHT: list[tuple[Indicator, dict[str, Any]]] = [
    (ARTICLES, {"value": 0.0}),
    (ARTICLES, {"value": None, "missing_reason": MissingReason.NOT_APPLICABLE}),
    (ARTICLES, {"period": Period()}),
    (ARTICLES, {"period": Period.point(LAST_DAY)}),
    (ARTICLES, {"period": Period(NEW_YEAR, None, Precision.YEAR)}),
    (ARTICLES, {"period": Period.day(NEW_YEAR)}),
    (ARTICLES, {"disaggregation": "origin=abroad;sex=f"}),
    (ARTICLES, {"claim": "media"}),
    (ARTICLES, {"note": "linje\nto\tmed æøå og 🙂"}),
    (ARTICLES, {"flags": ("conflict:tucson-6m", "covid")}),
    (ARTICLES, {"boundary": "x" * 40}),
    (MONEY, {"claim": "media", "currency": "USD"}),
    (SHARE, {"value": 33.3, "numerator": 1.0, "denominator": 3.0}),
    (SHARE, {"low": 34.5, "high": 34.5}),
    (SHARE, {"value": 100.0}),
    (SHARE, {"value": None, "missing_reason": MISSING, "low": 1.0, "high": 2.0}),
    (YES_NO, {"value": 0.0}),
    (SCORE, {"value": 3.0}),
    (STORY, {}),
    (STORY, {"text": "", "missing_reason": MISSING}),
]


@pytest.mark.parametrize(("indicator", "change", "expected"), WRONG)
def test_what_is_wrong_is_found_and_nothing_else(
    indicator: Indicator, change: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    found = check(replace(PLAIN[indicator.code], **change), indicator)
    assert {(problem.code, problem.field) for problem in found} == expected


@pytest.mark.parametrize(("indicator", "change"), RIGHT)
def test_what_is_right_is_let_through(indicator: Indicator, change: dict[str, Any]) -> None:
    assert check(replace(PLAIN[indicator.code], **change), indicator) == []


def test_only_another_unit_is_a_warning() -> None:
    warnings = {
        problem.code
        for indicator, change, _ in WRONG
        for problem in check(replace(PLAIN[indicator.code], **change), indicator)
        if problem.severity == "warning"
    }
    assert warnings == {"unit_differs"}


def test_all_problems_are_found_at_once() -> None:
    draft = Draft("press_articles", "", "", Period(NEW_YEAR), -1.0, unit="currency", disaggregation="x")
    assert [problem.code for problem in check(draft, ARTICLES)] == [
        "source_required", "place_required", "period_without_precision", "disaggregation_form",
        "currency_with_unit", "below_minimum", "unit_differs",
    ]  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_a_text_may_fill_its_column_and_no_more(name: str) -> None:
    draft = articles(12, **{name: "x" * (LIMITS[name] + 1)})
    assert ("text_too_long", name) in {(p.code, p.field) for p in check(draft, ARTICLES)}
    draft = articles(12, **{name: "x" * LIMITS[name]})
    assert "text_too_long" not in {p.code for p in check(draft, ARTICLES)}


anything = st.text(st.characters())  # also halves of surrogate pairs and control characters
numbers = st.none() | st.floats() | st.integers() | st.sampled_from([10**400, -(10**400), 5e-324, 1e308])
dates = st.none() | st.dates()


@given(
    indicator=st.sampled_from([*INDICATORS, YES_NO]),
    draft=st.builds(
        Draft,
        indicator=anything, place=anything, source=anything,
        period=st.builds(Period, dates, dates, st.sampled_from(Precision)), value=numbers, text=anything,
        text_language=anything, missing_reason=st.none() | st.sampled_from(MissingReason),
        qualifier=st.sampled_from(Qualifier), kind=st.sampled_from(ObservationKind), unit=anything,
        currency=anything, numerator=numbers, denominator=numbers, low=numbers, high=numbers,
        disaggregation=anything, boundary=anything, method=anything, method_version=anything,
        status=st.sampled_from(ObservationStatus), confidence=st.none() | st.sampled_from(Confidence),
        confidence_reason=anything, attribution=st.none() | st.sampled_from(Attribution),
        attribution_reason=anything, retrieved=dates, flags=st.lists(anything).map(tuple), note=anything,
        claim=anything, based_on=st.none() | st.integers(),
    ),
)  # fmt: skip
def test_checking_never_raises(indicator: Indicator, draft: Draft) -> None:
    problems = check(draft, indicator)
    assert all(isinstance(problem, Problem) and problem.code for problem in problems)
    assert errors_of(problems) == [problem for problem in problems if problem.severity == "error"]


@given(
    indicator=st.sampled_from([i for i in INDICATORS if i.kind is IndicatorKind.NUMBER]),
    draft=st.builds(
        articles,
        numbers, place=st.sampled_from(["viborg", ""]), source=st.sampled_from(["newspaper", ""]),
        period=st.builds(Period, dates, dates, st.sampled_from(Precision)),
        unit=st.sampled_from(["articles", "", "currency"]), note=anything,
        disaggregation=st.sampled_from(["", "origin=abroad", "x"]), low=st.none() | st.just(3),
    ),
)  # fmt: skip
def test_the_quick_way_finds_nothing_only_where_there_is_nothing(indicator: Indicator, draft: Draft) -> None:
    quick = check(draft, indicator)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(observation, "_plain_number", lambda *_: False)
        assert quick == check(draft, indicator)


# -- the natural key -------------------------------------------------------------------------------

FACT: dict[str, Any] = {
    "indicator": "x", "place": "x", "source": "x", "period": Period(), "disaggregation": "x",
    "kind": ObservationKind.TARGET, "boundary": "x", "method": "x",
}  # fmt: skip


@pytest.mark.parametrize("name", FACT)
def test_each_part_of_the_natural_key_makes_another_fact(name: str) -> None:
    draft = articles(12)
    assert replace(draft, **{name: FACT[name]}).natural_key != draft.natural_key


def test_what_is_said_of_a_fact_does_not_change_the_fact() -> None:
    draft = articles(12)
    other = articles(
        13, note="x", flags=("x",), qualifier=Qualifier.MORE, status=ObservationStatus.REVISED,
        low=1, high=99,
        confidence=Confidence.ESTIMATE, claim="media", method_version="2", retrieved=NEW_YEAR, based_on=4,
    )  # fmt: skip
    assert other.natural_key == draft.natural_key
    assert other.content != draft.content
    assert replace(draft, based_on=9).content == draft.content


def test_the_parts_of_the_key_cannot_run_into_each_other() -> None:
    assert articles(1, place="a", disaggregation="b").natural_key != articles(1, place="ab").natural_key


def test_stores_keep_the_digests_that_were_made_before() -> None:
    """They are compared with those of a file: another way to make them would change every value."""
    draft = Draft(
        "press_articles", "viborg", "municipality", Period.quarter(2023, 2), 12, "ord", "da",
        MissingReason.NOT_COLLECTED, Qualifier.ABOUT, ObservationKind.TARGET, "articles", "DKK", 1, 2.5, 0.1,
        -3, "origin=abroad", "municipality", "optalt", "2", ObservationStatus.REVISED, Confidence.OWN_COUNT,
        "hvorfor", Attribution.A2, "derfor", dt.date(2024, 6, 1), ("a", "b"), "note", "media",
    )  # fmt: skip
    assert draft.content_digest == "b588fb8a692070c42574f6c47f9cb3f9"
    assert draft.natural_key == "dcf9dd9c73a0f86388ce71f4cd09c345"
    empty = Draft("press_articles", "viborg", "municipality")
    assert empty.content_digest == "17a978546e9ba0b0d0eaa7c2dcfcfb30"
    assert empty.natural_key == "e8be40eb98ac9fcb7da70e67fc30f3cf"


# -- small tables ----------------------------------------------------------------------------------


def test_statements_about_what_happened() -> None:
    planned = {kind.value for kind in set(ObservationKind) - REALISED}
    assert planned == {"target", "forecast", "ex_ante", "budget"}


def test_the_best_confidence_has_rank_nought() -> None:
    assert [grade.rank for grade in Confidence] == [0, 1, 2, 3, 4, 5]
    assert Confidence.AUDITED_RECORD.rank == 0


def test_the_codes_of_observation_status() -> None:
    assert {s.value: s.sdmx for s in ObservationStatus} == {
        "final": "A", "provisional": "P", "estimated": "E", "revised": "A",
    }  # fmt: skip


def test_the_frame_has_no_column_twice_and_plain_types() -> None:
    assert set(FRAME_COLUMNS.values()) == {"Int64", "str", "float64", "datetime64[us]", "bool"}


def test_a_problem_is_placed_at_a_row() -> None:
    problem = Problem("value_or_reason", "value", params={"given": 1})
    assert problem.at(7) == Problem("value_or_reason", "value", 7, "error", {"given": 1})
