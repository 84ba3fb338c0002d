"""The manners of the command line: help in two languages, exit statuses, one plain sentence for an error."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.command_line.conftest import ROOT, Terminal

VERBS = ("init", "run", "demo", "series", "export", "check")


@pytest.fixture
def anywhere(tmp_path: Path) -> Terminal:
    """For what needs no store at all."""
    return Terminal(f"sqlite:///{tmp_path / 'real.sqlite'}", f"sqlite:///{tmp_path / 'demo.sqlite'}")


def test_help_names_every_verb(anywhere: Terminal) -> None:
    result = anywhere("--help")
    assert (result.status, result.error) == (0, "")
    assert all(f"\n  {verb} " in result.out for verb in VERBS)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_explained(anywhere: Terminal, verb: str, language: str) -> None:
    result = anywhere(verb, "--help", "--lang", language)
    assert (result.status, result.error) == (0, "")
    assert "⟦" not in result.out
    usage = "Brug" if language == "da" else "Usage"
    assert result.out.startswith(f"{usage}: python -m dashboard {verb}")
    options = set(re.findall(r"--[a-z-]+", result.out.splitlines()[0]))
    explained = set(re.findall(r"^  (--[a-z-]+)", result.out, re.MULTILINE))
    assert options | {"--lang", "--help"} == explained


def test_nothing_to_do_shows_the_help_as_a_misuse(anywhere: Terminal) -> None:
    result = anywhere()
    assert (result.status, result.out) == (2, "")
    assert result.error.startswith("Brug: python -m dashboard")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["seris"], "Der findes ingen kommando »seris«. Vælg mellem init, run, demo, series,"),
        (["series"], "KODE mangler."),
        (["series", "x", "--plac", "y"], "Valget --plac findes ikke."),
        (["series", "x", "--place"], "Værdien til --place kan ikke bruges."),
        (["series", "x", "--per", "mange"], "Værdien til --per kan ikke bruges."),
        (["series", "x", "--per", "0"], "Værdien til --per kan ikke bruges."),
        (["series", "x", "--axis", "moon"], "Værdien til --axis kan ikke bruges."),
        (["series", "x", "y"], "Kommandoen kan ikke forstås."),
        (["export"], "--format mangler."),
        (["export", "--format", "pdf"], "Værdien til --format kan ikke bruges."),
        (["check", "--lang", "sv"], "Sproget »sv« findes ikke. Vælg da eller en."),
    ],
)
def test_a_misuse_is_one_sentence_and_status_2(
    anywhere: Terminal, arguments: list[str], sentence: str
) -> None:
    result = anywhere(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.error.startswith(sentence)
    assert result.error.count("\n") == 1


@pytest.mark.parametrize("verb", [["check"], ["series", "x"], ["export", "--format", "csv"]])
def test_a_missing_store_is_one_sentence_and_status_1(anywhere: Terminal, verb: list[str]) -> None:
    result = anywhere(*verb, DASHBOARD_LANG="en")
    assert (result.status, result.out) == (1, "")
    assert result.error == "The store has not been created yet. Run “python -m dashboard init” first.\n"


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DASHBOARD_DATABASE_URL", "mysql://x/y", "»mysql://x/y« er ikke en databaseadresse"),
        ("DASHBOARD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "Databasen svarer ikke ("),
        ("DASHBOARD_PORT", "many", "Indstillingen DASHBOARD_PORT kan ikke bruges: »many«."),
    ],
)
def test_an_impossible_setting_is_one_sentence(
    anywhere: Terminal, setting: str, value: str, sentence: str
) -> None:
    result = anywhere("check", **{setting: value})
    assert (result.status, result.out) == (1, "")
    assert result.error.startswith(sentence)
    assert result.error.count("\n") == 1


def test_it_is_a_program_of_its_own(tmp_path: Path) -> None:
    environment = os.environ | {"DASHBOARD_DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}"}
    command = [sys.executable, "-m", "dashboard", "series", "festival_visits"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Databasen er ikke oprettet endnu. Kør »python -m dashboard init« først.\n"


@pytest.mark.slow
def test_run_makes_the_store_and_serves_until_interrupted(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DASHBOARD_DATABASE_URL": f"sqlite:///{tmp_path / 'real.sqlite'}", "DASHBOARD_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            assert _answers(process, f"http://127.0.0.1:{port}/readyz"), (tmp_path / "log").read_text()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    told = (tmp_path / "log").read_text()
    assert "Alle " in told
    assert f"http://localhost:{port}" in told
    assert "Traceback" not in told


def _answers(process: subprocess.Popen[bytes], address: str) -> bool:
    for _ in range(600):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status) == 200
        except OSError:
            time.sleep(0.1)
    return False
