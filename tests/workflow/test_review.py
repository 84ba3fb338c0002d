"""Deciding about values: who may, what is asked for, and who was faster."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from dashboard.domain.period import Period
from dashboard.domain.roles import Actor, Role
from dashboard.errors import (
    DashboardError,
    InvalidChoiceError,
    InvalidDraftsError,
    PermissionDeniedError,
    StaleDraftError,
)
from dashboard.store import schema
from dashboard.store.commands.review import approve, return_, submit, withdraw
from dashboard.store.engine import reading
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import (
    APPROVED,
    DRAFT,
    RETURNED,
    SUBMITTED,
    WITHDRAWN,
    act,
    revision,
    series,
    values,
    write,
)

COLLEAGUE = replace(ANALYST, email="colleague@example.org")
ALONE = Actor("alone@example.org", "Alene", frozenset({Role.ANALYST, Role.APPROVER}))


def decisions(store: Engine) -> list[tuple[int, str, str, str, bool]]:
    table = schema.observation_decision
    with reading(store) as connection:
        rows = connection.execute(
            select(table.c.sequence, table.c.state, table.c.note, table.c.actor, table.c.self_approved)
            .order_by(table.c.observation_id, table.c.sequence)
        )  # fmt: skip
        return [tuple(row) for row in rows]


# -- the way of a value ----------------------------------------------------------------------------


def test_a_value_goes_from_draft_to_public(store: Engine) -> None:
    ids = write(store, articles(12), articles(7, place="tucson"))
    assert act(store, ANALYST, submit, ids) == 2
    assert values(store) == []
    assert act(store, APPROVER, approve, ids) == 2
    assert values(store) == [7, 12]
    assert decisions(store) == 2 * [
        (1, "submitted", "", "analyst@example.org", False),
        (2, "approved", "", "approver@example.org", False),
    ]  # fmt: skip


def test_a_returned_value_comes_back_with_an_answer(store: Engine) -> None:
    ids = write(store, articles(12), state=SUBMITTED)
    act(store, APPROVER, return_, ids, "Er december med?")
    assert (values(store), values(store, submitted=True)) == ([], [])
    with pytest.raises(InvalidDraftsError) as caught:
        act(store, ANALYST, submit, ids)
    assert [p.code for p in caught.value.problems] == ["note_required"]
    act(store, ANALYST, submit, ids, "Ja, hele året.")
    act(store, APPROVER, approve, ids)
    assert [(state, note) for _, state, note, _, _ in decisions(store)] == [
        ("returned", "Er december med?"), ("submitted", "Ja, hele året."), ("approved", ""),
    ]  # fmt: skip


def test_a_value_is_not_returned_without_a_note(store: Engine) -> None:
    ids = write(store, articles(12), state=SUBMITTED)
    with pytest.raises(InvalidDraftsError) as caught:
        act(store, APPROVER, return_, ids, "  ")
    assert [p.code for p in caught.value.problems] == ["note_required"]
    assert decisions(store) == []


def test_a_team_of_one_approves_its_own_and_it_is_marked(store: Engine) -> None:
    ids = write(store, articles(12), actor=ALONE)
    assert act(store, ALONE, approve, ids) == 1
    assert decisions(store) == [(1, "approved", "", "alone@example.org", True)]
    assert values(store) == [12]


def test_the_draft_of_another_is_not_approved_before_it_is_submitted(store: Engine) -> None:
    ids = write(store, articles(12))
    with pytest.raises(InvalidDraftsError) as caught:
        act(store, APPROVER, approve, ids)
    assert [p.code for p in caught.value.problems] == ["not_submitted"]
    assert values(store) == []


@pytest.mark.parametrize(("actor", "command"), [(READER, submit), (ANALYST, approve), (ANALYST, return_)])
def test_nobody_decides_what_they_may_not(store: Engine, actor: Actor, command: object) -> None:
    ids = write(store, articles(12), state=DRAFT if command is submit else SUBMITTED)
    with pytest.raises(PermissionDeniedError):
        act(store, actor, command, ids, "fordi")  # type: ignore[arg-type]
    assert decisions(store) == []


def test_a_right_for_one_claim_is_no_right_for_another(store: Engine) -> None:
    limited = Actor("x@example.org", "X", frozenset(), claim_roles=frozenset({(Role.APPROVER, "media")}))
    own, others = write(
        store, articles(12), articles(2, indicator="partner_satisfaction", unit="points"), state=SUBMITTED
    )
    with pytest.raises(PermissionDeniedError):
        act(store, limited, approve, [own, others])
    assert act(store, limited, approve, [own]) == 1
    assert values(store) == [12]


def test_a_right_to_record_for_one_claim_is_no_right_for_another(store: Engine) -> None:
    limited = Actor("x@example.org", "X", frozenset(), claim_roles=frozenset({(Role.ANALYST, "media")}))
    assert write(store, articles(12), actor=limited)
    for wrong in (articles(2, indicator="partner_satisfaction", unit="points"), articles(2, indicator="new")):
        with pytest.raises(PermissionDeniedError):
            write(store, articles(13), wrong, actor=limited)
    with pytest.raises(PermissionDeniedError):
        write(store, articles(14), actor=limited, state=APPROVED)
    assert values(store, submitted=True) == [12]


def test_what_does_not_exist_is_not_decided_about(store: Engine) -> None:
    with pytest.raises(InvalidChoiceError):
        act(store, APPROVER, approve, [999_999])


def test_all_or_nothing(store: Engine) -> None:
    good = write(store, articles(12), state=SUBMITTED)
    bad = write(store, articles(7, place="tucson"))
    before = revision(store)
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, approve, good + bad)
    assert (values(store), revision(store)) == ([], before)


def test_several_are_one_revision_and_a_repeated_id_is_one(store: Engine) -> None:
    ids = write(store, *[articles(n, period=Period.year(1900 + n)) for n in range(50)], state=SUBMITTED)
    before = revision(store)
    assert act(store, APPROVER, approve, ids + ids) == 50
    assert revision(store) == before + 1
    assert len(values(store)) == 50


# -- taking back -----------------------------------------------------------------------------------


def test_an_author_takes_back_what_was_never_public(store: Engine) -> None:
    write(store, articles(12), state=APPROVED)
    ids = write(store, articles(99), reason="rettet")
    assert act(store, ANALYST, withdraw, ids) == 1
    assert (values(store), values(store, submitted=True)) == ([12], [12])


def test_the_draft_of_another_is_taken_back_by_an_approver_with_a_note(store: Engine) -> None:
    ids = write(store, articles(12))
    with pytest.raises(PermissionDeniedError):
        act(store, COLLEAGUE, withdraw, ids, "forkert")
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, withdraw, ids)
    assert act(store, APPROVER, withdraw, ids, "forkert") == 1
    assert values(store, submitted=True) == []


def test_a_public_value_is_withdrawn_with_a_reason_and_uncovers_nothing(store: Engine) -> None:
    write(store, articles(12), state=APPROVED)
    ids = write(store, articles(15), state=APPROVED, reason="talt om")
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, withdraw, ids, "forkert")
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, withdraw, ids)
    act(store, APPROVER, withdraw, ids, "Kilden har trukket det tilbage")
    assert (values(store), values(store, submitted=True)) == ([], [])


# -- the change of a public value ------------------------------------------------------------------


def test_the_change_of_a_public_value_needs_a_reason(store: Engine) -> None:
    write(store, articles(12), state=APPROVED)
    ids = write(store, articles(15), state=SUBMITTED)
    with pytest.raises(InvalidDraftsError) as caught:
        act(store, APPROVER, approve, ids)
    assert [p.code for p in caught.value.problems] == ["reason_required"]
    act(store, APPROVER, approve, ids, "Tallet er talt om")
    assert values(store) == [15]


def test_the_reason_of_the_recording_is_enough(store: Engine) -> None:
    write(store, articles(12), state=APPROVED)
    ids = write(store, articles(15), state=SUBMITTED, reason="talt om")
    act(store, APPROVER, approve, ids)
    assert values(store) == [15]


# -- who was faster --------------------------------------------------------------------------------


def test_the_second_to_decide_is_told_what_happened(store: Engine) -> None:
    ids = write(store, articles(12), state=SUBMITTED)
    act(store, APPROVER, return_, ids, "Hvilken periode?")
    with pytest.raises(StaleDraftError) as caught:
        act(store, ALONE, approve, ids)
    assert caught.value.key == "error.review.now_returned"
    told = caught.value.params
    assert (told["actor"], told["note"], told["others"]) == ("approver@example.org", "Hvilken periode?", 0)
    assert told["moment"] is not None


def test_a_value_that_was_corrected_meanwhile_is_not_approved(store: Engine) -> None:
    old = write(store, articles(12), state=SUBMITTED)
    [new] = write(store, articles(15), actor=COLLEAGUE)
    with pytest.raises(StaleDraftError) as caught:
        act(store, APPROVER, approve, old)
    assert caught.value.key == "error.review.superseded"
    assert (caught.value.params["observation"], caught.value.params["actor"]) == (
        new,
        "colleague@example.org",
    )
    act(store, COLLEAGUE, withdraw, [new])
    assert act(store, APPROVER, approve, old) == 1


@pytest.mark.parametrize("state", [APPROVED, RETURNED, WITHDRAWN])
def test_a_decided_value_is_not_decided_again(store: Engine, state: object) -> None:
    ids = write(store, articles(12), state=SUBMITTED)
    command = {APPROVED: approve, RETURNED: return_, WITHDRAWN: withdraw}[state]  # type: ignore[index]
    act(store, APPROVER, command, ids, "fordi")
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, command, ids, "fordi")


def test_of_many_who_decide_at_once_one_does_and_the_others_are_told(store: Engine) -> None:
    ids = write(store, *[articles(n, period=Period.year(1900 + n)) for n in range(20)], state=SUBMITTED)
    gate = threading.Barrier(6)

    def decide(number: int) -> DashboardError | None:
        order = ids if number % 2 else ids[::-1]
        gate.wait()
        try:
            act(store, APPROVER, approve if number % 3 else return_, order, "fordi")
        except DashboardError as error:
            return error
        return None

    with ThreadPoolExecutor(6) as pool:
        outcome = list(pool.map(decide, range(6)))
    assert outcome.count(None) == 1
    told = [error for error in outcome if error is not None]
    assert {type(error) for error in told} == {StaleDraftError}
    assert {error.key for error in told} <= {"error.review.now_approved", "error.review.now_returned"}
    assert {error.params["others"] for error in told} == {19}
    assert len(decisions(store)) == 20
    assert len(series(store)) in (0, 20)
