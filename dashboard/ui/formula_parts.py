"""Computed figures: the formula in words and signs, each indicator in it a link (F11)."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.domain.catalogue import Indicator
from dashboard.ui import frame, markup
from dashboard.ui.session import Visit


def explained(indicator: Indicator, visit: Visit) -> None:
    """How a computed figure is made and what it does not show; nothing for a recorded one."""
    if not visit.world.inputs(indicator.code):
        return
    t = visit.t
    st.html(
        _formula(indicator, visit, t.text(indicator.name))
        + markup.facts([
            (t("definition.definition"), t.text(indicator.definition)),
            (t("definition.limitations"), t.text(indicator.limitations)),
        ])
        + markup.paragraph(t("formula.rule"), "small")
    )  # fmt: skip


def taking_part(indicator: Indicator, visit: Visit) -> None:
    """The computed figures that this indicator is a part of, each with its formula and the way to it."""
    t = visit.t
    found = [
        made.indicator
        for made in visit.world.measures.computed.values()
        if indicator.code in made.formula.codes
    ]
    if not found:
        return
    st.header(t("formula.title"), anchor=False)
    st.html(
        "".join(
            _formula(one, visit, frame.anchor("compare", t.text(one.name), indicator=one.code), linked=True)
            for one in found
        )
    )


def in_words(indicator: Indicator, visit: Visit) -> str:
    """The formula of a computed figure as plain text; "" for a recorded one."""
    made = visit.world.measures.computed.get(indicator.code)
    if made is None:
        return ""
    names = {one.code: visit.t.text(one.name) for one in visit.world.inputs(indicator.code)}
    return made.formula.shown(names, visit.t)


def _formula(indicator: Indicator, visit: Visit, name: str, linked: bool = False) -> str:
    """``Name = first / second``; `name` is finished HTML where it is `linked`."""
    made, inputs = visit.world.measures.computed[indicator.code], visit.world.inputs(indicator.code)
    held = {one.code: f"\x02{number}\x03" for number, one in enumerate(inputs)}
    written = escape(made.formula.shown(held, visit.t))
    for one in inputs:
        anchor = frame.anchor("indicator", visit.t.text(one.name), indicator=one.code)
        written = written.replace(held[one.code], anchor)
    first = name if linked else escape(name)
    return f'<p class="formula"><strong>{first}</strong> = {written}</p>'
