"""How a definition came to be what it is: every version, who wrote it, when and why (F18, F34)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select

from dashboard.domain.catalogue import Baseline, Claim, Indicator, Place, Population, Source, Target
from dashboard.domain.period import Precision
from dashboard.store import schema
from dashboard.store.queries.catalogue import claim_of, indicators_of
from dashboard.store.queries.context import baseline_of, named, target_of
from dashboard.store.queries.places import places_of
from dashboard.store.queries.scope import Scope, known
from dashboard.store.queries.sources import source_of

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Version(Generic[Item]):
    """One version of a definition; the moment is UTC, the actor an e-mail address.

    `withdrawn` is said of a baseline or target that was taken back by this version.
    """

    number: int
    item: Item
    actor: str
    recorded_at: datetime | None
    reason: str
    withdrawn: bool = False


def load_indicator_versions(
    connection: Connection, scope: Scope, code: str
) -> tuple[Version[Indicator], ...]:
    """All versions of an indicator, the newest first; none for a code that was unknown."""
    head, table = schema.indicator, schema.indicator_version
    rows = _versions(connection, scope, head, table, head.c.code, code)
    return _made(rows, indicators_of(connection, rows))


def load_claim_versions(connection: Connection, scope: Scope, id: str) -> tuple[Version[Claim], ...]:
    """All wordings of a claim, the newest first."""
    head, table = schema.claim, schema.claim_version
    rows = _versions(connection, scope, head, table, head.c.slug, id)
    return _made(rows, [claim_of(row) for row in rows])


def load_place_versions(connection: Connection, scope: Scope, slug: str) -> tuple[Version[Place], ...]:
    """All versions of a place with its fields and designations, the newest first."""
    head, table = schema.place, schema.place_version
    rows = _versions(connection, scope, head, table, head.c.slug, slug)
    return _made(rows, places_of(connection, rows))


def load_source_versions(connection: Connection, scope: Scope, key: str) -> tuple[Version[Source], ...]:
    """All that was said of a source, the newest first."""
    head, table, sets = schema.source, schema.source_version, schema.change_set
    later = connection.execute(
        select(head.c.key, table, sets.c.actor, sets.c.recorded_at)
        .join(table, table.c.source_id == head.c.id)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(head.c.key == key, known(table, scope))
        .order_by(table.c.version.desc())
    ).all()
    first = connection.execute(
        select(head, sets.c.actor, sets.c.recorded_at)
        .join(sets, sets.c.id == head.c.change_set_id)
        .where(head.c.key == key, known(head, scope))
    ).all()
    return _made(later, map(source_of, later)) + tuple(
        Version(
            1, source_of(row), row.actor, row.recorded_at,
            _reason(connection, row.change_set_id, "define_sources"),
        )
        for row in first
    )  # fmt: skip


def load_population_versions(
    connection: Connection, scope: Scope, slug: str
) -> tuple[Version[Population], ...]:
    """Every statement of a place's population, the newest first; `number` counts those of one key."""
    table, sets = schema.population, schema.change_set
    rows = connection.execute(
        select(
            table, table.c.sequence.label("version"), sets.c.actor, sets.c.recorded_at, schema.place.c.slug,
            schema.source.c.key.label("source_key"),
        )
        .join(schema.place, schema.place.c.id == table.c.place_id)
        .join(schema.source, schema.source.c.id == table.c.source_id)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(schema.place.c.slug == slug, known(table, scope))
        .order_by(table.c.id.desc())
    ).all()  # fmt: skip
    return tuple(
        Version(
            row.sequence,
            Population(
                row.slug, row.boundary, row.value, row.day, Precision(row.precision), row.source_key,
                row.qualifier,
            ),
            row.actor, row.recorded_at, _reason(connection, row.change_set_id, "define_populations"),
        )
        for row in rows
    )  # fmt: skip


def load_baseline_versions(
    connection: Connection, scope: Scope, indicator: str
) -> tuple[Version[Baseline], ...]:
    """Every version of the baselines of an indicator, the newest first."""
    return _judged(connection, scope, schema.baseline, indicator, baseline_of)


def load_target_versions(connection: Connection, scope: Scope, indicator: str) -> tuple[Version[Target], ...]:
    """Every version of the targets of an indicator, the newest first."""
    return _judged(connection, scope, schema.target, indicator, target_of)


def _versions(
    connection: Connection, scope: Scope, head: Table, table: Table, name: Any, wanted: str
) -> Sequence[Any]:
    sets = schema.change_set
    named_by = [column for column in head.c if column.name in ("code", "slug", "number", "kind")]
    return connection.execute(
        select(*named_by, table, sets.c.actor, sets.c.recorded_at)
        .join(table, table.c[f"{head.name}_id"] == head.c.id)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(name == wanted, known(table, scope))
        .order_by(table.c.version.desc())
    ).all()  # fmt: skip


def _judged(
    connection: Connection, scope: Scope, table: Table, indicator: str, made: Callable[[Any], Item]
) -> tuple[Version[Item], ...]:
    mine = table.c.indicator_id.in_(select(schema.indicator.c.id).where(schema.indicator.c.code == indicator))
    sets = schema.change_set
    written = select(table, sets.c.actor, sets.c.recorded_at).join(sets, sets.c.id == table.c.change_set_id)
    rows = named(connection, written.where(mine, known(table, scope)).subquery())
    return tuple(
        Version(row.version, made(row), row.actor, row.recorded_at, row.reason, row.withdrawn)
        for row in rows[::-1]
    )


def _made(rows: Iterable[Any], items: Iterable[Item]) -> tuple[Version[Item], ...]:
    return tuple(
        Version(row.version, item, row.actor, row.recorded_at, row.reason)
        for row, item in zip(rows, items, strict=True)
    )


def _reason(connection: Connection, change_set: int, command: str) -> str:
    change = schema.change
    found = connection.execute(
        select(change.c.reason).where(change.c.change_set_id == change_set, change.c.command == command)
    ).scalars()
    return next(iter(found), "")
