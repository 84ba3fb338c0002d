"""How one record of the register came to be what it is: every version, who, when and why, for ever (F34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.domain.activity import Activity
from dashboard.domain.observation import WorkflowState
from dashboard.store import schema
from dashboard.store.queries.activities import links_of, record_of
from dashboard.store.queries.scope import Scope, known

_PUBLIC = (WorkflowState.APPROVED, WorkflowState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ActivityVersion:
    """One version: what it said, in which state it was written, by whom, when and why."""

    version: int
    state: WorkflowState
    activity: Activity
    actor: str
    recorded_at: datetime | None
    reason: str


def load_activity_versions(
    connection: Connection, scope: Scope, key: str, *, pending: bool
) -> tuple[ActivityVersion, ...]:
    """The versions of one record, oldest first; without `pending` those that were public.

    A decision is a version too: the same words in another state. The record of a returned or withdrawn
    version is there as well, which `load_activities` leaves out.
    """
    head, version, sets = schema.activity, schema.activity_version, schema.change_set
    query = (
        select(
            head.c.key, head.c.kind, schema.place.c.slug, version,
            schema.source.c.key.label("source_key"), sets.c.actor, sets.c.recorded_at,
        )
        .join(head, head.c.id == version.c.activity_id)
        .join(schema.place, schema.place.c.id == head.c.place_id)
        .join(sets, sets.c.id == version.c.change_set_id)
        .outerjoin(schema.source, schema.source.c.id == version.c.source_id)
        .where(head.c.key == key, known(version, scope))
        .order_by(version.c.version)
    )  # fmt: skip
    if not pending:
        query = query.where(version.c.workflow_state.in_([state.value for state in _PUBLIC]))
    rows = connection.execute(query).all()
    goals, partners, tags = links_of(connection, [row.id for row in rows])
    return tuple(
        ActivityVersion(
            row.version, WorkflowState(row.workflow_state),
            record_of(row, goals[row.id], partners[row.id], tags[row.id]),
            row.actor, row.recorded_at, row.reason,
        )
        for row in rows
    )  # fmt: skip


def load_activity_keys(connection: Connection) -> frozenset[str]:
    """The keys of all records there ever were: a new one must take another."""
    return frozenset(connection.execute(select(schema.activity.c.key)).scalars())
