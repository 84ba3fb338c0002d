"""Recording observations: checked, appended, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from dashboard.domain.catalogue import Indicator
from dashboard.domain.observation import Draft, WorkflowState, check
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.rows import (
    Names,
    chunks,
    insert_all,
    insert_one,
    period_columns,
    schema,
)
from dashboard.store.queries.catalogue import load_catalogue
from dashboard.store.queries.scope import Scope
from dashboard.store.work import UnitOfWork, digest


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording did: new facts, superseding values, and repetitions that changed nothing."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def open_batch(work: UnitOfWork, title: str, file_name: str = "", file_digest: str = "", *, rows_read: int,
               rows_loaded: int) -> int:  # fmt: skip
    """Start a batch: rows that were loaded together and can be undone together. Gives its id."""
    work.actor.require(Permission.IMPORT)
    return insert_one(
        work.connection, schema.batch, title=title, file_name=file_name, file_digest=file_digest,
        rows_read=rows_read, rows_loaded=rows_loaded, change_set_id=work.change_set_id,
    )  # fmt: skip


def record(
    work: UnitOfWork,
    drafts: Sequence[Draft],
    *,
    state: WorkflowState = WorkflowState.DRAFT,
    batch: int | None = None,
    reason: str = "",
) -> Recorded:
    """Append observations in `state`; the same key and content changes nothing, other content supersedes.

    Raises `InvalidDraftsError` with all problems of all drafts, `StaleDraftError` where a draft was
    begun on a value that has been superseded since, `PermissionDeniedError` (approving needs more than
    recording).
    """
    work.actor.require(Permission.APPROVE if state is WorkflowState.APPROVED else Permission.RECORD)
    names = Names(work)
    names.load(schema.place, "slug", {draft.place for draft in drafts})
    names.load(schema.indicator, "code", {draft.indicator for draft in drafts})
    names.load(schema.source, "key", {draft.source for draft in drafts})
    names.load(schema.claim, "slug", {draft.claim for draft in drafts})
    indicators = {i.code: i for i in load_catalogue(work.connection, Scope()).indicators}
    problems = _problems(drafts, indicators) + _locked(work, drafts)
    before = _latest(work, [draft.natural_key for draft in drafts])
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for position, draft in enumerate(drafts, start=1):
        key, content = draft.natural_key, digest(draft.content)
        if key in seen:
            problems.append(Problem("repeated_in_file", "row", position, params={"first": seen[key]}))
            continue
        seen[key] = position
        there = before.get(key)
        if draft.based_on is not None and (there is None or there.id != draft.based_on):
            raise StaleDraftError(indicator=draft.indicator, place=draft.place)
        if there is not None and there.content_digest == content:
            counts["unchanged"] += 1
            continue
        counts["changed" if there is not None else "new"] += 1
        rows.append(
            _columns(draft)
            | {
                "indicator_id": names.id(schema.indicator, draft.indicator, position),
                "place_id": names.id(schema.place, draft.place, position),
                "source_id": names.id(schema.source, draft.source, position),
                "claim_id": names.id(schema.claim, draft.claim, position),
                "natural_key": key,
                "content_digest": content,
                "sequence": there.sequence + 1 if there is not None else 1,
                "supersedes_id": there.id if there is not None else None,
                "state": state.value,
                "batch_id": batch,
                "change_set_id": work.change_set_id,
            }
        )
    problems += names.problems
    if any(problem.severity == "error" for problem in problems):
        raise InvalidDraftsError(problems)
    for part in chunks(rows, 5_000):
        insert_all(work.connection, schema.observation, part)
    if rows:
        work.note(
            "record", "observation", reason=reason,
            after=counts | {"state": state, "digest": digest([row["content_digest"] for row in rows])},
        )  # fmt: skip
    return Recorded(**counts)


def _problems(drafts: Sequence[Draft], indicators: Mapping[str, Indicator]) -> list[Problem]:
    problems = []
    for position, draft in enumerate(drafts, start=1):
        indicator = indicators.get(draft.indicator)
        if indicator is not None:
            problems += [problem.at(position) for problem in check(draft, indicator)]
    return problems


def _locked(work: UnitOfWork, drafts: Sequence[Draft]) -> list[Problem]:
    """Problems of drafts whose period is locked; the latest lock row of a span decides."""
    lock, head = schema.period_lock, schema.indicator
    rows = work.connection.execute(
        select(lock, head.c.code).outerjoin(head, head.c.id == lock.c.indicator_id).order_by(lock.c.id)
    ).all()
    if not rows:
        return []
    state: dict[tuple[str | None, date, date], bool] = {}
    for row in rows:
        state[(row.code, row.period_start, row.period_end)] = row.locked
    problems = []
    for position, draft in enumerate(drafts, start=1):
        day = draft.period.end or draft.period.start
        for (code, start, end), locked in state.items():
            if locked and day and code in (None, draft.indicator) and start <= day <= end:
                problems.append(Problem("period_locked", "period", position, params={"day": day}))
                break
    return problems


def _latest(work: UnitOfWork, keys: Sequence[str]) -> dict[str, Row[Any]]:
    """The newest row of each natural key that is there, whatever its state."""
    table = schema.observation
    rank = func.row_number().over(partition_by=table.c.natural_key, order_by=table.c.sequence.desc())
    found: dict[str, Row[Any]] = {}
    for part in chunks(keys):
        ranked = (
            select(
                table.c.id, table.c.natural_key, table.c.sequence, table.c.content_digest,
                rank.label("rank"),
            )
            .where(table.c.natural_key.in_(part))
            .subquery()
        )  # fmt: skip
        for row in work.connection.execute(select(ranked).where(ranked.c.rank == 1)):
            found[row.natural_key] = row
    return found


def _columns(draft: Draft) -> dict[str, Any]:
    return period_columns(draft.period) | {
        "value": draft.value, "low": draft.low, "high": draft.high,
        "numerator": draft.numerator, "denominator": draft.denominator,
        "text": draft.text, "text_language": draft.text_language,
        "missing_reason": draft.missing_reason.value if draft.missing_reason else "",
        "qualifier": draft.qualifier.value, "unit": draft.unit, "currency": draft.currency,
        "kind": draft.kind.value, "status": draft.status.value,
        "disaggregation": draft.disaggregation, "boundary": draft.boundary,
        "method": draft.method, "method_version": draft.method_version, "retrieved": draft.retrieved,
        "flags": ";".join(draft.flags), "note": draft.note,
        "confidence": draft.confidence.value if draft.confidence else "",
        "confidence_reason": draft.confidence_reason,
        "attribution": draft.attribution.value if draft.attribution else "",
        "attribution_reason": draft.attribution_reason,
    }  # fmt: skip
