"""The parts of the comparison page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.analysis.normalise import View
from dashboard.analysis.peers import Peer, suggest
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.ui import cached, cards, frame, markup, pickers
from dashboard.ui.figure_table import figure
from dashboard.ui.session import Visit

SUGGESTED = 5
PER_INHABITANTS = 100_000


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparable_indicators(stamp: cached.Stamp) -> tuple[str, ...]:
    """Indicators by how many places have dated values of them, most first."""
    here = cached.world(stamp)
    registered = {indicator.code for indicator in here.catalogue.indicators if indicator.rollup}
    found = cached.presence(stamp)
    counted = found[~found["indicator"].isin(registered)].groupby("indicator")[["series", "dated"]].sum()
    ranked = counted.sort_values(["series", "dated"], ascending=False, kind="stable")
    return tuple(str(code) for code in ranked.index)


def first_choice(visit: Visit) -> str:
    """The indicator with dated values at the most places."""
    found = _comparable_indicators(visit.stamp)
    return found[0] if found else ""


def suggested(indicator: Indicator, visit: Visit) -> list[str]:
    """Reference places with values of this indicator: those with most dated values, reasons first."""
    found = cached.presence(visit.stamp)
    own = found[found["indicator"] == indicator.code].set_index("place")
    peers = {peer.place: len(peer.reasons) for peer in _peers(visit.stamp)}
    ranked = sorted(
        own.index,
        key=lambda slug: (not own.at[slug, "series"], not own.at[slug, "dated"], -peers.get(slug, 0), slug),
    )
    return [slug for slug in ranked if slug != visit.home.slug][:SUGGESTED]


@st.cache_resource(max_entries=6, show_spinner=False)
def _peers(stamp: cached.Stamp) -> tuple[Peer, ...]:
    here = cached.world(stamp)
    return suggest(here.home, here.places.values(), here.populations, here.catalogue.claims)


def view(indicator: Indicator, places: Sequence[str], visit: Visit) -> View:
    """How the values are to be shown: the axis, and the unit they are brought to."""
    options = [
        option for option in pickers.VIEWS if option != "currency" or indicator.kind is IndicatorKind.MONEY
    ]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        axis = pickers.axis(visit)
        chosen = pickers.view(visit, options)
        base = None
        if chosen == "index":
            points = cached.shaped(visit.stamp, indicator.code, tuple(places), cached.AS_PUBLISHED).points
            base = pickers.base_year(visit, [day.year for day in points["anchor"]])
    return View(
        axis="designation" if axis == "designation" else "calendar",
        per=PER_INHABITANTS if chosen == "per" else None,
        currency=visit.world.currency if chosen == "currency" else None,
        index_base=base,
    )


def comparison(indicator: Indicator, places: Sequence[str], chosen: View, visit: Visit) -> None:
    """The chart, and beside it everything that could not be drawn, each with its reason."""
    t = visit.t
    asked = (chosen.axis, chosen.per, chosen.currency, chosen.index_base)
    if indicator.caveat.da or indicator.caveat.en:
        st.html(markup.paragraph(t.text(indicator.caveat), "caveat"))
    drawn = cached.drawn_comparison(visit.stamp, t.language, indicator.code, tuple(places), asked)
    frame = cached.series(visit.stamp, indicator.code, tuple(places))
    figure(drawn, indicator, frame, _shown(chosen, visit), visit, "comparison")
    made = cached.shaped(visit.stamp, indicator.code, tuple(places), asked)
    if not (made.points["place"] == visit.home.slug).any():
        st.html(markup.paragraph(t("compare.home_missing", city=visit.home.name), "none"))
    cards.refused(made.refused, visit)
    cards.competing(frame, indicator, visit)
    cards.undated(made.undated, indicator, visit)


def _shown(chosen: View, visit: Visit) -> str:
    """The view in words, as the pickers have it."""
    t = visit.t
    words = [t(f"pick.axis.{chosen.axis}")]
    if chosen.per:
        words.append(t("pick.view.per"))
    if chosen.currency:
        words.append(f"{t('pick.view.currency')} ({chosen.currency})")
    if chosen.index_base:
        words.append(t("chart.index", year=str(chosen.index_base)))
    return "; ".join(words if len(words) > 1 else [*words, t("pick.view.published")])


def reading_guide(indicator: Indicator, places: Sequence[str], visit: Visit) -> None:
    """How far the places can be compared, why these are suggested, and the way to the definition."""
    t = visit.t
    cards.passports(cached.comparability(visit.stamp, indicator.code, tuple(places)), visit)
    rows = [
        [
            t.text(visit.world.places[peer.place].name),
            "; ".join(t(f"peer.{reason}") for reason in peer.reasons),
        ]
        for peer in _peers(visit.stamp)[:12]
    ]
    if rows:
        with st.expander(t("compare.peers")):
            st.html(markup.table([t("column.place"), t("column.why")], rows))
    frame.link("indicator", t("compare.definition"), indicator=indicator.code)
