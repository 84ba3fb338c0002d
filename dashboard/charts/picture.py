"""The SVG around a drawing that is no chart: accessible, and light or dark with the page it stands on."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

from dashboard.charts.drawing import Paper, written
from dashboard.charts.layout import FONT


def picture(paper: Paper, width: float, height: float, title: str, alternative: str, language: str) -> str:
    """A drawing on a page that has `charts.svg.STYLE`."""
    digest = hashlib.sha256(f"{title}{alternative}{width}".encode()).hexdigest()[:10]
    across, down = written(width), written(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" lang="{language}" '
        f'viewBox="0 0 {across} {down}" width="{across}" height="{down}" '
        f'font-family="var(--st-font, system-ui), sans-serif" font-size="{FONT}" '
        f'aria-labelledby="t{digest} d{digest}"><title id="t{digest}">{escape(title)}</title>'
        f'<desc id="d{digest}">{escape(alternative)}</desc>{"".join(paper.parts)}</svg>'
    )
