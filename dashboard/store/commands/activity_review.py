"""Deciding about records of the register (F32). A decision is a version: the same words, another state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.review import TRANSITIONS, Action, Transition, transition
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.store.commands.copies import copy_activity
from dashboard.store.commands.rows import schema
from dashboard.store.work import UnitOfWork


def decide_activities(work: UnitOfWork, action: Action, versions: Mapping[str, int], note: str = "") -> int:
    """Submit, approve, return or withdraw the records with these keys; gives how many.

    `versions` says which version of each key the person saw: a newer one raises `StaleDraftError`. Notes
    and reasons are asked for as with observations. What was never public and is withdrawn leaves the
    public version standing.
    """
    note = note.strip()
    activity = schema.activity
    locked = work.connection.execute(
        select(activity.c.id, activity.c.key)
        .where(activity.c.key.in_(sorted(versions)))
        .order_by(activity.c.id)
        .with_for_update()
    ).all()
    if missing := set(versions) - {row.key for row in locked}:
        raise InvalidChoiceError("error.review.no_activity", what=min(missing))
    problems: list[Problem] = []
    plans = []
    positions = {key: position for position, key in enumerate(versions, start=1)}
    for row in locked:
        family = _family(work, row.id)
        last = family[-1]
        if last.version != versions[row.key]:
            raise StaleDraftError("error.review.superseded", actor=last.actor, moment=last.recorded_at)
        author = _author(family)
        way = _way(work, action, last, author)
        if way is None:
            problems.append(Problem("not_submitted", "state", positions[row.key]))
            continue
        public = _public(family)
        if way.note and not note:
            problems.append(Problem("note_required", "note", positions[row.key]))
        approving = way.to is WorkflowState.APPROVED
        changes = public is not None and public.content_digest != last.content_digest
        if approving and changes and not (note or last.reason):
            problems.append(Problem("reason_required", "note", positions[row.key]))
        plans.append((last, way.to, public, author))
    if problems:
        raise InvalidDraftsError(problems)
    for last, state, public, _ in plans:
        source, reached = last.id, state
        if state is WorkflowState.WITHDRAWN and public is not None and public.id != last.id:
            source, reached = public.id, WorkflowState.APPROVED
        copy_activity(work, source, last.version + 1, reached, note or last.reason, last.batch_id)
    if plans:
        own = sum(author == work.actor.email for *_, author in plans)
        after = {"count": len(plans), "own": own, "keys": sorted(versions)}
        work.note(action.value, "activity", "", after=after, reason=note)
    return len(plans)


def _family(work: UnitOfWork, activity_id: int) -> list[Row[Any]]:
    table, sets = schema.activity_version, schema.change_set
    query = (
        select(table, sets.c.actor, sets.c.recorded_at)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(table.c.activity_id == activity_id)
        .order_by(table.c.version)
    )
    return list(work.connection.execute(query))


def _public(family: list[Row[Any]]) -> Row[Any] | None:
    """The version that readers see."""
    seen = (WorkflowState.APPROVED.value, WorkflowState.WITHDRAWN.value)
    newest = next((row for row in reversed(family) if row.workflow_state in seen), None)
    return newest if newest is not None and newest.workflow_state == seen[0] else None


def _author(family: list[Row[Any]]) -> str:
    """Who wrote the newest version: the decision to send it back is a version of somebody else's."""
    written = (WorkflowState.DRAFT.value, WorkflowState.SUBMITTED.value)
    found = next((row for row in reversed(family) if row.workflow_state in written), family[-1])
    return str(found.actor)


def _way(work: UnitOfWork, action: Action, last: Row[Any], author: str) -> Transition | None:
    """The transition; None for the unsubmitted draft of another that somebody wants to approve."""
    state = WorkflowState(last.workflow_state)
    if (action, state) not in TRANSITIONS:
        params = {"actor": last.actor, "moment": last.recorded_at, "note": last.reason}
        raise StaleDraftError(f"error.review.now_{state}", **params)
    own = author == work.actor.email
    way = transition(action, state, own, work.actor.may)
    if way is None and not (action is Action.APPROVE and transition(action, state, True, work.actor.may)):
        raise PermissionDeniedError(permission=action.value, name=work.actor.name)
    return way
