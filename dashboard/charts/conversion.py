"""What a shown value was made with, in words: rates and their days, inhabitants, tables of prices, baselines.

Each view names its rate, date and table (N6); this is where the table beside a chart does so, value by value.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

import pandas as pd

from dashboard.charts.quantity import Quantity
from dashboard.domain.period import Period

CONVERTED = (
    "currency", "national_rate", "national_from", "national_to", "national_currency", "price_factor",
    "price_table", "price_year", "price_base", "exchange_rate", "rate_from", "rate_to", "population",
    "population_boundary", "compared_with", "divisor", "members", "members_with_value",
)  # fmt: skip
"""Columns of a shaped frame that tell what its values were made with; a view has those that it needs."""

_TOLD = ("national_rate", "price_factor", "rate_from", "population", "compared_with", "divisor")
_RATE_DECIMALS, _FACTOR_DECIMALS = 4, 3
_SIGNIFICANT = 4
"""Digits that a rate or a factor has at least, however small it is."""


def is_converted(frame: pd.DataFrame) -> bool:
    """Whether any value was made with something that must be named."""
    return any(name in frame and bool(frame[name].notna().any()) for name in _TOLD)


def made_with(row: Mapping[Any, Any], quantity: Quantity) -> str:
    """The steps of one row in the order in which they were taken; "" for a value as published."""
    t = quantity.t
    found = []
    currency = str(row.get("currency", ""))
    if _known(row, "population"):
        code = str(row["population_boundary"])
        where = t(f"boundary.{code}") if t.has(f"boundary.{code}") else code
        found.append(t("chart.made_with.population", count=int(row["population"] + 0.5), boundary=where))
    if _known(row, "national_rate"):
        found.append(_rate(row, quantity, currency, "national_rate", ("national_from", "national_to")))
        currency = str(row["national_currency"])
    if _known(row, "price_factor"):
        factor = t.number(row["price_factor"], most=_digits(row["price_factor"], _FACTOR_DECIMALS))
        then = str(int(row["price_year"]))
        base = str(row["price_base"]) if _known(row, "price_base") else ""
        code = "constant" if base else "purchasing_power"
        table = str(row["price_table"])
        found.append(t(f"chart.made_with.{code}", table=table, then=then, base=base, factor=factor))
    if _known(row, "exchange_rate") and _known(row, "rate_from"):
        found.append(_rate(row, quantity, currency, "exchange_rate", ("rate_from", "rate_to")))
    if _known(row, "compared_with"):
        found.append(t("chart.made_with.baseline", value=quantity.number(row["compared_with"])))
    if "members" in row and _known(row, "divisor"):
        whole = quantity.t.number(row["divisor"])
        if _known(row, "members"):
            counts = {"count": int(row["members_with_value"]), "members": int(row["members"])}
            found.append(t("chart.made_with.network", whole=whole, **counts))
        else:
            found.append(t("chart.made_with.network_published", whole=whole))
    elif _known(row, "divisor"):
        found.append(t("chart.made_with.festival_days", count=row["divisor"]))
    return "; ".join(found)


def _rate(row: Mapping[Any, Any], quantity: Quantity, source: str, name: str, days: tuple[str, str]) -> str:
    """``1 EUR = 7,4452 DKK (2016)``: the day, or the period whose mean it is."""
    t = quantity.t
    start, end = (row[day].date() for day in days)
    target = str(row["national_currency" if name == "national_rate" else "shown_currency"])
    rate = t.number(row[name], _digits(row[name], _RATE_DECIMALS))
    when = t.period(Period(start, end))
    return t("chart.made_with.rate", source=source, rate=rate, target=target, when=when)


def _digits(value: float, usual: int) -> int:
    """Decimals: the usual ones, and for a small number so many that it keeps its digits."""
    return max(usual, _SIGNIFICANT - 1 - floor(log10(abs(value)))) if 0 < abs(value) < 1 else usual


def _known(row: Mapping[Any, Any], name: str) -> bool:
    return name in row and not pd.isna(row[name])
