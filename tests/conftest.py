"""Fixtures for all tests: real databases, one fresh copy a test.

* `engine`: a migrated, empty database, once on SQLite and once on PostgreSQL;
* `store`: the same with the small city of `tests.sample` in it (revision 1, kind real);
* `both_stores`: the two stores of the small city at once, to compare them.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from xdist.scheduler import LoadFileScheduling

from dashboard.store.engine import open_engine
from dashboard.store.lifecycle import migrate
from tests import postgres, sample

DIALECTS = ("sqlite", "postgresql")
_MAKERS: dict[str, Callable[[Engine], None]] = {"empty": migrate, "filled": sample.fill}
_numbers = itertools.count(1)

WHOLE_PRODUCT = {"pages", "reports", "command_line", "demonstration", "server"}
"""The folders whose tests run the whole product over a whole store: not for `make quick`."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """`slow` is said once for a folder, not in each of its files."""
    if item.path.parent.name in WHOLE_PRODUCT:
        item.add_marker(pytest.mark.slow)


class OneWindowAtATime(LoadFileScheduling):
    """A file stays whole, and so do all browser tests: two browsers on two cores make each other late.

    (The marker of pytest-xdist for this, `xdist_group`, is not heard under pytest 9.2.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "browser" if "browser" in file else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneWindowAtATime:
    return OneWindowAtATime(config, log)


settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """PostgreSQL, started when the first test asks for it; without one the test fails, and says why."""
    with postgres.running() as server:
        yield server


class Databases:
    """Makes databases as copies of templates, which are themselves made once a session."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self._folder = folder
        self._request = request
        self._templates: set[str] = set()

    @property
    def _server(self) -> postgres.Server:
        server = self._request.getfixturevalue("postgres_server")
        assert isinstance(server, postgres.Server)
        return server

    def address(self, dialect: str, content: str) -> str:
        """The address of a new database with this content (a key of `_MAKERS`)."""
        template, copy = f"{dialect}_{content}", f"copy_{next(_numbers)}"
        new = template not in self._templates
        self._templates.add(template)
        if dialect == "sqlite":
            if new:
                self._make(f"sqlite:///{self._folder / template}", content)
            shutil.copyfile(self._folder / template, self._folder / copy)
            return f"sqlite:///{self._folder / copy}"
        if new:
            self._make(self._server.create(template), content)
        return self._server.create(copy, template)

    @staticmethod
    def _make(url: str, content: str) -> None:
        engine = open_engine(url)
        _MAKERS[content](engine)
        engine.dispose()  # SQLite folds its log into the file, PostgreSQL can be copied

    def drop(self, engine: Engine) -> None:
        engine.dispose()
        name = engine.url.database or ""
        if engine.dialect.name == "sqlite":
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        else:
            self._server.drop(name)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Databases:
    return Databases(tmp_path_factory.mktemp("databases"), request)


@pytest.fixture(params=DIALECTS)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A migrated store without a profile, on each of the two databases."""
    made = open_engine(databases.address(request.param, "empty"))
    yield made
    databases.drop(made)


@pytest.fixture(params=DIALECTS)
def store(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The store of the small city, on each of the two databases."""
    made = open_engine(databases.address(request.param, "filled"))
    yield made
    databases.drop(made)


@pytest.fixture
def both_stores(databases: Databases) -> Iterator[tuple[Engine, Engine]]:
    """The store of the small city on SQLite and on PostgreSQL, at once."""
    made = tuple(open_engine(databases.address(dialect, "filled")) for dialect in DIALECTS)
    assert len(made) == 2
    yield made
    for one in made:
        databases.drop(one)
