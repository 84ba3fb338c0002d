"""Typed numbers: what one cell says, and what the cells of a column say together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.problem import Problem
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.number_column import NumberStyle, read_in, style_of
from dashboard.intake.numbers import read_number

LOOKS_LIKE = st.text("0123456789.,+-− ", max_size=14)


@given(LOOKS_LIKE, st.sampled_from(LANGUAGES))
def test_the_quick_way_reads_what_the_strict_reader_reads(text: str, language: str) -> None:
    strict = read_number(text, language)
    assert read_in(text.strip(), language) == (None if isinstance(strict, Problem) else strict)


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 3)), st.sampled_from(LANGUAGES))
def test_a_written_number_is_read_back(value: float, language: str) -> None:
    """read(format(x)) = x, for one number and in a column where all are written alike."""
    written = Translator(language).number(value)
    assert read_number(written, language) == value
    assert NumberStyle(language).read(written) == value


@given(st.lists(LOOKS_LIKE, max_size=6), st.sampled_from(LANGUAGES), st.sampled_from(("", *LANGUAGES)))
def test_reading_a_column_never_raises(texts: list[str], language: str, chosen: str) -> None:
    style = style_of(texts, language, chosen)
    for text in texts:
        assert isinstance(style.read(text), float | Problem)


def read_all(texts: list[str], language: str, chosen: str = "") -> list[float | str]:
    style = style_of(texts, language, chosen)
    found = [style.read(text) for text in texts]
    return [value.code if isinstance(value, Problem) else value for value in found]


AMBIGUOUS = "number_ambiguous"


@pytest.mark.parametrize(
    ("texts", "language", "wanted"),
    [
        # the reader's language, where the column does not speak against it
        (["12,5", "1.234", "7"], "da", [12.5, 1234, 7]),
        (["12.5", "1,234", "7"], "en", [12.5, 1234, 7]),
        (["1.234", "800"], "da", [1234, 800]),
        # three decimals and nothing else: 1,234 may be 1234 written by an English hand
        (["1,234", "800"], "da", [AMBIGUOUS, 800]),
        (["1,234", "0,5"], "da", [1.234, 0.5]),
        # a few cells of the other language are refused, with both readings
        (["12.5", "7"], "da", [AMBIGUOUS, 7]),
        (["12.5", "13,5"], "da", [AMBIGUOUS, 13.5]),
        (["12.5", "13,5", "1.234"], "da", [AMBIGUOUS, 13.5, AMBIGUOUS]),
        # many that agree decide; what both can read is still open
        (["12.5", "13.25", "0.75", "9"], "da", [12.5, 13.25, 0.75, 9]),
        (["12.5", "13.25", "0.75", "1.234"], "da", [12.5, 13.25, 0.75, AMBIGUOUS]),
        (["12,5", "13,25", "0,75", "9"], "en", [12.5, 13.25, 0.75, 9]),
        (["mange", "1 000", "5 kr."], "da", ["number_form"] * 3),
    ],
)
def test_the_cells_of_a_column_speak_together(
    texts: list[str], language: str, wanted: list[float | str]
) -> None:
    assert read_all(texts, language) == wanted


def test_a_choice_decides_everything() -> None:
    assert read_all(["1.234", "12.5"], "da", chosen="en") == [1.234, 12.5]
    assert read_all(["1,234", "12,5"], "en", chosen="da") == [1.234, 12.5]


def test_both_readings_are_named() -> None:
    problem = style_of(["1,234"], "da").read("1,234")
    assert isinstance(problem, Problem)
    sentence = Translator("da")("problem.number_ambiguous", **problem.params)
    assert "1,234 eller 1.234" in sentence
