"""The table beside a chart in a real browser: opened, sorted by keyboard, taken along (F66, F67)."""

from __future__ import annotations

import csv

import pytest

from dashboard.i18n import Translator
from tests.browser.conftest import OpenAt
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser
EN = Translator("en")


def test_a_table_is_sorted_by_keyboard_and_taken_along(open_at: OpenAt) -> None:
    page = open_at("/compare?indicator=creative_companies&lang=en", "demonstration", accept_downloads=True)
    page.locator("[data-testid=stExpander] summary").first.click()
    table = page.locator("details table.sortable")
    table.wait_for()
    assert violations(page) == []
    values = table.locator("tbody tr td:nth-child(4)")
    heading = table.locator("th:nth-child(4)")
    own = values.all_inner_texts()
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    up = values.all_inner_texts()
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    down = values.all_inner_texts()
    numbers = [int("".join(filter(str.isdigit, words))) for words in up]
    assert numbers == sorted(numbers) != [int("".join(filter(str.isdigit, words))) for words in own]
    assert sorted(down) == sorted(own)
    assert numbers[0] == min(numbers)
    assert down[0] == up[-1]
    with page.expect_download() as loaded:
        page.get_by_role("button", name=EN("figures.download")).first.click()
    text = loaded.value.path().read_text(encoding="utf-8-sig")
    said = [line for line in text.splitlines() if line.startswith("# ")]
    for name in ("indicator", "definition", "unit", "source", "status", "downloaded", "citation"):
        assert any(line.startswith(f"# {EN(f'figures.about.{name}')}: ") for line in said), name
    rows = list(csv.DictReader(text[text.index("Place,") :].splitlines()))
    assert len(rows) == len(own)
    found = [float(row[EN("figures.plain", column=EN("chart.column.value"))]) for row in rows]
    assert sorted(found) == sorted(numbers)
