"""What a reader does: opens a link, chooses, goes on, comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dashboard.i18n import Translator
from dashboard.ui.frame import PAGES
from tests.browser.conftest import OpenAt, whole
from tests.server.running import Running, watched

pytestmark = pytest.mark.browser
DA, EN = Translator("da"), Translator("en")


def address(slug: str) -> str:
    return "/" if slug == "overview" else f"/{slug}"


@pytest.mark.parametrize(("kind", "language"), [("real", "en"), ("demonstration", "da")])
def test_every_page_asks_this_server_only_and_complains_of_nothing(
    servers: dict[str, Running], browser: Browser, kind: str, language: str
) -> None:
    host = servers[kind].address.removeprefix("http://")
    with watched(browser) as seen:
        for slug, _ in PAGES:
            seen.page.goto(f"{servers[kind].address}{address(slug)}?lang={language}")
            whole(seen.page)
            for figure in seen.page.locator("figure").all():
                figure.hover()
                seen.page.locator("figure[data-alive]").first.wait_for()
        hosts = {a.split("/")[2] for a in seen.asked if not a.startswith(("data:", "blob:"))}
        assert hosts == {host}
        assert not seen.complaints
    assert "Traceback" not in servers[kind].log


@pytest.mark.parametrize(
    "address",
    ["/indicator?indicator=festival_visit", "/?known=never", "/about?lang=de",
     "/compare?indicator=festival_visits&view=turnover"],
)  # fmt: skip
def test_a_broken_address_is_told_in_one_sentence_with_a_way_back(open_at: OpenAt, address: str) -> None:
    page = open_at(address)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(1)
    assert page.locator("[data-testid=stException]").count() == 0
    page.get_by_role("link", name=DA("frame.way_back")).click()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0, timeout=30_000)
    whole(page)
    expect(page.locator("h1")).to_contain_text("Viborg")


def test_from_the_front_page_to_a_source(open_at: OpenAt) -> None:
    page = open_at("/?lang=en")
    page.locator(".go a[href*='claim=funding']").click()
    page.wait_for_url("**/claim?**claim=funding**")
    whole(page)
    page.locator(".go a[href*='indicator=funding_secured']").first.click()
    page.wait_for_url("**/indicator?**indicator=funding_secured**")
    whole(page)
    assert "lang=en" in page.url
    assert page.locator("table a[href^='http']").count() >= 1


def test_the_language_goes_along_and_the_back_button_returns(open_at: OpenAt) -> None:
    page = open_at("/claim?claim=media&lang=en")
    before = page.evaluate("performance.timeOrigin")
    page.get_by_role("navigation").get_by_text(EN("frame.background")).click()
    page.get_by_role("navigation").get_by_role("link", name=EN("page.sources")).click()
    page.get_by_role("heading", level=1, name=EN("page.sources")).wait_for()
    page.wait_for_url("**/sources?**lang=en**")
    page.go_back()
    page.get_by_text(EN("claim.number", number="6")).wait_for()
    assert "claim=media" in page.url
    assert page.evaluate("performance.timeOrigin") == before, "the application is not loaded anew"


def test_a_page_is_called_by_what_was_chosen_on_it(open_at: OpenAt) -> None:
    page = open_at("/claim?claim=media&lang=en")
    name = page.locator("h1").inner_text()
    page.wait_for_function("name => document.title.startsWith(name)", arg=name)
    assert page.title() == f"{name} · Viborg"


def test_a_copied_address_shows_the_same_view(open_at: OpenAt) -> None:
    page = open_at("/compare?indicator=festival_visits&lang=en", "demonstration")
    page.get_by_role("radio", name=EN("pick.axis.designation")).click()
    page.wait_for_url("**axis=designation**")
    whole(page)
    sentence = page.locator("p.lead").nth(1).inner_text()
    copied = page.url.split("/", 3)[3]
    again = open_at(f"/{copied}", "demonstration")
    assert again.locator("p.lead").nth(1).inner_text() == sentence
    assert EN("chart.months") in again.locator("figure").first.inner_text()


def test_two_readers_do_not_see_each_others_language(open_at: OpenAt) -> None:
    english, danish = open_at("/about?lang=en"), open_at("/about")
    assert english.locator("h1").inner_text() == EN("page.about")
    assert danish.locator("h1").inner_text() == DA("page.about")


def test_the_demonstration_says_so_and_the_real_one_does_not(open_at: OpenAt) -> None:
    assert open_at("/compare", "demonstration").locator(".notice.invented").count() == 1
    assert open_at("/compare").locator(".notice.invented").count() == 0


def test_the_front_page_has_a_name_too(open_at: OpenAt) -> None:
    page = open_at("/overview?lang=en")
    assert page.locator("h1").count() == 1
    assert page.get_by_role("dialog").count() == 0
