"""Remembered columns of files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from dashboard.store import schema


def recall_mapping(connection: Connection, header_digest: str, email: str) -> dict[str, Any] | None:
    """What was chosen the last time for a file with this header: by this person, else by anybody."""
    table = schema.column_mapping
    row = connection.execute(
        select(table.c.mapping)
        .where(table.c.header_digest == header_digest)
        .order_by((table.c.actor == email).desc(), table.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else dict(row.mapping)
