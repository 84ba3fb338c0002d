"""Key figures that are computed, and what is given per festival day: ``formulas.toml`` (F11, F43).

The file stands beside the catalogue it belongs to and is read as the catalogue's files are: everything wrong
with it becomes a problem. A folder without one defines none. What a computed figure inherits from the
indicators in its formula is never better than they are: contested where one is, comparable where all are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.analysis.formula import Formula, read_formula
from dashboard.domain.catalogue import (
    CODE,
    Accumulation,
    Catalogue,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    PopulationBasis,
    TimeAggregation,
)
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.intake.record import Record, read_toml

FILE = "formulas.toml"
COMPUTED_KINDS = frozenset({IndicatorKind.NUMBER, IndicatorKind.MONEY, IndicatorKind.PERCENTAGE})
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class ComputedIndicator:
    """A key figure as an indicator, and the formula it is computed by."""

    indicator: Indicator
    formula: Formula


@dataclass(frozen=True, slots=True)
class Measures:
    """What a file defines: computed indicators by code; `festival_days` is the code of the indicator that
    counts the days of the festival ("" for none), `of_festival` those that may be divided by it."""

    computed: Mapping[str, ComputedIndicator]
    festival_days: str = ""
    of_festival: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def read_measures(folder: Path, catalogue: Catalogue) -> Measures:
    """The measures of a folder for a catalogue; an entry with a problem is left out and told."""
    path = folder / FILE
    if not path.exists():
        return Measures({})
    problems: list[Problem] = []
    document = Record(read_toml(path, problems, FILE), FILE, None)
    found: dict[str, ComputedIndicator] = {}
    for row, record in enumerate(document.tables("formula"), start=1):
        record.row, record.problems = row, []
        made = _read_computed(record, catalogue)
        if made is not None and made.indicator.code in found:
            record.problem("code_twice", "code", given=made.indicator.code)
        elif made is not None:
            found[made.indicator.code] = made
        problems += record.problems
    days, of_festival = _read_festival(document, catalogue)
    document.finish()
    return Measures(found, days, of_festival, (*problems, *document.problems))


def _read_computed(record: Record, catalogue: Catalogue) -> ComputedIndicator | None:
    """A computed indicator, or None where something is wrong with its entry."""
    code = record.text("code", required=True)
    texts = {name: record.both(name) for name in ("name", "definition", "limitations")}
    text = record.text("formula", required=True)
    kind = record.required_one_of("kind", IndicatorKind)
    unit = record.text("unit", required=True)
    decimals = record.whole("decimals")
    direction = record.required_one_of("direction", Direction)
    record.finish()
    if code and not CODE.match(code):
        record.problem("code_form", "code", given=code)
    if catalogue.indicator(code) is not None:
        record.problem("code_twice", "code", given=code)
    for name, words in texts.items():
        if not words.complete:
            record.problem("translation_missing", name, indicator=code)
    if kind not in COMPUTED_KINDS:
        choices = ", ".join(sorted(COMPUTED_KINDS))
        record.problem("not_one_of", "kind", given=kind.value, choices=choices)
    if not 0 <= decimals <= MOST_DECIMALS:
        record.problem("decimals_range", "decimals", given=decimals)
    if (kind is IndicatorKind.MONEY) != (unit == "currency"):
        record.problem("money_without_currency", "unit")
    formula = read_formula(text, catalogue, code)
    if isinstance(formula, Problem):
        record.adopt([formula])
    if record.problems or isinstance(formula, Problem):
        return None
    return ComputedIndicator(
        _indicator(code, texts, formula, kind, unit, decimals, direction, catalogue), formula
    )


def _indicator(
    code: str, texts: Mapping[str, Text], formula: Formula, kind: IndicatorKind, unit: str, decimals: int,
    direction: Direction, catalogue: Catalogue,
) -> Indicator:  # fmt: skip
    inputs = [indicator for indicator in catalogue.indicators if indicator.code in formula.codes]
    first = next(indicator for indicator in inputs if indicator.code == formula.codes[0])
    contested = next((indicator for indicator in inputs if indicator.contested), None)
    return Indicator(
        code=code, claims=first.claims, name=texts["name"], definition=texts["definition"],
        rationale=first.rationale, method=texts["definition"], limitations=texts["limitations"], kind=kind,
        unit=unit, decimals=decimals, direction=direction, accumulation=Accumulation.PER_PERIOD,
        time_aggregation=TimeAggregation.NONE, frequency=Frequency.IRREGULAR,
        result_level=first.result_level, proxy=any(i.proxy for i in inputs), contested=contested is not None,
        comparable_over_time=all(i.comparable_over_time for i in inputs),
        comparable_between_places=all(i.comparable_between_places for i in inputs),
        population_basis=PopulationBasis.NONE, caveat=contested.caveat if contested else Text(),
        owner=first.owner,
    )  # fmt: skip


def _read_festival(document: Record, catalogue: Catalogue) -> tuple[str, frozenset[str]]:
    data = document.raw("per_festival_day")
    if data is None:
        return "", frozenset()
    if not isinstance(data, dict):
        document.problem("table_expected", "per_festival_day")
        return "", frozenset()
    record = Record(data, document.file, None)
    days, codes = record.text("days", required=True), record.many("indicators")
    record.finish()
    for code in (days, *codes):
        if code and catalogue.indicator(code) is None:
            record.adopt([Problem("formula_unknown", "per_festival_day", params={"code": code})])
    document.problems += record.problems
    return ("", frozenset()) if record.problems else (days, frozenset(codes))
