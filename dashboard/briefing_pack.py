"""Making a briefing, freezing it under its code, and what has been revised since."""

from __future__ import annotations

import base64
import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.intake.periods import read_period
from dashboard.reports.briefing import Briefing, Changed, as_content, digest, from_content
from dashboard.reports.compose import Choice, compose, figures_of
from dashboard.reports.material import Material, gather
from dashboard.reports.since import changes_since
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.value_history import load_value_history
from dashboard.store.work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def period_of(given: str) -> Period:
    """The period a person names. Raises `InvalidChoiceError` for what is none, or has no end."""
    found = read_period(given)
    if isinstance(found, Problem) or found.end is None:
        raise InvalidChoiceError("error.briefing.period", what=given)
    return found


def composed(
    connection: Connection, actor: Actor, choice: Choice, t: Translator, today: date,
    translation: tuple[Choice, Translator] | None = None, material: Material | None = None,
) -> Briefing:  # fmt: skip
    """A pack of what is approved now, with what has changed since the newest frozen one of its language that
    is not about a later time.

    Its code is made of its content: the same content has the same code, and where the newest frozen pack
    says the same already, that one is given. `translation` is the choice and the words of a second language,
    `material` what was gathered before for the same period and day.
    """
    actor.require(Permission.READ)
    until = choice.period.end
    if until is None:
        raise InvalidChoiceError("error.briefing.period", what=choice.period.key)
    unknown = set(choice.claims) - {c.id for c in queries.load_catalogue(connection, queries.Scope()).claims}
    if unknown:
        raise InvalidChoiceError("error.briefing.claim", what=", ".join(sorted(unknown)))
    material = material or gather(connection, until, today)
    editor = "" if actor.local else actor.name
    made = compose(material, choice, t, today, editor=editor)
    if translation is not None:
        made = dataclasses.replace(made, translation=compose(material, *translation, today, editor=editor))
    before = _before(connection, t.language, until)
    if before is not None:
        if _said_by(before) == _said_by(made):
            return before
        made = _with_changes(made, before)
    return coded(made)


def _before(connection: Connection, language: str, until: date) -> Briefing | None:
    """The newest frozen pack of a language that is not about a later time."""
    for kept in queries.load_briefings(connection):
        if kept.language == language:
            pack = from_content(kept.content)
            if (period_from_key(pack.period_key).end or until) <= until:
                return pack
    return None


def _said_by(briefing: Briefing) -> Briefing:
    """A pack without what differs between two of the same words: code, revision, what has changed."""
    other = briefing.translation
    return dataclasses.replace(
        briefing, code="", revision=0, changed=(), translation=None if other is None else _said_by(other)
    )


def _with_changes(made: Briefing, before: Briefing) -> Briefing:
    """Each language compared with the same language of the pack before, where that has it. A claim that only
    one of the two speaks of is left out on purpose, and so none of its figures is new or gone."""
    then = {one.language: one for one in before.languages}

    def compared(one: Briefing) -> Briefing:
        if one.language not in then:
            return one
        before, t = then[one.language], Translator(one.language)
        common = {s.claim for s in one.sections} & {s.claim for s in before.sections}
        changed = tuple(c for c in changes_since(before, one.statements, t) if c.claim in common)
        return dataclasses.replace(one, changed=changed)

    other = made.translation
    return dataclasses.replace(compared(made), translation=None if other is None else compared(other))


def coded(made: Briefing) -> Briefing:
    """The pack with its code, in both languages."""
    code, other = code_of(made), made.translation
    both = None if other is None else dataclasses.replace(other, code=code)
    return dataclasses.replace(made, code=code, translation=both)


def code_of(briefing: Briefing) -> str:
    """Eight letters and digits in two groups, made of everything the pack says."""
    other = briefing.translation
    plain = None if other is None else dataclasses.replace(other, code="")
    content = as_content(dataclasses.replace(briefing, code="", translation=plain))
    letters = base64.b32encode(bytes.fromhex(digest(content))[:5]).decode().lower()
    return f"{letters[:4]}-{letters[4:]}"


def freeze(engine: Engine, actor: Actor, briefing: Briefing, edge: str) -> bool:
    """Keep a pack for ever under its code; False where it is kept already."""
    with reading(engine) as connection:
        if queries.load_briefing(connection, briefing.code) is not None:
            return False
    with unit_of_work(engine, actor, edge) as work:
        return keep(work, briefing)


def keep(work: UnitOfWork, briefing: Briefing) -> bool:
    """The same within a unit of work."""
    content = as_content(briefing)
    return commands.freeze_briefing(
        work, briefing.code, briefing.language, briefing.title, briefing.revision, content, digest(content)
    )


def revised_since(
    connection: Connection, actor: Actor, kept: Briefing, t: Translator, today: date
) -> tuple[Changed, ...]:
    """Which figures of a frozen pack read otherwise today, for the same period and claims, and why."""
    period = period_from_key(kept.period_key)
    choice = Choice(period, tuple(section.claim for section in kept.sections))
    material = gather(connection, period.end or today, today)
    now = compose(material, choice, t, today)
    shown = {(one.claim, one.indicator) for one in kept.statements}
    found = changes_since(kept, [s for s in now.statements if (s.claim, s.indicator) in shown], t)
    figures = figures_of(material, choice)

    def reason(change: Changed) -> str:
        if change.fate != "revised":
            return ""
        observation = figures[change.claim, change.indicator].observation
        if observation is None:
            return t("briefing.since_register")
        versions = load_value_history(connection, actor, observation)
        return next((one.reason for one in versions if one.observation == observation), "")

    return tuple(
        dataclasses.replace(change, reason=reason(change))
        for change in found
        if change.fate in ("revised", "overtaken")
    )


def period_from_key(key: str) -> Period:
    """A period from its canonical text (`Period.key`)."""
    start, end, precision = key.split("/")
    return Period(
        date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None,
        Precision(precision),
    )  # fmt: skip
