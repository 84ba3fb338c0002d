"""Stories that somebody began and nobody has published: for those who write, never for the public."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.domain.catalogue import Narrative
from dashboard.domain.period import Period, Precision
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, newest


def load_narrative_drafts(connection: Connection, actor: Actor, language: str) -> dict[str, Narrative]:
    """By subject, the newest story in a language where it is newer than what is published of it."""
    actor.require_somewhere(Permission.RECORD)
    table = schema.narrative
    current = newest(table, Scope(), table.c.subject, table.c.language)
    rows = connection.execute(
        select(current).where(current.c.published.is_(False), current.c.language == language)
    )
    return {
        row.subject: Narrative(
            row.subject, Period(row.period_start, row.period_end, Precision(row.period_precision)),
            row.language, row.analysis, row.recommendation, False, row.author,
        )
        for row in rows
    }  # fmt: skip
