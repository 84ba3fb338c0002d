"""How much room words take in a box: measured on the wide side, so that nothing runs out of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts.drawing import width_of
from dashboard.charts.palette import LIGHT

LEADING = 1.2
_STEP = 0.96
_SMALLEST = 4.0
"""Below this many points nothing can be read; only a text that no box can hold comes so far."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: its size and the room before it in points, and how it looks."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    colour: str = LIGHT["ink"]
    before: float = 0


def lines_of(text: str, width: float, size: float, bold: bool = False) -> int:
    """Into how many lines of `width` points words of `size` points break; a word too long is broken."""
    lines, used = 1, 0.0
    weight = 1.08 if bold else 1.0
    space = width_of(" ", size)
    for word in text.split(" "):
        needed = width_of(word, size) * weight
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        if needed > width:
            lines += math.ceil(needed / width) - 1
            needed = needed % width
        used += needed + (space if used else 0)
    return lines


def height_of(words: Sequence[Words], width: float) -> float:
    """The height in points of paragraphs in a box of `width` points."""
    return sum(
        one.before + lines_of(one.text, width, one.size, one.bold) * one.size * LEADING for one in words
    )


def fitted(words: Sequence[Words], width: float, height: float) -> tuple[Words, ...]:
    """The paragraphs as they are or, where they do not fit, all smaller by the same factor."""
    found = tuple(unbroken(one, width) for one in words)
    while height_of(found, width) > height and any(one.size > _SMALLEST for one in found):
        found = tuple(
            replace(one, size=max(one.size * _STEP, _SMALLEST), before=one.before * _STEP) for one in found
        )
    return found


def unbroken(one: Words, width: float) -> Words:
    """The paragraph, so small that its longest word is not torn apart; half its size is the least."""
    longest = max(width_of(word, one.size) for word in one.text.split(" ")) * (1 + 0.08 * one.bold)
    return one if longest <= width else replace(one, size=one.size * max(width / longest, 0.5))


def paged(words: Sequence[Words], width: float, height: float) -> list[tuple[Words, ...]]:
    """The paragraphs over as many boxes as they need; shrunk a little where that saves a box, and where one
    alone does not fit."""
    together = fitted(words, width, height)
    if all(now.size > 0.8 * then.size for now, then in zip(together, words, strict=True)):
        return [together]
    pages: list[list[Words]] = [[]]
    for one in words:
        if pages[-1] and height_of([*pages[-1], one], width) > height:
            pages.append([])
        pages[-1].append(one)
    return [fitted(page, width, height) for page in pages]
