"""From the register to values: counted by hand here, from literals."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.exchange import rate_table
from dashboard.analysis.rollup import contributes, made_of, members, rollup
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Indicator, IndicatorKind, Rollup, RollupMeasure
from dashboard.domain.observation import FRAME_COLUMNS
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from tests.analysis.literals import indicator_of, money_of

TODAY = dt.date(2023, 8, 15)
GRANT, ARTICLE, EVENT = ActivityKind.GRANT, ActivityKind.ARTICLE, ActivityKind.EVENT
SDG, PROJECT = ActivityKind.SDG_ACTION, ActivityKind.PARTNERSHIP
PLANNED, RUNNING, DONE, CANCELLED = ActivityState


def record(key: str, period: Period | int | str, kind: ActivityKind = ARTICLE, **fields: Any) -> Activity:
    """A record of Viborg's; an int is a whole year, a text one day."""
    if isinstance(period, int):
        period = Period.year(period)
    elif isinstance(period, str):
        period = Period.day(dt.date.fromisoformat(period))
    fields.setdefault("place", "viborg")
    return Activity(key=key, kind=kind, title=Text(key, key), period=period, **fields)


def counted(measure: str, field: str = "", *kinds: ActivityKind, **where: str | bool) -> Indicator:
    rule = Rollup(
        tuple(k.value for k in kinds or (ARTICLE,)), RollupMeasure(measure), field, tuple(where.items())
    )
    return indicator_of("from_register", unit="articles", rollup=rule)


def money(field: str = "amount_received", **where: str | bool) -> Indicator:
    rule = Rollup(("grant",), RollupMeasure.SUM, field, tuple(where.items()))
    return money_of("from_register", rollup=rule)


def rolled(indicator: Indicator, *register: Activity, today: dt.date = TODAY) -> pd.DataFrame:
    return rollup(register, indicator, "DK", "DKK", today)


def by_year(frame: pd.DataFrame) -> dict[int, float]:
    return dict(zip(frame["period_start"].dt.year, frame["value"], strict=True))


# -- each measure ----------------------------------------------------------------------------------


def test_a_count_is_a_number_of_records_by_the_year_they_began() -> None:
    long = Period(dt.date(2020, 12, 1), dt.date(2021, 2, 1), Period.year(2020).precision)
    frame = rolled(counted("count"), record("a", "2020-03-01"), record("b", long), record("c", 2021))
    assert by_year(frame) == {2020: 2, 2021: 1}
    assert list(frame["activities"]) == [2, 1]


def test_only_the_named_kinds_count() -> None:
    register = [record("a", 2020), record("b", 2020, EVENT), record("c", 2020, GRANT)]
    assert by_year(rolled(counted("count", "", ARTICLE, EVENT), *register)) == {2020: 2}


def test_a_sum_adds_what_is_stated_and_takes_unknown_for_nothing() -> None:
    register = [
        record("a", 2020, EVENT, participants=120), record("b", 2020, EVENT, participants=30.5),
        record("c", 2020, EVENT), record("d", 2021, EVENT),
    ]  # fmt: skip
    frame = rolled(counted("sum", "participants", EVENT), *register)
    assert by_year(frame) == {2020: 150.5, 2021: 0}
    assert list(frame["currency"]) == ["", ""]


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("country", [{"country": "DE"}, {"country": "DE"}, {"country": "FR"}, {}], 2),
        ("language", [{"language": "da"}, {"language": "en"}], 2),
        ("organisation", [{"organisation": "Arsenalet"}, {"organisation": "Arsenalet"}], 1),
        ("partner_place", [{"partner_places": ("tucson", "linz")}, {"partner_places": ("linz",)}, {}], 2),
    ],
)
def test_a_distinct_count_counts_each_member_once_a_year(
    field: str, given: list[dict[str, Any]], expected: int
) -> None:
    register = [record(f"r{n}", 2020, PROJECT, **fields) for n, fields in enumerate(given)]
    again = record("later", 2021, PROJECT, **given[0])
    frame = rolled(counted("distinct", field, PROJECT), *register, again)
    assert by_year(frame)[2020] == expected
    assert by_year(frame)[2021] == (2 if field == "partner_place" else 1), "each year for itself"


def test_a_share_has_its_numerator_and_denominator() -> None:
    register = [
        record("a", 2020, names_designation=True), record("b", 2020, names_designation=False),
        record("c", 2020), record("d", 2020, names_designation=True), record("e", 2021),
        record("f", 2023, EVENT),
    ]  # fmt: skip
    frame = rolled(counted("share", names_designation=True), *register).set_index(pd.Index([2020, 2021]))
    assert frame.at[2020, "value"] == 50
    assert (frame.at[2020, "numerator"], frame.at[2020, "denominator"]) == (2, 4)
    assert frame.at[2021, "value"] == 0
    assert (frame.at[2021, "numerator"], frame.at[2021, "denominator"]) == (0, 1)


def test_a_share_of_nothing_is_not_zero() -> None:
    frame = rolled(counted("share", names_designation=True), record("a", 2020), record("b", 2022))
    empty = frame[frame["period_start"].dt.year == 2021].iloc[0]
    assert math.isnan(empty["value"])
    assert math.isnan(empty["numerator"])
    assert math.isnan(empty["denominator"])
    assert empty["missing_reason"] == "not_applicable"
    assert list(frame["missing_reason"]) == ["", "not_applicable", ""]


# -- which records ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "yes", "no"),
    [
        ({"names_designation": True}, {"names_designation": True}, {"names_designation": None}),
        ({"paid": False}, {"paid": None}, {"paid": True}),
        ({"role": "speaker"}, {"role": "speaker"}, {"role": ""}),
        ({"direction": "out"}, {"direction": "out"}, {"direction": "in"}),
        ({"outcome": "won"}, {"outcome": "won"}, {"outcome": "lost"}),
        ({"level": "national"}, {"level": "national"}, {"level": "local"}),
        ({"joint_output": True}, {"joint_output": True}, {"joint_output": False}),
        ({"foreign_participants_present": True}, {"foreign_participants": 3}, {"foreign_participants": 0}),
        ({"country_abroad": True}, {"country": "DE"}, {"country": "DK"}),
        ({"country_abroad": True}, {"country": "DE"}, {"country": ""}),
        ({"country_abroad": False}, {"country": "DK"}, {"country": "DE"}),
        ({"primary_sdg": True}, {"primary_sdg": "11"}, {"primary_sdg": ""}),
        ({"state": "done"}, {"state": DONE}, {"state": RUNNING}),
        ({"state": "cancelled"}, {"state": CANCELLED}, {"state": DONE}),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_it_names(
    where: dict[str, str | bool], yes: dict[str, Any], no: dict[str, Any]
) -> None:
    register = [record("yes", 2020, **yes), record("no", 2020, **no)]
    assert [a.key for a in members(register, counted("count", **where), "DK")] == ["yes"]


def test_all_filters_must_hold() -> None:
    register = [
        record("a", 2020, paid=True),
        record("b", 2020, paid=True, role="speaker"),
        record("c", 2020, role="speaker"),
    ]
    assert [a.key for a in members(register, counted("count", paid=True, role="speaker"), "DK")] == ["b"]


def test_what_was_cancelled_does_not_count() -> None:
    frame = rolled(counted("count"), record("a", 2020), record("b", 2020, state=CANCELLED))
    assert by_year(frame) == {2020: 1}


def test_a_year_with_only_a_cancelled_record_was_kept_and_is_zero() -> None:
    frame = rolled(counted("count"), record("a", 2020), record("b", 2021, state=CANCELLED))
    assert by_year(frame) == {2020: 1, 2021: 0}


def test_a_record_told_twice_counts_once() -> None:
    pair = [record("a", 2020), record("again", 2020, same_as="a")]
    assert by_year(rolled(counted("count"), *pair)) == {2020: 1}
    assert [a.key for a in members(pair, counted("count"), "DK")] == ["a"]


def test_a_repetition_of_what_does_not_count_stands_for_itself() -> None:
    """The other record is of another kind, was cancelled, or is not in the register at all."""
    for other in (record("a", 2020, EVENT), record("a", 2020, state=CANCELLED), record("b", 2020, EVENT)):
        register = [other, record("again", 2020, same_as="a")]
        assert by_year(rolled(counted("count"), *register)) == {2020: 1}


def test_an_indicator_without_a_rule_has_no_records() -> None:
    assert members([record("a", 2020)], indicator_of(), "DK") == []
    frame = rolled(indicator_of(), record("a", 2020))
    assert len(frame) == 0
    assert dict(frame.dtypes.astype(str)) == dict(
        rolled(counted("count"), record("a", 2020)).dtypes.astype(str)
    )


# -- years -----------------------------------------------------------------------------------------


def test_years_without_a_record_between_others_are_zero_and_outside_there_is_nothing() -> None:
    frame = rolled(counted("count"), record("a", 2017), record("b", 2020))
    assert by_year(frame) == {2017: 1, 2018: 0, 2019: 0, 2020: 1}


def test_the_span_is_that_of_the_kind_and_not_of_what_matches() -> None:
    """The register of articles was kept from 2017, so a year without a paid one is a zero."""
    frame = rolled(counted("count", paid=True), record("a", 2017), record("b", 2018, paid=True))
    assert by_year(frame) == {2017: 0, 2018: 1}
    assert by_year(rolled(counted("count"), record("a", 2018), record("b", 2016, EVENT))) == {2018: 1}


def test_the_year_that_is_not_over_is_a_count_so_far() -> None:
    frame = rolled(counted("count"), record("a", 2022), record("b", "2023-01-03"))
    assert by_year(frame) == {2022: 1, 2023: 1}
    assert list(frame["status"]) == ["final", "provisional"]
    assert list(frame["flags"]) == ["", "partial-year"]


def test_years_ahead_are_not_said_yet() -> None:
    register = [record("a", 2022), record("b", 2024)]
    assert by_year(rolled(counted("count"), *register)) == {2022: 1}
    assert len(rolled(counted("count"), record("b", 2024))) == 0


def test_undated_records_are_in_no_year() -> None:
    assert by_year(rolled(counted("count"), record("a", 2020), record("b", Period()))) == {2020: 1}
    assert len(rolled(counted("count"), record("b", Period()))) == 0


def test_finished_things_count_in_the_year_they_ended() -> None:
    precision = Period.year(2020).precision
    long = record("a", Period(dt.date(2020, 5, 1), dt.date(2022, 5, 1), precision))
    still = record("b", Period(dt.date(2021, 5, 1), None, precision), state=RUNNING)
    assert by_year(rolled(counted("count", state="done"), long, still)) == {2021: 0, 2022: 1}
    assert by_year(rolled(counted("count"), long, still)) == {2020: 1, 2021: 1}


@pytest.mark.parametrize("state", ["planned", "running"])
def test_what_is_planned_or_running_is_counted_as_it_stands(state: str) -> None:
    register = [
        record("a", 2019, SDG, state=PLANNED), record("b", 2026, SDG, state=PLANNED),
        record("c", 2021, SDG, state=RUNNING), record("d", 2021, SDG),
        record("e", 2021, SDG, state=CANCELLED),
    ]  # fmt: skip
    frame = rolled(counted("count", "", SDG, state=state), *register)
    (row,) = frame.to_dict("records")
    assert row["value"] == {"planned": 2, "running": 1}[state]
    assert pd.isna(row["period_start"])
    assert row["period_end"] == pd.Timestamp(TODAY)
    assert row["precision"] == "day"
    assert row["status"] == "final"


# -- money -----------------------------------------------------------------------------------------


def test_money_is_converted_at_each_records_own_day() -> None:
    days = (dt.date(2020, 3, 2), dt.date(2020, 10, 1))
    rates = [rate_table().rate(day, day, "USD", "DKK") for day in days]
    assert rates[0] != rates[1]
    register = [
        record("a", days[0].isoformat(), GRANT, currency="USD", amount_received=100.0),
        record("b", days[1].isoformat(), GRANT, currency="USD", amount_received=100.0),
        record("c", 2020, GRANT, currency="DKK", amount_received=1000.0),
    ]  # fmt: skip
    frame = rolled(money(), *register)
    assert by_year(frame)[2020] == pytest.approx(1000 + 100 * (rates[0] or 0) + 100 * (rates[1] or 0))
    assert list(frame["currency"]) == ["DKK"]
    assert list(frame["unit"]) == ["currency"]


def test_a_rate_of_the_bank_is_used() -> None:
    """On 2 March 2020 the European Central Bank published 7.4730 DKK and 1.1122 USD for a euro."""
    frame = rolled(money(), record("a", "2020-03-02", GRANT, currency="USD", amount_received=1112.2))
    assert by_year(frame)[2020] == pytest.approx(7473.0, abs=0.001)


def test_money_over_a_period_uses_the_mean_of_its_days() -> None:
    frame = rolled(money(), record("a", 2020, GRANT, currency="USD", amount_received=100.0))
    mean = rate_table().rate(dt.date(2020, 1, 1), dt.date(2020, 12, 31), "USD", "DKK")
    assert by_year(frame)[2020] == pytest.approx(100 * (mean or 0))


def test_money_that_cannot_be_converted_is_left_out_and_named() -> None:
    register = [
        record("kept", 2020, GRANT, currency="DKK", amount_received=500.0),
        record("too-early", "1990-05-01", GRANT, currency="USD", amount_received=9.0),
        record("not-quoted", 2020, GRANT, currency="XOF", amount_received=9.0),
    ]
    frame = rolled(money(), *register)
    assert by_year(frame)[2020] == 500
    assert by_year(frame)[1990] == 0
    notes = dict(zip(frame["period_start"].dt.year, frame["note"], strict=True))
    assert notes[2020] == "not-quoted"
    assert notes[1990] == "too-early"


def test_the_stages_of_money_are_not_added_to_one_another() -> None:
    grant = record(
        "a", 2020, GRANT, currency="DKK", amount_applied=900.0, amount_granted=600.0, amount_received=200.0,
        granted_own_share=50.0,
    )  # fmt: skip
    found = {
        f: by_year(rolled(money(f), grant))[2020]
        for f in ("amount_applied", "amount_granted", "amount_received", "granted_own_share")
    }
    assert found == {
        "amount_applied": 900,
        "amount_granted": 600,
        "amount_received": 200,
        "granted_own_share": 50,
    }


# -- the frame -------------------------------------------------------------------------------------


def test_it_is_a_tidy_frame_of_the_registers_own_values() -> None:
    frame = rolled(counted("count"), record("a", 2020))
    assert list(frame.columns) == list(FRAME_COLUMNS)
    (row,) = frame.to_dict("records")
    assert row["source"] == "register"
    assert row["kind"] == "actual"
    assert row["confidence"] == "own_count"
    assert row["state"] == "approved"
    assert row["qualifier"] == "="
    assert pd.isna(row["observation"])
    assert (row["period_start"], row["period_end"]) == (
        pd.Timestamp("2020-01-01"),
        pd.Timestamp("2020-12-31"),
    )
    assert row["precision"] == "year"
    texts = [name for name, kind in FRAME_COLUMNS.items() if kind == "str"]
    assert not frame[texts].isna().any().any()


def test_each_place_has_its_own_register() -> None:
    register = [record("a", 2020), record("b", 2021, place="linz"), record("c", 2022, place="linz")]
    frame = rolled(counted("count"), *register)
    assert list(zip(frame["place"], frame["period_start"].dt.year, frame["value"], strict=True)) == [
        ("linz", 2021, 1), ("linz", 2022, 1), ("viborg", 2020, 1),
    ]  # fmt: skip


def test_an_empty_register_says_nothing() -> None:
    assert len(rolled(counted("count"))) == 0
    assert len(rolled(counted("count", state="planned"))) == 0


def test_a_percentage_keeps_its_unit() -> None:
    rule = Rollup(("article",), RollupMeasure.SHARE, "", (("paid", True),))
    share = indicator_of("share", kind=IndicatorKind.PERCENTAGE, unit="percent", rollup=rule)
    assert list(rolled(share, record("a", 2020))["unit"]) == ["percent"]


# -- what a value is made of -----------------------------------------------------------------------


def listed(indicator: Indicator, *register: Activity) -> dict[int, list[str]]:
    """The keys that each year's value is made of."""
    rule = indicator.rollup
    assert rule is not None
    return {
        part.period.start.year: [one.key for one in part.records if contributes(one, rule)]
        for part in made_of(register, indicator, "DK", TODAY)
        if part.period.start is not None
    }


def test_each_value_lists_the_records_it_counted() -> None:
    register = [
        record("a", "2021-03-01"), record("a-again", "2021-03-01", same_as="a"), record("b", "2021-04-01"),
        record("c", "2023-01-01"), record("d", 2021, EVENT), record("e", 2021, state=CANCELLED),
    ]  # fmt: skip
    indicator = counted("count")
    assert listed(indicator, *register) == {2021: ["a", "b"], 2022: [], 2023: ["c"]}
    assert {year: len(keys) for year, keys in listed(indicator, *register).items()} == by_year(
        rolled(indicator, *register)
    )


def test_a_sum_lists_only_what_it_added() -> None:
    register = [
        record("won", "2021-03-01", GRANT, currency="DKK", amount_applied=9.0, amount_received=5.0),
        record("declined", "2021-04-01", GRANT, currency="DKK", amount_applied=9.0),
    ]
    assert listed(money(), *register) == {2021: ["won"]}
    assert listed(money("amount_applied"), *register) == {2021: ["won", "declined"]}


def test_a_distinct_count_lists_what_names_something() -> None:
    register = [record("a", 2021, EVENT, country="SE"), record("b", 2021, EVENT)]
    assert listed(counted("distinct", "country", EVENT), *register) == {2021: ["a"]}


def test_what_runs_today_is_one_value_of_today() -> None:
    indicator = counted("count", "", SDG, state="running")
    [part] = made_of([record("a", 2021, SDG, state=RUNNING)], indicator, "DK", TODAY)
    assert part.period == Period.point(TODAY)
    assert [one.key for one in part.records] == ["a"]


def test_an_indicator_without_a_rule_is_made_of_nothing() -> None:
    assert made_of([record("a", 2021)], indicator_of("typed"), "DK", TODAY) == []
