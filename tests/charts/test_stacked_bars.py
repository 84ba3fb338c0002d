"""Bars of parts: their lengths are their values, the whole is a line, what is in no part is dashed."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from dashboard.charts.stacked_bars import Bar, Slice, stacked_bars

BARS = (
    Bar("2023", (Slice(1, 20.0, "<a>: 20"), Slice(2, 30.0, "b: 30")), 60.0, 10.0, "rest: 10"),
    Bar("2024", (Slice(1, 40.0, "<a>: 40"), Slice(2, 60.0, "b: 60")), 80.0),
)


def drawn(width: int) -> str:
    return stacked_bars(
        BARS, str, parts=2, whole=True, title="Parts & wholes", alternative="In words", language="en",
        width=width,
    )  # fmt: skip


@pytest.mark.parametrize("width", [860, 360])
def test_lengths_are_values_and_nothing_leaves_the_picture(width: int) -> None:
    root = ElementTree.fromstring(drawn(width))
    rects = [
        (float(r.get("x", "")), float(r.get("width", "")), r.get("stroke-dasharray"))
        for r in root.iter("{http://www.w3.org/2000/svg}rect")
    ]
    assert [bool(dash) for *_, dash in rects] == [False, False, True, False, False]
    unit = rects[0][1] / 20
    assert [round(size / unit) for _, size, _ in rects] == [20, 30, 10, 40, 60]
    assert max(x + size for x, size, _ in rects) <= width
    for (x, size, _), (after, _, _) in pairwise(rects[:3]):
        assert after == pytest.approx(x + size, abs=0.2)
    lines = [
        line for line in root.iter("{http://www.w3.org/2000/svg}line") if line.get("stroke-width") == "2.4"
    ]
    wholes = [float(line.get("x1", "")) for line in lines]
    assert wholes[0] == pytest.approx(rects[2][0] + rects[2][1], abs=0.2)  # the rest ends at the whole
    assert wholes[1] < rects[4][0] + rects[4][1]  # the parts run past it


@pytest.mark.parametrize("whole", [0.0, None])
def test_nothing_but_zeros_still_has_an_axis(whole: float | None) -> None:
    made = stacked_bars(
        [Bar("2023", (), whole), Bar("2024", (Slice(1, 0.0, "a: 0"),), whole)], str, parts=1, whole=True,
        title="Zeros", alternative="In words", language="en", width=860,
    )  # fmt: skip
    ticks = re.findall(r"<text[^>]*>([0-9.]+)</text>", made)
    assert ticks[0] == "0.0"
    assert len(set(ticks)) > 1
    assert "nan" not in made


def test_each_part_is_told_without_colour() -> None:
    said = re.findall(r"<title>(.*?)</title>", drawn(860))
    assert said == ["&lt;a&gt;: 20", "b: 30", "rest: 10", "&lt;a&gt;: 40", "b: 60"]
    numbers = re.findall(r"<text[^>]*>([12])</text>", drawn(860))
    assert numbers == ["1", "2", "1", "2"]
