"""A messy workbook through a real browser, as an analyst loads it; and what the browser says in Danish."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from tests.browser.conftest import FINISHED, whole
from tests.browser.test_accessibility import violations
from tests.conftest import Databases
from tests.intake_files.messy import messy_workbook
from tests.pages.test_import import AWARE, SOURCE, VIEWS
from tests.server.running import Running, serving

pytestmark = pytest.mark.browser
DA = Translator("da")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def importing(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[tuple[Running, Engine]]:
    """A demonstration of one's own to write in, and its store."""
    folder = tmp_path_factory.mktemp("importing")
    url = f"sqlite:///{databases.copied('demonstration', folder / 'demonstration.sqlite')}"
    with serving(folder, "-m", "dashboard", "demo", DASHBOARD_DEMONSTRATION_URL=url) as running:
        engine = open_engine(url)
        yield running, engine
        engine.dispose()


@pytest.fixture
def page(importing: tuple[Running, Engine], browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1400}, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(f"{importing[0].address}/import")
    whole(opened)
    yield opened
    context.close()


def choose(page: Page, name: str, content: bytes, kind: str = SHEET) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def values(store: Engine) -> set[float]:
    with reading(store) as connection:
        frame = queries.load_series(
            connection, Scope(submitted=True), ["wikipedia_pageviews", "resident_awareness"], ["mosevig"]
        )
    return set(frame.loc[frame["source"] == "demo-accounts", "value"])


def test_a_messy_workbook_is_loaded_looked_at_and_undone(
    page: Page, importing: tuple[Running, Engine]
) -> None:
    running, store = importing
    before = values(store)
    choose(page, "opgørelse 2024.xlsx", messy_workbook(VIEWS, AWARE, SOURCE))
    expect(page.get_by_text("5 værdier er nye, 1 række kan ikke læses og 2 rækker udelades.")).to_be_visible()
    assert not violations(page)
    page.get_by_text("Udelad den ene række med fejl, og gem resten").click()
    expect(page.get_by_text("5 værdier er nye og 3 rækker udelades.")).to_be_visible()
    send = page.get_by_role("button", name="Send 5 værdier til godkendelse")
    expect(send).to_be_disabled()
    reason = page.get_by_label(DA("import_file.reason_warnings"))
    reason.fill("Noten er til økonomi")
    reason.press("Tab")
    expect(send).to_be_enabled()
    assert values(store) == before, "nothing is written before it is confirmed"
    send.click()
    expect(page.get_by_text(DA("import_file.done", new=5, changed=0))).to_be_visible()
    assert values(store) - before == {1234.5, 980, 1100, 1050.25, 12.5}

    choose(page, "opgørelse 2024.xlsx", messy_workbook(VIEWS, AWARE, SOURCE))
    page.get_by_text("Udelad den ene række med fejl, og gem resten").click()
    expect(page.get_by_text(DA("import_file.changes_nothing"))).to_be_visible()

    with reading(store) as connection:
        newest = max(batch.id for batch in queries.load_batches(connection, LOCAL_ACTOR))
    page.goto(f"{running.address}/review?view=batches&batch={newest}")
    whole(page)
    page.locator("summary").filter(has_text=DA("review.undo_title")).click()
    page.get_by_label(DA("review.undo_reason")).fill("Forkert fil")
    page.get_by_label(DA("review.undo_reason")).press("Tab")
    page.get_by_role("button", name=DA("review.undo"), exact=True).click()
    expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
    page.locator(FINISHED).wait_for()
    assert values(store) == before
    assert "Traceback" not in running.log


def test_a_bad_file_is_one_danish_sentence(page: Page, importing: tuple[Running, Engine]) -> None:
    running, store = importing
    before = values(store)
    cut = io.BytesIO(messy_workbook())
    for name, content, sentence in (
        ("kort.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "kort.csv er et billede og ikke en tabel."),
        ("tal.xlsx", cut.getvalue()[:3000], "tal.xlsx er beskadiget og kan ikke åbnes."),
    ):
        choose(page, name, content)
        alert = page.locator("[data-testid=stAlert]").filter(has_text=sentence)
        expect(alert).to_be_visible()
        assert page.locator("[data-testid=stException]").count() == 0
        page.reload()
        whole(page)
    assert values(store) == before
    assert "Traceback" not in running.log


def test_a_file_over_the_limit_is_refused_in_danish(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    path.write_bytes(b"a;b\n" * (51 * 2**18))
    page.locator("input[type=file]").set_input_files(path)
    page.locator("[data-testid=stFileUploader] [role=alert]").wait_for(state="attached")
    said = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stFileUploader]'), '::after').content"
    )
    assert said.strip('"') == DA("import_file.field.refused", most=50)
    button = page.locator("[data-testid=stFileUploader] p").first
    assert button.is_visible()


def test_a_template_is_a_workbook_that_the_page_reads(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Hent skabelon til tal").click()
    content = Path(waiting.value.path()).read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(content))
    choose(page, waiting.value.suggested_filename, content)
    expect(page.get_by_text("er læst som tal: arket »Tal«")).to_be_visible()
