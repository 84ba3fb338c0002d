"""How a file is read: the sheet, the row of headings, each column's field, and what holds for all rows.

Everything is proposed and can be changed; what was chosen is remembered with the next import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.domain.catalogue import IndicatorKind
from dashboard.errors import InvalidDraftsError, InvalidFileError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.importing import propose
from dashboard.intake.column_mapping import KINDS, VALUE, Column, Mapping, heading_of
from dashboard.intake.figure_form import new_source
from dashboard.intake.headings import FIELDS, PERIOD_PARTS
from dashboard.intake.known import Known
from dashboard.intake.mapped_cells import plain
from dashboard.intake.problem_sheet import problem_words
from dashboard.intake.table_file import FileKind, Row, Sheet, TableFile, Unreadable
from dashboard.store import commands
from dashboard.store.engine import reading
from dashboard.store.work import unit_of_work
from dashboard.ui import cached, markup
from dashboard.ui.deciding import EDGE
from dashboard.ui.entry_fields import CURRENCIES
from dashboard.ui.session import Visit

ACROSS = 3
HEADING_ROWS = 25
SAMPLES, SAMPLE = 3, 28
"""So many cells of a column are shown, and so many letters of each."""
_NEW = "\x00new"
_MADE = "import_source_made"
_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}


class Choices:
    """The widgets of one file: each has a key of its own, so that the next file begins anew."""

    def __init__(self, visit: Visit, file: TableFile, known: Known, name: str) -> None:
        self.visit = visit
        self.t: Translator = visit.t
        self.file = file
        self.known = known
        self._name = name

    def key(self, *parts: object) -> str:
        return "@".join(["import", *map(str, parts), self._name])

    def one(
        self, label: str, options: Sequence[str], default: str, words: Callable[[str], str], *key: object
    ) -> str:
        """A choice of one; the default stands until a person chooses."""
        offered, name = list(dict.fromkeys([*options, default])), self.key(*key)
        if st.session_state.get(name) not in offered:
            st.session_state[name] = default
        return str(st.selectbox(label, offered, format_func=words, key=name))


def mapping_of(choices: Choices) -> Mapping | None:
    """The mapping as it is chosen; None where the file cannot be mapped yet, which is said."""
    found = _proposed(choices)
    if found is None:
        return None
    mapping, at = found
    st.html(markup.paragraph(understood(choices.file, mapping, choices.t)))
    st.subheader(choices.t("import_file.columns"), anchor=False)
    st.html(markup.paragraph(choices.t("import_file.columns_help"), "small"))
    mapping = _columns(choices, mapping, at)
    st.subheader(choices.t("import_file.for_all"), anchor=False)
    mapping = _for_all(choices, mapping, at)
    for problem in mapping.problems:
        st.warning(problem_words(problem, choices.t))
    return None if mapping.problems else mapping


def understood(file: TableFile, mapping: Mapping, t: Translator) -> str:
    """What the file was taken for, in one sentence."""
    sheet = next(sheet for sheet in file.sheets if sheet.name == mapping.sheet)
    kind = t(f"import.kind.{mapping.kind}")
    rows = len(sheet.rows) - (mapping.header_row - sheet.first_row) - 1
    if file.kind is FileKind.CSV:
        delimiter = t(f"import_file.delimiter.{_DELIMITERS[sheet.delimiter]}")
        encoding = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(sheet.encoding, "UTF-16")
        return t(
            "import_file.read_text", file=file.name, kind=kind, delimiter=delimiter, encoding=encoding,
            count=rows,
        )  # fmt: skip
    return t("import_file.read_workbook", file=file.name, kind=kind, sheet=mapping.sheet, count=rows)


def _proposed(choices: Choices) -> tuple[Mapping, str] | None:
    """The proposal for the chosen sheet, kind and row of headings, and what names these three."""
    t, file, email = choices.t, choices.file, choices.visit.actor.email
    with reading(cached.engine()) as connection:
        try:
            best = propose(connection, file, choices.known, email)
        except InvalidFileError as error:
            best = None
            refused = error
        names = [sheet.name for sheet in file.sheets]
        sheet = best.sheet if best is not None else names[0]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if len(names) > 1:
                sheet = choices.one(t("import_file.sheet"), names, sheet, str, "sheet")
            kind = choices.one(
                t("import_file.kind"), KINDS, best.kind if best is not None else KINDS[0],
                lambda kind: t(f"import_file.kinds.{kind}"), "kind",
            )  # fmt: skip
            try:
                best = propose(connection, file, choices.known, email, kind, sheet)
            except InvalidFileError as error:
                best = None
                refused = error
            page = next(one for one in file.sheets if one.name == sheet)
            rows = _heading_rows(page)
            row = str(best.header_row) if best is not None else ""
            chosen = choices.one(
                t("import_file.header_row"), list(rows), row,
                lambda number: rows.get(number, t("import_file.choose_row")), "row", sheet, kind,
            )  # fmt: skip
        if chosen and chosen != row:
            try:
                best = propose(connection, file, choices.known, email, kind, sheet, int(chosen))
            except InvalidFileError as error:
                best = None
                refused = error
    if best is None:
        st.error(sentence(refused, t))
        return None
    return best, f"{sheet}@{kind}@{best.header_row}"


def sentence(error: InvalidFileError, t: Translator) -> str:
    """The sentence of a file that cannot be read; its name is no markup."""
    signs = "\\`*[]<>$~|"
    params = {
        name: "".join(f"\\{sign}" if sign in signs else sign for sign in given)
        if isinstance(given, str)
        else given
        for name, given in error.params.items()
    }
    return t(error.key, **params)


def _heading_rows(sheet: Sheet) -> dict[str, str]:
    """The first rows with cells: their numbers, and how each begins."""
    found = {}
    for position, row in enumerate(sheet.rows[:HEADING_ROWS]):
        cells = [heading_of(cell) for cell in row if cell != "" and not isinstance(cell, Unreadable)]
        if cells:
            words = " · ".join(cells[:4]) + (" …" if len(cells) > 4 else "")
            found[str(sheet.number(position))] = f"{sheet.number(position)}: {words[:80]}"
    return found


def _columns(choices: Choices, mapping: Mapping, at: str) -> Mapping:
    """Each column's field, several beside one another; columns of periods are chosen together."""
    t = choices.t
    sheet = next(sheet for sheet in choices.file.sheets if sheet.name == mapping.sheet)
    below = sheet.rows[mapping.header_row - sheet.first_row + 1 :]
    fields = ["", *FIELDS[mapping.kind]]
    single = [column for column in mapping.columns if column.period is None]
    for first in range(0, len(single), ACROSS):
        for place, column in zip(st.columns(ACROSS), single[first : first + ACROSS], strict=False):
            with place:
                chosen = choices.one(
                    t("import_file.column", column=column.name), fields, column.field,
                    _field_words(column, choices), "column", column.position, at,
                )  # fmt: skip
                if samples := _samples(below, column.position):
                    st.html(markup.paragraph(t("import_file.samples", samples=samples), "small"))
            if chosen != column.field:
                mapping = mapping.with_field(column.position, chosen)
    periods = {str(c.position): c for c in mapping.columns if c.period is not None}
    if periods:
        kept = st.multiselect(
            t("import_file.periods"), list(periods), default=[n for n, c in periods.items() if c.field],
            format_func=lambda n: periods[n].heading, key=choices.key("periods", at),
            placeholder=t("import_file.no_periods"),
        )  # fmt: skip
        for number, column in periods.items():
            if (number in kept) != bool(column.field):
                mapping = mapping.with_field(column.position, VALUE if number in kept else "")
    return mapping


def _field_words(column: Column, choices: Choices) -> Callable[[str], str]:
    t = choices.t

    def words(field: str) -> str:
        if not field:
            return t("import_file.not_read")
        if field == VALUE and column.indicator:
            name = t.text(choices.known.indicators[column.indicator].name)
            return t("import_file.values_of", name=name)
        return t(f"import.column.{field}")

    return words


def _samples(below: Sequence[Row], position: int) -> str:
    """The first few cells of a column, as they are written."""
    found: list[str] = []
    for row in below[:200]:
        cell = row[position] if position < len(row) else ""
        if cell == "" or isinstance(cell, Unreadable):
            continue
        words = plain(cell)
        words = words if len(words) <= SAMPLE else words[:SAMPLE].rstrip() + "…"
        if words not in found:
            found.append(words)
        if len(found) == SAMPLES:
            break
    return "; ".join(found)


def _for_all(choices: Choices, mapping: Mapping, at: str) -> Mapping:
    """What holds for every row that does not say it itself."""
    known = choices.known
    figures = mapping.kind == "observations"
    parts: list[Callable[[Mapping], Mapping]] = [
        lambda m: m.with_default("source", _source(choices, m, at)),
        lambda m: m.with_default("place", _place(choices, m, at)),
    ]
    unnamed = any(not c.indicator for c in mapping.values) or not mapping.values
    if figures and mapping.column("indicator") is None and unnamed:
        parts.append(lambda m: m.with_default("indicator", _indicator(choices, m, at)))
    dated = any(mapping.column(part) is not None for part in PERIOD_PARTS)
    if figures and not dated and (not mapping.values or any(c.period is None for c in mapping.values)):
        parts.append(lambda m: m.with_default("period", _period(choices, m, at)))
    money = {i.code for i in known.indicators.values() if i.kind is IndicatorKind.MONEY}
    named = {c.indicator for c in mapping.values}
    if mapping.column("currency") is None and (not figures or named & money or "" in named):
        parts.append(lambda m: m.with_default("currency", _currency(choices, m, at)))
    parts.append(lambda m: m.with_numbers(_numbers(choices, m, at)))
    parts.append(lambda m: _year(choices, m, at))
    for first in range(0, len(parts), ACROSS):
        for place, part in zip(st.columns(ACROSS), parts[first : first + ACROSS], strict=False):
            with place:
                mapping = part(mapping)
    _make_source(choices, at)
    return mapping


def _source(choices: Choices, mapping: Mapping, at: str) -> str:
    t, known = choices.t, choices.known
    titles = {key: source.title for key, source in known.sources.items()}
    default = known.names["source"].find(mapping.default("source")) or ""
    key = choices.key("source", at)
    if made := st.session_state.pop(_MADE, ""):
        st.session_state[key] = made
    options = ["", _NEW, *sorted(titles, key=lambda one: t.sort_key(titles[one]))]
    words = {"": t("import_file.each_row"), _NEW: t("enter.source_new"), **titles}
    chosen = choices.one(t("import_file.source"), options, default, lambda one: words[one], "source", at)
    return "" if chosen == _NEW else chosen


def _make_source(choices: Choices, at: str) -> None:
    """The source that is not there yet, made before the file is read."""
    if st.session_state.get(choices.key("source", at)) != _NEW:
        return
    t = choices.t
    with st.container(border=True):
        title = str(st.text_input(t("enter.source_title"), key=choices.key("title")) or "")
        address = str(st.text_input(t("enter.source_address"), key=choices.key("address")) or "")
        made, problem = new_source(title, address, choices.known.sources)
        if problem is not None:
            st.error(problem_words(problem, t))
        ready = made is not None and problem is None
        if st.button(t("import_file.make_source"), disabled=not ready) and made is not None:
            try:
                with unit_of_work(cached.engine(), choices.visit.actor, EDGE) as work:
                    commands.define_sources(work, [made])
            except InvalidDraftsError as error:
                for one in error.problems:
                    st.error(problem_words(one, t))
                return
            st.session_state[_MADE] = made.key
            st.rerun()


def _place(choices: Choices, mapping: Mapping, at: str) -> str:
    t, known = choices.t, choices.known
    names = {slug: t.text(place.name) for slug, place in known.places.items()}
    default = known.names["place"].find(mapping.default("place")) or known.home
    options = sorted(names, key=lambda slug: (slug != known.home, t.sort_key(names[slug])))
    return choices.one(t("import_file.place"), options, default, lambda slug: names[slug], "place", at)


def _indicator(choices: Choices, mapping: Mapping, at: str) -> str:
    t, known = choices.t, choices.known
    names = {code: t.text(indicator.name) for code, indicator in known.indicators.items()}
    default = known.names["indicator"].find(mapping.default("indicator")) or ""
    options = ["", *sorted(names, key=lambda code: t.sort_key(names[code]))]
    return choices.one(
        t("import_file.indicator"), options, default,
        lambda code: names.get(code, t("enter.not_chosen")), "indicator", at,
    )  # fmt: skip


def _period(choices: Choices, mapping: Mapping, at: str) -> str:
    given = st.text_input(
        choices.t("import_file.period"), value=mapping.default("period"), key=choices.key("period", at),
        placeholder=choices.t("import_file.period_example"),
    )  # fmt: skip
    return str(given or "").strip()


def _currency(choices: Choices, mapping: Mapping, at: str) -> str:
    t = choices.t
    options = ["", *dict.fromkeys([choices.visit.world.currency, *CURRENCIES])]
    default = mapping.default("currency")
    return choices.one(
        t("import_file.currency"), options, default, lambda one: one or t("enter.not_chosen"), "currency", at
    )


def _numbers(choices: Choices, mapping: Mapping, at: str) -> str:
    t = choices.t
    return choices.one(
        t("import_file.numbers"), ["", *LANGUAGES], mapping.numbers,
        lambda one: t(f"import_file.written.{one or 'shown'}"), "numbers", at,
    )  # fmt: skip


def _year(choices: Choices, mapping: Mapping, at: str) -> Mapping:
    t = choices.t
    months = t.locale.months["stand-alone"]["wide"]
    default = str(mapping.year_begins or "")
    chosen = choices.one(
        t("import_file.year_begins"), ["", *map(str, range(2, 13))], default,
        lambda one: months[int(one)] if one else t("import_file.calendar_year"), "year", at,
    )  # fmt: skip
    return mapping.with_year_begins(int(chosen)) if chosen else mapping
