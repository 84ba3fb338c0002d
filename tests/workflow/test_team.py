"""Around a value: locks, comments, grades, members, kept entries, columns, follow-ups, the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.follow_up import FollowUpAnswer, Persistence
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period
from dashboard.domain.review import Action
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Permission, Role
from dashboard.domain.text import Text
from dashboard.errors import (
    InvalidChoiceError,
    InvalidDraftsError,
    PermissionDeniedError,
    StaleDraftError,
)
from dashboard.store import schema
from dashboard.store.commands import (
    add_member,
    answer_follow_up,
    approve,
    comment,
    decide_activities,
    disable_member,
    forget_entry,
    grade,
    grant_role,
    keep_entry,
    lock_period,
    register,
    remember_mapping,
    reply,
    resolve,
    restore,
    revoke_role,
    unlock_period,
    withdraw,
)
from dashboard.store.engine import reading
from dashboard.store.queries import (
    Scope,
    actor_of,
    load_activities,
    load_changes,
    load_comments,
    load_entries,
    load_follow_ups,
    load_locks,
    load_members,
    load_pending_activities,
    recall_mapping,
)
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, RETURNED, SUBMITTED, act, revision, series, write

YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
ADMINISTRATOR = Actor("admin@example.org", "Admin", frozenset({Role.ADMINISTRATOR}))


def codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidDraftsError) as caught:
        call()
    return [problem.code for problem in caught.value.problems]


# -- closed periods --------------------------------------------------------------------------------


def test_a_closed_period_is_not_changed_by_any_command(store: Engine) -> None:
    [public] = write(store, articles(12), state=APPROVED)
    [pending] = write(store, articles(15), state=SUBMITTED, reason="talt om")
    assert act(store, APPROVER, lock_period, *YEAR, "årsregnskab") is True
    assert act(store, APPROVER, lock_period, *YEAR, "igen") is False
    for call in (
        lambda: write(store, articles(99)),
        lambda: act(store, APPROVER, approve, [pending]),
        lambda: act(store, APPROVER, restore, public, "igen"),
    ):
        assert codes(call) == ["period_locked"]
    act(store, ANALYST, withdraw, [pending])  # what nobody sees may go
    assert codes(lambda: act(store, APPROVER, withdraw, [public], "forkert")) == ["period_locked"]
    assert write(store, articles(3, period=Period.year(2024)))
    act(store, APPROVER, unlock_period, *YEAR, "rettelse fra revisionen")
    act(store, APPROVER, withdraw, [public], "forkert")
    with reading(store) as connection:
        log = load_locks(connection, Scope())
    assert [(lock.locked, lock.standing, lock.reason, lock.actor) for lock in log] == [
        (False, False, "rettelse fra revisionen", "approver@example.org"),
        (True, False, "årsregnskab", "approver@example.org"),
    ]


def test_one_indicator_is_closed_alone(store: Engine) -> None:
    act(store, APPROVER, lock_period, *YEAR, "årsregnskab", "press_articles")
    assert codes(lambda: write(store, articles(1))) == ["period_locked"]
    assert write(store, articles(2, indicator="partner_satisfaction", unit="points"))
    with pytest.raises(InvalidChoiceError):
        act(store, APPROVER, unlock_period, *YEAR, "for alle")
    with reading(store) as connection:
        assert [lock.standing for lock in load_locks(connection, Scope())] == [True]


def test_closing_needs_the_right_a_reason_and_a_period(store: Engine) -> None:
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, lock_period, *YEAR, "regnskab")
    assert codes(lambda: act(store, APPROVER, lock_period, *YEAR, " ")) == ["reason_required"]
    assert codes(lambda: act(store, APPROVER, lock_period, *YEAR[::-1], "x")) == ["period_reversed"]
    assert codes(lambda: act(store, APPROVER, lock_period, *YEAR, "x", "unheard")) == ["indicator_unknown"]


# -- comments --------------------------------------------------------------------------------------


def test_a_thread_follows_the_value_through_its_versions(store: Engine) -> None:
    [old] = write(store, articles(12))
    thread = act(store, APPROVER, comment, old, "Er december med?")
    [new] = write(store, articles(13))
    act(store, ANALYST, reply, thread, "Ja, nu.")
    other = act(store, ANALYST, comment, new, "Kilden er en anden")
    with reading(store) as connection:
        first, second = load_comments(connection, ANALYST, [new])
        assert [(said.text, said.actor, said.observation) for said in first.comments] == [
            ("Er december med?", "approver@example.org", old), ("Ja, nu.", "analyst@example.org", old),
        ]  # fmt: skip
        assert (first.id, second.id, first.resolved) == (thread, other, False)
        with pytest.raises(PermissionDeniedError):
            load_comments(connection, READER, [new])
    act(store, APPROVER, resolve, thread)
    with reading(store) as connection:
        assert [t.resolved for t in load_comments(connection, ANALYST, [old])] == [True, False]
    act(store, ANALYST, reply, thread, "Nej, vent")
    with reading(store) as connection:
        assert [t.resolved for t in load_comments(connection, ANALYST, [old])] == [False, False]


def test_empty_words_and_unknown_threads_are_refused(store: Engine) -> None:
    [row] = write(store, articles(12))
    assert codes(lambda: act(store, ANALYST, comment, row, " \n")) == ["comment_required"]
    assert codes(lambda: act(store, ANALYST, comment, row, "\x00")) == ["text_unprintable"]
    thread = act(store, ANALYST, comment, row, "Ja")
    second = act(store, ANALYST, reply, thread, "Nej")
    for number in (second, 999_999):
        with pytest.raises(InvalidChoiceError):
            act(store, ANALYST, reply, number, "hvad?")
    with pytest.raises(InvalidChoiceError):
        act(store, ANALYST, comment, 999_999, "hvad?")
    with pytest.raises(PermissionDeniedError):
        act(store, READER, comment, row, "hej")


# -- grades ----------------------------------------------------------------------------------------


def test_a_first_grade_is_given_by_an_analyst_and_changed_by_an_approver(store: Engine) -> None:
    [row] = write(store, articles(12), state=SUBMITTED)
    act(store, ANALYST, grade, row, "talt ved døren", confidence=Confidence.OWN_COUNT)
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, grade, row, "nej", confidence=Confidence.ESTIMATE)
    act(store, APPROVER, grade, row, "byrådets referat", attribution=Attribution.A2, share=(0.2, 0.5))
    shown = series(store, submitted=True).iloc[0]
    assert (shown["confidence"], shown["attribution"]) == ("own_count", "A2")
    with reading(store) as connection:
        table = schema.observation_grade
        rows = connection.execute(select(table.c.sequence, table.c.share_low, table.c.share_high)).all()
    assert [tuple(row) for row in rows] == [(1, None, None), (2, 0.2, 0.5)]


def test_the_grade_of_a_public_value_is_an_approvers(store: Engine) -> None:
    [row] = write(store, articles(12), state=APPROVED)
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, grade, row, "talt", confidence=Confidence.OWN_COUNT)
    assert codes(lambda: act(store, APPROVER, grade, row, "")) == ["grade_required", "reason_required"]
    with pytest.raises(InvalidChoiceError):
        act(store, APPROVER, grade, 999_999, "talt", confidence=Confidence.OWN_COUNT)


# -- members ---------------------------------------------------------------------------------------


def test_a_member_acts_with_the_roles_that_stand(store: Engine) -> None:
    act(store, LOCAL_ACTOR, add_member, " Bo@Viborg.dk ", "Bo")
    assert act(store, LOCAL_ACTOR, add_member, "bo@viborg.dk", "Bo") is False
    assert act(store, LOCAL_ACTOR, grant_role, "bo@viborg.dk", Role.ANALYST) is True
    assert act(store, LOCAL_ACTOR, grant_role, "BO@viborg.dk", Role.ANALYST) is False
    act(store, LOCAL_ACTOR, grant_role, "bo@viborg.dk", Role.APPROVER, "media", "presseansvarlig")
    with reading(store) as connection:
        bo = actor_of(connection, "BO@viborg.dk")
        assert actor_of(connection, "ukendt@viborg.dk") is None
    assert bo is not None
    assert (bo.email, bo.name, bo.local) == ("bo@viborg.dk", "Bo", False)
    assert bo.may(Permission.RECORD)
    assert bo.may(Permission.APPROVE, "media")
    assert bo.may_somewhere(Permission.APPROVE)
    assert not bo.may(Permission.APPROVE)
    assert not bo.may(Permission.APPROVE, "funding")
    assert act(store, LOCAL_ACTOR, revoke_role, "bo@viborg.dk", Role.APPROVER, "media") is True
    assert act(store, LOCAL_ACTOR, revoke_role, "bo@viborg.dk", Role.APPROVER, "media") is False
    with reading(store) as connection:
        later = actor_of(connection, "bo@viborg.dk")
        changes = [change.command for change in load_changes(connection, Scope(), 4)]
    assert later is not None
    assert not later.may_somewhere(Permission.APPROVE)
    assert changes == ["revoke_role", "grant_role", "grant_role", "add_member"]


def test_a_disabled_member_is_nobody_until_they_come_back(store: Engine) -> None:
    act(store, LOCAL_ACTOR, add_member, "bo@viborg.dk", "Bo")
    act(store, LOCAL_ACTOR, grant_role, "bo@viborg.dk", Role.ANALYST)
    act(store, LOCAL_ACTOR, disable_member, "bo@viborg.dk", "orlov")
    with reading(store) as connection:
        assert actor_of(connection, "bo@viborg.dk") is None
        assert [member.disabled for member in load_members(connection)] == [True]
    assert act(store, LOCAL_ACTOR, add_member, "bo@viborg.dk", "Bo") is True
    with reading(store) as connection:
        back = actor_of(connection, "bo@viborg.dk")
    assert back is not None
    assert back.may(Permission.RECORD)


def test_the_last_administrator_stays(store: Engine) -> None:
    for email in ("a@viborg.dk", "b@viborg.dk"):
        act(store, LOCAL_ACTOR, add_member, email, email)
        act(store, LOCAL_ACTOR, grant_role, email, Role.ADMINISTRATOR)
    act(store, ADMINISTRATOR, revoke_role, "a@viborg.dk", Role.ADMINISTRATOR)
    for call in (
        lambda: act(store, ADMINISTRATOR, revoke_role, "b@viborg.dk", Role.ADMINISTRATOR),
        lambda: act(store, ADMINISTRATOR, disable_member, "b@viborg.dk", "orlov"),
    ):
        assert codes(call) == ["last_administrator"]
    with reading(store) as connection:
        last = actor_of(connection, "b@viborg.dk")
    assert last is not None
    assert last.may(Permission.ADMINISTER)


def test_members_are_the_administrators_business(store: Engine) -> None:
    with pytest.raises(PermissionDeniedError):
        act(store, APPROVER, add_member, "bo@viborg.dk", "Bo")
    assert codes(lambda: act(store, LOCAL_ACTOR, add_member, "bo", "Bo")) == ["email_form"]
    assert codes(lambda: act(store, LOCAL_ACTOR, add_member, "bo@viborg.dk", " ")) == ["name_required"]
    with pytest.raises(InvalidChoiceError):
        act(store, LOCAL_ACTOR, grant_role, "bo@viborg.dk", Role.ANALYST)
    act(store, LOCAL_ACTOR, add_member, "bo@viborg.dk", "Bo")
    assert codes(lambda: act(store, LOCAL_ACTOR, grant_role, "bo@viborg.dk", Role.ANALYST, "x")) == [
        "claim_not_there"
    ]


# -- kept entries and columns ----------------------------------------------------------------------


def test_what_is_typed_is_kept_and_raises_no_revision(store: Engine) -> None:
    before = revision(store)
    keep_entry(store, ANALYST, "enter:press_articles", {"value": "1.2"})
    keep_entry(store, ANALYST, "enter:press_articles", {"value": "1.234,5", "note": "æøå \u0000 🙂"})
    keep_entry(store, ANALYST, "import:_%", {"columns": ["a", None, 3]})
    keep_entry(store, APPROVER, "enter:press_articles", {"value": "andet"})
    with reading(store) as connection:
        mine = load_entries(connection, ANALYST)
        assert {entry.form for entry in mine} == {"enter:press_articles", "import:_%"}
        [entry] = load_entries(connection, ANALYST, "enter:")
        assert load_entries(connection, ANALYST, "enter_") == ()
    assert entry.payload == {"value": "1.234,5", "note": "æøå \u0000 🙂"}
    assert revision(store) == before
    assert forget_entry(store, ANALYST, "enter:press_articles") is True
    assert forget_entry(store, ANALYST, "enter:press_articles") is False
    with reading(store) as connection:
        assert len(load_entries(connection, ANALYST)) == len(load_entries(connection, APPROVER)) == 1
    with pytest.raises(PermissionDeniedError):
        keep_entry(store, READER, "enter", {})


def test_columns_are_remembered_by_person_and_else_by_team(store: Engine) -> None:
    mapping = {"Antal": "value", "År": "period"}
    assert act(store, ANALYST, remember_mapping, "a" * 64, mapping) is True
    before = revision(store)
    assert act(store, ANALYST, remember_mapping, "a" * 64, mapping) is False
    assert revision(store) == before
    act(store, APPROVER, remember_mapping, "a" * 64, {"Antal": "numerator"})
    with reading(store) as connection:
        assert recall_mapping(connection, "a" * 64, ANALYST.email) == mapping
        assert recall_mapping(connection, "a" * 64, "ny@viborg.dk") == {"Antal": "numerator"}
        assert recall_mapping(connection, "b" * 64, ANALYST.email) is None


# -- the register ----------------------------------------------------------------------------------

FAIR = Activity("messe", ActivityKind.EVENT, "viborg", Text("Messe"), Period.year(2023), participants=10)


def public(store: Engine, submitted: bool = False) -> list[float | None]:
    with reading(store) as connection:
        return [a.participants for a in load_activities(connection, Scope(submitted=submitted))]


def decide(store: Engine, actor: Actor, action: Action, version: int, note: str = "") -> int:
    return act(store, actor, decide_activities, action, {"messe": version}, note)


def test_a_record_becomes_public_by_review(store: Engine) -> None:
    act(store, ANALYST, register, [FAIR])
    decide(store, ANALYST, Action.SUBMIT, 1)
    with reading(store) as connection:
        [pending] = load_pending_activities(connection, APPROVER)
    assert (pending.key, pending.version, pending.state, pending.own) == ("messe", 2, SUBMITTED, False)
    assert codes(lambda: decide(store, APPROVER, Action.RETURN, 2)) == ["note_required"]
    decide(store, APPROVER, Action.RETURN, 2, "hvor mange?")
    with reading(store) as connection:
        [returned] = load_pending_activities(connection, ANALYST, RETURNED)
    assert returned.reason == "hvor mange?"
    decide(store, ANALYST, Action.SUBMIT, 3, "ti")
    with pytest.raises(StaleDraftError):
        decide(store, APPROVER, Action.APPROVE, 3)
    decide(store, APPROVER, Action.APPROVE, 4)
    assert public(store) == [10]
    with pytest.raises(StaleDraftError) as caught:
        decide(store, APPROVER, Action.APPROVE, 5)
    assert caught.value.key == "error.review.now_approved"


def test_a_change_of_a_public_record_needs_a_reason_and_can_be_taken_back(store: Engine) -> None:
    act(store, APPROVER, register, [FAIR], state=APPROVED)
    act(store, ANALYST, register, [replace(FAIR, participants=20)], state=SUBMITTED)
    assert codes(lambda: decide(store, APPROVER, Action.APPROVE, 2)) == ["reason_required"]
    decide(store, ANALYST, Action.WITHDRAW, 2)
    assert (public(store), public(store, submitted=True)) == ([10], [10])
    with pytest.raises(PermissionDeniedError):
        decide(store, ANALYST, Action.WITHDRAW, 3, "forkert")
    decide(store, APPROVER, Action.WITHDRAW, 3, "aflyst")
    assert (public(store), public(store, submitted=True)) == ([], [])


def test_the_draft_record_of_another_is_not_approved(store: Engine) -> None:
    act(store, ANALYST, register, [FAIR])
    assert codes(lambda: decide(store, APPROVER, Action.APPROVE, 1)) == ["not_submitted"]
    with pytest.raises(InvalidChoiceError):
        act(store, APPROVER, decide_activities, Action.APPROVE, {"ukendt": 1})
    with pytest.raises(PermissionDeniedError):
        decide(store, READER, Action.SUBMIT, 1)


def test_what_became_of_a_record_is_answered_and_answered_again(store: Engine) -> None:
    act(store, APPROVER, register, [FAIR], state=APPROVED)
    for outcome, note in ((Persistence.UNKNOWN, "ringet"), (Persistence.REPEATED, "holdt igen i 2024")):
        act(store, ANALYST, answer_follow_up, FollowUpAnswer("messe", 12, outcome, note))
    with reading(store) as connection:
        assert load_follow_ups(connection, Scope()) == (
            FollowUpAnswer("messe", 12, Persistence.REPEATED, "holdt igen i 2024"),
        )
    wrong = FollowUpAnswer("ukendt", 13, Persistence.ENDED, "")
    assert codes(lambda: act(store, ANALYST, answer_follow_up, wrong)) == [
        "activity_not_there", "follow_up_months", "note_required",
    ]  # fmt: skip
