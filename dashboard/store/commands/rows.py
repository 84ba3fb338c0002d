"""The small moves that all commands share: names to ids, and versions that are only appended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, func, insert, select

from dashboard.domain.problem import Problem
from dashboard.errors import InvalidDraftsError
from dashboard.store import schema
from dashboard.store.work import UnitOfWork

Item = TypeVar("Item")
_CHUNK = 500


def chunks(items: Sequence[Item], size: int = _CHUNK) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]


def ids(connection: Connection, table: Table, name: str, wanted: Iterable[str]) -> dict[str, int]:
    """Ids by natural name (`slug`, `code`, `key`); names that do not exist are left out."""
    column: Column[str] = table.c[name]
    found: dict[str, int] = {}
    for part in chunks(sorted(set(wanted) - {""})):
        rows = connection.execute(select(column, table.c.id).where(column.in_(part)))
        found.update({row[0]: row[1] for row in rows})
    return found


UNKNOWN = {
    "indicator": "indicator_unknown", "place": "place_unknown", "source": "source_unknown",
    "claim": "claim_not_there", "activity": "activity_not_there",
}  # fmt: skip
"""By table, the problem of a name that is not in it."""


class Names:
    """Looks up names in bulk and gathers a problem for each that does not exist."""

    def __init__(self, work: UnitOfWork) -> None:
        self._connection = work.connection
        self._known: dict[str, dict[str, int]] = {}
        self.problems: list[Problem] = []

    def load(self, table: Table, name: str, wanted: Iterable[str]) -> None:
        self._known.setdefault(table.name, {}).update(ids(self._connection, table, name, wanted))

    def id(self, table: Table, name: str, row: int | None = None) -> int | None:
        """The id, None for an empty name; an unknown name becomes a problem."""
        if not name:
            return None
        found = self._known[table.name].get(name)
        if found is None:
            self.problems.append(Problem(UNKNOWN[table.name], table.name, row, params={"given": name}))
        return found

    def refuse(self) -> None:
        """Raise `InvalidDraftsError` with all the names that were not found."""
        if self.problems:
            raise InvalidDraftsError(self.problems)


def repeated(keys: Iterable[Any]) -> list[Problem]:
    """A problem for each key that an earlier row has already: a command takes each thing once."""
    first: dict[Any, int] = {}
    problems = []
    for row, key in enumerate(keys, start=1):
        if first.setdefault(key, row) != row:
            problems.append(Problem("repeated_in_file", "row", row, params={"first": first[key]}))
    return problems


def latest(
    connection: Connection, table: Table, head: str | Sequence[str], counter: str = "version"
) -> dict[Any, Any]:
    """The newest version row of each head, by the head's value (a tuple for several columns)."""
    heads = [table.c[name] for name in ([head] if isinstance(head, str) else head)]
    rank = func.row_number().over(partition_by=heads, order_by=table.c[counter].desc()).label("rank")
    ranked = select(table, rank).subquery()
    rows = connection.execute(select(ranked).where(ranked.c.rank == 1)).all()
    return {
        getattr(row, head) if isinstance(head, str) else tuple(getattr(row, name) for name in head): row
        for row in rows
    }


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))


def insert_one(connection: Connection, table: Table, **values: Any) -> int:
    """Insert one row and give its id."""
    return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def head_ids(work: UnitOfWork, table: Table, name: str, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Ids of the head rows of versioned things; those that are not there yet are inserted."""
    there = ids(work.connection, table, name, [row[name] for row in rows])
    new = [{**row, "change_set_id": work.change_set_id} for row in rows if row[name] not in there]
    insert_all(work.connection, table, new)
    return there | ids(work.connection, table, name, [row[name] for row in new])


def both(name: str, text: Any) -> dict[str, str]:
    """The two columns of a text of the data."""
    return {f"{name}_da": text.da, f"{name}_en": text.en}


def period_columns(period: Any) -> dict[str, Any]:
    return {
        "period_start": period.start,
        "period_end": period.end,
        "period_precision": period.precision.value,
    }


__all__ = [
    "Names",
    "both",
    "chunks",
    "head_ids",
    "ids",
    "insert_all",
    "insert_one",
    "latest",
    "period_columns",
    "repeated",
    "schema",
]
