"""Documents that were attached to a value after it had been approved: nobody has reviewed it with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.domain.evidence import EvidenceSubject
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.review import Version
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.claim_rights import ClaimRights
from dashboard.store.queries.families import load_families

_LOOKED_AT = 500
"""So many of the newest attachments are looked at."""


@dataclass(frozen=True, slots=True)
class LateDocument:
    """One such document, and the version of the value that it was attached to, by whom and when (UTC)."""

    title: str
    observation: int
    indicator: str
    place: str
    period: Period
    actor: str
    recorded_at: datetime | None


def approved_at(version: Version) -> int | None:
    """The revision at which a version was first approved; None where it never was."""
    return next((number for number, state in version.states if state is WorkflowState.APPROVED), None)


def load_late_documents(connection: Connection, actor: Actor, limit: int = 20) -> tuple[LateDocument, ...]:
    """The newest first, of the values that this person may approve."""
    actor.require_somewhere(Permission.APPROVE)
    o, link, sets = schema.observation, schema.evidence_link, schema.change_set
    links = connection.execute(
        select(link.c.subject_key, schema.evidence.c.title, sets.c.actor, sets.c.recorded_at, sets.c.revision)
        .join(schema.evidence, schema.evidence.c.id == link.c.evidence_id)
        .join(sets, sets.c.id == link.c.change_set_id)
        .where(link.c.subject == EvidenceSubject.OBSERVATION.value)
        .order_by(link.c.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    if not links:
        return ()
    rows = connection.execute(
        select(o.c.id, o.c.natural_key, o.c.period_precision).where(
            o.c.id.in_({int(one.subject_key) for one in links}),
            ClaimRights(connection, actor).within(Permission.APPROVE),
        )
    ).all()
    precisions = {row.id: Precision(row.period_precision) for row in rows}
    families = load_families(connection, sorted({row.natural_key for row in rows}))
    members = {member.id: member for family in families.values() for member in family}
    found = []
    for one in links:
        id_ = int(one.subject_key)
        approved = approved_at(members[id_].version) if id_ in precisions else None
        if approved is None or (one.revision or 0) <= approved:
            continue
        row = members[id_].row
        period = Period(row.period_start, row.period_end, precisions[id_])
        found.append(
            LateDocument(one.title, id_, row.indicator, row.place, period, one.actor, one.recorded_at)
        )
    return tuple(found[:limit])
