"""Who works with whom, drawn on this server: the home city in the middle, its partners around it.

A line is as broad as there are records, an arrow points to the city that was approached, two arrows stand
for a tie in which both took the initiative, and a dashed line for one where nobody wrote down who did.
Nothing in the layout is left to chance: the same ties give the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Literal

from dashboard.charts.drawing import Paper, moved_apart, shortened, width_of, written, xy
from dashboard.charts.layout import FONT, NARROWEST_WIDE
from dashboard.charts.picture import picture

Way = Literal["both", "from_home", "from_partner", "unknown"]
_GAP = 21.0
_DOT = 5.0


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: its name, how many records there are, who took the initiative, what is said of it."""

    key: str
    label: str
    count: int
    way: Way
    said: str


def tie_picture(
    home: str,
    partners: Sequence[Partner],
    together: Mapping[tuple[str, str], int],
    *,
    title: str,
    alternative: str,
    language: str,
    width: int,
) -> str:
    """The SVG. `together` are pairs of partner keys that took part in the same record: thin lines between
    them, which a narrow picture has no room for."""
    paper = Paper("screen")
    if width < NARROWEST_WIDE:
        height = _fan(paper, home, partners, width)
    else:
        height = _ring(paper, home, partners, together, width)
    return picture(paper, width, height, title, alternative, language)


def _ring(
    paper: Paper, home: str, partners: Sequence[Partner], together: Mapping[tuple[str, str], int], width: int
) -> float:
    """Partners around the home city; their names stand in two columns beside them, moved apart."""
    room = 1.0 + max((width_of(p.label, FONT) for p in partners), default=0.0)
    height = max(320.0, _GAP * (len(partners) / 2 + 4))
    middle = (width / 2, height / 2)
    reach = (min(width / 2 - room - 34, height * 0.8), height / 2 - 26)
    places = {}
    for number, partner in enumerate(partners):
        angle = 2 * pi * (number + 0.5) / len(partners) - pi / 2
        places[partner.key] = (middle[0] + reach[0] * cos(angle), middle[1] + reach[1] * sin(angle))
    for (one, other), count in together.items():
        (x1, y1), (x2, y2) = places[one], places[other]
        bend = (x1 + x2 + middle[0]) / 3, (y1 + y2 + middle[1]) / 3
        paper.add(
            "path", d=f"M{xy(x1, y1)}Q{xy(*bend)} {xy(x2, y2)}", fill="none", stroke=paper.paint("axis"),
            stroke_width=min(0.8 + 0.4 * count, 3.0), stroke_opacity=0.7,
        )  # fmt: skip
    most = max((p.count for p in partners), default=1)
    for partner in partners:
        _tie(paper, partner, middle, places[partner.key], most, home)
    for right in (True, False):
        side = sorted(
            (p for p in partners if (places[p.key][0] >= middle[0]) == right), key=lambda p: places[p.key][1]
        )
        heights = moved_apart([places[p.key][1] for p in side], 16.0, 10.0, height - 6)
        for partner, y in zip(side, heights, strict=True):
            x, own = places[partner.key]
            at = x + 12 if right else x - 12
            if abs(own - y) > 5:
                paper.line(x, own, at, y, "axis", stroke_width=0.7)
            paper.text(at, y + 4.5, partner.label, "ink", halo=True, text_anchor="start" if right else "end")
    _home(paper, home, *middle)
    return height


def _fan(paper: Paper, home: str, partners: Sequence[Partner], width: int) -> float:
    """Partners in a column on the right, the home city at the left."""
    top = 34.0
    height = top + _GAP * max(len(partners), 5)
    start, column = (12.0, (top + height) / 2 - _GAP / 2), width * 0.5
    most = max((p.count for p in partners), default=1)
    for number, partner in enumerate(partners):
        at = (column, top + _GAP * number)
        _tie(paper, partner, start, at, most)
        label = shortened(partner.label, width - column - 14, FONT)
        paper.text(column + 12, at[1] + 4.5, label, "ink")
    _home(paper, home, *start, name_at=(0.0, 14.0))
    return height


def _home(paper: Paper, home: str, x: float, y: float, name_at: tuple[float, float] | None = None) -> None:
    """The home city's mark, and its name above it or where it disturbs no line."""
    paper.add("circle", cx=x, cy=y, r=9.0, fill=paper.paint("home"))
    left, top = name_at or (x, y - 16)
    paper.text(
        left, top, home, "home", halo=True, text_anchor="start" if name_at else "middle",
        font_weight=650, font_size=FONT + 1,
    )  # fmt: skip


def _tie(
    paper: Paper,
    partner: Partner,
    home: tuple[float, float],
    there: tuple[float, float],
    most: int,
    above: str = "",
) -> None:
    """The line between the home city and a partner, its arrows, and the partner's mark. `above` is the name
    that stands above the home city, from which the line keeps away."""
    dx, dy = there[0] - home[0], there[1] - home[1]
    length = hypot(dx, dy)
    ux, uy = dx / length, dy / length
    breadth = 1.2 + 3.3 * sqrt(partner.count / most)
    near = max(15.0, _behind_name(1.1 * width_of(above, FONT + 1), ux, uy) if above else 0.0)
    far = length - _DOT - 5
    begin = near + 7 if partner.way in ("both", "from_partner") else 9.0
    end = far - 7 if partner.way in ("both", "from_home") else length - _DOT
    said = partner.said.replace("&", "&amp;").replace("<", "&lt;")
    dashes = ' stroke-dasharray="2 5"' if partner.way == "unknown" else ""
    colour = paper.paint("reference-2")
    paper.parts.append(
        f'<path d="M{xy(home[0] + ux * begin, home[1] + uy * begin)}'
        f'L{xy(home[0] + ux * end, home[1] + uy * end)}" fill="none" stroke="{colour}" '
        f'stroke-width="{written(breadth)}"{dashes}><title>{said}</title></path>'
    )
    if partner.way in ("both", "from_home"):
        _arrow(paper, home[0] + ux * far, home[1] + uy * far, ux, uy, breadth, colour)
    if partner.way in ("both", "from_partner"):
        _arrow(paper, home[0] + ux * near, home[1] + uy * near, -ux, -uy, breadth, colour)
    paper.parts.append(
        f'<circle cx="{written(there[0])}" cy="{written(there[1])}" r="{written(_DOT)}" '
        f'fill="{paper.paint("ink")}"><title>{said}</title></circle>'
    )


def _behind_name(breadth: float, ux: float, uy: float) -> float:
    """How far one must go from the home city in a direction until its name does not lie in the way: 0 where
    it never does."""
    half, low, high = breadth / 2 + 7, 11.0, 35.0
    if uy >= 0 or abs(ux / uy) * low > half:
        return 0.0
    return min(high / -uy, half / abs(ux) if ux else high / -uy)


def _arrow(paper: Paper, x: float, y: float, ux: float, uy: float, breadth: float, colour: str) -> None:
    """A head whose tip is at (x, y) and that points along (ux, uy)."""
    long, half = 9.0, 3.0 + breadth / 2
    turn = atan2(uy, ux)
    back = (x - long * cos(turn), y - long * sin(turn))
    side = (half * sin(turn), -half * cos(turn))
    corners = ((x, y), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    paper.add("path", d="M" + "L".join(xy(*corner) for corner in corners) + "Z", fill=colour)
