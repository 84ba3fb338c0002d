"""Answering what became of a won thing after 12, 24 and 36 months (N20)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from dashboard.domain.follow_up import MONTHS, FollowUpAnswer
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.store.commands.rows import Names, insert_one, schema
from dashboard.store.queries.follow_ups import load_follow_ups
from dashboard.store.queries.scope import Scope
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


def load_answers(work: UnitOfWork, answers: Sequence[FollowUpAnswer]) -> int:
    """Append the answers of files that do not stand already; how many were written."""
    there = {(one.activity, one.months): one for one in load_follow_ups(work.connection, Scope())}
    fresh = [one for one in answers if there.get((one.activity, one.months)) != one]
    for answer in fresh:
        answer_follow_up(work, answer)
    return len(fresh)
