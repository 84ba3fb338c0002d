"""Threads about a value and all its versions (F55); for the team, not for readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema


@dataclass(frozen=True, slots=True)
class Comment:
    """Something somebody said; `observation` is the version it was said about."""

    id: int
    observation: int
    text: str
    actor: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A first comment with what followed."""

    comments: tuple[Comment, ...]
    resolved: bool

    @property
    def id(self) -> int:
        return self.comments[0].id


def load_comments(connection: Connection, actor: Actor, observations: Iterable[int]) -> tuple[Thread, ...]:
    """The threads about the named observations and the other versions of their values, the oldest first."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o, said, sets = schema.observation, schema.observation_comment, schema.change_set
    keys = select(o.c.natural_key).where(o.c.id.in_(sorted(set(observations))))
    rows = connection.execute(
        select(said, sets.c.actor, sets.c.recorded_at)
        .join(o, o.c.id == said.c.observation_id)
        .join(sets, sets.c.id == said.c.change_set_id)
        .where(o.c.natural_key.in_(keys))
        .order_by(said.c.id)
    )
    threads: dict[int, list[Comment]] = {}
    resolved: dict[int, bool] = {}
    for row in rows:
        thread = row.thread_id or row.id
        resolved[thread] = bool(row.resolved)
        words = Comment(row.id, row.observation_id, row.text, row.actor, row.recorded_at)
        threads.setdefault(thread, []).append(words)
    return tuple(Thread(tuple(comments), resolved[thread]) for thread, comments in threads.items())
