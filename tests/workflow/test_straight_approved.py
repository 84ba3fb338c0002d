"""What is written as approved at once: by approvers only, of their claims only, and marked as their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.errors import PermissionDeniedError
from dashboard.i18n import Translator
from dashboard.importing import commit, load_known, preview, propose
from dashboard.intake.table_file import read_table
from dashboard.store.commands import open_batch, record, register, restore, undo_batch
from dashboard.store.engine import reading
from dashboard.store.queries import load_value_history
from dashboard.store.work import UnitOfWork
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, DRAFT, RETURNED, SUBMITTED, WITHDRAWN, act, load, values, write

MEDIA = Actor(
    "media@example.org", "Mette", frozenset({Role.ANALYST}), claim_roles=frozenset({(Role.APPROVER, "media")})
)
SCORE = articles(2, indicator="partner_satisfaction", unit="points")
"""A value of the other claim."""
FAIR = Activity("messe", ActivityKind.EVENT, "viborg", Text("Messe"), Period.year(2023))


def put(work: UnitOfWork, *drafts: Any, state: WorkflowState) -> None:
    batch = open_batch(work, "Grid", rows_read=len(drafts), rows_loaded=len(drafts))
    record(work, drafts, state=state, batch=batch)


@pytest.mark.parametrize("state", [APPROVED, RETURNED, WITHDRAWN])
@pytest.mark.parametrize("actor", [ANALYST, READER])
def test_no_state_that_is_a_decision_is_recorded_without_the_right(
    store: Engine, actor: Actor, state: WorkflowState
) -> None:
    """A row written as withdrawn would take a public value away as surely as one written as approved."""
    [public] = write(store, articles(12), state=APPROVED)
    calls: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
        (record, ([articles(13)],)), (put, (articles(13),)), (register, ([FAIR],)),
    ]  # fmt: skip
    for command, given in calls:
        with pytest.raises(PermissionDeniedError):
            act(store, actor, command, *given, state=state)
    write(store, articles(14), state=APPROVED)
    with pytest.raises(PermissionDeniedError):
        act(store, actor, restore, public, "igen", state)
    assert values(store) == [14]


def test_an_import_as_approved_is_an_approvers(store: Engine) -> None:
    text = "Indikator;Periode;Sted;Kilde;Værdi\nArtikler;2023;Viborg;municipality;12\n"
    file, t = read_table(text.encode(), "tal.csv"), Translator("da")
    with reading(store) as connection:
        known = load_known(connection)
        shown = preview(connection, file, propose(connection, file, known, ""), known, t)
    assert shown.errors == []
    for actor in (READER, ANALYST):
        with pytest.raises(PermissionDeniedError):
            commit(store, actor, "test", shown, state=APPROVED)
    assert values(store, submitted=True) == []
    assert commit(store, APPROVER, "test", shown, state=APPROVED).new == 1
    assert values(store) == [12]


def test_undoing_what_is_public_is_an_approvers(store: Engine) -> None:
    batch = load(store, articles(12))
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, undo_batch, batch, "forkert fil")
    assert values(store) == [12]


def test_an_approver_of_one_claim_approves_at_once_only_there(store: Engine) -> None:
    with pytest.raises(PermissionDeniedError):
        act(store, MEDIA, record, [articles(12), SCORE], state=APPROVED)
    assert values(store) == [], "all or nothing"
    act(store, MEDIA, record, [articles(12)], state=APPROVED)
    [score] = write(store, SCORE, state=APPROVED)
    write(store, replace(SCORE, value=3), state=APPROVED)
    with pytest.raises(PermissionDeniedError):
        act(store, MEDIA, restore, score, "igen", APPROVED)
    assert values(store) == [3, 12]
    with pytest.raises(PermissionDeniedError):
        act(store, MEDIA, register, [FAIR], state=APPROVED)  # a record belongs to no claim alone


@pytest.mark.parametrize("state", [DRAFT, SUBMITTED, APPROVED])
def test_what_is_written_as_approved_is_marked_as_approved_by_its_author(
    store: Engine, state: WorkflowState
) -> None:
    [row] = write(store, articles(12), state=state, actor=APPROVER)
    [second] = write(store, articles(13), state=state, actor=APPROVER)
    act(store, APPROVER, restore, row, "igen", state)
    with reading(store) as connection:
        history = load_value_history(connection, APPROVER, second)
    assert [version.self_approved for version in history] == [state is APPROVED] * 3
