"""`init`: every row of every file arrives, twice changes nothing, and invented data stays out."""

from __future__ import annotations

import csv
import dataclasses
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.choosing import read_day
from dashboard.domain.catalogue import Catalogue
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, MixedStoreError
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.dataset import DataSet
from dashboard.intake.reference import read_reference
from dashboard.loading import OWN_STATEMENT, load
from dashboard.setting_up import CATALOGUE, DEMONSTRATION, REFERENCE, SetUp, is_filled, set_up
from dashboard.store import queries
from dashboard.store.commands.redefinitions import redefine_indicators
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import create_store, profile
from dashboard.store.queries import Scope
from dashboard.store.work import unit_of_work
from tests.command_line.conftest import Terminal

CSV_FILES = (
    "cities.csv", "uccn_cities_2024.csv", "populations.csv", "figures.csv", "conferences.csv",
    "uccn_members_by_year.csv", "culture2030.csv",
)  # fmt: skip
Account = dict[str, tuple[int, int, int]]


def account(text: str) -> Account:
    """The printed table: read, loaded and unchanged by file."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("│ ").split("│")]
        if len(cells) == 4 and re.fullmatch(r"[\d.]+", cells[1]):
            read, loaded, unchanged = (int(cell.replace(".", "")) for cell in cells[1:])
            found[cells[0]] = (read, loaded, unchanged)
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def reference(catalogue: Catalogue) -> DataSet:
    return read_reference(REFERENCE, catalogue)


def test_the_account_equals_the_files_and_twice_changes_nothing(terminal: Terminal) -> None:
    first = terminal("init")
    assert first.status == 0, first.error
    told = account(first.out)
    for name in CSV_FILES:
        count = len(rows(REFERENCE / name))
        assert told[name] == (count, count, 0), name
    with (CATALOGUE / "claims.toml").open("rb") as file:
        assert told["claims.toml"][0] == len(tomllib.load(file)["claim"]) == 9
    total = told.pop("I alt")
    assert total == tuple(map(sum, zip(*told.values(), strict=True)))

    again = terminal("init", "--lang", "en")
    assert again.status == 0, again.error
    second = account(again.out.replace(",", "."))
    assert second["Total"] == (total[0], 0, total[0])
    assert "Nothing was changed." in again.out
    with reading(open_engine(terminal.real)) as connection:
        assert queries.current_revision(connection) == 1


def test_every_published_value_stands_in_the_store(filled: Terminal) -> None:
    published = Counter(
        (row["indicator"], float(row["value"])) for row in rows(REFERENCE / "figures.csv") if row["value"]
    )
    with reading(open_engine(filled.real)) as connection:
        frame = queries.load_series(connection, Scope())
    stored = Counter(zip(frame["indicator"], frame["value"], strict=True))
    assert not published - stored
    assert set(frame["source"]) <= set(_sources(filled.real))


def _sources(url: str) -> list[str]:
    with reading(open_engine(url)) as connection:
        return list(queries.load_sources(connection, Scope()))


def test_progress_is_told_while_it_works(terminal_sqlite: Terminal) -> None:
    error = terminal_sqlite("init").error
    assert error.startswith("Indlæser kilder: ")
    done, total = re.findall(r"(\d[\d.]*) af (\d[\d.]*)$", error.strip().splitlines()[-1])[0]
    assert done == total


def test_the_demonstration_never_enters_the_real_store(terminal: Terminal) -> None:
    assert terminal("init").status == 0
    mixed = Terminal(terminal.real, terminal.real)
    result = mixed("init", "--demonstration")
    assert (result.status, result.out) == (1, "")
    assert result.error.strip().splitlines()[-1].startswith("Databasen rummer byens rigtige tal.")


def test_real_figures_never_enter_the_demonstration(terminal_sqlite: Terminal) -> None:
    assert terminal_sqlite("init", "--demonstration").status == 0
    mixed = Terminal(terminal_sqlite.demonstration, terminal_sqlite.demonstration)
    result = mixed("init", "--lang=en")
    assert result.error.startswith("The store holds the demonstration's invented figures.")


def test_invented_data_is_refused_by_the_load_itself(
    engine: Engine, catalogue: Catalogue, reference: DataSet
) -> None:
    create_store(engine, "real", "viborg", reference.title)
    invented = dataclasses.replace(reference, invented=True)
    with pytest.raises(MixedStoreError):
        load(engine, catalogue, invented, LOCAL_ACTOR, "test")
    assert not is_filled(engine)


def test_all_problems_are_told_and_nothing_is_written(
    engine: Engine, catalogue: Catalogue, reference: DataSet
) -> None:
    create_store(engine, "real", "viborg", reference.title)
    found = (Problem("file_missing", params={"file": "a"}), Problem("file_empty", params={"file": "b"}))
    with pytest.raises(InvalidDraftsError) as caught:
        load(engine, catalogue, dataclasses.replace(reference, problems=found), LOCAL_ACTOR, "test")
    assert caught.value.problems == found
    assert not is_filled(engine)


def test_a_row_that_does_not_arrive_undoes_the_load(
    engine: Engine, catalogue: Catalogue, reference: DataSet
) -> None:
    create_store(engine, "real", "viborg", reference.title)
    lost, kept = reference.observations[0], reference.observations[1:]
    short = dataclasses.replace(reference, observations=kept, preferences=())
    with pytest.raises(InvalidDraftsError) as caught:
        load(engine, catalogue, short, LOCAL_ACTOR, "test")
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["given"]) == ("row_without_draft", lost.natural_key)
    assert not is_filled(engine)


def test_a_corrected_figure_supersedes_and_only_its_row_counts(
    engine: Engine, catalogue: Catalogue, reference: DataSet
) -> None:
    create_store(engine, "real", "viborg", reference.title)
    load(engine, catalogue, reference, LOCAL_ACTOR, "test")
    wanted = ("creative_companies", "viborg")
    old = next(d for d in reference.observations if (d.indicator, d.place) == wanted)
    assert old.value is not None
    new = dataclasses.replace(old, value=old.value + 1)
    drafts = tuple(new if draft is old else draft for draft in reference.observations)
    again = load(engine, catalogue, dataclasses.replace(reference, observations=drafts), LOCAL_ACTOR, "test")
    assert again.total.loaded == 1
    assert [file.file for file in again.files if file.loaded] == ["figures.csv"]


def test_what_was_changed_on_the_page_is_kept_and_named(terminal_sqlite: Terminal) -> None:
    assert terminal_sqlite("init").status == 0
    engine = open_engine(terminal_sqlite.real)
    with reading(engine) as connection:
        old = queries.load_catalogue(connection, Scope()).indicators[0]
    new = dataclasses.replace(old, name=Text("Vores eget navn", "Our own name"))
    with unit_of_work(engine, LOCAL_ACTOR, "page") as work:
        redefine_indicators(work, [new], {old.code: 1}, "Borgerne kalder det andet", Text("Brud", "Break"))
    again = terminal_sqlite("init")
    assert again.status == 0, again.error
    (line,) = [line for line in again.out.splitlines() if line.startswith("Indikatorer: ")]
    assert (
        line == f"Indikatorer: 1 er beholdt, som den blev rettet her efter sidste indlæsning: {old.name.da}."
    )
    assert account(again.out)["I alt"][1] == 0
    with reading(engine) as connection:
        standing = queries.load_catalogue(connection, Scope()).indicator(old.code)
    assert standing is not None
    assert standing.name == new.name
    engine.dispose()


def test_another_city_and_its_own_designation(terminal_sqlite: Terminal) -> None:
    result = terminal_sqlite("init", "--home-place", "tucson", "--designated", "2015-12")
    assert result.status == 0, result.error
    assert terminal_sqlite("init").status == 0  # without the options: what the city stated stands
    with reading(open_engine(terminal_sqlite.real)) as connection:
        assert profile(connection).home_place == "tucson"
        designation = queries.load_places(connection, Scope(), ["tucson"])["tucson"].designation
    assert designation is not None
    assert (designation.day.isoformat(), designation.precision) == ("2015-12-01", Precision.MONTH)
    assert designation.source == OWN_STATEMENT.key


def test_an_unknown_city_is_refused_with_what_is_near(terminal_sqlite: Terminal) -> None:
    result = terminal_sqlite("init", "--home-place", "vibrog")
    assert (result.status, result.out) == (1, "")
    assert result.error == "Der findes intet sted med navnet »vibrog«. Mente du »viborg«?\n"


def test_a_catalogue_that_is_not_there_is_refused(terminal_sqlite: Terminal, tmp_path: Path) -> None:
    result = terminal_sqlite("init", "--catalogue", str(tmp_path / "none"))
    assert result.status == 1
    assert "claims.toml: Filen findes ikke." in result.error


def test_the_demonstration_is_whole(engine: Engine) -> None:
    loaded = set_up(engine, SetUp(demonstration=True), LOCAL_ACTOR, "test")
    told = {file.file: file for file in loaded.files}
    for name in ("observations.csv", "activities.csv", "populations.csv"):
        assert told[name].read == told[name].loaded == len(rows(DEMONSTRATION / name))


@pytest.mark.parametrize(
    ("given", "day", "precision"),
    [
        ("2019", "2019-01-01", Precision.YEAR),
        ("2019-10", "2019-10-01", Precision.MONTH),
        ("2019-10-30", "2019-10-30", Precision.DAY),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(given: str, day: str, precision: Precision) -> None:
    found, exactness = read_day(given)
    assert (found.isoformat(), exactness) == (day, precision)


@pytest.mark.parametrize("given", ["", "19", "2019-13", "2019-02-30", "30-10-2019", "2019-1-1", "0000", "a"])
def test_what_is_no_date_is_refused(given: str) -> None:
    with pytest.raises(InvalidChoiceError):
        read_day(given)
