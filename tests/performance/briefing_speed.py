"""``python -m tests.performance.briefing_speed``: how long the demonstration's pack takes in each format.

*whole* is the command from its start to its end, with Python, the store and the analysis; *again* is the same
for a frozen code; *written* is the writer alone in a process that has written one before. The aims are on two
cores: a PDF of four pages within 5 seconds, PPTX and DOCX within 3.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

AIMS = {"pdf": 5.0, "pptx": 3.0, "docx": 3.0, "xlsx": None, "html": None, "datapackage": None}
"""Seconds, for *again*: what a person waits for who asks for a file of a frozen pack."""

Row = tuple[str, str, str, str, str]


def measure(runs: int) -> list[Row]:
    """A line a format: its name, the three medians in seconds, and whether the aim is met."""
    with tempfile.TemporaryDirectory() as folder:
        settings = os.environ | {
            "DASHBOARD_DEMONSTRATION_URL": f"sqlite:///{folder}/demonstration.sqlite",
            "DASHBOARD_BASE_URL": "https://byen.example",
        }
        _command(settings, "init", "--demonstration")
        told = _command(settings, *_pack("html", folder), "--period", "2025")
        (code,) = re.findall(r"[a-z2-7]{4}-[a-z2-7]{4}", told)[-1:]
        rows: list[Row] = []
        for form, aim in AIMS.items():
            whole = [_timed(settings, *_pack(form, folder), "--period", "2025") for _ in range(runs)]
            again = [_timed(settings, *_pack(form, folder), "--code", code) for _ in range(runs)]
            middle = statistics.median(again)
            met = "" if aim is None else f"≤ {aim:g} s: {'met' if middle <= aim else 'NOT met'}"
            written = _written(settings["DASHBOARD_DEMONSTRATION_URL"], code, form, runs)
            rows.append((form, f"{statistics.median(whole):.2f}", f"{middle:.2f}", f"{written:.2f}", met))
        return rows


def _pack(form: str, folder: str) -> tuple[str, ...]:
    return ("briefing", "--demonstration", "--format", form, "-o", str(Path(folder) / f"pack.{form}"))


def _timed(settings: dict[str, str], *arguments: str) -> float:
    started = time.perf_counter()
    _command(settings, *arguments)
    return time.perf_counter() - started


def _command(settings: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "dashboard", *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=True).stderr


def _written(store: str, code: str, form: str, runs: int) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "tests.performance.briefing_speed", "--write", store, code, form, str(runs)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return statistics.median(json.loads(done.stdout))


def _write(store: str, code: str, form: str, runs: str) -> None:
    from dashboard.reports.formats import written
    from dashboard.reports.frozen import opened
    from dashboard.store.engine import open_engine, reading

    with reading(open_engine(store)) as connection:
        pack = opened(connection, code)
    written(pack, form)
    taken = []
    for _ in range(int(runs)):
        started = time.perf_counter()
        written(pack, form)
        taken.append(time.perf_counter() - started)
    print(json.dumps(taken))


def table(rows: Sequence[Row]) -> str:
    head = ["| briefing (seconds) | whole | again | written | aim |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.performance.briefing_speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.write:
        _write(*given.write)
    else:
        print(table(measure(given.runs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
