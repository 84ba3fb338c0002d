"""Every way to read. A query takes a connection and a scope, and gives values or a tidy frame."""

from dashboard.store.queries.activities import load_activities
from dashboard.store.queries.catalogue import load_catalogue, load_vocabulary
from dashboard.store.queries.context import (
    load_annotations,
    load_baselines,
    load_breaks,
    load_evidence,
    load_narratives,
    load_notes,
    load_targets,
)
from dashboard.store.queries.history import Change, load_changes, load_history
from dashboard.store.queries.observations import load_series
from dashboard.store.queries.places import load_places, load_populations
from dashboard.store.queries.presence import load_presence
from dashboard.store.queries.scope import Scope, current_revision, recorded_at, revision_at
from dashboard.store.queries.sources import count_by_source, load_sources

__all__ = [
    "Change",
    "Scope",
    "count_by_source",
    "current_revision",
    "load_activities",
    "load_annotations",
    "load_baselines",
    "load_breaks",
    "load_catalogue",
    "load_changes",
    "load_evidence",
    "load_history",
    "load_narratives",
    "load_notes",
    "load_places",
    "load_populations",
    "load_presence",
    "load_series",
    "load_sources",
    "load_targets",
    "load_vocabulary",
    "recorded_at",
    "revision_at",
]
