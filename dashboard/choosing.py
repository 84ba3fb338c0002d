"""What people name on the command line or in an address, found in the store or refused with what is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal

from dashboard.domain.period import Period, Precision
from dashboard.errors import InvalidChoiceError

Level = Literal[
    "published", "per_100000", "index", "change_since_baseline", "share_of_network", "per_festival_day"
]  # those of `analysis.levels.LEVELS`


def nearest(given: str, known: Mapping[str, Iterable[str]], count: int = 3) -> tuple[str, ...]:
    """The codes nearest to what was typed, by code or by any of their names, best first."""
    typed = given.casefold()
    codes = {code.casefold(): code for code in known}
    for code, names in known.items():
        for name in names:
            if name:
                codes.setdefault(name.casefold(), code)
    begun = sorted({codes[name] for name in codes if typed and name.startswith(typed)})
    close = [codes[name] for name in get_close_matches(typed, codes, n=2 * count, cutoff=0.7)]
    return tuple(dict.fromkeys([*close, *begun]))[:count]


def unknown(kind: str, given: str, known: Mapping[str, Iterable[str]]) -> InvalidChoiceError:
    """The refusal of a name that nothing bears; `kind` is a key under ``error.unknown``."""
    return InvalidChoiceError(f"error.unknown.{kind}", what=given, instead=nearest(given, known))


def read_day(given: str) -> tuple[date, Precision]:
    """``2019-10-30``, ``2019-10`` or ``2019`` as a day and how exactly it is known.

    A month is its first day, a year its first of January. Raises `InvalidChoiceError` for anything else.
    """
    parts = given.strip().split("-")
    try:
        if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(map(str.isdigit, parts)):
            raise ValueError
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return Period.year(numbers[0]).start or date.min, Precision.YEAR
        if len(numbers) == 2:
            return date(numbers[0], numbers[1], 1), Precision.MONTH
        return date(*numbers), Precision.DAY
    except ValueError as error:
        raise InvalidChoiceError("error.date", what=given) from error


def read_exact_day(given: str) -> date:
    """``2019-10-30``, nothing less. Raises `InvalidChoiceError`."""
    day, precision = read_day(given)
    if precision is not Precision.DAY:
        raise InvalidChoiceError("error.date", what=given)
    return day
