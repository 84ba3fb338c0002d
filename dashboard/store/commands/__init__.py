"""Every way to write. Each command: require the permission → check → write → note one change.

Commands never commit; the unit of work does, so that two commands make one transaction.
"""

from dashboard.store.commands.activities import register
from dashboard.store.commands.definitions import (
    define_claims,
    define_indicators,
    define_places,
    define_populations,
    define_sources,
    define_vocabulary,
)
from dashboard.store.commands.judgements import (
    annotate,
    link_evidence,
    mark_breaks,
    narrate,
    note_comparability,
    prefer,
    set_baselines,
    set_targets,
)
from dashboard.store.commands.observations import open_batch, record

__all__ = [
    "annotate",
    "define_claims",
    "define_indicators",
    "define_places",
    "define_populations",
    "define_sources",
    "define_vocabulary",
    "link_evidence",
    "mark_breaks",
    "narrate",
    "note_comparability",
    "open_batch",
    "prefer",
    "record",
    "register",
    "set_baselines",
    "set_targets",
]
