"""Places with their fields and designations, and their populations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain import catalogue as domain
from dashboard.domain.period import Precision
from dashboard.store import schema
from dashboard.store.queries.catalogue import text_of
from dashboard.store.queries.scope import Scope, newest


def load_places(
    connection: Connection, scope: Scope, slugs: Iterable[str] | None = None
) -> dict[str, domain.Place]:
    """Places by slug; all of them, or the named ones that exist."""
    head, version = schema.place, newest(schema.place_version, scope, schema.place_version.c.place_id)
    query = select(head.c.slug, head.c.kind, version).join(version, version.c.place_id == head.c.id)
    if slugs is not None:
        query = query.where(head.c.slug.in_(sorted(set(slugs))))
    rows = connection.execute(query.order_by(head.c.slug)).all()
    return {place.slug: place for place in places_of(connection, rows, all_of_them=slugs is None)}


def places_of(connection: Connection, rows: Sequence[Any], all_of_them: bool = False) -> list[domain.Place]:
    """The places of version rows (with their `slug` and `kind`), in the order of the rows."""
    wanted = None if all_of_them else [row.id for row in rows]
    fields = _by_version(connection, schema.place_field, wanted)
    days = _by_version(connection, schema.designation, wanted)
    return [
        domain.Place(
            slug=row.slug,
            kind=domain.PlaceKind(row.kind),
            name=text_of(row, "name"),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            reference_boundary=row.reference_boundary,
            address=row.address,
            note=row.note,
            version=row.version,
            fields=tuple(
                domain.FieldMembership(
                    domain.CreativeField(f.field), f.valid_from, f.valid_to, Precision(f.precision), f.source
                )
                for f in fields[row.id]
            ),
            designations=tuple(
                domain.Designation(d.day, Precision(d.precision), d.source, d.note, d.event)
                for d in days[row.id]
            ),
        )
        for row in rows
    ]


def _by_version(connection: Connection, table: Any, wanted: list[int] | None) -> dict[int, list[Any]]:
    source = schema.source
    query = select(table, source.c.key.label("source_key")).outerjoin(
        source, source.c.id == table.c.source_id
    )
    if wanted is not None:
        query = query.where(table.c.place_version_id.in_(wanted))
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.c.id)).mappings():
        grouped[row["place_version_id"]].append(_Row(row))
    return grouped


class _Row:
    """A joined row whose `source` is the source's key, "" where there is none."""

    def __init__(self, values: Any) -> None:
        self.__dict__.update(values)
        self.source = values["source_key"] or ""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def load_populations(
    connection: Connection, scope: Scope, slugs: Iterable[str]
) -> tuple[domain.Population, ...]:
    """The populations of the named places, oldest first."""
    table = schema.population
    current = newest(
        table, scope, table.c.natural_key, counter="sequence",
        where=table.c.place_id.in_(select(schema.place.c.id).where(schema.place.c.slug.in_(sorted(set(slugs))))),
    )  # fmt: skip
    rows = connection.execute(
        select(current, schema.place.c.slug, schema.source.c.key.label("source_key"))
        .join(schema.place, schema.place.c.id == current.c.place_id)
        .join(schema.source, schema.source.c.id == current.c.source_id)
        .order_by(schema.place.c.slug, current.c.boundary, current.c.day.nulls_first(), current.c.id)
    )
    return tuple(
        domain.Population(
            row.slug,
            row.boundary,
            row.value,
            row.day,
            Precision(row.precision),
            row.source_key,
            row.qualifier,
        )
        for row in rows
    )
