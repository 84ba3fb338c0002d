"""Closed periods: which stand, and the log of closing and opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known


@dataclass(frozen=True, slots=True)
class PeriodLock:
    """One closing or opening; `indicator` is "" for all. `standing` marks the closings that still hold."""

    indicator: str
    start: date
    end: date
    locked: bool
    standing: bool
    reason: str
    actor: str
    recorded_at: datetime | None


def load_locks(connection: Connection, scope: Scope) -> tuple[PeriodLock, ...]:
    """Every closing and opening, the newest first."""
    lock, sets = schema.period_lock, schema.change_set
    rows = connection.execute(
        select(lock, schema.indicator.c.code, sets.c.actor, sets.c.recorded_at)
        .join(sets, sets.c.id == lock.c.change_set_id)
        .outerjoin(schema.indicator, schema.indicator.c.id == lock.c.indicator_id)
        .where(known(lock, scope))
        .order_by(lock.c.id.desc())
    )
    told: set[tuple[str, date, date]] = set()
    found = []
    for row in rows:
        span = (row.code or "", row.period_start, row.period_end)
        standing = row.locked and span not in told
        told.add(span)
        found.append(PeriodLock(*span, row.locked, standing, row.reason, row.actor, row.recorded_at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LockedSpans:
    """The closings that stand now, as (indicator, first day, last day)."""

    spans: tuple[tuple[str, date, date], ...]

    @classmethod
    def load(cls, connection: Connection) -> LockedSpans:
        locks = load_locks(connection, Scope())
        return cls(tuple((lock.indicator, lock.start, lock.end) for lock in locks if lock.standing))

    def hold(self, indicator: str, day: date | None) -> bool:
        """Whether a value that ends on `day` is in a closed period; an undated one never is."""
        return day is not None and any(
            code in ("", indicator) and start <= day <= end for code, start, end in self.spans
        )
