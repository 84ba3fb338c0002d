"""Trend words from five points on, changes only along a line."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from dashboard.analysis.normalise import View, normalise
from dashboard.analysis.trend import Change, change, kendall_chance, theil_sen, trend
from dashboard.domain.catalogue import Accumulation, Direction, SeriesBreak
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of

VISITS = indicator_of()


def points_of(values: list[float], first: int = 2015, breaks: tuple[SeriesBreak, ...] = ()) -> pd.DataFrame:
    frame = frame_of(*({"year": first + n, "value": value} for n, value in enumerate(values)))
    return normalise(frame, VISITS, View(), {}, breaks=breaks).points


def test_the_slope_is_the_median_of_all_pairs() -> None:
    assert theil_sen([0, 1, 2], [0, 1, 10]) == 5.0
    assert theil_sen([0, 1, 2, 3, 4], [1, 2, 3, 4, 500]) == 1.0  # one festival year tips nothing


@pytest.mark.parametrize(
    ("values", "chance"),
    [
        ([1, 2, 3, 4, 5], 2 / 120), ([5, 4, 3, 2, 1], 2 / 120), ([1, 2, 3, 5, 4], 10 / 120),
        ([1, 2, 4, 5, 3], 28 / 120), ([1, 1, 1, 1, 1], 1.0), ([2, 1, 3, 1.5, 2.5], 98 / 120),
    ],
)  # fmt: skip
def test_kendalls_chance_is_exact_for_few_values(values: list[float], chance: float) -> None:
    assert kendall_chance(values) == pytest.approx(chance)


def test_kendalls_chance_allows_for_ties_and_for_many_values() -> None:
    # n = 5, one tie: variance (5*4*15 - 2*1*9) / 18 = 15.667; score 9
    assert kendall_chance([1, 2, 3, 4, 4]) == pytest.approx(math.erfc(8 / math.sqrt(282 / 18) / math.sqrt(2)))
    assert kendall_chance(list(range(20))) < 1e-6


@pytest.mark.parametrize(
    ("values", "word", "good"),
    [
        ([10, 20, 30, 40, 50], "rising", 1), ([50, 40, 30, 10, 20], "falling", -1),
        ([10, 10, 10, 10, 10], "unchanged", 0), ([105, 110, 71, 88, 112], "unclear", 0),
    ],
)  # fmt: skip
def test_the_words_of_a_movement(values: list[float], word: str, good: int) -> None:
    found = trend(points_of(values), VISITS, "viborg")
    assert (found.word, found.good, found.code, found.points) == (word, good, "", 5)


def test_less_is_better_where_the_indicator_says_so() -> None:
    cost = indicator_of(direction=Direction.LOWER_IS_BETTER)
    assert trend(points_of([10, 20, 30, 40, 50]), cost, "viborg").good == -1
    unjudged = indicator_of(direction=Direction.NO_JUDGEMENT)
    assert trend(points_of([10, 20, 30, 40, 50]), unjudged, "viborg").good == 0


def test_the_slope_is_in_units_a_year_and_per_cent_of_the_middle_value() -> None:
    found = trend(points_of([10, 20, 30, 40, 50]), VISITS, "viborg")
    assert found.slope_per_year == pytest.approx(10, rel=0.01)
    assert found.percent_per_year == pytest.approx(33.3, rel=0.01)


def test_small_figures_get_no_percentage() -> None:
    found = trend(points_of([1, 2, 3, 4, 5]), VISITS, "viborg")
    assert (found.word, found.percent_per_year) == ("rising", None)


def test_a_movement_without_direction_gets_no_percentage() -> None:
    found = trend(points_of([105, 110, 71, 88, 112]), VISITS, "viborg")
    assert (found.word, found.percent_per_year) == ("unclear", None)


def test_fewer_than_five_points_have_no_word() -> None:
    found = trend(points_of([10, 20, 30, 40]), VISITS, "viborg")
    assert (found.word, found.code, found.points, found.percent_per_year) == (None, "too_few", 4, None)
    assert trend(points_of([10]), VISITS, "tucson").code == "no_values"


def test_a_break_takes_the_word_away() -> None:
    middle = SeriesBreak("festival_visits", "viborg", dt.date(2018, 1, 1), "method", Text())
    points = points_of([10, 20, 30, 40, 50, 60], breaks=(middle,))
    assert (trend(points, VISITS, "viborg").word, trend(points, VISITS, "viborg").code) == (None, "broken")
    later = points_of([90, 10, 20, 30, 40, 50], breaks=(SeriesBreak(*_at(2016)),))
    assert trend(later, VISITS, "viborg").word == "rising"


def _at(year: int) -> tuple[str, str, dt.date, str, Text]:
    return ("festival_visits", "viborg", dt.date(year, 1, 1), "method", Text())


def test_a_running_total_has_no_trend() -> None:
    total = indicator_of(accumulation=Accumulation.RUNNING_TOTAL)
    assert trend(points_of([10, 20, 30, 40, 50]), total, "viborg").code == "running_total"


def test_a_change_is_the_latest_value_against_the_one_before() -> None:
    assert change(points_of([10, 20, 50]), "viborg") == Change(30.0, "", 20.0, 50.0)
    assert change(points_of([10]), "viborg").code == "single_value"
    assert change(points_of([10]), "tucson").code == "no_values"


def test_there_is_no_change_across_a_break_or_between_rivals() -> None:
    broken = points_of([20, 30], breaks=(SeriesBreak(*_at(2016)),))
    assert (change(broken, "viborg").difference, change(broken, "viborg").code) == (None, "across_break")
    rivals = frame_of({"year": 2015, "value": 1}, {"year": 2016, "value": 2}, {"year": 2016, "value": 3})
    points = normalise(rivals, VISITS, View(), {}).points
    assert change(points, "viborg").code == "competing"
    chosen = normalise(rivals.assign(preferred=[False, False, True]), VISITS, View(), {}).points
    assert change(chosen, "viborg") == Change(2.0, "", 1.0, 3.0)


def test_a_target_is_not_the_latest_value() -> None:
    frame = frame_of(
        {"year": 2015, "value": 1}, {"year": 2016, "value": 2}, {"year": 2020, "value": 9, "kind": "target"}
    )
    points = normalise(frame, VISITS, View(), {}).points
    assert change(points, "viborg").difference == 1.0


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_word_and_reason_has_a_sentence(language: str) -> None:
    t = Translator(language)
    codes = ["rising", "falling", "unchanged", "unclear", "no_values", "too_few", "broken", "running_total"]
    for code in [*codes, "single_value", "across_break", "competing", "method"]:
        assert t.has(f"trend.{code}"), code
