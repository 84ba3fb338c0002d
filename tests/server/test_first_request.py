"""On a fresh server the first request for a page goes through the entry script, never straight to the page.

With the entry script beside `pages/`, Streamlit runs ``pages/claim.py`` for ``/claim`` until some session has
called `st.navigation`: no router, no language, no permission. Run this again at every upgrade of Streamlit.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard import server
from dashboard.config import ROOT
from tests.server.conftest import lay_out
from tests.server.running import serving, watched


@pytest.mark.browser
def test_the_first_request_for_a_page_runs_the_entry_script_before_it(
    tmp_path: Path, browser: Browser, sample_url: str
) -> None:
    entry = lay_out(tmp_path, 'st.write("front page")', 'st.write("claim page")')
    witness = tmp_path / "witness"
    launch = str(ROOT / "tests" / "server" / "launch.py")
    with (
        serving(
            tmp_path, launch, str(entry), DASHBOARD_DATABASE_URL=sample_url, WITNESS=str(witness)
        ) as running,
        watched(browser) as seen,
    ):
        assert not witness.exists()  # nothing has run yet: the server is fresh
        seen.page.goto(f"{running.address}/claim")
        seen.page.get_by_text("claim page").wait_for()
    assert witness.read_text().split()[:2] == ["entry", "claim"]


def test_the_product_is_laid_out_like_that() -> None:
    assert server.SCRIPT.is_file()
    assert (ROOT / "pages").is_dir()
    assert not (server.SCRIPT.parent / "pages").exists()
