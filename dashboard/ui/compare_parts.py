"""The parts of the comparison page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, cast

import streamlit as st

from dashboard.analysis.exchange import EURO, rate_table
from dashboard.analysis.normalise import DIVISIBLE, Shaped
from dashboard.analysis.peers import Peer, suggest
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.prices import RateKind
from dashboard.ui import (
    address,
    cached,
    cards,
    compare_like,
    compare_passports,
    formula_parts,
    frame,
    markup,
    measured,
    pickers,
)
from dashboard.ui.figure_table import figure
from dashboard.ui.measured import Level, Measure
from dashboard.ui.session import Visit

SUGGESTED = 5
PER_INHABITANTS = 100_000


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparable_indicators(stamp: cached.Stamp) -> tuple[str, ...]:
    """Recorded indicators by how many places have dated values of them, most first."""
    here = cached.world(stamp)
    left_out = {indicator.code for indicator in here.catalogue.indicators if indicator.rollup}
    left_out |= here.measures.computed.keys()
    found = cached.presence(stamp)
    counted = found[~found["indicator"].isin(left_out)].groupby("indicator")[["series", "dated"]].sum()
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


def measure(indicator: Indicator, places: Sequence[str], visit: Visit) -> Measure:
    """How the values are to be shown: the axis, the level, and for money the prices. All of it is in the
    address; what cannot be had is refused value by value, with the reason."""
    money = indicator.kind is IndicatorKind.MONEY
    computed = bool(visit.world.inputs(indicator.code))
    offered = {
        "per": not computed,
        "currency": money,
        "baseline": any(baseline.indicator == indicator.code for baseline in visit.world.baselines),
        "network": indicator.kind in DIVISIBLE and not computed,
        "festival": indicator.code in visit.world.measures.of_festival,
    }
    options = [option for option in pickers.VIEWS if offered.get(option, True)]
    _keep_the_view(indicator, options, visit)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        axis = pickers.axis(visit)
        chosen = pickers.view(visit, options)
        rest = pickers.rest(visit) == "band"
        years = _years(indicator, places, visit) if money or chosen == "index" else []
        base = pickers.base_year(visit, years) if chosen == "index" else None
        incomplete = chosen == "network" and pickers.members(visit) == "known"
        kind = pickers.prices(visit) if money and chosen != "index" else "paid"
        currency = None
        if chosen == "currency" and kind != "ppp":
            currency = pickers.currency(visit, list(dict.fromkeys([visit.world.currency, EURO])))
    prices, base_year, table = _prices(kind, years, visit)
    return Measure(
        axis="designation" if axis == "designation" else "calendar",
        per=PER_INHABITANTS if chosen == "per" else None,
        currency=currency,
        index_base=base,
        prices=prices,
        base_year=base_year,
        table=table,
        level=cast(Level, chosen),
        incomplete=incomplete,
        rest=rest,
    )


def _keep_the_view(indicator: Indicator, options: Sequence[str], visit: Visit) -> None:
    """When a person goes on to another indicator, a view that it cannot have is left, and that is said. (An
    address that asks for such a view is refused as ever.)"""
    before, view = st.session_state.get("compared", indicator.code), address.read("view")
    st.session_state["compared"] = indicator.code
    if before != indicator.code and view in pickers.VIEWS and view not in options:
        address.write(view="")
        st.info(visit.t("compare.view_left", view=visit.t(f"pick.view.{view}")))


def _years(indicator: Indicator, places: Sequence[str], visit: Visit) -> list[int]:
    points = cached.shaped(visit.stamp, indicator.code, tuple(places), cached.AS_PUBLISHED).points
    return sorted({day.year for day in points["anchor"]})


def _prices(
    chosen: str, years: Sequence[int], visit: Visit
) -> tuple[Literal["", "constant", "purchasing_power"], int | None, str]:
    """In whose prices money is shown: the kind, the year of constant prices, and the table by its name."""
    t = visit.t
    if chosen == "paid":
        return "", None, ""
    kind = RateKind.PRICE_INDEX if chosen == "constant" else RateKind.PURCHASING_POWER
    tables = measured.tables_of(visit.stamp, kind)
    if not tables:
        st.html(markup.paragraph(t("compare.no_tables"), "none"))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        name = pickers.one(t("pick.table"), "table", tables, str, tables[-1]) if tables else ""
        if chosen == "ppp":
            return "purchasing_power", None, name
        given = address.number("prices_of", 1900, 2100)
        options = sorted({*years, *([given] if given else [])}) or [visit.stamp.day.year]
        st.session_state["prices_of"] = given or options[-1]
        st.selectbox(
            t("pick.prices_of"), options, key="prices_of", on_change=pickers.write, args=("prices_of",)
        )
    return "constant", int(st.session_state["prices_of"]), name


def comparison(indicator: Indicator, places: Sequence[str], chosen: Measure, visit: Visit) -> None:
    """The chart, and beside it everything that could not be drawn, each with its reason."""
    t = visit.t
    if indicator.caveat.da or indicator.caveat.en:
        st.html(markup.paragraph(t.text(indicator.caveat), "caveat"))
    drawn = measured.drawn(visit.stamp, t.language, indicator.code, tuple(places), chosen)
    frame = cached.series(visit.stamp, indicator.code, tuple(places))
    whole = None
    if chosen.rest:
        whole = partial(measured.of_all, visit.stamp, t.language, indicator.code, chosen)
    figure(drawn, indicator, frame, _shown(chosen, visit), visit, "comparison", whole)
    made = measured.measured(visit.stamp, indicator.code, tuple(places), chosen._replace(rest=False))
    compare_like.unfinished(indicator, made, chosen, visit)
    if converted := _converted(made, indicator, chosen, visit):
        st.html(markup.paragraph(converted, "small"))
    if len(made.points) and not (made.points["place"] == visit.home.slug).any():
        st.html(markup.paragraph(t("compare.home_missing", city=visit.home.name), "none"))
    cards.refused(made.refused, visit)
    cards.competing(frame, indicator, visit)
    cards.undated(made.undated, indicator, visit)


def _converted(made: Shaped, indicator: Indicator, chosen: Measure, visit: Visit) -> str:
    """By which rate, table or population the values were brought to what is shown (N6)."""
    t, points = visit.t, made.points
    said = []
    last = rate_table().last
    if "national_rate" in points and points["national_rate"].notna().any():
        count = int(points["national_rate"].notna().sum())
        said.append(t("compare.by_national_rate", count=count, last=last))
    by_record = measured.register_in(visit.stamp, indicator.code, chosen) and len(points)
    if chosen.currency and (by_record or points["rate_from"].notna().any()):
        if chosen.prices == "constant":
            year = str(chosen.base_year)
            said.append(t("compare.by_base_rate", currency=chosen.currency, year=year, last=last))
        else:
            said.append(t("compare.by_rate", currency=chosen.currency, last=last))
    if tables := [name for name in dict.fromkeys(points.get("price_table", ())) if name]:
        said.append(t("compare.by_table", tables=t.list(tables)))
    return " ".join(said)


def _shown(chosen: Measure, visit: Visit) -> str:
    """The view in words, as the pickers have it."""
    t = visit.t
    words = [t(f"pick.axis.{chosen.axis}"), t(f"pick.view.{chosen.level}")]
    if chosen.currency:
        words.append(chosen.currency)
    if chosen.index_base:
        words.append(t("chart.index", year=str(chosen.index_base)))
    if chosen.prices:
        words += [measured.measure_words(chosen, t), chosen.table]
    return "; ".join(words)


def reading_guide(indicator: Indicator, places: Sequence[str], visit: Visit) -> None:
    """How far the places can be compared, why these are suggested, the figures computed from this one, and
    the way to the definition."""
    t = visit.t
    compare_passports.shown(indicator, places, visit)
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
    formula_parts.taking_part(indicator, visit)
    if not visit.world.inputs(indicator.code):
        frame.link("indicator", t("compare.definition"), indicator=indicator.code)
