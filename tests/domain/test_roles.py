"""Permissions grow from reader to administrator, and an actor has those of all its roles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.roles import GRANTS, LOCAL_ACTOR, PUBLIC_ACTOR, Actor, Permission, Role
from dashboard.errors import PermissionDeniedError


def test_each_role_may_all_that_the_one_before_may_and_more() -> None:
    assert list(GRANTS) == list(Role) == [Role.READER, Role.ANALYST, Role.APPROVER, Role.ADMINISTRATOR]
    for lesser, greater in pairwise(Role):
        assert GRANTS[lesser] < GRANTS[greater]


def test_the_grants_are_these() -> None:
    first = {
        permission: next(role for role in Role if permission in GRANTS[role]) for permission in Permission
    }
    assert first == {
        Permission.READ: Role.READER,
        Permission.READ_SUBMITTED: Role.ANALYST,
        Permission.RECORD: Role.ANALYST,
        Permission.IMPORT: Role.ANALYST,
        Permission.APPROVE: Role.APPROVER,
        Permission.DEFINE: Role.APPROVER,
        Permission.LOCK: Role.APPROVER,
        Permission.ADMINISTER: Role.ADMINISTRATOR,
    }


@given(st.frozensets(st.sampled_from(Role)), st.sampled_from(Permission))
def test_an_actor_may_what_one_of_its_roles_may(roles: frozenset[Role], permission: Permission) -> None:
    actor = Actor("x@example.org", "X", roles)
    assert actor.may(permission) == any(permission in GRANTS[role] for role in roles)
    if actor.may(permission):
        actor.require(permission)
    else:
        with pytest.raises(PermissionDeniedError) as caught:
            actor.require(permission)
        assert caught.value.params == {"permission": permission.value, "name": "X"}


def test_the_one_person_of_local_mode_may_all_and_the_public_reads() -> None:
    assert all(LOCAL_ACTOR.may(permission) for permission in Permission)
    assert LOCAL_ACTOR.local
    assert [p for p in Permission if PUBLIC_ACTOR.may(p)] == [Permission.READ]
    assert not PUBLIC_ACTOR.local
