"""The pack as a PDF for print and for screen readers: A4, tagged (PDF/UA-1), real text, vector charts.

Set by typst with the fonts that it brings along, so that every server gives the same bytes, without a
browser and without a network. The layout is templates/pack.typ. Nothing of the pack ever becomes
markup: its words go in as a JSON file that the template reads, its charts as SVG files beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.charts.spec import ChartSpec
from dashboard.charts.svg import svg
from dashboard.reports.briefing import Briefing, as_content
from dashboard.reports.chart_key import Entry, own_breaks, shared_key
from dashboard.reports.counting import stand_in
from dashboard.reports.matrix_code import code_svg

_TEMPLATE = Path(__file__).with_name("templates") / "pack.typ"
_FONT = "Libertinus Serif"
_CHART_WIDTH, _PLOT_HEIGHT = 300, 122
"""Pixels: at the template's width of a chart a pixel is 0.21 mm, and its words are about seven points."""

PAGES = 4
_SCALES = (1.0, 0.95, 0.9, 0.88)
"""Nothing is set smaller than this: the words of a table would be under seven points."""
_SAVED = 2
"""More pages than this the smallest scale does not save, so it is not tried."""

_UNFILLED = 1.5
"""Pages of a language that are empty at the full size, at most: what is left over before the next claim."""

_LANE = 26
"""Pixels below the values for the numbers of events, which would cover values in a plot so low."""

_LONGEST_WORD = 28
"""What is longer may be broken anywhere: an address or a run of letters no dictionary divides."""

_LONGEST_PHRASE = 18
"""A value kept on one line by fixed spaces may be broken at them when it is longer."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf(briefing: Briefing) -> bytes:
    """The whole pack as a tagged PDF; the same briefing gives the same bytes.

    A pack of more than `PAGES` pages is set a step or two smaller if that brings it down to them. A character
    that none of the fonts has (an emoji, say) is printed as its code point, [U+1F600]: it is never dropped in
    silence.
    """
    import typst  # one of the larger libraries, wanted by few processes

    scale, files = _scaled(briefing)
    made = datetime.combine(briefing.made, time(), UTC)
    while True:
        try:
            written: bytes = typst.compile(
                files, format="pdf", pdf_standards=["ua-1"], timestamp=made, **_given(scale)
            )
            return written
        except typst.TypstError as error:
            unshown = _characters(error.diagnostic)
            replaced = {name: _without(content, unshown) for name, content in files.items()}
            if replaced == files:
                raise
            files = replaced


def _scaled(briefing: Briefing) -> tuple[float, Any]:
    """The largest scale at which the pack has at most `PAGES` pages and no claim leaves a few lines to the
    next one; else the largest with so few pages, else the full size; and the files at it."""
    count = len(briefing.languages)
    most, full = PAGES * count, 0
    found: tuple[float, Any] | None = None
    for scale in _SCALES:
        if (full - _UNFILLED * count) * scale**2 > most:
            continue  # each layout takes half a second
        files = _files(briefing, scale)
        pages, torn = _pages(scale, files)
        full = full or pages
        if pages <= most and not torn:
            return scale, files
        if found is None and (pages <= most or pages > most + _SAVED * count):
            found = scale, files
        if pages > most + _SAVED * count:
            break
    return found or (_SCALES[0], _files(briefing, _SCALES[0]))


def _pages(scale: float, files: Any) -> tuple[int, int]:
    """How many pages the pack has at a scale, and how many claims leave a remnant to the next page. The
    layout is kept by typst and not made again for the file."""
    import typst

    pages, torn = json.loads(typst.query(files, "<pages>", field="value", one=True, **_given(scale)))
    return pages, torn


def _given(scale: float) -> dict[str, Any]:
    return {"ignore_system_fonts": True, "sys_inputs": {"scale": str(scale)}}


def _files(briefing: Briefing, scale: float) -> Any:
    """What the template reads, by name: itself, the words, and a picture for each chart."""
    files: dict[str, bytes] = {}
    packs = []
    for part in briefing.languages:
        charts, key = shared_key(part.charts)
        begin = f"{part.language}-"
        files |= {f"{begin}{number}.svg": _picture(chart, scale) for number, chart in enumerate(charts)}
        packs.append(_words(part, charts, key, begin))
        if part.link:
            files[f"{begin}code.svg"] = code_svg(part.link).encode()
    made = briefing.made
    about = {
        "packs": packs, "made": [made.year, made.month, made.day],
        "document_title": _CONTROL.sub("", briefing.title),
    }  # fmt: skip
    files["briefing.json"] = json.dumps(about, ensure_ascii=False).encode()
    return {"main": _template(), **files}


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def _picture(chart: ChartSpec, scale: float) -> bytes:
    """The chart as SVG in the font of the page; its plot is lower where the words are smaller."""
    height = round(_PLOT_HEIGHT * scale**2)
    if chart.events or any(rule.kind == "break" for rule in chart.rules):
        low, high = chart.y_range
        chart = replace(chart, y_range=(low - (high - low) * _LANE / (height - _LANE), high))
    drawn = svg(chart, width=_CHART_WIDTH, palette="print", plot_height=height)
    return _CONTROL.sub("", drawn.replace("var(--st-font, system-ui), sans-serif", _FONT)).encode()


def _words(
    briefing: Briefing, charts: tuple[ChartSpec, ...], key: tuple[Entry, ...], begin: str
) -> dict[str, Any]:
    content = as_content(replace(briefing, translation=None))
    number = 0
    for section in content["sections"]:
        count = len(section["charts"])
        section["charts"] = [
            {
                "file": f"{begin}{at}.svg",
                "alternative": charts[at].alternative,
                "sentence": charts[at].sentence,
                "notes": [charts[at].caveat, *charts[at].notes, charts[at].source],
                "breaks": [asdict(entry) for entry in own_breaks(charts[at], key)],
            }
            for at in range(number, number + count)
        ]
        number += count
    content["key"] = [asdict(entry) for entry in key]
    content["link"] = briefing.link
    laid: dict[str, Any] = _breakable(content)
    return laid | {"code_file": f"{begin}code.svg"}


def _breakable(content: Any) -> Any:
    """The same content whose texts can be broken into the lines of a narrow column."""
    if isinstance(content, str):
        return " ".join(map(_divided, _CONTROL.sub("", content).split(" ")))
    if isinstance(content, Mapping):
        return {name: _breakable(part) for name, part in content.items()}
    return [_breakable(part) for part in content] if isinstance(content, list) else content


def _divided(phrase: str) -> str:
    """What stands between two spaces: fixed spaces only hold together what is short, and a long word may be
    broken after its signs, or anywhere."""
    if "\xa0" in phrase:
        parts = map(_divided, phrase.split("\xa0"))
        return (" " if len(phrase) > _LONGEST_PHRASE else "\xa0").join(parts)
    if len(phrase) <= _LONGEST_WORD:
        return phrase
    # A zero-width space is a place to break that leaves no mark in the text.
    return "\u200b".join(re.findall(r"[^/._?&=-]{1,12}[/._?&=-]*|[/._?&=-]+", phrase))


def _characters(diagnostic: str) -> set[str]:
    """The characters that a message of typst says no font has."""
    quoted = "".join(_UNSHOWN.findall(diagnostic))
    return {*_ESCAPED.sub(lambda found: chr(int(found[1], 16)), quoted)} - {*" \\"}


def _without(content: bytes, unshown: set[str]) -> bytes:
    if content is _template():
        return content
    return content.decode().translate({ord(one): stand_in(one) for one in unshown}).encode()
