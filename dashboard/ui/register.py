"""The register of activities as pages read it, kept by the revision it was read at."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

import streamlit as st

from dashboard.analysis.normalise import View, normalise
from dashboard.analysis.register import FEWEST, Wanted, chosen, counted, per_kind_and_year
from dashboard.analysis.rollup import rollup
from dashboard.charts.build import series_chart, sparkline
from dashboard.charts.spec import ChartSpec
from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.catalogue import (
    Accumulation,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    PopulationBasis,
    ResultLevel,
    Rollup,
    RollupMeasure,
    TimeAggregation,
)
from dashboard.domain.follow_up import FollowUpAnswer
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.queries.activity_history import ActivityVersion, load_activity_versions
from dashboard.ui import cached
from dashboard.ui.cached import Drawn, Stamp
from dashboard.ui.chart_element import element_data


@st.cache_resource(max_entries=6, show_spinner=False)
def records(stamp: Stamp) -> tuple[Activity, ...]:
    """Every record that is shown, the home city's and those of others, such as the network's conferences."""
    with reading(cached.engine()) as connection:
        return queries.load_activities(connection, stamp.scope)


@st.cache_resource(max_entries=6, show_spinner=False)
def answers(stamp: Stamp) -> tuple[FollowUpAnswer, ...]:
    """What was answered when won things were followed up."""
    with reading(cached.engine()) as connection:
        return queries.load_follow_ups(connection, stamp.scope)


@st.cache_resource(max_entries=64, show_spinner=False)
def versions(stamp: Stamp, key: str, pending: bool) -> tuple[ActivityVersion, ...]:
    """The versions of one record; those that were never public only with `pending`."""
    with reading(cached.engine()) as connection:
        return load_activity_versions(connection, stamp.scope, key, pending=pending)


@dataclass(frozen=True)
class KindByYear:
    """One kind of record over the years; no `chart` where there are too few for a line (N18)."""

    kind: ActivityKind
    count: int
    years: dict[int, int]
    chart: ChartSpec | None


@dataclass(frozen=True)
class Timeline:
    """How many counted records began in each year: all of them as a chart, where they are enough for one,
    and each kind."""

    whole: Drawn | None
    kinds: tuple[KindByYear, ...]


def timeline(stamp: Stamp, language: str, wanted: Wanted) -> Timeline:
    return _timeline(stamp, language, astuple(wanted))


@st.cache_resource(max_entries=32, show_spinner=False)
def _timeline(stamp: Stamp, language: str, wanted: tuple[str | int | None, ...]) -> Timeline:
    found = counted(chosen(records(stamp), Wanted(*wanted)))  # type: ignore[arg-type]
    t = Translator(language)
    by_kind = per_kind_and_year(found)
    kinds = []
    for kind, years in by_kind.items():
        own = [activity for activity in found if activity.kind is kind]
        enough = sum(years.values()) >= FEWEST and len(by_kind) > 1
        kinds.append(
            KindByYear(
                kind, sum(years.values()), dict(years), _chart(stamp, t, own, True) if enough else None
            )
        )
    whole = _chart(stamp, t, found, False) if len(found) >= FEWEST else None
    drawn = Drawn(whole, element_data(whole, t)) if whole is not None and not whole.empty else None
    return Timeline(drawn, tuple(kinds))


def _chart(stamp: Stamp, t: Translator, found: list[Activity], small: bool) -> ChartSpec:
    """The count of records by year, made and drawn as every rolled-up indicator is.

    It is about the register, which has others' records too (the network's conferences), so it bears no
    city's name; the line of the designation is the home city's.
    """
    here = cached.world(stamp)
    names = {language: Translator(language)("activities.register") for language in LANGUAGES}
    place = replace(here.home, name=Text(**names))
    indicator = _per_year({activity.kind for activity in found})
    together = [replace(activity, place=place.slug, same_as="") for activity in found]
    frame = rollup(together, indicator, place.country, here.currency, stamp.day)
    points = normalise(frame, indicator, View(), {place.slug: place}).points
    invented = here.profile.invented
    if small:
        return sparkline(points, indicator, t, place=place, invented=invented)
    sources = cached.source_titles(stamp, t.language)
    return series_chart(points, indicator, t, place=place, sources=sources, invented=invented)


def _per_year(kinds: set[ActivityKind]) -> Indicator:
    """The number of records a year, as an indicator that no catalogue lists."""
    names = {language: Translator(language)("activities.per_year") for language in LANGUAGES}
    name = Text(**names)
    return Indicator(
        code="register_records", claims=("",), name=name, definition=name, rationale=name, method=name,
        limitations=name, kind=IndicatorKind.NUMBER, unit="records", decimals=0,
        direction=Direction.NO_JUDGEMENT, accumulation=Accumulation.PER_PERIOD,
        time_aggregation=TimeAggregation.SUM, frequency=Frequency.ANNUAL, result_level=ResultLevel.ACTIVITY,
        proxy=False, contested=False, comparable_over_time=True, comparable_between_places=False,
        population_basis=PopulationBasis.NONE,
        rollup=Rollup(tuple(sorted(kind.value for kind in kinds)), RollupMeasure.COUNT),
    )  # fmt: skip
