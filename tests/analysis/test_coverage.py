"""What a claim stands on, and which figure stands for it."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pandas as pd
import pytest

from dashboard.analysis.coverage import BestFigure, Coverage, Freshness, best_figure, coverage, how_sure
from dashboard.domain.catalogue import (
    Baseline,
    Catalogue,
    Claim,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
)
from dashboard.domain.grading import CountedConfidence
from dashboard.domain.observation import Confidence
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of, place_of

HOME = place_of("viborg", "2019-10-30")
VISITS, EVENTS = indicator_of("festival_visits"), indicator_of("events")
CLAIM = Claim("attraction", 8, Text("a", "a"), Text("a", "a"), Text(), Text())
TODAY = dt.date(2026, 11, 23)


def of(frame: pd.DataFrame, *indicators: Indicator, today: dt.date = TODAY) -> Coverage:
    baselines = [Baseline("events", "viborg", Period.year(2018), 1)]
    return coverage(frame, Catalogue((CLAIM,), indicators), HOME, baselines, today)["attraction"]


def best(*rows: dict[str, object], indicators: tuple[Indicator, ...] = (VISITS, EVENTS)) -> BestFigure:
    found = best_figure(frame_of(*rows), indicators, HOME, TODAY)
    assert found is not None
    return found


def test_what_is_known_and_what_is_missing() -> None:
    frame = frame_of(
        {"year": 2021, "value": 1, "confidence": "press_report"},
        {"year": 2022, "value": 2, "confidence": "own_count", "source": "source-b"},
        {"year": 2025, "value": 9, "state": "submitted"},
        {"year": 2025, "value": 9, "place": "tucson"},
        {"year": 2030, "value": 9, "kind": "target"},
        {"indicator": "prizes", "value": 3},
    )
    found = of(frame, VISITS, EVENTS, indicator_of("prizes"))
    assert (found.indicators, found.observations, found.sources) == (3, 3, 2)
    assert found.latest == Period.year(2022)
    assert found.best_confidence == CountedConfidence(Confidence.OWN_COUNT, Confidence.OWN_COUNT)
    assert found.without_observation == ("events",)
    assert found.without_baseline == ("festival_visits", "prizes")
    assert found.undated_only == ("prizes",)


def test_a_reason_for_a_missing_value_is_no_observation() -> None:
    assert of(frame_of({"year": 2021, "missing_reason": "not_collected"}), VISITS).observations == 0


def test_contested_figures_are_named() -> None:
    contested = indicator_of("media_value_claimed", contested=True)
    found = of(frame_of({"indicator": "media_value_claimed", "year": 2016, "value": 6e6}), contested)
    assert (found.contested, found.best) == (("media_value_claimed",), None)


def test_activities_behind_rolled_up_values_are_added_up() -> None:
    frame = frame_of({"year": 2021, "value": 1, "activities": 4}, {"year": 2022, "value": 1, "activities": 3})
    assert of(frame, VISITS).activities == 7


@pytest.mark.parametrize(
    ("row", "frequency", "freshness"),
    [
        ({"year": 2024, "value": 1}, Frequency.ANNUAL, "current"),  # 23 months, two years allowed
        ({"year": 2023, "value": 1}, Frequency.ANNUAL, "old"),
        ({"year": 2024, "value": 1}, Frequency.QUARTERLY, "old"),
        ({"value": 1}, Frequency.ANNUAL, "undated"),
        ({"year": 2024, "value": 1, "place": "tucson"}, Frequency.ANNUAL, "none"),
    ],
)
def test_freshness(row: dict[str, object], frequency: Frequency, freshness: str) -> None:
    assert of(frame_of(row), indicator_of(frequency=frequency)).freshness == freshness


def test_a_dated_figure_stands_before_an_undated_one() -> None:
    found = best({"value": 30_000, "confidence": "audited_record"}, {"year": 2021, "value": 5})
    assert (found.value, found.before_designation) == (5, False)


def test_a_figure_since_the_designation_stands_before_a_baseline() -> None:
    found = best({"year": 2017, "value": 1, "confidence": "audited_record"}, {"year": 2021, "value": 2})
    assert found.value == 2
    assert best({"year": 2017, "value": 1}).before_designation


def test_a_preferred_figure_stands_before_its_rivals() -> None:
    rivals = ({"year": 2021, "value": 1, "confidence": "audited_record"}, {"year": 2021, "value": 2})
    assert best(*rivals).value == 1
    found = best(rivals[0], {**rivals[1], "preferred": True})
    assert (found.value, found.competing) == (2, 1)
    assert "preferred" in found.why


def test_then_confidence_then_the_latest_then_the_order_of_the_indicators() -> None:
    sure = {"year": 2020, "value": 1, "confidence": "own_count"}
    assert best(sure, {"year": 2024, "value": 2, "confidence": "press_report"}).value == 1
    assert best(sure, {"year": 2024, "value": 2, "confidence": "own_count"}).value == 2
    rows = ({**sure, "indicator": "events", "value": 3}, sure)
    assert best(*rows).indicator == "festival_visits"
    assert best(*rows, indicators=(EVENTS, VISITS)).indicator == "events"


def test_a_measured_value_speaks_before_a_yes_or_no_and_before_what_nobody_judges() -> None:
    row = {"indicator": "events", "year": 2021, "value": 1, "confidence": "audited_record"}
    other = {"year": 2020, "value": 5, "confidence": "estimate"}
    for mute in ({"kind": IndicatorKind.YES_NO}, {"direction": Direction.NO_JUDGEMENT}):
        found = best(row, other, indicators=(VISITS, indicator_of("events", **mute)))
        assert (found.indicator, "speaks" in found.why) == ("festival_visits", True)
    assert best(row, other).indicator == "events"


def test_the_only_figure_says_so() -> None:
    found = best({"year": 2021, "value": 3000, "qualifier": ">"})
    assert (found.why, found.qualifier, found.observation) == (("only",), ">", 1)


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "forecast"}, {"kind": "target"}, {"kind": "budget"}, {"state": "draft"}, {"place": "tucson"},
        {"flags": "implausible"}, {"disaggregation": "origin=abroad"},
    ],
)  # fmt: skip
def test_what_never_stands_for_a_claim(row: dict[str, object]) -> None:
    assert best_figure(frame_of({"year": 2021, "value": 1, **row}), [VISITS], HOME, TODAY) is None


def test_a_rolled_up_figure_has_no_id() -> None:
    assert best({"year": 2021, "value": 1, "observation": None}).observation is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_code_has_a_sentence(language: str) -> None:
    t = Translator(language)
    for code in (*get_args(Freshness), "before_designation"):
        assert t.has(f"coverage.{code}")
    for code in ("only", "dated", "preferred", "speaks", "confidence", "latest"):
        assert t.has(f"coverage.why.{code}")


def test_confidence_falls_by_a_step_when_the_review_is_overdue() -> None:
    """On the day itself the grade still holds; the day after, an own count counts as a press report (N4)."""
    day = dt.date(2026, 9, 1)
    counted = indicator_of("festival_visits", next_review=day)
    rows = frame_of({"year": 2025, "value": 9, "confidence": "own_count"})
    held = CountedConfidence(Confidence.OWN_COUNT, Confidence.OWN_COUNT)
    assert of(rows, counted, today=day).best_confidence == held
    after = day + dt.timedelta(days=1)
    overdue = of(rows, counted, today=after)
    lower = CountedConfidence(Confidence.PRESS_REPORT, Confidence.OWN_COUNT, day)
    assert overdue.best_confidence == lower
    assert overdue.best is not None
    assert overdue.best.confidence == lower
    for today, grade in ((day, held), (after, lower)):
        found = best_figure(rows, [counted], HOME, today)
        assert found is not None
        assert found.confidence == grade


def test_of_two_that_count_alike_the_one_given_so_is_the_best() -> None:
    """It needs no explanation of why it counts lower."""
    counted = indicator_of("festival_visits", next_review=dt.date(2026, 9, 1))
    rows = (
        {"year": 2025, "value": 9, "confidence": "own_count"},
        {"indicator": "events", "year": 2025, "value": 4, "confidence": "press_report"},
    )
    found = of(frame_of(*rows), counted, EVENTS)
    assert found.best_confidence == CountedConfidence(Confidence.PRESS_REPORT, Confidence.PRESS_REPORT)


def test_a_lower_grade_is_never_named_without_the_one_given() -> None:
    """A city's own register is no press report: the name of the lower grade alone would say so."""
    t, day = Translator("en"), dt.date(2026, 9, 1)
    assert how_sure(None, t) == "Not graded"
    assert how_sure(CountedConfidence(Confidence.OWN_COUNT, Confidence.OWN_COUNT), t) == "Own count"
    lower = CountedConfidence(Confidence.PRESS_REPORT, Confidence.OWN_COUNT, day)
    assert how_sure(lower, t, short=True) == "Press report (a step below “Own count”: review overdue)"
    assert how_sure(lower, t) == (
        "Press report (a step below “Own count”: the definition was due for review on 1 September 2026)"
    )
