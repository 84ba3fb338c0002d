"""Promises of the candidacy (N8): what the application said the city would do, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.domain.catalogue import SLUG
from dashboard.domain.evidence import Document, check_document
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text, check_texts


class PromiseState(StrEnum):
    """What became of it so far. Nothing here is worked out from figures: a person says it, with a reason."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    DROPPED = "dropped"


OPEN = frozenset({PromiseState.PLANNED, PromiseState.UNDER_WAY})
"""The states in which something is still owed."""

LIMITS = {"key": 80, "page": 40, "owner": 254}
"""The longest texts in characters: the widths of the store's columns."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of the application, word for word where it can be had.

    `page` is where it stands there, `source` the key of the document, `owner` a function of the city that
    answers for it, `claim` the claim it serves, `reason` why it is in this state. `evidence` are documents
    that show what was done; they are only ever added.
    """

    key: str
    text: Text
    state: PromiseState
    owner: str = ""
    due: date | None = None
    page: str = ""
    reason: str = ""
    claim: str = ""
    source: str = ""
    indicators: tuple[str, ...] = ()
    evidence: tuple[Document, ...] = ()

    def days_overdue(self, today: date) -> int:
        """Days since it was due; 0 where nothing is owed any more, or not yet."""
        if self.due is None or self.state not in OPEN:
            return 0
        return max((today - self.due).days, 0)


def check_promise(promise: Promise) -> list[Problem]:
    """Problems of a promise: its key, its words, a reason where it was dropped, its documents."""
    problems = []
    if not SLUG.match(promise.key):
        problems.append(Problem("slug_form", "key", params={"given": promise.key}))
    if not (promise.text.da.strip() or promise.text.en.strip()):
        problems.append(Problem("promise_text", "text"))
    if promise.state is PromiseState.DROPPED and not promise.reason.strip():
        problems.append(Problem("promise_dropped", "reason"))
    if len(set(promise.indicators)) < len(promise.indicators):
        problems.append(Problem("listed_twice", "indicators"))
    for document in promise.evidence:
        problems += check_document(document)
    return problems + check_texts(promise, ("text", "reason", *LIMITS), LIMITS)


def in_order(promises: Iterable[Promise], today: date) -> tuple[Promise, ...]:
    """What is overdue first, the longest; then what is owed by day, undated last; then what is settled."""

    def place(one: Promise) -> tuple[int, int, date, str]:
        late = one.days_overdue(today)
        settled = one.state not in OPEN
        return (2 if settled else 0 if late else 1), -late, one.due or date.max, one.key

    return tuple(sorted(promises, key=place))
