"""Deciding about values: submit, approve, return, withdraw. A decision is a row of its own (F32).

Each command takes ids of observations and decides about all of them or none. They can be the rows of a
batch (`queries.review.rows_of_batch`). What somebody else has decided or corrected in the meantime raises
`StaleDraftError`, which says what happened; the rows are locked first, so that of two people who decide
at the same time the second is told on both databases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.review import TRANSITIONS, Action, Transition, head, shown, transition
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.store.commands.carrying import carry_judgements
from dashboard.store.commands.locks import LockedPeriods
from dashboard.store.commands.rows import chunks, insert_all, schema
from dashboard.store.queries import claim_rights
from dashboard.store.queries.families import PART, Member, load_families
from dashboard.store.work import UnitOfWork, digest


def submit(work: UnitOfWork, observations: Sequence[int], note: str = "") -> int:
    """Ask for approval; a value that was returned needs a note that answers. Gives how many."""
    return _Decision(work, Action.SUBMIT, note).about(observations)


def approve(work: UnitOfWork, observations: Sequence[int], note: str = "") -> int:
    """Make values public. One's own are approved too, and marked.

    Where a public value changes, either the recording or this approval must give a reason (F35); what was
    judged about it goes over to the correction (`carrying`).
    """
    return _Decision(work, Action.APPROVE, note).about(observations)


def return_(work: UnitOfWork, observations: Sequence[int], note: str) -> int:
    """Send submitted values back to their author with a note that says what is missing."""
    return _Decision(work, Action.RETURN, note).about(observations)


def withdraw(work: UnitOfWork, observations: Sequence[int], note: str = "") -> int:
    """Take values back: one's own unpublished ones freely, others' and public ones with a reason."""
    return _Decision(work, Action.WITHDRAW, note).about(observations)


class ClaimRights(claim_rights.ClaimRights):
    """The rights of whoever is at work."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work.connection, work.actor)


class _Decision:
    def __init__(self, work: UnitOfWork, action: Action, note: str) -> None:
        self._work = work
        self._action = action
        self._note = note.strip()
        self._rights = ClaimRights(work)
        self._locks = LockedPeriods(work)
        self._problems: list[Problem] = []
        self._stale: list[tuple[str, dict[str, Any]]] = []
        self._rows: list[dict[str, Any]] = []
        self._corrected: list[str] = []

    def about(self, observations: Sequence[int]) -> int:
        wanted = {id: position for position, id in enumerate(dict.fromkeys(observations), start=1)}
        for part in chunks(sorted(wanted), PART):
            self._about_some(part, wanted)
        if self._stale:
            key, params = self._stale[0]
            raise StaleDraftError(key, **params, others=len(self._stale) - 1)
        if problems := self._problems + self._locks.problems:
            raise InvalidDraftsError(problems)
        for rows in chunks(self._rows, 5_000):
            insert_all(self._work.connection, schema.observation_decision, rows)
        if self._corrected:
            carry_judgements(self._work, self._corrected)
        if self._rows:
            ids = [row["observation_id"] for row in self._rows]
            key = str(ids[0]) if len(ids) == 1 else ""
            after = {"count": len(ids), "digest": digest(ids)}
            self._work.note(self._action.value, "observation", key, after=after, reason=self._note)
        return len(self._rows)

    def _about_some(self, ids: Sequence[int], positions: Mapping[int, int]) -> None:
        o = schema.observation
        locked = self._work.connection.execute(
            select(o.c.id, o.c.natural_key).where(o.c.id.in_(ids)).order_by(o.c.id).with_for_update()
        ).all()  # a correction points at the row it supersedes, so it waits for this lock as well
        if missing := set(ids) - {row.id for row in locked}:
            raise InvalidChoiceError("error.review.unknown", what=min(missing))
        families = load_families(self._work.connection, sorted({row.natural_key for row in locked}))
        reasons = self._reasons(families)
        for row in locked:
            family = families[row.natural_key]
            member = next(m for m in family if m.id == row.id)
            way = self._way(positions[member.id], member, family)
            if way is None:
                continue
            self._check(positions[member.id], way, member, family, reasons)
            self._rows.append(
                {
                    "observation_id": member.id,
                    "sequence": member.decisions[-1].sequence + 1 if member.decisions else 1,
                    "state": way.to.value,
                    "note": self._note,
                    "actor": self._work.actor.email,
                    "self_approved": way.to is WorkflowState.APPROVED and self._own(member),
                    "change_set_id": self._work.change_set_id,
                }
            )

    def _own(self, member: Member) -> bool:
        return bool(member.row.actor == self._work.actor.email)

    def _way(self, position: int, member: Member, family: Sequence[Member]) -> Transition | None:
        """The transition; None where somebody was faster, or where the value cannot be approved yet."""
        standing = head([m.version for m in family])
        if standing is not None and standing.sequence > member.version.sequence:
            newer = next(m for m in family if m.id == standing.id)
            self._be_stale("error.review.superseded", newer)
            return None
        if (self._action, member.state) not in TRANSITIONS:
            self._be_stale(f"error.review.now_{member.state}", member)
            return None

        def may(permission: Permission) -> bool:
            return self._rights.may(permission, member.row.indicator)

        way = transition(self._action, member.state, self._own(member), may)
        if way is None and self._action is Action.APPROVE and may(Permission.APPROVE):
            self._problems.append(Problem("not_submitted", "state", position))
        elif way is None:
            raise PermissionDeniedError(permission=self._action.value, name=self._work.actor.name)
        return way

    def _be_stale(self, key: str, member: Member) -> None:
        actor, moment = member.last_word
        params = {
            "observation": member.id, "indicator": member.row.indicator, "place": member.row.place,
            "actor": actor, "moment": moment, "note": member.decisions[-1].note if member.decisions else "",
        }  # fmt: skip
        self._stale.append((key, params))

    def _check(
        self, position: int, way: Transition, member: Member, family: Sequence[Member], reasons: set[int]
    ) -> None:
        if way.note and not self._note:
            self._problems.append(Problem("note_required", "note", position))
        public = shown([m.version for m in family], pending=False)
        approving = way.to is WorkflowState.APPROVED
        if approving and public is not None:
            self._corrected.append(member.row.natural_key)
            before = next(m for m in family if m.id == public.id)
            answered = any(d.note for d in member.decisions if d.state == WorkflowState.SUBMITTED)
            explained = self._note or answered or member.row.change_set_id in reasons
            if before.row.content_digest != member.row.content_digest and not explained:
                self._problems.append(Problem("reason_required", "note", position))
        if approving or member.state is WorkflowState.APPROVED:
            self._locks.check(position, member.row.indicator, member.row.period_start, member.row.period_end)

    def _reasons(self, families: Mapping[str, Sequence[Member]]) -> set[int]:
        """The change sets among those of the rows that were written with a reason."""
        sets = {m.row.change_set_id for family in families.values() for m in family}
        change = schema.change
        found: set[int] = set()
        for part in chunks(sorted(sets), PART):
            rows = self._work.connection.execute(
                select(change.c.change_set_id).where(
                    change.c.change_set_id.in_(part), change.c.subject == "observation", change.c.reason != ""
                )
            )
            found |= set(rows.scalars())
        return found
