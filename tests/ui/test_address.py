"""What the address may say, without a page."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as streamlit_module
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidChoiceError
from dashboard.ui import address

OPTIONS = ("festival_visits", "festival_days", "creative_companies")


@pytest.fixture
def choices(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The address of a page, as a plain dictionary."""
    there: dict[str, str] = {}
    monkeypatch.setattr(streamlit_module, "query_params", there)
    monkeypatch.setattr(streamlit_module, "session_state", {})
    return there


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ("festival_visit", "festival_visits"),
        ("FESTIVAL_DAYS", "festival_days"),
        ("creative", "creative_companies"),
    ],
)
def test_the_nearest_right_choice_is_named_first(given: str, first: str) -> None:
    assert address.nearest(given, OPTIONS).split(", ")[0] == first


@given(st.text(max_size=40))
def test_something_is_always_suggested(given: str) -> None:
    suggested = address.nearest(given, OPTIONS).split(", ")
    assert suggested
    assert set(suggested) <= set(OPTIONS)


def test_an_unknown_choice_is_refused_with_what_is_near(choices: dict[str, str]) -> None:
    choices["indicator"] = "festival_visit"
    with pytest.raises(InvalidChoiceError) as refusal:
        address.one_of("indicator", OPTIONS)
    assert refusal.value.key == "error.address.indicator"
    assert refusal.value.params["given"] == "festival_visit"
    assert refusal.value.params["instead"].startswith("festival_visits")


def test_without_a_choice_the_default_holds(choices: dict[str, str]) -> None:
    assert address.one_of("indicator", OPTIONS) == "festival_visits"
    assert address.one_of("indicator", OPTIONS, "festival_days") == "festival_days"
    assert address.several_of("places", OPTIONS, ["festival_days"]) == ["festival_days"]
    assert address.number("base", 1900, 2100) is None
    assert address.known_at(date(2026, 1, 1)) is None


def test_several_choices_keep_their_order_and_stand_once(choices: dict[str, str]) -> None:
    choices["places"] = " creative_companies,festival_days,,creative_companies "
    assert address.several_of("places", OPTIONS, []) == ["creative_companies", "festival_days"]
    choices["places"] = ""
    assert address.several_of("places", OPTIONS, ["festival_days"]) == [], "none is a choice too"


@pytest.mark.parametrize("text", ["1899", "2101", "-5", "2,017", "٢٠١٧", "²", "1e3", " x"])
def test_a_number_outside_its_bounds_is_refused(choices: dict[str, str], text: str) -> None:
    choices["base"] = text
    with pytest.raises(InvalidChoiceError) as refusal:
        address.number("base", 1900, 2100)
    assert refusal.value.params["smallest"] == "1900", "years have no thousands separator"


@pytest.mark.parametrize("text", ["1900", "2100", " 2017 "])
def test_a_number_within_its_bounds_is_taken(choices: dict[str, str], text: str) -> None:
    choices["base"] = text
    assert address.number("base", 1900, 2100) == int(text)


@pytest.mark.parametrize("text", ["2024-02-30", "30.10.2019", "2024-1-1", "now", "20240101T00", "2024-W01"])
def test_a_day_that_is_no_day_is_refused(choices: dict[str, str], text: str) -> None:
    choices["known"] = text
    with pytest.raises(InvalidChoiceError) as refusal:
        address.known_at(date(2026, 1, 1))
    assert refusal.value.key == "error.address.date"


def test_today_is_the_last_day_that_can_be_known(choices: dict[str, str]) -> None:
    choices["known"] = "2026-01-01"
    assert address.known_at(date(2026, 1, 1)) == date(2026, 1, 1)
    choices["known"] = "2026-01-02"
    with pytest.raises(InvalidChoiceError) as refusal:
        address.known_at(date(2026, 1, 1))
    assert refusal.value.params["name"] == "known", "so that the way back leaves it out"


@pytest.mark.parametrize(
    ("text", "language", "unknown"), [("", "da", ""), ("en", "en", ""), ("EN", "da", "EN")]
)
def test_an_unknown_language_is_told_and_danish_is_shown(
    choices: dict[str, str], text: str, language: str, unknown: str
) -> None:
    choices["lang"] = text
    assert address.language() == (language, unknown)


def test_choices_are_written_and_empty_ones_taken_out(choices: dict[str, str]) -> None:
    choices |= {"place": "linz", "axis": "designation"}
    address.write(place="york", axis="", places=["linz", "york"], base=None, view="per")
    assert choices == {"place": "york", "places": "linz,york", "view": "per"}
