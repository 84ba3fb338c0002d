"""Editing the headlines: order, words of one's own, what is left out and why, and back to the proposal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.reports.briefing import Statement
from dashboard.reports.compose import HEADLINES
from dashboard.ui import markup
from dashboard.ui.briefing_draft import Kept, field_key, forget, keep, kept, name_of, ordered
from dashboard.ui.session import Visit

_PARTS = ("order", "words", "out")


def editor(form: str, offered: Sequence[Statement], visit: Visit) -> list[str]:
    """The fields of each headline; gives what still keeps the pack from being frozen, in words."""
    t, draft = visit.t, kept(form, visit)
    figures = {name_of(one.claim, one.indicator): one for one in offered}
    proposal = list(figures)[:HEADLINES]
    names = [name for name in ordered(draft, proposal) if name in figures]
    edited = any(draft.get(part) for part in _PARTS)
    missing = [
        t("briefing.edit.reason_missing", name=figures[name].name)
        for name, reason in draft.get("out", {}).items()
        if name in figures and not reason.strip()
    ]
    with st.expander(t("briefing.edit.title"), expanded=edited):
        st.html(markup.paragraph(t("briefing.edit.help"), "small"))
        for place, name in enumerate(names):
            _headline(form, figures[name], name, place, names, visit)
        further = [name for name in figures if name not in names]
        inside = [name for name in names if name not in draft.get("out", {})]
        if further and len(inside) < HEADLINES:
            key = field_key("further", form)
            st.selectbox(
                t("briefing.edit.further"), further, index=None, key=key,
                format_func=lambda name: f"{figures[name].name}: {figures[name].value}",
                placeholder=t("briefing.edit.further_none"),
                on_change=_added, args=(form, key, names, visit),
            )  # fmt: skip
        if edited:
            st.button(t("briefing.edit.reset"), on_click=forget, args=(form, visit, *_PARTS))
        for words in missing:
            st.warning(words)
    return missing


def _headline(
    form: str, one: Statement, name: str, place: int, names: list[str], visit: Visit
) -> None:  # fmt: skip
    t, draft = visit.t, kept(form, visit)
    with st.container(border=True):
        st.html(markup.paragraph(f"{place + 1}. {one.name}: {one.value} ({one.period})"))
        if name in draft.get("out", {}):
            _field(form, "out", name, t("briefing.edit.reason"), visit)
        else:
            _field(form, "words", name, t("briefing.edit.words"), visit)
        with st.container(horizontal=True):
            about = {"form": form, "name": name, "visit": visit}
            st.button(
                t("briefing.edit.up"), key=field_key(f"up:{name}", form), disabled=place == 0, help=one.name,
                on_click=_moved, kwargs={**about, "names": names, "step": -1},
            )  # fmt: skip
            st.button(
                t("briefing.edit.down"), key=field_key(f"down:{name}", form),
                disabled=place == len(names) - 1, help=one.name,
                on_click=_moved, kwargs={**about, "names": names, "step": 1},
            )  # fmt: skip
            away = name in draft.get("out", {})
            st.button(
                t("briefing.edit.take_back" if away else "briefing.edit.leave_out"),
                key=field_key(f"out:{name}", form), help=one.name, on_click=_switched, kwargs=about,
            )  # fmt: skip


def _field(form: str, part: str, name: str, label: str, visit: Visit) -> None:
    key = field_key(f"{part}-text:{name}", form)
    st.session_state[key] = kept(form, visit).get(part, {}).get(name, "")
    st.text_input(label, key=key, max_chars=300, on_change=_typed, args=(form, part, name, key, visit))


def _typed(form: str, part: str, name: str, key: str, visit: Visit) -> None:
    draft = kept(form, visit)
    said = str(st.session_state[key] or "")
    if said.strip() or part == "out":
        draft.setdefault(part, {})[name] = said
    else:
        draft.get(part, {}).pop(name, None)
    keep(form, visit)


def _moved(form: str, name: str, names: list[str], step: int, visit: Visit) -> None:
    order = list(names)
    place = order.index(name)
    order.insert(place + step, order.pop(place))
    kept(form, visit)["order"] = order
    keep(form, visit)


def _switched(form: str, name: str, visit: Visit) -> None:
    out: Kept = kept(form, visit).setdefault("out", {})
    if name in out:
        del out[name]
    else:
        out[name] = ""
    keep(form, visit)


def _added(form: str, key: str, names: list[str], visit: Visit) -> None:
    if st.session_state[key]:
        kept(form, visit)["order"] = [*names, st.session_state[key]]
        keep(form, visit)
