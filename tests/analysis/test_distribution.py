"""Standing among others: words only by interval, ranks only with theirs, illustrative values outside."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from dashboard.analysis.distribution import Distribution, distribution, wilson
from dashboard.analysis.normalise import View, normalise
from dashboard.domain.catalogue import ComparabilityGrade, ComparabilityNote, Direction, IndicatorKind
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from tests.analysis.literals import frame_of, indicator_of

VISITS = indicator_of()


def among(*rows: dict[str, object], **options: object) -> Distribution:
    indicator = options.pop("indicator", VISITS)
    notes = options.pop("notes", ())
    made = normalise(frame_of(*rows), indicator, View(), {}, notes=notes)
    return distribution(made, indicator, "viborg", **options)


def value(place: str, number: float, low: float | None = None, high: float | None = None, **more: object):
    bounds = {"low": low, "high": high} if low is not None else {}
    return {"place": place, "year": 2023, "value": number} | bounds | more


def test_the_words_need_two_intervals_that_do_not_meet() -> None:
    found = among(
        value("viborg", 50, 45, 55), value("a", 70, 60, 80), value("b", 52, 48, 56), value("c", 10, 5, 44),
        value("d", 90), value("e", 60, 55, 65),
    )  # fmt: skip
    assert [(p.place, p.standing) for p in found.places] == [
        ("d", "cannot_say"), ("a", "better"), ("e", "similar"), ("b", "similar"), ("viborg", "home"),
        ("c", "worse"),
    ]  # fmt: skip
    assert (found.others, found.lower, found.rank) == (5, 1, (2, 5))


def test_less_is_better_where_the_indicator_says_so_and_without_a_direction_nothing_is() -> None:
    rows = [value("viborg", 50, 45, 55), value("a", 70, 60, 80)]
    rows += [value(slug, 2, 1, 3) for slug in "bcde"]
    turned = among(*rows, indicator=indicator_of(direction=Direction.LOWER_IS_BETTER))
    assert {p.place: p.standing for p in turned.places}["a"] == "worse"
    assert turned.rank == (5, 5)
    unjudged = among(*rows, indicator=indicator_of(direction=Direction.NO_JUDGEMENT))
    assert {p.standing for p in unjudged.places} == {"home", "cannot_say"}
    assert unjudged.rank is None


def test_without_an_interval_of_its_own_the_home_city_has_no_rank() -> None:
    rows = [value("a", 70, 60, 80), *(value(slug, 1, 0, 2) for slug in "bcde")]
    found = among(value("viborg", 50), *rows)
    assert (found.rank, found.lower, found.others) == (None, 4, 5)
    few = among(value("viborg", 50, 49, 51), *rows[:4])
    assert (few.rank, few.quartiles) == (None, None)


def test_illustrative_values_are_listed_and_stay_outside() -> None:
    note = ComparabilityNote("festival_visits", "far", ComparabilityGrade.ILLUSTRATIVE, Text())
    numbers = [10, 20, 60, 5, 7]
    rows = [value("viborg", 50), *(value(f"p{n}", number) for n, number in enumerate(numbers))]
    found = among(*rows, value("far", 10**6), notes=[note])
    assert found.places[0].place == "far"
    assert not found.places[0].counted
    assert (found.others, found.lower) == (5, 4)
    assert found.mean == mean(numbers)
    assert found.quartiles == pytest.approx(np.quantile(numbers, [0.25, 0.5, 0.75]))


def test_only_the_very_same_period_counts() -> None:
    rows = [
        value("viborg", 50), {"year": 2024, "value": 9}, value("a", 10),
        {"place": "b", "start": "2023-01-01", "end": "2023-06-30", "value": 5},
        {"place": "c", "year": 2022, "value": 5},
    ]  # fmt: skip
    found = among(*rows)
    assert found.period == Period.year(2023)
    assert [p.place for p in found.places] == ["viborg", "a"]
    assert (found.mean, found.quartiles) == (None, None)  # one other place: listed, not summed up
    assert among(*rows, period=Period.year(2024)).code == "no_other_places"
    assert among(*rows, period=Period.year(2012)).code == "no_home_value"
    assert among(value("a", 1)).code == "no_home_value"


def test_other_money_and_other_peers_are_no_company() -> None:
    money = indicator_of(kind=IndicatorKind.MONEY, unit="currency")
    rows = [value(p, 9, currency=c) for p, c in [("viborg", "DKK"), ("a", "DKK"), ("b", "EUR")]]
    assert [p.place for p in among(*rows, indicator=money).places] == ["a", "viborg"]
    chosen = among(value("viborg", 1), value("a", 2), value("b", 3), peers=["b"], group="same_size")
    assert ([p.place for p in chosen.places], chosen.group) == (["b", "viborg"], "same_size")


def test_a_survey_has_wilsons_interval_and_a_count_has_none() -> None:
    share = indicator_of("awareness", kind=IndicatorKind.PERCENTAGE, unit="percent")
    asked = {"indicator": "awareness", "unit": "percent", "numerator": 30, "denominator": 120}
    found = among(
        value("viborg", 25, kind="survey", **asked), value("a", 25, kind="actual", **asked), indicator=share
    )
    intervals = {p.place: p.interval for p in found.places}
    assert intervals["a"] is None
    assert intervals["viborg"] is not None
    assert intervals["viborg"].method == "wilson"
    low, high = proportion_confint(30, 120, method="wilson")
    assert intervals["viborg"][:2] == pytest.approx((100 * low, 100 * high))


@given(st.integers(1, 5000), st.data())
def test_wilsons_interval_is_that_of_statsmodels(base: int, data: st.DataObject) -> None:
    asked = data.draw(st.integers(0, base))
    assert wilson(asked, base) == pytest.approx(proportion_confint(asked, base, method="wilson"), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=6, max_size=9))
def test_the_rank_by_values_lies_inside_the_rank_interval(drawn: list[tuple[int, int]]) -> None:
    rows = [value(f"p{n}", v, v - half, v + half) for n, (v, half) in enumerate(drawn[1:])]
    own, half = drawn[0]
    found = among(value("viborg", own, own - half, own + half), *rows)
    assert found.rank is not None
    best, worst = found.rank
    higher = sum(v > own for v, _ in drawn[1:])
    assert best <= 1 + higher <= worst
