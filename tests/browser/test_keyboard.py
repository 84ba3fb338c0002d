"""A keyboard reaches everything, and one sees where it is."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from dashboard.i18n import Translator
from dashboard.ui.frame import FRONT, GROUPS
from tests.browser.conftest import OpenAt, whole

pytestmark = pytest.mark.browser
LOOK = """element => {
    const parts = [];
    for (let e = element, n = 0; e && e !== document.body && n < 4; e = e.parentElement, n += 1)
        for (const part of [null, '::before', '::after']) {
            const s = getComputedStyle(e, part);
            parts.push(s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.borderColor,
                       s.backgroundColor, s.textDecorationLine);
        }
    return parts.join('|');
}"""
"""How an element and what is around it look: whatever a mark of focus could be made of."""
NAME = """element => [element.tagName, element.dataset.testid || element.getAttribute('role') || '',
    (element.getAttribute('aria-label') || element.innerText || '').trim().slice(0, 60)].join(' ')"""
INSIDE = """element => { const r = element.getBoundingClientRect();
    return r.right > 0 && r.left < innerWidth && r.bottom > 0 && r.top < innerHeight; }"""


SETTLED = 220
"""Milliseconds that Streamlit's own change of colour may take."""


def walk(page: Page, most: int = 80) -> list[str]:
    """The names of all stops of the Tab key. Each must be on the screen and look different with focus."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate_handle("document.activeElement").as_element()
        assert stop is not None
        if stop.evaluate("element => element === document.body"):
            break
        name = stop.evaluate(NAME)
        assert stop.evaluate(INSIDE), f"{name} is not on the screen"
        page.wait_for_timeout(SETTLED)
        stops.append((name, stop, stop.evaluate(LOOK)))
    else:
        raise AssertionError(f"the Tab key does not come to an end: {[name for name, _, _ in stops]}")
    page.wait_for_timeout(SETTLED)
    unmarked = [name for name, stop, marked in stops if stop.evaluate(LOOK) == marked]
    assert not [name for name in unmarked if not name.startswith("MAIN")]  # the scrolled page itself
    return [name for name, _, _ in stops]


def of_the_menu(t: Translator, width: int) -> list[str]:
    """The stops behind the front page: on a wide screen the first group lies open, the others are closed."""
    (_, first), *others = GROUPS
    groups = [f"SUMMARY  {t(f'frame.{group}')}" for group, _ in others]
    if width < 1216:
        return [f"SUMMARY  {t(f'frame.{GROUPS[0][0]}')}", *groups]
    return [*(f"A  {t(f'page.{slug}')}" for slug in first), *groups]


@pytest.mark.parametrize(("width", "language"), [(1440, "da"), (390, "en")])
def test_the_tab_key_reaches_everything(open_at: OpenAt, width: int, language: str) -> None:
    t = Translator(language)
    page = open_at(f"/compare?indicator=festival_visits&lang={language}", "demonstration", width)
    stops = walk(page)
    said = "\n".join(stops)
    wanted = (
        f"A  {t('frame.skip')}", f"SUMMARY  {t('frame.known_now')}", "A  Dansk", "A  English",
        f"A  {t(f'page.{FRONT}')}", *of_the_menu(t, width), f"INPUT combobox {t('pick.indicator')}",
        f"INPUT combobox {t('pick.places', city='Mosevig')}", f"BUTTON radio {t('pick.axis.calendar')}",
        f"BUTTON radio {t('pick.view.published')}", "FIGURE group", t('compare.peers')[:20],
        f"A  {t('compare.definition')}",
    )  # fmt: skip
    places = [said.find(part) for part in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places), stops


def test_a_group_of_the_menu_opens_closes_and_leads_on_by_keyboard(open_at: OpenAt) -> None:
    t = Translator("en")
    page = open_at("/about?lang=en")
    group, slugs = GROUPS[2]
    summary = page.locator(f".frame nav .{group} summary")
    links = page.locator(f".frame nav .{group} a")
    summary.focus()
    page.keyboard.press("Enter")
    assert [link.inner_text() for link in links.all() if link.is_visible()] == [
        t(f"page.{slug}") for slug in slugs
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    assert page.evaluate("document.activeElement.innerText") == t(f"frame.{group}")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert not links.first.is_visible(), "it stays open over what one has turned to"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{slugs[0]}?**")
    page.locator("h1:focus", has_text=t(f"page.{slugs[0]}")).wait_for()


def test_the_arrow_keys_read_the_values_of_a_chart(open_at: OpenAt) -> None:
    page = open_at("/compare?indicator=festival_visits&lang=en", "demonstration")
    alive = page.locator("figure[data-alive]")
    for _ in range(40):  # on a busy machine the element may be made anew just after it had the focus
        page.locator("figure:has(.chart-live)").first.focus()
        if alive.count():
            break
        page.wait_for_timeout(250)
    said = page.locator(".chart-said")
    heard = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        heard.append(said.inner_text())
    assert all(heard)
    assert heard[0] != heard[1] != heard[2]
    assert heard[3] == heard[1]
    assert heard[4] == heard[0]
    assert "Mosevig" in heard[0]
    assert "Mosevig" not in heard[2], "down is the next place"


def test_a_table_opens_and_closes_by_keyboard(open_at: OpenAt) -> None:
    page = open_at("/indicator?indicator=festival_visits&lang=en", "demonstration")
    summary = page.locator("[data-testid=stExpander] summary").first
    table = page.locator("details table").first
    assert not table.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    table.wait_for()
    page.keyboard.press("Enter")
    table.wait_for(state="hidden")


def test_the_day_is_chosen_by_keyboard(open_at: OpenAt) -> None:
    page = open_at("/claim?claim=media&lang=en")
    page.locator(".known summary").focus()
    page.keyboard.press("Enter")
    page.locator(".known input[type=date]").fill(date.today().isoformat())
    page.locator(".known input[type=date]").press("Enter")
    page.locator(".notice.past").wait_for()
    assert f"known={date.today().isoformat()}" in page.url
    assert "claim=media" in page.url


def test_another_city_is_chosen_by_keyboard_and_the_rest_stays(open_at: OpenAt) -> None:
    t = Translator("en")
    page = open_at("/indicator?indicator=festival_visits&lang=en")
    page.get_by_role("combobox", name=t("pick.place")).focus()
    page.keyboard.type("karls")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=karlsruhe**")
    whole(page)
    page.get_by_text("331,000").first.wait_for(state="attached")
    assert "indicator=festival_visits" in page.url
    assert "lang=en" in page.url


def test_the_language_is_chosen_by_keyboard_and_the_view_stays(open_at: OpenAt) -> None:
    page = open_at("/indicator?indicator=festival_visits&place=karlsruhe")
    page.get_by_role("link", name="English").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=en**")
    page.get_by_text(Translator("en")("page.indicator"), exact=True).first.wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "place=karlsruhe" in page.url
    assert "indicator=festival_visits" in page.url


def test_one_can_skip_to_the_content(open_at: OpenAt) -> None:
    page = open_at("/claim")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
