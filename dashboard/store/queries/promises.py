"""The promises of the candidacy: as they stand or stood, and how they came to be (N8, F34)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain.evidence import Document
from dashboard.domain.promise import Promise, PromiseState
from dashboard.store import schema
from dashboard.store.queries.catalogue import text_of
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.scope import Scope, known, newest


def load_promises(connection: Connection, scope: Scope) -> tuple[Promise, ...]:
    """The newest version of each promise that was known, by key."""
    current = newest(schema.promise_version, scope, schema.promise_version.c.promise_id)
    rows = connection.execute(_named(current).order_by(schema.promise.c.key)).all()
    return tuple(_made(connection, rows, scope))


def load_promise_versions(connection: Connection, scope: Scope, key: str) -> tuple[Version[Promise], ...]:
    """Every version of a promise, the newest first; none for a key that nothing bears. The documents are
    those it has by now, in each version; the reason of a version is why it was written."""
    table, sets, change = schema.promise_version, schema.change_set, schema.change
    rows = connection.execute(
        _named(table)
        .add_columns(sets.c.actor, sets.c.recorded_at, change.c.reason.label("why"))
        .join(sets, sets.c.id == table.c.change_set_id)
        .outerjoin(
            change,
            (change.c.change_set_id == sets.c.id)
            & (change.c.subject == "promise")
            & (change.c.subject_key == schema.promise.c.key),
        )
        .where(schema.promise.c.key == key, known(table, scope))
        .order_by(table.c.version.desc())
    ).all()
    return tuple(
        Version(row.version, promise, row.actor, row.recorded_at, row.why or "")
        for row, promise in zip(rows, _made(connection, rows, scope), strict=True)
    )


def _named(table: Any) -> Any:
    """Rows of versions with the key of their promise, the claim's slug and the source's key."""
    return (
        select(
            schema.promise.c.key, table, schema.claim.c.slug.label("claim"),
            schema.source.c.key.label("source"),
        )
        .join(table, table.c.promise_id == schema.promise.c.id)
        .outerjoin(schema.claim, schema.claim.c.id == table.c.claim_id)
        .outerjoin(schema.source, schema.source.c.id == table.c.source_id)
    )  # fmt: skip


def _made(connection: Connection, rows: Sequence[Any], scope: Scope) -> list[Promise]:
    link, indicator = schema.promise_indicator, schema.indicator
    codes: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(link.c.promise_version_id, indicator.c.code)
        .join(indicator, indicator.c.id == link.c.indicator_id)
        .where(link.c.promise_version_id.in_([row.id for row in rows]))
        .order_by(link.c.id)
    ):
        codes[row.promise_version_id].append(row.code)
    shown, document = schema.promise_evidence, schema.evidence
    documents: dict[int, list[Document]] = defaultdict(list)
    for row in connection.execute(
        select(shown.c.promise_id, document)
        .join(document, document.c.id == shown.c.evidence_id)
        .where(shown.c.promise_id.in_([row.promise_id for row in rows]), known(shown, scope))
        .order_by(shown.c.id)
    ):
        documents[row.promise_id].append(
            Document(
                row.title, row.address, row.archived_address, row.content_digest, row.file_name, row.mime,
                row.bytes,
            )
        )  # fmt: skip
    return [
        Promise(
            key=row.key, text=text_of(row, "text"), state=PromiseState(row.state), owner=row.owner,
            due=row.due, page=row.page, reason=row.reason, claim=row.claim or "", source=row.source or "",
            indicators=tuple(codes[row.id]), evidence=tuple(documents[row.promise_id]),
        )
        for row in rows
    ]  # fmt: skip
