"""What hangs on a definition: the values recorded under an indicator, and those that cite a source."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dashboard.store import schema
from dashboard.store.queries.presence import visible
from dashboard.store.queries.scope import Scope

_o = schema.observation


@dataclass(frozen=True, slots=True)
class Cited:
    """How many visible facts of an indicator at a place stand on one source."""

    indicator: str
    place: str
    values: int


def count_values(connection: Connection, indicator: str) -> dict[str, int]:
    """How many facts are recorded under an indicator, by place, in whatever state: drafts count too.

    A corrected value is one.
    """
    rows = connection.execute(
        select(schema.place.c.slug, func.count(_o.c.natural_key.distinct()))
        .join(schema.place, schema.place.c.id == _o.c.place_id)
        .join(schema.indicator, schema.indicator.c.id == _o.c.indicator_id)
        .where(schema.indicator.c.code == indicator)
        .group_by(schema.place.c.slug)
        .order_by(schema.place.c.slug)
    )
    return {row[0]: row[1] for row in rows}


def load_counts(connection: Connection, scope: Scope, indicator: str) -> dict[str, int]:
    """How many facts of an indicator may be seen, by place."""
    rows = connection.execute(
        select(schema.place.c.slug, func.count(_o.c.natural_key.distinct()))
        .select_from(_o)
        .join(schema.place, schema.place.c.id == _o.c.place_id)
        .join(schema.indicator, schema.indicator.c.id == _o.c.indicator_id)
        .where(schema.indicator.c.code == indicator, visible(scope))
        .group_by(schema.place.c.slug)
        .order_by(schema.place.c.slug)
    )
    return {row[0]: row[1] for row in rows}


def load_cited(connection: Connection, scope: Scope, source: str) -> tuple[Cited, ...]:
    """Which figures stand on a source, by indicator and place."""
    rows = connection.execute(
        select(schema.indicator.c.code, schema.place.c.slug, func.count(_o.c.natural_key.distinct()))
        .select_from(_o)
        .join(schema.source, schema.source.c.id == _o.c.source_id)
        .join(schema.indicator, schema.indicator.c.id == _o.c.indicator_id)
        .join(schema.place, schema.place.c.id == _o.c.place_id)
        .where(schema.source.c.key == source, visible(scope))
        .group_by(schema.indicator.c.code, schema.place.c.slug)
        .order_by(schema.indicator.c.code, schema.place.c.slug)
    )
    return tuple(Cited(*row) for row in rows)
