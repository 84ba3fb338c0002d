"""The unit of work: one transaction, one change set, one revision, one link of the audit chain."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, insert, inspect, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, TimeoutError

from dashboard.domain.problem import Problem
from dashboard.domain.roles import Actor
from dashboard.errors import (
    DashboardError,
    InvalidDraftsError,
    MixedStoreError,
    StaleDraftError,
    StoreError,
    StoreMissingError,
)
from dashboard.store import schema


def canonical(value: Any) -> Any:
    """A value as plain JSON types, the same for equal values: what digests are made of."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: canonical(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [canonical(item) for item in value]
    return value


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    text = json.dumps(canonical(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class UnitOfWork:
    """What a command is given: a connection in a transaction, who acts, and where changes are noted."""

    def __init__(self, connection: Connection, actor: Actor, change_set_id: int, store_kind: str) -> None:
        self.connection = connection
        self.actor = actor
        self.change_set_id = change_set_id
        self.store_kind = store_kind
        self._changes: list[dict[str, Any]] = []

    @property
    def changed(self) -> bool:
        return bool(self._changes)

    def note(
        self,
        command: str,
        subject: str,
        key: str = "",
        *,
        before: Any = None,
        after: Any = None,
        reason: str = "",
    ) -> None:
        """Append one change to the audit trail; every command that wrote something calls it."""
        self._changes.append(
            {
                "change_set_id": self.change_set_id,
                "command": command,
                "subject": subject,
                "subject_key": key,
                "before": canonical(before),
                "after": canonical(after),
                "reason": reason,
            }
        )

    def note_all(self, command: str, subject: str, items: Sequence[Any], reason: str = "") -> None:
        """One change for many rows of one command: how many, and the digest of what they say."""
        if items:
            self.note(
                command, subject, after={"count": len(items), "digest": digest(list(items))}, reason=reason
            )

    def finish(self) -> None:
        """Write the audit trail and, as the last act, take the next revision under its row lock."""
        self.connection.execute(insert(schema.change), self._changes)
        table, sets = schema.revision, schema.change_set
        self.connection.execute(update(table).values(number=table.c.number + 1))
        number, chain = self.connection.execute(select(table.c.number, table.c.chain)).one()
        moment = datetime.now(UTC).replace(tzinfo=None)
        link = digest([chain, number, self.actor.email, moment, self._changes])
        self.connection.execute(
            update(sets)
            .where(sets.c.id == self.change_set_id)
            .values(revision=number, recorded_at=moment, previous_digest=chain, digest=link)
        )
        self.connection.execute(update(table).values(chain=link))


@contextmanager
def unit_of_work(
    engine: Engine, actor: Actor, edge: str, *, store_kind: str | None = None
) -> Iterator[UnitOfWork]:
    """One transaction for one or more commands; all is written or nothing.

    Where no command changed anything the transaction is rolled back and the revision stays.
    `store_kind` says for which kind of store the data is meant; offered to the other kind it raises
    `MixedStoreError`, and the database refuses it too. Raises `StoreMissingError` for an empty store,
    `StaleDraftError` when somebody else wrote the same thing at the same time, `InvalidDraftsError` for
    what only the database found wrong, and `StoreError` where others kept the database busy for too long.
    """
    with translated(), engine.connect() as connection, connection.begin() as transaction:
        if not inspect(connection).has_table(schema.store_profile.name):
            raise StoreMissingError()
        kind = connection.execute(select(schema.store_profile.c.kind)).scalar_one_or_none()
        if kind is None:
            raise StoreMissingError()
        if store_kind is not None and store_kind != kind:
            raise MixedStoreError(f"error.mixed_store.{kind}")
        change_set_id = connection.execute(
            insert(schema.change_set)
            .values(actor=actor.email, edge=edge, store_kind=store_kind or kind)
            .returning(schema.change_set.c.id)
        ).scalar_one()
        work = UnitOfWork(connection, actor, change_set_id, kind)
        yield work
        if work.changed:
            work.finish()
        else:
            transaction.rollback()


@contextmanager
def translated() -> Iterator[None]:
    """The database's refusals as errors that every edge can put into words."""
    try:
        yield
    except TimeoutError as error:  # no connection came free
        raise StoreError("error.store_busy") from error
    except (IntegrityError, DataError, OperationalError) as error:
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: DBAPIError) -> DashboardError | None:
    """What a database error means to a person; None where it means nothing but trouble.

    Two writers of one thing meet in a unique constraint, or wait for each other (a deadlock): the second
    one's draft is stale. SQLite tells constraints in words, PostgreSQL by SQLSTATE (class 23, and 40P01).
    """
    code = str(getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", ""))
    if code in ("23505", "40P01", "40001", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        return StaleDraftError("error.stale_store")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "55P03")):
        return StoreError("error.store_busy")  # others wrote for longer than anybody waits
    if code.startswith(("22", "23", "SQLITE_CONSTRAINT")) and code != "SQLITE_CONSTRAINT_TRIGGER":
        diagnosis = getattr(error.orig, "diag", None)
        rule = getattr(diagnosis, "constraint_name", None) or str(error.orig).rpartition(": ")[2]
        return InvalidDraftsError([Problem("refused_by_store", params={"rule": rule})])
    return None
