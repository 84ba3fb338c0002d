"""Persistence (N20): every won event, grant and partnership is asked about 12, 24 and 36 months later.

The answer tells a benefit from a burst. What counts is whether the thing goes on without the money or
the attention that started it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.domain.activity import Activity, ActivityKind, ActivityState

MONTHS = (12, 24, 36)
FOLLOWED = frozenset({ActivityKind.EVENT, ActivityKind.GRANT, ActivityKind.PARTNERSHIP})


class Persistence(StrEnum):
    """What became of it."""

    REPEATED = "repeated"
    CONTINUED = "continued"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is due: what became of `activity`, `months` after its end. `due_on` is the day."""

    activity: str
    months: int
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUpAnswer:
    """What somebody found, with a note that says how it is known."""

    activity: str
    months: int
    outcome: Persistence
    note: str


def added_months(day: date, months: int) -> date:
    """The same day so many calendar months later; the last day of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def follow_ups(
    activities: Iterable[Activity], answered: Iterable[tuple[str, int]], today: date
) -> tuple[FollowUp, ...]:
    """The questions that are due at `today` and not among `answered` (activity key, months), oldest first.

    Asked about won things only: an event or partnership that ran, a grant of which something was granted.
    The count starts at the end of the period, or at its start where it has none; what is undated, planned
    or cancelled is not asked about. "Ended" closes the case: nothing is asked after it, which the caller
    says by listing the later months as answered (`closed`).
    """
    known = set(answered)
    due = []
    for activity in activities:
        day = activity.period.end or activity.period.start
        if day is None or not _won(activity):
            continue
        for months in MONTHS:
            due_on = added_months(day, months)
            if due_on <= today and (activity.key, months) not in known:
                due.append(FollowUp(activity.key, months, due_on))
    return tuple(sorted(due, key=lambda question: (question.due_on, question.activity)))


def closed(answers: Iterable[FollowUpAnswer]) -> frozenset[tuple[str, int]]:
    """What need not be asked: the answered questions, and all the later ones of what has ended."""
    done = set()
    for answer in answers:
        done.add((answer.activity, answer.months))
        if answer.outcome is Persistence.ENDED:
            done |= {(answer.activity, months) for months in MONTHS if months > answer.months}
    return frozenset(done)


def _won(activity: Activity) -> bool:
    if activity.kind not in FOLLOWED:
        return False
    if activity.kind is ActivityKind.GRANT:
        return bool(activity.amount_granted or activity.amount_received)
    return activity.state in (ActivityState.RUNNING, ActivityState.DONE)
