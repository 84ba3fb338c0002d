"""Words that stand for a code: what the pick lists show, read in both languages, beside the codes."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from dashboard.domain.activity import ActivityKind, ActivityState, Mechanism
from dashboard.domain.observation import (
    Attribution,
    Confidence,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
)
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem
from dashboard.i18n import LANGUAGES, Translator, words
from dashboard.intake.known import folded

LISTS: dict[str, tuple[type[StrEnum], str]] = {
    "observation_kind": (ObservationKind, "chart.kind."),
    "status": (ObservationStatus, "observation_status."),
    "missing_reason": (MissingReason, "missing."),
    "confidence": (Confidence, "confidence."),
    "attribution": (Attribution, "attribution."),
    "qualifier": (Qualifier, ""),
    "period_precision": (Precision, "import.precision."),
    "activity_kind": (ActivityKind, "activity."),
    "state": (ActivityState, "activity_state."),
    "mechanism": (Mechanism, "import.mechanism."),
}
"""The codes of each pick list, and how the keys of their words begin ("" where a code is its own word)."""


def word_of(list_: str, code: str, t: Translator) -> str:
    """What a pick list shows for a code."""
    key = LISTS[list_][1] + code
    return t(key) if t.has(key) else code


@cache
def codes_of(list_: str) -> dict[str, str]:
    """Folded words and codes, and the code of each."""
    members, begins = LISTS[list_]
    found = {}
    for member in members:
        found[folded(member.value)] = member.value
        for language in LANGUAGES:
            word = words(language).get(begins + member.value, "")
            if word:
                found[folded(word)] = member.value
    return found


def code_of(list_: str, given: str, t: Translator) -> str | Problem:
    """The code of what somebody wrote or picked; else ``not_one_of`` with the words to choose from."""
    found = codes_of(list_).get(folded(given))
    if found is not None:
        return found
    choices = ", ".join(word_of(list_, member.value, t) for member in LISTS[list_][0])
    return Problem("not_one_of", list_, params={"given": given, "choices": choices})


@cache
def truths() -> dict[str, bool]:
    """Yes and no in both languages, folded."""
    found = {"1": True, "0": False}
    for language in LANGUAGES:
        found[folded(words(language)["word.yes"])] = True
        found[folded(words(language)["word.no"])] = False
    return found


@cache
def units() -> dict[str, str]:
    """Folded words and codes of units, and the code of each."""
    found = {}
    for language in LANGUAGES:
        for key, word in words(language).items():
            if key.startswith("unit."):
                code = key.removeprefix("unit.").removesuffix(".one").removesuffix(".other")
                found[folded(word)] = found[folded(code)] = code
    return found


@cache
def boundaries() -> dict[str, str]:
    """Folded words and codes of areas, and the code of each."""
    found = {"": ""}
    for language in LANGUAGES:
        for key, word in words(language).items():
            if key.startswith("boundary."):
                code = key.removeprefix("boundary.")
                found[folded(word)] = found[folded(code)] = code
    return found
