"""The verdict of a claim, by the rule in `rules` (verdict), with its working shown.

Each of the claim's indicators is read first. It **counts** when it has a direction, is not contested, is
comparable with its own past, has a baseline (or a target that has fallen due) and three or more values
since the designation that one line may join. Only approved, realised values of the whole (no
disaggregation) at the home city are used.

**Now against the baseline.** *Now* is the median of the three latest values since the designation: "the
middle one of the last three", so that one good or bad year decides nothing (Tukey's running median of
three). A running total is its latest value and is judged by its target only, for it can only grow.

**Usual variation.** How far the figure ordinarily moves from one value to the next: 1.4826 times the
median absolute deviation of the successive changes of the joined values, before and after the
designation (1.4826 makes it a standard deviation where changes are normally spread; a steady drift
counts as no variation). With fewer than five values that is no estimate, and the largest single change
seen since the designation stands in. It is never less than one unit of the last decimal shown, except
for yes/no and scores, where one step is a real one.

**Outcome.** *Worsened*: now is worse than the baseline by more than the usual variation. *Improved*:
better by more than that, or the target is met. *Worsened* too (as *missed*): the target is missed and
there is no improvement on the baseline. Else *unchanged*.

**Verdict.** 1. fewer than two indicators count: not enough evidence. 2. two or more have improved, each
of strictly better confidence than every indicator that worsened: supported. 3. more have worsened than
improved: not supported. 4. anything else: mixed. An indicator is as trustworthy as the least
trustworthy of the values it was judged by; no grade at all ranks below an anecdote. The verdict goes by
the grade as given, which does not age with an overdue review (N4), because the rule in `rules` is about
how the values were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

import pandas as pd

from dashboard.analysis.series import Row, join, rows_of
from dashboard.domain.catalogue import (
    Accumulation,
    Baseline,
    Catalogue,
    Designation,
    Direction,
    Indicator,
    IndicatorKind,
    Place,
    SeriesBreak,
    Target,
)
from dashboard.domain.observation import Confidence, WorkflowState
from dashboard.domain.period import Period, Precision

Word = Literal["supported", "mixed", "not_supported", "not_enough_evidence"]
Outcome = Literal["improved", "worsened", "unchanged"]

INDICATORS_NEEDED = 2
VALUES_NEEDED = 3
VALUES_FOR_VARIATION = 5
NORMAL_CONSISTENCY = 1.4826
WITHOUT_CONFIDENCE = len(Confidence)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one indicator says. `outcome` is None when it was left out, and `left_out` says why.

    Codes of `left_out`: ``no_number``, ``no_direction``, ``contested``, ``not_comparable_over_time``,
    ``designation_unknown``, ``no_values``, ``no_baseline``, ``too_few_since_designation``,
    ``break_since_designation``, ``break_since_baseline``, ``currency_differs``, ``running_total``.
    `method` of the usual variation: ``spread``, ``largest_change`` or ``smallest_step``. `target_met` is
    None where no target has fallen due.
    """

    indicator: str
    outcome: Outcome | None
    left_out: str = ""
    since_designation: int = 0
    baseline: float | None = None
    baseline_period: Period = Period()
    now: float | None = None
    latest_period: Period = Period()
    usual_variation: float | None = None
    method: str = ""
    target: float | None = None
    target_met: bool | None = None
    confidence: Confidence | None = None
    unit: str = ""
    currency: str = ""

    @property
    def confidence_rank(self) -> int:
        return self.confidence.rank if self.confidence else WITHOUT_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Step:
    """One rule of the four, whether it held, and the two numbers that decided it.

    The sentence is ``verdict.step.<code>``; `params` fill it.
    """

    code: Word
    holds: bool
    params: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word for a claim, every indicator's reading, and the rules tried up to the one that held."""

    claim: str
    word: Word
    readings: tuple[Reading, ...]
    steps: tuple[Step, ...]

    def having(self, outcome: Outcome) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if reading.outcome == outcome)

    @property
    def counted(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if reading.outcome is not None)

    @property
    def left_out(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if reading.outcome is None)


def verdicts(
    frame: pd.DataFrame,
    catalogue: Catalogue,
    home: Place,
    baselines: Sequence[Baseline] = (),
    targets: Sequence[Target] = (),
    breaks: Sequence[SeriesBreak] = (),
) -> dict[str, Verdict]:
    """The verdict of every claim of `catalogue`, by claim id.

    `frame` is the tidy frame of any indicators and places; only the home city's rows are read. `baselines`
    and `targets` are the current ones. Retired indicators are not read.
    """
    rows: dict[str, list[Row]] = {}
    for row in rows_of(frame[frame["place"] == home.slug]):
        whole = not row.disaggregation and not row.partial
        if row.state == WorkflowState.APPROVED and whole and row.drawable:
            rows.setdefault(row.indicator, []).append(row)
    by_code: dict[str, Reading] = {}
    for indicator in catalogue.indicators:
        if not indicator.retired:
            own = [b for b in baselines if (b.indicator, b.place) == (indicator.code, home.slug)]
            due = [t for t in targets if (t.indicator, t.place) == (indicator.code, home.slug)]
            by_code[indicator.code] = reading(rows.get(indicator.code, []), indicator, home, own, due, breaks)
    return {
        claim.id: decide(
            claim.id, [by_code[i.code] for i in catalogue.of_claim(claim.id) if i.code in by_code]
        )
        for claim in catalogue.claims
    }


def decide(claim: str, readings: Iterable[Reading]) -> Verdict:
    """Apply the four rules to the readings of a claim's indicators."""
    read = tuple(readings)
    improved = [r for r in read if r.outcome == "improved"]
    worsened = [r for r in read if r.outcome == "worsened"]
    counted = sum(r.outcome is not None for r in read)
    best_worsened = min((r.confidence_rank for r in worsened), default=WITHOUT_CONFIDENCE + 1)
    standing = sum(r.confidence_rank < best_worsened for r in improved)
    tried = (
        Step(
            "not_enough_evidence",
            counted < INDICATORS_NEEDED,
            {"counted": counted, "indicators": len(read), "needed": INDICATORS_NEEDED},
        ),
        Step(
            "supported",
            standing >= INDICATORS_NEEDED,
            {"improved": len(improved), "worsened": len(worsened), "standing": standing},
        ),
        Step(
            "not_supported",
            len(worsened) > len(improved),
            {"improved": len(improved), "worsened": len(worsened)},
        ),
        Step("mixed", True, {"improved": len(improved), "worsened": len(worsened), "counted": counted}),
    )
    last = next(number for number, step in enumerate(tried) if step.holds)
    return Verdict(claim, tried[last].code, read, tried[: last + 1])


def reading(
    rows: Sequence[Row],
    indicator: Indicator,
    home: Place,
    baselines: Sequence[Baseline],
    targets: Sequence[Target],
    breaks: Sequence[SeriesBreak] = (),
) -> Reading:
    """Read one indicator at the home city from its approved rows and its own baselines and targets."""
    unfit = _unfit(indicator, home, rows)
    if unfit:
        return Reading(indicator.code, None, unfit)
    joined = join(rows, indicator, breaks)
    values = sorted(
        ((row, segment) for row, segment in zip(rows, joined.segments, strict=True) if segment),
        key=lambda pair: (pair[0].anchor, pair[0].last_day),
    )
    since = [(row, segment) for row, segment in values if row.first_day >= _effective(home.designation)]
    together = [row for row, segment in since if segment == since[-1][1]]
    baseline = max(baselines, key=lambda b: b.period.anchor or date.min, default=None)
    has_target = any(target.period.dated for target in targets)
    if baseline is None and not has_target:
        return Reading(indicator.code, None, "no_baseline", len(together))
    if len(together) < VALUES_NEEDED:
        code = "too_few_since_designation" if len(since) < VALUES_NEEDED else "break_since_designation"
        return Reading(indicator.code, None, code, len(together))
    segment = since[-1][1]
    currency = together[-1].currency
    running_total = indicator.accumulation is Accumulation.RUNNING_TOTAL
    left_out = ""
    if baseline is not None:
        left_out = _unlike_baseline(baseline, values, together, segment, breaks, running_total)
    met, target = _target_met(targets, together, indicator.direction, currency)
    against = baseline if baseline is not None and not left_out else None
    if against is None and met is None:
        return Reading(indicator.code, None, left_out or "no_baseline", len(together))
    judged = together[-1:] if running_total else together[-VALUES_NEEDED:]
    now = median(row.value for row in judged)
    variation, method = usual_variation(
        [row.value for row, own in values if own == segment], [row.value for row in together], indicator
    )
    gain = indicator.direction.sign * (now - against.value) if against is not None else 0.0
    outcome: Outcome = "unchanged"
    if gain < -variation:
        outcome = "worsened"
    elif gain > variation or met:
        outcome = "improved"
    elif met is False:
        outcome = "worsened"
    return Reading(
        indicator.code,
        outcome,
        "",
        len(together),
        against.value if against is not None else None,
        against.period if against is not None else Period(),
        now,
        judged[-1].period,
        variation,
        method,
        target.value if target else None,
        met,
        _least(judged),
        indicator.unit,
        currency,
    )


def usual_variation(
    values: Sequence[float], since: Sequence[float], indicator: Indicator
) -> tuple[float, str]:
    """How far the figure usually moves between two values, and by which method (see the module).

    `values` are all values of the segment in order of time, `since` those since the designation.
    """
    steps = [later - earlier for earlier, later in pairwise(values)]
    if len(values) >= VALUES_FOR_VARIATION:
        middle = median(steps)
        spread = NORMAL_CONSISTENCY * median(abs(step - middle) for step in steps)
        method = "spread"
    else:
        spread = max((abs(b - a) for a, b in pairwise(since)), default=0.0)
        method = "largest_change"
    stepwise = indicator.kind in (IndicatorKind.YES_NO, IndicatorKind.SCORE)
    floor = 0.0 if stepwise else 10.0**-indicator.decimals
    return (spread, method) if spread >= floor else (floor, "smallest_step")


def _unfit(indicator: Indicator, home: Place, rows: Sequence[Row]) -> str:
    """Why an indicator cannot be judged whatever its values are."""
    if indicator.kind is IndicatorKind.NARRATIVE:
        return "no_number"
    if indicator.direction.sign == 0:
        return "no_direction"
    if indicator.contested:
        return "contested"
    if not indicator.comparable_over_time:
        return "not_comparable_over_time"
    if home.designation is None or home.designation.precision is Precision.NONE:
        return "designation_unknown"
    return "" if any(row.dated and row.realised for row in rows) else "no_values"


def _effective(designation: Designation | None) -> date:
    """The first day that is certainly since the designation: one known by year counts from the next."""
    if designation is None:
        return date.max
    day = designation.day
    if designation.precision is Precision.YEAR:
        return date(day.year + 1, 1, 1)
    if designation.precision is Precision.DAY:
        return day
    months = 3 - (day.month - 1) % 3 if designation.precision is Precision.QUARTER else 1
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _unlike_baseline(
    baseline: Baseline,
    values: Sequence[tuple[Row, int]],
    together: Sequence[Row],
    segment: int,
    breaks: Sequence[SeriesBreak],
    running_total: bool,
) -> str:
    """Why the baseline may not be compared with the latest values, or ""."""
    if running_total:
        return "running_total"
    if baseline.currency != together[-1].currency:
        return "currency_differs"
    same = (baseline.period.start, baseline.period.end)
    own = {number for row, number in values if (row.start, row.end) == same}
    if own and segment not in own:
        return "break_since_baseline"
    anchor = baseline.period.anchor or date.min
    first, code, place = together[0].first_day, together[0].indicator, together[0].place
    crossed = any(
        b.indicator == code and b.place == place and anchor < b.day <= together[-VALUES_NEEDED].first_day
        for b in breaks
    )
    between = {n for row, n in values if anchor <= row.anchor < first and row.length == together[0].length}
    return "break_since_baseline" if crossed or between - {segment} else ""


def _target_met(
    targets: Sequence[Target], together: Sequence[Row], direction: Direction, currency: str
) -> tuple[bool | None, Target | None]:
    """Whether the latest target with a value for its period is met, and that target.

    The value is that of the very period of the target, else the last one that ends within the year up to
    the target's end.
    """
    due = sorted(
        (t for t in targets if t.period.end is not None and t.currency == currency),
        key=lambda t: t.period.end or date.min,
        reverse=True,
    )
    for target in due:
        end = target.period.end or date.min
        same = [r for r in together if (r.start, r.end) == (target.period.start, target.period.end)]
        near = [r for r in together if end - timedelta(days=365) < r.last_day <= end]
        if same or near:
            value = (same or near)[-1].value
            return direction.sign * (value - target.value) >= 0, target
    return None, None


def _least(rows: Sequence[Row]) -> Confidence | None:
    """The worst confidence among some values; None as soon as one has no grade."""
    if any(not row.confidence for row in rows):
        return None
    return max((Confidence(row.confidence) for row in rows), key=lambda grade: grade.rank)
