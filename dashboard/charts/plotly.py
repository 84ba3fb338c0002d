"""`ChartSpec` → a Plotly figure as a plain dictionary: the live chart of the screen.

A dictionary and not `plotly.graph_objects`: it is made in half a millisecond and needs no import; a test
has `graph_objects` check it. Colours are explicit (Streamlit's theme does not reach such figures), every
hover text is the mark's own label, and the locale is given inline, since Plotly ships only English.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.charts.drawing import Frame, moved_apart, shortened
from dashboard.charts.layout import BOLD, FONT, NARROW, SMALL, WIDE, named, plot_frame, ticks_with_room
from dashboard.charts.palette import BAND_OPACITY, PALETTES, Theme
from dashboard.charts.spec import ChartSpec, Mark, Rule, Series
from dashboard.i18n import Translator

_SYMBOLS = ("circle", "square", "cross", "pentagon", "x", "hexagon")
_DASHES = ("solid", "7px,4px", "2px,4px", "9px,4px,2px,4px", "12px,5px", "4px,3px")


def figure(spec: ChartSpec, theme: Theme = "light") -> dict[str, Any]:
    """``{"data": …, "layout": …}`` of a chart that is not small, in the colours of `theme`.

    The layout's margins are those of the wide SVG, so that nothing moves when the chart comes alive;
    `narrow_layout` has what differs on a telephone.
    """
    colours = PALETTES[theme]
    data = [trace for one in spec.series for trace in _traces(spec, one, colours)]
    if spec.envelope:
        data = [*_envelope_traces(spec, colours), *data]
    return {"data": data, "layout": _layout(spec, colours)}


def narrow_layout(spec: ChartSpec) -> dict[str, Any]:
    """Changes to the layout for a narrow screen, by their paths: margins and fewer ticks. Annotations named
    ``end`` and ``baseline`` are left out there; the names stand above the plot and in the key."""
    frame = plot_frame(spec, NARROW)
    return {"margin": _margin(spec, frame, NARROW), "xaxis": _ticks(spec, frame)}


def configuration(t: Translator) -> dict[str, Any]:
    """Plotly's configuration with the language's months, numbers and tool names inline."""
    words = {
        "Download plot as a PNG": t("chart.tool.download"),
        "Reset axes": t("chart.tool.reset"),
        "Zoom": t("chart.tool.zoom"),
        "Pan": t("chart.tool.pan"),
        "Double-click to zoom back out": t("chart.tool.zoom_out"),
    }
    names = {
        "months": [t.locale.months["format"]["wide"][m] for m in range(1, 13)],
        "shortMonths": [t.locale.months["format"]["abbreviated"][m] for m in range(1, 13)],
        # Babel counts from Monday, Plotly from Sunday.
        "days": [t.locale.days["format"]["wide"][d] for d in (6, 0, 1, 2, 3, 4, 5)],
        "shortDays": [t.locale.days["format"]["abbreviated"][d] for d in (6, 0, 1, 2, 3, 4, 5)],
        "date": "%d.%m.%Y" if t.language == "da" else "%d/%m/%Y",
        "decimal": t.locale.number_symbols["latn"]["decimal"],
        "thousands": t.locale.number_symbols["latn"]["group"],
    }
    return {
        "locale": t.language,
        "locales": {t.language: {"dictionary": words, "format": names}},
        "displaylogo": False,
        "responsive": True,
        "modeBarButtons": [["zoom2d", "pan2d", "resetScale2d", "toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 2},
    }


def _at(spec: ChartSpec, x: float) -> float | str:
    """A horizontal position as Plotly reads it: an ISO date or a number of months."""
    return date.fromordinal(int(x)).isoformat() if spec.axis == "calendar" else x


def _margin(spec: ChartSpec, frame: Frame, width: float) -> dict[str, int]:
    below = 50 if spec.x_label else 30
    return {"l": int(frame.left), "r": int(width - frame.right), "t": int(frame.top), "b": below}


def _ticks(spec: ChartSpec, frame: Frame) -> dict[str, Any]:
    shown = ticks_with_room(spec, frame)
    return {"tickvals": [_at(spec, tick.at) for tick in shown], "ticktext": [tick.label for tick in shown]}


def _symbol(one: Series, mark: Mark) -> str:
    names = {"target": "diamond", "lower_bound": "arrow-up", "upper_bound": "arrow-down"}
    name = names.get(mark.shape, _SYMBOLS[one.marker % len(_SYMBOLS)])
    if mark.careful and mark.shape == "dot":
        return f"{name}-open-dot"  # Plotly has no dashed marks
    return f"{name}-open" if mark.hollow or mark.shape == "target" else name


def _traces(spec: ChartSpec, one: Series, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """The runs of a series as lines, then all its marks; both shown and hidden together by the legend."""
    colour, home = colours[one.colour], one.role == "home"
    shared = {"type": "scatter", "name": _plain(one.label), "legendgroup": one.key}
    dash = _DASHES[one.dash % len(_DASHES)]
    lines = [
        {
            **shared,
            "mode": "lines",
            "x": [_at(spec, mark.x) for mark in run],
            "y": [mark.y for mark in run],
            "line": {"color": colour, "width": 2.4 if home else 1.6, "dash": dash},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for run in one.paths
    ]
    small = len(one.marks) > 60
    size = (4 if small else 9) if home else (3 if small else 8)
    marks = {
        **shared,
        "mode": "markers",
        "x": [_at(spec, mark.x) for mark in one.marks],
        "y": [mark.y for mark in one.marks],
        "hovertext": [_hover(mark) for mark in one.marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": colour,
            "symbol": _short([_symbol(one, mark) for mark in one.marks]),
            "size": _short([size if mark.shape == "dot" else 12 for mark in one.marks]),
            # Without marks the line is what is seen, and its points still answer the pointer.
            "opacity": _short([0.6 if mark.muted else 1.0 for mark in one.marks]) if one.marked else 0.0,
            "line": {"color": colour, "width": 1.7},
        },
        "showlegend": True,
    }
    if any(mark.low is not None for mark in one.marks):
        marks["error_y"] = _interval(one.marks, colour)
    if any(mark.spread for mark in one.marks):
        marks["error_x"] = _error_bar(colour) | {"array": [mark.spread for mark in one.marks]}
    return [*lines, marks]


def _short(values: list[Any]) -> Any:
    """One value where all are alike."""
    return values[0] if len(set(values)) == 1 else values


def _error_bar(colour: str) -> dict[str, Any]:
    return {"type": "data", "color": colour, "thickness": 1.2, "width": 0}


def _interval(marks: Sequence[Mark], colour: str) -> dict[str, Any]:
    return _error_bar(colour) | {
        "symmetric": False,
        "array": [0.0 if mark.high is None else mark.high - mark.y for mark in marks],
        "arrayminus": [0.0 if mark.low is None else mark.y - mark.low for mark in marks],
    }


def _envelope_traces(spec: ChartSpec, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    if spec.envelope is None:
        return []
    band = spec.envelope
    xs = [_at(spec, x) for x in band.x]
    shared = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "legendgroup": "envelope"}
    area = {
        **shared,
        "x": [*xs, *reversed(xs)],
        "y": [*band.high, *reversed(band.low)],
        "fill": "toself",
        "fillcolor": colours["soft"],
        "opacity": 0.18,
        "line": {"width": 0},
        "name": _plain(band.label),
        "showlegend": True,
    }
    middle = {
        **shared,
        "x": xs,
        "y": list(band.middle),
        "line": {"color": colours["soft"], "width": 1.2},
        "showlegend": False,
    }
    return [area, middle]


def _layout(spec: ChartSpec, colours: Mapping[str, str]) -> dict[str, Any]:
    frame = plot_frame(spec, WIDE)
    calendar = spec.axis == "calendar"
    small = {"size": SMALL, "color": colours["soft"]}
    return {
        "font": {"size": FONT, "color": colours["ink"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": _margin(spec, frame, WIDE),
        "showlegend": False,
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": colours["soft"],
            "activecolor": colours["ink"],
        },
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours["paper"],
            "bordercolor": colours["axis"],
            "font": {"size": FONT, "color": colours["ink"]},
            "align": "left",
        },
        "dragmode": "zoom",
        "separators": ",." if spec.language == "da" else ".,",
        "xaxis": {
            "type": "date" if calendar else "linear",
            "range": [_at(spec, x) for x in spec.x_range],
            "tickmode": "array",
            **_ticks(spec, frame),
            "tickangle": 0,
            "tickfont": small,
            "showgrid": False,
            "zeroline": False,
            "linecolor": colours["axis"],
            "title": {"text": spec.x_label, "font": small},
        },
        "yaxis": {
            "range": list(spec.y_range),
            "tickmode": "array",
            "tickvals": [tick.at for tick in spec.y_ticks],
            "ticktext": [tick.label for tick in spec.y_ticks],
            "tickfont": small,
            "gridcolor": colours["grid"],
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [
            *_band_shapes(spec, colours),
            *_level_shapes(spec, colours),
            *(_rule_shape(spec, rule, colours) for rule in spec.rules),
        ],
        "annotations": [*_words(spec, frame, colours), *_end_words(spec, frame, colours)],
    }


def _band_shapes(spec: ChartSpec, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """Spans behind the plot; those of one place are strips in its colour along the top."""
    owners = {one.place: one.colour for one in spec.series}
    rows = list(
        dict.fromkeys(one.place for one in spec.series if any(b.series == one.place for b in spec.bands))
    )
    shapes = []
    for band in spec.bands:
        low, high, colour, opacity = 0.0, 1.0, colours["ink"], BAND_OPACITY
        if band.series:
            # Strips are 3 pixels high and 5 apart, above a plot of 300.
            low = 1 + 5 * (len(rows) - rows.index(band.series)) / 300 - 0.01
            high, colour, opacity = low + 0.01, colours[owners[band.series]], 0.75
        shapes.append(
            {
                "type": "rect", "layer": "below", "xref": "x", "yref": "paper", "line": {"width": 0},
                "x0": _at(spec, band.start), "x1": _at(spec, band.end), "y0": low, "y1": high,
                "fillcolor": colour, "opacity": opacity,
            }
        )  # fmt: skip
    return shapes


def _level_shapes(spec: ChartSpec, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = []
    for level in spec.levels:
        across = {"xref": "x", "yref": "y", "x0": _at(spec, level.start), "x1": _at(spec, level.end)}
        shaded = level.low is not None and level.high is not None
        if shaded:
            shapes.append(
                {**across, "type": "rect", "layer": "below", "y0": level.low, "y1": level.high,
                 "fillcolor": colours["home"], "opacity": 0.14, "line": {"width": 0}}
            )  # fmt: skip
        line = {"color": colours["home"], "width": 1.2 if shaded else 2.0}
        dashed = {"dash": "6px,3px"} if shaded else {}
        shapes.append(
            {**across, "type": "line", "y0": level.middle, "y1": level.middle, "line": line | dashed}
        )
    return shapes


def _rule_shape(spec: ChartSpec, rule: Rule, colours: Mapping[str, str]) -> dict[str, Any]:
    if rule.axis == "y":
        return {
            "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": rule.at, "y1": rule.at,
            "line": {"color": colours["soft"], "width": 1, "dash": "3px,3px"},
        }  # fmt: skip
    dash = "2px,3px" if rule.kind == "break" else "solid"
    return {
        "type": "line", "xref": "x", "yref": "paper", "x0": _at(spec, rule.at), "x1": _at(spec, rule.at),
        "y0": 0, "y1": 1, "line": {"color": colours["ink"], "width": 1, "dash": dash},
    }  # fmt: skip


def _words(spec: ChartSpec, frame: Frame, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """The unit, the mark of invented figures, the words of rules and bands, the numbers of events."""
    small = {"size": SMALL, "color": colours["soft"]}
    strong = {"size": SMALL, "color": colours["ink"]}
    plain = {"showarrow": False, "xref": "paper", "yref": "paper"}
    above = int(frame.top) - 26
    left = {"xanchor": "left", "yanchor": "bottom", "y": 1, "yshift": above}
    # The mark keeps clear of Plotly's four buttons, which come in the upper right corner.
    room = min(0, int(WIDE - frame.right) - 130)
    made: list[dict[str, Any]] = [
        {**plain, **left, "x": 0, "xshift": -int(frame.left), "text": _plain(spec.y_label), "font": small},
        {
            **plain,
            **left,
            "x": 1,
            "xanchor": "right",
            "xshift": room,
            "text": f"<b>{_plain(spec.mark)}</b>",
            "font": strong,
        },
    ]
    made = [one for one in made if one["text"] not in ("", "<b></b>")]
    for rule in spec.rules:
        if rule.axis == "y":
            made.append(
                {**plain, "name": "baseline", "x": 1, "xanchor": "right", "yref": "y", "y": rule.at,
                 "yanchor": "bottom", "text": _plain(rule.label), "font": {**small, "size": 11}}
            )  # fmt: skip
        elif rule.kind == "designation":
            lift = 4 + 5 * len({band.series for band in spec.bands if band.series})
            side = "left" if frame.x(rule.at) < (frame.left + frame.right) * 0.6 else "right"
            made.append(
                {**plain, "xref": "x", "x": _at(spec, rule.at), "xanchor": side, "y": 1, "yanchor": "bottom",
                 "yshift": lift, "text": _plain(rule.label), "font": strong}
            )  # fmt: skip
    for level in spec.levels:
        if level.name and level.low is not None:
            made.append(
                {**plain, "xref": "x", "x": _at(spec, level.start), "xanchor": "left", "yref": "y",
                 "y": level.low, "yanchor": "top", "text": _plain(level.name),
                 "font": {"size": 11, "color": colours["home"]}}
            )  # fmt: skip
    for band in spec.bands:
        if not band.series and band.kind != "designation":
            label = band.label if band.number is None else str(band.number)
            made.append(
                {**plain, "xref": "x", "x": _at(spec, (band.start + band.end) / 2), "y": 1, "yanchor": "top",
                 "text": _plain(label), "hovertext": _plain(band.label), "font": {**small, "size": 11}}
            )  # fmt: skip
    numbers = [(event.x, event.number, event.label, "soft") for event in spec.events]
    numbers += [(rule.at, rule.number, rule.label, "ink") for rule in spec.rules if rule.number is not None]
    for x, number, label, role in numbers:
        made.append(
            {**plain, "xref": "x", "x": _at(spec, x), "y": 0, "yanchor": "bottom", "yshift": 8,
             "text": f"<b>{number}</b>", "hovertext": _plain(label), "bgcolor": colours[role],
             "borderpad": 2, "font": {"size": 10, "color": colours["paper"]}}
        )  # fmt: skip
    return made


def _end_words(spec: ChartSpec, frame: Frame, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """The names at the right edge, beside the last value of each line, moved apart as in the SVG."""
    if not named(spec):
        return []
    ends = sorted(
        ((frame.y((one.realised or one.marks)[-1].y), one) for one in spec.series), key=lambda e: e[0]
    )
    placed = moved_apart([y for y, _ in ends], 17, frame.top + 4, frame.bottom)
    height = frame.bottom - frame.top
    made = []
    for (_, one), y in zip(ends, placed, strict=True):
        label = _plain(shortened(one.label, (WIDE - frame.right - 12) / BOLD, FONT))
        made.append(
            {
                "name": "end", "showarrow": False, "xref": "paper", "yref": "paper", "x": 1,
                "xanchor": "left", "xshift": 8, "y": (frame.bottom - y) / height, "yanchor": "middle",
                "text": f"<b>{label}</b>" if one.role == "home" else label,
                "font": {"size": FONT, "color": colours[one.colour]},
            }
        )  # fmt: skip
    return made


def _hover(mark: Mark) -> str:
    """The mark's label on two lines: where and when, then the value."""
    head, _, value = mark.label.partition(f", {mark.when}: ")
    return f"{_plain(head)}, {_plain(mark.when)}<br><b>{_plain(value)}</b>" if value else _plain(mark.label)


def _plain(words: str) -> str:
    """Words that Plotly must not read as markup: it knows a few tags and entities."""
    return html.escape(words, quote=False)
