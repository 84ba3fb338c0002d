"""What a reader's browser meets: no other host, no refused script, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard import server
from dashboard.charts.palette import DARK, LIGHT
from dashboard.i18n import LANGUAGES, Translator
from tests.server.running import ROOT, Running, serving, watched

pytestmark = pytest.mark.browser
_FINISHED = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demonstration, served by the command line as a newcomer would."""
    folder = tmp_path_factory.mktemp("product")
    url = f"sqlite:///{folder}/demonstration.sqlite"
    with serving(folder, "-m", "dashboard", "demo", DASHBOARD_DEMONSTRATION_URL=url) as running:
        yield running


@pytest.mark.parametrize(
    "path", ["/", "/claim", "/indicator?lang=en", "/compare", "/sources", "/about?lang=en"]
)
def test_a_page_asks_no_other_host_and_meets_no_refusal(
    product: Running, browser: Browser, path: str
) -> None:
    with watched(browser) as seen:
        seen.page.goto(product.address + path)
        seen.page.locator(_FINISHED).wait_for()
        seen.page.locator("footer.foot").wait_for()
        hosts = {
            address.split("/")[2] for address in seen.asked if not address.startswith(("data:", "blob:"))
        }
    assert hosts == {product.address.removeprefix("http://")}
    assert not seen.complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failing_page_shows_one_sentence_and_logs_the_traceback(
    served: Running, browser: Browser, language: str
) -> None:
    with watched(browser) as seen:
        seen.page.goto(f"{served.address}/claim?lang={language}")
        seen.page.get_by_text(Translator(language)("error.unexpected")).wait_for()
        assert seen.page.locator("[data-testid=stException]").count() == 0
        assert "ZeroDivisionError" not in seen.page.content()
        assert "claim.py" not in seen.page.content()
    assert "ZeroDivisionError" in served.log
    assert "claim.py" in served.log


def test_the_first_paint_has_the_colours_of_the_theme(served: Running, browser: Browser) -> None:
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(served.address)
        page.get_by_text("front page").wait_for()
        assert _background(page) == palette["paper"]
        context.close()


def _background(page: Page) -> str:
    written = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    numbers = [int(part) for part in written.removeprefix("rgb(").removesuffix(")").split(",")]
    return "#" + "".join(f"{number:02x}" for number in numbers)


def test_the_theme_has_the_colours_of_the_charts() -> None:
    options = server._options()
    for theme, palette in (("light", LIGHT), ("dark", DARK)):
        assert options[f"theme.{theme}.primaryColor"] == palette["home"]
        assert options[f"theme.{theme}.backgroundColor"] == palette["paper"]
        assert options[f"theme.{theme}.textColor"] == palette["ink"]
        references = [palette[f"reference-{number}"] for number in range(1, 7)]
        assert options[f"theme.{theme}.chartCategoricalColors"] == [palette["home"], *references]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_can_be_read(theme: str) -> None:
    """WCAG 2.2, 1.4.3: text and links have 4.5:1 against both backgrounds."""
    options = server._options()
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for ink in ("textColor", "linkColor", "primaryColor"):
            pair = options[f"theme.{theme}.{ink}"], options[f"theme.{theme}.{ground}"]
            assert _contrast(*pair) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_settings_of_the_server_are_those_of_the_file_from_any_folder(tmp_path: Path) -> None:
    """Streamlit reads `.streamlit/` of the working directory; the product must not depend on it."""
    script = (
        "import json, streamlit.config as c; from dashboard.config import Settings;"
        "from dashboard.server import streamlit_config; s = streamlit_config(Settings(port=8765));"
        "from streamlit.web import bootstrap; bootstrap.load_config_options(s);"
        "print(json.dumps({k: c.get_option(k) for k in s}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    options = json.loads(done.stdout)
    assert options["server.port"] == 8765
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] in ("none", False)
    assert options["client.allowedOrigins"] == []
    assert options["theme.light.primaryColor"] == LIGHT["home"]
