"""What a person has decided about a pack that is not frozen yet: kept on the server at each change."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.domain.period import Period
from dashboard.domain.roles import Permission
from dashboard.reports.compose import Headline
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.engine import reading
from dashboard.store.queries import load_entry
from dashboard.ui import cached
from dashboard.ui.session import Visit

_STATE, _FORM, _ROUND = "briefing_draft", "briefing_form", "briefing_round"

Kept = dict[str, Any]
"""`order` of the headlines, their `words`, those that are `out` with their reasons, the lines `left_out` of
the pack, and the `stories` that are being written."""


def form_of(language: str, period: Period) -> str:
    return f"briefing:{language}:{period.key}"


def kept(form: str, visit: Visit) -> Kept:
    """What is decided so far: read from the server when the page is opened, then kept with the session."""
    if st.session_state.get(_FORM) != form:
        st.session_state[_FORM] = form
        st.session_state[_STATE] = _loaded(form, visit)
    found: Kept = st.session_state[_STATE]
    return found


def _loaded(form: str, visit: Visit) -> Kept:
    if not visit.actor.may_somewhere(Permission.RECORD):
        return {}
    with reading(cached.engine()) as connection:
        entry = load_entry(connection, visit.actor, form)
    return entry.payload if entry else {}


def keep(form: str, visit: Visit) -> None:
    now = {name: value for name, value in kept(form, visit).items() if value}
    if now:
        keep_entry(cached.engine(), visit.actor, form, now)
    else:
        forget_entry(cached.engine(), visit.actor, form)


def forget(form: str, visit: Visit, *names: str) -> None:
    """Back to what the rule proposes, in these parts of the draft, with empty fields."""
    for name in names:
        kept(form, visit).pop(name, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    keep(form, visit)


def field_key(name: str, form: str) -> str:
    """The key of a field; the browser keeps what stands in a field for as long as its key is the same."""
    return f"{name}@{form}#{st.session_state.get(_ROUND, 0)}"


def name_of(claim: str, indicator: str) -> str:
    return f"{claim}/{indicator}"


def headlines_of(found: Kept, proposal: list[str]) -> tuple[Headline, ...]:
    """The decisions about the headlines in their order; none where nobody decided anything."""
    if not any(found.get(part) for part in ("order", "words", "out")):
        return ()
    words, out = found.get("words", {}), found.get("out", {})
    pairs = ((name, name.partition("/")) for name in ordered(found, proposal))
    return tuple(
        Headline(claim, indicator, words.get(name, ""), name in out, out.get(name, ""))
        for name, (claim, _, indicator) in pairs
    )


def ordered(found: Kept, proposal: list[str]) -> list[str]:
    """The names of the headlines in a person's order; what the rule proposes now and they have not seen
    follows in its own."""
    return list(dict.fromkeys([*found.get("order", ()), *proposal]))


def headlines_in(language: str, period: Period, proposal: list[str], visit: Visit) -> tuple[Headline, ...]:
    """The same of the draft in another language than the page's."""
    return headlines_of(_loaded(form_of(language, period), visit), proposal)


def left_out(found: Kept) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(found.get("left_out", "")).splitlines() if line.strip())
