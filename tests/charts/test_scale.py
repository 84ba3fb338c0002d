"""Axes: nice steps, and words where they belong."""

from __future__ import annotations

import itertools
import math
from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st

from dashboard.charts.drawing import moved_apart
from dashboard.charts.scale import (
    calendar_range,
    calendar_ticks,
    month_range,
    month_ticks,
    nice_step,
    value_range,
    value_ticks,
)
from dashboard.i18n import Translator

DA = Translator("da")
finite = st.floats(-1e12, 1e12)


@given(st.floats(1e-6, 1e12))
def test_a_step_is_one_two_or_five_times_a_power_of_ten(span: float) -> None:
    step = nice_step(span)
    leading = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(leading - nice) for nice in (1, 2, 5)) < 1e-6
    assert 2 <= span / step <= 5.01


@example(values=[-1e-45], from_zero=False, whole=True)
@given(st.lists(finite, min_size=1), st.booleans(), st.booleans())
def test_an_axis_holds_its_values(values: list[float], from_zero: bool, whole: bool) -> None:
    assume(max(values) == min(values) or max(values) - min(values) > 1e-6)
    low, high, step = value_range(values, from_zero=from_zero, whole=whole)
    slack = 1e-9 * max(abs(low), abs(high), step)
    assert low < high, "an axis without a height divides by zero"
    assert low <= min(values) + slack
    assert max(values) <= high + slack
    assert not from_zero or low <= 0 <= high
    assert len(value_ticks(low, high, step, str)) <= 12


def test_ticks_are_round_numbers() -> None:
    low, high, step = value_range([0.1, 0.62], from_zero=True)
    assert [tick.at for tick in value_ticks(low, high, step, str)] == [0.0, 0.2, 0.4, 0.6, 0.8]


def test_years_are_written_in_their_middle() -> None:
    start, end = calendar_range([date(2019, 7, 2).toordinal(), date(2021, 7, 2).toordinal()])
    ticks = calendar_ticks(start, end, DA)
    assert [tick.label for tick in ticks] == ["2019", "2020", "2021"]
    assert ticks[0].edge == date(2019, 1, 1).toordinal()


def test_many_years_are_thinned() -> None:
    start, end = calendar_range([date(1950, 7, 2).toordinal(), date(2025, 7, 2).toordinal()])
    assert [tick.label for tick in calendar_ticks(start, end, DA)][:3] == ["1950", "1955", "1960"]


def test_a_short_axis_has_months() -> None:
    start, end = calendar_range([date(2022, 1, 16).toordinal(), date(2022, 6, 15).toordinal()])
    assert next(tick.label for tick in calendar_ticks(start, end, DA)) == "jan. 2022"


@given(st.lists(st.floats(-300, 300), min_size=1))
def test_month_zero_is_always_on_the_axis(months: list[float]) -> None:
    start, end = month_range(months)
    assert start <= min(0, *months) <= max(0, *months) <= end
    assert any(tick.at == 0 for tick in month_ticks(start, end, DA))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=15))
def test_labels_moved_apart_do_not_touch(at: list[float]) -> None:
    placed = moved_apart(sorted(at), 17, 0, 300)
    assert all(b - a >= 17 - 1e-9 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= 300
