"""Money in constant prices and purchasing power as a view of points, and against the bank's own series."""

from __future__ import annotations

import contextlib
from statistics import fmean

import pandas as pd
import pytest
from currency_converter import CurrencyConverter, RateNotFoundError

from dashboard.analysis.normalise import Shaped, View, normalise
from dashboard.analysis.prices import read_price_tables
from dashboard.domain.prices import PriceTable
from tests.analysis.literals import frame_of, money_of, place_of

PLACES = {p.slug: p for p in (place_of("viborg", country="DK"), place_of("tucson", country="US"))}
ROWS = "\n".join(
    [
        "table,version,kind,unit,country,currency,year,rate",
        *(f"pris,1,price_index,,DK,DKK,{y},{r}" for y, r in ((2016, 100), (2020, 104), (2024, 125))),
        *(f"pris,1,price_index,,US,USD,{y},{r}" for y, r in ((2016, 240), (2020, 258))),
        "pris,2,price_index,,DK,DKK,2025,130",
        "ppp,1,purchasing_power,international_dollar,DK,DKK,2020,6.6",
        "ppp,1,purchasing_power,international_dollar,US,USD,2020,1",
    ]
)
TABLES, _PROBLEMS = read_price_tables(ROWS)
AMOUNTS = frame_of(
    {"indicator": "funding_secured", "year": 2016, "value": 1000, "currency": "DKK"},
    {"indicator": "funding_secured", "year": 2020, "value": 660, "currency": "DKK", "low": 330},
    {"indicator": "funding_secured", "year": 2020, "value": 100, "currency": "USD", "place": "tucson"},
    {"indicator": "funding_secured", "year": 2016, "value": 100, "currency": "EUR", "source": "b"},
    {"indicator": "funding_secured", "value": 100, "currency": "DKK", "source": "c"},
)


def shaped(view: View, tables: tuple[PriceTable, ...] = TABLES) -> Shaped:
    return normalise(AMOUNTS, money_of(), view, PLACES, tables=tables)


def bank_mean(source: str, target: str, start: str, end: str) -> float:
    """Each day asked of the converter by itself; days on which the bank was closed have no rate."""
    bank, rates = CurrencyConverter(), []
    for day in pd.date_range(start, end):
        with contextlib.suppress(RateNotFoundError):
            rates.append(bank.convert(1, source, target, date=day.date()))
    return fmean(rates)


def test_constant_prices_name_the_table_the_year_and_the_factor() -> None:
    found = shaped(View(prices="constant", base_year=2020, table="pris 1"))
    assert found.points["shown_value"].tolist()[:3] == pytest.approx([1040, 660, 100])
    assert found.points["price_factor"].tolist() == pytest.approx([1.04, 1, 1, 1.04])
    assert found.points["price_table"].tolist() == ["pris (1)"] * 4
    assert found.points["price_year"].tolist() == [2016, 2020, 2020, 2016]
    assert found.points["price_base"].tolist() == [2020] * 4
    assert found.points["shown_currency"].tolist() == ["DKK", "DKK", "USD", "DKK"]
    assert found.points["shown_low"].tolist()[1] == pytest.approx(330)
    assert [(r.code, r.place) for r in found.refused] == [("undated", "viborg")]


def test_money_from_abroad_is_worth_what_it_was_worth_when_it_came() -> None:
    """100 euro in Denmark in 2016: at the mean rate of 2016 in kroner, and then in the prices of 2020."""
    rate = bank_mean("EUR", "DKK", "2016-01-01", "2016-12-31")
    euro = shaped(View(prices="constant", base_year=2020, table="pris 1")).points.iloc[3]
    assert euro["shown_value"] == pytest.approx(100 * rate * 1.04, rel=1e-9)
    assert euro["national_rate"] == pytest.approx(rate, rel=1e-9)
    assert (euro["national_from"], euro["national_to"], euro["national_currency"]) == (
        pd.Timestamp("2016-01-01"), pd.Timestamp("2016-12-31"), "DKK",
    )  # fmt: skip
    assert pd.isna(euro["exchange_rate"])
    back = shaped(View(currency="EUR", prices="constant", base_year=2020, table="pris 1")).points.iloc[3]
    mean = bank_mean("DKK", "EUR", "2020-01-01", "2020-12-31")
    assert back["shown_value"] == pytest.approx(100 * rate * 1.04 * mean, rel=1e-9)
    assert (back["national_rate"], back["exchange_rate"]) == pytest.approx((rate, mean), rel=1e-9)
    own = shaped(View(prices="constant", base_year=2020, table="pris 1")).points.iloc[:3]
    assert own["national_rate"].isna().all()


def test_money_from_abroad_without_a_rate_is_refused() -> None:
    rows = [
        {"indicator": "funding_secured", "year": 2016, "value": 1, "currency": "COP"},
        {"indicator": "funding_secured", "start": "2016-01-01", "value": 1, "currency": "EUR", "source": "b"},
        {"indicator": "funding_secured", "start": "2015-07-01", "end": "2016-06-30", "value": 1,
         "currency": "EUR", "source": "c"},
    ]  # fmt: skip
    view = View(prices="constant", base_year=2020, table="pris 1")
    found = normalise(frame_of(*rows), money_of(), view, PLACES, tables=TABLES)
    assert [r.code for r in found.refused] == ["currency_not_quoted", "open_period", "several_years"]
    assert not len(found.points)


def test_another_currency_comes_at_the_mean_rate_of_the_base_year() -> None:
    """By the converter's own daily rates of 2020, and by no rate of 2016."""
    found = shaped(View(currency="EUR", prices="constant", base_year=2020, table="pris (1)"))
    rate = bank_mean("DKK", "EUR", "2020-01-01", "2020-12-31")
    assert found.points["shown_value"].tolist()[0] == pytest.approx(1040 * rate, rel=1e-9)
    assert found.points["rate_from"].tolist()[0] == pd.Timestamp("2020-01-01")
    assert found.points["rate_to"].tolist()[0] == pd.Timestamp("2020-12-31")


def test_without_a_name_the_latest_year_of_the_country_decides_and_lacks_the_rest() -> None:
    found = shaped(View(prices="constant", base_year=2020))
    refused = [r.code for r in found.refused]
    assert refused.count("price_rate_missing") == 3  # version 2 has 2025 alone
    assert found.points["place"].tolist() == ["tucson"]


def test_purchasing_power_has_one_unit_and_one_line() -> None:
    found = shaped(View(prices="purchasing_power"))
    assert (found.unit, found.currency) == ("international_dollar", "")
    assert found.points["shown_value"].tolist() == pytest.approx([100, 100])
    assert [r.code for r in found.refused].count("price_rate_missing") == 2  # 2016 has no rate


@pytest.mark.parametrize(
    ("view", "tables", "code"),
    [
        (View(prices="constant", base_year=2020), (), "no_rate_table"),
        (View(prices="constant", base_year=2020, table="none"), TABLES, "no_rate_table"),
        (View(prices="purchasing_power"), TABLES[:1], "no_rate_table"),
        (View(prices="constant", base_year=2020), TABLES[1:2], "price_country_missing"),
    ],
)
def test_without_a_table_nothing_is_invented(view: View, tables: tuple[PriceTable, ...], code: str) -> None:
    found = shaped(view, tables)
    assert code in {r.code for r in found.refused if r.place == "tucson"}


def test_a_place_without_a_country_and_a_count_are_refused() -> None:
    view = View(prices="purchasing_power")
    nowhere = {**PLACES, "viborg": place_of("viborg")}
    assert "country_unknown" in {r.code for r in normalise(AMOUNTS, money_of(), view, nowhere).refused}
    count = frame_of({"indicator": "funding_secured", "year": 2020, "value": 3, "unit": "grants"})
    assert normalise(count, money_of(), view, PLACES, tables=TABLES).refused[0].code == "not_an_amount"


@pytest.mark.parametrize(
    ("source", "target", "start", "end"),
    [
        ("USD", "DKK", "2015-07-01", "2016-06-30"), ("GBP", "DKK", "2023-04-01", "2024-03-31"),
        ("DKK", "EUR", "2019-01-01", "2019-12-31"), ("USD", "EUR", "2024-05-17", "2024-05-17"),
        ("SEK", "DKK", "2025-12-20", "2025-12-28"),
    ],
)  # fmt: skip
def test_a_period_has_the_mean_of_the_banks_daily_rates(
    source: str, target: str, start: str, end: str
) -> None:
    rate = bank_mean(source, target, start, end)
    row = {"indicator": "funding_secured", "start": start, "end": end, "value": 1, "currency": source}
    found = normalise(frame_of(row), money_of(), View(currency=target), PLACES).points
    assert found["shown_value"].tolist() == pytest.approx([rate], rel=1e-9)
    assert (found["rate_from"][0], found["rate_to"][0]) == (pd.Timestamp(start), pd.Timestamp(end))
