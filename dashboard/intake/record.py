"""One record of a file, read field by field: what is wrong becomes a problem, never an exception.

The same reader serves TOML tables (typed values) and CSV rows (text, blank for unknown; lists joined by
``;``; yes and no; ISO dates; plain numbers), so that a field means the same in both.
"""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem, Severity
from dashboard.domain.text import Text

Member = TypeVar("Member", bound=StrEnum)


def located(problem: Problem, file: str, row: int | None) -> Problem:
    """The same problem, placed at a file (``params["file"]``) and a 1-based row or entry of it."""
    return Problem(problem.code, problem.field, row, problem.severity, {**problem.params, "file": file})


class Record:
    """One table or row; each getter consumes a field and notes what is wrong with it in `problems`.

    `finish` reports the fields nobody asked for, so that a misspelt name is not silently dropped.
    """

    def __init__(self, data: Mapping[str, Any], file: str, row: int | None) -> None:
        self.data = data
        self.file = file
        self.row = row
        self.problems: list[Problem] = []
        self._seen: set[str] = set()

    def problem(self, code: str, field: str = "", severity: Severity = "error", **params: Any) -> None:
        found = Problem(code, field, severity=severity, params={"field": field, **params})
        self.problems.append(located(found, self.file, self.row))

    def adopt(self, problems: list[Problem]) -> None:
        """Take over what a rule of the domain found."""
        self.problems += [located(problem, self.file, self.row) for problem in problems]

    def raw(self, name: str) -> Any:
        self._seen.add(name)
        value = self.data.get(name)
        return value.strip() if isinstance(value, str) else value

    def text(self, name: str, required: bool = False) -> str:
        value = self.raw(name)
        if value is None or value == "":
            if required:
                self.problem("field_required", name)
            return ""
        if not isinstance(value, str):
            self.problem("text_expected", name, given=str(value))
            return ""
        return value

    def both(self, name: str) -> Text:
        """A text in both languages: a table ``{da, en}``, or the columns ``name_da`` and ``name_en``."""
        value = self.raw(name)
        if isinstance(value, dict):
            if not set(value) <= {"da", "en"}:
                self.problem("two_languages", name)
            return Text.of(value)
        if value is not None:
            self.problem("two_languages", name)
        return Text(self.text(f"{name}_da"), self.text(f"{name}_en"))

    def number(self, name: str, required: bool = False) -> float | None:
        """A plain number (point as decimal mark, no grouping); blank is unknown, never zero."""
        value = self.raw(name)
        if value is None or value == "":
            if required:
                self.problem("field_required", name)
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ValueError
            number = float(value)
            if not math.isfinite(number) or (isinstance(value, str) and "_" in value):
                raise ValueError
        except ValueError:
            self.problem("plain_number", name, given=str(value))
            return None
        return number

    def whole(self, name: str, default: int = 0) -> int:
        number = self.number(name)
        if number is None:
            return default
        if number != int(number):
            self.problem("whole_number", name, given=number)
            return default
        return int(number)

    def day(self, name: str) -> date | None:
        """An ISO date."""
        value = self.raw(name)
        if value is None or value == "":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if not isinstance(value, str) or len(value) != 10:
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.problem("iso_date", name, given=str(value))
            return None

    def yes_no(self, name: str) -> bool | None:
        value = self.raw(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return value
        if value in ("yes", "no"):
            return bool(value == "yes")
        self.problem("yes_no_word", name, given=str(value))
        return None

    def truth(self, name: str, default: bool = False) -> bool:
        value = self.yes_no(name)
        return default if value is None else value

    def many(self, name: str) -> tuple[str, ...]:
        """A list of codes: a TOML array, or parts joined by ``;``."""
        value = self.raw(name)
        if value is None or value == "":
            return ()
        if isinstance(value, list):
            if not all(isinstance(part, str) for part in value):
                self.problem("list_of_codes", name)
                return ()
            return tuple(part.strip() for part in value)
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(";") if part.strip())
        self.problem("list_of_codes", name)
        return ()

    def one_of(self, name: str, members: type[Member], default: Member) -> Member:
        """A member of an enumeration; blank is the default, anything else a problem that lists them."""
        found = self.maybe_one_of(name, members)
        return default if found is None else found

    def maybe_one_of(self, name: str, members: type[Member]) -> Member | None:
        value = self.raw(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            for member in members:
                if member.value == value:
                    return member
        self.problem("not_one_of", name, given=str(value), choices=", ".join(members))
        return None

    def required_one_of(self, name: str, members: type[Member]) -> Member:
        """As `one_of`, but blank is a problem too; the first member stands in for it."""
        first = next(iter(members))
        if self.raw(name) in (None, ""):
            self.problem("field_required", name)
            return first
        return self.one_of(name, members, first)

    def period(self) -> Period:
        """The fields ``period_start``, ``period_end`` and ``period_precision``."""
        precision = self.one_of("period_precision", Precision, Precision.NONE)
        period = Period(self.day("period_start"), self.day("period_end"), precision)
        if period.problem:
            self.problem(period.problem, "period")
        return period

    def tables(self, name: str) -> Iterator[Record]:
        """The tables of an array of tables; they share this record's place and problems."""
        value = self.raw(name)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self.problem("table_expected", name)
            return
        for part in value:
            inner = Record(part, self.file, self.row)
            inner.problems = self.problems
            yield inner

    def finish(self) -> None:
        for name in self.data:
            if name not in self._seen:
                self.problem("field_unknown", str(name))


def read_toml(path: Path, problems: list[Problem], name: str = "") -> dict[str, Any]:
    """The document, or {} with one problem when it is missing or is no TOML."""
    file = name or path.name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(located(Problem("file_missing"), file, None))
    except UnicodeDecodeError:
        problems.append(located(Problem("file_not_utf8"), file, None))
    except tomllib.TOMLDecodeError as error:
        problems.append(located(Problem("toml_unreadable", params={"detail": str(error)}), file, None))
    return {}


def read_csv(
    path: Path, columns: Collection[str], problems: list[Problem], required: Collection[str] | None = None
) -> list[Record]:
    """The data rows as records, row 1 first; blank lines are skipped.

    A column that is not in `columns`, a repeated one, one of `required` (all columns, unless given) that
    is missing, and a row that is too long or too short are problems.
    """
    file = path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines, strict=True) if any(cell.strip() for cell in row)]
    except FileNotFoundError:
        problems.append(located(Problem("file_missing"), file, None))
        return []
    except UnicodeDecodeError:
        problems.append(located(Problem("file_not_utf8"), file, None))
        return []
    except csv.Error as error:
        problems.append(located(Problem("csv_unreadable", params={"detail": str(error)}), file, None))
        return []
    if not rows:
        problems.append(located(Problem("file_empty"), file, None))
        return []
    header = [name.strip() for name in rows[0]]
    for name in dict.fromkeys(header):
        if name not in columns or header.count(name) > 1:
            code = "column_repeated" if name in columns else "column_unknown"
            problems.append(located(Problem(code, name, params={"field": name}), file, None))
    for name in columns if required is None else required:
        if name not in header:
            problems.append(located(Problem("column_missing", name, params={"field": name}), file, None))
    records = []
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != len(header):
            found = Problem("row_length", params={"given": len(row), "expected": len(header)})
            problems.append(located(found, file, number))
            continue
        records.append(Record(dict(zip(header, row, strict=True)), file, number))
    return records
