"""Warnings beside the field: the usual band, slips, totals and other words about the same fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.entry_checks import band, entry_checks, modified_z, unanswered
from dashboard.domain.catalogue import Accumulation, Indicator
from dashboard.domain.observation import FRAME_COLUMNS, Draft, ObservationKind
from dashboard.domain.period import Period
from tests.sample import ARTICLES, SHARE, articles

TODAY = date(2026, 1, 1)
USUAL = (10, 12, 11, 13, 9, 12)


def frame(*drafts: Draft) -> pd.DataFrame:
    """A tidy frame of these values."""
    rows = []
    for number, draft in enumerate(drafts, start=1):
        row: dict[str, object] = {name: "" for name, kind in FRAME_COLUMNS.items() if kind == "str"}
        row |= {"observation": number, "preferred": False, "revision": 1, "state": "approved"}
        row |= {
            name: str(getattr(draft, name))
            for name in (
                "indicator",
                "place",
                "unit",
                "source",
                "kind",
                "disaggregation",
                "method",
                "boundary",
            )
        }
        row |= {"period_start": draft.period.start, "period_end": draft.period.end, "value": draft.value}
        rows.append(row | {"precision": draft.period.precision.value, "qualifier": "="})
    data = pd.DataFrame(rows, columns=list(FRAME_COLUMNS))
    for name, kind in FRAME_COLUMNS.items():
        data[name] = pd.to_datetime(data[name]) if kind.startswith("date") else data[name]
    return data.astype(FRAME_COLUMNS)


def series(*values: float, **changes: object) -> pd.DataFrame:
    return frame(*[articles(v, period=Period.year(2010 + n), **changes) for n, v in enumerate(values)])


def codes(draft: Draft, data: pd.DataFrame, indicator: Indicator = ARTICLES) -> list[str]:
    problems = entry_checks(draft, indicator, data, TODAY)
    assert {p.severity for p in problems} <= {"warning"}
    return [p.code for p in problems]


# -- the rule --------------------------------------------------------------------------------------


def test_the_modified_z_score_worked_by_hand() -> None:
    """The median is 3.2; the distances from it are 0.2, 0.1, 0, 0.2, 0.2 and their median 0.2."""
    values = [3.0, 3.1, 3.2, 3.4, 3.4]
    assert modified_z(3.8, values) == pytest.approx(0.6745 * 0.6 / 0.2)
    usual = band(values)
    assert usual is not None
    assert (usual.low, usual.high) == pytest.approx((3.2 - 3.5 * 0.2 / 0.6745, 3.2 + 3.5 * 0.2 / 0.6745))


def test_equal_halves_fall_back_to_the_mean_deviation() -> None:
    values = [5, 5, 5, 5, 10]
    assert modified_z(10, values) == pytest.approx(0.7979 * 5 / 1)
    assert modified_z(5, [5] * 9) is None
    assert band([5] * 9) is None


def test_four_values_are_no_series() -> None:
    assert band([1, 2, 3, 4]) is None
    assert modified_z(99, [1, 2, 3, 4]) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=20), st.floats(-1e6, 1e6))
def test_the_band_and_the_score_say_the_same(values: list[float], value: float) -> None:
    usual, score = band(values), modified_z(value, values)
    assert (usual is None) == (score is None)
    if usual is not None and score is not None and abs(abs(score) - 3.5) > 1e-6:
        assert (usual.low <= value <= usual.high) == (abs(score) <= 3.5)


# -- unusual values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [(11, []), (13, []), (30, ["outlier"]), (110, ["factor_too_large"]), (1_200, ["factor_too_large"]),
     (0.11, ["factor_too_small"]), (-20, ["outlier"])],
)  # fmt: skip
def test_a_value_unlike_its_series_is_asked_about(value: float, expected: list[str]) -> None:
    assert codes(articles(value, period=Period.year(2024)), series(*USUAL)) == expected


def test_a_slip_names_what_may_have_been_meant() -> None:
    [problem] = entry_checks(articles(1_200, period=Period.year(2024)), ARTICLES, series(*USUAL), TODAY)
    assert (problem.params["factor"], problem.params["instead"]) == (100, 12)


def test_a_value_is_compared_with_its_own_series_only() -> None:
    new = articles(500, period=Period.year(2024))
    assert codes(new, series(*USUAL)) == ["outlier"]
    for other in (
        {"place": "tucson"}, {"disaggregation": "origin=abroad"}, {"unit": "persons"},
        {"indicator": "visits"}, {"kind": ObservationKind.TARGET},
    ):  # fmt: skip
        assert codes(new, series(*USUAL, **other)) == []


def test_the_value_that_is_corrected_is_not_compared_with() -> None:
    data = frame(*[articles(v, period=Period.year(2010 + n)) for n, v in enumerate((10, 11, 12, 13, 5000))])
    assert codes(articles(12, period=Period.year(2014)), data) == []
    assert codes(articles(5_000, period=Period.year(2014)), data) == []  # four others are too few


def test_a_series_that_never_moved() -> None:
    assert codes(articles(4, period=Period.year(2024)), series(*[3] * 6)) == ["always_the_same"]
    assert codes(articles(3, period=Period.year(2024)), series(*[3] * 6)) == []


def test_a_running_total_may_grow_and_not_fall() -> None:
    total = replace(ARTICLES, accumulation=Accumulation.RUNNING_TOTAL)
    data = series(10, 20, 30, 40, 50, 60)
    assert codes(articles(6_000, period=Period.year(2024)), data, total) == []
    assert codes(articles(59, period=Period.year(2024)), data, total) == ["running_total_falls"]
    assert codes(articles(5, period=Period.year(2009)), data, total) == []


# -- the period ------------------------------------------------------------------------------------


def test_a_period_that_is_not_over_or_not_the_usual_one() -> None:
    empty = frame()
    assert codes(articles(1, period=Period.year(2026)), empty) == ["period_not_over"]
    assert codes(articles(1, period=Period.year(2030), kind=ObservationKind.FORECAST), empty) == []
    assert codes(articles(1, period=Period.month(2024, 5)), empty) == ["period_not_frequency"]
    assert codes(articles(1, period=Period()), empty) == []


# -- the same fact ---------------------------------------------------------------------------------


def test_another_source_that_says_otherwise() -> None:
    data = frame(articles(12, source="newspaper"))
    assert codes(articles(13), data) == ["other_source_differs"]
    assert codes(articles(12), data) == []


def test_the_same_source_in_other_words() -> None:
    data = frame(articles(12, method="talt"))
    assert codes(articles(12), data) == ["nearly_the_same"]
    assert codes(articles(12, method="talt"), data) == []


def test_parts_are_not_more_than_the_whole() -> None:
    data = frame(articles(10), articles(6, disaggregation="origin=abroad"))
    assert codes(articles(4, disaggregation="origin=home"), data) == []
    assert codes(articles(5, disaggregation="origin=home"), data) == ["parts_exceed_whole"]
    assert codes(articles(5, disaggregation="sex=f"), data) == []
    assert codes(articles(5), data) == ["parts_exceed_whole"]
    assert codes(articles(5, source="newspaper"), data) == ["other_source_differs"]


def test_a_share_of_more_than_the_whole() -> None:
    share = articles(
        110, indicator=SHARE.code, unit="percent", numerator=11, denominator=10, period=Period.year(2024)
    )
    assert codes(share, frame(), SHARE) == ["numerator_above_denominator"]


# -- overriding ------------------------------------------------------------------------------------


def test_a_warning_is_overridden_with_words() -> None:
    warnings = entry_checks(articles(500, period=Period.year(2024)), ARTICLES, series(*USUAL), TODAY)
    assert [p.code for p in unanswered(warnings, " ")] == ["warning_unanswered"]
    assert unanswered(warnings, "Filmfestivalen fik besøg af BBC") == []
    assert unanswered([], "") == []
