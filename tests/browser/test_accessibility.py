"""Every page against axe-core, light and dark, in both languages; and what axe does not look for."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.domain.roles import Permission
from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui.frame import PAGES
from tests.browser.conftest import OpenAt, whole

pytestmark = pytest.mark.browser
ASSETS = Path(__file__).parent / "assets"
GRAVE = ("serious", "critical")
"""What must not be. Streamlit itself has had none of them on these pages, so nothing is excused."""
ADDRESSES = {
    "overview": "/?",
    "claim": "/claim?claim=media",
    "indicator": "/indicator?indicator=festival_visits",
    "compare": "/compare?indicator=festival_visits",
}
OPEN_ALL = "document.querySelectorAll('details:not([open]) > summary').forEach(summary => summary.click())"


@cache
def axe() -> str:
    with (ASSETS / "vendored.toml").open("rb") as file:
        vendored = tomllib.load(file)["axe"]
    content = (ASSETS / vendored["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == vendored["sha256"]
    return content.decode()


def addresses() -> list[str]:
    pages = [ADDRESSES.get(slug, f"/{slug}?") for slug, _ in PAGES]
    return [*pages, "/indicator?indicator=nothing"]


def violations(page: Page) -> list[str]:
    """The grave violations, one line each: rule, element, why."""
    page.evaluate(axe())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    ("kind", "scheme", "language"),
    [("demonstration", "light", "da"), ("demonstration", "dark", "en"), ("real", "dark", "da")],
)
def test_no_page_has_a_grave_violation(open_at: OpenAt, kind: str, scheme: str, language: str) -> None:
    page = open_at("/about", kind, scheme=scheme)
    server = page.url.partition("/about")[0]
    found = {}
    for address in addresses():
        page.goto(f"{server}{address}&lang={language}")
        whole(page)
        page.evaluate(OPEN_ALL)
        if grave := violations(page):
            found[address] = grave
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_has_no_grave_violation(open_at: OpenAt, scheme: str) -> None:
    page = open_at("/about?lang=en", scheme=scheme)
    page.locator(".known summary").click()
    page.locator(".known input[type=date]").wait_for()
    assert not violations(page)


@pytest.mark.parametrize(("width", "language"), [(320, "da"), (390, "en")])
def test_no_page_is_wider_than_a_telephone(open_at: OpenAt, width: int, language: str) -> None:
    """WCAG 2.2, 1.4.10: no scrolling in two directions at 320 CSS pixels; tables and charts may."""
    page = open_at("/about", "demonstration", width=width)
    server = page.url.partition("/about")[0]
    for address in addresses():
        page.goto(f"{server}{address}&lang={language}")
        whole(page)
        page.evaluate(OPEN_ALL)
        too_wide = page.evaluate(
            """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
                .filter(e => e.scrollWidth > e.clientWidth).map(e => e.tagName + e.scrollWidth)"""
        )
        assert not too_wide, address


def test_each_page_of_readers_has_one_title_and_no_heading_is_skipped(open_at: OpenAt) -> None:
    page = open_at("/about", "demonstration")
    server = page.url.partition("/about")[0]
    for slug in (slug for slug, permission in PAGES if permission is Permission.READ):
        page.goto(server + ADDRESSES.get(slug, f"/{slug}"))
        whole(page)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
        assert levels.count(1) == 1, slug
        assert levels[0] == 1, slug
        assert all(after - before <= 1 for before, after in pairwise(levels)), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_in_the_language_of_the_address(open_at: OpenAt, language: str) -> None:
    page = open_at(f"/briefing?lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    t, other = Translator(language), Translator("en" if language == "da" else "da")
    for name in ("help", "open"):
        key = f"server.own.{name}"
        page.locator(f'[aria-label^="{t(key)}"]').first.wait_for(state="attached")
        assert page.locator(f'[aria-label^="{other(key)}"]').count() == 0
    assert open_at("/claim").evaluate("document.documentElement.lang") == "da"


def test_each_chart_has_a_text_that_says_the_same(open_at: OpenAt) -> None:
    page = open_at("/?lang=en", "demonstration")
    pictures = page.locator("[data-testid=stMain] img").all()
    assert pictures
    for picture in pictures:
        assert len(picture.get_attribute("alt") or "") > 20
    page = open_at("/compare?indicator=festival_visits&lang=en", "demonstration")
    for picture in page.locator("figure svg[role=img]").all():
        assert picture.get_attribute("aria-label") or picture.locator("title, desc").count()
