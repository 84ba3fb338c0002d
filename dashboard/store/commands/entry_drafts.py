"""Keeping what somebody types before it is saved, so that a closed tab loses nothing.

This is no observation and no change of the store: it has its own short transaction, raises no revision
and leaves no trace when it is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.work import translated


def keep_entry(engine: Engine, actor: Actor, form: str, payload: Mapping[str, Any]) -> None:
    """Keep the fields of a form as they stand; what was kept of it before is replaced.

    `form` names the form and what it is about ("enter:press_articles:viborg:2023"); `payload` are plain
    JSON values, texts as they were typed.
    """
    actor.require_somewhere(Permission.RECORD)
    table = schema.entry_draft
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    words = {
        "payload": json.dumps(payload, ensure_ascii=True, allow_nan=False),
        "updated_at": datetime.now(UTC).replace(tzinfo=None),
    }
    statement = (
        insert(table)
        .values(actor=actor.email, form=form, **words)
        .on_conflict_do_update(index_elements=["actor", "form"], set_=words)
    )
    with translated(), engine.begin() as connection:
        connection.execute(statement)


def forget_entry(engine: Engine, actor: Actor, form: str) -> bool:
    """Forget what was kept of a form, because it was saved or discarded; whether there was anything."""
    table = schema.entry_draft
    with translated(), engine.begin() as connection:
        gone = connection.execute(delete(table).where(table.c.actor == actor.email, table.c.form == form))
        return gone.rowcount > 0
