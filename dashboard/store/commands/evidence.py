"""Attaching documents to a value, or to a record of the register (F52)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dashboard.domain.evidence import Document, EvidenceSubject, Stance, check_document
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.review import ClaimRights
from dashboard.store.commands.rows import ids, insert_all, schema
from dashboard.store.work import UnitOfWork


def attach_documents(work: UnitOfWork, observation_id: int, documents: Sequence[Document]) -> int:
    """Attach documents to one row of a value; how many were not attached to it before.

    The files they name must have been kept (`store.files.keep_file`) before. Raises `InvalidDraftsError`
    with every problem, `InvalidChoiceError` for a row that is not there, `PermissionDeniedError`.
    """
    o = schema.observation
    indicator = work.connection.execute(
        select(schema.indicator.c.code)
        .join(o, o.c.indicator_id == schema.indicator.c.id)
        .where(o.c.id == observation_id)
    ).scalar_one_or_none()
    if indicator is None:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    ClaimRights(work).require(Permission.RECORD, indicator)
    return _attach(work, EvidenceSubject.OBSERVATION, str(observation_id), documents, Stance.SUPPORTS)


def attach_to_activity(
    work: UnitOfWork, key: str, documents: Sequence[Document], stance: Stance = Stance.SUPPORTS
) -> int:
    """Attach documents to a record of the register, whatever its version; how many were not there before.

    Files must have been kept before, as for a value. Raises `InvalidDraftsError` with every problem,
    `InvalidChoiceError` for a key that no record has, `PermissionDeniedError`.
    """
    work.actor.require(Permission.RECORD)
    head = schema.activity
    if work.connection.execute(select(head.c.id).where(head.c.key == key)).scalar_one_or_none() is None:
        raise InvalidChoiceError("error.review.unknown", what=key)
    return _attach(work, EvidenceSubject.ACTIVITY, key, documents, stance)


def _attach(
    work: UnitOfWork, kind: EvidenceSubject, key: str, documents: Sequence[Document], stance: Stance
) -> int:
    """Write each document once, and link those that the subject did not have with this stance."""
    link = schema.evidence_link
    if problems := [
        problem.at(row) for row, one in enumerate(documents, start=1) for problem in check_document(one)
    ]:
        raise InvalidDraftsError(problems)
    stated = {document.key: document for document in documents}
    there = ids(work.connection, schema.evidence, "key", list(stated))
    insert_all(work.connection, schema.evidence, [
        {"key": name, "title": one.title, "address": one.address, "archived_address": one.archived_address,
         "content_digest": one.content_digest, "file_name": one.file_name, "mime": one.mime,
         "bytes": one.size, "change_set_id": work.change_set_id}
        for name, one in stated.items() if name not in there
    ])  # fmt: skip
    there |= ids(work.connection, schema.evidence, "key", list(stated))
    subject = {"subject": kind.value, "subject_key": key, "stance": stance.value}
    known = set(
        work.connection.execute(
            select(link.c.evidence_id).where(*[link.c[name] == value for name, value in subject.items()])
        ).scalars()
    )
    fresh = [name for name in stated if there[name] not in known]
    insert_all(work.connection, link, [
        {"evidence_id": there[name], "change_set_id": work.change_set_id, **subject} for name in fresh
    ])  # fmt: skip
    if fresh:
        after = {"documents": [stated[name] for name in fresh]}
        work.note("attach_documents", kind.value, key, after=after)
    return len(fresh)
