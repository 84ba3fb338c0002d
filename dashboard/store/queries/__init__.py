"""Every way to read. A query takes a connection and a scope, and gives values or a tidy frame."""

from dashboard.store.queries.activities import load_activities
from dashboard.store.queries.bands import load_bands
from dashboard.store.queries.batches import Batch, count_in_batches, find_file, load_batch, load_batches
from dashboard.store.queries.briefings import Frozen, load_briefing, load_briefings
from dashboard.store.queries.catalogue import load_catalogue, load_vocabulary
from dashboard.store.queries.comments import Comment, OpenThread, Thread, load_comments, load_open_threads
from dashboard.store.queries.comparability import load_answers
from dashboard.store.queries.completeness import first_day, load_awaiting_periods, load_reported
from dashboard.store.queries.context import (
    load_annotations,
    load_baselines,
    load_breaks,
    load_evidence,
    load_narratives,
    load_notes,
    load_targets,
)
from dashboard.store.queries.entry_drafts import KeptEntry, load_entries, load_entry
from dashboard.store.queries.evidence import Attached, load_documents
from dashboard.store.queries.follow_ups import load_follow_ups
from dashboard.store.queries.history import Change, load_changes, load_history
from dashboard.store.queries.locks import PeriodLock, load_locks
from dashboard.store.queries.mappings import recall_mapping
from dashboard.store.queries.members import Member, actor_of, load_members
from dashboard.store.queries.observations import load_series
from dashboard.store.queries.pending_activities import (
    PendingActivity,
    load_pending_activities,
    load_proposed,
)
from dashboard.store.queries.places import load_places, load_populations
from dashboard.store.queries.presence import load_presence
from dashboard.store.queries.prices import load_price_tables
from dashboard.store.queries.review import (
    Listed,
    Pile,
    count_pile,
    load_batch_rows,
    load_pile,
    rows_of_batch,
)
from dashboard.store.queries.scope import Scope, current_revision, recorded_at, revision_at
from dashboard.store.queries.sources import count_by_source, load_sources
from dashboard.store.queries.value_history import ValueVersion, load_value_history

__all__ = [
    "Attached",
    "Batch",
    "Change",
    "Comment",
    "Frozen",
    "KeptEntry",
    "Listed",
    "Member",
    "OpenThread",
    "PendingActivity",
    "PeriodLock",
    "Pile",
    "Scope",
    "Thread",
    "ValueVersion",
    "actor_of",
    "count_by_source",
    "count_in_batches",
    "count_pile",
    "current_revision",
    "find_file",
    "first_day",
    "load_activities",
    "load_annotations",
    "load_answers",
    "load_awaiting_periods",
    "load_bands",
    "load_baselines",
    "load_batch",
    "load_batch_rows",
    "load_batches",
    "load_breaks",
    "load_briefing",
    "load_briefings",
    "load_catalogue",
    "load_changes",
    "load_comments",
    "load_documents",
    "load_entries",
    "load_entry",
    "load_evidence",
    "load_follow_ups",
    "load_history",
    "load_locks",
    "load_members",
    "load_narratives",
    "load_notes",
    "load_open_threads",
    "load_pending_activities",
    "load_pile",
    "load_places",
    "load_populations",
    "load_presence",
    "load_price_tables",
    "load_proposed",
    "load_reported",
    "load_series",
    "load_sources",
    "load_targets",
    "load_value_history",
    "load_vocabulary",
    "recall_mapping",
    "recorded_at",
    "revision_at",
    "rows_of_batch",
]
