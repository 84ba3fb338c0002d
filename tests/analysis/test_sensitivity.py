"""What a headline loses when something is left out, recomputed by hand and by the euro's own table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from currency_converter import CurrencyConverter
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.sensitivity import (
    Move,
    Sensitivity,
    Switch,
    headline,
    of_activities,
    of_register,
    of_values,
)
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Accumulation, Rollup, RollupMeasure, TimeAggregation
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from tests.analysis.literals import frame_of, indicator_of, money_of

SINCE = dt.date(2019, 10, 30)


def grant(key: str, amount: float, year: int = 2023, **more: object) -> Activity:
    plain = Activity(
        key, ActivityKind.GRANT, "viborg", Text("Tilskud", "Grant"), Period.day(dt.date(year, 3, 1)),
        currency="DKK", amount_granted=amount,
    )  # fmt: skip
    return replace(plain, **more)


GRANTS = [
    grant("a", 1000, attribution=Attribution.A3, confidence=Confidence.AUDITED_RECORD),
    grant("b", 100, attribution=Attribution.A4, confidence=Confidence.PRESS_REPORT),
    grant("c", 200, 2020, attribution=Attribution.A1),
    grant("d", 300, 2021),
    grant("e", 400, confidence=Confidence.AUDITED_RECORD),
]


def moves(found: Sensitivity) -> dict[Switch, Move]:
    return {move.switch: move for move in found.moves}


def test_every_switch_says_how_far_the_total_moves() -> None:
    found = of_activities(GRANTS, "amount_granted", "DKK")
    assert (found.value, found.parts) == (2000, 5)
    by = moves(found)
    assert by[Switch.WITHOUT_LARGEST] == Move(Switch.WITHOUT_LARGEST, "", 1000, -1000, -50.0, 1, 0)
    assert by[Switch.WITHOUT_PANDEMIC].value == 1500
    assert by[Switch.WITHOUT_PANDEMIC].percent == pytest.approx(-25)
    strong = by[Switch.ONLY_STRONG_ATTRIBUTION]
    assert (strong.value, strong.removed, strong.ungraded) == (1100, 3, 2)
    audited = by[Switch.ONLY_AUDITED]
    assert (audited.value, audited.removed, audited.ungraded) == (1400, 3, 2)
    pr = by[Switch.WITHOUT_PR_VALUE]
    assert (pr.code, pr.value, pr.difference) == ("nothing_removed", 2000, 0)


def test_few_parts_or_small_totals_get_no_percentage() -> None:
    four = of_activities(GRANTS[:4], "amount_granted", "DKK")
    assert {move.percent for move in four.moves} == {None}
    small = of_activities([grant(k, 0.5) for k in "abcdefg"], "amount_granted", "DKK")
    assert moves(small)[Switch.WITHOUT_LARGEST].percent is None
    assert moves(small)[Switch.WITHOUT_LARGEST].difference == -0.5


def test_nothing_left_is_told_and_is_not_nought() -> None:
    ungraded = of_activities([grant(k, 10) for k in "abcdef"], "amount_granted", "DKK")
    assert moves(ungraded)[Switch.ONLY_AUDITED] == Move(
        Switch.ONLY_AUDITED, "nothing_left", None, None, None, 6, 6
    )
    assert of_activities([], "amount_granted", "DKK").value is None


def test_repetitions_and_cancelled_records_are_no_parts() -> None:
    more = [*GRANTS, grant("f", 1000, same_as="a"), grant("g", 9000, state=ActivityState.CANCELLED)]
    assert of_activities(more, "amount_granted", "DKK") == of_activities(GRANTS, "amount_granted", "DKK")


def test_the_largest_grant_is_the_largest_in_one_money() -> None:
    euros = grant("z", 500, 2023, currency="EUR")
    found = of_activities([*GRANTS, euros], "amount_granted", "DKK")
    worth = CurrencyConverter().convert(500, "EUR", "DKK", dt.date(2023, 3, 1))
    assert found.value == pytest.approx(2000 + worth)
    assert moves(found)[Switch.WITHOUT_LARGEST].value == pytest.approx(2000)
    unknown = grant("q", 10**6, 2023, currency="XXX")
    assert of_activities([*GRANTS, unknown], "amount_granted", "DKK").value == 2000


def test_a_register_indicator_is_taken_apart_record_by_record() -> None:
    rule = Rollup(("grant",), RollupMeasure.SUM, "amount_granted")
    money = money_of(rollup=rule)
    early = grant("old", 10**6, 2018)
    found = of_register([*GRANTS, early], money, "DK", "DKK", SINCE)
    assert found == of_activities(GRANTS, "amount_granted", "DKK")
    count = indicator_of(rollup=Rollup(("grant",), RollupMeasure.COUNT))
    counted = of_register([*GRANTS, early], count, "DK", "DKK", SINCE)
    assert counted is not None
    assert counted.value == 5
    by = moves(counted)
    assert (by[Switch.WITHOUT_PANDEMIC].value, by[Switch.WITHOUT_PANDEMIC].percent) == (3, -40)
    assert by[Switch.WITHOUT_LARGEST].code == "nothing_removed"
    partners = indicator_of(rollup=Rollup(("grant",), RollupMeasure.DISTINCT, "organisation"))
    assert of_register(GRANTS, partners, "DK", "DKK", SINCE) is None


def test_values_add_up_where_the_indicator_says_so() -> None:
    frame = frame_of(
        {"year": 2018, "value": 900}, {"year": 2020, "value": 10}, {"year": 2021, "value": 20},
        {"year": 2022, "value": 70, "confidence": "audited_record"},
        {"year": 2023, "value": 50, "attribution": "A3"}, {"year": 2024, "value": 50, "state": "draft"},
        {"year": 2025, "value": 8, "kind": "target"}, {"place": "tucson", "year": 2022, "value": 5},
    )  # fmt: skip
    found = of_values(frame, indicator_of(), "viborg", SINCE)
    assert (found.value, found.parts) == (150, 4)
    by = moves(found)
    assert [by[s].value for s in Switch] == [150, 80, 120, 50, 70]
    contested = of_values(frame, indicator_of(contested=True), "viborg", SINCE)
    assert moves(contested)[Switch.WITHOUT_PR_VALUE].code == "nothing_left"


def test_a_level_is_the_middle_of_the_latest_three() -> None:
    mean = indicator_of(time_aggregation=TimeAggregation.MEAN)
    assert headline([1, 50, 2, 3], mean) == 3
    assert headline([1, 2, 9], indicator_of(accumulation=Accumulation.RUNNING_TOTAL)) == 9
    assert headline([], mean) is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_without_the_largest_the_total_is_less_by_just_that(amounts: list[int]) -> None:
    grants = [grant(f"g{n}", float(amount)) for n, amount in enumerate(amounts)]
    found = of_activities(grants, "amount_granted", "DKK")
    move = moves(found)[Switch.WITHOUT_LARGEST]
    assert found.value == sum(amounts)
    if len(amounts) > 1:
        assert move.difference == -max(amounts)
    else:
        assert move.code == "nothing_left"
