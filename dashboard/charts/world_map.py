"""A map of where things happened: places as circles on the outlines of the land, drawn on this server.

The projection is equirectangular with its true scale at the middle of the view: the simplest that keeps a
neighbourhood in shape. Circles are as large in area as what they stand for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, radians, sqrt

from dashboard.charts.drawing import Box, Paper, overlap, polygon, width_of, written
from dashboard.charts.layout import BOLD, FONT, NARROWEST_WIDE
from dashboard.charts.picture import picture
from dashboard.config import DATA

_SMALLEST, _LARGEST, _LARGEST_NARROW = 4.0, 17.0, 11.0
_MANY = 10
"""Fewer than this many are no reason for the largest circle."""
_STEP = 1.0
"""Pixels below which two points of an outline are one."""
_LEAST = 3.0
"""Square pixels of the smallest island drawn."""
_MARGIN = 8
"""Pixels beyond the picture to which the land goes on, so that no cut edge is seen."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that is shown, in degrees."""

    west: float
    east: float
    south: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


WORLD = View(-169.0, 190.0, -56.0, 76.0)


def around(longitude: float, latitude: float) -> View:
    """Some 1,900 km around a place, as far as there are places."""
    north, south = min(latitude + 17, 76.0), max(latitude - 17, -56.0)
    half = 1.4 * (north - south) / 2 / cos(radians((north + south) / 2))
    return View(longitude - half, longitude + half, south, north)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: how many things happened there, and what is said of it. The home city has a mark of its own
    and no size."""

    label: str
    longitude: float
    latitude: float
    count: int
    said: str
    home: bool = False


def world_map(
    spots: Sequence[Spot], view: View, *, title: str, alternative: str, language: str, width: int
) -> str:
    """The SVG; spots outside the view are left out, and names are written where there is room."""
    scale, height = _measures(view, width)
    paper = Paper("screen")
    paper.add(
        "path", d=_land(view, width), fill=paper.paint("grid"), stroke=paper.paint("axis"), stroke_width=0.5,
        fill_rule="evenodd",
    )  # fmt: skip
    shown = [spot for spot in spots if view.holds(spot.longitude, spot.latitude)]
    shown.sort(key=lambda spot: (not spot.home, -spot.count, spot.label))
    most = max((spot.count for spot in shown if not spot.home), default=1)
    most = max(most, _MANY)
    placed = [
        (spot, *_at(spot.longitude, spot.latitude, view, scale), _radius(spot, most, width)) for spot in shown
    ]
    for spot, x, y, r in sorted(placed, key=lambda one: (one[0].home, -one[3])):
        _mark(paper, spot, x, y, r)
    _names(paper, placed, width, height)
    return picture(paper, width, height, title, alternative, language)


def _measures(view: View, width: int) -> tuple[Point, float]:
    """Pixels a degree of longitude and of latitude, and the height."""
    across = width / (view.east - view.west)
    down = across / cos(radians((view.north + view.south) / 2))
    return (across, down), round(down * (view.north - view.south))


def _at(longitude: float, latitude: float, view: View, scale: Point) -> Point:
    return (longitude - view.west) * scale[0], (view.north - latitude) * scale[1]


def _radius(spot: Spot, most: int, width: int) -> float:
    largest = _LARGEST if width >= NARROWEST_WIDE else _LARGEST_NARROW
    return 7.0 if spot.home else max(_SMALLEST, largest * sqrt(spot.count / most))


def _mark(paper: Paper, spot: Spot, x: float, y: float, r: float) -> None:
    role = "home" if spot.home else "reference-2"
    rim = paper.paint("paper") if spot.home else paper.paint(role)
    shape = polygon(x, y, r * 1.3, 4, 0.0) if spot.home else _circle(x, y, r)
    said = spot.said.replace("&", "&amp;").replace("<", "&lt;")
    opacity = "1" if spot.home else "0.55"
    paper.parts.append(
        f'<path d="{shape}" fill="{paper.paint(role)}" fill-opacity="{opacity}" stroke="{rim}" '
        f'stroke-width="1.5"><title>{said}</title></path>'
    )


def _circle(x: float, y: float, r: float) -> str:
    a, d = written(r), written(2 * r)
    return f"M{written(x - r)},{written(y)}a{a},{a} 0 1,0 {d},0a{a},{a} 0 1,0 -{d},0Z"


def _names(
    paper: Paper, placed: Sequence[tuple[Spot, float, float, float]], width: int, height: float
) -> None:
    """The name of each place, the most important first, where it covers neither a mark nor another name."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, x, y, r in placed]
    for number, (spot, x, y, r) in enumerate(placed):
        long = width_of(spot.label, FONT) * (BOLD if spot.home else 1)
        others = taken[:number] + taken[number + 1 :]
        around = (
            (x + r + 4, y),
            (x - r - 4 - long, y),
            (x - long / 2, y - r - 9),
            (x - long / 2, y + r + 10),
        )
        boxes = [(left, middle - FONT * 0.55, left + long, middle + FONT * 0.55) for left, middle in around]
        inside = [b for b in boxes if b[0] >= 0 and b[2] <= width and b[1] >= 0 and b[3] <= height]
        free = [box for box in inside if not any(overlap(box, other) for other in others)]
        if spot.home:
            free = free or inside  # it is always named, over the marks of others if need be
        if free:
            weight = 650 if spot.home else None
            middle = (free[0][1] + free[0][3]) / 2
            paper.text(free[0][0], middle + FONT * 0.35, spot.label, "ink", halo=True, font_weight=weight)
            taken.append(free[0])


# -- the land --------------------------------------------------------------------------------------


@cache
def outlines() -> tuple[tuple[Point, ...], ...]:
    """The rings of the land, in degrees of longitude and latitude."""
    rings = json.loads((DATA / "map" / "land.json").read_text(encoding="utf-8"))
    return tuple(tuple((ring[i] / 100, ring[i + 1] / 100) for i in range(0, len(ring), 2)) for ring in rings)


@lru_cache(maxsize=16)
def _land(view: View, width: int) -> str:
    """The land in a view as the data of one path. Beyond 180° the world begins anew."""
    scale, height = _measures(view, width)
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        for ring in outlines():
            points = [_at(longitude + shift, latitude, view, scale) for longitude, latitude in ring]
            cut = _clipped(points, width, height)
            if len(cut) > 2 and _area(cut) >= _LEAST:
                parts.append(_path(cut))
    return "".join(parts)


def _clipped(points: list[Point], width: float, height: float) -> list[Point]:
    """A ring cut to the picture and its margin (Sutherland and Hodgman, one edge after the other)."""
    for axis, limit, keep_above in (
        (0, -_MARGIN, True), (0, width + _MARGIN, False), (1, -_MARGIN, True), (1, height + _MARGIN, False),
    ):  # fmt: skip
        found: list[Point] = []
        for here, there in zip(points, points[1:] + points[:1], strict=True):
            in_here, in_there = ((p[axis] >= limit) == keep_above for p in (here, there))
            if in_here:
                found.append(here)
            if in_here != in_there:
                share = (limit - here[axis]) / (there[axis] - here[axis])
                found.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        points = found
    return points


def _area(points: Sequence[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _path(points: Sequence[Point]) -> str:
    """A ring in whole and half pixels, each point relative to the one before."""
    last = (round(points[0][0] * 2) / 2, round(points[0][1] * 2) / 2)
    steps = []
    for x, y in points[1:]:
        if abs(x - last[0]) + abs(y - last[1]) < _STEP:
            continue
        here = (round(x * 2) / 2, round(y * 2) / 2)
        steps.append(f"{here[0] - last[0]:g},{here[1] - last[1]:g}")
        last = here
    first = (round(points[0][0] * 2) / 2, round(points[0][1] * 2) / 2)
    return f"M{first[0]:g},{first[1]:g}l{' '.join(steps)}z" if steps else ""
