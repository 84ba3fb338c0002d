"""What was typed into the form of one figure and not saved: kept on the server field by field."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.catalogue import Indicator, Place
from dashboard.domain.period import Period
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.engine import reading
from dashboard.store.queries.entry_drafts import load_entry
from dashboard.ui import cached
from dashboard.ui.session import Visit

_TYPED = ("value", "missing", "note", "low", "high", "source_title", "documents")
"""What a person has written, unlike the choices that the form makes for them."""
_CARRIED = (
    *_TYPED, "source", "source_address", "currency", "kind", "qualifier", "status", "basis", "tie",
    "document_title", "document_address", "document_archive",
)  # fmt: skip
"""What stays right at another stage of the same money; a method, a grade or an answer does not."""


def form_of(indicator: Indicator, place: Place, period: Period) -> str:
    """The name under which the fields of one figure are kept."""
    return f"enter:{indicator.code}:{place.slug}:{period.key}"


def key_of(name: str, form: str) -> str:
    """The key of a field. It counts how often the form was emptied, because the browser keeps what stands
    in a field for as long as the key is the same."""
    return f"{name}@{form}#{st.session_state.get('enter_round', 0)}"


def keep(form: str, visit: Visit) -> None:
    """Keep all fields of the form as they stand: called whenever one of them changes."""
    ending = key_of("", form)
    payload = {
        str(key).removesuffix(ending): value
        for key, value in st.session_state.items()
        if str(key).endswith(ending)
    }
    keep_entry(cached.engine(), visit.actor, form, payload)


def offer_kept(form: str, visit: Visit) -> None:
    """What was typed before and never saved comes back, and can be thrown away."""
    if st.session_state.get("enter_form") != form:
        st.session_state["enter_form"] = form
        with reading(cached.engine()) as connection:
            kept = load_entry(connection, visit.actor, form)
        st.session_state["enter_restored"] = kept is not None
        for name, value in (kept.payload if kept else {}).items():
            st.session_state[key_of(name, form)] = value
    if st.session_state.get("enter_restored"):
        st.info(visit.t("enter.restored"))
        st.button(visit.t("enter.discard"), on_click=discard, args=(form, visit))


def carry(old: str, new: str, visit: Visit) -> bool:
    """Take what was typed into one form over to that of the same money at another stage, where it stands at
    once. False where somebody had begun on that one too: then each keeps its own."""
    ending = key_of("", old)
    typed = {
        name: st.session_state[f"{name}{ending}"]
        for name in _CARRIED
        if f"{name}{ending}" in st.session_state
    }
    begun = any(typed.get(name) for name in _TYPED)
    with reading(cached.engine()) as connection:
        kept = load_entry(connection, visit.actor, new)
    if kept is not None and any(kept.payload.get(name) for name in _TYPED):
        return not begun
    if begun:
        keep_entry(cached.engine(), visit.actor, new, typed)
        forget_entry(cached.engine(), visit.actor, old)
    for name in [name for name in st.session_state if str(name).endswith((ending, key_of("", new)))]:
        del st.session_state[name]
    for name, value in typed.items():
        st.session_state[key_of(name, new)] = value
    st.session_state["enter_form"], st.session_state["enter_restored"] = new, False
    return True


def discard(form: str, visit: Visit) -> None:
    """Throw away what was typed, on the server and in the fields."""
    forget_entry(cached.engine(), visit.actor, form)
    clear()


def clear() -> None:
    """Begin with empty fields."""
    st.session_state["enter_round"] = st.session_state.get("enter_round", 0) + 1
    st.session_state["enter_restored"] = False
