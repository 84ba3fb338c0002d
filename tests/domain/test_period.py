"""Periods as sources give them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.period import Period, Precision, months_between

DAY = dt.date(2024, 2, 29)
LATER = dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    ("period", "dated", "point", "opened", "anchor"),
    [
        (Period(), False, False, False, None),
        (Period.point(DAY), True, True, False, DAY),
        (Period(DAY, None, Precision.DAY), True, False, True, DAY),
        (Period.day(DAY), True, False, False, DAY),
        (Period(DAY, LATER, Precision.DAY), True, False, False, dt.date(2024, 3, 15)),
        (Period.year(2023), True, False, False, dt.date(2023, 7, 2)),
    ],
)
def test_what_sort_of_period_it_is(
    period: Period, dated: bool, point: bool, opened: bool, anchor: dt.date | None
) -> None:
    assert (period.dated, period.is_point, period.is_open, period.anchor) == (dated, point, opened, anchor)
    assert period.problem is None


@pytest.mark.parametrize(
    ("made", "start", "end", "precision"),
    [
        (Period.year(2024), (2024, 1, 1), (2024, 12, 31), Precision.YEAR),
        (Period.month(2024, 2), (2024, 2, 1), (2024, 2, 29), Precision.MONTH),
        (Period.month(2023, 2), (2023, 2, 1), (2023, 2, 28), Precision.MONTH),
        (Period.month(2023, 12), (2023, 12, 1), (2023, 12, 31), Precision.MONTH),
        (Period.quarter(2024, 1), (2024, 1, 1), (2024, 3, 31), Precision.QUARTER),
        (Period.quarter(2024, 4), (2024, 10, 1), (2024, 12, 31), Precision.QUARTER),
        (Period.day(DAY), (2024, 2, 29), (2024, 2, 29), Precision.DAY),
    ],
)
def test_spans_of_the_calendar(
    made: Period, start: tuple[int, int, int], end: tuple[int, int, int], precision: Precision
) -> None:
    assert made == Period(dt.date(*start), dt.date(*end), precision)


@pytest.mark.parametrize(
    ("period", "problem"),
    [
        (Period(LATER, DAY, Precision.DAY), "period_reversed"),
        (Period(LATER, DAY), "period_reversed"),
        (Period(DAY), "period_without_precision"),
        (Period(None, DAY), "period_without_precision"),
        (Period(None, None, Precision.MONTH), "precision_without_period"),
    ],
)
def test_impossible_periods(period: Period, problem: str) -> None:
    assert period.problem == problem


days = st.none() | st.dates()
periods = st.builds(Period, days, days, st.sampled_from(Precision))


@given(periods)
def test_the_anchor_lies_within_the_period(period: Period) -> None:
    if period.problem is None and period.anchor is not None:
        assert (period.start or period.anchor) <= period.anchor <= (period.end or period.anchor)
    assert (period.anchor is None) == (not period.dated)
    assert [not period.dated, period.is_point, period.is_open].count(True) <= 1


@given(periods, periods)
def test_the_key_tells_periods_apart(one: Period, other: Period) -> None:
    assert (one.key == other.key) == (one == other)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_months_of_a_year_follow_one_another(year: int, month: int) -> None:
    following = Period.month(year + month // 12, month % 12 + 1)
    end = Period.month(year, month).end
    assert end is not None
    assert following.start == end + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ((2019, 10, 30), (2020, 3, 1), 5),  # Viborg, March 2020 (`rules`, conversions)
        ((2015, 12, 11), (2020, 3, 1), 51),  # Tucson
        ((2019, 10, 30), (2019, 10, 31), 0),
        ((2019, 10, 31), (2019, 11, 1), 1),
        ((2020, 3, 1), (2019, 10, 30), -5),
    ],
)
def test_months_are_counted_by_the_calendar(
    earlier: tuple[int, int, int], later: tuple[int, int, int], months: int
) -> None:
    assert months_between(dt.date(*earlier), dt.date(*later)) == months
