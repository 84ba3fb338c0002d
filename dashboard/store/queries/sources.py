"""Sources, and how much stands on each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from dashboard.domain.catalogue import Source
from dashboard.store import schema
from dashboard.store.queries.presence import visible
from dashboard.store.queries.scope import Scope, known, newest


def load_sources(connection: Connection, scope: Scope) -> dict[str, Source]:
    """All sources by key, each as its newest version says."""
    head, version = schema.source, schema.source_version
    first = connection.execute(select(head).where(known(head, scope)).order_by(head.c.key))
    found = {row.key: source_of(row) for row in first}
    current = newest(version, scope, version.c.source_id)
    later = connection.execute(select(head.c.key, current).join(current, current.c.source_id == head.c.id))
    return found | {row.key: source_of(row) for row in later}


def source_of(row: Any) -> Source:
    """The source of a row of `source`, or of a row of `source_version` with the `key` of its head."""
    return Source(
        row.key, row.title, row.producer, row.address, row.archived_address, row.published,
        row.accessed, row.licence, row.citation, row.interested_party, row.verified, row.note,
    )  # fmt: skip


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
