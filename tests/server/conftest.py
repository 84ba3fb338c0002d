"""One server over the sample city's store, with an application laid out as the product's is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.store.engine import open_engine
from tests import sample
from tests.server.running import ROOT, Running, chromium, serving

ENTRY = """
import os
from pathlib import Path
import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
with open(os.environ["WITNESS"], "a") as file:
    file.write("entry\\n")
pages = [
    st.Page(ROOT / "pages" / "overview.py", url_path="overview", default=True),
    st.Page(ROOT / "pages" / "claim.py", url_path="claim"),
]
page = st.navigation(pages, position="top")
page.run()
"""
PAGE = """
import os
import streamlit as st

with open(os.environ["WITNESS"], "a") as file:
    file.write("{name}\\n")
{body}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: the driver runs a loop of its own, and a process can have one at a time."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('store')}/sample.sqlite"
    engine = open_engine(url)
    sample.fill(engine)
    engine.dispose()
    return url


def lay_out(folder: Path, overview: str, claim: str) -> Path:
    """An application laid out as the product's: the entry script not beside `pages/`."""
    for name in ("dashboard", "pages"):
        (folder / name).mkdir()
    (folder / "pages" / "overview.py").write_text(PAGE.format(name="overview", body=overview))
    (folder / "pages" / "claim.py").write_text(PAGE.format(name="claim", body=claim))
    entry = folder / "dashboard" / "app.py"
    entry.write_text(ENTRY)
    return entry


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, sample_url: str) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("application")
    entry = lay_out(folder, 'st.write("front page")', "1 / 0")
    launch = str(ROOT / "tests" / "server" / "launch.py")
    with serving(
        folder, launch, str(entry), DASHBOARD_DATABASE_URL=sample_url, WITNESS=str(folder / "witness")
    ) as running:
        yield running
