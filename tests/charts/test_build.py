"""What a `ChartSpec` says of given points."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.build import compare_chart, series_chart, sparkline
from dashboard.charts.spec import POINT_LIMIT, Mark, Series
from dashboard.domain.catalogue import Annotation, Baseline, IndicatorKind, SeriesBreak, Target
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.charts.examples import TUCSON, VIBORG, indicator, place, point, points, yearly

DA, EN = Translator("da"), Translator("en")
BREAK = SeriesBreak(
    "creative_companies", "viborg", date(2018, 1, 1), "definition", Text("ny kode", "new code")
)


def values(series: Series) -> list[float]:
    return [mark.y for mark in series.marks]


def only(marks: tuple[Mark, ...]) -> Mark:
    assert len(marks) == 1
    return marks[0]


def test_no_line_crosses_a_break() -> None:
    rows = yearly(2015, [10, 11, 12], segment=0) + yearly(2018, [20, 21], segment=1)
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG, breaks=[BREAK])
    assert [[mark.y for mark in run] for run in spec.series[0].paths] == [[10, 11, 12], [20, 21]]
    drawn = next(rule for rule in spec.rules if rule.kind == "break")
    assert (drawn.at, drawn.number) == (date(2018, 1, 1).toordinal(), 1)
    assert spec.key[0] == "Brud: ny kode"
    assert "2 stykker" in spec.alternative


def test_no_line_crosses_a_missing_period() -> None:
    rows = [
        *yearly(2015, [10, 11]),
        point(Period.year(2018), 12, gap_before=True),
        point(Period.year(2019), 13),
    ]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG)
    assert [[mark.y for mark in run] for run in spec.series[0].paths] == [[10, 11], [12, 13]]


def test_a_point_without_a_segment_stands_alone() -> None:
    rows = [*yearly(2019, [10, 11]), point(Period.year(2020), 99, segment=None, preferred=False)]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG)
    assert [[mark.y for mark in run] for run in spec.series[0].paths] == [[10, 11]]
    competing = next(mark for mark in spec.series[0].marks if mark.y == 99)
    assert competing.hollow
    assert competing.muted
    assert "ikke den foretrukne værdi" in competing.label


def test_undated_and_missing_values_are_never_drawn() -> None:
    rows = [
        *yearly(2019, [10]),
        point(Period(), 50),
        point(Period.year(2021), float("nan"), missing_reason="not_collected"),
    ]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG, undated=1)
    assert values(spec.series[0]) == [10]
    assert len(spec.rows) == 1
    assert "1 tal uden årstal er ikke tegnet." in spec.notes


@pytest.mark.parametrize(
    ("qualifier", "shape", "written"),
    [
        (">", "lower_bound", "over 480"),
        (">=", "lower_bound", "mindst 480"),
        ("<", "upper_bound", "under 480"),
        ("<=", "upper_bound", "højst 480"),
        ("~", "dot", "ca. 480"),
        ("=", "dot", "480"),
    ],
)
def test_a_qualifier_is_a_shape_and_a_word(qualifier: str, shape: str, written: str) -> None:
    spec = series_chart(
        points([point(Period.year(2022), 480, qualifier=qualifier)]), indicator(), DA, place=VIBORG
    )
    mark = only(spec.series[0].marks)
    assert mark.shape == shape
    assert mark.written.startswith(written)


@pytest.mark.parametrize(
    ("more", "hollow"),
    [
        ({}, False),
        ({"grade": "with_care"}, False),
        ({"grade": "illustrative"}, True),
        ({"kind": "budget", "segment": None}, True),
        ({"shown_unit": "visits", "segment": None}, True),
    ],
)
def test_hollow_says_not_quite(more: dict[str, str], hollow: bool) -> None:
    frame = points([point(Period.year(2022), 5, **more)])
    spec = series_chart(frame, indicator(), DA, place=VIBORG, unit="companies")
    mark = only(spec.series[0].marks)
    assert mark.hollow is hollow
    assert not mark.muted


def test_a_target_is_a_diamond_that_no_line_reaches() -> None:
    target = Target("creative_companies", "viborg", Period.year(2026), 40)
    spec = series_chart(points(yearly(2019, [10, 11])), indicator(), DA, place=VIBORG, targets=[target])
    last = spec.series[0].marks[-1]
    assert (last.shape, last.y, last.segment) == ("target", 40, None)
    assert spec.y_range[1] >= 40
    assert "2026" not in spec.sentence
    assert "Mål 2026: 40" in spec.alternative


def test_targets_and_baselines_stay_out_of_converted_views() -> None:
    target = Target("creative_companies", "viborg", Period.year(2026), 40)
    baseline = Baseline("creative_companies", "viborg", Period.year(2018), 9)
    rows = [row | {"shown_unit": "index"} for row in yearly(2019, [100, 110])]
    spec = series_chart(
        points(rows), indicator(), DA, place=VIBORG, index_base=2019, targets=[target], baselines=[baseline]
    )
    assert values(spec.series[0]) == [100, 110]
    assert spec.rules == tuple(rule for rule in spec.rules if rule.kind == "designation")
    assert spec.y_label == "indeks (2019 = 100)"


def test_a_baseline_is_a_line_with_its_words() -> None:
    baseline = Baseline("creative_companies", "viborg", Period.year(2018), 9)
    spec = series_chart(points(yearly(2019, [10])), indicator(), DA, place=VIBORG, baselines=[baseline])
    rule = next(rule for rule in spec.rules if rule.axis == "y")
    assert rule.at == 9
    assert rule.label.startswith("Udgangspunkt 2018: 9")


def test_a_mean_of_small_counts_is_not_rounded_away() -> None:
    baseline = Baseline("creative_companies", "viborg", Period.year(2018), 1.75)
    spec = series_chart(points(yearly(2019, [2])), indicator(), DA, place=VIBORG, baselines=[baseline])
    assert "1,75" in next(rule.label for rule in spec.rules if rule.axis == "y")


def test_the_home_city_keeps_its_colour_and_comes_first() -> None:
    rows = yearly(2016, [5, 6], at=TUCSON) + yearly(2016, [7, 8])
    spec = compare_chart(
        points(rows), indicator(), DA, places={"tucson": TUCSON, "viborg": VIBORG}, home="viborg"
    )
    assert [(one.label, one.role, one.colour) for one in spec.series] == [
        ("Viborg", "home", "home"),
        ("Tucson", "reference", "reference-1"),
    ]
    assert len({(one.marker, one.dash) for one in spec.series}) == 2


def test_months_since_designation() -> None:
    rows = [point(Period.month(2020, 3), 1), point(Period.month(2020, 3), 2, at=TUCSON)]
    spec = compare_chart(
        points(rows), indicator(), DA, places={"viborg": VIBORG, "tucson": TUCSON}, home="viborg",
        axis="designation",
    )  # fmt: skip
    assert {one.place: only(one.marks).x for one in spec.series} == {"viborg": 5, "tucson": 51}
    assert {(band.series, band.start) for band in spec.bands} == {("viborg", 5), ("tucson", 51)}
    assert [(rule.kind, rule.at) for rule in spec.rules] == [("designation", 0)]
    assert any(tick.at == 0 for tick in spec.x_ticks)


def test_a_designation_of_which_only_the_year_is_known_is_a_band() -> None:
    linz = place("linz", "Linz", date(2014, 7, 1), Precision.YEAR)
    spec = series_chart(points(yearly(2013, [1, 2, 3], at=linz)), indicator(), DA, place=linz)
    assert not [rule for rule in spec.rules if rule.kind == "designation"]
    band = next(band for band in spec.bands if band.kind == "designation")
    assert (band.start, band.end) == (date(2014, 1, 1).toordinal(), date(2015, 1, 1).toordinal())

    rows = [row | {"month_uncertainty": 6} for row in yearly(2014, [1, 2], at=linz)]
    aligned = compare_chart(
        points(rows), indicator(), DA, places={"linz": linz}, home="viborg", axis="designation"
    )
    band = next(band for band in aligned.bands if band.kind == "designation")
    assert (band.start, band.end) == (-6, 6)
    assert all(mark.spread == 6 for mark in aligned.series[0].marks)


def test_a_place_without_a_known_month_is_in_the_table_only() -> None:
    nowhere = place("nowhere", "Nowhere")
    rows = yearly(2020, [1, 2]) + yearly(2020, [3], at=nowhere)
    spec = compare_chart(
        points(rows), indicator(), DA, places={"viborg": VIBORG, "nowhere": nowhere}, home="viborg",
        axis="designation",
    )  # fmt: skip
    assert [one.place for one in spec.series] == ["viborg"]
    assert len(spec.rows) == 3
    assert "1 tal uden kendt måned fra udnævnelsen står kun i tabellen." in spec.notes


def test_the_pandemic_shades_only_axes_that_reach_it() -> None:
    before = series_chart(points(yearly(2012, [1, 2])), indicator(), DA, place=VIBORG)
    during = series_chart(points(yearly(2018, [1, 2, 3, 4])), indicator(), DA, place=VIBORG)
    assert not before.bands
    assert [(band.kind, date.fromordinal(int(band.start))) for band in during.bands] == [
        ("pandemic", date(2020, 3, 1))
    ]


def test_events_are_numbered_with_their_words_in_the_key() -> None:
    notes = [
        Annotation("b", "policy", Period.month(2021, 5), Text("Strategi", "Strategy"), "viborg"),
        Annotation("a", "opening", Period.day(date(2019, 8, 20)), Text("Åbning", "Opening")),
        Annotation("c", "other", Period.day(date(2019, 8, 20)), Text("Andetsteds", "Elsewhere"), "tucson"),
        Annotation(
            "d", "project", Period(date(2022, 1, 1), date(2023, 12, 31), Precision.YEAR), Text("Projekt")
        ),
    ]
    spec = series_chart(
        points(yearly(2018, [1, 2, 3, 4, 5, 6])), indicator(), DA, place=VIBORG, annotations=notes
    )
    assert [event.number for event in spec.events] == [1, 2]
    assert spec.key[:3] == ("20. august 2019: Åbning", "maj 2021: Strategi", "2022–2023: Projekt")
    assert next(band.number for band in spec.bands if band.kind == "annotation") == 3
    assert all(words in spec.alternative for words in spec.key)


def test_one_axis_has_one_currency() -> None:
    money = indicator("Tilskud", "currency", IndicatorKind.MONEY)
    rows = [row | {"shown_unit": "currency", "shown_currency": "DKK"} for row in yearly(2019, [5e6, 6e6])]
    rows += [
        row | {"shown_unit": "currency", "shown_currency": "USD"} for row in yearly(2019, [1e6], at=TUCSON)
    ]
    spec = compare_chart(points(rows), money, DA, places={"viborg": VIBORG, "tucson": TUCSON}, home="viborg")
    assert [one.place for one in spec.series] == ["viborg"]
    assert spec.y_label == "mio. DKK"
    assert "1 tal i en anden valuta står kun i tabellen." in spec.notes
    assert {row[3] for row in spec.rows} == {
        "5\u00a0mio.\u00a0DKK",
        "6\u00a0mio.\u00a0DKK",
        "1\u00a0mio.\u00a0USD",
    }


def test_the_sentence_says_what_is_shown_and_what_is_not() -> None:
    def said(rows: list[dict[str, object]], t: Translator = DA) -> str:
        return series_chart(points(rows), indicator(), t, place=VIBORG).sentence

    assert "intet at tegne" in said([])
    assert "ét tal viser ingen udvikling" in said(yearly(2019, [1]))
    assert "for få til at vise en udvikling" in said(yearly(2019, [1, 2, 3, 4]))
    assert said(yearly(2019, [1, 2, 3, 4, 5])) == (
        "Viser »Kreative virksomheder« i Viborg fra 2019 til 2023, men ikke hvorfor tallene er, som de er."
    )
    assert said(yearly(2019, [1, 2, 3, 4, 5]), EN).startswith(
        "Shows “Kreative virksomheder” in Viborg from 2019"
    )


def test_more_than_the_limit_is_gathered_and_the_table_has_all() -> None:
    places = {"viborg": VIBORG} | {f"c{i}": place(f"c{i}", f"C{i}", date(2014, 12, 1)) for i in range(90)}
    rows = yearly(2015, [1, 2, 3])
    for one in list(places.values())[1:]:
        rows += [point(Period.month(2015 + m // 12, m % 12 + 1), m + 1.0, at=one) for m in range(60)]
    spec = compare_chart(points(rows), indicator(), DA, places=places, home="viborg", focus=["c3"])
    assert [one.place for one in spec.series] == ["viborg", "c3"]
    assert spec.drawn == 63 <= POINT_LIMIT
    assert spec.stands_for == len(spec.rows) == 5403
    assert spec.envelope is not None
    # The months of 2015 have the values 1 to 12 at each of the 89 other places.
    assert (spec.envelope.low[0], spec.envelope.middle[0], spec.envelope.high[0]) == (3.75, 6.5, 9.25)
    assert "5.403" in spec.notes[0]


def test_zero_is_on_the_axis_unless_the_note_says_not() -> None:
    close = series_chart(points(yearly(2015, [97, 98, 97, 99, 98])), indicator(), DA, place=VIBORG)
    few = series_chart(points(yearly(2015, [97, 98])), indicator(), DA, place=VIBORG)
    assert close.y_range[0] > 0
    assert "Den lodrette akse begynder ikke ved nul." in close.notes
    assert few.y_range[0] == 0


def test_an_interval_is_inside_the_axis() -> None:
    rows = [row | {"shown_low": 1.0, "shown_high": 70.0} for row in yearly(2019, [10, 20])]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG)
    assert (spec.series[0].marks[0].low, spec.series[0].marks[0].high) == (1, 70)
    assert spec.y_range[1] >= 70


def test_a_sparkline_shows_the_whole_only() -> None:
    rows = yearly(2019, [10, 11]) + [
        row | {"disaggregation": "origin=abroad"} for row in yearly(2019, [4, 5])
    ]
    spec = sparkline(points(rows), indicator(), DA, place=VIBORG)
    assert spec.small
    assert [values(one) for one in spec.series] == [[10, 11]]
    assert "10" in spec.alternative


def test_parts_of_the_home_city_share_its_colour() -> None:
    rows = [
        row | {"disaggregation": f"origin={part}"}
        for part in ("abroad", "domestic")
        for row in yearly(2019, [4, 5])
    ]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG)
    assert {one.colour for one in spec.series} == {"home"}
    assert len({one.marker for one in spec.series}) == 2


def test_invented_figures_and_caveats_are_marked() -> None:
    contested = indicator(caveat=Text("Omstridt.", "Contested."))
    spec = series_chart(points(yearly(2019, [4])), contested, DA, place=VIBORG, invented=True)
    assert (spec.mark, spec.caveat) == ("Opdigtede tal", "Omstridt.")


def test_the_source_line_names_the_first_three() -> None:
    rows = [point(Period.year(2015 + i), 1, source=key) for i, key in enumerate("abcde")]
    spec = series_chart(points(rows), indicator(), DA, place=VIBORG, sources={"a": "Alfa", "b": "Beta"})
    assert spec.source == "Kilde: Alfa, Beta, c og 2 andre"


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30))
def test_every_value_is_drawn_inside_the_axes_and_stands_in_the_table(numbers: list[float]) -> None:
    spec = series_chart(points(yearly(1990, numbers)), indicator(decimals=3), DA, place=VIBORG)
    assert values(spec.series[0]) == pytest.approx(numbers)
    for mark in spec.series[0].marks:
        assert spec.x_range[0] <= mark.x <= spec.x_range[1]
        assert spec.y_range[0] <= mark.y <= spec.y_range[1]
    assert [row[3] for row in spec.rows] == [mark.written for mark in spec.series[0].marks]
    assert spec.alternative


def test_the_ticks_of_a_small_share_keep_their_decimals() -> None:
    share = indicator(unit="percent", decimals=4)
    rows = [point(Period.year(year), 0.001 * value, shown_unit="percent", segment=0)
            for year, value in ((2020, 1.4), (2021, 2.6))]  # fmt: skip
    spec = series_chart(points(rows), share, EN, place=VIBORG, unit="percent")
    ticks = [tick.label for tick in spec.y_ticks]
    assert ticks[0] == "0%"
    assert len({*ticks}) == len(ticks)


def test_counts_below_five_are_marks_without_a_line() -> None:
    """Awards a year: 1, 3, 0, 4. With a five among them the line is drawn, and so is a small percentage."""
    spec = series_chart(points(yearly(2019, [1, 3, 0, 4])), indicator(), DA, place=VIBORG)
    assert values(spec.series[0]) == [1, 3, 0, 4]
    assert spec.series[0].paths == ()
    assert DA("chart.note.small_numbers", most=5) in spec.notes
    assert not any(mark.hollow or mark.muted for mark in spec.series[0].marks)
    larger = series_chart(points(yearly(2019, [1, 3, 0, 5])), indicator(), DA, place=VIBORG)
    assert len(larger.series[0].paths) == 1
    share = indicator(unit="percent", kind=IndicatorKind.PERCENTAGE, decimals=1)
    small = series_chart(points(yearly(2019, [1, 3, 0.5, 4], shown_unit="percent")), share, DA, place=VIBORG)
    assert len(small.series[0].paths) == 1


def test_illustrations_and_parts_stay_out_of_the_band() -> None:
    """Forty comparable places at 10, forty illustrations at 1000, and a part of each: the band is at 10."""
    rows = []
    named = {VIBORG.slug: VIBORG}
    for number in range(80):
        one = place(f"p{number}", f"P{number}")
        named[one.slug] = one
        grade, value = ("comparable", 10.0) if number % 2 else ("illustrative", 1000.0)
        for year in range(1950, 2020):
            rows.append(point(Period.year(year), value, one, grade=grade))
    spec = compare_chart(points(rows), indicator(), DA, places=named, home="viborg")
    assert spec.stands_for == len(rows) > POINT_LIMIT
    assert spec.envelope is not None
    assert set(spec.envelope.low) == set(spec.envelope.high) == {10.0}
    assert "40" in spec.envelope.label
