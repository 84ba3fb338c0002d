"""A data set into the store: one unit of work, and an account of every row that was read.

The account is not what the commands say they did. The store is read before and after, inside the same
transaction, and each row of each file is looked up by the keys of what it became. A row that cannot be
found again undoes the whole load. What a person changed since the files were loaded stays as that person
left it, and is told (`store.commands.file_loads`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import Annotation, Catalogue, Designation, Place, Source
from dashboard.domain.observation import Draft, ObservationKind, WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem, errors_of
from dashboard.domain.promise import Promise
from dashboard.domain.roles import Actor
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError
from dashboard.intake.dataset import DataSet
from dashboard.intake.prices import FILE as PRICES
from dashboard.intake.promises import FILE as PROMISES
from dashboard.intake.reconciliation import DraftKind, FileReconciliation, Reconciliation, RowFate
from dashboard.intake.report_sections import FILE as REPORT_SECTIONS
from dashboard.store import commands, queries
from dashboard.store.commands.bands import define_bands
from dashboard.store.commands.file_loads import FileLoad, Kept
from dashboard.store.commands.follow_ups import load_answers
from dashboard.store.commands.promises import define_promises
from dashboard.store.commands.report_sections import begin_sections
from dashboard.store.queries import Scope
from dashboard.store.work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Progress = Callable[[str, int, int], None]
"""Told after each step: its name (words under ``command.step``), how many are done, of how many."""

Standing = dict[tuple[DraftKind, str], Any]
"""What the store holds, by kind and key; the value differs whenever what is stated differs."""

OWN_STATEMENT = Source(
    key="set-up",
    title="Byens egen oplysning ved opsætningen / Stated by the city when the dashboard was set up",
    interested_party=True,
)
"""The source of a designation date given with ``init --designated``."""

FROM_CATALOGUE = "Kataloget, som det blev indlæst / The catalogue as it was loaded"
"""The reason of limits of colours that a catalogue's files state: they carry none of their own."""

APPROVED = WorkflowState.APPROVED


@dataclass(frozen=True, slots=True)
class FileLoaded:
    """The rows of one file: `loaded` were written now, `unchanged` stood in the store already."""

    file: str
    read: int
    loaded: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class KeptName:
    """One thing that a person changed and that the load left alone: its kind (words under
    ``command.step``), what it is called, and whether its file says something new as well."""

    kind: str
    name: Text
    file_changed: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """The account of one load, file by file; `read` = `loaded` + `unchanged`, always."""

    files: tuple[FileLoaded, ...]
    kept: tuple[KeptName, ...] = ()

    @property
    def total(self) -> FileLoaded:
        return FileLoaded(
            "",
            sum(file.read for file in self.files),
            sum(file.loaded for file in self.files),
            sum(file.unchanged for file in self.files),
        )


def load(
    engine: Engine,
    catalogue: Catalogue,
    dataset: DataSet,
    actor: Actor,
    edge: str,
    on_progress: Progress | None = None,
) -> Loaded:
    """Load all of it, approved, or nothing. Loading the same again changes nothing, and nothing is written
    over what a person has changed.

    Raises `InvalidDraftsError` with every problem of the catalogue and the data set, or of the rows that
    did not arrive; `MixedStoreError` when invented data meets the real store, or the reverse.
    """
    problems = errors_of([*catalogue.problems, *dataset.problems])
    if problems:
        raise InvalidDraftsError(problems)
    steps = _Steps(catalogue, dataset, on_progress)
    kind = "demonstration" if dataset.invented else "real"
    with unit_of_work(engine, actor, edge, store_kind=kind) as work:
        before = standing(work.connection)
        file_load = FileLoad(work)
        defined = _define(work, file_load, catalogue, dataset, steps)
        judged = _judge(work, file_load, dataset, steps)
        _record(work, file_load, dataset, before, steps)
        load_answers(work, file_load.open_to("follow_ups", dataset.follow_ups))
        steps.done("follow_ups", dataset.follow_ups)
        judged += commands.prefer(work, file_load.preferences(dataset.preferences))
        steps.done("preferences", dataset.preferences)
        judged += commands.link_evidence(work, dataset.evidence)
        steps.done("evidence", dataset.evidence)
        promised = define_promises(work, file_load.open_to("promises", dataset.promises))
        steps.done("promises", dataset.promises)
        begun = begin_sections(work, dataset.report_sections)
        steps.done("report_sections", dataset.report_sections)
        fresh = commands.examine_price_tables(work.connection, dataset.price_tables)[0]
        commands.define_price_tables(work, dataset.price_tables, PRICES)
        after = standing(work.connection)
        kept = file_load.kept
        missing = [problem for file in dataset.rows.files for problem in _missing(file, after, kept)]
        if missing:
            raise InvalidDraftsError(missing)
        file_load.finish()
    files = [*defined, *(_account(file, before, after) for file in dataset.rows.files)]
    if judgements := _judgements(dataset):
        files.append(FileLoaded("judgements.toml", judgements, judged, judgements - judged))
    if count := len(dataset.promises):
        files.append(FileLoaded(PROMISES, count, promised, count - promised))
    if count := len(dataset.report_sections):
        files.append(FileLoaded(REPORT_SECTIONS, count, begun, count - begun))
    if count := sum(len(table.rates) for table in dataset.price_tables):
        new = sum(len(table.rates) for table in fresh)
        files.append(FileLoaded(PRICES, count, new, count - new))
    return Loaded(tuple(files), tuple(_told(one, catalogue, dataset) for one in kept))


def _told(kept: Kept, catalogue: Catalogue, dataset: DataSet) -> KeptName:
    """A place with a day of the city's own is not what the file says, so the file cannot be compared."""
    own = isinstance(kept.item, Place) and any(d.source == OWN_STATEMENT.key for d in kept.item.designations)
    return KeptName(kept.kind, _name(kept.item, catalogue, dataset), kept.file_changed and not own)


def _name(item: Any, catalogue: Catalogue, dataset: DataSet) -> Text:
    """What a kept thing is called: its own name, else that of what it is about."""
    item = item[0] if isinstance(item, tuple) else item  # limits of colours come with their reason
    own = [getattr(item, field, None) for field in ("name", "title")]
    own += [item.text] if isinstance(item, Annotation | Promise) else []
    indicator = catalogue.indicator(getattr(item, "indicator", ""))
    place = dataset.place(getattr(item, "place", ""))
    about = getattr(item, "subject", "").partition(":")[2]
    record = next((a for a in dataset.activities if a.key == getattr(item, "activity", "")), None)
    own += [record.title] if record else []
    thing = indicator or place or catalogue.claim(about) or catalogue.indicator(about)
    return next((text for text in own if isinstance(text, Text)), thing.name if thing else Text(about, about))


def state_designation(engine: Engine, home: Place, actor: Actor, edge: str) -> None:
    """Write the day that `home` states of itself where a person wrote last about that place.

    The load leaves such a place alone; the day is a person's word as well, so that no later load takes
    either of the two away.
    """
    own = [d for d in home.designations if d.source == OWN_STATEMENT.key]
    with unit_of_work(engine, actor, edge) as work:
        there = queries.load_places(work.connection, Scope(), [home.slug]).get(home.slug)
        if there is None or not own or FileLoad(work).open_to("places", [home]):
            return
        stated = [(d.day, d.precision) for d in there.designations if d.source == OWN_STATEMENT.key]
        if stated != [(own[0].day, own[0].precision)]:
            commands.define_sources(work, [OWN_STATEMENT])
            commands.define_places(work, [designated(there, own[0].day, own[0].precision)])


def designated(place: Place, day: date, precision: Precision) -> Place:
    """The place with one announced designation, the city's own statement (`OWN_STATEMENT`)."""
    kept = tuple(d for d in place.designations if d.event != "announced")
    return dataclasses.replace(place, designations=(*kept, Designation(day, precision, OWN_STATEMENT.key)))


def with_home(dataset: DataSet, home: Place) -> DataSet:
    """The data set of another city: `home` stands in for the place of its slug.

    Rows that stated a designation which `home` replaces are no longer accountable for it.
    """
    places = tuple(home if place.slug == home.slug else place for place in dataset.places)
    stated = {_designation_key(home.slug, d) for d in home.designations}
    begins = f"{home.slug}/"

    def kept(row: RowFate) -> RowFate:
        became = tuple(
            b for b in row.became
            if b.kind is not DraftKind.DESIGNATION or not b.key.startswith(begins) or b.key in stated
        )  # fmt: skip
        return dataclasses.replace(row, became=became)

    files = tuple(
        dataclasses.replace(file, rows=tuple(kept(row) for row in file.rows)) for file in dataset.rows.files
    )
    own = any(d.source == OWN_STATEMENT.key for d in home.designations)
    sources = (*dataset.sources, OWN_STATEMENT) if own else dataset.sources
    return dataclasses.replace(
        dataset, home_place=home.slug, places=places, sources=sources, rows=Reconciliation(files)
    )


class _Steps:
    """Counts what is done and tells of it."""

    def __init__(self, catalogue: Catalogue, dataset: DataSet, on_progress: Progress | None) -> None:
        self._tell = on_progress
        self._done = 0
        self._total = (
            len(catalogue.claims) + len(catalogue.indicators) + len(catalogue.bands) + len(dataset.sources)
            + len(dataset.vocabulary) + len(dataset.places) + len(dataset.populations) + _judgements(dataset)
            + len(dataset.activities) + len(dataset.observations) + len(dataset.promises)
            + len(dataset.report_sections)
            + len(dataset.follow_ups)
        )  # fmt: skip

    def done(self, step: str, items: Sequence[object]) -> None:
        self._done += len(items)
        if self._tell is not None and items:
            self._tell(step, self._done, self._total)


def _define(
    work: UnitOfWork, file_load: FileLoad, catalogue: Catalogue, dataset: DataSet, steps: _Steps
) -> list[FileLoaded]:
    """What figures are about, in the order in which one names another; the account of the catalogue."""
    commands.define_sources(work, dataset.sources)
    steps.done("sources", dataset.sources)
    commands.define_vocabulary(work, dataset.vocabulary)
    steps.done("vocabulary", dataset.vocabulary)
    commands.define_places(work, file_load.open_to("places", dataset.places))
    steps.done("places", dataset.places)
    commands.define_populations(work, file_load.open_to("populations", dataset.populations))
    steps.done("populations", dataset.populations)
    claims = commands.define_claims(work, file_load.open_to("claims", catalogue.claims))
    steps.done("claims", catalogue.claims)
    indicators = commands.define_indicators(work, file_load.open_to("indicators", catalogue.indicators))
    steps.done("indicators", catalogue.indicators)
    judged = {bands.indicator for bands, _ in dataset.bands}  # the city's own come with their reason
    stated = [(bands, FROM_CATALOGUE) for bands in catalogue.bands if bands.indicator not in judged]
    define_bands(work, file_load.open_to("bands", stated))
    steps.done("bands", stated)
    return [
        FileLoaded(file, len(items), written, len(items) - written)
        for file, items, written in (
            ("claims.toml", catalogue.claims, claims),
            ("indicators/*.toml", catalogue.indicators, indicators),
        )
    ]


def _judge(work: UnitOfWork, file_load: FileLoad, dataset: DataSet, steps: _Steps) -> int:
    """What people decided about the figures; gives how many were new or changed."""
    written = commands.set_baselines(work, file_load.open_to("baselines", dataset.baselines))
    steps.done("baselines", dataset.baselines)
    written += commands.set_targets(work, file_load.open_to("targets", dataset.targets))
    steps.done("targets", dataset.targets)
    written += commands.annotate(work, file_load.open_to("annotations", dataset.annotations))
    steps.done("annotations", dataset.annotations)
    written += commands.mark_breaks(work, dataset.series_breaks)
    steps.done("series_breaks", dataset.series_breaks)
    notes = file_load.open_to("comparability_notes", dataset.comparability_notes)
    written += commands.note_comparability(work, notes)
    steps.done("comparability_notes", dataset.comparability_notes)
    answers = file_load.open_to("comparability_answers", dataset.comparability_answers)
    written += commands.answer_comparability(work, answers)
    steps.done("comparability_answers", dataset.comparability_answers)
    written += commands.narrate(work, file_load.open_to("narratives", dataset.narratives))
    steps.done("narratives", dataset.narratives)
    written += define_bands(work, file_load.open_to("bands", dataset.bands))
    steps.done("bands", dataset.bands)
    return written


def _judgements(dataset: DataSet) -> int:
    groups: Iterable[Sequence[object]] = (
        dataset.baselines, dataset.targets, dataset.annotations, dataset.series_breaks,
        dataset.comparability_notes, dataset.narratives, dataset.preferences, dataset.evidence,
        dataset.bands, dataset.comparability_answers,
    )  # fmt: skip
    return sum(len(group) for group in groups)


def _record(work: UnitOfWork, file_load: FileLoad, dataset: DataSet, before: Standing, steps: _Steps) -> None:
    """The register and the observations, one batch a file, so that a file can be undone as one."""
    activities = {a.key: a for a in file_load.open_to("activities", dataset.activities)}
    drafts = {draft.natural_key: draft for draft in file_load.observations(dataset.observations)}
    for file in dataset.rows.files:
        own = [activities.pop(key) for key in file.keys(DraftKind.ACTIVITY) if key in activities]
        figures = [drafts.pop(key) for key in file.keys(DraftKind.OBSERVATION) if key in drafts]
        fresh = {(DraftKind.ACTIVITY, a.key) for a in own if not _repeated(a, before)}
        fresh |= {(DraftKind.OBSERVATION, d.natural_key) for d in figures if not _repeated(d, before)}
        batch = _open_batch(work, dataset, file, fresh) if fresh else None
        commands.register(work, own, state=APPROVED, batch=batch)
        steps.done("activities", own)
        commands.record(work, figures, state=APPROVED, batch=batch)
        steps.done("observations", figures)


def _repeated(item: Activity | Draft, before: Standing) -> bool:
    """Whether the store holds it with the same figures: a repetition opens no batch."""
    if isinstance(item, Activity):
        there = before.get((DraftKind.ACTIVITY, item.key))
        return there is not None and _unordered(there) == _unordered(item)
    found = before.get((DraftKind.OBSERVATION, item.natural_key))
    return found is not None and found[1] == item.value


def _unordered(activity: Activity) -> dict[str, Any]:
    stated = {field.name: getattr(activity, field.name) for field in dataclasses.fields(activity)}
    return {name: sorted(value) if isinstance(value, tuple) else value for name, value in stated.items()}


def _open_batch(
    work: UnitOfWork, dataset: DataSet, file: FileReconciliation, fresh: set[tuple[DraftKind, str]]
) -> int:
    loaded = sum(1 for row in file.rows if any((b.kind, b.key) in fresh for b in row.became))
    title = dataset.title.da or dataset.title.en or file.file
    return commands.open_batch(work, title, file.file, rows_read=file.read, rows_loaded=loaded)


# -- what stands in the store ----------------------------------------------------------------------

_KEY_COLUMNS = (
    "observation", "value", "indicator", "place", "source", "period_start", "period_end", "precision",
    "kind", "disaggregation", "boundary", "method",
)  # fmt: skip


def standing(connection: Connection) -> Standing:
    """Everything approved that the store holds now, under the keys of the drafts that rows became."""
    scope = Scope()
    there: Standing = {
        (DraftKind.SOURCE, key): source for key, source in queries.load_sources(connection, scope).items()
    }
    places = queries.load_places(connection, scope)
    for slug, place in places.items():
        there[DraftKind.PLACE, slug] = place.version
        for designation in place.designations:
            there[DraftKind.DESIGNATION, _designation_key(slug, designation)] = designation
        for member in place.fields:
            there[DraftKind.FIELD, f"{slug}/{member.field}"] = member
    for population in queries.load_populations(connection, scope, places):
        there[DraftKind.POPULATION, population.natural_key] = population
    for activity in queries.load_activities(connection, scope):
        there[DraftKind.ACTIVITY, activity.key] = activity
    for answer in queries.load_follow_ups(connection, scope):
        there[DraftKind.FOLLOW_UP, f"{answer.activity}/{answer.months}"] = answer
    for code in queries.load_vocabulary(connection, scope, "culture2030"):
        there[DraftKind.VOCABULARY_CODE, code.code] = code
    frame = queries.load_series(connection, scope)
    for id_, value, indicator, place, source, start, end, precision, kind, *rest in zip(
        *(frame[name].tolist() for name in _KEY_COLUMNS), strict=True
    ):
        first, last = (None if day is pd.NaT else day.date() for day in (start, end))
        period = Period(first, last, Precision(precision))
        key = Draft(
            indicator, place, source, period, kind=ObservationKind(kind),
            disaggregation=rest[0], boundary=rest[1], method=rest[2],
        ).natural_key  # fmt: skip
        there[DraftKind.OBSERVATION, key] = id_, None if pd.isna(value) else value
    return there


def _designation_key(slug: str, designation: Designation) -> str:
    return f"{slug}/{designation.day}/{designation.precision}/{designation.source}"


_KEPT_AS = {
    "places": DraftKind.PLACE, "activities": DraftKind.ACTIVITY, "observations": DraftKind.OBSERVATION,
}  # fmt: skip
_OF_A_PLACE = (DraftKind.DESIGNATION, DraftKind.FIELD)


def _kept_key(item: Place | Activity | Draft) -> str:
    if isinstance(item, Draft):
        return item.natural_key
    return item.slug if isinstance(item, Place) else item.key


def _account(file: FileReconciliation, before: Standing, after: Standing) -> FileLoaded:
    """A row is unchanged when all that it became stood there before, and says the same."""
    keys = [[(b.kind, b.key) for b in row.became] for row in file.rows]
    unchanged = sum(1 for row in keys if all(key in before and before[key] == after[key] for key in row))
    return FileLoaded(file.file, file.read, file.read - unchanged, unchanged)


def _missing(file: FileReconciliation, after: Standing, kept: Sequence[Kept]) -> Iterable[Problem]:
    """A problem for each row of which something did not arrive; what a person took away is not missed."""
    gone = {(_KEPT_AS[k.kind], _kept_key(k.item)) for k in kept if k.kind in _KEPT_AS}
    places = {key for kind, key in gone if kind is DraftKind.PLACE}
    for row in file.rows:
        absent = [
            b.key for b in row.became
            if (b.kind, b.key) not in after and (b.kind, b.key) not in gone
            and not (b.kind in _OF_A_PLACE and b.key.partition("/")[0] in places)
        ]  # fmt: skip
        if absent or not row.became:
            params = {"file": file.file, "given": ", ".join(absent)}
            yield Problem("row_without_draft", row=row.row, params=params)
