"""Small pieces of finished HTML. Every word is escaped here, so no caller can forget it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape

_ADDRESS = re.compile(r"""https?://[^\s<>"]*[^\s<>".,;:!?)\]]""")
"""A web address without the punctuation that follows it; some papers have a semicolon inside theirs."""


_LONG = 40
"""From this many characters on, a cell is a sentence and not a figure."""


def paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def picture(svg: str, alternative: str) -> str:
    """A server-made SVG as a picture: complete without any script, and still inside the page's own policy."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alternative)}">'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, as a definition list; pairs without a value are left out."""
    inner = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs if value)
    return f'<dl class="facts">{inner}</dl>' if inner else ""


def items(lines: Iterable[str]) -> str:
    inner = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{inner}</ul>" if inner else ""


def links(anchors: Iterable[str], beside: bool = False) -> str:
    """A list of finished links, under each other or beside each other."""
    inner = "".join(f"<li>{anchor}</li>" for anchor in anchors)
    return f'<ul class="links{" row" if beside else ""}">{inner}</ul>' if inner else ""


def tags(words: Iterable[str]) -> str:
    return "".join(f'<span class="tag">{escape(word)}</span>' for word in words if word)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str = "",
    numbers: Sequence[int] = (),
    chosen: Sequence[int] = (),
    linked: Sequence[int] = (),
    called: str = "",
) -> str:
    """A plain table that a screen reader can walk. `numbers` are right-aligned columns, `chosen` the rows
    that stand out, `linked` the columns whose web addresses become links. `called` is what a screen reader
    calls it, where it has no caption and another on the page has the same columns.

    A table of sentences becomes one card a row on a telephone, one of figures is scrolled there. The roles of
    the former are written out, because a browser forgets them for a table that is shown as blocks.
    """
    rows = [list(row) for row in rows]
    wordy = any(len(row) > 2 and max(map(len, row[1:])) > _LONG for row in rows)

    def tag(name: str, role: str, *attributes: str) -> str:
        spoken = f' role="{role}"' if wordy else ""
        return f"<{name}{spoken}{''.join(attributes)}>"

    head = "".join(
        tag("th", "columnheader", ' scope="col"', _number(i in numbers)) + escape(name) + "</th>"
        for i, name in enumerate(columns)
    )
    labels = [f' data-label="{escape(name)}"' if wordy else "" for name in columns]
    body = "".join(
        tag("tr", "row", _chosen(n in chosen))
        + "".join(
            tag("td", "cell", labels[i], _number(i in numbers))
            + (with_links(cell) if i in linked else escape(cell))
            + "</td>"
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for n, row in enumerate(rows)
    )
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    name = escape(called or caption or ", ".join(columns))
    kind = ' class="plain wordy"' if wordy else ' class="plain"'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f"{tag('table', 'table', kind)}{said}"
        f"{tag('thead', 'rowgroup')}{tag('tr', 'row')}{head}</tr></thead>"
        f"{tag('tbody', 'rowgroup')}{body}</tbody></table></div>"
    )


def with_links(text: str) -> str:
    """Escaped text whose web addresses are links; nothing is fetched until a person follows one."""
    parts, last = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found.group())
        parts += [
            escape(text[last : found.start()]),
            f'<a href="{address}" rel="noreferrer noopener" target="_blank">{address}</a>',
        ]
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def _number(yes: bool) -> str:
    return ' class="number"' if yes else ""


def _chosen(yes: bool) -> str:
    return ' class="chosen"' if yes else ""
