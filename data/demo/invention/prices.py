"""Two invented tables of prices, so that constant prices and purchasing power can be shown.

No rate here is anybody's statistics; the names of the tables say so wherever they are printed.
"""

from __future__ import annotations

from invention.places import CURRENCY
from invention.writing import Row

COLUMNS = ("table", "version", "kind", "unit", "country", "currency", "year", "rate")
INDEX, POWER, VERSION = "opdigtet-prisindeks", "opdigtet-koebekraft", "2026"
FIRST, LAST = 2013, 2025
YEARLY = {2020: 0.005, 2021: 0.02, 2022: 0.08, 2023: 0.04}
"""How much dearer a year was than the one before; `USUAL` in all others."""
USUAL = 0.015
POWER_OF = {"DKK": 7.0, "GBP": 0.7, "USD": 1.0, "SEK": 9.0, "EUR": 0.75}


def prices() -> list[Row]:
    """A price index with 2015 as 100, and units of national money for an international dollar."""
    rows: list[Row] = []
    for number, country in enumerate(sorted(CURRENCY)):
        pace = 1 + (number - 3) / 20  # some countries grow dearer a little faster than others
        index = {FIRST: 100.0}
        for year in range(FIRST + 1, LAST + 1):
            index[year] = index[year - 1] * (1 + pace * YEARLY.get(year, USUAL))
        for year, value in index.items():
            rows.append(_row(INDEX, "price_index", "", country, year, 100 * value / index[2015], 1))
    for number, country in enumerate(sorted(CURRENCY)):
        for year in range(FIRST, LAST + 1):
            rate = POWER_OF[CURRENCY[country]] * (1 - (number - 3) * (year - 2015) / 1000)
            rate = 1.0 if country == "US" else rate
            rows.append(_row(POWER, "purchasing_power", "international_dollar", country, year, rate, 4))
    return rows


def _row(table: str, kind: str, unit: str, country: str, year: int, rate: float, decimals: int) -> Row:
    return {
        "table": table, "version": VERSION, "kind": kind, "unit": unit, "country": country,
        "currency": CURRENCY[country], "year": year, "rate": f"{rate:.{decimals}f}",
    }  # fmt: skip
