"""Opening a page in a cold browser and seeing when its last chart is painted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from playwright.sync_api import Browser, CDPSession, Page

Result = TypeVar("Result")

PATIENCE = 30_000
"""Milliseconds."""

SLOW_LINE = {
    "offline": False, "latency": 40, "downloadThroughput": 10_000_000 / 8, "uploadThroughput": 10_000_000 / 8
}  # fmt: skip
"""10 Mbit/s with 40 ms, by the browser's own throttling."""

_BOX = """const seen = element => {
    const box = element.getBoundingClientRect();
    return box.width > 40 && box.height > 10 };"""
BLANK = "[...document.querySelectorAll('[data-testid=stMarkdown] p')].some(p => p.textContent === 'blank')"
PLOTLY = """[...document.querySelectorAll('.js-plotly-plot')].filter(plot =>
    seen(plot) && plot.querySelectorAll('.scatterlayer .trace path.js-line').length >= 6).length >= 6"""
STILL = "[...document.querySelectorAll('.chart-wide svg')].filter(seen).length >= 6"
ALIVE = "document.querySelectorAll('.chart-root figure[data-alive]').length >= 1"


def pictures(count: int) -> str:
    """Whether the Overview is there to its end, with this many pictures decoded."""
    return f"""document.querySelector('footer.foot') &&
        [...document.querySelectorAll('.stHtml img, svg.chart')].filter(picture =>
            seen(picture) && (picture.tagName !== 'IMG' || picture.complete && picture.naturalWidth > 0)
        ).length >= {count}"""


@dataclass(frozen=True)
class Opened:
    """Milliseconds from opening the address to the frame after the last chart, and bytes received."""

    painted: float
    bytes_received: int


def patiently(work: Callable[[], Result]) -> Result:
    """The result, from a second or third try where the browser's throttling got stuck.

    Now and then it holds back every file of a page for good, the stock Streamlit's as ours; that says
    nothing about a server. It is told on standard error, and three times in a row is a failure.
    """
    for _ in range(2):
        try:
            return work()
        except TimeoutError as error:
            print(f"== Once more: {error}", file=sys.stderr, flush=True)
    return work()


def open_cold(browser: Browser, address: str, finished: str, slow: bool) -> Opened:
    """Open an address in a new browser context: no cache, no connection, no cookie."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    received = _counted(session)
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
    page.add_init_script(_watch("__painted", finished, "0"))
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    painted = _when(page, "__painted")
    total = received[0]
    context.close()
    return Opened(painted, total)


def time_until_alive(browser: Browser, address: str, slow: bool) -> float:
    """Milliseconds from touching a chart, as soon as it is painted, to its being interactive."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
    page.add_init_script(_watch("__painted", STILL, "0"))
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    _when(page, "__painted")
    page.evaluate(_watch("__alive", ALIVE, "window.__touched"))
    page.evaluate(
        "window.__touched = performance.now();"
        "document.querySelector('.chart-root figure').dispatchEvent(new PointerEvent('pointerenter'))"
    )
    alive = _when(page, "__alive")
    context.close()
    return alive


def change_city(page: Page, opener: str, option: str, changed: str) -> float:
    """Milliseconds from pressing on a city in the open list to the frame after its charts are painted."""
    page.locator(opener).first.click()
    choice = page.locator(option).first
    choice.wait_for()
    page.evaluate(
        "window.__pressed = 0; window.__changed = 0;"
        "addEventListener('pointerdown', () => window.__pressed = performance.now(),"
        "{capture: true, once: true})"
    )
    page.evaluate(_watch("__changed", f"window.__pressed && ({changed})", "window.__pressed"))
    choice.click()
    return _when(page, "__changed")


def _watch(name: str, condition: str, since: str) -> str:
    """Script: at every frame look whether the condition holds; a frame later, note how long it took."""
    return f"""(() => {{ {_BOX}
        const look = () => document.body && ({condition})
            ? requestAnimationFrame(() => window.{name} = performance.now() - ({since}))
            : requestAnimationFrame(look);
        requestAnimationFrame(look); }})()"""


def _when(page: Page, name: str) -> float:
    """What the script noted. Asked for from outside: the pages' own policy forbids `wait_for_function`."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        noted = page.evaluate(f"window.{name}")
        if noted:
            return float(noted)
        page.wait_for_timeout(50)
    raise TimeoutError(f"{page.url} was not finished: {page.inner_text('body')[:500]}")


def _counted(session: CDPSession) -> list[int]:
    """Bytes so far: HTTP as it is on the line, the websocket's messages as they are once unpacked."""
    received = [0]

    def finished(event: dict[str, Any]) -> None:
        received[0] += int(event["encodedDataLength"])

    def framed(event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        received[0] += len(payload) * 3 // 4 if event["response"]["opcode"] == 2 else len(payload)

    session.send("Network.enable")
    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", framed)
    return received
