"""Every way to write. Each command: require the permission → check → write → note one change.

Commands never commit; the unit of work does, so that two commands make one transaction.
"""

from dashboard.store.commands.activities import register
from dashboard.store.commands.activity_review import decide_activities
from dashboard.store.commands.bands import set_bands
from dashboard.store.commands.batches import Undone, restore, undo_batch
from dashboard.store.commands.briefings import freeze_briefing
from dashboard.store.commands.comments import comment, reply, resolve
from dashboard.store.commands.comparability import answer_comparability
from dashboard.store.commands.definitions import (
    define_claims,
    define_indicators,
    define_places,
    define_populations,
    define_sources,
    define_vocabulary,
)
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.commands.evidence import attach_documents
from dashboard.store.commands.follow_ups import answer_follow_up
from dashboard.store.commands.grades import grade
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
from dashboard.store.commands.mappings import remember_mapping
from dashboard.store.commands.members import add_member, disable_member, grant_role, revoke_role
from dashboard.store.commands.observations import open_batch, record
from dashboard.store.commands.prices import define_price_tables, examine_price_tables
from dashboard.store.commands.review import approve, return_, submit, withdraw

__all__ = [
    "Undone",
    "add_member",
    "annotate",
    "answer_comparability",
    "answer_follow_up",
    "approve",
    "attach_documents",
    "comment",
    "decide_activities",
    "define_claims",
    "define_indicators",
    "define_places",
    "define_populations",
    "define_price_tables",
    "define_sources",
    "define_vocabulary",
    "disable_member",
    "examine_price_tables",
    "forget_entry",
    "freeze_briefing",
    "grade",
    "grant_role",
    "keep_entry",
    "link_evidence",
    "lock_period",
    "mark_breaks",
    "narrate",
    "note_comparability",
    "open_batch",
    "prefer",
    "record",
    "register",
    "remember_mapping",
    "reply",
    "resolve",
    "restore",
    "return_",
    "revoke_role",
    "set_bands",
    "set_baselines",
    "set_targets",
    "submit",
    "undo_batch",
    "unlock_period",
    "withdraw",
]
