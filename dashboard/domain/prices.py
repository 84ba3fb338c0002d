"""Tables of rates that turn an amount into constant prices or purchasing power (N6, F42)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.problem import Problem

LONGEST_NAME, LONGEST_VERSION, LONGEST_UNIT = 120, 40, 80
LARGEST_RATE = 1e12


class RateKind(StrEnum):
    PRICE_INDEX = "price_index"
    PURCHASING_POWER = "purchasing_power"


@dataclass(frozen=True)
class PriceTable:
    """One table: `rates` by country (ISO 3166) and year, `currencies` (ISO 4217) by country.

    A price index has any base and no `unit`; of purchasing power `unit` names what it is given in, such as
    ``international_dollar``. `source` is the key of where the table was taken from, "" where nobody said.
    """

    name: str
    version: str
    kind: RateKind
    unit: str
    rates: Mapping[tuple[str, int], float]
    currencies: Mapping[str, str]
    source: str = ""

    @property
    def title(self) -> str:
        """Name and version, as every view that used the table prints them."""
        return f"{self.name} ({self.version})"

    def called(self, name: str) -> bool:
        """Whether `name` means this table: its name alone, or its name and version."""
        return name in ("", self.name, f"{self.name} {self.version}", self.title)


def check_price_table(table: PriceTable) -> list[Problem]:
    """What keeps a table from being stored: names that do not fit, no rates, a rate that is none."""
    problems = []
    for field, longest in (("name", LONGEST_NAME), ("version", LONGEST_VERSION), ("unit", LONGEST_UNIT)):
        given = getattr(table, field)
        if len(given) > longest or (not given and field != "unit"):
            params = {"table": table.name, "version": table.version, "longest": longest}
            problems.append(Problem("price_table_name", field, params=params))
    impossible = not all(math.isfinite(r) and 0 < r < LARGEST_RATE for r in table.rates.values())
    if not table.rates or impossible:
        params = {"table": table.name, "version": table.version}
        problems.append(Problem("price_table_rates", "rates", params=params))
    return problems
