"""The register of activities: records and their versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from dashboard.domain.activity import AMOUNTS, COUNTS, Activity, check_activity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.review import PENDING
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.observations import Recorded
from dashboard.store.commands.rows import (
    Names,
    both,
    chunks,
    head_ids,
    insert_all,
    latest,
    period_columns,
    repeated,
    schema,
)
from dashboard.store.work import UnitOfWork, digest


def register(
    work: UnitOfWork,
    activities: Sequence[Activity],
    *,
    state: WorkflowState = WorkflowState.DRAFT,
    batch: int | None = None,
    reason: str = "",
    seen: Mapping[str, int] | None = None,
) -> Recorded:
    """Add records, or new versions of those that changed; repetitions change nothing.

    `seen` says which version of a key the person had before them (0: none): another one raises
    `StaleDraftError`, so that nobody overwrites what they have not read. Raises `InvalidDraftsError` with
    all problems of all records. A key keeps its kind and its place, which all its versions share: another
    one is refused, because the past would change with it, and because it is most often another activity
    under a key that was taken.
    """
    work.actor.require(Permission.RECORD if state in PENDING else Permission.APPROVE)
    names = Names(work)
    names.load(schema.place, "slug", {p for a in activities for p in (a.place, *a.partner_places)})
    names.load(schema.source, "key", {a.source for a in activities})
    problems = [problem.at(row) for row, a in enumerate(activities, start=1) for problem in check_activity(a)]
    for row, activity in enumerate(activities, start=1):
        for place in (activity.place, *activity.partner_places):
            names.id(schema.place, place, row)
        names.id(schema.source, activity.source, row)
    problems += names.problems + repeated(activity.key for activity in activities)
    problems += _of_another(work, activities)
    if problems:
        raise InvalidDraftsError(problems)
    heads = head_ids(work, schema.activity, "key", [
        {"key": a.key, "kind": a.kind.value, "place_id": names.id(schema.place, a.place)}
        for a in activities
    ])  # fmt: skip
    versions = latest(work.connection, schema.activity_version, "activity_id")
    for key, number in (seen or {}).items():
        before = versions.get(heads[key])
        if (before.version if before is not None else 0) != number:
            raise StaleDraftError("error.stale_activity")
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    rows: list[dict[str, Any]] = []
    written: dict[int, Activity] = {}
    for activity in activities:
        activity_id, content = heads[activity.key], digest(activity)
        before = versions.get(activity_id)
        if before is not None and before.content_digest == content:
            counts["unchanged"] += 1
            continue
        counts["changed" if before is not None else "new"] += 1
        written[activity_id] = activity
        rows.append(
            _columns(activity)
            | {
                "activity_id": activity_id,
                "version": (before.version if before else 0) + 1,
                "content_digest": content,
                "source_id": names.id(schema.source, activity.source),
                "workflow_state": state.value,
                "reason": reason,
                "batch_id": batch,
                "change_set_id": work.change_set_id,
            }
        )
    insert_all(work.connection, schema.activity_version, rows)
    _write_links(work, written, names)
    if rows:
        work.note_all("register", "activity", list(written.values()), reason)
    return Recorded(**counts)


def _of_another(work: UnitOfWork, activities: Sequence[Activity]) -> list[Problem]:
    """A problem for each record whose key belongs to one of another kind or at another place."""
    table, place = schema.activity, schema.place
    there: dict[str, tuple[str, str]] = {}
    for keys in chunks(sorted({activity.key for activity in activities})):
        rows = work.connection.execute(
            select(table.c.key, table.c.kind, place.c.slug)
            .join(place, place.c.id == table.c.place_id)
            .where(table.c.key.in_(keys))
        )
        there |= {row.key: (row.kind, row.slug) for row in rows}
    return [
        Problem("key_of_another", "key", row, params={"given": activity.key})
        for row, activity in enumerate(activities, start=1)
        if there.get(activity.key, (activity.kind.value, activity.place))
        != (activity.kind.value, activity.place)
    ]


def _write_links(work: UnitOfWork, written: dict[int, Activity], names: Names) -> None:
    """The goals, partner places and tags of the versions written in this change set."""
    table = schema.activity_version
    version_of = {
        row.activity_id: row.id
        for row in work.connection.execute(
            select(table.c.activity_id, table.c.id).where(table.c.change_set_id == work.change_set_id)
        )
    }
    goals, places, tags = [], [], []
    for activity_id, activity in written.items():
        version = {"activity_version_id": version_of[activity_id]}
        goals += [
            version | {"target": t, "is_primary": t == activity.primary_sdg} for t in activity.sdg_targets
        ]
        places += [version | {"place_id": names.id(schema.place, place)} for place in activity.partner_places]
        for vocabulary, codes in (
            ("mechanism", [m.value for m in activity.mechanisms]),
            ("claim", list(activity.claims)),
            ("culture2030", list(activity.culture2030)),
        ):
            tags += [version | {"vocabulary": vocabulary, "code": code} for code in codes]
    insert_all(work.connection, schema.activity_sdg, goals)
    insert_all(work.connection, schema.activity_place, places)
    insert_all(work.connection, schema.activity_tag, tags)


def _columns(activity: Activity) -> dict[str, Any]:
    columns: dict[str, Any] = period_columns(activity.period)
    columns |= both("title", activity.title) | both("description", activity.description)
    for name in (
        "organisation", "country", "language", "role", "direction", "outcome", "level", "tone", "currency",
        *AMOUNTS, *COUNTS, "names_designation", "paid", "joint_output", "attribution_reason",
        "mmr_section", "objective", "area_of_action", "same_as", "note",
    ):  # fmt: skip
        columns[name] = getattr(activity, name)
    columns["state"] = activity.state.value
    columns["attribution"] = activity.attribution.value if activity.attribution else ""
    columns["confidence"] = activity.confidence.value if activity.confidence else ""
    return columns
