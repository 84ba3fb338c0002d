"""Threads about a value and all its versions (F55); for the team, not for readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from dashboard.domain.period import Period, Precision
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.claim_rights import ClaimRights


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
    readable = ClaimRights(connection, actor).within(Permission.READ_SUBMITTED)
    keys = select(o.c.natural_key).where(o.c.id.in_(sorted(set(observations))), readable)
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


@dataclass(frozen=True, slots=True)
class OpenThread:
    """A thread that nobody has resolved, and the value it is about; `last` is the newest word in it."""

    first: Comment
    last: Comment
    answers: int
    indicator: str
    place: str
    period: Period


def load_open_threads(connection: Connection, actor: Actor) -> tuple[OpenThread, ...]:
    """What is talked about and not resolved, the thread with the newest word first; for the team."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o, said, sets = schema.observation, schema.observation_comment, schema.change_set
    thread = func.coalesce(said.c.thread_id, said.c.id)
    newest = select(func.max(said.c.id)).group_by(thread)
    unresolved = select(thread).where(said.c.id.in_(newest), said.c.resolved.is_not(True))
    rows = connection.execute(
        select(
            said, thread.label("thread"), sets.c.actor, sets.c.recorded_at, schema.indicator.c.code,
            schema.place.c.slug, o.c.period_start, o.c.period_end, o.c.period_precision,
        )
        .join(o, o.c.id == said.c.observation_id)
        .join(schema.indicator, schema.indicator.c.id == o.c.indicator_id)
        .join(schema.place, schema.place.c.id == o.c.place_id)
        .join(sets, sets.c.id == said.c.change_set_id)
        .where(thread.in_(unresolved), ClaimRights(connection, actor).within(Permission.READ_SUBMITTED))
        .order_by(said.c.id)
    )  # fmt: skip
    found: dict[int, OpenThread] = {}
    for row in rows:
        words = Comment(row.id, row.observation_id, row.text, row.actor, row.recorded_at)
        before = found.get(row.thread)
        if before is None:
            period = Period(row.period_start, row.period_end, Precision(row.period_precision))
            found[row.thread] = OpenThread(words, words, 0, row.code, row.slug, period)
        else:
            found[row.thread] = replace(before, last=words, answers=before.answers + 1)
    return tuple(sorted(found.values(), key=lambda one: -one.last.id))
