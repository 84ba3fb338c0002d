"""What a page says: every word of every element, as a person or a screen reader would come across it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import unescape

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

_PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_TAG = re.compile(r"<[^>]+>")
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
MISSING = "⟦"
"""Stands before a key that has no words."""


def raw(page: AppTest) -> str:
    """Everything that the page sends to the browser, pictures opened."""
    return "\n".join(_open(text) for node in page for text in _texts(getattr(node, "proto", None)))


def words(page: AppTest) -> str:
    """What `raw` has, without markup: the words."""
    return " ".join(unescape(_TAG.sub(" ", _STYLE.sub("", raw(page)))).split())


def body(page: AppTest) -> str:
    """The finished HTML of the page, markup kept, in its order."""
    return "\n".join(element.value for element in page.html if not element.value.startswith("<style>"))


def tables(page: AppTest) -> list[list[list[str]]]:
    """Every table of the page: rows of cells as words, the head first."""
    found = []
    for table in re.findall(r"<table.*?</table>", body(page), re.DOTALL):
        rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        found.append(
            [[_plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]
        )
    return found


def table_after(page: AppTest, heading: str) -> list[list[str]]:
    """The first table after a subheading: rows of cells without the head. Empty where there is none."""
    below = False
    for node in page:
        if node.type in ("subheader", "header", "title"):
            below = node.value == heading
        elif below and node.type == "html" and "<table" in node.value:
            rows = re.findall(r"<tr.*?</tr>", node.value, re.DOTALL)[1:]
            return [[_plain(c) for c in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in rows]
    return []


def headings(page: AppTest) -> list[str]:
    return [
        *(h.value for h in page.title),
        *(h.value for h in page.header),
        *(h.value for h in page.subheader),
    ]


def _plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def _texts(message: object) -> Iterator[str]:
    """All texts in a message of Streamlit's, whatever its fields are called."""
    if not isinstance(message, Message):
        return
    for _, value in message.ListFields():
        for one in value if hasattr(value, "__iter__") and not isinstance(value, str | bytes) else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, bytes):
                yield one.decode(errors="replace")
            else:
                yield from _texts(one)


def _open(text: str) -> str:
    return _PICTURE.sub(lambda found: base64.b64decode(found[1]).decode(), text)
