"""Many rows into one table in few statements, on both databases.

One statement a row makes SQLite set up the table's CHECK constraints for each row again; with several
hundred rows a statement that is done once. Values go to the driver as they are, past the types of the
schema: whoever calls it hands over what a column keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

_PARAMETERS = 30_000  # SQLite takes 32,766 in one statement, PostgreSQL 65,535
_ROWS = 1_000
_MANY = 5_000
_CACHE = 64 * 1024  # KiB: the indexes of a large table, so that SQLite does not read pages again and again


def append(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert `rows`, each with a plain value for each of `columns`; days as `kept_day` gives them."""
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    one = f"({', '.join([mark] * len(columns))})"
    head = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608 - names of the schema only
    size = min(_ROWS, _PARAMETERS // len(columns))
    if connection.dialect.name == "sqlite" and len(rows) >= _MANY:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        statement = head + ", ".join([one] * len(part))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))


def kept_day(connection: Connection, day: date | None) -> date | str | None:
    """A day as the driver keeps it: SQLite has no type for days and holds ISO text."""
    return day.isoformat() if day is not None and connection.dialect.name == "sqlite" else day


def kept_number(value: float | None) -> float | None:
    """A number as `schema.Number` keeps it: 15 significant digits, six decimals at most."""
    if value is None or (-1e9 < value < 1e9 and round(value, 6) == value):
        return value
    return round(float(f"{value:.15g}"), 6)
