"""Money in constant prices and in purchasing power, by rate tables that somebody has loaded (N6, F42).

**One stored truth**: the amount, its currency and its period. These are views of it, made only where a table
with a name and a version covers the country and the year; no rate is carried over from another year, and none
is invented. `Converted` names the table, its version, the year and the rate, and every view must print them.

**Constant prices**: amount × index of the base year ÷ index of the amount's year, both of the country whose
currency it is. **Purchasing power**: amount ÷ units of the national currency for one international unit (as
the World Bank and the OECD define it) in that year.

**Tables** are comma-separated: ``table,version,kind,unit,country,currency,year,rate``. `kind` is
``price_index`` (any base) or ``purchasing_power``; `unit` names what purchasing power is given in (such as
``international_dollar``), blank for an index; `country` ISO 3166, `currency` ISO 4217 (which tells whether an
amount can be meant); `rate` above nought. A file with one bad row is refused as a whole.

**Limits.** An amount over several calendar years has no single year and is refused. A price index of
consumers is no index of grants or wages: which one was loaded is for the reader to see.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from dashboard.domain.period import Period
from dashboard.domain.prices import LARGEST_RATE, PriceTable, RateKind
from dashboard.domain.problem import Problem

COLUMNS = ("table", "version", "kind", "unit", "country", "currency", "year", "rate")


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another measure and everything that must be named with it.

    `unit` is a currency for constant prices ("DKK" in prices of `base_year`), the table's unit for purchasing
    power (`base_year` None). `factor` is what the amount was multiplied with.
    """

    amount: float
    unit: str
    year: int
    base_year: int | None
    factor: float
    table: str
    version: str


@dataclass(frozen=True, slots=True)
class NotConverted:
    """Why an amount is not converted: ``refusal.<code>``, filled by `params`.

    ``no_rate_table``, ``undated``, ``several_years``, ``currency_not_of_country``, ``price_rate_missing``.
    """

    code: str
    params: Mapping[str, str | int]


def read_price_tables(text: str) -> tuple[tuple[PriceTable, ...], tuple[Problem, ...]]:
    """The tables of a file; none where there is any problem (lines are counted from 2, as a person does)."""
    reader = csv.DictReader(StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error:  # a cell without an end
        lines = []
    if tuple(reader.fieldnames or ()) != COLUMNS or not lines:
        return (), (Problem("rate_columns", "table", params={"columns": ", ".join(COLUMNS)}),)
    problems: list[Problem] = []
    gathered: dict[tuple[str, str, str, str], dict[tuple[str, int], float]] = {}
    currencies: dict[tuple[str, str, str, str], dict[str, str]] = {}
    for line, cells in lines:
        row = {name: (cells[name] or "").strip() for name in COLUMNS}
        found = "rate_cells" if None in cells else _row_problem(row)  # a decimal comma makes one cell two
        head = (row["table"], row["version"], row["kind"], row["unit"])
        if not found:
            key = (row["country"], int(row["year"]))
            rates, known = gathered.setdefault(head, {}), currencies.setdefault(head, {})
            if key in rates:
                found = "rate_twice"
            elif known.setdefault(row["country"], row["currency"]) != row["currency"]:
                found = "rate_currency_changes"
            else:
                rates[key] = float(row["rate"])
        if found:
            problems.append(Problem(found, "rate", params={"line": line}))
    if problems:
        return (), tuple(problems)
    return tuple(
        PriceTable(name, version, RateKind(kind), unit, rates, currencies[name, version, kind, unit])
        for (name, version, kind, unit), rates in gathered.items()
    ), ()


def constant_prices(
    amount: float, currency: str, country: str, period: Period, base_year: int, table: PriceTable | None
) -> Converted | NotConverted:
    """`amount` of `currency` in the prices of `base_year`, by the price index of `country`."""
    year = _year(period, table, RateKind.PRICE_INDEX, country, currency)
    if isinstance(year, NotConverted) or table is None:
        return year if isinstance(year, NotConverted) else NotConverted("no_rate_table", {})
    then, base = table.rates.get((country, year)), table.rates.get((country, base_year))
    if then is None or base is None:
        return _missing(table, country, year if then is None else base_year)
    factor = base / then
    return Converted(amount * factor, currency, year, base_year, factor, table.name, table.version)


def purchasing_power(
    amount: float, currency: str, country: str, period: Period, table: PriceTable | None
) -> Converted | NotConverted:
    """`amount` of `currency` in the unit of `table`, by what money bought in `country` in that year."""
    year = _year(period, table, RateKind.PURCHASING_POWER, country, currency)
    if isinstance(year, NotConverted) or table is None:
        return year if isinstance(year, NotConverted) else NotConverted("no_rate_table", {})
    rate = table.rates.get((country, year))
    if rate is None:
        return _missing(table, country, year)
    return Converted(amount / rate, table.unit, year, None, 1 / rate, table.name, table.version)


def _year(
    period: Period, table: PriceTable | None, kind: RateKind, country: str, currency: str
) -> int | NotConverted:
    """The one calendar year of an amount, or why it cannot be converted by `table`."""
    if table is None or table.kind is not kind:
        return NotConverted("no_rate_table", {})
    if period.end is None:
        return NotConverted("undated", {})
    if period.start is not None and period.start.year != period.end.year:
        return NotConverted("several_years", {})
    own = table.currencies.get(country)
    if own is None:
        return _missing(table, country, period.end.year)
    if own != currency:
        return NotConverted("currency_not_of_country", {"currency": currency, "own": own})
    return period.end.year


def _missing(table: PriceTable, country: str, year: int) -> NotConverted:
    params: dict[str, str | int] = {"table": table.name, "version": table.version, "country": country}
    return NotConverted("price_rate_missing", params | {"year": str(year)})


def _row_problem(row: Mapping[str, str]) -> str:
    if not row["table"] or not row["version"]:
        return "rate_unnamed"
    if row["kind"] not in [kind.value for kind in RateKind]:
        return "rate_kind"
    if (row["kind"] == RateKind.PURCHASING_POWER) != bool(row["unit"]):
        return "rate_unit"
    if not re.fullmatch(r"[A-Z]{2}", row["country"]) or not re.fullmatch(r"[A-Z]{3}", row["currency"]):
        return "rate_country"
    plain = re.fullmatch(r"\d+(\.\d+)?", row["rate"])
    rate = float(row["rate"]) if plain else 0.0
    if not re.fullmatch(r"(19|20)\d\d", row["year"]) or not 0 < rate < LARGEST_RATE:
        return "rate_number"
    return ""


def latest(tables: Sequence[PriceTable], kind: RateKind, country: str) -> PriceTable | None:
    """The table of a kind with the latest year for a country; of several the last by name and version."""
    holding = [
        (max(year for place, year in table.rates if place == country), table.name, table.version, table)
        for table in tables
        if table.kind is kind and country in table.currencies
    ]
    return max(holding, key=lambda found: found[:3])[3] if holding else None
