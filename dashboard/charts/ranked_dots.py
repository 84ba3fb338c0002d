"""One value a place for one period, the highest first: a dot each, with its interval where it has one.

The home city has the strong hue and a heavier name. A hollow dot is illustrative only, so that grade is told
without colour. The order is that of the values and is no ranking: the words beside the picture say what may
be said of ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.charts.drawing import Paper, shortened, width_of
from dashboard.charts.layout import BOLD, FONT, NARROWEST_WIDE, SMALL
from dashboard.charts.picture import picture
from dashboard.charts.scale import value_range, value_ticks

_ROW = 26.0
_TOP = 26.0
_RADIUS = 5.5
_NAMES = 0.34
"""The largest share of the width that names may take."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One place: its name, its value and interval in one unit, the value in words, and what is said of it."""

    label: str
    value: float
    written: str
    said: str
    low: float | None = None
    high: float | None = None
    home: bool = False
    hollow: bool = False


def ranked_dots(
    dots: Sequence[Dot],
    write: Callable[[float], str],
    *,
    whole: bool,
    title: str,
    alternative: str,
    language: str,
    width: int,
) -> str:
    """The SVG of one or more `dots`, in the order given; `write` writes a tick, `whole` counts have no
    fractions."""
    paper = Paper("screen")
    reached = [edge for dot in dots for edge in (dot.value, dot.low, dot.high) if edge is not None]
    lowest, highest, step = value_range(reached, from_zero=True, whole=whole)
    names = max(width_of(dot.label, _size(dot)) for dot in dots)
    room = min(names, width * _NAMES)
    left = room + 12
    beside = max(width_of(dot.written, FONT) for dot in dots) + 12 if width >= NARROWEST_WIDE else 0.0
    right = width - beside - 14
    height = _TOP + _ROW * len(dots) + 6

    def at(value: float) -> float:
        return left + (value - lowest) / (highest - lowest) * (right - left)

    _scale(paper, [(at(t.at), t.label) for t in value_ticks(lowest, highest, step, write)], height)
    for number, dot in enumerate(dots):
        y = _TOP + _ROW * (number + 0.5)
        role = "home" if dot.home else "reference-4"
        paper.parts.append(f"<g><title>{escape(dot.said)}</title>")
        label = shortened(dot.label, room, _size(dot))
        weight = 600 if dot.home else None
        paper.text(0.0, y + 4.5, label, "ink", font_weight=weight)
        if dot.low is not None and dot.high is not None:
            paper.line(at(dot.low), y, at(dot.high), y, role, stroke_width=2.0)
        paper.add(
            "circle", cx=at(dot.value), cy=y, r=_RADIUS, stroke=paper.paint(role), stroke_width=2.0,
            fill=paper.paint("paper" if dot.hollow else role),
        )  # fmt: skip
        if beside:
            paper.text(float(width), y + 4.5, dot.written, "ink", text_anchor="end", font_weight=weight)
        paper.parts.append("</g>")
    return picture(paper, width, height, title, alternative, language)


def _size(dot: Dot) -> float:
    """The size to measure a name in: bold letters are wider."""
    return FONT * BOLD if dot.home else FONT


def _scale(paper: Paper, ticks: Sequence[tuple[float, str]], height: float) -> None:
    """Lines down the picture, and above them as many words as have room."""
    free = float("-inf")
    for x, label in ticks:
        paper.line(x, _TOP - 6, x, height, "grid", stroke_width=1.0)
        half = width_of(label, SMALL) / 2
        if x - half > free:
            paper.text(x, _TOP - 12, label, font_size=SMALL, text_anchor="middle")
            free = x + half + 8
