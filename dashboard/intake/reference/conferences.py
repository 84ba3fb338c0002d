"""``conferences.csv``: what was published about the network's annual conferences.

An edition is one activity, however many rows tell of it; each count in a row is an observation of the
network. What was said before the event is a forecast, and a row without counts is an event without an
observation.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.domain.activity import Activity, ActivityKind, ActivityState, check_activity
from dashboard.domain.catalogue import Catalogue
from dashboard.domain.observation import Draft, ObservationKind, Qualifier
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import Record, read_csv
from dashboard.intake.reference.grading import checked, graded
from dashboard.intake.reference.network import CLAIM, NETWORK
from dashboard.intake.reference.places import PlaceBook
from dashboard.intake.reference.sources import SourceBook

COLUMNS = (
    "edition", "year", "host_city", "country", "start_date", "end_date", "mode", "participants",
    "participants_qualifier", "cities", "cities_qualifier", "mayors", "mayors_qualifier", "countries",
    "figure_basis", "source", "verified", "note",
)  # fmt: skip
COUNTS = (
    ("participants", "conference_participants", "persons"),
    ("cities", "conference_cities", "cities"),
    ("mayors", "conference_mayors", "persons"),
    ("countries", "conference_countries", "countries"),
)
STATES = {"not held": ActivityState.CANCELLED, "planned": ActivityState.PLANNED}
KINDS = {
    "pre-event": ObservationKind.FORECAST, "post-event": ObservationKind.ACTUAL,
    "planned": ObservationKind.FORECAST,
}  # fmt: skip


def read_conferences(
    path: Path, places: PlaceBook, sources: SourceBook, catalogue: Catalogue, problems: list[Problem]
) -> tuple[list[Draft], list[Activity], FileReconciliation]:
    drafts: list[Draft] = []
    activities: dict[str, Activity] = {}
    fates = []
    for record in read_csv(path, COLUMNS, problems):
        record.problems = problems
        year = record.whole("year")
        start, end = record.day("start_date"), record.day("end_date")
        period = Period(start, end, Precision.DAY) if start or end else Period.year(year)
        source = sources.key(record.text("source", required=True), record.text("verified"))
        activity = _activity(record, year, period, source, places)
        first = activities.get(activity.key)
        if first is not None:
            activity = replace(first, note=_joined(first.note, activity.note))
        activities[activity.key] = activity
        row = _observations(record, year, period, source, sources, catalogue)
        record.finish()
        drafts += row
        became = [Became(DraftKind.ACTIVITY, activity.key)]
        became += [Became(DraftKind.OBSERVATION, draft.natural_key) for draft in row]
        fates.append(RowFate(record.row or 0, tuple(became)))
        if first is None:
            record.adopt(check_activity(activity))
    return drafts, list(activities.values()), reconcile(path.name, fates, problems)


def _activity(record: Record, year: int, period: Period, source: str, places: PlaceBook) -> Activity:
    host = record.text("host_city", required=True)
    mode = record.text("mode")
    country = record.text("country")
    hosts = places.hosts(host, record)
    if len(hosts) == 1:
        places.note_country(hosts[0], country)
    words = [f"edition {record.text('edition')}" if record.text("edition") else "", mode]
    unsure = record.text("verified")
    words += [unsure if unsure != "verified" else "", record.text("note")]
    return Activity(
        key=f"conference-{year}",
        kind=ActivityKind.CONFERENCE,
        place=NETWORK,
        title=Text(*(_title(language, year, [places.name(h) for h in hosts]) for language in ("da", "en"))),
        period=period,
        state=STATES.get(mode, ActivityState.DONE),
        source=source,
        country=country if len(country) == 2 else "",
        partner_places=hosts,
        claims=(CLAIM,),
        note=_joined(*words),
    )


def _title(language: str, year: int, hosts: list[Text]) -> str:
    """The year and the hosts by their names in the language; without a host it was held online."""
    t = Translator(language)
    if not hosts:
        return t("reference.conference_online", year=str(year))
    return t("reference.conference", year=str(year), host=t.list(t.text(host) for host in hosts))


def _joined(*texts: str) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _observations(
    record: Record, year: int, period: Period, source: str, sources: SourceBook, catalogue: Catalogue
) -> list[Draft]:
    basis, note = record.text("figure_basis"), record.text("note")
    flags = (f"conflict:conference-{year}",) if "CONFLICT" in note else ()
    found = []
    for column, indicator, unit in COUNTS:
        value = record.number(column)
        qualifier = Qualifier.EQUAL
        if column != "countries":
            qualifier = record.one_of(f"{column}_qualifier", Qualifier, Qualifier.EQUAL)
        if value is None:
            continue
        if basis not in KINDS:
            record.problem("not_one_of", "figure_basis", given=basis, choices=", ".join(KINDS))
            continue
        draft = Draft(
            indicator=indicator, place=NETWORK, source=source, period=period, value=value, unit=unit,
            qualifier=qualifier, kind=KINDS[basis], method=basis, flags=flags, note=note, claim=CLAIM,
        )  # fmt: skip
        found.append(checked(graded(draft, sources, None), catalogue, record))
    return found
