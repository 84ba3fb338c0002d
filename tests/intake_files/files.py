"""Files for the tests: workbooks made here, one sheet or many, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import xlsxwriter

from dashboard.domain.catalogue import Catalogue
from dashboard.i18n import Translator
from dashboard.intake.column_mapping import Mapping as ColumnMapping
from dashboard.intake.column_mapping import propose_mapping, sheet_of
from dashboard.intake.known import Known
from dashboard.intake.mapped_cells import ReadRows
from dashboard.intake.observation_rows import read_observations
from dashboard.intake.table_file import read_table
from tests import sample

KNOWN = Known.of(
    Catalogue(sample.CLAIMS, tuple(replace(i, retired=False) for i in sample.INDICATORS)),
    {p.slug: p for p in sample.PLACES}, {s.key: s for s in sample.SOURCES}, "viborg",
)  # fmt: skip
DANISH, ENGLISH = Translator("da"), Translator("en")


def csv_of(rows: Sequence[Sequence[object]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)


def xlsx_of(rows: Sequence[Sequence[Any]], then: Callable[[Any, Any], None] | None = None) -> bytes:
    """One sheet; `then` is given the book and the page, to spoil them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        page = book.add_worksheet("Ark1")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if then is not None:
            then(book, page)
    return content.getvalue()


def ods_of(cells: str, encrypted: bool = False) -> bytes:
    """A workbook of OpenDocument around the XML of its rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    document = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Ark1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    inner = '<manifest:encryption-data manifest:checksum="x"/>' if encrypted else ""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{inner}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    return zip_of({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": document,
        "META-INF/manifest.xml": manifest,
    })  # fmt: skip


def ods_row(*values: object, times: int = 1) -> str:
    """Text and numbers; a tuple is (attributes, text) as they are."""
    cells = []
    for value in values:
        if isinstance(value, tuple):
            inner = f"<text:p>{escape(value[1])}</text:p>"
            cells.append(f"<table:table-cell {value[0]}>{inner}</table:table-cell>")
        elif isinstance(value, str):
            kind = 'office:value-type="string"' if value else ""
            cells.append(f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>")
        else:
            kind = f'office:value-type="float" office:value="{value}"'
            cells.append(f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>")
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def zip_of(entries: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return content.getvalue()


def changed_xlsx(content: bytes, entry: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one of its parts changed as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zip_of({**parts, entry: change(parts[entry].decode())})


def read(
    content: bytes, name: str = "tal.csv", t: Translator = DANISH, **defaults: str
) -> tuple[ColumnMapping, ReadRows]:
    """The proposed mapping of a file, with defaults, and what it reads."""
    file = read_table(content, name)
    mapping = propose_mapping(file, KNOWN, "observations")
    for field, value in defaults.items():
        mapping = mapping.with_default(field, value)
    return mapping, read_observations(sheet_of(file, mapping), mapping, KNOWN, t)
