"""What an import would do, row by row, before anything is written.

The rows of a file are held against what stands in the store. Nothing here writes; `dashboard.importing`
commits a preview whose problems are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from dashboard.domain.activity import Activity
from dashboard.domain.observation import Draft
from dashboard.domain.problem import Problem, errors_of
from dashboard.intake.column_mapping import Mapping
from dashboard.intake.mapped_cells import ReadRows
from dashboard.intake.table_file import TableFile


class Verdict(StrEnum):
    """What becomes of a row; of the values of one row the first in this order counts."""

    PROBLEM = "problem"
    CHANGES = "changes"
    NEW = "new"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Before:
    """What stands under a draft's key: its row in the store, its content, its value to be shown; of an
    activity also its kind and its place, which a key keeps."""

    id: int
    content_digest: str
    value: float | str | None = None
    withdrawn: bool = False
    kept: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Change:
    """A draft that takes the place of something: row, column (-1 for the whole row), new and old."""

    row: int
    column: int
    draft: Any
    before: Before


@dataclass(frozen=True)
class Preview:
    """The whole of it. `rows` are the verdicts by row number, in order; `drafts` are what would be written,
    new and changed, and `origins` their rows; `values` counts values (a row of a wide table has many).

    `left_out` are rows with errors that a person has chosen to leave out, `contradicted` those that another
    row says otherwise. `compared` says whether the figures were held against their own series."""

    file: TableFile
    mapping: Mapping
    rows: Table[int, Verdict]
    drafts: tuple[Any, ...]
    changes: tuple[Change, ...]
    values: Table[Verdict, int]
    problems: tuple[Problem, ...]
    styles: tuple[tuple[int, str], ...] = ()
    left_out: frozenset[int] = frozenset()
    origins: tuple[int, ...] = ()
    contradicted: frozenset[int] = frozenset()
    compared: bool = False

    def without_problem_rows(self) -> Preview:
        """The same where a person has said that the rows with errors are to be left out.

        Of rows that contradict each other none is written: nobody has said which one is right.
        """
        out = {problem.row for problem in self.errors if problem.row is not None}
        gone = out | self.contradicted
        kept = [draft for draft, row in zip(self.drafts, self.origins, strict=True) if row not in gone]
        changes = tuple(change for change in self.changes if change.row not in gone)
        values = Counter(self.values)
        values[Verdict.LEFT_OUT] += values.pop(Verdict.PROBLEM, 0) + len(self.drafts) - len(kept)
        values[Verdict.CHANGES] = len(changes)
        values[Verdict.NEW] = len(kept) - len(changes)
        return replace(
            self,
            rows={row: Verdict.LEFT_OUT if row in gone else verdict for row, verdict in self.rows.items()},
            drafts=tuple(kept), changes=changes, values={v: n for v, n in values.items() if n},
            left_out=frozenset(gone), contradicted=frozenset(),
            origins=tuple(row for row in self.origins if row not in gone),
        )  # fmt: skip

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many rows got each verdict."""
        counted = Counter(self.rows.values())
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def errors(self) -> list[Problem]:
        """What keeps the file from being written."""
        return [p for p in errors_of(list(self.problems)) if p.row not in self.left_out]

    @property
    def warnings(self) -> list[Problem]:
        """What must be answered with a comment before the file is written."""
        return [p for p in self.problems if p.severity == "warning" and p.row not in self.left_out]

    @property
    def changes_nothing(self) -> bool:
        """Whether the file says only what stands in the store already."""
        return not self.drafts and not self.errors


Existing = Callable[[Sequence[str]], Table[str, Before]]
Locked = Callable[[str, date | None], bool]


def preview_observations(
    file: TableFile, mapping: Mapping, read: ReadRows, existing: Existing, locked: Locked
) -> Preview:
    """The preview of drafts of observations. `existing` gives what stands under natural keys, `locked` says
    whether an indicator's period is closed on a day."""
    keys = [draft.natural_key for draft in read.drafts]
    closed: dict[Any, bool] = {}

    def refused(draft: Draft, _: Before | None) -> Problem | None:
        day = draft.period.end or draft.period.start
        at = (draft.indicator, day)
        if at not in closed:
            closed[at] = locked(draft.indicator, day)
        return Problem("period_locked", "period", params={"day": day}) if closed[at] else None

    return _preview(file, mapping, read, keys, existing(keys), _same_observation, refused)


def preview_activities(file: TableFile, mapping: Mapping, read: ReadRows, existing: Existing) -> Preview:
    """The preview of drafts of activities; `existing` gives what stands under their keys."""

    def refused(activity: Activity, before: Before | None) -> Problem | None:
        if before is None or before.kept == (activity.kind.value, activity.place):
            return None
        return Problem("key_of_another", "key", params={"given": activity.key})

    keys = [activity.key for activity in read.drafts]
    return _preview(file, mapping, read, keys, existing(keys), _same_activity, refused)


def _same_observation(draft: Draft, before: Before) -> bool:
    return not before.withdrawn and draft.content_digest == before.content_digest


def _same_activity(activity: Activity, before: Before) -> bool:
    return before.value == activity_text(activity)


def activity_text(activity: Activity) -> str:
    """Everything that an activity states; lists of codes have no order."""
    stated = []
    for name in Activity.__slots__:
        value = getattr(activity, name)
        stated.append(repr(sorted(value)) if isinstance(value, tuple) else repr(value))
    return "\x1f".join(stated)


def _preview(
    file: TableFile, mapping: Mapping, read: ReadRows, keys: Sequence[str], there: Table[str, Before],
    same: Callable[[Any, Before], bool], refused: Callable[[Any, Before | None], Problem | None],
) -> Preview:  # fmt: skip
    problems = list(read.problems)
    found: dict[int, Verdict] = {}
    values: Counter[Verdict] = Counter()
    changes, drafts, origins = [], [], []
    contradicted: set[int] = set()
    first: dict[str, int] = {}

    def judge(row: int, verdict: Verdict) -> None:
        values[verdict] += 1
        old = found.get(row)
        if old is None or _RANK[verdict] < _RANK[old]:
            found[row] = verdict

    for position, (draft, row, column, key) in enumerate(
        zip(read.drafts, read.rows, read.columns, keys, strict=True)
    ):
        earlier = first.setdefault(key, position)
        if earlier != position:
            if read.drafts[earlier] == draft:
                judge(row, Verdict.LEFT_OUT)
            else:
                given = {"first": str(read.rows[earlier]), "field": "row"}
                problems.append(Problem("repeated_in_file", "row", row, params=given))
                contradicted.add(read.rows[earlier])
                judge(row, Verdict.PROBLEM)
            continue
        before = there.get(key)
        problem = refused(draft, before)
        if before is not None and same(draft, before):
            judge(row, Verdict.UNCHANGED)
        elif problem is not None:
            params = {"field": problem.field, **problem.params}
            problems.append(Problem(problem.code, problem.field, row, params=params))
            judge(row, Verdict.PROBLEM)
        elif before is None:
            judge(row, Verdict.NEW)
            drafts.append(draft)
            origins.append(row)
        else:
            judge(row, Verdict.CHANGES)
            drafts.append(draft)
            origins.append(row)
            changes.append(Change(row, column, draft, before))
    for problem in read.problems:
        if problem.severity == "error" and problem.row is not None:
            judge(problem.row, Verdict.PROBLEM)
    for row in read.blank:
        judge(row, Verdict.LEFT_OUT)
    rows = {row: found.get(row, Verdict.LEFT_OUT) for row in read.read}
    problems.sort(key=lambda p: (p.row or 0, str(p.params.get("column", ""))))
    return Preview(
        file, mapping, rows, tuple(drafts), tuple(changes), dict(values), tuple(problems), read.styles,
        origins=tuple(origins), contradicted=frozenset(contradicted),
    )  # fmt: skip


_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}
