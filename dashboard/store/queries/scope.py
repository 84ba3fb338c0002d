"""What a reader may see, and as of when: the two things every query is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, func, select, true

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema


@dataclass(frozen=True, slots=True)
class Scope:
    """`as_known_at` is a revision (None: now); `submitted` shows what awaits approval as well."""

    as_known_at: int | None = None
    submitted: bool = False

    @property
    def states(self) -> tuple[str, ...]:
        """States whose rows count; a withdrawn row counts in order to hide what it withdraws."""
        shown = [WorkflowState.APPROVED, WorkflowState.WITHDRAWN]
        if self.submitted:
            shown += [WorkflowState.SUBMITTED, WorkflowState.DRAFT]
        return tuple(state.value for state in shown)


def current_revision(connection: Connection) -> int:
    """The store's revision; every cache is keyed by it."""
    return int(connection.execute(select(schema.revision.c.number)).scalar_one_or_none() or 0)


def revision_at(connection: Connection, day: date) -> int:
    """The last revision committed on or before `day` (UTC); 0 where nothing was known yet."""
    sets = schema.change_set
    end = datetime.combine(day + timedelta(days=1), time())
    found = connection.execute(select(func.max(sets.c.revision)).where(sets.c.recorded_at < end))
    return int(found.scalar_one_or_none() or 0)


def recorded_at(connection: Connection, revision: int | None = None) -> datetime | None:
    """When a revision was committed (UTC, naive); the newest without one."""
    sets = schema.change_set
    query = select(func.max(sets.c.recorded_at))
    if revision is not None:
        query = query.where(sets.c.revision <= revision)
    return connection.execute(query).scalar_one_or_none()


def known(table: Table, scope: Scope) -> ColumnElement[bool]:
    """The WHERE clause of "as known at"."""
    if scope.as_known_at is None:
        return true()
    sets = schema.change_set
    return table.c.change_set_id.in_(select(sets.c.id).where(sets.c.revision <= scope.as_known_at))


def newest(
    table: Table, scope: Scope, *heads: ColumnElement[Any], counter: str = "version", where: Any = None
) -> Subquery:
    """The newest row of each head that was known: the current state of anything versioned."""
    rank = func.row_number().over(partition_by=heads, order_by=table.c[counter].desc()).label("rank")
    query: Select[Any] = select(table, rank).where(known(table, scope))
    if where is not None:
        query = query.where(where)
    ranked = query.subquery()
    return select(ranked).where(ranked.c.rank == 1).subquery()
