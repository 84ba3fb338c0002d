"""Where things stand in a chart: the plot's rectangle, the names above it, the ticks that have room.

Shared by the still and the live renderer, so that nothing moves when a chart comes alive.
"""

from __future__ import annotations

from dashboard.charts.drawing import Frame, width_of
from dashboard.charts.spec import ChartSpec, Series, Tick

WIDE, NARROW = 860, 360
"""The two widths of layout, in CSS pixels: a page's column and a telephone."""

NARROWEST_WIDE = 560
"""From this width on, the names of the series stand at the ends of their lines."""

FONT, SMALL = 13, 12

BOLD = 1.12
"""By how much the home city's name is wider in its heavier weight."""


def named(spec: ChartSpec) -> bool:
    """Whether the series need names in the picture; a single one has the title."""
    return len(spec.series) + (spec.envelope is not None) > 1


def strips(spec: ChartSpec) -> list[str]:
    """The places that have a strip of their own above the plot, in the order of the series."""
    owners = {band.series for band in spec.bands}
    return list(dict.fromkeys(one.place for one in spec.series if one.place in owners))


def legend_rows(spec: ChartSpec, width: float) -> list[list[tuple[float, Series]]]:
    """The names above a narrow plot: rows of left edges and series. Empty where no names are needed."""
    if not named(spec) or width >= NARROWEST_WIDE:
        return []
    rows: list[list[tuple[float, Series]]] = [[]]
    x = 0.0
    for one in spec.series:
        needed = 30 + width_of(one.label, FONT) * (BOLD if one.role == "home" else 1)
        if x and x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, one))
        x += needed + 14
    return rows


def legend_bottom(spec: ChartSpec, width: float, top: float) -> float:
    """Where the names above the plot end; `top` where there are none."""
    rows = len(legend_rows(spec, width)) + (spec.envelope is not None and width < NARROWEST_WIDE)
    return top + 20 * rows if rows else top


def plot_frame(spec: ChartSpec, width: int, top: float = 6.0, height: int | None = None) -> Frame:
    """The rectangle of the plot in a layout of `width` pixels whose first words begin at `top`; `height`
    where the page, and not the layout, decides it."""
    tick_width = max((width_of(tick.label, SMALL) for tick in spec.y_ticks), default=20.0)
    tick_width = min(tick_width, width * 0.3)
    right = 30.0
    if named(spec) and width >= NARROWEST_WIDE:
        longest = max((width_of(one.label, FONT) for one in spec.series), default=0.0)
        right = min(longest * BOLD + 20, width * 0.34)
    top = legend_bottom(spec, width, top)
    top += 30 + 5 * len(strips(spec)) + 18 * any(rule.kind == "designation" for rule in spec.rules)
    height = height or (300 if width >= NARROWEST_WIDE else 230)
    return Frame(tick_width + 10, top, width - right, top + height, spec.x_range, spec.y_range)


def ticks_with_room(spec: ChartSpec, frame: Frame) -> tuple[Tick, ...]:
    """Every n-th tick of the horizontal axis, so that their words do not touch."""
    needed = max((width_of(tick.label, SMALL) for tick in spec.x_ticks), default=10.0) + 14
    room = (frame.right - frame.left) / max(len(spec.x_ticks), 1)
    every = next((k for k in range(1, len(spec.x_ticks)) if room * k >= needed), max(len(spec.x_ticks), 1))
    first = 0
    if spec.axis == "designation":
        # Month 0 is the one tick that must stay when some are left out.
        first = next((i for i, tick in enumerate(spec.x_ticks) if tick.at == 0), 0) % every
    return spec.x_ticks[first::every]
