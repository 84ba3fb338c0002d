"""The element on the page: its files, and that Streamlit takes it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.charts.build import series_chart, sparkline
from dashboard.domain.period import Period
from dashboard.i18n import Translator
from dashboard.ui.chart_element import ASSETS, element_data, script
from tests.charts.examples import VIBORG, indicator, point, points, yearly

DA = Translator("da")


def test_the_vendored_script_is_the_one_that_was_fetched() -> None:
    with (ASSETS / "vendored.toml").open("rb") as file:
        vendored = tomllib.load(file)["plotly"]
    content = (ASSETS / vendored["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == vendored["sha256"]
    assert f"v{vendored['version']}".encode() in content[:200]
    assert "MIT" in (ASSETS / vendored["licence_file"]).read_text()
    assert script()["address"].endswith(f"/assets/{vendored['file']}")


def page() -> None:
    from dashboard.charts.build import series_chart, sparkline
    from dashboard.i18n import Translator
    from dashboard.ui.chart_element import draw, draw_markup, draw_small
    from tests.charts.examples import VIBORG, indicator, points, yearly

    t = Translator("da")
    whole = points(yearly(2015, [1, 2, 3, 4, 5, 6]))
    for number in range(2):
        draw(series_chart(whole, indicator(), t, place=VIBORG), t, f"chart-{number}")
    draw(series_chart(points([]), indicator(), t, place=VIBORG), t, "empty")
    draw_small(sparkline(whole, indicator(), t, place=VIBORG), "small")
    draw_markup("<p>ord</p>", "markup")


def test_streamlit_takes_the_element_on_every_server_it_starts() -> None:
    # Each AppTest has a component registry of its own, as each server process has.
    for _ in range(2):
        at = AppTest.from_function(page).run()
        assert not at.exception, at.exception
        at.run()
        assert not at.exception, at.exception
        assert len(at.get("bidi_component")) == 5


def test_what_the_browser_gets_is_escaped() -> None:
    make: Callable[..., object] = series_chart
    spec = make(points(yearly(2015, [1, 2, 3])), indicator("<img src=x onerror=alert(1)>"), DA, place=VIBORG)
    data = element_data(spec, DA)  # type: ignore[arg-type]
    for written in (data["markup"], *data["still"].values()):
        assert "<img" not in written
        assert "&lt;img" in written


def test_small_and_empty_charts_carry_no_figure() -> None:
    small = sparkline(points([point(Period.year(2020), 4)]), indicator(), DA, place=VIBORG)
    empty = series_chart(points([]), indicator(), DA, place=VIBORG)
    assert element_data(small, DA).keys() == element_data(empty, DA).keys() == {"id", "markup"}
