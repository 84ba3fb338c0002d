"""``prices.csv`` of a data set folder: tables of prices, all from the source that ``set.toml`` names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.analysis.prices import read_price_tables
from dashboard.domain.prices import PriceTable
from dashboard.domain.problem import Problem
from dashboard.intake.record import located

FILE = "prices.csv"


def read_prices(path: Path, source: str, problems: list[Problem]) -> tuple[PriceTable, ...]:
    """The tables of a folder; without the file there are none, and none is invented."""
    if not path.exists():
        return ()
    tables, found = read_price_tables(path.read_text(encoding="utf-8-sig"))
    problems += [located(problem, FILE, problem.params.get("line")) for problem in found]
    return tuple(replace(table, source=source) for table in tables)
