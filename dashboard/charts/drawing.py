"""Paper, shapes and measures of the SVG writer: nothing here knows what a chart is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, pi, sin
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.palette import PALETTES

Palette = Literal["screen", "light", "dark", "print"]
Attribute = str | float | None
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle and its scales."""

    left: float
    top: float
    right: float
    bottom: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, at: float) -> float:
        low, high = self.x_range
        return self.left + (at - low) / (high - low) * (self.right - self.left)

    def y(self, at: float) -> float:
        low, high = self.y_range
        return self.bottom - (at - low) / (high - low) * (self.bottom - self.top)


class Paper:
    """Collects elements; `paint` turns a colour role into what this palette writes."""

    def __init__(self, palette: Palette) -> None:
        self.parts: list[str] = []
        self._fixed = None if palette == "screen" else PALETTES[palette]

    def paint(self, role: str) -> str:
        return f"var(--{role})" if self._fixed is None else self._fixed[role]

    def add(self, name: str, **attributes: Attribute) -> None:
        """An empty element; attributes that are None or "" are left out."""
        self.parts.append(f"<{name}{_attributes(attributes)}/>")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: str = "soft",
        *,
        halo: bool = False,
        **attributes: Attribute,
    ) -> None:
        """Words whose anchor stands at (x, y), escaped; nothing for no words. `halo` keeps them readable over
        lines by a rim in the colour of the paper."""
        if not words:
            return
        rim: dict[str, Attribute] = (
            {"stroke": self.paint("paper"), "stroke_width": 3.0, "paint_order": "stroke"} if halo else {}
        )
        given = _attributes({"x": x, "y": y, "fill": self.paint(role), **rim, **attributes})
        self.parts.append(f"<text{given}>{escape(words)}</text>")

    def line(self, x1: float, y1: float, x2: float, y2: float, role: str, **attributes: Attribute) -> None:
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=self.paint(role), **attributes)


def _attributes(values: Mapping[str, Attribute]) -> str:
    """Underscores in names become hyphens: ``stroke_width`` is written ``stroke-width``."""
    return "".join(
        f" {key.replace('_', '-')}={quoteattr(written(value))}"
        for key, value in values.items()
        if value is not None and value != ""
    )


def written(value: Attribute) -> str:
    """A tenth of a pixel is enough for a place; opacities and thin lines are below 1 and keep more."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.3g}"


def xy(x: float, y: float) -> str:
    return f"{written(float(x))},{written(float(y))}"


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def paragraph(
    paper: Paper, words: str, width: float, top: float, size: int, role: str, weight: int | None = None
) -> float:
    """Words broken into lines; returns where they end."""
    for line in textwrap.wrap(words, max(20, int(width / (size * 0.53)))):
        top += size * 1.35
        paper.text(0.0, top, line, role, font_size=size, font_weight=weight)
    return top


def width_of(words: str, size: float) -> float:
    """About how wide words are, in a rather wide sans-serif (DejaVu Sans): there is no font on the server to
    measure with, and too much room is better than words cut off."""
    return size * _ems(words)


@lru_cache(maxsize=4096)  # the same words are measured at one size after the other
def _ems(words: str) -> float:
    narrow = sum(words.count(c) for c in "iljtfr.,:;'|! \u00a0")
    wide = sum(words.count(c) for c in "mwMWÆ@%")
    return 0.62 * (len(words) - narrow - wide) + 0.35 * narrow + 0.95 * wide


def moved_apart(at: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Ascending positions moved the least needed to lie `gap` apart between `low` and `high`; when there is
    no room for all, the first ones leave it at `low`."""
    placed: list[float] = []
    for y in at:
        placed.append(max(y, placed[-1] + gap if placed else low))
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], placed[i + 1] - gap if i + 1 < len(placed) else high)
    return placed


def shortened(words: str, room: float, size: float) -> str:
    """Words cut to `room` pixels with an ellipsis, whole where they fit."""
    if width_of(words, size) <= room:
        return words
    while words and width_of(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def polygon(x: float, y: float, radius: float, corners: int, turn: float = -0.25) -> str:
    """A regular polygon; `turn` in revolutions, a corner up by default."""
    angles = [2 * pi * (turn + i / corners) for i in range(corners)]
    return "M" + "L".join(xy(x + radius * cos(a), y + radius * sin(a)) for a in angles) + "Z"


def _circle(x: float, y: float, r: float) -> str:
    a = written(float(r))
    return f"M{xy(x - r, y)}a{a},{a} 0 1,0 {written(2.0 * r)},0a{a},{a} 0 1,0 {written(-2.0 * r)},0Z"


def _cross(x: float, y: float, r: float, *, straight: bool) -> str:
    w = r * 0.45
    corners = [
        (-w, -r),
        (w, -r),
        (w, -w),
        (r, -w),
        (r, w),
        (w, w),
        (w, r),
        (-w, r),
        (-w, w),
        (-r, w),
        (-r, -w),
        (-w, -w),
    ]
    if not straight:
        corners = [((a - b) * 0.7071, (a + b) * 0.7071) for a, b in corners]
    return "M" + "L".join(xy(x + a, y + b) for a, b in corners) + "Z"


_SHAPES: tuple[Callable[[float, float, float], str], ...] = (
    _circle,
    lambda x, y, r: polygon(x, y, r * 1.25, 4, 0.125),
    lambda x, y, r: _cross(x, y, r * 1.25, straight=True),
    lambda x, y, r: polygon(x, y, r * 1.2, 5),
    lambda x, y, r: _cross(x, y, r * 1.25, straight=False),
    lambda x, y, r: polygon(x, y, r * 1.2, 6),
)
"""Marks of series. A diamond is a target and an arrow a bound, so neither is among them."""


def shape_of(marker: int, x: float, y: float, size: float) -> str:
    """The outline of a mark around (x, y): the same steps for each mark of a series, so it packs well."""
    (dx, dy), steps = _steps(marker % len(_SHAPES), float(size))
    return f"M{xy(x + dx, y + dy)}{steps}"


@cache
def _steps(marker: int, size: float) -> tuple[tuple[float, float], str]:
    """Where the outline of a shape begins, seen from its middle, and the relative steps around it."""
    drawn = _SHAPES[marker](0.0, 0.0, size)
    if "a" in drawn:  # a circle's arcs are relative already
        return (-size, 0.0), drawn[drawn.index("a") :]
    corners = [tuple(map(float, pair.split(","))) for pair in drawn.strip("MZ").split("L")]
    steps = (xy(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(corners))
    return (corners[0][0], corners[0][1]), "l" + " ".join(steps) + "z"
