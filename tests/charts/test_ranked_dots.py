"""The ranked dot plot: every place once, in proportion, illustrative ones hollow."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.ranked_dots import Dot, ranked_dots

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Titel", "alternative": "Sådan <ser> det ud", "language": "da", "whole": True}
DOTS = [
    Dot("Linz", 200, "200 besøg", "Linz: 200 <besøg>", 150, 250),
    Dot("Viborg", 100, "100 besøg", "Viborg: 100", home=True),
    Dot("Tucson", 50, "50 besøg", "Tucson: 50", hollow=True),
]


def drawn(dots: list[Dot], width: int = 860) -> ElementTree.Element:
    return ElementTree.fromstring(ranked_dots(dots, lambda v: f"{v:g}", width=width, **WORDS))


def circles(root: ElementTree.Element) -> list[dict[str, str]]:
    return [dict(found.attrib) for found in root.iter(f"{SVG}circle")]


@pytest.mark.parametrize("width", [860, 360])
def test_every_place_is_drawn_once_and_said(width: int) -> None:
    root = drawn(DOTS, width)
    assert len(circles(root)) == 3
    said = [title.text for group in root.iter(f"{SVG}g") for title in group.iter(f"{SVG}title")]
    assert said == ["Linz: 200 <besøg>", "Viborg: 100", "Tucson: 50"]
    assert "Sådan <ser> det ud" in "".join(root.itertext())
    assert ("100 besøg" in [t.text for t in root.iter(f"{SVG}text")]) is (width == 860)


def test_dots_lie_in_proportion_and_the_interval_around_its_own() -> None:
    root = drawn(DOTS)
    linz, viborg, tucson = (float(c["cx"]) for c in circles(root))
    assert linz - viborg == pytest.approx(2 * (viborg - tucson), abs=0.3)
    interval = next(line for line in root.iter(f"{SVG}g").__next__().iter(f"{SVG}line"))
    assert float(interval.attrib["x1"]) < linz < float(interval.attrib["x2"])
    assert linz - float(interval.attrib["x1"]) == pytest.approx(viborg - tucson, abs=0.3)


def test_illustrative_is_hollow_and_home_is_heavy() -> None:
    root = drawn(DOTS)
    fills = [c["fill"] for c in circles(root)]
    assert fills == ["var(--reference-4)", "var(--home)", "var(--paper)"]
    heavy = {t.text for t in root.iter(f"{SVG}text") if t.attrib.get("font-weight") == "600"}
    assert heavy == {"Viborg", "100 besøg"}


@pytest.mark.parametrize("name", ["Mosevig", "Torsbæk", "Viborg", "Östersund", "Ålborg"])
def test_a_name_that_has_room_is_whole(name: str) -> None:
    dots = [Dot("Linz", 1, "1", "Linz"), Dot(name, 2, "2", name, home=True)]
    assert name in [text.text for text in drawn(dots).iter(f"{SVG}text")]


@given(st.lists(st.floats(-1e9, 1e12, allow_nan=False), min_size=1, max_size=12), st.sampled_from([860, 360]))
def test_nothing_lies_outside_the_picture(values: list[float], width: int) -> None:
    dots = [Dot(f"By nummer {n} med et langt navn", v, f"{v:.0f}", "x") for n, v in enumerate(values)]
    root = drawn(dots, width)
    height = float(root.attrib["viewBox"].split()[3])
    for circle in circles(root):
        assert 0 <= float(circle["cx"]) <= width
        assert 0 <= float(circle["cy"]) <= height
