"""Nice numbers and dates for axes: pure arithmetic, the words come from the translator."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from babel.dates import format_skeleton

from dashboard.charts.spec import Tick
from dashboard.i18n import Translator

_HEADROOM = 0.35
"""This part of a step stays free above the highest value, for the words at the top of the plot."""


def nice_step(span: float, count: int = 5) -> float:
    """The step of 1, 2 or 5 times a power of ten that cuts `span` into about `count` parts."""
    rough = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)


def value_range(
    values: Sequence[float], *, from_zero: bool, whole: bool = False, count: int = 5
) -> tuple[float, float, float]:
    """(lowest, highest, step) of a value axis around `values`, whole steps wide, about `count` of them.

    With `from_zero` the axis holds 0. `whole` keeps the step at 1 or more, for things that are counted.
    """
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        pad = abs(low) * 0.5 or 1.0
        low, high = (0.0, high * 1.5) if from_zero and low > 0 else (low - pad, high + pad)
    step = nice_step(high - low, count)
    if whole:
        step = max(1.0, step)
    lowest = math.floor(low / step + 1e-9) * step
    highest = math.ceil(high / step - 1e-9) * step
    if highest == lowest or (highest - high < step * _HEADROOM and high > 0):
        highest += step
    return lowest, highest, step


def value_ticks(
    lowest: float, highest: float, step: float, write: Callable[[float], str]
) -> tuple[Tick, ...]:
    """One tick a step from `lowest` to `highest`, both included."""
    count = round((highest - lowest) / step)
    # Rounding at the step's own precision keeps 0.1 + 0.2 from being written as 0.30000000000000004.
    digits = max(0, 2 - math.floor(math.log10(step)))
    values = (round(lowest + i * step, digits) + 0.0 for i in range(count + 1))
    return tuple(Tick(value, write(value)) for value in values)


def calendar_range(days: Sequence[float]) -> tuple[float, float]:
    """Whole years around `days` (ordinals), or whole months when all lie within a year and a half."""
    first, last = date.fromordinal(int(min(days))), date.fromordinal(int(max(days)))
    if (last - first).days > 548 or first == last:
        return float(date(first.year, 1, 1).toordinal()), float(date(last.year + 1, 1, 1).toordinal())
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return float(date(first.year, first.month, 1).toordinal()), float(after.toordinal())


def calendar_ticks(start: float, end: float, t: Translator) -> tuple[Tick, ...]:
    """Years, each written in its middle with its edge on 1 January; months when the axis is shorter than
    twenty of them."""
    first, last = date.fromordinal(int(start)), date.fromordinal(int(end))
    if (last - first).days > 620 or (first.month == 1 and last.month == 1 and last.year - first.year == 1):
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if (last.year - first.year) / s <= 16)
        years = [y for y in range(first.year, last.year + 1) if y % step == 0]
        return tuple(
            Tick(date(y, 7, 2).toordinal(), str(y), date(y, 1, 1).toordinal())
            for y in years
            if start <= date(y, 7, 2).toordinal() <= end
        )
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(s for s in (1, 2, 3, 6) if months / s <= 8 or s == 6)
    firsts = (
        date(first.year + (first.month - 1 + m) // 12, (first.month - 1 + m) % 12 + 1, 1)
        for m in range(0, months + 1, step)
    )
    return tuple(
        Tick(day.toordinal(), str(format_skeleton("yMMM", day, locale=t.locale)))
        for day in firsts
        if day <= last
    )


def month_range(months: Sequence[float]) -> tuple[float, float]:
    """Whole years of months around `months`, month 0 included."""
    low, high = min(0.0, *months), max(0.0, *months)
    lowest = math.floor(low / 12) * 12.0
    return lowest, max(math.ceil(high / 12) * 12.0, lowest + 12)


def month_ticks(start: float, end: float, t: Translator) -> tuple[Tick, ...]:
    """Months since designation in steps of whole years, month 0 among them."""
    step = next(s for s in (3, 6, 12, 24, 48, 60, 120, 240) if (end - start) / s <= 12 or s == 240)
    first = math.ceil(start / step) * step
    return tuple(Tick(float(month), t.number(month, 0)) for month in range(int(first), int(end) + 1, step))
