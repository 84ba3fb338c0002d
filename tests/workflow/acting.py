"""Short ways to write and read in the tests of the workflow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Engine, select

from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.roles import Actor
from dashboard.store import schema
from dashboard.store.commands import open_batch, record
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, current_revision, load_series
from dashboard.store.work import UnitOfWork, unit_of_work
from tests.sample import ANALYST, APPROVER

Result = TypeVar("Result")
DRAFT, SUBMITTED, APPROVED, RETURNED, WITHDRAWN = WorkflowState
RECORDED_ANEW = ["observation", "revision", "recorded_at"]
"""What a row that is said again does not share with its source."""


def act(store: Engine, actor: Actor, command: Callable[..., Result], *args: Any, **options: Any) -> Result:
    """One command in one unit of work."""
    with unit_of_work(store, actor, "test") as work:
        return command(work, *args, **options)


def write(
    store: Engine, *drafts: Draft, state: WorkflowState = DRAFT, actor: Actor | None = None, reason: str = ""
) -> list[int]:
    """Record drafts; the ids of the rows that were written, in order."""
    actor = actor or (APPROVER if state is APPROVED else ANALYST)
    with unit_of_work(store, actor, "test") as work:
        record(work, drafts, state=state, reason=reason)
        return _written(work)


def load(store: Engine, *drafts: Draft, state: WorkflowState = APPROVED, actor: Actor = APPROVER) -> int:
    """Record drafts as a batch; its id."""
    with unit_of_work(store, actor, "test") as work:
        batch = open_batch(work, "Indlæsning", "tal.csv", rows_read=len(drafts), rows_loaded=len(drafts))
        record(work, drafts, state=state, batch=batch)
        return batch


def _written(work: UnitOfWork) -> list[int]:
    o = schema.observation
    rows = select(o.c.id).where(o.c.change_set_id == work.change_set_id).order_by(o.c.id)
    return list(work.connection.execute(rows).scalars())


def series(store: Engine, submitted: bool = False) -> pd.DataFrame:
    with reading(store) as connection:
        return load_series(connection, Scope(submitted=submitted))


def values(store: Engine, submitted: bool = False) -> list[float]:
    return [float(value) for value in series(store, submitted)["value"]]


def pictures(store: Engine) -> list[list[tuple[Any, ...]]]:
    """What readers and the team see, without what tells one recording from another."""
    frames = [series(store, submitted).drop(columns=RECORDED_ANEW) for submitted in (False, True)]
    return [sorted(frame.astype(str).itertuples(index=False, name=None)) for frame in frames]


def revision(store: Engine) -> int:
    with reading(store) as connection:
        return current_revision(connection)
