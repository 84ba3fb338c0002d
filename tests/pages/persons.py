"""A small store of its own for the journeys of the workflow, and who is at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.domain.roles import Actor
from dashboard.store.engine import open_engine
from dashboard.ui import session
from tests.conftest import Databases

if TYPE_CHECKING:
    from tests.pages.conftest import Application


class Desk:
    """One computer, at which one person after the other opens pages over one store."""

    def __init__(self, url: str, application: Application, patched: pytest.MonkeyPatch) -> None:
        self.store: Engine = open_engine(url)
        self._url = url
        self._application = application
        self._patched = patched

    def open(self, person: Actor, page: str, **choices: str) -> AppTest:
        self._application.show(self._url)
        self._patched.setattr(session, "current_actor", lambda: person)
        shown = self._application.open(page, **choices)
        assert not shown.exception
        return shown


def new_desk(databases: Databases, application: Application, patched: pytest.MonkeyPatch) -> Desk:
    """A desk over a new store of the small city, without any observation."""
    return Desk(databases.address("sqlite", "filled"), application, patched)


def press(page: AppTest, label: str) -> AppTest:
    """Press the button of this name; it must be there and open."""
    found = next(one for one in page.button if one.label == label)
    assert not found.disabled, label
    found.click().run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def field(page: AppTest, label: str) -> Any:
    """The text field whose label begins so."""
    return next(one for one in (*page.text_input, *page.text_area) if one.label.startswith(label))


def write(page: AppTest, label: str, text: str) -> AppTest:
    field(page, label).set_value(text).run()
    assert not page.exception
    return page
