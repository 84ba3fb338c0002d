"""Grading a recorded value anew, with a reason (N3, N4)."""

from __future__ import annotations

from sqlalchemy import func, select

from dashboard.domain.grading import check_grade
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.review import ClaimRights
from dashboard.store.commands.rows import insert_one, schema
from dashboard.store.queries.families import load_families
from dashboard.store.work import UnitOfWork


def grade(
    work: UnitOfWork,
    observation_id: int,
    reason: str,
    confidence: Confidence | None = None,
    attribution: Attribution | None = None,
    share: tuple[float, float] | None = None,
) -> None:
    """Append a grade of a value; what is None stays as it was graded before.

    `share` is the part of the value that is due to the title, low and high, 0 to 1. The grade of a value
    that is public, or that was graded before, is changed by an approver only.
    """
    o, table = schema.observation, schema.observation_grade
    row = work.connection.execute(
        select(o.c.natural_key, o.c.confidence, o.c.attribution, schema.indicator.c.code)
        .join(schema.indicator, schema.indicator.c.id == o.c.indicator_id)
        .where(o.c.id == observation_id)
    ).one_or_none()
    if row is None:
        raise InvalidChoiceError("error.review.unknown", what=observation_id)
    family = load_families(work.connection, [row.natural_key])[row.natural_key]
    public = next(m for m in family if m.id == observation_id).version.public()
    last = work.connection.execute(
        select(func.max(table.c.sequence)).where(table.c.observation_id == observation_id)
    ).scalar_one()
    settled = public or last is not None or row.confidence or row.attribution
    ClaimRights(work).require(Permission.APPROVE if settled else Permission.RECORD, row.code)
    if problems := check_grade(confidence, attribution, share, reason):
        raise InvalidDraftsError(problems)
    low, high = share if share is not None else (None, None)
    insert_one(
        work.connection, table, observation_id=observation_id, sequence=(last or 0) + 1,
        confidence=confidence.value if confidence else "",
        attribution=attribution.value if attribution else "",
        share_low=low, share_high=high, reason=reason, change_set_id=work.change_set_id,
    )  # fmt: skip
    said = {"confidence": confidence, "attribution": attribution, "share": share}
    before = {"confidence": row.confidence, "attribution": row.attribution}
    work.note("grade", "observation", str(observation_id), before=before, after=said, reason=reason)
