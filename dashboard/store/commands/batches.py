"""Undoing what was loaded together, and bringing an old value back. Both append, neither takes away.

Undoing a batch restores what readers and the team saw before it, value by value: what had been public is
said again, what was new is withdrawn, and a draft that was never public is taken back. The undo is a
batch of its own, so that it can be undone like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.review import NOW, PENDING, Version, shown
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.carrying import carry_judgements
from dashboard.store.commands.copies import Copy, copy_activity, copy_observations
from dashboard.store.commands.locks import LockedPeriods
from dashboard.store.commands.review import ClaimRights
from dashboard.store.commands.rows import chunks, insert_all, insert_one, schema
from dashboard.store.queries.families import PART, Member, load_families
from dashboard.store.work import UnitOfWork

_APPROVED, _WITHDRAWN = WorkflowState.APPROVED, WorkflowState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: its own batch, rows said again as before, rows taken away."""

    batch: int
    restored: int
    withdrawn: int


def undo_batch(work: UnitOfWork, batch_id: int, reason: str) -> Undone:
    """Undo a batch whole: observations and activities, or nothing.

    Raises `InvalidDraftsError` without a reason, and where later rows build on the batch or a period is
    closed, with one problem for each of them; `InvalidChoiceError` for a batch that is not there or that
    has no effect any more; `PermissionDeniedError` where public values would change and the actor may not
    approve.
    """
    work.actor.require_somewhere(Permission.IMPORT)
    if not reason.strip():
        raise InvalidDraftsError([Problem("reason_required", "reason")])
    table, sets = schema.batch, schema.change_set
    batch = work.connection.execute(
        select(table, sets.c.revision)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(table.c.id == batch_id)
        .with_for_update(of=table)  # of two who undo it at once, the second finds it undone
    ).one_or_none()
    if batch is None:
        raise InvalidChoiceError("error.review.no_batch", what=batch_id)
    undo = _Undo(work, batch)
    undo.plan_observations()
    activities, problems = _undone_activities(work, batch)
    undo.refuse(problems)
    rows = undo.size + len(activities)
    if rows == 0:
        raise InvalidChoiceError("error.review.nothing_to_undo", what=batch_id)
    new = insert_one(
        work.connection, table, title=batch.title, file_name=batch.file_name, rows_read=rows,
        rows_loaded=rows, undoes_id=batch_id, reason=reason, change_set_id=work.change_set_id,
    )  # fmt: skip
    undo.write(new, reason)
    restored = sum(copy.state is not _WITHDRAWN for copy in undo.copies)
    for version_id, version, state in activities:
        copy_activity(work, version_id, version, state, reason, new)
        restored += state is not _WITHDRAWN
    done = Undone(new, restored + undo.revived, rows - restored - undo.revived)
    work.note("undo_batch", "batch", str(batch_id), after=done, reason=reason)
    return done


def restore(
    work: UnitOfWork, observation_id: int, reason: str, state: WorkflowState = WorkflowState.DRAFT
) -> int | None:
    """Say an old value again as a new version (F34); gives its id, None where it stands already.

    As a draft it goes through review; `WorkflowState.APPROVED` makes it public at once and needs the
    permission to approve.
    """
    o = schema.observation
    wanted = work.connection.execute(
        select(o.c.id, o.c.natural_key).where(o.c.id == observation_id)
    ).one_or_none()
    if wanted is None:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    family = load_families(work.connection, [wanted.natural_key])[wanted.natural_key]
    member = next(m for m in family if m.id == observation_id)
    while WorkflowState(member.row.state) is _WITHDRAWN and member.version.sequence > 1:
        # it only says that the one before it is gone
        member = next(m for m in family if m.version.sequence == member.version.sequence - 1)
    permission = Permission.RECORD if state in PENDING else Permission.APPROVE
    ClaimRights(work).require(permission, member.row.indicator)
    locks = LockedPeriods(work)
    locks.check(1, member.row.indicator, member.row.period_start, member.row.period_end)
    locks.refuse()
    if not reason.strip():
        raise InvalidDraftsError([Problem("reason_required", "reason")])
    versions = [m.version for m in family]
    standing = shown(versions, pending=state is not _APPROVED)
    if standing is not None:
        same = next(m for m in family if m.id == standing.id)
        if same.row.content_digest == member.row.content_digest:
            return None
    last = family[-1]
    copy = Copy(member.id, last.version.sequence + 1, state, last.id)
    [new] = copy_observations(work, [copy], None)
    if state is _APPROVED:
        carry_judgements(work, [wanted.natural_key])
    work.note(
        "restore", "observation", str(new), before={"observation": last.id},
        after={"observation": new, "says_again": member.id, "state": state}, reason=reason,
    )  # fmt: skip
    return new


class _Undo:
    """The plan for the observations of one batch, made whole before anything is written."""

    def __init__(self, work: UnitOfWork, batch: Row[Any]) -> None:
        self._work = work
        self._batch = batch
        self._before = NOW if batch.revision is None else int(batch.revision) - 1
        self._rights = ClaimRights(work)
        self._locks = LockedPeriods(work)
        self._problems: list[Problem] = []
        self._decisions: list[dict[str, Any]] = []
        self.copies: list[Copy] = []
        self.revived = 0

    @property
    def size(self) -> int:
        return len(self.copies) + len(self._decisions)

    def plan_observations(self) -> None:
        for keys in chunks(self._keys(), PART):
            for family in load_families(self._work.connection, keys).values():
                self._plan(family)

    def refuse(self, more: Sequence[Problem]) -> None:
        if problems := [*self._problems, *more, *self._locks.problems]:
            raise InvalidDraftsError(problems)

    def write(self, batch: int, reason: str) -> None:
        copy_observations(self._work, self.copies, batch)
        common = {
            "actor": self._work.actor.email, "note": reason, "change_set_id": self._work.change_set_id,
            "self_approved": False,
        }  # fmt: skip
        for rows in chunks([decision | common for decision in self._decisions], 5_000):
            insert_all(self._work.connection, schema.observation_decision, rows)

    def _keys(self) -> list[str]:
        """The values that the batch wrote or, being an undo, decided about."""
        o, decision = schema.observation, schema.observation_decision
        own = self._work.connection.execute(
            select(o.c.natural_key).where(o.c.batch_id == self._batch.id).distinct()
        )
        found = set(own.scalars())
        if self._batch.undoes_id is not None:
            decided = self._work.connection.execute(
                select(o.c.natural_key)
                .join(decision, decision.c.observation_id == o.c.id)
                .where(decision.c.change_set_id == self._batch.change_set_id)
                .distinct()
            )
            found |= set(decided.scalars())
        return sorted(found)

    def _plan(self, family: Sequence[Member]) -> None:
        versions = [m.version for m in family]
        own = [m for m in family if m.row.batch_id == self._batch.id]
        decided = [m for m in family if self._decided(m)]
        newest = max(m.version.sequence for m in own or decided)
        later = [m for m in family if m.version.sequence > newest and not m.version.discarded()]
        for member in later or [m for m in decided if not self._decided_last(m)]:
            self._built_upon(member)
        if later:
            return
        if any(m.version.public() for m in own):
            self._say_again(family, versions)
        else:
            self._decide_back(own, decided)

    def _decided(self, member: Member) -> bool:
        """Whether this batch, being an undo, decided about a row of another."""
        return (
            self._batch.undoes_id is not None
            and member.row.batch_id != self._batch.id
            and any(d.change_set_id == self._batch.change_set_id for d in member.decisions)
        )

    def _decided_last(self, member: Member) -> bool:
        return bool(member.decisions[-1].change_set_id == self._batch.change_set_id)

    def _built_upon(self, member: Member) -> None:
        actor, moment = member.last_word
        day = member.row.period_end or member.row.period_start
        params = {
            "indicator": member.row.indicator, "place": member.row.place, "period": day or "–",
            "actor": actor, "moment": moment or "–", "observation": member.id,
        }  # fmt: skip
        self._problems.append(Problem("built_upon", "row", len(self._problems) + 1, params=params))

    def _say_again(self, family: Sequence[Member], versions: Sequence[Version]) -> None:
        """Append what readers, and then the team, saw before."""
        last, sequence = family[-1], family[-1].version.sequence
        before, now = shown(versions, False, self._before), shown(versions, False)
        pending = shown(versions, True, self._before)
        fresh: list[Copy] = []
        if before is not None and (now is None or self._differ(family, before, now)):
            fresh.append(Copy(before.id, sequence + 1, _APPROVED, last.id))
        elif before is None and now is not None:
            fresh.append(Copy(now.id, sequence + 1, _WITHDRAWN, last.id))
        state = pending.state(self._before) if pending is not None else None
        if pending is not None and state in PENDING and (fresh or shown(versions, True) != pending):
            above = None if fresh else last.id
            fresh.append(Copy(pending.id, sequence + len(fresh) + 1, state or WorkflowState.DRAFT, above))
        if not fresh:
            return
        self.copies += fresh
        row = last.row
        self._rights.require(Permission.APPROVE, row.indicator)
        self._locks.check(len(self.copies), row.indicator, row.period_start, row.period_end)

    @staticmethod
    def _differ(family: Sequence[Member], one: Version, other: Version) -> bool:
        digests = {m.id: m.row.content_digest for m in family}
        return bool(digests[one.id] != digests[other.id])

    def _decide_back(self, own: Sequence[Member], decided: Sequence[Member]) -> None:
        """Take back what was never public, or bring back what an undo took back."""
        for member in own:
            if member.state is not _WITHDRAWN:
                self._rights.require(Permission.IMPORT, member.row.indicator)
                self._decide(member, _WITHDRAWN)
        for member in decided:
            before = member.version.state(self._before)
            if before is not None and before is not member.state:
                self._rights.require(Permission.IMPORT, member.row.indicator)
                self._decide(member, before)
                self.revived += before is not _WITHDRAWN

    def _decide(self, member: Member, state: WorkflowState) -> None:
        sequence = member.decisions[-1].sequence + 1 if member.decisions else 1
        self._decisions.append({"observation_id": member.id, "sequence": sequence, "state": state.value})


_Copies = list[tuple[int, int, WorkflowState]]


def _undone_activities(work: UnitOfWork, batch: Row[Any]) -> tuple[_Copies, list[Problem]]:
    """The versions of activities to append (source id, number, state), and what forbids it.

    A version has no decisions of its own: the newest in a state that somebody sees is what they see.
    """
    table, sets, activity = schema.activity_version, schema.change_set, schema.activity
    touched = select(table.c.activity_id).where(table.c.batch_id == batch.id)
    rows = work.connection.execute(
        select(
            table.c.id, table.c.activity_id, table.c.version, table.c.workflow_state, table.c.batch_id,
            table.c.period_end, table.c.period_start, activity.c.key, schema.place.c.slug,
            sets.c.revision, sets.c.actor, sets.c.recorded_at,
        )
        .join(sets, sets.c.id == table.c.change_set_id)
        .join(activity, activity.c.id == table.c.activity_id)
        .join(schema.place, schema.place.c.id == activity.c.place_id)
        .where(table.c.activity_id.in_(touched))
        .order_by(table.c.activity_id, table.c.version)
    ).all()  # fmt: skip
    families: dict[int, list[Any]] = {}
    for row in rows:
        families.setdefault(row.activity_id, []).append(row)
    before = NOW if batch.revision is None else int(batch.revision) - 1
    copies: _Copies = []
    problems: list[Problem] = []
    for family in families.values():
        newest = max(row.version for row in family if row.batch_id == batch.id)
        later = [row for row in family if row.version > newest]
        problems += [_activity_built_upon(row) for row in later]
        if fresh := _activity_copies(family, before):
            public = WorkflowState(family[-1].workflow_state) in (_APPROVED, _WITHDRAWN)
            work.actor.require(Permission.APPROVE if public else Permission.IMPORT)
            copies += fresh
    return copies, problems


def _activity_built_upon(row: Any) -> Problem:
    params = {
        "indicator": row.key, "place": row.slug, "period": row.period_end or row.period_start or "–",
        "actor": row.actor, "moment": row.recorded_at or "–", "observation": row.id,
    }  # fmt: skip
    return Problem("built_upon", "row", params=params)


def _activity_copies(family: Sequence[Any], before: int) -> _Copies:
    versions = [
        Version(row.id, row.version, ((row.revision or NOW, WorkflowState(row.workflow_state)),))
        for row in family
    ]
    seen = [(shown(versions, pending, before), shown(versions, pending)) for pending in (False, True)]
    if all(then == now for then, now in seen):
        return []
    (public, _), (pending, _) = seen
    last = family[-1]
    copies: _Copies = []
    if public is not None:
        copies.append((public.id, last.version + 1, _APPROVED))
    else:
        copies.append((last.id, last.version + 1, _WITHDRAWN))
    state = pending.state(before) if pending is not None else None
    if pending is not None and state is not None and state in PENDING:
        copies.append((pending.id, last.version + len(copies) + 1, state))
    return copies
