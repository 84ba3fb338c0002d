"""The team, and the actor behind an e-mail address."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.domain.roles import Actor, Role
from dashboard.store import schema


@dataclass(frozen=True, slots=True)
class Member:
    """One person with the roles that stand."""

    actor: Actor
    disabled: bool


def email_key(email: str) -> str:
    """An address as it is kept: without blanks around it and in small letters."""
    return email.strip().lower()


def load_members(connection: Connection) -> tuple[Member, ...]:
    """Everybody who is or was in the team, by name."""
    member, grant = schema.member, schema.member_role
    standing: dict[int, dict[tuple[str, str], bool]] = {}
    for row in connection.execute(select(grant).order_by(grant.c.sequence)):
        standing.setdefault(row.member_id, {})[(row.role, row.claim)] = row.granted
    found = []
    for row in connection.execute(select(member).order_by(member.c.name, member.c.email)):
        held = [pair for pair, granted in standing.get(row.id, {}).items() if granted]
        actor = Actor(
            row.email,
            row.name,
            frozenset(Role(role) for role, claim in held if not claim),
            claim_roles=frozenset((Role(role), claim) for role, claim in held if claim),
        )
        found.append(Member(actor, row.disabled_at is not None))
    return tuple(found)


def actor_of(connection: Connection, email: str) -> Actor | None:
    """The actor with this address, with all roles that stand; None for a stranger or a disabled member.

    A member without a role may read.
    """
    key = email_key(email)
    for member in load_members(connection):
        if member.actor.email == key and not member.disabled:
            actor = member.actor
            return Actor(actor.email, actor.name, actor.roles | {Role.READER}, claim_roles=actor.claim_roles)
    return None
