"""Populations by the rule: linear between two dates, the nearest within three years, else refused."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.analysis.population import Inhabitants, NoInhabitants, by_boundary, inhabitants
from dashboard.domain.catalogue import Population
from dashboard.domain.period import Precision


def population(day: str | None, value: float, boundary: str = "municipality", **rest: object) -> Population:
    precision = rest.pop("precision", Precision.DAY if day else Precision.NONE)
    at = dt.date.fromisoformat(day) if day else None
    source = rest.pop("source", "src")
    return Population(rest.pop("place", "viborg"), boundary, value, at, precision, source, **rest)


VIBORG = by_boundary(
    [
        population("2013-01-01", 94_333), population("2018-01-01", 96_883), population("2020-01-01", 96_921),
        population("2023-01-01", 97_731), population("2023-01-01", 42_234, "urban area"),
    ]
)  # fmt: skip


def found(day: str, boundary: str = "municipality") -> Inhabitants:
    result = inhabitants(VIBORG, "viborg", boundary, dt.date.fromisoformat(day))
    assert isinstance(result, Inhabitants)
    return result


def refused(day: str, boundary: str = "municipality", place: str = "viborg", index=VIBORG) -> NoInhabitants:
    result = inhabitants(index, place, boundary, dt.date.fromisoformat(day))
    assert isinstance(result, NoInhabitants)
    return result


def test_a_date_with_a_population_has_it() -> None:
    assert found("2018-01-01").value == 96_883


def test_between_two_dates_the_value_is_linear() -> None:
    assert found("2019-01-01").value == pytest.approx(96_883 + (96_921 - 96_883) * 365 / 730)
    assert found("2019-01-01").method == "interpolated"


@pytest.mark.parametrize(("day", "value"), [("2010-01-01", 94_333), ("2026-01-01", 97_731)])
def test_outside_the_dates_the_nearest_within_three_years_counts(day: str, value: float) -> None:
    assert (found(day).value, found(day).method) == (value, "nearest")


@pytest.mark.parametrize("day", ["2009-12-31", "2026-01-02"])
def test_a_day_more_than_three_years_away_is_refused(day: str) -> None:
    assert refused(day).code == "population_too_far"


def test_boundaries_are_never_mixed() -> None:
    assert found("2024-01-01", "urban area").value == 42_234
    assert refused("2019-01-01", "urban area").code == "population_too_far"
    other = refused("2019-01-01", "metropolitan area")
    assert other.code == "boundary_differs"
    assert dict(other.params)["available"] == "municipality, urban area"
    assert refused("2019-01-01", place="tucson").code == "population_missing"


def test_an_undated_population_is_illustrative_and_only_the_last_resort() -> None:
    undated = by_boundary([population(None, 283_799)])
    assert inhabitants(undated, "viborg", "municipality", dt.date(2019, 1, 1)).illustrative
    both = by_boundary([population(None, 283_799), population("2013-01-01", 94_333)])
    assert not inhabitants(both, "viborg", "municipality", dt.date(2013, 1, 1)).illustrative
    assert refused("2019-01-01", index=both).code == "population_too_far"


def test_sources_that_disagree_about_a_day_are_not_chosen_between() -> None:
    close = [population("2020-01-01", 100_000), population("2020-01-01", 100_900, source="z")]
    far = [population("2020-01-01", 100_000), population("2020-01-01", 102_000, source="z")]
    assert inhabitants(by_boundary(close), "viborg", "municipality", dt.date(2020, 1, 1)).value == 100_000
    assert refused("2020-01-01", index=by_boundary(far)).code == "population_conflict"


def test_a_population_known_by_its_year_stands_at_mid_year() -> None:
    years = [
        population("2011-01-01", 198_100, precision=Precision.YEAR),
        population("2021-01-01", 202_800, precision=Precision.YEAR),
    ]
    assert inhabitants(by_boundary(years), "viborg", "municipality", dt.date(2011, 7, 1)).value == 198_100
