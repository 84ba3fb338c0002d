"""What is expected, reported, late and owed, on the screen and on the front page, counted again by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, text

from dashboard.config import Settings
from dashboard.domain.catalogue import Frequency
from dashboard.domain.observation import MissingReason, WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.reporting import Reported, Standing, standings
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Role
from dashboard.domain.text import Text
from dashboard.due_calendar import load_calendar
from dashboard.i18n import Translator
from dashboard.store.commands import add_member, define_indicators, return_
from dashboard.ui import cached
from dashboard.ui.completeness_parts import as_calendar, as_csv, reporting
from dashboard.ui.session import Visit, today
from dashboard.ui.value_markup import enter_href
from tests.pages.conftest import OpenPage, stamp
from tests.pages.persons import Desk
from tests.pages.reading import body, tables, words
from tests.sample import ANALYST, APPROVER, ARTICLES, READER, SCORE, SHARE, articles
from tests.workflow.acting import SUBMITTED, act
from tests.workflow.acting import write as written

DESIGNATED = date(2019, 10, 30)
YEARS = range(2019, today().year)
"""The whole years since the designation that are over: what an annual indicator expects."""


def past(store: Engine, day: str) -> None:
    """Move everything that was written until now to a day of the past."""
    with store.begin() as connection:
        for name in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).scalars().all():  # fmt: skip
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(
            text("UPDATE change_set SET recorded_at = :moment"), {"moment": f"{day} 12:00:00.000000"}
        )


def test_each_period_stands_as_the_rule_says() -> None:
    """Quarters since 2024, the store exists since 1 April 2024, and today is 20 May 2025."""
    indicator = replace(ARTICLES, frequency=Frequency.QUARTERLY)

    def report(quarter: int, day: date, **more: object) -> Reported:
        period = Period.quarter(2024, quarter)
        return replace(
            Reported(indicator.code, period.start, period.end, day, "", WorkflowState.SUBMITTED), **more
        )  # type: ignore[arg-type]

    reports = [
        report(1, date(2024, 4, 2)),
        report(2, date(2024, 7, 30)),
        report(3, date(2024, 10, 31)),
        report(4, date(2025, 1, 10), missing=True),
    ]
    found = standings(indicator, reports, date(2024, 1, 1), date(2024, 4, 1), date(2025, 4, 20))
    assert list(found.values()) == [
        Standing.REPORTED, Standing.ON_TIME, Standing.LATE, Standing.REASONED, Standing.AWAITED,
    ]  # fmt: skip
    later = standings(indicator, reports, date(2024, 1, 1), date(2024, 4, 1), date(2025, 5, 1))
    assert list(later.values())[-1] is Standing.OWED, "30 days after the end of March"
    began = replace(indicator, valid_from=date(2024, 7, 1))
    assert list(standings(began, [], date(2024, 1, 1), date(2024, 4, 1), date(2025, 5, 1)).values())[:3] == [
        Standing.NOT_ASKED, Standing.NOT_ASKED, Standing.OWED,
    ]  # fmt: skip


def test_the_figures_of_the_screen_are_those_of_the_store(desk: Desk) -> None:
    """Three annual indicators; two years of articles, one reason, one value that was sent back."""
    past(desk.store, "2019-11-01")
    written(desk.store, articles(4, period=Period.year(2020)), articles(5, period=Period.year(2021)))
    written(desk.store, articles(None, period=Period.year(2022), missing_reason=MissingReason.NOT_COLLECTED))
    [returned] = written(desk.store, articles(6, period=Period.year(2023)), state=SUBMITTED)
    act(desk.store, APPROVER, return_, [returned], "Hele året?")
    page = desk.open(ANALYST, "review", view="completeness")

    expected = 3 * len(YEARS)
    newest_is_due = today() > date(today().year - 1, 12, 31) + timedelta(days=90)
    awaited = 0 if newest_is_due else 3
    owed = expected - 2 - 1 - awaited
    share = round(100 * 2 / expected)
    sentence = (
        f"Siden 30. oktober 2019 er der ventet {expected} tal. 2 er registreret ({share} %), heraf 2 efter "
        f"fristen; 1 er meldt som manglende med en begrundelse, {awaited} er der stadig tid til, "
        f"og {owed} mangler."
    )
    assert sentence in words(page).replace("\xa0", " ")

    [matrix, due, people] = tables(page)
    [row] = [row for row in matrix if row[0].startswith("Artikler")]
    assert row[1] == f"2 af {len(YEARS)}"
    signs = dict(zip(matrix[0][3:], row[3:], strict=True))
    assert [signs.get(str(year), "") for year in (2020, 2021, 2022, 2023)] == ["◐", "◐", "○", "✕"]
    assert {row[1] for row in due[1:]} == {"Artikler", "Andel", "Tilfredshed"}
    assert people[1:] == [[ANALYST.email, "4", "0", "4", "0", "0", "1"]]


def test_signs_have_words_and_lead_to_the_field(desk: Desk) -> None:
    page = desk.open(ANALYST, "review", view="completeness")
    shown = body(page)
    year = YEARS[-1]
    assert f'aria-label="{year}: ' in shown
    assert (
        f"enter?indicator=press_articles&amp;place=viborg&amp;period={year}-01-01%2F{year}-12-31%2Fyear"
        in shown
    )


def test_the_download_has_every_period(desk: Desk) -> None:
    written(desk.store, articles(4, period=Period.year(2020)))
    desk.open(ANALYST, "review", view="completeness")
    visit = Visit(Translator("da"), ANALYST, stamp(), cached.world(stamp()), None)
    found = as_csv(reporting(visit.stamp, ANALYST), visit).decode("utf-8-sig").splitlines()
    assert found[0] == "Kode,Indikator,Ansvarlig,Opgøres,Periode,Frist,Status"
    assert len(found) == 1 + 3 * len(YEARS)
    assert "press_articles,Artikler,Ord på dansk,Hvert år,2020,2021-03-31,registreret" in found


def test_the_front_page_counts_what_waits_for_whom(desk: Desk) -> None:
    first, second = written(
        desk.store,
        articles(4, period=Period.year(2020)),
        articles(5, period=Period.year(2021)),
        state=SUBMITTED,
    )
    written(desk.store, articles(6, period=Period.year(2022)))
    act(desk.store, APPROVER, return_, [second], "Hele året?")
    assert first != second
    approver = words(desk.open(APPROVER, "overview"))
    assert "1 venter på din godkendelse" in approver
    assert "er sendt tilbage til dig" not in approver
    analyst = words(desk.open(ANALYST, "overview"))
    assert "venter på din godkendelse" not in analyst
    assert "1 er sendt tilbage til dig" in analyst
    assert "1 kladde" in analyst
    assert "3 tal mangler fra dig" in analyst, "the owners name nobody of the team"
    assert 'href="/due.ics?lang=da" hreflang="da"' in body(desk.open(ANALYST, "overview"))
    reader = words(desk.open(READER, "overview"))
    assert "Din arbejdsdag" not in reader
    assert "mangler fra dig" not in reader


def test_what_waits_is_not_asked_for_again(desk: Desk) -> None:
    drafts = [articles(n, period=Period.year(year)) for n, year in enumerate(YEARS)]
    written(desk.store, *drafts)
    assert "2 tal mangler fra dig" in words(desk.open(ANALYST, "overview"))


def test_a_named_owner_is_asked_alone(desk: Desk) -> None:
    administrator = Actor("chief@example.org", "Chef", frozenset(Role))
    act(desk.store, administrator, add_member, ANALYST.email, ANALYST.name)
    owner = Text(f"Anders Analyst ({ANALYST.email})", "Anders Analyst")
    owned = [replace(one, owner=owner) for one in (ARTICLES, SHARE, SCORE)]
    act(desk.store, APPROVER, define_indicators, owned)
    assert "3 tal mangler fra dig" in words(desk.open(ANALYST, "overview"))
    assert "mangler fra dig" not in words(desk.open(APPROVER, "overview"))


def test_the_calendar_has_the_days_that_lie_ahead(desk: Desk) -> None:
    desk.open(ANALYST, "review", view="completeness")
    visit = Visit(Translator("da"), ANALYST, stamp(), cached.world(stamp()), None)
    calendar = as_calendar(reporting(visit.stamp, ANALYST), visit).decode().replace("\r\n ", "")
    running = today().year
    for name in ("Artikler", "Andel", "Tilfredshed"):
        assert f"SUMMARY:Frist: {name}\\, {running}\r\n" in calendar
    due = date(running, 12, 31) + timedelta(days=90)
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in calendar
    assert (
        f"enter?indicator=press_articles&place=viborg&period={running}-01-01%2F{running}-12-31%2Fyear"
        in calendar
    )


def test_the_served_calendar_is_the_download_and_each_responsible_has_one(demonstration: OpenPage) -> None:
    page = demonstration("review", view="completeness")
    assert 'href="/due.ics?lang=da" hreflang="da"' in body(page)
    assert "<code>http://localhost:8501/due.ics?lang=da</code>" in body(page)
    t = Translator("da")
    visit = Visit(t, LOCAL_ACTOR, stamp(), cached.world(stamp()), None)
    settings = Settings.from_env()
    whole = load_calendar(cached.engine(), LOCAL_ACTOR, settings, t, today())
    assert whole == as_calendar(reporting(visit.stamp, LOCAL_ACTOR), visit)
    names = re.findall(r'href="/due.ics\?lang=da&amp;owner=([^"]+)"', body(page))
    assert len(names) > 3
    parts = [
        Calendar.from_ical(load_calendar(cached.engine(), LOCAL_ACTOR, settings, t, today(), unquote_plus(n)))
        for n in names
    ]
    identities = sorted(str(event["UID"]) for part in parts for event in part.events)
    assert identities == sorted(str(event["UID"]) for event in Calendar.from_ical(whole).events)
    assert sum(1 for part in parts if part.events) > 3


def test_every_sort_of_period_leads_to_a_field(demonstration: OpenPage) -> None:
    page = demonstration("review", view="completeness")
    links = re.findall(r'href="(/enter\?[^"]+)"', body(page))
    sorts = {}
    for link in links:
        choices = dict(parse_qsl(urlsplit(unescape(link)).query))
        period = choices.get("period", "").split("/")
        sorts[period[-1], len(period) > 1 and period[0][:4] != period[1][:4]] = choices
    assert sorts
    for choices in sorts.values():
        entry = demonstration("enter", **choices)
        assert not entry.exception
        assert not entry.error, choices


@pytest.mark.parametrize(
    ("period", "choices"),
    [
        (Period.year(1995), "period=other&when=1995"),
        (Period.quarter(1995, 3), "period=other&when=1995Q3"),
        (Period.month(1995, 3), "period=other&when=1995-03"),
        (Period.day(date(1995, 3, 4)), "period=other&when=1995-03-04"),
        (Period(), ""),
    ],
)
def test_a_period_that_is_not_offered_is_handed_over_as_typed(
    desk: Desk, period: Period, choices: str
) -> None:
    desk.open(ANALYST, "overview")
    visit = Visit(Translator("da"), ANALYST, stamp(), cached.world(stamp()), None)
    href = enter_href("press_articles", "viborg", period, visit)
    assert href == "/enter?indicator=press_articles&place=viborg" + (f"&{choices}" if choices else "")
    assert enter_href("grants_received", "viborg", period, visit) == "", "the register makes it"


def test_a_span_of_years_is_entered_under_its_last(desk: Desk) -> None:
    desk.open(ANALYST, "overview")
    visit = Visit(Translator("da"), ANALYST, stamp(), cached.world(stamp()), None)
    last = YEARS[-1]
    span = Period(date(last - 1, 1, 1), date(last, 12, 31), Precision.YEAR)
    assert enter_href("press_articles", "viborg", span, visit) == enter_href(
        "press_articles", "viborg", Period.year(last), visit
    )


def test_in_the_past_the_screen_shows_what_was_known_and_asks_for_nothing(desk: Desk) -> None:
    written(desk.store, articles(4, period=Period.year(2020)))
    past(desk.store, "2021-02-01")
    written(desk.store, articles(5, period=Period.year(2021)))
    page = desk.open(ANALYST, "review", view="completeness", known="2021-06-01")
    [matrix, _, people] = tables(page)
    [row] = [row for row in matrix if row[0].startswith("Artikler")]
    assert matrix[0][2:] == ["2019", "2020"], "only the years that were over"
    assert row[1:] == ["1 af 2", "✕", "●"]
    assert people[1][1] == "1"
    assert 'aria-label="2019: mangler"' in body(page)
    assert not re.findall(r'<a href="[^"]*" title="2019', body(page)), "a sign leads nowhere in the past"
    assert "Din arbejdsdag" not in words(desk.open(ANALYST, "overview", known="2021-06-01"))
