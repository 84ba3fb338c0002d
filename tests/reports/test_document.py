"""The pack as a Word document, opened again with python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.errors import InvalidFileError
from dashboard.i18n import Translator
from dashboard.reports.counting import left_out
from dashboard.reports.document import document
from dashboard.reports.slides import slides
from tests.reports.conftest import Packs
from tests.reports.hard_pack import FORMULA, hard


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words_of(made: Any) -> str:
    """Paragraphs and cells, header and footer, and the words inside the charts."""
    parts = [made.element.body, *(part._element for s in made.sections for part in (s.header, s.footer))]
    found = ["".join(t.text or "" for t in line.iter(qn("w:t"))) for p in parts for line in p.iter(qn("w:p"))]
    found += [part.blob.decode() for part in charts_of(made)]
    return "\n".join(found)


def charts_of(made: Any) -> list[Any]:
    parts = [relation.target_part for relation in made.part.rels.values() if "chart" in relation.reltype]
    return sorted(parts, key=lambda part: part.partname)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_document_says_everything(packs: Packs, language: str, year: int) -> None:
    pack = packs[language, year]
    words = words_of(opened(document(pack)))
    assert left_out(pack, words) == ()
    for section in pack.sections:
        for line in filter(None, (section.quotation, *section.analysis.split("\n"), section.recommendation,
                                  *section.against, *section.missing)):  # fmt: skip
            assert line in words
    for one in pack.statements:
        for part in (one.period, one.compared, one.sure, one.source):
            assert part in words
    for change in pack.changed:
        assert change.before in words
        assert change.after in words


def test_headings_go_down_one_step_at_a_time(packs: Packs) -> None:
    pack = packs["da", 2026]
    made = opened(document(pack))
    levels = [int(p.style.name[-1]) for p in made.paragraphs if p.style.name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    first = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert [f"{s.number}. {s.name}" for s in pack.sections] == [t for t in first if re.match(r"\d\. ", t)]
    assert made.paragraphs[0].style.name == "Title"


def test_tables_repeat_their_headings_and_tear_no_row(packs: Packs) -> None:
    made = opened(document(packs["da", 2026]))
    assert len(made.tables) >= 10
    for table in made.tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_each_chart_has_an_alternative_text_a_caption_and_its_numbers(packs: Packs) -> None:
    pack = packs["da", 2026]
    made = opened(document(pack))
    pictures = [one for one in made.element.body.iter(qn("wp:docPr")) if one.get("title")]
    assert [one.get("descr") for one in pictures] == [chart.alternative for chart in pack.charts]
    captions = [p.text for p in made.paragraphs if p.style.name == "Caption"]
    for caption, chart in zip(captions, pack.charts, strict=True):
        assert chart.sentence in caption
        assert chart.source in caption
    parts = charts_of(made)
    assert len(parts) == len(pack.charts)
    for part in parts:
        (book,) = [relation.target_part for relation in part.rels.values()]
        assert zipfile.is_zipfile(io.BytesIO(book.blob))
        (link,) = re.findall(r'externalData r:id="(\w+)"', part.blob.decode())
        assert link in part.rels


def test_mark_above_and_code_below_every_page(packs: Packs) -> None:
    pack = packs["en", 2025]
    made = opened(document(pack))
    for section in made.sections:
        assert pack.notice in "".join(p.text for p in section.header.paragraphs)
        foot = section.footer._element.xml
        assert pack.code in foot
        assert "PAGE" in foot
        assert "NUMPAGES" in foot
    default = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "en-GB"
    assert (made.core_properties.language, made.core_properties.title) == ("en-GB", pack.title)


def test_the_same_pack_gives_the_same_file(packs: Packs) -> None:
    assert document(packs["da", 2025]) == document(packs["da", 2025])


def test_a_citys_own_file_keeps_what_is_written_in_it(packs: Packs) -> None:
    pack = packs["da", 2025]
    template = docx.Document()
    template.add_paragraph("Forside")
    section = template.sections[0]
    section.header.paragraphs[0].text = "Kommunens brevhoved"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Våben"
    template.styles.element.remove(template.styles["List Bullet"].element)
    out = io.BytesIO()
    template.save(out)
    made = opened(document(pack, out.getvalue()))
    assert made.paragraphs[0].text == "Forside"
    page = made.sections[0]
    for header, written in ((page.header, "Kommunens brevhoved"), (page.first_page_header, "Våben")):
        assert [p.text for p in header.paragraphs] == [written, pack.notice]
    assert pack.code in page.first_page_footer._element.xml
    assert left_out(pack, words_of(made)) == ()


@pytest.mark.parametrize("what", ["text", "slides"])
def test_a_template_that_is_no_document_is_refused_in_one_sentence(packs: Packs, what: str) -> None:
    pack = packs["da", 2025]
    given = b"Kaere alle" if what == "text" else slides(pack)
    with pytest.raises(InvalidFileError) as raised:
        document(pack, given)
    assert "DOCX" in Translator("en")(raised.value.key, **raised.value.params)


def test_a_hard_pack_is_whole(packs: Packs) -> None:
    pack = hard(packs["da", 2025])
    words = words_of(opened(document(pack)))
    assert left_out(pack, words) == ()
    assert FORMULA in words
    assert "styretegn & <mærker>" in words
