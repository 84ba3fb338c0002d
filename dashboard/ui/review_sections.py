"""The sections of the review page; the address says which one is open, and only that one is made."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.ui import address, batch_parts, comment_parts, completeness_parts, lock_parts, review_parts
from dashboard.ui.session import Visit

SECTIONS: dict[str, Callable[[Visit], None]] = {
    "inbox": review_parts.inbox,
    "batches": batch_parts.batches,
    "completeness": completeness_parts.completeness_screen,
    "comments": comment_parts.unresolved,
    "locks": lock_parts.locks,
}


def show(visit: Visit) -> None:
    t = visit.t
    section = address.one_of("view", list(SECTIONS))
    st.session_state["section"] = section
    st.segmented_control(
        t("review.section"), list(SECTIONS), key="section", required=True, on_change=_open,
        label_visibility="collapsed", format_func=lambda name: t(f"review.sections.{name}"),
    )  # fmt: skip
    SECTIONS[section](visit)


def _open() -> None:
    """Another section begins anew."""
    address.write(view=st.session_state["section"], pile="", claim="", indicator="", page="", batch="")
