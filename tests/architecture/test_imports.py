"""Who may import whom: the contracts of ``pyproject.toml`` hold, and each is seen to fail when broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_DRAW = {"app", "server", "ui"}
"""The parts of the package that may import Streamlit."""

BREACHES = {
    "Dependencies point one way": ("charts/palette.py", "import dashboard.store.engine"),
    "Streamlit only in app, server, ui and pages": ("analysis/trend.py", "import streamlit"),
    "SQL only in store": ("loading.py", "import sqlalchemy"),
}


def contracts() -> list[dict[str, object]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[dict[str, object]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
        return found


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).parent / "lint-imports"
    command = [str(linter), "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "assets", "locale")
    shutil.copytree(ROOT / "dashboard", tmp_path / "dashboard", ignore=ignored)
    return tmp_path


@pytest.mark.slow
def test_the_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", BREACHES)
def test_a_contract_fails_when_it_is_broken(copy: Path, name: str) -> None:
    module, breach = BREACHES[name]
    path = copy / "dashboard" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{breach}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert f"{name} BROKEN" in result.stdout


def test_every_contract_is_broken_by_one_of_these_tests() -> None:
    assert {contract["name"] for contract in contracts()} == set(BREACHES)


@pytest.mark.parametrize(("contract", "exempt"), [("streamlit", MAY_DRAW), ("sql", {"store"})])
def test_a_contract_names_every_part_of_the_package(contract: str, exempt: set[str]) -> None:
    parts = {
        path.stem
        for path in (ROOT / "dashboard").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    named = next(c for c in contracts() if c["id"] == contract)["source_modules"]
    assert isinstance(named, list)
    assert {f"dashboard.{part}" for part in parts - exempt} == set(named)


def test_pages_use_streamlit_and_never_sql() -> None:
    pages = list((ROOT / "pages").glob("*.py"))
    assert pages
    for page in pages:
        lines = page.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "sqlalchemy" in line and "import" in line], page.name
