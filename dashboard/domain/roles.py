"""Who may do what. Hide in the interface, refuse in the store: one table feeds both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.errors import PermissionDeniedError


class Role(StrEnum):
    READER = "reader"
    ANALYST = "analyst"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    READ = "read"
    READ_SUBMITTED = "read_submitted"
    RECORD = "record"
    IMPORT = "import"
    APPROVE = "approve"
    DEFINE = "define"
    LOCK = "lock"
    ADMINISTER = "administer"


_READER = frozenset({Permission.READ})
_ANALYST = _READER | {Permission.READ_SUBMITTED, Permission.RECORD, Permission.IMPORT}
_APPROVER = _ANALYST | {Permission.APPROVE, Permission.DEFINE, Permission.LOCK}
_ADMINISTRATOR = _APPROVER | {Permission.ADMINISTER}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.ANALYST: _ANALYST,
    Role.APPROVER: _APPROVER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an identity, the roles it holds, and whether the server runs in local mode.

    `claim_roles` are roles that hold for the indicators of one claim only (F79): pairs of role and claim.
    """

    email: str
    name: str
    roles: frozenset[Role]
    local: bool = False
    claim_roles: frozenset[tuple[Role, str]] = frozenset()

    def may(self, permission: Permission, claim: str = "") -> bool:
        """Whether the actor may do it for every claim or, where one is named, for that claim."""
        limited = (role for role, limit in self.claim_roles if claim and limit == claim)
        return any(permission in GRANTS[role] for role in (*self.roles, *limited))

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether there is at least one claim for which the actor may: what a menu asks."""
        return self.may(permission) or any(permission in GRANTS[role] for role, _ in self.claim_roles)

    def require(self, permission: Permission, claim: str = "") -> None:
        """Raise `PermissionDeniedError` unless one of the actor's roles grants it."""
        if not self.may(permission, claim):
            raise PermissionDeniedError(permission=permission.value, name=self.name)

    def require_somewhere(self, permission: Permission) -> None:
        """Raise `PermissionDeniedError` unless there is a claim for which a role grants it."""
        if not self.may_somewhere(permission):
            raise PermissionDeniedError(permission=permission.value, name=self.name)


LOCAL_ACTOR = Actor("local@localhost", "local", frozenset(Role), local=True)
"""The one person of local mode: all roles, on a server bound to this machine."""

PUBLIC_ACTOR = Actor("", "", frozenset({Role.READER}))
