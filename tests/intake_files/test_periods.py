"""Periods as people write them, in Danish and English, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.intake.periods import FIRST_YEAR, LAST_YEAR, read_period
from dashboard.intake.template import period_words

D = dt.date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024", Period.year(2024)), ("År 2024", Period.year(2024)), (2024.0, Period.year(2024)),
        ("2024K3", Period.quarter(2024, 3)), ("2024 K3", Period.quarter(2024, 3)),
        ("2024Q3", Period.quarter(2024, 3)), ("K3 2024", Period.quarter(2024, 3)),
        ("Q3-2024", Period.quarter(2024, 3)), ("3. kvt. 2024", Period.quarter(2024, 3)),
        ("3. kvartal 2024", Period.quarter(2024, 3)), ("3. kv. 24", Period.quarter(2024, 3)),
        ("3rd quarter 2024", Period.quarter(2024, 3)), ("2024, 3. kvartal", Period.quarter(2024, 3)),
        ("jan-24", Period.month(2024, 1)), ("Jan 2024", Period.month(2024, 1)),
        ("maj 2024", Period.month(2024, 5)), ("May 2024", Period.month(2024, 5)),
        ("okt. 2024", Period.month(2024, 10)), ("october 2024", Period.month(2024, 10)),
        ("marts '24", Period.month(2024, 3)), ("dec-99", Period.month(1999, 12)),
        ("2024-07", Period.month(2024, 7)), ("2024M07", Period.month(2024, 7)),
        ("07-2024", Period.month(2024, 7)), ("7/2024", Period.month(2024, 7)),
        ("2024 juli", Period.month(2024, 7)),
        ("31.12.2025", Period.day(D(2025, 12, 31))), ("05-03-2026", Period.day(D(2026, 3, 5))),
        ("5/3/2026", Period.day(D(2026, 3, 5))), ("2026-03-05", Period.day(D(2026, 3, 5))),
        ("5. marts 2026", Period.day(D(2026, 3, 5))), ("den 5. marts 2026", Period.day(D(2026, 3, 5))),
        ("5 March 2026", Period.day(D(2026, 3, 5))), ("March 5, 2026", Period.day(D(2026, 3, 5))),
        ("2026-03-05 00:00:00", Period.day(D(2026, 3, 5))), (D(2026, 3, 5), Period.day(D(2026, 3, 5))),
        ("1. halvår 2024", Period(D(2024, 1, 1), D(2024, 6, 30), Precision.MONTH)),
        ("2024H2", Period(D(2024, 7, 1), D(2024, 12, 31), Precision.MONTH)),
        ("2019-2021", Period(D(2019, 1, 1), D(2021, 12, 31), Precision.YEAR)),
        ("2019–2021", Period(D(2019, 1, 1), D(2021, 12, 31), Precision.YEAR)),
        ("apr. 2017 – mar. 2018", Period(D(2017, 4, 1), D(2018, 3, 31), Precision.MONTH)),
        ("jan 2024 til mar 2024", Period(D(2024, 1, 1), D(2024, 3, 31), Precision.MONTH)),
        ("1.1.2019 - 31.12.2019", Period(D(2019, 1, 1), D(2019, 12, 31), Precision.DAY)),
        ("udateret", Period()), ("undated", Period()),
    ],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(text: Any, wanted: Period) -> None:
    assert read_period(text) == wanted
    if isinstance(text, str):
        assert read_period(f"  {text.upper()} ") == wanted


@pytest.mark.parametrize(("text", "second"), [("2023/24", "2024"), ("2023/2024", "2024")])
def test_a_year_across_two_begins_where_somebody_says(text: str, second: str) -> None:
    problem = read_period(text)
    assert isinstance(problem, Problem)
    assert problem.code == "fiscal_year"
    assert read_period(text, 8) == Period(D(2023, 8, 1), D(2024, 7, 31), Precision.YEAR)
    assert read_period(text, 4) == Period(D(2023, 4, 1), D(2024, 3, 31), Precision.YEAR)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "period_blank"), ("  ", "period_blank"),
        ("12/31/2025", "period_day_month"), ("31.12.25", "period_short_year"),
        ("05-03-26", "period_short_year"),
        ("31. juni 2024", "period_form"), ("30.02.2024", "period_form"), ("2024-13", "period_form"),
        ("2024K5", "period_form"), ("5. kvartal 2024", "period_form"), ("marts", "period_form"),
        ("2024/07", "period_form"), ("2023/25", "period_form"), ("99", "period_form"),
        ("0001", "period_form"),
        ("9999", "period_form"), ("2021-2019", "period_form"), ("mar 2024 – jan 2024", "period_form"),
        ("٢٠٢٤", "period_form"), ("2024,5", "period_form"), ("i går", "period_form"), (2024.5, "period_form"),
        (float("nan"), "period_form"), (float("inf"), "period_form"), (True, "period_form"),
        (dt.datetime(2024, 1, 1, 12, 30), "period_form"), (dt.timedelta(1), "period_form"),
    ],
)  # fmt: skip
def test_what_is_open_or_impossible_is_a_problem(text: Any, code: str) -> None:
    problem = read_period(text)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_month_first_is_told_the_right_way_round() -> None:
    problem = read_period("12/31/2025")
    assert isinstance(problem, Problem)
    assert problem.params["instead"] == "31/12/2025"


@given(st.text(max_size=30) | st.floats() | st.booleans())
def test_reading_never_raises(cell: Any) -> None:
    assert isinstance(read_period(cell), Period | Problem)


DAYS = st.dates(D(FIRST_YEAR, 1, 1), D(LAST_YEAR, 12, 31))
PERIODS = st.one_of(
    st.builds(lambda d: Period.year(d.year), DAYS),
    st.builds(lambda d: Period.quarter(d.year, (d.month + 2) // 3), DAYS),
    st.builds(lambda d: Period.month(d.year, d.month), DAYS),
    st.builds(Period.day, DAYS),
)


@given(PERIODS)
def test_a_written_period_is_read_back(period: Period) -> None:
    assert read_period(period_words(period)) == period
