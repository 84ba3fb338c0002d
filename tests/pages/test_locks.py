"""Closing a period through the pages, and what a closed period refuses."""

from __future__ import annotations

from datetime import date

from dashboard.store.commands import lock_period
from dashboard.ui.session import today
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import tables, words
from tests.sample import ANALYST, APPROVER, articles
from tests.workflow.acting import SUBMITTED, act, values
from tests.workflow.acting import write as written

YEAR = today().year - 1  # the year that the form offers first
SPAN = (date(YEAR, 1, 1), date(YEAR, 12, 31))


def test_a_year_is_locked_for_a_claim_and_opened_again(desk: Desk) -> None:
    page = desk.open(APPROVER, "review", view="locks")
    assert "Ingen perioder er låst." in words(page)
    page.selectbox(key="lock_claim#0").set_value("media").run()
    write(page, "Hvorfor låses", "Årsrapporten er trykt")
    press(page, "Lås perioden")
    assert f"{YEAR} er nu låst." in [one.value for one in page.success]
    assert f"{YEAR} er låst for løftet »Presse«." in words(page)
    [row] = tables(page)[-1][1:]
    assert row[1:] == ["Låst", str(YEAR), "løftet »Presse«", APPROVER.email, "Årsrapporten er trykt"]
    next(one for one in page.selectbox if one.label == "Låst periode").set_value(0).run()
    write(page, "Hvorfor låses den op", "En fejl i rapporten")
    press(page, "Lås op")
    assert "Ingen perioder er låst." in words(page)
    log = tables(page)[-1][1:]
    assert [row[1] for row in log] == ["Låst op", "Låst"]
    assert log[0][5] == "En fejl i rapporten"


def test_a_quarter_is_locked_for_everything(desk: Desk) -> None:
    page = desk.open(APPROVER, "review", view="locks")
    page.selectbox(key="lock_quarter#0").set_value("3").run()
    write(page, "Hvorfor låses", "Kvartalet er afsluttet")
    press(page, "Lås perioden")
    assert f"3. kvartal {YEAR} er låst for alle indikatorer." in words(page)


def test_a_locked_period_refuses_entry_in_one_sentence(desk: Desk) -> None:
    act(desk.store, APPROVER, lock_period, *SPAN, "Årsrapporten er trykt")
    written(desk.store, articles(5, period=articles().period.year(YEAR - 1)))
    period = articles().period.year(YEAR).key
    page = desk.open(ANALYST, "enter", indicator="press_articles", place="viborg", period=period)
    write(page, "Tal", "13")
    if "Send til godkendelse" in buttons(page):
        button = next(one for one in page.button if one.label == "Send til godkendelse")
        if not button.disabled:
            press(page, "Send til godkendelse")
    said = " ".join(one.value for one in (*page.error, *page.warning))
    assert "er låst" in said
    assert values(desk.store, submitted=True) == [5]


def test_a_locked_period_refuses_approval_in_one_sentence(desk: Desk) -> None:
    written(desk.store, articles(13, period=articles().period.year(YEAR)), state=SUBMITTED)
    act(desk.store, APPROVER, lock_period, *SPAN, "Årsrapporten er trykt")
    page = desk.open(APPROVER, "review")
    next(box for box in page.checkbox if str(YEAR) in box.label).check().run()
    press(page, "Godkend")
    assert ["er låst" in one.value for one in page.error] == [True]
    assert values(desk.store) == []


def test_an_analyst_reads_the_log_and_locks_nothing(desk: Desk) -> None:
    act(desk.store, APPROVER, lock_period, *SPAN, "Årsrapporten er trykt")
    page = desk.open(ANALYST, "review", view="locks")
    assert "Årsrapporten er trykt" in words(page)
    assert not page.button
