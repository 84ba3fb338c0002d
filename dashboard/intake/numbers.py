"""Numbers as people write them: ``1.234,5`` in Danish, ``1,234.5`` in English, and nothing in between."""

from __future__ import annotations

import math
import re

from babel.numbers import NumberFormatError, parse_decimal

from dashboard.domain.problem import Problem
from dashboard.i18n import Translator

_SHAPE = re.compile(r"[+-]?[0-9.,]*[0-9][0-9.,]*", re.ASCII)
_GROUP = {"da": ".", "en": ","}
_EXAMPLE = 1234.5
_KEPT = 6
"""Decimals that the store keeps."""


def read_number(text: str, language: str | Translator) -> float | Problem:
    """The number, or the problem with it.

    Grouping must stand where the language puts it: ``1.500`` is 1500 in Danish, and ``1.5`` is refused,
    since it may mean 1,5 or 15 (``number_ambiguous``, params ``given``, ``first``, ``second``). Nothing
    typed is ``number_blank``; anything else that is no number ``number_form`` (``given``, ``example``).
    Signs may be ``-``, ``−`` or ``+``; exponents, spaces inside and words are refused.
    """
    t = language if isinstance(language, Translator) else Translator(language)
    given = text.strip()
    if not given:
        return Problem("number_blank", "value")
    plain = given.replace("−", "-", 1)
    form = Problem("number_form", "value", params={"given": given, "example": t.number(_EXAMPLE)})
    if not _SHAPE.fullmatch(plain):
        return form
    try:
        number = float(parse_decimal(plain, locale=t.locale, strict=True))
    except NumberFormatError:
        group = _GROUP[t.language]
        decimal = "," if group == "." else "."
        if plain.count(group) == 1 and decimal not in plain and not plain.endswith(group):
            first, second = float(plain.replace(group, ".")), float(plain.replace(group, ""))
            params = {"given": given, "first": t.number(first, _places(plain, group)), "second": second}
            return Problem("number_ambiguous", "value", params=params)
        return form
    return number if math.isfinite(number) else form


def write_number(value: float, t: Translator) -> str:
    """A number as it would be typed, with all its decimals: what `read_number` reads as the same number."""
    decimals = next(n for n in range(_KEPT + 1) if n == _KEPT or round(value, n) == value)
    return t.number(value, decimals)


def _places(text: str, mark: str) -> int:
    return len(text.partition(mark)[2])
