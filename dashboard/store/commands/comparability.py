"""Answering the questions of the comparability passport, each with a reason (N13, F35)."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.store.commands.rows import Names, insert_all, latest, repeated, schema
from dashboard.store.work import UnitOfWork, digest

HEAD = ("indicator_id", "place_id", "question")


def answer_digest(answer: ComparabilityAnswer) -> str:
    """The digest of what an answer says; who gave it is no part of it."""
    about = [answer.indicator, answer.place, answer.question]
    return digest([*about, answer.answer, answer.reason.strip()])


def answer_comparability(work: UnitOfWork, answers: Sequence[ComparabilityAnswer]) -> int:
    """Append the answers that differ from those that stand; how many.

    Taking back what nobody answered changes nothing. Raises `InvalidDraftsError` with every problem: an
    indicator or place that is not there, a missing reason, one question answered twice.
    """
    work.actor.require(Permission.DEFINE)
    names = Names(work)
    names.load(schema.indicator, "code", {a.indicator for a in answers})
    names.load(schema.place, "slug", {a.place for a in answers})
    names.problems += repeated((a.indicator, a.place, a.question) for a in answers)
    rows = []
    for row, answer in enumerate(answers, start=1):
        if not answer.reason.strip():
            names.problems.append(Problem("reason_required", "reason", row))
        indicator_id = names.id(schema.indicator, answer.indicator, row)
        rows.append((indicator_id, names.id(schema.place, answer.place, row), answer.question.value))
    names.refuse()
    there = latest(work.connection, schema.comparability_answer, HEAD)
    fresh, written = [], []
    for head, answer in zip(rows, answers, strict=True):
        before = there.get(head)
        content = answer_digest(answer)
        stands = before is not None and before.answer != AnswerWord.WITHDRAWN
        if not stands and answer.answer is AnswerWord.WITHDRAWN:
            continue
        if before is not None and before.content_digest == content:
            continue
        fresh.append(
            dict(zip(HEAD, head, strict=True))
            | {
                "version": (before.version if before is not None else 0) + 1, "content_digest": content,
                "answer": answer.answer.value, "reason": answer.reason.strip(),
                "change_set_id": work.change_set_id,
            }
        )  # fmt: skip
        written.append(answer)
    insert_all(work.connection, schema.comparability_answer, fresh)
    work.note_all("answer_comparability", "comparability_answer", written)
    return len(written)
