"""The passport's questions, one at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.analysis.comparability import Passport, passports
from dashboard.analysis.normalise import ILLUSTRATIVE_REASONS
from dashboard.domain.catalogue import (
    ComparabilityGrade,
    ComparabilityNote,
    Indicator,
    PopulationBasis,
    SeriesBreak,
    Source,
)
from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of

YES = AnswerWord.YES
VISITS = indicator_of()
JOBS = indicator_of(population_basis=PopulationBasis.BOUNDARY)
SOURCES = {
    "neutral": Source("neutral", "n", interested_party=False),
    "tourist-board": Source("tourist-board", "t", interested_party=True),
}
OURS: dict[str, object] = {
    "year": 2019,
    "value": 1,
    "method": "count",
    "source": "neutral",
    "boundary": "city",
}


def linz(indicator: Indicator = VISITS, **change: object) -> Passport:
    frame = frame_of(OURS, {**OURS, "place": "linz", **change})
    return passports(frame, indicator, "viborg", SOURCES)["linz"]


def test_seven_times_yes_is_comparable() -> None:
    found = linz()
    assert (found.grade, found.reasons) == (ComparabilityGrade.COMPARABLE, ())
    assert [(a.question, a.answer, a.by) for a in found.answers] == [(q, YES, "data") for q in Question]
    assert linz(JOBS).grade is ComparabilityGrade.COMPARABLE


@pytest.mark.parametrize(
    ("indicator", "change", "reason", "grade"),
    [
        (indicator_of(comparable_between_places=False), {}, "definition_differs", "illustrative"),
        (VISITS, {"unit": "persons"}, "unit_differs", "illustrative"),
        (JOBS, {"boundary": "region"}, "boundary_differs", "illustrative"),
        (JOBS, {"boundary": ""}, "boundary_unknown", "with_care"),
        (VISITS, {"method": "extrapolation"}, "method_differs", "with_care"),
        (VISITS, {"method": ""}, "method_unknown", "with_care"),
        (VISITS, {"source": "tourist-board"}, "interested_party", "with_care"),
        (VISITS, {"source": "unheard-of"}, "interested_party_unknown", "with_care"),
        (VISITS, {"flags": "method-break"}, "series_break", "with_care"),
    ],
)
def test_each_answer_that_is_not_yes_is_named(
    indicator: Indicator, change: dict[str, object], reason: str, grade: str
) -> None:
    passport = linz(indicator, **change)
    assert (passport.reasons, passport.grade) == ((reason,), grade)


def test_periods_of_other_lengths_and_none() -> None:
    month = {**OURS, "place": "linz", "start": "2019-03-01", "end": "2019-03-31"}
    del month["year"]
    found = passports(frame_of(OURS, month), VISITS, "viborg", SOURCES)["linz"]
    assert found.reasons == ("period_length_differs",)
    undated = {k: v for k, v in month.items() if k not in ("start", "end")}
    found = passports(frame_of(OURS, undated), VISITS, "viborg", SOURCES)["linz"]
    assert found.reasons == ("period_unknown",)


def test_the_host_citys_boundary_is_no_question() -> None:
    assert linz(VISITS, boundary="").grade is ComparabilityGrade.COMPARABLE


def test_nothing_can_be_compared_with_a_home_city_without_figures() -> None:
    frame = frame_of({**OURS, "place": "linz"}, {**OURS, "kind": "target"})
    found = passports(frame, VISITS, "viborg", SOURCES)
    assert list(found) == ["linz"]
    assert found["linz"].reasons == ("home_without_values",)
    assert found["linz"].grade is ComparabilityGrade.ILLUSTRATIVE


@pytest.mark.parametrize(
    ("indicator", "change", "question", "answer"),
    [
        (indicator_of(comparable_between_places=False), {}, "definition", "no"),
        (VISITS, {"unit": "persons"}, "definition", "no"),
        (JOBS, {"boundary": "region"}, "boundary", "no"),
        (JOBS, {"boundary": ""}, "boundary", "unknown"),
        (VISITS, {"method": "extrapolation"}, "method", "no"),
        (VISITS, {"flags": "method-break"}, "method", "partly"),
        (VISITS, {"method": "", "flags": "method-break"}, "method", "unknown"),
        (VISITS, {"source": "tourist-board"}, "publisher", "no"),
        (VISITS, {"source": "unheard-of"}, "publisher", "unknown"),
    ],
)
def test_each_finding_answers_its_own_question(
    indicator: Indicator, change: dict[str, object], question: str, answer: str
) -> None:
    given = {a.question.value: a.answer.value for a in linz(indicator, **change).answers}
    assert given == dict.fromkeys(Question, "yes") | {question: answer}


def answered(question: Question, answer: AnswerWord, **change: object) -> Passport:
    given = ComparabilityAnswer("festival_visits", "linz", question, answer, "set efter", "anna@example.org")
    other = replace(given, place="viborg", answer=AnswerWord.NO)
    frame = frame_of(OURS, {**OURS, "place": "linz", **change})
    return passports(frame, VISITS, "viborg", SOURCES, answers=[other, given])["linz"]


@pytest.mark.parametrize(
    ("question", "answer", "change", "grade", "reasons"),
    [
        (Question.METHOD, YES, {"method": "other"}, "comparable", ()),
        (Question.METHOD, AnswerWord.PARTLY, {}, "with_care", ("answered_partly",)),
        (Question.METHOD, AnswerWord.NO, {}, "with_care", ("answered_no",)),
        (Question.DEFINITION, AnswerWord.NO, {}, "illustrative", ("answered_no",)),
        (Question.BOUNDARY, AnswerWord.NO, {}, "illustrative", ("answered_no",)),
        (Question.BOUNDARY, AnswerWord.UNKNOWN, {}, "with_care", ("answered_unknown",)),
        (Question.PUBLISHER, YES, {"source": "tourist-board"}, "comparable", ()),
        (Question.DEFINITION, YES, {"unit": "persons"}, "illustrative", ("unit_differs",)),
        (Question.METHOD, AnswerWord.WITHDRAWN, {"method": ""}, "with_care", ("method_unknown",)),
    ],
)
def test_a_persons_answer_takes_the_place_of_the_datas(
    question: Question, answer: AnswerWord, change: dict[str, object], grade: str, reasons: tuple[str, ...]
) -> None:
    found = answered(question, answer, **change)
    assert (found.grade.value, found.reasons) == (grade, reasons)
    given = next(a for a in found.answers if a.question is question)
    told = (given.answer, given.by, given.reason, given.who)
    if answer is AnswerWord.WITHDRAWN:
        assert told == (AnswerWord.UNKNOWN, "data", "", "")
    else:
        assert told == (answer, "person", "set efter", "anna@example.org")
    assert len(found.answers) == 5


def test_a_home_city_without_figures_leaves_what_is_unknown_unknown() -> None:
    yes = [ComparabilityAnswer(VISITS.code, "linz", q, YES, "set efter") for q in Question]
    frame = frame_of({**OURS, "place": "linz"})
    for answers in ([], yes):
        found = passports(frame, VISITS, "viborg", SOURCES, answers=answers)["linz"]
        assert found.grade is ComparabilityGrade.ILLUSTRATIVE
    found = passports(frame, VISITS, "viborg", SOURCES)["linz"]
    assert [a.answer.value for a in found.answers] == ["yes", "unknown", "unknown", "unknown", "yes"]


def test_a_written_note_decides_and_the_reasons_still_stand() -> None:
    frame = frame_of(OURS, {**OURS, "place": "linz", "method": "other"})
    note = ComparabilityNote("festival_visits", "linz", ComparabilityGrade.ILLUSTRATIVE, Text("da", "en"))
    other = ComparabilityNote("filming_days", "linz", ComparabilityGrade.COMPARABLE, Text("da", "en"))
    found = passports(frame, VISITS, "viborg", SOURCES, [other, note])["linz"]
    assert (found.grade, found.reasons) == (ComparabilityGrade.ILLUSTRATIVE, ("method_differs",))
    assert found.note == Text("da", "en")


def test_a_recorded_break_asks_for_care() -> None:
    frame = frame_of(OURS, {**OURS, "place": "linz"})
    broken = SeriesBreak("festival_visits", "linz", dt.date(2015, 1, 1), "method", Text())
    found = passports(frame, VISITS, "viborg", SOURCES, breaks=[broken])
    assert found["linz"].reasons == ("series_break",)
    assert found["viborg"].grade is ComparabilityGrade.COMPARABLE


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_grade_and_reason_has_a_sentence(language: str) -> None:
    t = Translator(language)
    for grade in ComparabilityGrade:
        assert t.has(f"grade.{grade.value}")
    for reason in (
        "definition_differs", "unit_differs", "boundary_differs", "boundary_unknown", "method_differs",
        "method_unknown", "interested_party", "interested_party_unknown", "series_break",
        "period_length_differs", "period_unknown", "home_without_values", "note", "not_realised", "competing",
        "answered_no", "answered_partly", "answered_unknown", "competing_unchosen",
        "population_nearest", "designation_quarter_only", "inexact",
        *ILLUSTRATIVE_REASONS,
    ):  # fmt: skip
        assert t.has(f"grade.reason.{reason}"), reason
    for question in Question:
        assert t.has(f"passport.question.{question}")
    for answer in set(AnswerWord) - {AnswerWord.WITHDRAWN}:
        assert t.has(f"passport.answer.{answer}")
