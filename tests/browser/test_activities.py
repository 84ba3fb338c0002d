"""The register of activities as a person meets it: pictures that fit, a form that forgets nothing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import Translator
from tests.browser.conftest import OpenAt, whole
from tests.browser.test_accessibility import OPEN_ALL, violations

pytestmark = pytest.mark.browser
DA = Translator("da")
VIEWS = (
    "show=list", "show=map", "show=ties", "show=later", "new=grant", "activity=event-2024-033",
    "activity=event-2024-033&edit=1",
)  # fmt: skip


@pytest.mark.parametrize(("scheme", "language"), [("light", "da"), ("dark", "en")])
def test_no_view_has_a_grave_violation(open_at: OpenAt, scheme: str, language: str) -> None:
    page = open_at("/about", "demonstration", scheme=scheme)
    server = page.url.partition("/about")[0]
    found = {}
    for view in VIEWS:
        page.goto(f"{server}/activities?{view}&lang={language}")
        whole(page)
        page.evaluate(OPEN_ALL)
        if grave := violations(page):
            found[view] = grave
    assert not found


@pytest.mark.parametrize("view", ["map", "ties"])
def test_the_picture_that_fits_is_shown_and_nothing_is_asked_of_others(open_at: OpenAt, view: str) -> None:
    asked: set[str] = set()
    for width, shown, hidden in (
        (1440, ".chart-wide", ".chart-narrow"),
        (390, ".chart-narrow", ".chart-wide"),
    ):
        page = open_at("/about", "demonstration", width=width)
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.goto(page.url.partition("/about")[0] + f"/activities?show={view}")
        whole(page)
        page.locator(f".chart-root {shown} svg").wait_for()
        assert not page.locator(f".chart-root {hidden} svg").is_visible()
        assert not overflowing(page)
        asked.discard(urlsplit(page.url).netloc)
    assert not {host for host in asked if host}, "no outside host is asked for anything"


def test_the_map_is_reached_and_narrowed_by_keyboard(open_at: OpenAt) -> None:
    page = open_at("/activities?show=map", "demonstration")
    page.get_by_role("radio", name=DA("activities.area.near", city="Mosevig")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**area=near**")
    whole(page)
    page.get_by_text("ligger uden for kortudsnittet").wait_for()


def test_a_kind_is_chosen_by_keyboard_and_stays_in_the_address(open_at: OpenAt) -> None:
    page = open_at("/activities", "demonstration")
    page.get_by_role("combobox", name=DA("activities.filter.kind")).focus()
    page.keyboard.type("pris")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=award**")
    page.get_by_text("40 registreringer tæller med").wait_for()
    link = page.get_by_role("region", name=DA("activities.caption")).get_by_role("link").first
    title = link.inner_text()
    link.click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.get_by_role("link", name=DA("activities.back")).click()
    page.wait_for_url(re.compile(r"kind=award"))
    page.get_by_text("40 registreringer tæller med").wait_for()


def test_half_a_record_survives_a_closed_tab(open_at: OpenAt) -> None:
    page = open_at("/activities?new=exchange", "demonstration")
    page.get_by_label(DA("import.column.people_sent")).fill("1.5")
    page.get_by_label(DA("import.column.title_da")).fill("Studietur til Ålborg")
    page.keyboard.press("Tab")
    page.get_by_text("»1.5« kan læses på to måder").wait_for()
    page.context.close()

    again = open_at("/activities?new=exchange", "demonstration")
    again.get_by_text(DA("activities.restored")).wait_for()
    expect(again.get_by_label(DA("import.column.title_da"))).to_have_value("Studietur til Ålborg")
    again.get_by_role("button", name=DA("enter.discard")).click()
    title = again.get_by_label(DA("import.column.title_da"))
    expect(again.get_by_text(DA("activities.restored"))).to_have_count(0, timeout=30_000)
    whole(again)  # the old field leaves when the run is over
    expect(title).to_have_count(1, timeout=30_000)
    expect(title).to_have_value("", timeout=30_000)


def overflowing(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
