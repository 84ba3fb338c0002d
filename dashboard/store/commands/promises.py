"""Stating the promises of the candidacy, and changing what became of them (N8, F35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from dashboard.domain.problem import Problem
from dashboard.domain.promise import Promise, check_promise
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.redefinitions import require_reason
from dashboard.store.commands.rows import (
    Names,
    both,
    head_ids,
    ids,
    insert_all,
    insert_one,
    latest,
    repeated,
    schema,
)
from dashboard.store.work import UnitOfWork, digest


def define_promises(work: UnitOfWork, promises: Sequence[Promise], reason: str = "") -> int:
    """Add promises, new versions of changed ones and new documents; how many were written.

    A document is only ever added to a promise. Raises `InvalidDraftsError` with every problem, also for
    names of claims, sources and indicators that nothing bears.
    """
    work.actor.require(Permission.DEFINE)
    problems = [p.at(row) for row, one in enumerate(promises, start=1) for p in check_promise(one)]
    if problems := problems + repeated(one.key for one in promises):
        raise InvalidDraftsError(problems)
    names = Names(work)
    names.load(schema.claim, "slug", [one.claim for one in promises])
    names.load(schema.source, "key", [one.source for one in promises])
    names.load(schema.indicator, "code", [code for one in promises for code in one.indicators])
    for one in promises:
        names.id(schema.claim, one.claim)
        names.id(schema.source, one.source)
        for code in one.indicators:
            names.id(schema.indicator, code)
    names.refuse()
    heads = head_ids(work, schema.promise, "key", [{"key": one.key} for one in promises])
    versions = latest(work.connection, schema.promise_version, "promise_id")
    written = []
    for one in promises:
        promise_id, content = heads[one.key], digest(replace(one, evidence=()))
        before = versions.get(promise_id)
        new = before is None or before.content_digest != content
        if new:
            _append(work, one, promise_id, (before.version if before else 0) + 1, content, names)
        if _attach(work, one, promise_id) or new:
            written.append(one)
    for one in written:
        work.note("define_promises", "promise", one.key, after=one, reason=reason)
    return len(written)


def _append(
    work: UnitOfWork, one: Promise, promise_id: int, version: int, content: str, names: Names
) -> None:
    version_id = insert_one(
        work.connection, schema.promise_version, promise_id=promise_id, version=version,
        content_digest=content, page=one.page, owner=one.owner, due=one.due, state=one.state.value,
        reason=one.reason, claim_id=names.id(schema.claim, one.claim),
        source_id=names.id(schema.source, one.source), change_set_id=work.change_set_id,
        **both("text", one.text),
    )  # fmt: skip
    insert_all(work.connection, schema.promise_indicator, [
        {"promise_version_id": version_id, "indicator_id": names.id(schema.indicator, code),
         "change_set_id": work.change_set_id}
        for code in one.indicators
    ])  # fmt: skip


def _attach(work: UnitOfWork, one: Promise, promise_id: int) -> int:
    """The documents that were not attached to it before."""
    stated = {document.key: document for document in one.evidence}
    there = ids(work.connection, schema.evidence, "key", list(stated))
    insert_all(work.connection, schema.evidence, [
        {"key": key, "title": d.title, "address": d.address, "archived_address": d.archived_address,
         "content_digest": d.content_digest, "file_name": d.file_name, "mime": d.mime, "bytes": d.size,
         "change_set_id": work.change_set_id}
        for key, d in stated.items() if key not in there
    ])  # fmt: skip
    there |= ids(work.connection, schema.evidence, "key", list(stated))
    link = schema.promise_evidence
    known = set(
        work.connection.execute(select(link.c.evidence_id).where(link.c.promise_id == promise_id)).scalars()
    )
    fresh = [there[key] for key in stated if there[key] not in known]
    insert_all(work.connection, link, [
        {"promise_id": promise_id, "evidence_id": id, "change_set_id": work.change_set_id} for id in fresh
    ])  # fmt: skip
    return len(fresh)


def change_promise(work: UnitOfWork, promise: Promise, based_on: int, reason: str) -> int:
    """A promise that somebody has looked at: new (`based_on` 0) or from the version it was begun with.

    Raises `StaleDraftError` where another version is the newest, `InvalidDraftsError` without a `reason` for
    the change, for a new promise whose key is taken, and for what `define_promises` refuses.
    """
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    versions, head = schema.promise_version, schema.promise
    newest = work.connection.execute(
        select(versions.c.version)
        .join(head, head.c.id == versions.c.promise_id)
        .where(head.c.key == promise.key)
        .order_by(versions.c.version.desc())
        .limit(1)
    ).scalar_one_or_none()
    if newest is not None and not based_on:
        raise InvalidDraftsError([Problem("promise_key_taken", "key", params={"given": promise.key})])
    if (newest or 0) != based_on:
        raise StaleDraftError("error.stale_definition")
    return define_promises(work, [promise], reason)
