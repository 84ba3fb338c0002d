"""A role for one claim reaches review: its values are seen and decided about, those of others are not."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from dashboard.domain.observation import Draft
from dashboard.domain.roles import Actor, Permission, Role
from dashboard.errors import InvalidChoiceError, PermissionDeniedError
from dashboard.store.commands import approve, comment
from dashboard.store.engine import reading
from dashboard.store.queries import (
    Pile,
    count_in_batches,
    load_batch,
    load_batch_rows,
    load_comments,
    load_open_threads,
    load_pile,
    load_value_history,
    rows_of_batch,
)
from tests.sample import APPROVER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, load, values, write

MEDIA = Actor(
    "media@example.org", "Mette", frozenset({Role.READER}), claim_roles=frozenset({(Role.APPROVER, "media")})
)
SCORE = articles(2, indicator="partner_satisfaction", unit="points")
"""A value of the claim »funding«."""


def loaded(store: Engine, *drafts: Draft) -> int:
    return load(store, *drafts, state=SUBMITTED)


def test_only_values_of_the_claim_are_listed_and_approved(store: Engine) -> None:
    own, other = write(store, articles(12), SCORE, state=SUBMITTED)
    with reading(store) as connection:
        listed = load_pile(connection, MEDIA, Pile.WAITING)
        assert list(listed.rows["observation"]) == [own]
        assert load_value_history(connection, MEDIA, own)[0].value == 12
        with pytest.raises(InvalidChoiceError):  # nobody tells what a draft of another claim says
            load_value_history(connection, MEDIA, other)
    with pytest.raises(PermissionDeniedError):
        act(store, MEDIA, approve, [own, other])
    act(store, MEDIA, approve, [own])
    assert values(store) == [12]


def test_of_a_batch_the_values_of_the_claim_are_seen_and_approved(store: Engine) -> None:
    batch = loaded(store, articles(12), SCORE)
    with reading(store) as connection:
        found = load_batch(connection, MEDIA, batch)
        assert found is not None
        assert found.values == {"submitted": 1}
        assert list(load_batch_rows(connection, MEDIA, batch).rows["indicator"]) == ["press_articles"]
        assert count_in_batches(connection, MEDIA, Permission.APPROVE) == {(batch, SUBMITTED): 1}
        mine = rows_of_batch(connection, MEDIA, batch)
        assert len(rows_of_batch(connection, APPROVER, batch)) == 2
    assert act(store, MEDIA, approve, mine) == 1
    assert values(store) == [12]
    with reading(store) as connection:
        assert count_in_batches(connection, MEDIA, Permission.APPROVE) == {}
        assert count_in_batches(connection, APPROVER, Permission.APPROVE) == {(batch, SUBMITTED): 1}


def test_an_analyst_of_all_claims_who_approves_one_sees_all_and_approves_one(store: Engine) -> None:
    both = Actor(MEDIA.email, "Mette", frozenset({Role.ANALYST}), claim_roles=MEDIA.claim_roles)
    batch = loaded(store, articles(12), SCORE)
    with reading(store) as connection:
        assert len(load_batch_rows(connection, both, batch).rows) == 2
        assert len(rows_of_batch(connection, both, batch)) == 1
        assert load_pile(connection, both, Pile.WAITING, batches=True).total == 1


def test_what_is_said_of_the_drafts_of_another_claim_is_not_read(store: Engine) -> None:
    own, other = write(store, articles(12), SCORE, state=APPROVED)
    for row in (own, other):
        act(store, APPROVER, comment, row, "Er det hele året?")
    with reading(store) as connection:
        assert [len(load_comments(connection, MEDIA, [row])) for row in (own, other)] == [1, 0]
        assert [one.indicator for one in load_open_threads(connection, MEDIA)] == ["press_articles"]
        assert len(load_open_threads(connection, APPROVER)) == 2
