"""Answers about comparability in the store: versions with reasons, taken back, known as of a revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.errors import InvalidDraftsError, PermissionDeniedError
from dashboard.store.commands import answer_comparability
from dashboard.store.commands.file_loads import FileLoad
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, current_revision, load_answers
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER

PARTLY = ComparabilityAnswer(
    "press_articles", "tucson", Question.DEFINITION, AnswerWord.PARTLY, "Tucson tæller også blogs"
)


def answer(store: Engine, *answers: ComparabilityAnswer) -> int:
    with unit_of_work(store, APPROVER, "test") as work:
        return answer_comparability(work, answers)


def standing(store: Engine, as_known_at: int | None = None) -> tuple[ComparabilityAnswer, ...]:
    with reading(store) as connection:
        return load_answers(connection, Scope(as_known_at))


def revision(store: Engine) -> int:
    with reading(store) as connection:
        return current_revision(connection)


def test_the_newest_answer_stands_with_its_author_and_can_be_taken_back(store: Engine) -> None:
    other = replace(PARTLY, question=Question.METHOD)
    assert answer(store, PARTLY, other) == 2
    first = revision(store)
    assert answer(store, PARTLY) == 0
    assert answer(store, replace(PARTLY, answer=AnswerWord.NO, reason="Set efter i rapporten")) == 1
    assert revision(store) == first + 1
    assert {(a.question, a.answer, a.by) for a in standing(store)} == {
        (Question.DEFINITION, AnswerWord.NO, APPROVER.email),
        (Question.METHOD, AnswerWord.PARTLY, APPROVER.email),
    }
    back = replace(PARTLY, answer=AnswerWord.WITHDRAWN, reason="Var en fejl")
    assert answer(store, back) == 1
    assert answer(store, back, replace(back, question=Question.PERIOD)) == 0
    assert [a.question for a in standing(store)] == [Question.METHOD]
    assert set(standing(store, first)) == {replace(a, by=APPROVER.email) for a in (PARTLY, other)}


def test_without_a_reason_or_a_right_to_there_is_no_answer(store: Engine) -> None:
    with pytest.raises(InvalidDraftsError) as refused:
        answer(store, replace(PARTLY, reason=" "), PARTLY, replace(PARTLY, place="nowhere"))
    assert {p.code for p in refused.value.problems} == {
        "reason_required", "repeated_in_file", "place_unknown"
    }  # fmt: skip
    with pytest.raises(PermissionDeniedError), unit_of_work(store, ANALYST, "test") as work:
        answer_comparability(work, [PARTLY])
    assert standing(store) == ()


def test_a_load_of_files_does_not_write_over_what_a_person_answered(store: Engine) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        load = FileLoad(work)
        assert answer_comparability(work, load.open_to("comparability_answers", [PARTLY])) == 1
        load.finish()
    newer = replace(PARTLY, reason="Filen siger det på en anden måde")
    answer(store, replace(PARTLY, answer=AnswerWord.YES, reason="Spurgt byen"))
    with unit_of_work(store, APPROVER, "test") as work:
        load = FileLoad(work)
        assert load.open_to("comparability_answers", [newer]) == []
        assert [(k.kind, k.file_changed) for k in load.kept] == [("comparability_answers", True)]
    assert [a.reason for a in standing(store)] == ["Spurgt byen"]
