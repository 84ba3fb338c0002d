"""Entering a figure and deciding about it, through the pages, over a store of its own."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from tests.pages.conftest import Application, OpenPage
from tests.pages.stores import FilledStores, fill

INDICATOR = "resident_awareness"
PERIOD = "2025-01-01/2025-12-31/year"


@pytest.fixture(scope="module")
def address(filled_stores: FilledStores) -> str:
    url = filled_stores.new("demonstration_for_entry", "sqlite")
    fill(url, "demonstration")
    return url


@pytest.fixture
def pages(address: str, application: Application) -> OpenPage:
    application.show(address)
    return application.open


def recorded(address: str, submitted: bool) -> pd.DataFrame:
    engine = open_engine(address)
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(submitted=submitted), [INDICATOR], ["mosevig"])
    engine.dispose()
    return frame[frame["period_end"] == pd.Timestamp("2025-12-31")]


def field(page: AppTest, label: str) -> object:
    return next(box for box in page.text_input if box.label == label)


def button(page: AppTest, label: str) -> object:
    return next(one for one in page.button if one.label == label)


def enter(pages: OpenPage, value: str) -> AppTest:
    page = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert not page.exception
    field(page, "Tal (procent)").set_value(value).run()  # type: ignore[attr-defined]
    return page


def test_an_ambiguous_number_is_said_and_cannot_be_sent(pages: OpenPage, address: str) -> None:
    page = enter(pages, "1.5")
    assert any("1,5" in error.value and "15" in error.value for error in page.error)
    assert button(page, "Send til godkendelse").disabled  # type: ignore[attr-defined]
    assert recorded(address, submitted=True).empty


def test_what_was_typed_comes_back_in_a_new_session(pages: OpenPage) -> None:
    enter(pages, "61,5")
    again = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert field(again, "Tal (procent)").value == "61,5"  # type: ignore[attr-defined]
    assert any("i gang med" in info.value for info in again.info)
    button(again, "Kassér og begynd forfra").click().run()  # type: ignore[attr-defined]
    third = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert field(third, "Tal (procent)").value == ""  # type: ignore[attr-defined]


def test_a_figure_goes_from_the_field_through_review_to_the_readers(pages: OpenPage, address: str) -> None:
    page = enter(pages, "61,5")
    button(page, "Send til godkendelse").click().run()  # type: ignore[attr-defined]
    assert not page.exception
    assert any("sendt til godkendelse" in said.value for said in page.success)
    assert field(page, "Tal (procent)").value == ""  # type: ignore[attr-defined]
    waiting = recorded(address, submitted=True)
    assert waiting["value"].tolist() == [61.5]
    assert waiting["state"].tolist() == ["submitted"]
    assert recorded(address, submitted=False).empty, "readers see nothing before it is approved"

    review = pages("review")
    assert not review.exception
    box = next(box for box in review.checkbox if "2025" in box.label)
    box.check().run()
    button(review, "Godkend").click().run()  # type: ignore[attr-defined]
    assert not review.exception
    assert any("godkendt" in said.value for said in review.success)
    assert recorded(address, submitted=False)["value"].tolist() == [61.5]


def test_another_value_of_the_same_source_asks_for_a_reason_and_keeps_both(
    pages: OpenPage, address: str
) -> None:
    page = enter(pages, "63")
    assert any("61" in warning.value or "62" in warning.value for warning in page.warning)
    field(page, "Hvorfor ændres tallet?").set_value("Trykfejl i rapporten").run()  # type: ignore[attr-defined]
    button(page, "Send til godkendelse").click().run()  # type: ignore[attr-defined]
    assert not page.exception
    assert recorded(address, submitted=False)["value"].tolist() == [61.5], "the approved value still stands"
    assert recorded(address, submitted=True)["value"].tolist() == [63]


def test_a_returned_value_goes_back_with_its_note(pages: OpenPage, address: str) -> None:
    review = pages("review")
    next(box for box in review.checkbox if "2025" in box.label).check().run()
    next(box for box in review.text_input if box.label.startswith("Bemærkning")).set_value("Vis kilden").run()
    button(review, "Send tilbage").click().run()  # type: ignore[attr-defined]
    assert not review.exception
    returned = pages("review", pile="returned")
    assert any("2025" in box.label for box in returned.checkbox)
    assert recorded(address, submitted=False)["value"].tolist() == [61.5]
