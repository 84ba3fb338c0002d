"""The self-contained page, read as a browser reads it."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from itertools import pairwise

from dashboard.reports.page import page
from tests.reports.conftest import Packs


class Read(HTMLParser):
    """Every element that is opened, with its attributes and the names of those it stands in."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self._stack: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs), tuple(self._stack)))
        if tag not in ("meta", "br"):
            self._stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs), tuple(self._stack)))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop() != tag:
            pass

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None], tuple[str, ...]]]:
        return [one for one in self.opened if one[0] in tags]


def test_it_reads_in_order_and_reaches_for_nothing(packs: Packs) -> None:
    first, second = packs["da", 2026], packs["en", 2026]
    read = Read(page(dataclasses.replace(first, translation=second)))
    assert [attributes["lang"] for _, attributes, _ in read.all("article")] == ["da", "en"]
    assert len(read.all("main")) == 1
    levels = [int(tag[1]) for tag, _, _ in read.all("h1", "h2", "h3")]
    assert levels.count(1) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    heads = [attributes.get("scope") for _, attributes, _ in read.all("th")]
    assert set(heads) == {"col", "row"}
    assert heads.count("row") == sum(len(s.statements) for b in (first, second) for s in b.sections)
    for _, attributes, _ in read.opened:
        for name in ("src", "href", "srcset", "data"):
            assert name not in attributes, "the page fetches nothing and leads nowhere by itself"


def test_a_chart_is_drawn_for_a_desk_and_for_a_telephone(packs: Packs) -> None:
    pack = packs["en", 2026]
    read = Read(page(pack))
    charts = [attributes for _, attributes, within in read.all("svg") if attributes.get("role") == "img"]
    assert len(charts) == 2 * len(pack.charts)
    widths = [str(attributes["viewbox"]).split()[2] for attributes in charts]
    assert widths == ["860", "360"] * len(pack.charts)
    names = [attributes["id"] for _, attributes, _ in read.opened if "id" in attributes]
    assert len(names) == len(set(names)), "an element is named by one other only"
