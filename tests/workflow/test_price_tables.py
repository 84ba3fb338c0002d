"""Tables of prices in the store: written once, never changed, known as of a revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.analysis.prices import read_price_tables
from dashboard.domain.prices import PriceTable
from dashboard.errors import InvalidDraftsError, PermissionDeniedError
from dashboard.store.commands import define_price_tables
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, current_revision, load_price_tables
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER

FILE = """table,version,kind,unit,country,currency,year,rate
pris8,2026-05,price_index,,DK,DKK,2015,100
pris8,2026-05,price_index,,DK,DKK,2020,104.20000000000001
pris8,2026-05,price_index,,US,USD,2020,109.2
ppp,2026-04,purchasing_power,international_dollar,DK,DKK,2024,6.5
"""


def tables() -> tuple[PriceTable, ...]:
    found, problems = read_price_tables(FILE)
    assert problems == ()
    return tuple(replace(table, source="newspaper") for table in found)


def write(store: Engine, *given: PriceTable) -> int:
    with unit_of_work(store, APPROVER, "test") as work:
        return define_price_tables(work, given)


def test_they_come_back_as_they_were_and_again_changes_nothing(store: Engine) -> None:
    with reading(store) as connection:
        before = current_revision(connection)
    assert write(store, *tables()) == 2
    with reading(store) as connection:
        found, revision = load_price_tables(connection, Scope()), current_revision(connection)
        assert load_price_tables(connection, Scope(as_known_at=before)) == ()
    assert {t.name: t for t in found} == {t.name: t for t in tables()}
    assert write(store, *reversed(tables())) == 0
    with reading(store) as connection:
        assert current_revision(connection) == revision


def test_another_content_under_the_same_name_is_refused_and_a_new_version_is_not(store: Engine) -> None:
    write(store, *tables())
    index = tables()[0]
    changed = replace(index, rates={**index.rates, ("DK", 2020): 104.3})
    newer = replace(changed, version="2026-11")
    with pytest.raises(InvalidDraftsError) as refused:
        write(store, changed, newer)
    assert [p.code for p in refused.value.problems] == ["price_table_differs"]
    assert refused.value.problems[0].params["table"] == "pris8"
    with reading(store) as connection:
        assert len(load_price_tables(connection, Scope())) == 2
    assert write(store, newer) == 1


def test_every_problem_is_told_at_once(store: Engine) -> None:
    index = tables()[0]
    with pytest.raises(InvalidDraftsError) as refused:
        write(
            store, replace(index, source="nobody"), index, replace(index, name="n" * 121),
            replace(index, version="empty", rates={}),
        )  # fmt: skip
    assert {p.code for p in refused.value.problems} == {
        "source_unknown", "price_table_twice", "price_table_name", "price_table_rates"
    }  # fmt: skip


def test_an_analyst_may_not(store: Engine) -> None:
    with pytest.raises(PermissionDeniedError), unit_of_work(store, ANALYST, "test") as work:
        define_price_tables(work, tables())
