"""Which places have values of which indicators, and how much stands on a source: without reading values."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.store.commands import record
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, count_by_source, load_presence
from dashboard.store.work import unit_of_work
from tests.sample import APPROVER, articles


def write(store: Engine, *drafts: Draft, state: WorkflowState = WorkflowState.APPROVED) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        record(work, drafts, state=state)


def presence(store: Engine, scope: Scope | None = None) -> set[tuple[str, str, bool, bool]]:
    with reading(store) as connection:
        found = load_presence(connection, scope or Scope())
    return {(row.indicator, row.place, bool(row.dated), bool(row.series)) for row in found.itertuples()}


def cited(store: Engine, scope: Scope | None = None) -> dict[str, int]:
    with reading(store) as connection:
        return count_by_source(connection, scope or Scope())


def share(place: str, period: Period) -> Draft:
    return replace(
        articles(40), indicator="visitors_abroad_share", unit="percent", place=place, period=period,
        source="newspaper",
    )  # fmt: skip


def test_an_empty_store_has_no_values(store: Engine) -> None:
    assert presence(store) == set()
    assert cited(store) == {}


def test_each_pair_is_told_once_and_how_much_of_it_has_a_time(store: Engine) -> None:
    write(store, *(articles(n, period=Period.year(2015 + n)) for n in range(5)))
    write(store, articles(3, place="tucson"), share("tucson", Period()), share("viborg", Period.year(2020)))
    assert presence(store) == {
        ("press_articles", "viborg", True, True),
        ("press_articles", "tucson", True, False),
        ("visitors_abroad_share", "tucson", False, False),
        ("visitors_abroad_share", "viborg", True, False),
    }


def test_what_nobody_approved_is_not_there(store: Engine) -> None:
    write(store, articles(12), state=WorkflowState.SUBMITTED)
    write(store, share("tucson", Period.year(2020)))
    assert presence(store) == {("visitors_abroad_share", "tucson", True, False)}
    assert ("press_articles", "viborg", True, False) in presence(store, Scope(submitted=True))


def test_what_was_not_known_yet_is_not_there(store: Engine) -> None:
    write(store, articles(12))
    write(store, articles(13, period=Period.year(2024)), articles(3, place="tucson"))
    assert presence(store, Scope(as_known_at=2)) == {("press_articles", "viborg", True, False)}
    assert presence(store, Scope(as_known_at=1)) == set()


def test_a_source_counts_what_readers_see_of_it(store: Engine) -> None:
    write(store, articles(12), articles(13, period=Period.year(2024)), share("tucson", Period()))
    write(store, articles(14))  # corrects the first
    write(store, articles(15, period=Period.year(2025)), state=WorkflowState.SUBMITTED)
    write(store, share("viborg", Period.year(2020)), state=WorkflowState.DRAFT)
    assert cited(store) == {"municipality": 2, "newspaper": 1}
    assert cited(store, Scope(submitted=True)) == {"municipality": 3, "newspaper": 2}
    assert cited(store, Scope(as_known_at=1)) == {}
