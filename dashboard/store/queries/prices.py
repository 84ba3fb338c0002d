"""The tables of prices that have been loaded (N6, F42)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.domain.prices import PriceTable, RateKind
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known


def load_price_tables(connection: Connection, scope: Scope) -> tuple[PriceTable, ...]:
    """Every table that was known, all versions, by name and version."""
    table, rate = schema.price_table, schema.price_rate
    rates: dict[int, dict[tuple[str, int], float]] = {}
    currencies: dict[int, dict[str, str]] = {}
    for row in connection.execute(select(rate).where(known(rate, scope)).order_by(rate.c.id)):
        rates.setdefault(row.price_table_id, {})[row.country, row.year] = row.rate
        currencies.setdefault(row.price_table_id, {})[row.country] = row.currency
    rows = connection.execute(
        select(table, schema.source.c.key)
        .outerjoin(schema.source, schema.source.c.id == table.c.source_id)
        .where(known(table, scope))
        .order_by(table.c.name, table.c.version)
    )
    return tuple(
        PriceTable(
            row.name, row.version, RateKind(row.kind), row.unit, rates[row.id], currencies[row.id],
            row.key or "",
        )
        for row in rows
    )  # fmt: skip
