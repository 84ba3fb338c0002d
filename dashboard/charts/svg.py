"""`ChartSpec` → SVG, written by hand.

Why not matplotlib: one file must serve light and dark through CSS variables, keep its words as text that
can be read and selected, carry a title and a description, and take about a millisecond. A plotting library
gives outlines of letters in fixed colours in some twenty. What is drawn is few shapes; the work is in the
layout, which is ours either way.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from dashboard.charts.drawing import (
    Attribute,
    Box,
    Frame,
    Palette,
    Paper,
    moved_apart,
    overlap,
    paragraph,
    polygon,
    shape_of,
    shortened,
    width_of,
    written,
    xy,
)
from dashboard.charts.layout import (
    BOLD,
    FONT,
    NARROWEST_WIDE,
    SMALL,
    WIDE,
    legend_bottom,
    legend_rows,
    named,
    plot_frame,
    strips,
    ticks_with_room,
)
from dashboard.charts.palette import BAND_OPACITY, DARK, LIGHT
from dashboard.charts.spec import ChartSpec, Envelope, Mark, Series

_LINE = 17
_DENSE = 60
_APART = 24.0
"""Pixels between the marks of a dense run of one grade."""
_DASHES = ("", "7 4", "2 4", "9 4 2 4", "12 5", "4 3")
_LABELLED = 4
"""A series of so few values has each written beside its mark."""

_AROUND = ((0.0, -12.0, "middle"), (0.0, 20.0, "middle"), (11.0, 4.0, "start"), (-11.0, 4.0, "end"))
"""Where the words of a mark may stand, in order of preference: offset and text anchor."""


def svg(
    spec: ChartSpec, *, width: int = WIDE, palette: Palette = "screen", caption: bool = False,
    plot_height: int | None = None,
) -> str:  # fmt: skip
    """A standalone, accessible SVG.

    `width` (pixels, 300 at least) chooses the layout: below `NARROWEST_WIDE` the names of the series stand
    above the plot instead of at the ends of the lines. `palette` "screen" follows the reader's light or dark
    theme (CSS variables; an attribute ``data-theme`` on the root decides over the system's setting); the
    others are fixed colours for files and paper. `caption` adds title, sentence, caveat, notes and source,
    for a picture that leaves the page. `plot_height` (pixels) makes the plot lower or higher than the layout
    has it.
    """
    if spec.small:
        return _small(spec, palette)
    return _full(spec, max(width, 300), palette, caption, plot_height=plot_height)


def embedded_svg(spec: ChartSpec, width: int = WIDE) -> str:
    """The picture for a page that has `STYLE`, writes the key itself and offers the values live: without any
    of these, and so half the size."""
    return _full(spec, max(width, 300), "screen", embedded=True)


def _variables(palette: dict[str, str]) -> str:
    # On a page of ours the paper is the page's own background, whatever its theme says.
    page = {"paper": f"var(--st-background-color,{palette['paper']})"}
    return ";".join(f"--{role}:{colour}" for role, colour in (palette | page).items())


STYLE = (
    ".chart{max-width:100%;height:auto;" + _variables(dict(LIGHT)) + "}"
    "@media (prefers-color-scheme:dark){.chart:not([data-theme=light]){" + _variables(dict(DARK)) + "}}"
    ".chart[data-theme=dark]{" + _variables(dict(DARK)) + "}"
)


def _root(
    spec: ChartSpec, paper: Paper, width: float, height: float, palette: Palette, embedded: bool = False
) -> str:
    digest = hashlib.sha256(f"{spec.title}{spec.alternative}{width}".encode()).hexdigest()[:10]
    style = f"<style>{STYLE}</style>" if palette == "screen" and not embedded else ""
    across, down = written(width), written(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" lang="{spec.language}" '
        f'viewBox="0 0 {across} {down}" width="{across}" height="{down}" '
        f'font-family="var(--st-font, system-ui), sans-serif" font-size="{FONT}" '
        f'aria-labelledby="t{digest} d{digest}"><title id="t{digest}">{escape(spec.title)}</title>'
        f'<desc id="d{digest}">{escape(spec.alternative)}</desc>{style}{"".join(paper.parts)}</svg>'
    )


def _full(
    spec: ChartSpec, width: int, palette: Palette, caption: bool = False, embedded: bool = False,
    plot_height: int | None = None,
) -> str:  # fmt: skip
    paper = Paper(palette)
    narrow = width < NARROWEST_WIDE
    top = _caption_above(paper, spec, width) if caption else 6.0
    if spec.empty:
        bottom = top if caption else paragraph(paper, spec.sentence, width, top + 12, FONT, "soft")
        return _root(spec, paper, width, round(bottom + 24), palette)
    frame = plot_frame(spec, width, top, plot_height)
    if legend_rows(spec, width):
        _legend(paper, spec, width, top)
        top = legend_bottom(spec, width, top)
    paper.text(0.0, top + 14, spec.y_label, font_size=SMALL)
    paper.text(float(width), top + 14, spec.mark, "ink", font_size=SMALL, text_anchor="end", font_weight=600)
    owners = strips(spec)
    _bands(paper, spec, frame, owners)
    _axes(paper, spec, frame)
    _rules(paper, spec, frame, 5 * len(owners), narrow)
    _levels(paper, spec, frame)
    if spec.envelope is not None:
        draw_envelope(paper, spec.envelope, frame)
    for one in reversed(spec.series):
        draw_lines(paper, one, frame)
    for one in reversed(spec.series):
        if one.marked:
            draw_marks(paper, one, frame, tooltips=not embedded)
    _value_labels(paper, spec, frame, width)
    for level in spec.levels:
        if level.name and level.low is not None:
            x, y = frame.x(level.start) + 4, min(frame.y(level.low) + 14, frame.bottom - 30)
            paper.text(x, y, level.name, "home", font_size=11, halo=True)
    if named(spec) and not narrow:
        _end_labels(paper, spec, frame, width)
    _numbers(paper, spec, frame)
    bottom = frame.bottom + 24
    if spec.x_label:
        middle = (frame.left + frame.right) / 2
        paper.text(middle, bottom + 14, spec.x_label, font_size=SMALL, text_anchor="middle")
        bottom += 20
    if not embedded:
        bottom = _key(paper, spec, width, bottom)
    if caption:
        bottom = paragraph(paper, " ".join([*spec.notes, spec.source]), width, bottom + 8, SMALL, "soft")
    return _root(spec, paper, width, round(bottom + 6), palette, embedded)


def _caption_above(paper: Paper, spec: ChartSpec, width: int) -> float:
    bottom = paragraph(paper, spec.title, width, 4.0, 17, "ink", weight=600)
    bottom = paragraph(paper, spec.sentence, width, bottom + 4, FONT, "soft")
    if spec.caveat:
        bottom = paragraph(paper, spec.caveat, width, bottom + 4, FONT, "ink")
    return bottom + 8


def _legend(paper: Paper, spec: ChartSpec, width: float, top: float) -> None:
    """The names of the series above a narrow plot. The group has a class of its own: it stays in sight when
    the live chart covers the rest."""
    paper.parts.append('<g class="chart-legend">')
    y = top + 12
    for row in legend_rows(spec, width):
        for x, one in row:
            home = one.role == "home"
            dash = _DASHES[one.dash % len(_DASHES)]
            thick = 2.2 if home else 1.6
            paper.line(x, y - 4, x + 20, y - 4, one.colour, stroke_width=thick, stroke_dasharray=dash)
            paper.add("path", d=shape_of(one.marker, x + 10, y - 4, 4.2), fill=paper.paint(one.colour))
            paper.text(x + 26, y, one.label, one.colour, font_weight=600 if home else None)
        y += 20
    if spec.envelope:
        paper.add("rect", x=0.0, y=y - 9, width=20, height=10, fill=paper.paint("soft"), fill_opacity=0.22)
        paper.text(26.0, y, spec.envelope.label, "soft")
    paper.parts.append("</g>")


def _bands(paper: Paper, spec: ChartSpec, frame: Frame, owners: Sequence[str]) -> None:
    colours = {one.place: one.colour for one in spec.series}
    for band in spec.bands:
        start, end = frame.x(band.start), frame.x(band.end)
        if band.series:
            row = owners.index(band.series)
            paper.add("rect", x=start, y=frame.top - 5 * (len(owners) - row), width=end - start, height=3,
                      fill=paper.paint(colours[band.series]), fill_opacity=0.75)  # fmt: skip
            continue
        paper.add("rect", x=start, y=frame.top, width=end - start, height=frame.bottom - frame.top,
                  fill=paper.paint("ink"), fill_opacity=BAND_OPACITY)  # fmt: skip
        label = band.label if band.number is None else str(band.number)
        if band.kind == "designation":
            label = ""
        if label and width_of(label, 11) < end - start + 14:
            paper.text((start + end) / 2, frame.top + 14, label, font_size=11, text_anchor="middle")


def _axes(paper: Paper, spec: ChartSpec, frame: Frame) -> None:
    for tick in spec.y_ticks:
        y = frame.y(tick.at)
        base = tick.at == 0 or tick is spec.y_ticks[0]
        paper.line(frame.left, y, frame.right, y, "axis" if base else "grid", stroke_width=1)
        paper.text(frame.left - 8, y + 4, tick.label, font_size=SMALL, text_anchor="end")
    for tick in spec.x_ticks:
        edge = frame.x(tick.at if tick.edge is None else tick.edge)
        if frame.left - 1 <= edge <= frame.right + 1:
            paper.line(edge, frame.bottom, edge, frame.bottom + 4, "axis", stroke_width=1)
    for tick in ticks_with_room(spec, frame):
        middle = max(frame.x(tick.at), width_of(tick.label, SMALL) / 2)  # nothing is cut off at the left
        paper.text(middle, frame.bottom + 18, tick.label, font_size=SMALL, text_anchor="middle")


def _rules(paper: Paper, spec: ChartSpec, frame: Frame, above: float, narrow: bool) -> None:
    """Baselines (with their words in the key when `narrow`), breaks, and the designation with its words
    `above` pixels over the plot."""
    for rule in spec.rules:
        if rule.axis == "y":
            y = frame.y(rule.at)
            paper.line(frame.left, y, frame.right, y, "soft", stroke_width=1, stroke_dasharray="3 3")
            if not narrow:
                paper.text(frame.right, y - 5, rule.label, font_size=11, text_anchor="end", halo=True)
            continue
        x = frame.x(rule.at)
        if rule.kind == "break":
            paper.line(x, frame.top, x, frame.bottom, "ink", stroke_width=1.2, stroke_dasharray="2 3")
            continue
        paper.line(x, frame.top - above - 6, x, frame.bottom, "ink", stroke_width=1)
        size = width_of(rule.label, SMALL)
        anchor = "start" if x + size < frame.right else "end" if x - size > frame.left else "middle"
        middle = min(max(x, frame.left + size / 2), frame.right - size / 2)
        at = middle if anchor == "middle" else x
        paper.text(at, frame.top - above - 12, rule.label, "ink", font_size=SMALL, text_anchor=anchor)


def _numbered(paper: Paper, x: float, y: float, number: int, *, square: bool = False) -> None:
    """A small number that the key below the chart explains; breaks are square, events round."""
    if square:
        paper.add("rect", x=x - 7, y=y - 7, width=14, height=14, rx=2, fill=paper.paint("ink"))
    else:
        paper.add("circle", cx=x, cy=y, r=7.5, fill=paper.paint("soft"))
    paper.text(x, y + 3.8, str(number), "paper", font_size=10, text_anchor="middle", font_weight=600)


def _numbers(paper: Paper, spec: ChartSpec, frame: Frame) -> None:
    """The numbers of events and breaks along the foot of the plot, moved apart where they would overlap."""
    found = [(frame.x(event.x), event.number, False) for event in spec.events]
    found += [(frame.x(rule.at), rule.number, True) for rule in spec.rules if rule.number is not None]
    last = frame.left - 100.0
    for at, number, is_break in sorted(found):
        x = max(at, last + 17)
        last = x
        if not is_break:
            paper.line(at, frame.bottom - 12, at, frame.bottom, "soft", stroke_width=1)
        _numbered(paper, x, frame.bottom - 16, number, square=is_break)


def draw_envelope(paper: Paper, band: Envelope, frame: Frame) -> None:
    above = [f"{xy(frame.x(x), frame.y(y))}" for x, y in zip(band.x, band.high, strict=True)]
    below = [f"{xy(frame.x(x), frame.y(y))}" for x, y in zip(band.x, band.low, strict=True)]
    paper.add(
        "polygon", points=" ".join([*above, *reversed(below)]), fill=paper.paint("soft"), fill_opacity=0.18
    )
    middle = " ".join(xy(frame.x(x), frame.y(y)) for x, y in zip(band.x, band.middle, strict=True))
    paper.add("polyline", points=middle, fill="none", stroke=paper.paint("soft"), stroke_width=1.2)


def _levels(paper: Paper, spec: ChartSpec, frame: Frame) -> None:
    for level in spec.levels:
        left, right = frame.x(level.start), frame.x(level.end)
        if level.low is not None and level.high is not None:
            top, bottom = max(frame.y(level.high), frame.top), min(frame.y(level.low), frame.bottom)
            paper.add("rect", x=left, y=top, width=right - left, height=bottom - top,
                      fill=paper.paint("home"), fill_opacity=0.14)  # fmt: skip
        y = frame.y(level.middle)
        dash = "6 3" if level.low is not None else None
        paper.line(left, y, right, y, "home", stroke_width=1.2 if dash else 2.0, stroke_dasharray=dash)


def draw_lines(paper: Paper, one: Series, frame: Frame) -> None:
    home = one.role == "home"
    for run in one.paths:
        paper.add(
            "polyline",
            points=" ".join(xy(frame.x(mark.x), frame.y(mark.y)) for mark in run),
            fill="none",
            stroke=paper.paint(one.colour),
            stroke_width=2.4 if home else 1.6,
            stroke_dasharray=_DASHES[one.dash % len(_DASHES)],
            stroke_linejoin="round",
            stroke_linecap="round" if one.dash == 0 else None,
        )


def draw_marks(paper: Paper, one: Series, frame: Frame, tooltips: bool) -> None:
    """The values of a series in its colour: filled, dashed where they ask for care, hollow where they are
    illustrative. Without tooltips each of the three is a single path, which makes the picture several times
    smaller; in a dense series the line tells most of them (`_told_by_line`)."""
    colour = paper.paint(one.colour)
    filled: list[str] = []
    careful: list[str] = []
    hollow: list[str] = []
    dense = len(one.marks) > _DENSE
    on_line = _told_by_line(one, frame) if dense and not tooltips else set()
    paper.parts.append(f'<g fill="{colour}" stroke="{colour}" stroke-width="0.6">')
    for mark in sorted(one.marks, key=lambda mark: mark.shape != "target"):  # a value lies upon its target
        simple = mark.shape == "dot" and mark.low is None and not mark.spread and not mark.muted
        if simple and mark.segment is not None and mark.x in on_line:
            continue
        if simple and not tooltips:
            (hollow if mark.hollow else careful if mark.careful else filled).append(
                _outline(one, mark, frame)
            )
        else:
            _mark(paper, one, mark, frame, tooltips)
    if filled:
        paper.add("path", d="".join(filled))
    if careful:
        paper.add("path", d="".join(careful), **_careful(paper))
    if hollow:
        paper.add("path", d="".join(hollow), fill=paper.paint("paper"), stroke_width=1.7)
    paper.parts.append("</g>")


def _told_by_line(one: Series, frame: Frame) -> set[float]:
    """The values of a dense series that need no mark: filled ones, since the line is drawn through them, and
    of a run that asks for care or is illustrative those between two marks that are `_APART`."""
    found = set()
    for path in one.paths:
        before, last = (False, False), 0.0
        for mark in path:
            grade, x = (mark.hollow, mark.careful), frame.x(mark.x)
            if not any(grade) or (grade == before and x - last < _APART):
                found.add(mark.x)
            else:
                last = x
            before = grade
    return found


def _careful(paper: Paper) -> dict[str, Attribute]:
    return {"fill": paper.paint("paper"), "stroke_width": 1.8, "stroke_dasharray": "2.2 1.6"}


def _outline(one: Series, mark: Mark, frame: Frame) -> str:
    many = len(one.marks) > _DENSE
    size = (2.2 if many else 4.4) if one.role == "home" else (1.8 if many else 3.8)
    return shape_of(one.marker, frame.x(mark.x), frame.y(mark.y), size)


def _mark(paper: Paper, one: Series, mark: Mark, frame: Frame, tooltips: bool) -> None:
    """A value: its interval as a thin bar, its shape, and its words as a tooltip that needs no script."""
    x, y = frame.x(mark.x), frame.y(mark.y)
    opacity = ' opacity="0.6"' if mark.muted else ""
    title = f"<title>{escape(mark.label)}</title>" if tooltips else ""
    paper.parts.append(f"<g{opacity}>{title}")
    if mark.low is not None and mark.high is not None:
        paper.line(x, frame.y(mark.low), x, frame.y(mark.high), one.colour, stroke_width=1.2)
    if mark.spread:
        low, high = frame.x(mark.x - mark.spread), frame.x(mark.x + mark.spread)
        paper.line(max(low, frame.left), y, min(high, frame.right), y, one.colour, stroke_width=1.2)
    hollow: dict[str, Attribute] = {"fill": paper.paint("paper"), "stroke_width": 1.7}
    if mark.shape == "target":
        paper.add("path", d=polygon(x, y, 6.4, 4), **hollow)
    elif mark.shape in ("lower_bound", "upper_bound"):
        tip = y - 15 if mark.shape == "lower_bound" else y + 15
        wing = 4 if mark.shape == "lower_bound" else -4
        paper.line(x - 5, y, x + 5, y, one.colour, stroke_width=2)
        arrow = f"M{xy(x, y)}L{xy(x, tip)}M{xy(x - 4, tip + wing)}L{xy(x, tip)}L{xy(x + 4, tip + wing)}"
        dash = "3 2" if mark.hollow else None
        paper.add("path", d=arrow, fill="none", stroke_width=1.8, stroke_dasharray=dash)
    else:
        style = hollow if mark.hollow else _careful(paper) if mark.careful else {}
        paper.add("path", d=_outline(one, mark, frame), **style)
    paper.parts.append("</g>")


def _value_labels(paper: Paper, spec: ChartSpec, frame: Frame, width: float) -> None:
    """The values of short series beside their marks, where they do not cover one another."""
    taken: list[Box] = []
    for one in spec.series:
        if len(one.marks) > _LABELLED or len(spec.series) > 6 or not one.marked:
            continue
        for mark in one.marks:
            x, y, size = frame.x(mark.x), frame.y(mark.y), width_of(mark.written, SMALL)
            for dx, dy, anchor in _AROUND:
                if (mark.shape == "lower_bound" and dy < 0) or (mark.shape == "upper_bound" and dy > 10):
                    continue
                left = x + dx - {"middle": size / 2, "end": size, "start": 0}[anchor]
                box = (left - 2, y + dy - 11, left + size + 2, y + dy + 3)
                across = frame.left <= box[0] and box[2] <= width
                down = frame.top - 4 <= box[1] and box[3] <= frame.bottom
                if across and down and not any(overlap(box, other) for other in taken):
                    taken.append(box)
                    paper.text(x + dx, y + dy, mark.written, "ink" if one.role == "home" else one.colour,
                               font_size=SMALL, text_anchor=anchor, halo=True)  # fmt: skip
                    break


def _end_labels(paper: Paper, spec: ChartSpec, frame: Frame, width: float) -> None:
    """The name of each series right of its last value, moved apart; a hair line leads to a moved one."""
    ends = []
    for one in spec.series:
        last = (one.realised or one.marks)[-1]
        ends.append((frame.y(last.y), frame.x(last.x), one))
    ends.sort(key=lambda end: end[0])
    placed = moved_apart([y for y, _, _ in ends], _LINE, frame.top + 4, frame.bottom)
    x = frame.right + 12
    room = width - x
    for (y, mark_x, one), label_y in zip(ends, placed, strict=True):
        if abs(label_y - y) > 3 or x - mark_x > 26:
            leader = f"M{xy(mark_x + 7, y)}L{xy(max(x - 8, mark_x + 7), y)}L{xy(x - 3, label_y)}"
            colour = paper.paint(one.colour)
            paper.add("path", d=leader, fill="none", stroke=colour, stroke_width=0.7, stroke_opacity=0.55)
        weight = 600 if one.role == "home" else None
        paper.text(x, label_y + 4, shortened(one.label, room / BOLD, FONT), one.colour, font_weight=weight)


def _key(paper: Paper, spec: ChartSpec, width: float, top: float) -> float:
    """The words of the numbered marks and of the shaded spans; returns where they end."""
    breaks = {rule.number for rule in spec.rules}
    numbered = breaks | {event.number for event in spec.events} | {band.number for band in spec.bands}
    top += 6 if spec.key else 0
    for number, words in enumerate(spec.key, start=1):
        top += 19
        if number in numbered:
            _numbered(paper, 8.0, top - 4, number, square=number in breaks)
        else:
            paper.add(
                "rect", x=1, y=top - 11, width=14, height=14, fill=paper.paint("ink"), fill_opacity=0.14
            )
        top = _indented(paper, words, width, top)
    for rule in spec.rules:
        if rule.axis == "y" and width < NARROWEST_WIDE:
            top += 19
            paper.line(1, top - 4, 17, top - 4, "soft", stroke_width=1, stroke_dasharray="3 3")
            top = _indented(paper, rule.label, width, top)
    if spec.envelope is not None and width >= NARROWEST_WIDE:
        top += 19
        paper.add("rect", x=1, y=top - 11, width=14, height=14, fill=paper.paint("soft"), fill_opacity=0.22)
        top = _indented(paper, spec.envelope.label, width, top)
    return top


def _indented(paper: Paper, words: str, width: float, top: float) -> float:
    lines = textwrap.wrap(words, max(20, int((width - 24) / (SMALL * 0.53))))
    for number, line in enumerate(lines):
        paper.text(24.0, top + number * 16, line, font_size=SMALL)
    return top + (len(lines) - 1) * 16


def _small(spec: ChartSpec, palette: Palette) -> str:
    """A sparkline, 180 × 52: the line, a mark at the latest value, the first and last period in words, or the
    last alone where both are too long."""
    width, height = 180, 52
    paper = Paper(palette)
    one = spec.series[0] if spec.series else None
    if one is None or not one.marks:
        paper.line(4, 30, width - 4, 30, "axis", stroke_width=1, stroke_dasharray="2 4")
        return _root(spec, paper, width, height, palette)
    xs = [mark.x for mark in one.marks]
    low, high = min(xs), max(xs)
    if low == high:
        low, high = low - 1, high + 1
    frame = Frame(8, 8, width - 8, 36, (low, high), spec.y_range)
    paper.line(4, 40, width - 4, 40, "grid", stroke_width=1)
    draw_lines(paper, one, frame)
    latest = (one.realised or one.marks)[-1]
    on_line = {id(mark) for run in one.paths for mark in run}
    shown = [m for m in one.marks if id(m) not in on_line or m is latest or m.shape != "dot"]
    draw_marks(paper, replace(one, marks=tuple(shown)), frame, tooltips=True)
    first, last = one.marks[0].when, one.marks[-1].when
    if len(one.marks) == 1:
        paper.text(width / 2, 51, last, font_size=10, text_anchor="middle")
    else:
        if width_of(first, 10) + width_of(last, 10) < width - 20:
            paper.text(4.0, 51, first, font_size=10)
        paper.text(width - 4.0, 51, last, font_size=10, text_anchor="end")
    return _root(spec, paper, width, height, palette)
