"""Loading tables of prices: a table with a name and a version is written once and never changed (N6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dashboard.domain.prices import PriceTable, check_price_table
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.store.commands.rows import Names, insert_all, insert_one, schema
from dashboard.store.work import UnitOfWork, digest


def define_price_tables(work: UnitOfWork, tables: Sequence[PriceTable], reason: str = "") -> int:
    """Write the tables that are not there yet; how many. The same table again changes nothing.

    Raises `InvalidDraftsError` with every problem: a name and version that stands with other content
    (append-only: a corrected table gets a new version), one given twice, a source that is not there.
    """
    work.actor.require(Permission.DEFINE)
    names = Names(work)
    names.load(schema.source, "key", {table.source for table in tables})
    kept = schema.price_table
    standing = work.connection.execute(select(kept.c.name, kept.c.version, kept.c.content_digest))
    there = {(row.name, row.version): row.content_digest for row in standing}
    seen: set[tuple[str, str]] = set()
    fresh: list[tuple[PriceTable, str, int | None]] = []
    for row, table in enumerate(tables, start=1):
        names.problems += check_price_table(table)
        key, content = (table.name, table.version), content_of(table)
        source = names.id(schema.source, table.source, row)
        params = {"table": table.name, "version": table.version}
        if key in seen:
            names.problems.append(Problem("price_table_twice", "table", params=params))
        elif key in there and there[key] != content:
            names.problems.append(Problem("price_table_differs", "table", params=params))
        elif key not in there:
            fresh.append((table, content, source))
        seen.add(key)
    names.refuse()
    for table, content, source in fresh:
        id_ = insert_one(
            work.connection, kept, name=table.name, version=table.version, kind=table.kind.value,
            unit=table.unit, content_digest=content, source_id=source, change_set_id=work.change_set_id,
        )  # fmt: skip
        insert_all(work.connection, schema.price_rate, [
            {
                "price_table_id": id_, "country": country, "year": year, "rate": rate,
                "currency": table.currencies[country], "change_set_id": work.change_set_id,
            }
            for (country, year), rate in sorted(table.rates.items())
        ])  # fmt: skip
    work.note_all("define_price_tables", "price_table", [content for _, content, _ in fresh], reason)
    return len(fresh)


def content_of(table: PriceTable) -> str:
    """The digest of what a table says; the order of its rates and where it came from are no part of it."""
    rates = [[*key, rate, table.currencies[key[0]]] for key, rate in sorted(table.rates.items())]
    return digest([table.name, table.version, table.kind, table.unit, rates])
