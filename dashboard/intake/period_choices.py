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


def choices_of(period: Period, frequency: Frequency, today: date) -> dict[str, str]:
    """The choices of an address that open the form at a period; none for an irregular indicator.

    A span of several years is entered under its last one, in which it counts. A period that the form does
    not offer is handed over as somebody would type it.
    """
    if period.start and period.end and period.start.year != period.end.year:
        period = Period.year(period.end.year)
    if period.key in {one.key for one in choices(frequency, today)}:
        return {"period": period.key}
    return {"period": "other", "when": _typed(period)} if period.dated else {}


def _typed(period: Period) -> str:
    """A period in the form that is read in both languages."""
    day = period.end or period.start or date.min
    if period == Period.year(day.year):
        return str(day.year)
    if period == Period.quarter(day.year, (day.month + 2) // 3):
        return f"{day.year}Q{(day.month + 2) // 3}"
    return f"{day:%Y-%m}" if period == Period.month(day.year, day.month) else day.isoformat()


_RHYTHM_YEARS = {Frequency.BIENNIAL: 2, Frequency.FOUR_YEARLY: 4}


def due(latest: Period | None, frequency: Frequency, today: date) -> Period:
    """The period to offer: the one after the latest recorded, a rhythm on; the latest itself where that has
    not begun; the last that is over where nothing is recorded."""
    running = period_of(today, frequency)
    assert running.start is not None  # noqa: S101
    if latest is None or latest.end is None:
        return period_of(running.start - timedelta(days=1), frequency)
    recorded = step = period_of(latest.end, frequency)
    for _ in range(_RHYTHM_YEARS.get(frequency, 1)):
        step = following(step, frequency)
    return step if step.start is not None and step.start <= today else recorded
