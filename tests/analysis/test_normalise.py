"""Each rule of conversion, joining and refusal, with the figures that the sources give."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.comparability import passports
from dashboard.analysis.normalise import Refusal, Shaped, View, graded, normalise
from dashboard.domain.catalogue import (
    Accumulation,
    ComparabilityGrade,
    ComparabilityNote,
    CreativeField,
    FieldMembership,
    IndicatorKind,
    Place,
    PlaceKind,
    Population,
    PopulationBasis,
    SeriesBreak,
)
from dashboard.domain.observation import FRAME_COLUMNS, MissingReason, ObservationKind, Qualifier
from dashboard.domain.period import Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.analysis.literals import frame_of, indicator_of, money_of, place_of

VISITS = indicator_of()
PER = View(per=100_000)
DKK = View(currency="DKK")

KARLSRUHE = frame_of(
    *(
        {"place": "karlsruhe", "year": year, "value": value, "kind": "estimate", "method": "extrapolation"}
        for year, value in [
            (2015, 400_000), (2016, 331_000), (2016, 330_000), (2017, 253_500), (2018, 350_000),
            (2019, 316_000), (2023, 285_000), (2024, 290_000),
        ]
    )
)  # fmt: skip

BRISTOL = frame_of(
    *(
        {
            "place": "bristol", "indicator": "film_inward_investment", "start": f"{year}-04-01",
            "end": f"{year + 1}-03-31", "value": value, "currency": "GBP", "kind": "estimate",
        }
        for year, value in [
            (2017, 15_200_000), (2019, 17_000_000), (2020, 12_600_000), (2021, 20_857_000),
            (2022, 20_134_750), (2023, 30_038_739),
        ]
    )
)  # fmt: skip
FILM = money_of("film_inward_investment")
RATE_CARD = SeriesBreak("film_inward_investment", "bristol", dt.date(2023, 4, 1), "method", Text("b", "b"))


def codes(shaped: Shaped) -> list[str]:
    return [refusal.code for refusal in shaped.refused]


def segments(shaped: Shaped) -> list[int | None]:
    return [None if pd.isna(s) else int(s) for s in shaped.points["segment"]]


# --- as published -------------------------------------------------------------------------------------


def test_as_published_the_value_stays_as_it_is(places: dict[str, Place]) -> None:
    shaped = normalise(frame_of({"year": 2020, "value": 5.5, "low": 5, "high": 6}), VISITS, View(), places)
    point = shaped.points.iloc[0]
    assert (point["shown_value"], point["shown_low"], point["shown_high"]) == (5.5, 5, 6)
    assert (point["shown_unit"], point["shown_currency"], point["grade"]) == ("visits", "", "comparable")
    assert (shaped.unit, shaped.currency, codes(shaped)) == ("visits", "", [])
    assert point["anchor"] == pd.Timestamp("2020-07-01")


def test_points_keep_the_tidy_columns_and_their_types(places: dict[str, Place]) -> None:
    points = normalise(KARLSRUHE, VISITS, View(), places).points
    assert {name: str(points[name].dtype) for name in FRAME_COLUMNS} == FRAME_COLUMNS
    assert str(points["segment"].dtype) == str(points["month_since_designation"].dtype) == "Int64"
    assert str(points["anchor"].dtype) == "datetime64[us]"


def test_an_empty_frame_is_an_empty_result(places: dict[str, Place]) -> None:
    shaped = normalise(KARLSRUHE.iloc[:0], VISITS, View("designation", 100_000, "DKK", 2020), places)
    assert (len(shaped.points), len(shaped.undated), shaped.refused) == (0, 0, ())
    assert "segment" in shaped.points


def test_a_point_stands_on_its_day_and_an_open_period_on_its_start(places: dict[str, Place]) -> None:
    frame = frame_of({"end": "2016-09-19", "value": 14}, {"start": "2022-01-01", "value": 3})
    anchors = normalise(frame, VISITS, View(), places).points["anchor"].tolist()
    assert anchors == [pd.Timestamp("2016-09-19"), pd.Timestamp("2022-01-01")]


def test_undated_statements_are_set_apart_and_never_converted(places: dict[str, Place]) -> None:
    frame = frame_of({"value": 30_000, "kind": "self_reported"})
    shaped = normalise(frame, VISITS, View(), places)
    assert (len(shaped.points), shaped.undated["value"].tolist()) == (0, [30_000])
    for view in (PER, View(index_base=2020)):
        assert codes(normalise(frame, VISITS, view, places)) == ["undated"]
    money = frame_of({"value": 75_000, "currency": "USD", "indicator": "funding_secured"})
    assert codes(normalise(money, money_of(), DKK, places)) == ["undated"]
    assert len(normalise(money, money_of(), View(currency="USD"), places).undated) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"year": 2020, "value": 1_700_000, "flags": "implausible"}, "implausible"),
        ({"value": 1_700_000, "flags": "baseline;do-not-chart"}, "implausible"),
        ({"year": 2020, "missing_reason": "not_collected"}, "missing_not_collected"),
        ({"year": 2020, "missing_reason": "not_applicable"}, "missing_not_applicable"),
        ({"year": 2020, "missing_reason": "not_published"}, "missing_not_published"),
        ({"year": 2020}, "no_value"),
        ({"year": 2020, "value": float("inf")}, "no_value"),
        ({"start": "2020-12-31", "end": "2020-01-01", "value": 1}, "period_reversed"),
        ({"year": 2020, "value": 1, "indicator": "something_else"}, "other_indicator"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(
    row: dict[str, object], code: str, places: dict[str, Place]
) -> None:
    shaped = normalise(frame_of(row), VISITS, View(), places)
    assert codes(shaped) == [code]
    assert shaped.refused[0].observation == 1


def test_text_is_not_a_number(places: dict[str, Place]) -> None:
    story = indicator_of(kind=IndicatorKind.NARRATIVE, unit="text")
    assert codes(normalise(frame_of({"year": 2020, "text": "ord"}), story, View(), places)) == ["narrative"]


# --- which values one line may join -------------------------------------------------------------------


def test_two_values_for_karlsruhe_2016_compete_until_one_is_preferred(places: dict[str, Place]) -> None:
    shaped = normalise(KARLSRUHE, VISITS, View(), places)
    assert segments(shaped) == [1, None, None, 1, 1, 1, 1, 1]
    assert shaped.points["reasons"].tolist()[1:3] == ["competing_unchosen"] * 2
    chosen = KARLSRUHE.assign(preferred=[False, True] + [False] * 6)
    shaped = normalise(chosen, VISITS, View(), places)
    assert segments(shaped) == [1, 1, None, 1, 1, 1, 1, 1]
    assert shaped.points["reasons"].iloc[2] == "competing"


def test_two_preferences_for_one_period_are_no_preference(places: dict[str, Place]) -> None:
    both = KARLSRUHE.assign(preferred=[False, True, True] + [False] * 5)
    assert segments(normalise(both, VISITS, View(), places))[1:3] == [None, None]


def test_a_competing_value_never_takes_the_place_of_a_refused_preferred_one(places: dict[str, Place]) -> None:
    frame = frame_of(
        {"year": 2019, "value": 1, "currency": "COP", "preferred": True},
        {"year": 2019, "value": 2, "currency": "EUR"},
    ).assign(indicator="funding_secured")
    shaped = normalise(frame, money_of(), DKK, places)
    assert (codes(shaped), segments(shaped)) == (["currency_not_quoted"], [None])


def test_missing_years_are_marked(places: dict[str, Place]) -> None:
    gaps = normalise(KARLSRUHE, VISITS, View(), places).points["gap_before"].tolist()
    assert gaps == [False, False, False, True, False, False, True, False]


def test_no_line_through_the_new_rate_card_of_bristol(places: dict[str, Place]) -> None:
    assert segments(normalise(BRISTOL, FILM, View(), places, breaks=[RATE_CARD])) == [1, 1, 1, 1, 1, 2]
    assert segments(normalise(BRISTOL, FILM, View(), places)) == [1] * 6
    elsewhere = SeriesBreak("filming_days", "bristol", dt.date(2023, 4, 1), "method", Text())
    assert segments(normalise(BRISTOL, FILM, View(), places, breaks=[elsewhere])) == [1] * 6


def test_a_period_that_straddles_a_break_stands_alone(places: dict[str, Place]) -> None:
    frame = frame_of(*({"year": year, "value": 1} for year in (2019, 2020, 2021)))
    middle = SeriesBreak("festival_visits", "viborg", dt.date(2020, 7, 1), "method", Text())
    assert segments(normalise(frame, VISITS, View(), places, breaks=[middle])) == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        {"method": "tickets"}, {"method_version": "2"}, {"boundary": "city"}, {"currency": "EUR"},
        {"flags": "covid;method-break"}, {"flags": "definition-break"},
    ],
)  # fmt: skip
def test_a_change_in_how_it_was_made_ends_the_line(change: dict[str, str], places: dict[str, Place]) -> None:
    frame = frame_of({"year": 2019, "value": 1}, {"year": 2020, "value": 2, **change, "unit": "visits"})
    assert segments(normalise(frame, VISITS, View(), places)) == [1, 2]


def test_other_units_targets_and_forecasts_are_drawn_but_never_joined(places: dict[str, Place]) -> None:
    kinds = ["target", "forecast", "ex_ante", "budget"]
    frame = frame_of(
        {"year": 2018, "value": 65_000},
        {"year": 2018, "value": 30_000, "unit": "persons"},
        *({"year": 2018, "value": 100_000, "kind": kind} for kind in kinds),
    )
    shaped = normalise(frame, VISITS, View(), places)
    assert segments(shaped) == [1, None, None, None, None, None]
    assert shaped.points["grade"].tolist() == ["comparable", "illustrative"] + ["comparable"] * 4
    assert shaped.points["shown_unit"].iloc[1] == "persons"


def test_overlapping_periods_and_other_lengths_are_not_joined(places: dict[str, Place]) -> None:
    tucson = frame_of(
        {"start": "2015-12-11", "end": "2016-06-10", "value": 6e6, "currency": "USD"},
        {"start": "2015-07-01", "end": "2016-06-30", "value": 6e6, "currency": "USD"},
        {"start": "2016-10-01", "end": "2017-09-30", "value": 3e7, "currency": "USD"},
    ).assign(place="tucson", indicator="media_value_claimed", kind="asserted")
    pr_value = money_of("media_value_claimed", contested=True)
    found = segments(normalise(tucson, pr_value, View(), places))
    assert found[0] not in found[1:]
    rolling = frame_of(
        {"start": "2019-01-01", "end": "2019-12-31", "value": 1},
        {"start": "2019-04-01", "end": "2020-03-31", "value": 2},
    )
    assert segments(normalise(rolling, VISITS, View(), places)) == [1, 2]


def test_a_running_total_is_one_line_though_its_periods_overlap(places: dict[str, Place]) -> None:
    total = indicator_of(accumulation=Accumulation.RUNNING_TOTAL)
    frame = frame_of(*({"start": "2019-11-01", "end": f"{y}-12-31", "value": y} for y in (2020, 2021, 2024)))
    assert segments(normalise(frame, total, View(), places)) == [1, 1, 1]


def test_the_parts_of_a_whole_have_lines_of_their_own(places: dict[str, Place]) -> None:
    frame = frame_of(
        *(
            {"place": "karlsruhe", "year": 2016, "value": v, "disaggregation": f"origin={o}"}
            for o, v in [("city", 44), ("region", 32), ("germany", 19), ("abroad", 5)]
        )
    )
    assert segments(normalise(frame, VISITS, View(), places)) == [1, 2, 3, 4]


# --- months since designation -------------------------------------------------------------------------


def march_2020(place: str) -> pd.DataFrame:
    return frame_of({"place": place, "start": "2020-03-01", "end": "2020-03-31", "value": 1})


@pytest.mark.parametrize(("place", "month"), [("viborg", 5), ("tucson", 51)])
def test_march_2020_is_month_5_for_viborg_and_51_for_tucson(
    place: str, month: int, places: dict[str, Place]
) -> None:
    for axis in ("calendar", "designation"):
        point = normalise(march_2020(place), VISITS, View(axis), places).points.iloc[0]
        assert (point["month_since_designation"], point["month_uncertainty"]) == (month, 0)


def test_a_designation_known_by_year_is_a_band_of_six_months_either_way(places: dict[str, Place]) -> None:
    point = normalise(march_2020("bristol"), VISITS, View("designation"), places).points.iloc[0]
    assert (point["month_since_designation"], point["month_uncertainty"]) == (32, 6)
    assert (point["grade"], point["reasons"]) == ("illustrative", "designation_year_only")


def test_a_place_without_designation_has_no_month_zero(places: dict[str, Place]) -> None:
    assert codes(normalise(march_2020("linz"), VISITS, View("designation"), places)) == [
        "designation_unknown"
    ]
    point = normalise(march_2020("linz"), VISITS, View(), places).points.iloc[0]
    assert pd.isna(point["month_since_designation"])


def test_a_city_that_never_was_designated_stands_in_the_months_of_the_home_city(
    places: dict[str, Place],
) -> None:
    """March 2020 is month 5 for Viborg, and for its neighbour; a member without a known day has no month."""
    known = places | {"region": place_of("region", kind=PlaceKind.REGION)}
    known["member"] = place_of(
        "member", fields=(FieldMembership(CreativeField.DESIGN, None, None, Precision.NONE, "src"),)
    )
    frame = pd.concat(
        [march_2020(slug) for slug in ("linz", "viborg", "region", "member")], ignore_index=True
    )
    shaped = normalise(frame, VISITS, View("designation"), known, home="viborg")
    points = shaped.points.set_index("place")
    assert points["month_since_designation"].to_dict() == {"linz": 5, "viborg": 5}
    assert points["matched"].to_dict() == {"linz": True, "viborg": False}
    assert [(r.place, r.code) for r in shaped.refused] == [
        ("region", "designation_unknown"), ("member", "designation_unknown")
    ]  # fmt: skip
    by_calendar = normalise(march_2020("linz"), VISITS, View(), known, home="viborg").points.iloc[0]
    assert pd.isna(by_calendar["month_since_designation"])
    assert not by_calendar["matched"]


def test_a_designation_known_by_quarter_is_off_by_a_month(places: dict[str, Place]) -> None:
    places["linz"] = place_of("linz", "2014-10-01", Precision.QUARTER)
    point = normalise(march_2020("linz"), VISITS, View("designation"), places).points.iloc[0]
    assert (point["month_since_designation"], point["month_uncertainty"]) == (64, 1)
    assert point["grade"] == "with_care"


# --- money --------------------------------------------------------------------------------------------


def test_tucsons_six_million_dollars_in_kroner_over_its_own_period(places: dict[str, Place]) -> None:
    frame = frame_of({"start": "2015-07-01", "end": "2016-06-30", "value": 6e6, "currency": "USD"})
    shaped = normalise(frame.assign(indicator="funding_secured"), money_of(), DKK, places)
    point = shaped.points.iloc[0]
    assert point["shown_value"] == pytest.approx(6e6 * 6.72158, rel=1e-6)
    assert point["exchange_rate"] == pytest.approx(6.72158, rel=1e-6)
    assert (shaped.unit, shaped.currency, point["shown_currency"]) == ("currency", "DKK", "DKK")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"start": "2022-01-01", "value": 400_000, "currency": "EUR"}, "open_period"),
        ({"year": 2019, "value": 1, "currency": "COP"}, "currency_not_quoted"),
        ({"year": 1997, "value": 1, "currency": "USD"}, "outside_rates"),
        ({"year": 2012, "value": 1, "currency": "ISK"}, "rate_missing"),
        ({"year": 2019, "value": 1, "unit": "visits"}, "not_money"),
    ],
)
def test_what_cannot_be_converted_is_refused(
    row: dict[str, object], code: str, places: dict[str, Place]
) -> None:
    shaped = normalise(frame_of({**row, "indicator": "funding_secured"}), money_of(), DKK, places)
    assert codes(shaped) == [code]


def test_an_open_period_in_the_asked_currency_needs_no_rate(places: dict[str, Place]) -> None:
    frame = frame_of({"start": "2022-01-01", "value": 4, "currency": "DKK", "indicator": "funding_secured"})
    assert normalise(frame, money_of(), DKK, places).points["shown_value"].tolist() == [4]


def test_amounts_in_several_currencies_have_no_common_one_until_converted(places: dict[str, Place]) -> None:
    frame = frame_of(
        {"year": 2019, "value": 1, "currency": "EUR"}, {"year": 2020, "value": 1, "currency": "USD"}
    ).assign(indicator="funding_secured")
    published = normalise(frame, money_of(), View(), places)
    assert (published.currency, segments(published)) == ("", [1, 2])
    converted = normalise(frame, money_of(), DKK, places)
    assert (converted.currency, segments(converted)) == ("DKK", [1, 1])


# --- per inhabitant -----------------------------------------------------------------------------------


def people(place: str, boundary: str, day: dt.date | None, value: float) -> Population:
    return Population(place, boundary, value, day, Precision.DAY if day else Precision.NONE, "src")


PEOPLE = [
    people("viborg", "municipality", dt.date(2020, 1, 1), 100_000),
    people("viborg", "urban area", dt.date(2020, 1, 1), 40_000),
    people("tucson", "city", dt.date(2020, 7, 1), 500_000),
    people("karlsruhe", "city", None, 283_799),
]


def test_a_count_of_the_host_city_is_divided_by_its_reference_boundary(places: dict[str, Place]) -> None:
    shaped = normalise(frame_of({"year": 2020, "value": 2_000}), VISITS, PER, places, PEOPLE)
    point = shaped.points.iloc[0]
    assert (point["shown_value"], point["population"], point["population_boundary"]) == (
        2_000,
        100_000,
        "municipality",
    )
    assert (point["grade"], point["reasons"]) == ("with_care", "population_nearest")


def test_a_count_of_an_area_needs_the_population_of_that_area(places: dict[str, Place]) -> None:
    jobs = indicator_of(population_basis=PopulationBasis.BOUNDARY)

    def shape(boundary: str) -> Shaped:
        frame = frame_of({"year": 2020, "value": 590, "boundary": boundary})
        return normalise(frame, jobs, PER, places, PEOPLE)

    assert shape("municipality").points["shown_value"].tolist() == [590]
    assert shape("urban area").points["shown_value"].tolist() == [1475]
    assert codes(shape("")) == ["boundary_unknown"]
    assert codes(shape("metropolitan area")) == ["boundary_differs"]


def test_an_undated_population_makes_the_figure_illustrative_whatever_a_note_says(
    places: dict[str, Place],
) -> None:
    frame = frame_of({"place": "karlsruhe", "year": 2019, "value": 316_000})
    note = ComparabilityNote("festival_visits", "karlsruhe", ComparabilityGrade.COMPARABLE, Text("a", "a"))
    shaped = normalise(frame, VISITS, PER, places, PEOPLE, notes=[note])
    assert shaped.points["grade"].tolist() == ["illustrative"]
    assert shaped.points["shown_value"].iloc[0] == pytest.approx(111_346, abs=1)


@pytest.mark.parametrize(
    ("place", "indicator", "code"),
    [
        ("viborg", indicator_of(population_basis=PopulationBasis.NONE), "population_basis_none"),
        ("viborg", indicator_of(kind=IndicatorKind.PERCENTAGE), "population_basis_none"),
        ("atlantis", VISITS, "place_unknown"),
        ("linz", VISITS, "population_missing"),
    ],
)
def test_what_cannot_be_divided_is_refused(
    place: str, indicator: object, code: str, places: dict[str, Place]
) -> None:
    frame = frame_of({"place": place, "year": 2020, "value": 1})
    assert codes(normalise(frame, indicator, PER, places, PEOPLE)) == [code]


def test_a_place_without_a_reference_boundary_is_refused(places: dict[str, Place]) -> None:
    places["linz"] = place_of("linz")
    frame = frame_of({"place": "linz", "year": 2020, "value": 1})
    assert codes(normalise(frame, VISITS, PER, places, PEOPLE)) == ["reference_boundary_missing"]


def test_six_million_dollars_per_inhabitant_of_tucson(places: dict[str, Place]) -> None:
    frame = frame_of({"year": 2020, "value": 6e6, "currency": "USD", "place": "tucson"})
    view = View(per=1, currency="DKK")
    shaped = normalise(frame.assign(indicator="funding_secured"), money_of(), view, places, PEOPLE)
    rate = shaped.points["exchange_rate"].iloc[0]
    assert shaped.points["shown_value"].iloc[0] == pytest.approx(12 * rate)


# --- index --------------------------------------------------------------------------------------------


def test_the_index_is_100_in_the_base_year_and_refused_across_the_break(places: dict[str, Place]) -> None:
    shaped = normalise(BRISTOL, FILM, View(index_base=2019), places, breaks=[RATE_CARD])
    assert shaped.points["shown_value"].round(1).tolist() == [89.4, 100.0, 74.1, 122.7, 118.4]
    assert (shaped.unit, shaped.currency) == ("index", "")
    assert set(shaped.points["shown_unit"]) == {"index"}
    assert codes(shaped) == ["across_break"]
    assert shaped.refused[0].params == {"year": "2019"}


@pytest.mark.parametrize(
    ("frame", "indicator", "expected"),
    [
        (KARLSRUHE, VISITS, ["base_competing"] * 8),
        (frame_of({"year": 2015, "value": 3.0}), VISITS, ["base_missing"]),
        (frame_of({"year": 2016, "value": 0.0}), VISITS, ["base_not_positive"]),
        (frame_of({"year": 2016, "value": -2.0}), VISITS, ["base_not_positive"]),
        (frame_of({"year": 2016, "value": 1.0}), indicator_of(kind=IndicatorKind.YES_NO), ["cannot_index"]),
        (
            frame_of({"year": 2016, "value": 4.0, "unit": "rank"}),
            indicator_of(unit="rank"),
            ["cannot_index"],
        ),
        (
            frame_of(
                {"start": "2016-01-01", "end": "2016-06-30", "value": 4.0},
                {"start": "2016-07-01", "end": "2016-12-31", "value": 6.0},
            ),
            indicator_of(kind=IndicatorKind.PERCENTAGE),
            ["base_several"] * 2,
        ),
        (
            frame_of(
                {"year": 2016, "value": 165.0}, {"year": 2024, "value": 330.0, "kind": "target"}
            ),
            VISITS,
            ["index_unjoined"],
        ),
    ],
)  # fmt: skip
def test_an_index_without_a_sound_base_is_refused(
    frame: pd.DataFrame, indicator: object, expected: list[str], places: dict[str, Place]
) -> None:
    assert codes(normalise(frame, indicator, View(index_base=2016), places)) == expected


def test_two_halves_of_a_base_year_count_by_their_mean(places: dict[str, Place]) -> None:
    frame = frame_of(
        {"start": "2016-01-01", "end": "2016-06-30", "value": 4.0},
        {"start": "2016-07-01", "end": "2016-12-31", "value": 6.0},
    )
    shaped = normalise(frame, VISITS, View(index_base=2016), places)
    assert shaped.points["shown_value"].tolist() == [80.0, 120.0]


@given(
    st.lists(st.floats(0.01, 1e9), min_size=1, max_size=12),
    st.integers(0, 11),
    st.sampled_from([View(), View(per=100_000), View(per=1)]),
)
@settings(max_examples=60, deadline=None)
def test_any_series_is_100_at_its_base(values: list[float], base: int, view: View) -> None:
    frame = frame_of(*({"year": 2010 + n, "value": value} for n, value in enumerate(values)))
    year = 2010 + base % len(values)
    home = {"viborg": place_of("viborg", reference_boundary="municipality")}
    dates = (dt.date(2010, 1, 1), dt.date(2024, 1, 1))
    population = [people("viborg", "municipality", day, 9e4 + day.year) for day in dates]
    indexed = View(per=view.per, index_base=year)
    points = normalise(frame, VISITS, indexed, home, population).points
    assert len(points) == len(values)
    at_base = points.loc[points["anchor"].dt.year == year, "shown_value"]
    assert at_base.tolist() == pytest.approx([100.0])


# --- grades -------------------------------------------------------------------------------------------


def test_a_note_decides_the_grade_and_says_so(places: dict[str, Place]) -> None:
    frame = frame_of({"place": "karlsruhe", "year": 2015, "value": 400_000, "qualifier": ">"})
    plain = normalise(frame, VISITS, View(), places).points.iloc[0]
    assert (plain["grade"], plain["reasons"]) == ("with_care", "inexact")
    note = ComparabilityNote("festival_visits", "karlsruhe", ComparabilityGrade.ILLUSTRATIVE, Text("a", "a"))
    noted = normalise(frame, VISITS, View(), places, notes=[note]).points.iloc[0]
    assert (noted["grade"], noted["reasons"]) == ("illustrative", "inexact;note")


def test_a_contested_measure_is_illustrative(places: dict[str, Place]) -> None:
    frame = frame_of({"year": 2016, "value": 6e6, "currency": "USD", "indicator": "media_value_claimed"})
    shaped = normalise(frame, money_of("media_value_claimed", contested=True), View(), places)
    assert shaped.points["grade"].tolist() == ["illustrative"]


def test_points_are_graded_no_better_than_their_passport(places: dict[str, Place]) -> None:
    frame = frame_of({"year": 2019, "value": 1}, {"year": 2019, "value": 2, "place": "linz"})
    loose = indicator_of(comparable_between_places=False)
    passport = passports(frame, loose, "viborg", {})
    by_place = {place: (p.grade, p.reasons) for place, p in passport.items()}
    points = graded(normalise(frame, loose, View(), places), by_place).points
    assert points["grade"].tolist() == ["comparable", "illustrative"]
    assert points["reasons"].iloc[1].startswith("definition_differs")


# --- nothing is lost ----------------------------------------------------------------------------------

DATES = st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)))
ROWS = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["viborg", "tucson", "bristol", "linz", "atlantis", ""]),
        "indicator": st.sampled_from(["festival_visits", "festival_visits", "other"]),
        "period_start": DATES,
        "period_end": DATES,
        "precision": st.sampled_from([*(p.value for p in Precision), "", "nonsense"]),
        "value": st.floats(width=64),
        "low": st.floats(width=64),
        "unit": st.sampled_from(["visits", "persons", "currency", "percent", ""]),
        "currency": st.sampled_from(["", "DKK", "USD", "COP", "ISK", "XXX"]),
        "kind": st.sampled_from([*(k.value for k in ObservationKind), ""]),
        "qualifier": st.sampled_from([q.value for q in Qualifier]),
        "missing_reason": st.sampled_from(["", *(m.value for m in MissingReason)]),
        "disaggregation": st.sampled_from(["", "origin=abroad"]),
        "boundary": st.sampled_from(["", "municipality", "city"]),
        "method": st.sampled_from(["", "count"]),
        "preferred": st.booleans(),
        "flags": st.sampled_from(["", "covid", "implausible", "method-break;covid"]),
    }
)
VIEWS = st.builds(
    View,
    st.sampled_from(["calendar", "designation"]),
    st.sampled_from([None, 1, 100_000]),
    st.sampled_from([None, "DKK", "EUR", "XXX"]),
    st.sampled_from([None, 2016, 2020]),
    st.sampled_from(["", "constant", "purchasing_power"]),
    st.just(2020),
)
PLACES = {
    p.slug: p
    for p in (
        place_of("viborg", "2019-10-30", reference_boundary="municipality"),
        place_of("tucson", "2015-12-11", reference_boundary="city"),
        place_of("bristol", "2017-01-01", Precision.YEAR),
        place_of("linz"),
    )
}


@given(
    st.lists(ROWS, max_size=8),
    VIEWS,
    st.sampled_from(IndicatorKind),
    st.sampled_from(PopulationBasis),
    st.sampled_from(Accumulation),
)
@settings(max_examples=100, deadline=None)
def test_normalise_never_raises_and_every_row_ends_in_exactly_one_place(
    rows: list[dict[str, object]],
    view: View,
    kind: IndicatorKind,
    basis: PopulationBasis,
    accumulation: Accumulation,
) -> None:
    frame = frame_of(*rows)
    indicator = indicator_of(kind=kind, population_basis=basis, accumulation=accumulation)
    broken = [SeriesBreak("festival_visits", "viborg", dt.date(2019, 1, 1), "method", Text())]
    shaped = normalise(frame, indicator, view, PLACES, PEOPLE, broken)
    ids = [*shaped.points["observation"], *shaped.undated["observation"]]
    ids += [refusal.observation for refusal in shaped.refused]
    assert sorted(ids) == list(range(1, len(rows) + 1))
    for refusal in shaped.refused:
        for language in ("da", "en"):
            assert Translator(language).has(f"refusal.{refusal.code}"), refusal.code


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_refusal_is_a_sentence_in_both_languages(language: str, places: dict[str, Place]) -> None:
    t = Translator(language)
    jobs = indicator_of(population_basis=PopulationBasis.BOUNDARY)
    frame = frame_of({"year": 2012, "value": 1, "boundary": "municipality"}, {"value": 1})
    refused: tuple[Refusal, ...] = normalise(frame, jobs, PER, places, PEOPLE).refused
    sentences = [t(f"refusal.{r.code}", **r.params) for r in refused]
    year = "1. januar 2020" if language == "da" else "1 January 2020"
    assert year in sentences[0]
    assert all("{" not in sentence and "⟦" not in sentence for sentence in sentences)
