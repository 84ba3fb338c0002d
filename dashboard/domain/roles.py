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
    """Who acts: an identity, the roles it holds, and whether the server runs in local mode."""

    email: str
    name: str
    roles: frozenset[Role]
    local: bool = False

    def may(self, permission: Permission) -> bool:
        return any(permission in GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raise `PermissionDeniedError` unless one of the actor's roles grants it."""
        if not self.may(permission):
            raise PermissionDeniedError(permission=permission.value, name=self.name)


LOCAL_ACTOR = Actor("local@localhost", "local", frozenset(Role), local=True)
"""The one person of local mode: all roles, on a server bound to this machine."""

PUBLIC_ACTOR = Actor("", "", frozenset({Role.READER}))
