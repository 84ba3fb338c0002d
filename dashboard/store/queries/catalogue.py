"""The catalogue as it stands, or stood: claims, indicators, vocabularies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dashboard.domain import catalogue as domain
from dashboard.domain.text import Text
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known, newest


def text_of(row: Any, name: str) -> Text:
    """The two columns of a text as one value."""
    return Text(getattr(row, f"{name}_da"), getattr(row, f"{name}_en"))


def load_catalogue(connection: Connection, scope: Scope) -> domain.Catalogue:
    """All claims by number and all indicators by primary claim and code."""
    head, version = schema.claim, newest(schema.claim_version, scope, schema.claim_version.c.claim_id)
    rows = connection.execute(
        select(head.c.slug, head.c.number, version)
        .join(version, version.c.claim_id == head.c.id)
        .order_by(head.c.number)
    )
    claims = tuple(claim_of(row) for row in rows)
    return domain.Catalogue(claims=claims, indicators=_indicators(connection, scope))


def claim_of(row: Any) -> domain.Claim:
    """The claim of a version row with the `slug` and `number` of its head."""
    return domain.Claim(
        row.slug, row.number, text_of(row, "name"), text_of(row, "quotation"),
        text_of(row, "shown_by"), text_of(row, "counter"),
    )  # fmt: skip


def _indicators(connection: Connection, scope: Scope) -> tuple[domain.Indicator, ...]:
    head = schema.indicator
    version = newest(schema.indicator_version, scope, schema.indicator_version.c.indicator_id)
    rows = connection.execute(
        select(head.c.code, version).join(version, version.c.indicator_id == head.c.id)
    ).all()
    numbers = {row.slug: row.number for row in connection.execute(select(schema.claim))}
    return tuple(sorted(indicators_of(connection, rows), key=lambda i: (numbers[i.claim], i.code)))


def indicators_of(connection: Connection, rows: Sequence[Any]) -> list[domain.Indicator]:
    """The indicators of version rows (with their `code`), in the order of the rows."""
    claims: dict[int, list[str]] = defaultdict(list)
    link = schema.indicator_claim
    for row in connection.execute(
        select(link.c.indicator_version_id, schema.claim.c.slug)
        .join(schema.claim, schema.claim.c.id == link.c.claim_id)
        .order_by(link.c.indicator_version_id, link.c.position)
    ):
        claims[row.indicator_version_id].append(row.slug)
    mappings: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in connection.execute(select(schema.indicator_mapping)):
        mappings[(row.indicator_version_id, row.vocabulary)].append(row.code)
    return [_indicator(row, claims, mappings) for row in rows]


def _indicator(
    row: Any, claims: dict[int, list[str]], mappings: dict[tuple[int, str], list[str]]
) -> domain.Indicator:
    rollup = row.rollup
    return domain.Indicator(
        code=row.code,
        claims=tuple(claims[row.id]),
        name=text_of(row, "name"),
        definition=text_of(row, "definition"),
        rationale=text_of(row, "rationale"),
        method=text_of(row, "method"),
        limitations=text_of(row, "limitations"),
        caveat=text_of(row, "caveat"),
        owner=text_of(row, "owner"),
        kind=domain.IndicatorKind(row.kind),
        unit=row.unit,
        decimals=row.decimals,
        direction=domain.Direction(row.direction),
        accumulation=domain.Accumulation(row.accumulation),
        time_aggregation=domain.TimeAggregation(row.time_aggregation),
        frequency=domain.Frequency(row.frequency),
        result_level=domain.ResultLevel(row.result_level),
        amec_stage=row.amec_stage,
        proxy=row.proxy,
        contested=row.contested,
        comparable_over_time=row.comparable_over_time,
        comparable_between_places=row.comparable_between_places,
        population_basis=domain.PopulationBasis(row.population_basis),
        sdg_targets=tuple(sorted(mappings[(row.id, "sdg_target")], key=sdg_order)),
        culture2030=tuple(sorted(mappings[(row.id, "culture2030")])),
        next_due=row.next_due,
        next_review=row.next_review,
        minimum=row.minimum,
        maximum=row.maximum,
        scale=tuple(domain.ScaleStep(s["value"], Text(s["da"], s["en"])) for s in row.scale),
        rollup=rollup
        and domain.Rollup(
            tuple(rollup["activity_kinds"]),
            domain.RollupMeasure(rollup["measure"]),
            rollup["field"],
            tuple(sorted(rollup["where"].items())),
        ),
        version=row.version,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        retired=row.retired,
    )


def sdg_order(target: str) -> tuple[str, str]:
    """Goals and targets in the order of the agenda: 4.7 before 11.4, 11.4 before 11.a."""
    goal, _, rest = target.partition(".")
    return goal.zfill(2), rest.zfill(2)


def load_vocabulary(
    connection: Connection, scope: Scope, vocabulary: str
) -> tuple[domain.VocabularyCode, ...]:
    """The codes of one outside vocabulary, by code."""
    table = schema.vocabulary_code
    rows = connection.execute(
        select(table).where(table.c.vocabulary == vocabulary, known(table, scope)).order_by(table.c.code)
    )
    return tuple(
        domain.VocabularyCode(
            row.vocabulary, row.code, text_of(row, "name"), text_of(row, "group_name"), row.mapping,
            row.note, row.source,
        )
        for row in rows
    )  # fmt: skip
