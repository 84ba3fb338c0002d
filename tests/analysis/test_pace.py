"""Plan against actual, the pace needed, and bands without gaps."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.normalise import View, normalise
from dashboard.analysis.pace import Plan, on_line, plan
from dashboard.domain.bands import Bands, check_bands, colour
from dashboard.domain.catalogue import Baseline, Direction, Indicator, IndicatorKind, Target
from dashboard.domain.period import Period
from tests.analysis.literals import frame_of, indicator_of, money_of

VISITS = indicator_of()
TODAY = dt.date(2024, 5, 1)


def target(year: int, value: float, final: bool = False, currency: str = "") -> Target:
    return Target("festival_visits", "viborg", Period.year(year), value, final, currency=currency)


def points_of(values: dict[int, float], indicator: Indicator = VISITS) -> pd.DataFrame:
    frame = frame_of(*({"year": y, "value": v} for y, v in values.items()))
    return normalise(frame, indicator, View(), {}).points


def planned(
    values: dict[int, float],
    *targets: Target,
    indicator: Indicator = VISITS,
    baseline: Baseline | None = None,
    today: dt.date = TODAY,
) -> Plan:
    baselines = [baseline] if baseline else []
    return plan(points_of(values, indicator), indicator, "viborg", targets, baselines, today)


GROWING = {2019: 100.0, 2020: 110.0, 2021: 120.0, 2022: 130.0, 2023: 140.0}


def test_each_target_stands_beside_what_was_reached() -> None:
    found = planned(GROWING, target(2024, 150), target(2022, 125), target(2023, 200), target(2030, 160, True))
    told = [(m.period.end.year, m.code, m.actual, m.difference) for m in found.milestones if m.period.end]
    assert told == [
        (2022, "met", 130, 5), (2023, "missed", 140, -60), (2024, "open", 140, -10), (2030, "open", 140, -20),
    ]  # fmt: skip
    assert found.milestones[1].percent == pytest.approx(100 * 140 / 200)
    assert found.milestones[3].final


def test_the_pace_needed_is_what_is_left_over_the_time_left() -> None:
    found = planned(GROWING, target(2025, 180)).pace
    assert found is not None
    years = (dt.date(2025, 12, 31) - dt.date(2023, 12, 31)).days / 365.25
    assert found.needed == pytest.approx(40 / years)
    assert found.so_far == pytest.approx(10, rel=0.01)
    assert found.within_reach is False
    nearer = planned(GROWING, target(2025, 155)).pace
    assert nearer is not None
    assert nearer.within_reach


def test_four_values_have_no_pace_so_far() -> None:
    found = planned({y: v for y, v in GROWING.items() if y > 2019}, target(2025, 180)).pace
    assert found is not None
    assert (found.so_far, found.within_reach) == (None, None)


def test_the_plan_line_runs_from_the_baseline_through_the_targets() -> None:
    base = Baseline("festival_visits", "viborg", Period.year(2018), 90)
    found = planned(GROWING, target(2022, 130), target(2026, 170), baseline=base)
    assert [value for _, value in found.line] == [90, 130, 170]
    assert found.pace is not None
    days = np.array([day.toordinal() for day, _ in found.line])
    by_numpy = np.interp(dt.date(2023, 12, 31).toordinal(), days, [90, 130, 170])
    assert found.pace.expected == pytest.approx(by_numpy)
    assert found.pace.ahead == pytest.approx(140 - by_numpy)


def test_less_is_better_turns_everything_round() -> None:
    less = indicator_of(direction=Direction.LOWER_IS_BETTER)
    found = planned(GROWING, target(2023, 130), target(2025, 100), indicator=less)
    assert [m.code for m in found.milestones] == ["missed", "open"]
    assert found.milestones[0].percent is None
    assert found.pace is not None
    assert found.pace.needed < 0
    assert found.pace.within_reach is False


def test_without_a_direction_nothing_is_met() -> None:
    unjudged = indicator_of(direction=Direction.NO_JUDGEMENT)
    found = planned(GROWING, target(2023, 1), target(2025, 150), indicator=unjudged)
    assert {m.code for m in found.milestones} == {"no_direction"}
    assert found.pace is not None
    assert (found.pace.ahead, found.pace.within_reach) == (None, None)


@pytest.mark.parametrize(
    ("values", "targets", "code"),
    [
        (GROWING, [], "no_targets"), ({}, [target(2030, 1)], "no_values"),
        (GROWING, [target(2022, 500)], "all_past"), (GROWING, [target(2026, 140)], "reached"),
    ],
)  # fmt: skip
def test_without_a_pace_the_reason_is_told(
    values: dict[int, float], targets: list[Target], code: str
) -> None:
    found = planned(values, *targets)
    assert (found.pace, found.code) == (None, code)


def test_a_target_that_is_reached_early_gives_way_to_the_next() -> None:
    found = planned(GROWING, target(2025, 130), target(2027, 190))
    assert [m.code for m in found.milestones] == ["ahead", "open"]
    assert found.pace is not None
    assert found.pace.next_target.target == 190


def test_money_is_not_held_against_other_money() -> None:
    money = money_of("festival_visits")
    frame = frame_of({"year": 2023, "value": 10, "currency": "DKK"})
    made = normalise(frame, money, View(), {}).points
    found = plan(made, money, "viborg", [target(2023, 5, currency="EUR")], [], TODAY)
    assert ([m.code for m in found.milestones], found.code) == (["currency_differs"], "no_targets")


def test_small_targets_and_percentages_get_no_percentage() -> None:
    assert planned({2023: 2}, target(2023, 4)).milestones[0].percent is None
    share = indicator_of(kind=IndicatorKind.PERCENTAGE)
    assert planned({2023: 40}, target(2023, 50), indicator=share).milestones[0].percent is None


def test_an_over_target_without_a_value_is_no_nought() -> None:
    found = planned({2019: 100}, target(2022, 120))
    assert (found.milestones[0].code, found.milestones[0].actual) == ("no_value", None)


def test_a_break_ends_the_pace_and_not_the_targets_before_it() -> None:
    frame = frame_of(
        *({"year": y, "value": v} for y, v in GROWING.items()),
        *({"year": y, "value": v, "method": "sensors"} for y, v in {2024: 500, 2025: 510}.items()),
    )
    made = normalise(frame, VISITS, View(), {}).points
    found = plan(made, VISITS, "viborg", [target(2022, 125), target(2027, 600)], [], dt.date(2026, 5, 1))
    assert [m.code for m in found.milestones] == ["met", "open"]
    assert found.pace is not None
    assert found.pace.so_far is None


def test_bands_need_a_direction_and_an_order() -> None:
    assert check_bands(Bands("festival_visits", 10, 20), VISITS) == []
    less = indicator_of(direction=Direction.LOWER_IS_BETTER)
    assert [p.code for p in check_bands(Bands("festival_visits", 10, 20), less)] == ["bands_order"]
    assert [p.code for p in check_bands(Bands("festival_visits", 10, 10), VISITS)] == ["bands_order"]
    unjudged = indicator_of(direction=Direction.UNKNOWN)
    assert [p.code for p in check_bands(Bands("x", 1, 2), unjudged)] == ["bands_without_direction"]
    bounded = indicator_of(minimum=0, maximum=15)
    assert [p.code for p in check_bands(Bands("x", -1, 20), bounded)] == ["below_minimum", "above_maximum"]


@given(
    st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6),
    st.sampled_from([Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER]),
)  # fmt: skip
def test_every_value_has_one_colour_and_a_better_one_never_a_worse(
    value: float, amber: float, width: float, direction: Direction
) -> None:
    indicator = indicator_of(direction=direction)
    bands = Bands("x", amber, amber + direction.sign * width)
    order = ["red", "amber", "green"]
    shade, better = colour(value, bands, indicator), colour(value + direction.sign, bands, indicator)
    assert order.index(better or "") >= order.index(shade or "")
    assert colour(bands.green, bands, indicator) == "green"
    assert colour(bands.amber, bands, indicator) == "amber"


def test_a_line_says_nothing_outside_itself() -> None:
    line = ((dt.date(2020, 1, 1), 1.0), (dt.date(2020, 1, 11), 2.0))
    assert on_line(line, dt.date(2020, 1, 6)) == 1.5
    assert on_line(line, dt.date(2019, 12, 31)) is None
    assert on_line(line, dt.date(2020, 1, 12)) is None
