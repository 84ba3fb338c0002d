"""The parts of the claim page."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.catalogue import Claim, Indicator
from dashboard.ui import board, cached, cards, frame, markup, pickers
from dashboard.ui.session import Visit


def promise(claim: Claim, visit: Visit) -> None:
    """The claim in the city's own words, and what would show it or speak against it."""
    t = visit.t
    st.html(f'<blockquote class="lead">{markup.paragraph(t.text(claim.quotation))}</blockquote>')
    st.html(
        markup.facts(
            [
                (t("overview.shown_by"), t.text(claim.shown_by)),
                (t("claim.counter"), t.text(claim.counter)),
            ]
        )
    )


def verdict(claim: Claim, visit: Visit) -> None:
    cards.verdict(cached.verdicts(visit.stamp)[claim.id], visit)


def indicators(claim: Claim, visit: Visit) -> None:
    """Every indicator of the claim: with its figure and small chart, or what is missing."""
    t = visit.t
    recorded = set(cached.home_figures(visit.stamp)["indicator"])
    served = visit.world.catalogue.of_claim(claim.id)
    bare = [one for one in served if one.code not in recorded and not one.retired]
    found = [_with_figure(indicator, visit) for indicator in served if indicator.code in recorded]
    if found:
        st.html("".join(found))
    if not bare:
        st.html(markup.paragraph(t("overview.missing_nothing"), "small"))
        return
    st.subheader(t("claim.missing", count=len(bare)), anchor=False)
    links = markup.links(_without_figure(indicator, visit) for indicator in bare)
    st.html(markup.paragraph(t("claim.missing_why"), "small") + links)


def _with_figure(indicator: Indicator, visit: Visit) -> str:
    t = visit.t
    row = board.indicator_row(visit.stamp, t.language, indicator.code)
    label = t("claim.read_indicator", name=indicator.name)
    return f'<section class="card">{row}{frame.go("indicator", label, indicator=indicator.code)}</section>'


def _without_figure(indicator: Indicator, visit: Visit) -> str:
    label = visit.t("claim.missing_line", name=indicator.name, where=_elsewhere(indicator, visit))
    return frame.anchor("indicator", label, indicator=indicator.code)


def _elsewhere(indicator: Indicator, visit: Visit) -> str:
    """Where a figure would come from, or which other places have one already."""
    t = visit.t
    others = pickers.by_name(visit, pickers.with_values(visit, indicator.code))
    if others:
        return t("claim.elsewhere", places=t.list(t.text(visit.world.places[s].name) for s in others[:4]))
    return t("claim.from_register") if indicator.rollup else t.text(indicator.owner)


def evidence(claim: Claim, visit: Visit) -> None:
    """What speaks for and against: documents about the claim or one of its indicators."""
    codes = {indicator.code for indicator in visit.world.catalogue.of_claim(claim.id)}
    cards.evidence([e for e in visit.world.evidence if e.subject in {claim.id, *codes}], visit)
