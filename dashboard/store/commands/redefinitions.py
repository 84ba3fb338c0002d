"""Changing a definition that somebody has looked at: never over the head of another, never without a reason.

The commands of `definitions` say what is to hold. These say it from a page: the person names the version
they began with, and where that is no longer the newest nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select

from dashboard.domain.catalogue import (
    Baseline,
    Claim,
    Indicator,
    Place,
    Population,
    SeriesBreak,
    Source,
    Target,
)
from dashboard.domain.definition_change import breaks_series, check_change
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.definitions import (
    define_claims,
    define_indicators,
    define_places,
    define_populations,
)
from dashboard.store.commands.judgements import mark_breaks, set_baselines, set_targets
from dashboard.store.commands.rows import ids, insert_one, schema
from dashboard.store.queries.catalogue import load_catalogue
from dashboard.store.queries.reach import count_values
from dashboard.store.queries.scope import Scope
from dashboard.store.queries.sources import load_sources
from dashboard.store.work import UnitOfWork, digest

_VERSIONS: dict[str, tuple[Table, Table, str]] = {
    "claim": (schema.claim, schema.claim_version, "slug"),
    "indicator": (schema.indicator, schema.indicator_version, "code"),
    "place": (schema.place, schema.place_version, "slug"),
}


def require_reason(reason: str) -> None:
    """Raise `InvalidDraftsError` where a change is to be made without saying why (F35)."""
    if not reason.strip():
        raise InvalidDraftsError([Problem("reason_required", "reason")])


def require_version(work: UnitOfWork, subject: str, name: str, based_on: int) -> None:
    """Raise `StaleDraftError` unless `based_on` is the newest version of a claim, indicator or place.

    0 is a thing that is not there yet.
    """
    head, versions, column = _VERSIONS[subject]
    newest = work.connection.execute(
        select(func.max(versions.c.version))
        .join(head, head.c.id == versions.c[f"{subject}_id"])
        .where(head.c[column] == name)
    ).scalar_one()
    if (newest or 0) != based_on:
        raise StaleDraftError("error.stale_definition")


def redefine_indicators(
    work: UnitOfWork,
    indicators: Sequence[Indicator],
    based_on: Mapping[str, int],
    reason: str,
    break_text: Text,
) -> int:
    """New indicators, and new versions of those that stand, each from the version it was begun with.

    A change after which values cannot be compared marks a series break on the day the definition holds
    from (`valid_from`) at every place with values, in the words of `break_text`. Gives how many were
    written. Raises `StaleDraftError`, and `InvalidDraftsError` for a change that the values forbid
    (`check_change`; the 1-based row is the indicator's place among `indicators`).
    """
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    standing = load_catalogue(work.connection, Scope())
    problems: list[Problem] = []
    breaks: list[SeriesBreak] = []
    for row, indicator in enumerate(indicators, start=1):
        require_version(work, "indicator", indicator.code, based_on.get(indicator.code, 0))
        before = standing.indicator(indicator.code)
        if before is None:
            continue
        values = count_values(work.connection, indicator.code)
        count = sum(values.values())
        problems += [problem.at(row) for problem in check_change(before, indicator, count)]
        day = indicator.valid_from
        if breaks_series(before, indicator, count) and day is not None:
            breaks += [SeriesBreak(indicator.code, p, day, "definition", break_text) for p in values]
    if problems:
        raise InvalidDraftsError(problems)
    written = define_indicators(work, indicators, reason)
    mark_breaks(work, breaks)
    return written


def change_population(work: UnitOfWork, population: Population, based_on: int, reason: str) -> int:
    """State how many live there, or correct what one source said (`based_on` is its sequence, 0: new)."""
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    table = schema.population
    newest = select(func.max(table.c.sequence)).where(table.c.natural_key == population.natural_key)
    if (work.connection.execute(newest).scalar_one() or 0) != based_on:
        raise StaleDraftError("error.stale_definition")
    return define_populations(work, [population], reason)


def change_claim(work: UnitOfWork, claim: Claim, based_on: int, reason: str) -> int:
    """A new claim, or another wording of one that stands, from the version it was begun with."""
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    require_version(work, "claim", claim.id, based_on)
    return define_claims(work, [claim], reason)


def change_place(work: UnitOfWork, place: Place, based_on: int, reason: str) -> int:
    """A new place, or a new version of one that stands, from the version it was begun with."""
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    require_version(work, "place", place.slug, based_on)
    return define_places(work, [place], reason)


def change_source(work: UnitOfWork, source: Source, based_on: int, reason: str) -> int:
    """A new version of a source that stands, from the version it was begun with; the key names it.

    What cites it cites it by its key, and so leads to the new version. Gives how many were written. Raises
    `StaleDraftError`, and `InvalidDraftsError` for a source that is not there, one without a title, an
    address that is none, and a missing reason.
    """
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    connection, table = work.connection, schema.source_version
    found = ids(connection, schema.source, "key", [source.key]).get(source.key)
    problems = []
    if found is None:
        problems.append(Problem("source_unknown", "source", params={"given": source.key}))
    if not source.title:
        problems.append(Problem("source_title", "title", params={"key": source.key}))
    if source.address and not source.address.startswith("http"):
        problems.append(Problem("web_address", "address", params={"given": source.address}))
    if problems:
        raise InvalidDraftsError(problems)
    query = select(func.max(table.c.version)).where(table.c.source_id == found)
    if (connection.execute(query).scalar_one() or 1) != based_on:
        raise StaleDraftError("error.stale_definition")
    if load_sources(connection, Scope())[source.key] == source:
        return 0
    words = {name: value for name, value in asdict(source).items() if name != "key"}
    insert_one(
        connection, table, source_id=found, version=based_on + 1, content_digest=digest(source),
        reason=reason, change_set_id=work.change_set_id, **words,
    )  # fmt: skip
    work.note_all("change_source", "source", [source], reason)
    return 1


def change_baseline(work: UnitOfWork, baseline: Baseline, based_on: int) -> int:
    """State a baseline from the version it was begun with (0: there was none); it carries its reason."""
    _require_judged(work, schema.baseline, baseline, based_on, None)
    return set_baselines(work, [baseline])


def change_target(work: UnitOfWork, target: Target, based_on: int) -> int:
    """State a target from the version it was begun with (0: there was none); it carries its reason."""
    _require_judged(work, schema.target, target, based_on, (target.period.end, target.final))
    return set_targets(work, [target])


def withdraw_baseline(work: UnitOfWork, baseline: Baseline, based_on: int, reason: str) -> int:
    """Take back the baseline of an indicator at a place: from here on there is none (F35)."""
    return _withdraw(work, schema.baseline, baseline, based_on, None, reason)


def withdraw_target(work: UnitOfWork, target: Target, based_on: int, reason: str) -> int:
    """Take back a target: from here on it is nobody's aim, and its versions stay in the history (F35)."""
    return _withdraw(work, schema.target, target, based_on, (target.period.end, target.final), reason)


Head = tuple[date | None, bool] | None
"""What tells a target from the others of its indicator and place; a baseline is alone there."""


def _withdraw(
    work: UnitOfWork, table: Table, item: Baseline | Target, based_on: int, head: Head, reason: str
) -> int:
    """Write the newest version once more as one that is taken back; how many rows were written."""
    work.actor.require(Permission.DEFINE)
    require_reason(reason)
    newest = _newest_judged(work, table, item, head)
    if newest is None or newest.version != based_on:
        raise StaleDraftError("error.stale_definition")
    if newest.withdrawn:
        return 0
    row = {name: value for name, value in newest._mapping.items() if name != "id"}
    row |= {
        "version": based_on + 1, "withdrawn": True, "reason": reason, "change_set_id": work.change_set_id,
        "content_digest": digest(["withdrawn", newest.content_digest]),
    }  # fmt: skip
    insert_one(work.connection, table, **row)
    work.note_all(f"withdraw_{table.name}", table.name, [item], reason)
    return 1


def _require_judged(
    work: UnitOfWork, table: Table, item: Baseline | Target, based_on: int, head: Head
) -> None:
    """Raise `StaleDraftError` where another version is the newest; one that was taken back is as none."""
    work.actor.require(Permission.DEFINE)
    newest = _newest_judged(work, table, item, head)
    stands = {0} if newest is None else {newest.version, 0} if newest.withdrawn else {newest.version}
    if based_on not in stands:
        raise StaleDraftError("error.stale_definition")


def _newest_judged(work: UnitOfWork, table: Table, item: Baseline | Target, head: Head) -> Any:
    """The newest row of a baseline or target, None where there never was one."""
    indicator = ids(work.connection, schema.indicator, "code", [item.indicator])
    place = ids(work.connection, schema.place, "slug", [item.place])
    query = select(table).where(
        table.c.indicator_id == indicator.get(item.indicator), table.c.place_id == place.get(item.place)
    )
    if head is not None:
        query = query.where(table.c.period_end == head[0], table.c.final == head[1])
    return work.connection.execute(query.order_by(table.c.version.desc()).limit(1)).one_or_none()
