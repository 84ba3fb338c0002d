"""The versions of one record of the register: who sees which, and that nobody overwrites unread ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.review import Action
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.store.commands import decide_activities, register
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, current_revision
from dashboard.store.queries.activity_history import load_activity_keys, load_activity_versions
from tests.sample import ANALYST, APPROVER
from tests.workflow.acting import act

FAIR = Activity(
    "messe", ActivityKind.SDG_ACTION, "viborg", Text("Messe"), Period.day(date(2024, 5, 1)),
    sdg_targets=("4", "11.4"), primary_sdg="4", claims=("sdg",), partner_places=("tucson",), reach=10.0,
)  # fmt: skip
LARGER = replace(FAIR, reach=30.0)


def versions(store: Engine, pending: bool, scope: Scope | None = None) -> list[tuple[int, str, float | None]]:
    with reading(store) as connection:
        found = load_activity_versions(connection, scope or Scope(), "messe", pending=pending)
    return [(one.version, one.state.value, one.activity.reach) for one in found]


def propose(store: Engine, activity: Activity, seen: int, reason: str = "") -> None:
    act(
        store, ANALYST, register, [activity], state=WorkflowState.SUBMITTED, reason=reason,
        seen={activity.key: seen},
    )  # fmt: skip


def approved(store: Engine) -> int:
    """Two versions, submitted and approved; the revision then."""
    propose(store, FAIR, 0)
    act(store, APPROVER, decide_activities, Action.APPROVE, {"messe": 1})
    with reading(store) as connection:
        return current_revision(connection)


def test_readers_see_only_what_was_public(store: Engine) -> None:
    approved(store)
    propose(store, LARGER, 2, "Talt igen")
    assert versions(store, pending=False) == [(2, "approved", 10)]
    assert versions(store, pending=True) == [(1, "submitted", 10), (2, "approved", 10), (3, "submitted", 30)]


def test_a_returned_version_still_says_what_it_said(store: Engine) -> None:
    approved(store)
    propose(store, LARGER, 2, "Talt igen")
    act(store, APPROVER, decide_activities, Action.RETURN, {"messe": 3}, "Vis kilden")
    assert versions(store, pending=True)[-1] == (4, "returned", 30)
    with reading(store) as connection:
        last = load_activity_versions(connection, Scope(), "messe", pending=True)[-1]
    assert last.activity == LARGER
    assert (last.actor, last.reason) == (APPROVER.email, "Vis kilden")


def test_the_versions_as_known_at_a_revision(store: Engine) -> None:
    before = approved(store)
    propose(store, LARGER, 2, "Talt igen")
    act(store, APPROVER, decide_activities, Action.APPROVE, {"messe": 3})
    assert versions(store, pending=False, scope=Scope(before)) == [(2, "approved", 10)]
    assert versions(store, pending=False)[-1] == (4, "approved", 30)


def test_who_has_not_read_the_newest_version_is_told_and_nothing_is_written(store: Engine) -> None:
    approved(store)
    propose(store, LARGER, 2, "Talt igen")
    with pytest.raises(StaleDraftError) as raised:
        propose(store, replace(FAIR, reach=20.0), 2, "Også talt")
    assert raised.value.key == "error.stale_activity"
    assert versions(store, pending=True)[-1] == (3, "submitted", 30)


def test_a_new_record_does_not_land_on_another_of_the_same_key(store: Engine) -> None:
    approved(store)
    with pytest.raises(StaleDraftError):
        propose(store, replace(FAIR, title=Text("En anden messe")), 0)
    with reading(store) as connection:
        assert load_activity_keys(connection) == {"messe"}


@pytest.mark.parametrize("other", [{"kind": ActivityKind.EVENT}, {"place": "tucson"}])
def test_a_key_keeps_its_kind_and_its_place(store: Engine, other: dict[str, Any]) -> None:
    """They stand once for all versions: dropped in silence, the record would say what nobody wrote."""
    approved(store)
    with pytest.raises(InvalidDraftsError) as raised:
        act(store, ANALYST, register, [replace(FAIR, key="ny"), replace(FAIR, reach=99.0, **other)])
    assert [(p.code, p.row, p.params) for p in raised.value.problems] == [
        ("key_of_another", 2, {"given": "messe"})
    ]
    with reading(store) as connection:
        assert load_activity_keys(connection) == {"messe"}
    assert versions(store, pending=True)[-1] == (2, "approved", 10)
    for t in map(Translator, LANGUAGES):
        assert "messe" in t("problem.key_of_another", given="messe")
