"""What was recorded when, and by whom: the ground of completeness, timeliness and the due list (F31)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from dashboard.domain.observation import REALISED, WorkflowState
from dashboard.domain.reporting import Reported
from dashboard.domain.review import PENDING
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.review import NOW_KNOWN, UNDER_REVIEW, latest_state, stands
from dashboard.store.queries.scope import Scope, known

Spoken = tuple[str, date | None, date | None]
"""Indicator, first day and last day of a period that somebody has said something about."""


def load_reported(
    connection: Connection, actor: Actor, place: str, scope: Scope = NOW_KNOWN
) -> tuple[Reported, ...]:
    """Every value of a place that states what happened, once, as first recorded; for the team only.

    The state is that of its newest version that was not discarded, as known at the scope's revision.
    Values that are rolled up from activities are not among them.
    """
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o, sets, first = schema.observation, schema.change_set, schema.observation.alias("first")
    rank = func.row_number().over(partition_by=o.c.natural_key, order_by=o.c.sequence.desc())
    state = func.coalesce(latest_state(o, scope), o.c.state)
    newest = (
        select(o.c.natural_key, o.c.indicator_id, o.c.period_start, o.c.period_end, o.c.missing_reason,
               state.label("state"), rank.label("rank"))
        .join(schema.place, schema.place.c.id == o.c.place_id)
        .where(schema.place.c.slug == place, o.c.kind.in_(sorted(REALISED)), stands(o, scope),
               known(o, scope))
        .subquery()
    )  # fmt: skip
    rows = connection.execute(
        select(
            schema.indicator.c.code, newest.c.period_start, newest.c.period_end, newest.c.missing_reason,
            newest.c.state, sets.c.actor, sets.c.recorded_at,
        )
        .join(first, (first.c.natural_key == newest.c.natural_key) & (first.c.sequence == 1))
        .join(sets, sets.c.id == first.c.change_set_id)
        .join(schema.indicator, schema.indicator.c.id == newest.c.indicator_id)
        .where(newest.c.rank == 1)
        .order_by(schema.indicator.c.code, newest.c.period_end, first.c.id)
    )  # fmt: skip
    return tuple(
        Reported(
            row.code, row.period_start, row.period_end, row.recorded_at.date(), row.actor,
            WorkflowState(row.state), bool(row.missing_reason),
        )
        for row in rows
    )  # fmt: skip


def load_awaiting_periods(connection: Connection, place: str) -> tuple[Spoken, ...]:
    """The periods of a place for which a value is a draft or waits: nobody need be asked again.

    Reads what is under review only, which an index keeps apart from the approved values; the place is
    compared as an expression, so that SQLite does not go through all that the place has instead.
    """
    o = schema.observation
    rows = connection.execute(
        select(schema.indicator.c.code, o.c.period_start, o.c.period_end)
        .join(schema.indicator, schema.indicator.c.id == o.c.indicator_id)
        .join(schema.place, schema.place.c.id == o.c.place_id + 0)
        .where(
            UNDER_REVIEW,
            schema.place.c.slug == place,
            func.coalesce(latest_state(o), o.c.state).in_(sorted(state.value for state in PENDING)),
            o.c.kind.in_(sorted(REALISED)),
        )
        .distinct()
        .order_by(schema.indicator.c.code, o.c.period_end, o.c.period_start)
    )
    return tuple((row.code, row.period_start, row.period_end) for row in rows)


def first_day(connection: Connection) -> date | None:
    """The day of the first revision: before it nobody could be on time."""
    moment = connection.execute(select(func.min(schema.change_set.c.recorded_at))).scalar_one()
    return None if moment is None else moment.date()
