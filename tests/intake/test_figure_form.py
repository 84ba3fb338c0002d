"""One typed figure, read strictly in both languages; periods offered and due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.catalogue import Designation, Frequency, Indicator, IndicatorKind, Source
from dashboard.domain.grading import Basis
from dashboard.domain.observation import Attribution, Confidence, MissingReason
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.figure_form import (
    TIES,
    FigureFields,
    basis_of,
    new_source,
    read_figure,
    source_key,
    tie_of,
)
from dashboard.intake.period_choices import choices, due, following, period_of

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "data" / "catalogue")
DA, EN = Translator("da"), Translator("en")
TODAY = date(2026, 11, 23)


def of_kind(kind: IndicatorKind) -> Indicator:
    return next(i for i in CATALOGUE.indicators if i.kind is kind and i.rollup is None)


NUMBER = replace(of_kind(IndicatorKind.NUMBER), minimum=None, maximum=None)
FIELDS = FigureFields(period=Period.year(2025), source="aarsrapport-2025")


def codes(fields: FigureFields, indicator: Indicator = NUMBER, t: Translator = DA) -> set[str]:
    return {problem.code for problem in read_figure(fields, indicator, "viborg", t).problems}


def test_a_danish_number_is_read_as_danish_and_an_english_one_as_english() -> None:
    assert read_figure(replace(FIELDS, value="1.234,5"), NUMBER, "viborg", DA).draft.value == 1234.5
    assert read_figure(replace(FIELDS, value="1,234.5"), NUMBER, "viborg", EN).draft.value == 1234.5


def test_an_ambiguous_number_is_refused_with_both_readings_and_nothing_else() -> None:
    read = read_figure(replace(FIELDS, value="1.5"), NUMBER, "viborg", DA)
    assert [problem.code for problem in read.problems] == ["number_ambiguous"]
    assert read.problems[0].params["first"] == "1,5"
    assert read.problems[0].params["second"] == 15


def test_neither_value_nor_reason_is_a_problem_and_a_reason_is_enough() -> None:
    assert "value_or_reason" in codes(FIELDS)
    given_reason = read_figure(replace(FIELDS, missing="not_collected"), NUMBER, "viborg", DA)
    assert given_reason.problems == ()
    assert given_reason.draft.missing_reason is MissingReason.NOT_COLLECTED
    assert given_reason.draft.value is None


def test_a_percentage_is_derived_from_numerator_and_denominator() -> None:
    share = replace(of_kind(IndicatorKind.PERCENTAGE), minimum=None, maximum=None)
    read = read_figure(replace(FIELDS, numerator="123", denominator="456"), share, "viborg", DA)
    assert read.problems == ()
    assert read.draft.value == pytest.approx(26.973684)
    assert (read.draft.numerator, read.draft.denominator) == (123, 456)


def test_money_carries_its_currency_and_other_figures_none() -> None:
    money = replace(of_kind(IndicatorKind.MONEY), minimum=None, maximum=None)
    read = read_figure(replace(FIELDS, value="1.000", currency="EUR"), money, "viborg", DA)
    assert (read.draft.value, read.draft.unit, read.draft.currency) == (1000, "currency", "EUR")
    assert read_figure(replace(FIELDS, value="5", currency="EUR"), NUMBER, "viborg", DA).draft.currency == ""


def test_yes_and_no_a_step_and_a_text_follow_the_kind() -> None:
    yes_no = of_kind(IndicatorKind.YES_NO)
    assert read_figure(replace(FIELDS, yes="no"), yes_no, "viborg", DA).draft.value == 0
    score = of_kind(IndicatorKind.SCORE)
    step = score.scale[-1].value
    assert read_figure(replace(FIELDS, step=str(step)), score, "viborg", DA).draft.value == step
    narrative = of_kind(IndicatorKind.NARRATIVE)
    read = read_figure(replace(FIELDS, text=" Der er sket noget. "), narrative, "viborg", DA)
    assert (read.draft.text, read.draft.text_language, read.problems) == ("Der er sket noget.", "da", ())


def test_a_source_is_required_and_can_be_made_on_the_spot() -> None:
    assert "source_required" in codes(replace(FIELDS, value="5", source=""))
    read = read_figure(
        replace(
            FIELDS, value="5", source="", source_title="Årsrapport 2025", source_address="https://a.dk/b"
        ),
        NUMBER,
        "viborg",
        DA,
    )
    assert read.problems == ()
    assert read.new_source is not None
    assert (read.new_source.key, read.draft.source) == ("aarsrapport-2025", "aarsrapport-2025")
    assert "web_address" in codes(replace(FIELDS, value="5", source_title="X", source_address="viborg"))


def test_a_grade_needs_its_reason() -> None:
    assert "reason_required" in codes(replace(FIELDS, value="5", confidence="own_count"))
    graded = replace(FIELDS, value="5", confidence="own_count", confidence_reason="Talt ved døren")
    assert codes(graded) == set()


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["da", "en"]))
def test_reading_never_raises_on_any_text(value: str, title: str, language: str) -> None:
    fields = replace(FIELDS, value=value, low=value, source_title=title, source_address=value, note=title)
    read_figure(fields, NUMBER, "viborg", Translator(language))


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 3)), st.sampled_from(["da", "en"]))
def test_what_the_product_writes_it_reads_back(value: float, language: str) -> None:
    t = Translator(language)
    read = read_figure(replace(FIELDS, value=t.number(value)), NUMBER, "viborg", t)
    assert read.draft.value == pytest.approx(value, abs=1e-9)


def test_source_keys_are_plain() -> None:
    assert source_key("Østersøens ÅR – 2025!") == "oestersoeens-aar-2025"
    assert source_key("«»") == "kilde"


def test_periods_follow_the_frequency() -> None:
    assert period_of(TODAY, Frequency.QUARTERLY) == Period.quarter(2026, 4)
    assert following(Period.month(2026, 12), Frequency.MONTHLY) == Period.month(2027, 1)
    assert choices(Frequency.MONTHLY, TODAY)[1] == Period.month(2026, 10)
    assert len(set(choices(Frequency.ANNUAL, TODAY))) == 12


@pytest.mark.parametrize(
    ("latest", "frequency", "expected"),
    [
        (Period.year(2023), Frequency.ANNUAL, Period.year(2024)),
        (Period.year(2025), Frequency.ANNUAL, Period.year(2026)),
        (Period.year(2026), Frequency.ANNUAL, Period.year(2026)),
        (Period.year(2024), Frequency.BIENNIAL, Period.year(2026)),
        (Period.year(2025), Frequency.BIENNIAL, Period.year(2025)),
        (Period.year(2022), Frequency.FOUR_YEARLY, Period.year(2026)),
        (None, Frequency.ANNUAL, Period.year(2025)),
        (Period.quarter(2026, 2), Frequency.QUARTERLY, Period.quarter(2026, 3)),
        (Period.month(2025, 12), Frequency.MONTHLY, Period.month(2026, 1)),
    ],
)
def test_the_next_period_is_offered(latest: Period | None, frequency: Frequency, expected: Period) -> None:
    assert due(latest, frequency, TODAY) == expected


def test_grades_by_rule_and_the_answers_that_gave_them() -> None:
    fields = replace(FIELDS, value="5", basis="press", tie="named")
    title = Designation(date(2019, 10, 30), Precision.DAY, "")
    read = read_figure(fields, NUMBER, "viborg", DA, title).draft
    assert (read.confidence, read.confidence_reason) == (Confidence.PRESS_REPORT, "rule:press_report")
    assert (read.attribution, read.attribution_reason) == (Attribution.A2, "rule:names_title")
    assert (basis_of(read.confidence_reason), tie_of(read.attribution_reason)) == ("press", "named")
    assert (basis_of("Avisen skriver selv cirka"), tie_of("")) == ("", "")
    without = read_figure(fields, NUMBER, "viborg", DA).draft
    assert without.attribution is None, "nothing is due to a title that a place does not have"


@pytest.mark.parametrize("tie", TIES)
def test_every_answer_gives_a_grade_that_is_offered_again(tie: str) -> None:
    title = Designation(date(2019, 10, 30), Precision.DAY, "")
    read = read_figure(replace(FIELDS, value="5", tie=tie), NUMBER, "viborg", DA, title).draft
    assert tie_of(read.attribution_reason) == tie


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_gives_a_grade_that_is_offered_again(basis: Basis) -> None:
    fields = replace(FIELDS, value="5", basis=basis.value, method="optalt ved indgangen")
    read = read_figure(fields, NUMBER, "viborg", DA).draft
    assert basis_of(read.confidence_reason) == basis


def test_a_persons_own_grade_goes_before_the_rule_and_needs_a_reason() -> None:
    fields = replace(FIELDS, value="5", basis="press", confidence="estimate")
    assert "reason_required" in codes(fields)
    read = read_figure(replace(fields, confidence_reason="Avisen skriver cirka"), NUMBER, "viborg", DA)
    assert read.problems == ()
    assert (read.draft.confidence, read.draft.confidence_reason) == (
        Confidence.ESTIMATE, "Avisen skriver cirka",
    )  # fmt: skip


def test_a_source_made_on_the_spot_is_never_another_one() -> None:
    there = Source("aarsrapport-2025", "Årsrapport 2025", address="https://viborg.dk/2025")
    known = {there.key: there}
    assert new_source(" årsrapport 2025", "", known) == (there, None)
    assert new_source("Årsrapport 2025", there.address, known) == (there, None)
    for title, address in (("Årsrapport, 2025", ""), ("Årsrapport 2025", "https://randers.dk/2025")):
        made, problem = new_source(title, address, known)
        assert problem is None
        assert made is not None
        assert made.key not in known
        assert (made.title, made.address) == (title, address)
        assert new_source(title, address, known | {made.key: made}) == (made, None)
    _, problem = new_source("Avisen", "avisen", {})
    assert problem is not None
    assert new_source(" ", "https://x.dk", {}) == (None, None)


def test_a_source_with_a_key_of_its_own_is_known_by_its_title() -> None:
    there = Source("ejby-stat", "Byens årlige opgørelse", address="https://by.dk/aar")
    known = {there.key: there}
    assert new_source("BYENS ÅRLIGE OPGØRELSE", "", known) == (there, None)
    made, _ = new_source("Byens årlige opgørelse", "https://by.dk/andet", known)
    assert made is not None
    assert made.key != there.key
