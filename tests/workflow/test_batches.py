"""Undoing a batch restores exactly; undoing the undo brings it back; nothing is ever taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.evidence import Preference
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, PermissionDeniedError
from dashboard.store import schema
from dashboard.store.commands import (
    Undone,
    approve,
    lock_period,
    open_batch,
    prefer,
    record,
    register,
    restore,
    undo_batch,
    withdraw,
)
from dashboard.store.commands.observations import Recorded
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope, load_activities, load_history, load_series
from dashboard.store.queries.history import broken_link
from dashboard.store.queries.integrity import empty_preferences
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import (
    APPROVED,
    DRAFT,
    SUBMITTED,
    act,
    load,
    pictures,
    revision,
    series,
    values,
    write,
)

Y22, Y23, Y24 = (articles(period=Period.year(year)) for year in (2022, 2023, 2024))


def undo(store: Engine, batch: int, reason: str = "forkert fil") -> Undone:
    return act(store, APPROVER, undo_batch, batch, reason)


# -- whole, and exactly ----------------------------------------------------------------------------


def test_an_undone_batch_leaves_what_was_there_before(store: Engine) -> None:
    write(store, replace(Y22, value=1), replace(Y23, value=2), state=APPROVED)
    before = pictures(store)
    batch = load(store, replace(Y22, value=1), replace(Y23, value=99), replace(Y24, value=3))
    assert values(store) == [1, 99, 3]
    done = undo(store, batch)
    assert (done.restored, done.withdrawn) == (1, 1)
    assert pictures(store) == before
    with reading(store) as connection:
        history = load_history(connection, Scope(), "press_articles")
        assert len(history) == 4 + 2
        assert broken_link(connection) is None


def test_an_undo_is_undone(store: Engine) -> None:
    write(store, replace(Y22, value=1), state=APPROVED)
    first = load(store, replace(Y22, value=98), replace(Y23, value=99))
    loaded = pictures(store)
    second = undo(store, first)
    assert values(store) == [1]
    third = undo(store, second.batch, "det var den rigtige fil")
    assert pictures(store) == loaded
    undo(store, third.batch)
    assert values(store) == [1]


def test_drafts_that_were_never_public_are_taken_back_as_if_never_written(store: Engine) -> None:
    write(store, replace(Y22, value=1), state=APPROVED)
    write(store, replace(Y23, value=5), state=SUBMITTED)
    before = pictures(store)
    batch = load(store, replace(Y22, value=98), replace(Y23, value=99), state=SUBMITTED, actor=ANALYST)
    loaded = pictures(store)
    done = act(store, ANALYST, undo_batch, batch, "forkert fil")
    assert (done.restored, done.withdrawn) == (0, 2)
    assert pictures(store) == before
    again = act(store, ANALYST, undo_batch, done.batch, "jo")
    assert (again.restored, again.withdrawn) == (2, 0)
    assert pictures(store) == loaded
    act(store, ANALYST, undo_batch, batch, "nej")
    assert pictures(store) == before


def test_a_draft_over_a_public_value_stands_over_it_again(store: Engine) -> None:
    write(store, replace(Y22, value=1), state=APPROVED)
    write(store, replace(Y22, value=2))
    before = pictures(store)
    batch = load(store, replace(Y22, value=99))
    undo(store, batch)
    assert pictures(store) == before
    assert (values(store), values(store, submitted=True)) == ([1], [2])


def test_a_batch_that_was_approved_later_is_undone_as_well(store: Engine) -> None:
    write(store, replace(Y22, value=1), state=APPROVED)
    before = pictures(store)
    batch = load(store, replace(Y22, value=98), replace(Y23, value=99), state=SUBMITTED)
    ids = [int(id) for id in series(store, submitted=True)["observation"]]
    act(store, APPROVER, approve, ids, "ny optælling")
    assert values(store) == [98, 99]
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, undo_batch, batch, "forkert")
    undo(store, batch)
    assert pictures(store) == before


def test_the_preferred_value_is_preferred_again(store: Engine) -> None:
    write(store, replace(Y22, value=1), replace(Y22, value=2, source="newspaper"), state=APPROVED)
    choice = Preference("press_articles", "viborg", Y22.period, "municipality", 1, Text("egen optælling"))
    act(store, APPROVER, prefer, [choice])
    before = pictures(store)
    undo(store, load(store, replace(Y22, value=99)))
    assert pictures(store) == before
    assert sorted(series(store)["preferred"]) == [False, True]
    with reading(store) as connection:
        assert empty_preferences(connection) == ()


def test_the_same_file_can_be_loaded_again_after_an_undo(store: Engine) -> None:
    undo(store, load(store, replace(Y22, value=98)))
    assert values(store) == []
    with unit_of_work(store, APPROVER, "test") as work:
        assert record(work, [replace(Y22, value=98)], state=APPROVED) == Recorded(changed=1)
    assert values(store) == [98]


def test_what_was_known_before_the_undo_is_still_known_at_that_time(store: Engine) -> None:
    batch = load(store, replace(Y22, value=98))
    loaded = revision(store)
    undo(store, batch)
    with reading(store) as connection:
        assert list(load_series(connection, Scope(as_known_at=loaded))["value"]) == [98]


# -- refused ---------------------------------------------------------------------------------------


def test_a_batch_that_others_built_upon_is_refused_and_they_are_named(store: Engine) -> None:
    batch = load(store, replace(Y22, value=1), replace(Y23, value=2), replace(Y24, value=3))
    write(store, replace(Y22, value=10), replace(Y24, value=30), state=APPROVED, reason="talt om")
    before = revision(store)
    with pytest.raises(InvalidDraftsError) as caught:
        undo(store, batch)
    told = [(p.code, p.params["period"], p.params["actor"]) for p in caught.value.problems]
    assert sorted(told, key=str) == [
        ("built_upon", dt.date(2022, 12, 31), "approver@example.org"),
        ("built_upon", dt.date(2024, 12, 31), "approver@example.org"),
    ]
    assert (revision(store), values(store)) == (before, [10, 2, 30])


def test_a_discarded_draft_builds_on_nothing(store: Engine) -> None:
    batch = load(store, replace(Y22, value=1))
    ids = write(store, replace(Y22, value=2))
    act(store, ANALYST, withdraw, ids)
    undo(store, batch)
    assert values(store, submitted=True) == []


def test_an_undone_batch_is_not_undone_twice(store: Engine) -> None:
    approved, drafts = load(store, replace(Y22, value=1)), load(store, replace(Y23, value=1), state=DRAFT)
    for batch in (approved, drafts):
        undo(store, batch)
    with pytest.raises(InvalidDraftsError):
        undo(store, approved)  # the undo is built upon it
    with pytest.raises(InvalidChoiceError) as caught:
        undo(store, drafts)
    assert caught.value.key == "error.review.nothing_to_undo"


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_undo_needs_a_reason(store: Engine, reason: str) -> None:
    batch = load(store, Y22)
    with pytest.raises(InvalidDraftsError) as caught:
        undo(store, batch, reason)
    assert [p.code for p in caught.value.problems] == ["reason_required"]


def test_no_batch_is_undone_by_a_reader_or_by_its_wrong_number(store: Engine) -> None:
    batch = load(store, Y22)
    with pytest.raises(PermissionDeniedError):
        act(store, READER, undo_batch, batch, "forkert")
    with pytest.raises(InvalidChoiceError):
        undo(store, 999_999)


def test_a_closed_period_is_not_undone(store: Engine) -> None:
    batch = load(store, Y22, Y23)
    act(store, APPROVER, lock_period, dt.date(2022, 1, 1), dt.date(2022, 12, 31), "regnskab")
    with pytest.raises(InvalidDraftsError) as caught:
        undo(store, batch)
    assert [p.code for p in caught.value.problems] == ["period_locked"]
    assert len(values(store)) == 2


# -- activities ------------------------------------------------------------------------------------

FAIR = Activity(
    "messe-2023", ActivityKind.EVENT, "viborg", Text("Messe", "Fair"), Period.year(2023), participants=10,
    sdg_targets=("11.4", "4.7"), primary_sdg="4.7", partner_places=("tucson",), claims=("media",),
)  # fmt: skip


def register_batch(store: Engine, *activities: Activity, state: WorkflowState = APPROVED) -> int:
    with unit_of_work(store, APPROVER, "test") as work:
        batch = open_batch(work, "Register", rows_read=len(activities), rows_loaded=len(activities))
        register(work, activities, state=state, batch=batch)
        return batch


def registers(store: Engine) -> list[list[Activity]]:
    with reading(store) as connection:
        return [list(load_activities(connection, Scope(submitted=pending))) for pending in (False, True)]


@pytest.mark.parametrize("state", [APPROVED, DRAFT])
def test_activities_are_undone_with_their_links(store: Engine, state: WorkflowState) -> None:
    act(store, APPROVER, register, [FAIR], state=APPROVED)
    before = registers(store)
    changed = replace(FAIR, participants=20, sdg_targets=("5",), primary_sdg="5", partner_places=())
    batch = register_batch(store, changed, replace(FAIR, key="messe-2024"), state=state)
    loaded = registers(store)
    assert loaded != before
    done = undo(store, batch)
    assert registers(store) == before
    undo(store, done.batch)
    assert registers(store) == loaded


def test_an_activity_that_was_edited_since_is_named(store: Engine) -> None:
    batch = register_batch(store, FAIR)
    act(store, APPROVER, register, [replace(FAIR, participants=11)], state=APPROVED, reason="talt om")
    with pytest.raises(InvalidDraftsError) as caught:
        undo(store, batch)
    assert [p.params["indicator"] for p in caught.value.problems] == ["messe-2023"]


# -- one old value ---------------------------------------------------------------------------------


def test_an_old_value_comes_back_as_a_new_version(store: Engine) -> None:
    [old] = write(store, replace(Y22, value=1), state=APPROVED)
    write(store, replace(Y22, value=2), state=APPROVED, reason="talt om")
    new = act(store, ANALYST, restore, old, "den første optælling var rigtig")
    assert new is not None
    assert (values(store), values(store, submitted=True)) == ([2], [1])
    act(store, ANALYST, withdraw, [new])
    act(store, APPROVER, restore, old, "den første optælling var rigtig", APPROVED)
    assert values(store) == [1]
    assert act(store, APPROVER, restore, old, "igen", APPROVED) is None


def test_a_withdrawn_value_comes_back(store: Engine) -> None:
    [row] = write(store, replace(Y22, value=1), state=APPROVED)
    act(store, APPROVER, withdraw, [row], "forkert")
    act(store, APPROVER, restore, row, "alligevel rigtigt", APPROVED)
    assert values(store) == [1]
    undone = load(store, replace(Y23, value=2))
    undo(store, undone)
    o = schema.observation
    with reading(store) as connection:
        tombstone = connection.execute(select(func.max(o.c.id))).scalar_one()
    act(store, APPROVER, restore, tombstone, "den skulle blive", APPROVED)
    assert values(store) == [1, 2]


def test_bringing_back_needs_a_reason_and_the_right(store: Engine) -> None:
    [row] = write(store, replace(Y22, value=1), state=APPROVED)
    write(store, replace(Y22, value=2), state=APPROVED)
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, restore, row, " ")
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, restore, row, "fordi", APPROVED)
    with pytest.raises(InvalidChoiceError):
        act(store, ANALYST, restore, 999_999, "fordi")


# -- any history -----------------------------------------------------------------------------------

YEARS = st.integers(2020, 2022)
ROWS = st.lists(st.tuples(YEARS, st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda row: row[0])
STATES = st.sampled_from([DRAFT, SUBMITTED, APPROVED])
STEPS = st.lists(st.tuples(STATES, ROWS, st.sampled_from(["keep", "approve", "withdraw"])), max_size=4)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=STEPS, state=STATES, rows=ROWS, approved_later=st.booleans())
def test_undo_restores_exactly(
    databases: Databases,
    history: list[tuple[WorkflowState, list[tuple[int, int]], str]],
    state: WorkflowState,
    rows: list[tuple[int, int]],
    approved_later: bool,
) -> None:
    """Whatever happened before: undoing a batch shows the old picture, undoing the undo the new one."""
    store = open_engine(databases.address("sqlite", "filled"))
    try:
        for number, (step_state, step_rows, then) in enumerate(history):
            drafts = [articles(value, period=Period.year(year)) for year, value in step_rows]
            ids = write(store, *drafts, state=step_state, actor=APPROVER, reason=f"trin {number}")
            if then == "withdraw":
                act(store, APPROVER, withdraw, ids, "forkert")
            elif then == "approve" and step_state is not APPROVED:
                act(store, APPROVER, approve, ids, "godkendt")
        before, revision_before = pictures(store), revision(store)
        drafts = [articles(value, period=Period.year(year)) for year, value in rows]
        batch = load(store, *drafts, state=state)
        o = schema.observation
        with reading(store) as connection:
            ids = list(connection.execute(select(o.c.id).where(o.c.batch_id == batch)).scalars())
        if not ids:
            return
        if approved_later and state is not APPROVED:
            act(store, APPROVER, approve, ids, "godkendt")
        loaded = pictures(store)
        done = undo(store, batch)
        assert pictures(store) == before
        again = undo(store, done.batch)
        assert pictures(store) == loaded
        undo(store, again.batch)
        assert pictures(store) == before
        assert revision(store) > revision_before
    finally:
        databases.drop(store)
