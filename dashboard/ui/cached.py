"""Reads and finished figures, kept by the revision they were made from.

Everything here is bounded and keyed by a `Stamp` and plain words, never by a frame. The stamp holds the
revision and whatever narrows visibility, so a save in one session shows in all others at their next run
and nobody clears a cache. Kept values are shared between people: they are never changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pandas as pd
import streamlit as st
from babel.numbers import get_territory_currencies

from dashboard.analysis.comparability import Passport, least_comparable, passports
from dashboard.analysis.coverage import Coverage
from dashboard.analysis.coverage import coverage as cover
from dashboard.analysis.formula import COMPUTED, Computed, breaks_of, inputs_of
from dashboard.analysis.formula import computed as compute
from dashboard.analysis.normalise import Shaped, View, graded, normalise
from dashboard.analysis.rollup import REGISTER, rollup
from dashboard.analysis.verdict import Verdict
from dashboard.analysis.verdict import verdicts as judge
from dashboard.charts.build import compare_chart, series_chart, sparkline
from dashboard.charts.spec import Axis, ChartSpec
from dashboard.config import DATA, Settings
from dashboard.domain import catalogue as domain
from dashboard.domain.activity import Activity
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Catalogue, Indicator, Place, Source
from dashboard.domain.comparability import ComparabilityAnswer
from dashboard.domain.evidence import EvidenceLink
from dashboard.i18n import Translator
from dashboard.intake.formulas import Measures, read_measures
from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import Profile, profile
from dashboard.store.queries.scope import Scope
from dashboard.ui.chart_element import element_data

if TYPE_CHECKING:
    from sqlalchemy import Engine

ViewKey = tuple[Axis, int | None, str | None, int | None]
"""A `View` as plain words: axis, inhabitants, currency, base year."""

AS_PUBLISHED: ViewKey = ("calendar", None, None, None)

About = TypeVar("About", domain.Target, domain.Baseline, domain.SeriesBreak)


class Stamp(NamedTuple):
    """What a kept value depends on besides its own arguments."""

    revision: int
    as_known_at: int  # -1 is now
    submitted: bool
    today: str

    @property
    def scope(self) -> Scope:
        return Scope(None if self.as_known_at < 0 else self.as_known_at, self.submitted)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)


@dataclass(frozen=True)
class World:
    """Everything but the figures, as of one stamp: a few hundred small records."""

    profile: Profile
    catalogue: Catalogue
    places: dict[str, Place]
    populations: tuple[domain.Population, ...]
    baselines: tuple[domain.Baseline, ...]
    targets: tuple[domain.Target, ...]
    bands: dict[str, Bands]
    annotations: tuple[domain.Annotation, ...]
    breaks: tuple[domain.SeriesBreak, ...]
    notes: tuple[domain.ComparabilityNote, ...]
    narratives: tuple[domain.Narrative, ...]
    evidence: tuple[EvidenceLink, ...]
    sources: dict[str, Source]
    vocabulary: tuple[domain.VocabularyCode, ...]
    measures: Measures

    @property
    def home(self) -> Place:
        return self.places[self.profile.home_place]

    def indicator(self, code: str) -> Indicator:
        """The indicator, recorded or computed, of a code that the address was checked for; `KeyError` for
        another."""
        made = self.measures.computed.get(code)
        found = made.indicator if made else self.catalogue.indicator(code)
        if found is None:
            raise KeyError(code)
        return found

    def inputs(self, code: str) -> tuple[Indicator, ...]:
        """The indicators in the formula of a computed one, in the order of the formula; none for another."""
        made = self.measures.computed.get(code)
        return tuple(self.indicator(one) for one in made.formula.codes) if made else ()

    def breaks_of(self, code: str) -> tuple[domain.SeriesBreak, ...]:
        """The breaks of an indicator; a computed one has those of every indicator in its formula."""
        made = self.measures.computed.get(code)
        if made:
            return breaks_of(made.formula, code, self.breaks)
        return tuple(one for one in self.breaks if one.indicator == code)

    @property
    def currency(self) -> str:
        """The home city's own money."""
        return str(get_territory_currencies(self.home.country or "DK")[0])


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The one engine of this process."""
    return open_engine(Settings.from_env().database_url)


def store_profile() -> tuple[Profile, int]:
    """What the store is and its revision: the one question asked at every run."""
    with reading(engine()) as connection:
        return profile(connection), queries.current_revision(connection)


@st.cache_resource(max_entries=64, show_spinner=False)
def revision_on(revision: int, day: date) -> int:
    """The last revision of a day; keyed by the newest one, since today is still being written."""
    del revision
    with reading(engine()) as connection:
        return queries.revision_at(connection, day)


@st.cache_resource(max_entries=6, show_spinner=False)
def world(stamp: Stamp) -> World:
    scope = stamp.scope
    with reading(engine()) as connection:
        places = queries.load_places(connection, scope)
        catalogue = queries.load_catalogue(connection, scope)
        return World(
            profile=profile(connection),
            catalogue=catalogue,
            places=places,
            populations=queries.load_populations(connection, scope, places),
            baselines=queries.load_baselines(connection, scope),
            targets=queries.load_targets(connection, scope),
            bands=queries.load_bands(connection, scope),
            annotations=queries.load_annotations(connection, scope),
            breaks=queries.load_breaks(connection, scope),
            notes=queries.load_notes(connection, scope),
            narratives=queries.load_narratives(connection, scope),
            evidence=queries.load_evidence(connection, scope),
            sources=queries.load_sources(connection, scope),
            vocabulary=queries.load_vocabulary(connection, scope, "culture2030"),
            measures=read_measures(DATA / "catalogue", catalogue),
        )


@st.cache_resource(max_entries=6, show_spinner=False)
def home_activities(stamp: Stamp) -> tuple[Activity, ...]:
    """The home city's register."""
    with reading(engine()) as connection:
        return queries.load_activities(connection, stamp.scope, [world(stamp).profile.home_place])


@st.cache_resource(max_entries=6, show_spinner=False)
def home_figures(stamp: Stamp) -> pd.DataFrame:
    """Every observation of the home city, recorded and rolled up."""
    here = world(stamp)
    with reading(engine()) as connection:
        recorded = queries.load_series(connection, stamp.scope, places=[here.home.slug])
    rolled = [_rolled(stamp, indicator) for indicator in here.catalogue.indicators if indicator.rollup]
    return pd.concat([recorded, *[frame for frame in rolled if len(frame)]], ignore_index=True)


@st.cache_resource(max_entries=256, show_spinner=False)
def series(stamp: Stamp, code: str, places: tuple[str, ...] | None) -> pd.DataFrame:
    """The observations of one indicator at some places, or everywhere: recorded and rolled up, or computed
    from those of others."""
    here = world(stamp)
    if code in here.measures.computed:
        return computed(stamp, code, places).frame
    indicator = here.catalogue.indicator(code)
    with reading(engine()) as connection:
        recorded = queries.load_series(connection, stamp.scope, [code], places)
    if indicator is None or not indicator.rollup or (places is not None and here.home.slug not in places):
        return recorded
    rolled = _rolled(stamp, indicator)
    return pd.concat([recorded, rolled], ignore_index=True) if len(rolled) else recorded


@st.cache_resource(max_entries=32, show_spinner=False)
def computed(stamp: Stamp, code: str, places: tuple[str, ...] | None) -> Computed:
    """The values of a computed indicator, and the periods that have none, with the reason."""
    here = world(stamp)
    made, inputs = here.measures.computed[code], here.inputs(code)
    frames = {one.code: series(stamp, one.code, places) for one in inputs}
    points = inputs_of(frames, inputs, here.places, here.breaks, here.notes)
    return compute(made.formula, made.indicator, points)


def _rolled(stamp: Stamp, indicator: Indicator) -> pd.DataFrame:
    here = world(stamp)
    return rollup(home_activities(stamp), indicator, here.home.country, here.currency, stamp.day)


@st.cache_resource(max_entries=256, show_spinner=False)
def shaped(stamp: Stamp, code: str, places: tuple[str, ...] | None, view: ViewKey) -> Shaped:
    """One indicator's observations, shaped for a view (`View` as a tuple of its fields)."""
    here = world(stamp)
    indicator = here.indicator(code)
    frame = series(stamp, code, places)
    breaks = here.breaks_of(code)
    made = normalise(
        frame, indicator, View(*view), here.places, here.populations, breaks, here.notes, (), here.home.slug
    )
    return compared(stamp, code, places, made)


def compared(stamp: Stamp, code: str, places: tuple[str, ...] | None, made: Shaped) -> Shaped:
    """What was shaped, graded by the passports of its places; a computed indicator is refused as well where
    its formula could not be worked out."""
    passes = comparability(stamp, code, places)
    if code in world(stamp).measures.computed:
        made = replace(made, refused=(*made.refused, *computed(stamp, code, places).refused))
    return graded(made, {slug: (p.grade, p.reasons) for slug, p in passes.items()})


@st.cache_resource(max_entries=64, show_spinner=False)
def comparability(stamp: Stamp, code: str, places: tuple[str, ...] | None) -> dict[str, Passport]:
    """The comparability passport of each place with values of an indicator, a computed one's no better than
    those of the indicators in its formula."""
    here = world(stamp)
    if inputs := here.inputs(code):
        return least_comparable([comparability(stamp, one.code, places) for one in inputs], code)
    indicator = here.indicator(code)
    frame = series(stamp, code, places)
    said = answers(stamp)
    return passports(frame, indicator, here.home.slug, here.sources, here.notes, here.breaks, said)


@st.cache_resource(max_entries=6, show_spinner=False)
def answers(stamp: Stamp) -> tuple[ComparabilityAnswer, ...]:
    """What people have answered about how far places can be compared."""
    with reading(engine()) as connection:
        return queries.load_answers(connection, stamp.scope)


@st.cache_resource(max_entries=6, show_spinner=False)
def verdicts(stamp: Stamp) -> dict[str, Verdict]:
    here = world(stamp)
    return judge(home_figures(stamp), here.catalogue, here.home, here.baselines, here.targets, here.breaks)


@st.cache_resource(max_entries=6, show_spinner=False)
def coverage(stamp: Stamp) -> dict[str, Coverage]:
    here = world(stamp)
    return cover(home_figures(stamp), here.catalogue, here.home, here.baselines, stamp.day)


@st.cache_resource(max_entries=256, show_spinner=False)
def comparison(stamp: Stamp, language: str, code: str, places: tuple[str, ...], view: ViewKey) -> ChartSpec:
    """The finished chart of one indicator at several places."""
    here, t = world(stamp), Translator(language)
    indicator = here.indicator(code)
    made, asked = shaped(stamp, code, places, view), View(*view)
    return compare_chart(
        made.points, indicator, t, places={slug: here.places[slug] for slug in places},
        home=here.home.slug, axis=asked.axis, unit=made.unit, currency=made.currency, per=asked.per,
        index_base=asked.index_base, targets=_of(here.targets, code),
        annotations=_around(here.annotations, code),
        breaks=here.breaks_of(code), sources=source_titles(stamp, language), undated=len(made.undated),
        refused=len(made.refused), invented=here.profile.invented,
    )  # fmt: skip


@st.cache_resource(max_entries=256, show_spinner=False)
def history_chart(stamp: Stamp, language: str, code: str, place: str) -> ChartSpec:
    """The finished chart of one indicator at one place, as published, over calendar time."""
    here, t = world(stamp), Translator(language)
    indicator = here.indicator(code)
    made = shaped(stamp, code, (place,), AS_PUBLISHED)
    return series_chart(
        made.points, indicator, t, place=here.places[place], unit=made.unit, currency=made.currency,
        baselines=_of(here.baselines, code), targets=_of(here.targets, code),
        annotations=_around(here.annotations, code), breaks=_of(here.breaks, code),
        sources=source_titles(stamp, language), undated=len(made.undated),
        refused=len(made.refused), invented=here.profile.invented,
        home=place == here.home.slug,
    )  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A finished chart, and what the browser is given of it."""

    spec: ChartSpec
    data: dict[str, Any]


@st.cache_resource(max_entries=64, show_spinner=False)
def drawn_comparison(stamp: Stamp, language: str, code: str, places: tuple[str, ...], view: ViewKey) -> Drawn:
    spec = comparison(stamp, language, code, places, view)
    return Drawn(spec, element_data(spec, Translator(language)))


@st.cache_resource(max_entries=64, show_spinner=False)
def drawn_history(stamp: Stamp, language: str, code: str, place: str) -> Drawn:
    spec = history_chart(stamp, language, code, place)
    return Drawn(spec, element_data(spec, Translator(language)))


@st.cache_resource(max_entries=512, show_spinner=False)
def spark(stamp: Stamp, language: str, code: str) -> ChartSpec:
    """The small chart of one indicator at the home city."""
    here, t = world(stamp), Translator(language)
    indicator = here.indicator(code)
    made = shaped(stamp, code, (here.home.slug,), AS_PUBLISHED)
    return sparkline(
        made.points, indicator, t, place=here.home, unit=made.unit, currency=made.currency,
        targets=_of(here.targets, code), breaks=_of(here.breaks, code), invented=here.profile.invented,
    )  # fmt: skip


def _around(annotations: tuple[domain.Annotation, ...], code: str) -> list[domain.Annotation]:
    """The annotations that hold for an indicator: its own and those for all."""
    return [note for note in annotations if note.indicator in ("", code)]


def _of(items: tuple[About, ...], code: str) -> list[About]:
    return [item for item in items if item.indicator == code]


@st.cache_resource(max_entries=12, show_spinner=False)
def source_titles(stamp: Stamp, language: str) -> dict[str, str]:
    """Source keys to titles; the city's own register and what is computed have no document of their own."""
    t = Translator(language)
    own = {REGISTER: t("source.register"), COMPUTED: t("source.computed")}
    return {key: source.title for key, source in world(stamp).sources.items()} | own


@st.cache_resource(max_entries=6, show_spinner=False)
def presence(stamp: Stamp) -> pd.DataFrame:
    """Which places have values of which indicators; the register's belong to the home city, and a computed
    one may be had where all of its formula is."""
    here = world(stamp)
    with reading(engine()) as connection:
        found = queries.load_presence(connection, stamp.scope)
    own = home_figures(stamp)
    rolled = own[own["observation"].isna()].groupby("indicator", sort=False).size()
    made = [(code, here.home.slug, True, bool(n > 1)) for code, n in rolled.items()]
    every = pd.concat([found, pd.DataFrame(made, columns=found.columns)], ignore_index=True)
    for code, of in here.measures.computed.items():
        parts = every[every["indicator"].isin(of.formula.codes)].groupby("place")
        whole = parts["indicator"].nunique() == len(of.formula.codes)
        both = parts[["dated", "series"]].all()[whole].reset_index()
        every = pd.concat([every, both.assign(indicator=code)[list(found.columns)]], ignore_index=True)
    return every


@st.cache_resource(max_entries=6, show_spinner=False)
def citations(stamp: Stamp) -> dict[str, int]:
    """How many observations cite each source."""
    with reading(engine()) as connection:
        return queries.count_by_source(connection, stamp.scope)


@st.cache_resource(max_entries=32, show_spinner=False)
def history(stamp: Stamp, code: str) -> pd.DataFrame:
    """Every recorded row of one indicator, newest first."""
    with reading(engine()) as connection:
        return queries.load_history(connection, stamp.scope, code, include_unapproved=stamp.submitted)
