"""Colours by what they mean, for light, dark and paper; a colour means a place, never a value.

The home city has the one strong hue. Reference places are muted and told apart by mark and dash as well
(F76). Each colour of text has 4.5:1 and each of a line 3:1 against both backgrounds of its theme
(WCAG 2.2, 1.4.3 and 1.4.11); a test computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark", "print"]

REFERENCES = 6
"""How many muted colours there are before they repeat (with another mark and dash)."""

BAND_OPACITY = 0.065
"""A shaded span is the ink this thin, so that it suits whatever background the theme has."""

LIGHT: Mapping[str, str] = {
    "ink": "#1f2933",
    "soft": "#52606d",
    "grid": "#e4e7eb",
    "axis": "#9aa5b1",
    "paper": "#ffffff",
    "home": "#00589c",
    "reference-1": "#8a5a2c",
    "reference-2": "#47705b",
    "reference-3": "#7b4a79",
    "reference-4": "#5b6670",
    "reference-5": "#78640a",
    "reference-6": "#97413f",
}
DARK: Mapping[str, str] = {
    "ink": "#e8ebef",
    "soft": "#abb6c2",
    "grid": "#2c333c",
    "axis": "#66717e",
    "paper": "#0f141a",
    "home": "#63b4ff",
    "reference-1": "#d3a77b",
    "reference-2": "#98c1a9",
    "reference-3": "#cfa3cc",
    "reference-4": "#aeb8c2",
    "reference-5": "#cdbb6a",
    "reference-6": "#e39d98",
}
PALETTES: Mapping[Theme, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "print": LIGHT}


def reference_colour(index: int) -> str:
    """The colour role of the reference place number `index`, counted from 0."""
    return f"reference-{index % REFERENCES + 1}"
