"""Stating what an indicator was before and what it should be: baselines and targets (F6, F7, F35)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from dashboard.domain.catalogue import Baseline, Indicator, Target
from dashboard.domain.problem import Problem
from dashboard.errors import InvalidChoiceError
from dashboard.intake import judgement_form
from dashboard.intake.definition_form import Typed
from dashboard.store.commands.redefinitions import (
    change_baseline,
    change_target,
    withdraw_baseline,
    withdraw_target,
)
from dashboard.store.engine import reading
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import (
    Version,
    load_baseline_versions,
    load_target_versions,
)
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, catalogue_touches
from dashboard.ui.catalogue_fields import baseline_groups, target_groups, withdrawal_groups
from dashboard.ui.catalogue_form import PREFIX, Form, Sentence, ask, conflict, preview, started, who
from dashboard.ui.session import Visit

Judged = TypeVar("Judged", Baseline, Target)
NOW = Scope()


def baseline(of: Indicator, visit: Visit) -> None:
    """What an indicator was before, at one place."""
    with reading(cached.engine()) as connection:
        versions = load_baseline_versions(connection, NOW, of.code)
    mine = _chosen(versions, {v.item.place for v in versions}, lambda item: item.place)
    form = _judgement_form("baseline", of, mine, visit)
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    before = mine[0].item if mine else None
    reason = str(state.typed.get("reason") or "")
    read = judgement_form.read_baseline(state.typed, visit.t, of, reason, before)
    problems = list(read.problems)
    if before is None and read.item.place in _standing(versions, lambda item: item.place):
        problems.append(Problem("stated_already", "place"))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_baseline(work, replace(read.item, reason=reason), state.based_on)
        return "catalogue.done.baseline", {"name": of.name}

    preview(form, state, catalogue_touches.of_judgement(before, read.item, of, visit), save, visit)


def target(of: Indicator, visit: Visit) -> None:
    """What an indicator should be by the end of a period, at one place."""
    with reading(cached.engine()) as connection:
        versions = load_target_versions(connection, NOW, of.code)
    mine = _chosen(versions, {target_name(v.item) for v in versions}, target_name)
    form = _judgement_form("target", of, mine, visit)
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    before = mine[0].item if mine else None
    reason = str(state.typed.get("reason") or "")
    read = judgement_form.read_target(state.typed, visit.t, of, reason, before)
    problems = list(read.problems)
    if before is None and target_name(read.item) in _standing(versions, target_name):
        problems.append(Problem("stated_already", "period"))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_target(work, replace(read.item, reason=reason), state.based_on)
        return "catalogue.done.target", {"name": of.name}

    preview(form, state, catalogue_touches.of_judgement(before, read.item, of, visit), save, visit)


def baseline_back(of: Indicator, visit: Visit) -> None:
    """Take back the baseline of an indicator at one place."""
    with reading(cached.engine()) as connection:
        versions = load_baseline_versions(connection, NOW, of.code)
    mine = _chosen(versions, {v.item.place for v in versions}, lambda item: item.place)

    def act(work: UnitOfWork, item: Baseline, based_on: int, reason: str) -> None:
        withdraw_baseline(work, item, based_on, reason)

    _withdrawal("baseline", of, mine, act, visit)


def target_back(of: Indicator, visit: Visit) -> None:
    """Take back one target of an indicator."""
    with reading(cached.engine()) as connection:
        versions = load_target_versions(connection, NOW, of.code)
    mine = _chosen(versions, {target_name(v.item) for v in versions}, target_name)

    def act(work: UnitOfWork, item: Target, based_on: int, reason: str) -> None:
        withdraw_target(work, item, based_on, reason)

    _withdrawal("target", of, mine, act, visit)


def _withdrawal(
    kind: str,
    of: Indicator,
    mine: Sequence[Version[Judged]],
    act: Callable[[UnitOfWork, Judged, int, str], None],
    visit: Visit,
) -> None:
    """What stands, then what becomes of charts and verdicts without it, the reason and the save."""
    if not mine:
        raise InvalidChoiceError("error.address.which", given=address.read("which"))
    item = mine[0].item
    texts = {v.number: judgement_form.typed_judgement(v.item, visit.t) | _taken_back(v) for v in mine}
    groups = (baseline_groups if kind == "baseline" else target_groups)(of, visit)
    form = Form(
        name=f"{PREFIX}{kind}_back:{of.code}:{address.read('which')}",
        groups=withdrawal_groups(groups, visit),
        standing=texts[mine[0].number],
        version=mine[0].number,
        begun=texts.get,
        meanwhile=who(mine, visit),
    )
    state = started(form, visit)
    state.typed["withdrawn"] = True
    if conflict(form, state, visit):
        return
    if state.step == "fields":
        ask(form, state, [], visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        act(work, item, state.based_on, reason)
        return f"catalogue.done.{kind}_back", {"name": of.name}

    preview(form, state, catalogue_touches.of_withdrawal(item, of, visit), save, visit)


def _taken_back(version: Version[Judged]) -> Typed:
    return {"withdrawn": version.withdrawn}


def _standing(versions: Sequence[Version[Judged]], name: Callable[[Judged], str]) -> set[str]:
    """The names of those that stand: whose newest version, which comes first, was not taken back."""
    newest: dict[str, Version[Judged]] = {}
    for version in versions:
        newest.setdefault(name(version.item), version)
    return {one for one, version in newest.items() if not version.withdrawn}


def target_name(item: Target) -> str:
    """What tells a target from another of the same indicator, for addresses."""
    return f"{item.place}|{item.period.end}|{'final' if item.final else 'step'}"


def _judgement_form(kind: str, of: Indicator, mine: Sequence[Version[Judged]], visit: Visit) -> Form:
    """The form of a baseline or target; `mine` are the versions of the one that is changed."""
    t = visit.t
    known = {v.number: v.item for v in mine}
    standing = (
        judgement_form.typed_judgement(mine[0].item, t)
        if mine
        else judgement_form.start_judgement(visit.home.slug, visit.world.currency)
    )
    return Form(
        name=f"{PREFIX}{kind}:{of.code}:{address.read('which') or 'new'}",
        groups=(baseline_groups if kind == "baseline" else target_groups)(of, visit),
        standing=standing,
        version=mine[0].number if mine else 0,
        numeric=judgement_form.NUMERIC,
        begun=lambda version: judgement_form.typed_judgement(known[version], t) if version in known else None,
        meanwhile=who(mine, visit),
    )


def _chosen(
    versions: tuple[Version[Judged], ...], names: set[str], name: Callable[[Judged], str]
) -> list[Version[Judged]]:
    """The versions of the one that the address names, the newest first; none for a new one."""
    which = address.read("which")
    if which and which not in names:
        raise InvalidChoiceError("error.address.which", given=which)
    return [v for v in versions if which and name(v.item) == which]
