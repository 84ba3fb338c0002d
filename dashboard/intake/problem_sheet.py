"""The problems of an import as the same sheet with a column added: to be mended where it was written."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter

from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.column_mapping import sheet_of
from dashboard.intake.preview import Preview, Verdict
from dashboard.intake.table_file import Cell, Unreadable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767


def problem_words(problem: Problem, t: Translator) -> str:
    """The sentence of a problem: what is wrong and what would be right."""
    params = {"field": problem.field, **problem.params}
    field = str(params["field"])
    if t.has(f"import.column.{field}"):
        params["field"] = t(f"import.column.{field}")
    return t(f"problem.{problem.code}", **params)


def problem_rows(shown: Preview, t: Translator) -> list[list[Cell]]:
    """The sheet from its first row, each row with two cells added: its verdict and its problems."""
    sheet = sheet_of(shown.file, shown.mapping)
    said: dict[int, list[str]] = defaultdict(list)
    for problem in shown.problems:
        if problem.row is not None:
            column = str(problem.params.get("column", ""))
            words = problem_words(problem, t)
            said[problem.row].append(f"{column}: {words}" if column else words)
    width = sheet.width
    rows = []
    for position, row in enumerate(sheet.rows):
        number = sheet.number(position)
        cells: list[Cell] = [*row, *[""] * (width - len(row))]
        if number == shown.mapping.header_row:
            cells += [t("import.table.verdict"), t("import.table.problems")]
        else:
            verdict = shown.rows.get(number)
            cells += [t(f"import.verdict.{verdict}") if verdict else "", "\n".join(said[number])]
        rows.append(cells)
    return rows


def problems_as_csv(shown: Preview, t: Translator) -> bytes:
    """Semicolons and a byte order mark: what a Danish Excel opens. Text is never a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in problem_rows(shown, t):
        writer.writerow([_written(cell, t) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def problems_as_xlsx(shown: Preview, t: Translator) -> bytes:
    """The sheet with the rows that have a problem coloured; numbers and days stay what they were."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, {**options, "default_date_format": "dd-mm-yyyy"}) as book:
        page = book.add_worksheet(_sheet_name(shown.mapping.sheet) or t("import.table.problems")[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrong = book.add_format({"bg_color": "#FCE4D6", "text_wrap": True, "valign": "top"})
        first = sheet_of(shown.file, shown.mapping).first_row
        for position, row in enumerate(problem_rows(shown, t)):
            number = first + position
            marked = shown.rows.get(number) is Verdict.PROBLEM
            style = bold if number == shown.mapping.header_row else wrong if marked else None
            for column, cell in enumerate(row):
                _put(page, position, column, cell, style)
        page.freeze_panes(shown.mapping.header_row - first + 1, 0)
        page.set_column(len(row) - 1, len(row) - 1, 80)
    return content.getvalue()


def _put(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, Unreadable | timedelta) or cell == "":
        page.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, style)
    elif isinstance(cell, float | int):
        page.write_number(row, column, cell, style)
    elif isinstance(cell, date) and cell.year >= 1900:
        page.write_datetime(row, column, cell) if style is None else page.write_string(
            row, column, cell.isoformat(), style
        )
    else:
        page.write_string(row, column, str(cell)[:_LONGEST], style)


def _written(cell: Cell, t: Translator) -> str:
    if isinstance(cell, Unreadable):
        return ""
    if isinstance(cell, bool):
        return t("word.yes" if cell else "word.no")
    if isinstance(cell, float | int):
        return f"{cell:.15g}".replace(".", "," if t.language == "da" else ".")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    text = t.short_date(cell) if isinstance(cell, date) else str(cell)
    plain = text.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not plain else text


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign not in "[]:*?/\\")[:31].strip("'")
