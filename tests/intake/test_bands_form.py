"""The limits of colours as they are typed: strict in both languages, and read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Direction
from dashboard.i18n import Translator
from dashboard.intake.bands_form import read_bands, typed_bands
from tests.analysis.literals import indicator_of, money_of

VISITS, FUNDING = indicator_of(), money_of()
DA, EN = Translator("da"), Translator("en")
LIMIT = st.integers(-(10**11), 10**11).map(lambda n: n / 10_000)


@given(LIMIT, st.integers(1, 10**9).map(lambda n: n / 10_000), st.booleans(), st.booleans())
def test_what_is_read_of_the_texts_of_limits_is_the_limits(
    amber: float, width: float, less: bool, money: bool
) -> None:
    green = round(amber - width if less else amber + width, 4)
    direction = Direction.LOWER_IS_BETTER if less else Direction.HIGHER_IS_BETTER
    indicator = (money_of if money else indicator_of)(direction=direction)
    bands = Bands(indicator.code, amber, green, "DKK" if money else "")
    for t in (DA, EN):
        read = read_bands(typed_bands(bands, "EUR", t), t, indicator)
        assert (read.item, read.problems) == (bands, ())


@pytest.mark.parametrize(
    ("amber", "green", "fields"),
    [
        ("", "10", {("field_blank", "amber")}),
        ("10", " ", {("field_blank", "green")}),
        ("20", "10", {("bands_order", "green")}),
        ("mange", "10", {("number_form", "amber")}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(amber: str, green: str, fields: set[tuple[str, str]]) -> None:
    read = read_bands({"amber": amber, "green": green}, DA, VISITS)
    assert {(p.code, p.field) for p in read.problems} == fields


def test_a_number_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    assert read_bands({"amber": "1.5", "green": "10"}, DA, VISITS).problems
    assert read_bands({"amber": "1,5", "green": "10"}, DA, VISITS).item == Bands(VISITS.code, 1.5, 10)


def test_two_empty_fields_are_no_colours_and_an_amount_needs_its_currency() -> None:
    empty = read_bands(typed_bands(None, "DKK", DA), DA, FUNDING)
    assert (empty.item, empty.problems) == (None, ())
    read = read_bands({"amber": "10", "green": "20", "currency": ""}, DA, FUNDING)
    assert [(p.code, p.field) for p in read.problems] == [("field_blank", "currency")]
