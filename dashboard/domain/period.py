"""When a value holds: a span, a point in time, an open span, or no time at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How exactly the source gave the period. `NONE` goes with an undated statement only."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """Valid time of a value; both dates inclusive.

    * start and end: a span;
    * end only: a point in time ("as of");
    * start only: open ("from 2022 on");
    * neither: undated, which is allowed and never drawn on a time axis.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.NONE

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    @property
    def is_point(self) -> bool:
        return self.start is None and self.end is not None

    @property
    def is_open(self) -> bool:
        return self.start is not None and self.end is None

    @property
    def problem(self) -> str | None:
        """The problem code of an impossible period, or None."""
        if self.start and self.end and self.end < self.start:
            return "period_reversed"
        if self.dated and self.precision is Precision.NONE:
            return "period_without_precision"
        if not self.dated and self.precision is not Precision.NONE:
            return "precision_without_period"
        return None

    @property
    def anchor(self) -> date | None:
        """The day at which a value is placed on a time axis: mid-span, the point itself, or the start."""
        if self.start and self.end:
            return self.start + (self.end - self.start) / 2
        return self.end or self.start

    @property
    def key(self) -> str:
        """Canonical text, part of an observation's natural key."""
        return f"{self.start or ''}/{self.end or ''}/{self.precision}"

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(first, following - timedelta(days=1), Precision.MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        return cls(date(year, 3 * quarter - 2, 1), cls.month(year, 3 * quarter).end, Precision.QUARTER)

    @classmethod
    def day(cls, day: date) -> Period:
        return cls(day, day, Precision.DAY)

    @classmethod
    def point(cls, day: date, precision: Precision = Precision.DAY) -> Period:
        return cls(None, day, precision)


def months_between(earlier: date, later: date) -> int:
    """Difference of calendar months: 2019-10-30 to 2020-03-01 is 5 (`rules`, conversions)."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month
