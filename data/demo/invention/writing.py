"""Write the files of a data set folder: CSV with a fixed header, and the part of TOML that is needed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Row = dict[str, Any]


def cell(value: Any) -> str:
    """A value as the folder format writes it: ISO dates, plain numbers, lists joined by ;, blank: unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, tuple | list):
        return ";".join(cell(part) for part in value)
    return str(value)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows under `columns`; a key that is no column raises, so that no fact is dropped."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return out.getvalue()


def toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return cell(value) if float(value) == int(value) else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml_value(part) for part in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def toml_table(entry: Mapping[str, Any], heading: str = "") -> str:
    """One table; `None` and "" are left out; a list of mappings becomes an array of tables below it."""
    plain, nested = [], []
    for key, value in entry.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            nested += [toml_table(part, f"{heading.strip('[]')}.{key}") for part in value]
        elif value is not None and value != "":
            plain.append(f"{key} = {toml_value(value)}")
    lines = ([f"[[{heading.strip('[]')}]]"] if heading else []) + plain
    return "\n".join([*lines, *("\n" + text for text in nested)])


def toml_text(heading: str, entries: Iterable[Mapping[str, Any]]) -> str:
    return "\n\n".join(toml_table(entry, heading) for entry in entries) + "\n"


def year(number: int) -> Row:
    """Period columns of a calendar year."""
    return {
        "period_start": date(number, 1, 1),
        "period_end": date(number, 12, 31),
        "period_precision": "year",
    }


def span(start: date, end: date, precision: str = "day") -> Row:
    return {"period_start": start, "period_end": end, "period_precision": precision}


def on(day: date) -> Row:
    """Period columns of something that took place on one day."""
    return span(day, day)


def as_of(day: date, precision: str = "day") -> Row:
    """Period columns of a point in time."""
    return {"period_end": day, "period_precision": precision}


def both(da: str, en: str) -> Row:
    return {"da": da, "en": en}
