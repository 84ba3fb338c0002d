"""Every way to write. Each command: require the permission → check → write → note one change.

Commands never commit; the unit of work does, so that two commands make one transaction.
"""

from dashboard.store.commands.activities import register
from dashboard.store.commands.batches import Undone, restore, undo_batch
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
from dashboard.store.commands.locks import lock_period, unlock_period
from dashboard.store.commands.observations import open_batch, record
from dashboard.store.commands.review import approve, return_, submit, withdraw

__all__ = [
    "Undone",
    "annotate",
    "approve",
    "define_claims",
    "define_indicators",
    "define_places",
    "define_populations",
    "define_sources",
    "define_vocabulary",
    "link_evidence",
    "lock_period",
    "mark_breaks",
    "narrate",
    "note_comparability",
    "open_batch",
    "prefer",
    "record",
    "register",
    "restore",
    "return_",
    "set_baselines",
    "set_targets",
    "submit",
    "undo_batch",
    "unlock_period",
    "withdraw",
]
