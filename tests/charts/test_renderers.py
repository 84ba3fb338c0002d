"""The two renderers draw what the spec says, and the same."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.build import compare_chart, series_chart, sparkline
from dashboard.charts.drawing import Palette
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.plotly import configuration, figure, narrow_layout
from dashboard.charts.spec import ChartSpec
from dashboard.charts.svg import embedded_svg, svg
from dashboard.domain.catalogue import Baseline, SeriesBreak, Target
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from tests.charts.examples import TUCSON, VIBORG, indicator, place, point, points, yearly

DA, EN = Translator("da"), Translator("en")
SVG = "{http://www.w3.org/2000/svg}"
PLACES = {"viborg": VIBORG, "tucson": TUCSON}
ROWS = [
    *yearly(2016, [12.5, 14, 13], segment=0),
    *yearly(2019, [19, 21], segment=1, shown_low=15, shown_high=24),
    point(Period.year(2021), 30, qualifier=">", segment=None),
    point(Period.year(2020), 17, segment=None, preferred=False),
    *yearly(2014, [8, 9, 9.5, 11], at=TUCSON, month_uncertainty=6),
]
BREAK = SeriesBreak(
    "creative_companies", "viborg", date(2019, 1, 1), "definition", Text("ny kode", "new code")
)
TARGET = Target("creative_companies", "viborg", Period.year(2024), 40)
BASELINE = Baseline("creative_companies", "viborg", Period.year(2018), 13)


def compared(axis: str = "calendar", t: Translator = DA) -> ChartSpec:
    return compare_chart(
        points(ROWS), indicator(decimals=1), t, places=PLACES, home="viborg", breaks=[BREAK],
        targets=[TARGET], axis="designation" if axis == "designation" else "calendar", invented=True,
    )  # fmt: skip


def one_place(t: Translator = DA) -> ChartSpec:
    return series_chart(
        points(ROWS),
        indicator(decimals=1),
        t,
        place=VIBORG,
        breaks=[BREAK],
        targets=[TARGET],
        baselines=[BASELINE],
    )


def every_kind() -> list[ChartSpec]:
    made = []
    for t in (DA, EN):
        made += [compared(t=t), compared("designation", t), one_place(t)]
        made += [series_chart(points([]), indicator(), t, place=VIBORG)]
        made += [
            sparkline(points(rows), indicator(), t, place=VIBORG) for rows in ([], yearly(2019, [4]), ROWS)
        ]
    return made


@pytest.mark.parametrize("width", [360, 860])
@pytest.mark.parametrize("palette", ["screen", "light", "dark", "print"])
def test_every_svg_is_well_formed_and_says_what_it_is(palette: Palette, width: int) -> None:
    for spec in every_kind():
        root = ElementTree.fromstring(svg(spec, width=width, palette=palette, caption=True))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert [child.tag for child in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
        assert (root[0].text, root[1].text) == (spec.title, spec.alternative)
        assert root[1].text
        assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"


def test_fixed_palettes_need_no_style_sheet() -> None:
    printed = svg(compared(), palette="print")
    assert "var(--" not in printed.replace("var(--st-font", "")
    assert "<style" not in printed
    assert LIGHT["home"] in printed


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_words_of_the_data_are_escaped(words: str) -> None:
    there = place("viborg", f"<script>{words}&\"'", date(2019, 10, 30))
    spec = series_chart(points(yearly(2019, [1, 2], at=there)), indicator(f"<b>{words}"), DA, place=there)
    root = ElementTree.fromstring(svg(spec, caption=True))
    assert not {element.tag for element in root.iter()} & {f"{SVG}script", f"{SVG}b"}
    hover = figure(spec)["data"][-1]["hovertext"][0]
    assert "<script>" not in hover


def test_svg_and_figure_and_table_have_the_same_numbers() -> None:
    for axis in ("calendar", "designation"):
        spec = compared(axis)
        labels = {mark.label for one in spec.series for mark in one.marks}
        root = ElementTree.fromstring(svg(spec))
        assert {title.text for title in root.findall(f".//{SVG}g/{SVG}title")} == labels

        traces = [trace for trace in figure(spec)["data"] if trace["mode"] == "markers"]
        assert [trace["y"] for trace in traces] == [[mark.y for mark in one.marks] for one in spec.series]
        hover = [
            re.sub("<[^>]*>", "", text.replace("<br>", ": "))
            for trace in traces
            for text in trace["hovertext"]
        ]
        assert {html.unescape(text) for text in hover} == labels

        written = {mark.written for one in spec.series for mark in one.marks if mark.shape != "target"}
        assert {row[-5] for row in spec.rows} == written


def test_lines_join_the_same_runs_in_both() -> None:
    spec = one_place()
    root = ElementTree.fromstring(svg(spec))
    runs = [len(line.get("points", "").split()) for line in root.findall(f".//{SVG}polyline")]
    lines = [trace for trace in figure(spec)["data"] if trace["mode"] == "lines"]
    assert sorted(runs) == sorted(len(trace["x"]) for trace in lines) == [2, 3]


def test_plotly_accepts_every_figure() -> None:
    for spec in every_kind():
        if not spec.small and not spec.empty:
            drawn = figure(spec)
            checked = go.Figure(drawn)
            assert len(checked.data) == len(drawn["data"])
            go.Figure({"layout": {"margin": narrow_layout(spec)["margin"]}})


def test_symbols_say_what_the_svg_says() -> None:
    home = next(t for t in figure(one_place())["data"] if t["mode"] == "markers")
    symbols = dict(zip(home["y"], home["marker"]["symbol"], strict=True))
    assert symbols[12.5] == "circle"
    assert symbols[17] == "circle-open"
    assert symbols[30].startswith("arrow-up")
    assert symbols[40] == "diamond-open"


def test_themes_differ_in_colour_only() -> None:
    light, dark = (str(figure(compared(), theme)) for theme in ("light", "dark"))
    assert light != dark
    recolour = {LIGHT[role]: DARK[role] for role in LIGHT}
    assert re.sub("#[0-9a-f]{6}", lambda found: recolour[found.group()], light) == dark


def test_plotly_speaks_danish() -> None:
    spoken = configuration(DA)["locales"]["da"]
    assert spoken["format"]["months"][0] == "januar"
    assert spoken["format"]["days"][0] == "søndag"
    assert (spoken["format"]["decimal"], spoken["format"]["thousands"]) == (",", ".")
    assert spoken["dictionary"]["Download plot as a PNG"] == "Hent som billede"
    assert figure(one_place())["layout"]["separators"] == ",."


def test_a_single_value_is_one_dot_with_its_words() -> None:
    spec = series_chart(points([point(Period.year(2022), 480)]), indicator(), DA, place=VIBORG)
    root = ElementTree.fromstring(svg(spec))
    assert not root.findall(f".//{SVG}polyline")
    assert any((text.text or "").startswith("480") for text in root.iter(f"{SVG}text"))


def test_the_words_under_a_small_chart_never_cover_each_other() -> None:
    years = sparkline(points(yearly(2019, [4, 5])), indicator(), DA, place=VIBORG)
    assert [text.text for text in ElementTree.fromstring(svg(years)).iter(f"{SVG}text")] == ["2019", "2020"]
    halves = [
        point(Period(date(year, 7, 1), date(year + 1, 6, 30), Precision.MONTH), value)
        for year, value in ((2018, 4), (2019, 5))
    ]
    long = sparkline(points(halves), indicator(), DA, place=VIBORG)
    (only,) = (text.text for text in ElementTree.fromstring(svg(long)).iter(f"{SVG}text"))
    assert only is not None
    assert "2020" in only


def test_the_invented_mark_is_on_every_picture() -> None:
    for width in (360, 860):
        assert "Opdigtede tal" in svg(compared(), width=width)
    assert any("Opdigtede tal" in one["text"] for one in figure(compared())["layout"]["annotations"])


def test_a_page_may_have_its_plots_lower() -> None:
    def height(drawn: str) -> float:
        return float(ElementTree.fromstring(drawn).attrib["height"])

    assert height(svg(one_place())) - height(svg(one_place(), plot_height=120)) == 180


def test_a_value_to_be_compared_with_care_has_a_dashed_mark() -> None:
    """Filled, dashed and hollow are the three grades, told without colour (N13)."""
    rows = [point(Period.year(2016 + i), 5 + i, grade=g) for i, g in enumerate(("comparable", "with_care"))]
    spec = series_chart(points(rows), indicator(decimals=1), EN, place=VIBORG)
    picture = svg(spec)
    assert picture.count('stroke-dasharray="2.2 1.6"') == 1
    assert EN("chart.note.careful") in spec.notes
    symbols = [trace["marker"]["symbol"] for trace in figure(spec)["data"] if trace["mode"] == "markers"]
    assert symbols == [["circle", "circle-open-dot"]]


@pytest.mark.parametrize("grade", ["illustrative", "with_care"])
def test_a_dense_run_of_one_grade_keeps_its_marks_apart(grade: str) -> None:
    """Ten years by month: the line tells most of them, and the rest stand where they can be told apart."""
    months = [Period.month(2012 + n // 12, n % 12 + 1) for n in range(120)]

    def outlined(grades: list[str]) -> list[float]:
        rows = [
            point(month, 20 + n % 7, grade=one)
            for n, (month, one) in enumerate(zip(months, grades, strict=True))
        ]
        picture = embedded_svg(series_chart(points(rows), indicator(), DA, place=VIBORG))
        paths = [path.attrib for path in ElementTree.fromstring(picture).iter(f"{SVG}path")]
        hollow = "".join(path["d"] for path in paths if "paper" in path.get("fill", ""))
        return sorted(float(x) for x in re.findall(r"M(-?[\d.]+)", hollow))

    run = outlined([grade] * 120)
    assert len(run) > 10
    assert all(22 <= after - before <= 34 for before, after in pairwise(run))
    one = ["comparable"] * 120
    one[60] = grade
    assert len(outlined(one)) == 1, "a single one among others is never left out"
