"""Grades by rule, with the rule as the reason: confidence in the number (N4), tie to the title (N3).

The person who enters a figure answers a few plain questions; the rule gives the grade and a reason of the
form ``rule:NAME`` (words under ``rule`` in the locale files). Another grade may be chosen, and then needs
words of one's own; changing it later needs an approver.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from dashboard.domain.catalogue import Designation
from dashboard.domain.observation import Attribution, Confidence, ObservationKind
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem

Grade = TypeVar("Grade", Confidence, Attribution)
RULE = "rule:"
CARRIED = f"{RULE}carried"
"""The reason of a grade that followed a correction and had none of its own."""
_ESTIMATED = (ObservationKind.ESTIMATE, ObservationKind.FORECAST, ObservationKind.EX_ANTE)


class Basis(StrEnum):
    """Where a figure was read: the one question of the confidence rule."""

    ACCOUNTS = "accounts"
    STATISTICS = "statistics"
    COUNT = "count"
    PRESS = "press"
    GUESS = "guess"
    REMARK = "remark"


_BY_BASIS = {
    Basis.ACCOUNTS: (Confidence.AUDITED_RECORD, "audited_record"),
    Basis.STATISTICS: (Confidence.OFFICIAL_STATISTIC, "official_statistic"),
    Basis.COUNT: (Confidence.OWN_COUNT, "own_count"),
    Basis.PRESS: (Confidence.PRESS_REPORT, "press_report"),
    Basis.GUESS: (Confidence.ESTIMATE, "estimate"),
    Basis.REMARK: (Confidence.ANECDOTE, "anecdote"),
}


@dataclass(frozen=True, slots=True)
class Graded(Generic[Grade]):
    """A grade and the reason for it."""

    grade: Grade
    reason: str


def confidence_by_rule(kind: ObservationKind, basis: Basis, method: str) -> Graded[Confidence] | None:
    """Confidence from the kind of statement first, then from where it was read; None for a target.

    A count of our own without a stated method is an anecdote: nobody could count it again.
    """
    if kind is ObservationKind.TARGET:
        return None
    if kind is ObservationKind.ASSERTED:
        return Graded(Confidence.ANECDOTE, f"{RULE}asserted")
    if kind in _ESTIMATED:
        return Graded(Confidence.ESTIMATE, f"{RULE}estimated")
    if kind is ObservationKind.SURVEY:
        return Graded(Confidence.OWN_COUNT, f"{RULE}survey")
    if basis is Basis.COUNT and not method.strip():
        return Graded(Confidence.ANECDOTE, f"{RULE}no_method")
    grade, reason = _BY_BASIS[basis]
    return Graded(grade, f"{RULE}{reason}")


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of the tie between a figure and the title: the questions of the attribution rule."""

    plausible: bool = False  # somebody can say how the title leads to it
    named: bool = False  # the source names the title
    condition: bool = False  # the source says that the title was a condition or the reason
    compared: bool = False  # a comparison shows what would have been without it


def attribution_by_rule(
    link: Link, period: Period, designation: Designation | None
) -> Graded[Attribution] | None:
    """The step of the ladder A0 to A4 (N3); None for a place without a title.

    What ended before the title was given cannot be due to it, whatever was answered.
    """
    if designation is None:
        return None
    end = period.end or period.start
    if end is not None and _before(end, designation):
        return Graded(Attribution.A0, f"{RULE}before_designation")
    steps = (
        (link.compared, Attribution.A4, "compared"),
        (link.condition, Attribution.A3, "condition"),
        (link.named, Attribution.A2, "names_title"),
        (link.plausible, Attribution.A1, "plausible"),
    )
    for answer, grade, reason in steps:
        if answer:
            return Graded(grade, f"{RULE}{reason}")
    return Graded(Attribution.A0, f"{RULE}no_link_stated")


def _before(day: date, designation: Designation) -> bool:
    if designation.precision is Precision.YEAR:
        return day.year < designation.day.year
    return day < designation.day


def aged(confidence: Confidence, next_review: date | None, today: date) -> Confidence:
    """The grade as it counts today: a step lower once the review date is passed (N4)."""
    if next_review is None or today <= next_review:
        return confidence
    grades = list(Confidence)
    return grades[min(confidence.rank + 1, len(grades) - 1)]


@dataclass(frozen=True, slots=True)
class CountedConfidence:
    """A grade as it counts on a day and as it was given; `overdue` is the review date that made them differ,
    None where they do not.

    A grade names where a number comes from, so the lower one alone would be false of it: whoever shows `now`
    shows `given` beside it.
    """

    now: Confidence
    given: Confidence
    overdue: date | None = None


def counted(confidence: Confidence, next_review: date | None, today: date) -> CountedConfidence:
    """A grade as it counts today, with what it was given as (`aged`)."""
    now = aged(confidence, next_review, today)
    return CountedConfidence(now, confidence, next_review if now is not confidence else None)


def check_grade(
    confidence: Confidence | None,
    attribution: Attribution | None,
    share: tuple[float, float] | None,
    reason: str,
) -> list[Problem]:
    """Problems of a grading; `share` is the part due to the title, low and high, 0 to 1."""
    problems = []
    if confidence is None and attribution is None:
        problems.append(Problem("grade_required", "confidence"))
    if not reason.strip():
        problems.append(Problem("reason_required", "reason"))
    if share is not None and not 0 <= share[0] <= share[1] <= 1:
        problems.append(Problem("share_form", "share"))
    return problems
