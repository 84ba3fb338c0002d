"""Choosing among records, and totals that count each once (N10) and never mix stages or currencies."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.analysis.register import (
    Wanted,
    attributed,
    chosen,
    counted,
    counted_in,
    money,
    per_kind_and_year,
)
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Catalogue, Indicator, Rollup, RollupMeasure
from dashboard.domain.observation import Attribution
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from tests.analysis.literals import indicator_of


def record(key: str, day: str = "2024-05-02", **fields: object) -> Activity:
    given: dict[str, object] = {"kind": ActivityKind.GRANT, "title": Text(f"Titel {key}")} | fields
    period = Period.day(date.fromisoformat(day)) if day else Period()
    return Activity(key=key, place="viborg", period=period, **given)  # type: ignore[arg-type]


def keys(found: list[Activity]) -> list[str]:
    return [activity.key for activity in found]


def test_what_repeats_another_counts_once_only_where_both_are_chosen() -> None:
    records = [
        record("festival", claims=("showcase",)),
        record("festival-attraction", claims=("attraction",), same_as="festival"),
    ]
    assert keys(counted(records)) == ["festival"]
    assert keys(counted(chosen(records, Wanted(claim="attraction")))) == ["festival-attraction"]


def test_a_repetition_of_something_cancelled_counts_itself() -> None:
    records = [record("old", state=ActivityState.CANCELLED), record("new", same_as="old")]
    assert keys(counted(records)) == ["new"]


def test_a_record_with_several_goals_is_found_under_each_and_counts_once() -> None:
    one = record("one", kind=ActivityKind.SDG_ACTION, sdg_targets=("4.7", "11", "11.4"), primary_sdg="4.7")
    assert keys(chosen([one], Wanted(goal=11))) == ["one"]
    assert keys(chosen([one], Wanted(goal=4))) == ["one"]
    assert chosen([one], Wanted(goal=1)) == []
    assert len(counted([one])) == 1


def test_the_newest_comes_first_and_the_undated_last() -> None:
    records = [record("undated", ""), record("old", "2020-01-01"), record("new", "2025-01-01")]
    assert keys(chosen(records, Wanted())) == ["new", "old", "undated"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words="BEVILLING æbleø"), ["b"]),
        (Wanted(words="bevilling mangler"), []),
        (Wanted(words="  "), ["b", "a"]),
        (Wanted(year=2023), ["a"]),
        (Wanted(place="linz"), ["b"]),
        (Wanted(place="viborg"), ["b", "a"]),
        (Wanted(state="planned"), ["a"]),
        (Wanted(kind="article"), ["a"]),
    ],
)
def test_every_filter(wanted: Wanted, found: list[str]) -> None:
    records = [
        record("a", "2023-12-31", state=ActivityState.PLANNED, kind=ActivityKind.ARTICLE),
        record("b", title=Text("Bevilling til Æbleø"), partner_places=("linz",)),
    ]
    assert keys(chosen(records, wanted)) == found


def test_stages_stand_apart_and_what_cannot_be_converted_is_named() -> None:
    records = [
        record("dkk", currency="DKK", amount_applied=300.0, amount_granted=200.0, granted_own_share=50.0),
        record("undated", "", currency="EUR", amount_granted=1000.0),
        record("again", currency="DKK", amount_granted=200.0, same_as="dkk"),
        record("cancelled", currency="DKK", amount_granted=9.0, state=ActivityState.CANCELLED),
    ]
    applied, granted, own = money(records, "DKK")
    assert (applied.field, applied.amount, applied.records) == ("amount_applied", 300, 1)
    assert (granted.field, granted.amount, granted.left_out) == ("amount_granted", 200, ("undated",))
    assert (own.field, own.amount) == ("granted_own_share", 50)


def test_money_of_another_currency_is_converted_at_its_own_day() -> None:
    [granted] = money([record("eur", "2024-05-02", currency="EUR", amount_granted=1000.0)], "DKK")
    assert granted.amount == pytest.approx(7459, abs=5)  # 7.4591 on 2 May 2024, European Central Bank


def test_what_the_title_can_take_credit_for_stands_beside_all_of_it() -> None:
    records = [
        record("a", currency="DKK", amount_granted=100.0, attribution=Attribution.A3),
        record("b", currency="DKK", amount_granted=40.0, attribution=Attribution.A0),
        record("c", attribution=Attribution.A3),
        record("c-again", attribution=Attribution.A3, same_as="c"),
        record("d"),
    ]
    found = [(step.grade, step.records, step.granted) for step in attributed(records, "DKK")]
    assert found == [(Attribution.A0, 1, 40), (Attribution.A3, 2, 100), (None, 1, 0)]
    assert sum(count for _, count, _ in found) == len(counted(records))


def test_counts_a_kind_and_year() -> None:
    found = per_kind_and_year([
        record("a", "2023-01-01"), record("b", "2023-12-31"), record("c", "2024-01-01"),
        record("d", kind=ActivityKind.AWARD), record("e", "", kind=ActivityKind.AWARD),
    ])  # fmt: skip
    assert {kind.value: dict(years) for kind, years in found.items()} == {
        "grant": {2023: 2, 2024: 1},
        "award": {2024: 1, 0: 1},
    }


def test_a_record_counts_in_the_indicators_it_adds_to() -> None:
    def made(code: str, field: str = "", measure: RollupMeasure = RollupMeasure.COUNT) -> Indicator:
        return indicator_of(code, rollup=Rollup(("grant",), measure, field))

    catalogue = Catalogue(
        claims=(),
        indicators=(
            made("applications"),
            made("received", "amount_received", RollupMeasure.SUM),
            indicator_of("articles", rollup=Rollup(("article",), RollupMeasure.COUNT)),
            indicator_of("typed"),
        ),
    )
    declined = record("declined", currency="DKK", amount_applied=5.0)
    won = record("won", currency="DKK", amount_received=5.0)
    again = record("again", currency="DKK", amount_received=5.0, same_as="won")
    register = [declined, won, again]

    def codes(activity: Activity) -> list[str]:
        return [one.code for one in counted_in(activity, register, catalogue, "DK")]

    assert codes(declined) == ["applications"]
    assert codes(won) == ["applications", "received"]
    assert codes(again) == [], "the one it repeats counts for both"
