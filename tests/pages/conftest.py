"""Pages over whole stores: real and demonstration, SQLite and PostgreSQL, each made once a session."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.config import ROOT
from dashboard.ui import cached
from dashboard.ui.cached import Stamp
from dashboard.ui.frame import page_path
from dashboard.ui.session import today
from tests.conftest import DIALECTS, Databases
from tests.pages.persons import Desk, new_desk
from tests.pages.stores import KINDS, FilledStores

SETTING = "DASHBOARD_DATABASE_URL"
OpenPage = Callable[..., AppTest]
"""``open_page("claim", claim="media", lang="en")`` opens a page by its address, as a link does."""


class Application:
    """The application over one store at a time. Its caches are emptied whenever the store changes."""

    def __init__(self) -> None:
        self._shown: str | None = None

    def show(self, address: str) -> None:
        if address != self._shown:
            self.close()
            os.environ[SETTING] = address
            self._shown = address

    def close(self) -> None:
        if self._shown is not None:
            cached.engine().dispose()
            st.cache_resource.clear()
            self._shown = None

    @staticmethod
    def open(page: str = "overview", **choices: str) -> AppTest:
        at = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=60)
        for name, value in choices.items():
            at.query_params[name] = value
        if page != "overview":
            file = page_path(page)
            if file.stem != page:
                at.run()  # only then is it known which address a file has
            at.switch_page(f"../pages/{file.name}")
        return at.run()


def stamp() -> Stamp:
    """The newest state of the store that is shown."""
    _, revision = cached.store_profile()
    return Stamp(revision, -1, False, today().isoformat())


@pytest.fixture(scope="session")
def application() -> Iterator[Application]:
    """The one application of the session; afterwards the environment is as it was.

    Each opened page is a server of its own, which reads what every installed package says of itself
    (four fifths of the time of a test). It reads the same each time, so here it is read once.
    """
    before = os.environ.get(SETTING)
    made = Application()
    with pytest.MonkeyPatch.context() as patched:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", once)
        yield made
    made.close()
    os.environ.pop(SETTING, None)
    if before is not None:
        os.environ[SETTING] = before


@pytest.fixture(scope="session")
def filled_stores(databases: Databases) -> FilledStores:
    return FilledStores(databases)


@pytest.fixture(scope="session", params=[f"{kind}-{dialect}" for kind in KINDS for dialect in DIALECTS])
def each_name(request: pytest.FixtureRequest) -> str:
    """Once a session, so that all tests of one store run after one another."""
    return str(request.param)


@pytest.fixture
def each_store(each_name: str, filled_stores: FilledStores, application: Application) -> tuple[str, OpenPage]:
    """The kind of a store, and what opens pages over it."""
    kind, dialect = each_name.split("-")
    application.show(filled_stores.address(kind, dialect))
    return kind, application.open


@pytest.fixture
def desk(databases: Databases, application: Application, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """One computer over a store of its own, with the small city in it and no observation."""
    made = new_desk(databases, application, monkeypatch)
    yield made
    made.store.dispose()


@pytest.fixture
def real(filled_stores: FilledStores, application: Application) -> OpenPage:
    """Opens pages over the sourced figures."""
    application.show(filled_stores.address("real", "sqlite"))
    return application.open


@pytest.fixture
def demonstration(filled_stores: FilledStores, application: Application) -> OpenPage:
    """Opens pages over the invented figures."""
    application.show(filled_stores.address("demonstration", "sqlite"))
    return application.open
