"""Periods as people write them in Danish and English spreadsheets, read strictly.

What can be read two ways is a problem and never a guess: ``05-03-2026`` is the fifth of March (day first in
both languages), ``12/31/2025`` is refused, so are days with a year of two digits; ``2023/24`` is a year of
two calendar years and needs to be told in which month it begins.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.intake.table_file import Cell

FIRST_YEAR, LAST_YEAR = 1800, 2200

_MONTHS = {
    "jan": 1, "januar": 1, "january": 1, "feb": 2, "februar": 2, "february": 2, "mar": 3, "mrs": 3,
    "marts": 3, "march": 3, "apr": 4, "april": 4, "maj": 5, "may": 5, "jun": 6, "juni": 6, "june": 6,
    "jul": 7, "juli": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "okt": 10,
    "oct": 10, "oktober": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip
_NAME = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(\d{4})"
_SHORT_YEAR = r"(\d{4}|['’]?\d{2})"
_ORDINAL = r"([1-4])(?:\.|st|nd|rd|th)?"
_QUARTER = r"(?:k|q|kv|kvt|kvartal|qtr|quarter)\.?"
_HALF = r"(?:h|halvår|halvaar|half|halvårs)\.?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text + r"\Z", re.ASCII)


_YEAR_ONLY = _pattern(rf"(?:år |year )?{_YEAR}")
_QUARTER_LAST = _pattern(rf"{_YEAR}[ \-]?{_QUARTER} ?([1-4])")
_QUARTER_FIRST = _pattern(rf"{_QUARTER} ?([1-4])[ \-/]?{_SHORT_YEAR}")
_QUARTER_WORD = _pattern(rf"{_ORDINAL} ?{_QUARTER},? ?{_SHORT_YEAR}")
_QUARTER_WORD_LAST = _pattern(rf"{_YEAR},? {_ORDINAL} ?{_QUARTER}")
_HALF_LAST = _pattern(rf"{_YEAR}[ \-]?{_HALF} ?([12])")
_HALF_WORD = _pattern(rf"{_ORDINAL} ?{_HALF},? ?{_SHORT_YEAR}")
_MONTH_NAME = _pattern(rf"{_NAME}[ \-/]*{_SHORT_YEAR}")
_MONTH_NAME_LAST = _pattern(rf"{_YEAR}[ \-/]*{_NAME}")
_MONTH_NUMBER = _pattern(rf"(?:{_YEAR}-(\d{{2}})|{_YEAR} ?m ?(\d{{1,2}}))")
_MONTH_NUMBER_FIRST = _pattern(rf"(\d{{1,2}})[\-/.]{_YEAR}")
_DAY_ISO = _pattern(r"(\d{4})-(\d{2})-(\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = _pattern(r"(\d{1,2})([.\-/])(\d{1,2})\2(\d{4})(?: 00[:.]00(?:[:.]00)?)?")
_DAY_SHORT = _pattern(r"\d{1,2}([.\-/])\d{1,2}\1\d{2}")
_DAY_NAME = _pattern(rf"(?:den )?(\d{{1,2}})(?:\.|st|nd|rd|th)?[ \-]?{_NAME}[ \-]?{_YEAR}")
_DAY_NAME_US = _pattern(rf"{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}")
_FISCAL = _pattern(r"(\d{4})/(\d{2}|\d{4})")
_YEARS = _pattern(rf"{_YEAR} ?[-–] ?{_YEAR}")
_RANGE = re.compile(r" ?– ?| - | til | to ")

NONE_GIVEN = frozenset({"udateret", "undated", "uden periode", "no period"})


def read_period(cell: Cell, year_begins: int | None = None) -> Period | Problem:
    """The period that a cell or a heading names, or the problem with it.

    A single day is a span of one day; whether it is meant as a point in time is known by the indicator.
    `year_begins` is the month (1..12) in which a year such as ``2023/24`` begins; without it such a year
    is the problem ``fiscal_year``. The others are ``period_form``, ``period_day_month`` (month first),
    ``period_short_year`` and ``period_blank``, with ``given``.
    """
    if isinstance(cell, datetime):
        return Problem("period_form", "period", params={"given": cell.isoformat(" ")})
    if isinstance(cell, date):
        return Period.day(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if float(cell).is_integer() and FIRST_YEAR <= cell <= LAST_YEAR:
            return Period.year(int(cell))
        return Problem("period_form", "period", params={"given": f"{cell:g}"})
    if not isinstance(cell, str):
        return Problem("period_form", "period", params={"given": str(cell)})
    if not cell.strip():
        return Problem("period_blank", "period")
    return _read(" ".join(cell.split()), year_begins)


@lru_cache(maxsize=20_000)
def _read(given: str, year_begins: int | None) -> Period | Problem:
    text = given.lower().replace("\u2011", "-").replace("−", "-")
    if text in NONE_GIVEN:
        return Period()
    try:
        found = _single(text, year_begins)
        if found is None:
            found = _range(text, year_begins)
    except ValueError:  # the 31st of June, the 13th month
        found = None
    if isinstance(found, Problem):
        return Problem(found.code, "period", params={"given": given, **found.params})
    if found is None or not _sane(found):
        return Problem("period_form", "period", params={"given": given})
    return found


def _sane(period: Period) -> bool:
    days = [day for day in (period.start, period.end) if day]
    return all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days) and period.problem is None


def _single(text: str, year_begins: int | None) -> Period | Problem | None:
    if m := _YEAR_ONLY.match(text):
        return Period.year(int(m[1]))
    for pattern, year, quarter in (
        (_QUARTER_LAST, 1, 2), (_QUARTER_FIRST, 2, 1), (_QUARTER_WORD, 2, 1), (_QUARTER_WORD_LAST, 1, 2),
    ):  # fmt: skip
        if m := pattern.match(text):
            return Period.quarter(_year(m[year]), int(m[quarter]))
    for pattern, year, half in ((_HALF_LAST, 1, 2), (_HALF_WORD, 2, 1)):
        if m := pattern.match(text):
            return _half(_year(m[year]), int(m[half]))
    if m := _MONTH_NAME.match(text):
        return Period.month(_year(m[2]), _MONTHS[m[1]])
    if m := _MONTH_NAME_LAST.match(text):
        return Period.month(int(m[1]), _MONTHS[m[2]])
    if m := _MONTH_NUMBER.match(text):
        return Period.month(int(m[1] or m[3]), int(m[2] or m[4]))
    if m := _MONTH_NUMBER_FIRST.match(text):
        return Period.month(int(m[2]), int(m[1]))
    return _day(text) or _long_year(text, year_begins)


def _day(text: str) -> Period | Problem | None:
    if m := _DAY_ISO.match(text):
        return Period.day(date(int(m[1]), int(m[2]), int(m[3])))
    if m := _DAY_FIRST.match(text):
        day, month, year = int(m[1]), int(m[3]), int(m[4])
        if month > 12 >= day:
            right = f"{month:02}{m[2]}{day:02}{m[2]}{year}"
            return Problem("period_day_month", params={"instead": right})
        return Period.day(date(year, month, day))
    if _DAY_SHORT.match(text):
        return Problem("period_short_year")
    if m := _DAY_NAME.match(text):
        return Period.day(date(int(m[3]), _MONTHS[m[2]], int(m[1])))
    if m := _DAY_NAME_US.match(text):
        return Period.day(date(int(m[3]), _MONTHS[m[1]], int(m[2])))
    return None


def _long_year(text: str, year_begins: int | None) -> Period | Problem | None:
    if m := _YEARS.match(text):
        return Period(date(int(m[1]), 1, 1), date(int(m[2]), 12, 31), Precision.YEAR)
    m = _FISCAL.match(text)
    if m is None:
        return None
    first, second = int(m[1]), int(m[2])
    if second != ((first + 1) % 100 if len(m[2]) == 2 else first + 1):
        return None
    if year_begins is None:
        return Problem("fiscal_year")
    if year_begins == 1:
        return None  # a year that begins in January has one number
    end = Period.month(first + 1, year_begins - 1).end
    return Period(date(first, year_begins, 1), end, Precision.YEAR)


def _range(text: str, year_begins: int | None) -> Period | Problem | None:
    parts = _RANGE.split(text)
    if len(parts) != 2:
        return None
    first, last = (_single(part.strip(), year_begins) for part in parts)
    if first is None or last is None or isinstance(first, Problem) or isinstance(last, Problem):
        return None
    order = list(Precision)
    return Period(first.start, last.end, max(first.precision, last.precision, key=order.index))


def _half(year: int, half: int) -> Period:
    return Period(Period.month(year, 6 * half - 5).start, Period.month(year, 6 * half).end, Precision.MONTH)


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else (2000 if int(digits) < 70 else 1900) + int(digits)
