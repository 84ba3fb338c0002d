"""Sources, and how much stands on each."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, func, select

from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known


def load_sources(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One row a source: its fields, and `observations`, how many values cite it."""
    source, observation = schema.source, schema.observation
    cited = (
        select(observation.c.source_id, func.count().label("observations"))
        .where(known(observation, scope))
        .group_by(observation.c.source_id)
        .subquery()
    )
    query = (
        select(
            source.c.key, source.c.title, source.c.producer, source.c.address, source.c.archived_address,
            source.c.published, source.c.accessed, source.c.licence, source.c.citation,
            source.c.interested_party, source.c.verified, source.c.note,
            func.coalesce(cited.c.observations, 0).label("observations"),
        )
        .outerjoin(cited, cited.c.source_id == source.c.id)
        .where(known(source, scope))
        .order_by(func.lower(source.c.title))
    )  # fmt: skip
    rows = connection.execute(query)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))
