"""The pack as data: a ZIP of CSV files with a `datapackage.json` that says what is in them.

Frictionless Data Package v1 (specs.frictionlessdata.io/data-package, tabular-data-resource, table-schema):
each table has a schema with keys, each value of a chart its unit, each figure its source and caveat, each
source its licence. The frozen pack itself lies beside them as JSON, so that its code can be worked out again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.reports.briefing import Briefing, Statement, as_content
from dashboard.reports.office_file import packed
from dashboard.reports.workbook import numbers_of

_OPEN_LICENCES = re.compile(r"(CC0|CC-BY|ODbL|ODC|PDDL|MIT|OGL)[\w.-]*", re.IGNORECASE)
"""Licences that have the form of an identifier of opendefinition.org; others are given by their title."""

Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type of the table schema, and the label of the pack that is its title."""

    name: str
    kind: str = "string"
    label: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file. `links` are columns that point into another: (column, resource, its column)."""

    name: str
    label: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()


_CLAIM = Field("claim", label="claim", required=True)
_TO_CLAIM = ("claim", "claims", "claim")


def data_package(briefing: Briefing) -> bytes:
    """The whole pack as a ZIP. Text that a spreadsheet would take for a formula has an apostrophe before it,
    as in every CSV file of the product."""
    resources = [one for one in _resources(briefing) if one.rows]
    files = [(f"data/{one.name}.csv", _csv(one)) for one in resources]
    content = json.dumps(as_content(briefing), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    package = json.dumps(_descriptor(briefing, resources), ensure_ascii=False, indent=1) + "\n"
    return packed(
        [("datapackage.json", package.encode()), *files, ("briefing.json", content.encode())], briefing.made
    )


# -- the tables ------------------------------------------------------------------------------------


def _resources(b: Briefing) -> Iterable[Resource]:
    numbers, units = numbers_of(b), {chart.title: chart.unit for chart in b.charts}
    titles = {one.title: one.key for one in b.sources}
    yield Resource(
        "claims", "claims",
        (_CLAIM, Field("number", "integer"), Field("name", label="claim", required=True),
         Field("quotation", label="quotation"),
         Field("verdict", choices=("supported", "mixed", "not_supported", "not_enough_evidence"),
               required=True),
         Field("verdict_words", label="verdict"), Field("verdict_reason", label="why"),
         Field("analysis", label="analysis"), Field("recommendation", label="recommendation"),
         Field("narrative_note")),
        tuple((s.claim, s.number, s.name, s.quotation, s.verdict, s.verdict_words, s.verdict_reason,
               s.analysis, s.recommendation, s.narrative_note) for s in b.sections),
        key=("claim",),
    )  # fmt: skip

    def figure(one: Statement, number: int, headline: bool) -> tuple[Cell, ...]:
        found = numbers.get((one.name, one.period, one.value))
        unit = units.get(one.name, "") if found is not None else ""
        return (number, headline, one.claim, one.indicator, one.name, one.value, found, unit, one.period,
                one.compared, one.sure, one.source, titles.get(one.source, ""), one.caveat,
                one.words)  # fmt: skip

    inside = {section.claim for section in b.sections}
    every = [(one, True) for one in b.headlines]
    every += [(one, False) for section in b.sections for one in section.statements]
    yield Resource(
        "figures", "figures",
        (Field("position", "integer", required=True), Field("headline", "boolean", "headlines", True), _CLAIM,
         Field("indicator", required=True), Field("name", label="figure", required=True),
         Field("value_in_words", label="value", required=True), Field("value", "number", "value"),
         Field("unit"), Field("period", label="when"), Field("compared", label="compared"),
         Field("confidence", label="sure"), Field("source", label="source"), Field("source_key"),
         Field("caveat", label="caveats"), Field("words")),
        tuple(figure(one, n, headline) for n, (one, headline) in enumerate(every, start=1)),
        key=("position",), links=(_TO_CLAIM,) if {one.claim for one, _ in every} <= inside else (),
    )  # fmt: skip
    yield Resource(
        "chart_values", "chart_table",
        (_CLAIM, Field("name", label="figure", required=True), Field("series", required=True),
         Field("place", label="place"), Field("period", label="when", required=True),
         Field("date", "date"), Field("month_since_designation", "number"),
         Field("value", "number", "value", True), Field("low", "number"), Field("high", "number"),
         Field("unit"), Field("value_in_words", label="value", required=True), Field("kind", required=True),
         Field("comparability"), Field("qualifier"), Field("joined_run", "integer"),
         Field("source", label="source"), Field("caveat", label="caveats")),
        tuple(_values(b)), links=(_TO_CLAIM,),
    )  # fmt: skip
    yield Resource(
        "remarks", "caveats",
        (Field("claim", label="claim"),
         Field("about", required=True, choices=("against", "missing", "caveat", "left_out", "notice")),
         Field("words", required=True)),
        tuple(_remarks(b)),
    )  # fmt: skip
    yield Resource(
        "changes", "changed",
        (Field("claim", label="claim"),
         Field("fate", required=True, choices=("new", "revised", "overtaken", "gone")),
         Field("fate_words", label="changed"), Field("name", label="figure", required=True),
         Field("before", label="before"), Field("after", label="after")),
        tuple((c.claim, c.fate, c.words, c.name, c.before, c.after) for c in b.changed),
    )  # fmt: skip
    yield Resource(
        "sources", "sources",
        (Field("key", required=True), Field("title", label="source", required=True), Field("producer"),
         Field("address", label="address"), Field("licence", label="licence")),
        tuple((s.key, s.title, s.producer, s.address, s.licence) for s in b.sources),
        key=("key",),
    )  # fmt: skip


def _values(b: Briefing) -> Iterable[tuple[Cell, ...]]:
    for section in b.sections:
        for chart in section.charts:
            for one in chart.series:
                runs = {id(mark): n for n, path in enumerate(one.paths, start=1) for mark in path}
                for mark in one.marks:
                    dated = chart.axis == "calendar"
                    yield (
                        section.claim, chart.title, one.label, one.place, mark.when,
                        mark.day if dated else None, None if dated else mark.x, mark.y, mark.low, mark.high,
                        chart.unit, mark.written, mark.kind, mark.grade, mark.qualifier, runs.get(id(mark)),
                        mark.source, chart.caveat,
                    )  # fmt: skip


def _remarks(b: Briefing) -> Iterable[tuple[Cell, ...]]:
    for section in b.sections:
        yield from ((section.claim, "against", words) for words in section.against)
        yield from ((section.claim, "missing", words) for words in section.missing)
        for chart in section.charts:
            yield from (
                (section.claim, "caveat", words)
                for words in dict.fromkeys(filter(None, (chart.sentence, chart.caveat, *chart.notes)))
            )
    yield from ((None, "caveat", words) for words in b.caveats)
    yield from ((None, "left_out", words) for words in b.left_out)
    if b.notice:
        yield None, "notice", b.notice


def _csv(resource: Resource) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.name for field in resource.fields])
    writer.writerows([_cell(cell) for cell in row] for row in resource.rows)
    return out.getvalue().encode()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return repr(int(cell)) if cell == int(cell) else repr(cell)
    harmless = len(cell) < 2 or cell in (">=", "<=") or cell[0] not in "=+-@\t\r"
    return cell if harmless else f"'{cell}"


# -- the descriptor --------------------------------------------------------------------------------


def _descriptor(b: Briefing, resources: Sequence[Resource]) -> Mapping[str, Any]:
    """The package in the pack's language; what version 1 has no property for keeps a name of its own."""
    licences = dict.fromkeys(one.licence for one in b.sources if one.licence)
    sources = [
        {"title": one.title, **({"path": one.address} if _is_web(one.address) else {}),
         "key": one.key, "producer": one.producer, "licence": one.licence}
        for one in b.sources
    ]  # fmt: skip
    about: dict[str, Any] = {
        "profile": "data-package",
        "name": f"briefing-{b.code}".rstrip("-"),
        "id": b.code,
        "title": b.title,
        "description": " ".join(filter(None, (b.notice, b.headline_rule, *b.caveats))),
        "created": f"{b.made.isoformat()}T00:00:00Z",
        "version": str(b.revision),
        "language": b.language,
        "period": b.period,
        "period_key": b.period_key,
        "as_at": b.as_at,
        "city": b.city,
        "invented": b.invented,
        "notice": b.notice,
        "caveats": list(b.caveats),
        "left_out": list(b.left_out),
    }
    if _is_web(b.address):
        about["homepage"] = b.address
    if sources:
        about["sources"] = sources
    if licences:
        about["licenses"] = [_licence(one) for one in licences]
    about["resources"] = [
        *(_resource(one, b.labels) for one in resources),
        {"name": "briefing", "path": "briefing.json", "title": b.title, "profile": "data-resource",
         "format": "json", "mediatype": "application/json", "encoding": "utf-8"},
    ]  # fmt: skip
    return about


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://")) and " " not in address


def _licence(words: str) -> Mapping[str, str]:
    """A licence must have an identifier or an address (data package v1); one in free words gets its words
    with hyphens as a name."""
    if _OPEN_LICENCES.fullmatch(words):
        return {"name": words, "title": words}
    return {"name": re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-") or "other", "title": words}


def _resource(one: Resource, labels: Mapping[str, str]) -> Mapping[str, Any]:
    fields = [_field(field, labels) for field in one.fields]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if one.key:
        schema["primaryKey"] = list(one.key)
    if one.links:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [theirs]}}
            for column, other, theirs in one.links
        ]
    return {
        "name": one.name.replace("_", "-"), "path": f"data/{one.name}.csv", "title": labels[one.label],
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
                    "header": True},
        "schema": schema,
    }  # fmt: skip


def _field(field: Field, labels: Mapping[str, str]) -> Mapping[str, Any]:
    made: dict[str, Any] = {"name": field.name, "type": field.kind}
    if field.label:
        made["title"] = labels[field.label]
    limits: dict[str, Any] = {}
    if field.required:
        limits["required"] = True
    if field.choices:
        limits["enum"] = list(field.choices)
    if limits:
        made["constraints"] = limits
    return made
