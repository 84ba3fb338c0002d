"""Words, numbers, money, dates and periods in one language, passed as an argument.

`Translator("da")` is cheap to make and holds no state. Everything printed to a person goes through
one of its methods. A missing key is shown as ``⟦key⟧`` and a missing translation of data as the other
language with a mark, so that nothing is silently English.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_percent,
    format_scientific,
    get_currency_name,
)

from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text

LANGUAGES = ("da", "en")
DEFAULT_LANGUAGE = "da"
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_FOLDER = Path(__file__).parent / "locale"
_BEYOND = 1e18
"""More than any figure is (`LARGEST_VALUE`), and less than Babel can write out."""


@cache
def words(language: str) -> Mapping[str, str]:
    """All keys of one locale file, flattened with dots."""
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


class Translator:
    """One language; call it with a key, or use a formatter."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self.locale = Locale.parse(_LOCALES[language])
        self._words = words(language)

    def __repr__(self) -> str:
        return f"Translator({self.language!r})"

    def __call__(self, key: str, /, **params: Any) -> str:
        """The words of `key`; with `count`, the form ``key.one`` or ``key.other`` of the language.

        Numbers and dates among the parameters are written in the language's own style.
        """
        pattern = self._words.get(key)
        if pattern is None and "count" in params:
            pattern = self._words.get(f"{key}.{self.locale.plural_form(params['count'])}")
            pattern = pattern or self._words.get(f"{key}.other")
        if pattern is None:
            return f"⟦{key}⟧"
        written = {name: self._written(value) for name, value in params.items()}
        return pattern.format(**written) if params else pattern

    def has(self, key: str) -> bool:
        return key in self._words or f"{key}.other" in self._words

    def _written(self, value: Any) -> str:
        if isinstance(value, bool):
            return self("word.yes" if value else "word.no")
        if isinstance(value, int | float):
            return self.number(value)
        if isinstance(value, dt.datetime):
            return self.moment(value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, Text):
            return self.text(value)
        return str(value)

    def text(self, text: Text) -> str:
        """Words of the data in this language; a missing translation is marked, not hidden."""
        own, other = (text.da, text.en) if self.language == "da" else (text.en, text.da)
        if own or not other:
            return own
        return f"{other} [{self('word.untranslated')}]"

    def number(self, value: float | None, decimals: int | None = None, most: int = 3) -> str:
        """``1.234,5`` or ``1,234.5``; without `decimals` as many as the value has, `most` at most. What no
        store holds, and a file may, is written with its power of ten: ``1E300``. Like every number here it is
        rounded half up, as people do."""
        if value is None or value != value:
            return self("word.none")
        if abs(value) >= _BEYOND:
            written = str(format_scientific(value, "0.###E0", locale=self.locale)).replace("-", "−")
            return written.removesuffix("E0")  # of what is infinite
        digits = "#" * most if decimals is None else "0" * decimals
        pattern = f"#,##0.{digits}" if digits else "#,##0"
        rounded = _rounded(value, most if decimals is None else decimals)
        return format_decimal(rounded, pattern, locale=self.locale).replace("-", "−")

    def percent(self, value: float, decimals: int = 0) -> str:
        """`value` is 0..100: ``12,5 %`` or ``12.5%``."""
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern = f"{digits}\u00a0%" if self.language == "da" else f"{digits}%"
        hundredth = _rounded(value, decimals) / 100
        return format_percent(hundredth, pattern, locale=self.locale).replace("-", "−")

    def money(self, value: float, currency: str, compact: bool = False) -> str:
        """An amount with its currency's ISO code: ``6.000.000 USD``, or compact ``6 mio. USD``."""
        number = self.compact(value) if compact else self.number(value, 0 if abs(value) >= 100 else None)
        return f"{number}\u00a0{currency}"

    def currency_name(self, currency: str) -> str:
        return str(get_currency_name(currency, locale=self.locale))

    def compact(self, value: float) -> str:
        """Millions and billions in words: ``6 mio.`` or ``6M``; smaller numbers as they are."""
        if not 1_000_000 <= abs(value) < _BEYOND:
            return self.number(value)
        rounded, decimals = _rounded_large(value)
        short = format_compact_decimal(
            rounded, format_type="short", locale=self.locale, fraction_digits=decimals
        )
        return str(short).replace("-", "−")

    def date(self, day: dt.date | None) -> str:
        """``30. oktober 2019`` or ``30 October 2019``."""
        return format_date(day, "long", locale=self.locale) if day else self("word.none")

    def short_date(self, day: dt.date) -> str:
        """``30.10.2019`` or ``30/10/2019``."""
        return format_date(day, "dd.MM.yyyy" if self.language == "da" else "dd/MM/yyyy", locale=self.locale)

    def moment(self, moment: dt.datetime) -> str:
        """Date and time to the minute, UTC."""
        pattern = "d. MMM y HH.mm" if self.language == "da" else "d MMM y HH:mm"
        return f"{format_datetime(moment, pattern, locale=self.locale)} UTC"

    def month(self, day: dt.date) -> str:
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def period(self, period: Period) -> str:
        """A period as exactly as it is known: ``2019``, ``3. kvartal 2024``, ``apr. 2017 – mar. 2018``."""
        start, end = period.start, period.end
        if start and end:
            if (start, end) == (dt.date(start.year, 1, 1), dt.date(start.year, 12, 31)):
                return str(start.year)
            if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
                return f"{start.year}–{end.year}"
            if start == end:
                return self.date(start)
            if (
                period.precision is Precision.QUARTER
                and Period.quarter(start.year, _quarter(start)) == period
            ):
                return self("period.quarter", quarter=str(_quarter(start)), year=str(start.year))
            if (
                (start.year, start.month) == (end.year, end.month)
                and start.day == 1
                and (Period.month(start.year, start.month).end == end)
            ):
                return self.month(start)
            if start.day == 1 and Period.month(end.year, end.month).end == end:
                return f"{self._short_month(start)} – {self._short_month(end)}"
            if (start.year, start.month) == (end.year, end.month):
                first = f"{start.day}." if self.language == "da" else str(start.day)
                return f"{first}–{self.date(end)}"
            return f"{self.date(start)} – {self.date(end)}"
        if end:
            return self("period.as_of", day=self._exact(end, period.precision))
        if start:
            return self("period.from", day=self._exact(start, period.precision))
        return self("period.undated")

    def _exact(self, day: dt.date, precision: Precision) -> str:
        if precision is Precision.YEAR:
            return str(day.year)
        return self.month(day) if precision is Precision.MONTH else self.date(day)

    def _short_month(self, day: dt.date) -> str:
        return str(format_skeleton("yMMM", day, locale=self.locale))

    @staticmethod
    def language_name(language: str) -> str:
        """A language in its own words: ``Dansk``, ``English``."""
        return str(Locale.parse(language).get_language_name(language)).capitalize()

    def country(self, code: str) -> str:
        """The name of an ISO 3166 country."""
        return str(self.locale.territories.get(code, code))

    def list(self, items: Iterable[str]) -> str:
        """``a, b og c`` or ``a, b and c``."""
        return str(format_list(list(items), locale=self.locale))

    def sort_key(self, word: str) -> tuple[int, ...]:
        """Order of the language: in Danish æ, ø and å (and aa) come after z, in English they are a and o."""
        folded = word.casefold()
        if self.language == "da":
            folded = folded.replace("aa", "å").replace("ö", "ø").replace("ä", "æ")
        else:
            folded = folded.replace("æ", "ae").replace("ø", "o")
        order = "abcdefghijklmnopqrstuvwxyzæøå"
        letters = "".join(
            c if self.language == "da" and c in "æøå" else unicodedata.normalize("NFD", c)[0] for c in folded
        )
        return tuple(order.find(c) + 1000 if c in order else ord(c) % 1000 for c in letters)


def _quarter(day: dt.date) -> int:
    return (day.month + 2) // 3


def _rounded(value: float, decimals: int) -> Decimal:
    """Rounded half up, as people do, and never to a negative zero."""
    exact = Decimal(repr(float(value)))
    if not exact.is_finite() or abs(exact) > Decimal(10) ** 24:
        return exact
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else Decimal(0)


def _rounded_large(value: float) -> tuple[Decimal, int]:
    """A million or more rounded half up to the tenth of its unit, and how many decimals of the unit to write:
    none where the tenth is nought or the unit is counted in hundreds (6 mio., 2,6 mio., 148 mio.)."""
    unit = next(Decimal(size) for size in ("1e12", "1e9", "1e6") if abs(value) >= float(size))
    inside = Decimal(repr(float(value))) / unit
    rounded = _rounded(float(inside), 0 if abs(inside) >= 100 else 1)
    return rounded * unit, 0 if rounded == rounded.to_integral_value() else 1
