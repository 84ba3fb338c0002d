"""Small multiples: many small charts of one size on one time axis, their value axes shared or each its own.

A panel holds one place and one indicator. All of them together draw no more than `POINT_LIMIT` points. Behind
each line stands, where it is given, the middle half of all the places: what the one is to be seen against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import pandas as pd

from dashboard.charts.build import envelope_of
from dashboard.charts.context import PANDEMIC
from dashboard.charts.drawing import Frame, Paper, width_of
from dashboard.charts.layout import SMALL
from dashboard.charts.marks import USED, MarkWriter
from dashboard.charts.palette import BAND_OPACITY
from dashboard.charts.picture import picture
from dashboard.charts.quantity import Quantity
from dashboard.charts.scale import (
    calendar_range,
    calendar_ticks,
    month_range,
    month_ticks,
    value_range,
    value_ticks,
)
from dashboard.charts.spec import POINT_LIMIT, Axis, Envelope, Key, Series, Tick
from dashboard.charts.svg import draw_envelope, draw_lines, draw_marks
from dashboard.charts.words import alternative
from dashboard.domain.catalogue import IndicatorKind, Place
from dashboard.domain.period import Precision

WIDTH, HEIGHT = 300, 180
_TOP, _BOTTOM, _RIGHT = 30.0, 22.0, 10.0
_STEPS = 3
"""About so many steps has the value axis of a panel."""

_CLOSE = 0.75

_FEWEST_IN_BAND = 2
"""The middle half of one place is no band to be seen against."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one panel is to show: the shaped `points` of one place, its unit, and the words above it."""

    title: str
    points: pd.DataFrame
    quantity: Quantity
    place: Place
    home: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One finished panel: its line, its axis, and what it says in words."""

    title: str
    said: str
    series: Series | None
    y_range: tuple[float, float]
    y_ticks: tuple[Tick, ...]
    y_label: str
    designation: float | None = None


@dataclass(frozen=True, slots=True)
class Panels:
    """Panels on one time axis. `drawn` points are drawn one by one; `left` panels had no room for theirs.
    `columns`, `rows` and `keys` are the table of them all, as in `ChartSpec`."""

    panels: tuple[Panel, ...]
    axis: Axis
    x_range: tuple[float, float]
    x_ticks: tuple[Tick, ...]
    envelope: Envelope | None
    drawn: int
    left: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[Key, ...], ...]


def panels(
    asked: Sequence[Asked],
    axis: Axis = "calendar",
    *,
    shared: bool = False,
    behind: pd.DataFrame | None = None,
) -> Panels:
    """The panels in the order they were asked for; at least one.

    `shared` gives all panels of one unit the same value axis. `behind` are the shaped points of all places,
    gathered to quartiles a year; values that are illustrative only stay out of them.
    """
    t = asked[0].quantity.t
    found: list[tuple[Asked, Series | None]] = []
    rows: list[tuple[str, ...]] = []
    keys: list[tuple[Key, ...]] = []
    room, left = POINT_LIMIT, 0
    for one in asked:
        series, table = _series(one, axis)
        if series is not None and len(series.marks) > room:
            left += 1
            continue
        room -= len(series.marks) if series is not None else 0
        found.append((one, series))
        rows += [(one.title, *cells[2:]) for cells in table[0]]
        keys += [(one.title, *cells[2:]) for cells in table[1]]
    envelope = _behind(behind, axis, asked[0].quantity)
    xs = [mark.x for _, series in found if series for mark in series.marks]
    xs = xs or [float(date(2019, 7, 2).toordinal()) if axis == "calendar" else 0.0]
    x_range = calendar_range(xs) if axis == "calendar" else month_range(xs)
    if envelope is not None:
        envelope = _within(envelope, x_range)
    heights = {id(one): _heights(series, envelope) for one, series in found}
    common: dict[tuple[str, str], list[float]] = {}
    for one, _ in found:
        common.setdefault(_unit(one), []).extend(heights[id(one)])
    made = tuple(
        _panel(one, series, axis, common[_unit(one)] if shared else heights[id(one)]) for one, series in found
    )
    names = (
        "period",
        *(("month",) if axis == "designation" else ()),
        "value",
        "kind",
        "grade",
        "source",
        "note",
    )
    return Panels(
        panels=made,
        axis=axis,
        x_range=x_range,
        x_ticks=calendar_ticks(*x_range, t) if axis == "calendar" else month_ticks(*x_range, t),
        envelope=envelope,
        drawn=POINT_LIMIT - room,
        left=left,
        columns=(t("chart.column.panel"), *(t(f"chart.column.{name}") for name in names)),
        rows=tuple(rows),
        keys=tuple(keys),
    )


def _series(
    one: Asked, axis: Axis
) -> tuple[Series | None, tuple[tuple[tuple[str, ...], ...], tuple[tuple[Key, ...], ...]]]:
    """The line of a panel: the values of the whole, in one currency; and their table."""
    points = one.points
    known = points["anchor"].notna() & points["shown_value"].notna() & (points["disaggregation"] == "")
    known &= points["shown_currency"].isin(["", one.quantity.currency]) & points["segment"].notna()
    if axis == "designation":
        known &= points["month_since_designation"].notna()
    frame = points.loc[known & (points["place"] == one.place.slug), list(USED)]
    writer = MarkWriter(
        one.quantity, axis, {one.place.slug: one.place}, {}, one.place.slug if one.home else ""
    )
    drawn = writer.series(frame)
    series = (
        replace(drawn[0], dash=0, marker=0, colour="home" if one.home else "reference-4") if drawn else None
    )
    return series, writer.table(frame)


def _unit(one: Asked) -> tuple[str, str]:
    return one.quantity.unit, one.quantity.currency


def _behind(points: pd.DataFrame | None, axis: Axis, quantity: Quantity) -> Envelope | None:
    if points is None:
        return None
    known = points["anchor"].notna() & points["shown_value"].notna() & points["segment"].notna()
    known &= (points["disaggregation"] == "") & (points["grade"] != "illustrative")
    known &= ~points["matched"] if "matched" in points else True
    known &= points["shown_currency"].isin(["", quantity.currency])
    if axis == "designation":
        known &= points["month_since_designation"].notna()
    if points.loc[known, "place"].nunique() < _FEWEST_IN_BAND:
        return None
    gathered = envelope_of(points[known], axis, quantity.t)
    if gathered is None:
        return None
    return replace(gathered, label=quantity.t("chart.all", count=int(points.loc[known, "place"].nunique())))


def _within(envelope: Envelope, x_range: tuple[float, float]) -> Envelope:
    kept = [i for i, x in enumerate(envelope.x) if x_range[0] <= x <= x_range[1]]
    x, low, middle, high = (
        tuple(values[i] for i in kept)
        for values in (envelope.x, envelope.low, envelope.middle, envelope.high)
    )
    return Envelope(x, low, middle, high, envelope.label)


def _heights(series: Series | None, envelope: Envelope | None) -> list[float]:
    values = [mark.y for mark in series.marks] if series else []
    return values + ([*envelope.low, *envelope.high] if envelope else [])


def _panel(one: Asked, series: Series | None, axis: Axis, ys: list[float]) -> Panel:
    quantity, t = one.quantity, one.quantity.t
    ys = ys or [0.0, 1.0]
    close = min(ys) > _CLOSE * max(ys)
    lowest, highest, step = value_range(
        ys, from_zero=quantity.index_base is None and not close, whole=quantity.whole, count=_STEPS
    )
    ticks = value_ticks(lowest, highest, step, lambda value: quantity.tick(value, highest))
    if quantity.indicator.kind is IndicatorKind.YES_NO:
        lowest, highest = -0.1, 1.3
        ticks = tuple(Tick(value, quantity.number(value)) for value in (0.0, 1.0))
    said = alternative([series] if series else [], quantity, axis, [], t)
    at = None
    designation = one.place.designation
    if axis == "designation":
        at = 0.0
    elif designation is not None and designation.precision is not Precision.YEAR:
        at = float(designation.day.toordinal())
    return Panel(
        one.title, said, series, (lowest, highest), ticks, quantity.axis_label(highest), at,
    )  # fmt: skip


def panels_markup(made: Panels, language: str) -> str:
    """All panels as a list of pictures, for a page that has `charts.svg.STYLE`."""
    pictures = "".join(
        f"<li><p>{escape(one.title)}</p>{panel_svg(one, made, language)}</li>" for one in made.panels
    )
    return f'<ul class="panels">{pictures}</ul>'


def panel_svg(one: Panel, made: Panels, language: str) -> str:
    """One panel: its unit, two or three lines across, first and last year, the band behind, the line."""
    paper = Paper("screen")
    left = max(width_of(tick.label, SMALL) for tick in one.y_ticks) + 8
    frame = Frame(left, _TOP, WIDTH - _RIGHT, HEIGHT - _BOTTOM, made.x_range, one.y_range)
    paper.text(0.0, 11.0, one.y_label, font_size=SMALL)
    if made.axis == "calendar" and PANDEMIC.start and PANDEMIC.end:
        start = max(float(PANDEMIC.start.toordinal()), made.x_range[0])
        end = min(float(PANDEMIC.end.toordinal()), made.x_range[1])
        if start < end:
            paper.add(
                "rect", x=frame.x(start), y=_TOP, width=frame.x(end) - frame.x(start),
                height=frame.bottom - _TOP, fill=paper.paint("ink"), fill_opacity=BAND_OPACITY,
            )  # fmt: skip
    for tick in one.y_ticks:
        y = frame.y(tick.at)
        paper.line(left, y, frame.right, y, "axis" if tick is one.y_ticks[0] else "grid", stroke_width=1)
        paper.text(left - 5, y + 4, tick.label, font_size=SMALL, text_anchor="end")
    for tick, anchor in ((made.x_ticks[0], "start"), (made.x_ticks[-1], "end")):
        if tick is made.x_ticks[0] or len(made.x_ticks) > 1:
            at = left if anchor == "start" else frame.right
            paper.text(at, float(HEIGHT - 6), tick.label, font_size=SMALL, text_anchor=anchor)
    if one.designation is not None and made.x_range[0] <= one.designation <= made.x_range[1]:
        x = frame.x(one.designation)
        paper.line(x, _TOP - 4, x, frame.bottom, "ink", stroke_width=1)
    if made.envelope is not None:
        draw_envelope(paper, made.envelope, frame)
    if one.series is not None:
        draw_lines(paper, one.series, frame)
        on_line = {mark.x for run in one.series.paths for mark in run}
        alone = tuple(m for m in one.series.marks if m.x not in on_line or m.hollow)
        draw_marks(paper, replace(one.series, marks=alone), frame, tooltips=True)
    return picture(paper, WIDTH, HEIGHT, one.title, one.said, language)
