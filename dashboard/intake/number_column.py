"""The typed numbers of one column: which language wrote them, by all of them together.

``12,5`` can only be Danish and ``12.5`` only English, but ``1.234`` is 1234 in one and 1.234 in the other.
A person's choice decides; else the reader's language, where the column does not speak against it; else the
column, where enough of its cells agree. A cell that is still open is a problem that names both readings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.numbers import read_number

ENOUGH = 3
"""So many different cells must speak for the other language before a column is read in it."""

_OTHER = {"da": "en", "en": "da"}
_PLAIN = {
    "da": re.compile(r"[+\-−]?(?:[0-9]+,?[0-9]*|,[0-9]+)", re.ASCII),
    "en": re.compile(r"[+\-−]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII),
}
_GROUPED = {
    "da": re.compile(r"[+\-−]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?", re.ASCII),
    "en": re.compile(r"[+\-−]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", re.ASCII),
}
_WHOLE = re.compile(r"[+\-−]?[0-9]{1,15}", re.ASCII)


def read_in(text: str, language: str) -> float | None:
    """What `read_number` reads, quickly; None where it finds a problem."""
    if _PLAIN[language].fullmatch(text):
        number = float(text.replace("−", "-").replace(",", "."))
        return number if math.isfinite(number) else None
    if _GROUPED[language].fullmatch(text):
        found = read_number(text, language)
        return None if isinstance(found, Problem) else found
    return None


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a column is read: in `language`. `doubles` are cells that both languages can read, differently:
    "all" are read, "none", or only those "grouped" into whole thousands."""

    language: str
    doubles: str = "all"

    def read(self, text: str) -> float | Problem:
        """The number of a cell, or ``number_ambiguous`` or ``number_form``."""
        if _WHOLE.fullmatch(text):
            return float(text.replace("−", "-"))
        number = read_in(text, self.language)
        other = read_in(text, _OTHER[self.language])
        if number is not None and (other is None or other == number):
            return number
        if number is not None and other is not None:
            grouped = _GROUPED[self.language].fullmatch(text) is not None
            if self.doubles == "all" or (self.doubles == "grouped" and grouped):
                return number
            return _ambiguous(text, number, other, self.language)
        if other is not None:
            return _ambiguous(text, other, _as_grouped(text), self.language)
        found = read_number(text, self.language)
        return found if isinstance(found, Problem) else Problem("number_blank", "value")


def style_of(texts: Iterable[str], language: str, chosen: str = "") -> NumberStyle:
    """The style of a column of texts for a reader of `language`, unless a person has `chosen` one."""
    if chosen:
        return NumberStyle(chosen)
    own = 0
    others: set[str] = set()
    for text in texts:
        if "," not in text and "." not in text:
            continue
        here, there = read_in(text, language), read_in(text, _OTHER[language])
        if here is not None and there is None:
            own += 1
        elif there is not None and here is None and len(others) < ENOUGH:
            others.add(text)
    if own:
        return NumberStyle(language, "none" if others else "all")
    if len(others) >= ENOUGH:
        return NumberStyle(_OTHER[language], "none")
    return NumberStyle(language, "none" if others else "grouped")


def _as_grouped(text: str) -> float:
    return float(re.sub(r"[.,]", "", text.replace("−", "-")))


def _ambiguous(text: str, first: float, second: float, language: str) -> Problem:
    t = Translator(language)
    params = {"given": text, "first": t.number(first, _places(first)), "second": t.number(second)}
    return Problem("number_ambiguous", "value", params=params)


def _places(number: float) -> int:
    """As many decimals as the number has, so that the reading is seen as it is."""
    return min(len(f"{number:.15g}".partition(".")[2]), 12)
