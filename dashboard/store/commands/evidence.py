"""Attaching documents to a value (F52)."""

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
    o, link = schema.observation, schema.evidence_link
    indicator = work.connection.execute(
        select(schema.indicator.c.code)
        .join(o, o.c.indicator_id == schema.indicator.c.id)
        .where(o.c.id == observation_id)
    ).scalar_one_or_none()
    if indicator is None:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    ClaimRights(work).require(Permission.RECORD, indicator)
    if problems := [
        problem.at(row) for row, one in enumerate(documents, start=1) for problem in check_document(one)
    ]:
        raise InvalidDraftsError(problems)
    stated = {document.key: document for document in documents}
    there = ids(work.connection, schema.evidence, "key", list(stated))
    insert_all(work.connection, schema.evidence, [
        {"key": key, "title": one.title, "address": one.address, "archived_address": one.archived_address,
         "content_digest": one.content_digest, "file_name": one.file_name, "mime": one.mime,
         "bytes": one.size, "change_set_id": work.change_set_id}
        for key, one in stated.items() if key not in there
    ])  # fmt: skip
    there |= ids(work.connection, schema.evidence, "key", list(stated))
    subject = {
        "subject": EvidenceSubject.OBSERVATION.value, "subject_key": str(observation_id),
        "stance": Stance.SUPPORTS.value,
    }  # fmt: skip
    known = set(
        work.connection.execute(
            select(link.c.evidence_id).where(*[link.c[name] == value for name, value in subject.items()])
        ).scalars()
    )
    fresh = [key for key in stated if there[key] not in known]
    insert_all(work.connection, link, [
        {"evidence_id": there[key], "change_set_id": work.change_set_id, **subject} for key in fresh
    ])  # fmt: skip
    if fresh:
        after = {"documents": [stated[key] for key in fresh]}
        work.note("attach_documents", "observation", str(observation_id), after=after)
    return len(fresh)
