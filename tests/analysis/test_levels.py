"""Beside a baseline, as a share of the network and per festival day: by hand, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.analysis.levels import change_since_baseline, per_festival_day, share_of_network
from dashboard.analysis.normalise import Shaped, View, graded, normalise
from dashboard.domain.catalogue import (
    Baseline,
    ComparabilityGrade,
    Indicator,
    IndicatorKind,
    Place,
    PlaceKind,
    SeriesBreak,
    TimeAggregation,
)
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of, money_of, place_of

PUBLISHED = View()
VISITS = indicator_of()
MONEY = money_of("festival_visits")
PLACES = {
    place.slug: place
    for place in (
        place_of("viborg", "2019-10-30", country="DK", reference_boundary="municipality"),
        place_of("tucson", "2015-12-11", country="US"),
        place_of("linz", "2025-10-31"),
        place_of("horsens"),
        place_of("network", kind=PlaceKind.NETWORK),
    )
}


def shaped(*rows: dict[str, object], view: View = PUBLISHED, indicator: Indicator = VISITS) -> Shaped:
    return normalise(frame_of(*rows), indicator, view, PLACES)


def baseline(value: float = 100, period: Period = Period.year(2018), **changes: str) -> Baseline:
    return replace(Baseline("festival_visits", "viborg", period, value, reason="r"), **changes)


def changed(found: Shaped, base: Baseline, indicator: Indicator = VISITS, **around: object) -> Shaped:
    return change_since_baseline(found, indicator, [base], PLACES, **around)


def codes(found: Shaped) -> list[str]:
    for refusal in found.refused:
        for language in ("da", "en"):
            assert "{" not in Translator(language)(f"refusal.{refusal.code}", **refusal.params)
    return [refusal.code for refusal in found.refused]


# --- change since baseline ----------------------------------------------------------------------------


def test_the_difference_with_its_bounds_and_what_it_is_compared_with() -> None:
    found = changed(shaped({"year": 2020, "value": 130, "low": 120, "high": 150}), baseline())
    point = found.points.iloc[0]
    assert (point["shown_value"], point["shown_low"], point["shown_high"]) == (30, 20, 50)
    assert (point["compared_with"], point["shown_unit"], found.unit) == (100, "visits", "visits")


def test_a_baseline_is_converted_as_the_value_is() -> None:
    """700 kroner and 100 euro by the bank's mean of the baseline's own year."""
    rows = {"year": 2020, "value": 1000.0, "currency": "DKK"}
    found = changed(shaped(rows, view=View(currency="DKK"), indicator=MONEY), baseline(currency="EUR"), MONEY)
    alone = shaped(
        {"year": 2018, "value": 100, "currency": "EUR"}, view=View(currency="DKK"), indicator=MONEY
    )
    assert found.points["compared_with"][0] == pytest.approx(alone.points["shown_value"][0])
    assert found.points["shown_value"][0] == pytest.approx(1000 - alone.points["shown_value"][0])
    assert codes(changed(shaped(rows, indicator=MONEY), baseline(currency="EUR"), MONEY)) == [
        "baseline_currency"
    ]


MONTH = {"start": "2020-03-01", "end": "2020-03-31", "value": 5}


@pytest.mark.parametrize(
    ("row", "base", "indicator", "code"),
    [
        ({"year": 2020, "value": 1, "place": "tucson"}, baseline(), VISITS, "baseline_missing"),
        ({"year": 2020, "value": 1, "disaggregation": "a=b"}, baseline(), VISITS, "baseline_missing"),
        ({"year": 2020, "value": 1, "kind": "target"}, baseline(), VISITS, "level_unjoined"),
        (MONTH, baseline(), VISITS, "baseline_length"),
        (MONTH, baseline(), indicator_of(time_aggregation=TimeAggregation.LAST), ""),
        (MONTH, baseline(period=Period.month(2018, 3)), VISITS, ""),
        ({"year": 2020, "value": 1}, baseline(period=Period.month(2018, 3)), VISITS, "baseline_length"),
        (
            {"year": 2020, "value": 1},
            baseline(period=Period(dt.date(2015, 1, 1), dt.date(2018, 12, 31), Precision.YEAR)), VISITS, "",
        ),
        ({"year": 2020, "value": 1}, baseline(period=Period()), VISITS, ""),
        ({"year": 2020, "value": 1}, baseline(), indicator_of(kind=IndicatorKind.YES_NO), "cannot_subtract"),
        ({"value": 1}, baseline(), VISITS, "undated"),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_the_baseline(
    row: dict[str, object], base: Baseline, indicator: Indicator, code: str
) -> None:
    found = changed(shaped(row, indicator=indicator), base, indicator)
    assert codes(found) == ([code] if code else [])
    assert len(found.points) == (not code)


def test_no_change_across_a_break_or_another_method() -> None:
    years = [
        {"year": year, "value": year, "method": "a" if year < 2020 else "b"} for year in range(2017, 2022)
    ]
    found = changed(shaped(*years), baseline())
    assert found.points["anchor"].dt.year.tolist() == [2017, 2018, 2019]
    assert codes(found) == ["across_baseline_break"] * 2
    later = shaped({"year": 2020, "value": 1}, {"year": 2021, "value": 2})
    marked = SeriesBreak("festival_visits", "viborg", dt.date(2021, 1, 1), "method", Text())
    assert codes(changed(later, baseline(), breaks=[marked])) == ["across_baseline_break"]


def test_a_baseline_that_cannot_be_converted_is_told() -> None:
    view = View(prices="constant", base_year=2020)
    row = {"year": 2020, "value": 1.0, "currency": "DKK"}
    with_points = replace(shaped(row, indicator=MONEY), view=view)
    assert codes(changed(with_points, baseline(currency="DKK"), MONEY)) == ["baseline_not_in_view"]


# --- share of the network -----------------------------------------------------------------------------

TWO = ({"year": 2020, "value": 30}, {"year": 2020, "value": 90, "place": "tucson", "source": "t"})


def share(*rows: dict[str, object], indicator: Indicator = VISITS, incomplete: bool = False) -> Shaped:
    found = shaped(*rows, indicator=indicator)
    return share_of_network(found, found, indicator, PLACES, incomplete=incomplete)


def test_the_share_of_those_who_were_members_then() -> None:
    """Linz came in 2025 and Horsens never did: of two members' 120 visits, 25 and 75 per cent."""
    found = share(*TWO, {"year": 2020, "value": 1000, "place": "horsens"})
    assert found.points["shown_value"].tolist() == pytest.approx([25, 75])
    assert found.points["divisor"].tolist() == [120, 120]
    assert found.points["members"].tolist() == found.points["members_with_value"].tolist() == [2, 2]
    assert (found.unit, set(found.points["shown_unit"])) == ("percent", {"percent"})
    assert codes(found) == ["not_a_member"]


def test_a_member_without_a_value_is_missed_and_counted() -> None:
    found = share(TWO[0])
    assert [(r.code, r.params) for r in found.refused] == [
        ("network_members_missing", {"missing": 1, "members": 2})
    ]
    asked = share(TWO[0], incomplete=True).points.iloc[0]
    assert (asked["shown_value"], asked["members"], asked["members_with_value"]) == (100, 2, 1)
    assert (asked["grade"], asked["reasons"]) == ("with_care", "network_incomplete")


def test_the_networks_own_total_needs_no_members() -> None:
    found = share(TWO[0], {"year": 2020, "value": 600, "place": "network"})
    assert found.points["shown_value"].tolist() == [5]
    assert found.points["members"].isna().all()
    assert codes(found) == ["not_a_member"]


def test_illustrative_values_stay_out_of_the_sum() -> None:
    poor = {"tucson": (ComparabilityGrade.ILLUSTRATIVE, ("definition_differs",))}
    everywhere = graded(shaped(*TWO), poor)
    found = share_of_network(everywhere, everywhere, VISITS, PLACES)
    assert codes(found) == ["network_members_missing", "network_own_illustrative"]


@pytest.mark.parametrize(
    ("rows", "indicator", "expected"),
    [
        (TWO, indicator_of(kind=IndicatorKind.PERCENTAGE), {"cannot_share"}),
        ([{**row, "value": 0} for row in TWO], VISITS, {"network_zero"}),
        ([{**row, "currency": c} for row, c in zip(TWO, ("DKK", "USD"), strict=True)], MONEY,
         {"network_currencies"}),
        ([TWO[0], {**TWO[1], "year": 2019}], VISITS, {"network_members_missing", "not_a_member"}),
    ],
)  # fmt: skip
def test_what_has_no_share(rows: list[dict[str, object]], indicator: Indicator, expected: set[str]) -> None:
    found = share(*rows, indicator=indicator)
    assert set(codes(found)) <= expected
    assert codes(found)
    assert found.points.empty


def test_a_sum_of_rates_per_inhabitant_is_no_whole(places: dict[str, Place]) -> None:
    found = replace(shaped(*TWO), view=View(per=100_000))
    assert set(codes(share_of_network(found, found, VISITS, places))) == {"cannot_share"}


# --- per festival day ---------------------------------------------------------------------------------

DAYS = indicator_of("festival_days", unit="days")


def days(*rows: dict[str, object]) -> Shaped:
    return normalise(frame_of(*({**row, "indicator": "festival_days", "unit": "days"} for row in rows)),
                     DAYS, View(), PLACES)  # fmt: skip


def test_visits_by_the_days_of_the_same_place_and_year() -> None:
    found = per_festival_day(shaped(*TWO), days({"year": 2020, "value": 6}, {"year": 2021, "value": 3}))
    assert found.points["shown_value"].tolist() == [5]
    assert found.points["divisor"].tolist() == [6]
    assert codes(found) == ["festival_days_missing"]


def test_no_days_two_counts_of_days_and_another_subject_are_refused() -> None:
    rivals = days({"year": 2020, "value": 6}, {"year": 2020, "value": 7, "source": "b"})
    for known in (rivals, days({"year": 2020, "value": 0})):
        assert set(codes(per_festival_day(shaped(*TWO), known))) == {"festival_days_missing"}
    assert set(codes(per_festival_day(shaped(*TWO), None))) == {"not_of_the_festival"}
    target = shaped({"year": 2020, "value": 1, "kind": "target"})
    assert codes(per_festival_day(target, days({"year": 2020, "value": 6}))) == ["level_unjoined"]
