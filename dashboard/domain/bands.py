"""Traffic lights (F8): red, amber and green, by limits that are set for each indicator in its own unit.

Two limits make three colours from the worst to the best. Each limit belongs to the better side, so the
bands can neither overlap nor leave a gap; `check_bands` refuses limits in the wrong order. Without bands
there is no colour; none is derived from the targets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.observation import LARGEST_VALUE
from dashboard.domain.problem import Problem

Colour = Literal["red", "amber", "green"]
COLOURS: tuple[Colour, ...] = ("red", "amber", "green")


@dataclass(frozen=True, slots=True)
class Bands:
    """Limits between red, amber and green, in the unit of the indicator; `amber` where amber begins (coming
    from red), `green` where green does. Where less is better they fall. An amount has its `currency`."""

    indicator: str
    amber: float
    green: float
    currency: str = ""


def unsuitable(indicator: Indicator) -> str:
    """The code of the problem that keeps an indicator from having colours at all, "" for none."""
    if indicator.kind in (IndicatorKind.YES_NO, IndicatorKind.NARRATIVE):
        return "bands_kind"
    return "" if indicator.direction.sign else "bands_without_direction"


def check_bands(bands: Bands, indicator: Indicator) -> list[Problem]:
    """Problems of bands: no direction to colour by, limits in the wrong order or outside what is possible."""
    problems = []
    sign = indicator.direction.sign
    if code := unsuitable(indicator):
        problems.append(Problem(code, "green"))
    elif not sign * (bands.green - bands.amber) > 0:  # nor is it with nan
        problems.append(Problem("bands_order", "green", params={"amber": bands.amber, "green": bands.green}))
    least, most = indicator.minimum, indicator.maximum
    for name, limit in (("amber", bands.amber), ("green", bands.green)):
        if not abs(limit) < LARGEST_VALUE:
            problems.append(Problem("number_impossible", name))
        if least is not None and limit < least:
            problems.append(Problem("below_minimum", name, params={"minimum": least, "given": limit}))
        if most is not None and limit > most:
            problems.append(Problem("above_maximum", name, params={"maximum": most, "given": limit}))
    if (indicator.kind is IndicatorKind.MONEY) != bool(bands.currency):
        problems.append(Problem("currency_with_unit", "currency"))
    return problems


def colour(value: float, bands: Bands, indicator: Indicator) -> Colour | None:
    """The colour of a value: each limit belongs to the better side. None where bands are no good."""
    if check_bands(bands, indicator):
        return None
    sign = indicator.direction.sign
    passed = sum(sign * value >= sign * limit for limit in (bands.amber, bands.green))
    return COLOURS[passed]
