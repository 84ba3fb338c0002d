"""The engine: one address in, one SQLAlchemy engine out, with the same manners on both databases.

SQLite runs in write-ahead mode with short, immediate write transactions (measured: no "database is
locked" with 32 threads) and snapshot reads; PostgreSQL reads in one repeatable-read snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

from dashboard.errors import ConfigurationError, StoreError

_BUSY_MILLISECONDS = 15_000


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
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _sqlite_connect)
    else:
        try:
            engine = create_engine(parsed, pool_size=10, max_overflow=20, pool_pre_ping=True)
        except NoSuchModuleError as error:
            raise ConfigurationError("error.database_url", given=parsed.render_as_string()) from error
    event.listen(engine, "begin", _begin)
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


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
    elif read_only:
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
