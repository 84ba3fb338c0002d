"""Frozen briefings: by their code, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.store import schema


@dataclass(frozen=True, slots=True)
class Frozen:
    """A briefing as it was kept. `revision` is the state of the store it was made of."""

    code: str
    language: str
    title: str
    revision: int
    recorded_at: datetime
    content: dict[str, Any]
    content_digest: str


def load_briefing(connection: Connection, code: str) -> Frozen | None:
    """The briefing with a code; None where there is none."""
    return next(iter(_load(connection, code)), None)


def load_briefings(connection: Connection) -> tuple[Frozen, ...]:
    """All briefings, the newest first."""
    return _load(connection, None)


def _load(connection: Connection, code: str | None) -> tuple[Frozen, ...]:
    table, sets = schema.briefing, schema.change_set
    query = (
        select(
            table.c.code, table.c.language, table.c.title_da, table.c.as_known_at, sets.c.recorded_at,
            table.c.content, table.c.content_digest,
        )
        .join(sets, sets.c.id == table.c.change_set_id)
        .order_by(table.c.id.desc())
    )  # fmt: skip
    if code is not None:
        query = query.where(table.c.code == code)
    return tuple(Frozen(*row) for row in connection.execute(query))
