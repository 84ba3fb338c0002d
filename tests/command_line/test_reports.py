"""`briefing --quarterly` and `monitoring-report` as a timer or a person runs them."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from tests.command_line.conftest import Terminal
from tests.conftest import Databases


@pytest.fixture(scope="module")
def lite(databases: Databases) -> Terminal:
    """The real store, on SQLite alone."""
    return Terminal(databases.address("sqlite", "real"), databases.address("sqlite", "empty"))


def test_a_timer_writes_a_quarter_once(lite: Terminal, tmp_path: Path) -> None:
    first = lite("briefing", "--quarterly", str(tmp_path / "pakker"), "--format", "html", "--format", "xlsx")
    assert (first.status, first.out) == (0, ""), first.error
    names = sorted(path.name for path in (tmp_path / "pakker").iterdir())
    assert [name[-5:] for name in names] == [".html", ".xlsx"]
    assert all(name in first.error for name in names)
    second = lite("briefing", "--quarterly", str(tmp_path / "pakker"), "--format", "html")
    assert second.status == 0
    assert "Intet er skrevet" in second.error
    assert sorted(path.name for path in (tmp_path / "pakker").iterdir()) == names
    refused = lite("briefing", "--quarterly", str(tmp_path), "--period", "2025")
    assert (refused.status, refused.out) == (1, "")
    assert "--period" in refused.error


def test_the_report_to_unesco_is_a_document(lite: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    result = lite("monitoring-report", "--year", "2027", "--lang", "en", "-o", str(path))
    assert (result.status, result.out) == (0, ""), result.error
    assert "parts are in place" in result.error
    made = docx.Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(line.text for line in made.paragraphs)
    assert "Membership Monitoring Report" in text
    assert "5. Major initiatives through inter-city cooperation" in text
    assert "invented" not in text
    refused = lite("monitoring-report", "--year", "2026", "-o", str(path))
    assert refused.status == 1
    assert "2027" in refused.error
