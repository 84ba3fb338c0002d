"""Before and since the title: against statsmodels' own formulas, scipy and a published example; refusals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.analysis.before_after import BeforeAfter, before_after, uncertain_span
from dashboard.analysis.intervals import between_places, change_over_time, lags
from dashboard.analysis.normalise import View, normalise
from dashboard.domain.catalogue import (
    Accumulation,
    ComparabilityGrade,
    ComparabilityNote,
    Designation,
    Indicator,
    IndicatorKind,
    Place,
    SeriesBreak,
)
from dashboard.domain.period import Precision
from dashboard.domain.text import Text
from tests.analysis.literals import frame_of, indicator_of, place_of

VISITS = indicator_of()
SHARE = indicator_of(kind=IndicatorKind.PERCENTAGE, unit="visits")
TODAY = dt.date(2026, 11, 23)
HOME = place_of("viborg", "2019-10-30")
CIGARETTES = Path(__file__).parent / "data" / "cigarettes.csv"


def yearly(values: dict[str, list[float]], first: int = 2014, **more: object) -> list[dict[str, object]]:
    return [
        {"place": slug, "year": first + n, "value": value} | more
        for slug, listed in values.items()
        for n, value in enumerate(listed)
    ]


def monthly(slug: str, values: list[float], first: tuple[int, int]) -> list[dict[str, object]]:
    months = pd.period_range(f"{first[0]}-{first[1]:02}", periods=len(values), freq="M")
    return [
        {"place": slug, "start": str(m.start_time.date()), "end": str(m.end_time.date()), "value": value}
        for m, value in zip(months, values, strict=True)
    ]


def found(
    rows: list[dict[str, object]],
    indicator: Indicator = VISITS,
    home: Place = HOME,
    others: tuple[Place, ...] = (),
    today: dt.date = TODAY,
    without: tuple[tuple[dt.date, dt.date], ...] = (),
    **given_: object,
) -> BeforeAfter:
    slugs = {str(row.get("place", "viborg")) for row in rows}
    places = {slug: place_of(slug) for slug in slugs} | {p.slug: p for p in (home, *others)}
    made = normalise(frame_of(*rows), indicator, given_.pop("view", View()), places, **given_)
    return before_after(made, indicator, home, places, today, without)


STEP = {"viborg": [100, 104, 98, 102, 101, 500, 150, 148, 153, 149]}
"""2014 to 2023: 2019 holds the designation and counts on neither side."""


def test_the_sides_leave_out_the_year_of_the_title() -> None:
    made = found(yearly(STEP), SHARE)
    assert made.before is not None
    assert made.since is not None
    assert (made.before.points, made.since.points) == (5, 4)
    assert (made.before.middle, made.since.middle) == (101, 149.5)
    assert [(p.start, code) for p, code in made.left_out] == [(dt.date(2019, 1, 1), "straddles")]
    assert made.before.low < 101 < made.before.high
    assert (made.scale, made.refused) == ("absolute", None)


def test_a_year_that_is_not_over_is_left_out() -> None:
    rows = yearly({"viborg": [100, 104, 98, 102, 101, 500, 150, 148, 153, 149, 7]})
    rows[-1] |= {"flags": "partial-year"}
    made = found(rows)
    assert made.since is not None
    assert made.since.points == 4
    assert [code for _, code in made.left_out] == ["straddles", "unfinished"]
    running = found(yearly(STEP), today=dt.date(2023, 12, 31))
    assert running.refused is not None
    assert (running.refused.code, running.refused.params) == (
        "too_few", {"before": 5, "since": 3, "needed": 4},
    )  # fmt: skip


def test_the_change_and_its_interval_are_those_of_statsmodels_and_scipy() -> None:
    before, since = [100.0, 104, 98, 102, 101], [150.0, 148, 153, 149]
    made = found(yearly(STEP), SHARE).change
    assert made is not None
    table = pd.DataFrame({"value": [*before, *since], "since": [0] * 5 + [1] * 4})
    classical = stats.ttest_ind(since, before).confidence_interval(0.95)
    robust = smf.ols("value ~ since", table).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags(9), "use_correction": True}, use_t=True
    )
    wider = max(
        [(classical.low, classical.high), tuple(robust.conf_int().loc["since"])], key=lambda b: b[1] - b[0]
    )
    assert made.estimate == pytest.approx(np.mean(since) - np.mean(before))
    assert (made.low, made.high) == pytest.approx(wider)
    assert made.sign == 1


def test_months_are_compared_with_the_same_months_by_statsmodels_too() -> None:
    chance = np.random.default_rng(3)
    season = 20 * np.sin(np.arange(80) * np.pi / 6)
    values = 100 + season + chance.normal(0, 3, 80) + np.where(np.arange(80) > 33, 12, 0)
    made = found(monthly("viborg", values.tolist(), (2017, 1)), SHARE).change
    table = pd.DataFrame({"value": values, "month": np.arange(80) % 12, "since": np.arange(80) > 33})
    fitted = smf.ols("value ~ since + C(month)", table.drop(index=33)).fit()
    robust = fitted.get_robustcov_results("HAC", maxlags=lags(79), use_correction=True, use_t=True)
    assert made is not None
    assert made.estimate == pytest.approx(fitted.params["since[T.True]"])
    row = list(fitted.params.index).index("since[T.True]")
    widths = [np.diff(np.asarray(both.conf_int())[row])[0] for both in (fitted, robust)]
    assert made.high - made.low == pytest.approx(max(widths))
    assert made.estimate == pytest.approx(12, abs=3)


def test_a_month_that_only_one_side_has_is_left_out() -> None:
    rows = monthly("viborg", [10.0] * 7, (2019, 3)) + monthly("viborg", [10.0] * 8, (2019, 11))
    made = found(rows, SHARE)
    assert made.before is not None
    assert made.since is not None
    assert (made.before.points, made.since.points) == (4, 4)  # March to June on both sides
    dropped = {p.start.month for p, code in made.left_out if code == "season" and p.start}
    assert dropped == {7, 8, 9, 11, 12, 1, 2}


REFERENCES = {
    "a": [10, 11, 10, 12, 11, 9, 13, 12, 14, 12], "b": [50, 52, 49, 50, 51, 40, 55, 56, 53, 57],
    "c": [30, 31, 30, 29, 30, 44, 31, 30, 32, 30], "d": [70, 69, 72, 71, 70, 10, 72, 75, 71, 74],
}  # fmt: skip


def test_the_difference_of_changes_is_that_of_the_regression_with_places_and_years() -> None:
    made = found(yearly(STEP | REFERENCES), SHARE).comparison
    assert made is not None
    table = pd.DataFrame(
        [
            {"place": slug, "year": n, "value": v, "since": n > 5, "home": slug == "viborg"}
            for slug, values in (STEP | REFERENCES).items() for n, v in enumerate(values) if n != 5
        ]
    )  # fmt: skip
    table["treated"] = (table["since"] & table["home"]).astype(int)
    fitted = smf.ols("value ~ C(place) + C(year) + treated", table).fit()
    assert made.difference.estimate == pytest.approx(fitted.params["treated"])
    assert made.difference.estimate == pytest.approx(made.home - made.anyway.estimate)
    assert (made.before, made.since, made.illustration) == (5, 4, False)


def test_the_interval_is_that_of_one_city_against_the_spread_of_the_others() -> None:
    """A new value against a sample: t with n − 1 degrees of freedom times s √(1 + 1/n)."""
    made = found(yearly(STEP | REFERENCES), SHARE).comparison
    assert made is not None
    changes = [r.change for r in made.references]
    by_hand = [np.mean(v[6:]) - np.mean(v[:5]) for v in REFERENCES.values()]
    assert changes == pytest.approx(by_hand)
    half = stats.t.ppf(0.975, 3) * np.std(by_hand, ddof=1) * np.sqrt(1 + 1 / 4)
    assert made.difference.high == pytest.approx(made.difference.estimate + half)
    assert made.difference.low == pytest.approx(made.difference.estimate - half)
    mean = stats.t.interval(0.95, 3, np.mean(by_hand), stats.sem(by_hand))
    assert (made.anyway.low, made.anyway.high) == pytest.approx(mean)


def test_it_covers_what_it_says_and_clustered_errors_would_not() -> None:
    """Six places that differ only by chance, 300 times: nought must lie inside about 95 times of 100."""
    chance = np.random.default_rng(11)
    ours = clustered = 0
    rounds = 300
    for _ in range(rounds):
        drift = chance.normal(0, 1, 6)
        values = chance.normal(0, 1, (6, 10)) + drift[:, None] * np.array([0] * 5 + [1] * 5)
        changes = values[:, 5:].mean(axis=1) - values[:, :5].mean(axis=1)
        ours += between_places(changes[0], changes[1:].tolist()).sign == 0
        table = pd.DataFrame(
            {"value": values.ravel(), "place": np.repeat(range(6), 10), "year": np.tile(range(10), 6)}
        )
        table["treated"] = ((table["place"] == 0) & (table["year"] >= 5)).astype(float)
        within = table["value"] - table.groupby("place")["value"].transform("mean")
        within = within - table.groupby("year")["value"].transform("mean") + table["value"].mean()
        treated = table["treated"] - table.groupby("place")["treated"].transform("mean")
        treated = treated - table.groupby("year")["treated"].transform("mean") + table["treated"].mean()
        slope = (within * treated).sum() / (treated**2).sum()
        scores = (treated * (within - slope * treated)).groupby(table["place"]).sum()
        error = np.sqrt((scores**2).sum()) / (treated**2).sum()
        clustered += abs(slope) < stats.t.ppf(0.975, 5) * error
    assert 0.92 <= ours / rounds <= 0.98
    assert clustered / rounds < 0.75


def test_the_published_difference_of_california_comes_out() -> None:
    """Arkhangelsky et al. (2021), table 1: difference in differences −27.3 packs, and the mix −19.6."""
    states = pd.read_csv(CIGARETTES, index_col="year").rename(columns={"3": "california"})
    rows = [
        {"place": f"state-{s}" if s != "california" else s, "year": int(year), "value": v}
        for s in states for year, v in states[s].items()
    ]  # fmt: skip
    made = found(rows, SHARE, place_of("california", "1989-01-01"))
    assert made.comparison is not None
    assert made.comparison.difference.estimate == pytest.approx(-27.3, abs=0.06)
    assert len(made.comparison.references) == 38
    assert made.mix is not None
    assert made.mix.control.gap == pytest.approx(-19.6, abs=0.15)


def test_counts_are_compared_by_ratio_whatever_the_size_of_the_place() -> None:
    doubled = {"viborg": [100, 100, 100, 100, 100, 1, 200, 200, 200, 200]}
    others = {"a": [1e6] * 6 + [1.5e6] * 4, "b": [50.0] * 6 + [75.0] * 4, "c": [7.0] * 6 + [10.5] * 4}
    rows = [row for row in yearly(doubled | others) if row["year"] != 2019]
    made = found(rows)
    assert made.scale == "percent"
    assert made.change is not None
    assert made.change.estimate == pytest.approx(100)
    assert made.comparison is not None
    assert made.comparison.anyway.estimate == pytest.approx(50)
    assert made.comparison.difference.estimate == pytest.approx(100 * (2 / 1.5 - 1))


@pytest.mark.parametrize("values", [[8.0] * 10, [8.0] * 6 + [9.0] * 4, [0.1] * 6 + [0.3] * 4])
def test_values_that_never_vary_have_an_interval_of_no_width(values: list[float]) -> None:
    change = found(yearly({"viborg": values})).change
    assert change is not None
    assert change.low == pytest.approx(change.estimate)
    assert change.high == pytest.approx(change.estimate)
    months = found(monthly("viborg", [v for v in values for _ in range(12)], (2014, 1)), SHARE).change
    assert months is not None
    assert np.isfinite([months.low, months.high]).all()


def test_small_counts_get_no_percentage_and_are_not_compared_unless_per_head() -> None:
    small = {"viborg": [1, 2, 1, 3, 2, 2, 4, 3, 5, 4], "a": [9.0] * 10}
    made = found(yearly(small))
    assert (made.scale, made.comparison) == ("absolute", None)
    assert made.change is not None
    assert made.no_comparison is not None
    assert made.no_comparison.code == "sizes_differ"
    big = found(yearly(STEP | {"a": [3.0] * 10, "b": [30.0] * 10}))
    assert big.not_compared == (("a", "small_numbers"),)


def test_a_city_on_its_own_has_nothing_beside_it() -> None:
    for values in (STEP, {"viborg": [1, 2, 1, 3, 2, 2, 4, 3, 5, 4]}):
        alone = found(yearly(values))
        assert alone.no_comparison is not None
        assert (alone.no_comparison.code, alone.comparison, alone.mix) == ("no_references", None, None)


def test_with_one_or_two_places_it_is_an_illustration() -> None:
    made = found(yearly(STEP | {"a": REFERENCES["a"]}), SHARE).comparison
    assert made is not None
    assert made.illustration
    assert made.difference.method == "differences_over_time"
    assert (made.anyway.low, made.anyway.method) == (None, "single_place")
    apart = [a - b for a, b in zip(STEP["viborg"], REFERENCES["a"], strict=True)]
    series = change_over_time(np.array(apart[:5] + apart[6:]), [False] * 5 + [True] * 4, [1] * 9)
    assert (made.difference.low, made.difference.high) == (series.low, series.high)


def test_places_with_a_title_at_the_same_time_do_not_count() -> None:
    others = (
        place_of("a", "2019-10-30"), place_of("b", "2021-11-08"), place_of("c", "2018-12-01"),
        place_of("d", "2015-12-11"), place_of("e", "2011-01-01", Precision.YEAR),
        place_of("f", "2025-10-31"), place_of("g"),
    )  # fmt: skip
    made = found(yearly(STEP | {p.slug: REFERENCES["a"] for p in others}), SHARE, others=others)
    assert dict(made.not_compared) == {"a": "same_time", "b": "same_time", "c": "same_time"}
    assert made.comparison is not None
    assert {r.place: r.titled for r in made.comparison.references} == {
        "d": "while_before", "e": "earlier", "f": "never", "g": "never",
    }  # fmt: skip


def test_references_must_be_as_good_as_the_home_city() -> None:
    good = dict.fromkeys(("short", "broken", "shaky", "fine"), REFERENCES["a"])
    rows = [row for row in yearly(STEP | good) if row["place"] != "short" or row["year"] < 2021]
    day = dt.date(2018, 1, 1)
    made = found(
        rows, SHARE,
        breaks=[SeriesBreak("festival_visits", "broken", day, "method", Text())],
        notes=[ComparabilityNote("festival_visits", "shaky", ComparabilityGrade.ILLUSTRATIVE, Text())],
    )  # fmt: skip
    assert dict(made.not_compared) == {
        "short": "periods_missing", "broken": "across_break", "shaky": "illustrative",
    }  # fmt: skip
    assert made.comparison is not None
    assert [r.place for r in made.comparison.references] == ["fine"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": IndicatorKind.YES_NO}, "not_measured"),
        ({"unit": "rank_position"}, "not_measured"),
        ({"accumulation": Accumulation.RUNNING_TOTAL}, "running_total"),
        ({"contested": True}, "contested"),
        ({"comparable_over_time": False}, "not_comparable_over_time"),
    ],
)
def test_some_indicators_are_refused(changes: dict[str, object], code: str) -> None:
    made = found(yearly(STEP), replace(VISITS, **changes))
    assert made.refused is not None
    assert (made.refused.code, made.change) == (code, None)


def test_it_is_refused_across_a_break_and_on_illustrative_values() -> None:
    method = SeriesBreak("festival_visits", "viborg", dt.date(2020, 1, 1), "method", Text())
    made = found(yearly(STEP), breaks=[method])
    assert made.refused is not None
    assert made.refused.code == "across_break"
    note = ComparabilityNote("festival_visits", "viborg", ComparabilityGrade.ILLUSTRATIVE, Text())
    made = found(yearly(STEP), notes=[note])
    assert made.refused is not None
    assert made.refused.code == "illustrative"


def test_it_is_refused_without_a_title_or_enough_values() -> None:
    bare = found(yearly(STEP), home=place_of("viborg"))
    assert bare.refused is not None
    assert bare.refused.code == "no_designation"
    none = found([{"place": "viborg", "value": 4}])
    assert none.refused is not None
    assert none.refused.code == "too_few"
    first = [f"{year}-07-01" for year in range(2010, 2026)]
    days = [{"place": "viborg", "start": day, "end": day, "value": 9} for day in first]
    assert found(days).refused is not None
    assert found(days).refused.code == "frequency"


def test_a_title_known_by_its_year_is_refused_for_months_and_takes_out_its_year() -> None:
    by_year = place_of("viborg", "2019-01-01", Precision.YEAR)
    months = found(monthly("viborg", [10.0] * 80, (2016, 1)), home=by_year)
    assert months.refused is not None
    assert months.refused.code == "designation_year_only"
    years = found(yearly(STEP), home=by_year)
    assert years.refused is None
    assert [code for _, code in years.left_out] == ["straddles"]
    assert uncertain_span(Designation(dt.date(2019, 5, 2), Precision.QUARTER, "s")) == (
        dt.date(2019, 4, 1), dt.date(2019, 6, 30),
    )  # fmt: skip


def test_years_can_be_switched_off_on_all_sides() -> None:
    pandemic = ((dt.date(2020, 1, 1), dt.date(2021, 12, 31)),)
    values = {"viborg": [*STEP["viborg"], 151, 150], "a": [*REFERENCES["a"], 12, 13]}
    made = found(yearly(values), SHARE, without=pandemic)
    assert made.since is not None
    assert (made.since.points, made.since.first) == (4, dt.date(2022, 1, 1))
    assert [code for _, code in made.left_out].count("switched_off") == 2
    assert made.comparison is not None
    assert made.comparison.since == 4


def test_the_mix_is_made_where_there_is_enough_and_refused_where_not() -> None:
    chance = np.random.default_rng(5)
    walks = {f"p{n}": (100 * n + 50 + chance.normal(0, 9, 16).cumsum()).tolist() for n in range(1, 7)}
    home = (0.6 * np.array(walks["p1"]) + 0.4 * np.array(walks["p2"])) / 2
    home[9:] *= 1.2
    made = found(yearly({"viborg": home.tolist()} | walks, first=2010))
    assert made.no_mix is None
    assert made.mix is not None
    assert made.mix.control.gap > 5  # in index points of the home city's own mean before
    assert np.mean(made.mix.home[:9]) == pytest.approx(100)
    few = found(yearly(STEP | REFERENCES), SHARE)
    assert few.no_mix is not None
    assert few.no_mix.code == "too_few_points"


@settings(max_examples=15, deadline=None)
@given(st.floats(0.01, 1000), st.integers(0, 1000))
def test_the_unit_of_a_place_does_not_matter_by_ratio(factor: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = {slug: chance.uniform(1000, 2000, 10).tolist() for slug in ("viborg", "a", "b", "c")}
    scaled = values | {"b": [v * factor for v in values["b"]]}
    one, other = found(yearly(values)).comparison, found(yearly(scaled)).comparison
    assert one is not None
    assert other is not None
    assert other.difference.estimate == pytest.approx(one.difference.estimate, rel=1e-6, abs=1e-6)
    assert other.difference.low == pytest.approx(one.difference.low, rel=1e-6, abs=1e-6)
