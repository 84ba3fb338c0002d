"""What an import would do: counted in one sentence, row by row, every problem with what would be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts.quantity import Quantity
from dashboard.domain.activity import Activity
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.column_mapping import sheet_of
from dashboard.intake.mapped_cells import plain
from dashboard.intake.preview import Before, Change, Preview, Verdict
from dashboard.intake.problem_sheet import problem_words, problems_as_csv, problems_as_xlsx
from dashboard.intake.table_file import Unreadable
from dashboard.ui import markup
from dashboard.ui.import_mapping import Choices
from dashboard.ui.session import Visit

ROWS = 50
PROBLEMS = 200
COLUMNS = 7
LONGEST = 60


def counts(shown: Preview, t: Translator) -> str:
    """»3 værdier ændres, 1 er ny, 12 er uændrede, og 2 rækker kan ikke læses.«"""
    what = "activities" if shown.mapping.kind == "activities" else "values"
    parts = [
        t(f"import_file.count.{what}_{verdict.value}", count=shown.values[verdict])
        for verdict in (Verdict.CHANGES, Verdict.NEW, Verdict.UNCHANGED)
        if shown.values.get(verdict)
    ]
    parts += [
        t(f"import_file.count.rows_{verdict.value}", count=shown.counts[verdict])
        for verdict in (Verdict.PROBLEM, Verdict.LEFT_OUT)
        if shown.counts[verdict]
    ]
    return t("import_file.counts", parts=t.list(parts)) if parts else t("import_file.no_rows")


def draw(shown: Preview, choices: Choices) -> None:
    """The sentence, the rows of one verdict, the problems, and both as files to be mended and kept."""
    t, visit = choices.t, choices.visit
    st.html(f'<div role="status">{markup.paragraph(counts(shown, t), "lead")}</div>')
    if language := next((style for _, style in shown.styles if style != t.language), ""):
        st.html(markup.paragraph(t("import.numbers_as", language=t(f"import.language.{language}"))))
    if shown.mapping.kind == "observations" and not shown.compared:
        st.html(markup.paragraph(t("import_file.not_compared")))
    _rows(shown, choices, visit)
    _problems(shown, t)
    _downloads(shown, t)


def _rows(shown: Preview, choices: Choices, visit: Visit) -> None:
    """The rows as they stand in the file; those of the gravest verdict first."""
    t = visit.t
    there = [verdict for verdict in Verdict if shown.counts[verdict]]
    if not there:
        return
    key = choices.key("verdict")
    if st.session_state.get(key) not in there:
        st.session_state[key] = there[0].value
    chosen = st.segmented_control(
        t("import_file.show_rows"), [verdict.value for verdict in there], key=key, required=True,
        format_func=lambda v: f"{t(f'import.verdict.{v}')} ({t.number(shown.counts[Verdict(v)])})",
    )  # fmt: skip
    numbers = [number for number, verdict in shown.rows.items() if verdict.value == chosen]
    if len(numbers) > ROWS:
        st.html(markup.paragraph(t("import_file.first_rows", shown=ROWS, count=len(numbers)), "small"))
    st.html(_table(shown, numbers[:ROWS], visit))


def _table(shown: Preview, numbers: Sequence[int], visit: Visit) -> str:
    t = visit.t
    columns = [column for column in shown.mapping.columns if column.field][:COLUMNS]
    sheet = sheet_of(shown.file, shown.mapping)
    changes: dict[int, list[Change]] = defaultdict(list)
    for change in shown.changes:
        changes[change.row].append(change)
    said: dict[int, list[str]] = defaultdict(list)
    for problem in shown.problems:
        if problem.row is not None and problem.severity == "error":
            said[problem.row].append(problem_words(problem, t))
    rows = []
    for number in numbers:
        cells = sheet.rows[number - sheet.first_row]
        told = [*(_change(change, visit) for change in changes[number]), *said[number]]
        row = [_cell(cells[c.position] if c.position < len(cells) else "", t) for c in columns]
        rows.append([str(number), *row, " ".join(told)])
    heads = [t("import.column.row"), *(c.heading for c in columns), t("import_file.what")]
    return markup.table(heads, rows, numbers=[0])


def _cell(cell: Any, t: Translator) -> str:
    if isinstance(cell, Unreadable):
        return ""
    if isinstance(cell, float) and not isinstance(cell, bool):
        return t.number(cell)
    return plain(cell)[:LONGEST]


def _change(change: Change, visit: Visit) -> str:
    """The old value beside the new one, each as it is written elsewhere."""
    t, draft = visit.t, change.draft
    if isinstance(draft, Activity):
        return t("import_file.activity_changes", name=t.text(draft.title) or draft.key)
    indicator = visit.world.catalogue.indicator(draft.indicator)

    def words(value: Any) -> str:
        if isinstance(value, float) and indicator is not None:
            quantity = Quantity(indicator, draft.unit, draft.currency, None, None, t)
            return quantity.written(value, "=", draft.unit, draft.currency)
        return str(value or t("word.none"))

    after = draft.text if draft.value is None else draft.value
    before: Before = change.before
    if before.withdrawn:
        return t("import_file.said_again", after=words(after))
    if before.value == after:
        return t("import_file.details_change", value=words(after), period=t.period(draft.period))
    return t(
        "import_file.becomes", before=words(before.value), after=words(after), period=t.period(draft.period)
    )


def _problems(shown: Preview, t: Translator) -> None:
    """All problems: row, column, what is wrong and what would be right."""
    for title, problems in (("errors", shown.errors), ("warnings", shown.warnings)):
        if not problems:
            continue
        st.subheader(t(f"import_file.problems.{title}", count=len(problems)), anchor=False)
        if len(problems) > PROBLEMS:
            st.html(
                markup.paragraph(
                    t("import_file.first_problems", shown=PROBLEMS, count=len(problems)), "small"
                )
            )
        rows = [_problem(problem, t) for problem in problems[:PROBLEMS]]
        heads = [t("import.column.row"), t("import_file.column_word"), t("import_file.wrong")]
        st.html(markup.table(heads, rows, numbers=[0]))


def _problem(problem: Problem, t: Translator) -> list[str]:
    row = "" if problem.row is None else str(problem.row)
    return [row, str(problem.params.get("column", "")), problem_words(problem, t)]


def _downloads(shown: Preview, t: Translator) -> None:
    """The sheet with verdicts and problems added, made only when somebody asks for it."""
    stem = shown.file.name.rpartition(".")[0] or shown.file.name
    st.html(markup.paragraph(t("import_file.download_help"), "small"))
    with st.container(horizontal=True):
        for ending, make in (("xlsx", problems_as_xlsx), ("csv", problems_as_csv)):
            st.download_button(
                t(f"import_file.download_{ending}"), partial(make, shown, t), on_click="ignore",
                file_name=t("import_file.download_name", stem=stem, ending=ending), key=f"import-{ending}",
            )  # fmt: skip
