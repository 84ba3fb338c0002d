"""What speaks for and against a claim, and which of several published values is preferred."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.catalogue import CODE, SLUG
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text


class EvidenceSubject(StrEnum):
    """What a piece of evidence can be attached to."""

    CLAIM = "claim"
    INDICATOR = "indicator"
    ACTIVITY = "activity"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Preference:
    """The choice of one published value where sources disagree, with its reason (F29).

    It names the observation by what an author can read in the file; together these must fit exactly
    one. The other values stay, and stay visible.
    """

    indicator: str
    place: str
    period: Period
    source: str
    value: float
    reason: Text


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A page or document that bears on a claim, an indicator or an activity (F52).

    `subject` is the id, code or key of what it is about; `address` may be empty where the source is
    known by name only, never `title`.
    """

    key: str
    subject_kind: EvidenceSubject
    subject: str
    stance: Stance
    title: str
    address: str = ""
    note: Text = Text()


def check_evidence(link: EvidenceLink) -> list[Problem]:
    """Problems of a link: its key, its subject's form, a title, a web address."""
    problems = []
    if not SLUG.match(link.key):
        problems.append(Problem("slug_form", "key", params={"given": link.key}))
    form = CODE if link.subject_kind is EvidenceSubject.INDICATOR else SLUG
    if not form.match(link.subject):
        problems.append(Problem("subject_form", "subject", params={"given": link.subject}))
    if not link.title:
        problems.append(Problem("name_required", "title"))
    if link.address and not re.match(r"https?://[^\s/]+\.[^\s]+\Z", link.address):
        problems.append(Problem("web_address", "address", params={"given": link.address}))
    return problems
