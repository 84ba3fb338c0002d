"""Contrast (WCAG 2.2: 1.4.3 for words, 1.4.11 for lines) and colours that can be told apart."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from dashboard.charts.palette import DARK, LIGHT, REFERENCES, reference_colour

BACKGROUNDS = {"light": ("#ffffff", "#f5f6f7"), "dark": ("#0f141a", "#191816", "#262730")}
TEXTS = ("ink", "soft", "home", *(f"reference-{n}" for n in range(1, REFERENCES + 1)))
PALETTES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", TEXTS)
def test_words_and_lines_can_be_read(theme: str, role: str) -> None:
    for background in BACKGROUNDS[theme]:
        assert contrast(PALETTES[theme][role], background) >= 4.5, (role, background)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_is_written_alike_and_once(theme: str) -> None:
    colours = list(PALETTES[theme].values())
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert all(a != b for a, b in combinations(colours, 2))
    assert LIGHT.keys() == DARK.keys()


def test_reference_colours_repeat_after_the_last() -> None:
    assert [reference_colour(i) for i in (0, REFERENCES - 1, REFERENCES)] == [
        "reference-1", f"reference-{REFERENCES}", "reference-1",
    ]  # fmt: skip
