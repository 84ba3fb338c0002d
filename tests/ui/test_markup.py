"""Finished HTML: every word escaped, every link whole, every table readable aloud."""

from __future__ import annotations

import base64
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui import markup

NASTY = "<script>alert('x')</script> & \"quotes\" ' </td></table>"


class Reader(HTMLParser):
    """Takes HTML apart: the tags in their order, the attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        (markup.paragraph(NASTY), ["p"]),
        (markup.paragraph(NASTY, "lead"), ["p"]),
        (markup.items([NASTY]), ["ul", "li"]),
        (markup.tags([NASTY]), ["span"]),
        (markup.facts([(NASTY, NASTY)]), ["dl", "dt", "dd"]),
        (markup.with_links(NASTY), []),
        (
            markup.table([NASTY], [[NASTY]], NASTY, called=NASTY),
            ["div", "table", "caption", "thead", "tr", "th", "tbody", "tr", "td"],
        ),
    ],
)
def test_every_word_is_escaped(html: str, tags: list[str]) -> None:
    read = Reader(html)
    assert read.tags == tags
    assert read.text.replace(NASTY, "") == ""
    assert NASTY in read.text


def test_the_text_of_a_picture_cannot_leave_its_attribute() -> None:
    read = Reader(markup.picture("<svg/>", '"><b>' + NASTY))
    assert read.tags == ["img"]
    attributes = dict(read.attributes)
    assert attributes["alt"] == '"><b>' + NASTY
    assert base64.b64decode((attributes["src"] or "").partition(",")[2]) == b"<svg/>"


@given(st.text())
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    assert Reader(markup.paragraph(text)).tags == ["p"]
    assert set(Reader(markup.with_links(text)).tags) <= {"a"}


def test_what_is_empty_is_left_out() -> None:
    assert markup.facts([("Code", ""), ("Owner", "")]) == ""
    assert "Code" not in markup.facts([("Code", ""), ("Owner", "Museum")])
    assert markup.items([]) == ""
    assert markup.tags(["", ""]) == ""


def test_a_table_can_be_walked_by_a_screen_reader() -> None:
    html = markup.table(["Place", "Value"], [["Linz", "5"], ["York", "7"]], "Visits", numbers=[1], chosen=[1])
    assert html.count('<th scope="col"') == 2
    assert "<caption>Visits</caption>" in html
    assert html.count('class="number"') == 3
    assert '<tr class="chosen"><td>York</td>' in html
    assert html.count('class="chosen"') == 1
    assert 'tabindex="0"' in html, "a table that scrolls must be reached by keyboard"


def test_a_table_without_a_caption_can_be_called_otherwise_than_its_columns() -> None:
    assert 'aria-label="Place"' in markup.table(["Place"], [["Linz"]])
    assert 'aria-label="Speaks for"' in markup.table(["Place"], [["Linz"]], called="Speaks for")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://viborg.dk/animation", ["https://viborg.dk/animation"]),
        ("https://a.dk/1; https://b.dk/2", ["https://a.dk/1", "https://b.dk/2"]),
        ("(https://a.dk/1)", ["https://a.dk/1"]),
        ("Read https://a.dk/1.", ["https://a.dk/1"]),
        ("Read https://a.dk/1, then", ["https://a.dk/1"]),
        ("https://a.dk/x?y=1&z=<2>", ["https://a.dk/x?y=1&z="]),
        ("https://www.ka-news.de/lichtspielen./Ab-2019;art6066,2149416", [
            "https://www.ka-news.de/lichtspielen./Ab-2019;art6066,2149416"
        ]),
        ("javascript:alert(1) ftp://a.dk", []),
        ('https://a.dk/"onclick="x', ["https://a.dk/"]),
    ],
)  # fmt: skip
def test_web_addresses_become_links_and_nothing_else_does(text: str, addresses: list[str]) -> None:
    read = Reader(markup.with_links(text))
    assert read.text == text
    assert [value for name, value in read.attributes if name == "href"] == addresses
    assert all(value for name, value in read.attributes if name == "rel")
