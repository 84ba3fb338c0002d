"""Rows of a mapped table as records of the register of activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.domain.activity import (
    AMOUNTS,
    COUNTS,
    Activity,
    ActivityKind,
    ActivityState,
    Mechanism,
    check_activity,
)
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.coded_words import code_of, truths
from dashboard.intake.column_mapping import Mapping
from dashboard.intake.known import Known, folded
from dashboard.intake.mapped_cells import FieldReader, Progress, ReadRows, cells_of, plain
from dashboard.intake.names import slug_of
from dashboard.intake.table_file import Cell, Sheet

_TEXTS = (
    "organisation", "language", "role", "direction", "outcome", "level", "tone", "attribution_reason",
    "primary_sdg", "mmr_section", "objective", "area_of_action", "same_as", "note", "title_da", "title_en",
    "description_da", "description_en",
)  # fmt: skip
_TRUTHS = ("names_designation", "paid", "joint_output")
_LISTS = ("sdg_targets", "culture2030")
_STEP = 5_000


def read_activities(
    sheet: Sheet, mapping: Mapping, known: Known, t: Translator, on_progress: Progress | None = None
) -> ReadRows:
    """The activities of a mapped sheet. `t` is the reader's language, for numbers and for choices."""
    cells = cells_of(sheet, mapping, t)
    columns = _columns(FieldReader(cells, mapping, known))
    names = tuple(columns)
    found = []
    for index, values in enumerate(zip(*(columns[name] for name in names), strict=True)):
        if on_progress is not None and index % _STEP == 0:
            on_progress(index, len(cells.rows))
        if index in cells.bad:
            continue
        row = dict(zip(names, values, strict=True))
        if any(row[name] is not None for name in AMOUNTS):
            row["currency"] = row["currency"] or mapping.default("currency")
        activity = _activity(row)
        for problem in check_activity(activity):
            cells.note(index, problem, mapping.column(problem.field) or mapping.column(f"{problem.field}_da"))
        if index not in cells.bad:
            found.append((index, activity))
    numbers = cells.numbers
    problems = sorted(cells.problems, key=lambda p: (p.row or 0, str(p.params.get("column", ""))))
    return ReadRows(
        tuple(activity for _, activity in found), tuple(numbers[index] for index, _ in found),
        (-1,) * len(found), tuple(problems), (), tuple(numbers),
    )  # fmt: skip


def _columns(read: FieldReader) -> dict[str, list[Any]]:
    t = read.t
    found: dict[str, Any] = {name: read.field(name, plain, "") for name in _TEXTS}
    found |= {name: read.number(name) for name in AMOUNTS + COUNTS}
    found |= {name: read.field(name, _truth, None) for name in _TRUTHS}
    found |= {name: read.field(name, _parts, ()) for name in _LISTS}
    found["key"] = read.field("key", lambda cell: slug_of(plain(cell)), "")
    found["kind"] = read.coded("kind", "activity_kind", ActivityKind, None)
    found["state"] = read.coded("state", "state", ActivityState, ActivityState.DONE)
    found["confidence"] = read.coded("confidence", "confidence", Confidence, None)
    found["attribution"] = read.coded("attribution", "attribution", Attribution, None)
    found["currency"] = read.stated("currency", lambda cell: plain(cell).upper(), "")
    found["country"] = read.field("country", lambda cell: plain(cell).upper(), "")
    found["place"], found["source"] = read.named("place"), read.named("source")
    places, claims = read.known.names["place"].code, read.known.names["claim"].code
    found["partner_places"] = read.field("partner_places", _each(places), ())
    found["claims"] = read.field("claims", _each(claims), ())
    found["mechanisms"] = read.field("mechanisms", _each(lambda given: _mechanism(given, t)), ())
    found["period"] = read.periods()
    columns = {name: list(read.over(values)) for name, values in found.items()}
    for name in ("kind", "period"):
        for index, value in enumerate(columns[name]):
            if value is None and index not in read.cells.bad:
                read.cells.note(index, Problem("field_required", name), read.mapping.column(name))
    return columns


def _activity(row: dict[str, Any]) -> Activity:
    for name in ("title", "description"):
        row[name] = Text(row.pop(f"{name}_da"), row.pop(f"{name}_en"))
    return Activity(**row)


def _mechanism(given: str, t: Translator) -> Mechanism | Problem:
    code = code_of("mechanism", given, t)
    return (
        Problem(code.code, "mechanisms", params=code.params) if isinstance(code, Problem) else Mechanism(code)
    )


def _parts(cell: Cell) -> tuple[str, ...]:
    return tuple(part.strip() for part in plain(cell).replace(",", ";").split(";") if part.strip())


def _each(find: Callable[[str], Any]) -> Callable[[Cell], Any]:
    """The parts of a list, each found; the first problem where one is not."""

    def read(cell: Cell) -> tuple[Any, ...] | Problem:
        found = [find(part.strip()) for part in plain(cell).split(";") if part.strip()]
        return next((one for one in found if isinstance(one, Problem)), tuple(found))

    return read


def _truth(cell: Cell) -> bool | Problem:
    found = cell if isinstance(cell, bool) else truths().get(folded(plain(cell)))
    return Problem("yes_no_word", params={"given": plain(cell)}) if found is None else found
