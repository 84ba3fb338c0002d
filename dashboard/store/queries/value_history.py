"""How one value came to be what it is: every version, old → new, who, when and why, for ever (F34)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select, union

from dashboard.domain.evidence import EvidenceSubject
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.roles import Actor, Permission
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError
from dashboard.store import schema
from dashboard.store.queries.claim_rights import ClaimRights
from dashboard.store.queries.families import Member, load_families
from dashboard.store.queries.late_documents import approved_at
from dashboard.store.queries.review import reasons_of, stated_by

Judgement = TypeVar("Judgement")


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about a version."""

    state: WorkflowState
    actor: str
    recorded_at: datetime | None
    note: str
    self_approved: bool


@dataclass(frozen=True, slots=True)
class Grading:
    """One grade given after the recording; texts are "" where it said nothing of them. `carried`: it was
    taken over from the version that this one corrects, by whoever made the correction public."""

    confidence: str
    attribution: str
    share_low: float | None
    share_high: float | None
    reason: str
    actor: str
    recorded_at: datetime | None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """That a version was preferred to those of other sources, or no longer; `carried` as with grades."""

    preferred: bool
    reason: Text
    actor: str
    recorded_at: datetime | None
    carried: bool


@dataclass(frozen=True, slots=True)
class Addition:
    """A document attached to a version; `late`: after its approval, so that nobody has reviewed it."""

    title: str
    actor: str
    recorded_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class ValueVersion:
    """One version of a value. `supersedes` is the id of the one before; `reason` was given when it was
    recorded. `recorded_state` is the state it was written in; one that was written as approved was
    approved by its author."""

    observation: int
    sequence: int
    supersedes: int | None
    indicator: str
    place: str
    period: Period
    value: float | None
    text: str
    missing_reason: str
    unit: str
    currency: str
    qualifier: str
    status: str
    source: str
    note: str
    confidence: str
    confidence_reason: str
    attribution: str
    attribution_reason: str
    state: WorkflowState
    recorded_state: WorkflowState
    actor: str
    edge: str
    recorded_at: datetime | None
    revision: int
    reason: str
    batch: int | None
    decisions: tuple[Decided, ...]
    grades: tuple[Grading, ...]
    preferences: tuple[Choice, ...]
    documents: tuple[Addition, ...]

    @property
    def self_approved(self) -> bool:
        """Whether the one who wrote it also made it public."""
        written = self.recorded_state is WorkflowState.APPROVED
        return written or any(decision.self_approved for decision in self.decisions)


def load_value_history(connection: Connection, actor: Actor, observation_id: int) -> tuple[ValueVersion, ...]:
    """All versions of the value that this row is one of, the newest first.

    Who may not read drafts is given only what was public at some time, and its decisions without notes:
    notes are said within the team. Raises `InvalidChoiceError` for a number that is nowhere, or that this
    person may not see.
    """
    o = schema.observation
    key = connection.execute(select(o.c.natural_key).where(o.c.id == observation_id)).scalar_one_or_none()
    family = load_families(connection, [key])[key] if key is not None else ()
    rights = ClaimRights(connection, actor)
    team = bool(family) and rights.may(Permission.READ_SUBMITTED, family[0].row.indicator)
    visible = [member for member in family if team or member.version.public()]
    if observation_id not in {member.id for member in visible}:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    stated = stated_by(connection, [member.id for member in visible])
    reasons = reasons_of(connection, {member.row.change_set_id for member in visible})
    edges = _edges(connection, {member.row.change_set_id for member in visible})
    ids = [member.id for member in visible]
    taken_over = _carried(connection, ids)
    grades, choices = _grades(connection, ids, taken_over), _choices(connection, ids, taken_over)
    documents = _additions(connection, visible)
    return tuple(
        _version(
            member, stated[member.id], reasons, edges, grades.get(member.id, ()), choices.get(member.id, ()),
            documents.get(member.id, ()), team,
        )
        for member in reversed(visible)
    )  # fmt: skip


def _version(
    member: Member,
    stated: Any,
    reasons: dict[int, str],
    edges: dict[int, str],
    grades: tuple[Grading, ...],
    choices: tuple[Choice, ...],
    documents: tuple[Addition, ...],
    team: bool,
) -> ValueVersion:
    row = member.row
    known = (
        "value", "text", "missing_reason", "unit", "currency", "qualifier", "status", "note",
        "confidence", "confidence_reason", "attribution", "attribution_reason",
    )  # fmt: skip
    decisions = tuple(
        Decided(WorkflowState(d.state), d.actor, d.recorded_at, d.note if team else "", d.self_approved)
        for d in member.decisions
        if team or WorkflowState(d.state) in (WorkflowState.APPROVED, WorkflowState.WITHDRAWN)
    )
    return ValueVersion(
        observation=member.id,
        sequence=member.version.sequence,
        supersedes=stated["supersedes_id"],
        indicator=row.indicator,
        place=row.place,
        period=Period(row.period_start, row.period_end, Precision(stated["period_precision"])),
        source=stated["source_key"],
        state=member.state,
        recorded_state=WorkflowState(row.state),
        actor=row.actor,
        edge=edges[row.change_set_id],
        recorded_at=row.recorded_at,
        revision=row.revision or 0,
        reason=reasons.get(row.change_set_id, ""),
        batch=row.batch_id,
        decisions=decisions,
        grades=grades,
        preferences=choices,
        documents=documents,
        **{name: stated[name] for name in known},
    )


def _edges(connection: Connection, ids: set[int]) -> dict[int, str]:
    sets = schema.change_set
    rows = connection.execute(select(sets.c.id, sets.c.edge).where(sets.c.id.in_(sorted(ids))))
    return {row.id: row.edge for row in rows}


def _additions(connection: Connection, members: Sequence[Member]) -> dict[int, tuple[Addition, ...]]:
    approved = {member.id: approved_at(member.version) for member in members}
    link, document, sets = schema.evidence_link, schema.evidence, schema.change_set
    found: dict[int, tuple[Addition, ...]] = {}
    for row in connection.execute(
        select(link.c.subject_key, document.c.title, sets.c.actor, sets.c.recorded_at, sets.c.revision)
        .join(document, document.c.id == link.c.evidence_id)
        .join(sets, sets.c.id == link.c.change_set_id)
        .where(
            link.c.subject == EvidenceSubject.OBSERVATION.value,
            link.c.subject_key.in_([str(id) for id in approved]),
        )
        .order_by(link.c.id)
    ):
        id_ = int(row.subject_key)
        revision = approved[id_]
        late = revision is not None and (row.revision or 0) > revision
        added = Addition(row.title, row.actor, row.recorded_at, late)
        found[id_] = (*found.get(id_, ()), added)
    return found


def _carried(connection: Connection, ids: list[int]) -> set[tuple[int, int]]:
    """The versions of which something was taken over, with the change sets in which it was."""
    change, tables = schema.change, (schema.observation_grade, schema.observation_preference)
    sets = [select(table.c.change_set_id).where(table.c.observation_id.in_(ids)) for table in tables]
    rows = connection.execute(
        select(change.c.change_set_id, change.c.after).where(
            change.c.command == "carry_judgements", change.c.change_set_id.in_(union(*sets))
        )
    )
    wanted = set(ids)
    return {(id, row.change_set_id) for row in rows for id in wanted.intersection(row.after["observations"])}


def _choices(
    connection: Connection, ids: list[int], taken_over: set[tuple[int, int]]
) -> dict[int, tuple[Choice, ...]]:
    return _said(
        connection, schema.observation_preference, ids, taken_over,
        lambda row, carried: Choice(
            row.preferred, Text(row.reason_da, row.reason_en), row.actor, row.recorded_at, carried
        ),
    )  # fmt: skip


def _grades(
    connection: Connection, ids: list[int], taken_over: set[tuple[int, int]]
) -> dict[int, tuple[Grading, ...]]:
    return _said(
        connection, schema.observation_grade, ids, taken_over,
        lambda row, carried: Grading(
            row.confidence, row.attribution, row.share_low, row.share_high, row.reason, row.actor,
            row.recorded_at, carried,
        ),
    )  # fmt: skip


def _said(
    connection: Connection,
    table: Table,
    ids: list[int],
    taken_over: set[tuple[int, int]],
    make: Callable[[Any, bool], Judgement],
) -> dict[int, tuple[Judgement, ...]]:
    """What `table` says of each observation, as it was said; `make` hears whether it was carried."""
    sets = schema.change_set
    found: dict[int, tuple[Judgement, ...]] = {}
    for row in connection.execute(
        select(table, sets.c.actor, sets.c.recorded_at)
        .join(sets, sets.c.id == table.c.change_set_id)
        .where(table.c.observation_id.in_(ids))
        .order_by(table.c.observation_id, table.c.sequence)
    ):
        said = make(row, (row.observation_id, row.change_set_id) in taken_over)
        found[row.observation_id] = (*found.get(row.observation_id, ()), said)
    return found
