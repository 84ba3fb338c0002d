"""The real store and the demonstration, each served by the command line as a newcomer would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Databases
from tests.server.running import Running, chromium, serving

FINISHED = "[data-testid=stApp][data-test-script-state=notRunning]"
WHOLE = "footer.foot, [data-testid=stAlert]"
"""Stands on a page that is complete, and on one that refuses."""
VERBS = {"real": "run", "demonstration": "demo"}
SETTINGS = {"real": "DASHBOARD_DATABASE_URL", "demonstration": "DASHBOARD_DEMONSTRATION_URL"}
OpenAt = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: the driver runs a loop of its own, and a process can have one at a time."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[dict[str, Running]]:
    folder = tmp_path_factory.mktemp("served")
    stores = {
        setting: f"sqlite:///{databases.copied(kind, folder / kind)}" for kind, setting in SETTINGS.items()
    }
    with ExitStack() as running:
        yield {
            kind: running.enter_context(serving(folder, "-m", "dashboard", verb, **stores))
            for kind, verb in VERBS.items()
        }


@pytest.fixture
def open_at(servers: dict[str, Running], browser: Browser) -> Iterator[OpenAt]:
    """Opens an address of a store in a window of its own and waits until the page is whole."""
    with ExitStack() as windows:

        def open_(
            address: str, kind: str = "real", width: int = 1440, scheme: str = "light", **options: object
        ) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce",
                **options,
            )  # fmt: skip
            windows.callback(context.close)
            page = context.new_page()
            page.goto(servers[kind].address + address)
            whole(page)
            return page

        yield open_


def whole(page: Page) -> None:
    """Wait until the script has run and everything is drawn."""
    page.locator(FINISHED).wait_for()
    page.locator(WHOLE).first.wait_for()
