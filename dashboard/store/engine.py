"""The engine: one address in, one SQLAlchemy engine out, with the same manners on both databases.

SQLite runs in write-ahead mode with short, immediate write transactions and snapshot reads. Its own way of
waiting is to try again now and then, so with many writers the unlucky wait until "database is locked";
within a process writers therefore stand in a queue, and only other processes are waited for that way.
PostgreSQL reads in one repeatable-read snapshot.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

from dashboard.errors import ConfigurationError, StoreError

_BUSY_MILLISECONDS = 15_000
_QUEUE_SECONDS = 60
_CONNECTIONS = 20  # and as many again: people wait for the lock of the database, never for a connection


def open_engine(url: str) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql://…``.

    Raises `ConfigurationError` for an address that names no database we run on.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError("error.database_url", given=url) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ConfigurationError("error.database_url", given=parsed.render_as_string())
    if parsed.get_backend_name() == "sqlite":
        in_memory = not parsed.database or parsed.database == ":memory:"
        if parsed.database and not in_memory:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        room = {} if in_memory else {"pool_size": _CONNECTIONS, "max_overflow": _CONNECTIONS}
        engine = create_engine(parsed, connect_args={"check_same_thread": False}, **room)
        event.listen(engine, "connect", _sqlite_connect)
        _begin_sqlite(engine)
    else:
        try:
            engine = create_engine(parsed, pool_size=10, max_overflow=20, pool_pre_ping=True)
        except NoSuchModuleError as error:
            raise ConfigurationError("error.database_url", given=parsed.render_as_string()) from error
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we write BEGIN ourselves, so that writers wait at the start
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = wal")
    cursor.execute("PRAGMA synchronous = normal")
    cursor.execute("PRAGMA foreign_keys = on")
    cursor.execute("PRAGMA recursive_triggers = on")  # else INSERT OR REPLACE slips past the guards
    cursor.close()


class WriterQueue:
    """A lock that is handed on in the order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn; False where it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=seconds):
            return True
        with self._guard:
            if turn not in self._waiting:
                return True  # it came in the last moment
            self._waiting.remove(turn)
            return False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def leave(self) -> None:
        """Hand on to the one who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


def _begin_sqlite(engine: Engine) -> None:
    """Let the writers of this process begin one after the other, and hand on when they are done.

    A turn ends when the connection goes back to the pool: by then the transaction is surely over.
    """
    queue = WriterQueue()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("read_only", False):
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("in_turn", False):
            if not queue.enter(_QUEUE_SECONDS):
                raise StoreError("error.store_busy")
            connection.info["in_turn"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def leave(_connection: Any, record: Any) -> None:
        if record.info.pop("in_turn", False):
            queue.leave()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", leave)


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("read_only", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent, read-only view of the store.

    Raises `StoreError` where the database does not answer, so that no edge has to know SQLAlchemy.
    """
    try:
        with engine.connect().execution_options(read_only=True) as connection, connection.begin():
            yield connection
    except (OperationalError, InterfaceError) as error:
        raise StoreError(detail=str(error.orig).strip().partition("\n")[0][:300]) from error
