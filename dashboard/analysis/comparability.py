"""The comparability passport (N13): may a place's figures stand beside the home city's?

Five questions (`Question`): is it the same definition, boundary, period and method, and is the publisher
without an interest in the figure? Each is answered from the observations themselves, and by a person with a
reason where somebody has looked: a person's answer takes the place of the data's.

**Rule of the grade.** *Illustrative only* where the answer about definition or boundary is no, where the
unit differs, or where the home city has no figures to stand beside: what is measured is not the same, and the
last two no person can answer away. Else *comparable with care* where any answer is other than yes. Else
*comparable*. A written note about a place and an indicator decides instead of all five, and is shown.

**Source**: the questions are those of the house (`features`, N13); the answers of the data follow from the
columns of an observation. **Limits**: data say what is written in them, so equal words for two methods that
differ are taken for one until a person answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.analysis.series import BREAK_FLAGS, Row, rows_of
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

DECISIVE = frozenset({"definition_differs", "unit_differs", "boundary_differs", "home_without_values"})
STANDING = frozenset({"unit_differs", "home_without_values"})
"""Facts that no person's answer takes away."""
OF_QUESTION = {
    "definition_differs": (Question.DEFINITION, AnswerWord.NO),
    "unit_differs": (Question.DEFINITION, AnswerWord.NO),
    "boundary_differs": (Question.BOUNDARY, AnswerWord.NO),
    "boundary_unknown": (Question.BOUNDARY, AnswerWord.UNKNOWN),
    "period_unknown": (Question.PERIOD, AnswerWord.UNKNOWN),
    "period_length_differs": (Question.PERIOD, AnswerWord.NO),
    "series_break": (Question.METHOD, AnswerWord.PARTLY),
    "method_differs": (Question.METHOD, AnswerWord.NO),
    "method_unknown": (Question.METHOD, AnswerWord.UNKNOWN),
    "interested_party": (Question.PUBLISHER, AnswerWord.NO),
    "interested_party_unknown": (Question.PUBLISHER, AnswerWord.UNKNOWN),
}
"""Which question a finding of the data answers, and how."""
NEEDS_HOME = (Question.BOUNDARY, Question.PERIOD, Question.METHOD)
"""What cannot be known as long as the home city has no figures."""
_WORST_FIRST = (AnswerWord.NO, AnswerWord.UNKNOWN, AnswerWord.PARTLY, AnswerWord.YES)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question's answer: `by` is ``data`` or ``person``.

    From the data `reasons` are codes with words under ``grade.reason`` (none for a plain yes); from a person
    `reason` is what was written, and `who` wrote it.
    """

    question: Question
    answer: AnswerWord
    by: Literal["data", "person"] = "data"
    reasons: tuple[str, ...] = ()
    reason: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Passport:
    """`reasons` are codes with words under ``grade.reason``; `note` is the text that overrides, or None.

    `answers` are the five, in the order of `Question`; none for the home city, which nobody asks.
    """

    place: str
    indicator: str
    grade: ComparabilityGrade
    reasons: tuple[str, ...]
    note: Text | None = None
    answers: tuple[Answered, ...] = ()


def passports(
    frame: pd.DataFrame,
    indicator: Indicator,
    home: str,
    sources: Mapping[str, Source],
    notes: Iterable[ComparabilityNote] = (),
    breaks: Iterable[SeriesBreak] = (),
    answers: Iterable[ComparabilityAnswer] = (),
) -> dict[str, Passport]:
    """A passport for every place with realised values of `indicator` in `frame`, the home city's included.

    The home city is comparable with itself by definition. Keys are place slugs, in order of appearance.
    """
    by_place: dict[str, list[Row]] = {}
    for row in rows_of(frame):
        if row.indicator == indicator.code and row.realised and row.drawable:
            by_place.setdefault(row.place, []).append(row)
    noted = {note.place: note for note in notes if note.indicator == indicator.code}
    broken = {b.place for b in breaks if b.indicator == indicator.code}
    said: dict[str, dict[Question, ComparabilityAnswer]] = {}
    for answer in answers:
        if answer.indicator == indicator.code and answer.answer is not AnswerWord.WITHDRAWN:
            said.setdefault(answer.place, {})[answer.question] = answer
    ours = by_place.get(home, [])
    found = {}
    for place, theirs in by_place.items():
        found_reasons: tuple[str, ...] = ()
        five: tuple[Answered, ...] = ()
        if place != home:
            found_reasons = tuple(_reasons(theirs, ours, indicator, sources, place in broken))
            by_person = said.get(place, {})
            five = _five(found_reasons, by_person)
            found_reasons = _after(found_reasons, by_person)
        note = noted.get(place)
        grade = note.grade if note else _grade(found_reasons, five)
        found[place] = Passport(
            place, indicator.code, grade, found_reasons, note.text if note else None, five
        )
    return found


def least_comparable(found: Sequence[Mapping[str, Passport]], code: str) -> dict[str, Passport]:
    """The passports of an indicator computed from several: no better than the worst of them.

    `found` has the passports of each indicator; a place without one of them has no value to grade.
    """
    combined = {}
    for place in found[0] if found else ():
        own = [passports[place] for passports in found if place in passports]
        if len(own) < len(found):
            continue
        grade = max((p.grade for p in own), key=list(ComparabilityGrade).index)
        reasons = tuple(dict.fromkeys(reason for p in own for reason in p.reasons))
        note = next((p.note for p in own if p.note is not None and p.grade is grade), None)
        asked = [list(answers) for answers in zip(*(p.answers for p in own), strict=False)]
        answers = tuple(min(answers, key=lambda a: _WORST_FIRST.index(a.answer)) for answers in asked)
        combined[place] = Passport(place, code, grade, reasons, note, answers)
    return combined


def _five(reasons: Sequence[str], said: Mapping[Question, ComparabilityAnswer]) -> tuple[Answered, ...]:
    """The answers to the five questions; of several findings of the data the gravest answers."""
    given = []
    for question in Question:
        if (person := said.get(question)) is not None:
            given.append(Answered(question, person.answer, "person", (), person.reason, person.by))
            continue
        own = [reason for reason in reasons if OF_QUESTION.get(reason, (None,))[0] is question]
        answers = [OF_QUESTION[reason][1] for reason in own]
        if "home_without_values" in reasons and question in NEEDS_HOME:
            own, answers = [*own, "home_without_values"], [*answers, AnswerWord.UNKNOWN]
        answer = min(answers, key=_WORST_FIRST.index) if answers else AnswerWord.YES
        given.append(Answered(question, answer, "data", tuple(own)))
    return tuple(given)


def _after(reasons: Sequence[str], said: Mapping[Question, ComparabilityAnswer]) -> tuple[str, ...]:
    """The reasons as they stand when people's answers have taken the place of the data's."""
    kept = [r for r in reasons if r in STANDING or OF_QUESTION.get(r, (None,))[0] not in said]
    told = [f"answered_{a.answer.value}" for a in said.values() if a.answer is not AnswerWord.YES]
    return tuple(dict.fromkeys([*kept, *told]))


def _grade(reasons: Sequence[str], answers: Sequence[Answered]) -> ComparabilityGrade:
    decided = {a.question for a in answers if a.answer is AnswerWord.NO}
    if DECISIVE & set(reasons) or decided & {Question.DEFINITION, Question.BOUNDARY}:
        return ComparabilityGrade.ILLUSTRATIVE
    return ComparabilityGrade.WITH_CARE if reasons else ComparabilityGrade.COMPARABLE


def _reasons(
    theirs: Sequence[Row],
    ours: Sequence[Row],
    indicator: Indicator,
    sources: Mapping[str, Source],
    broken: bool,
) -> Iterable[str]:
    """What the data have against it: findings that are not a plain yes."""
    if not indicator.comparable_between_places:
        yield "definition_differs"
    if broken or any(row.flags & BREAK_FLAGS for row in theirs):
        yield "series_break"
    if ours:
        yield from _beside(theirs, ours, indicator)
    else:
        yield "home_without_values"
    interested = {_interested(sources.get(row.source)) for row in theirs}
    if True in interested:
        yield "interested_party"
    elif None in interested:
        yield "interested_party_unknown"


def _beside(theirs: Sequence[Row], ours: Sequence[Row], indicator: Indicator) -> Iterable[str]:
    if {row.unit for row in theirs} - {row.unit for row in ours}:
        yield "unit_differs"
    if indicator.population_basis is PopulationBasis.BOUNDARY:
        yield from _compared("boundary", [row.boundary for row in theirs], [row.boundary for row in ours])
    yield from _compared("method", [row.method for row in theirs], [row.method for row in ours])
    if any(not row.dated for row in theirs):
        yield "period_unknown"
    elif not {row.length for row in theirs} & {row.length for row in ours if row.dated}:
        yield "period_length_differs"


def _compared(question: str, theirs: Sequence[str], ours: Sequence[str]) -> Iterable[str]:
    if "" in theirs or "" in ours:
        yield f"{question}_unknown"
    elif not {text.casefold() for text in theirs} <= {text.casefold() for text in ours}:
        yield f"{question}_differs"


def _interested(source: Source | None) -> bool | None:
    return source.interested_party if source else None
