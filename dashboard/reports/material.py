"""What a briefing is made of: one reading of the store, cut to what was known of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from babel.numbers import get_territory_currencies

from dashboard.analysis.comparability import passports
from dashboard.analysis.coverage import Coverage, coverage
from dashboard.analysis.normalise import Shaped, View, graded, normalise
from dashboard.analysis.rollup import rollup
from dashboard.analysis.verdict import Verdict
from dashboard.analysis.verdict import verdicts as judge
from dashboard.domain import catalogue as domain
from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import Catalogue, Indicator, Place, Source
from dashboard.domain.evidence import EvidenceLink
from dashboard.store import queries
from dashboard.store.lifecycle import Profile, profile
from dashboard.store.queries.scope import Scope

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Material:
    """Everything approved about the home city, until the end of a period; analysis on demand, once."""

    profile: Profile
    revision: int
    until: date
    today: date
    catalogue: Catalogue
    places: Mapping[str, Place]
    populations: tuple[domain.Population, ...]
    baselines: tuple[domain.Baseline, ...]
    targets: tuple[domain.Target, ...]
    annotations: tuple[domain.Annotation, ...]
    breaks: tuple[domain.SeriesBreak, ...]
    notes: tuple[domain.ComparabilityNote, ...]
    narratives: tuple[domain.Narrative, ...]
    evidence: tuple[EvidenceLink, ...]
    sources: Mapping[str, Source]
    activities: tuple[Activity, ...]
    recorded: pd.DataFrame

    @property
    def home(self) -> Place:
        return self.places[self.profile.home_place]

    @property
    def currency(self) -> str:
        return str(get_territory_currencies(self.home.country or "DK")[0])

    @property
    def day(self) -> date:
        """The day that grades and freshness are told of: the end of the period, today where it still runs."""
        return min(self.until, self.today)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every figure of the home city, recorded and rolled up, none of a time after `until`."""
        # What is over at the end of the period is over; a period that still runs is not made whole.
        after = min(self.until + timedelta(days=1), self.today)
        rolled = [
            rollup(self.activities, i, self.home.country, self.currency, after)
            for i in self.catalogue.indicators
            if i.rollup
        ]
        found = pd.concat([self.recorded, *[frame for frame in rolled if len(frame)]], ignore_index=True)
        begins = found["period_start"].fillna(found["period_end"])
        return found[begins.isna() | (begins <= pd.Timestamp(self.until))].reset_index(drop=True)

    @cached_property
    def coverage(self) -> dict[str, Coverage]:
        return coverage(self.figures, self.catalogue, self.home, self.baselines, self.day)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        return judge(self.figures, self.catalogue, self.home, self.baselines, self.targets, self.breaks)

    def shaped(self, indicator: Indicator) -> Shaped:
        """One indicator's figures as published, graded."""
        frame = self.figures[self.figures["indicator"] == indicator.code].reset_index(drop=True)
        made = normalise(frame, indicator, View(), self.places, self.populations, self.breaks, self.notes)
        passes = passports(frame, indicator, self.home.slug, self.sources, self.notes, self.breaks)
        return graded(made, {slug: (p.grade, p.reasons) for slug, p in passes.items()})


def gather(connection: Connection, until: date, today: date, scope: Scope | None = None) -> Material:
    """What the store holds as known at the scope, about times until `until`, seen from `today`."""
    seen = scope or Scope()
    made = profile(connection)
    places = queries.load_places(connection, seen)
    revision = queries.current_revision(connection) if seen.as_known_at is None else seen.as_known_at
    return Material(
        profile=made, revision=revision, until=until, today=today,
        catalogue=queries.load_catalogue(connection, seen), places=places,
        populations=queries.load_populations(connection, seen, [made.home_place]),
        baselines=queries.load_baselines(connection, seen), targets=queries.load_targets(connection, seen),
        annotations=queries.load_annotations(connection, seen), breaks=queries.load_breaks(connection, seen),
        notes=queries.load_notes(connection, seen), narratives=queries.load_narratives(connection, seen),
        evidence=queries.load_evidence(connection, seen), sources=queries.load_sources(connection, seen),
        activities=queries.load_activities(connection, seen, [made.home_place]),
        recorded=queries.load_series(connection, seen, places=[made.home_place]),
    )  # fmt: skip
