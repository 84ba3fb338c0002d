"""Under load and faults: many at once, and a process that dies in the middle."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from dashboard.domain.period import Period
from dashboard.errors import DashboardError, StaleDraftError, StoreError
from dashboard.store import schema
from dashboard.store.commands import approve, keep_entry, record, undo_batch
from dashboard.store.engine import WriterQueue, open_engine, reading
from dashboard.store.queries import (
    Pile,
    Scope,
    current_revision,
    find_file,
    load_batch_rows,
    load_entries,
    load_pile,
    load_series,
    load_value_history,
)
from dashboard.store.queries.history import broken_link
from dashboard.store.queries.integrity import dangling_references
from tests.conftest import DIALECTS, Databases
from tests.sample import ANALYST, APPROVER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, load, values, write
from tests.workflow.importing import DIGEST

ROOT = Path(__file__).resolve().parents[2]
ROWS = 3_000
WRITERS = 20
EACH = 2


# -- two people, one value -------------------------------------------------------------------------


def test_the_second_who_saves_a_value_is_told_sees_both_and_loses_nothing(store: Engine) -> None:
    [begun] = write(store, articles(12), state=APPROVED)
    form = "enter:press_articles:viborg:2023"
    keep_entry(store, ANALYST, form, {"value": "17", "based_on": begun})
    write(store, articles(15, based_on=begun), state=APPROVED, reason="talt om")

    with pytest.raises(StaleDraftError):
        act(store, ANALYST, record, [articles(17, based_on=begun)])

    with reading(store) as connection:
        newest, _ = load_value_history(connection, ANALYST, begun)
        [kept] = load_entries(connection, ANALYST, form)
    assert (newest.value, newest.actor) == (15, APPROVER.email)
    assert kept.payload == {"value": "17", "based_on": begun}
    write(store, articles(17, based_on=newest.observation), state=SUBMITTED, reason="min optælling")
    with reading(store) as connection:
        assert [v.value for v in load_value_history(connection, ANALYST, begun)] == [17, 15, 12]


# -- twenty writers and readers --------------------------------------------------------------------


@pytest.mark.slow
def test_twenty_writers_with_readers_lose_and_double_nothing(store: Engine) -> None:
    """Each of twenty people records, submits for approval, approves and undoes, while others look."""
    gate, writing = threading.Barrier(WRITERS + 4), threading.Event()
    shared = write(store, articles(1, period=Period.year(1800)), state=SUBMITTED)

    def draft(writer: int, n: int) -> object:
        return articles(n, period=Period.day(dt.date(1900 + writer, 1, 1) + dt.timedelta(n)))

    def work_day(writer: int) -> list[DashboardError]:
        told: list[DashboardError] = []
        gate.wait()
        for n in range(EACH):
            ids = write(store, draft(writer, n), state=SUBMITTED)  # type: ignore[arg-type]
            act(store, APPROVER, approve, ids)
        batch = load(store, draft(writer, 10), draft(writer, 11))  # type: ignore[arg-type]
        if writer % 2:
            act(store, APPROVER, undo_batch, batch, "forkert fil")
        try:
            act(store, APPROVER, approve, shared)
        except StaleDraftError as error:
            told.append(error)
        return told

    def look(_: int) -> int:
        gate.wait()
        looks = 0
        while not writing.wait(0.05) or not looks:
            with reading(store) as connection:
                now = current_revision(connection)
                seen = load_series(connection, Scope())
                assert len(set(zip(seen["period_start"], seen["period_end"], strict=True))) == len(seen)
                assert current_revision(connection) == now
                load_pile(connection, APPROVER, Pile.WAITING)
            looks += 1
        return looks

    with ThreadPoolExecutor(WRITERS + 4) as pool:
        readers = [pool.submit(look, n) for n in range(4)]
        try:
            told = [error for errors in pool.map(work_day, range(WRITERS)) for error in errors]
        finally:
            writing.set()
        assert all(reader.result() > 0 for reader in readers)
    assert len(told) == WRITERS - 1  # one approved the shared value, all the others were told
    assert {error.key for error in told} <= {"error.review.now_approved", "error.stale_store"}
    assert Counter(values(store)) == Counter(
        [n for _ in range(WRITERS) for n in range(EACH)] + [10, 11] * (WRITERS // 2) + [1]
    )
    with reading(store) as connection:
        o = schema.observation
        rows = connection.execute(select(o.c.natural_key, o.c.sequence)).all()
        assert len(set(rows)) == len(rows) == 1 + WRITERS * (EACH + 2) + WRITERS // 2 * 2
        assert broken_link(connection) is None
        assert dangling_references(connection) == ()
        assert current_revision(connection) == 2 + WRITERS * (EACH * 2 + 1) + WRITERS // 2 + 1


# -- kill -9 ---------------------------------------------------------------------------------------


def run_import(url: str, die_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.workflow.importing", url, str(ROWS), str(die_at)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def counted(engine: Engine) -> tuple[int, int]:
    """Rows of observations, and the revision."""
    with reading(engine) as connection:
        rows = connection.execute(select(func.count()).select_from(schema.observation)).scalar_one()
        return rows, current_revision(connection)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_killed_import_leaves_all_or_nothing_and_the_store_says_which(
    databases: Databases, dialect: str
) -> None:
    whole = open_engine(databases.address(dialect, "filled"))
    statements = int(run_import(whole.url.render_as_string(hide_password=False), 0).stdout)
    databases.drop(whole)
    assert statements > 8
    engine = open_engine(databases.address(dialect, "filled"))
    url = engine.url.render_as_string(hide_password=False)
    before = counted(engine)
    # the transaction begins; then the batch, the rows, the audit trail, the revision and its seal
    moments = sorted({3, 4, statements // 2, *range(statements - 5, statements + 1)})
    for die_at in moments:
        engine.dispose()
        result = run_import(url, die_at)
        assert result.returncode == -signal.SIGKILL, (die_at, result.stderr)
        assert counted(engine) == before, f"died at statement {die_at} of {statements}"
        with reading(engine) as connection:
            assert find_file(connection, DIGEST) is None
            assert broken_link(connection) is None
    engine.dispose()
    assert run_import(url, -1).returncode == -signal.SIGKILL
    assert counted(engine) == (ROWS, before[1] + 1)
    with reading(engine) as connection:
        batch = find_file(connection, DIGEST)
        assert batch is not None
        assert (batch.rows_loaded, batch.values, batch.revision) == (ROWS, {"approved": ROWS}, before[1] + 1)
        assert load_batch_rows(connection, APPROVER, batch.id, 1).total == ROWS
        assert broken_link(connection) is None
    databases.drop(engine)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_import_killed_from_outside_leaves_all_or_nothing(databases: Databases, dialect: str) -> None:
    """Whenever the blow falls: the moments are spread over the run, and each outcome is one of the two."""
    engine = open_engine(databases.address(dialect, "filled"))
    url = engine.url.render_as_string(hide_password=False)
    before = counted(engine)
    command = [sys.executable, "-m", "tests.workflow.importing", url, str(ROWS), "0"]
    for seconds in (0.6, 0.9, 1.1, 1.3, 1.5, 1.8):
        engine.dispose()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with reading(engine) as connection:
            batch = find_file(connection, DIGEST)
            assert broken_link(connection) is None
        if batch is None:
            assert counted(engine) == before
        else:
            assert counted(engine) == (ROWS, before[1] + 1)
            assert batch.values == {"approved": ROWS}
            break
    databases.drop(engine)


def test_a_database_that_another_process_keeps_busy_is_told_in_words_of_our_own(databases: Databases) -> None:
    """Only SQLite refuses to wait for ever; its own words are "database is locked"."""
    url = databases.address("sqlite", "filled")
    store, other = open_engine(url), open_engine(url)  # each engine has its own queue, as a process has

    def impatient(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10")

    event.listen(store, "checkout", impatient)
    with other.begin():
        for call in (
            lambda: write(store, articles(1)),
            lambda: keep_entry(store, ANALYST, "enter", {}),
        ):
            with pytest.raises(StoreError) as caught:
                call()
            assert caught.value.key == "error.store_busy"
    assert write(store, articles(1))
    other.dispose()
    databases.drop(store)


def test_writers_get_their_turn_in_the_order_in_which_they_came() -> None:
    queue, arrived = WriterQueue(), list[int]()

    def wait_for_turn(number: int) -> None:
        assert queue.enter(60)
        arrived.append(number)
        queue.leave()

    with ThreadPoolExecutor(10) as pool:
        assert queue.enter(0)
        assert not queue.enter(0.001)  # who gives up is not waited for
        for number in range(10):
            pool.submit(wait_for_turn, number)
            while len(queue) <= number:
                time.sleep(0.001)
        queue.leave()
    assert arrived == list(range(10))
    assert queue.enter(0)


def test_there_is_a_connection_for_everybody(store: Engine) -> None:
    """Twenty who write and some who read hold one each, and none waits for another's."""
    with ExitStack() as held:
        for _ in range(24):
            connection = held.enter_context(store.connect().execution_options(read_only=True))
            held.enter_context(connection.begin())
            assert current_revision(connection) == 1
