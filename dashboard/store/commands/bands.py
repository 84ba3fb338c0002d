"""Setting the limits of an indicator's colours, and taking them away again (F8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from dashboard.domain.bands import Bands, check_bands
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.redefinitions import require_reason
from dashboard.store.commands.rows import ids, insert_one, schema
from dashboard.store.queries.catalogue import load_catalogue
from dashboard.store.queries.scope import Scope
from dashboard.store.work import UnitOfWork, digest


def set_bands(work: UnitOfWork, indicator: str, bands: Bands | None, based_on: int, reason: str) -> int:
    """Set the limits of an indicator's colours, or take them away (None); how many rows were written.

    `based_on` is the version that the change was begun with, 0 where there was none. The limits that stand
    already change nothing. Raises `StaleDraftError` where another version is the newest, and
    `InvalidDraftsError` for an indicator that is not there, limits that are no good (`check_bands`, as they
    will be kept) and a missing reason (F35).
    """
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    known = load_catalogue(work.connection, Scope()).indicator(indicator)
    if known is None:
        raise InvalidDraftsError([Problem("indicator_unknown", "indicator", params={"given": indicator})])
    if bands is not None:
        bands = replace(
            bands, indicator=indicator, amber=schema.kept(bands.amber), green=schema.kept(bands.green)
        )
        if problems := check_bands(bands, known):
            raise InvalidDraftsError(problems)
    table, indicator_id = schema.band, ids(work.connection, schema.indicator, "code", [indicator])[indicator]
    newest = work.connection.execute(
        select(table.c.version, table.c.content_digest)
        .where(table.c.indicator_id == indicator_id)
        .order_by(table.c.version.desc())
        .limit(1)
    ).one_or_none()
    if (newest.version if newest else 0) != based_on:
        raise StaleDraftError("error.stale_definition")
    content = digest_of(bands, indicator)
    nothing_to_take_away = newest is None and bands is None
    if nothing_to_take_away or (newest is not None and newest.content_digest == content):
        return 0
    insert_one(
        work.connection, table, indicator_id=indicator_id, version=based_on + 1, content_digest=content,
        amber=bands.amber if bands else None, green=bands.green if bands else None,
        currency=bands.currency if bands else "", reason=reason, change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note_all("set_bands", "indicator", [{"indicator": indicator, "bands": bands}], reason)
    return 1


def define_bands(work: UnitOfWork, stated: Sequence[tuple[Bands, str]]) -> int:
    """Set the limits that files state, each with its reason, whatever stood; how many were written."""
    table, head = schema.band, schema.indicator
    rows = work.connection.execute(
        select(head.c.code, func.max(table.c.version))
        .join(table, table.c.indicator_id == head.c.id)
        .group_by(head.c.code)
    )
    newest = {row[0]: row[1] for row in rows}
    return sum(
        set_bands(work, bands.indicator, bands, newest.get(bands.indicator, 0), reason)
        for bands, reason in stated
    )


def digest_of(bands: Bands | None, indicator: str) -> str:
    """What two versions that say the same have in common, as the store keeps their numbers."""
    if bands is not None:
        bands = replace(bands, amber=schema.kept(bands.amber), green=schema.kept(bands.green))
    return digest([indicator, bands])
