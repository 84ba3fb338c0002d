"""The whole visible data set as one file that needs no other: CSV, JSON, a workbook, or a standard format.

* JSON holds all tables, CSV one table at a time, the workbook one sheet a table and a page to read first.
* CSV is UTF-8 with a byte order mark, comma between cells and point in numbers. The mark is what makes
  Excel read æ, ø and å; the rest is what every other program reads without being told. A Danish Excel
  expects semicolon and decimal comma: it opens the workbook, which has neither question.
* Text is never a formula: a workbook's text cells are written as text, CSV's get an apostrophe.
* SDMX-CSV is for statistical offices, IATI for donors, CSV on the web adds a description to a CSV file.
* What comes from the demonstration says so in each table, sheet and file.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter

from dashboard.analysis.rollup import REGISTER, rollup
from dashboard.domain.activity import Activity
from dashboard.domain.catalogue import Baseline, Catalogue, Claim, Indicator, Place, Source, Target
from dashboard.domain.observation import FRAME_COLUMNS
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor, Permission
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.reports.csv_on_the_web import Described, metadata
from dashboard.reports.iati import IatiFile, Results, iati
from dashboard.reports.sdmx_csv import SdmxCsv, sdmx_csv
from dashboard.series_document import currency_of, plain_number, scope_of, table_text
from dashboard.store import queries
from dashboard.store.lifecycle import profile

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = dict[str, Any]
NO_CATALOGUE = Catalogue()
TABLES = ("claims", "indicators", "observations", "activities", "sources")
SHEET_ROWS = 1_048_576 - 2  # Excel's limit, less the mark and the headings
CELL_CHARACTERS = 32_767
_NOT_EXPORTED = frozenset({"rollup", "scale", "valid_from", "valid_to"})


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values: text, numbers, truth, dates, lists of codes, None for nothing."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported, and what it is: whose, when, as of which knowledge, and whether it is invented."""

    title: Text
    home: Place
    invented: bool
    exported: date
    revision: int
    recorded_at: datetime | None
    tables: Mapping[str, Table]
    catalogue: Catalogue = NO_CATALOGUE
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()


def gather(
    connection: Connection, actor: Actor, t: Translator, today: date, as_known_at: date | None = None
) -> Export:
    """Everything approved that the store holds, as known at a day, with its definitions and sources.

    Raises `InvalidChoiceError` for a day without knowledge.
    """
    actor.require(Permission.READ)
    store = profile(connection)
    scope = scope_of(connection, as_known_at, False, today)
    places = queries.load_places(connection, scope)
    catalogue = queries.load_catalogue(connection, scope)
    sources = queries.load_sources(connection, scope)
    activities = queries.load_activities(connection, scope)
    home = places[store.home_place]
    frame = queries.load_series(connection, scope)
    register = [a for a in activities if a.place == home.slug]
    day, currency = as_known_at or today, currency_of(home.country)
    rolled = [rollup(register, i, home.country, currency, day) for i in catalogue.indicators if i.rollup]
    frame = pd.concat([frame, *(part for part in rolled if len(part))], ignore_index=True)
    revision = queries.current_revision(connection) if scope.as_known_at is None else scope.as_known_at
    export = Export(
        store.title, home, store.invented, today, revision, queries.recorded_at(connection, revision), {},
        catalogue, queries.load_baselines(connection, scope), queries.load_targets(connection, scope),
    )  # fmt: skip
    notice = t("export.notice") if store.invented else ""
    cited = queries.count_by_source(connection, scope)
    rows: dict[str, Iterable[Row]] = {
        "claims": map(_flat, catalogue.claims),
        "indicators": map(_flat, catalogue.indicators),
        "observations": _observations(frame, catalogue, places, sources, export, t),
        "activities": map(_flat, activities),
        "sources": (_flat(source) | {"observations": cited.get(key, 0)} for key, source in sources.items()),
    }
    columns = {
        "claims": _columns(Claim),
        "indicators": _columns(Indicator),
        "observations": OBSERVATION_COLUMNS,
        "activities": _columns(Activity),
        "sources": (*_columns(Source), "observations"),
    }
    tables = {
        name: Table(
            (*columns[name], "notice"),
            tuple({c: row.get(c) for c in columns[name]} | {"notice": notice or None} for row in rows[name]),
        )
        for name in TABLES
    }
    return dataclasses.replace(export, tables=tables)


OBSERVATION_COLUMNS = (
    "indicator", "indicator_name", "definition", "claim", "place_name",
    *(name for name in FRAME_COLUMNS if name not in ("observation", "indicator")),
    "source_title", "source_address", "licence", "exported", "as_known_at", "caveat",
)  # fmt: skip


def _observations(
    frame: pd.DataFrame,
    catalogue: Catalogue,
    places: Mapping[str, Place],
    sources: Mapping[str, Source],
    export: Export,
    t: Translator,
) -> Iterable[Row]:
    """Each value with its definition, source and licence beside it, so that a row can travel alone."""
    indicators = {i.code: i for i in catalogue.indicators}
    register = Source(key=REGISTER, title=t("export.register"))
    for cells in frame.to_dict("records"):
        row = {str(name): _cell(value, FRAME_COLUMNS[str(name)]) for name, value in cells.items()}
        indicator, place = indicators.get(row["indicator"]), places.get(row["place"])
        source = sources.get(row["source"], register)
        da, _, en = (row["preferred_reason"] or "").partition("\x1f")
        yield row | {
            "preferred_reason": t.text(Text(da, en)) or None,
            "indicator_name": t.text(indicator.name) if indicator else None,
            "definition": t.text(indicator.definition) if indicator else None,
            "caveat": (t.text(indicator.caveat) if indicator else None) or None,
            "claim": indicator.claim if indicator else None,
            "place_name": t.text(place.name) if place else None,
            "source_title": source.title or None,
            "source_address": source.address or None,
            "licence": source.licence or None,
            "exported": export.exported,
            "as_known_at": export.recorded_at,
        }


def _cell(value: Any, kind: str) -> Any:
    if kind in ("float64", "Int64"):
        return plain_number(value)
    if kind == "bool":
        return bool(value)
    if kind.startswith("datetime64"):
        moment = None if pd.isna(value) else value.to_pydatetime()
        return moment if moment is None or moment.time() != moment.min.time() else moment.date()
    return value or None


def _columns(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a record: both languages of a text, three of a period, one of anything else."""
    columns: list[str] = []
    for field in dataclasses.fields(kind):
        if field.name in _NOT_EXPORTED:
            continue
        if field.type == "Text":
            columns += [f"{field.name}_da", f"{field.name}_en"]
        elif field.type == "Period":
            columns += ["period_start", "period_end", "precision"]
        else:
            columns.append(field.name)
    return tuple(columns)


def _flat(record: Any) -> Row:
    row: Row = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in _NOT_EXPORTED:
            continue
        if isinstance(value, Text):
            row |= {f"{field.name}_da": value.da or None, f"{field.name}_en": value.en or None}
        elif isinstance(value, Period):
            row |= {"period_start": value.start, "period_end": value.end, "precision": value.precision.value}
        elif isinstance(value, tuple):
            row[field.name] = [str(item) for item in value]
        elif isinstance(value, Enum):
            row[field.name] = value.value
        elif isinstance(value, float):
            row[field.name] = plain_number(value)
        else:
            row[field.name] = None if value == "" else value
    return row


# -- the three formats -----------------------------------------------------------------------------


def as_csv(export: Export, table: str = "observations") -> bytes:
    """One table (of `TABLES`)."""
    chosen = export.tables[table]
    rows = ({name: _text_of(value) for name, value in row.items()} for row in chosen.rows)
    return table_text(chosen.columns, rows).encode("utf-8-sig")


def as_json(export: Export, t: Translator) -> bytes:
    """All tables, with what the export is before them."""
    document = {
        "title": t.text(export.title),
        "home_place": export.home.slug,
        "invented": export.invented,
        "notice": t("export.notice") if export.invented else None,
        "exported": export.exported,
        "as_known_at": export.recorded_at,
        "revision": export.revision,
        **{name: export.tables[name].rows for name in TABLES},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, default=_text_of) + "\n").encode()


def as_xlsx(export: Export, t: Translator) -> bytes:
    """A workbook: a page to read first, and one sheet a table.

    Raises `InvalidChoiceError` for a table with more rows than a sheet can hold.
    """
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        made = datetime.combine(export.exported, time())
        book.set_properties({"title": t.text(export.title), "created": made})
        _read_me(book, export, t)
        for name in TABLES:
            table = export.tables[name]
            if len(table.rows) > SHEET_ROWS:
                what = t(f"export.sheet.{name}")
                raise InvalidChoiceError("error.export_rows", what=what, limit=SHEET_ROWS)
            columns = tuple(column for column in table.columns if column != "notice")
            sheet, first = _sheet(book, t(f"export.sheet.{name}"), export, t)
            sheet.freeze_panes(first + 1, 1)
            sheet.set_column(0, len(columns) - 1, 18)
            _write(sheet, first, [heading(column, t) for column in columns], book.add_format({"bold": True}))
            for number, row in enumerate(table.rows, start=first + 1):
                _write(sheet, number, [row.get(column) for column in columns])
            sheet.autofilter(first, 0, first + max(len(table.rows), 1), len(columns) - 1)
    return out.getvalue()


def as_sdmx_csv(export: Export) -> SdmxCsv:
    """Every dated figure as SDMX-CSV 2.0."""
    decimals = {one.code: one.decimals for one in export.catalogue.indicators}
    return sdmx_csv(export.tables["observations"].rows, export.home.slug, decimals)


def as_iati(export: Export, t: Translator, organisation: str = "") -> IatiFile:
    """The home city's results as IATI 2.03. Raises `InvalidChoiceError` for a city without a designation."""
    own = [row for row in export.tables["observations"].rows if row["place"] == export.home.slug]
    notice = t("export.notice") if export.invented else ""
    results = Results(
        export.home, export.catalogue, own, export.baselines, export.targets, export.exported,
        export.recorded_at, notice,
    )  # fmt: skip
    return iati(results, t, organisation)


def as_csvw(export: Export, table: str, name: str, t: Translator) -> tuple[bytes, bytes]:
    """One table as CSV, and its description; `name` is that of the CSV file."""
    chosen = export.tables[table]
    licences = sorted({row["licence"] for row in export.tables["sources"].rows if row["licence"]})
    notes = [
        t("export.notice") if export.invented else "", t("export.read_me.approved_only"),
        t("export.read_me.codes_meaning"), t("export.csvw.apostrophe"),
    ]  # fmt: skip
    about = Described(
        name, f"{t.text(export.title)}: {t(f'export.sheet.{table}')}", t(f"export.read_me.{table}"),
        export.exported, export.recorded_at, licences, notes, heading,
    )  # fmt: skip
    return as_csv(export, table), metadata(about, chosen.columns, chosen.rows, t)


def heading(column: str, t: Translator) -> str:
    """The words of a column; those of a text say which language it holds."""
    for language in ("da", "en"):
        if column.endswith(f"_{language}"):
            name = t(f"export.column.{column.removesuffix(f'_{language}')}")
            return f"{name} ({t.language_name(language)})"
    return t(f"export.column.{column}")


def _read_me(book: Any, export: Export, t: Translator) -> None:
    sheet, first = _sheet(book, t("export.sheet.read_me"), export, t)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 110)
    bold = book.add_format({"bold": True})
    licences = sorted({row["licence"] for row in export.tables["sources"].rows if row["licence"]})
    moment = t.moment(export.recorded_at) if export.recorded_at else t("word.none")
    known = t("export.read_me.revision", moment=moment, revision=export.revision)
    lines = [
        (t("export.read_me.title"), t.text(export.title)),
        (t("export.read_me.home"), t.text(export.home.name)),
        (t("export.read_me.exported"), t.date(export.exported)),
        (t("export.read_me.as_known_at"), known),
        *((t(f"export.sheet.{name}"), t(f"export.read_me.{name}")) for name in TABLES),
        (t("export.read_me.visible"), t("export.read_me.approved_only")),
        (t("export.read_me.codes"), t("export.read_me.codes_meaning")),
        *((t("export.column.licence"), licence) for licence in licences),
    ]
    for number, (name, value) in enumerate(lines, start=first):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, value)


def _sheet(book: Any, name: str, export: Export, t: Translator) -> tuple[Any, int]:
    """A new sheet and its first free row; the demonstration's mark stands above it and on every page."""
    sheet = book.add_worksheet(name)
    if not export.invented:
        return sheet, 0
    notice = t("export.notice")
    sheet.set_header(f"&C&B{notice}")
    sheet.write_string(0, 0, notice, book.add_format({"bold": True, "font_color": "#9C0006"}))
    return sheet, 1


def _write(sheet: Any, number: int, values: Sequence[Any], style: Any = None) -> None:
    for column, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, bool):
            sheet.write_boolean(number, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(number, column, value)
        elif isinstance(value, date):
            sheet.write_datetime(number, column, value)
        else:
            text = ";".join(value) if isinstance(value, list) else str(value)
            sheet.write_string(number, column, text[:CELL_CHARACTERS], style)


def _text_of(value: Any) -> Any:
    """Dates and moments in ISO form; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value
