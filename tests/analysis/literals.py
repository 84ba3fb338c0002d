"""Literals of the domain for the analysis tests, as short as they can be written."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

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
from dashboard.domain.period import Precision
from dashboard.domain.text import Text

BOTH = Text("ord", "words")


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def indicator_of(code: str = "festival_visits", **changes: object) -> Indicator:
    plain = Indicator(
        code=code, claims=("attraction",), name=BOTH, definition=BOTH, rationale=BOTH, method=BOTH,
        limitations=BOTH, kind=IndicatorKind.NUMBER, unit="visits", decimals=0,
        direction=Direction.HIGHER_IS_BETTER, accumulation=Accumulation.PER_PERIOD,
        time_aggregation=TimeAggregation.SUM, frequency=Frequency.ANNUAL, result_level=ResultLevel.OUTCOME,
        proxy=False, contested=False, comparable_over_time=True, comparable_between_places=True,
        population_basis=PopulationBasis.HOST,
    )  # fmt: skip
    return replace(plain, **changes)


def money_of(code: str = "funding_secured", **changes: object) -> Indicator:
    return indicator_of(code, kind=IndicatorKind.MONEY, unit="currency", **changes)


def frame_of(*rows: dict[str, object]) -> pd.DataFrame:
    """A tidy frame; `start` and `end` are ISO texts, `year` a whole year, the rest has defaults."""
    full = []
    for number, given in enumerate(rows, start=1):
        row: dict[str, object] = {name: "" for name, kind in FRAME_COLUMNS.items() if kind == "str"}
        row |= {name: math.nan for name, kind in FRAME_COLUMNS.items() if kind == "float64"}
        row |= {
            "observation": number, "indicator": "festival_visits", "place": "viborg", "qualifier": "=",
            "unit": "visits", "kind": "actual", "status": "final", "state": "approved", "preferred": False,
            "revision": 1, "recorded_at": dt.datetime(2026, 11, 2), "activities": None,
            "source": "source-a", "precision": "none", "period_start": None, "period_end": None,
        }  # fmt: skip
        given = dict(given)
        if "year" in given:
            year = given.pop("year")
            given |= {"start": f"{year}-01-01", "end": f"{year}-12-31", "precision": "year"}
        if "currency" in given:
            given.setdefault("unit", "currency")
        for short, name in (("start", "period_start"), ("end", "period_end")):
            if short in given:
                row[name] = day(given.pop(short))
                row["precision"] = "day"
        full.append(row | given)
    frame = pd.DataFrame(full, columns=list(FRAME_COLUMNS))
    return frame.astype(FRAME_COLUMNS)


def place_of(
    slug: str, designated: str = "", precision: Precision = Precision.DAY, **fields: object
) -> Place:
    designations = (Designation(dt.date.fromisoformat(designated), precision, "src"),) if designated else ()
    fields.setdefault("kind", PlaceKind.CITY)
    fields.setdefault("name", Text(slug.title(), slug.title()))
    return Place(slug=slug, designations=designations, **fields)
