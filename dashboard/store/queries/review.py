"""What somebody has to decide about: old value beside new one, with who, when and why (F27, F32)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal_column, or_, select

from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import NOW, Version, shown
from dashboard.domain.roles import Actor, Permission
from dashboard.store import schema
from dashboard.store.queries.claim_rights import ClaimRights
from dashboard.store.queries.families import PART, Member, load_families
from dashboard.store.queries.scope import Scope, known

if TYPE_CHECKING:
    import pandas as pd

PAGE = 200
NOW_KNOWN = Scope()
REVIEW_COLUMNS: dict[str, str] = {
    "observation": "Int64",
    "indicator": "str",
    "place": "str",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "precision": "str",
    "disaggregation": "str",
    "kind": "str",
    "source": "str",
    "unit": "str",
    "currency": "str",
    "qualifier": "str",
    "value": "float64",
    "text": "str",
    "missing_reason": "str",
    "note": "str",
    "old_observation": "Int64",  # what readers see, or saw before the batch; missing where nothing
    "old_value": "float64",
    "old_unit": "str",
    "old_currency": "str",
    "old_text": "str",
    "old_missing_reason": "str",
    "old_preferred": "bool",  # what was judged about the old one, and goes over to this one on approval
    "old_confidence": "str",
    "old_attribution": "str",
    "confidence": "str",  # how this one is graded itself
    "attribution": "str",
    "changes": "bool",  # whether it says anything else than the old one: then approving it needs a reason
    "state": "str",
    "author": "str",
    "own": "bool",  # whether the person who looks is the author
    "recorded_at": "datetime64[us]",
    "reason": "str",  # given when it was recorded
    "decided_by": "str",
    "decided_at": "datetime64[us]",
    "decision_note": "str",
    "batch": "Int64",
    "evidence": "Int64",  # how many documents are attached to it in any of its versions
}
"""One row a value under review, beside the one it would take the place of."""


class Pile(StrEnum):
    """The lists of an inbox. The first three hold one's own values, the last those of everybody."""

    DRAFTS = "drafts"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    WAITING = "waiting"


_STATES = {
    Pile.DRAFTS: WorkflowState.DRAFT,
    Pile.RETURNED: WorkflowState.RETURNED,
    Pile.SUBMITTED: WorkflowState.SUBMITTED,
    Pile.WAITING: WorkflowState.SUBMITTED,
}


@dataclass(frozen=True)
class Listed:
    """A page of values as `REVIEW_COLUMNS`, and how many there are in all."""

    rows: pd.DataFrame
    total: int


def load_pile(
    connection: Connection,
    actor: Actor,
    pile: Pile,
    limit: int = PAGE,
    offset: int = 0,
    batches: bool = False,
    indicators: Sequence[str] | None = None,
) -> Listed:
    """One list of what waits (F27), the oldest first, of all or some indicators.

    Without `batches` what was loaded together is left out: that is decided as a whole. Raises
    `PermissionDeniedError` for a reader.
    """
    ids = _pile(connection, actor, pile, batches, indicators)
    total = connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one()
    chosen = connection.execute(ids.order_by(schema.observation.c.id).limit(limit).offset(offset))
    return Listed(_review_rows(connection, actor, chosen.scalars().all(), NOW), total)


def count_pile(
    connection: Connection,
    actor: Actor,
    pile: Pile,
    batches: bool = False,
    indicators: Sequence[str] | None = None,
) -> int:
    """How many values `load_pile` has in all: what a list is called, and what the front page says."""
    ids = _pile(connection, actor, pile, batches, indicators)
    return int(connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one())


def _pile(
    connection: Connection, actor: Actor, pile: Pile, batches: bool, indicators: Sequence[str] | None
) -> Select[Any]:
    """The ids of the values of a list."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o, sets = schema.observation, schema.change_set
    state = _STATES[pile]
    conditions = [
        UNDER_REVIEW,
        func.coalesce(latest_state(o), o.c.state) == state.value,
        is_head(o),
    ]
    if not batches:
        # as an expression, so that SQLite goes through what is reviewed and not through what has no batch
        conditions.append(func.coalesce(o.c.batch_id, 0) == 0)
    if indicators is not None:
        wanted = select(schema.indicator.c.id).where(schema.indicator.c.code.in_(sorted(indicators)))
        conditions.append(o.c.indicator_id.in_(wanted))
    if pile is Pile.WAITING:
        conditions.append(ClaimRights(connection, actor).within(Permission.APPROVE))
    else:
        conditions.append(sets.c.actor == actor.email)
    return select(o.c.id).join(sets, sets.c.id == o.c.change_set_id).where(*conditions)


def load_batch_rows(
    connection: Connection, actor: Actor, batch_id: int, limit: int = PAGE, offset: int = 0
) -> Listed:
    """The values of one batch beside what readers saw before it, in the order of the file: of the claims
    whose drafts this person may read."""
    actor.require_somewhere(Permission.READ_SUBMITTED)
    o, batch, sets = schema.observation, schema.batch, schema.change_set
    revision = connection.execute(
        select(sets.c.revision).join(batch, batch.c.change_set_id == sets.c.id).where(batch.c.id == batch_id)
    ).scalar_one_or_none()
    readable = ClaimRights(connection, actor).within(Permission.READ_SUBMITTED)
    own = select(o.c.id).where(o.c.batch_id == batch_id, readable)
    total = connection.execute(select(func.count()).select_from(own.subquery())).scalar_one()
    chosen = connection.execute(own.order_by(o.c.id).limit(limit).offset(offset)).scalars().all()
    return Listed(_review_rows(connection, actor, chosen, (revision or NOW) - 1), total)


def rows_of_batch(
    connection: Connection,
    actor: Actor,
    batch_id: int,
    states: Iterable[WorkflowState] = (WorkflowState.SUBMITTED,),
    permission: Permission = Permission.APPROVE,
) -> list[int]:
    """Ids of the values of a batch that are in one of `states` and can be decided about by this person,
    who needs `permission` for each."""
    o = schema.observation
    wanted = sorted(state.value for state in states)
    rows = connection.execute(
        select(o.c.id)
        .where(
            o.c.batch_id == batch_id,
            ClaimRights(connection, actor).within(permission),
            func.coalesce(latest_state(o), o.c.state).in_(wanted),
            is_head(o),
        )
        .order_by(o.c.id)
    )
    return list(rows.scalars())


# -- conditions ------------------------------------------------------------------------------------

UNDER_REVIEW: ColumnElement[bool] = schema.observation.c.state != literal_column("'approved'")
"""A value written as approved never goes back into review. Without a parameter, so that SQLite sees that
its index of what is reviewed holds all of these rows."""


def latest_state(rows: FromClause, scope: Scope = NOW_KNOWN) -> Any:
    """The state after the newest decision about each row that was known, NULL where there is none."""
    decision = schema.observation_decision
    return (
        select(decision.c.state)
        .where(decision.c.observation_id == rows.c.id, known(decision, scope))
        .order_by(decision.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )


def stands(rows: FromClause, scope: Scope = NOW_KNOWN) -> ColumnElement[bool]:
    """Whether each row was not discarded: taken back before it was ever public (`domain.review`)."""
    decision = schema.observation_decision
    approved = (
        select(decision.c.id)
        .where(
            decision.c.observation_id == rows.c.id,
            decision.c.state == WorkflowState.APPROVED.value,
            known(decision, scope),
        )
        .exists()
    )
    public = (WorkflowState.APPROVED.value, WorkflowState.WITHDRAWN.value)
    return or_(
        rows.c.state.in_(public),
        func.coalesce(latest_state(rows, scope), rows.c.state) != WorkflowState.WITHDRAWN.value,
        approved,
    )


def is_head(rows: FromClause) -> ColumnElement[bool]:
    """Whether no newer row of the value stands (`domain.review.head`)."""
    newer = schema.observation.alias("newer")
    return ~(
        select(newer.c.id)
        .where(newer.c.natural_key == rows.c.natural_key, newer.c.sequence > rows.c.sequence, stands(newer))
        .exists()
    )


# -- rows ------------------------------------------------------------------------------------------

_STATED = (
    "period_start", "period_end", "disaggregation", "kind", "unit", "currency", "qualifier", "value", "text",
    "missing_reason", "note",
)  # fmt: skip
_OLD = ("value", "unit", "currency", "text", "missing_reason")


def _review_rows(connection: Connection, actor: Actor, ids: Sequence[int], known: int) -> pd.DataFrame:
    """The rows of `ids`, in order; the old value is what readers saw at revision `known`."""
    o = schema.observation
    rows: list[dict[str, Any]] = []
    for first in range(0, len(ids), PART):
        part = ids[first : first + PART]
        keys = connection.execute(select(o.c.natural_key).where(o.c.id.in_(part))).scalars().all()
        families = load_families(connection, sorted(set(keys)))
        members = {member.id: member for family in families.values() for member in family}
        old = {}
        for id in part:
            family = families[members[id].row.natural_key]
            old[id] = _before(family, members[id].version, known)
        stated = stated_by(connection, [*part, *(v.id for v in old.values() if v is not None)])
        reasons = reasons_of(connection, {members[id].row.change_set_id for id in part})
        documents = _documents(connection, members)
        judged = _judged(connection, stated)
        for id in part:
            member, before = members[id], old[id]
            last = member.decisions[-1] if member.decisions else None
            now = stated[id]
            row = {name: now[name] for name in _STATED} | {
                "observation": id, "indicator": member.row.indicator, "place": member.row.place,
                "precision": now["period_precision"], "source": now["source_key"],
                "state": member.state.value,
                "author": member.row.actor, "own": member.row.actor == actor.email,
                "recorded_at": member.row.recorded_at, "reason": reasons.get(member.row.change_set_id, ""),
                "decided_by": last.actor if last is not None else "",
                "decided_at": last.recorded_at if last is not None else None,
                "decision_note": last.note if last is not None else "",
                "batch": member.row.batch_id,
                "evidence": sum(documents.get(str(m.id), 0) for m in families[member.row.natural_key]),
                "old_observation": before.id if before is not None else None,
                "changes": before is not None
                and members[before.id].row.content_digest != member.row.content_digest,
            }  # fmt: skip
            for name in _OLD:
                row[f"old_{name}"] = stated[before.id][name] if before is not None else None
            row["confidence"], row["attribution"], _ = judged[id]
            none = ("", "", False)
            row["old_confidence"], row["old_attribution"], row["old_preferred"] = (
                judged[before.id] if before is not None else none
            )
            rows.append(row)
    return _typed(rows)


def _before(family: Sequence[Member], version: Version, known: int) -> Version | None:
    """What readers see, or saw at a revision, of this value apart from the version itself."""
    others = [m.version for m in family if m.id != version.id and m.version.sequence < version.sequence]
    return shown(others, False, known)


def stated_by(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    """All columns of the named rows, with `source_key`, by id."""
    o = schema.observation
    query: Select[Any] = (
        select(o, schema.source.c.key.label("source_key"))
        .join(schema.source, schema.source.c.id == o.c.source_id)
        .where(o.c.id.in_(sorted(set(ids))))
    )
    return {row.id: row._mapping for row in connection.execute(query)}


def reasons_of(connection: Connection, sets: Iterable[int]) -> dict[int, str]:
    """The reason that each change set gives for what it did to observations."""
    change = schema.change
    rows = connection.execute(
        select(change.c.change_set_id, change.c.reason)
        .where(
            and_(
                change.c.change_set_id.in_(sorted(set(sets))),
                change.c.subject.in_(("observation", "batch")),
                change.c.reason != "",
            )
        )
        .order_by(change.c.id.desc())
    )
    return {row.change_set_id: row.reason for row in rows}


def _judged(connection: Connection, stated: Mapping[int, Any]) -> dict[int, tuple[str, str, bool]]:
    """The confidence and the attribution that hold of each row, and whether it is preferred."""
    found = {id: [row["confidence"], row["attribution"], False] for id, row in stated.items()}
    grade, choice = schema.observation_grade, schema.observation_preference
    for row in connection.execute(
        select(grade).where(grade.c.observation_id.in_(found)).order_by(grade.c.sequence)
    ):
        own = found[row.observation_id]
        own[0], own[1] = row.confidence or own[0], row.attribution or own[1]
    for row in connection.execute(
        select(choice).where(choice.c.observation_id.in_(found)).order_by(choice.c.sequence)
    ):
        found[row.observation_id][2] = row.preferred
    return {id: (str(own[0]), str(own[1]), bool(own[2])) for id, own in found.items()}


def _documents(connection: Connection, ids: Iterable[int]) -> dict[str, int]:
    link = schema.evidence_link
    rows = connection.execute(
        select(link.c.subject_key, func.count())
        .where(link.c.subject == "observation", link.c.subject_key.in_([str(id) for id in ids]))
        .group_by(link.c.subject_key)
    )
    return {row[0]: row[1] for row in rows}


def _typed(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd  # only here: a frozen pack is read without it

    columns = {}
    for name, kind in REVIEW_COLUMNS.items():
        column = pd.Series([row[name] for row in rows], dtype="object")
        if kind == "str":
            columns[name] = column.fillna("").astype("str")
        elif kind.startswith("datetime64"):
            columns[name] = pd.to_datetime(column).astype(kind)
        elif kind == "bool":
            columns[name] = column.astype("bool")
        else:
            columns[name] = pd.to_numeric(column).astype(kind)
    return pd.DataFrame(columns)
