"""All versions of values, with every decision: what review, undo and history reason about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import NOW, Version
from dashboard.store import schema

PART = 1_000
"""Keys a query: SQLite takes 32,766 values, PostgreSQL 65,535."""


@dataclass(frozen=True, slots=True)
class Member:
    """One row of an observation, as far as deciding about it needs.

    `row` has the columns that `load_families` selects, `decisions` those of `load_decisions`.
    """

    version: Version
    row: Any
    decisions: tuple[Any, ...]

    @property
    def id(self) -> int:
        return self.version.id

    @property
    def state(self) -> WorkflowState:
        return self.version.states[-1][1]

    @property
    def last_word(self) -> tuple[str, datetime | None]:
        """Who brought it into its state, and when."""
        latest = self.decisions[-1] if self.decisions else self.row
        return latest.actor, latest.recorded_at


def load_families(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[Member, ...]]:
    """The rows of each natural key by sequence, whatever their state; at most `PART` keys at a time."""
    o, sets = schema.observation, schema.change_set
    rows = connection.execute(
        select(
            o.c.id, o.c.natural_key, o.c.sequence, o.c.state, o.c.content_digest, o.c.batch_id,
            o.c.change_set_id, o.c.indicator_id, o.c.place_id, o.c.period_start, o.c.period_end,
            schema.indicator.c.code.label("indicator"), schema.place.c.slug.label("place"),
            sets.c.actor, sets.c.recorded_at, sets.c.revision,
        )
        .join(sets, sets.c.id == o.c.change_set_id)
        .join(schema.indicator, schema.indicator.c.id == o.c.indicator_id)
        .join(schema.place, schema.place.c.id == o.c.place_id)
        .where(o.c.natural_key.in_(keys))
        .order_by(o.c.natural_key, o.c.sequence)
    ).all()  # fmt: skip
    decisions = load_decisions(connection, [row.id for row in rows])
    families: dict[str, list[Member]] = defaultdict(list)
    for row in rows:
        own = tuple(decisions.get(row.id, ()))
        families[row.natural_key].append(Member(_version(row, own), row, own))
    return {key: tuple(members) for key, members in families.items()}


def load_decisions(connection: Connection, observations: Iterable[int]) -> dict[int, list[Any]]:
    """The decisions about each observation by sequence."""
    decision, sets = schema.observation_decision, schema.change_set
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(observations)
    for first in range(0, len(wanted), 10 * PART):
        for row in connection.execute(
            select(
                decision.c.observation_id, decision.c.sequence, decision.c.state, decision.c.note,
                decision.c.self_approved, decision.c.change_set_id, sets.c.actor, sets.c.recorded_at,
                sets.c.revision,
            )
            .join(sets, sets.c.id == decision.c.change_set_id)
            .where(decision.c.observation_id.in_(wanted[first : first + 10 * PART]))
            .order_by(decision.c.observation_id, decision.c.sequence)
        ):  # fmt: skip
            found[row.observation_id].append(row)
    return found


def _version(row: Any, decisions: Sequence[Any]) -> Version:
    """What is written in the unit of work that is still open has no revision yet: it is the newest."""
    return Version(
        row.id,
        row.sequence,
        tuple(
            (NOW if item.revision is None else item.revision, WorkflowState(item.state))
            for item in (row, *decisions)
        ),
    )
