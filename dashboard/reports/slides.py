"""The pack as slides: one message a slide, native charts, and all that is known of a figure in the notes.

With a city's own file its masters, fonts and size are used and its slides are left out. Positions are worked
out from the title and the foot of the layout, so that any size of slide will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from io import BytesIO
from typing import Any

from dashboard.charts.palette import LIGHT
from dashboard.charts.spec import ChartSpec
from dashboard.reports.briefing import Briefing, Cited, Section, Statement
from dashboard.reports.fitting import LEADING, Words, fitted, lines_of, paged, unbroken
from dashboard.reports.matrix_code import code_png, code_svg
from dashboard.reports.office_chart import WARNING, chart_workbook, chart_xml
from dashboard.reports.office_file import (
    SVG,
    describe,
    drawn_as_lines,
    moment,
    printable,
    refused,
    stamped,
    template_of,
)

SOFT, BLUE = LIGHT["soft"], LIGHT["home"]
VERDICT = {
    "supported": "#1e7d4f", "mixed": "#b07d00", "not_supported": "#b3392f", "not_enough_evidence": "#7b8794",
}  # fmt: skip
"""The outline of a verdict; its word stands inside in ink."""

_INCH, _POINT = 914400, 12700
_SIZE = (12192000, 6858000)  # 16:9
_FEW_LETTERS = 400
"""A slide of so few can show them larger."""
_FONT = "Arial"  # on every computer; its widths are those of Liberation Sans
_LANGUAGES = {"da": "da-DK", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide, in English Metric Units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def row(self, top: float, height: float) -> Box:
        """A part of its height, both in units."""
        return Box(self.left, self.top + round(top), self.width, round(height))

    def column(self, start: float, end: float) -> Box:
        """A part of its width, as shares."""
        left = self.left + round(self.width * start)
        return Box(left, self.top, self.left + round(self.width * end) - left, self.height)


def slides(briefing: Briefing, template: bytes | None = None) -> bytes:
    """The whole pack as PPTX.

    Raises `InvalidFileError` for a `template` that is no PPTX.
    """
    b = printable(briefing)
    made = _opened(template)
    decks = [Deck(part, made) for part in b.languages]
    for deck in decks:
        _laid(deck)
    return decks[0].saved()


def _laid(deck: Deck) -> None:
    b, words = deck.b, deck.words
    deck.title()
    deck.headlines()
    if b.changed:
        heads = [b.change, *(words[name] for name in ("figure", "before", "after"))]
        rows = [(one.words, one.name, one.before, one.after) for one in b.changed]
        deck.table(words["changed"], heads, rows, (0.19, 0.37, 0.22, 0.22))
    for section in b.sections:
        deck.claim(section)
        deck.story(section)
    deck.text(words["left_out"], b.left_out)
    deck.text(words["caveats"], b.caveats)
    deck.text(words["sources"], map(cited, b.sources))
    deck.way_back()


def cited(one: Cited) -> str:
    return ", ".join(filter(None, (one.title, one.producer, one.address, one.licence)))


def said(one: Statement) -> str:
    """Everything that a figure says, as one sentence of a note."""
    figure = f"{one.name}, {one.period}: {one.value}"
    parts = (figure, one.words, one.compared, one.sure, one.source, one.caveat)
    return " · ".join(filter(None, parts))


def _opened(template: bytes | None) -> Any:
    """A presentation without slides, of ours or of the city."""
    import pptx  # a quarter of a second: only where slides are written

    if template is None:
        return _own(pptx.Presentation())
    try:
        found = pptx.Presentation(template_of(template, "pptx"))
        if not len(found.slide_layouts):
            raise refused("pptx")
    except Exception as error:  # whatever a broken file makes the library raise is one sentence
        raise refused("pptx") from error
    numbers = found.slides._sldIdLst
    for number in list(numbers):
        found.part.drop_rel(number.rId)
        numbers.remove(number)
    return found


def _own(deck: Any) -> Any:
    """The library's plain design, made wide, in one plain font, with a bar of the city's colour."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    factor = _SIZE[0] / deck.slide_width
    deck.slide_width, deck.slide_height = _SIZE
    master = deck.slide_master
    for holder in (master, *deck.slide_layouts):
        for shape in holder.placeholders:
            if shape.element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)
    title = next(iter(master.placeholders))
    title.left, title.top, title.width, title.height = (round(x * _INCH) for x in (0.55, 0.3, 12.23, 0.85))
    for shape in deck.slide_layouts[0].placeholders:
        if shape.placeholder_format.idx in (0, 1):
            shape.left, shape.width = round(0.9 * _INCH), round(11.5 * _INCH)
        if shape.placeholder_format.idx == 1:
            shape.element.find(f".//{qn('a:lvl1pPr')}").set("algn", "l")
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b"Calibri", _FONT.encode())
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("b", "1")
    bar = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="999" name="bar"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{_SIZE[0]}" cy="{_INCH // 8}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{BLUE[1:].upper()}"/>'
        "</a:solidFill></p:spPr></p:sp>"
    )
    master.shapes._spTree.insert(2, parse_xml(bar))
    return deck


@dataclass(frozen=True)
class _Native:
    """What python-pptx asks for to place a chart: the part's text and its workbook."""

    spec: ChartSpec
    size: float
    headings: tuple[str, ...]
    made: datetime

    def xml_bytes(self, chart_type: object) -> bytes:
        return chart_xml(self.spec, self.size)

    @property
    def _workbook_writer(self) -> _Native:
        return self

    @property
    def xlsx_blob(self) -> bytes:
        return chart_workbook(self.spec, self.headings, self.made)


def headings_of(briefing: Briefing) -> tuple[str, ...]:
    """The columns of a chart's numbers: series, period, position, number, the value in words."""
    words = briefing.labels
    return (words["chart_table"], words["when"], words["as_at"], words["figure"], words["value"])


class Deck:
    """The slides of one pack, added one by one."""

    def __init__(self, briefing: Briefing, deck: Any) -> None:
        self.b, self.words, self.deck = briefing, briefing.labels, deck
        self.language = _LANGUAGES.get(briefing.language, briefing.language)

    def saved(self) -> bytes:
        describe(self.deck.core_properties, self.b, self.language)
        out = BytesIO()
        self.deck.save(out)
        return stamped(out.getvalue(), self.b.made)

    # -- layouts and boxes -------------------------------------------------------------------------

    @cached_property
    def _layouts(self) -> tuple[Any, Any]:
        """The layout of the first slide, and of all others: a title and nothing else."""
        from pptx.enum.shapes import PP_PLACEHOLDER as KIND

        feet = {KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER}
        kinds = [
            (layout, {holder.placeholder_format.type for holder in layout.placeholders} - feet)
            for layout in self.deck.slide_layouts
        ]
        titled = [pair for pair in kinds if pair[1] & {KIND.TITLE, KIND.CENTER_TITLE}] or kinds
        first = next((layout for layout, has in titled if KIND.SUBTITLE in has), titled[0][0])
        plain = next((layout for layout, has in titled if has == {KIND.TITLE}), titled[-1][0])
        return first, plain

    def _box(self, layout: Any) -> Box:
        """The room between the title and the foot of a layout."""
        width, height = self.deck.slide_width, self.deck.slide_height
        titles = [h for h in layout.placeholders if h.placeholder_format.idx == 0]
        left, top, across = round(width * 0.045), round(height * 0.16), round(width * 0.91)
        if titles and titles[0].height and titles[0].top + titles[0].height < height * 0.4:
            left, across = titles[0].left, titles[0].width
            top = titles[0].top + titles[0].height
        bottom = round(height * 0.925)
        return Box(left, top + _INCH // 20, across, bottom - top - _INCH // 20)

    def _slide(self, title: str, notes: Iterable[str], first: bool = False) -> tuple[Any, Box]:
        layout = self._layouts[0 if first else 1]
        slide = self.deck.slides.add_slide(layout)
        box = self._box(layout)
        head = slide.shapes.title
        if head is None:
            head = slide.shapes.add_textbox(box.left, _INCH // 4, box.width, box.top - _INCH // 4)
        size = 40 if first else 28
        self._fill(head.text_frame, [Words(title, size, bold=True)],
                   Box(head.left, head.top, head.width, head.height), inherit=True)  # fmt: skip
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx != 0 and not (first and holder.placeholder_format.idx == 1):
                holder.element.getparent().remove(holder.element)
        self._foot(slide, box)
        slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, notes))
        for run in slide.notes_slide.notes_text_frame._txBody.iter("{*}rPr"):
            run.set("lang", self.language)
        return slide, box

    def _foot(self, slide: Any, box: Box) -> None:
        """The mark of invented figures on the left; code and number of the slide on the right."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        height = round(self.deck.slide_height * 0.055)
        foot = Box(box.left, round(self.deck.slide_height * 0.935), box.width, height)
        if self.b.notice:
            self.panel(slide, foot.column(0, 0.7), [Words(self.b.notice, 12, bold=True, colour=WARNING)])
        shape = self.panel(
            slide, foot.column(0.7, 1), [Words(f"{self.words['code']} {self.b.code} · ", 11, colour=SOFT)]
        )
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        paragraph._p.append(parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr lang="{self.language}" sz="1100"/><a:t>{len(self.deck.slides)}</a:t></a:fld>'
        ))  # fmt: skip

    # -- words -------------------------------------------------------------------------------------

    def panel(self, slide: Any, box: Box, words: Sequence[Words]) -> Any:
        """Paragraphs in a box of their own, made smaller where they would not fit."""
        shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        self._fill(shape.text_frame, words, box)
        return shape

    def _fill(self, frame: Any, words: Sequence[Words], box: Box, inherit: bool = False) -> None:
        """`inherit` leaves weight and colour to the layout."""
        from pptx.enum.text import MSO_AUTO_SIZE
        from pptx.util import Pt

        margin = 0.06 * _INCH
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = round(margin)
        inner = ((box.width - 2 * margin) / _POINT, (box.height - 2 * margin) / _POINT)
        for number, one in enumerate(fitted([w for w in words if w.text], *inner)):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            paragraph.space_before = Pt(round(one.before, 1))
            run = paragraph.add_run()
            run.text = one.text.replace("\n", " ")
            run.font.size = Pt(round(one.size * 2) / 2 if one.size > 8 else int(one.size * 10) / 10)
            run._r.get_or_add_rPr().set("lang", self.language)
            if not inherit:
                run.font.bold, run.font.italic = one.bold, one.italic
                run.font.color.rgb = _rgb(one.colour)

    def _crowded(self, words: Sequence[Words], box: Box) -> bool:
        """Whether words would have to be so small in a box that nobody could read them from a chair."""
        margin = 0.12 * _INCH
        given = [one for one in words if one.text]
        shrunk = fitted(given, (box.width - margin) / _POINT, (box.height - margin) / _POINT)
        return any(now.size < 0.6 * then.size for now, then in zip(shrunk, given, strict=True))

    # -- the slides --------------------------------------------------------------------------------

    def title(self) -> None:
        b = self.b
        lines = (f"{self.words['as_at']} {b.as_at}", f"{self.words['code']} {b.code}", b.notice)
        slide, box = self._slide(b.title, (*lines, b.headline_rule), first=True)
        words = [Words(line, 18, colour=SOFT) for line in lines[:2]]
        words.append(Words(b.notice, 18, bold=True, colour=WARNING, before=10))
        under = next((h for h in slide.placeholders if h.placeholder_format.idx == 1), None)
        if under is None:
            self.panel(slide, box.row(box.height * 0.6, box.height * 0.35), words)
        else:
            self._fill(under.text_frame, words, Box(under.left, under.top, under.width, under.height))

    def headlines(self) -> None:
        b = self.b
        slide, box = self._slide(
            self.words["headlines"], (b.headline_rule, *map(said, b.headlines), b.notice)
        )
        rule = 0.5 * _INCH
        body = box.row(0.15 * _INCH, box.height - rule - 0.15 * _INCH)
        self.panel(slide, box.row(box.height - rule, rule), [Words(b.headline_rule, 11, colour=SOFT)])
        if not b.headlines:
            self.panel(slide, body, [Words(self.words["nothing"], 18)])
        count = max(len(b.headlines), 3)
        across = 0.94 * body.width / count / _POINT - 0.12 * _INCH / _POINT
        sizes = [unbroken(Words(one.value, 30, bold=True), across).size for one in b.headlines]
        cards = [
            [
                Words(one.value, min(sizes), bold=True, colour=BLUE),
                Words(one.name, 18, bold=True, before=4),
                Words(one.period, 16, before=2),
                Words(one.words, 18, before=12),
                Words(one.compared, 16, before=14),
                Words(one.sure, 14, colour=SOFT, before=14),
                Words(one.source, 14, colour=SOFT, before=4),
                Words(one.caveat, 14, colour=WARNING, before=10),
            ]
            for one in b.headlines
        ]
        places = [body.column(n / count, (n + 0.94) / count) for n in range(len(cards))]
        if any(map(self._crowded, cards, places)):
            self.panel(slide, body, [Words(f"{one.name}: {one.value}", 16, before=6) for one in b.headlines])
            for card in cards:
                self._pages(self.words["headlines"], [words for words in card if words.text])
            return
        for card, place in zip(cards, places, strict=True):
            self._line_over(slide, place)
            self.panel(slide, place.row(0.08 * _INCH, place.height - 0.08 * _INCH), card)

    def _line_over(self, slide: Any, box: Box) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR

        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, box.left, box.top, box.left + box.width, box.top
        )
        for style in line._element.findall("{*}style"):
            line._element.remove(style)  # it would bring a shadow
        _colour_line(line, BLUE, 2.5)

    def claim(self, section: Section) -> None:
        slide, box = self._slide(f"{section.number}. {section.name}", self._notes(section))
        lines = lines_of(section.quotation, (box.width - 0.12 * _INCH) / _POINT, 14)
        quote, verdict, foot = (0.12 + 0.24 * min(lines, 3)) * _INCH, 0.62 * _INCH, 0.72 * _INCH
        self.panel(slide, box.row(0, quote), [Words(section.quotation, 14, italic=True, colour=SOFT)])
        self._verdict(slide, box.row(quote + 0.06 * _INCH, verdict - 0.06 * _INCH), section)
        top = quote + verdict + 0.1 * _INCH
        body = box.row(top, box.height - top)
        if not section.charts:
            self.panel(slide, body, self._figures(section, 1.6))
            return
        chart = section.charts[0]
        figures = self._figures(section, 1)
        beside = not self._crowded(figures, body.column(0.62, 1))
        left = body.column(0, 0.6 if beside else 1)
        self._chart(slide, left.row(0, left.height - foot), chart)
        under = " ".join(filter(None, (chart.sentence, *chart.notes)))
        self.panel(slide, left.row(left.height - foot, foot), [
            Words(under, 11, colour=SOFT), Words(chart.source, 11, colour=SOFT),
            Words(chart.caveat, 11, bold=True, colour=WARNING),
        ])  # fmt: skip
        if beside:
            self.panel(slide, body.column(0.62, 1), figures)
        else:
            self._pages(f"{section.number}. {section.name}", self._figures(section, 1.15))
        for further in section.charts[1:]:
            slide, box = self._slide(f"{section.number}. {section.name}", self._chart_notes(further))
            self._chart(slide, box, further)

    def _figures(self, section: Section, factor: float) -> list[Words]:
        """What stands beside the chart: the figures, what speaks against, what is missing."""
        words = self.words
        found: list[Words] = []
        for one in section.statements:
            found += [
                Words(one.value, 18 * factor, bold=True, colour=BLUE, before=8 if found else 0),
                Words(f"{one.name}, {one.period}", 13 * factor),
                Words(one.compared, 12 * factor, colour=SOFT),
                Words(one.caveat, 11 * factor, colour=WARNING),
            ]
        if not section.statements:
            found.append(Words(words["nothing"], 18 * factor))
        for name, lines in (("against", section.against), ("missing", section.missing)):
            if lines:
                together = "; ".join((*(line.removesuffix(".") for line in lines[:-1]), lines[-1]))
                found.append(Words(f"{words[name]}: {together}", 12 * factor, before=9))
        found.append(Words(section.narrative_note, 11 * factor, italic=True, colour=SOFT, before=6))
        return [one for one in found if one.text]

    def _verdict(self, slide: Any, box: Box, section: Section) -> None:
        from pptx.enum.dml import MSO_LINE
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        shape = self.panel(slide, box.column(0, 0.27), [Words(section.verdict_words, 18, bold=True)])
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        _colour_line(shape, VERDICT.get(section.verdict, SOFT), 3)
        if section.verdict == "not_enough_evidence":
            shape.line.dash_style = MSO_LINE.DASH
        self.panel(slide, box.column(0.28, 1), [Words(section.verdict_reason, 14)])

    def _chart(self, slide: Any, box: Box, chart: ChartSpec) -> None:
        from pptx.enum.chart import XL_CHART_TYPE

        if chart.empty:
            self.panel(slide, box, [Words(chart.title, 16, bold=True), Words(chart.sentence, 14)])
            return
        native: Any = _Native(chart, 12, headings_of(self.b), moment(self.b.made))
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.XY_SCATTER, box.left, box.top, box.width, box.height, native
        )
        about = frame._element.nvGraphicFramePr.cNvPr
        about.set("descr", chart.alternative)
        about.set("title", chart.title)

    def story(self, section: Section) -> None:
        """What people have written of the claim; nothing where nobody has."""
        words = [Words(part.strip(), 24, before=8) for part in section.analysis.split("\n") if part.strip()]
        if section.recommendation:
            words.append(Words(self.words["recommendation"], 24, bold=True, before=20))
            words += [Words(p.strip(), 24, before=6) for p in section.recommendation.split("\n") if p.strip()]
        heading = self.words["analysis" if section.analysis.strip() else "recommendation"]
        self._pages(f"{section.number}. {section.name}: {heading}", words)

    def text(self, title: str, lines: Iterable[str]) -> None:
        given = list(lines)
        size = 22 if sum(map(len, given)) < _FEW_LETTERS else 16
        self._pages(title, [Words(line, size, before=size / 2) for line in given])

    def way_back(self) -> None:
        """The last slide leads everybody in the room to the frozen pack."""
        if not self.b.link:
            return
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI

        said = self.words.get("open", self.words["code"])
        slide, box = self._slide(said, (self.b.link,))
        side = min(round(box.height * 0.75), round(box.width * 0.45))
        place = Box(box.left, box.top + round(box.height * 0.08), side, side)
        shown = slide.shapes.add_picture(
            BytesIO(code_png(self.b.link)), place.left, place.top, place.width, place.height
        )
        name = PackURI(f"/ppt/media/code-{self.b.language}.svg")
        lines = Part(name, SVG, slide.part.package, code_svg(self.b.link).encode())
        drawn_as_lines(shown._element, slide.part.relate_to(lines, RELATIONSHIP_TYPE.IMAGE))
        about = shown._element.nvPicPr.cNvPr
        about.set("descr", f"{said}: {self.b.link}")
        beside = Box(place.left + side + _INCH // 3, place.top, box.width - side - _INCH // 3, side)
        self.panel(slide, beside, [
            Words(self.b.link, 24, bold=True, colour=BLUE),
            Words(f"{self.words['code']} {self.b.code}", 20, before=12),
            Words(f"{self.words['as_at']} {self.b.as_at}", 16, colour=SOFT, before=12),
        ])  # fmt: skip

    def _pages(self, title: str, words: Sequence[Words]) -> None:
        if not words:
            return
        box = self._box(self._layouts[1])
        room = ((box.width - 0.12 * _INCH) / _POINT, (box.height - 0.12 * _INCH) / _POINT)
        for page in paged(words, *room):
            slide, box = self._slide(title, (one.text for one in page))
            self.panel(slide, box, page)

    def table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
    ) -> None:
        """A table over as many slides as it needs, its headings on each; larger where one slide holds it."""
        box = self._box(self._layouts[1])
        widths = [round(box.width * share) for share in shares]
        room = [width / _POINT - 16 for width in widths]

        def height_at(size: float, row: Sequence[str]) -> int:
            lines = max(lines_of(cell, w, size) for cell, w in zip(row, room, strict=True))
            return round((lines * size * LEADING + 8) * _POINT)

        fitting = (
            s for s in (18, 16, 14) if sum(height_at(s, row) for row in (columns, *rows)) <= box.height
        )
        size = next(fitting, 12)
        height = partial(height_at, size)
        pages: list[list[Sequence[str]]] = [[]]
        used = height(columns)
        for row in rows:
            if pages[-1] and used + height(row) > box.height:
                pages.append([])
                used = height(columns)
            pages[-1].append(row)
            used += height(row)
        for page in pages:
            notes = (" · ".join(filter(None, row)) for row in page)
            slide, box = self._slide(title, notes)
            frame = slide.shapes.add_table(
                len(page) + 1, len(columns), box.left, box.top, box.width, height(columns) * (len(page) + 1)
            )
            frame._element.nvGraphicFramePr.cNvPr.set("descr", title)
            for column, width in zip(frame.table.columns, widths, strict=True):
                column.width = width
            for number, row in enumerate([columns, *page]):
                frame.table.rows[number].height = height(row)
                for cell, text in zip(frame.table.rows[number].cells, row, strict=True):
                    self._cell(cell, text, size, head=not number)

    def _cell(self, cell: Any, text: str, size: float, head: bool) -> None:
        from pptx.util import Pt

        run = cell.text_frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), head
        run._r.get_or_add_rPr().set("lang", self.language)

    # -- notes -------------------------------------------------------------------------------------

    def _notes(self, section: Section) -> Iterable[str]:
        words = self.words
        yield f"{words['verdict']}: {section.verdict_words}. {section.verdict_reason}"
        yield f"{words['quotation']}: {section.quotation}"
        yield from map(said, section.statements)
        for name, lines in (("against", section.against), ("missing", section.missing)):
            yield from (f"{words[name]}: {line}" for line in lines)
        for chart in section.charts[:1]:
            yield from self._chart_notes(chart)
        yield section.narrative_note
        yield self.b.notice

    def _chart_notes(self, chart: ChartSpec) -> Iterable[str]:
        yield from (chart.title, chart.sentence, chart.alternative, *chart.key, *chart.notes, chart.caveat)
        yield chart.source


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor  # without types in the library
    return made.from_string(colour.lstrip("#").upper())


def _colour_line(shape: Any, colour: str, points: float) -> None:
    from pptx.util import Pt

    shape.line.color.rgb = _rgb(colour)
    shape.line.width = Pt(points)
