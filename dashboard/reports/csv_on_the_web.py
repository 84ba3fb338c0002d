"""What stands beside a CSV file so that programs know what is in it: CSV on the Web (F71).

The metadata file of W3C's "Metadata Vocabulary for Tabular Data" (2015), found by its name: that of the CSV
file and ``-metadata.json``. It says for each column what it is called in both languages and what its cells
are, and for the whole where it comes from, when it was taken, what must be said of it, and the licences.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.i18n import LANGUAGES, Translator

ENDING = "-metadata.json"
CONTEXT = "http://www.w3.org/ns/csvw"


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a file. `heading` gives the words of a column in a language."""

    name: str
    title: str
    about: str
    exported: date
    known_at: datetime | None
    licences: Sequence[str]
    notes: Sequence[str]
    heading: Callable[[str, Translator], str]


def metadata(
    about: Described, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], t: Translator
) -> bytes:
    """The metadata of one CSV file: comma, UTF-8, headings in the first line, blank for nothing."""
    both = {language: Translator(language) for language in LANGUAGES}
    document: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": t.language}],
        "url": about.name,
        "dc:title": about.title,
        "dc:description": about.about,
        "dc:language": t.language,
        "dc:issued": about.exported.isoformat(),
        "dc:modified": about.known_at.isoformat() if about.known_at else None,
        "dc:license": list(about.licences),
        "rdfs:comment": list(filter(None, about.notes)),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True},
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": {language: [name] for language in LANGUAGES},
                    "dc:title": {language: about.heading(name, both[language]) for language in LANGUAGES},
                    **_cells([row.get(name) for row in rows]),
                }
                for name in columns
            ]
        },
    }
    filled = {key: value for key, value in document.items() if value not in (None, [], "")}
    return (json.dumps(filled, ensure_ascii=False, indent=1) + "\n").encode()


def _cells(values: Iterable[Any]) -> dict[str, Any]:
    """What the cells of a column are: the sort that all of them fit."""
    found = [value for value in values if value is not None]
    if not found:
        return {"datatype": "string"}
    if all(isinstance(value, list) for value in found):
        return {"datatype": "string", "separator": ";"}
    if all(isinstance(value, bool) for value in found):
        return {"datatype": {"base": "boolean", "format": "yes|no"}}
    if all(isinstance(value, int) and not isinstance(value, bool) for value in found):
        return {"datatype": "integer"}
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in found):
        return {"datatype": "number"}
    if all(isinstance(value, datetime) for value in found):
        return {"datatype": "datetime"}
    if all(isinstance(value, date) and not isinstance(value, datetime) for value in found):
        return {"datatype": "date"}
    return {"datatype": "string"}
