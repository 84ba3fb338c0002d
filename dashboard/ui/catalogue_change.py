"""Making and changing what the catalogue holds: for each kind of thing its form, its checks and its save."""

from __future__ import annotations

from dataclasses import replace

from dashboard.domain.catalogue import Claim, Indicator, Place, Source
from dashboard.domain.definition_change import BREAKING, check_change
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.intake import indicator_form, place_form
from dashboard.intake.definition_form import (
    FormReader,
    Typed,
    read_claim,
    read_source,
    typed_both,
    typed_claim,
    typed_day,
    typed_source,
)
from dashboard.store.commands import define_sources
from dashboard.store.commands.redefinitions import (
    change_claim,
    change_place,
    change_population,
    change_source,
    redefine_indicators,
)
from dashboard.store.engine import reading
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import (
    Version,
    load_claim_versions,
    load_indicator_versions,
    load_place_versions,
    load_population_versions,
    load_source_versions,
)
from dashboard.store.queries.reach import count_values
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, catalogue_touches
from dashboard.ui.catalogue_fields import (
    claim_groups,
    indicator_groups,
    place_groups,
    population_groups,
    retirement_groups,
    source_groups,
)
from dashboard.ui.catalogue_form import PREFIX, Form, Sentence, ask, conflict, preview, started, who
from dashboard.ui.session import Visit

NOW = Scope()


def indicator(before: Indicator | None, visit: Visit) -> None:
    """A new indicator, or a new version of one."""
    t = visit.t
    versions = _versions_of_indicator(before)
    values = _values(before)
    known = {v.number: v.item for v in versions}
    form = Form(
        name=f"{PREFIX}indicator:{before.code if before else 'new'}",
        groups=indicator_groups(visit),
        standing=indicator_form.typed_indicator(before, t) if before else _start_indicator(visit),
        version=before.version if before else 0,
        numeric=indicator_form.NUMERIC,
        begun=lambda version: indicator_form.typed_indicator(known[version], t) if version in known else None,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = indicator_form.read_indicator(state.typed, t, before)
    problems = list(read.problems)
    if before is not None:
        problems += check_change(before, read.item, values)
    elif visit.world.catalogue.indicator(read.item.code):
        problems.append(Problem("code_taken", "code", params={"given": read.item.code}))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        based_on = {read.item.code: state.based_on}
        redefine_indicators(work, [read.item], based_on, reason, break_text(before, read.item))
        return _done(read.item.name, new=before is None)

    touches = catalogue_touches.of_indicator(before, read.item, visit)
    preview(form, state, touches, save, visit, {"indicator": read.item.code, "section": ""})


def retirement(before: Indicator, visit: Visit) -> None:
    """Retire an indicator, or take a retired one up again: everything recorded under it stays."""
    t = visit.t
    versions = _versions_of_indicator(before)
    known = {v.number: _retired(v.item, t) for v in versions}
    form = Form(
        name=f"{PREFIX}{'revive' if before.retired else 'retire'}:{before.code}",
        groups=retirement_groups(visit),
        standing=_retired(before, t),
        version=before.version,
        begun=known.get,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    state.typed["retired"] = not before.retired
    if before.retired:
        state.typed["valid_to"] = ""
    if conflict(form, state, visit):
        return
    reader = FormReader(state.typed, t)
    after = replace(before, retired=not before.retired, valid_to=reader.day("valid_to"))
    if after.valid_from and after.valid_to and after.valid_to < after.valid_from:
        reader.problem("validity_reversed", "valid_to")
    if state.step == "fields" or reader.problems:
        ask(form, state, reader.problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        redefine_indicators(work, [after], {after.code: state.based_on}, reason, Text())
        return ("catalogue.done.retired" if after.retired else "catalogue.done.revived"), {"name": after.name}

    preview(form, state, catalogue_touches.of_indicator(before, after, visit), save, visit)


def _retired(one: Indicator, t: Translator) -> Typed:
    return {"retired": one.retired, "valid_to": typed_day(one.valid_to, t)}


def claim(before: Claim | None, visit: Visit) -> None:
    """A new claim, or another wording of one."""
    t = visit.t
    with reading(cached.engine()) as connection:
        versions = load_claim_versions(connection, NOW, before.id) if before else ()
    known = {v.number: v.item for v in versions}
    form = Form(
        name=f"{PREFIX}claim:{before.id if before else 'new'}",
        groups=claim_groups(visit),
        standing=typed_claim(before, t) if before else _start_claim(visit),
        version=max(known, default=0),
        numeric=("number",),
        begun=lambda version: typed_claim(known[version], t) if version in known else None,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = read_claim(state.typed, t)
    problems = list(read.problems)
    if before is None:
        claims = visit.world.catalogue.claims
        if any(one.id == read.item.id for one in claims):
            problems.append(Problem("code_taken", "id", params={"given": read.item.id}))
        if any(one.number == read.item.number for one in claims):
            problems.append(Problem("claim_number", "number", params={"given": read.item.number}))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_claim(work, read.item, state.based_on, reason)
        return _done(read.item.name, new=before is None)

    preview(
        form, state, catalogue_touches.of_claim(read.item, visit), save, visit,
        {"claim": read.item.id, "section": ""},
    )  # fmt: skip


def place(before: Place | None, visit: Visit) -> None:
    """A new place, or a new version of one with its designations and fields."""
    t = visit.t
    with reading(cached.engine()) as connection:
        versions = load_place_versions(connection, NOW, before.slug) if before else ()
    known = {v.number: v.item for v in versions}
    form = Form(
        name=f"{PREFIX}place:{before.slug if before else 'new'}",
        groups=place_groups(visit),
        standing=place_form.typed_place(before, t) if before else place_form.start_place(),
        version=before.version if before else 0,
        numeric=place_form.NUMERIC,
        begun=lambda version: place_form.typed_place(known[version], t) if version in known else None,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = place_form.read_place(state.typed, t, before)
    problems = list(read.problems)
    if before is None and read.item.slug in visit.world.places:
        problems.append(Problem("code_taken", "slug", params={"given": read.item.slug}))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_place(work, read.item, state.based_on, reason)
        return _done(read.item.name, new=before is None)

    touches = catalogue_touches.of_place(before, read.item, visit)
    preview(form, state, touches, save, visit, {"place": read.item.slug, "section": ""})


def population(of: Place, visit: Visit) -> None:
    """How many live in a place: a new statement, or the one named by the address corrected."""
    t = visit.t
    with reading(cached.engine()) as connection:
        versions = load_population_versions(connection, NOW, of.slug)
    which = address.read("which")
    mine = [v for v in versions if v.item.natural_key == which]
    if which and not mine:
        raise InvalidChoiceError("error.address.which", given=which)
    newest = mine[0] if mine else None
    known = {v.number: v.item for v in mine}
    form = Form(
        name=f"{PREFIX}population:{of.slug}:{which or 'new'}"[:200],
        groups=population_groups(visit),
        standing=place_form.typed_population(newest.item, t) if newest else place_form.start_population(),
        version=newest.number if newest else 0,
        numeric=place_form.POPULATION_NUMERIC,
        begun=lambda version: place_form.typed_population(known[version], t) if version in known else None,
        meanwhile=who(mine, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = place_form.read_population(state.typed, t, of.slug)
    problems, item = list(read.problems), read.item
    if newest is not None:
        item = replace(newest.item, value=item.value, qualifier=item.qualifier)
    elif any(v.item.natural_key == item.natural_key for v in versions):
        problems.append(Problem("stated_already", "boundary"))
    if state.step == "fields" or problems:
        ask(form, state, problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_population(work, item, state.based_on, reason)
        return "catalogue.done.population", {"name": of.name}

    preview(form, state, catalogue_touches.of_population(of, visit), save, visit)


def source(before: Source | None, visit: Visit) -> None:
    """A new source, or one that stands described anew; what cites it leads to the newest description."""
    t = visit.t
    with reading(cached.engine()) as connection:
        versions = load_source_versions(connection, NOW, before.key) if before else ()
    known = {v.number: typed_source(v.item, t) for v in versions}
    form = Form(
        name=f"{PREFIX}source:{before.key if before else 'new'}",
        groups=source_groups(visit),
        standing=typed_source(before or Source("", ""), t),
        version=max(known, default=0),
        begun=known.get,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = read_source(state.typed, t, visit.world.sources.__contains__, before)
    if state.step == "fields" or read.problems:
        ask(form, state, read.problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        if before is None:
            define_sources(work, [read.item], reason)
            return "catalogue.done.new", {"name": read.item.title}
        change_source(work, read.item, state.based_on, reason)
        return "catalogue.done.changed", {"name": read.item.title}

    touches = catalogue_touches.of_source(read.item, visit) if before else []
    preview(form, state, touches, save, visit, {"source": read.item.key, "section": ""})


def break_text(before: Indicator | None, after: Indicator) -> Text:
    """What is written at a series break that a change of definition leaves, in both languages."""
    fields = [name for name in BREAKING if before and getattr(before, name) != getattr(after, name)]
    said = {}
    for language in ("da", "en"):
        t = Translator(language)
        said[language] = t(
            "catalogue.break_text", what=t.list(t(f"catalogue.field.{name}").lower() for name in fields)
        )
    return Text(said["da"], said["en"])


def _versions_of_indicator(before: Indicator | None) -> tuple[Version[Indicator], ...]:
    if before is None:
        return ()
    with reading(cached.engine()) as connection:
        return load_indicator_versions(connection, NOW, before.code)


def _values(before: Indicator | None) -> int:
    if before is None:
        return 0
    with reading(cached.engine()) as connection:
        return sum(count_values(connection, before.code).values())


def _start_indicator(visit: Visit) -> Typed:
    claims = [claim.id for claim in visit.world.catalogue.claims]
    return indicator_form.start_indicator(address.one_of("serves", ["", *claims]))


def _start_claim(visit: Visit) -> Typed:
    free = max((claim.number for claim in visit.world.catalogue.claims), default=0) + 1
    texts: Typed = {"id": "", "number": str(free)}
    for name in ("name", "quotation", "shown_by", "counter"):
        texts |= typed_both(name, Text())
    return texts


def _done(name: Text, new: bool) -> Sentence:
    return ("catalogue.done.new" if new else "catalogue.done.changed"), {"name": name}
