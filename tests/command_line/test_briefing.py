"""`briefing` as a person runs it: one code for every format, and a template that is none."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.i18n import Translator
from tests.command_line.conftest import Terminal
from tests.conftest import Databases

DA = Translator("da")


@pytest.fixture(scope="module")
def store(databases: Databases) -> Terminal:
    """The real store, on SQLite alone."""
    return Terminal(databases.address("sqlite", "real"), databases.address("sqlite", "empty"))


def code_of(told: str) -> str:
    return re.findall(r"\b[a-z2-7]{4}-[a-z2-7]{4}\b", told)[-1]


def test_a_file_of_a_frozen_pack_needs_neither_the_analysis_nor_the_pages() -> None:
    """A second of imports; a process of its own, because this one has everything loaded."""
    asked = "import sys; import dashboard.__main__, dashboard.reports.frozen, dashboard.reports.formats"
    parts = "pandas", "streamlit", "alembic", "scipy", "dashboard.analysis.normalise", "dashboard.intake"
    writers = "from dashboard.reports import data_package, document, page, pdf, slides, workbook"
    command = f"{asked}; {writers}; print([part for part in {parts} if part in sys.modules])"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_one_code_for_every_format_and_the_same_file_again(store: Terminal, tmp_path: Path) -> None:
    template = tmp_path / "noter.txt"
    template.write_text("Kære alle", encoding="utf-8")
    page = store("briefing", "--period", "2025", "-o", str(tmp_path / "pack.html"))
    assert page.status == 0, page.error
    asked = ("briefing", "--format", "docx", "--template", str(template), "-o")
    made = store(*asked, str(tmp_path / "pack.docx"), "--period", "2025")
    assert made.status == 0, made.error
    assert code_of(made.error) == code_of(page.error)
    for sentence in (DA("error.briefing.template", program="DOCX"), DA("briefing.own_layout")):
        assert sentence in made.error
    again = store(*asked[:3], "-o", str(tmp_path / "again.docx"), "--code", code_of(page.error))
    assert again.status == 0
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "pack.docx").read_bytes()
