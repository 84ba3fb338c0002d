"""Where the home city stands among all places with a value for the same period."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.comparability import passports
from dashboard.analysis.distribution import Distribution, Placed, distribution
from dashboard.analysis.normalise import View, graded, normalise
from dashboard.analysis.peers import suggest
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator
from dashboard.ui import cached, markup, pickers
from dashboard.ui.reference_pool import MOST_PLACES, pool
from dashboard.ui.session import Visit

GROUPS = ("all", "same_country", "same_field", "same_size")


def standing(indicator: Indicator, view: View, visit: Visit) -> None:
    """The sentence, the values in a table by size, and what a word such as *better* rests on."""
    t, city = visit.t, visit.t.text(visit.home.name)
    st.header(t("standing.title", city=city), anchor=False)
    group = pickers.one(t("standing.pick"), "group", GROUPS, lambda code: t(f"standing.group.{code}"))
    asked: cached.ViewKey = ("calendar", view.per, view.currency, None)
    made, unit, currency, known = _made(visit.stamp, indicator.code, asked, group)
    if made.code:
        st.html(markup.paragraph(t(f"standing.{made.code}", city=city), "none"))
        return
    quantity = Quantity(indicator, unit, currency, view.per, None, t)
    st.html("".join(_sentences(made, quantity, visit)))
    st.html(_table(made, quantity, visit))
    st.html(markup.paragraph(t("standing.rule"), "small"))
    if known > MOST_PLACES:
        st.html(markup.paragraph(t("standing.most", known=known, most=MOST_PLACES), "small"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _made(
    stamp: cached.Stamp, code: str, view: cached.ViewKey, group: str
) -> tuple[Distribution, str, str, int]:
    """The distribution, its unit, its currency, and how many cities have figures at all; only the rows of the
    one period are shaped."""
    here = cached.world(stamp)
    indicator = next(i for i in here.catalogue.indicators if i.code == code)
    places, known = pool(stamp, code, "dated")
    frame = _latest_period(cached.series(stamp, code, places), here.home.slug)
    shaped = normalise(
        frame, indicator, View(*view), here.places, here.populations, here.breaks, here.notes
    )
    passes = passports(frame, indicator, here.home.slug, here.sources, here.notes, here.breaks)
    shaped = graded(shaped, {slug: (p.grade, p.reasons) for slug, p in passes.items()})
    peers = None
    if group != "all":
        found = suggest(here.home, here.places.values(), here.populations, here.catalogue.claims)
        peers = [peer.place for peer in found if group in peer.reasons]
    made = distribution(shaped, indicator, here.home.slug, peers=peers, group=group)
    own = shaped.points[shaped.points["place"] == here.home.slug]
    currency = str(own["shown_currency"].iloc[-1]) if len(own) else ""
    return made, shaped.unit, currency, known


def _latest_period(frame: pd.DataFrame, home: str) -> pd.DataFrame:
    """The rows of the home city's latest period that another place has too, else of its latest."""
    valued = frame[frame["value"].notna() & frame["period_end"].notna() & (frame["disaggregation"] == "")]
    own = valued[valued["place"] == home].sort_values("period_end", ascending=False, kind="stable")
    keys = list(dict.fromkeys(zip(own["period_start"].astype("str"), own["period_end"], strict=True)))
    spans = list(zip(valued["period_start"].astype("str"), valued["period_end"], strict=True))
    shared = {span for span, place in zip(spans, valued["place"], strict=True) if place != home}
    chosen = next((key for key in keys if key in shared), keys[0] if keys else None)
    same = pd.Series([span == chosen for span in spans], index=valued.index, dtype="bool")
    return valued[same].reset_index(drop=True)


def _sentences(made: Distribution, quantity: Quantity, visit: Visit) -> list[str]:
    t, city = visit.t, visit.t.text(visit.home.name)
    own = next(p for p in made.places if p.place == visit.home.slug)
    said = [
        t(
            "standing.lead", city=city, value=quantity.written(own.value), period=t.period(made.period),
            count=made.others, lower=str(made.lower),
        )
    ]  # fmt: skip
    if made.quartiles is not None:
        low, middle, high = (quantity.written(value) for value in made.quartiles)
        said.append(t("standing.middle", low=low, middle=middle, high=high))
    if made.rank is not None:
        best, worst = made.rank
        key = "standing.rank_one" if best == worst else "standing.rank"
        said.append(t(key, best=str(best), worst=str(worst), places=str(made.others + 1)))
    else:
        said.append(t("standing.no_rank"))
    outside = sum(not p.counted for p in made.places)
    if outside:
        said.append(t("standing.illustrative", count=outside))
    return [markup.paragraph(said[0], "lead"), *map(markup.paragraph, said[1:])]


def _table(made: Distribution, quantity: Quantity, visit: Visit) -> str:
    t, home = visit.t, visit.home.slug
    rows = [
        [
            t.text(visit.world.places[p.place].name),
            quantity.written(p.value),
            _interval(p, quantity, visit),
            t(f"grade.{p.grade}"),
            t(f"standing.word.{p.standing}"),
        ]
        for p in made.places
    ]
    own = [number for number, p in enumerate(made.places) if p.place == home]
    columns = [t(f"column.{name}") for name in ("place", "value")]
    columns += [t("standing.interval"), t("column.grade"), t("standing.against", city=visit.home.name)]
    caption = t("standing.caption", group=t(f"standing.group.{made.group}"), period=t.period(made.period))
    return markup.table(columns, rows, caption, numbers=(1,), chosen=own)


def _interval(placed: Placed, quantity: Quantity, visit: Visit) -> str:
    if placed.interval is None:
        return visit.t("standing.no_interval")
    low, high, _ = placed.interval
    return visit.t("standing.from_to", low=quantity.written(low), high=quantity.written(high))
