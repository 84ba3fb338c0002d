"""A whole data set as drafts, and the reader of the own folder format (see ``data/demo``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.domain.activity import Activity
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    Catalogue,
    ComparabilityNote,
    Narrative,
    Place,
    Population,
    SeriesBreak,
    Source,
    Target,
    VocabularyCode,
)
from dashboard.domain.comparability import ComparabilityAnswer
from dashboard.domain.evidence import EvidenceLink, Preference
from dashboard.domain.follow_up import FollowUpAnswer
from dashboard.domain.observation import Draft
from dashboard.domain.prices import PriceTable
from dashboard.domain.problem import Problem
from dashboard.domain.promise import Promise
from dashboard.domain.report_section import ReportSection
from dashboard.domain.text import Text
from dashboard.intake.crosscheck import check_set
from dashboard.intake.folder import (
    SetCard,
    read_activities,
    read_card,
    read_follow_ups,
    read_observations,
    read_places,
    read_populations,
    read_sources,
)
from dashboard.intake.judgements import Judgements, match_preferences, read_judgements
from dashboard.intake.prices import FILE as PRICES
from dashboard.intake.prices import read_prices
from dashboard.intake.promises import FILE as PROMISES
from dashboard.intake.promises import read_promises
from dashboard.intake.reconciliation import NOTHING_READ, Reconciliation
from dashboard.intake.report_sections import FILE as REPORT_SECTIONS
from dashboard.intake.report_sections import read_report_sections


@dataclass(frozen=True, slots=True)
class DataSet:
    """Everything a folder holds, as drafts; `problems` carry ``params["file"]`` and the 1-based row.

    `invented` says that no figure in it is real: such a set never enters a real store.
    """

    title: Text = Text()
    invented: bool = False
    home_place: str = ""
    licence: str = ""
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    populations: tuple[Population, ...] = ()
    observations: tuple[Draft, ...] = ()
    activities: tuple[Activity, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    series_breaks: tuple[SeriesBreak, ...] = ()
    comparability_notes: tuple[ComparabilityNote, ...] = ()
    comparability_answers: tuple[ComparabilityAnswer, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    preferences: tuple[Preference, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    bands: tuple[tuple[Bands, str], ...] = ()
    follow_ups: tuple[FollowUpAnswer, ...] = ()
    vocabulary: tuple[VocabularyCode, ...] = ()
    quotations: tuple[tuple[str, Text], ...] = ()
    promises: tuple[Promise, ...] = ()
    report_sections: tuple[ReportSection, ...] = ()
    price_tables: tuple[PriceTable, ...] = ()
    rows: Reconciliation = NOTHING_READ
    problems: tuple[Problem, ...] = ()

    def in_own_words(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with the claims that this city words differently in its own words."""
        own = dict(self.quotations)
        claims = tuple(replace(c, quotation=own.get(c.id, c.quotation)) for c in catalogue.claims)
        return replace(catalogue, claims=claims)

    def place(self, slug: str) -> Place | None:
        return next((place for place in self.places if place.slug == slug), None)

    def source(self, key: str) -> Source | None:
        return next((source for source in self.sources if source.key == key), None)


def read_folder(folder: Path, catalogue: Catalogue | None = None) -> DataSet:
    """The data set of a folder in the product's own format.

    With a `catalogue`, every observation is checked against its indicator too. A file that is not there
    holds nothing; only ``set.toml``, ``places.toml`` and ``sources.toml`` must be there.
    """
    problems: list[Problem] = []
    card = read_card(folder / "set.toml", problems)
    places, place_rows = read_places(folder / "places.toml", problems)
    sources, source_rows = read_sources(folder / "sources.toml", problems)
    populations, population_rows = read_populations(folder / "populations.csv", problems)
    observations, observation_rows = read_observations(folder / "observations.csv", problems, catalogue)
    activities, activity_rows = read_activities(folder / "activities.csv", problems)
    judgements = read_judgements(folder / "judgements.toml", problems)
    promises = read_promises(folder / PROMISES, problems)
    sections = read_report_sections(folder / REPORT_SECTIONS, problems)
    follow_ups, follow_up_rows = read_follow_ups(folder / "follow_ups.csv", problems)
    price_tables = read_prices(folder / PRICES, card.price_source, problems)
    files = (place_rows, source_rows, population_rows, observation_rows, activity_rows, follow_up_rows)
    return assembled(
        card=card, places=places, sources=sources, populations=populations, observations=observations,
        activities=activities, vocabulary=(), judgements=judgements,
        rows=Reconciliation(tuple(file for file in files if file is not None)),
        problems=problems, catalogue=catalogue, promises=promises, follow_ups=follow_ups,
        price_tables=price_tables, report_sections=sections,
    )  # fmt: skip


def assembled(
    *,
    card: SetCard,
    places: Iterable[Place],
    sources: Iterable[Source],
    populations: Iterable[Population],
    observations: Iterable[Draft],
    activities: Iterable[Activity],
    vocabulary: Iterable[VocabularyCode],
    judgements: Judgements,
    rows: Reconciliation,
    problems: list[Problem],
    catalogue: Catalogue | None,
    promises: tuple[Promise, ...] = (),
    follow_ups: Iterable[FollowUpAnswer] = (),
    price_tables: tuple[PriceTable, ...] = (),
    report_sections: tuple[ReportSection, ...] = (),
) -> DataSet:
    """The data set of what was read, with the problems between its parts added."""
    drafts = tuple(observations)
    preferences = match_preferences(judgements, drafts, problems)
    dataset = DataSet(
        title=card.title, invented=card.invented, home_place=card.home_place, licence=card.licence,
        places=tuple(places), sources=tuple(sources), populations=tuple(populations), observations=drafts,
        activities=tuple(activities), baselines=judgements.baselines, targets=judgements.targets,
        annotations=judgements.annotations, series_breaks=judgements.series_breaks,
        comparability_notes=judgements.comparability_notes, narratives=judgements.narratives,
        comparability_answers=judgements.comparability_answers,
        preferences=preferences, evidence=judgements.evidence, vocabulary=tuple(vocabulary), rows=rows,
        quotations=card.quotations, promises=promises, bands=judgements.bands, follow_ups=tuple(follow_ups),
        price_tables=price_tables, report_sections=report_sections,
    )  # fmt: skip
    problems += check_set(dataset, catalogue)
    return dataclasses.replace(dataset, problems=tuple(problems))
