"""What was judged about a value follows its correction: the choice among rivals, and its grades.

A person judged the fact as its source states it (rules: preferences and grades are rows of their own that
point at an observation). A correction is another row, so without this the choice and the grades would fall
away without a word. Where a corrected value becomes public they are said again of the new row, in the change
set of whoever made it public; what the new row says of itself stands. The old row keeps its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from dashboard.domain.grading import CARRIED
from dashboard.domain.review import Version, shown
from dashboard.store.commands.rows import chunks, insert_all, schema
from dashboard.store.queries.families import PART, load_families
from dashboard.store.work import UnitOfWork

COMMAND = "carry_judgements"
_GRADES = ("confidence", "attribution")
_STATED = ("id", "value", "text", *_GRADES, *(f"{name}_reason" for name in _GRADES))
_NOTHING = {"confidence": "", "attribution": "", "share_low": None, "share_high": None}


def carry_judgements(work: UnitOfWork, keys: Iterable[str]) -> int:
    """Say again of the newest public row of each key what was judged about the public row before it.

    Gives how many rows something was said of. A row that gives no value but a reason takes nothing over.
    """
    carried: list[int] = []
    for part in chunks(sorted(set(keys)), PART):
        judged = work.connection.execute(_judged(part)).scalars().all()
        if judged:
            carried += _carry(work, judged)
    if carried:
        work.note(COMMAND, "observation", after={"observations": carried})
    return len(carried)


def _judged(keys: Sequence[str]) -> Any:
    """The keys among `keys` of which anything was judged that a newer row does not say itself."""
    o, older = schema.observation, schema.observation.alias("older")
    same = older.c.natural_key == o.c.natural_key

    def told(table: Any) -> ColumnElement[bool]:
        return exists(select(table.c.id).join(older, older.c.id == table.c.observation_id).where(same))

    unsaid = [
        (o.c[name] == "") & exists(select(older.c.id).where(same, older.c[name] != "")) for name in _GRADES
    ]
    return (
        select(o.c.natural_key)
        .where(
            o.c.natural_key.in_(keys),
            o.c.sequence > 1,
            or_(told(schema.observation_preference), told(schema.observation_grade), *unsaid),
        )
        .distinct()
    )


def _carry(work: UnitOfWork, keys: Sequence[str]) -> list[int]:
    pairs: dict[int, int] = {}
    for family in load_families(work.connection, keys).values():
        versions = [member.version for member in family]
        new, old = _public_two(versions)
        if new is not None and old is not None:
            pairs[new.id] = old.id
    everything = sorted({*pairs, *pairs.values()})
    rows = _by_id(work, schema.observation, "id", everything, *_STATED)
    preferences = _by_id(work, schema.observation_preference, "observation_id", everything)
    grades = _by_id(work, schema.observation_grade, "observation_id", everything)
    choices: list[dict[str, Any]] = []
    taken: list[dict[str, Any]] = []
    for new_id, old_id in pairs.items():
        (stated,) = rows[new_id]
        if stated["value"] is None and not stated["text"]:
            continue
        common = {"observation_id": new_id, "change_set_id": work.change_set_id}
        chosen = preferences.get(old_id, [])
        if chosen and chosen[-1]["preferred"] and new_id not in preferences:
            words = {name: chosen[-1][name] for name in ("reason_da", "reason_en")}
            choices.append(common | words | {"preferred": True, "sequence": 1})
        own, before = grades.get(new_id, []), grades.get(old_id, [])
        missing = [
            found for name in _GRADES
            if _said(name, stated, own) is None and (found := _said(name, rows[old_id][0], before))
        ]  # fmt: skip
        first = own[-1]["sequence"] + 1 if own else 1
        taken += [
            common | _NOTHING | {"sequence": sequence} | found
            for sequence, found in enumerate(missing, start=first)
        ]
    insert_all(work.connection, schema.observation_preference, choices)
    insert_all(work.connection, schema.observation_grade, taken)
    return sorted({row["observation_id"] for row in (*choices, *taken)})


def _public_two(versions: Sequence[Version]) -> tuple[Version | None, Version | None]:
    """What readers see now, and what they saw before that row."""
    new = shown(versions, pending=False)
    if new is None:
        return None, None
    return new, shown([v for v in versions if v.sequence < new.sequence], pending=False)


def _said(name: str, row: Mapping[str, Any], grades: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """What holds of one grade of a row: the newest grade that names it, else what was recorded with it."""
    for grade in reversed(grades):
        if grade[name]:
            share = ("share_low", "share_high") if name == "attribution" else ()
            return {one: grade[one] for one in (name, "reason", *share)}
    if row[name]:
        return {name: row[name], "reason": row[f"{name}_reason"] or CARRIED}
    return None


def _by_id(
    work: UnitOfWork, table: Any, column: str, ids: Sequence[int], *columns: str
) -> dict[int, list[dict[str, Any]]]:
    """Rows by the observation they are about, in their order; all columns, or those that are named."""
    order = table.c.id if column == "id" else table.c.sequence
    query = (
        select(*[table.c[name] for name in columns] or [table])
        .where(table.c[column].in_(ids))
        .order_by(order)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in work.connection.execute(query):
        found.setdefault(getattr(row, column), []).append(dict(row._mapping))
    return found
