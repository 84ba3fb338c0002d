"""Old rows written again as new versions: how something is restored where nothing is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select, tuple_

from dashboard.domain.observation import WorkflowState
from dashboard.store.commands.rows import chunks, insert_all, insert_one, schema
from dashboard.store.queries.families import PART
from dashboard.store.work import UnitOfWork, digest


@dataclass(frozen=True, slots=True)
class Copy:
    """Write the row `source` again as number `sequence` of its value, in `state`.

    `supersedes` is the row before it, None where that is the previous copy in the same list.
    """

    source: int
    sequence: int
    state: WorkflowState
    supersedes: int | None


def copy_observations(work: UnitOfWork, copies: Sequence[Copy], batch: int | None) -> list[int]:
    """Append the copies, with the grades and the preference of their sources; their ids, in order.

    A copy that is withdrawn says "there is no value"; its digest differs from that of the value, so that
    recording the value again is a change and not a repetition.
    """
    written: list[int] = []
    for part in chunks(copies, PART):
        sources = _rows(work, schema.observation, [copy.source for copy in part])
        rows = [_copied(sources[copy.source], copy, batch, work.change_set_id) for copy in part]
        first = [row for row in rows if row["supersedes_id"] is not None]
        there = _insert(work, first)
        chained = [row for row in rows if row["supersedes_id"] is None]
        for row in chained:  # a draft that stood over a public value comes after its copy
            row["supersedes_id"] = there[(row["natural_key"], row["sequence"] - 1)]
        there |= _insert(work, chained)
        new = {
            copy: there[(row["natural_key"], row["sequence"])] for copy, row in zip(part, rows, strict=True)
        }
        _carry(
            work, {copy.source: id for copy, id in new.items() if copy.state is not WorkflowState.WITHDRAWN}
        )
        written += [new[copy] for copy in part]
    return written


def _rows(work: UnitOfWork, table: Table, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = work.connection.execute(select(table).where(table.c.id.in_(sorted(set(ids)))))
    return {row.id: dict(row._mapping) for row in rows}


def _copied(source: Mapping[str, Any], copy: Copy, batch: int | None, change_set_id: int) -> dict[str, Any]:
    row = {name: value for name, value in source.items() if name != "id"}
    row |= {
        "sequence": copy.sequence, "state": copy.state.value, "supersedes_id": copy.supersedes,
        "batch_id": batch, "change_set_id": change_set_id,
    }  # fmt: skip
    if copy.state is WorkflowState.WITHDRAWN:
        row["content_digest"] = digest(["withdrawn", row["content_digest"]])
    return row


def _insert(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> dict[tuple[str, int], int]:
    """Insert observations; their ids by natural key and sequence."""
    o = schema.observation
    insert_all(work.connection, o, rows)
    keys = [(row["natural_key"], row["sequence"]) for row in rows]
    found = {}
    for part in chunks(keys, PART):
        for row in work.connection.execute(
            select(o.c.id, o.c.natural_key, o.c.sequence).where(
                tuple_(o.c.natural_key, o.c.sequence).in_(part)
            )
        ):
            found[(row.natural_key, row.sequence)] = row.id
    return found


def _carry(work: UnitOfWork, new_ids: Mapping[int, int]) -> None:
    """The newest grades and the standing preference of each source, said again of its copy."""
    grade, preference = schema.observation_grade, schema.observation_preference
    for table in (grade, preference):
        rows = work.connection.execute(
            select(table).where(table.c.observation_id.in_(sorted(new_ids))).order_by(table.c.sequence)
        ).all()
        said: dict[int, list[dict[str, Any]]] = {}
        for row in rows:
            said.setdefault(row.observation_id, []).append(dict(row._mapping))
        fresh = []
        for source, words in said.items():
            kept = words if table is grade else ([words[-1]] if words[-1]["preferred"] else [])
            fresh += [
                {name: value for name, value in word.items() if name != "id"}
                | {"observation_id": new_ids[source], "sequence": n, "change_set_id": work.change_set_id}
                for n, word in enumerate(kept, start=1)
            ]
            if table is preference and kept:  # a row that is no longer shown is preferred to nothing
                fresh.append(
                    {name: value for name, value in words[-1].items() if name != "id"}
                    | {"sequence": words[-1]["sequence"] + 1, "preferred": False,
                       "change_set_id": work.change_set_id}
                )  # fmt: skip
        insert_all(work.connection, table, fresh)


_LINKS = (schema.activity_sdg, schema.activity_place, schema.activity_tag)


def copy_activity(
    work: UnitOfWork, version_id: int, version: int, state: WorkflowState, reason: str, batch: int | None
) -> int:
    """Append a version of an activity as one of its versions said, with its goals, partners and tags."""
    table = schema.activity_version
    row = _rows(work, table, [version_id])[version_id]
    del row["id"]
    row |= {
        "version": version, "workflow_state": state.value, "reason": reason, "batch_id": batch,
        "change_set_id": work.change_set_id,
    }  # fmt: skip
    if state is WorkflowState.WITHDRAWN:
        row["content_digest"] = digest(["withdrawn", row["content_digest"]])
    new = insert_one(work.connection, table, **row)
    for links in _LINKS:
        names = [column.name for column in links.c if column.name != "activity_version_id"]
        columns = [links.c[name] for name in names]
        told = work.connection.execute(select(*columns).where(links.c.activity_version_id == version_id))
        rows = [dict(link._mapping) | {"activity_version_id": new} for link in told]
        if rows:
            work.connection.execute(insert(links), rows)
    return new
