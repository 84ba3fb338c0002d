"""``python -m tests.performance.many_places``: one indicator over 400 places and 20 years by month.

Each view of the comparison page over a large store beside the same view over one of 10 thousand
observations, the two taking turns. The small store has as many places and so few months that it holds no
more. The first round warms both servers (figures are kept by the revision they were made from, so it is
what the first person after a save waits for, and is told apart); what is measured is a cold browser.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from dashboard.domain.catalogue import Place, PlaceKind
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.store.commands import define_claims, define_indicators, define_places, define_sources, record
from dashboard.store.engine import open_engine
from dashboard.store.lifecycle import create_store
from dashboard.store.work import unit_of_work
from tests.performance import loading
from tests.performance.rows import multiply
from tests.sample import APPROVER, ARTICLES, CLAIMS, SOURCES, VIBORG
from tests.server.running import ROOT, chromium, serving

WORK = ROOT / "build" / "benchmark"
PLACES = 400
FEW, MANY = 10_000, 10_000_000
FIRST_YEAR = 2005
YEARS = {"few": 2, "many": 20}
LIMIT = 1.5
CODE = "wide"
VIEWS = {
    "all other places as a band": "rest=band&question=plan",
    "where the city stands": "question=standing",
    "before and since": "question=before_after",
    "small multiples": "question=multiples",
    "an index with a band": "rest=band&view=index&question=plan",
}
PAINTED = """document.querySelector('footer.foot') &&
    [...document.querySelectorAll('svg.chart')].filter(seen).length >= 1"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.performance.many_places", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="openings of each view")
    parser.add_argument("--many", type=int, default=MANY, help="rows in the large store")
    given = parser.parse_args(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    stores = {
        "few": make_wide_store(WORK / "wide-few.sqlite", YEARS["few"], FEW),
        "many": make_wide_store(WORK / f"wide-{given.many}.sqlite", YEARS["many"], given.many),
    }
    taken: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        entry = ("-m", "dashboard", "run")
        servers = {
            name: stack.enter_context(serving(WORK, *entry, DASHBOARD_DATABASE_URL=url))
            for name, url in stores.items()
        }
        browser = stack.enter_context(chromium())
        for turn in range(given.runs + 1):
            for view, choices in VIEWS.items():
                for name, server in servers.items():
                    address = f"{server.address}/compare?indicator={CODE}&{choices}"
                    opened = loading.patiently(partial(loading.open_cold, browser, address, PAINTED, False))
                    taken.setdefault((view, name), []).append(opened.painted)
                    print(f"{turn} {view}, {name}: {opened.painted:,.0f} ms", flush=True)
    print("\n| view (milliseconds, median) | many | few | ratio | first visit: many | few |")
    print("| --- | --- | --- | --- | --- | --- |")
    for view in VIEWS:
        many, few = (statistics.median(taken[view, name][1:]) for name in ("many", "few"))
        first, second = (taken[view, name][0] for name in ("many", "few"))
        met = "met" if many / few <= LIMIT else "NOT met"
        print(
            f"| {view} | {many:,.0f} | {few:,.0f} | {many / few:.2f} (≤ {LIMIT:g}: {met}) "
            f"| {first:,.0f} | {second:,.0f} |"
        )
    return 0


def make_wide_store(path: Path, years: int, observations: int) -> str:
    """A store with monthly figures of many places; its address. A store that is there is used again."""
    url = f"sqlite:///{path}"
    if path.exists():
        return url
    unfinished = path.with_suffix(".unfinished")
    for leftover in path.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    engine = open_engine(f"sqlite:///{unfinished}")
    create_store(engine, "demonstration", "viborg", Text("Måling", "Measurement"))
    slugs = ["viborg", *(f"place-{number:03}" for number in range(1, PLACES))]
    others = [f"other_{number}" for number in range(10)]
    with unit_of_work(engine, APPROVER, "benchmark", store_kind="demonstration") as work:
        define_sources(work, SOURCES)
        define_claims(work, CLAIMS)
        named = {code: Text(code.capitalize(), code.capitalize()) for code in (CODE, *others)}
        define_indicators(
            work,
            [replace(ARTICLES, code=c, name=n, comparable_between_places=True) for c, n in named.items()],
        )
        define_places(work, [VIBORG, *(_place(slug) for slug in slugs[1:])])
        drafts = [_draft(CODE, slug, 50.0 + number % 90) for number, slug in enumerate(slugs)]
        record(work, drafts + [_draft(c, s, 1.0) for c in others for s in slugs[1:21]], state=APPROVED)
    engine.dispose()
    with closing(sqlite3.connect(unfinished)) as connection:
        _months(connection, years)
        multiply(connection, observations)
    unfinished.rename(path)
    return url


APPROVED = WorkflowState.APPROVED


def _place(slug: str) -> Place:
    name = Text(slug.capitalize(), slug.capitalize())
    return Place(slug=slug, kind=PlaceKind.CITY, name=name, country="DK", reference_boundary="municipality")


def _draft(code: str, slug: str, value: float) -> Draft:
    return Draft(
        indicator=code, place=slug, source="municipality", period=Period.month(FIRST_YEAR, 1), value=value,
        unit="articles", boundary="municipality", method="count",
    )  # fmt: skip


def _months(connection: sqlite3.Connection, years: int) -> None:
    """The first month of each place again for every later month, a little higher or lower each time."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(observation)")]
    changed = ("id", "natural_key", "period_start", "period_end", "value")
    kept = ", ".join(name for name in columns if name not in changed)
    connection.execute("PRAGMA synchronous = off")
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute(
        "CREATE TEMP TABLE first AS SELECT o.* FROM observation o "
        "JOIN indicator i ON i.id = o.indicator_id WHERE i.code = ?", (CODE,)
    )  # fmt: skip
    connection.execute(
        f"INSERT INTO observation (natural_key, period_start, period_end, value, {kept}) "
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?) "
        "SELECT n || '-m-' || first.id, date(first.period_start, '+' || n || ' months'), "
        "date(first.period_start, '+' || (n + 1) || ' months', '-1 day'), "
        f"first.value + (n * 7 + first.id * 13) % 12, {kept} FROM n, first",
        (12 * years - 1,),
    )
    connection.commit()


if __name__ == "__main__":
    raise SystemExit(main())
