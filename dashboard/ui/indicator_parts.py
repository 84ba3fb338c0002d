"""The parts of the indicator page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.analysis.trend import Trend, trend
from dashboard.domain.catalogue import Indicator, Place
from dashboard.ui import (
    activity_list,
    cached,
    cards,
    compare_like,
    frame,
    light_parts,
    markup,
    pickers,
)
from dashboard.ui.cached import Stamp
from dashboard.ui.figure_table import figure
from dashboard.ui.measured import Measure
from dashboard.ui.session import Visit


@dataclass(frozen=True)
class Beside:
    """What stands beside a series, finished: its trends, the tables of competing values, its sources."""

    trends: tuple[Trend, ...]
    competing: tuple[str, ...]
    sources: str


@st.cache_resource(max_entries=128, show_spinner=False)
def _beside(stamp: Stamp, language: str, code: str, place: str, _visit: Visit) -> Beside:
    """Made once a revision: it took three fifths of each rerun. Of the visit it takes the language and what
    the stamp says, nothing of the person."""
    del language
    indicator = _visit.world.indicator(code)
    found = cached.series(stamp, code, (place,))
    points = cached.shaped(stamp, code, (place,), cached.AS_PUBLISHED).points
    whole = [part for part in set(points["disaggregation"]) if not part]
    return Beside(
        tuple(trend(points, indicator, place) for _ in whole),
        cards.competing_tables(found, indicator, _visit),
        cards.sources_of(found, _visit),
    )


def served_claims(indicator: Indicator, visit: Visit) -> None:
    """Links to the claims that the indicator says something about, the comparison and the catalogue."""
    t = visit.t
    claims = [claim for id in indicator.claims if (claim := visit.world.catalogue.claim(id)) is not None]
    links = [
        frame.anchor("claim", t("indicator.serves", number=str(c.number), name=c.name), claim=c.id)
        for c in claims
    ]
    links.append(frame.anchor("compare", t("indicator.compare"), indicator=indicator.code))
    links.append(frame.anchor("catalogue", t("catalogue.see_definition"), indicator=indicator.code))
    st.html(markup.links(links, beside=True))


def series(indicator: Indicator, place: Place, visit: Visit) -> None:
    """The chart as published, then what cannot be drawn: undated, competing and refused values."""
    t = visit.t
    made = cached.shaped(visit.stamp, indicator.code, (place.slug,), cached.AS_PUBLISHED)
    frame_of_place = cached.series(visit.stamp, indicator.code, (place.slug,))
    if not len(frame_of_place):
        _nothing_yet(indicator, place, visit)
        return
    drawn = cached.drawn_history(visit.stamp, t.language, indicator.code, place.slug)
    light = light_parts.shown(indicator, visit) if place == visit.home else ""
    if light:
        st.html(light)
    figure(drawn, indicator, frame_of_place, t("pick.view.published"), visit, "series")
    beside = _beside(visit.stamp, t.language, indicator.code, place.slug, visit)
    for found in beside.trends:
        cards.trend(found, visit)
    if place == visit.home:
        compare_like.unfinished(indicator, made, Measure(), visit)
    cards.refused(made.refused, visit)
    cards.disagreeing(beside.competing, visit)
    cards.undated(made.undated, indicator, visit)
    if indicator.rollup is not None:
        activity_list.made_of(indicator, visit)


def _nothing_yet(indicator: Indicator, place: Place, visit: Visit) -> None:
    """An empty state that says why, and where there are figures."""
    t = visit.t
    where = "indicator.empty_register" if indicator.rollup else "indicator.empty"
    st.html(markup.paragraph(t(where, place=place.name), "none"))
    others = pickers.by_name(visit, pickers.with_values(visit, indicator.code))
    if others:
        names = {slug: t.text(visit.world.places[slug].name) for slug in others}
        links = [frame.anchor("indicator", names[s], indicator=indicator.code, place=s) for s in others]
        st.html(markup.paragraph(t("indicator.elsewhere")) + markup.links(links, beside=True))


def sources(indicator: Indicator, place: Place, visit: Visit) -> None:
    st.html(_beside(visit.stamp, visit.t.language, indicator.code, place.slug, visit).sources)
