"""Remembering which column of a file was which field, by the header of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from dashboard.domain.roles import Permission
from dashboard.store.commands.rows import insert_one, schema
from dashboard.store.work import UnitOfWork, canonical, digest


def remember_mapping(work: UnitOfWork, header_digest: str, mapping: Mapping[str, Any]) -> bool:
    """Keep the choice for the next file with this header; False where it is known already.

    `mapping` is what the import page needs to read the file again: plain JSON values.
    """
    work.actor.require_somewhere(Permission.IMPORT)
    table = schema.column_mapping
    newest = work.connection.execute(
        select(table.c.version, table.c.content_digest)
        .where(table.c.header_digest == header_digest, table.c.actor == work.actor.email)
        .order_by(table.c.version.desc())
        .limit(1)
    ).one_or_none()
    content = digest(mapping)
    if newest is not None and newest.content_digest == content:
        return False
    insert_one(
        work.connection, table, header_digest=header_digest, actor=work.actor.email, content_digest=content,
        version=newest.version + 1 if newest is not None else 1, mapping=canonical(mapping),
        change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note("remember_mapping", "column_mapping", header_digest, after=mapping)
    return True
