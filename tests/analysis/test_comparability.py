"""The passport's questions, one at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.analysis.comparability import Passport, passports
from dashboard.analysis.normalise import ILLUSTRATIVE_REASONS
from dashboard.domain.catalogue import (
    ComparabilityGrade,
    ComparabilityNote,
    Indicator,
    PopulationBasis,
    SeriesBreak,
    Source,
)
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of

VISITS = indicator_of()
JOBS = indicator_of(population_basis=PopulationBasis.BOUNDARY)
SOURCES = {
    "neutral": Source("neutral", "n", interested_party=False),
    "tourist-board": Source("tourist-board", "t", interested_party=True),
}
OURS: dict[str, object] = {
    "year": 2019,
    "value": 1,
    "method": "count",
    "source": "neutral",
    "boundary": "city",
}


def linz(indicator: Indicator = VISITS, **change: object) -> Passport:
    frame = frame_of(OURS, {**OURS, "place": "linz", **change})
    return passports(frame, indicator, "viborg", SOURCES)["linz"]


def test_seven_times_yes_is_comparable() -> None:
    assert linz() == Passport("linz", "festival_visits", ComparabilityGrade.COMPARABLE, ())
    assert linz(JOBS).grade is ComparabilityGrade.COMPARABLE


@pytest.mark.parametrize(
    ("indicator", "change", "reason", "grade"),
    [
        (indicator_of(comparable_between_places=False), {}, "definition_differs", "illustrative"),
        (VISITS, {"unit": "persons"}, "unit_differs", "illustrative"),
        (JOBS, {"boundary": "region"}, "boundary_differs", "illustrative"),
        (JOBS, {"boundary": ""}, "boundary_unknown", "with_care"),
        (VISITS, {"method": "extrapolation"}, "method_differs", "with_care"),
        (VISITS, {"method": ""}, "method_unknown", "with_care"),
        (VISITS, {"source": "tourist-board"}, "interested_party", "with_care"),
        (VISITS, {"source": "unheard-of"}, "interested_party_unknown", "with_care"),
        (VISITS, {"flags": "method-break"}, "series_break", "with_care"),
    ],
)
def test_each_answer_that_is_not_yes_is_named(
    indicator: Indicator, change: dict[str, object], reason: str, grade: str
) -> None:
    passport = linz(indicator, **change)
    assert (passport.reasons, passport.grade) == ((reason,), grade)


def test_periods_of_other_lengths_and_none() -> None:
    month = {**OURS, "place": "linz", "start": "2019-03-01", "end": "2019-03-31"}
    del month["year"]
    found = passports(frame_of(OURS, month), VISITS, "viborg", SOURCES)["linz"]
    assert found.reasons == ("period_length_differs",)
    undated = {k: v for k, v in month.items() if k not in ("start", "end")}
    found = passports(frame_of(OURS, undated), VISITS, "viborg", SOURCES)["linz"]
    assert found.reasons == ("period_unknown",)


def test_the_host_citys_boundary_is_no_question() -> None:
    assert linz(VISITS, boundary="").grade is ComparabilityGrade.COMPARABLE


def test_nothing_can_be_compared_with_a_home_city_without_figures() -> None:
    frame = frame_of({**OURS, "place": "linz"}, {**OURS, "kind": "target"})
    found = passports(frame, VISITS, "viborg", SOURCES)
    assert list(found) == ["linz"]
    assert found["linz"].reasons == ("home_without_values",)
    assert found["linz"].grade is ComparabilityGrade.ILLUSTRATIVE


def test_a_written_note_decides_and_the_reasons_still_stand() -> None:
    frame = frame_of(OURS, {**OURS, "place": "linz", "method": "other"})
    note = ComparabilityNote("festival_visits", "linz", ComparabilityGrade.ILLUSTRATIVE, Text("da", "en"))
    other = ComparabilityNote("filming_days", "linz", ComparabilityGrade.COMPARABLE, Text("da", "en"))
    found = passports(frame, VISITS, "viborg", SOURCES, [other, note])["linz"]
    assert (found.grade, found.reasons) == (ComparabilityGrade.ILLUSTRATIVE, ("method_differs",))
    assert found.note == Text("da", "en")


def test_a_recorded_break_asks_for_care() -> None:
    frame = frame_of(OURS, {**OURS, "place": "linz"})
    broken = SeriesBreak("festival_visits", "linz", dt.date(2015, 1, 1), "method", Text())
    found = passports(frame, VISITS, "viborg", SOURCES, breaks=[broken])
    assert found["linz"].reasons == ("series_break",)
    assert found["viborg"].grade is ComparabilityGrade.COMPARABLE


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_grade_and_reason_has_a_sentence(language: str) -> None:
    t = Translator(language)
    for grade in ComparabilityGrade:
        assert t.has(f"grade.{grade.value}")
    for reason in (
        "definition_differs", "unit_differs", "boundary_differs", "boundary_unknown", "method_differs",
        "method_unknown", "interested_party", "interested_party_unknown", "series_break",
        "period_length_differs", "period_unknown", "home_without_values", "note", "not_realised", "competing",
        "competing_unchosen", "population_nearest", "designation_quarter_only", "inexact",
        *ILLUSTRATIVE_REASONS,
    ):  # fmt: skip
        assert t.has(f"grade.reason.{reason}"), reason
