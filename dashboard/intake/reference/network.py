"""The size of the network by year, and the days on which its members were announced."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from dashboard.domain.catalogue import Catalogue
from dashboard.domain.observation import Draft, ObservationStatus
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import read_csv
from dashboard.intake.reference.grading import checked, graded
from dashboard.intake.reference.places import Cohort
from dashboard.intake.reference.sources import SourceBook

COLUMNS = ("year", "cities_added", "cities_total", "countries_total", "verified", "note", "source")
NETWORK = "uccn"
CLAIM = "conference"
_ANNOUNCED = re.compile(r"\bUNESCO (\d{4})-(\d{2})-(\d{2})(/\d{2})? via\b")


def read_cohorts(path: Path) -> dict[int, Cohort]:
    """The announcement of each year whose source gives its day; two days for one year leave the month.

    Problems of the file are told by `read_network`, which reads it whole.
    """
    cohorts = {}
    for record in read_csv(path, COLUMNS, []):
        source = record.text("source")
        found = _ANNOUNCED.search(source)
        if found is None or not record.whole("cities_added"):
            continue
        day = date(int(found[1]), int(found[2]), int(found[3]))
        precision = Precision.MONTH if found[4] else Precision.DAY
        cohorts[record.whole("year")] = Cohort(day, precision, source, record.text("verified"))
    return cohorts


def read_network(
    path: Path, sources: SourceBook, catalogue: Catalogue, problems: list[Problem]
) -> tuple[list[Draft], FileReconciliation]:
    """Members and countries at the end of each year, and those added in it; blank is unknown."""
    drafts: list[Draft] = []
    fates = []
    for record in read_csv(path, COLUMNS, problems):
        record.problems = problems
        year = record.whole("year")
        verified, note = record.text("verified"), record.text("note")
        source = sources.key(record.text("source"), verified)
        end = Period.point(date(year, 12, 31), Precision.YEAR)
        row = []
        for column, indicator, unit, period in (
            ("cities_total", "network_members", "cities", end),
            ("cities_added", "network_members_added", "cities", Period.year(year)),
            ("countries_total", "network_countries", "countries", end),
        ):
            value = record.number(column)
            if value is None:
                continue
            derived = verified == "derived" or f"{column} is derived" in note
            draft = Draft(
                indicator=indicator, place=NETWORK, source=source, period=period, value=value, unit=unit,
                status=ObservationStatus.ESTIMATED if derived else ObservationStatus.FINAL,
                flags=("derived",) if derived else (), note=note, claim=CLAIM,
            )  # fmt: skip
            row.append(checked(graded(draft, sources, None), catalogue, record))
        record.finish()
        drafts += row
        became = tuple(Became(DraftKind.OBSERVATION, draft.natural_key) for draft in row)
        fates.append(RowFate(record.row or 0, became))
    return drafts, reconcile(path.name, fates, problems)
