"""What a repeated load of files may write: never over what a person has changed since.

A load notes itself in the audit trail. What was written last by a load is the files' own, and a changed
file writes a new version of it; what somebody else wrote last is theirs and stays, whatever the files say.
Each such thing is told (`Kept`), and whether its file, too, says something new since it was last loaded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select

from dashboard.domain.evidence import Preference
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.review import head
from dashboard.store.commands.bands import digest_of
from dashboard.store.commands.comparability import answer_digest
from dashboard.store.commands.rows import chunks, ids, schema
from dashboard.store.queries.families import PART, Member, load_families
from dashboard.store.queries.standing_values import load_standing
from dashboard.store.work import UnitOfWork, digest

Item = TypeVar("Item")
LOAD = "load_files"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing of the files that stays as a person changed it. `kind` names its table in the plural;
    `file_changed` says that the file no longer says what it said when it was last loaded."""

    kind: str
    item: Any
    file_changed: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the versions of one kind are read: the newest last; `key` and `said` of a thing as of a row."""

    versions: Callable[[], Select[Any]]
    row_key: Callable[[Any], Any]
    row_said: Callable[[Any], Any]
    key: Callable[[Any], Any]
    said: Callable[[Any], Any]


class FileLoad:
    """One load. Each group of things passes `open_to`, which gives those that the load may write."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        change = schema.change
        by_older_product = and_(change.c.command == "define_indicators", change.c.reason == "")
        rows = work.connection.execute(
            select(change.c.change_set_id).where(or_(change.c.command == LOAD, by_older_product))
        )  # a person never changes an indicator without a reason
        self._loads = {*rows.scalars(), work.change_set_id}
        self.kept: list[Kept] = []

    def finish(self) -> None:
        """Note the load in the audit trail where it wrote anything, so that the next one knows its rows."""
        if self._work.changed:
            kept = sorted({one.kind for one in self.kept})
            self._work.note(LOAD, "files", after={"kept": len(self.kept), "kinds": kept})

    def open_to(self, kind: str, items: Sequence[Item]) -> list[Item]:
        """Those of the files' things of a kind (a key of `_KINDS`) that no person wrote last."""
        how = _KINDS[kind]
        newest: dict[Any, Any] = {}
        loaded: dict[Any, Any] = {}
        for row in self._work.connection.execute(how.versions()):
            key = how.row_key(row)
            newest[key] = row
            if row.change_set_id in self._loads:
                loaded[key] = how.row_said(row)
        found = []
        for item in items:
            key, said = how.key(item), how.said(item)
            last = newest.get(key)
            if last is None or last.change_set_id in self._loads or how.row_said(last) == said:
                found.append(item)
            else:
                self.kept.append(Kept(kind, item, loaded.get(key, said) != said))
        return found

    def observations(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The same for values: also one that a person took back, or has proposed to change, is theirs."""
        there = load_standing(self._work.connection, [draft.natural_key for draft in drafts])
        differ = [
            draft.natural_key for draft in drafts
            if (row := there.get(draft.natural_key)) is not None
            and (row.withdrawn or row.content_digest != draft.content_digest)
        ]  # fmt: skip
        families: dict[str, tuple[Member, ...]] = {}
        for keys in chunks(differ, PART):
            families |= load_families(self._work.connection, keys)
        found = []
        for draft in drafts:
            family = families.get(draft.natural_key)
            if family is None or self._may_write(draft, family):
                found.append(draft)
        return found

    def _may_write(self, draft: Draft, family: Sequence[Member]) -> bool:
        standing = head([member.version for member in family])
        if standing is None:
            return True
        member = next(one for one in family if one.id == standing.id)
        last = member.decisions[-1] if member.decisions else member.row
        same = member.row.content_digest == draft.content_digest
        if same and member.state is not WorkflowState.WITHDRAWN:
            return False  # only a draft that was taken back stands above it: there is nothing to say again
        if last.change_set_id in self._loads:
            return True
        loaded = [one.row.content_digest for one in family if one.row.change_set_id in self._loads]
        file_changed = bool(loaded) and loaded[-1] != draft.content_digest
        self.kept.append(Kept("observations", draft, file_changed))
        return False

    def preferences(self, preferences: Sequence[Preference]) -> list[Preference]:
        """The same for choices between rivals: a later choice of a person's stands."""
        return [preference for preference in preferences if not self._chosen_by_person(preference)]

    def _chosen_by_person(self, preference: Preference) -> bool:
        connection, o, chosen = self._work.connection, schema.observation, schema.observation_preference
        names = (
            (schema.indicator, "code", preference.indicator), (schema.place, "slug", preference.place),
            (schema.source, "key", preference.source),
        )  # fmt: skip
        indicator, place, source = (
            ids(connection, table, column, [name]).get(name) for table, column, name in names
        )
        rows = connection.execute(
            select(chosen.c.preferred, chosen.c.change_set_id, o.c.source_id)
            .join(o, o.c.id == chosen.c.observation_id)
            .where(
                o.c.indicator_id == indicator, o.c.place_id == place,
                o.c.period_start.is_not_distinct_from(preference.period.start),
                o.c.period_end.is_not_distinct_from(preference.period.end),
            )
            .order_by(chosen.c.id)
        ).all()  # fmt: skip
        by_persons = [row for row in rows if row.change_set_id not in self._loads]
        if not by_persons or any(r.preferred and r.source_id == source for r in by_persons[-1:]):
            return False
        self.kept.append(Kept("preferences", preference, file_changed=False))
        return True


def _versions(table: Any, heads: Sequence[tuple[Any, str]], *own: str, counter: str = "version") -> Any:
    """All versions, oldest first: `key_0` and on are the names of the heads, then columns of the table."""

    def query() -> Select[Any]:
        names: list[ColumnElement[Any]] = [
            head_table.c[column].label(f"key_{position}")
            for position, (head_table, column) in enumerate(heads)
        ]
        columns = [*names, *(table.c[name] for name in own), table.c.change_set_id]
        joined = table
        for head_table, _ in heads:
            if head_table is not table:
                joined = joined.join(head_table, head_table.c.id == table.c[f"{head_table.name}_id"])
        return select(*columns).select_from(joined).order_by(table.c[counter], table.c.id)

    return query


def _key(*names: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda thing: tuple(getattr(thing, name) for name in names)


def _unversioned(item: Any) -> str:
    return digest(dataclasses.replace(item, version=0))


def _digest(row: Any) -> Any:
    return row.content_digest


_OF = (schema.indicator, "code"), (schema.place, "slug")
_TWO = _key("key_0", "key_1")
_KINDS: dict[str, _Kind] = {
    "claims": _Kind(
        _versions(schema.claim_version, [(schema.claim, "slug")], "content_digest"),
        _key("key_0"), _digest, _key("id"), digest,
    ),
    "indicators": _Kind(
        _versions(schema.indicator_version, [(schema.indicator, "code")], "content_digest"),
        _key("key_0"), _digest, _key("code"), _unversioned,
    ),
    "places": _Kind(
        _versions(schema.place_version, [(schema.place, "slug")], "content_digest"),
        _key("key_0"), _digest, _key("slug"), _unversioned,
    ),
    "populations": _Kind(
        _versions(schema.population, [], "natural_key", "value", "qualifier", counter="sequence"),
        _key("natural_key"), lambda row: (row.value, row.qualifier),
        _key("natural_key"), lambda item: (item.value, item.qualifier),
    ),
    "bands": _Kind(
        _versions(schema.band, [(schema.indicator, "code")], "content_digest"),
        _key("key_0"), _digest, lambda item: (item[0].indicator,),
        lambda item: digest_of(item[0], item[0].indicator),
    ),
    "baselines": _Kind(
        _versions(schema.baseline, _OF, "content_digest"), _TWO, _digest, _key("indicator", "place"), digest,
    ),
    "targets": _Kind(
        _versions(schema.target, _OF, "period_end", "final", "content_digest"),
        _key("key_0", "key_1", "period_end", "final"), _digest,
        lambda item: (item.indicator, item.place, item.period.end, item.final), digest,
    ),
    "annotations": _Kind(
        _versions(schema.annotation, [], "key", "content_digest"), _key("key"), _digest, _key("key"), digest,
    ),
    "comparability_notes": _Kind(
        _versions(schema.comparability_note, _OF, "content_digest"),
        _TWO, _digest, _key("indicator", "place"), digest,
    ),
    "comparability_answers": _Kind(
        _versions(schema.comparability_answer, _OF, "question", "content_digest"),
        _key("key_0", "key_1", "question"), _digest, _key("indicator", "place", "question"), answer_digest,
    ),
    "narratives": _Kind(
        _versions(schema.narrative, [], "subject", "language", "content_digest"),
        _key("subject", "language"), _digest, _key("subject", "language"), digest,
    ),
    "follow_ups": _Kind(
        _versions(
            schema.activity_follow_up, [(schema.activity, "key")], "months", "outcome", "note",
            counter="sequence",
        ),
        _key("key_0", "months"), lambda row: (row.outcome, row.note),
        _key("activity", "months"), lambda item: (item.outcome.value, item.note),
    ),
    "promises": _Kind(
        _versions(schema.promise_version, [(schema.promise, "key")], "content_digest"),
        _key("key_0"), _digest, _key("key"), lambda item: digest(dataclasses.replace(item, evidence=())),
    ),
    "activities": _Kind(
        _versions(schema.activity_version, [(schema.activity, "key")], "content_digest"),
        _key("key_0"), _digest, _key("key"), digest,
    ),
}  # fmt: skip
