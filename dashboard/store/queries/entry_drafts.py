"""What somebody typed and did not save; each person sees their own only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain.roles import Actor
from dashboard.store import schema


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """The fields of one form, and when they were last typed in (UTC)."""

    form: str
    payload: dict[str, Any]
    updated_at: datetime


def load_entries(connection: Connection, actor: Actor, prefix: str = "") -> tuple[KeptEntry, ...]:
    """What this person has kept of the forms whose names begin with `prefix`, the newest first."""
    table = schema.entry_draft
    rows = connection.execute(
        select(table)
        .where(table.c.actor == actor.email, table.c.form.startswith(prefix, autoescape=True))
        .order_by(table.c.updated_at.desc(), table.c.form)
    )
    return tuple(KeptEntry(row.form, json.loads(row.payload), row.updated_at) for row in rows)


def load_entry(connection: Connection, actor: Actor, form: str) -> KeptEntry | None:
    """What this person has kept of one form; None where there is nothing."""
    return next((kept for kept in load_entries(connection, actor, form) if kept.form == form), None)
