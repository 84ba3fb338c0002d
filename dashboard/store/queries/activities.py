"""The register of activities, whole records: a few thousand at most, so that sums are made in the open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, true

from dashboard.domain.activity import (
    AMOUNTS,
    COUNTS,
    Activity,
    ActivityKind,
    ActivityState,
    Mechanism,
)
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period, Precision
from dashboard.store import schema
from dashboard.store.queries.catalogue import sdg_order, text_of
from dashboard.store.queries.scope import Scope, newest

_PLAIN = (
    "organisation", "country", "language", "role", "direction", "outcome", "level", "tone", "currency",
    *AMOUNTS, *COUNTS, "names_designation", "paid", "joint_output", "attribution_reason", "mmr_section",
    "objective", "area_of_action", "same_as", "note",
)  # fmt: skip


def load_activities(
    connection: Connection,
    scope: Scope,
    places: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
) -> tuple[Activity, ...]:
    """The visible records of the named places and kinds (None: of all), oldest first."""
    head = schema.activity
    table = schema.activity_version
    version = newest(table, scope, table.c.activity_id, where=table.c.workflow_state.in_(scope.states))
    source, place = schema.source, schema.place
    query = (
        select(head.c.key, head.c.kind, place.c.slug, version, source.c.key.label("source_key"))
        .join(version, version.c.activity_id == head.c.id)
        .join(place, place.c.id == head.c.place_id)
        .outerjoin(source, source.c.id == version.c.source_id)
        .where(version.c.workflow_state != "withdrawn")
        .order_by(version.c.period_start.nulls_first(), version.c.period_end.nulls_first(), head.c.key)
    )
    if places is not None:
        query = query.where(place.c.slug.in_(sorted(set(places))))
    if kinds is not None:
        query = query.where(head.c.kind.in_(sorted(set(kinds))))
    rows = connection.execute(query).all()
    goals, partners, tags = links_of(connection)
    return tuple(record_of(row, goals[row.id], partners[row.id], tags[row.id]) for row in rows)


def links_of(connection: Connection, versions: Sequence[int] | None = None) -> tuple[Any, Any, Any]:
    """The goals, partner places and tags of a few versions, or of all, by the id of the version."""

    def asked(table: Table) -> ColumnElement[bool]:
        return true() if versions is None else table.c.activity_version_id.in_(versions)

    goals: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for row in connection.execute(select(schema.activity_sdg).where(asked(schema.activity_sdg))):
        goals[row.activity_version_id].append((row.target, row.is_primary))
    partners: dict[int, list[str]] = defaultdict(list)
    link = schema.activity_place
    for row in connection.execute(
        select(link.c.activity_version_id, schema.place.c.slug)
        .join(schema.place, schema.place.c.id == link.c.place_id)
        .where(asked(link))
        .order_by(schema.place.c.slug)
    ):
        partners[row.activity_version_id].append(row.slug)
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    tag = schema.activity_tag
    for row in connection.execute(select(tag).where(asked(tag)).order_by(tag.c.code)):
        tags[row.activity_version_id].append((row.vocabulary, row.code))
    return goals, partners, tags


def record_of(
    row: Any, goals: list[tuple[str, bool]], partners: list[str], tags: list[tuple[str, str]]
) -> Activity:
    """The record of a version row with the `key`, `kind` and `slug` of its head and its `source_key`."""
    codes: dict[str, tuple[str, ...]] = {
        vocabulary: tuple(code for v, code in tags if v == vocabulary)
        for vocabulary in ("mechanism", "claim", "culture2030")
    }
    return Activity(
        key=row.key,
        kind=ActivityKind(row.kind),
        place=row.slug,
        title=text_of(row, "title"),
        description=text_of(row, "description"),
        period=Period(row.period_start, row.period_end, Precision(row.period_precision)),
        state=ActivityState(row.state),
        source=row.source_key or "",
        attribution=Attribution(row.attribution) if row.attribution else None,
        confidence=Confidence(row.confidence) if row.confidence else None,
        mechanisms=tuple(Mechanism(code) for code in codes["mechanism"]),
        partner_places=tuple(partners),
        sdg_targets=tuple(sorted((target for target, _ in goals), key=sdg_order)),
        primary_sdg=next((target for target, primary in goals if primary), ""),
        culture2030=codes["culture2030"],
        claims=codes["claim"],
        **{name: getattr(row, name) for name in _PLAIN},
    )
