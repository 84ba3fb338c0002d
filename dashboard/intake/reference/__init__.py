"""The published reference data as drafts: seven CSV files, and what we judged about them.

The CSV files stay exactly as published. What the columns do not say stands beside them: ``places.toml``
(names, kinds, hosts), ``sources.toml`` (who is behind a source), ``judgements.toml`` and
``culture2030-da.toml``.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.domain.catalogue import Catalogue
from dashboard.domain.problem import Problem
from dashboard.intake.dataset import DataSet, assembled
from dashboard.intake.folder import read_card
from dashboard.intake.judgements import read_judgements
from dashboard.intake.reconciliation import Reconciliation
from dashboard.intake.reference.conferences import read_conferences
from dashboard.intake.reference.figures import read_figures
from dashboard.intake.reference.network import read_cohorts, read_network
from dashboard.intake.reference.places import PlaceBook
from dashboard.intake.reference.sources import SourceBook
from dashboard.intake.reference.vocabulary import read_culture2030

__all__ = ["read_reference"]


def read_reference(folder: Path, catalogue: Catalogue) -> DataSet:
    """The drafts of the reference data in `folder`, checked against `catalogue`.

    Every data row becomes at least one draft or a problem of severity error; `rows` tells which.
    """
    problems: list[Problem] = []
    card = read_card(folder / "set.toml", problems)
    judgements = read_judgements(folder / "judgements.toml", problems)
    sources = SourceBook(folder / "sources.toml", problems)
    places = PlaceBook(folder / "places.toml", sources, problems)
    cohorts = read_cohorts(folder / "uccn_members_by_year.csv")
    files = [
        places.read_cities(folder / "cities.csv", cohorts),
        places.read_members(folder / "uccn_cities_2024.csv", cohorts),
        places.read_populations(folder / "populations.csv"),
    ]
    figures, figure_rows = read_figures(
        folder / "figures.csv", places, sources, catalogue, judgements, problems
    )
    conferences, activities, conference_rows = read_conferences(
        folder / "conferences.csv", places, sources, catalogue, problems
    )
    network, network_rows = read_network(folder / "uccn_members_by_year.csv", sources, catalogue, problems)
    codes, code_rows = read_culture2030(folder, sources, problems)
    return assembled(
        card=card, places=places.places(), sources=sources.sources(), populations=places.populations,
        observations=(*figures, *conferences, *network), activities=activities, vocabulary=codes,
        judgements=judgements,
        rows=Reconciliation((*files, figure_rows, conference_rows, network_rows, code_rows)),
        problems=problems, catalogue=catalogue,
    )  # fmt: skip
