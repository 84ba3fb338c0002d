"""The pack as a workbook: one sheet a section, numbers as numbers, native charts, and what it all is.

Text is written as text whatever it begins with, so nothing in it is ever worked out as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.charts.palette import LIGHT
from dashboard.charts.spec import ChartSpec
from dashboard.reports.briefing import Briefing, Section, Statement
from dashboard.reports.fitting import lines_of
from dashboard.reports.office_chart import WARNING, Scale, Strand, write_data
from dashboard.reports.office_file import moment, printable
from dashboard.reports.slides import headings_of

_NAME = 31
"""Characters of a sheet's name, at most; and these cannot stand in one."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_CELL = 32_767
_WIDTHS = (32, 19, 12, 17, 30, 20, 32, 26, 16)
_CHARACTER = 5.6
"""The width in points of one of Excel's units of width, in the words of these sheets."""
_CHART_ROWS = 21
_DATA = len(_WIDTHS) + 1
"""The first column of a chart's own numbers, right of everything else."""


def workbook(briefing: Briefing) -> bytes:
    """The whole pack as XLSX; a second language has sheets of its own behind those of the first."""
    import xlsxwriter  # only where a workbook is written

    briefing = printable(briefing)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({
            "title": briefing.title[:255], "author": briefing.city, "comments": briefing.notice[:255],
            "subject": briefing.period, "keywords": briefing.code, "created": moment(briefing.made),
        })  # fmt: skip
        names: set[str] = set()
        for number, part in enumerate(briefing.languages):
            made = _Workbook(part, book, names, LIGHT["soft"] if number else LIGHT["home"])
            made.about()
            made.headlines()
            made.changes()
            for section in part.sections:
                made.section(section)
            made.sources()
    return out.getvalue()


def numbers_of(briefing: Briefing) -> Mapping[tuple[str, str, str], float]:
    """The number behind a figure's words, by name, period and value in words: of every value in a chart."""
    return {
        (chart.title, mark.when, mark.written): mark.y
        for chart in briefing.charts for one in chart.series for mark in one.realised
    }  # fmt: skip


class _Workbook:
    def __init__(self, briefing: Briefing, book: Any, names: set[str], tab: str) -> None:
        """`names` are those of the sheets that the book has already, `tab` is the colour of these sheets'."""
        self.b, self.words, self.book = briefing, briefing.labels, book
        self.numbers = numbers_of(briefing)
        self.names, self.tab = names, tab
        look = {"valign": "vcenter", "text_wrap": True, "font_name": "Arial", "font_size": 10}
        self.text = book.add_format(look)
        self.bold = book.add_format(look | {"bold": True})
        self.title_look = book.add_format(look | {"bold": True, "font_size": 14, "text_wrap": False})
        self.head_look = book.add_format(look | {"bold": True, "bottom": 1, "bg_color": LIGHT["grid"]})
        self.mark = book.add_format(look | {"bold": True, "font_color": WARNING, "text_wrap": False})
        self.sheet: Any = None
        self.widths: Sequence[float] = _WIDTHS
        self.row = 0

    def _open(self, name: str, title: str, widths: Sequence[float] = _WIDTHS) -> None:
        """A new sheet with its title; the mark of invented figures above it and on every printed page.
        `widths` are those of its columns."""
        b, self.widths = self.b, widths
        self.sheet, self.row = self.book.add_worksheet(self._free(name)), 0
        self.sheet.set_tab_color(self.tab)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.hide_gridlines(2)
        plain = b.notice.replace("&", "&&")
        self.sheet.set_header(f"&L&B{plain}" if plain else "")
        self.sheet.set_footer(f"&L{self.words['code']} {b.code}&R&P / &N")
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        if b.notice:
            self._line([b.notice], self.mark)
        self._line([title], self.title_look)
        self.row += 1

    def _free(self, name: str) -> str:
        """A name that a sheet can have and none has yet."""
        plain = " ".join(name.translate(_FORBIDDEN).split()) or "-"
        if len(plain) > _NAME:  # cut between two words where there are some
            plain = f"{plain[: _NAME - 1].rpartition(' ')[0] or plain[: _NAME - 1]}…"
        found, number = plain, 1
        while found.casefold() in self.names:  # a word that two languages share, or two claims
            sign = f" ({self.b.language})" if number == 1 else f" {number}"
            found, number = f"{plain[: _NAME - 5].strip()}{sign}", number + 1
        self.names.add(found.casefold())
        return found

    def _line(self, cells: Sequence[str | float | None], look: Any = None) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self.sheet.write_string(self.row, column, cell[:_CELL], look or self.text)
            elif cell is not None:
                self.sheet.write_number(self.row, column, cell, look or self.text)
            elif look is not None:
                self.sheet.write_blank(self.row, column, None, look)
        if look in (None, self.head_look):
            self._grow(
                lines_of(cell, width * _CHARACTER, 10, bold=look is not None)
                for cell, width in zip(cells, self.widths, strict=False) if isinstance(cell, str)
            )  # fmt: skip
        self.row += 1

    def _grow(self, lines: Iterable[int]) -> None:
        """Room for so many lines: not every program finds the height of a row by itself."""
        most = max(lines, default=1)
        if most > 1:
            self.sheet.set_row(self.row, min(13.0 * most + 5, 409))

    def _said(self, name: str, value: str) -> None:
        """A line of a name and a longer text over the other columns; nothing for no text."""
        if not value:
            return
        self.sheet.write_string(self.row, 0, name, self.bold)
        self.sheet.merge_range(self.row, 1, self.row, 6, "", self.text)
        self.sheet.write_string(self.row, 1, value[:_CELL], self.text)
        room = sum(_WIDTHS[1:7]) * _CHARACTER
        self._grow([
            sum(lines_of(part, room, 10) for part in value.split("\n")),
            lines_of(name, _WIDTHS[0] * _CHARACTER, 10, bold=True),
        ])  # fmt: skip
        self.row += 1

    def _table(self, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> None:
        self._line(columns, self.head_look)
        for row in rows:
            self._line(row)
        self.row += 1

    # -- the sheets --------------------------------------------------------------------------------

    def about(self) -> None:
        b, words = self.b, self.words
        self._open(words["metadata"], b.title)
        for name, value in (
            (words["as_at"], b.as_at), (words["when"], b.period), (words["place"], b.city),
            (words["code"], b.code), (words["address"], b.address), (words["notice"], b.notice),
            (words["headlines"], b.headline_rule),
        ):  # fmt: skip
            self._said(name, value)
        for line in b.caveats:
            self._said(words["caveats"], line)
        for line in b.left_out:
            self._said(words["left_out"], line)
        for licence in dict.fromkeys(one.licence for one in b.sources if one.licence):
            self._said(words["licence"], licence)

    def headlines(self) -> None:
        self._open(self.words["headlines"], self.words["headlines"])
        self._figures(self.b.headlines)
        for one in self.b.headlines:
            self._said(one.name, one.words)

    def changes(self) -> None:
        if not self.b.changed:
            return
        words = self.words
        self._open(words["changed"], words["changed"], (48, 30, 34, 34, 34))
        heads = [words["figure"], self.b.change, *(words[name] for name in ("claim", "before", "after"))]
        claims = {section.claim: section.name for section in self.b.sections}
        self._table(
            heads,
            ([c.name, c.words, claims.get(c.claim, c.claim), c.before, c.after] for c in self.b.changed),
        )

    def section(self, section: Section) -> None:
        words = self.words
        title = f"{section.number}. {section.name}"
        self._open(title, title)
        self._said(words["quotation"], section.quotation)
        self._said(words["verdict"], section.verdict_words)
        self._said(words["why"], section.verdict_reason)
        self._said(words["analysis"], section.analysis.strip() or section.narrative_note)
        if section.analysis.strip():
            self._said(words["analysis"], section.narrative_note)
        self._said(words["recommendation"], section.recommendation.strip())
        for line in section.against:
            self._said(words["against"], line)
        for line in section.missing:
            self._said(words["missing"], line)
        self.row += 1
        self._figures(section.statements)
        right = self.row
        for chart in section.charts:
            right = self._chart(chart, max(right, self.row))

    def sources(self) -> None:
        self._open(self.words["sources"], self.words["sources"], (80, 30, 70))
        names = ("source", "licence", "address")
        self._table(
            [self.words[name] for name in names],
            ([", ".join(filter(None, (s.title, s.producer))), s.licence, s.address] for s in self.b.sources),
        )

    def _figures(self, statements: Sequence[Statement]) -> None:
        words = self.words
        if not statements:
            self._line([words["nothing"]])
            return
        names = ("figure", "value", "when", "compared", "sure", "source", "caveats")
        columns = [words[name] for name in names]
        columns.insert(2, self._number_heading)
        self._table(columns, (
            [one.name, one.value, self.numbers.get((one.name, one.period, one.value)), one.period,
             one.compared, one.sure, one.source, one.caveat]
            for one in statements
        ))  # fmt: skip

    @property
    def _number_heading(self) -> str:
        return f"{self.words['value']} ({self.words['figure'].lower()})"

    # -- charts ------------------------------------------------------------------------------------

    def _chart(self, chart: ChartSpec, top: int) -> int:
        """A chart, its table with every value, and right of them the numbers it is drawn from; gives the row
        after those."""
        self.row = top
        self._line([chart.title], self.bold)
        self._said(self.words["chart_table"], " ".join(filter(None, (chart.sentence, *chart.notes))))
        self._said(self.words["caveats"], chart.caveat)
        self._said(self.words["source"], chart.source)
        end = self.row
        if not chart.empty:
            drawn = write_data(self.book, self.sheet, chart, self.row, _DATA, headings_of(self.b))
            end = self.row + 1 + sum(len(strand.spots) for strand, _ in drawn) + 1
            native = _native(self.book, self.sheet.get_name(), chart, drawn)
            self.sheet.insert_chart(self.row, 0, native, {
                "description": chart.alternative, "object_position": 2, "x_offset": 4, "y_offset": 4,
            })  # fmt: skip
            self.row += _CHART_ROWS
        for words in chart.key:
            self._said(self.words.get("chart_key", ""), words)  # a label that older packs do not have
        self.row += 1
        if chart.rows:
            values = {(m.when, m.written): m.y for one in chart.series for m in one.marks}
            unit = f"{self._number_heading}, {chart.unit}" if chart.unit else self._number_heading
            self._table(
                [*chart.columns, unit],
                ([*row, next((values[pair] for pair in _pairs(row) if pair in values), None)]
                 for row in chart.rows),
            )  # fmt: skip
        self.sheet.print_area(0, 0, self.row, len(_WIDTHS) - 1)  # the chart's own numbers stay on the screen
        return end


def _pairs(row: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Each two cells of a row, in order: its period and value are two of them, not always neighbours."""
    return ((a, b) for i, a in enumerate(row) for b in row[i + 1 :])


def _native(book: Any, sheet: str, chart: ChartSpec, drawn: Sequence[tuple[Strand, int]]) -> Any:
    from xlsxwriter.utility import xl_range_formula

    made = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for strand, first in drawn:
        last = first + len(strand.spots) - 1
        labels = strand.labelled
        series: dict[str, Any] = {
            "name": [sheet, first, _DATA],
            "categories": [sheet, first, _DATA + 2, last, _DATA + 2],
            "values": [sheet, first, _DATA + 3, last, _DATA + 3],
            "line": _line_of(strand), "marker": _marker_of(strand),
        }  # fmt: skip
        if labels:
            series["data_labels"] = {
                "value": True, "position": "above", "font": {"bold": True, "color": strand.colour},
                "custom": [
                    {"value": spot.written} if number in labels else {"delete": True}
                    for number, spot in enumerate(strand.spots)
                ],
            }  # fmt: skip
        for name, columns in (("y_error_bars", (5, 6)), ("x_error_bars", (7, 7))):
            sides = [[spot.beyond[column - 5] for spot in strand.spots] for column in columns]
            if any(map(any, sides)):
                cells = [xl_range_formula(sheet, first, _DATA + c, last, _DATA + c) for c in columns]
                series[name] = {
                    "type": "custom", "plus_values": f"={cells[0]}", "minus_values": f"={cells[1]}",
                    "plus_data": sides[0], "minus_data": sides[1], "line": {"color": strand.colour},
                }  # fmt: skip
        made.add_series(series)
    scale = Scale(chart)
    soft = {"color": LIGHT["soft"], "size": 9}
    left, right = scale.x_ends
    made.set_x_axis({
        "min": left, "max": right, "major_unit": scale.x_step, "num_format": scale.x_format,
        "name": chart.x_label, "num_font": soft, "crossing": "min", "label_position": "low",
        "major_gridlines": {"visible": False}, "line": {"color": LIGHT["axis"]},
    })  # fmt: skip
    low, high = (round(end, 12) for end in chart.y_range)
    made.set_y_axis({
        "min": low, "max": high, "major_unit": scale.y_step or None, "num_format": scale.y_format,
        "name": chart.y_label, "name_font": soft | {"bold": False}, "num_font": soft, "crossing": "min",
        "label_position": "low", "major_gridlines": {"visible": True, "line": {"color": LIGHT["grid"]}},
        "line": {"color": LIGHT["axis"]},
    })  # fmt: skip
    title = " · ".join(filter(None, (chart.title[:250], chart.mark)))
    made.set_title({"name": title, "name_font": {"size": 12 if len(title) < 90 else 8}})
    hidden = [number for number, (strand, _) in enumerate(drawn) if not strand.legend]
    made.set_legend({"position": "bottom", "delete_series": hidden, "font": soft})
    made.set_size({"width": 900, "height": _CHART_ROWS * 20 - 16})
    made.set_chartarea({"border": {"none": True}})
    return made


def _line_of(strand: Strand) -> dict[str, Any]:
    if not strand.joined:
        return {"none": True}
    dashes = {"solid": "solid", "dash": "dash", "sysDot": "round_dot", "dashDot": "dash_dot",
              "lgDash": "long_dash", "sysDash": "square_dot"}  # fmt: skip
    return {"color": strand.colour, "width": strand.width, "dash_type": dashes[strand.dash]}


def _marker_of(strand: Strand) -> dict[str, Any]:
    if not strand.marked:
        return {"type": "none"}
    kinds = {"dash": "long_dash"}
    size = 8 if strand.kind == "target" else 6
    return {
        "type": kinds.get(strand.symbol, strand.symbol), "size": size,
        "fill": {"color": strand.colour}, "border": {"color": strand.colour},
    }  # fmt: skip
