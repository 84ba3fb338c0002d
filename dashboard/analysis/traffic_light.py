"""The colour of a place's latest value, by the limits that were set for its indicator (F8).

The latest value is the last that a line may join (`series`): realised, dated, in the indicator's unit, the
preferred one of its period, and of no year that is still running. A value that is itself only a limit
("over 1,000") or in other money than the bands gets no colour, and the reason is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.series import INEXACT_QUALIFIERS, Row, rows_of
from dashboard.domain.bands import Bands, Colour, check_bands, colour
from dashboard.domain.catalogue import Indicator


@dataclass(frozen=True, slots=True)
class Light:
    """The latest value and its colour, or why it has none: ``inexact``, ``currency_differs`` or
    ``does_not_fit`` (the indicator was changed so that its limits are no good)."""

    row: Row
    colour: Colour | None
    code: str = ""


def traffic_light(points: pd.DataFrame, indicator: Indicator, place: str, bands: Bands) -> Light | None:
    """The light of `indicator` at `place`, None where it has no value.

    `points` are those as published (`normalise.Shaped.points`).
    """
    own = points[(points["place"] == place) & (points["disaggregation"] == "") & points["segment"].notna()]
    if own.empty:
        return None
    row = rows_of(own.sort_values("anchor", kind="stable").tail(1))[0]
    if check_bands(bands, indicator):
        return Light(row, None, "does_not_fit")
    if row.currency != bands.currency:
        return Light(row, None, "currency_differs")
    if row.qualifier in INEXACT_QUALIFIERS:
        return Light(row, None, "inexact")
    return Light(row, colour(row.value, bands, indicator))
