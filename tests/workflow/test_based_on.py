"""A draft says on what it was begun; where something else stands by now, it is not written."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from dashboard.errors import StaleDraftError
from dashboard.store.commands import record
from tests.sample import ANALYST, articles
from tests.workflow.acting import act, values, write


def test_of_two_who_begin_on_nothing_the_second_is_told(store: Engine) -> None:
    act(store, ANALYST, record, [articles(12, based_on=0)])
    with pytest.raises(StaleDraftError):
        act(store, ANALYST, record, [articles(13, based_on=0)])
    assert values(store, submitted=True) == [12]


def test_a_block_is_written_whole_or_not_at_all(store: Engine) -> None:
    [there] = write(store, articles(12))
    other = articles(3, source="newspaper", based_on=0)
    with pytest.raises(StaleDraftError):
        act(store, ANALYST, record, [other, articles(13, based_on=there + 1)])
    assert values(store, submitted=True) == [12]
    act(store, ANALYST, record, [other, articles(13, based_on=there)])
    assert sorted(values(store, submitted=True)) == [3, 13]


def test_where_nobody_looked_nothing_is_compared(store: Engine) -> None:
    write(store, articles(12))
    act(store, ANALYST, record, [articles(13)])
    assert values(store, submitted=True) == [13]
