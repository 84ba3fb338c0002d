"""``python -m tests.performance``: our pages beside a blank Streamlit page and a Dash page, in one run.

Every figure is a ratio of medians measured side by side, the pages taking turns: this says how we compare,
not how fast this computer is. Prints a table in Markdown and keeps the raw numbers in ``results/``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from tests.performance import briefing_speed, import_speed, loading, people
from tests.performance.rows import CITIES, CODES, make_store
from tests.server.running import ROOT, Running, chromium, serving, serving_at

HERE = Path(__file__).parent
WORK = ROOT / "build" / "benchmark"
RESULTS = HERE / "results"
FEW, MANY = 10_000, 10_000_000
PAGES = ("blank", "dash", "overview", "six charts")
LINES = {"fast line": False, "10 Mbit/s, 40 ms": True}

Row = tuple[str, str, str, str]


def main() -> int:
    arguments = _arguments()
    if arguments.file_import:
        return import_speed.main(["--runs", str(min(arguments.runs, 3))])
    if arguments.briefing:
        return briefing_speed.main(["--runs", str(min(arguments.runs, 3))])
    WORK.mkdir(parents=True, exist_ok=True)
    raw: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.platform(),
    }
    rows: list[Row] = []
    with ExitStack() as stack:
        servers = {name: stack.enter_context(server) for name, server in _servers()}
        browser = stack.enter_context(chromium())
        rows += _openings(browser, servers, arguments.runs, raw)
        rows += _changes(browser, servers, arguments.runs, raw)
        rows += _memory(servers, raw)
        if not arguments.quick:
            rows += _people(servers["overview"], arguments.people, raw)
    if not arguments.quick:
        rows += _queries(arguments.runs, arguments.many, raw)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{raw['at'].replace(':', '')}.json").write_text(json.dumps(raw, indent=1), encoding="utf-8")
    print("\n" + _table(rows))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.performance", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="openings of each page on each line")
    parser.add_argument("--people", type=int, default=100, help="people on one server at once")
    parser.add_argument("--many", type=int, default=MANY, help="rows in the large store")
    parser.add_argument("--quick", action="store_true", help="only the openings, the changes and the memory")
    parser.add_argument(
        "--import", action="store_true", dest="file_import",
        help="only the import of 200,000 rows, beside pandas.to_sql",
    )  # fmt: skip
    parser.add_argument(
        "--briefing", action="store_true", help="only the demonstration's briefing in each format"
    )
    return parser.parse_args()


# -- servers -----------------------------------------------------------------------------------------


def _servers() -> Iterator[tuple[str, AbstractContextManager[Running]]]:
    """The four servers by the name of their page, each to be entered."""
    _say(f"a store of {FEW:,} observations")
    few = make_store(WORK / "few.sqlite", FEW)
    plain = _plain_environment()
    yield "blank", serving_at(WORK, lambda port: [*_STOCK, f"--server.port={port}"], "/_stcore/health", plain)
    page = [str(HERE / "dash_page.py"), few.removeprefix("sqlite:///")]
    yield "dash", serving_at(WORK, lambda port: [*page, str(port)], "/", plain)
    demonstration = f"sqlite:///{WORK / 'demonstration.sqlite'}"
    yield "overview", serving(WORK, "-m", "dashboard", "demo", DASHBOARD_DEMONSTRATION_URL=demonstration)
    six = [str(HERE / "serve.py"), str(HERE / "six_charts.py")]
    yield "six charts", serving(WORK, *six, DASHBOARD_DATABASE_URL=few)


_STOCK = [
    "-m", "streamlit", "run", str(HERE / "stock_blank.py"), "--server.headless=true",
    "--browser.gatherUsageStats=false", "--server.address=127.0.0.1",
]  # fmt: skip


def _plain_environment() -> str:
    """Python with Dash, and Streamlit as it comes: what the product adds must not help the blank page."""
    python = WORK / "environment" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _say("an environment for Dash and the stock Streamlit")
        venv.create(WORK / "environment", with_pip=True)
    same = [f"{name}=={version(name)}" for name in ("streamlit", "pandas", "plotly")]
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "-r", str(HERE / "requirements.txt"), *same], check=True
    )
    return str(python)


# -- the figures -------------------------------------------------------------------------------------


def _openings(browser: Browser, servers: dict[str, Running], runs: int, raw: dict[str, Any]) -> list[Row]:
    finished = {"blank": loading.BLANK, "dash": loading.PLOTLY, "six charts": loading.STILL}
    finished["overview"] = loading.pictures(_pictures(browser, servers["overview"].address))
    rows: list[Row] = []
    for line, slow in LINES.items():
        taken: dict[str, list[loading.Opened]] = {name: [] for name in PAGES}
        alive: list[float] = []
        for turn in range(runs + 1):  # the first round warms the servers
            _say(f"opening the pages, {line}, round {turn} of {runs}")
            for name in PAGES:
                address, marker = servers[name].address, finished[name]
                opened = loading.patiently(partial(loading.open_cold, browser, address, marker, slow))
                if turn:
                    taken[name].append(opened)
            if turn:
                address = servers["six charts"].address
                alive.append(loading.patiently(partial(loading.time_until_alive, browser, address, slow)))
        raw[line] = {name: [[o.painted, o.bytes_received] for o in opened] for name, opened in taken.items()}
        raw[line]["until interactive"] = alive
        middle = {name: statistics.median(o.painted for o in opened) for name, opened in taken.items()}
        rows += [
            _ratio(f"Overview, {line}", middle["overview"], middle["blank"], "blank Streamlit page", 1.15),
            _ratio(f"Six line charts, {line}", middle["six charts"], middle["dash"], "Dash", 1.0),
        ]
        awake = statistics.median(alive)
        whole = middle["six charts"] + awake
        rows.append(
            _ratio(f"… and interactive if touched at once, {line}", whole, middle["dash"], "Dash", None)
        )
    received = {name: opened[-1].bytes_received / 1000 for name, opened in taken.items()}
    rows.append(
        _ratio(
            "kB to the browser, unpacked messages, Overview",
            received["overview"],
            received["blank"],
            "blank page",
            None,
        )
    )
    rows.append(
        _ratio(
            "kB to the browser, unpacked messages, six charts",
            received["six charts"],
            received["dash"],
            "Dash",
            None,
        )
    )
    return rows


def _pictures(browser: Browser, address: str) -> int:
    """How many pictures the Overview has when it has come to rest."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.locator("footer.foot").wait_for()
    page.wait_for_timeout(3000)
    count = page.locator(".stHtml img, svg.chart").count()
    context.close()
    if not count:
        raise SystemExit("the Overview of the demonstration shows no chart")
    return count


def _changes(browser: Browser, servers: dict[str, Running], runs: int, raw: dict[str, Any]) -> list[Row]:
    taken: dict[str, list[float]] = {"dash": [], "six charts": []}
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    ours, dash = context.new_page(), context.new_page()
    ours.goto(servers["six charts"].address)
    dash.goto(servers["dash"].address)
    for turn in range(2 * runs + 1):
        _say(f"changing the city, {turn} of {2 * runs}")
        city = ("Ostersund", "Viborg")[turn % 2]
        gone = ("Parma", "Ostersund")[turn % 2]  # who is sixth when this city is in focus, and who is not
        named = f"plot => plot.textContent.includes('{city}') && !plot.textContent.includes('{gone}')"
        steps = {
            "six charts": (
                ours, "[data-testid=stSelectbox] input", f"[role=option]:has-text('{city}')",
                f"[...document.querySelectorAll('.chart-wide svg')].filter({named}).length >= 6",
            ),
            "dash": (
                dash, "#city", f"[role=option]:has-text('{city}'), label:has-text('{city}')",
                f"[...document.querySelectorAll('.js-plotly-plot')].filter({named}).length >= 6",
            ),
        }  # fmt: skip
        for name, step in steps.items():
            step[0].bring_to_front()
            milliseconds = loading.change_city(*step)
            if turn:
                taken[name].append(milliseconds)
    context.close()
    raw["changing the city"] = taken
    middle = {name: statistics.median(times) for name, times in taken.items()}
    return [_ratio("Changing the city", middle["six charts"], middle["dash"], "Dash", 0.6)]


def _memory(servers: dict[str, Running], raw: dict[str, Any]) -> list[Row]:
    raw["memory"] = {name: running.resident / 1e6 for name, running in servers.items()}
    ours, dash = raw["memory"]["six charts"], raw["memory"]["dash"]
    return [_ratio("Server memory after these visits (MB)", ours, dash, "Dash", 1.0)]


def _people(server: Running, count: int, raw: dict[str, Any]) -> list[Row]:
    _say(f"{count} people, {people.THINKING:.0f} s between clicks")
    visits = [("overview", ""), ("claim", ""), ("indicator", ""), ("compare", ""), ("overview", "lang=en")]
    people.click_times(server.address, 2, visits)
    taken = people.click_times(server.address, count, visits)
    raw["people"] = taken
    late = statistics.quantiles(taken, n=20)[-1]
    return [
        (
            f"{count} people, 10 s between clicks: p95 of a rerun",
            f"{late:.2f} s",
            f"p50 {statistics.median(taken):.2f} s",
            _met(late < 0.3, "< 0.3 s"),
        )
    ]


def _queries(runs: int, many: int, raw: dict[str, Any]) -> list[Row]:
    _say(f"a store of {many:,} observations (some minutes, and 4 GB, the first time)")
    stores = {
        "few": make_store(WORK / "few.sqlite", FEW),
        "many": make_store(WORK / f"many-{many}.sqlite", many),
    }
    engines = {name: open_engine(url) for name, url in stores.items()}
    taken: dict[str, list[float]] = {name: [] for name in stores}
    for turn in range(3 * runs + 1):
        for name, engine in engines.items():
            seconds = _timed(lambda engine=engine: page_queries(engine))
            if turn:
                taken[name].append(seconds * 1000)
    raw["queries"] = taken
    middle = {name: statistics.median(times) for name, times in taken.items()}
    return [_ratio(f"The page's queries, {many:,} rows", middle["many"], middle["few"], f"{FEW:,} rows", 1.3)]


def page_queries(engine: Any) -> None:
    """What pages ask of the store when nothing is cached: the city's figures, six series, presence."""
    scope = queries.Scope()
    with reading(engine) as connection:
        queries.current_revision(connection)
        queries.load_catalogue(connection, scope)
        queries.load_places(connection, scope)
        queries.load_series(connection, scope, places=[CITIES[0]])
        for code in CODES:
            queries.load_series(connection, scope, [code], CITIES[:6])
        queries.load_presence(connection, scope)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# -- words -------------------------------------------------------------------------------------------


def _ratio(what: str, ours: float, theirs: float, beside: str, limit: float | None) -> Row:
    aim = "" if limit is None else _met(ours / theirs <= limit, f"≤ {limit:g}")
    return what, f"{ours:,.0f}", f"{theirs:,.0f} ({beside})", f"{ours / theirs:.2f} {aim}".strip()


def _met(yes: bool, aim: str) -> str:
    return f"({aim}: {'met' if yes else 'NOT met'})"


def _table(rows: Sequence[Row]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    head = ["| what (milliseconds, median) | ours | beside | ratio (aim) |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *lines])


def _say(doing: str) -> None:
    print(f"== {doing[0].upper()}{doing[1:]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
