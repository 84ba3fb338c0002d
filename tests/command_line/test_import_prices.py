"""`import-prices`: what is kept once, what is refused all at once, and what a series then shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.conftest import Terminal

HEAD = "table,version,kind,unit,country,currency,year,rate\n"
INDEX = HEAD + "pris,2026-05,price_index,,DK,DKK,2018,98\npris,2026-05,price_index,,DK,DKK,2024,120\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "priser.csv"
    path.write_text(INDEX, encoding="utf-8-sig")
    return path


def test_a_table_is_tried_kept_and_used(filled_sqlite: Terminal, file: Path) -> None:
    terminal = filled_sqlite
    tried = terminal("import-prices", str(file), "--dry-run")
    assert (tried.status, tried.error) == (0, "")
    assert tried.out.splitlines()[0] == "pris (2026-05): 2 satser, 2018–2024, DK"
    kept = terminal("import-prices", str(file), "--lang", "en")
    assert kept.out.splitlines() == ["pris (2026-05): 2 rates, 2018–2024, DK", "1 table was saved."]
    assert terminal("import-prices", str(file), "--lang", "en").out.splitlines() == [
        "pris (2026-05): 2 rates, 2018–2024, DK (is loaded already)", "0 tables were saved.",
    ]  # fmt: skip
    asked = ("series", "visual_industry_turnover", "--prices", "constant", "--base-year", "2024")
    document = json.loads(terminal(*asked, "--table", "pris").out)
    assert (document["view"]["prices"], document["view"]["base_year"]) == ("constant", 2024)
    assert [row["code"] for row in document["refused"]] == ["price_rate_missing"]  # euro of 2017, in Denmark
    near = terminal(*asked, "--table", "priss", "--lang", "en")
    assert near.error == "No table of prices called “priss” has been loaded. Did you mean “pris”?\n"
    other = HEAD + "pris,2026-05,price_index,,DK,DKK,2018,99\nny,1,price_index,,DK,DKK,2018,99\n"
    file.write_text(other, encoding="utf-8")
    refused = terminal("import-prices", str(file))
    assert (refused.status, refused.out) == (1, "")
    assert "2026-05" in refused.error.splitlines()[1]


def test_all_problems_of_a_file_at_once_and_nothing_is_kept(filled_sqlite: Terminal, file: Path) -> None:
    file.write_text(INDEX + "pris,2026-05,guess,,DK,DKK,2019,1\npris,,price_index,,DK,DKK,2019,1,5\n")
    refused = filled_sqlite("import-prices", str(file), "--lang", "en")
    assert (refused.status, refused.out) == (1, "")
    assert [line.strip()[:6] for line in refused.error.splitlines()[1:]] == ["Line 4", "Line 5"]
    file.write_text(INDEX)
    unsourced = filled_sqlite("import-prices", str(file), "--source", "nobody", "--lang", "en")
    assert unsourced.status == 1
    assert "nobody" in unsourced.error


@pytest.mark.parametrize(
    ("content", "status"), [(b"\xff\xfe\x00", 1), (b"", 1), (b'table,"version\n', 1), (None, 1)]
)
def test_what_is_no_table_is_told_in_a_sentence(
    content: bytes | None, status: int, terminal_sqlite: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    result = terminal_sqlite("import-prices", str(path))
    assert (result.status, result.out) == (status, "")
    assert result.error.strip().endswith(".")


def test_without_a_file_it_is_a_misuse(terminal_sqlite: Terminal) -> None:
    assert terminal_sqlite("import-prices").status == 2
