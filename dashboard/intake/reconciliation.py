"""What became of every row that was read: nothing is skipped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.problem import Problem
from dashboard.intake.record import located


class DraftKind(StrEnum):
    """The sorts of draft that a row can become."""

    PLACE = "place"
    DESIGNATION = "designation"
    FIELD = "field"
    POPULATION = "population"
    SOURCE = "source"
    OBSERVATION = "observation"
    ACTIVITY = "activity"
    FOLLOW_UP = "follow_up"
    VOCABULARY_CODE = "vocabulary_code"


@dataclass(frozen=True, slots=True)
class Became:
    """One draft that a row led to, by its key: a slug, a natural key, an activity's key, a code."""

    kind: DraftKind
    key: str


@dataclass(frozen=True, slots=True)
class RowFate:
    """A 1-based data row and the drafts it became; a row may share a draft with other rows."""

    row: int
    became: tuple[Became, ...]


@dataclass(frozen=True, slots=True)
class FileReconciliation:
    """The rows of one file; `unread` are those that broke before they could become anything."""

    file: str
    rows: tuple[RowFate, ...]
    unread: int = 0

    @property
    def read(self) -> int:
        return len(self.rows) + self.unread

    @property
    def drafted(self) -> int:
        """How many rows became at least one draft."""
        return sum(1 for row in self.rows if row.became)

    @property
    def drafts(self) -> dict[DraftKind, int]:
        """How many different drafts of each kind the file led to."""
        return dict(Counter(kind for kind, _ in {(b.kind, b.key) for r in self.rows for b in r.became}))

    def keys(self, kind: DraftKind) -> tuple[str, ...]:
        """The keys of one kind, in the order of the rows, each once."""
        return tuple(dict.fromkeys(b.key for r in self.rows for b in r.became if b.kind is kind))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    files: tuple[FileReconciliation, ...] = ()

    def of(self, file: str) -> FileReconciliation | None:
        return next((f for f in self.files if f.file == file), None)

    @property
    def read(self) -> int:
        return sum(file.read for file in self.files)

    @property
    def drafted(self) -> int:
        return sum(file.drafted for file in self.files)

    @property
    def complete(self) -> bool:
        return self.read == self.drafted


NOTHING_READ = Reconciliation()


def reconcile(file: str, rows: Iterable[RowFate], problems: list[Problem]) -> FileReconciliation:
    """The account of one file; a row that became nothing is a problem, and so is one that could not be read.

    `problems` are those found so far: rows of the wrong length among them never reached a reader.
    """
    rows = tuple(rows)
    for fate in rows:
        if not fate.became:
            problems.append(located(Problem("row_without_draft"), file, fate.row))
    unread = sum(1 for p in problems if p.code == "row_length" and p.params.get("file") == file)
    return FileReconciliation(file, rows, unread)
