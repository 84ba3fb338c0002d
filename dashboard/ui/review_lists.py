"""What the lists of the review page hold: values, records of the register, and batches of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.domain.activity import Activity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.roles import Permission
from dashboard.store import queries
from dashboard.store.queries.batches import Batch
from dashboard.store.queries.pending_activities import PendingActivity
from dashboard.store.queries.review import Listed, Pile
from dashboard.ui.session import Visit

if TYPE_CHECKING:
    from sqlalchemy import Connection

STATE_OF = {
    Pile.WAITING: WorkflowState.SUBMITTED,
    Pile.RETURNED: WorkflowState.RETURNED,
    Pile.DRAFTS: WorkflowState.DRAFT,
    Pile.SUBMITTED: WorkflowState.SUBMITTED,
}
"""The lists in their order, and the state of what they hold; all but the first hold one's own."""


@dataclass(frozen=True)
class Filter:
    """What was chosen: a claim ("" for all), and the indicators to show (None: all)."""

    claim: str
    indicators: tuple[str, ...] | None
    one_indicator: bool


@dataclass(frozen=True)
class Proposed:
    """A record under review: what it says in public, if anything, and what it would say."""

    pending: PendingActivity
    old: Activity | None
    new: Activity


@dataclass(frozen=True)
class Lists:
    """What waits for one person, list by list. `records` and `batches` are whole, values are counted."""

    values: Mapping[Pile, int]
    records: Mapping[Pile, Sequence[Proposed]]
    batches: Mapping[Pile, Sequence[tuple[Batch, int]]]

    def total(self, pile: Pile) -> int:
        in_batches = sum(count for _, count in self.batches[pile])
        return self.values[pile] + len(self.records[pile]) + in_batches


@dataclass(frozen=True)
class Shown:
    """One page of one list, with what stands beside its values."""

    pile: Pile
    values: Listed
    records: Sequence[Proposed]
    batches: Sequence[tuple[Batch, int]]
    open_threads: Mapping[int, int]


def load_lists(connection: Connection, chosen: Filter, visit: Visit) -> Lists:
    """The lists that this person has; who may not approve has no first one."""
    piles = [p for p in STATE_OF if p is not Pile.WAITING or visit.actor.may_somewhere(Permission.APPROVE)]
    pending = queries.load_pending_activities(connection, visit.actor)
    wanted = None if chosen.indicators is None else list(chosen.indicators)
    records = _records(connection, [p for p in pending if p.batch is None], chosen, visit)
    batches = {p: [] if wanted is not None else _batches(connection, p, pending, visit) for p in piles}

    def may(pile: Pile, own: bool) -> bool:
        """A record of the register belongs to no claim alone: who decides about one, decides about all."""
        return visit.actor.may(Permission.APPROVE) if pile is Pile.WAITING else own

    return Lists(
        {p: queries.count_pile(connection, visit.actor, p, indicators=wanted) for p in piles},
        {
            p: [one for one in records if one.pending.state is STATE_OF[p] and may(p, one.pending.own)]
            for p in piles
        },
        batches,
    )


def load_shown(
    connection: Connection, lists: Lists, pile: Pile, offset: int, limit: int, chosen: Filter, visit: Visit
) -> Shown:
    """A page of a list, with how many open threads there are about each of its values."""
    wanted = None if chosen.indicators is None else list(chosen.indicators)
    values = queries.load_pile(connection, visit.actor, pile, limit, offset, indicators=wanted)
    ids = [int(id) for id in values.rows["observation"]]
    threads = queries.load_comments(connection, visit.actor, ids) if ids else ()
    unresolved = Counter(one.comments[0].observation for one in threads if not one.resolved)
    return Shown(pile, values, lists.records[pile][:limit], lists.batches[pile], unresolved)


def _records(
    connection: Connection, pending: Sequence[PendingActivity], chosen: Filter, visit: Visit
) -> list[Proposed]:
    """The records under review beside what they say in public; they belong to claims, not to indicators."""
    if chosen.one_indicator:
        return []
    proposed = queries.load_proposed(connection, visit.actor, [p.key for p in pending])
    found = [Proposed(p, *proposed[p.key]) for p in pending if p.key in proposed]
    return [one for one in found if not chosen.claim or chosen.claim in one.new.claims]


def _batches(
    connection: Connection, pile: Pile, pending: Sequence[PendingActivity], visit: Visit
) -> list[tuple[Batch, int]]:
    """The batches with something on a list, and how much of it, the newest first."""
    waiting, actor = pile is Pile.WAITING, visit.actor
    needed = Permission.APPROVE if waiting else Permission.READ_SUBMITTED
    counts = Counter(queries.count_in_batches(connection, actor, needed))
    if actor.may(needed):
        counts.update((p.batch, p.state) for p in pending if p.batch is not None)
    listed = {id: count for (id, state), count in counts.items() if state is STATE_OF[pile]}
    found = [queries.load_batch(connection, actor, id) for id in sorted(listed, reverse=True)]
    return [(b, listed[b.id]) for b in found if b is not None and (waiting or b.actor == actor.email)]
