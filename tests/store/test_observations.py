"""Recording: nothing twice, nothing overwritten, nothing wrong, and nobody sees what is not approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, event, func, insert, select

from dashboard.domain.observation import (
    FRAME_COLUMNS,
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    WorkflowState,
)
from dashboard.domain.period import Period, Precision
from dashboard.errors import InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.store import schema
from dashboard.store.commands import open_batch, record
from dashboard.store.commands.observations import Recorded
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, current_revision, load_history, load_series
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER, READER, articles

APPROVED, SUBMITTED, DRAFT = WorkflowState.APPROVED, WorkflowState.SUBMITTED, WorkflowState.DRAFT


def write(store: Engine, *drafts: Draft, state: WorkflowState = APPROVED, **options: Any) -> Recorded:
    with unit_of_work(store, APPROVER, "test") as work:
        return record(work, drafts, state=state, **options)


def decide(store: Engine, observation: int, state: WorkflowState, sequence: int = 1) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        work.connection.execute(
            insert(schema.observation_decision).values(
                observation_id=observation, sequence=sequence, state=state.value,
                change_set_id=work.change_set_id,
            )
        )  # fmt: skip
        work.note("decide", "observation")


def series(store: Engine, **scope: Any) -> pd.DataFrame:
    with reading(store) as connection:
        return load_series(connection, Scope(**scope))


def values(store: Engine, **scope: Any) -> list[float]:
    return [float(value) for value in series(store, **scope)["value"]]


def revision(store: Engine) -> int:
    with reading(store) as connection:
        return current_revision(connection)


# -- the same, and something else ------------------------------------------------------------------


def test_the_same_fact_again_changes_nothing(store: Engine) -> None:
    assert write(store, articles(12)) == Recorded(new=1)
    before = revision(store)
    assert write(store, articles(12.0)) == Recorded(unchanged=1)
    assert revision(store) == before
    assert values(store) == [12]


def test_another_value_supersedes_and_both_are_kept(store: Engine) -> None:
    write(store, articles(12))
    assert write(store, articles(15)) == Recorded(changed=1)
    assert values(store) == [15]
    table = schema.observation
    with reading(store) as connection:
        rows = connection.execute(
            select(table.c.id, table.c.value, table.c.sequence, table.c.supersedes_id).order_by(table.c.id)
        ).all()
    assert [(row.value, row.sequence) for row in rows] == [(12, 1), (15, 2)]
    assert [row.supersedes_id for row in rows] == [None, rows[0].id]


def test_a_value_that_returns_is_a_third_row(store: Engine) -> None:
    for value in (12, 15, 12):
        write(store, articles(value))
    assert values(store) == [12]
    with reading(store) as connection:
        assert connection.execute(select(func.count()).select_from(schema.observation)).scalar_one() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"note": "Rettet note"}, {"qualifier": Qualifier.ABOUT}, {"status": ObservationStatus.PROVISIONAL},
        {"flags": ("covid",)}, {"value": None, "missing_reason": MissingReason.NOT_PUBLISHED},
        {"value": 0.0},
    ],
)  # fmt: skip
def test_any_other_statement_about_the_same_fact_supersedes(store: Engine, change: dict[str, Any]) -> None:
    write(store, articles(12))
    assert write(store, articles(**change)) == Recorded(changed=1)
    assert len(series(store)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"place": "tucson"}, {"source": "newspaper"}, {"disaggregation": "origin=abroad"},
        {"kind": ObservationKind.TARGET}, {"boundary": ""}, {"method": "søgning"},
        {"period": Period.year(2022)}, {"indicator": "visitors_abroad_share", "unit": "percent"},
        {"period": Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31), Precision.DAY)},
    ],
)  # fmt: skip
def test_another_fact_stands_beside_the_first(store: Engine, change: dict[str, Any]) -> None:
    write(store, articles(12))
    assert write(store, articles(**change)) == Recorded(new=1)
    assert len(series(store)) == 2


def test_what_is_missing_is_not_zero(store: Engine) -> None:
    write(store, articles(None, missing_reason=MissingReason.NOT_COLLECTED))
    row = series(store).iloc[0]
    assert (str(row["missing_reason"]), bool(pd.isna(row["value"]))) == ("not_collected", True)


# -- refused ---------------------------------------------------------------------------------------


def test_a_draft_begun_on_a_superseded_value_is_stale(store: Engine) -> None:
    write(store, articles(12))
    seen = int(series(store)["observation"].iloc[0])
    write(store, articles(13, based_on=seen))
    with pytest.raises(StaleDraftError) as caught:
        write(store, articles(14, based_on=seen))
    assert caught.value.params == {"indicator": "press_articles", "place": "viborg"}
    assert values(store) == [13]


def test_a_draft_based_on_what_does_not_exist_is_stale(store: Engine) -> None:
    with pytest.raises(StaleDraftError):
        write(store, articles(14, based_on=4711))


def test_all_problems_are_told_at_once_each_with_its_row(store: Engine) -> None:
    drafts = (
        articles(12),
        articles(12, place="atlantis"),
        articles(-1, period=Period.year(2021)),
        articles(12, indicator="unheard_of", source="nobody"),
        articles(99),
    )
    before = revision(store)
    with pytest.raises(InvalidDraftsError) as caught:
        write(store, *drafts)
    found = {(problem.row, problem.code) for problem in caught.value.problems}
    assert found == {
        (2, "place_unknown"), (3, "below_minimum"), (4, "indicator_unknown"), (4, "source_unknown"),
        (5, "repeated_in_file"),
    }  # fmt: skip
    assert caught.value.params["count"] == 5
    assert (values(store), revision(store)) == ([], before)


def test_a_warning_does_not_forbid_recording(store: Engine) -> None:
    assert write(store, articles(3, unit="persons")) == Recorded(new=1)


def test_a_reader_records_nothing(store: Engine) -> None:
    with pytest.raises(PermissionDeniedError) as caught, unit_of_work(store, READER, "test") as work:
        record(work, [articles()])
    assert caught.value.params["permission"] == "record"


def test_an_approved_value_needs_an_approver(store: Engine) -> None:
    with unit_of_work(store, ANALYST, "test") as work:
        record(work, [articles()], state=SUBMITTED)
    with pytest.raises(PermissionDeniedError) as caught, unit_of_work(store, ANALYST, "test") as work:
        record(work, [articles(13)], state=APPROVED)
    assert caught.value.params["permission"] == "approve"


def test_a_locked_period_takes_no_values_until_it_is_opened(store: Engine) -> None:
    def lock(locked: bool) -> None:
        with unit_of_work(store, APPROVER, "test") as work:
            work.connection.execute(
                insert(schema.period_lock).values(
                    period_start=dt.date(2023, 1, 1), period_end=dt.date(2023, 12, 31), locked=locked,
                    reason="årsregnskab", change_set_id=work.change_set_id,
                )
            )  # fmt: skip
            work.note("lock", "period")

    lock(True)
    with pytest.raises(InvalidDraftsError) as caught:
        write(store, articles())
    assert [problem.code for problem in caught.value.problems] == ["period_locked"]
    assert write(store, articles(period=Period.year(2024))) == Recorded(new=1)
    lock(False)
    assert write(store, articles()) == Recorded(new=1)


def test_a_batch_is_named_on_its_rows(store: Engine) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        batch = open_batch(work, "Presse 2023", "presse.csv", "a" * 64, rows_read=1, rows_loaded=1)
        record(work, [articles()], batch=batch, state=APPROVED)
    with reading(store) as connection:
        assert connection.execute(select(schema.observation.c.batch_id)).scalars().all() == [batch]


# -- who sees what ---------------------------------------------------------------------------------


def test_drafts_are_never_shown_to_readers(store: Engine) -> None:
    write(store, articles(12), state=DRAFT)
    write(store, articles(7, period=Period.year(2022)), state=SUBMITTED)
    assert values(store) == []
    assert values(store, submitted=True) == [7, 12]
    with reading(store) as connection:
        assert len(load_history(connection, Scope(), "press_articles")) == 0
        everything = load_history(connection, Scope(), "press_articles", include_unapproved=True)
    assert set(everything["state"]) == {"draft", "submitted"}


def test_a_submitted_correction_does_not_hide_the_approved_value(store: Engine) -> None:
    write(store, articles(12))
    write(store, articles(99), state=SUBMITTED)
    assert values(store) == [12]
    assert values(store, submitted=True) == [99]


def test_approval_by_a_later_decision_shows_the_value(store: Engine) -> None:
    write(store, articles(12), state=SUBMITTED)
    observation = int(series(store, submitted=True)["observation"].iloc[0])
    decide(store, observation, APPROVED)
    assert values(store) == [12]
    assert list(series(store)["state"]) == ["approved"]
    with reading(store) as connection:
        history = load_history(connection, Scope(), "press_articles")
    assert list(history["state"]) == ["approved"]


def test_a_returned_draft_is_shown_to_nobody(store: Engine) -> None:
    write(store, articles(12), state=SUBMITTED)
    decide(store, int(series(store, submitted=True)["observation"].iloc[0]), WorkflowState.RETURNED)
    assert values(store, submitted=True) == []


def test_a_withdrawn_value_is_hidden_and_does_not_bring_back_the_older_one(store: Engine) -> None:
    write(store, articles(12))
    write(store, articles(15))
    before = revision(store)
    decide(store, int(series(store)["observation"].iloc[0]), WorkflowState.WITHDRAWN)
    assert values(store) == []
    assert values(store, as_known_at=before) == [15]


def test_history_does_not_tell_readers_what_a_draft_said(store: Engine) -> None:
    write(store, articles(666), state=DRAFT)
    write(store, articles(12))
    with reading(store) as connection:
        history = load_history(connection, Scope(), "press_articles")
        complete = load_history(connection, Scope(), "press_articles", include_unapproved=True)
    assert history["superseded_value"].isna().all()
    assert list(complete["superseded_value"].dropna()) == [666]


# -- as known at -----------------------------------------------------------------------------------


def test_every_revision_can_be_asked_for_again(store: Engine) -> None:
    write(store, articles(12))
    first = revision(store)
    write(store, articles(15), articles(3, period=Period.year(2022)))
    second = revision(store)
    assert values(store, as_known_at=first) == [12]
    assert values(store, as_known_at=second) == values(store) == [3, 15]
    assert values(store, as_known_at=0) == []
    assert list(series(store)["revision"]) == [second, second]


# -- the frame -------------------------------------------------------------------------------------


def types_of(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def test_the_frame_has_its_columns_also_when_empty(store: Engine) -> None:
    empty = series(store)
    assert len(empty) == 0
    assert types_of(empty) == FRAME_COLUMNS
    write(store, articles(12), articles(None, place="tucson", missing_reason=MissingReason.NOT_COLLECTED))
    full = series(store)
    assert types_of(full) == FRAME_COLUMNS
    texts = full[[name for name, kind in FRAME_COLUMNS.items() if kind == "str"]]
    assert not texts.isna().any().any()


def test_a_frame_tells_all_that_was_stated(store: Engine) -> None:
    draft = articles(
        34.5, indicator="visitors_abroad_share", unit="percent", numerator=69, denominator=200,
        low=30, high=40,
        qualifier=Qualifier.ABOUT, kind=ObservationKind.SURVEY, status=ObservationStatus.PROVISIONAL,
        disaggregation="origin=abroad;sex=f", method="spørgeskema", method_version="2", note="æøå €",
        flags=("covid", "contested"), confidence=Confidence.OWN_COUNT, confidence_reason="talt",
        attribution=Attribution.A2, attribution_reason="festivalen", claim="media",
        retrieved=dt.date(2024, 2, 29), period=Period.point(dt.date(2023, 6, 30), Precision.MONTH),
    )  # fmt: skip
    write(store, draft)
    row = series(store).iloc[0]
    stated = {name: row[name] for name in FRAME_COLUMNS if name not in ("observation", "recorded_at")}
    assert pd.isna(stated.pop("period_start"))
    assert pd.isna(stated.pop("activities"))
    assert stated == {
        "indicator": "visitors_abroad_share", "place": "viborg", "period_end": pd.Timestamp("2023-06-30"),
        "precision": "month", "value": 34.5, "low": 30, "high": 40, "numerator": 69, "denominator": 200,
        "qualifier": "~", "unit": "percent", "currency": "", "kind": "survey", "status": "provisional",
        "missing_reason": "", "text": "", "disaggregation": "origin=abroad;sex=f",
        "boundary": "municipality", "method": "spørgeskema", "method_version": "2",
        "confidence": "own_count", "confidence_reason": "talt", "attribution": "A2",
        "attribution_reason": "festivalen", "state": "approved", "preferred": False,
        "preferred_reason": "", "source": "municipality", "flags": "covid;contested", "note": "æøå €",
        "revision": 2,
    }  # fmt: skip


def test_a_series_is_only_what_was_asked_for_oldest_first(store: Engine) -> None:
    write(
        store,
        articles(3, period=Period.year(2024)), articles(1, period=Period.year(2022)),
        articles(2, place="tucson"), articles(40, indicator="visitors_abroad_share", unit="percent"),
    )  # fmt: skip
    with reading(store) as connection:
        found = load_series(connection, Scope(), ["press_articles"], ["viborg"])
        assert list(found["value"]) == [1, 3]
        assert list(load_series(connection, Scope(), places=["tucson"])["value"]) == [2]
        assert len(load_series(connection, Scope(), [], None)) == 0
        assert len(load_series(connection, Scope(), ["unheard_of"], ["atlantis"])) == 0


AWKWARD = (
    articles(0.1 + 0.2), articles(1e-7, period=Period.year(2001)),
    articles(12345678.123456789, period=Period.year(2002)),
    articles(99_999_999_999_999_999, period=Period.year(2003)), articles(-0.0, period=Period.year(2004)),
    articles(7, period=Period()), articles(8, period=Period(dt.date(2022, 1, 1), None, Precision.YEAR)),
    articles(None, missing_reason=MissingReason.NOT_APPLICABLE, period=Period.month(2020, 2)),
    articles(5, place="tucson", note="linje\nto\ttab 🙂", flags=("a", "b")),
    Draft("council_story", "viborg", "newspaper", text="Byrådet ændrede planen", text_language="da",
          period=Period.day(dt.date(1582, 10, 4))),
    Draft("grants_received", "viborg", "municipality", value=6_000_000.005, unit="currency",
          currency="DKK", period=Period.quarter(2024, 4)),
)  # fmt: skip


def test_both_databases_give_the_same_frame(both_stores: tuple[Engine, Engine]) -> None:
    frames = []
    for store in both_stores:
        assert write(store, *AWKWARD) == Recorded(new=len(AWKWARD))
        assert write(store, *AWKWARD) == Recorded(unchanged=len(AWKWARD))
        write(store, replace(AWKWARD[0], value=1 / 3))
        frames.append(series(store).drop(columns=["recorded_at"]))
    pd.testing.assert_frame_equal(frames[0], frames[1], check_exact=True)
    assert 1 / 3 not in list(frames[0]["value"])
    assert 0.333333 in list(frames[0]["value"])


# -- cost ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", [Scope(), Scope(as_known_at=3), Scope(submitted=True)])
def test_a_series_is_found_by_index_never_by_reading_all(store: Engine, scope: Scope) -> None:
    """The plan, not the clock: its cost must not depend on the size of the store."""
    many = [
        articles(n, period=Period.day(dt.date(1900, 1, 1) + dt.timedelta(n)), place=place, indicator=code)
        for n in range(200)
        for place in ("viborg", "tucson")
        for code in ("press_articles", "partner_satisfaction")
        if code == "press_articles" or n in (1, 2, 3)
    ]
    write(store, *many)
    statements: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(store, "before_cursor_execute", note)
    with reading(store) as connection:
        assert len(load_series(connection, scope, ["press_articles"], ["viborg"])) == 200
    event.remove(store, "before_cursor_execute", note)
    wanted = [(s, p) for s, p in statements if "FROM observation" in s]
    assert len(wanted) == 1
    with store.connect() as connection:
        if store.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("SET enable_seqscan = off")  # the tables here are too small to matter
            explain = "EXPLAIN "
        else:
            explain = "EXPLAIN QUERY PLAN "
        plan = [str(row[-1]) for row in connection.exec_driver_sql(explain + wanted[0][0], wanted[0][1])]
    text = "\n".join(plan)
    assert "ix_observation_indicator_id_place_id" in text, text
    assert not [line for line in plan if "Seq Scan on observation" in line or "SCAN observation" in line], (
        text
    )
