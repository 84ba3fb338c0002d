"""Questions that a sound store answers with nothing."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, String, and_, cast, exists, func, or_, select

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema


class Dangling(NamedTuple):
    """Rows of `table` whose `column` points at a row that does not exist."""

    table: str
    column: str
    rows: int


def dangling_references(connection: Connection) -> tuple[Dangling, ...]:
    """Foreign keys that do not hold, asked of the rows themselves and not of the database's word for it."""
    found = []
    for table in schema.metadata.sorted_tables:
        for constraint in sorted(table.foreign_key_constraints, key=lambda c: str(c.name)):
            target = constraint.referred_table.alias()
            pairs = [(key.parent, target.c[key.column.name]) for key in constraint.elements]
            missing = and_(
                *(own.is_not(None) for own, _ in pairs),
                ~exists().where(*(own == other for own, other in pairs)),
            )
            rows = int(
                connection.execute(select(func.count()).select_from(table).where(missing)).scalar_one()
            )
            if rows:
                found.append(Dangling(table.name, ", ".join(own.name for own, _ in pairs), rows))
    return tuple(found)


def orphan_sources(connection: Connection) -> tuple[str, ...]:
    """Keys of the sources that nothing cites."""
    source = schema.source
    citing = [exists().where(schema.vocabulary_code.c.source == source.c.key)]
    citing += [
        exists().where(table.c[key.parent.name] == source.c.id)
        for table in schema.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name)
        if key.column.table is source and table is not schema.source_version  # that cites nothing
    ]
    keys = connection.execute(select(source.c.key).where(~or_(*citing)).order_by(source.c.key))
    return tuple(keys.scalars())


def unsourced_observations(connection: Connection) -> int:
    """How many observations name no source, or one that does not exist."""
    observation, source = schema.observation, schema.source
    named = exists().where(source.c.id == observation.c.source_id)
    return int(connection.execute(select(func.count()).select_from(observation).where(~named)).scalar_one())


def empty_preferences(connection: Connection) -> tuple[int, ...]:
    """Observations that are preferred although a newer public value took their place, of which nobody said
    whether it is preferred: nobody sees the choice. It goes over with a correction (`commands.carrying`)."""
    o, preference, decision = schema.observation, schema.observation_preference, schema.observation_decision
    newer_choice, later_choice = preference.alias(), preference.alias()
    newer_row, later_row = o.alias(), o.alias()
    approved = WorkflowState.APPROVED.value
    decided = exists().where(decision.c.observation_id == newer_row.c.id, decision.c.state == approved)
    rows = connection.execute(
        select(o.c.id)
        .join(preference, preference.c.observation_id == o.c.id)
        .where(
            preference.c.preferred,
            ~exists().where(
                newer_choice.c.observation_id == preference.c.observation_id,
                newer_choice.c.sequence > preference.c.sequence,
            ),
            exists().where(
                newer_row.c.natural_key == o.c.natural_key, newer_row.c.sequence > o.c.sequence,
                or_(newer_row.c.state == approved, decided),
                or_(newer_row.c.value.is_not(None), newer_row.c.text != ""),
            ),
            ~exists().where(
                later_choice.c.observation_id == later_row.c.id,
                later_row.c.natural_key == o.c.natural_key, later_row.c.sequence > o.c.sequence,
            ),
        )
        .order_by(o.c.id)
    )  # fmt: skip
    return tuple(rows.scalars())


def unknown_subjects(connection: Connection) -> tuple[str, ...]:
    """What evidence is attached to and does not exist, as ``kind:name``."""
    link = schema.evidence_link
    heads = {
        "claim": schema.claim.c.slug,
        "indicator": schema.indicator.c.code,
        "activity": schema.activity.c.key,
        "observation": cast(schema.observation.c.id, String(120)),
    }
    found: list[str] = []
    for kind, column in heads.items():
        missing = select(link.c.subject_key).where(
            link.c.subject == kind, ~exists().where(column == link.c.subject_key)
        )
        found += [f"{kind}:{name}" for name in connection.execute(missing.distinct()).scalars()]
    return tuple(sorted(found))
