"""Talking about a value (F55): threads that are only added to."""

from __future__ import annotations

from sqlalchemy import select

from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.domain.text import UNPRINTABLE
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.rows import insert_one, schema
from dashboard.store.work import UnitOfWork


def comment(work: UnitOfWork, observation_id: int, text: str) -> int:
    """Begin a thread about a value; gives its id."""
    work.actor.require_somewhere(Permission.RECORD)
    o = schema.observation
    if work.connection.execute(select(o.c.id).where(o.c.id == observation_id)).one_or_none() is None:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    return _say(work, observation_id, None, text, None)


def reply(work: UnitOfWork, thread_id: int, text: str) -> int:
    """Add to a thread; it is open again if it was resolved. Gives the id of the reply."""
    return _answer(work, thread_id, text, False)


def resolve(work: UnitOfWork, thread_id: int, text: str = "") -> int:
    """Close a thread, with or without a last word."""
    return _answer(work, thread_id, text, True)


def _answer(work: UnitOfWork, thread_id: int, text: str, resolved: bool) -> int:
    work.actor.require_somewhere(Permission.RECORD)
    table = schema.observation_comment
    first = work.connection.execute(
        select(table.c.observation_id, table.c.thread_id).where(table.c.id == thread_id)
    ).one_or_none()
    if first is None or first.thread_id is not None:
        raise InvalidChoiceError("error.review.no_thread", what=thread_id)
    return _say(work, first.observation_id, thread_id, text, resolved)


def _say(work: UnitOfWork, observation_id: int, thread: int | None, text: str, resolved: bool | None) -> int:
    if not text.strip() and not resolved:
        raise InvalidDraftsError([Problem("comment_required", "text")])
    if UNPRINTABLE.search(text):
        raise InvalidDraftsError([Problem("text_unprintable", "text")])
    said = insert_one(
        work.connection, schema.observation_comment, observation_id=observation_id, thread_id=thread,
        text=text.strip(), resolved=resolved, change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note("resolve" if resolved else "comment", "observation_comment", str(thread or said), after=text)
    return said
