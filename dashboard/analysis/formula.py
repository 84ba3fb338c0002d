"""Indicators computed from other indicators, their formula shown (F11).

**Grammar.** Codes of indicators, numbers (with a point), ``+ - * /``, brackets and a leading minus; nothing
else. The text is parsed by Python's own parser and then walked: only these nodes are let through, so a
formula can neither call, look up nor loop, and nothing is ever evaluated as a program. At most 300 characters
and 20 codes.

**Values.** A value for each place and period in which every indicator of the formula has exactly one
realised, plausible value of the whole (the preferred one where several were published) for the *very same*
period, in one boundary and one currency; otherwise a refusal says what is missing. Dividing by nought is
refused.

**Percentages** are made of numerator and denominator: where the formula is a quotient, or a hundred times
one, both are kept with the value.

**Grades.** The result is as sure as the least sure of its values, approved only where all are, and has no
attribution of its own. It compares no better than the least comparable of them: one illustrative value makes
it illustrative. `method` holds the formula and `method_version` how its values were made and in which unit:
a line stops where one of them changed. `breaks_of` gives it the recorded breaks of its indicators.

**Limits.** Whether adding the units makes sense is for the person who writes the formula.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import add, mul, sub, truediv
from typing import Any

import pandas as pd

from dashboard.analysis.normalise import Refusal, View, normalise, worst
from dashboard.analysis.series import BREAK_FLAGS, INPUT_FLAGS, Row, framed, rows_of
from dashboard.domain.catalogue import (
    CODE,
    Catalogue,
    ComparabilityGrade,
    ComparabilityNote,
    Indicator,
    Place,
    SeriesBreak,
)
from dashboard.domain.observation import Confidence, ObservationKind, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator

LONGEST = 300
MOST_CODES = 20
HUNDRED = 100.0
LARGEST = 1e12
COMPUTED = "computed"
"""The source key of values made by a formula."""

_OPERATORS: dict[type[ast.operator], tuple[str, Callable[[float, float], float]]] = {
    ast.Add: ("+", add),
    ast.Sub: ("−", sub),
    ast.Mult: ("×", mul),
    ast.Div: ("/", truediv),
}
_COMPARABLE = ComparabilityGrade.COMPARABLE.value
_STATES = [state.value for state in (WorkflowState.DRAFT, WorkflowState.SUBMITTED, WorkflowState.APPROVED)]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its tree, and the codes in it in order of appearance."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    codes: tuple[str, ...]

    def value(self, values: Mapping[str, float]) -> float:
        """Its value; raises ZeroDivisionError, and OverflowError where the result is no finite number."""
        found = _value(self.tree, values)
        if not math.isfinite(found):
            raise OverflowError(self.text)
        return found

    def shown(self, names: Mapping[str, str], t: Translator) -> str:
        """The formula in words: the names of the indicators, × and −, numbers as the language writes them."""
        return _shown(self.tree, names, t)

    @property
    def quotient(self) -> tuple[ast.expr, ast.expr] | None:
        """What is divided by what, where the whole is a quotient or a hundred times one."""
        tree = self.tree
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
            if _is_hundred(tree.left):
                tree = tree.right
            elif _is_hundred(tree.right):
                tree = tree.left
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
            above = tree.left
            if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Mult) and _is_hundred(above.left):
                above = above.right  # 100 * a / b is read as (100 * a) / b
            return above, tree.right
        return None


@dataclass(frozen=True, eq=False)
class Computed:
    """Values of a formula as a tidy frame (`FRAME_COLUMNS`), and the periods that have none, with why.

    Codes of the refusals (words under ``refusal``): ``formula_missing`` (`indicators`),
    ``formula_competing``, ``formula_boundaries``, ``formula_currencies``, ``formula_by_zero``.
    """

    frame: pd.DataFrame
    refused: tuple[Refusal, ...]


def read_formula(text: str, catalogue: Catalogue, own_code: str = "") -> Formula | Problem:
    """The formula of a text, or what is wrong with it; `own_code` is the indicator it would define."""
    if len(text) > LONGEST:
        return Problem("formula_too_long", "formula", params={"longest": LONGEST})
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return Problem("formula_form", "formula", params={"given": text})
    for node in ast.walk(tree):
        if not _allowed(node):
            return Problem("formula_form", "formula", params={"given": text})
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    named.sort(key=lambda node: (node.lineno, node.col_offset))
    codes = tuple(dict.fromkeys(node.id for node in named))
    if not codes or len(codes) > MOST_CODES:
        return Problem("formula_codes", "formula", params={"most": MOST_CODES})
    for code in codes:
        if code == own_code:
            return Problem("formula_of_itself", "formula", params={"code": code})
        if not CODE.match(code) or catalogue.indicator(code) is None:
            return Problem("formula_unknown", "formula", params={"code": code})
    return Formula(text.strip(), tree, codes)


def inputs_of(
    frames: Mapping[str, pd.DataFrame],
    indicators: Iterable[Indicator],
    places: Mapping[str, Place],
    breaks: Sequence[SeriesBreak] = (),
    notes: Sequence[ComparabilityNote] = (),
) -> pd.DataFrame:
    """What `computed` is made from: the values of each indicator, as published, each with its grade.

    `frames` has the tidy frame of each of `indicators` by its code.
    """
    made = [normalise(frames[one.code], one, View(), places, (), breaks, notes).points for one in indicators]
    return pd.concat([points for points in made if len(points)] or made[:1], ignore_index=True)


def computed(formula: Formula, indicator: Indicator, frame: pd.DataFrame) -> Computed:
    """The values of `indicator` by `formula`; `frame` is the tidy frame of the indicators in it.

    With a column `grade` (`inputs_of`) the values that are not comparable pass that on, as a flag.
    """
    found: dict[tuple[str, Period], dict[str, list[Row]]] = {}
    own = frame[frame["indicator"].isin(formula.codes)]
    grades = own["grade"].tolist() if "grade" in own else [_COMPARABLE] * len(own)
    for row in rows_of(own):
        if row.realised and row.drawable and row.dated and not row.disaggregation and not row.partial:
            by_code = found.setdefault((row.place, Period(row.start, row.end)), {})
            by_code.setdefault(row.indicator, []).append(row)
    rows, refused = [], []
    for (place, period), by_code in sorted(found.items(), key=lambda item: (item[0][0], item[0][1].key)):
        made = _row(formula, indicator, by_code, grades)
        if isinstance(made, dict):
            rows.append(made)
        else:
            code, params = made
            refused.append(Refusal(place, period.start, period.end, code, params))
    return Computed(framed(rows), tuple(refused))


def breaks_of(formula: Formula, code: str, breaks: Iterable[SeriesBreak]) -> tuple[SeriesBreak, ...]:
    """The breaks of a computed indicator: those of every indicator in its formula."""
    return tuple(replace(b, indicator=code) for b in breaks if b.indicator in formula.codes)


def _row(
    formula: Formula, indicator: Indicator, by_code: Mapping[str, Sequence[Row]], input_grades: Sequence[str]
) -> dict[str, Any] | tuple[str, dict[str, Any]]:
    missing = [code for code in formula.codes if code not in by_code]
    if missing:
        return "formula_missing", {"indicators": ", ".join(missing)}
    chosen: dict[str, Row] = {}
    for code in formula.codes:
        rivals = by_code[code]
        preferred = [row for row in rivals if row.preferred]
        if len(rivals) > 1 and len(preferred) != 1:
            return "formula_competing", {"indicators": code}
        chosen[code] = preferred[0] if len(preferred) == 1 else rivals[0]
    rows = list(chosen.values())
    boundaries = {row.boundary for row in rows if row.boundary}
    if len(boundaries) > 1:
        return "formula_boundaries", {}
    currencies = {row.currency for row in rows if row.currency}
    if len(currencies) > 1:
        return "formula_currencies", {"currencies": ", ".join(sorted(currencies))}
    values = {code: row.value for code, row in chosen.items()}
    try:
        value = formula.value(values)
        above, below = _bases(formula, values)
    except (ZeroDivisionError, OverflowError):
        return "formula_by_zero", {}
    grades = [Confidence(row.confidence) for row in rows if row.confidence]
    sure = max(grades, key=lambda grade: grade.rank).value if len(grades) == len(rows) else ""
    first = rows[0]
    flags = BREAK_FLAGS & {flag for row in rows for flag in row.flags}
    compares = worst(*(input_grades[row.position] for row in rows))
    flags |= {f"input-{compares.replace('_', '-')}"} & INPUT_FLAGS.keys()
    return {
        "indicator": indicator.code,
        "place": first.place,
        "period_start": first.start,
        "period_end": first.end,
        "precision": first.precision,
        "value": value,
        "numerator": above,
        "denominator": below,
        "qualifier": "=" if all(row.qualifier == "=" for row in rows) else "~",
        "unit": indicator.unit,
        "currency": next(iter(currencies), "") if indicator.unit == "currency" else "",
        "kind": ObservationKind.ACTUAL.value if _all_actual(rows) else ObservationKind.ESTIMATE.value,
        "status": "final",
        "boundary": next(iter(boundaries), ""),
        "method": formula.text,
        "method_version": "; ".join(
            " ".join(filter(None, (row.method, row.method_version, row.unit))) for row in rows
        ),
        "flags": ";".join(sorted(flags)),
        "confidence": sure,
        "state": min((row.state for row in rows), key=_state_rank),
        "preferred": False,
        "source": COMPUTED,
    }


def _all_actual(rows: Sequence[Row]) -> bool:
    return all(row.kind == ObservationKind.ACTUAL for row in rows)


def _state_rank(state: str) -> int:
    return _STATES.index(state) if state in _STATES else -1


def _bases(formula: Formula, values: Mapping[str, float]) -> tuple[float, float]:
    parts = formula.quotient
    if parts is None:
        return math.nan, math.nan
    return _value(parts[0], values), _value(parts[1], values)


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        number = node.value
        return isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < LARGEST
    if isinstance(node, ast.BinOp):
        return type(node.op) in _OPERATORS
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    return isinstance(node, ast.Name | ast.Load | ast.USub) or type(node) in _OPERATORS


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        _, operation = _OPERATORS[type(node.op)]
        return operation(_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, values)
    if isinstance(node, ast.Name):
        return values[node.id]
    return float(_number(node))


def _number(node: ast.expr) -> float:
    value = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(value, int | float):
        raise TypeError(ast.dump(node))
    return value


def _is_hundred(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == HUNDRED


def _shown(node: ast.expr, names: Mapping[str, str], t: Translator, above: int = 0) -> str:
    """`above` is how strongly the surrounding operator binds: weaker sums inside it get brackets."""
    if isinstance(node, ast.BinOp):
        sign, _ = _OPERATORS[type(node.op)]
        strength = 1 if sign in "+−" else 2
        left = _shown(node.left, names, t, strength)
        right = _shown(node.right, names, t, strength + (sign in "−/"))
        text = f"{left} {sign} {right}"
        return f"({text})" if strength < above else text
    if isinstance(node, ast.UnaryOp):
        return f"−{_shown(node.operand, names, t, 3)}"
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    return t.number(_number(node))
