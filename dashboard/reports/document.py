"""The pack as a Word document: to be edited, quoted from and kept with a case.

The charts are native ones, the same DrawingML as in the slides: sharp at any size, with words that can be
searched and read aloud and numbers that can be copied. A picture would need a second way of drawing, and
fonts on the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from dashboard.charts.palette import LIGHT
from dashboard.charts.spec import ChartSpec
from dashboard.reports.briefing import Briefing, Section, Statement
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
from dashboard.reports.slides import VERDICT, cited, headings_of

_FONT = "Arial"
_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_HEIGHT = 0.4
"""Of the width of the text."""


def document(briefing: Briefing, template: bytes | None = None) -> bytes:
    """The whole pack as DOCX. In a city's own file its styles, margins, headers and what is written in it
    (a cover, say) stay, and the pack follows.

    Raises `InvalidFileError` for a `template` that is no DOCX.
    """
    b = printable(briefing)
    opened = opened_template(template)
    first = WordDocument(b, opened, own=template is None)
    _laid(first)
    if b.translation is not None:
        second = WordDocument(b.translation, opened, own=template is None, after=first)
        opened.add_page_break()
        _laid(second)
    return first.saved()


def _laid(made: WordDocument) -> None:
    b, words = made.b, made.words
    made.head()
    made.heading(words["headlines"])
    made.small(b.headline_rule)
    made.figures(b.headlines)
    if b.changed:
        made.heading(words["changed"])
        heads = [b.change, *(words[name] for name in ("figure", "before", "after"))]
        rows = [(one.words, one.name, one.before, one.after) for one in b.changed]
        made.table(heads, rows, (0.26, 0.32, 0.21, 0.21))
    for section in b.sections:
        made.section(section)
    made.bullets(words["left_out"], b.left_out)
    made.bullets(words["caveats"], b.caveats)
    made.bullets(words["sources"], map(cited, b.sources))


def opened_template(template: bytes | None) -> Any:
    import docx  # a tenth of a second: only where a document is written

    if template is None:
        return _own(docx.Document())
    try:
        found = docx.Document(template_of(template, "docx"))
        if not len(found.sections):
            raise refused("docx")
    except Exception as error:  # whatever a broken file makes the library raise is one sentence
        raise refused("docx") from error
    return found


def _own(made: Any) -> Any:
    """The library's plain styles on A4, in one plain font and the colours of the pages."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(18)
    looks = {
        "Normal": (10.5, LIGHT["ink"]), "Title": (24, LIGHT["ink"]), "Heading 1": (16, LIGHT["home"]),
        "Heading 2": (12, LIGHT["ink"]), "Caption": (9, LIGHT["soft"]), "Quote": (11, LIGHT["soft"]),
        "Header": (9, WARNING), "Footer": (9, LIGHT["soft"]),
    }  # fmt: skip
    for name, (size, colour) in looks.items():
        style = made.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour[1:].upper())
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            del fonts.attrib[kind]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), _FONT)
    made.styles["Caption"].font.bold = False
    made.styles["Normal"].paragraph_format.space_after = Pt(5)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    made.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    for border in made.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    return made


class WordDocument:
    """The document of one pack, written from top to bottom."""

    def __init__(self, briefing: Briefing, made: Any, own: bool, after: WordDocument | None = None) -> None:
        """`after` is the pack that stands in the document already: its language is the document's, and its
        charts have their numbers."""
        self.b, self.words, self.made, self.own = briefing, briefing.labels, made, own
        self.language = _LANGUAGES.get(briefing.language, briefing.language)
        self.spoken = self.language if after is not None else ""
        self.charts: int = after.charts if after is not None else 0
        self._styles: dict[str, Any] = after._styles if after else {one.name: one for one in made.styles}
        page = made.sections[-1]
        self.width = page.page_width - page.left_margin - page.right_margin

    def saved(self) -> bytes:
        self._speak()
        self._margins()
        describe(self.made.core_properties, self.b, self.language)
        out = BytesIO()
        self.made.save(out)
        return stamped(out.getvalue(), self.b.made)

    def _speak(self) -> None:
        """The language of the text, for the spelling and for those who have it read aloud."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for run in self.made.styles.element.iter(qn("w:rPrDefault")):
            properties = run.find(qn("w:rPr"))
            if properties is None:
                properties = OxmlElement("w:rPr")
                run.append(properties)
            found = properties.find(qn("w:lang"))
            if found is None:
                found = OxmlElement("w:lang")
                properties.append(found)
            found.set(qn("w:val"), self.language)

    def _margins(self) -> None:
        """The mark over every page; code and number of the page under it."""
        words = self.words
        for section in self.made.sections:
            tops, feet = [section.header], [section.footer]
            if section.different_first_page_header_footer:
                tops.append(section.first_page_header)
                feet.append(section.first_page_footer)
            if self.made.settings.odd_and_even_pages_header_footer:
                tops.append(section.even_page_header)
                feet.append(section.even_page_footer)
            for top in tops if self.b.notice else ():
                self._plain(_free(top), self.b.notice, "Header", bold=True, colour=WARNING)
            for foot in feet:
                line = _free(foot)
                known = f"{words['code']} {self.b.code} · {words['as_at']} {self.b.as_at}"
                self._plain(line, known, "Footer")
                line.add_run(f" · {words['page']} ")
                _field(line, "PAGE")
                line.add_run(f" {words['of']} ")
                _field(line, "NUMPAGES")

    # -- paragraphs --------------------------------------------------------------------------------

    def _style(self, name: str) -> Any:
        """A style by its name, or None where a city's template does not have it."""
        return self._styles.get(name)

    def _plain(
        self, line: Any, text: str, style: str = "", *, bold: bool = False, colour: str = "", size: float = 0
    ) -> Any:
        from docx.shared import Pt, RGBColor

        if style and self._style(style) is not None:
            line._p.style = self._style(style).style_id  # by name the library would search all styles
        run = line.add_run(text)
        if self.spoken:
            _spoken(run, self.spoken)
        if bold:
            run.bold = True
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
        if size:
            run.font.size = Pt(size)
        return line

    def paragraph(self, text: str, style: str = "", **looks: Any) -> Any:
        return self._plain(self.made.add_paragraph(), text, style, **looks) if text else None

    def small(self, text: str) -> None:
        self.paragraph(text, colour=LIGHT["soft"], size=9.5)

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        line = self.paragraph(text, f"Heading {level}", bold=self._style(f"Heading {level}") is None)
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.page_break_before = new_page or None

    def caveat(self, text: str) -> None:
        self.paragraph(text, colour=WARNING, size=9.5)

    def bullets(self, title: str, lines: Iterable[str], level: int = 1) -> None:
        found = list(lines)
        if not found:
            return
        self.heading(title, level)
        bullet = self._style("List Bullet")
        for line in found:
            self.paragraph(line if bullet is not None else f"• {line}", "List Bullet")

    def named(self, title: str, lines: Sequence[str]) -> None:
        """A single line behind its title, which saves a page now and then; several as a list."""
        if len(lines) != 1:
            self.bullets(title, lines, 2)
            return
        line = self.paragraph(f"{title}: ", bold=True)
        self._plain(line, lines[0])

    def head(self) -> None:
        b, words = self.b, self.words
        self.paragraph(b.title, "Title", bold=self._style("Title") is None)
        self.paragraph(b.notice, bold=True, colour=WARNING, size=12)
        self.small(f"{words['as_at']} {b.as_at} · {words['code']} {b.code}")
        self._way_back()

    def _way_back(self) -> None:
        """The address of the frozen pack, and the same as a code for a telephone."""
        if not self.b.link:
            return
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.shared import Mm

        said = self.words.get("open", self.words["code"])
        line = self.made.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shown = line.add_run().add_picture(BytesIO(code_png(self.b.link)), width=Mm(22))
        name = PackURI(f"/word/media/code-{self.b.language}.svg")
        lines = Part(name, SVG, code_svg(self.b.link).encode(), self.made.part.package)
        drawn_as_lines(shown._inline, self.made.part.relate_to(lines, RELATIONSHIP_TYPE.IMAGE))
        shown._inline.docPr.set("descr", f"{said}: {self.b.link}")
        shown._inline.docPr.set("name", self.words["code"])
        self.small(f"{said}: {self.b.link}")

    # -- the claims --------------------------------------------------------------------------------

    def section(self, section: Section) -> None:
        words = self.words
        # A claim with its chart fills a page: it begins one, so that they stay together.
        self.heading(f"{section.number}. {section.name}", new_page=bool(section.charts))
        quote = self.paragraph(section.quotation, "Quote")
        if quote is not None:
            quote.paragraph_format.keep_with_next = True
        verdict = self.paragraph(
            f"{words['verdict']}: {section.verdict_words}", bold=True, size=12,
            colour="#7a5600" if section.verdict == "mixed" else "",
        )  # fmt: skip
        _bar(verdict, VERDICT.get(section.verdict, LIGHT["soft"]))
        verdict.paragraph_format.keep_with_next = True
        self.paragraph(section.verdict_reason)
        if section.analysis.strip():
            self.heading(words["analysis"], 2)
            for part in section.analysis.split("\n"):
                self.paragraph(part.strip())
        if section.recommendation.strip():
            self.heading(words["recommendation"], 2)
            for part in section.recommendation.split("\n"):
                self.paragraph(part.strip())
        self.small(section.narrative_note)
        self.figures(section.statements)
        for chart in section.charts:
            self.chart(chart)
        self.named(words["against"], section.against)
        self.named(words["missing"], section.missing)

    def figures(self, statements: Sequence[Statement]) -> None:
        """The figures with everything that is known of them, and their caveats under the table."""
        if not statements:
            self.paragraph(self.words["nothing"])
            return
        pairs = (("figure",), ("value", "when"), ("compared",), ("sure", "source"))
        heads = ["\n".join(self.words[name] for name in names) for names in pairs]
        rows = [
            (_named(one), f"{one.value}\n{one.period}", one.compared,
             f"{one.sure}\n{one.source}")
            for one in statements
        ]  # fmt: skip
        self.table(heads, rows, (0.24, 0.19, 0.23, 0.34), bold=1)
        for caveat in dict.fromkeys(one.caveat for one in statements if one.caveat):
            self.caveat(f"† {caveat}")

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], bold: int = -1
    ) -> None:
        """A table whose headings are repeated on every page and whose rows are not torn; a short one stays
        on one page. `bold` is the column whose first lines matter."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        table = self.made.add_table(rows=0, cols=len(columns))
        table.autofit = False
        _rules(table)
        together = len(rows) <= 8
        for number, cells in enumerate([columns, *rows]):
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if not number:
                properties.append(OxmlElement("w:tblHeader"))
            for column, (cell, text, share) in enumerate(zip(row.cells, cells, shares, strict=True)):
                cell.width = round(self.width * share)
                for place, part in enumerate(text.split("\n")):
                    line = cell.add_paragraph() if place else cell.paragraphs[0]
                    line.paragraph_format.space_after = 0
                    line.paragraph_format.keep_with_next = not number or (together and number < len(rows))
                    self._plain(line, part, bold=not number or (column == bold and not place), size=9)
        for grid, share in zip(table._tbl.tblGrid.iter(qn("w:gridCol")), shares, strict=True):
            grid.set(qn("w:w"), str(round(self.width * share / 635)))
        after = self.made.add_paragraph()
        after.paragraph_format.space_after = 0
        after.paragraph_format.line_spacing = Pt(8)

    # -- charts ------------------------------------------------------------------------------------

    def chart(self, chart: ChartSpec) -> None:
        """A native chart with its alternative text, and its caption that stays with it."""
        if chart.empty:
            self.small(chart.sentence)
            return
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self.charts += 1
        package = self.made.part.package
        book = Part(
            PackURI(f"/word/embeddings/briefing{self.charts}.xlsx"), _WORKBOOK,
            chart_workbook(chart, headings_of(self.b), moment(self.b.made)), package,
        )  # fmt: skip
        part = Part(PackURI(f"/word/charts/briefing{self.charts}.xml"), _CHART, b"", package)
        part._blob = chart_xml(chart, 9, external=part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE),
                               font=_FONT if self.own else "")  # fmt: skip
        relation = self.made.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        across, down = round(self.width), round(self.width * _CHART_HEIGHT)
        line = self.made.add_paragraph()
        line.paragraph_format.keep_with_next = True
        drawing = (
            f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr id="{7000 + self.charts}" '
            f"name={quoteattr(f'chart {self.charts}')} title={quoteattr(chart.title)} "
            f"descr={quoteattr(chart.alternative)}/><wp:cNvGraphicFramePr/>"
            f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        line.add_run()._r.append(parse_xml(drawing))
        words = " ".join(filter(None, (chart.sentence, *chart.notes, chart.source)))
        caption = self.paragraph(words, "Caption")
        caption.paragraph_format.keep_together = True
        self.caveat(chart.caveat)


def _named(one: Statement) -> str:
    """What a figure is called, with the sign of its caveat, and what a person says of it."""
    name = f"{one.name} †" if one.caveat else one.name
    return f"{name}\n{one.words}" if one.words else name


def _spoken(run: Any, language: str) -> None:
    """Words in another language than the document's."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement("w:lang")
    found.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(found)


def _free(margin: Any) -> Any:
    """A line of a header or footer that has nothing on it yet: what a city has written there stays."""
    margin.is_linked_to_previous = False
    first = margin.paragraphs[0] if margin.paragraphs else margin.add_paragraph()
    return margin.add_paragraph() if first.text.strip() or len(first._p) > 1 else first


def _field(line: Any, code: str) -> None:
    """A number that the program works out: of the page, of all pages."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line._p.append(parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    ))  # fmt: skip


def _bar(line: Any, colour: str) -> None:
    """A bar left of the verdict; its word says the same."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="36" w:space="6" '
            f'w:color="{colour[1:].upper()}"/></w:pBdr>'
        ),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip


def _rules(table: Any) -> None:
    """Thin lines between the rows, in any template."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="CBD2D9"/>'
        for side in ("top", "bottom", "insideH")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))
