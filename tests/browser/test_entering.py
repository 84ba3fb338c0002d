"""Entering as an analyst does: pasted from a spreadsheet, typed, interrupted; then the store is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from tests.browser.conftest import FINISHED, whole
from tests.browser.test_accessibility import OPEN_ALL, violations
from tests.conftest import Databases
from tests.server.running import Running, serving

pytestmark = pytest.mark.browser
DA, EN = Translator("da"), Translator("en")
HOME = "mosevig"
BLOCK = "31.12.2025\t05-03-2026\r\n12,5\t1.234,75\r\n"
"""What a spreadsheet puts on the clipboard: two dates over two numbers, as a Dane writes them."""

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def entering(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[tuple[Running, Path]]:
    """A demonstration of one's own to write in."""
    folder = tmp_path_factory.mktemp("entering")
    store = databases.copied("demonstration", folder / "demonstration.sqlite")
    settings = {
        "DASHBOARD_DEMONSTRATION_URL": f"sqlite:///{store}", "DASHBOARD_FILES": str(folder / "files")
    }  # fmt: skip
    with serving(folder, "-m", "dashboard", "demo", **settings) as running:
        yield running, store


@pytest.fixture
def enter(entering: tuple[Running, Path], browser: Browser) -> Iterator[Enter]:
    """Opens the page in a window of its own, in a browser of some country."""
    with ExitStack() as windows:

        def open_(query: str, locale: str = "da-DK", width: int = 1440, scheme: str = "light") -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": 1400}, locale=locale, reduced_motion="reduce",
                color_scheme=scheme, permissions=["clipboard-read", "clipboard-write"],
            )  # fmt: skip
            windows.callback(context.close)
            page = context.new_page()
            page.goto(f"{entering[0].address}/enter?{query}")
            whole(page)
            return page

        yield open_


@pytest.fixture
def store(entering: tuple[Running, Path]) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{entering[1]}")
    yield engine
    engine.dispose()


def recorded(store: Engine, indicator: str) -> pd.DataFrame:
    with reading(store) as connection:
        return queries.load_series(connection, Scope(submitted=True), [indicator], [HOME])


def cells(page: Page) -> list[str]:
    """The names of the grid's fields, row after row."""
    page.locator(".grid-root table").wait_for()
    boxes = page.locator(".grid-root [data-for]")
    names: list[str] = boxes.evaluate_all("all => all.map(e => e.dataset.for)")
    return names


def cell(page: Page, name: str) -> Locator:
    return page.locator(f'.grid-root [data-for="{name}"] input')


def paste(page: Page, field: Locator, text: str) -> None:
    """Through the clipboard of the browser and its own key."""
    field.click()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def answer_all(page: Page, t: Translator) -> None:
    """Answer each warning, as the page asks for it."""
    ending = t("grid.answer", cell="").lstrip(": ")
    page.locator(FINISHED).wait_for()
    boxes = page.get_by_role("textbox").filter(visible=True)
    for label in [box.get_attribute("aria-label") or "" for box in boxes.all()]:
        if label.endswith(ending):
            box = page.get_by_label(label, exact=True)
            box.fill("Fra regnearket")
            box.press("Enter")
            page.locator(FINISHED).wait_for()


def submit(page: Page, t: Translator, count: int) -> Locator:
    return page.get_by_role("button", name=t("grid.submit", count=count))


@pytest.mark.parametrize(("locale", "claim"), [("da-DK", "media"), ("en-GB", "recognition")])
def test_a_danish_block_is_read_as_danish_whatever_the_browser_speaks(
    enter: Enter, store: Engine, locale: str, claim: str
) -> None:
    page = enter(f"way=grid&claim={claim}", locale)
    indicator = cells(page)[2].partition("|")[0]
    before = len(recorded(store, indicator))
    paste(page, cell(page, "h0"), BLOCK)
    expect(page.get_by_text("2 nye værdier.")).to_be_visible()
    answer_all(page, DA)
    assert len(recorded(store, indicator)) == before, "nothing is written that nobody confirmed"
    submit(page, DA, 2).click()
    expect(page.get_by_text("2 værdier er sendt samlet")).to_be_visible()
    rows = recorded(store, indicator)
    assert len(rows) == before + 2
    days = rows[rows["precision"] == "day"]
    for day, value in (("2025-12-31", 12.5), ("2026-03-05", 1234.75)):
        assert days.loc[days["period_end"] == day, "value"].tolist() == [value]
    expect(cell(page, "h0")).to_have_value("")


@pytest.mark.parametrize("locale", ["da-DK", "en-GB"])
def test_on_an_english_page_a_danish_block_is_refused_with_both_readings(
    enter: Enter, store: Engine, locale: str
) -> None:
    page = enter("way=grid&claim=media&lang=en", locale)
    indicator = cells(page)[2].partition("|")[0]
    before = recorded(store, indicator)
    paste(page, cell(page, "h0"), BLOCK)
    said = page.locator(".grid-says").filter(visible=True)
    expect(said).to_contain_text("12.5 or 125")
    expect(said).to_contain_text("1,234.5")
    expect(page.get_by_text(EN("grid.wrong", count=2))).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_be_disabled()
    assert cell(page, f"{indicator}|h0").get_attribute("aria-invalid") == "true"
    assert recorded(store, indicator).equals(before)
    page.get_by_role("button", name=EN("enter.discard")).click()
    expect(page.get_by_text(EN("grid.nothing_yet"))).to_be_visible()


def test_a_record_hands_out_the_file_it_was_given(enter: Enter) -> None:
    page = enter("way=figure")
    page.goto(page.url.partition("/enter")[0] + "/activities?activity=grant-2024-070")
    whole(page)
    page.get_by_text(DA("activities.attach_title")).click()
    letter = b"%PDF-1.4 " + bytes(range(256))
    page.locator("input[type=file]").set_input_files(
        {"name": "tilsagn på lys.pdf", "mimeType": "application/pdf", "buffer": letter}
    )
    page.get_by_text("tilsagn på lys.pdf").first.wait_for()
    page.evaluate(OPEN_ALL)
    assert not violations(page)
    page.get_by_role("button", name=DA("activities.attach"), exact=True).click()
    expect(page.get_by_text(DA("activities.done.attach", count=1))).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name=DA("document.save", name="tilsagn på lys.pdf")).click()
    assert Path(saved.value.path()).read_bytes() == letter
    assert saved.value.suggested_filename == "tilsagn på lys.pdf"


def test_no_edit_is_lost_while_the_server_answers_the_one_before(enter: Enter) -> None:
    page = enter("way=grid&claim=attraction")
    names = [name for name in cells(page) if "|" in name and "|h" not in name][:8]
    cell(page, names[0]).click()
    for number, name in enumerate(names):  # each answer of the server arrives in the middle of the next cells
        cell(page, name).fill(str(100 + number))
        page.keyboard.press("Tab")
    cell(page, names[0]).fill("999")  # and a second time in the first
    page.keyboard.press("Tab")
    expected = ["999", *[str(100 + number) for number in range(1, len(names))]]
    time.sleep(2)
    page.locator(FINISHED).wait_for()
    assert [cell(page, name).input_value() for name in names] == expected
    again = enter("way=grid&claim=attraction")  # and the server has them all
    assert [cell(again, name).input_value() for name in names] == expected
    again.get_by_role("button", name=DA("enter.discard")).click()
    expect(again.get_by_text(DA("grid.nothing_yet"))).to_be_visible()


def test_the_keys_of_a_spreadsheet_walk_the_grid(enter: Enter) -> None:
    page = enter("way=grid&claim=media")
    names = cells(page)
    across = names.index(names[2]) + 8  # the same column, one row down
    cell(page, names[2]).focus()
    page.keyboard.press("ArrowDown")
    expect(cell(page, names[across])).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, names[across + 1])).to_be_focused()
    before = cell(page, names[across + 1]).input_value()
    page.keyboard.type("77")
    page.keyboard.press("Escape")
    expect(cell(page, names[across + 1])).to_have_value(before)
    page.keyboard.press("Shift+Enter")
    expect(cell(page, names[3])).to_be_focused()


def test_a_block_is_taken_apart_as_a_spreadsheet_put_it_together(enter: Enter) -> None:
    page = enter("way=grid&claim=showcase")
    names = cells(page)
    first = names[2]
    paste(page, cell(page, first), '"1.234,5"\t"to ""linjer""\nher"\r\n7\u00a0\r\n')
    assert cell(page, first).input_value() == "1.234,5"
    assert cell(page, names[3]).input_value() == 'to "linjer" her'
    assert cell(page, names[2 + 8]).input_value() == "7"
    expect(page.get_by_text(DA("grid.pasted").replace("{count}", "3"), exact=True)).to_be_visible()
    paste(page, cell(page, names[-1]), "1\t2\n3\n")
    said = f"{DA('grid.pasted')} {DA('grid.beyond')}"
    expect(page.locator(".grid-said")).to_have_text(said.replace("{count}", "1", 1).replace("{count}", "2"))
    page.get_by_role("button", name=DA("enter.discard")).click()
    expect(page.get_by_text(DA("grid.nothing_yet"))).to_be_visible()


def test_a_press_writes_only_what_stood_on_the_page_when_it_was_pressed(enter: Enter, store: Engine) -> None:
    page = enter("way=grid&claim=media")
    name = next(n for n in cells(page) if "2024-12-31" in n and not cell(page, n).input_value())
    indicator = name.partition("|")[0]
    before = recorded(store, indicator)
    cell(page, name).fill("21")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ny værdi.")).to_be_visible()
    answer_all(page, DA)
    button = submit(page, DA, 1)
    expect(button).to_be_enabled()
    cell(page, name).fill("22")
    button.click()
    expect(page.get_by_role("cell", name="22", exact=False).first).to_be_visible()
    page.locator(FINISHED).wait_for()
    assert recorded(store, indicator).equals(before)
    page.get_by_role("button", name=DA("enter.discard")).click()
    expect(page.get_by_text(DA("grid.nothing_yet"))).to_be_visible()


def test_half_a_number_in_a_closed_tab_is_offered_again(enter: Enter) -> None:
    page = enter("way=grid&claim=collaboration")
    name = next(n for n in cells(page) if "|" in n and "|h" not in n)
    cell(page, name).click()
    page.keyboard.type("41")
    page.wait_for_timeout(900)  # the pause after which half a number is kept too
    page.context.close()
    again = enter("way=grid&claim=collaboration")
    expect(again.get_by_text(DA("enter.restored"))).to_be_visible()
    assert "41" in cell(again, name).input_value()
    again.get_by_role("button", name=DA("enter.discard")).click()
    expect(again.get_by_text(DA("grid.nothing_yet"))).to_be_visible()


def test_one_figure_by_who_has_done_it_before_takes_at_most_six_interactions(
    enter: Enter, store: Engine
) -> None:
    indicator = "resident_awareness"
    before = recorded(store, indicator)
    steps: list[str] = []
    begun = time.monotonic()
    page = enter(f"indicator={indicator}&period=2025-01-01/2025-12-31/year")
    steps.append("open the link of what is due")
    field = page.get_by_label("Tal (procent)")
    field.click()
    steps.append("click in the field")
    page.keyboard.type("61,5")
    steps.append("type the figure")
    page.keyboard.press("Enter")
    steps.append("press Enter")
    button = page.get_by_role("button", name=DA("enter.submit"))
    expect(button).to_be_enabled()
    button.click()
    steps.append("press the button")
    expect(page.get_by_text(DA("enter.done_submitted"))).to_be_visible()
    seconds = time.monotonic() - begun
    print(f"one figure: {len(steps)} interactions, {seconds:.1f} s with nobody hesitating")
    assert len(steps) <= 6
    after = recorded(store, indicator)
    assert after.loc[~after["observation"].isin(before["observation"]), "value"].tolist() == [61.5]


def test_a_single_figure_in_a_closed_tab_is_offered_again(enter: Enter) -> None:
    query = "indicator=media_news_volume_share&period=2024-01-01/2024-12-31/year"
    page = enter(query)
    page.get_by_label("Tal (procent)").fill("0,0123")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Forstået som")).to_be_visible()
    page.context.close()
    again = enter(query)
    expect(again.get_by_text(DA("enter.restored"))).to_be_visible()
    expect(again.get_by_label("Tal (procent)")).to_have_value("0,0123")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_everybody_can_enter(enter: Enter, width: int, scheme: str) -> None:
    """The form with everything open and something wrong, and the grid with marks, against axe-core."""
    query = "indicator=festival_visits&period=2016-01-01/2016-12-31/year&lang=en"
    page = enter(query, "en-GB", width, scheme)
    page.get_by_label("Value (visits)").fill("9,999,999")
    page.keyboard.press("Enter")
    expect(page.get_by_label(EN("enter.answer"))).to_be_visible()
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    page.get_by_role("radio", name=EN("enter.way.grid")).click()
    names = cells(page)
    paste(page, cell(page, names[2]), "1,5\tabc\n9999\t1")
    expect(page.locator(".grid-says li").first).to_be_visible()
    page.locator(FINISHED).wait_for()
    assert violations(page) == []
    tags = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => e.tagName)")
    levels = [int(tag[1]) for tag in tags]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    page.get_by_role("button", name=EN("enter.discard")).click()
    expect(page.get_by_text(EN("grid.nothing_yet"))).to_be_visible()


def test_a_file_and_its_link_are_handed_out_as_files_to_save(enter: Enter) -> None:
    page = enter("indicator=media_news_volume_share&period=2019-01-01/2019-12-31/year")
    page.get_by_label("Tal (procent)").fill("0,0021")
    page.keyboard.press("Enter")
    page.get_by_text(DA("document.nothing_yet")).click()
    content = b"%PDF-1.4 en artikel"
    page.locator("input[type=file]").set_input_files(
        [{"name": "artikel.pdf", "mimeType": "application/pdf", "buffer": content}]
    )
    expect(page.get_by_text("Fil: artikel.pdf")).to_be_visible()
    english = page.get_by_test_id("stFileUploader").get_by_text("Upload", exact=True)
    assert english.evaluate("e => getComputedStyle(e).fontSize") == "0px", "its place is taken by our words"
    answers = page.get_by_label(DA("enter.answer"))
    reason = page.get_by_label(DA("enter.reason"))
    for asked in (answers, reason):
        if asked.count():
            asked.fill("Ny måling")
            asked.press("Enter")
            page.locator(FINISHED).wait_for()
    page.get_by_role("button", name=DA("enter.submit")).click()
    expect(page.get_by_text(DA("enter.done_submitted"))).to_be_visible()
    page.get_by_text(DA("document.attached")).click()
    page.locator(FINISHED).wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hent »artikel.pdf«").click()
    assert download.value.suggested_filename == "artikel.pdf"
    assert download.value.path().read_bytes() == content
