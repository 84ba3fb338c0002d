"""The frozen pack for the big screen: one message a slide, in finished HTML that everything is escaped in.

Where a claim has no chart its figures stand as a list. What does not fit one message (tables, sources, what
speaks against in full) is in the pack itself, to which the last slide leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from dashboard.charts.spec import ChartSpec
from dashboard.charts.svg import svg
from dashboard.reports.briefing import Briefing, Changed, Section, Statement
from dashboard.reports.matrix_code import code_svg

_CHART_WIDTH, _PLOT_HEIGHT = 480, 190
"""Pixels: shown twice to four times as large, so the words of a chart can be read from the back row."""
_FIXED = "\xa0"
"""A value so large may break between its number and its unit."""
_CHANGES = 6
"""So many changes can be read at a glance; how many more there are is said."""


def presentation(b: Briefing) -> tuple[str, ...]:
    """The slides in their order, each the inside of one; each has exactly one heading."""
    return tuple(_slides(b))


def _slides(b: Briefing) -> Iterator[str]:
    words = b.labels
    as_at, code = f"{words['as_at']} {b.as_at}", f"{words['code']} {b.code}"
    marked = _line(b.notice, "deck-mark")
    yield f'<div class="deck-cover"><h2>{escape(b.title)}</h2>{_line(as_at)}{marked}</div>'
    for one in b.headlines:
        yield _headline(one, b)
    if not b.headlines:
        yield _titled(words["headlines"], _line(words["nothing"]))
    yield _titled(words["claims"], _verdicts(b.sections))
    if b.changed:
        yield _titled(words["changed"], _changes(b.changed))
    for section in b.sections:
        yield _claim(section, b)
        if section.analysis.strip() or section.recommendation.strip():
            yield _story(section, b)
    yield _titled(words["caveats"], _list(b.caveats))
    if b.left_out:
        yield _titled(words["left_out"], _list(b.left_out))
    if b.link:
        yield _titled(
            words.get("open", words["code"]),
            f'<div class="deck-way-back">{code_svg(b.link)}'
            f"<div>{_line(b.link, 'deck-address')}{_line(code)}</div></div>",
        )


def _headline(one: Statement, b: Briefing) -> str:
    sure = f"{b.labels['sure']} {one.sure} · {one.source}"
    return (
        f'<p class="deck-over">{escape(b.labels["headlines"])}</p><div class="deck-headline">'
        f'<h2 class="deck-named">{escape(one.name)}, {escape(one.period)}</h2>'
        f'<p class="deck-value">{escape(one.value.replace(_FIXED, " "))}</p>{_line(one.words, "deck-words")}'
        f"{_line(one.compared)}{_line(sure, 'deck-small')}{_line(one.caveat, 'deck-caveat')}</div>"
    )


def _claim(section: Section, b: Briefing) -> str:
    chart = next((one for one in section.charts if not one.empty), None)
    if chart is not None:
        drawn = svg(_bare(chart), width=_CHART_WIDTH, palette="light", plot_height=_PLOT_HEIGHT)
        shown = (
            f'<figure class="deck-drawn">{drawn}<figcaption>{_line(chart.title, "deck-words")}'
            f"{_line(chart.sentence)}{_breaks(chart)}{_line(chart.caveat, 'deck-caveat')}"
            f"{_line(chart.source, 'deck-small')}"
            "</figcaption></figure>"
        )
    elif section.statements:
        shown = _list(f"{one.name}, {one.period}: {one.value}" for one in section.statements)
    else:
        shown = _line(b.labels["nothing"], "deck-words")
    return _titled(
        f"{section.number}. {section.name}",
        f'<p class="deck-verdict {section.verdict}"><b>{escape(section.verdict_words)}</b> '
        f'<span class="deck-small">{escape(section.verdict_reason)}</span></p>{shown}',
    )


def _bare(chart: ChartSpec) -> ChartSpec:
    """The chart without its list of events, which nobody reads from the back row: the pack has it."""
    return replace(
        chart, events=(), key=(), rules=tuple(replace(rule, number=None) for rule in chart.rules),
        bands=tuple(replace(band, number=None) for band in chart.bands),
    )  # fmt: skip


def _breaks(chart: ChartSpec) -> str:
    """What stops the series being comparable with itself stays in words."""
    numbers = [rule.number for rule in chart.rules if rule.kind == "break" and rule.number is not None]
    return "".join(_line(chart.key[number - 1]) for number in numbers)


def _story(section: Section, b: Briefing) -> str:
    words = b.labels
    parts = "".join(_line(part) for part in section.analysis.split("\n") if part.strip())
    if section.recommendation.strip():
        parts += (
            f'<p class="deck-words"><b>{escape(words["recommendation"])}:</b> '
            f"{escape(section.recommendation.strip())}</p>"
        )
    title = words["analysis" if section.analysis.strip() else "recommendation"]
    return _titled(f"{section.number}. {section.name}", f'<p class="deck-over">{escape(title)}</p>{parts}')


def _verdicts(sections: Iterable[Section]) -> str:
    inner = "".join(
        f'<li class="deck-verdict {one.verdict}">{one.number}. {escape(one.name)}'
        f"<br><b>{escape(one.verdict_words)}</b></li>"
        for one in sections
    )
    return f'<ul class="deck-verdicts">{inner}</ul>'


def _changes(changed: tuple[Changed, ...]) -> str:
    lines = [
        f"{one.name}: {' → '.join(filter(None, (one.before, one.after)))} ({one.words})"
        for one in changed[:_CHANGES]
    ]
    more = len(changed) - _CHANGES
    return _list([*lines, *([f"+ {more}"] if more > 0 else [])])


def _titled(title: str, inner: str) -> str:
    return f"<h2>{escape(title)}</h2>{inner}"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _line(text: str, kind: str = "") -> str:
    if not text.strip():
        return ""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"
