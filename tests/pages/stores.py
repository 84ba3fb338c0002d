"""Whole stores for the tests of pages and browsers: the real figures and the demonstration, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.setting_up import SetUp, set_up
from dashboard.store.engine import open_engine
from tests import postgres

KINDS = ("real", "demonstration")


class FilledStores:
    """Makes each store when the first test asks for it. They are shared: nobody writes to them."""

    def __init__(self, folder: Path, server: Callable[[], postgres.Server]) -> None:
        self._folder = folder
        self._server = server
        self._made: dict[tuple[str, str], str] = {}

    def address(self, kind: str, dialect: str) -> str:
        """The address of the store with the real figures, or with the demonstration's."""
        if (kind, dialect) not in self._made:
            url = self.new(f"{kind}_for_pages", dialect)
            fill(url, kind)
            self._made[kind, dialect] = url
        return self._made[kind, dialect]

    def new(self, name: str, dialect: str) -> str:
        """The address of a new, empty database."""
        return f"sqlite:///{self._folder / name}" if dialect == "sqlite" else self._server().create(name)


def fill(url: str, kind: str) -> None:
    """What ``python -m dashboard init`` does."""
    engine = open_engine(url)
    set_up(engine, SetUp(demonstration=kind == "demonstration"), LOCAL_ACTOR, "test")
    engine.dispose()
