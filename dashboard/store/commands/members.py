"""Who belongs to the team, and what each may do (F79: for all claims, or for one)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission, Role
from dashboard.errors import InvalidChoiceError, InvalidDraftsError
from dashboard.store.commands.rows import Names, insert_one, schema
from dashboard.store.queries.members import email_key, load_members
from dashboard.store.work import UnitOfWork

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z|[^@\s]+@localhost\Z")


def add_member(work: UnitOfWork, email: str, name: str) -> bool:
    """Add a person, without any role yet; one who was disabled comes back. False where they are there."""
    work.actor.require(Permission.ADMINISTER)
    key = email_key(email)
    if not _EMAIL.match(key) or len(key) > 254:
        raise InvalidDraftsError([Problem("email_form", "email", params={"given": email})])
    if not name.strip():
        raise InvalidDraftsError([Problem("name_required", "name")])
    table = schema.member
    row = work.connection.execute(select(table).where(table.c.email == key)).one_or_none()
    if row is not None and row.disabled_at is None:
        return False
    if row is None:
        insert_one(work.connection, table, email=key, name=name.strip(), change_set_id=work.change_set_id)
    else:
        work.connection.execute(update(table).where(table.c.id == row.id).values(disabled_at=None))
    work.note("add_member", "member", key, after={"name": name.strip()})
    return True


def disable_member(work: UnitOfWork, email: str, reason: str) -> None:
    """Shut a person out; what they did stays under their name. The last administrator stays in."""
    work.actor.require(Permission.ADMINISTER)
    if not reason.strip():
        raise InvalidDraftsError([Problem("reason_required", "reason")])
    row = _member(work, email)
    table = schema.member
    before = _administrators(work)
    moment = datetime.now(UTC).replace(tzinfo=None)
    work.connection.execute(update(table).where(table.c.id == row.id).values(disabled_at=moment))
    _keep_an_administrator(work, before)
    work.note("disable_member", "member", row.email, reason=reason)


def grant_role(work: UnitOfWork, email: str, role: Role, claim: str = "", reason: str = "") -> bool:
    """Give a role, for every claim or for one; False where the person has it."""
    return _turn(work, email, role, claim, reason, granted=True)


def revoke_role(work: UnitOfWork, email: str, role: Role, claim: str = "", reason: str = "") -> bool:
    """Take a role away as it was given; False where the person does not have it."""
    before = _administrators(work)
    done = _turn(work, email, role, claim, reason, granted=False)
    _keep_an_administrator(work, before)
    return done


def _turn(work: UnitOfWork, email: str, role: Role, claim: str, reason: str, *, granted: bool) -> bool:
    work.actor.require(Permission.ADMINISTER)
    names = Names(work)
    names.load(schema.claim, "slug", [claim])
    names.id(schema.claim, claim)
    names.refuse()
    member = _member(work, email)
    table = schema.member_role
    newest = work.connection.execute(
        select(table.c.sequence, table.c.granted)
        .where(table.c.member_id == member.id, table.c.role == role.value, table.c.claim == claim)
        .order_by(table.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    if (newest is not None and newest.granted) == granted:
        return False
    insert_one(
        work.connection, table, member_id=member.id, role=role.value, claim=claim, granted=granted,
        sequence=newest.sequence + 1 if newest is not None else 1, change_set_id=work.change_set_id,
    )  # fmt: skip
    command = "grant_role" if granted else "revoke_role"
    work.note(command, "member", member.email, after={"role": role, "claim": claim}, reason=reason)
    return True


def _member(work: UnitOfWork, email: str) -> Any:
    table = schema.member
    row = work.connection.execute(select(table).where(table.c.email == email_key(email))).one_or_none()
    if row is None:
        raise InvalidChoiceError("error.review.no_member", what=email)
    return row


def _administrators(work: UnitOfWork) -> int:
    members = load_members(work.connection)
    return sum(Role.ADMINISTRATOR in m.actor.roles for m in members if not m.disabled)


def _keep_an_administrator(work: UnitOfWork, before: int) -> None:
    """Refuse to take the last administrator away. Before the first one, local mode runs the store."""
    if before and not _administrators(work):
        raise InvalidDraftsError([Problem("last_administrator", "role")])
