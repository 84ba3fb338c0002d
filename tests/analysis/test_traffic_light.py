"""The colour of the latest value that can be judged, and why there is none."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.analysis.normalise import View, normalise
from dashboard.analysis.traffic_light import Light, traffic_light
from dashboard.domain.bands import Bands, check_bands
from dashboard.domain.catalogue import Direction, IndicatorKind
from tests.analysis.literals import frame_of, indicator_of, money_of

VISITS = indicator_of()
BANDS = Bands(VISITS.code, 100, 200)


def light(*rows: dict[str, Any], bands: Bands = BANDS, indicator: Any = VISITS) -> Light | None:
    return traffic_light(normalise(frame_of(*rows), indicator, View(), {}).points, indicator, "viborg", bands)


@pytest.mark.parametrize(
    ("value", "colour"), [(99, "red"), (100, "amber"), (199, "amber"), (200, "green"), (900, "green")]
)
def test_the_latest_value_is_coloured(value: float, colour: str) -> None:
    found = light({"year": 2022, "value": 150}, {"year": 2023, "value": value})
    assert found is not None
    assert (found.row.value, found.colour, found.code) == (value, colour, "")


def test_where_less_is_better_the_limits_fall() -> None:
    less = indicator_of(direction=Direction.LOWER_IS_BETTER)
    falling = Bands(VISITS.code, 200, 100)
    values = (99, 100, 101, 200, 201)
    found = [light({"year": 2023, "value": v}, bands=falling, indicator=less) for v in values]
    assert [one and one.colour for one in found] == ["green", "green", "amber", "amber", "red"]


def test_another_place_a_part_and_a_year_that_is_not_over_are_not_judged() -> None:
    assert light({"year": 2023, "value": 150, "place": "tucson"}) is None
    assert light({"year": 2023, "value": 150, "disaggregation": "sex=f"}) is None
    found = light({"year": 2022, "value": 150}, {"year": 2023, "value": 10, "flags": "partial-year"})
    assert found is not None
    assert (found.row.value, found.colour) == (150, "amber")


def test_why_there_is_no_colour_is_told() -> None:
    row = {"year": 2023, "value": 150}
    inexact = light(row | {"qualifier": ">"})
    assert inexact is not None
    assert (inexact.colour, inexact.code) == (None, "inexact")
    unjudged = light(row, indicator=indicator_of(direction=Direction.UNKNOWN))
    assert unjudged is not None
    assert (unjudged.colour, unjudged.code) == (None, "does_not_fit")
    money = money_of()
    amount = row | {"unit": "currency", "currency": "DKK", "indicator": money.code}
    other = light(amount, bands=Bands(money.code, 100, 200, "EUR"), indicator=money)
    assert other is not None
    assert (other.colour, other.code) == (None, "currency_differs")
    same = light(amount, bands=Bands(money.code, 100, 200, "DKK"), indicator=money)
    assert same is not None
    assert same.colour == "amber"


def test_what_is_no_quantity_has_no_colours() -> None:
    for kind in (IndicatorKind.YES_NO, IndicatorKind.NARRATIVE):
        assert [p.code for p in check_bands(BANDS, indicator_of(kind=kind))] == ["bands_kind"]
    assert [p.code for p in check_bands(Bands("x", 100, 200), money_of())] == ["currency_with_unit"]
