"""Warnings beside the field (F30): is this figure like its own series, and does it fit what is there.

Each is a `Problem` of severity "warning": it does not forbid, but the person must say why it is right.
The outlier rule is the modified z-score of Iglewicz and Hoaglin (1993), "How to detect and handle
outliers": 0.6745 (x − median) / MAD, an outlier beyond 3.5. Where more than half of the values are equal
and the MAD is 0, the mean absolute deviation takes its place, which is 0.7979 standard deviations of the
normal distribution as the MAD is 0.6745 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

import pandas as pd

from dashboard.analysis.series import REALISED_KINDS, Row, rows_of
from dashboard.domain.catalogue import Accumulation, Frequency, Indicator, IndicatorKind
from dashboard.domain.observation import Draft
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem

LIMIT = 3.5
FEWEST = 5
"""Below five values nothing can be called usual (`rules`, trend words)."""
_PER_MAD, _PER_MEAN_DEVIATION = 0.6745, 0.7979
_SLIPS = (10, 100, 1_000, 1_000_000)
_EXPECTED = {
    Frequency.MONTHLY: {Precision.MONTH},
    Frequency.QUARTERLY: {Precision.QUARTER},
    Frequency.ANNUAL: {Precision.YEAR},
    Frequency.BIENNIAL: {Precision.YEAR},
    Frequency.FOUR_YEARLY: {Precision.YEAR},
}


@dataclass(frozen=True, slots=True)
class Band:
    """What is usual for a series: the values that are no outliers, drawn beside the field."""

    low: float
    high: float
    middle: float
    count: int


def band(values: Sequence[float]) -> Band | None:
    """The band of usual values; None for fewer than five, or where all are equal."""
    if len(values) < FEWEST:
        return None
    middle, unit = _scale(values)
    if unit == 0:
        return None
    return Band(middle - LIMIT * unit, middle + LIMIT * unit, middle, len(values))


def modified_z(value: float, values: Sequence[float]) -> float | None:
    """The modified z-score of `value` against `values`; None where there is nothing to compare with."""
    if len(values) < FEWEST:
        return None
    middle, unit = _scale(values)
    return (value - middle) / unit if unit else None


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """The median and the distance from it that has the score 1; 0 where all values are equal."""
    middle = median(values)
    deviations = [abs(value - middle) for value in values]
    spread = median(deviations)
    if spread > 0:
        return middle, spread / _PER_MAD
    return middle, fmean(deviations) / _PER_MEAN_DEVIATION


def own_series(frame: pd.DataFrame, draft: Draft) -> list[Row]:
    """The realised, dated values that the draft continues, oldest first: same indicator, place, split,
    unit, currency and precision, and not the value of the draft's own period."""
    rows = [
        row
        for row in rows_of(frame)
        if (row.indicator, row.place, row.disaggregation, row.unit, row.currency)
        == (draft.indicator, draft.place, draft.disaggregation, draft.unit, draft.currency)
        and row.kind in REALISED_KINDS
        and row.drawable
        and row.dated
        and (row.precision, row.start is None) == (draft.period.precision.value, draft.period.start is None)
        and not row.partial
        and (row.start, row.end) != (draft.period.start, draft.period.end)
    ]
    return sorted(rows, key=lambda row: (row.last_day, row.position))


def entry_checks(draft: Draft, indicator: Indicator, frame: pd.DataFrame, today: date) -> list[Problem]:
    """All warnings about a draft; `frame` holds the values of its indicator and place that are there."""
    rows = rows_of(frame[(frame["indicator"] == draft.indicator) & (frame["place"] == draft.place)])
    problems = [*_period(draft, indicator, today), *_same_fact(draft, rows)]
    if draft.value is None:
        return problems
    problems += _parts(draft, indicator, rows)
    if draft.numerator is not None and draft.denominator is not None and draft.numerator > draft.denominator:
        problems.append(_warning("numerator_above_denominator", "numerator", given=draft.numerator))
    if draft.kind.value in REALISED_KINDS:
        series = own_series(frame, draft)
        if indicator.accumulation is Accumulation.RUNNING_TOTAL:
            problems += _falling(draft, draft.value, series)
        else:
            problems += _unusual(draft.value, [row.value for row in series])
    return problems


def unanswered(problems: Iterable[Problem], comment: str) -> list[Problem]:
    """What still stops the draft: warnings without a comment that answers them, as one problem."""
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if warnings and not comment.strip():
        return [Problem("warning_unanswered", "note", params={"count": len(warnings)})]
    return []


def _warning(code: str, field: str = "value", **params: object) -> Problem:
    return Problem(code, field, severity="warning", params=params)


def _unusual(value: float, values: Sequence[float]) -> list[Problem]:
    usual, score = band(values), modified_z(value, values)
    if usual is None or score is None:
        if len(values) >= FEWEST and value != values[-1]:  # all of them equal, and this one is not
            return [_warning("always_the_same", given=value, expected=values[-1], count=len(values))]
        return []
    if abs(score) <= LIMIT:
        return []
    for factor in _SLIPS:
        for times, slipped in ((factor, value / factor), (1 / factor, value * factor)):
            if usual.low <= slipped <= usual.high and usual.middle:
                code = "factor_too_large" if times > 1 else "factor_too_small"
                return [_warning(code, given=value, factor=factor, instead=slipped)]
    return [_warning("outlier", given=value, low=usual.low, high=usual.high, count=usual.count)]


def _falling(draft: Draft, value: float, series: Sequence[Row]) -> list[Problem]:
    """A running total never falls."""
    day = draft.period.end or draft.period.start
    earlier = [row for row in series if day is not None and row.last_day < day]
    if earlier and value < earlier[-1].value:
        return [_warning("running_total_falls", given=value, before=earlier[-1].value)]
    return []


def _period(draft: Draft, indicator: Indicator, today: date) -> list[Problem]:
    problems = []
    day = draft.period.end or draft.period.start
    if day is not None and day > today and draft.kind.value in REALISED_KINDS:
        problems.append(_warning("period_not_over", "period", day=day))
    expected = _EXPECTED.get(indicator.frequency)
    if expected and draft.period.dated and draft.period.precision not in expected:
        problems.append(_warning("period_not_frequency", "period"))
    return problems


def _same_fact(draft: Draft, rows: Iterable[Row]) -> list[Problem]:
    """Other words about the same fact: another source, or the same one under another method or kind."""
    problems = []
    for row in rows:
        if (row.start, row.end, row.disaggregation) != (
            draft.period.start,
            draft.period.end,
            draft.disaggregation,
        ) or not row.has_value:
            continue
        differs = (row.method, row.kind, row.boundary) != (draft.method, draft.kind.value, draft.boundary)
        if row.source != draft.source and row.value != draft.value and row.kind == draft.kind.value:
            problems.append(_warning("other_source_differs", source=row.source, given=row.value))
        elif row.source == draft.source and differs and row.kind in REALISED_KINDS:
            problems.append(_warning("nearly_the_same", given=row.value))
    return problems


def _parts(draft: Draft, indicator: Indicator, rows: Iterable[Row]) -> list[Problem]:
    """The parts of one dimension may not be more than the whole of the same period and source."""
    if indicator.kind not in (IndicatorKind.NUMBER, IndicatorKind.MONEY) or draft.value is None:
        return []
    values = {
        row.disaggregation: row.value
        for row in rows
        if (row.start, row.end, row.source, row.unit, row.currency)
        == (draft.period.start, draft.period.end, draft.source, draft.unit, draft.currency)
        and row.kind == draft.kind.value
        and row.has_value
        and row.value >= 0
    }
    values[draft.disaggregation] = draft.value
    whole = values.get("")
    if whole is None:
        return []
    sums: dict[str, float] = {}
    for split, value in values.items():
        if split and ";" not in split:
            dimension = split.partition("=")[0]
            sums[dimension] = sums.get(dimension, 0) + value
    touched = draft.disaggregation.partition("=")[0] if ";" not in draft.disaggregation else ""
    return [
        _warning("parts_exceed_whole", dimension=dimension, parts=total, whole=whole)
        for dimension, total in sums.items()
        if total > whole * (1 + 1e-9) and (not draft.disaggregation or dimension == touched)
    ]
