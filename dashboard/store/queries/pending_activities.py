"""Records of the register that are not public yet, or have a change that is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.domain.activity import Activity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.roles import Actor, Permission
from dashboard.domain.text import Text
from dashboard.store import schema
from dashboard.store.queries.activities import load_activities
from dashboard.store.queries.catalogue import text_of
from dashboard.store.queries.scope import Scope, newest


@dataclass(frozen=True, slots=True)
class PendingActivity:
    """The newest version of a record under review; what it says is in `load_proposed`.

    `author` wrote it, `decided_by` brought it into its state: who sent it back is not who wrote it.
    """

    key: str
    kind: str
    title: Text
    version: int
    state: WorkflowState
    author: str
    decided_by: str
    own: bool
    recorded_at: datetime | None
    reason: str
    batch: int | None


def load_pending_activities(
    connection: Connection, actor: Actor, state: WorkflowState | None = None
) -> tuple[PendingActivity, ...]:
    """The records that are drafts, submitted or returned (None: all three), the oldest first."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    head, sets = schema.activity, schema.change_set
    version = newest(schema.activity_version, Scope(), schema.activity_version.c.activity_id)
    wanted = [state] if state is not None else [
        WorkflowState.DRAFT, WorkflowState.SUBMITTED, WorkflowState.RETURNED
    ]  # fmt: skip
    older, written = schema.activity_version.alias("older"), sets.alias("written")
    author = (
        select(written.c.actor)
        .join(older, older.c.change_set_id == written.c.id)
        .where(
            older.c.activity_id == version.c.activity_id,
            older.c.workflow_state.in_([WorkflowState.DRAFT.value, WorkflowState.SUBMITTED.value]),
        )
        .order_by(older.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(head.c.key, head.c.kind, version, sets.c.actor, sets.c.recorded_at, author.label("author"))
        .join(version, version.c.activity_id == head.c.id)
        .join(sets, sets.c.id == version.c.change_set_id)
        .where(version.c.workflow_state.in_([item.value for item in wanted]))
        .order_by(version.c.id)
    )
    return tuple(
        PendingActivity(
            row.key, row.kind, text_of(row, "title"), row.version, WorkflowState(row.workflow_state),
            row.author, row.actor, row.author == actor.email, row.recorded_at, row.reason, row.batch_id,
        )
        for row in rows
    )  # fmt: skip


class _Whatever(Scope):
    """Every state counts: the newest version is meant, also one that was sent back."""

    __slots__ = ()

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(state.value for state in WorkflowState)


def load_proposed(
    connection: Connection, actor: Actor, keys: Iterable[str]
) -> dict[str, tuple[Activity | None, Activity]]:
    """What each record under review says in public (None: nothing yet), and what it would say."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    wanted = set(keys)
    if not wanted:
        return {}
    public = {record.key: record for record in load_activities(connection, Scope())}
    return {
        record.key: (public.get(record.key), record)
        for record in load_activities(connection, _Whatever())
        if record.key in wanted
    }
