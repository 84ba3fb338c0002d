"""Closing a period to further changes and opening it again, both with a reason (F33)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.rows import Names, insert_one, schema
from dashboard.store.queries.locks import LockedSpans
from dashboard.store.work import UnitOfWork


def lock_period(work: UnitOfWork, start: date, end: date, reason: str, indicator: str = "") -> bool:
    """Close the days `start` to `end` for one indicator, or for all; False where they are closed already.

    From then on no value whose period ends in it is recorded, approved, withdrawn, restored or undone.
    """
    return _turn(work, start, end, reason, indicator, locked=True)


def unlock_period(work: UnitOfWork, start: date, end: date, reason: str, indicator: str = "") -> bool:
    """Open a span again as it was closed; raises `InvalidChoiceError` where no such lock stands."""
    if not _turn(work, start, end, reason, indicator, locked=False):
        raise InvalidChoiceError("error.review.not_locked", start=start, end=end)
    return True


def _turn(work: UnitOfWork, start: date, end: date, reason: str, indicator: str, *, locked: bool) -> bool:
    work.actor.require(Permission.LOCK)
    names = Names(work)
    names.load(schema.indicator, "code", [indicator])
    indicator_id = names.id(schema.indicator, indicator)
    if not reason.strip():
        names.problems.append(Problem("reason_required", "reason"))
    if end < start:
        names.problems.append(Problem("period_reversed", "period"))
    names.refuse()
    table = schema.period_lock
    newest = work.connection.execute(
        select(table.c.locked)
        .where(
            table.c.indicator_id.is_not_distinct_from(indicator_id),
            table.c.period_start == start,
            table.c.period_end == end,
        )
        .order_by(table.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    if bool(newest) == locked:
        return False
    insert_one(
        work.connection, table, indicator_id=indicator_id, period_start=start, period_end=end,
        locked=locked, reason=reason, change_set_id=work.change_set_id,
    )  # fmt: skip
    command = "lock_period" if locked else "unlock_period"
    span = {"start": start, "end": end, "indicator": indicator}
    work.note(command, "period_lock", f"{start}/{end}", after=span, reason=reason)
    return True


class LockedPeriods:
    """The locks that stand, asked row by row by commands that change what is visible."""

    def __init__(self, work: UnitOfWork) -> None:
        self._spans = LockedSpans.load(work.connection)
        self.problems: list[Problem] = []

    def check(self, position: int, indicator: str, start: date | None, end: date | None) -> None:
        """Note a problem where the period of a value is closed."""
        day = end or start
        if self._spans.hold(indicator, day):
            self.problems.append(Problem("period_locked", "period", position, params={"day": day}))

    def refuse(self) -> None:
        if self.problems:
            raise InvalidDraftsError(self.problems)
