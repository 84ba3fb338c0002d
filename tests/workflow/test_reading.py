"""What the review page reads: inbox, batches, history and reporting, each only for who may."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine, insert

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.observation import Confidence, MissingReason, ObservationKind
from dashboard.domain.period import Period
from dashboard.domain.review import Action
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError, PermissionDeniedError
from dashboard.store import schema
from dashboard.store.commands import (
    approve,
    comment,
    decide_activities,
    grade,
    register,
    reply,
    resolve,
    return_,
    submit,
    undo_batch,
    withdraw,
)
from dashboard.store.engine import reading
from dashboard.store.queries import (
    Listed,
    Pile,
    Scope,
    ValueVersion,
    count_in_batches,
    count_pile,
    find_file,
    first_day,
    load_awaiting_periods,
    load_batch,
    load_batch_rows,
    load_batches,
    load_open_threads,
    load_pile,
    load_proposed,
    load_reported,
    load_value_history,
    recorded_at,
    rows_of_batch,
)
from dashboard.store.queries.review import REVIEW_COLUMNS
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, DRAFT, RETURNED, SUBMITTED, WITHDRAWN, act, load, revision, write

Y22, Y23 = articles(2, period=Period.year(2022)), articles(3, period=Period.year(2023))


def listed(store: Engine, actor: Actor, pile: Pile) -> Listed:
    with reading(store) as connection:
        return load_pile(connection, actor, pile)


def ids(listed: Listed) -> list[int]:
    assert {str(k): str(v) for k, v in listed.rows.dtypes.items()} == REVIEW_COLUMNS
    assert len(listed.rows) == listed.total
    return [int(id) for id in listed.rows["observation"]]


def history(store: Engine, actor: Actor, observation: int) -> tuple[ValueVersion, ...]:
    with reading(store) as connection:
        return load_value_history(connection, actor, observation)


# -- the inbox -------------------------------------------------------------------------------------


def test_everybody_finds_what_waits_for_them(store: Engine) -> None:
    [draft] = write(store, Y22)
    [submitted, returned] = write(store, Y23, replace(Y23, place="tucson"), state=SUBMITTED)
    [others] = write(store, replace(Y22, place="tucson"), actor=APPROVER)
    act(store, APPROVER, return_, [returned], "Hvilken kilde?")
    assert {pile: ids(listed(store, ANALYST, pile)) for pile in Pile} == {
        Pile.DRAFTS: [draft], Pile.RETURNED: [returned], Pile.SUBMITTED: [submitted], Pile.WAITING: [],
    }  # fmt: skip
    assert {pile: ids(listed(store, APPROVER, pile)) for pile in Pile} == {
        Pile.DRAFTS: [others], Pile.RETURNED: [], Pile.SUBMITTED: [], Pile.WAITING: [submitted],
    }  # fmt: skip
    row = listed(store, ANALYST, Pile.RETURNED).rows.iloc[0]
    assert (row["decision_note"], row["decided_by"], row["own"]) == (
        "Hvilken kilde?", "approver@example.org", True,
    )  # fmt: skip
    with reading(store) as connection, pytest.raises(PermissionDeniedError):
        load_pile(connection, READER, Pile.DRAFTS)


def test_what_was_corrected_discarded_or_decided_waits_for_nobody(store: Engine) -> None:
    [old] = write(store, Y22, state=SUBMITTED)
    [new] = write(store, replace(Y22, value=9), state=SUBMITTED)
    assert ids(listed(store, APPROVER, Pile.WAITING)) == [new]
    act(store, ANALYST, withdraw, [new])
    assert ids(listed(store, APPROVER, Pile.WAITING)) == [old]
    act(store, APPROVER, approve, [old])
    assert ids(listed(store, APPROVER, Pile.WAITING)) == []


def test_the_old_value_stands_beside_the_new_one(store: Engine) -> None:
    [public] = write(store, Y22, state=APPROVED)
    write(store, replace(Y22, value=7))
    write(store, replace(Y22, value=9, note="optalt igen"), state=SUBMITTED, reason="fejl i kilden")
    row = listed(store, APPROVER, Pile.WAITING).rows.iloc[0]
    assert (row["old_observation"], row["old_value"], row["old_unit"], row["value"]) == (
        public, 2, "articles", 9,
    )  # fmt: skip
    assert (row["reason"], row["note"], row["source"]) == ("fejl i kilden", "optalt igen", "municipality")
    assert (row["indicator"], row["place"], row["precision"]) == ("press_articles", "viborg", "year")


def test_an_approver_of_one_claim_is_asked_about_that_claim(store: Engine) -> None:
    limited = Actor("x@example.org", "X", frozenset(), claim_roles=frozenset({(Role.APPROVER, "media")}))
    own, _ = write(store, Y22, articles(2, indicator="partner_satisfaction", unit="points"), state=SUBMITTED)
    assert ids(listed(store, limited, Pile.WAITING)) == [own]


def test_a_long_list_comes_in_pages(store: Engine) -> None:
    written = write(store, *[replace(Y22, period=Period.year(1900 + n)) for n in range(7)])
    with reading(store) as connection:
        pages = [load_pile(connection, ANALYST, Pile.DRAFTS, 3, offset) for offset in (0, 3, 6)]
    assert [page.total for page in pages] == [7, 7, 7]
    assert [int(id) for page in pages for id in page.rows["observation"]] == written


# -- batches ---------------------------------------------------------------------------------------


def test_a_batch_is_seen_old_beside_new_and_decided_as_a_whole(store: Engine) -> None:
    write(store, Y22, state=APPROVED)
    batch = load(store, replace(Y22, value=8), Y23, state=SUBMITTED, actor=ANALYST)
    assert ids(listed(store, APPROVER, Pile.WAITING)) == []
    with reading(store) as connection:
        rows = load_batch_rows(connection, APPROVER, batch)
        waiting = rows_of_batch(connection, APPROVER, batch)
        [summary] = load_batches(connection, APPROVER)
        assert len(load_pile(connection, APPROVER, Pile.WAITING, batches=True).rows) == 2
    assert list(rows.rows["value"]) == [8, 3]
    assert list(rows.rows["old_value"].fillna(0)) == [2, 0]
    assert (summary.values, summary.actor, summary.undone_by) == ({"submitted": 2}, ANALYST.email, 0)
    act(store, APPROVER, approve, waiting, "ny optælling")
    with reading(store) as connection:
        again = load_batch_rows(connection, APPROVER, batch)
        assert rows_of_batch(connection, APPROVER, batch) == []
    assert list(again.rows["old_value"].fillna(0)) == [2, 0]
    assert set(again.rows["state"]) == {"approved"}


def test_a_batch_tells_what_undid_it(store: Engine) -> None:
    batch = load(store, Y22)
    done = act(store, APPROVER, undo_batch, batch, "forkert fil")
    with reading(store) as connection:
        undone, undo = load_batch(connection, ANALYST, batch), load_batch(connection, ANALYST, done.batch)
        assert load_batch(connection, ANALYST, 999_999) is None
        assert find_file(connection, "f" * 64) is None
        with pytest.raises(PermissionDeniedError):
            load_batches(connection, READER)
    assert undone is not None
    assert undo is not None
    assert (undone.undone_by, undo.undoes, undo.reason) == (done.batch, batch, "forkert fil")
    assert undo.values == {"withdrawn": 1}


# -- the history of a value ------------------------------------------------------------------------


def test_a_value_tells_who_when_and_why_for_ever(store: Engine) -> None:
    [first] = write(store, Y22)
    act(store, ANALYST, submit, [first])
    act(store, APPROVER, approve, [first])
    act(store, APPROVER, grade, first, "talt ved døren", confidence=Confidence.OWN_COUNT)
    [second] = write(store, replace(Y22, value=9), state=SUBMITTED, reason="fejl i kilden")
    act(store, APPROVER, return_, [second], "Hvilken fejl?")
    newest, oldest = history(store, APPROVER, first)
    assert [v.observation for v in (newest, oldest)] == [second, first]
    assert (newest.value, newest.state, newest.supersedes, newest.reason) == (
        9, RETURNED, first, "fejl i kilden",
    )  # fmt: skip
    assert [(d.state, d.actor, d.note) for d in newest.decisions] == [
        (RETURNED, "approver@example.org", "Hvilken fejl?")
    ]
    assert [d.state for d in oldest.decisions] == [SUBMITTED, APPROVED]
    assert all(d.recorded_at is not None for d in oldest.decisions)
    assert [(g.confidence, g.reason) for g in oldest.grades] == [("own_count", "talt ved døren")]
    assert not oldest.self_approved
    assert (oldest.actor, oldest.edge, oldest.period.start) == (ANALYST.email, "test", dt.date(2022, 1, 1))


def test_readers_are_told_what_was_public_and_nothing_else(store: Engine) -> None:
    [first] = write(store, Y22, state=APPROVED)
    [second] = write(store, replace(Y22, value=9), state=SUBMITTED)
    [only] = history(store, READER, first)
    assert (only.value, only.self_approved) == (2, True)
    for number in (second, 999_999):
        with pytest.raises(InvalidChoiceError):
            history(store, READER, number)
    act(store, APPROVER, withdraw, [second], "internt")
    act(store, APPROVER, withdraw, [first], "Kilden tog fejl")
    [only] = history(store, READER, first)
    assert only.state is WITHDRAWN
    assert [(d.state, d.note) for d in only.decisions] == [(WITHDRAWN, "")]


def test_documents_follow_the_value_through_its_versions(store: Engine) -> None:
    [first] = write(store, Y22)
    with unit_of_work(store, ANALYST, "test") as work:
        work.connection.execute(
            insert(schema.evidence).values(key="referat", title="Referat", change_set_id=work.change_set_id)
        )
        work.connection.execute(
            insert(schema.evidence_link).values(
                evidence_id=1, subject="observation", subject_key=str(first), stance="supports",
                change_set_id=work.change_set_id,
            )
        )  # fmt: skip
        work.note("link_evidence", "evidence")
    assert list(listed(store, ANALYST, Pile.DRAFTS).rows["evidence"]) == [1]
    write(store, replace(Y22, value=9))
    rows = listed(store, ANALYST, Pile.DRAFTS).rows
    assert [list(rows[name]) for name in ("value", "evidence")] == [[9], [1]]


# -- reporting -------------------------------------------------------------------------------------


def test_reporting_counts_each_value_once_by_its_first_recording(store: Engine) -> None:
    write(store, Y22)
    write(store, replace(Y22, value=9), state=APPROVED)
    discarded = write(store, replace(Y22, value=10))
    act(store, ANALYST, withdraw, discarded)
    write(store, replace(Y23, place="tucson"))
    with reading(store) as connection:
        [reported] = load_reported(connection, ANALYST, "viborg")
        day = first_day(connection)
        moment = recorded_at(connection, 1)
        with pytest.raises(PermissionDeniedError):
            load_reported(connection, READER, "viborg")
    assert (reported.indicator, reported.actor, reported.state) == ("press_articles", ANALYST.email, APPROVED)
    assert (reported.start, reported.end) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert moment is not None
    assert day == moment.date()


def test_reporting_is_told_as_it_was_known(store: Engine) -> None:
    [id_] = write(store, Y22, state=SUBMITTED)
    then = revision(store)
    act(store, APPROVER, return_, [id_], "Hele året?")
    write(store, Y23)
    with reading(store) as connection:
        [before] = load_reported(connection, ANALYST, "viborg", Scope(then))
        now = load_reported(connection, ANALYST, "viborg")
    assert (before.end, before.state) == (dt.date(2022, 12, 31), SUBMITTED)
    assert [(one.end, one.state) for one in now] == [
        (dt.date(2022, 12, 31), RETURNED), (dt.date(2023, 12, 31), DRAFT),
    ]  # fmt: skip


def test_a_stated_reason_is_told_from_a_value(store: Engine) -> None:
    write(store, replace(Y22, value=None, missing_reason=MissingReason.NOT_COLLECTED), Y23)
    with reading(store) as connection:
        found = load_reported(connection, ANALYST, "viborg")
    assert [one.missing for one in found] == [True, False]


def test_only_what_is_pending_is_awaited(store: Engine) -> None:
    """Not what is public, what came back, what was taken back, what is elsewhere, and what is planned."""
    years = [replace(Y22, period=Period.year(year)) for year in range(2015, 2022)]
    write(store, years[0], state=APPROVED)
    [returned] = write(store, years[1], state=SUBMITTED)
    act(store, APPROVER, return_, [returned], "Hele året?")
    [withdrawn] = write(store, years[2])
    act(store, ANALYST, withdraw, [withdrawn])
    write(store, replace(years[3], place="tucson"), replace(years[4], kind=ObservationKind.TARGET))
    write(store, years[5], state=SUBMITTED)
    write(store, years[6])
    with reading(store) as connection:
        found = load_awaiting_periods(connection, "viborg")
    assert found == tuple(
        ("press_articles", dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in (2020, 2021)
    )


def test_a_list_is_narrowed_to_some_indicators(store: Engine) -> None:
    write(store, Y22, replace(Y22, indicator="partner_satisfaction", unit="points"), state=SUBMITTED)
    with reading(store) as connection:
        every = load_pile(connection, APPROVER, Pile.WAITING)
        one = load_pile(connection, APPROVER, Pile.WAITING, indicators=["press_articles"])
        none = load_pile(connection, APPROVER, Pile.WAITING, indicators=[])
        counted = count_pile(connection, APPROVER, Pile.WAITING, indicators=["press_articles"])
    assert [every.total, one.total, none.total, counted] == [2, 1, 0, 1]
    assert list(one.rows["indicator"]) == ["press_articles"]


def test_a_proposed_record_stands_beside_the_public_one(store: Engine) -> None:
    meeting = Activity("meeting", ActivityKind.EVENT, "viborg", Text("Møde", "Meeting"), Period.year(2024))
    act(store, APPROVER, register, [meeting], state=APPROVED)
    changed = replace(meeting, participants=40.0)
    act(store, ANALYST, register, [changed], state=SUBMITTED, reason="Talt")
    fresh = replace(meeting, key="fresh")
    act(store, ANALYST, register, [fresh], state=SUBMITTED)
    act(store, APPROVER, decide_activities, Action.RETURN, {"fresh": 1}, "Hvor?")
    with reading(store) as connection:
        assert load_proposed(connection, ANALYST, ["meeting", "fresh"]) == {
            "meeting": (meeting, changed), "fresh": (None, fresh)
        }  # fmt: skip
        assert load_proposed(connection, ANALYST, []) == {}
        with pytest.raises(PermissionDeniedError):
            load_proposed(connection, READER, ["meeting"])


def test_open_threads_are_those_whose_last_word_resolves_nothing(store: Engine) -> None:
    [id_] = write(store, Y22)
    silent = act(store, ANALYST, comment, id_, "Hvor kommer springet fra?")
    closed = act(store, ANALYST, comment, id_, "Er det hele året?")
    act(store, APPROVER, resolve, closed, "Ja")
    reopened = act(store, ANALYST, comment, id_, "Hvem har talt?")
    act(store, APPROVER, resolve, reopened)
    act(store, ANALYST, reply, reopened, "Men hvem?")
    with reading(store) as connection:
        found = load_open_threads(connection, ANALYST)
        with pytest.raises(PermissionDeniedError):
            load_open_threads(connection, READER)
    assert [(one.first.id, one.last.text, one.answers) for one in found] == [
        (reopened, "Men hvem?", 2), (silent, "Hvor kommer springet fra?", 0),
    ]  # fmt: skip
    assert (found[0].indicator, found[0].place, found[0].period) == ("press_articles", "viborg", Y22.period)


def test_what_is_under_review_is_counted_batch_by_batch(store: Engine) -> None:
    first = load(store, Y22, Y23, state=SUBMITTED, actor=ANALYST)
    second = load(store, replace(Y22, place="tucson"), state=SUBMITTED, actor=ANALYST)
    load(store, replace(Y23, place="tucson"), state=APPROVED)
    write(store, replace(Y22, period=Period.year(2019)), state=SUBMITTED)
    with reading(store) as connection:
        [one, other] = rows_of_batch(connection, APPROVER, first)
    act(store, APPROVER, return_, [one], "Hele året?")
    with reading(store) as connection:
        found = count_in_batches(connection, ANALYST)
        with pytest.raises(PermissionDeniedError):
            count_in_batches(connection, READER)
    assert found == {(first, RETURNED): 1, (first, SUBMITTED): 1, (second, SUBMITTED): 1}
    act(store, APPROVER, approve, [other])
    write(store, replace(Y22, value=9), state=SUBMITTED)  # takes the place of the one that came back
    with reading(store) as connection:
        assert count_in_batches(connection, ANALYST) == {(second, SUBMITTED): 1}
