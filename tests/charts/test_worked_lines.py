"""Lines that were worked out: what might have happened anyway, the plan and the pace."""

from __future__ import annotations

from datetime import date
from statistics import geometric_mean
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from dashboard.charts.plotly import figure
from dashboard.charts.quantity import Quantity
from dashboard.charts.svg import svg
from dashboard.charts.worked_lines import Goal, Side, Stage, before_since_chart, plan_chart
from dashboard.domain.period import Period
from dashboard.i18n import LANGUAGES, Translator
from tests.charts.examples import TUCSON, VIBORG, indicator, place, points, yearly

SVG = "{http://www.w3.org/2000/svg}"
LINZ = place("linz", "Linz")
BEFORE = Side(date(2015, 1, 1), date(2018, 12, 31), 11, 9, 13)
SINCE = Side(date(2020, 1, 1), date(2023, 12, 31), 20, 18, 22)
HOME, LEFT_OUT = [10, 12, 11, 13, 99, 18, 20, 22, 24], (date(2019, 1, 1), date(2019, 12, 31))
OTHER, THIRD = [40, 40, 40, 40, 41, 44, 44, 44, 44], [5, 5, 5, 5, 5, 6, 6, 6, 6]


def stage(language: str = "en") -> Stage:
    return Stage(Quantity(indicator(), "companies", "", None, None, Translator(language)), VIBORG)


def frame():  # type: ignore[no-untyped-def]
    rows = yearly(2015, HOME) + yearly(2015, OTHER, TUCSON) + yearly(2015, THIRD, LINZ)
    return points(rows)


def test_the_line_of_the_others_begins_at_the_citys_own_level() -> None:
    """By ratio: the geometric mean of the others' ratios to their own mean before, from the city's."""
    spec = before_since_chart(
        frame(), stage(), BEFORE, SINCE, references=["tucson", "linz"], by_ratio=True, left_out=[LEFT_OUT]
    )
    home, anyway = spec.series
    assert [mark.y for mark in home.marks] == [10, 12, 11, 13, 18, 20, 22, 24]
    level = geometric_mean([10, 12, 11, 13])
    assert [mark.y for mark in anyway.marks[:4]] == pytest.approx([level] * 4)
    assert anyway.marks[-1].y == pytest.approx(level * geometric_mean([44 / 40, 6 / 5]))
    assert not anyway.marked
    assert [len(path) for path in home.paths] == [4, 4]  # no line across the designation
    assert [len(path) for path in anyway.paths] == [4, 4]


def test_by_difference_the_distance_is_the_difference_of_changes() -> None:
    spec = before_since_chart(
        frame(), stage(), BEFORE, SINCE, references=["tucson", "linz"], left_out=[LEFT_OUT]
    )
    home, anyway = spec.series
    apart = sum(a.y - b.y for a, b in zip(home.marks[4:], anyway.marks[4:], strict=True)) / 4
    assert apart == pytest.approx((21 - 11.5) - ((44 - 40) + (6 - 5)) / 2)


def test_the_band_of_the_level_before_goes_on_over_the_time_since() -> None:
    spec = before_since_chart(frame(), stage(), BEFORE, SINCE, left_out=[LEFT_OUT])
    (level,) = spec.levels
    assert (level.low, level.high) == (9, 13)
    assert level.start == BEFORE.first.toordinal()
    assert level.end == SINCE.last.toordinal()
    assert len(spec.series) == 1  # without references nothing is suggested
    assert "anyway" not in spec.sentence
    assert any("9 to 13" in note for note in spec.notes)


def test_a_place_that_lacks_a_period_takes_it_out_of_the_line_of_the_others() -> None:
    rows = yearly(2015, HOME) + yearly(2016, OTHER[1:], TUCSON)
    spec = before_since_chart(
        points(rows), stage(), BEFORE, SINCE, references=["tucson"], left_out=[LEFT_OUT]
    )
    home, anyway = spec.series
    assert home.marks[0].day.year == 2015
    assert anyway.marks[0].day.year == 2016
    assert spec.rows[0][-1] == ""
    assert spec.keys[0][-1] is None


def test_each_target_is_a_line_over_its_own_period_and_the_paces_are_drawn() -> None:
    goals = [
        Goal(Period.year(2022), 20, "Missed"),
        Goal(Period.year(2025), 30, "Open", final=True),
    ]
    line = ((date(2018, 12, 31), 10.0), (date(2022, 12, 31), 20.0), (date(2025, 12, 31), 30.0))
    latest, end = (date(2023, 12, 31), 18.0), date(2025, 12, 31)
    spec = plan_chart(
        points(yearly(2019, [12, 14, 15, 17, 18])),
        stage(),
        goals,
        line,
        (latest, (end, 30.0)),
        (latest, (end, 21.0)),
    )
    assert [(level.middle, date.fromordinal(int(level.start)).year) for level in spec.levels] == [
        (20, 2022),
        (30, 2025),
    ]
    assert [one.label for one in spec.series] == ["Viborg", "The plan", "Pace needed", "Pace so far"]
    assert [mark.y for mark in spec.series[2].marks] == [18, 30]
    assert ["2025", "Final target", "30\u00a0companies", "Open"] in [list(row) for row in spec.rows]
    assert spec.y_range[1] >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_renderers_draw_them_whole(language: str) -> None:
    spec = before_since_chart(
        frame(), stage(language), BEFORE, SINCE, references=["tucson"], left_out=[LEFT_OUT]
    )
    picture = svg(spec)
    root = ElementTree.fromstring(picture)
    assert "⟦" not in picture
    shades = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == "var(--home)"]
    assert len(shades) == 1
    drawn = figure(spec)
    go.Figure(drawn)
    assert sum(shape.get("opacity") == 0.14 for shape in drawn["layout"]["shapes"]) == 1
    unmarked = [trace for trace in drawn["data"] if trace["mode"] == "markers"][1]
    assert unmarked["marker"]["opacity"] == 0.0
    assert all(words in spec.alternative for words in (spec.sentence, spec.series[1].label))
