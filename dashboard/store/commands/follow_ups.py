"""Answering what became of a won thing after 12, 24 and 36 months (N20)."""

from __future__ import annotations

from sqlalchemy import func, select

from dashboard.domain.follow_up import MONTHS, FollowUpAnswer
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.store.commands.rows import Names, insert_one, schema
from dashboard.store.work import UnitOfWork


def answer_follow_up(work: UnitOfWork, answer: FollowUpAnswer) -> None:
    """Append an answer; a later one about the same question takes its place and both are kept."""
    work.actor.require(Permission.RECORD)
    names = Names(work)
    names.load(schema.activity, "key", [answer.activity])
    activity_id = names.id(schema.activity, answer.activity)
    if answer.months not in MONTHS:
        names.problems.append(Problem("follow_up_months", "months", params={"given": answer.months}))
    if not answer.note.strip():
        names.problems.append(Problem("note_required", "note"))
    names.refuse()
    table = schema.activity_follow_up
    last = work.connection.execute(
        select(func.max(table.c.sequence)).where(
            table.c.activity_id == activity_id, table.c.months == answer.months
        )
    ).scalar_one()
    insert_one(
        work.connection, table, activity_id=activity_id, months=answer.months, sequence=(last or 0) + 1,
        outcome=answer.outcome.value, note=answer.note.strip(), change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note("answer_follow_up", "activity", answer.activity, after=answer)
