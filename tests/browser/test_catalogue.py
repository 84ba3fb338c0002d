"""The catalogue in a real browser: changed as a project leader does, and every view of the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import load_indicator_versions
from tests.browser.conftest import whole
from tests.browser.test_accessibility import violations
from tests.conftest import Databases
from tests.server.running import Running, serving

pytestmark = pytest.mark.browser
CODE = "resident_awareness"
VIEWS = (
    "section=claims", "section=places", "section=sources", "section=files", f"indicator={CODE}",
    "claim=media", "place=mosevig", f"indicator={CODE}&do=change", "place=mosevig&do=change",
    f"indicator={CODE}&do=target", "section=sources&do=new", f"indicator={CODE}&do=bands",
    f"indicator={CODE}&do=baseline_back&which=mosevig", "source=demo-register&do=change",
)  # fmt: skip


@pytest.fixture(scope="module")
def changing(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[tuple[Running, Engine]]:
    """A demonstration of one's own to write in, and its store."""
    folder = tmp_path_factory.mktemp("changing")
    url = f"sqlite:///{databases.copied('demonstration', folder / 'demonstration.sqlite')}"
    with serving(folder, "-m", "dashboard", "demo", DASHBOARD_DEMONSTRATION_URL=url) as running:
        engine = open_engine(url)
        yield running, engine
        engine.dispose()


def opened(browser: Browser, at: str, width: int = 1440, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 1400}, reduced_motion="reduce", color_scheme=scheme
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(at)
    whole(page)
    return page


def test_a_field_left_by_the_button_is_saved_with_its_reason(
    changing: tuple[Running, Engine], browser: Browser
) -> None:
    running, store = changing
    page = opened(browser, f"{running.address}/catalogue?indicator={CODE}&do=change")
    page.get_by_label("Navn på dansk").fill("Borgere, der har hørt om titlen")
    page.get_by_role("button", name="Se, hvad det ændrer").click()
    expect(page.get_by_text("Borgere, der har hørt om titlen")).to_be_visible()
    expect(page.get_by_text("Ingen vurdering ændrer sig.")).to_be_visible()
    page.get_by_role("textbox", name="Begrundelse").fill("Kortere og klarere")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Den tidligere udgave er bevaret")).to_be_visible()
    expect(page).not_to_have_url(f"{running.address}/catalogue?indicator={CODE}&do=change")
    with reading(store) as connection:
        newest = load_indicator_versions(connection, Scope(), CODE)[0]
    assert (newest.item.name.da, newest.reason) == ("Borgere, der har hørt om titlen", "Kortere og klarere")
    page.context.close()


def test_a_closed_tab_loses_nothing_that_was_typed(
    changing: tuple[Running, Engine], browser: Browser
) -> None:
    running, _ = changing
    at = f"{running.address}/catalogue?claim=media&do=change"
    page = opened(browser, at)
    page.get_by_label("Det ville tale imod på dansk").fill("At ingen uden for byen skriver om den")
    page.get_by_label("Navn på engelsk").click()
    expect(page.get_by_role("button", name="Kassér og begynd forfra")).to_be_visible()
    page.context.close()
    again = opened(browser, f"{running.address}/catalogue")
    again.get_by_role("link", name="Ret løftets ordlyd").click()
    whole(again)
    expect(again.get_by_label("Det ville tale imod på dansk")).to_have_value(
        "At ingen uden for byen skriver om den"
    )
    again.context.close()


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "da"), (390, "dark", "en")])
def test_every_view_can_be_used_by_everybody(
    changing: tuple[Running, Engine], browser: Browser, width: int, scheme: str, language: str
) -> None:
    running, _ = changing
    page = opened(browser, f"{running.address}/catalogue", width, scheme)
    found: dict[str, object] = {}
    for view in VIEWS:
        page.goto(f"{running.address}/catalogue?{view}&lang={language}")
        whole(page)
        if grave := violations(page):
            found[view] = grave
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
        if levels[0] != 1 or levels.count(1) != 1 or any(b - a > 1 for a, b in pairwise(levels)):
            found[f"{view} headings"] = levels
        if page.evaluate(
            "() => { const e = document.querySelector('[data-testid=stMain]');"
            " return e.scrollWidth > e.clientWidth }"
        ):
            found[f"{view} width"] = True
    assert not found
    page.context.close()
