"""How long series are, without reading them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from dashboard.store import schema


def load_series_sizes(connection: Connection, indicators: Collection[str]) -> dict[tuple[str, str], int]:
    """How many observations are recorded of each indicator and place, those that were replaced too."""
    o, i, p = schema.observation, schema.indicator, schema.place
    query = (
        select(i.c.code, p.c.slug, func.count())
        .select_from(o)
        .join(i, i.c.id == o.c.indicator_id)
        .join(p, p.c.id == o.c.place_id)
        .where(i.c.code.in_(sorted(indicators)))
        .group_by(i.c.code, p.c.slug)
    )
    return {(code, slug): int(count) for code, slug, count in connection.execute(query)}
