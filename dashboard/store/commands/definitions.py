"""Defining what figures are about: sources, places, populations, claims, indicators, vocabularies."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from dashboard.domain.catalogue import (
    Claim,
    Indicator,
    Place,
    Population,
    Source,
    VocabularyCode,
    check_indicator,
    check_place,
    check_population,
)
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError
from dashboard.store.commands.rows import (
    Names,
    both,
    head_ids,
    ids,
    insert_all,
    insert_one,
    latest,
    repeated,
    schema,
)
from dashboard.store.work import UnitOfWork, digest


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidDraftsError(problems)


def define_sources(work: UnitOfWork, sources: Sequence[Source], reason: str = "") -> int:
    """Add the sources whose keys are new; gives how many. A source's key never changes its meaning."""
    work.actor.require(Permission.RECORD)
    _refuse([Problem("source_title", "title", params={"key": s.key}) for s in sources if not s.title])
    there = ids(work.connection, schema.source, "key", [source.key for source in sources])
    new = {source.key: source for source in sources if source.key not in there}
    rows = [dataclasses.asdict(s) | {"change_set_id": work.change_set_id} for s in new.values()]
    insert_all(work.connection, schema.source, rows)
    work.note_all("define_sources", "source", list(new.values()), reason)
    return len(new)


def define_places(work: UnitOfWork, places: Sequence[Place], reason: str = "") -> int:
    """Add places and new versions of changed ones; gives how many were written."""
    work.actor.require(Permission.DEFINE)
    _refuse(
        [problem for place in places for problem in check_place(place)]
        + repeated(place.slug for place in places)
    )
    names = Names(work)
    names.load(
        schema.source,
        "key",
        [f.source for place in places for f in place.fields]
        + [d.source for place in places for d in place.designations],
    )
    heads = head_ids(work, schema.place, "slug", [{"slug": p.slug, "kind": p.kind.value} for p in places])
    versions = latest(work.connection, schema.place_version, "place_id")
    written = []
    for place in places:
        content = digest(dataclasses.replace(place, version=0))
        place_id = heads[place.slug]
        before = versions.get(place_id)
        if before is not None and before.content_digest == content:
            continue
        version_id = insert_one(
            work.connection, schema.place_version, place_id=place_id, content_digest=content,
            version=(before.version if before else 0) + 1, reason=reason, country=place.country,
            latitude=place.latitude, longitude=place.longitude, address=place.address, note=place.note,
            reference_boundary=place.reference_boundary, change_set_id=work.change_set_id,
            **both("name", place.name),
        )  # fmt: skip
        common = {"place_version_id": version_id, "change_set_id": work.change_set_id}
        insert_all(work.connection, schema.place_field, [
            common | {"field": f.field.value, "valid_from": f.valid_from, "valid_to": f.valid_to,
                      "precision": f.precision.value, "source_id": names.id(schema.source, f.source)}
            for f in place.fields
        ])  # fmt: skip
        insert_all(work.connection, schema.designation, [
            common | {"event": d.event, "day": d.day, "precision": d.precision.value, "note": d.note,
                      "source_id": names.id(schema.source, d.source)}
            for d in place.designations
        ])  # fmt: skip
        written.append(place)
    names.refuse()
    work.note_all("define_places", "place", written, reason)
    return len(written)


def define_populations(work: UnitOfWork, populations: Sequence[Population], reason: str = "") -> int:
    """Record populations; the same key with another value supersedes. Gives how many were written."""
    work.actor.require(Permission.DEFINE)
    _refuse(
        [problem for population in populations for problem in check_population(population)]
        + repeated(population.natural_key for population in populations)
    )
    names = Names(work)
    names.load(schema.place, "slug", [p.place for p in populations])
    names.load(schema.source, "key", [p.source for p in populations])
    there = latest(work.connection, schema.population, "natural_key", "sequence")
    rows = []
    for population in populations:
        before = there.get(population.natural_key)
        if before is not None and (before.value, before.qualifier) == (
            population.value,
            population.qualifier,
        ):
            continue
        rows.append({
            "place_id": names.id(schema.place, population.place), "boundary": population.boundary,
            "value": population.value, "qualifier": population.qualifier, "day": population.day,
            "precision": population.precision.value, "natural_key": population.natural_key,
            "source_id": names.id(schema.source, population.source),
            "sequence": (before.sequence if before else 0) + 1, "change_set_id": work.change_set_id,
        })  # fmt: skip
    names.refuse()
    insert_all(work.connection, schema.population, rows)
    if rows:
        work.note(
            "define_populations",
            "population",
            after={"count": len(rows), "digest": digest(list(populations))},
            reason=reason,
        )
    return len(rows)


def define_claims(work: UnitOfWork, claims: Sequence[Claim], reason: str = "") -> int:
    """Add claims and new versions of changed wordings; gives how many were written."""
    work.actor.require(Permission.DEFINE)
    _refuse(repeated(claim.id for claim in claims))
    heads = head_ids(work, schema.claim, "slug", [{"slug": c.id, "number": c.number} for c in claims])
    versions = latest(work.connection, schema.claim_version, "claim_id")
    written = []
    for claim in claims:
        content, before = digest(claim), versions.get(heads[claim.id])
        if before is not None and before.content_digest == content:
            continue
        words: dict[str, Any] = {}
        for name in ("name", "quotation", "shown_by", "counter"):
            words |= both(name, getattr(claim, name))
        insert_one(
            work.connection, schema.claim_version, claim_id=heads[claim.id], content_digest=content,
            version=(before.version if before else 0) + 1, reason=reason,
            change_set_id=work.change_set_id, **words,
        )  # fmt: skip
        written.append(claim)
    work.note_all("define_claims", "claim", written, reason)
    return len(written)


def define_indicators(work: UnitOfWork, indicators: Sequence[Indicator], reason: str = "") -> int:
    """Add indicators and new versions of changed definitions; gives how many were written."""
    work.actor.require(Permission.DEFINE)
    _refuse(
        [problem for indicator in indicators for problem in check_indicator(indicator)]
        + repeated(indicator.code for indicator in indicators)
    )
    names = Names(work)
    names.load(schema.claim, "slug", [claim for i in indicators for claim in i.claims])
    for row, indicator in enumerate(indicators, start=1):
        for claim in indicator.claims:
            names.id(schema.claim, claim, row)
    names.refuse()
    heads = head_ids(work, schema.indicator, "code", [{"code": i.code} for i in indicators])
    versions = latest(work.connection, schema.indicator_version, "indicator_id")
    written = []
    for indicator in indicators:
        content = digest(dataclasses.replace(indicator, version=0))
        indicator_id = heads[indicator.code]
        before = versions.get(indicator_id)
        if before is not None and before.content_digest == content:
            continue
        version_id = insert_one(
            work.connection, schema.indicator_version, indicator_id=indicator_id, content_digest=content,
            version=(before.version if before else 0) + 1, reason=reason,
            change_set_id=work.change_set_id, **_indicator_columns(indicator),
        )  # fmt: skip
        insert_all(work.connection, schema.indicator_claim, [
            {"indicator_version_id": version_id, "position": position,
             "claim_id": names.id(schema.claim, claim)}
            for position, claim in enumerate(indicator.claims)
        ])  # fmt: skip
        mappings = [("sdg_target", code) for code in indicator.sdg_targets]
        mappings += [("culture2030", code) for code in indicator.culture2030]
        insert_all(work.connection, schema.indicator_mapping, [
            {"indicator_version_id": version_id, "vocabulary": vocabulary, "code": code}
            for vocabulary, code in mappings
        ])  # fmt: skip
        written.append(indicator)
    work.note_all("define_indicators", "indicator", written, reason)
    return len(written)


def _indicator_columns(indicator: Indicator) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in ("name", "definition", "rationale", "method", "limitations", "caveat", "owner"):
        columns |= both(name, getattr(indicator, name))
    for name in (
        "unit", "decimals", "amec_stage", "proxy", "contested", "comparable_over_time",
        "comparable_between_places", "next_due", "next_review", "minimum", "maximum", "retired",
        "valid_from", "valid_to",
    ):  # fmt: skip
        columns[name] = getattr(indicator, name)
    for name in (
        "kind", "direction", "accumulation", "time_aggregation", "frequency", "result_level",
        "population_basis",
    ):  # fmt: skip
        columns[name] = getattr(indicator, name).value
    columns["scale"] = [{"value": s.value, "da": s.text.da, "en": s.text.en} for s in indicator.scale]
    rollup = indicator.rollup
    columns["rollup"] = rollup and {
        "activity_kinds": list(rollup.activity_kinds),
        "measure": rollup.measure.value,
        "field": rollup.field,
        "where": dict(rollup.where),
    }
    return columns


def define_vocabulary(work: UnitOfWork, codes: Sequence[VocabularyCode]) -> int:
    """Add the codes of an outside vocabulary that are new; gives how many."""
    work.actor.require(Permission.DEFINE)
    _refuse(repeated((code.vocabulary, code.code) for code in codes))
    table = schema.vocabulary_code
    there = {
        (row.vocabulary, row.code)
        for row in work.connection.execute(table.select().with_only_columns(table.c.vocabulary, table.c.code))
    }
    new = [code for code in codes if (code.vocabulary, code.code) not in there]
    if new:
        work.connection.execute(insert(table), [
            {"vocabulary": c.vocabulary, "code": c.code, "mapping": c.mapping, "note": c.note,
             "source": c.source, "change_set_id": work.change_set_id,
             **both("name", c.name), **both("group_name", c.group)}
            for c in new
        ])  # fmt: skip
        work.note_all("define_vocabulary", "vocabulary", new)
    return len(new)
