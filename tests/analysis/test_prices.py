"""Constant prices and purchasing power: only by a named table, never by a guess."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.prices import (
    Converted,
    NotConverted,
    constant_prices,
    latest,
    purchasing_power,
    read_price_tables,
)
from dashboard.domain.period import Period
from dashboard.domain.prices import PriceTable, RateKind

HEAD = "table,version,kind,unit,country,currency,year,rate\n"
INDEX = HEAD + "\n".join(
    f"pris8,2026-05,price_index,,DK,DKK,{year},{rate}"
    for year, rate in ((2015, 100), (2020, 104.2), (2024, 125.05))
)  # fmt: skip
POWER = HEAD + (
    "ppp,2026-04,purchasing_power,international_dollar,DK,DKK,2024,6.5\n"
    "ppp,2026-04,purchasing_power,international_dollar,US,USD,2024,1\n"
)


def table_of(text: str) -> PriceTable:
    tables, problems = read_price_tables(text)
    assert problems == ()
    return tables[0]


def test_constant_prices_by_the_two_index_values() -> None:
    """A spreadsheet's =1000*125.05/104.2."""
    found = constant_prices(1000, "DKK", "DK", Period.month(2020, 5), 2024, table_of(INDEX))
    assert isinstance(found, Converted)
    assert found.amount == pytest.approx(1200.0959692898)
    assert (found.unit, found.year, found.base_year) == ("DKK", 2020, 2024)
    assert (found.table, found.version) == ("pris8", "2026-05")


def test_purchasing_power_in_the_unit_of_the_table() -> None:
    table = table_of(POWER)
    kroner = purchasing_power(650, "DKK", "DK", Period.year(2024), table)
    dollars = purchasing_power(100, "USD", "US", Period.point(dt.date(2024, 3, 1)), table)
    assert isinstance(kroner, Converted)
    assert isinstance(dollars, Converted)
    assert kroner.amount == pytest.approx(dollars.amount)
    assert (kroner.unit, kroner.base_year) == ("international_dollar", None)


@pytest.mark.parametrize(
    ("period", "currency", "country", "base", "code"),
    [
        (Period.year(2020), "DKK", "DK", 2023, "price_rate_missing"),
        (Period.year(2021), "DKK", "DK", 2024, "price_rate_missing"),
        (Period.year(2020), "SEK", "SE", 2024, "price_rate_missing"),
        (Period.year(2020), "EUR", "DK", 2024, "currency_not_of_country"),
        (Period(), "DKK", "DK", 2024, "undated"),
        (Period(dt.date(2020, 1, 1)), "DKK", "DK", 2024, "undated"),
        (Period(dt.date(2019, 7, 1), dt.date(2020, 6, 30)), "DKK", "DK", 2024, "several_years"),
    ],
)
def test_it_is_refused_rather_than_guessed(
    period: Period, currency: str, country: str, base: int, code: str
) -> None:
    found = constant_prices(1, currency, country, period, base, table_of(INDEX))
    assert isinstance(found, NotConverted)
    assert found.code == code


def test_without_a_table_of_the_kind_there_is_nothing() -> None:
    nothing, year = NotConverted("no_rate_table", {}), Period.year(2024)
    for table in (None, table_of(POWER)):
        assert constant_prices(1, "DKK", "DK", year, 2024, table) == nothing
    assert purchasing_power(1, "DKK", "DK", year, table_of(INDEX)) == nothing


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",1,price_index,,DK,DKK,2020,1", "rate_unnamed"), ("a,,price_index,,DK,DKK,2020,1", "rate_unnamed"),
        ("a,1,guess,,DK,DKK,2020,1", "rate_kind"), ("a,1,price_index,usd,DK,DKK,2020,1", "rate_unit"),
        ("a,1,purchasing_power,,DK,DKK,2020,1", "rate_unit"),
        ("a,1,price_index,,dk,DKK,2020,1", "rate_country"),
        ("a,1,price_index,,DK,DKK,2020,0", "rate_number"), ("a,1,price_index", "rate_country"),
        ('a,1,price_index,,DK,DKK,2020,"1,5"', "rate_number"),
        ("a,1,price_index,,DK,DKK,2020,1,5", "rate_cells"),
        ("a,1,price_index,,DK,DKK,20,1", "rate_number"), ("a,1,price_index,,DK,DKK,2020,nan", "rate_number"),
        ("pris8,2026-05,price_index,,DK,DKK,2020,105", "rate_twice"),
        ("pris8,2026-05,price_index,,DK,EUR,2021,105", "rate_currency_changes"),
    ],
)  # fmt: skip
def test_one_bad_row_refuses_the_file_and_names_the_line(row: str, code: str) -> None:
    tables, problems = read_price_tables(f"{INDEX}\n{row}")
    assert tables == ()
    assert [(p.code, p.params["line"]) for p in problems] == [(code, 5)]


def test_other_columns_are_refused() -> None:
    assert read_price_tables("a,b\n1,2")[1][0].code == "rate_columns"
    assert read_price_tables("")[1][0].code == "rate_columns"


def test_versions_stand_apart_and_the_latest_year_is_chosen() -> None:
    newer = "\npris8,2026-11,price_index,,DK,DKK,2025,130"
    tables, problems = read_price_tables(INDEX + newer)
    assert problems == ()
    assert [(t.version, len(t.rates)) for t in tables] == [("2026-05", 3), ("2026-11", 1)]
    chosen = latest(tables, RateKind.PRICE_INDEX, "DK")
    assert chosen is not None
    assert chosen.version == "2026-11"
    assert latest(tables, RateKind.PURCHASING_POWER, "DK") is None
    assert latest(tables, RateKind.PRICE_INDEX, "SE") is None


@given(st.floats(0.01, 1e9), st.sampled_from([2015, 2020, 2024]), st.sampled_from([2015, 2020, 2024]))
def test_there_and_back_is_the_same_amount(amount: float, one: int, other: int) -> None:
    table = table_of(INDEX)
    there = constant_prices(amount, "DKK", "DK", Period.year(one), other, table)
    assert isinstance(there, Converted)
    back = constant_prices(there.amount, "DKK", "DK", Period.year(other), one, table)
    assert isinstance(back, Converted)
    assert back.amount == pytest.approx(amount)
