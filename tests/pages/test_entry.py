"""Entering a figure and deciding about it, through the pages, over a store of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.observation import Draft, ObservationKind, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Role
from dashboard.store import queries
from dashboard.store.commands import keep_entry, lock_period, record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.work import unit_of_work
from dashboard.ui import session
from tests.conftest import Databases
from tests.pages.conftest import Application, OpenPage
from tests.pages.reading import words

INDICATOR = "resident_awareness"
PERIOD = "2025-01-01/2025-12-31/year"


@pytest.fixture(scope="module")
def address(databases: Databases) -> str:
    return databases.address("sqlite", "demonstration")


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


def field(page: AppTest, label: str) -> Any:
    return next(box for box in page.text_input if box.label == label)


def button(page: AppTest, label: str) -> Any:
    return next(one for one in page.button if one.label == label)


def enter(pages: OpenPage, value: str) -> AppTest:
    page = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert not page.exception
    field(page, "Tal (procent)").set_value(value).run()
    return page


def test_an_ambiguous_number_is_said_and_cannot_be_sent(pages: OpenPage, address: str) -> None:
    page = enter(pages, "1.5")
    assert any("1,5" in error.value and "15" in error.value for error in page.error)
    assert button(page, "Send til godkendelse").disabled
    assert recorded(address, submitted=True).empty


def test_what_was_typed_comes_back_in_a_new_session(pages: OpenPage) -> None:
    enter(pages, "61,5")
    again = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert field(again, "Tal (procent)").value == "61,5"
    assert any("i gang med" in info.value for info in again.info)
    button(again, "Kassér og begynd forfra").click().run()
    third = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert field(third, "Tal (procent)").value == ""


def test_a_figure_goes_from_the_field_through_review_to_the_readers(pages: OpenPage, address: str) -> None:
    page = enter(pages, "61,5")
    button(page, "Send til godkendelse").click().run()
    assert not page.exception
    assert any("sendt til godkendelse" in said.value for said in page.success)
    assert field(page, "Tal (procent)").value == ""
    waiting = recorded(address, submitted=True)
    assert waiting["value"].tolist() == [61.5]
    assert waiting["state"].tolist() == ["submitted"]
    assert recorded(address, submitted=False).empty, "readers see nothing before it is approved"

    review = pages("review")
    assert not review.exception
    box = next(box for box in review.checkbox if "2025" in box.label)
    box.check().run()
    button(review, "Godkend").click().run()
    assert not review.exception
    assert any("godkendt" in said.value for said in review.success)
    assert recorded(address, submitted=False)["value"].tolist() == [61.5]


def test_another_value_of_the_same_source_asks_for_a_reason_and_keeps_both(
    pages: OpenPage, address: str
) -> None:
    page = enter(pages, "63")
    assert any("61" in warning.value or "62" in warning.value for warning in page.warning)
    field(page, "Hvorfor ændres tallet?").set_value("Trykfejl i rapporten").run()
    button(page, "Send til godkendelse").click().run()
    assert not page.exception
    assert recorded(address, submitted=False)["value"].tolist() == [61.5], "the approved value still stands"
    assert recorded(address, submitted=True)["value"].tolist() == [63]


def test_a_returned_value_goes_back_with_its_note(pages: OpenPage, address: str) -> None:
    review = pages("review")
    next(box for box in review.checkbox if "2025" in box.label).check().run()
    next(box for box in review.text_input if box.label.startswith("Bemærkning")).set_value("Vis kilden").run()
    button(review, "Send tilbage").click().run()
    assert not review.exception
    returned = pages("review", pile="returned")
    assert any("2025" in box.label for box in returned.checkbox)
    again = pages("enter", indicator=INDICATOR, period=PERIOD)
    assert any("»Vis kilden« Du skrev 63." in one.value for one in again.warning)
    assert recorded(address, submitted=False)["value"].tolist() == [61.5]


# -- what stands beside the field, and what a figure stands on -------------------------------------

MEDIA = "media_news_volume_share"
VISITS = "festival_visits"
COLLEAGUE = Actor("kollega@example.org", "Kollega", frozenset({Role.ANALYST, Role.APPROVER}))


def last(address: str, indicator: str, submitted: bool = True) -> dict[str, Any]:
    """The row that was written last."""
    engine = open_engine(address)
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(submitted=submitted), [indicator], ["mosevig"])
    engine.dispose()
    return {str(k): v for k, v in frame.sort_values("observation").iloc[-1].to_dict().items()}


def box(page: AppTest, label: str) -> Any:
    return next(one for one in page.selectbox if one.label == label)


def said(page: AppTest) -> str:
    return " ".join(one.value for one in (*page.error, *page.warning)) + words(page)


def send(page: AppTest) -> None:
    """Give the reason, where one is asked for, and press the button."""
    for asked in [one for one in page.text_input if one.label == "Hvorfor ændres tallet?" and not one.value]:
        asked.set_value("Ny måling").run()
    button(page, "Send til godkendelse").click().run()
    assert not page.exception
    assert any("sendt til godkendelse" in one.value for one in page.success), said(page)


def test_files_and_links_go_with_the_figure_and_are_handed_out_again(
    pages: OpenPage, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_FILES", str(tmp_path))
    choices = {"indicator": MEDIA, "period": "2018-01-01/2018-12-31/year"}
    page = pages("enter", **choices)
    field(page, "Tal (procent)").set_value("0,0021").run()
    files = [("../måling.pdf", b"%PDF-1.4 x", "application/pdf"), ("tal.csv", b"a;b", "text/csv"),
             ("side.html", b"<script>", "text/html")]  # fmt: skip
    page.file_uploader[0].set_value(files).run()
    assert any("side.html" in error.value for error in page.error)
    assert "måling.pdf" in words(page)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2

    again = pages("enter", **choices)  # a closed tab loses neither the figure nor the files
    assert "måling.pdf" in words(again)
    field(again, "Link").set_value("https://politiken.dk/1").run()
    assert button(again, "Send til godkendelse").disabled, "a link that was typed and not added"
    field(again, "Linkets titel").set_value("Politiken").run()
    box(again, "Kopi af siden blandt filerne").set_value("måling.pdf").run()
    button(again, "Tilføj linket").click().run()
    assert not again.exception
    send(again)
    engine = open_engine(address)
    with reading(engine) as connection:
        attached = queries.load_documents(connection, LOCAL_ACTOR, int(last(address, MEDIA)["observation"]))
    engine.dispose()
    assert [(one.document.title, one.document.address, one.document.file_name) for one in attached] == [
        ("tal", "", "tal.csv"), ("Politiken", "https://politiken.dk/1", "måling.pdf"),
    ]  # fmt: skip
    shown = pages("enter", **choices)
    assert [one.label for one in shown.get("download_button")] == ["Hent »tal.csv«", "Hent »måling.pdf«"]


def test_grades_come_from_two_answers_and_another_grade_needs_words(pages: OpenPage, address: str) -> None:
    page = pages("enter", indicator=MEDIA, period="2017-01-01/2017-12-31/year")
    field(page, "Tal (procent)").set_value("0,0022").run()
    box(page, "Hvor er tallet læst?").set_value("press").run()
    box(page, "Hvad siger kilden om titlens betydning?").set_value("named").run()
    assert "Regel: Tallet er læst i pressen" in words(page)
    assert "før udnævnelsen" in words(page), "2017 was before the title, whatever was answered"
    box(page, "Pålidelighed").set_value("estimate").run()
    assert button(page, "Send til godkendelse").disabled
    field(page, "Hvorfor den pålidelighed?").set_value("Avisen skriver selv cirka").run()
    send(page)
    row = last(address, MEDIA)
    assert (row["confidence"], row["confidence_reason"]) == ("estimate", "Avisen skriver selv cirka")
    assert (row["attribution"], row["attribution_reason"]) == ("A0", "rule:before_designation")


def test_an_exact_date_is_typed_and_read_strictly(pages: OpenPage, address: str) -> None:
    page = pages("enter", indicator=MEDIA, period="other", when="12/31/2016")
    assert "31/12/2016" in said(page)
    assert not [one for one in page.text_input if one.label == "Tal (procent)"]
    field(page, "Skriv perioden eller datoen").set_value("31.12.2016").run()
    assert "31. december 2016" in words(page)
    field(page, "Tal (procent)").set_value("0,0023").run()
    field(page, "Hvorfor er tallet rigtigt?").set_value("Årets sidste måling").run()
    send(page)
    row = last(address, MEDIA)
    assert (row["value"], row["period_end"], row["precision"]) == (0.0023, pd.Timestamp("2016-12-31"), "day")


def test_an_odd_figure_is_asked_about_beside_the_band_and_goes_on_with_an_answer(
    pages: OpenPage, address: str
) -> None:
    page = pages("enter", indicator=VISITS, period="2019-01-01/2019-12-31/year")
    assert "Sædvanligvis Mellem" in " ".join(words(page).split())
    label = next(one.label for one in page.text_input if one.label.startswith("Tal"))
    field(page, label).set_value("9.999.999").run()
    assert page.warning
    assert button(page, "Send til godkendelse").disabled
    field(page, "Hvorfor er tallet rigtigt?").set_value("Talt med kamera").run()
    assert button(page, "Send til godkendelse").disabled, "an approved value changes only with a reason"
    field(page, "Hvorfor ændres tallet?").set_value("Kameraet er nyt").run()
    send(page)
    assert (last(address, VISITS)["value"], last(address, VISITS)["note"]) == (9_999_999, "Talt med kamera")


def test_parts_that_are_more_than_the_whole_are_told(pages: OpenPage, address: str) -> None:
    before = last(address, VISITS)
    period = f"{before['period_start']:%Y-%m-%d}/{before['period_end']:%Y-%m-%d}/year"
    engine = open_engine(address)
    typed = {"value": "10.000.001", "disaggregation": "origin=abroad"}
    keep_entry(engine, LOCAL_ACTOR, f"enter:{VISITS}:mosevig:{period}", typed)
    page = pages("enter", indicator=VISITS, period=period)
    assert box(page, "Opdeling").value == "origin=abroad"
    assert any("9.999.999" in one.value and "10.000.001" in one.value for one in page.warning), said(page)
    assert button(page, "Send til godkendelse").disabled
    engine.dispose()


def test_a_closed_period_is_told_before_anything_is_typed(pages: OpenPage, address: str) -> None:
    engine = open_engine(address)
    with unit_of_work(engine, COLLEAGUE, "test") as work:
        lock_period(work, date(2015, 1, 1), date(2015, 12, 31), "Regnskabet er lukket")
    engine.dispose()
    page = pages("enter", indicator=MEDIA, period="2015-01-01/2015-12-31/year")
    assert any("låst" in one.value or "lukket" in one.value for one in page.error)
    field(page, "Tal (procent)").set_value("0,002").run()
    assert button(page, "Send til godkendelse").disabled


def test_the_second_of_two_is_told_sees_both_and_loses_nothing(pages: OpenPage, address: str) -> None:
    choices = {"indicator": MEDIA, "period": "2018-01-01/2018-12-31/year"}
    page = pages("enter", **choices)
    field(page, "Tal (procent)").set_value("0,0025").run()
    field(page, "Hvorfor ændres tallet?").set_value("Ny måling").run()
    engine = open_engine(address)
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(submitted=True), [MEDIA], ["mosevig"])
    row = frame[frame["period_end"] == pd.Timestamp("2018-12-31")].iloc[-1]
    theirs = Draft(
        MEDIA, "mosevig", str(row["source"]), Period.year(2018), 0.0024, unit="percent",
        kind=ObservationKind(row["kind"]), boundary=str(row["boundary"]), method=str(row["method"]),
    )  # fmt: skip
    with unit_of_work(engine, COLLEAGUE, "test") as work:
        record(work, [theirs], state=WorkflowState.SUBMITTED, reason="talt om")
    button(page, "Send til godkendelse").click().run()
    assert not page.exception
    assert not page.success
    [told] = [one.value for one in page.warning if "kollega@example.org" in one.value]
    assert "0,0024" in told
    assert "0,0025" in told
    assert last(address, MEDIA)["value"] == 0.0024
    button(page, "Behold mit tal").click().run()
    send(page)
    assert last(address, MEDIA)["value"] == 0.0025
    engine.dispose()


def amount(page: AppTest) -> Any:
    return next(one for one in page.text_input if one.label == "Beløb")


def stage(page: AppTest) -> Any:
    return next((one for one in page.get("button_group") if one.label == "Trin"), None)


def test_another_stage_of_the_same_money_keeps_what_was_typed(pages: OpenPage, address: str) -> None:
    period = "2023-01-01/2023-12-31/year"
    page = pages("enter", indicator="funding_granted", period=period)
    assert not page.exception
    assert "Registeret lægger selv dette tal sammen" in words(page)
    assert stage(page).value == "granted"
    assert "ikke modtaget" in stage(page).help
    amount(page).set_value("1.250.000").run()
    box(page, "Valuta").set_value("EUR").run()
    box(page, "Kilde").set_value("demo-accounts").run()
    stage(page).set_value("received").run()
    assert not page.exception
    assert page.query_params["indicator"] == "funding_received"
    assert page.query_params["period"] == period
    assert (amount(page).value, box(page, "Valuta").value) == ("1.250.000", "EUR")
    assert box(page, "Kilde").value == "demo-accounts"

    again = pages("enter", indicator="funding_received", period=period)  # it is kept there, and only there
    assert amount(again).value == "1.250.000"
    granted = pages("enter", indicator="funding_granted", period=period)
    assert amount(granted).value == ""
    amount(granted).set_value("2.000.000").run()
    stage(granted).set_value("received").run()
    assert amount(granted).value == "1.250.000", "what was begun there is not written over"
    assert any("»Bevilget«" in one.value for one in granted.info)
    assert amount(pages("enter", indicator="funding_granted", period=period)).value == "2.000.000"

    field(again, "Hvorfor er tallet rigtigt?").set_value("Efter regnskabet").run()
    send(again)
    row = last(address, "funding_received")
    assert (row["value"], row["currency"], row["source"]) == (1_250_000, "EUR", "demo-accounts")
    own, other = pages("enter", indicator="funding_secured"), pages("enter", indicator="creative_wages")
    assert stage(own) is stage(other) is None
    assert "bevilget, ikke modtaget" in words(own)
    assert "modtaget" not in words(other), "wages have no stages"


@pytest.mark.parametrize("way", ["figure", "grid"])
def test_nothing_is_entered_into_the_past(pages: OpenPage, way: str) -> None:
    page = pages("enter", way=way, known=session.today().isoformat())
    assert not page.exception
    assert not page.text_input
    assert not [one for one in page.button if one.label.startswith("Send")]
