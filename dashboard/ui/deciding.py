"""What a person decides: done as one unit of work, said afterwards in one sentence, never in the past."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.errors import DashboardError, InvalidDraftsError
from dashboard.store.work import UnitOfWork, unit_of_work
from dashboard.ui import cached, markup
from dashboard.ui.session import Visit

EDGE = "page"
_SAID = "said_afterwards"
_ROUND = "deciding_round"

Sentence = tuple[str, dict[str, Any]]
"""The key of a sentence, and what fills it."""


def key(name: str) -> str:
    """The key of a field that is empty again after each decision: the browser keeps what stands in a field
    for as long as its key is the same."""
    return f"{name}#{st.session_state.get(_ROUND, 0)}"


def field(label: str, name: str, help_: str = "") -> str:
    """A note or a reason in one line, which is empty again after the decision."""
    return str(st.text_input(label, key=key(name), help=help_ or None) or "").strip()


def carry_out(
    visit: Visit, act: Callable[[UnitOfWork], Sentence], after: Callable[[], object] | None = None
) -> None:
    """Do all of it or nothing, and say what was done, or why it was not. `after` is what follows once it
    stands, such as leaving the form."""
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            done = act(work)
    except InvalidDraftsError as error:
        for words in dict.fromkeys(visit.t(f"problem.{p.code}", **p.params) for p in error.problems):
            st.error(words)
        return
    except DashboardError as error:
        st.error(visit.t(error.key, **error.params))
        return
    if after is not None:
        after()
    st.session_state[_SAID] = done
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def said(visit: Visit) -> None:
    """What the last decision did, said once."""
    done: Sentence | None = st.session_state.pop(_SAID, None)
    if done:
        st.success(visit.t(done[0], **done[1]))


def possible(visit: Visit) -> bool:
    """Whether anything can be decided here; in a view of the past nothing can, which is said."""
    if visit.known is None:
        return True
    st.html(markup.paragraph(visit.t("deciding.past", day=visit.known), "none"))
    return False
