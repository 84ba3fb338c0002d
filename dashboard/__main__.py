"""The command line: ``python -m dashboard VERB``. The same functions as the pages, without a browser.

A verb loads its own parts when it runs, so that none waits for what another needs.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard import terminal
from dashboard.choosing import Level, read_day, read_exact_day
from dashboard.config import CATALOGUE, Settings
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, InvalidFileError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.reports.formats import TEMPLATED, PackFormat, written_all_the_same
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import bring_up_to_date, migrate
from dashboard.terminal import FAILED, FINE

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from dashboard.analysis.normalise import Prices
    from dashboard.setting_up import SetUp

EDGE = "command-line"
PRICES: dict[str, Prices] = {"nominal": "", "constant": "constant", "ppp": "purchasing_power"}
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("init")
def initialise(
    context: typer.Context,
    home_place: Annotated[str, typer.Option("--home-place")] = "",
    designated: Annotated[str, typer.Option("--designated")] = "",
    catalogue: Annotated[Path, typer.Option("--catalogue")] = CATALOGUE,
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Create the store and load its catalogue and figures; say what was read and what became of it."""
    from dashboard.setting_up import SetUp

    day = read_day(designated) if designated else None
    _set_up(Settings.from_env(), SetUp(home_place, day, catalogue, demonstration), context.obj)


def _set_up(settings: Settings, wanted: SetUp, t: Translator) -> None:
    from dashboard.setting_up import set_up

    engine = open_engine(settings.demonstration_url if wanted.demonstration else settings.database_url)
    with terminal.progress(t) as told:
        loaded = set_up(engine, wanted, LOCAL_ACTOR, EDGE, told)
    terminal.print_account(loaded, t)


@app.command()
def run(context: typer.Context) -> None:
    """Serve the dashboard; where there is no store yet, create it first."""
    from dashboard.setting_up import SetUp

    _serve(Settings.from_env(), SetUp(), context.obj)


@app.command()
def demo(context: typer.Context) -> None:
    """Serve the demonstration from its own store; where there is none yet, create it first."""
    from dashboard.setting_up import SetUp

    settings = Settings.from_env()
    settings = replace(settings, database_url=settings.demonstration_url)
    _serve(settings, SetUp(demonstration=True), context.obj)


def _serve(settings: Settings, wanted: SetUp, t: Translator) -> None:
    from dashboard.setting_up import is_filled

    engine = open_engine(settings.database_url)
    if is_filled(engine):
        migrate(engine)
    else:
        _set_up(settings, wanted, t)
    from dashboard.server import serve

    host = "localhost" if settings.address == "127.0.0.1" else settings.address
    print(t("command.serving", address=f"http://{host}:{settings.port}"), flush=True)
    serve(settings)


@app.command()
def series(
    context: typer.Context,
    code: Annotated[str, typer.Argument()],
    place: Annotated[list[str] | None, typer.Option("--place")] = None,
    axis: Annotated[Literal["calendar", "designation"], typer.Option("--axis")] = "calendar",
    per: Annotated[int | None, typer.Option("--per", min=1)] = None,
    currency: Annotated[str | None, typer.Option("--currency")] = None,
    index_base: Annotated[int | None, typer.Option("--index-base", min=1900, max=2200)] = None,
    level: Annotated[Level, typer.Option("--level")] = "published",
    incomplete_network: Annotated[bool, typer.Option("--incomplete-network")] = False,
    prices: Annotated[Literal["nominal", "constant", "ppp"], typer.Option("--prices")] = "nominal",
    base_year: Annotated[int | None, typer.Option("--base-year", min=1900, max=2200)] = None,
    table: Annotated[str, typer.Option("--table")] = "",
    like_for_like: Annotated[bool, typer.Option("--like-for-like")] = False,
    split: Annotated[bool, typer.Option("--split")] = False,
    as_known_at: Annotated[str, typer.Option("--as-known-at")] = "",
    include_submitted: Annotated[bool, typer.Option("--include-submitted")] = False,
    format_: Annotated[Literal["json", "csv"], typer.Option("--format")] = "json",
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Print one indicator's series, in a view, as JSON or CSV."""
    from dashboard.analysis.normalise import View
    from dashboard.series_document import Request, series_csv, series_document

    view = View(axis, per, currency, index_base, PRICES[prices], base_year, table)
    day = read_exact_day(as_known_at) if as_known_at else None
    request = Request(
        code, tuple(dict.fromkeys(place or ())), view, day, include_submitted, level, incomplete_network,
        like_for_like, split,
    )  # fmt: skip
    settings = Settings.from_env()
    address = settings.demonstration_url if demonstration else settings.database_url
    with reading(_opened(address)) as connection:
        document = series_document(connection, request, LOCAL_ACTOR, context.obj, _today())
    text = series_csv(document) if format_ == "csv" else json.dumps(document, ensure_ascii=False, indent=2)
    print(text.rstrip("\n"))


@app.command()
def export(
    context: typer.Context,
    format_: Annotated[Literal["csv", "json", "xlsx", "sdmx-csv", "iati", "csvw"], typer.Option("--format")],
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    table: Annotated[
        Literal["observations", "activities", "indicators", "claims", "sources"], typer.Option("--table")
    ] = "observations",
    as_known_at: Annotated[str, typer.Option("--as-known-at")] = "",
    organisation: Annotated[str, typer.Option("--organisation")] = "",
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Write the whole visible data set, with definitions, sources and licences."""
    from dashboard.exporting import TABLES, as_csv, as_csvw, as_iati, as_json, as_sdmx_csv, as_xlsx, gather
    from dashboard.reports.csv_on_the_web import ENDING
    from dashboard.writing import write_atomically

    t: Translator = context.obj
    if output is None and format_ == "xlsx" and sys.stdout.isatty():
        raise InvalidChoiceError("error.workbook_on_terminal")
    if output is None and format_ == "csvw":
        raise InvalidChoiceError("error.export.two_files")
    settings = Settings.from_env()
    day = read_exact_day(as_known_at) if as_known_at else None
    with reading(
        _opened(settings.demonstration_url if demonstration else settings.database_url)
    ) as connection:
        data = gather(connection, LOCAL_ACTOR, t, _today(), day)
    told = ""
    if format_ == "csv":
        content = as_csv(data, table)
    elif format_ == "sdmx-csv":
        sdmx = as_sdmx_csv(data)
        content, told = sdmx.content, t("command.exported_sdmx", count=sdmx.rows, left_out=sdmx.left_out)
    elif format_ == "iati":
        results = as_iati(data, t, organisation)
        content = results.content
        told = t("command.exported_iati", count=results.values, left_out=results.left_out)
    elif format_ == "csvw" and output is not None:
        content, description = as_csvw(data, table, output.name, t)
        write_atomically(output.with_name(output.name + ENDING), description)
    else:
        content = as_json(data, t) if format_ == "json" else as_xlsx(data, t)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_atomically(output, content)
        counts = {name: len(data.tables[name].rows) for name in TABLES}
        told = f"{output}: {told}" if told else t("command.exported", file=str(output), **counts)
    if told:
        print(told, file=sys.stderr)


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument()],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    as_: Annotated[str, typer.Option("--as")] = "",
    format_: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    kind: Annotated[Literal["observations", "activities"] | None, typer.Option("--kind")] = None,
    language: Annotated[Literal["da", "en"] | None, typer.Option("--language")] = None,
    source: Annotated[str, typer.Option("--source")] = "",
    place: Annotated[str, typer.Option("--place")] = "",
    sheet: Annotated[str, typer.Option("--sheet")] = "",
    year_begins: Annotated[int | None, typer.Option("--year-begins", min=2, max=12)] = None,
    approved: Annotated[bool, typer.Option("--approved")] = False,
    reason: Annotated[str, typer.Option("--reason")] = "",
    problems: Annotated[Path | None, typer.Option("--problems")] = None,
) -> int:
    """Read a file, show what it would do, and write it as one batch that awaits approval."""
    from dashboard.import_account import FileImport, import_and_tell

    wanted = FileImport(
        file, dry_run, as_, kind or "", language or "", source, place, sheet, year_begins, approved, reason,
        problems,
    )  # fmt: skip
    engine = _opened(Settings.from_env().database_url)
    return import_and_tell(engine, wanted, EDGE, format_ == "json", context.obj)


@app.command("import-prices")
def import_prices(
    context: typer.Context,
    file: Annotated[Path, typer.Argument()],
    source: Annotated[str, typer.Option("--source")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Read tables of prices from a file and keep those that are new; a kept table never changes."""
    from dashboard.analysis.prices import read_price_tables
    from dashboard.store.commands import define_price_tables, examine_price_tables
    from dashboard.store.work import unit_of_work

    t: Translator = context.obj
    settings = Settings.from_env()
    try:
        text = _content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFileError("import.file.encoding", name=str(file)) from error
    read, problems = read_price_tables(text)
    engine = _opened(settings.demonstration_url if demonstration else settings.database_url)
    with reading(engine) as connection:
        tables = [replace(table, source=source) for table in read]
        fresh, more = examine_price_tables(connection, tables)
    if problems or more:
        raise InvalidDraftsError([*problems, *more])
    for table in tables:
        years = sorted(year for _, year in table.rates)
        told = t(
            "command.prices.table", name=table.title, rates=len(table.rates), first=str(years[0]),
            last=str(years[-1]), countries=", ".join(sorted(table.currencies)),
        )  # fmt: skip
        print(told if table in fresh else f"{told} {t('command.prices.unchanged')}")
    if dry_run:
        print(t("command.prices.dry_run"))
        return
    with unit_of_work(engine, LOCAL_ACTOR, EDGE) as work:
        print(t("command.prices.kept", count=define_price_tables(work, tables, file.name)))


@app.command()
def briefing(
    context: typer.Context,
    period: Annotated[str, typer.Option("--period")] = "",
    formats: Annotated[list[PackFormat] | None, typer.Option("--format")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    code: Annotated[str, typer.Option("--code")] = "",
    claim: Annotated[list[str] | None, typer.Option("--claim")] = None,
    template: Annotated[Path | None, typer.Option("--template")] = None,
    both: Annotated[bool, typer.Option("--both-languages")] = False,
    quarterly: Annotated[Path | None, typer.Option("--quarterly")] = None,
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Freeze a briefing of a period under a code and write it; or write the one of a code again."""
    from dashboard.writing import write_atomically

    t: Translator = context.obj
    settings = Settings.from_env()
    engine = _opened(settings.demonstration_url if demonstration else settings.database_url)
    if quarterly is not None:
        if period or code or output or claim or template:
            raise InvalidChoiceError("error.briefing.quarterly_alone")
        from dashboard.scheduled_pack import told as scheduled_told
        from dashboard.scheduled_pack import write_last_quarter

        chosen = formats or tuple(PackFormat)
        made_now = write_last_quarter(
            engine, LOCAL_ACTOR, quarterly, chosen, t, _today(), EDGE, settings.base_url, both
        )
        print(scheduled_told(made_now, t), file=sys.stderr)
        return
    format_ = formats[-1] if formats else PackFormat.HTML
    if bool(period) == bool(code):
        raise InvalidChoiceError("error.briefing.period_or_code")
    if output is None and format_ != "html" and sys.stdout.isatty():
        raise InvalidChoiceError("error.briefing.on_terminal", what=format_)
    layout = _content_of(template) if template else None
    if layout is not None and format_ not in TEMPLATED:
        raise InvalidChoiceError("error.briefing.no_template", what=format_)
    if code:
        from dashboard.reports.frozen import opened

        with reading(engine) as connection:
            made = opened(connection, code)
    else:
        from dashboard.briefing_pack import composed, freeze, period_of
        from dashboard.reports.compose import Choice

        choice = Choice(period_of(period), tuple(claim or ()), address=settings.base_url)
        other = next(Translator(one) for one in LANGUAGES if one != t.language)
        translation = (choice, other) if both else None
        with reading(engine) as connection:
            made = composed(connection, LOCAL_ACTOR, choice, t, _today(), translation)
    content, unusable = written_all_the_same(made, format_, layout)
    if unusable is not None:
        print(terminal.sentence(unusable, t), file=sys.stderr)
        print(t("briefing.own_layout"), file=sys.stderr)
    if not code:  # only a pack that could be written is kept
        freeze(engine, LOCAL_ACTOR, made, EDGE)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_atomically(output, content)
    print(t("command.briefing_written", file=str(output), code=made.code), file=sys.stderr)


@app.command("monitoring-report")
def monitoring_report(
    context: typer.Context,
    year: Annotated[int | None, typer.Option("--year")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    template: Annotated[Path | None, typer.Option("--template")] = None,
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> None:
    """Write the draft of UNESCO's Membership Monitoring Report as a Word document."""
    from dashboard.reports.monitoring import draft
    from dashboard.reports.monitoring_document import complete, monitoring_document
    from dashboard.store.queries import Scope, load_places
    from dashboard.writing import write_atomically

    t: Translator = context.obj
    if output is None and sys.stdout.isatty():
        raise InvalidChoiceError("error.briefing.on_terminal", what="docx")
    layout = _content_of(template) if template else None
    settings = Settings.from_env()
    engine = _opened(settings.demonstration_url if demonstration else settings.database_url)
    with reading(engine) as connection:
        report = draft(connection, year, t, _today())
        names = {slug: t.text(place.name) for slug, place in load_places(connection, Scope()).items()}
    content = monitoring_document(report, t, names, layout)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_atomically(output, content)
    print(f"{output}: {complete(report, t)}", file=sys.stderr)


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidFileError("import.file.missing", name=str(file)) from error


@app.command()
def check(
    context: typer.Context,
    demonstration: Annotated[bool, typer.Option("--demonstration")] = False,
) -> int:
    """Look for what is wrong with the catalogue, the store and the words; print it as a list."""
    from dashboard.checking import check_all

    t: Translator = context.obj
    settings = Settings.from_env()
    with reading(
        _opened(settings.demonstration_url if demonstration else settings.database_url)
    ) as connection:
        found = check_all(connection)
    for finding in found:
        print(f"{t(f'check.area.{finding.area}')}: {t(finding.key, **finding.params)}")
    print(t("check.found", count=len(found)) if found else t("check.nothing"))
    return FAILED if found else FINE


def _opened(url: str) -> Engine:
    """The store at an address, brought up to date where an older version of the product made it."""
    engine = open_engine(url)
    bring_up_to_date(engine)
    return engine


def _today() -> date:
    return datetime.now(UTC).date()


if __name__ == "__main__":
    sys.exit(terminal.run(app, sys.argv[1:]))
