"""Loading tables of prices: a table with a name and a version is written once and never changed (N6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from dashboard.domain.prices import PriceTable, check_price_table
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError
from dashboard.store.commands.rows import ids, insert_all, insert_one, schema
from dashboard.store.work import UnitOfWork, digest


def examine_price_tables(
    connection: Connection, tables: Sequence[PriceTable]
) -> tuple[list[PriceTable], list[Problem]]:
    """The tables that are not there yet, and everything that keeps them from being written.

    Problems: a name and version that stands with other content (append-only: a corrected table gets a new
    version), one given twice, a source that is not there, and those of `check_price_table`.
    """
    kept = schema.price_table
    standing = connection.execute(select(kept.c.name, kept.c.version, kept.c.content_digest))
    there = {(row.name, row.version): row.content_digest for row in standing}
    sources = ids(connection, schema.source, "key", {table.source for table in tables})
    problems: list[Problem] = []
    fresh: list[PriceTable] = []
    seen: set[tuple[str, str]] = set()
    for table in tables:
        problems += check_price_table(table)
        key = (table.name, table.version)
        params = {"table": table.name, "version": table.version}
        if table.source and table.source not in sources:
            problems.append(Problem("source_unknown", "source", params={"given": table.source}))
        if key in seen:
            problems.append(Problem("price_table_twice", "table", params=params))
        elif key not in there:
            fresh.append(table)
        elif there[key] != content_of(table):
            problems.append(Problem("price_table_differs", "table", params=params))
        seen.add(key)
    return fresh, problems


def define_price_tables(work: UnitOfWork, tables: Sequence[PriceTable], reason: str = "") -> int:
    """Write the tables that are not there yet; how many. The same table again changes nothing.

    Raises `InvalidDraftsError` with every problem of `examine_price_tables`.
    """
    work.actor.require(Permission.DEFINE)
    fresh, problems = examine_price_tables(work.connection, tables)
    if problems:
        raise InvalidDraftsError(problems)
    sources = ids(work.connection, schema.source, "key", {table.source for table in fresh})
    for table in fresh:
        id_ = insert_one(
            work.connection, schema.price_table, name=table.name, version=table.version,
            kind=table.kind.value, unit=table.unit, content_digest=content_of(table),
            source_id=sources.get(table.source), change_set_id=work.change_set_id,
        )  # fmt: skip
        insert_all(work.connection, schema.price_rate, [
            {
                "price_table_id": id_, "country": country, "year": year, "rate": rate,
                "currency": table.currencies[country], "change_set_id": work.change_set_id,
            }
            for (country, year), rate in sorted(table.rates.items())
        ])  # fmt: skip
    work.note_all("define_price_tables", "price_table", [content_of(table) for table in fresh], reason)
    return len(fresh)


def content_of(table: PriceTable) -> str:
    """The digest of what a table says; the order of its rates and where it came from are no part of it."""
    rates = [[*key, rate, table.currencies[key[0]]] for key, rate in sorted(table.rates.items())]
    return digest([table.name, table.version, table.kind, table.unit, rates])
