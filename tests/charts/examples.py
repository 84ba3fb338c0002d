"""Small literal inputs for the tests of charts: an indicator, two places and shaped points."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from dashboard.domain.catalogue import (
    Accumulation,
    Designation,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    Place,
    PlaceKind,
    PopulationBasis,
    ResultLevel,
    TimeAggregation,
)
from dashboard.domain.observation import FRAME_COLUMNS
from dashboard.domain.period import Period, Precision, months_between
from dashboard.domain.text import Text

ADDED_COLUMNS = {
    "anchor": "datetime64[us]",
    "month_since_designation": "Int64",
    "month_uncertainty": "Int64",
    "shown_value": "float64",
    "shown_low": "float64",
    "shown_high": "float64",
    "shown_unit": "str",
    "shown_currency": "str",
    "grade": "str",
    "segment": "Int64",
    "gap_before": "bool",
}


def place(slug: str, name: str, day: date | None = None, precision: Precision = Precision.DAY) -> Place:
    designations = (Designation(day, precision, "s"),) if day else ()
    return Place(slug, PlaceKind.CITY, Text(name, name), designations=designations)


VIBORG = place("viborg", "Viborg", date(2019, 10, 30))
TUCSON = place("tucson", "Tucson", date(2015, 12, 11))


def indicator(
    name: str = "Kreative virksomheder",
    unit: str = "companies",
    kind: IndicatorKind = IndicatorKind.NUMBER,
    decimals: int = 0,
    **more: Any,
) -> Indicator:
    text = Text(name, name)
    return Indicator(
        code="creative_companies", claims=("political-focus",), name=text, definition=text, rationale=text,
        method=text, limitations=text, kind=kind, unit=unit, decimals=decimals,
        direction=Direction.HIGHER_IS_BETTER, accumulation=Accumulation.PER_PERIOD,
        time_aggregation=TimeAggregation.SUM, frequency=Frequency.ANNUAL, result_level=ResultLevel.OUTCOME,
        proxy=False, contested=False, comparable_over_time=True, comparable_between_places=True,
        population_basis=PopulationBasis.NONE, **more,
    )  # fmt: skip


def point(period: Period, value: float, at: Place = VIBORG, **more: Any) -> dict[str, Any]:
    """One row of a shaped frame: an actual, preferred value in segment 0 unless `more` says otherwise."""
    anchor = period.anchor
    designation = at.designation
    row: dict[str, Any] = {
        "place": at.slug,
        "indicator": "creative_companies",
        "period_start": period.start,
        "period_end": period.end,
        "precision": period.precision.value,
        "value": value,
        "shown_value": value,
        "shown_unit": "companies",
        "qualifier": "=",
        "kind": "actual",
        "grade": "comparable",
        "preferred": True,
        "segment": 0,
        "gap_before": False,
        "source": "register",
        "anchor": anchor,
        "month_since_designation": months_between(designation.day, anchor)
        if designation and anchor
        else None,
        "month_uncertainty": 0,
    }
    return row | more


def points(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """A frame with every column of the contract, in its type."""
    given = list(rows)
    types = FRAME_COLUMNS | ADDED_COLUMNS
    empty = {"str": "", "bool": False}
    data = {
        column: pd.array([row.get(column, empty.get(kind)) for row in given], dtype="object")
        for column, kind in types.items()
    }
    return pd.DataFrame(data).astype(types)


def yearly(first: int, values: Iterable[float], at: Place = VIBORG, **more: Any) -> list[dict[str, Any]]:
    return [point(Period.year(first + i), value, at, **more) for i, value in enumerate(values)]
