"""The catalogue as a folder of TOML files: ``claims.toml`` and ``indicators/*.toml`` (F1, F75)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from dashboard.domain.activity import (
    ROLLUP_DISTINCT_FIELDS,
    ROLLUP_FILTERS,
    ROLLUP_SUM_FIELDS,
    SDG_TARGET,
    ActivityKind,
)
from dashboard.domain.bands import Bands, check_bands
from dashboard.domain.catalogue import (
    SLUG,
    Accumulation,
    Catalogue,
    Claim,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    PopulationBasis,
    ResultLevel,
    Rollup,
    RollupMeasure,
    ScaleStep,
    TimeAggregation,
    check_indicator,
)
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.intake.record import Record, located, read_toml

TRUTH_FILTERS = frozenset(
    {"names_designation", "paid", "foreign_participants_present", "country_abroad", "joint_output",
     "primary_sdg"}
)  # fmt: skip
AMEC_STAGES = ("objective", "input", "activity", "output", "out_take", "outcome", "impact")
EXTRA_FILES = {"cost": "10-cost", "network": "11-network"}
"""Files beside those of the claims; which indicators stand there is told by the beginning of their code."""


def read_catalogue(folder: Path) -> Catalogue:
    """The claims and indicators of a folder, with every problem found as a value.

    Problems carry ``params["file"]`` (relative to the folder) and the 1-based entry as `row`. What is
    wrong in one entry does not hide the others; the entry itself is kept as far as it could be read.
    """
    problems: list[Problem] = []
    claims = _read_claims(folder, problems)
    known = {claim.id for claim in claims}
    indicators: dict[str, Indicator] = {}
    bands: dict[str, Bands] = {}
    paths = sorted((folder / "indicators").glob("*.toml"))
    if not paths:
        problems.append(located(Problem("file_missing"), "indicators/*.toml", None))
    for path in paths:
        file = f"indicators/{path.name}"
        document = Record(read_toml(path, problems, file), file, None)
        for number, record in enumerate(document.tables("indicator"), start=1):
            record.row, record.problems = number, problems
            indicator, limits = _read_indicator(record)
            for id in indicator.claims:
                if id not in known:
                    record.problem("claim_unknown", "claims", given=id, choices=", ".join(sorted(known)))
            if indicator.code in indicators:
                record.problem("code_twice", "code", given=indicator.code)
            else:
                indicators[indicator.code] = indicator
                bands |= {indicator.code: limits} if limits else {}
        document.finish()
        problems += document.problems
    return Catalogue(tuple(claims), tuple(indicators.values()), tuple(problems), tuple(bands.values()))


def _read_claims(folder: Path, problems: list[Problem]) -> list[Claim]:
    document = Record(read_toml(folder / "claims.toml", problems), "claims.toml", None)
    claims: dict[str, Claim] = {}
    numbers: set[int] = set()
    for row, record in enumerate(document.tables("claim"), start=1):
        record.row, record.problems = row, problems
        claim = Claim(
            id=record.text("id", required=True),
            number=record.whole("number"),
            name=record.both("name"),
            quotation=record.both("quotation"),
            shown_by=record.both("shown_by"),
            counter=record.both("counter"),
        )
        record.finish()
        if not SLUG.match(claim.id):
            record.problem("slug_form", "id", given=claim.id)
        for name in ("name", "quotation", "shown_by", "counter"):
            if not getattr(claim, name).complete:
                record.adopt([
                    Problem("translation_missing", name, params={"indicator": claim.id, "field": name})
                ])  # fmt: skip
        if claim.id in claims:
            record.problem("code_twice", "id", given=claim.id)
        if claim.number in numbers or claim.number < 1:
            record.problem("claim_number", "number", given=claim.number)
        numbers.add(claim.number)
        claims.setdefault(claim.id, claim)
    document.finish()
    problems += document.problems
    return sorted(claims.values(), key=lambda claim: claim.number)


def _read_indicator(record: Record) -> tuple[Indicator, Bands | None]:
    """One ``[[indicator]]`` table, and the limits of its colours where it states any."""
    for name in ("proxy", "contested", "comparable_over_time", "comparable_between_places", "decimals"):
        if record.raw(name) is None:
            record.problem("field_required", name)
    indicator = Indicator(
        code=record.text("code", required=True),
        claims=record.many("claims"),
        name=record.both("name"),
        definition=record.both("definition"),
        rationale=record.both("rationale"),
        method=record.both("method"),
        limitations=record.both("limitations"),
        caveat=record.both("caveat"),
        kind=record.required_one_of("kind", IndicatorKind),
        unit=record.text("unit", required=True),
        decimals=record.whole("decimals"),
        direction=record.required_one_of("direction", Direction),
        accumulation=record.required_one_of("accumulation", Accumulation),
        time_aggregation=record.required_one_of("time_aggregation", TimeAggregation),
        frequency=record.required_one_of("frequency", Frequency),
        result_level=record.required_one_of("result_level", ResultLevel),
        amec_stage=record.text("amec_stage"),
        proxy=record.truth("proxy"),
        contested=record.truth("contested"),
        comparable_over_time=record.truth("comparable_over_time"),
        comparable_between_places=record.truth("comparable_between_places"),
        population_basis=record.required_one_of("population_basis", PopulationBasis),
        sdg_targets=record.many("sdg_targets"),
        culture2030=record.many("culture2030"),
        owner=record.both("owner"),
        next_due=record.day("next_due"),
        next_review=record.day("next_review"),
        minimum=record.number("minimum"),
        maximum=record.number("maximum"),
        scale=tuple(_read_step(step) for step in record.tables("scale")),
        rollup=_read_rollup(record),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        retired=record.truth("retired"),
    )
    bands = read_bands(record, indicator)
    record.finish()
    record.adopt(check_indicator(indicator))
    if indicator.valid_from and indicator.valid_to and indicator.valid_to < indicator.valid_from:
        record.problem("validity_reversed", "valid_to")
    if indicator.amec_stage and indicator.amec_stage not in AMEC_STAGES:
        record.problem("not_one_of", "amec_stage", given=indicator.amec_stage, choices=", ".join(AMEC_STAGES))
    if not 0 <= indicator.decimals <= 6:
        record.problem("decimals_range", "decimals", given=indicator.decimals)
    for target in indicator.sdg_targets:
        if not SDG_TARGET.match(target):
            record.problem("sdg_target_form", "sdg_targets", given=target)
    return indicator, bands


def read_bands(outer: Record, indicator: Indicator) -> Bands | None:
    """``bands = { amber = 10, green = 20 }``, an amount with its currency; None without the table (F8)."""
    record = _within(outer, "bands")
    if record is None:
        return None
    amber, green = (record.number(name, required=True) for name in ("amber", "green"))
    currency = record.text("currency")
    record.finish()
    if amber is None or green is None:
        return None
    bands = Bands(indicator.code, amber, green, currency)
    outer.adopt(check_bands(bands, indicator))
    return bands


def _within(outer: Record, name: str) -> Record | None:
    """The table `name` of a record, whose problems are the record's own; None without it."""
    data = outer.raw(name)
    if data is None:
        return None
    if not isinstance(data, dict):
        outer.problem("table_expected", name)
        return None
    record = Record(data, outer.file, outer.row)
    record.problems = outer.problems
    return record


def _read_step(record: Record) -> ScaleStep:
    value = record.number("value", required=True)
    step = ScaleStep(value or 0.0, Text(record.text("da"), record.text("en")))
    if not step.text.complete:
        record.problem("two_languages", "scale")
    record.finish()
    return step


def _read_rollup(outer: Record) -> Rollup | None:
    record = _within(outer, "rollup")
    if record is None:
        return None
    kinds = record.many("activity_kinds")
    for kind in kinds:
        if kind not in set(ActivityKind):
            record.problem("not_one_of", "activity_kinds", given=kind, choices=", ".join(ActivityKind))
    if not kinds:
        record.problem("field_required", "activity_kinds")
    measure = record.required_one_of("measure", RollupMeasure)
    field = record.text("field")
    allowed = {
        RollupMeasure.SUM: ROLLUP_SUM_FIELDS,
        RollupMeasure.DISTINCT: ROLLUP_DISTINCT_FIELDS,
    }.get(measure, frozenset({""}))
    if field not in allowed:
        record.problem("rollup_field", "field", given=field, choices=", ".join(sorted(allowed)))
    where = record.raw("where") or {}
    pairs: list[tuple[str, str | bool]] = []
    if not isinstance(where, dict):
        record.problem("table_expected", "where")
        where = {}
    for name, value in where.items():
        if name not in ROLLUP_FILTERS:
            record.problem("rollup_filter", "where", given=name, choices=", ".join(sorted(ROLLUP_FILTERS)))
        elif not isinstance(value, bool if name in TRUTH_FILTERS else str):
            record.problem("rollup_filter_value", "where", name=name, given=str(value))
        else:
            pairs.append((name, value))
    if measure is RollupMeasure.SHARE and not pairs:
        record.problem("rollup_share_of_what", "where")
    record.finish()
    return Rollup(kinds, measure, field, tuple(pairs))


def write_catalogue(catalogue: Catalogue) -> dict[str, str]:
    """The catalogue as texts of TOML files by path, in the format that `read_catalogue` reads.

    The definitions as they stand: earlier versions and their numbers belong to the store.
    """
    files = {"claims.toml": tomli_w.dumps({"claim": [_claim_table(c) for c in catalogue.claims]})}
    tables: dict[str, list[dict[str, Any]]] = {}
    numbers = {claim.id: claim.number for claim in catalogue.claims}
    limits = {bands.indicator: bands for bands in catalogue.bands}
    for indicator in catalogue.indicators:
        beginning = indicator.code.partition("_")[0]
        own = f"{numbers.get(indicator.claim, 99):02d}-{indicator.claim}"
        tables.setdefault(EXTRA_FILES.get(beginning, own), []).append(
            _indicator_table(indicator) | _bands_table(limits.get(indicator.code))
        )
    for name in sorted(tables):
        files[f"indicators/{name}.toml"] = tomli_w.dumps({"indicator": tables[name]})
    return files


_OPTIONAL = frozenset(
    {"caveat", "amec_stage", "next_due", "next_review", "minimum", "maximum", "scale", "rollup",
     "valid_from", "valid_to", "retired"}
)  # fmt: skip


def _text(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _claim_table(claim: Claim) -> dict[str, Any]:
    texts = {name: _text(getattr(claim, name)) for name in ("name", "quotation", "shown_by", "counter")}
    return {"id": claim.id, "number": claim.number, **texts}


def _indicator_table(indicator: Indicator) -> dict[str, Any]:
    texts = ("name", "definition", "rationale", "method", "limitations", "caveat")
    table: dict[str, Any] = {
        "code": indicator.code,
        "claims": list(indicator.claims),
        **{name: _text(getattr(indicator, name)) for name in texts},
        "kind": indicator.kind.value,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction.value,
        "accumulation": indicator.accumulation.value,
        "time_aggregation": indicator.time_aggregation.value,
        "frequency": indicator.frequency.value,
        "result_level": indicator.result_level.value,
        "amec_stage": indicator.amec_stage,
        "proxy": indicator.proxy,
        "contested": indicator.contested,
        "comparable_over_time": indicator.comparable_over_time,
        "comparable_between_places": indicator.comparable_between_places,
        "population_basis": indicator.population_basis.value,
        "sdg_targets": list(indicator.sdg_targets),
        "culture2030": list(indicator.culture2030),
        "owner": _text(indicator.owner),
        "next_due": indicator.next_due,
        "next_review": indicator.next_review,
        "minimum": None if indicator.minimum is None else _plain(indicator.minimum),
        "maximum": None if indicator.maximum is None else _plain(indicator.maximum),
        "scale": [{"value": _plain(s.value), **_text(s.text)} for s in indicator.scale],
        "valid_from": indicator.valid_from,
        "valid_to": indicator.valid_to,
        "retired": indicator.retired or None,
        "rollup": _rollup_table(indicator.rollup) if indicator.rollup else None,
    }
    empty: tuple[Any, ...] = (None, "", {"da": "", "en": ""}, [])
    return {name: value for name, value in table.items() if name not in _OPTIONAL or value not in empty}


def _bands_table(bands: Bands | None) -> dict[str, Any]:
    if bands is None:
        return {}
    table: dict[str, Any] = {"amber": _plain(bands.amber), "green": _plain(bands.green)}
    return {"bands": table | ({"currency": bands.currency} if bands.currency else {})}


def _rollup_table(rollup: Rollup) -> Mapping[str, Any]:
    table: dict[str, Any] = {
        "activity_kinds": list(rollup.activity_kinds),
        "measure": rollup.measure.value,
    }
    if rollup.field:
        table["field"] = rollup.field
    if rollup.where:
        table["where"] = dict(rollup.where)
    return table
