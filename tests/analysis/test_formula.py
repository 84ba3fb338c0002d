"""Formulas: a small grammar, the arithmetic of fractions, and values only from the very same period."""

from __future__ import annotations

import ast
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.formula import Computed, Formula, computed, inputs_of, read_formula
from dashboard.analysis.normalise import View, normalise
from dashboard.domain.catalogue import Catalogue, IndicatorKind
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of, money_of

CATALOGUE = Catalogue(indicators=tuple(indicator_of(code) for code in ("visits", "days", "spend", "other")))
RESULT = indicator_of("visits_per_day", unit="ratio")


def read(text: str) -> Formula:
    found = read_formula(text, CATALOGUE)
    assert isinstance(found, Formula), found
    return found


def code_of(text: str, own: str = "") -> str:
    found = read_formula(text, CATALOGUE, own)
    assert isinstance(found, Problem)
    return found.code


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "visits.real", "visits[0]", "visits ** 9", "visits if 1 else 2",
        "[visits]", "lambda: visits", "visits == 1", "'a' + visits", "visits and days", "f(visits)", "",
        "visits +", "visits; days", "1e15 * visits", "visits % 2", "visits // 2", "~visits", "True + visits",
        "(visits := 3)", "1j * visits", "visits\ndays", "{visits}", "await visits",
    ],
)  # fmt: skip
def test_everything_but_arithmetic_is_refused(text: str) -> None:
    assert code_of(text) == "formula_form"


def test_codes_must_be_known_and_not_the_indicator_itself() -> None:
    assert code_of("visits / unknown") == "formula_unknown"
    assert code_of("visits / days", "days") == "formula_of_itself"
    assert code_of("1 + 2") == "formula_codes"
    assert code_of("visits" + " + visits" * 60) == "formula_too_long"
    assert code_of("-" * 250 + "(" * 20 + "1" + ")" * 20) == "formula_codes"


def test_the_formula_is_shown_in_words() -> None:
    names = {"visits": "Besøg", "days": "Dage", "spend": "Forbrug"}
    shown = read("100 * visits / (days + 2.5) - -spend").shown(names, Translator("da"))
    assert shown == "100 × Besøg / (Dage + 2,5) − −Forbrug"
    assert read("visits - (days - spend)").shown(names, Translator("da")) == "Besøg − (Dage − Forbrug)"
    assert read("visits / (days * spend)").shown(names, Translator("da")) == "Besøg / (Dage × Forbrug)"


def trees() -> st.SearchStrategy[str]:
    leaf = st.sampled_from(["visits", "days", "2", "0.5", "10"])
    return st.recursive(
        leaf,
        lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda p: f"({' '.join(p)})"),
        max_leaves=8,
    )


@given(trees(), st.integers(1, 50), st.integers(1, 50))
def test_the_value_is_that_of_exact_fractions(text: str, visits: int, days: int) -> None:
    found = read_formula(text, CATALOGUE)
    if isinstance(found, Problem):
        assert found.code in ("formula_codes", "formula_too_long")
        return

    def exactly(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            a, b = exactly(node.left), exactly(node.right)
            if isinstance(node.op, ast.Add | ast.Sub):
                return a + b if isinstance(node.op, ast.Add) else a - b
            return a * b if isinstance(node.op, ast.Mult) else a / b
        if isinstance(node, ast.Name):
            return Fraction({"visits": visits, "days": days}[node.id])
        assert isinstance(node, ast.Constant)
        return Fraction(str(node.value))

    values = {"visits": float(visits), "days": float(days)}
    try:
        exact = exactly(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        return
    try:
        assert found.value(values) == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
    except ZeroDivisionError:
        pytest.fail("divided by nought where fractions do not")


@given(trees())
def test_the_shown_formula_means_the_same(text: str) -> None:
    found = read_formula(text, CATALOGUE)
    if isinstance(found, Problem):
        return
    shown = found.shown({}, Translator("en")).replace("×", "*").replace("−", "-")
    values = {"visits": 7.0, "days": 3.0}
    try:
        value = found.value(values)
    except (ZeroDivisionError, OverflowError):
        return
    assert read(shown).value(values) == pytest.approx(value)


def value(code: str, number: float, year: int = 2023, **more: object) -> dict[str, object]:
    return {"indicator": code, "year": year, "value": number} | more


def made(text: str, *rows: dict[str, object], indicator=RESULT) -> Computed:
    return computed(read(text), indicator, frame_of(*rows))


def test_a_value_needs_every_part_for_the_very_same_period() -> None:
    found = made(
        "visits / days", value("visits", 100), value("days", 4), value("visits", 90, 2022),
        value("days", 5, 2022, place="tucson"), value("days", 9, 2022, kind="target"),
    )  # fmt: skip
    assert found.frame[["place", "value"]].to_numpy().tolist() == [["viborg", 25.0]]
    assert [(r.place, r.code, r.params["indicators"]) for r in found.refused] == [
        ("tucson", "formula_missing", "visits"), ("viborg", "formula_missing", "days"),
    ]  # fmt: skip


def test_a_percentage_keeps_its_numerator_and_denominator() -> None:
    share = indicator_of("share", kind=IndicatorKind.PERCENTAGE, unit="percent")
    for text in ("100 * visits / days", "100 * (visits / days)", "visits / days * 100"):
        row = made(text, value("visits", 30), value("days", 120), indicator=share).frame.iloc[0]
        assert (row["value"], row["numerator"], row["denominator"]) == (25, 30, 120), text
        assert row["method"] == text
    plain = made("visits + days", value("visits", 30), value("days", 120)).frame.iloc[0]
    assert pd.isna(plain["numerator"])


def test_what_cannot_be_joined_is_refused_with_the_reason() -> None:
    pair = [value("visits", 100), value("days", 4)]
    assert made("visits / (days - 4)", *pair).refused[0].code == "formula_by_zero"
    rival = value("days", 5, source="source-b")
    assert made("visits / days", *pair, rival).refused[0].code == "formula_competing"
    chosen = made("visits / days", *pair, rival | {"preferred": True})
    assert chosen.frame["value"].tolist() == [20]
    areas = [value("visits", 1, boundary="city"), value("days", 1, boundary="municipality")]
    assert made("visits / days", *areas).refused[0].code == "formula_boundaries"
    money = [value("spend", 1, currency="DKK"), value("other", 1, currency="EUR")]
    assert made("spend + other", *money, indicator=money_of("sum")).refused[0].code == "formula_currencies"


def test_the_result_is_as_sure_as_its_least_sure_part_and_as_approved() -> None:
    row = made(
        "visits / days",
        value("visits", 9, confidence="audited_record", state="submitted"),
        value("days", 3, confidence="press_report", qualifier="~", kind="estimate"),
    ).frame.iloc[0]
    assert (row["confidence"], row["state"], row["qualifier"], row["kind"]) == (
        "press_report", "submitted", "~", "estimate",
    )  # fmt: skip
    ungraded = made("visits / days", value("visits", 9, confidence="own_count"), value("days", 3)).frame
    assert ungraded.loc[0, "confidence"] == ""


def test_an_illustrative_part_makes_an_illustrative_result_that_no_line_touches() -> None:
    """In 2022 persons were counted instead of visits; in 2021 the days are a lower bound."""
    rows = [value("visits", 90.0 + year, year) for year in (2020, 2021, 2022, 2023)]
    rows[2]["unit"] = "persons"
    days = [
        value("days", 4, year, qualifier=">=" if year == 2021 else "=") for year in (2020, 2021, 2022, 2023)
    ]
    parts = CATALOGUE.indicators[:2]
    frames = {one.code: frame_of(*given) for one, given in zip(parts, (rows, days), strict=True)}
    found = computed(read("visits / days"), RESULT, inputs_of(frames, parts, {})).frame
    shown = normalise(found, RESULT, View(), {}).points
    assert shown["grade"].tolist() == ["comparable", "with_care", "illustrative", "comparable"]
    assert shown["reasons"].tolist() == ["", "input_with_care", "input_illustrative", ""]
    first, second, third, fourth = shown["segment"].tolist()
    assert first == second
    assert third not in (second, fourth)
