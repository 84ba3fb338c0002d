"""Many figures through the page: offered again, told before they are written, and written as a whole."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.domain.observation import Draft, ObservationKind, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Role
from dashboard.store import queries
from dashboard.store.commands import keep_entry, lock_period, record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope, load_entries
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.pages.conftest import Application
from tests.pages.reading import words

FORM = "grid:media:mosevig:annual"
CHOICES = {"way": "grid", "claim": "media"}
JOURNALISTS = "journalists_accredited"
COLLEAGUE = Actor("kollega@example.org", "Kollega", frozenset({Role.ANALYST}))


@pytest.fixture
def store(databases: Databases, application: Application) -> Engine:
    url = databases.address("sqlite", "demonstration")
    application.show(url)
    return open_engine(url)


def cell(indicator: str, year: int) -> str:
    return f"{indicator}|{Period.year(year).key}"


def row(store: Engine, indicator: str, year: int, submitted: bool = True) -> dict[str, Any]:
    """The newest row of a year, for the team or for readers; empty where nothing stands."""
    with reading(store) as connection:
        frame = queries.load_series(connection, Scope(submitted=submitted), [indicator], ["mosevig"])
    found = frame[frame["period_end"] == pd.Timestamp(f"{year}-12-31")]
    return {str(k): v for k, v in found.iloc[-1].to_dict().items()} if len(found) else {}


def keep(store: Engine, cells: dict[str, str], based: dict[str, int] | None = None) -> None:
    keep_entry(store, LOCAL_ACTOR, FORM, {"cells": cells, "based": based or {}})


def kept(store: Engine) -> bool:
    with reading(store) as connection:
        return bool(load_entries(connection, LOCAL_ACTOR, FORM))


def button(page: AppTest, begins: str) -> Any:
    return next(one for one in page.button if one.label.startswith(begins))


def field(page: AppTest, ends: str) -> Any:
    return next(one for one in page.text_input if one.label.endswith(ends))


def first_indicators(page: AppTest) -> list[str]:
    """The codes of the rows that the browser is given."""
    [element] = page.get("bidi_component")
    return [one["key"] for one in json.loads(element.proto.json)["rows"]]


def test_what_was_typed_is_offered_again_told_and_written_as_one_batch(
    store: Engine, application: Application
) -> None:
    before = row(store, JOURNALISTS, 2026)
    codes = first_indicators(application.open("enter", **CHOICES))
    assert JOURNALISTS in codes
    other = next(code for code in codes if code != JOURNALISTS and not row(store, code, 2026))
    keep(store, {cell(JOURNALISTS, 2026): str(int(before["value"]) + 1), cell(other, 2026): "40"})

    page = application.open("enter", **CHOICES)
    assert not page.exception
    assert any("i gang med" in info.value for info in page.info)
    assert "1 værdi ændres, 1 er ny." in words(page)
    assert row(store, JOURNALISTS, 2026)["value"] == before["value"], "nothing is written before the button"
    assert button(page, "Send 2 værdier").disabled, "an approved value changes only with a reason"

    field(page, "Hvorfor ændres de godkendte tal?").set_value("Genoptalt").run()
    for answer in [one for one in page.text_input if one.label.endswith("Hvorfor er tallet rigtigt?")]:
        answer.set_value("Optalt to gange").run()
    button(page, "Send 2 værdier").click().run()
    assert not page.exception
    assert any("2 værdier er sendt samlet" in said.value for said in page.success)
    team, readers = row(store, JOURNALISTS, 2026), row(store, JOURNALISTS, 2026, submitted=False)
    assert (team["value"], team["state"]) == (before["value"] + 1, "submitted")
    assert readers["value"] == before["value"]
    assert row(store, other, 2026)["value"] == 40
    assert not kept(store)
    with reading(store) as connection:
        batch = queries.load_batches(connection, LOCAL_ACTOR)[0]
    assert batch.rows_loaded == 2
    assert "Mosevig" in batch.title


def test_somebody_elses_value_is_told_with_both_and_nothing_is_lost(
    store: Engine, application: Application
) -> None:
    seen = row(store, JOURNALISTS, 2026)
    keep(store, {cell(JOURNALISTS, 2026): "43"}, {cell(JOURNALISTS, 2026): int(seen["observation"])})
    theirs = Draft(
        JOURNALISTS, "mosevig", seen["source"], Period.year(2026), 42.0, unit=seen["unit"],
        kind=ObservationKind(seen["kind"]), boundary=seen["boundary"], method=seen["method"],
    )  # fmt: skip
    with unit_of_work(store, COLLEAGUE, "test") as work:
        record(work, [theirs], state=WorkflowState.SUBMITTED, reason="talt om")

    page = application.open("enter", **CHOICES)
    [told] = [one.value for one in page.warning if "kollega@example.org" in one.value]
    assert "42" in told
    assert "43" in told
    assert button(page, "Send 1 værdi").disabled
    button(page, "Behold mit tal").click().run()
    field(page, "Hvorfor ændres de godkendte tal?").set_value("Min optælling er nyere").run()
    button(page, "Send 1 værdi").click().run()
    assert not page.exception
    assert row(store, JOURNALISTS, 2026)["value"] == 43
    with reading(store) as connection:
        versions = queries.load_value_history(connection, LOCAL_ACTOR, int(seen["observation"]))
    assert [version.value for version in versions[:3]] == [43, 42, seen["value"]]


def test_theirs_may_stand_and_a_locked_or_unreadable_cell_writes_nothing(
    store: Engine, application: Application
) -> None:
    seen = row(store, JOURNALISTS, 2026)
    name = cell(JOURNALISTS, 2026)
    keep(store, {name: "43", cell(JOURNALISTS, 2025): "1.5"}, {name: 0})
    page = application.open("enter", **CHOICES)
    button(page, "Lad det gemte stå").click().run()
    assert not page.exception
    assert any("1 felt skal rettes" in one.value for one in page.error)
    assert button(page, "Send").disabled
    button(page, "Kassér").click().run()
    assert not kept(store)
    assert "ikke skrevet noget" in words(page)

    with unit_of_work(store, LOCAL_ACTOR, "test") as work:
        lock_period(work, Period.year(2026).start, Period.year(2026).end, "Regnskabet er lukket")  # type: ignore[arg-type]
    keep(store, {name: "44"})
    page = application.open("enter", **CHOICES)
    [element] = page.get("bidi_component")
    data = json.loads(element.proto.json)
    closed = [c["name"] for one in data["rows"] for c in one["cells"] if c["closed"]]
    assert name in closed
    assert "låst" in data["marks"][name]["texts"][0]
    assert row(store, JOURNALISTS, 2026)["value"] == seen["value"]


def test_the_browser_is_told_all_decimals_and_where_each_problem_is(
    store: Engine, application: Application
) -> None:
    codes = first_indicators(application.open("enter", **CHOICES))
    keep(store, {cell(JOURNALISTS, 2025): "tolv", cell(codes[0], 2025): "1.5", "h0": "12/31/2025"})
    page = application.open("enter", **CHOICES)
    [element] = page.get("bidi_component")
    data = json.loads(element.proto.json)
    assert {name: mark["kind"] for name, mark in data["marks"].items()} == {
        "h0": "error", cell(JOURNALISTS, 2025): "error", cell(codes[0], 2025): "error",
    }  # fmt: skip
    assert all(mark["texts"] and "⟦" not in mark["texts"][0] for mark in data["marks"].values())
    stands = {c["name"]: c["stands"] for one in data["rows"] for c in one["cells"]}
    assert stands[cell("media_news_volume_share", 2025)] == "0,0014"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_claim_has_a_grid_or_says_why_not(
    store: Engine, application: Application, language: str
) -> None:
    for claim in ("recognition", "media", "funding", "conference"):
        page = application.open("enter", way="grid", claim=claim, lang=language)
        assert not page.exception
        assert "⟦" not in words(page)
