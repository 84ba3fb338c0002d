"""An unfinished year stands beside the same months only."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.like_for_like import LikeForLike, like_for_like, of_register
from dashboard.analysis.normalise import View, normalise
from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import (
    Indicator,
    IndicatorKind,
    Rollup,
    RollupMeasure,
    SeriesBreak,
    TimeAggregation,
)
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from tests.analysis.literals import frame_of, indicator_of
from tests.analysis.test_rollup import record

VISITS = indicator_of()
TODAY = dt.date(2024, 5, 12)


def made(
    values: dict[str, float],
    indicator: Indicator = VISITS,
    today: dt.date = TODAY,
    breaks: tuple[SeriesBreak, ...] = (),
    rhythm: str = "M",
) -> LikeForLike:
    rows = []
    for text, value in values.items():
        span = pd.Period(text, rhythm)
        rows.append({"start": str(span.start_time.date()), "end": str(span.end_time.date()), "value": value})
    points = normalise(frame_of(*rows), indicator, View(), {}, breaks=breaks).points
    return like_for_like(points, indicator, "viborg", today)


def months(year: int, *values: float) -> dict[str, float]:
    return {f"{year}-{n:02}": value for n, value in enumerate(values, start=1)}


FULL = months(2022, *[10] * 12) | months(2023, *range(1, 13))


def test_the_same_months_are_added_up_and_the_month_that_runs_is_left_out() -> None:
    found = made(FULL | months(2024, 5, 6, 7, 8, 900))
    assert (found.code, found.year, found.months) == ("", 2024, (1, 2, 3, 4))
    assert found.value == 26
    assert found.earlier == ((2023, 10.0), (2022, 40.0))
    assert (found.difference, found.percent) == (16, pytest.approx(160))


def test_an_earlier_year_without_one_of_the_months_is_named() -> None:
    some = {key: v for key, v in FULL.items() if key != "2022-03"} | months(2024, 5, 6, 7, 8)
    found = made(some)
    assert [year for year, _ in found.earlier] == [2023]
    assert found.left_out == ((2022, "months_missing"),)
    alone = made(months(2024, 5, 6))
    assert (alone.code, alone.value, alone.difference) == ("no_earlier_year", 11, None)


def test_years_across_a_break_are_no_company() -> None:
    sensors = SeriesBreak("festival_visits", "viborg", dt.date(2023, 1, 1), "method", Text())
    found = made(FULL | months(2024, 5, 6), breaks=(sensors,))
    assert found.earlier == ((2023, 3.0),)
    assert found.left_out == ((2022, "across_break"),)


def test_a_finished_year_and_yearly_values_need_nothing() -> None:
    assert made(FULL, today=dt.date(2024, 1, 5)).code == "finished"
    yearly = frame_of({"year": 2022, "value": 1}, {"year": 2023, "value": 2})
    points = normalise(yearly, VISITS, View(), {}).points
    assert like_for_like(points, VISITS, "viborg", TODAY) == LikeForLike("no_shorter_periods")


def test_means_are_averaged_last_values_stand_and_percentages_are_refused() -> None:
    values = FULL | months(2024, 5, 6, 7, 8)
    mean = made(values, indicator_of(time_aggregation=TimeAggregation.MEAN))
    assert (mean.value, mean.earlier[0]) == (6.5, (2023, 2.5))
    assert mean.percent is None  # the year before was under five
    assert made(values, indicator_of(time_aggregation=TimeAggregation.LAST)).value == 8
    share = indicator_of(kind=IndicatorKind.PERCENTAGE, time_aggregation=TimeAggregation.MEAN)
    assert made(values, share).code == "cannot_be_joined"


def test_quarters_work_alike() -> None:
    found = made({"2023Q1": 10, "2023Q2": 20, "2024Q1": 15}, rhythm="Q")
    assert (found.months, found.value, found.earlier) == ((1,), 15, ((2023, 10.0),))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 11), st.lists(st.integers(0, 1000), min_size=24, max_size=24))
def test_it_is_what_pandas_adds_up(done: int, drawn: list[int]) -> None:
    values = months(2023, *drawn[:12]) | months(2024, *drawn[12 : 12 + done])
    found = made(values, today=dt.date(2025, 1, 1))
    series = pd.Series({pd.Period(key, "M"): v for key, v in values.items()})
    same = series[series.index.month <= done].groupby(lambda period: period.year).sum()
    assert (found.value, found.earlier) == (same[2024], ((2023, same[2023]),))


def register(*days: str | Period) -> list[Activity]:
    return [record(f"a{number}", day) for number, day in enumerate(days)]


def counted(*days: str | Period, today: dt.date = TODAY, **rule: object) -> LikeForLike:
    articles = Rollup(("article",), RollupMeasure.COUNT, "", ())
    return of_register(register(*days), indicator_of(rollup=articles), "DK", "DKK", today)


def test_the_register_is_counted_again_from_the_months_that_are_over() -> None:
    """On 12 May the first four months are over; May counts in no year."""
    found = counted(
        "2022-01-31", "2022-05-01", "2023-04-30", "2023-04-01", "2023-12-24", "2024-02-02", "2024-05-03",
        "2024-04-30", "2024-01-01", "2024-09-01",
    )  # fmt: skip
    assert (found.code, found.year, found.months, found.value) == ("", 2024, (1, 2, 3, 4), 3)
    assert found.earlier == ((2023, 2.0), (2022, 1.0))
    assert (found.difference, found.percent, found.left_out) == (1, None, ())  # two are too few for a share


def test_a_share_is_made_of_the_records_of_those_months() -> None:
    rule = Rollup(("article",), RollupMeasure.SHARE, "", (("names_designation", True),))
    share = indicator_of(kind=IndicatorKind.PERCENTAGE, unit="percent", rollup=rule)
    given = [
        record(f"a{n}", day, names_designation=named)
        for n, (day, named) in enumerate(
            [("2023-01-05", True), ("2023-02-05", False), ("2023-11-05", True), ("2024-03-01", True)]
        )
    ]
    found = of_register(given, share, "DK", "DKK", TODAY)
    assert (found.value, found.earlier, found.difference, found.percent) == (100, ((2023, 50.0),), 50, None)


@pytest.mark.parametrize(
    ("period", "left_out"),
    [
        (Period.year(2023), ((2023, "month_unknown"),)),
        (Period.quarter(2023, 2), ((2023, "month_unknown"),)),  # April is over, May and June are not
        (Period.quarter(2023, 1), ()),
        (Period.quarter(2023, 3), ()),
        (Period(dt.date(2023, 3, 1), dt.date(2023, 3, 31), Precision.MONTH), ()),
    ],
)
def test_a_record_without_a_month_leaves_its_year_out(
    period: Period, left_out: tuple[tuple[int, str], ...]
) -> None:
    found = counted("2022-03-01", period, "2024-01-01")
    assert found.left_out == left_out
    assert [year for year, _ in found.earlier] == ([2022] if left_out else [2023, 2022])


def test_the_register_says_why_when_nothing_can_be_held_against_another_year() -> None:
    assert counted("2023-01-05", "2024-01-05", today=dt.date(2024, 1, 20)).code == "no_month_over"
    assert counted("2023-01-05", Period.year(2024)).code == "month_unknown"
    assert counted("2024-01-05").code == "no_earlier_year"
    assert counted().code == "no_shorter_periods"
    assert of_register(register("2024-01-05"), VISITS, "DK", "DKK", TODAY).code == "no_shorter_periods"


def test_why_a_share_has_no_value_yet_is_this_years_reason() -> None:
    """An earlier year's record without a month says nothing about this one, which has no records yet."""
    rule = Rollup(("article",), RollupMeasure.SHARE, "", (("names_designation", True),))
    share = indicator_of(kind=IndicatorKind.PERCENTAGE, unit="percent", rollup=rule)

    def found(*days: str | Period) -> LikeForLike:
        return of_register(register(*days), share, "DK", "DKK", TODAY)

    for earlier in (Period.year(2023), "2023-02-05"):
        none = found(earlier, "2024-05-02")
        assert (none.code, none.value, none.left_out) == ("no_records", None, ())
    assert found("2023-02-05", Period.year(2024)).code == "month_unknown"
    assert found(Period.year(2023), Period.year(2024)).code == "month_unknown"


def test_a_percentage_of_several_quarters_is_that_of_all_their_cases() -> None:
    """1 of 10 and 9 of 30 are 10 of 40, which is 25 per cent; the mean of 10 and 30 would be 20."""
    share = indicator_of(kind=IndicatorKind.PERCENTAGE, unit="percent", time_aggregation=TimeAggregation.NONE)
    rows = [
        {"start": start, "end": end, "value": 1, "numerator": a, "denominator": b, "unit": "percent"}
        for start, end, a, b in (
            ("2023-01-01", "2023-03-31", 1, 10), ("2023-04-01", "2023-06-30", 9, 30),
            ("2023-07-01", "2023-09-30", 5, 10), ("2024-01-01", "2024-03-31", 2, 10),
            ("2024-04-01", "2024-06-30", 8, 10),
        )
    ]  # fmt: skip
    points = normalise(frame_of(*rows), share, View(), {}).points
    found = like_for_like(points, share, "viborg", dt.date(2024, 8, 1))
    assert (found.value, found.earlier, found.difference, found.percent) == (50, ((2023, 25.0),), 25, None)
    bare = normalise(frame_of(*({**row, "denominator": float("nan")} for row in rows)), share, View(), {})
    assert like_for_like(bare.points, share, "viborg", dt.date(2024, 8, 1)).code == "cannot_be_joined"
