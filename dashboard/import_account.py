"""An import as it is told on the command line: a table of verdicts, the changes, every problem; or JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard.choosing import unknown
from dashboard.domain.activity import Activity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.problem import Problem
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Permission
from dashboard.errors import InvalidDraftsError
from dashboard.i18n import Translator
from dashboard.importing import Imported, commit, load_known, open_file, preview, propose
from dashboard.intake.column_mapping import Mapping
from dashboard.intake.known import Known
from dashboard.intake.preview import Change, Preview, Verdict
from dashboard.intake.problem_sheet import problem_words, problems_as_csv, problems_as_xlsx
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.terminal import FAILED, FINE, progress
from dashboard.writing import write_atomically

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class FileImport:
    """What was asked for on the command line; "" and None where nothing was said."""

    file: Path
    dry_run: bool = False
    email: str = ""
    kind: str = ""
    language: str = ""
    source: str = ""
    place: str = ""
    sheet: str = ""
    year_begins: int | None = None
    approved: bool = False
    reason: str = ""
    problems: Path | None = None


def import_and_tell(engine: Engine, wanted: FileImport, edge: str, as_json: bool, t: Translator) -> int:
    """Read, show, write, and tell of it; gives the exit status."""
    reader = Translator(wanted.language) if wanted.language else t
    with progress(t) as told:
        with reading(engine) as connection:
            known = load_known(connection)
            actor = _actor(connection, wanted.email)
            actor.require_somewhere(Permission.IMPORT)
            file = open_file(wanted.file)
            if wanted.sheet and wanted.sheet not in (s.name for s in file.sheets):
                raise unknown("sheet", wanted.sheet, {s.name: () for s in file.sheets})
            mapping = propose(connection, file, known, actor.email, wanted.kind, wanted.sheet)
            mapping = _completed(mapping, wanted, known)
            if mapping.problems:
                raise InvalidDraftsError([_worded(problem, t) for problem in mapping.problems])
            today = datetime.now(UTC).date()
            shown = preview(connection, file, mapping, known, reader, told, today)
        imported, refused = None, ()
        if not wanted.dry_run and not shown.errors:
            state = WorkflowState.APPROVED if wanted.approved else WorkflowState.SUBMITTED
            try:
                imported = commit(
                    engine, actor, edge, shown, state=state, reason=wanted.reason, on_progress=told
                )
            except InvalidDraftsError as error:  # for want of a reason: what it is wanted for is told first
                refused = error.problems
    if wanted.problems is not None:
        make = problems_as_csv if wanted.problems.suffix.lower() == ".csv" else problems_as_xlsx
        write_atomically(wanted.problems, make(shown, t))
    if as_json:
        print(json.dumps(as_document(shown, imported, t, refused), ensure_ascii=False, indent=2))
    else:
        print_preview(shown, t)
        print_outcome(shown, imported, t, refused)
    return FAILED if shown.errors or refused else FINE


def _actor(connection: Connection, email: str) -> Actor:
    if not email:
        return LOCAL_ACTOR
    found = queries.actor_of(connection, email)
    if found is None:
        members = {m.actor.email: (m.actor.name,) for m in queries.load_members(connection) if not m.disabled}
        raise unknown("member", email, members)
    return found


def _completed(mapping: Mapping, wanted: FileImport, known: Known) -> Mapping:
    """The mapping with what the command line says of all rows."""
    for field, given in (("source", wanted.source), ("place", wanted.place)):
        if not given:
            continue
        if known.names[field].find(given) is None:
            names = known.sources if field == "source" else known.places
            raise unknown(field, given, dict.fromkeys(names, ()))
        mapping = mapping.with_default(field, given)
    return mapping if wanted.year_begins is None else mapping.with_year_begins(wanted.year_begins)


def print_preview(shown: Preview, t: Translator) -> None:
    """Verdicts a row, how typed numbers were read, what changes, and all problems."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(escape(t("import.read_as", **_read_as(shown, t))))
    if unread := [c.name for c in shown.mapping.columns if c.heading and not c.field]:
        console.print(escape(t("import.unread", columns="; ".join(unread))))
    table = Table()
    for name in ("verdict", "rows", "values"):
        table.add_column(t(f"import.table.{name}"), justify="left" if name == "verdict" else "right")
    for verdict in Verdict:
        values = shown.values.get(verdict, 0)
        if shown.counts[verdict] or values:
            name = t(f"import.verdict.{verdict}")
            table.add_row(name, t.number(shown.counts[verdict]), t.number(values))
    console.print(table)
    if language := next((style for _, style in shown.styles if style != t.language), ""):
        console.print(t("import.numbers_as", language=t(f"import.language.{language}")))
    _lines(console, [_change_line(change, t) for change in shown.changes], t)
    _lines(console, [_problem_line(problem, t) for problem in shown.problems], t)


def print_outcome(
    shown: Preview, imported: Imported | None, t: Translator, refused: Sequence[Problem] = ()
) -> None:
    """The last sentence: what was written, or why nothing was."""
    console = Console(highlight=False, soft_wrap=True)
    if refused:
        for words in dict.fromkeys(problem_words(problem, t) for problem in refused):
            console.print(escape(words))
    elif imported is None:
        console.print(t("import.would_not_write" if shown.errors else "import.dry_run"))
    elif imported.batch is None:
        console.print(t("import.nothing_new", count=imported.unchanged))
    else:
        console.print(
            t("import.written", batch=str(imported.batch), new=imported.new, changed=imported.changed)
        )


def as_document(
    shown: Preview, imported: Imported | None, t: Translator, refused: Sequence[Problem] = ()
) -> dict[str, Any]:
    """The same for programs. It only grows."""
    return {
        "file": shown.file.name,
        "digest": shown.file.digest,
        "kind": shown.mapping.kind,
        "mapping": shown.mapping.to_json(),
        "rows": {verdict.value: count for verdict, count in shown.counts.items()},
        "values": {verdict.value: shown.values.get(verdict, 0) for verdict in Verdict},
        "changes": [_change(change) for change in shown.changes],
        "problems": [
            {
                "row": problem.row,
                "column": str(problem.params.get("column", "")),
                "field": problem.field,
                "code": problem.code,
                "severity": problem.severity,
                "text": problem_words(problem, t),
            }
            for problem in shown.problems
        ],
        "written": imported is not None and imported.batch is not None,
        "refused": [problem_words(problem, t) for problem in refused],
        "batch": imported.batch if imported is not None else None,
    }


def _read_as(shown: Preview, t: Translator) -> dict[str, Any]:
    columns = [
        f"{column.heading} → {t.period(column.period) if column.period else _field(column.field, t)}"
        for column in shown.mapping.columns
        if column.field
    ]
    return {
        "file": shown.file.name,
        "sheet": f" ({shown.mapping.sheet})" if shown.mapping.sheet else "",
        "kind": t(f"import.kind.{shown.mapping.kind}"),
        "columns": "; ".join(columns),
    }


def _worded(problem: Problem, t: Translator) -> Problem:
    """The problem with its field as a person calls it."""
    given = {**problem.params, "field": _field(problem.field, t)}
    return dataclasses.replace(problem, params=given) if problem.field else problem


def _field(field: str, t: Translator) -> str:
    return t(f"import.column.{field}")


def _change_line(change: Change, t: Translator) -> str:
    if isinstance(change.draft, Activity):
        name = t.text(change.draft.title) or change.draft.key
        return t("import.change_activity", row=str(change.row), name=name)
    draft = change.draft
    new = draft.value if draft.value is not None else draft.text or t("word.none")
    old = change.before.value if change.before.value not in (None, "") else t("word.none")
    return t(
        "import.change", row=str(change.row), indicator=draft.indicator, place=draft.place,
        period=t.period(draft.period), before=old, after=new,
    )  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    if isinstance(change.draft, Activity):
        return {"row": change.row, "key": change.draft.key}
    draft = change.draft
    days = {
        name: day.isoformat() if day else None
        for name, day in (("period_start", draft.period.start), ("period_end", draft.period.end))
    }
    return {
        "row": change.row, "indicator": draft.indicator, "place": draft.place, **days,
        "before": change.before.value, "after": draft.value if draft.value is not None else draft.text,
    }  # fmt: skip


def _problem_line(problem: Problem, t: Translator) -> str:
    where = t("command.row", row=str(problem.row)) if problem.row is not None else ""
    column = str(problem.params.get("column", ""))
    where += f", {t('import.column_word')} {column}" if column else ""
    key = "import.warning" if problem.severity == "warning" else ""
    words = problem_words(problem, t)
    return f"{where}: {t(key, words=words) if key else words}" if where else words


def _lines(console: Console, lines: Iterable[str], t: Translator) -> None:
    every = list(lines)
    for line in every[:MOST_LINES]:
        console.print("  " + escape(line))
    if len(every) > MOST_LINES:
        console.print("  " + t("import.more_lines", count=len(every) - MOST_LINES))
