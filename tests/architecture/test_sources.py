"""The sources keep their own rules: style, types, names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("check", [["ruff", "check", "."], ["mypy"]], ids=["style", "types"])
def test_the_sources_are_clean(check: list[str]) -> None:
    command = [str(Path(sys.executable).parent / check[0]), *check[1:]]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_forbidden_names_of_modules() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "service", "handler"}
    names = {path.stem for path in (ROOT / "dashboard").rglob("*.py")}
    assert not names & vague
