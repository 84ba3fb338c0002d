"""A person's answers to the five questions of the comparability passport (N13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """What is asked of a place's figures beside the home city's, in the order in which it is shown."""

    DEFINITION = "definition"
    BOUNDARY = "boundary"
    PERIOD = "period"
    METHOD = "method"
    PUBLISHER = "publisher"


class AnswerWord(StrEnum):
    """`YES` always speaks for comparing (of `PUBLISHER`: no interest in the figure).

    `WITHDRAWN` takes a person's answer back, and the data answer again.
    """

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ComparabilityAnswer:
    """One answer about the figures of one place for one indicator; `by` is who gave it, "" until stored."""

    indicator: str
    place: str
    question: Question
    answer: AnswerWord
    reason: str
    by: str = ""
