"""The chart element: the server's SVG at once, Plotly when somebody looks closer.

A Components v2 element and not `st.html`, which strips SVG (its sanitiser knows HTML only), and not
`st.plotly_chart`, which loads 4.7 MB before anything is seen.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from streamlit.components.v2.types import ComponentRenderer

from dashboard.charts.layout import NARROW, WIDE
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.plotly import configuration, figure, narrow_layout
from dashboard.charts.spec import ChartSpec
from dashboard.charts.svg import STYLE, embedded_svg, svg
from dashboard.i18n import Translator
from dashboard.ui.own_element import ASSETS, ASSETS_ADDRESS, renderer


def draw(spec: ChartSpec, t: Translator, key: str) -> None:
    """A chart that comes alive under pointer, finger or keyboard focus; `key` is unique on its page."""
    draw_data(element_data(spec, t), key)


def draw_data(data: Mapping[str, Any], key: str) -> None:
    """The same from data made before (`element_data`), so that a rerun does not make it anew."""
    _renderer()(key=key, data=data)


def draw_markup(markup: str, key: str) -> None:
    """Server-made HTML that holds SVG, still. The caller has escaped every word of the data in it."""
    identity = hashlib.sha256(markup.encode()).hexdigest()[:16]
    _renderer()(key=key, data={"id": identity, "markup": markup})


def draw_small(spec: ChartSpec, key: str) -> None:
    """A sparkline, or any chart without interaction."""
    draw_markup(f'<div class="chart-small">{svg(spec)}</div>', key)


def element_data(spec: ChartSpec, t: Translator) -> dict[str, Any]:
    """What the script in `assets/chart.js` is given: finished markup, the figure, where Plotly lies."""
    if spec.small or spec.empty:
        markup = svg(spec)
        return {"id": hashlib.sha256(markup.encode()).hexdigest()[:16], "markup": markup}
    drawn = figure(spec)
    still = {"wide": embedded_svg(spec, WIDE), "narrow": embedded_svg(spec, NARROW)}
    markup = _markup(spec, t, still["wide"])
    identity = hashlib.sha256(json.dumps([markup, still, drawn]).encode()).hexdigest()[:16]
    return {
        "id": identity,
        "markup": markup,
        "still": still,
        "figure": drawn,
        "narrow": narrow_layout(spec),
        "recolour": {LIGHT[role]: DARK[role] for role in LIGHT},
        "configuration": configuration(t),
        "script": script(),
    }


def _markup(spec: ChartSpec, t: Translator, picture: str) -> str:
    """Room for the still picture, of which the script puts in the layout that fits, room for the live one,
    and the key."""
    identity = hashlib.sha256(picture.encode()).hexdigest()[:10]
    return (
        f'<figure tabindex="0" role="group" aria-label="{escape(spec.title)}" aria-describedby="h{identity}">'
        f'<div class="chart-still"></div><div class="chart-live" hidden></div></figure>{_key(spec)}'
        f'<p class="chart-hint" id="h{identity}">{escape(t("chart.interactive"))}</p>'
        f'<p class="chart-said" aria-live="polite"></p>'
        f'<p class="chart-failed" role="status" hidden>{escape(t("chart.failed"))}</p>'
    )


def _key(spec: ChartSpec) -> str:
    """What the numbers and shades in the picture mean, as a list under it."""
    breaks = {rule.number for rule in spec.rules}
    numbered = breaks | {event.number for event in spec.events} | {band.number for band in spec.bands}
    lines = []
    for number, words in enumerate(spec.key, start=1):
        if number in numbered:
            kind = ' class="break"' if number in breaks else ""
            sign = f"<span{kind}><b>{number}</b></span>"
        else:
            sign = '<span class="shade"></span>'
        lines.append(f"<li>{sign}{escape(words)}</li>")
    lines += [
        f'<li class="chart-narrow"><span class="line"></span>{escape(rule.label)}</li>'
        for rule in spec.rules
        if rule.axis == "y"
    ]
    return f'<ul class="chart-key">{"".join(lines)}</ul>' if lines else ""


@cache
def script() -> Mapping[str, str]:
    """Address (relative to the element's own script) and subresource integrity of the Plotly bundle."""
    with (ASSETS / "vendored.toml").open("rb") as file:
        vendored = tomllib.load(file)["plotly"]
    digest = base64.b64encode(bytes.fromhex(vendored["sha256"])).decode()
    # The element's script lies three levels down: /_stcore/bidi-components/dashboard.chart/chart.js.
    return {"address": f"../../..{ASSETS_ADDRESS}/{vendored['file']}", "integrity": f"sha256-{digest}"}


def _renderer() -> ComponentRenderer:
    return renderer("dashboard", "chart", STYLE)
