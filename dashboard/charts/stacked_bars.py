"""Parts of a whole, one bar a period: each part a numbered length of the bar, the whole a line across it.

A part is told by its number and its place in the bar, the shade only helps the eye. What belongs to no part
is an empty, dashed length up to the line of the whole; parts that are more than the whole run past it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape

from dashboard.charts.drawing import Paper, shortened, width_of
from dashboard.charts.layout import FONT, NARROWEST_WIDE, SMALL
from dashboard.charts.picture import picture
from dashboard.charts.scale import value_range, value_ticks

_BAR, _GAP, _TOP, _LABEL = 24.0, 14.0, 26.0, 18.0
_NAMES = 0.3
"""The largest share of the width that the names of the periods may take beside the bars."""
_DARKEST, _LIGHTEST = 0.75, 0.12


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a bar: its number in the key, its size, and what is said of it."""

    number: int
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: its words, its parts in order, the whole and what of it is in no part, with its words."""

    label: str
    slices: tuple[Slice, ...]
    whole: float | None = None
    unassigned: float | None = None
    unassigned_said: str = ""


def stacked_bars(
    bars: Sequence[Bar],
    write: Callable[[float], str],
    *,
    parts: int,
    whole: bool,
    title: str,
    alternative: str,
    language: str,
    width: int,
    role: str = "home",
) -> str:
    """The SVG of one or more `bars`, in the order given; `write` writes a tick, `whole` counts have no
    fractions, `parts` is how many numbers the key has, `role` the colour of the place."""
    paper = Paper("screen")
    reached = [max(sum(s.value for s in bar.slices), bar.whole or 0.0) for bar in bars]
    _, _, step = value_range([0.0, *reached], from_zero=True, whole=whole)
    highest = step * max(1, ceil(max(reached) / step - 1e-9))  # nothing but zeros still has an axis
    beside = width >= NARROWEST_WIDE
    names = max(width_of(bar.label, FONT) for bar in bars)
    room = min(names, width * _NAMES) if beside else width
    left = room + 12 if beside else 2.0
    row = _BAR + _GAP + (0.0 if beside else _LABEL)
    height = _TOP + row * len(bars) + 4

    def at(value: float) -> float:
        return left + value / highest * (width - 12 - left)

    for tick in value_ticks(0.0, highest, step, write):
        x = at(tick.at)
        paper.line(x, _TOP - 6, x, height, "grid", stroke_width=1.0)
        edge = "start" if x < 20 else "end" if x > width - 30 else "middle"
        paper.text(x, _TOP - 12, tick.label, font_size=SMALL, text_anchor=edge)
    for number, bar in enumerate(bars):
        top = _TOP + row * number + (_GAP / 2 if beside else _LABEL)
        label_y = top + _BAR / 2 + 4.5 if beside else top - 5
        paper.text(0.0, label_y, shortened(bar.label, room, FONT), "ink")
        _bar(paper, bar, at, top, parts, role)
    return picture(paper, width, height, title, alternative, language)


def _bar(paper: Paper, bar: Bar, at: Callable[[float], float], top: float, parts: int, role: str) -> None:
    reached = 0.0
    for piece in bar.slices:
        x, end = at(reached), at(reached + piece.value)
        reached += piece.value
        shade = _DARKEST - (_DARKEST - _LIGHTEST) * (piece.number - 1) / max(parts - 1, 1)
        paper.parts.append(f"<g><title>{escape(piece.said)}</title>")
        paper.add(
            "rect", x=x, y=top, width=end - x, height=_BAR, fill=paper.paint(role), fill_opacity=shade,
            stroke=paper.paint(role), stroke_width=1.2,
        )  # fmt: skip
        if end - x >= width_of(str(piece.number), SMALL) + 6:
            paper.text(
                (x + end) / 2, top + _BAR / 2 + 4, str(piece.number), "ink", halo=True, font_size=SMALL,
                font_weight=600, text_anchor="middle",
            )  # fmt: skip
        paper.parts.append("</g>")
    if bar.unassigned:
        paper.parts.append(f"<g><title>{escape(bar.unassigned_said)}</title>")
        paper.add(
            "rect", x=at(reached), y=top, width=at(reached + bar.unassigned) - at(reached), height=_BAR,
            fill=paper.paint("paper"), stroke=paper.paint("soft"), stroke_width=1.2, stroke_dasharray="4 3",
        )  # fmt: skip
        paper.parts.append("</g>")
    if bar.whole is not None:
        x = at(bar.whole)
        paper.line(x, top - 4, x, top + _BAR + 4, "ink", stroke_width=2.4)
