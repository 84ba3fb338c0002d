"""The benchmark's store: monthly figures of Viborg and six other places, and as many other rows as wanted."""

from __future__ import annotations

import math
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dashboard.domain.catalogue import Place, PlaceKind
from dashboard.domain.observation import Draft, ObservationKind, ObservationStatus, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.store.commands import define_claims, define_indicators, define_places, define_sources, record
from dashboard.store.engine import open_engine
from dashboard.store.lifecycle import bring_up_to_date, create_store
from dashboard.store.work import unit_of_work
from tests.sample import APPROVER, ARTICLES, CLAIMS, SOURCES, VIBORG

CITIES = ("viborg", "tucson", "linz", "karlsruhe", "bristol", "parma", "ostersund")
CODES = tuple(f"figure_{number}" for number in range(1, 7))
YEARS = range(2015, 2026)
"""Eleven years by month: 132 points a line, 36 lines on the page, 5,544 rows in all."""

_OTHERS = tuple(f"other-{number:02}" for number in range(20))
_OTHER_CODES = tuple(f"other_{number}" for number in range(10))


def make_store(path: Path, observations: int) -> str:
    """A store with this many observations; its address. A store that is there already is used again."""
    url = f"sqlite:///{path}"
    if path.exists():
        engine = open_engine(url)
        bring_up_to_date(engine)
        engine.dispose()
        return url
    unfinished = path.with_suffix(".unfinished")
    for leftover in path.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    engine = open_engine(f"sqlite:///{unfinished}")
    create_store(engine, "demonstration", "viborg", Text("Måling", "Measurement"))
    with unit_of_work(engine, APPROVER, "benchmark", store_kind="demonstration") as work:
        define_sources(work, SOURCES)
        define_claims(work, CLAIMS)
        define_indicators(work, [_indicator(code) for code in (*CODES, *_OTHER_CODES)])
        define_places(work, [VIBORG, *(_place(slug) for slug in (*CITIES[1:], *_OTHERS))])
        drafts = [draft for code in CODES for city in CITIES for draft in _series(code, city)]
        seeds = [_draft(code, slug, Period.month(2014, 1), 1.0) for code in _OTHER_CODES for slug in _OTHERS]
        record(work, drafts + seeds, state=WorkflowState.APPROVED)
    engine.dispose()
    with closing(sqlite3.connect(unfinished)) as connection:
        multiply(connection, observations)
    unfinished.rename(path)
    return url


def _indicator(code: str):  # type: ignore[no-untyped-def]
    name = code.replace("_", " ").capitalize()
    return replace(ARTICLES, code=code, name=Text(name, name), decimals=1)


def _place(slug: str) -> Place:
    name = slug.capitalize()
    return Place(
        slug=slug, kind=PlaceKind.CITY, name=Text(name, name), country="DK", reference_boundary="city"
    )


def _series(code: str, city: str) -> list[Draft]:
    """A walk with a yearly wave; the same on every machine."""
    chance = random.Random(code + city)  # figures for a picture, not a secret
    level, drafts = chance.uniform(40, 90), []
    for year in YEARS:
        for month in range(1, 13):
            level = max(5.0, level + chance.uniform(-2, 2.2))
            value = round(level + 6 * math.sin(month / 12 * math.tau), 1)
            drafts.append(_draft(code, city, Period.month(year, month), value))
    return drafts


def _draft(code: str, city: str, period: Period, value: float) -> Draft:
    return Draft(
        indicator=code, place=city, source="municipality", period=period, value=value, unit="articles",
        boundary="municipality" if city == "viborg" else "city",
        kind=ObservationKind.ACTUAL, status=ObservationStatus.FINAL,
    )  # fmt: skip


def multiply(connection: sqlite3.Connection, wanted: int) -> None:
    """Copies of the other places' rows until there are enough; each is another fact, far from the page's."""
    there: int = connection.execute("SELECT count(*) FROM observation").fetchone()[0]
    columns = [row[1] for row in connection.execute("PRAGMA table_info(observation)")]
    kept = [name for name in columns if name not in ("id", "natural_key", "disaggregation")]
    seeds = (
        "SELECT o.* FROM observation o JOIN indicator i ON i.id = o.indicator_id WHERE i.code LIKE 'other_%'"
    )
    copies = max(0, math.ceil((wanted - there) / (len(_OTHERS) * len(_OTHER_CODES))))
    connection.execute("PRAGMA synchronous = off")
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute(f"CREATE TEMP TABLE seed AS {seeds}")
    names = ", ".join(kept)
    connection.execute(
        f"INSERT INTO observation (natural_key, disaggregation, {names}) "
        "WITH RECURSIVE n(n) AS (SELECT 1 WHERE ? > 0 UNION ALL SELECT n + 1 FROM n WHERE n < ?) "
        f"SELECT n || '-' || seed.id, 'copy:' || n, {names} FROM n, seed",
        (copies, copies),
    )
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
