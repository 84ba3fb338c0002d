"""Reviewing as an approver does it, in a real browser, over a demonstration of one's own to write in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, select

from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Role
from dashboard.i18n import Translator
from dashboard.store import queries, schema
from dashboard.store.commands import comment, define_sources, open_batch, record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.work import unit_of_work
from tests.browser.conftest import FINISHED, whole
from tests.browser.test_accessibility import OPEN_ALL, violations
from tests.conftest import Databases
from tests.server.running import Running, serving, watched

pytestmark = pytest.mark.browser
DA = Translator("da")
HOME, INDICATOR = "mosevig", "festival_visits"
COLLEAGUE = Actor("mette@mosevig.example", "Mette Holm", frozenset({Role.ANALYST}))
SOURCE = "witness-of-the-tests"


def visits(value: float, year: int) -> Draft:
    return Draft(INDICATOR, HOME, SOURCE, Period.year(year), value, unit="visits")


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[tuple[Running, Engine]]:
    """A demonstration in which a colleague has sent three values and a batch of twelve for approval."""
    folder = tmp_path_factory.mktemp("reviewing")
    address = f"sqlite:///{databases.copied('demonstration', folder / 'demonstration.sqlite')}"
    settings = {"DASHBOARD_DEMONSTRATION_URL": address, "DASHBOARD_FILES": str(folder / "files")}
    with serving(folder, "-m", "dashboard", "demo", **settings) as running:
        engine = open_engine(address)
        submit(engine)
        yield running, engine
        engine.dispose()


def submit(engine: Engine) -> None:
    waiting = WorkflowState.SUBMITTED
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        define_sources(work, [Source(SOURCE, "Et vidne")])
    with unit_of_work(engine, COLLEAGUE, "test") as work:
        record(work, [visits(1000 + year, year) for year in (1991, 1992, 1993)], state=waiting)
    with unit_of_work(engine, COLLEAGUE, "test") as work:
        batch = open_batch(work, "Gamle tal", "gamle-tal.xlsx", rows_read=12, rows_loaded=12)
        record(work, [visits(year, year) for year in range(1970, 1982)], state=waiting, batch=batch)
    with unit_of_work(engine, COLLEAGUE, "test") as work:
        o = schema.observation
        id_ = work.connection.execute(select(o.c.id).order_by(o.c.id.desc()).limit(1)).scalar_one()
        comment(work, id_, "Er de frivillige talt med?")


@pytest.fixture
def page(served: tuple[Running, Engine], browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="da-DK", reduced_motion="reduce",
        base_url=served[0].address,
    )  # fmt: skip
    yield context.new_page()
    context.close()


def go(page: Page, address: str) -> None:
    page.goto(address)
    whole(page)


def public(engine: Engine) -> set[int]:
    """The years whose values by the witness readers see."""
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(), [INDICATOR], [HOME])
    return set(frame.loc[frame["source"] == SOURCE, "period_end"].dt.year)


SCREENS = (
    "/?", "/review?", "/review?view=batches", "/review?view=batches&batch=3", "/review?view=completeness",
    "/review?view=locks", f"/indicator?indicator={INDICATOR}&place={HOME}&value={{value}}",
)  # fmt: skip


def test_every_screen_is_sound_in_both_themes_and_on_a_telephone(
    served: tuple[Running, Engine], browser: Browser
) -> None:
    running, engine = served
    with reading(engine) as connection:
        o = schema.observation
        value = connection.execute(select(o.c.id).order_by(o.c.id.desc()).limit(1)).scalar_one()
    grave, wide = {}, []
    for scheme, width in (("light", 1440), ("dark", 390)):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )  # type: ignore[arg-type]
        page = context.new_page()
        for screen in SCREENS:
            address = screen.format(value=value)
            go(page, f"{running.address}{address}&lang=da")
            page.evaluate(OPEN_ALL)
            page.locator(FINISHED).wait_for()
            if found := violations(page):
                grave[f"{scheme} {address}"] = found
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                wide.append(f"{width} {address}")
        context.close()
    assert not grave
    assert not wide


def test_no_screen_complains_or_asks_elsewhere(served: tuple[Running, Engine], browser: Browser) -> None:
    running, _ = served
    with watched(browser) as seen:
        for screen in SCREENS[:-1]:
            go(seen.page, f"{running.address}{screen}&lang=da")
        assert not seen.complaints
        hosts = {a.split("/")[2] for a in seen.asked if not a.startswith(("data:", "blob:"))}
        assert hosts == {running.address.removeprefix("http://")}


def test_what_is_decided_stays_in_sight_and_is_approved(served: tuple[Running, Engine], page: Page) -> None:
    go(page, "/review")
    last = page.get_by_role("checkbox", name="1993")
    last.scroll_into_view_if_needed()
    page.get_by_text("1993", exact=False).last.click()
    page.locator(FINISHED).wait_for()
    expect(page.get_by_text(DA("review.chosen", count=1))).to_be_in_viewport()
    approve = page.get_by_role("button", name=DA("review.approve"), exact=True)
    expect(approve).to_be_in_viewport()
    approve.click()
    expect(page.get_by_text(DA("review.done.approve", count=1))).to_be_visible()
    assert public(served[1]) == {1993}


def test_a_whole_batch_is_reached_from_what_waits_and_approved(
    served: tuple[Running, Engine], page: Page
) -> None:
    go(page, "/review")
    page.get_by_role("link", name="Gamle tal").click()
    page.wait_for_url("**batch=3**")
    whole(page)
    expect(page.locator("tbody tr")).to_have_count(12)
    page.get_by_role("button", name=DA("batch.approve", count=12)).click()
    expect(page.get_by_text(DA("review.done.approve", count=12))).to_be_visible()
    assert set(range(1970, 1982)) <= public(served[1])


def test_the_list_of_what_is_missing_is_downloaded(page: Page, tmp_path: Path) -> None:
    go(page, "/review?view=completeness")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=DA("completeness.download")).click()
    found = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(found)
    assert found.name == DA("completeness.file")
    with found.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert head[0] == DA("completeness.column.code")
    expected = page.locator(".lead").inner_text()
    assert DA.number(len(lines)) in expected, "the file has a line for each value that the sentence counts"


def test_a_missing_value_leads_to_its_field(page: Page) -> None:
    go(page, "/review?view=completeness")
    sign = page.locator("th[scope=row] ~ td a").first
    name = (sign.get_attribute("aria-label") or "").partition(":")[0]
    sign.click()
    page.wait_for_url("**/enter?**")
    whole(page)
    expect(page.get_by_role("combobox", name=DA("enter.period"))).to_have_value(name)
