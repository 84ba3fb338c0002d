"""Charts of lines that were worked out, beside those that were measured: before and since, plan and pace.

Both stand on calendar time, at one place. What was worked out has no marks (`Series.marked`), so that nobody
takes it for a figure, and the words of the chart say what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log

import pandas as pd

from dashboard.charts.context import context_of, rules_of
from dashboard.charts.marks import MarkWriter
from dashboard.charts.quantity import Quantity
from dashboard.charts.scale import calendar_range, calendar_ticks, value_range, value_ticks
from dashboard.charts.spec import ChartSpec, Key, Level, Mark, Series
from dashboard.charts.words import alternative
from dashboard.domain.catalogue import Annotation, Place
from dashboard.domain.period import Period

Span = tuple[date | None, date | None]
Corner = tuple[date, float]
Row = tuple[tuple[str, Key], ...]
"""The cells of a line of the table: words, and what they are sorted and calculated by."""

_CLOSE = 0.75
"""Values that all lie above this share of the highest are drawn without zero: nothing could be read."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What every chart needs besides its values: who, in what unit, what happened meanwhile, from where."""

    quantity: Quantity
    place: Place
    annotations: Sequence[Annotation] = ()
    sources: Mapping[str, str] | None = None
    invented: bool = False


# -- before and since --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the designation: its first and last day, its usual value and the band around it."""

    first: date
    last: date
    middle: float
    low: float
    high: float


def before_since_chart(
    points: pd.DataFrame,
    stage: Stage,
    before: Side,
    since: Side,
    *,
    references: Collection[str] = (),
    by_ratio: bool = False,
    left_out: Collection[Span] = (),
) -> ChartSpec:
    """The level before as a band carried on over the time since, the city's values, and what might have
    happened anyway.

    `points` are the shaped values of the city and of the `references`, `left_out` the periods that do not
    count. The line of *what might have happened anyway* begins at the city's own mean before and then moves
    as the references do in the mean, each seen from its own mean before: by ratio (their mean logarithm) or
    by difference. So its mean distance from the city's values since is the difference of changes, where no
    months are missing. It is drawn for the periods that all of them have, and not where a place is missing.
    """
    quantity, t = stage.quantity, stage.quantity.t
    writer = MarkWriter(
        quantity, "calendar", {stage.place.slug: stage.place}, stage.sources or {}, stage.place.slug
    )
    counted = _counted(points, before.first, since.last, left_out)
    own = counted[counted["place"] == stage.place.slug].sort_values("anchor", kind="stable")
    (home,) = writer.series(own)
    begins = since.first.toordinal()
    split = next((i for i, mark in enumerate(home.marks) if mark.x >= begins), len(home.marks))
    marks = [
        replace(mark, segment=int(i >= split), gap=mark.gap or i == split)
        for i, mark in enumerate(home.marks)
    ]
    series = [replace(home, marks=tuple(marks))]
    anyway = _anyway(counted, own, stage.place.slug, references, by_ratio, since.first)
    name = t("beforeafter.chart.anyway", count=len(references))
    if anyway:
        found = [
            _worked(mark, anyway[mark.x], name, quantity, int(i >= split))
            for i, mark in enumerate(marks)
            if mark.x in anyway
        ]
        series.append(Series("anyway|", name, "", "reference", "reference-1", 1, 1, tuple(found), False))
    low, high = quantity.number(before.low), quantity.written(before.high)
    level = Level(
        float(before.first.toordinal()), float(since.last.toordinal()), before.middle,
        t("beforeafter.chart.band", low=low, high=high, middle=quantity.written(before.middle)),
        before.low, before.high, t("beforeafter.chart.level"),
    )  # fmt: skip
    city = t.text(stage.place.name)
    rows: list[Row] = []
    for i, mark in enumerate(marks):
        side = t("beforeafter.since" if i >= split else "beforeafter.before")
        guess = anyway.get(mark.x) if anyway else None
        cells: list[tuple[str, Key]] = [(mark.when, mark.day.isoformat()), (side, side)]
        cells.append((mark.written, mark.y))
        if anyway:
            cells.append(("" if guess is None else quantity.written(guess), guess))
        rows.append(tuple(cells))
    names = ("period", "side", "value", "anyway") if anyway else ("period", "side", "value")
    columns = tuple(t(f"beforeafter.chart.column.{column}", city=city) for column in names)
    said = t("beforeafter.chart.shows_anyway" if anyway else "beforeafter.chart.shows", city=city)
    return _framed(series, [level], stage, said, columns, rows, t("beforeafter.title"))


def _counted(points: pd.DataFrame, first: date, last: date, left_out: Collection[Span]) -> pd.DataFrame:
    """The joined values of the whole between two days whose period counts."""
    joined = points["segment"].notna() & (points["disaggregation"] == "") & points["shown_value"].notna()
    within = (points["anchor"] >= pd.Timestamp(first)) & (points["anchor"] <= pd.Timestamp(last))
    found = points[joined & within]
    spans = zip(found["period_start"], found["period_end"], strict=True)
    return found[[(_day(start), _day(end)) not in left_out for start, end in spans]]


def _anyway(
    counted: pd.DataFrame,
    own: pd.DataFrame,
    home: str,
    references: Collection[str],
    by_ratio: bool,
    since: date,
) -> dict[float, float]:
    """What might have happened anyway, by the day that the city's values stand on; empty without
    references or without a shared period before."""
    if not references:
        return {}
    wide = counted[counted["place"].isin([home, *references])].pivot_table(
        index=["period_start", "period_end"], columns="place", values="shown_value", aggfunc="last"
    )
    shared = wide.reindex(columns=[home, *references]).dropna()
    if by_ratio:
        shared = shared.map(log)
    starts = shared.index.get_level_values("period_start")
    earlier = shared[starts < pd.Timestamp(since)]
    if earlier.empty:
        return {}
    moved = (shared[list(references)] - earlier[list(references)].mean()).mean(axis=1)
    path = moved + float(earlier[home].mean())
    days = dict(zip(zip(own["period_start"], own["period_end"], strict=True), own["anchor"], strict=True))
    return {
        float(days[span].toordinal()): exp(value) if by_ratio else float(value)
        for span, value in path.items()
        if span in days
    }


def _worked(at: Mark, value: float, name: str, quantity: Quantity, segment: int) -> Mark:
    written = quantity.written(value)
    label = f"{name}, {at.when}: {written}"
    return Mark(at.x, value, written, at.when, label, segment=segment, gap=at.gap, kind="")


def _day(moment: pd.Timestamp) -> date | None:
    return None if pd.isna(moment) else moment.date()


# -- plan and pace -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Goal:
    """A target over its own period, and the words of how it went."""

    period: Period
    value: float
    state: str
    final: bool = False


def plan_chart(
    points: pd.DataFrame,
    stage: Stage,
    goals: Sequence[Goal],
    line: Sequence[Corner],
    needed: tuple[Corner, Corner] | None = None,
    so_far: tuple[Corner, Corner] | None = None,
) -> ChartSpec:
    """The city's values, each target as a line over its own period, the plan between them, and the pace.

    `line` is the plan from the baseline through the targets, `needed` the way from the latest value to the
    next target, `so_far` where the pace until now leads by the same day: a comparison of two slopes and no
    forecast, as the words say.
    """
    quantity, t = stage.quantity, stage.quantity.t
    writer = MarkWriter(
        quantity, "calendar", {stage.place.slug: stage.place}, stage.sources or {}, stage.place.slug
    )
    whole = points["disaggregation"] == ""
    known = points["anchor"].notna() & points["shown_value"].notna() & points["segment"].notna()
    series = list(writer.series(points[whole & known & (points["place"] == stage.place.slug)]))
    levels = [level for goal in goals if (level := _goal_level(goal, quantity)) is not None]
    lines: list[tuple[str, Sequence[Corner], str, int]] = [("plan", line, "soft", 1)]
    if needed:
        lines.append(("needed", needed, "reference-6", 2))
    if so_far:
        lines.append(("so_far", so_far, "reference-2", 4))
    for name, corners, colour, dash in lines:
        if len(corners) > 1:
            label = t(f"plan.chart.{name}")
            marks = tuple(
                Mark(
                    float(day.toordinal()), value, (written := quantity.written(value)),
                    (when := t.short_date(day)), f"{label}, {when}: {written}", segment=0, kind="",
                )
                for day, value in corners
            )  # fmt: skip
            series.append(Series(f"{name}|", label, "", "reference", colour, dash, dash, marks, False))
    city = t.text(stage.place.name)
    rows: list[tuple[str, Row]] = []
    for one in series:
        if one.place:
            word = t("plan.chart.value")
            rows += [(mark.day.isoformat(), _plan_row(mark.day, mark.when, word, mark.y, mark.written, ""))
                     for mark in one.marks]  # fmt: skip
    for goal in goals:
        if (anchor := goal.period.end or goal.period.start) is not None:
            word = t("plan.chart.final" if goal.final else "plan.chart.target")
            written = quantity.written(goal.value)
            row = _plan_row(anchor, t.period(goal.period), word, goal.value, written, goal.state)
            rows.append((anchor.isoformat(), row))
    columns = tuple(t(f"plan.chart.column.{name}") for name in ("period", "what", "value", "state"))
    shown = "shows_pace" if so_far else "shows_needed" if needed else "shows"
    said = t(f"plan.chart.{shown}", city=city)
    ordered = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    return _framed(series, levels, stage, said, columns, ordered, t("plan.title"))


def _plan_row(day: date, when: str, what: str, value: float, written: str, state: str) -> Row:
    return ((when, day.isoformat()), (what, what), (written, value), (state, state))


def _goal_level(goal: Goal, quantity: Quantity) -> Level | None:
    """A target as a line over its period; one for a single day is as wide as a month, to be seen."""
    start, end = goal.period.start or goal.period.end, goal.period.end or goal.period.start
    if start is None or end is None:
        return None
    first, last = start.toordinal(), end.toordinal()
    t = quantity.t
    label = t("chart.target", when=t.period(goal.period), value=quantity.written(goal.value))
    return Level(float(min(first, last - 30)), float(last), goal.value, label)


# -- both --------------------------------------------------------------------------------------------


def _framed(
    series: Sequence[Series],
    levels: Sequence[Level],
    stage: Stage,
    said: str,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    title: str,
) -> ChartSpec:
    """The axes around lines and levels, and every word of the chart."""
    quantity, t = stage.quantity, stage.quantity.t
    places = {stage.place.slug: stage.place}
    xs = [mark.x for one in series for mark in one.marks]
    xs += [edge for level in levels for edge in (level.start, level.end)]
    designation = stage.place.designation
    x_range = calendar_range(xs or [float(designation.day.toordinal())] if designation else xs or [0.0])
    rules, breaks = rules_of(quantity, "calendar", places, stage.place.slug, (), (), tuple(series), t)
    rules = tuple(rule for rule in rules if x_range[0] <= rule.at <= x_range[1])
    bands, events, key = context_of(
        stage.annotations, "calendar", places, stage.place.slug, x_range, tuple(series), breaks, t
    )
    shaded = [level.label for level in levels if level.low is not None]
    ys = [mark.y for one in series for mark in one.marks]
    ys += [y for level in levels for y in (level.middle, level.low, level.high) if y is not None]
    ys = ys or [0.0, 1.0]
    close = min(ys) > _CLOSE * max(ys)
    lowest, highest, step = value_range(ys, from_zero=not close, whole=quantity.whole)
    context = [*(f"{words}." for words in shaded), *key, *(f"{rule.label}." for rule in rules)]
    return ChartSpec(
        title=f"{t.text(quantity.indicator.name)}: {title}",
        sentence=said,
        alternative=f"{said} {alternative(series, quantity, 'calendar', context, t)}",
        language=t.language,
        axis="calendar",
        x_label="",
        y_label=quantity.axis_label(highest),
        x_range=x_range,
        y_range=(lowest, highest),
        x_ticks=calendar_ticks(*x_range, t),
        y_ticks=value_ticks(lowest, highest, step, lambda value: quantity.tick(value, highest)),
        series=tuple(series),
        rules=rules,
        bands=bands,
        events=events,
        key=key,
        notes=(*(f"{words}." for words in shaded), *([t("chart.note.axis_cut")] if lowest > 0 else [])),
        mark=t("chart.invented") if stage.invented else "",
        stands_for=len(xs),
        columns=columns,
        rows=tuple(tuple(words for words, _ in row) for row in rows),
        keys=tuple(tuple(value for _, value in row) for row in rows),
        unit=quantity.words(quantity.unit, quantity.currency),
        levels=tuple(levels),
    )
