"""Whole stores for the tests of pages: the real figures and the demonstration, one of each for all tests."""

from __future__ import annotations

from tests.conftest import Databases

KINDS = ("real", "demonstration")


class FilledStores:
    """Copies each store when the first test asks for it. They are shared: nobody writes to them."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._made: dict[tuple[str, str], str] = {}

    def address(self, kind: str, dialect: str) -> str:
        """The address of the store with the real figures, or with the demonstration's."""
        if (kind, dialect) not in self._made:
            self._made[kind, dialect] = self._databases.address(dialect, kind)
        return self._made[kind, dialect]
