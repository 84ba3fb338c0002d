"""The documents that a value stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.domain.evidence import Document, EvidenceSubject
from dashboard.domain.roles import Actor
from dashboard.store import schema
from dashboard.store.queries.value_history import load_value_history


@dataclass(frozen=True, slots=True)
class Attached:
    """A document and the version of the value that it was attached to, by whom and when (UTC)."""

    document: Document
    observation: int
    actor: str
    recorded_at: datetime | None


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
    return tuple(
        Attached(
            Document(
                row.title, row.address, row.archived_address, row.content_digest, row.file_name, row.mime,
                row.bytes,
            ),
            int(row.subject_key), row.actor, row.recorded_at,
        )
        for row in rows
    )  # fmt: skip
