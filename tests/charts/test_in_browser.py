"""The chart element in a real browser, behind the product's own headers: still first, alive on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.charts.palette import DARK, LIGHT
from dashboard.i18n import Translator
from dashboard.store.engine import open_engine
from tests import sample
from tests.server.running import ROOT, Running, chromium, serving, watched

pytestmark = pytest.mark.browser
DA = Translator("da")
SCRIPT = """
from datetime import date
import streamlit as st
from dashboard.charts.build import compare_chart, sparkline
from dashboard.i18n import Translator
from dashboard.ui.chart_element import draw, draw_small
from tests.charts.examples import TUCSON, VIBORG, indicator, points, yearly

t = Translator("da")
st.button("again")
rows = yearly(2015, [10, 12, 11, 14, 18]) + yearly(2015, [8, 9, 9, 10, 12], at=TUCSON)
places = {"viborg": VIBORG, "tucson": TUCSON}
draw(compare_chart(points(rows), indicator(), t, places=places, home="viborg"), t, "compared")
draw_small(sparkline(points(rows), indicator(), t, place=VIBORG), "small")
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("charts")
    url = f"sqlite:///{folder}/sample.sqlite"
    engine = open_engine(url)
    sample.fill(engine)
    engine.dispose()
    (folder / "script.py").write_text(SCRIPT)
    launch = str(ROOT / "tests" / "server" / "launch.py")
    with serving(Path(folder), launch, str(folder / "script.py"), DASHBOARD_DATABASE_URL=url) as running:
        yield running


def plotly(asked: list[str]) -> list[str]:
    return [address for address in asked if "plotly" in address.lower()]


def opened(page: Page, served: Running) -> None:
    page.goto(served.address)
    page.locator("figure .chart-wide svg").wait_for()
    page.locator(".chart-small svg").wait_for()


def test_the_picture_is_there_before_any_chart_library(served: Running, browser: Browser) -> None:
    with watched(browser) as seen:
        seen.page.add_init_script("window.requestIdleCallback = () => 0")
        opened(seen.page, served)
        assert plotly(seen.asked) == []
        assert seen.page.get_by_role("img", name="Kreative virksomheder").count() == 2
        assert seen.complaints == []


def test_a_pointer_brings_it_alive_from_this_server_only(served: Running, browser: Browser) -> None:
    with watched(browser) as seen:
        opened(seen.page, served)
        before = seen.page.locator("figure").bounding_box()
        seen.page.locator("figure").hover()
        seen.page.locator("figure[data-alive] .chart-live .main-svg").first.wait_for()
        assert seen.page.locator("figure").bounding_box() == before
        assert {address.split("/")[2] for address in plotly(seen.asked)} == {served.address.split("/")[2]}
        assert seen.page.locator(".chart-failed").is_hidden()
        assert seen.complaints == []


def test_the_keyboard_walks_through_every_value(served: Running, browser: Browser) -> None:
    with watched(browser) as seen:
        opened(seen.page, served)
        seen.page.locator("figure").focus()
        said = seen.page.locator(".chart-said")
        seen.page.keyboard.press("ArrowRight")
        assert (said.text_content() or "").startswith("Viborg, 2015: 10")
        seen.page.locator("figure[data-alive]").wait_for()
        for key in ("ArrowRight", "ArrowDown"):
            seen.page.keyboard.press(key)
        assert (said.text_content() or "").startswith("Tucson, 2016: 9")
        seen.page.locator(".hoverlayer .hovertext", has_text="Tucson, 2016").wait_for()


def test_without_the_library_the_picture_stays_and_says_so(served: Running, browser: Browser) -> None:
    with watched(browser) as seen:
        seen.page.route("**/assets/plotly*", lambda route: route.abort())
        opened(seen.page, served)
        seen.page.locator("figure").focus()
        seen.page.get_by_text(DA("chart.failed")).wait_for()
        assert seen.page.locator("figure .chart-wide svg").is_visible()
        seen.page.keyboard.press("ArrowRight")
        assert "2015" in (seen.page.locator(".chart-said").text_content() or "")


def test_a_rerun_of_the_page_leaves_a_live_chart_alone(served: Running, browser: Browser) -> None:
    with watched(browser) as seen:
        opened(seen.page, served)
        seen.page.locator("figure").focus()
        seen.page.locator("figure[data-alive]").wait_for()
        seen.page.evaluate("document.querySelector('.chart-live').dataset.same = 'yes'")
        seen.page.get_by_role("button", name="again").click()
        seen.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        assert seen.page.locator("figure[data-alive] .chart-live[data-same]").count() == 1


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_both_pictures_have_the_colours_of_the_theme(
    served: Running, browser: Browser, scheme: str, palette: dict[str, str]
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    opened(page, served)
    assert page.locator("figure .chart-wide svg").get_attribute("data-theme") == scheme
    page.locator("figure").focus()
    page.locator("figure[data-alive]").wait_for()
    drawn = page.evaluate("document.querySelector('.chart-live').data.map(t => t.marker && t.marker.color)")
    assert palette["home"] in drawn
    context.close()


def test_a_narrow_screen_has_its_own_picture(served: Running, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(served.address)
    page.locator("figure .chart-narrow svg").wait_for()
    assert page.locator("figure .chart-wide svg").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1200, "height": 800})
    page.locator("figure .chart-wide svg").wait_for()
    assert page.locator("figure svg.chart").count() == 1
    assert page.locator("figure svg.chart").get_attribute("data-theme") == "light"
    context.close()
