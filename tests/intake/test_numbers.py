from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.numbers import read_number, write_number


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1.234,5", "da", 1234.5),
        ("1.500", "da", 1500),
        ("1500", "da", 1500),
        ("0,05", "da", 0.05),
        (" −12,5 ", "da", -12.5),
        ("1,234.5", "en", 1234.5),
        ("1.5", "en", 1.5),
        ("6,000,000", "en", 6_000_000),
    ],
)
def test_numbers_of_the_language_are_read(text: str, language: str, expected: float) -> None:
    assert read_number(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [("1.5", "da", "1,5", 15.0), ("12.50", "da", "12,50", 1250.0), ("1,5", "en", "1.5", 15.0)],
)
def test_a_mark_of_the_other_language_is_refused_with_both_readings(
    text: str, language: str, first: str, second: float
) -> None:
    problem = read_number(text, language)
    assert isinstance(problem, Problem)
    assert problem.code == "number_ambiguous"
    assert problem.params == {"given": text, "first": first, "second": second}
    sentence = Translator(language)("problem.number_ambiguous", **problem.params)
    assert first in sentence
    assert Translator(language).number(second) in sentence


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_not_zero(text: str) -> None:
    problem = read_number(text, "da")
    assert isinstance(problem, Problem)
    assert problem.code == "number_blank"


@pytest.mark.parametrize(
    "text",
    ["mange", "1e5", "NaN", "1_000", "٣", "1 000", "12.34.56", "1.2,3.4", "--5", "5 kr.", ",", "9" * 400],
)
def test_anything_else_is_refused(text: str) -> None:
    problem = read_number(text, "da")
    assert isinstance(problem, Problem)
    assert problem.code == "number_form"
    assert problem.params["example"] == "1.234,5"


@given(
    st.integers(-(10**14), 10**14).map(lambda n: n / 1000),
    st.sampled_from(["da", "en"]),
)
def test_what_is_written_is_read_back(number: float, language: str) -> None:
    assert read_number(Translator(language).number(number), language) == number


@given(st.floats(-1e12, 1e12).map(lambda number: round(number, 6)), st.sampled_from(["da", "en"]))
def test_what_is_written_to_be_typed_again_is_read_as_the_same_number(number: float, language: str) -> None:
    written = write_number(number, Translator(language))
    assert read_number(written, language) == pytest.approx(number, abs=6e-7)


@pytest.mark.parametrize(("number", "written"), [(0.0014, "0,0014"), (1234.75, "1.234,75"), (-3.0, "−3")])
def test_no_decimal_is_left_out(number: float, written: str) -> None:
    assert write_number(number, Translator("da")) == written
