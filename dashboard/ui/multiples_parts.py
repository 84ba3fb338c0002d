"""Small multiples: one indicator at many places, or many indicators at one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.charts.panels import Asked, Panels, panels, panels_markup
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import ChartSpec
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.i18n import Translator
from dashboard.ui import address, cached, markup, measured, pickers
from dashboard.ui.chart_element import draw_markup
from dashboard.ui.figure_table import About, about, chart_table
from dashboard.ui.measured import Measure
from dashboard.ui.reference_pool import pool
from dashboard.ui.session import Visit

GRIDS = ("places", "indicators")
SCALES = ("shared", "free")
MOST = 24
"""So many panels stand on the page at most."""


@dataclass(frozen=True)
class _Made:
    """Finished panels, their markup, how many there would be, their table as that of a chart, and how many
    values are left out because they are in other money."""

    found: Panels
    markup: str
    known: int
    table: ChartSpec
    other_currency: int


def many(indicator: Indicator, places: Sequence[str], asked: Measure, visit: Visit) -> None:
    """The choices, the panels, what they show and what they do not, and the same numbers as a table."""
    t = visit.t
    st.header(t("multiples.title"), anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        grid = _segment("grid", GRIDS, visit)
        scale = _segment("scale", SCALES, visit)
    place = visit.home.slug
    if grid == "indicators":
        place = pickers.place(visit, _with_series(visit)).slug
    made = _made(
        visit.stamp, t.language, indicator.code, tuple(places), asked._replace(rest=False), grid, scale, place
    )
    if made is None:
        st.html(markup.paragraph(t("multiples.nothing"), "none"))
        return
    found, spec = made.found, made.table
    st.html(markup.paragraph(spec.sentence, "lead"))
    draw_markup(made.markup, "multiples")
    said = [t("multiples.drawn", count=found.drawn)]
    if made.other_currency:
        said.append(t("chart.note.other_currency", count=made.other_currency))
    if found.envelope is not None:
        said.append(t("chart.note.band", label=found.envelope.label))
    if made.known > len(found.panels):
        said.append(t(f"multiples.more_{grid}", count=made.known - len(found.panels)))
    st.html("".join(markup.paragraph(line, "small") for line in said))
    chart_table(spec, lambda: _about(indicator, spec, grid, found, visit), visit, "multiples")


def _segment(name: str, options: Sequence[str], visit: Visit) -> str:
    chosen = address.one_of(name, options)
    st.session_state[name] = chosen
    st.segmented_control(
        visit.t(f"multiples.{name}.label"), options, key=name, required=True,
        format_func=lambda option: visit.t(f"multiples.{name}.{option}"),
        on_change=pickers.write, args=(name,),
    )  # fmt: skip
    return chosen


def _with_series(visit: Visit) -> list[str]:
    """The places with a series of any indicator."""
    found = cached.presence(visit.stamp)
    return list(dict.fromkeys(found.loc[found["series"], "place"]))


@st.cache_resource(max_entries=32, show_spinner=False)
def _made(
    stamp: cached.Stamp,
    language: str,
    code: str,
    chosen: tuple[str, ...],
    view: Measure,
    grid: str,
    scale: str,
    place: str,
) -> _Made | None:
    t = Translator(language)
    if grid == "indicators":
        asked, known = _of_one_place(stamp, t, place, code, view)
        behind: pd.DataFrame | None = None
        name = t.text(cached.world(stamp).places[place].name)
        said = t(f"multiples.shows.indicators_{scale}", place=name)
    else:
        asked, known, behind = _of_one_indicator(stamp, t, code, chosen, view)
        indicator = cached.world(stamp).indicator(code)
        name = t.text(indicator.name)
        said = t(f"multiples.shows.places_{scale}", indicator=name)
    if not asked:
        return None
    found = panels(asked, view.axis, shared=scale == "shared", behind=behind)
    table = ChartSpec(
        title=f"{name}: {t('multiples.title')}", sentence=said, alternative=said, language=language,
        axis=view.axis, x_label="", y_label="", x_range=found.x_range, y_range=(0.0, 1.0),
        x_ticks=found.x_ticks, y_ticks=(), columns=found.columns, rows=found.rows, keys=found.keys,
        mark=t("chart.invented") if cached.world(stamp).profile.invented else "",
        unit=asked[0].quantity.words(asked[0].quantity.unit, asked[0].quantity.currency)
        if grid == "places"
        else "",
    )  # fmt: skip
    money = asked[0].quantity.currency
    other = 0 if behind is None else int((~behind["shown_currency"].isin(["", money])).sum())
    return _Made(found, panels_markup(found, language), known, table, other)


def _of_one_indicator(
    stamp: cached.Stamp, t: Translator, code: str, chosen: tuple[str, ...], view: Measure
) -> tuple[list[Asked], int, pd.DataFrame]:
    """A panel for each place with a series, those that a person chose first; how many there are; and the
    values of all of them."""
    here = cached.world(stamp)
    indicator = here.indicator(code)
    suggested, known = pool(stamp, code, "series")
    slugs = tuple(dict.fromkeys([*chosen, *suggested]))
    shaped = measured.measured(stamp, code, slugs, view)
    points = shaped.points
    own = points.loc[points["place"] == here.home.slug, "shown_currency"]
    money = [currency for currency in (own if len(own) else points["shown_currency"]) if currency]
    quantity = Quantity(
        indicator, shaped.unit, money[-1] if money else "", view.per, view.index_base, t,
        measured.measure_words(view, t),
    )  # fmt: skip
    one_money = points["shown_currency"].isin(["", quantity.currency])
    valued = set(points.loc[points["segment"].notna() & one_money, "place"])
    controls = set(points.loc[points["matched"], "place"])

    def title(slug: str) -> str:
        name = t.text(here.places[slug].name)
        return t("chart.control", place=name) if slug in controls else name

    asked = [
        Asked(title(slug), points, quantity, here.places[slug], slug == here.home.slug)
        for slug in slugs
        if slug in valued
    ]
    return asked[:MOST], max(len(asked), known), points


def _of_one_place(
    stamp: cached.Stamp, t: Translator, place: str, code: str, view: Measure
) -> tuple[list[Asked], int]:
    """A panel for each indicator with a series at a place, as published: those of the claim that the chosen
    indicator serves, then by claim."""
    here = cached.world(stamp)
    numbers = {claim.id: claim.number for claim in here.catalogue.claims}
    found = cached.presence(stamp)
    codes = set(found.loc[(found["place"] == place) & found["series"], "indicator"])
    first = here.indicator(code).claim
    indicators = sorted(
        (i for i in here.catalogue.indicators if i.code in codes and i.kind is not IndicatorKind.NARRATIVE),
        key=lambda i: (i.claim != first, numbers[i.claim]),
    )
    asked = []
    for indicator in indicators[:MOST]:
        shaped = cached.shaped(stamp, indicator.code, (place,), (view.axis, None, None, None))
        money = [currency for currency in shaped.points["shown_currency"] if currency]
        quantity = Quantity(indicator, shaped.unit, money[-1] if money else "", None, None, t)
        home = place == here.home.slug
        asked.append(Asked(t.text(indicator.name), shaped.points, quantity, here.places[place], home))
    return asked, len(indicators)


def _about(indicator: Indicator, spec: ChartSpec, grid: str, found: Panels, visit: Visit) -> About:
    """What the table means: of one indicator all there is to say, of many what each is called."""
    t = visit.t
    if grid == "places":
        frame = cached.series(visit.stamp, indicator.code, pool(visit.stamp, indicator.code, "series")[0])
        return about(indicator, spec, frame, t("multiples.grid.places"), visit)
    pairs = [(t("figures.about.says"), spec.sentence)]
    pairs.append((t("figures.about.shown"), t("pick.view.published")))
    titles = {one.title for one in found.panels}
    for one in visit.world.catalogue.indicators:
        if t.text(one.name) in titles:
            words = [t.text(one.definition), t.text(one.caveat)]
            pairs.append((t.text(one.name), " ".join(filter(None, words))))
    pairs.append((t("figures.about.downloaded"), t.date(visit.stamp.day)))
    if visit.world.profile.invented:
        pairs.insert(0, (spec.mark, t("figures.about.invented")))
    return pairs
