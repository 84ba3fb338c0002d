"""Grading a recorded value anew: how sure it is, and how far it is due to the title (N3, N4)."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.problem import Problem
from dashboard.errors import InvalidDraftsError
from dashboard.intake.numbers import read_number
from dashboard.store import commands
from dashboard.store.work import UnitOfWork
from dashboard.ui import deciding, markup, value_markup
from dashboard.ui.session import Visit


def grade(observation: int, visit: Visit) -> None:
    """The fields of a grade; what is left open stays as it was graded before."""
    t = visit.t
    with st.expander(t("grading.title")):
        st.html(markup.paragraph(t("grading.why"), "small"))
        left, right = st.columns(2)
        with left:
            confidence = _choice("confidence", Confidence, visit)
            low = deciding.field(t("grading.low"), "grade_low")
        with right:
            attribution = _choice("attribution", Attribution, visit)
            high = deciding.field(t("grading.high"), "grade_high")
        reason = deciding.field(t("grading.reason"), "grade_reason")
        if not st.button(t("grading.grade"), disabled=not reason):
            return

        def act(work: UnitOfWork) -> deciding.Sentence:
            commands.grade(
                work, observation, reason,
                Confidence(confidence) if confidence else None,
                Attribution(attribution) if attribution else None,
                _share(low, high, visit),
            )  # fmt: skip
            return "grading.done", {}

        deciding.carry_out(visit, act)


def _choice(name: str, codes: Iterable[str], visit: Visit) -> str:
    t = visit.t
    return str(
        st.selectbox(
            t(f"enter.{name}"), ["", *codes], key=deciding.key(f"grade_{name}"),
            format_func=lambda code: value_markup.grade_words(name, code, visit)
            if code
            else t("grading.as_before"),
        )
    )  # fmt: skip


def _share(low: str, high: str, visit: Visit) -> tuple[float, float] | None:
    """The share as typed in per cent, both ends, as 0 to 1; None where nothing was typed."""
    if not low and not high:
        return None
    found: list[float] = []
    problems: list[Problem] = []
    for text in (low, high):
        read = read_number(text, visit.t.language)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            found.append(read / 100)
    if problems:
        raise InvalidDraftsError(problems)
    return found[0], found[1]
