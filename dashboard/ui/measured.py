"""Figures at the level and in the money that a person chose, kept by the revision they were made from.

The numbers are those of ``python -m dashboard series`` with the same options.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.levels import change_since_baseline, per_festival_day, share_of_network
from dashboard.analysis.normalise import Shaped, View, normalise
from dashboard.analysis.rollup import REGISTER, rollup
from dashboard.charts.build import compare_chart
from dashboard.charts.spec import ChartSpec
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.prices import PriceTable, RateKind
from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.ui import cached
from dashboard.ui.chart_element import element_data

Level = Literal["published", "per", "index", "currency", "baseline", "network", "festival"]


class Measure(NamedTuple):
    """A `View` as plain words, and the level above it (`analysis.levels`).

    `incomplete` takes the share of those members of the network that have a value; `rest` draws all other
    places as a band behind the chosen ones.
    """

    axis: Literal["calendar", "designation"] = "calendar"
    per: int | None = None
    currency: str | None = None
    index_base: int | None = None
    prices: Literal["", "constant", "purchasing_power"] = ""
    base_year: int | None = None
    table: str = ""
    level: Level = "published"
    incomplete: bool = False
    rest: bool = False

    @property
    def converted(self) -> bool:
        """Whether the values are something else than what the sources published."""
        plain = Measure(axis=self.axis, incomplete=self.incomplete, rest=self.rest)
        return self != plain

    @property
    def view(self) -> View:
        return View(*self[:7])

    @property
    def key(self) -> cached.ViewKey:
        """What `cached` shapes by: without prices and without a level above the view."""
        return self.axis, self.per, self.currency, self.index_base

    @property
    def plain(self) -> bool:
        """Whether `cached` can shape it as it is."""
        return not self.prices and self.level not in ("baseline", "network", "festival")


@st.cache_resource(max_entries=6, show_spinner=False)
def price_tables(stamp: cached.Stamp) -> tuple[PriceTable, ...]:
    """The tables of prices that somebody has loaded."""
    with reading(cached.engine()) as connection:
        return queries.load_price_tables(connection, stamp.scope)


def tables_of(stamp: cached.Stamp, kind: RateKind) -> list[str]:
    """The titles of the tables of a kind."""
    return [table.title for table in price_tables(stamp) if table.kind is kind]


@st.cache_resource(max_entries=128, show_spinner=False)
def measured(stamp: cached.Stamp, code: str, places: tuple[str, ...] | None, asked: Measure) -> Shaped:
    """One indicator's observations at some places, as asked for; what cannot be had is among the refused."""
    if asked.plain and not register_in(stamp, code, asked):
        return cached.shaped(stamp, code, places, asked.key)
    here = cached.world(stamp)
    indicator = here.indicator(code)
    if asked.level == "network":
        everywhere = _shaped(stamp, indicator, None, asked)
        own = _shaped(stamp, indicator, places, asked)
        return share_of_network(own, everywhere, indicator, here.places, incomplete=asked.incomplete)
    made = _shaped(stamp, indicator, places, asked)
    if asked.level == "baseline":
        return change_since_baseline(
            made,
            indicator,
            here.baselines,
            here.places,
            here.populations,
            here.breaks_of(code),
            price_tables(stamp),
        )
    if asked.level == "festival":
        known = here.measures
        fits = code in known.of_festival and here.catalogue.indicator(known.festival_days) is not None
        as_published = cached.AS_PUBLISHED
        days = cached.shaped(stamp, known.festival_days, places, as_published) if fits else None
        return per_festival_day(made, days)
    return made


def _shaped(
    stamp: cached.Stamp, indicator: Indicator, places: tuple[str, ...] | None, asked: Measure
) -> Shaped:
    here = cached.world(stamp)
    frame = cached.series(stamp, indicator.code, places)
    if money := register_in(stamp, indicator.code, asked):
        register = cached.home_activities(stamp)
        rolled = rollup(register, indicator, here.home.country, money, stamp.day)
        recorded = frame[frame["source"] != REGISTER]
        own = places is None or here.home.slug in places
        frame = pd.concat([recorded, rolled], ignore_index=True) if own and len(rolled) else recorded
    made = normalise(
        frame, indicator, asked.view, here.places, here.populations, here.breaks_of(indicator.code),
        here.notes, price_tables(stamp), here.home.slug,
    )  # fmt: skip
    return cached.compared(stamp, indicator.code, places, made)


def register_in(stamp: cached.Stamp, code: str, asked: Measure) -> str:
    """The money that the register is added up in, where it is not the home city's own; "" for all else. Each
    record is converted at its own day, which a sum that was made in other money cannot be; prices are those
    of the city's own money, so there the sum stays in it."""
    here = cached.world(stamp)
    counted = here.indicator(code).rollup is not None and here.indicator(code).kind is IndicatorKind.MONEY
    other = asked.currency is not None and asked.currency != here.currency and not asked.prices
    return asked.currency or "" if counted and other else ""


@st.cache_resource(max_entries=64, show_spinner=False)
def drawn(
    stamp: cached.Stamp, language: str, code: str, places: tuple[str, ...], asked: Measure
) -> cached.Drawn:
    """The finished chart of one indicator at several places, as asked for."""
    if asked.plain and not asked.rest and not register_in(stamp, code, asked):
        return cached.drawn_comparison(stamp, language, code, places, asked.key)
    spec = _chart(stamp, language, code, places, asked)
    return cached.Drawn(spec, element_data(spec, Translator(language)))


def of_all(stamp: cached.Stamp, language: str, code: str, asked: Measure) -> ChartSpec:
    """The chart whose table has every place with values, the home city first."""
    here = cached.world(stamp)
    slugs = dict.fromkeys(
        [here.home.slug, *measured(stamp, code, None, asked._replace(rest=False)).points["place"]]
    )
    return _chart(stamp, language, code, tuple(slugs), asked._replace(rest=False))


def _chart(
    stamp: cached.Stamp, language: str, code: str, places: tuple[str, ...], asked: Measure
) -> ChartSpec:
    here, t = cached.world(stamp), Translator(language)
    indicator = here.indicator(code)
    made = measured(stamp, code, places, asked._replace(rest=False))
    return compare_chart(
        made.points, indicator, t, places={slug: here.places[slug] for slug in places},
        home=here.home.slug, axis=asked.axis, unit=made.unit, currency=made.currency, per=asked.per,
        annotations=[note for note in here.annotations if note.indicator in ("", code)],
        breaks=here.breaks_of(code),
        sources=cached.source_titles(stamp, language), undated=len(made.undated), refused=len(made.refused),
        invented=here.profile.invented, measure=measure_words(asked, t),
        index_base=asked.index_base,
        targets=[one for one in here.targets if one.indicator == code] if asked.plain else (),
        behind=measured(stamp, code, None, asked._replace(rest=False)).points if asked.rest else None,
    )  # fmt: skip


def measure_words(asked: Measure, t: Translator) -> str:
    """What stands behind the unit: ``pr. festivaldag``, ``2020-priser``."""
    words = []
    if asked.prices == "constant":
        words.append(t("measure.constant", year=str(asked.base_year)))
    elif asked.prices == "purchasing_power":
        words.append(t("measure.purchasing_power"))
    if asked.level in ("baseline", "network", "festival"):
        words.append(t(f"measure.{asked.level}"))
    return ", ".join(words)
