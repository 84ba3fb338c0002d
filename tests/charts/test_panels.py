"""Small multiples: one time axis, shared or own value axes, never more points than the limit."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dashboard.charts.panels import Asked, panels, panels_markup
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import POINT_LIMIT
from dashboard.domain.period import Period
from dashboard.i18n import LANGUAGES, Translator
from tests.charts.examples import TUCSON, VIBORG, indicator, place, point, points, yearly

LOW, HIGH = [3, 4, 5, 6, 7], [300, 320, 310, 340, 360]


def asked(language: str = "en") -> list[Asked]:
    quantity = Quantity(indicator(), "companies", "", None, None, Translator(language))
    frame = points([*yearly(2016, LOW), *yearly(2014, HIGH, TUCSON)])
    return [Asked("Viborg", frame, quantity, VIBORG, home=True), Asked("Tucson", frame, quantity, TUCSON)]


def test_a_shared_axis_holds_all_and_an_own_axis_its_own() -> None:
    shared, own = panels(asked(), shared=True), panels(asked(), shared=False)
    assert len({one.y_range for one in shared.panels}) == 1
    assert shared.panels[0].y_range[1] >= 360
    assert own.panels[0].y_range[1] < 20
    assert shared.x_range == own.x_range  # time is always shared


def test_another_unit_never_shares_an_axis() -> None:
    first, second = asked()
    percent = Quantity(indicator(unit="percent"), "percent", "", None, None, Translator("en"))
    made = panels([first, Asked("Share", second.points, percent, TUCSON)], shared=True)
    assert made.panels[0].y_range != made.panels[1].y_range


def test_illustrative_values_stay_out_of_the_band_behind() -> None:
    linz = place("linz", "Linz")
    rows = [
        *yearly(2016, LOW),
        *yearly(2016, HIGH, TUCSON),
        *yearly(2016, [9e6] * 5, linz, grade="illustrative"),
    ]
    made = panels(asked(), behind=points(rows))
    assert made.envelope is not None
    assert max(made.envelope.high) < 400
    assert "2 places" in made.envelope.label


def test_no_more_points_are_drawn_than_the_limit() -> None:
    quantity = asked()[0].quantity
    months = [Period.month(1990 + i // 12, i % 12 + 1) for i in range(400)]
    cities = [place(f"p{number:02}", f"P{number}") for number in range(14)]
    frame = points(point(month, 5, city) for city in cities for month in months)
    made = panels([Asked(city.slug, frame, quantity, city) for city in cities])
    assert made.drawn == 12 * 400 <= POINT_LIMIT
    assert (len(made.panels), made.left) == (12, 2)
    assert len(made.rows) == len(made.keys) == made.drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_panel_is_a_picture_with_its_values_in_words(language: str) -> None:
    made = panels(asked(language), behind=asked()[0].points)
    whole = ElementTree.fromstring(panels_markup(made, language))
    pictures = list(whole.iter("{http://www.w3.org/2000/svg}svg"))
    assert [one[0].text for one in pictures] == ["Viborg", "Tucson"]
    assert all("360" in (one[1].text or "") for one in pictures[1:])
    assert len({one.get("aria-labelledby") for one in pictures}) == 2
    assert "⟦" not in panels_markup(made, language)
