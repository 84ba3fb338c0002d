"""The documents that a value, or a record of the register, stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain.evidence import Document, EvidenceSubject, Stance
from dashboard.domain.observation import WorkflowState
from dashboard.domain.roles import Actor, Permission
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError
from dashboard.store import schema
from dashboard.store.queries.activity_history import load_activity_versions
from dashboard.store.queries.scope import Scope, known
from dashboard.store.queries.value_history import load_value_history


@dataclass(frozen=True, slots=True)
class Attached:
    """A document and the version of the value that it was attached to, by whom and when (UTC)."""

    document: Document
    observation: int
    actor: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """A document of a record of the register: what it says of it, by whom it was attached, when (UTC);
    `late`: after the last approval of the record, so that nobody has reviewed it."""

    document: Document
    stance: Stance
    note: Text
    actor: str
    recorded_at: datetime | None
    late: bool = False


def load_documents(connection: Connection, actor: Actor, observation_id: int) -> tuple[Attached, ...]:
    """The documents of a value in all versions that this person may see, in the order they were attached.

    Raises `InvalidChoiceError` for a value that this person may not see.
    """
    versions = [str(v.observation) for v in load_value_history(connection, actor, observation_id)]
    link, document, sets = schema.evidence_link, schema.evidence, schema.change_set
    rows = connection.execute(
        select(document, link.c.subject_key, sets.c.actor, sets.c.recorded_at)
        .join(link, link.c.evidence_id == document.c.id)
        .join(sets, sets.c.id == link.c.change_set_id)
        .where(link.c.subject == EvidenceSubject.OBSERVATION.value, link.c.subject_key.in_(versions))
        .order_by(link.c.id)
    )
    return tuple(Attached(_document(row), int(row.subject_key), row.actor, row.recorded_at) for row in rows)


def load_activity_documents(
    connection: Connection, actor: Actor, scope: Scope, key: str
) -> tuple[RecordDocument, ...]:
    """The documents and pages of a record, in the order they were attached, as known at the scope.

    Raises `InvalidChoiceError` for a record that this person may not see.
    """
    team = actor.may(Permission.READ_SUBMITTED)
    versions = load_activity_versions(connection, scope, key, pending=team)
    if not versions:
        raise InvalidChoiceError("error.review.unknown", what=key)
    approvals = [one.recorded_at for one in versions if one.state is WorkflowState.APPROVED]
    approved = max((moment for moment in approvals if moment is not None), default=None)
    link, document, sets = schema.evidence_link, schema.evidence, schema.change_set
    rows = connection.execute(
        select(document, link.c.stance, link.c.note_da, link.c.note_en, sets.c.actor, sets.c.recorded_at)
        .join(link, link.c.evidence_id == document.c.id)
        .join(sets, sets.c.id == link.c.change_set_id)
        .where(
            link.c.subject == EvidenceSubject.ACTIVITY.value, link.c.subject_key == key, known(link, scope)
        )
        .order_by(link.c.id)
    )
    return tuple(
        RecordDocument(
            _document(row),
            Stance(row.stance),
            Text(row.note_da, row.note_en),
            row.actor,
            row.recorded_at,
            approved is not None and row.recorded_at > approved,
        )
        for row in rows
    )


def _document(row: Any) -> Document:
    return Document(
        row.title, row.address, row.archived_address, row.content_digest, row.file_name, row.mime, row.bytes
    )
