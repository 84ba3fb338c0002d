"""Which periods a form offers, and which one is due next: pure, from the frequency and the day."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.domain.catalogue import Frequency
from dashboard.domain.period import Period

_YEARS, _QUARTERS, _MONTHS = 12, 24, 36


def period_of(day: date, frequency: Frequency) -> Period:
    """The period of a frequency that a day lies in; a year where there is no shorter rhythm."""
    if frequency is Frequency.MONTHLY:
        return Period.month(day.year, day.month)
    if frequency is Frequency.QUARTERLY:
        return Period.quarter(day.year, (day.month + 2) // 3)
    return Period.year(day.year)


def following(period: Period, frequency: Frequency) -> Period:
    """The period right after one that ends."""
    assert period.end is not None  # noqa: S101  # offered periods end
    return period_of(period.end + timedelta(days=1), frequency)


def choices(frequency: Frequency, today: date) -> list[Period]:
    """The periods to choose from, newest first, the running one included."""
    count = {Frequency.MONTHLY: _MONTHS, Frequency.QUARTERLY: _QUARTERS}.get(frequency, _YEARS)
    found = [period_of(today, frequency)]
    while len(found) < count:
        start = found[-1].start
        assert start is not None  # noqa: S101
        found.append(period_of(start - timedelta(days=1), frequency))
    return found


def due(latest: Period | None, frequency: Frequency, today: date) -> Period:
    """The period to offer: the one after the latest recorded, else the last that is over."""
    running = period_of(today, frequency)
    if latest is not None and latest.end is not None:
        step = following(period_of(latest.end, frequency), frequency)
        if step.end is not None and running.end is not None and step.end <= running.end:
            return step
    assert running.start is not None  # noqa: S101
    return period_of(running.start - timedelta(days=1), frequency)
