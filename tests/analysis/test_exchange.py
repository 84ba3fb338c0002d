"""ECB rates against the annual means of the domain document (B7), and every refusal."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.exchange import RateTable, rate_table, span_of
from dashboard.domain.period import Period, Precision

TABLE = rate_table()


@pytest.mark.parametrize(
    ("currency", "year", "expected"),
    [
        ("USD", 2015, 6.7271), ("USD", 2019, 6.6703), ("USD", 2022, 7.0808), ("USD", 2025, 6.6177),
        ("EUR", 2015, 7.4587), ("EUR", 2025, 7.4634), ("GBP", 2015, 10.2822), ("GBP", 2019, 8.5105),
        ("GBP", 2025, 8.7139),
    ],
)  # fmt: skip
def test_a_year_has_the_mean_of_its_daily_cross_rates(currency: str, year: int, expected: float) -> None:
    rate = TABLE.rate(dt.date(year, 1, 1), dt.date(year, 12, 31), currency, "DKK")
    assert rate == pytest.approx(expected, abs=5e-5)


def test_a_day_has_its_own_rate_and_a_sunday_that_of_the_friday_before() -> None:
    friday, sunday = dt.date(2019, 10, 25), dt.date(2019, 10, 27)
    assert TABLE.rate(friday, friday, "EUR", "DKK") == 7.4704
    assert TABLE.rate(sunday, sunday, "EUR", "DKK") == 7.4704
    assert TABLE.rate(friday, friday, "EUR", "DKK") != TABLE.rate(
        dt.date(2019, 10, 28), dt.date(2019, 10, 28), "EUR", "DKK"
    )


def test_the_weekend_of_a_period_without_any_working_day_uses_the_friday_before() -> None:
    friday = dt.date(2019, 10, 25)
    weekend = TABLE.rate(dt.date(2019, 10, 26), dt.date(2019, 10, 27), "USD", "DKK")
    assert weekend == TABLE.rate(friday, friday, "USD", "DKK")


@pytest.mark.parametrize(
    ("start", "end", "currency", "code"),
    [
        ("2019-01-01", "2019-12-31", "COP", "currency_not_quoted"),
        ("1998-01-01", "1998-12-31", "USD", "outside_rates"),
        ("2098-01-01", "2098-12-31", "USD", "outside_rates"),
        ("2012-01-01", "2012-12-31", "ISK", "rate_missing"),  # not quoted from 2008 to 2018
        ("2022-01-01", "2022-12-31", "RUB", "rate_missing"),  # suspended on 2 March 2022
        ("2022-06-01", "2022-06-01", "RUB", "rate_missing"),
        ("2022-01-01", "2022-12-31", "HRK", ""),  # the last rate, 30 December, was a Friday
        ("2019-01-01", "2019-12-31", "USD", ""),
    ],
)
def test_what_the_table_does_not_cover_is_refused(start: str, end: str, currency: str, code: str) -> None:
    span = (dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    rates, codes = TABLE.rates([span], currency, "DKK")
    assert codes == [code]
    assert (rates[0] != rates[0]) == bool(code)


def test_the_table_says_how_far_it_reaches() -> None:
    assert TABLE.first == dt.date(1999, 1, 4)
    assert TABLE.last >= dt.date(2026, 1, 1)
    after = TABLE.last + dt.timedelta(days=10)
    assert TABLE.rates([(after, after)], "USD", "DKK")[1] == ["outside_rates"]


def test_the_weekend_after_the_last_friday_is_covered_and_the_monday_is_not() -> None:
    days = np.array(["2019-10-24", "2019-10-25"], dtype="datetime64[D]")
    table = RateTable(days, {"EUR": np.ones(2), "DKK": np.array([7.4, 7.5])})
    sunday, monday = dt.date(2019, 10, 27), dt.date(2019, 10, 28)
    assert table.rate(sunday, sunday, "EUR", "DKK") == 7.5
    assert table.rates([(monday, monday)], "EUR", "DKK")[1] == ["outside_rates"]
    assert table.rate(dt.date(2019, 10, 24), sunday, "EUR", "DKK") == pytest.approx(7.45)


def test_the_shipped_table_is_read_once() -> None:
    assert rate_table() is TABLE


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2024, 12, 31)),
    st.sampled_from(["USD", "GBP", "SEK", "DKK"]),
    st.floats(0.01, 1e9),
)
def test_converting_there_and_back_on_one_day_returns_the_amount(
    day: dt.date, currency: str, amount: float
) -> None:
    there = TABLE.rate(day, day, currency, "EUR")
    back = TABLE.rate(day, day, "EUR", currency)
    assert there is not None
    assert back is not None
    assert amount * there * back == pytest.approx(amount, rel=1e-12)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2020, 12, 31)), st.integers(0, 1500))
def test_a_mean_lies_between_the_lowest_and_the_highest_day(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    days = [start + dt.timedelta(days=n) for n in range(-7, length + 1)]
    singles = [r for r in (TABLE.rate(d, d, "USD", "DKK") for d in days[:: max(1, length // 40)]) if r]
    rate = TABLE.rate(start, end, "USD", "DKK")
    assert rate is not None
    if length <= 40:
        assert min(singles) - 1e-9 <= rate <= max(singles) + 1e-9
    assert 3 < rate < 10


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.year(2019), ("2019-01-01", "2019-12-31")),
        (Period.day(dt.date(2019, 10, 30)), ("2019-10-30", "2019-10-30")),
        (Period.point(dt.date(2016, 9, 19)), ("2016-09-19", "2016-09-19")),
        (Period.point(dt.date(2016, 9, 19), Precision.MONTH), ("2016-09-01", "2016-09-30")),
        (Period.point(dt.date(2016, 9, 19), Precision.QUARTER), ("2016-07-01", "2016-09-30")),
        (Period.point(dt.date(2016, 9, 19), Precision.YEAR), ("2016-01-01", "2016-12-31")),
        (Period(), None),
        (Period(dt.date(2022, 1, 1), None, Precision.YEAR), None),
    ],
)
def test_the_days_whose_rates_belong_to_a_period(period: Period, expected: tuple[str, str] | None) -> None:
    span = span_of(period)
    assert (span and tuple(day.isoformat() for day in span)) == expected
