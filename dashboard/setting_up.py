"""A store from nothing: the starter catalogue and the sourced figures, or the demonstration."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.choosing import unknown
from dashboard.config import CATALOGUE, DATA
from dashboard.domain.catalogue import Catalogue, Place
from dashboard.domain.period import Precision
from dashboard.domain.problem import Problem, errors_of
from dashboard.domain.roles import Actor
from dashboard.errors import InvalidDraftsError, MixedStoreError, StoreMissingError
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.crosscheck import check_set
from dashboard.intake.dataset import DataSet, read_folder
from dashboard.intake.promises import FILE as PROMISES
from dashboard.intake.promises import read_promises
from dashboard.intake.reconciliation import DraftKind, Reconciliation
from dashboard.intake.reference import read_reference
from dashboard.loading import OWN_STATEMENT, Loaded, Progress, designated, load, state_designation, with_home
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.lifecycle import create_store, profile, set_home_place
from dashboard.store.queries import Scope

if TYPE_CHECKING:
    from sqlalchemy import Engine

REFERENCE = DATA / "reference"
DEMONSTRATION = DATA / "demo"


@dataclass(frozen=True, slots=True)
class SetUp:
    """Whose store it is to be. Without `home_place` the one it has, else the data set's own."""

    home_place: str = ""
    designated: tuple[date, Precision] | None = None
    catalogue: Path = CATALOGUE
    demonstration: bool = False


def is_filled(engine: Engine) -> bool:
    """Whether the store exists and anything was ever written to it."""
    try:
        with reading(engine) as connection:
            profile(connection)
            return queries.current_revision(connection) > 0
    except StoreMissingError:
        return False


def set_up(
    engine: Engine, wanted: SetUp, actor: Actor, edge: str, on_progress: Progress | None = None
) -> Loaded:
    """Create the store where there is none, and load its catalogue and figures; repeatable.

    A designation date that the city stated itself stands until it states another, and what a person changed
    on a page stands until a person changes it again (`Loaded.kept`). Raises
    `InvalidChoiceError` for a home place that the data set does not know, `MixedStoreError` for a store
    of the other kind, and whatever `load` raises.
    """
    catalogue = read_catalogue(wanted.catalogue)
    dataset = read_reference(REFERENCE, catalogue)
    if wanted.demonstration:
        dataset = with_vocabulary_of(dataset, read_folder(DEMONSTRATION, catalogue))
    else:
        dataset = with_promises(dataset, wanted.catalogue, catalogue)
    problems = errors_of([*catalogue.problems, *dataset.problems])
    if problems:
        raise InvalidDraftsError(problems)
    catalogue = dataset.in_own_words(catalogue)
    there, stated = _home_of(engine, dataset.invented)
    slug = wanted.home_place or there or dataset.home_place
    home = _home(dataset, slug)
    if wanted.designated is not None:
        home = designated(home, *wanted.designated)
    elif stated is not None and stated.slug == slug:
        own = [d for d in stated.designations if d.source == OWN_STATEMENT.key]
        home = designated(home, own[0].day, own[0].precision) if own else home
    create_store(engine, "demonstration" if dataset.invented else "real", slug, dataset.title)
    if slug != there:
        set_home_place(engine, slug)
    if wanted.designated is not None:
        state_designation(engine, home, actor, edge)
    return load(engine, catalogue, with_home(dataset, home), actor, edge, on_progress)


def with_promises(dataset: DataSet, folder: Path, catalogue: Catalogue) -> DataSet:
    """The data set with the commitments that a catalogue's folder holds: they are the city's, like its
    claims, and a city without any document that states them has none."""
    problems: list[Problem] = []
    promised = dataclasses.replace(dataset, promises=read_promises(folder / PROMISES, problems))
    problems += [p for p in check_set(promised, catalogue) if p.params.get("file") == PROMISES]
    return dataclasses.replace(promised, problems=(*dataset.problems, *problems))


def with_vocabulary_of(reference: DataSet, dataset: DataSet) -> DataSet:
    """A data set that uses the outside vocabulary of the reference data: codes are no figures."""
    keys = {code.source for code in reference.vocabulary}
    sources = tuple(source for source in reference.sources if source.key in keys)
    rows = tuple(file for file in reference.rows.files if file.keys(DraftKind.VOCABULARY_CODE))
    return dataclasses.replace(
        dataset, vocabulary=reference.vocabulary, sources=(*dataset.sources, *sources),
        rows=Reconciliation((*dataset.rows.files, *rows)),
    )  # fmt: skip


def _home_of(engine: Engine, invented: bool) -> tuple[str, Place | None]:
    """The home place of the store as it stands, "" where there is no store yet.

    Raises `MixedStoreError` for a store of the other kind.
    """
    try:
        with reading(engine) as connection:
            there = profile(connection)
            if there.invented != invented:
                raise MixedStoreError(f"error.mixed_store.{there.kind}")
            places = queries.load_places(connection, Scope(), [there.home_place])
            return there.home_place, places.get(there.home_place)
    except StoreMissingError:
        return "", None


def _home(dataset: DataSet, slug: str) -> Place:
    home = dataset.place(slug)
    if home is None:
        raise unknown("place", slug, {p.slug: (p.name.da, p.name.en) for p in dataset.places})
    return home
