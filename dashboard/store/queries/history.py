"""What was written, by whom and when; and how each value came to be what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, or_, select

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known
from dashboard.store.work import digest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the audit trail."""

    revision: int
    recorded_at: datetime
    actor: str
    edge: str
    command: str
    subject: str
    reason: str
    after: Any


def load_changes(connection: Connection, scope: Scope, limit: int = 200) -> tuple[Change, ...]:
    """The newest changes first."""
    change, sets = schema.change, schema.change_set
    rows = connection.execute(
        select(
            sets.c.revision, sets.c.recorded_at, sets.c.actor, sets.c.edge, change.c.command,
            change.c.subject, change.c.reason, change.c.after,
        )
        .join(sets, sets.c.id == change.c.change_set_id)
        .where(known(change, scope))
        .order_by(change.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(Change(*row) for row in rows)


def load_history(
    connection: Connection, scope: Scope, indicator: str, include_unapproved: bool = False
) -> pd.DataFrame:
    """Every recorded row of an indicator, newest first: value, state, what it superseded, who and when.

    The state is the one of the latest decision. Without `include_unapproved` only rows that were approved
    at some time are given, and those that took such a value away: a reader must not see drafts through
    the history either.
    """
    o, sets, decision = schema.observation, schema.change_set, schema.observation_decision
    older = o.alias("older")

    def decided(table: FromClause) -> Select[tuple[str]]:
        return select(decision.c.state).where(decision.c.observation_id == table.c.id, known(decision, scope))

    def approved(table: FromClause) -> ColumnElement[bool]:
        state = WorkflowState.APPROVED.value
        public = (state, WorkflowState.WITHDRAWN.value)  # written as withdrawn, it takes a public value away
        return or_(table.c.state.in_(public), decided(table).where(decision.c.state == state).exists())

    latest = decided(o).order_by(decision.c.sequence.desc()).limit(1).scalar_subquery()
    shown = older.c.id == o.c.supersedes_id
    query = (
        select(
            o.c.id.label("observation"), sets.c.revision, sets.c.recorded_at, sets.c.actor,
            schema.place.c.slug.label("place"), o.c.period_start, o.c.period_end,
            o.c.period_precision.label("precision"), o.c.value, o.c.qualifier, o.c.unit, o.c.currency,
            o.c.kind, func.coalesce(latest, o.c.state).label("state"), o.c.disaggregation, o.c.sequence,
            older.c.value.label("superseded_value"),
            schema.source.c.key.label("source"),
        )
        .join(sets, sets.c.id == o.c.change_set_id)
        .join(schema.indicator, schema.indicator.c.id == o.c.indicator_id)
        .join(schema.place, schema.place.c.id == o.c.place_id)
        .join(schema.source, schema.source.c.id == o.c.source_id)
        .outerjoin(older, shown if include_unapproved else and_(shown, approved(older)))
        .where(schema.indicator.c.code == indicator, known(o, scope))
        .order_by(sets.c.revision.desc(), o.c.id.desc())
    )  # fmt: skip
    if not include_unapproved:
        query = query.where(approved(o))
    import pandas as pd  # only here: a frozen pack is read without it

    rows = connection.execute(query)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))


def broken_link(connection: Connection) -> int | None:
    """The first revision whose audit chain does not hold, or None: every digest is made again."""
    sets, change = schema.change_set, schema.change
    chain = ""
    rows = connection.execute(
        select(sets).where(sets.c.revision.is_not(None)).order_by(sets.c.revision)
    ).all()
    for row in rows:
        changes = [
            {
                "change_set_id": row.id, "command": c.command, "subject": c.subject,
                "subject_key": c.subject_key, "before": c.before, "after": c.after, "reason": c.reason,
            }
            for c in connection.execute(
                select(change).where(change.c.change_set_id == row.id).order_by(change.c.id)
            )
        ]  # fmt: skip
        link = digest([chain, row.revision, row.actor, row.recorded_at, changes])
        if (row.previous_digest, row.digest) != (chain, link):
            return int(row.revision)
        chain = row.digest
    counter = connection.execute(select(schema.revision)).one()
    if (len(rows), chain) != (counter.number, counter.chain):
        return len(rows) + 1  # the newest ones are gone
    return None
