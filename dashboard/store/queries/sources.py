"""Sources, and how much stands on each."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from dashboard.domain.catalogue import Source
from dashboard.store import schema
from dashboard.store.queries.presence import visible
from dashboard.store.queries.scope import Scope, known


def load_sources(connection: Connection, scope: Scope) -> dict[str, Source]:
    """All sources by key."""
    table = schema.source
    rows = connection.execute(select(table).where(known(table, scope)).order_by(table.c.key))
    return {
        row.key: Source(
            row.key, row.title, row.producer, row.address, row.archived_address, row.published,
            row.accessed, row.licence, row.citation, row.interested_party, row.verified, row.note,
        )
        for row in rows
    }  # fmt: skip


def count_by_source(connection: Connection, scope: Scope) -> dict[str, int]:
    """How many visible facts cite each source key; a corrected value is one, a draft is none."""
    source, observation = schema.source, schema.observation
    rows = connection.execute(
        select(source.c.key, func.count(observation.c.natural_key.distinct()))
        .join(observation, observation.c.source_id == source.c.id)
        .where(visible(scope))
        .group_by(source.c.key)
    )
    return {row[0]: row[1] for row in rows}
