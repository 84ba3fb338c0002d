"""The unit of work: all or nothing, one revision, one link of the chain, and many writers at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from dashboard.domain.catalogue import Place, PlaceKind, Source, Target
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, MixedStoreError, StaleDraftError
from dashboard.store import schema
from dashboard.store.commands import define_places, define_sources, record, set_targets
from dashboard.store.engine import reading
from dashboard.store.queries import (
    Scope,
    current_revision,
    load_changes,
    load_series,
    recorded_at,
    revision_at,
)
from dashboard.store.queries.history import broken_link
from dashboard.store.work import canonical, digest, unit_of_work
from tests.sample import ANALYST, APPROVER, articles

WRITERS = 8


def revision(store: Engine) -> int:
    with reading(store) as connection:
        return current_revision(connection)


def write(store: Engine, value: float, year: int = 2023) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        record(work, [articles(value, period=Period.year(year))], state=WorkflowState.APPROVED)


def chain_of(store: Engine) -> int | None:
    with reading(store) as connection:
        return broken_link(connection)


def without_guards(store: Engine, *statements: str) -> None:
    """What somebody with all rights over the database could do."""
    with store.begin() as connection:
        if store.dialect.name == "sqlite":
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in names.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


# -- all or nothing --------------------------------------------------------------------------------


def test_nothing_changed_is_no_revision(store: Engine) -> None:
    before = revision(store)
    with unit_of_work(store, APPROVER, "test"):
        pass
    assert revision(store) == before == 1
    with reading(store) as connection:
        assert len(connection.execute(select(schema.change_set)).all()) == 1


def test_an_exception_leaves_nothing_behind(store: Engine) -> None:
    def fail_after_recording() -> None:
        with unit_of_work(store, APPROVER, "test") as work:
            record(work, [articles()], state=WorkflowState.APPROVED)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    with reading(store) as connection:
        assert len(load_series(connection, Scope())) == 0
    assert revision(store) == 1
    assert chain_of(store) is None


def test_a_refused_command_takes_the_earlier_one_with_it(store: Engine) -> None:
    def define_and_record() -> None:
        with unit_of_work(store, APPROVER, "test") as work:
            define_sources(work, [Source("council", "Byrådet")])
            record(work, [articles(place="atlantis")])

    with pytest.raises(InvalidDraftsError):
        define_and_record()
    with reading(store) as connection:
        assert "council" not in connection.execute(select(schema.source.c.key)).scalars().all()


def test_two_commands_are_one_revision(store: Engine) -> None:
    with unit_of_work(store, APPROVER, "page") as work:
        define_sources(work, [Source("council", "Byrådet")])
        record(work, [articles(source="council")], reason="referat")
    assert revision(store) == 2
    with reading(store) as connection:
        changes = load_changes(connection, Scope(), limit=2)
    assert [(c.revision, c.actor, c.edge, c.command) for c in changes] == [
        (2, "approver@example.org", "page", "record"),
        (2, "approver@example.org", "page", "define_sources"),
    ]
    assert changes[0].reason == "referat"
    assert {key: changes[0].after[key] for key in ("new", "changed", "unchanged", "state")} == {
        "new": 1, "changed": 0, "unchanged": 0, "state": "draft",
    }  # fmt: skip


def test_changes_as_known_at_a_revision(store: Engine) -> None:
    write(store, 12)
    write(store, 13)
    with reading(store) as connection:
        assert {c.revision for c in load_changes(connection, Scope(as_known_at=2))} == {1, 2}
        assert len(load_changes(connection, Scope(), limit=1)) == 1


def test_a_reading_sees_one_state_while_others_write(store: Engine) -> None:
    with reading(store) as connection:
        before = current_revision(connection)
        write(store, 12)
        assert current_revision(connection) == before
        assert len(load_series(connection, Scope())) == 0
    assert revision(store) == before + 1


# -- the revision of a day -------------------------------------------------------------------------


def test_a_day_means_the_last_revision_committed_until_its_end(store: Engine) -> None:
    write(store, 12)
    write(store, 13)
    moments = {
        1: "2024-01-10 23:59:59.999999",
        2: "2024-01-11 00:00:00.000000",
        3: "2024-03-01 12:00:00.000000",
    }
    for number, moment in moments.items():
        without_guards(store, f"UPDATE change_set SET recorded_at = '{moment}' WHERE revision = {number}")
    with reading(store) as connection:
        known = [
            revision_at(connection, dt.date(2024, *day))
            for day in ((1, 9), (1, 10), (1, 11), (2, 29), (3, 1))
        ]
        assert known == [0, 1, 2, 2, 3]
        assert recorded_at(connection) == dt.datetime(2024, 3, 1, 12)
        assert recorded_at(connection, 2) == dt.datetime(2024, 1, 11)
        assert recorded_at(connection, 0) is None


def test_the_moment_of_a_revision_is_in_universal_time(store: Engine) -> None:
    before = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    write(store, 12)
    with reading(store) as connection:
        moment = recorded_at(connection)
    assert moment is not None
    assert before <= moment <= dt.datetime.now(dt.UTC).replace(tzinfo=None)


# -- real and invented -----------------------------------------------------------------------------


def test_invented_data_is_refused_by_the_unit_of_work(store: Engine) -> None:
    invented = unit_of_work(store, APPROVER, "test", store_kind="demonstration")
    with pytest.raises(MixedStoreError) as caught, invented as work:
        record(work, [articles()])
    assert caught.value.key == "error.mixed_store.real"
    assert revision(store) == 1


def test_invented_data_is_refused_by_the_database_too(store: Engine) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), store.begin() as connection:
        connection.execute(insert(schema.change_set).values(store_kind="demonstration", actor="x"))


# -- the audit chain -------------------------------------------------------------------------------


def test_the_chain_holds_after_every_kind_of_value(store: Engine) -> None:
    write(store, 0.1 + 0.2)
    with unit_of_work(store, APPROVER, "test") as work:
        work.note(
            "try", "anything", "æøå €", before={"a": 1.50, "b": [1e-9, 1e22, None, True]},
            after={"day": dt.date(2024, 2, 29), "state": WorkflowState.DRAFT, "nested": {"x": (1, 2)}},
            reason="linje\nto \U0001f642",
        )  # fmt: skip
    assert revision(store) == 3
    assert chain_of(store) is None


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE change SET reason = 'pyntet' WHERE change_set_id = 2", 2),
        ("UPDATE change SET \"after\" = '{}' WHERE change_set_id = 2", 2),
        ("DELETE FROM change WHERE change_set_id = 2", 2),
        ("UPDATE change_set SET actor = 'en anden' WHERE revision = 2", 2),
        ("UPDATE change_set SET recorded_at = '2020-01-01' WHERE revision = 2", 2),
        ("UPDATE change_set SET digest = previous_digest WHERE revision = 3", 3),
        ("UPDATE change_set SET revision = NULL, recorded_at = NULL WHERE revision = 3", 3),
        ("UPDATE change_set SET revision = NULL, recorded_at = NULL WHERE revision = 2", 3),
        ("UPDATE revision SET number = 9", 4),
    ],
)
def test_the_chain_tells_where_somebody_tampered(store: Engine, tampering: str, broken: int) -> None:
    write(store, 12)
    write(store, 13)
    assert chain_of(store) is None
    without_guards(store, tampering)
    assert chain_of(store) == broken


def test_equal_things_have_equal_digests() -> None:
    assert digest(articles(12)) == digest(articles(12.0))
    assert digest({"b": 1, "a": (1, 2)}) == digest({"a": [1, 2.0], "b": 1.0})
    assert digest(articles(12)) != digest(articles(12.000001))
    assert digest("1") != digest(1)
    assert digest(None) != digest("")


@settings(max_examples=40)
@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists))
def test_the_canonical_form_is_its_own_canonical_form(value: object) -> None:
    assert canonical(canonical(value)) == canonical(value)


# -- many at once ----------------------------------------------------------------------------------


def together(count: int, act: Callable[[int], None]) -> list[BaseException | None]:
    """Run `act(0..count-1)` in threads that start at the same moment; what each raised."""
    gate = threading.Barrier(count)

    def run(number: int) -> BaseException | None:
        gate.wait()
        try:
            act(number)
        except Exception as error:
            return error
        return None

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_revisions_have_no_gaps_and_follow_the_commits(store: Engine) -> None:
    each = 5

    def several(writer: int) -> None:
        for n in range(each):
            with unit_of_work(store, ANALYST, f"writer {writer}") as work:
                record(work, [articles(n, period=Period.year(1900 + writer * 10 + n))])

    assert together(WRITERS, several) == [None] * WRITERS
    sets = schema.change_set
    with reading(store) as connection:
        rows = connection.execute(
            select(sets.c.revision, sets.c.recorded_at, sets.c.edge).order_by(sets.c.revision)
        ).all()
        assert [row.revision for row in rows] == list(range(1, WRITERS * each + 2))
        assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
        assert broken_link(connection) is None
        assert len(load_series(connection, Scope(submitted=True))) == WRITERS * each


def test_a_revision_once_seen_never_changes_what_it_showed(store: Engine) -> None:
    """No late commit slips in below a revision that a reader has used already."""
    seen: dict[int, int] = {}
    done = threading.Event()

    def act(number: int) -> None:
        if number:
            for n in range(6):
                with unit_of_work(store, ANALYST, "test") as work:
                    record(work, [articles(n, period=Period.year(1900 + number * 10 + n))])
        while not number and not done.wait(0.002):
            with reading(store) as connection:
                now = current_revision(connection)
                seen[now] = len(load_series(connection, Scope(submitted=True)))
            if now == 1 + 6 * (WRITERS - 1):
                done.set()

    assert together(WRITERS, act) == [None] * WRITERS
    with reading(store) as connection:
        for number, rows in seen.items():
            assert (
                len(load_series(connection, Scope(as_known_at=number, submitted=True))) == rows == number - 1
            )


def test_of_two_who_change_one_value_the_second_is_told(store: Engine) -> None:
    write(store, 12)
    with reading(store) as connection:
        begun = int(load_series(connection, Scope())["observation"].iloc[0])

    def act(writer: int) -> None:
        with unit_of_work(store, APPROVER, "test") as work:
            draft = articles(100 + writer, based_on=begun)
            record(work, [draft], state=WorkflowState.APPROVED)

    outcome = together(WRITERS, act)
    assert outcome.count(None) == 1
    assert {type(error) for error in outcome if error} == {StaleDraftError}
    with reading(store) as connection:
        assert list(load_series(connection, Scope())["value"]) == [100 + outcome.index(None)]


def test_writers_of_one_new_fact_never_meet_the_databases_own_words(store: Engine) -> None:
    outcome = together(WRITERS, lambda writer: write(store, writer))
    assert None in outcome
    assert {type(error) for error in outcome if error} <= {StaleDraftError}
    won = outcome.count(None)
    with reading(store) as connection:
        assert len(load_series(connection, Scope())) == 1
        assert current_revision(connection) == 1 + won
        table = schema.observation
        numbers = connection.execute(select(table.c.sequence).order_by(table.c.sequence)).scalars().all()
        assert list(numbers) == list(range(1, won + 1))


def test_writers_who_wait_for_each_other_are_told_too(store: Engine) -> None:
    """Two writers define the same places in opposite order: one of them, at least, gets through."""
    places = [Place(f"by-{n}", PlaceKind.CITY, Text("By", "City")) for n in range(2)]
    both_began = threading.Barrier(2)

    def act(writer: int) -> None:
        with unit_of_work(store, APPROVER, "test") as work:
            first, second = (places[writer], places[1 - writer])
            define_places(work, [first])
            if store.dialect.name == "postgresql":  # SQLite lets the second one begin after the first
                both_began.wait(10)
            define_places(work, [second])

    outcome = together(2, act)
    assert None in outcome
    assert {type(error) for error in outcome if error} <= {StaleDraftError}


# -- what only the database finds ------------------------------------------------------------------


def test_a_rule_that_only_the_database_knows_is_told_with_its_name(store: Engine) -> None:
    with pytest.raises(InvalidDraftsError) as caught, unit_of_work(store, APPROVER, "test") as work:
        define_sources(work, [Source("avisen", "Avisen", address="side 3")])
    assert [(p.code, p.params) for p in caught.value.problems] == [
        ("refused_by_store", {"rule": "ck_source_address_web"})
    ]


def test_a_target_that_is_no_number_is_a_problem(store: Engine) -> None:
    wrong = Target("press_articles", "viborg", Period(Period.year(2024).start), float("nan"))
    with pytest.raises(InvalidDraftsError) as caught, unit_of_work(store, APPROVER, "test") as work:
        set_targets(work, [wrong])
    assert {p.code for p in caught.value.problems} == {
        "reason_required", "number_impossible", "period_end_required", "period_without_precision",
    }  # fmt: skip
