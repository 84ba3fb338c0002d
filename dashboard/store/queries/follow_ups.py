"""What became of won things (N20)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.domain.follow_up import FollowUpAnswer, Persistence
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, newest


def load_follow_ups(connection: Connection, scope: Scope) -> tuple[FollowUpAnswer, ...]:
    """The newest answer to each question that was answered, by activity and months."""
    table, activity = schema.activity_follow_up, schema.activity
    current = newest(table, scope, table.c.activity_id, table.c.months, counter="sequence")
    rows = connection.execute(
        select(activity.c.key, current)
        .join(activity, activity.c.id == current.c.activity_id)
        .order_by(activity.c.key, current.c.months)
    )
    return tuple(FollowUpAnswer(row.key, row.months, Persistence(row.outcome), row.note) for row in rows)
