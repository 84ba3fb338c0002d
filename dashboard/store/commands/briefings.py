"""Freezing a briefing (N15, F38): kept whole under a short code, for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from dashboard.domain.roles import Permission
from dashboard.domain.text import Text
from dashboard.store.commands.rows import insert_one, schema
from dashboard.store.work import UnitOfWork


def freeze_briefing(
    work: UnitOfWork, code: str, language: str, title: str, as_known_at: int, content: Mapping[str, Any],
    content_digest: str,
) -> bool:  # fmt: skip
    """Keep the content of a pack; False where the same code, and so the same content, is kept already.

    Raises `PermissionDeniedError` for an actor who may not approve.
    """
    work.actor.require(Permission.APPROVE)
    table = schema.briefing
    there = work.connection.execute(select(table.c.id).where(table.c.code == code)).one_or_none()
    if there is not None:
        return False
    both = Text(title, title)
    insert_one(
        work.connection, table, code=code, language=language, title_da=both.da, title_en=both.en,
        as_known_at=as_known_at, content=dict(content), content_digest=content_digest,
        change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note("freeze", "briefing", code, after={"digest": content_digest, "title": title})
    return True
