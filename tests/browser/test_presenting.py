"""A briefing on the big screen: frozen, presented, walked with a presenter's keys and left again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dashboard.i18n import Translator
from tests.browser.conftest import OpenAt
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser
DA = Translator("da")
SMALLEST = 0.024
"""Of the height of the screen: below this the back row reads nothing."""


def test_a_frozen_briefing_is_presented_with_keys_and_fingers(open_at: OpenAt) -> None:
    page = open_at("/briefing?period=2025&claims=media", "demonstration")
    page.get_by_role("button", name=DA("briefing.freeze")).click()
    page.get_by_role("link", name=DA("briefing.present")).click()
    deck = page.get_by_role("dialog")
    place = deck.get_by_role("status")
    heading = deck.get_by_role("heading")
    expect(place).to_have_text(re.compile(r"^1 "))
    expect(heading).to_contain_text("Mosevig")
    for key, number in (("PageDown", 2), ("ArrowRight", 3), ("PageUp", 2), ("ArrowLeft", 1), ("End", 7)):
        page.keyboard.press(key)
        expect(place).to_have_text(re.compile(rf"^{number} "))
        expect(deck).to_contain_text(DA("briefing.invented"))
        expect(heading).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    height = (page.viewport_size or {"height": 0})["height"]
    sizes = deck.locator(".deck-slide p, .deck-slide h2").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= SMALLEST * height
    assert violations(page) == []
    box = deck.locator(".deck-stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 600, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.up()
    expect(place).to_have_text(re.compile(r"^3 "))
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "present" not in url)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name=DA("briefing.present"))).to_be_visible()
