"""Recording observations: checked, appended, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from dashboard.domain.catalogue import Indicator
from dashboard.domain.observation import Draft, WorkflowState, check
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.review import PENDING
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.bulk import append, kept_day, kept_number
from dashboard.store.commands.carrying import carry_judgements
from dashboard.store.commands.rows import UNKNOWN, ids, insert_one, repeated, schema
from dashboard.store.queries.catalogue import load_catalogue
from dashboard.store.queries.scope import Scope
from dashboard.store.queries.standing_values import Standing, load_standing
from dashboard.store.work import UnitOfWork, digest

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording did: new facts, superseding values, and repetitions that changed nothing."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def open_batch(work: UnitOfWork, title: str, file_name: str = "", file_digest: str = "", *, rows_read: int,
               rows_loaded: int) -> int:  # fmt: skip
    """Start a batch: rows that were loaded together and can be undone together. Gives its id."""
    work.actor.require_somewhere(Permission.IMPORT)  # for which claims, `record` asks of each row
    return insert_one(
        work.connection, schema.batch, title=title, file_name=file_name, file_digest=file_digest,
        rows_read=rows_read, rows_loaded=rows_loaded, change_set_id=work.change_set_id,
    )  # fmt: skip


def record(
    work: UnitOfWork,
    drafts: Sequence[Draft],
    *,
    state: WorkflowState = WorkflowState.DRAFT,
    batch: int | None = None,
    reason: str = "",
) -> Recorded:
    """Append observations in `state`; the same key and content changes nothing, other content supersedes.

    Raises `InvalidDraftsError` with all problems of all drafts, `StaleDraftError` where a draft was
    begun on a value that has been superseded since, or on nothing where something stands now,
    `PermissionDeniedError`: what passes review is recorded by those who may record, every other state is a
    decision and an approver's. A row written as approved has its author as its approver, and is shown as
    approved by its own author (`ValueVersion.self_approved`).
    """
    permission = Permission.RECORD if state in PENDING else Permission.APPROVE
    work.actor.require_somewhere(permission)
    heads = _Heads(work, drafts)
    indicators = {i.code: i for i in load_catalogue(work.connection, Scope()).indicators}
    for code in {draft.indicator for draft in drafts}:  # a role may hold for one claim only (F79)
        work.actor.require(permission, indicators[code].claim if code in indicators else "")
    problems = _problems(drafts, indicators) + _locked(work, drafts)
    keys = [draft.natural_key for draft in drafts]
    before = load_standing(work.connection, keys)
    for key, draft in zip(keys, drafts, strict=True):
        there = before.get(key)
        if draft.based_on is not None and draft.based_on != (there.id if there is not None else 0):
            raise StaleDraftError(indicator=draft.indicator, place=draft.place)
    problems += repeated(keys) + heads.problems
    if any(problem.severity == "error" for problem in problems):
        raise InvalidDraftsError(problems)
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    contents, corrected = [], []
    with _Rows(work, drafts, heads, state, batch) as rows:
        for key, draft in zip(keys, drafts, strict=True):
            there, content = before.get(key), draft.content_digest
            if there is None:
                counts["new"] += 1
            elif there.content_digest == content and not there.withdrawn:
                counts["unchanged"] += 1
                continue
            else:
                counts["changed"] += 1
                corrected.append(key)
            contents.append(content)
            rows.add(draft, key, content, there)
        rows.write()
    if contents:
        work.note(
            "record", "observation", reason=reason,
            after=counts | {"state": state, "digest": digest("\n".join(contents))},
        )  # fmt: skip
        if state is WorkflowState.APPROVED:
            carry_judgements(work, corrected)
    return Recorded(**counts)


class _Heads:
    """The ids of what the drafts name, and a problem for each draft that names something unknown."""

    def __init__(self, work: UnitOfWork, drafts: Sequence[Draft]) -> None:
        self.ids: dict[str, dict[str, int | None]] = {}
        self.problems: list[Problem] = []
        for table, column in (
            (schema.indicator, "code"),
            (schema.place, "slug"),
            (schema.source, "key"),
            (schema.claim, "slug"),
        ):
            given = list(map(attrgetter(table.name), drafts))
            wanted = set(given)
            found: dict[str, int | None] = {"": None, **ids(work.connection, table, column, wanted)}
            self.ids[table.name] = found
            if wanted <= found.keys():
                continue
            self.problems += [
                Problem(UNKNOWN[table.name], table.name, position, params={"given": name})
                for position, name in enumerate(given, start=1)
                if name not in found
            ]


_ALWAYS = (
    "natural_key", "content_digest", "sequence", "supersedes_id", "indicator_id", "place_id", "source_id",
    "claim_id", "period_start", "period_end", "period_precision", "value", "qualifier", "unit", "kind",
    "status", "state", "batch_id", "change_set_id",
)  # fmt: skip
_NUMBERS = ("low", "high", "numerator", "denominator")
_WORDS = (
    "text", "text_language", "currency", "disaggregation", "boundary", "method", "method_version", "note",
    "confidence_reason", "attribution_reason",
)  # fmt: skip
_CODES = ("missing_reason", "confidence", "attribution")


class _Rows:
    """The rows to be appended. Columns in which no draft states anything are left to their defaults.

    Many rows are written by a second thread while the next are made: the driver lets go of Python while the
    database works. Nobody else uses the connection meanwhile, and leaving the context waits for the thread.
    """

    def __init__(
        self, work: UnitOfWork, drafts: Sequence[Draft], heads: _Heads, state: WorkflowState,
        batch: int | None,
    ) -> None:  # fmt: skip
        self._connection = work.connection
        self._ids = heads.ids
        self._last = (state.value, batch, work.change_set_id)
        self._numbers = [n for n in _NUMBERS if any(d is not None for d in map(attrgetter(n), drafts))]
        words = [name for name in _WORDS if any(map(attrgetter(name), drafts))]
        self._words = attrgetter("unit", "unit", *words)  # of one name alone it gives no tuple
        codes = [name for name in _CODES if any(map(attrgetter(name), drafts))]
        self._codes = attrgetter("kind", "kind", *codes)
        self._flags = any(map(attrgetter("flags"), drafts))
        self._retrieved = any(map(attrgetter("retrieved"), drafts))
        self._columns = [*_ALWAYS, *self._numbers, *words, *codes]
        self._columns += ["flags"] * self._flags + ["retrieved"] * self._retrieved
        self._periods: dict[int, tuple[Any, ...]] = {}
        self._days: dict[date | None, date | str | None] = {}
        self._coded = bool(codes)
        self._rows: list[tuple[Any, ...]] = []
        self._pool: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None

    def __enter__(self) -> _Rows:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def add(self, draft: Draft, key: str, content: str, before: Standing | None) -> None:
        known = self._ids
        period = self._periods.get(id(draft.period)) or self._kept(draft.period)
        row = (
            key, content,
            1 if before is None else before.sequence + 1, None if before is None else before.id,
            known["indicator"][draft.indicator], known["place"][draft.place], known["source"][draft.source],
            known["claim"][draft.claim], *period, kept_number(draft.value), draft.qualifier._value_,
            draft.unit, draft.kind._value_, draft.status._value_, *self._last,
        )  # fmt: skip
        if self._numbers:
            row += tuple(kept_number(getattr(draft, name)) for name in self._numbers)
        row += self._words(draft)[2:]
        if self._coded:
            row += tuple([code._value_ if code else "" for code in self._codes(draft)[2:]])
        if self._flags:
            row += (";".join(draft.flags),)
        if self._retrieved:
            row += (self._day(draft.retrieved),)
        self._rows.append(row)
        if len(self._rows) == _AT_ONCE:
            self._wait()
            self._pool = self._pool or ThreadPoolExecutor(1)
            self._writing = self._pool.submit(self._append, self._rows)
            self._rows = []

    def write(self) -> None:
        """Write what is left, after everything before it."""
        self._wait()
        self._append(self._rows)
        self._rows = []

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()
            self._writing = None

    def _append(self, rows: list[tuple[Any, ...]]) -> None:
        append(self._connection, schema.observation, self._columns, rows)

    def _day(self, day: date | None) -> date | str | None:
        """A day as the driver keeps it; the rows of a file name few."""
        if day not in self._days:
            self._days[day] = kept_day(self._connection, day)
        return self._days[day]

    def _kept(self, period: Period) -> tuple[Any, ...]:
        """The columns of a period; drafts of one file share their periods, which live as long as they do."""
        start, end = self._day(period.start), self._day(period.end)
        kept = self._periods[id(period)] = (start, end, period.precision.value)
        return kept


def _problems(drafts: Sequence[Draft], indicators: Mapping[str, Indicator]) -> list[Problem]:
    problems = []
    for position, draft in enumerate(drafts, start=1):
        indicator = indicators.get(draft.indicator)
        if indicator is not None:
            problems += [problem.at(position) for problem in check(draft, indicator)]
    return problems


def _locked(work: UnitOfWork, drafts: Sequence[Draft]) -> list[Problem]:
    """Problems of drafts whose period is locked; the latest lock row of a span decides."""
    lock, head = schema.period_lock, schema.indicator
    rows = work.connection.execute(
        select(lock, head.c.code).outerjoin(head, head.c.id == lock.c.indicator_id).order_by(lock.c.id)
    ).all()
    if not rows:
        return []
    state: dict[tuple[str | None, date, date], bool] = {}
    for row in rows:
        state[(row.code, row.period_start, row.period_end)] = row.locked
    problems = []
    for position, draft in enumerate(drafts, start=1):
        day = draft.period.end or draft.period.start
        for (code, start, end), locked in state.items():
            if locked and day and code in (None, draft.indicator) and start <= day <= end:
                problems.append(Problem("period_locked", "period", position, params={"day": day}))
                break
    return problems
