"""The four rules, the readings behind them, and Viborg's real figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest

from dashboard.analysis.series import rows_of
from dashboard.analysis.verdict import (
    Outcome,
    Reading,
    Verdict,
    Word,
    decide,
    reading,
    usual_variation,
    verdicts,
)
from dashboard.domain.catalogue import (
    Accumulation,
    Baseline,
    Catalogue,
    Claim,
    Direction,
    Indicator,
    IndicatorKind,
    SeriesBreak,
    Target,
)
from dashboard.domain.observation import Confidence
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of, money_of, place_of

HOME = place_of("viborg", "2019-10-30")
VISITS = indicator_of()


def read(
    values: dict[int, float],
    indicator: Indicator = VISITS,
    baseline: float | None = None,
    targets: dict[int, float] | None = None,
    breaks: tuple[SeriesBreak, ...] = (),
    home=HOME,
    **fields: object,
) -> Reading:
    rows = rows_of(frame_of(*({"year": year, "value": v, **fields} for year, v in values.items())))
    baselines = (
        [] if baseline is None else [Baseline("festival_visits", "viborg", Period.year(2018), baseline)]
    )
    due = [Target("festival_visits", "viborg", Period.year(y), v) for y, v in (targets or {}).items()]
    return reading(rows, indicator, home, baselines, due, breaks)


# --- one indicator ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "outcome", "now"),
    [
        ({2020: 130, 2021: 120, 2022: 140}, "improved", 130),  # +30 against a largest change of 20
        ({2020: 110, 2021: 130, 2022: 115}, "unchanged", 115),  # +15 against 20
        ({2020: 70, 2021: 80, 2022: 75}, "worsened", 75),
        ({2020: 500, 2021: 100, 2022: 101}, "unchanged", 101),  # one good year decides nothing
    ],
)
def test_now_is_held_against_the_baseline_and_the_usual_variation(
    values: dict[int, float], outcome: str, now: float
) -> None:
    found = read(values, baseline=100)
    assert (found.outcome, found.now, found.method) == (outcome, now, "largest_change")


def test_where_less_is_better_a_fall_is_an_improvement() -> None:
    cost = indicator_of(direction=Direction.LOWER_IS_BETTER)
    assert read({2020: 70, 2021: 72, 2022: 71}, cost, baseline=100).outcome == "improved"


def test_the_usual_variation_is_the_spread_of_the_changes() -> None:
    values = [10.0, 14, 12, 20, 22]  # changes 4 -2 8 2, median 3, deviations 1 5 5 1, median 3
    assert usual_variation(values, values, VISITS) == (pytest.approx(1.4826 * 3), "spread")
    steady = [10.0, 20, 30, 40, 50]
    assert usual_variation(steady, steady, VISITS) == (1.0, "smallest_step")
    assert usual_variation(steady, steady, indicator_of(decimals=2)) == (0.01, "smallest_step")
    assert usual_variation([10.0, 14, 12], [14.0, 12], VISITS) == (2.0, "largest_change")
    assert usual_variation([0.0, 1, 1], [1.0, 1], indicator_of(kind=IndicatorKind.YES_NO))[0] == 0.0


def test_values_before_the_designation_count_for_the_variation_only() -> None:
    found = read({2016: 100, 2017: 160, 2018: 100, 2020: 130, 2021: 132, 2022: 131}, baseline=100)
    # changes 60 -60 30 2 -1: median 2, deviations 58 62 28 0 3, median 28
    assert found.usual_variation == pytest.approx(1.4826 * 28)
    assert (found.outcome, found.since_designation) == ("unchanged", 3)


def test_the_year_of_the_designation_is_not_since_the_designation() -> None:
    assert read({2019: 1, 2020: 1, 2021: 1}, baseline=1).left_out == "too_few_since_designation"
    assert read({2020: 1, 2021: 1, 2022: 1}, baseline=1).outcome == "unchanged"


@pytest.mark.parametrize(
    ("precision", "first"),
    [(Precision.DAY, "2019-10-30"), (Precision.MONTH, "2019-11-01"), (Precision.QUARTER, "2020-01-01"),
     (Precision.YEAR, "2020-01-01")],
)  # fmt: skip
def test_a_vague_designation_counts_from_when_it_is_certain(precision: Precision, first: str) -> None:
    home = place_of("viborg", "2019-10-30", precision)
    start = dt.date.fromisoformat(first)
    days = [start + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    rows = rows_of(frame_of(*({"start": str(d), "end": str(d), "value": 1} for d in days)))
    found = reading(rows, VISITS, home, [Baseline("festival_visits", "viborg", Period.year(2018), 1)], [])
    assert found.since_designation == 3


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        (indicator_of(kind=IndicatorKind.NARRATIVE), "no_number"),
        (indicator_of(direction=Direction.NO_JUDGEMENT), "no_direction"),
        (indicator_of(direction=Direction.UNKNOWN), "no_direction"),
        (indicator_of(contested=True), "contested"),
        (indicator_of(comparable_over_time=False), "not_comparable_over_time"),
    ],
)
def test_an_indicator_that_cannot_be_judged_is_left_out(indicator: Indicator, code: str) -> None:
    found = read({2020: 1, 2021: 2, 2022: 3}, indicator, baseline=0)
    assert (found.outcome, found.left_out) == (None, code)


def test_what_is_missing_is_named() -> None:
    assert read({}, baseline=1).left_out == "no_values"
    assert read({2020: 1, 2021: 2, 2022: 3}).left_out == "no_baseline"
    assert read({2020: 1, 2021: 2}, baseline=1).left_out == "too_few_since_designation"
    unknown = place_of("viborg")
    assert read({2020: 1, 2021: 2, 2022: 3}, baseline=1, home=unknown).left_out == "designation_unknown"


def test_a_break_is_never_compared_across() -> None:
    def at(year: int) -> tuple[SeriesBreak, ...]:
        return (SeriesBreak("festival_visits", "viborg", dt.date(year, 1, 1), "method", Text()),)

    values = {2020: 1, 2021: 2, 2022: 3}
    assert read(values, baseline=1, breaks=at(2021)).left_out == "break_since_designation"
    assert read(values, baseline=1, breaks=at(2020)).left_out == "break_since_baseline"
    assert read(values, baseline=1, breaks=at(2018)).outcome is not None
    rows = rows_of(
        frame_of(
            {"year": 2018, "value": 1, "method": "old"},
            *({"year": year, "value": 9, "method": "new"} for year in (2020, 2021, 2022)),
        )
    )
    baseline = Baseline("festival_visits", "viborg", Period.year(2018), 1)
    assert reading(rows, VISITS, HOME, [baseline], []).left_out == "break_since_baseline"
    before = replace(baseline, period=Period.year(2017))
    assert reading(rows, VISITS, HOME, [before], []).left_out == "break_since_baseline"


def test_a_baseline_in_another_currency_is_not_compared() -> None:
    rows = rows_of(frame_of(*({"year": y, "value": 1, "currency": "DKK"} for y in (2020, 2021, 2022))))
    euro = Baseline("funding_secured", "viborg", Period.year(2018), 1, currency="EUR")
    rows = [row._replace(indicator="funding_secured") for row in rows]
    assert reading(rows, money_of(), HOME, [euro], []).left_out == "currency_differs"
    kroner = replace(euro, currency="DKK")
    assert reading(rows, money_of(), HOME, [kroner], []).outcome == "unchanged"


@pytest.mark.parametrize(
    ("baseline", "targets", "outcome", "met"),
    [
        (None, {2022: 105}, "improved", True),
        (None, {2022: 150}, "worsened", False),
        (100, {2022: 150}, "worsened", False),  # no improvement beyond the variation, and missed
        (60, {2022: 150}, "improved", False),  # improved on its baseline, though the target is missed
        (200, {2022: 105}, "worsened", True),  # worse than its baseline, whatever the target
        (100, {2022: 105}, "improved", True),
        (100, {2030: 105}, "unchanged", None),  # not yet due
        (100, {2021: 90, 2022: 150}, "worsened", False),  # the latest that has fallen due decides
    ],
)
def test_targets_that_have_fallen_due(
    baseline: float | None, targets: dict[int, float], outcome: str, met: bool | None
) -> None:
    found = read({2020: 100, 2021: 120, 2022: 110}, baseline=baseline, targets=targets)
    assert (found.outcome, found.target_met) == (outcome, met)


def test_a_target_that_is_not_due_is_no_baseline() -> None:
    assert read({2020: 1, 2021: 2, 2022: 3}, targets={2030: 5}).left_out == "no_baseline"


def test_a_target_for_a_day_is_held_against_the_value_of_the_year_up_to_it() -> None:
    rows = rows_of(frame_of(*({"year": y, "value": y} for y in (2020, 2021, 2022))))
    by = Target("festival_visits", "viborg", Period.point(dt.date(2023, 6, 30)), 2022)
    assert reading(rows, VISITS, HOME, [], [by]).target_met is True
    late = replace(by, period=Period.point(dt.date(2024, 6, 30)))
    assert reading(rows, VISITS, HOME, [], [late]).left_out == "no_baseline"


def test_a_running_total_is_judged_by_its_target_only() -> None:
    total = indicator_of(accumulation=Accumulation.RUNNING_TOTAL)
    values = {2020: 10, 2021: 20, 2022: 30}
    assert read(values, total, baseline=1).left_out == "running_total"
    found = read(values, total, baseline=1, targets={2022: 30})
    assert (found.outcome, found.now, found.baseline) == ("improved", 30, None)


def test_confidence_is_that_of_the_least_trustworthy_value() -> None:
    values = {2020: 1.0, 2021: 2.0, 2022: 3.0}
    rows = rows_of(frame_of(*({"year": y, "value": v, "confidence": "own_count"} for y, v in values.items())))
    baseline = [Baseline("festival_visits", "viborg", Period.year(2018), 1)]
    assert reading(rows, VISITS, HOME, baseline, []).confidence is Confidence.OWN_COUNT
    rows[1] = rows[1]._replace(confidence="anecdote")
    assert reading(rows, VISITS, HOME, baseline, []).confidence is Confidence.ANECDOTE
    rows[1] = rows[1]._replace(confidence="")
    assert reading(rows, VISITS, HOME, baseline, []).confidence is None


# --- the four rules -----------------------------------------------------------------------------------


def judged(outcome: Outcome | None, confidence: Confidence | None = Confidence.OWN_COUNT) -> Reading:
    return Reading("x", outcome, "" if outcome else "no_baseline", confidence=confidence)


UP, SAME, DOWN, OUT = judged("improved"), judged("unchanged"), judged("worsened"), judged(None)
SURE_UP = judged("improved", Confidence.AUDITED_RECORD)
LOOSE_DOWN = judged("worsened", Confidence.ANECDOTE)
SURE_DOWN = judged("worsened", Confidence.AUDITED_RECORD)


@pytest.mark.parametrize(
    ("readings", "word"),
    [
        ([], "not_enough_evidence"),
        ([OUT, OUT, OUT], "not_enough_evidence"),
        ([UP, OUT], "not_enough_evidence"),
        ([UP, UP], "supported"),
        ([UP, UP, SAME], "supported"),
        ([UP, SAME], "mixed"),
        ([SAME, SAME], "mixed"),
        ([UP, UP, DOWN], "mixed"),  # equal confidence
        ([UP, UP, SURE_DOWN], "mixed"),
        ([UP, UP, LOOSE_DOWN], "supported"),  # only a weaker figure worsened
        ([SURE_UP, UP, DOWN], "mixed"),  # just one improvement outweighs it
        ([SURE_UP, SURE_UP, DOWN], "supported"),
        ([SURE_UP, SURE_UP, DOWN, DOWN, DOWN], "supported"),  # rule 2 comes before rule 3
        ([UP, DOWN, DOWN], "not_supported"),
        ([SAME, DOWN], "not_supported"),
        ([UP, DOWN], "mixed"),
        ([judged("improved", None), judged("improved", None), judged("worsened", None)], "mixed"),
        ([judged("improved", None), judged("improved", None)], "supported"),
        ([UP, UP, judged("worsened", None)], "supported"),
    ],
)
def test_the_rule_of_the_verdict(readings: list[Reading], word: str) -> None:
    verdict = decide("funding", readings)
    assert verdict.word == word
    assert [step.holds for step in verdict.steps] == [False] * (len(verdict.steps) - 1) + [True]
    assert verdict.steps[-1].code == word


def test_the_working_is_shown() -> None:
    verdict = decide("funding", [UP, UP, DOWN, OUT])
    assert len(verdict.having("improved")) == 2
    assert (len(verdict.counted), len(verdict.left_out)) == (3, 1)
    assert verdict.steps[0].params == {"counted": 3, "indicators": 4, "needed": 2}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_word_step_and_reason_has_a_sentence(language: str) -> None:
    t = Translator(language)
    for step in decide("funding", [UP, DOWN]).steps:
        sentence = t(f"verdict.step.{step.code}", **step.params)
        assert "⟦" not in sentence
        assert "{" not in sentence
    for word in get_args(Word):
        assert t.has(f"verdict.{word}")
    for outcome in (*get_args(Outcome), "target_met", "target_missed"):
        assert t.has(f"verdict.outcome.{outcome}")
    for method in ("spread", "largest_change", "smallest_step"):
        assert t.has(f"verdict.variation.{method}")
    for code in (
        "no_number", "no_direction", "contested", "not_comparable_over_time", "designation_unknown",
        "no_values", "no_baseline", "too_few_since_designation", "break_since_designation",
        "break_since_baseline", "currency_differs", "running_total",
    ):  # fmt: skip
        assert t.has(f"verdict.left_out.{code}"), code


# --- all claims ---------------------------------------------------------------------------------------


def claim_of(id: str, number: int) -> Claim:
    return Claim(id, number, Text(id, id), Text(id, id), Text(), Text())


CLAIMS = (
    "recognition", "collaboration", "showcase", "sdg", "political-focus", "media", "funding", "attraction",
    "conference",
)  # fmt: skip


def test_viborgs_eight_sourced_figures_are_not_enough_for_any_claim() -> None:
    frame = frame_of(
        {"indicator": "visual_industry_turnover", "year": 2017, "value": 13.4e6, "currency": "EUR"},
        {"indicator": "creative_companies", "year": 2017, "value": 181, "unit": "companies"},
        {"indicator": "creative_employees", "year": 2017, "value": 590, "unit": "persons"},
        {"indicator": "festival_visits", "value": 30_000, "unit": "persons"},
        {"indicator": "funding_secured", "year": 2015, "value": 3.5e6, "currency": "DKK"},
        {"indicator": "event_participants", "start": "2020-09-21", "end": "2020-09-23", "value": 250},
        {"indicator": "campaign_participation", "year": 2021, "value": 3000, "unit": "drawings"},
        {"indicator": "campaign_countries", "year": 2021, "value": 33, "unit": "countries"},
    )
    served = {
        "visual_industry_turnover": "political-focus", "creative_companies": "political-focus",
        "creative_employees": "political-focus", "festival_visits": "attraction",
        "funding_secured": "funding", "event_participants": "recognition",
        "campaign_participation": "collaboration", "campaign_countries": "collaboration",
    }  # fmt: skip
    indicators = tuple(
        indicator_of(row.indicator, claims=(served[row.indicator],), unit=row.unit) for row in rows_of(frame)
    )
    catalogue = Catalogue(tuple(claim_of(id, n) for n, id in enumerate(CLAIMS, start=1)), indicators)
    baselines = [
        Baseline(row.indicator, "viborg", row.period, row.value, currency=row.currency)
        for row in rows_of(frame)
        if row.dated
    ]
    found = verdicts(frame, catalogue, HOME, baselines)
    assert {id: verdict.word for id, verdict in found.items()} == dict.fromkeys(CLAIMS, "not_enough_evidence")
    assert sum(len(verdict.readings) for verdict in found.values()) == 8


def test_only_approved_whole_plausible_values_of_the_home_city_are_read() -> None:
    catalogue = Catalogue(
        (claim_of("attraction", 8),), (VISITS, indicator_of("events"), indicator_of("old", retired=True))
    )
    baselines = [
        Baseline(code, "viborg", Period.year(2018), 100.0) for code in ("festival_visits", "events", "old")
    ]

    def verdict(**change: object) -> Verdict:
        rows = [
            {"indicator": code, "year": year, "value": 200 + year - 2020, **change}
            for code in ("festival_visits", "events", "old")
            for year in (2020, 2021, 2022)
        ]
        return verdicts(frame_of(*rows), catalogue, HOME, baselines)["attraction"]

    assert verdict().word == "supported"
    assert [r.indicator for r in verdict().readings] == ["festival_visits", "events"]
    for change in (
        {"state": "submitted"}, {"state": "withdrawn"}, {"place": "tucson"}, {"kind": "forecast"},
        {"disaggregation": "origin=abroad"}, {"flags": "implausible"}, {"unit": "persons"},
    ):  # fmt: skip
        assert verdict(**change).word == "not_enough_evidence", change
