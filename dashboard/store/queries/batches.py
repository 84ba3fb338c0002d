"""What was loaded together: how much of it, in which state, and whether a file is in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, true

from dashboard.domain.observation import WorkflowState
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.claim_rights import ClaimRights
from dashboard.store.queries.review import UNDER_REVIEW, is_head, latest_state


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch. `values` counts its observations by their present state, as far as the person may read
    drafts of their claims; `activities` its versions.

    A batch is one transaction: that it is here at all says that it is here whole. `undoes` is the batch
    that it takes back, `undone_by` the newest that took it back; 0 where there is none.
    """

    id: int
    title: str
    file_name: str
    file_digest: str
    rows_read: int
    rows_loaded: int
    values: Mapping[str, int]
    activities: int
    actor: str
    recorded_at: datetime | None
    revision: int
    undoes: int
    undone_by: int
    reason: str


def load_batches(connection: Connection, actor: Actor, limit: int = 50) -> tuple[Batch, ...]:
    """The newest batches first."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    batch = schema.batch
    return _batches(connection, actor, _select().order_by(batch.c.id.desc()).limit(limit))


def load_batch(connection: Connection, actor: Actor, batch_id: int) -> Batch | None:
    """One batch by its number."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    found = _batches(connection, actor, _select().where(schema.batch.c.id == batch_id))
    return found[0] if found else None


def count_in_batches(
    connection: Connection,
    actor: Actor,
    permission: Permission = Permission.READ_SUBMITTED,
    batch_id: int | None = None,
) -> dict[tuple[int, WorkflowState], int]:
    """How many values of each batch (or of one) are under review, by state, among those for which the actor
    has `permission`; batches without any are left out."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o = schema.observation
    state = func.coalesce(latest_state(o), o.c.state).label("shown_state")
    rights = ClaimRights(connection, actor).within(permission)
    one = o.c.batch_id.is_not(None) if batch_id is None else o.c.batch_id == batch_id
    stated = select(o.c.batch_id, state).where(UNDER_REVIEW, one, rights, is_head(o)).subquery()
    open_states = (WorkflowState.DRAFT, WorkflowState.SUBMITTED, WorkflowState.RETURNED)
    rows = connection.execute(
        select(stated.c.batch_id, stated.c.shown_state, func.count())
        .where(stated.c.shown_state.in_([one.value for one in open_states]))
        .group_by(stated.c.batch_id, stated.c.shown_state)
    )
    return {(batch, WorkflowState(name)): count for batch, name, count in rows}


def find_file(connection: Connection, file_digest: str) -> Batch | None:
    """The newest batch that was read from a file with this digest (SHA-256 of its bytes), or None.

    This is the answer after a crash: an import that was cut off left nothing, and is None here; one that
    is found was written whole.
    """
    batch = schema.batch
    query = _select().where(batch.c.file_digest == file_digest).order_by(batch.c.id.desc()).limit(1)
    found = _batches(connection, None, query)
    return found[0] if found else None


def _select() -> Select[Any]:
    batch, sets = schema.batch, schema.change_set
    undo = batch.alias("undo")
    undone_by = select(func.max(undo.c.id)).where(undo.c.undoes_id == batch.c.id).scalar_subquery()
    return select(
        batch, sets.c.actor, sets.c.recorded_at, sets.c.revision, undone_by.label("undone_by")
    ).join(sets, sets.c.id == batch.c.change_set_id)


def _batches(connection: Connection, actor: Actor | None, query: Select[Any]) -> tuple[Batch, ...]:
    """The batches; without an actor their values are counted whoever may read them."""
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    o, version = schema.observation, schema.activity_version
    state = func.coalesce(latest_state(o), o.c.state).label("shown_state")
    readable = true() if actor is None else ClaimRights(connection, actor).within(Permission.READ_SUBMITTED)
    stated = select(o.c.batch_id, state).where(o.c.batch_id.in_(ids), readable).subquery()
    values: dict[int, dict[str, int]] = {}
    for batch_id, name, count in connection.execute(
        select(stated.c.batch_id, stated.c.shown_state, func.count()).group_by(
            stated.c.batch_id, stated.c.shown_state
        )
    ):
        values.setdefault(batch_id, {})[name] = count
    activities: dict[int, int] = {
        row[0]: row[1]
        for row in connection.execute(
            select(version.c.batch_id, func.count())
            .where(version.c.batch_id.in_(ids))
            .group_by(version.c.batch_id)
        )
    }
    return tuple(
        Batch(
            row.id, row.title, row.file_name, row.file_digest, row.rows_read, row.rows_loaded,
            values.get(row.id, {}), activities.get(row.id, 0), row.actor, row.recorded_at, row.revision or 0,
            row.undoes_id or 0, row.undone_by or 0, row.reason,
        )
        for row in rows
    )  # fmt: skip
