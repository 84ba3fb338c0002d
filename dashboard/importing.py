"""An analyst's file into the store: table → mapping → preview → one batch in one unit of work.

What the page and the command line both do. Nothing is written before `commit`, and `commit` writes exactly
what the preview promised or nothing.
"""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Table
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.analysis.entry_checks import entry_checks
from dashboard.domain.activity import Activity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Actor
from dashboard.errors import InvalidDraftsError, InvalidFileError, StaleDraftError
from dashboard.i18n import Translator
from dashboard.intake.activity_rows import read_activities
from dashboard.intake.column_mapping import Mapping, apply_remembered, propose_mapping, sheet_of
from dashboard.intake.known import Known
from dashboard.intake.observation_rows import read_observations
from dashboard.intake.preview import (
    Before,
    Preview,
    Verdict,
    activity_text,
    preview_activities,
    preview_observations,
)
from dashboard.intake.table_file import LIMITS, TableFile, read_table
from dashboard.store import commands, queries
from dashboard.store.lifecycle import profile
from dashboard.store.queries import Scope
from dashboard.store.queries.locks import LockedSpans
from dashboard.store.queries.series_size import load_series_sizes
from dashboard.store.queries.standing_values import load_standing
from dashboard.store.work import unit_of_work

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Progress = Callable[[str, int, int], None]
"""Told now and then: the step (words under ``command.step``), how many are done, of how many."""

_STEP = 50_000
_MOST_COMPARED, _LONGEST_SERIES, _MOST_READ = 1_000, 20_000, 500_000
"""So many figures of a file are each compared with their own series (nobody answers more warnings), where
no series is longer, and no more values are looked at in all: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a commit did. Where nothing was new there is no batch, and the store is as it was."""

    batch: int | None
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def open_file(path: Path) -> TableFile:
    """The tables of a file on this machine. Raises `InvalidFileError`."""
    try:
        if path.stat().st_size > LIMITS.size:  # not read at all
            size, most = round(path.stat().st_size / 2**20, 1), round(LIMITS.size / 2**20, 1)
            raise InvalidFileError("import.file.too_large", name=path.name, size=size, most=most)
        content = path.read_bytes()
    except OSError as error:
        raise InvalidFileError("import.file.missing", name=str(path)) from error
    return read_table(content, path.name)


def load_known(connection: Connection) -> Known:
    """The definitions of the store that a file is read against."""
    scope = Scope()
    catalogue, places = queries.load_catalogue(connection, scope), queries.load_places(connection, scope)
    sources = queries.load_sources(connection, scope)
    return Known.of(catalogue, places, sources, profile(connection).home_place)


def propose(
    connection: Connection, file: TableFile, known: Known, email: str, kind: str = "", sheet: str = "",
    header_row: int | None = None,
) -> Mapping:  # fmt: skip
    """The mapping that the headings suggest, or the one remembered for them. Raises `InvalidFileError`."""
    proposed = propose_mapping(file, known, kind, sheet, header_row)
    remembered = queries.recall_mapping(connection, proposed.header_digest, email)
    return proposed if remembered is None else apply_remembered(proposed, remembered)


def preview(
    connection: Connection,
    file: TableFile,
    mapping: Mapping,
    known: Known,
    t: Translator,
    on_progress: Progress | None = None,
    today: date | None = None,
) -> Preview:
    """What a commit would do to the store as it stands; `t` is the language in which the file is read.

    Given the day, the figures that would be written are compared with their series (F30) and what is odd
    about them is among the warnings, unless there are too many; `compared` says which.
    Raises `InvalidDraftsError` with what the mapping leaves open.
    """
    if mapping.problems:
        raise InvalidDraftsError(mapping.problems)

    def told(done: int, total: int) -> None:
        if on_progress is not None:
            on_progress("rows", done, total)

    sheet = sheet_of(file, mapping)
    with _without_collecting():
        if mapping.kind == "activities":
            read = read_activities(sheet, mapping, known, t, told)
            return preview_activities(file, mapping, read, lambda keys: _activities(connection, keys))
        read = read_observations(sheet, mapping, known, t, told)
        told(len(read.read), len(read.read))
        hold = LockedSpans.load(connection).hold
        shown = preview_observations(file, mapping, read, lambda keys: _observations(connection, keys), hold)
    return shown if today is None else _compared(connection, shown, known, today)


def _compared(connection: Connection, shown: Preview, known: Known, today: date) -> Preview:
    sizes = load_series_sizes(connection, {draft.indicator for draft in shown.drafts[:_MOST_COMPARED]})
    lengths = [sizes.get((draft.indicator, draft.place), 0) for draft in shown.drafts[: _MOST_COMPARED + 1]]
    longest = max(lengths, default=0)
    if len(lengths) > _MOST_COMPARED or longest > _LONGEST_SERIES or sum(lengths) > _MOST_READ:
        return shown
    problems = list(shown.problems)
    frames: dict[tuple[str, str], Any] = {}
    for draft, row in zip(shown.drafts, shown.origins, strict=True):
        about = (draft.indicator, draft.place)
        if about not in frames:
            scope = Scope(submitted=True)
            frames[about] = queries.load_series(connection, scope, [draft.indicator], [draft.place])
        column = next(
            (
                column.name
                for column in shown.mapping.values
                if column.indicator in ("", draft.indicator) and column.period in (None, draft.period)
            ),
            "",
        )
        for found in entry_checks(draft, known.indicators[draft.indicator], frames[about], today):
            params = {"field": found.field, **found.params, "column": column}
            problems.append(Problem(found.code, found.field, row, found.severity, params))
    problems.sort(key=lambda p: (p.row or 0, str(p.params.get("column", ""))))
    return dataclasses.replace(shown, problems=tuple(problems), compared=True)


def commit(
    engine: Engine,
    actor: Actor,
    edge: str,
    shown: Preview,
    *,
    state: WorkflowState = WorkflowState.SUBMITTED,
    title: str = "",
    reason: str = "",
    remember: bool = True,
    on_progress: Progress | None = None,
) -> Imported:
    """Write what a preview showed: all of it in one batch called `title` (else as the file), or nothing.

    A file that says only what stands already writes nothing and opens no batch. Raises
    `InvalidDraftsError` with the problems of the preview, or for want of a reason (to answer warnings, F30,
    and to change what is public, F35), `StaleDraftError` where the store has moved since it was made,
    `PermissionDeniedError`.
    """
    if shown.errors:
        raise InvalidDraftsError(shown.errors)
    unchanged = shown.values.get(Verdict.UNCHANGED, 0)
    if not shown.drafts:
        return Imported(None, unchanged=unchanged)
    if not reason.strip():
        if shown.warnings:
            params = {"count": len(shown.warnings)}
            raise InvalidDraftsError([Problem("warnings_unanswered", "reason", params=params)])
        if state is WorkflowState.APPROVED and shown.changes:
            raise InvalidDraftsError([Problem("reason_required", "reason")])
    new = len(shown.drafts) - len(shown.changes)
    with _without_collecting(), unit_of_work(engine, actor, edge) as work:
        batch = commands.open_batch(
            work, (title.strip() or shown.file.name)[:200], shown.file.name[:255], shown.file.digest,
            rows_read=len(shown.rows),
            rows_loaded=shown.counts[Verdict.NEW] + shown.counts[Verdict.CHANGES],
        )  # fmt: skip
        step = "activities" if shown.mapping.kind == "activities" else "observations"
        done = changed = 0
        for part in _parts(_based(shown)):
            if shown.mapping.kind == "activities":
                recorded = commands.register(work, part, state=state, batch=batch, reason=reason)
            else:
                recorded = commands.record(work, part, state=state, batch=batch, reason=reason)
            done, changed = done + recorded.new, changed + recorded.changed
            if on_progress is not None:
                on_progress(step, done + changed, len(shown.drafts))
        if (done, changed) != (new, len(shown.changes)):
            raise StaleDraftError("import.moved")
        if remember:
            commands.remember_mapping(work, shown.mapping.header_digest, shown.mapping.to_json())
    return Imported(batch, new, changed, unchanged)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing made here is a cycle; Python's collector would walk all the drafts again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _based(shown: Preview) -> Sequence[Any]:
    """The drafts, each change based on the row that the preview showed as the old one."""
    if shown.mapping.kind == "activities" or not shown.changes:
        return shown.drafts
    before = {id(change.draft): change.before.id for change in shown.changes}
    return [
        dataclasses.replace(draft, based_on=before[id(draft)]) if id(draft) in before else draft
        for draft in shown.drafts
    ]


def _parts(drafts: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(drafts), _STEP):
        yield drafts[first : first + _STEP]


def _observations(connection: Connection, keys: Sequence[str]) -> Table[str, Before]:
    return {
        key: Before(s.id, s.content_digest, s.text if s.value is None else s.value, s.withdrawn)
        for key, s in load_standing(connection, keys).items()
    }


def _activities(connection: Connection, keys: Sequence[str]) -> Table[str, Before]:
    wanted = set(keys)
    found: Sequence[Activity] = queries.load_activities(connection, Scope(submitted=True))
    return {
        a.key: Before(0, "", activity_text(a), kept=(a.kind.value, a.place)) for a in found if a.key in wanted
    }
