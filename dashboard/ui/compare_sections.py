"""What else the comparison page can tell of an indicator, one thing at a time, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.domain.catalogue import Indicator
from dashboard.ui import (
    address,
    before_after_parts,
    distribution_parts,
    markup,
    multiples_parts,
    pace_parts,
    pickers,
    sensitivity_parts,
    split_parts,
)
from dashboard.ui.measured import Measure
from dashboard.ui.session import Visit

QUESTIONS = ("standing", "before_after", "plan", "multiples", "sensitivity", "parts")
AS_PUBLISHED = {"before_after", "plan", "sensitivity", "parts"}
"""The questions that are answered on the values as the sources have them, whatever is chosen above."""


def further(indicator: Indicator, places: Sequence[str], asked: Measure, visit: Visit) -> None:
    """The question chosen by a person, the first one without a choice; the parts of a figure are asked for
    only where there are some."""
    t = visit.t
    chosen = address.one_of("question", QUESTIONS)
    options = list(QUESTIONS)
    if chosen != "parts" and not split_parts.has_parts(indicator, places, visit):
        options.remove("parts")
    st.session_state["question"] = chosen
    st.segmented_control(
        t("further.label"), options, key="question", required=True,
        format_func=lambda option: t(f"further.{option}"), on_change=pickers.write, args=("question",),
    )  # fmt: skip
    if chosen in AS_PUBLISHED and asked.converted:
        st.html(markup.paragraph(t("further.as_published"), "small"))
    if chosen == "before_after":
        before_after_parts.before_and_since(indicator, visit)
    elif chosen == "plan":
        pace_parts.plan_and_pace(indicator, visit)
    elif chosen == "multiples":
        multiples_parts.many(indicator, places, asked, visit)
    elif chosen == "sensitivity":
        sensitivity_parts.what_it_rests_on(indicator, visit)
    elif chosen == "parts":
        split_parts.at_places(indicator, places, visit)
    else:
        distribution_parts.standing(indicator, asked, visit)
