"""Fixtures for all tests: real databases, one fresh copy a test.

* `engine`: a migrated, empty database, once on SQLite and once on PostgreSQL;
* `store`: the same with the small city of `tests.sample` in it (revision 1, kind real);
* `both_stores`: the two stores of the small city at once, to compare them;
* `databases`: copies of these and of the two whole stores, the real figures and the demonstration.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from xdist.scheduler import LoadFileScheduling

from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.setting_up import SetUp, set_up
from dashboard.store.engine import open_engine
from dashboard.store.lifecycle import migrate
from tests import postgres, sample

DIALECTS = ("sqlite", "postgresql")


def _whole(engine: Engine, demonstration: bool) -> None:
    set_up(engine, SetUp(demonstration=demonstration), LOCAL_ACTOR, "test")


_MAKERS: dict[str, Callable[[Engine], None]] = {
    "empty": migrate,
    "filled": sample.fill,
    "real": partial(_whole, demonstration=False),
    "demonstration": partial(_whole, demonstration=True),
}
"""What a database can be a copy of; the last two are what ``python -m dashboard init`` makes."""

_numbers = itertools.count(1)

WHOLE_PRODUCT = {"pages", "reports", "command_line", "demonstration", "server", "workflow", "intake_files"}
"""The folders whose tests run the whole product over a whole store: not for `make quick`."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """`slow` is said once for a folder, not in each of its files."""
    if item.path.parent.name in WHOLE_PRODUCT:
        item.add_marker(pytest.mark.slow)


TOGETHER = {"pages", "reports", "command_line"}
"""The folders whose files share what is dear to make, so that one process makes it for all of them."""


class OneWindowAtATime(LoadFileScheduling):
    """A file stays whole, and so do some folders and all browser tests: two browsers on two cores make each
    other late.

    (The marker of pytest-xdist for this, `xdist_group`, is not heard under pytest 9.2.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        folder = PurePosixPath(file).parent.name
        return "browser" if "browser" in file else folder if folder in TOGETHER else file


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
    """Makes databases as copies of templates, which are themselves made once a session; those of SQLite
    are files in `shared`, for all processes of a run."""

    def __init__(self, folder: Path, shared: Path, request: pytest.FixtureRequest) -> None:
        self._folder = folder
        self._shared = shared
        self._request = request
        self._templates: set[str] = set()

    @property
    def _server(self) -> postgres.Server:
        server = self._request.getfixturevalue("postgres_server")
        assert isinstance(server, postgres.Server)
        return server

    def address(self, dialect: str, content: str) -> str:
        """The address of a new database with this content (a key of `_MAKERS`)."""
        copy = f"copy_{next(_numbers)}"
        if dialect == "sqlite":
            return f"sqlite:///{self.copied(content, self._folder / copy)}"
        template = f"template_{content}"
        if template not in self._templates:
            self._make(self._server.create(template), content)
            self._templates.add(template)
        return self._server.create(copy, template)

    def copied(self, content: str, to: Path) -> Path:
        """A new file of SQLite with this content."""
        template = self._shared / f"{content}.sqlite"
        if not template.exists():
            made = self._folder / template.name
            self._make(f"sqlite:///{made}", content)
            made.replace(template)  # whole, or not there: another process may be at it too
        shutil.copyfile(template, to)
        return to

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
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    shared.mkdir(exist_ok=True)
    return Databases(tmp_path_factory.mktemp("databases"), shared, request)


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
