"""The limits of the indicators' colours: as they stand, and how they came to be (F8, F34)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain.bands import Bands
from dashboard.store import schema
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.scope import Scope, known, newest


def load_bands(connection: Connection, scope: Scope) -> dict[str, Bands]:
    """The bands that stand, by the code of their indicator; none for those that were taken away."""
    current = newest(schema.band, scope, schema.band.c.indicator_id)
    rows = connection.execute(
        select(schema.indicator.c.code, current)
        .join(current, current.c.indicator_id == schema.indicator.c.id)
        .order_by(schema.indicator.c.code)
    )
    found = [_bands(row) for row in rows]
    return {bands.indicator: bands for bands in found if bands is not None}


def load_band_versions(
    connection: Connection, scope: Scope, indicator: str
) -> tuple[Version[Bands | None], ...]:
    """Every version of an indicator's bands, the newest first; None is that they were taken away."""
    table, sets = schema.band, schema.change_set
    rows = connection.execute(
        select(schema.indicator.c.code, table, sets.c.actor, sets.c.recorded_at)
        .join(table, table.c.indicator_id == schema.indicator.c.id)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(schema.indicator.c.code == indicator, known(table, scope))
        .order_by(table.c.version.desc())
    )
    return tuple(Version(row.version, _bands(row), row.actor, row.recorded_at, row.reason) for row in rows)


def _bands(row: Any) -> Bands | None:
    return Bands(row.code, row.amber, row.green, row.currency) if row.amber is not None else None
