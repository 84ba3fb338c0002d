"""Figures as SDMX-CSV 2.0 (F71): the format of statistical offices, one row an observation.

Columns as the field guide of the SDMX technical working group says: the structure that describes the row,
the action, the dimensions that make the key, the value, and attributes. Every row carries its definition,
unit, source, caveat, status and day, so that it can travel alone (F67). UTF-8 without a mark, and no line
break inside a cell: readers of the format split at lines.

A figure without a day has no place here, because TIME_PERIOD is part of the key: `left_out` counts them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dashboard.domain.observation import ObservationStatus
from dashboard.domain.period import Period, Precision

Row = Mapping[str, Any]
STRUCTURE = "CREATIVE_CITY_IMPACT"
VERSION = "1.0.0"
DIMENSIONS = (
    "INDICATOR", "REF_AREA", "BREAKDOWN", "BOUNDARY", "STATEMENT", "METHOD", "SOURCE", "TIME_PRECISION",
    "TIME_PERIOD",
)  # fmt: skip
"""Together the natural key of an observation: no two rows have the same."""
ATTRIBUTES = (
    "OBS_STATUS", "UNIT_MEASURE", "CURRENCY", "UNIT_MULT", "DECIMALS", "QUALIFIER", "LOWER", "UPPER",
    "STATUS", "CONFIDENCE", "PREFERRED", "TITLE", "AREA_TITLE", "DEFINITION", "METHOD_TEXT", "TEXT",
    "COMMENT_OBS", "CAVEAT", "SOURCE_TITLE", "SOURCE_ADDRESS", "LICENCE", "FLAGS", "EXPORTED", "KNOWN_AT",
    "NOTICE",
)  # fmt: skip
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
TOTAL, NONE = "_T", "_Z"
"""SDMX's codes for a total and for what does not apply."""

_MISSING = {"not_collected": "L", "not_applicable": "M", "not_published": "O"}
"""Codes of CL_OBS_STATUS (2.2) for what has no value."""
_FORMULA = "=+-@\t\r"


@dataclass(frozen=True, slots=True)
class SdmxCsv:
    """The file, how many figures are in it, and how many have no day and are not."""

    content: bytes
    rows: int
    left_out: int


def sdmx_csv(rows: Iterable[Row], city: str, decimals: Mapping[str, int]) -> SdmxCsv:
    """The observations of an export. `city` is the slug of the city that publishes, the agency of the
    structure; `decimals` are those of the indicators, by code."""
    structure = f"{agency(city)}:{STRUCTURE}({VERSION})"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    written = left_out = 0
    for row in rows:
        period = Period(row["period_start"], row["period_end"], Precision(row["precision"] or "none"))
        time = time_period(period)
        if time is None:
            left_out += 1
            continue
        cells = _dimensions(row, period, time) | _attributes(row, decimals)
        cells["OBS_VALUE"] = row["value"]
        head = ["datastructure", structure, "I"]
        writer.writerow([*head, *(_cell(cells.get(name)) for name in COLUMNS[3:])])
        written += 1
    return SdmxCsv(out.getvalue().encode(), written, left_out)


def agency(city: str) -> str:
    """A maintenance agency's id: letters, digits and hyphens, a letter first."""
    made = re.sub(r"[^A-Z0-9]+", "-", city.upper()).strip("-")
    return made if made[:1].isalpha() else f"C-{made}"


def time_period(period: Period) -> str | None:
    """A period as SDMX writes it: ``2019``, ``2019-Q3``, ``2019-03``, ``2019-10-30``, else the first day and
    a duration (``2017-04-01/P12M``). None for what has no day, and for what has no end."""
    start, end = period.start, period.end
    if end is None:
        return None
    if start is None or start == end:
        return end.isoformat()
    if period.precision is Precision.YEAR and period == Period.year(start.year):
        return f"{start.year:04}"
    if period.precision is Precision.QUARTER and period == Period.quarter(start.year, (start.month + 2) // 3):
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    if period.precision is Precision.MONTH and period == Period.month(start.year, start.month):
        return f"{start.year:04}-{start.month:02}"
    following = end + timedelta(days=1)
    if start.day == following.day == 1:
        months = (following.year - start.year) * 12 + following.month - start.month
        return f"{start.isoformat()}/P{months}M"
    return f"{start.isoformat()}/P{(following - start).days}D"


def obs_status(row: Row) -> str:
    """The code of CL_OBS_STATUS: why there is no value, else forecast, else the status of the value."""
    if row["value"] is None and row.get("missing_reason"):
        return _MISSING[row["missing_reason"]]
    if row["kind"] == "forecast":
        return "F"
    return ObservationStatus(row["status"]).sdmx if row.get("status") else "A"


def _dimensions(row: Row, period: Period, time: str) -> dict[str, Any]:
    method = str(row["method"] or "")
    return {
        "INDICATOR": row["indicator"],
        "REF_AREA": row["place"],
        "BREAKDOWN": row["disaggregation"] or TOTAL,
        "BOUNDARY": row["boundary"] or NONE,
        "STATEMENT": row["kind"],
        "METHOD": f"M{hashlib.sha256(method.encode()).hexdigest()[:10]}" if method else NONE,
        "SOURCE": row["source"],
        "TIME_PRECISION": f"point_{period.precision}" if period.is_point else period.precision.value,
        "TIME_PERIOD": time,
    }


def _attributes(row: Row, decimals: Mapping[str, int]) -> dict[str, Any]:
    return {
        "OBS_STATUS": obs_status(row),
        "UNIT_MEASURE": row["unit"],
        "CURRENCY": row["currency"],
        "UNIT_MULT": 0,
        "DECIMALS": decimals.get(row["indicator"]),
        "QUALIFIER": row["qualifier"],
        "LOWER": row["low"],
        "UPPER": row["high"],
        "STATUS": row["status"],
        "CONFIDENCE": row["confidence"],
        "PREFERRED": "yes" if row["preferred"] else "no",
        "TITLE": row["indicator_name"],
        "AREA_TITLE": row["place_name"],
        "DEFINITION": row["definition"],
        "METHOD_TEXT": row["method"],
        "TEXT": row["text"],
        "COMMENT_OBS": row["note"],
        "CAVEAT": row["caveat"],
        "SOURCE_TITLE": row["source_title"],
        "SOURCE_ADDRESS": row["source_address"],
        "LICENCE": row["licence"],
        "FLAGS": row["flags"],
        "EXPORTED": row["exported"],
        "KNOWN_AT": row["as_known_at"],
        "NOTICE": row["notice"],
    }


def _cell(value: Any) -> Any:
    """A cell in one line; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if len(line) > 1 and line not in (">=", "<=") and line[0] in _FORMULA else line
