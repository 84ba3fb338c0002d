"""The pack as slides, opened again with python-pptx and LibreOffice."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest

from dashboard.errors import InvalidFileError
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing
from dashboard.reports.counting import left_out
from dashboard.reports.document import document
from dashboard.reports.slides import said, slides
from dashboard.reports.workbook import workbook
from tests.reports.conftest import Packs
from tests.reports.hard_pack import LONG, hard
from tests.reports.office import boxes_of, pages_of

Written = Callable[[str, int], bytes]


def opened(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def words_of(slide: Any) -> str:
    """The words on a slide, those of its chart included."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_chart:
            found += [text.text or "" for text in shape.chart._chartSpace.iter("{*}t", "{*}v")]
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


@pytest.fixture(scope="module")
def written(packs: Packs) -> Written:
    """The slides of a pack, written once for all that look at them."""
    return cache(lambda language, year: slides(packs[language, year]))


def charts_of(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_slides_say_everything(packs: Packs, written: Written, language: str, year: int) -> None:
    pack = packs[language, year]
    deck = opened(written(language, year))
    on_slides = "\n".join(map(words_of, deck.slides))
    assert left_out(pack, on_slides) == ()
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    for one in pack.statements:
        assert said(one) in notes
    for section in pack.sections:
        for line in (section.verdict_reason, *section.against, *section.missing):
            assert line in notes
        for line in filter(None, (*section.analysis.split("\n"), section.recommendation, section.quotation)):
            assert line in on_slides
    assert len(charts_of(deck)) == len(pack.charts) == 9


def test_every_slide_has_a_title_the_mark_and_its_number(packs: Packs, written: Written) -> None:
    pack = packs["da", 2026]
    deck = opened(written("da", 2026))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles)
    for number, slide in enumerate(deck.slides, start=1):
        words = words_of(slide)
        assert pack.notice in words
        assert f"{pack.code} · {number}" in words
        assert not [h for h in slide.placeholders if not h.text_frame.text], "no empty box is left"
    claims = [t for t in titles if t in {f"{s.number}. {s.name}" for s in pack.sections}]
    assert len(claims) == len(pack.sections), "one slide a claim"


def test_charts_are_native_have_an_alternative_text_and_can_be_edited(packs: Packs, written: Written) -> None:
    pack = packs["en", 2026]
    frames = charts_of(opened(written("en", 2026)))
    for frame, spec in zip(frames, pack.charts, strict=True):
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == spec.alternative
        book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
        cells = {(row[1], row[3], row[4]) for row in book["Data"].iter_rows(values_only=True)}
        for one in spec.series:
            for mark in one.marks:
                assert (mark.when, mark.y, mark.written) in cells
        drawn = [
            (x, y) for series in frame.chart.plots[0].series
            for x, y in zip(_numbers(series, "xVal"), _numbers(series, "yVal"), strict=True)
        ]  # fmt: skip
        for one in spec.series:
            assert {mark.y for mark in one.marks} <= {y for _, y in drawn}


def _numbers(series: Any, name: str) -> list[float]:
    return [float(value.text) for value in series._element.findall(f"{{*}}{name}//{{*}}v")]


def test_no_line_joins_what_may_not_be_joined(packs: Packs, written: Written) -> None:
    """Every two neighbours on a line are neighbours in a run of the chart."""
    pack = packs["da", 2026]
    gaps = 0
    for frame, spec in zip(charts_of(opened(written("da", 2026))), pack.charts, strict=True):
        values = {one.label for one in spec.series}
        allowed = {(a.y, b.y) for one in spec.series for path in one.paths for a, b in pairwise(path)}
        for series in frame.chart.plots[0].series:
            line = series._element.find("{*}spPr/{*}ln/{*}solidFill") is not None
            targets = [s for one in spec.series for s in one.marks if s.shape == "target"]
            if series.name in values and line:
                assert set(pairwise(_numbers(series, "yVal"))) <= allowed
            if targets and series.name == targets[-1].label:
                assert not line
                assert _numbers(series, "yVal") == [mark.y for mark in targets]
        gaps += any(mark.gap for one in spec.series for mark in one.marks)
    assert gaps, "there is a gap to try it on"


def test_the_same_pack_gives_the_same_file(packs: Packs, written: Written) -> None:
    assert slides(packs["da", 2025]) == written("da", 2025)


def _template(kind: str = "presentation") -> bytes:
    """A city's own file, 4:3, with a slide that was left in it; saved as a template for `kind` template."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "Gammel forside"
    out = io.BytesIO()
    deck.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"presentation.main+xml", f"{kind}.main+xml".encode()))
    return made.getvalue()


@pytest.mark.parametrize("kind", ["presentation", "template"])
def test_a_citys_own_file_keeps_its_size_and_loses_its_slides(packs: Packs, kind: str) -> None:
    pack = packs["da", 2025]
    deck = opened(slides(pack, _template(kind)))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    words = "\n".join(map(words_of, deck.slides))
    assert "Gammel forside" not in words
    assert left_out(pack, words) == ()


@pytest.mark.parametrize("what", ["text", "nothing", "document", "broken"])
def test_a_template_that_is_no_presentation_is_refused_in_one_sentence(packs: Packs, what: str) -> None:
    pack = packs["da", 2025]
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_template())) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<not xml" if name == "ppt/presentation.xml" else old.read(name))
    given = {
        "text": b"Dette er ikke en fil", "nothing": b"", "document": document(pack),
        "broken": broken.getvalue(),
    }  # fmt: skip
    with pytest.raises(InvalidFileError) as raised:
        slides(pack, given[what])
    assert "PPTX" in Translator("da")(raised.value.key, **raised.value.params)


def test_a_hard_pack_is_whole_and_stays_inside(packs: Packs) -> None:
    pack = hard(packs["da", 2025])
    deck = opened(slides(pack))
    words = "\n".join(map(words_of, deck.slides))
    assert left_out(pack, words) == ()
    assert "Ingen tal endnu" in words
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0
            assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_longest_words_of_how_sure_a_figure_is_stay_on_their_slide(packs: Packs, language: str) -> None:
    """A grade that fell for an overdue review is said with the one given and the day (N4)."""
    t, pack = Translator(language), packs[language, 2026]
    now, given = t("confidence.official_statistic"), t("confidence.audited_record")
    sure = t("confidence.aged_short", now=now, then=given)
    headlines = tuple(dataclasses.replace(one, sure=sure) for one in pack.headlines)
    sections = tuple(
        dataclasses.replace(s, statements=tuple(dataclasses.replace(one, sure=sure) for one in s.statements))
        for s in pack.sections
    )
    fallen = dataclasses.replace(pack, headlines=headlines, sections=sections)
    deck = opened(slides(fallen))
    words = "\n".join(map(words_of, deck.slides))
    assert left_out(fallen, words) == ()
    assert words.count(sure) >= len(headlines)
    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        assert shape.top >= 0
        assert shape.top + shape.height <= deck.slide_height


@pytest.fixture(scope="module")
def read_by_office(
    packs: Packs, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[str]], Path]:
    folder = tmp_path_factory.mktemp("read")
    files = {"hard.pptx": slides(hard(packs["da", 2025])), "hard-doc.docx": document(hard(packs["da", 2025]))}
    for language in ("da", "en"):
        pack = packs[language, 2026]
        files |= {
            f"slides-{language}.pptx": slides(pack), f"document-{language}.docx": document(pack),
            f"workbook-{language}.xlsx": workbook(pack),
        }  # fmt: skip
    return pages_of(files, folder), folder


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("file", ["slides-{}.pptx", "document-{}.docx", "workbook-{}.xlsx"])
def test_libreoffice_shows_everything_with_the_mark_on_each_page(
    packs: Packs, read_by_office: tuple[dict[str, list[str]], Path], language: str, file: str
) -> None:
    pack: Briefing = packs[language, 2026]
    pages = read_by_office[0][file.format(language)]
    assert left_out(pack, "\n".join(pages)) == ()
    assert [number for number, page in enumerate(pages, start=1) if pack.notice not in page] == []
    if not file.startswith("workbook"):
        drawn = "".join(pages).replace("\xa0", " ")
        for chart in pack.charts:
            assert chart.mark in drawn
            assert chart.x_ticks[-2].label in drawn
            up = [tick.label.replace("\xa0", " ") for tick in chart.y_ticks]
            assert any(label in drawn for label in up if len(label) > 2 or len(up[-1]) < 3), (
                "the axis counts in the language of the pack, whatever the program's is"
            )


@pytest.mark.slow
@pytest.mark.parametrize("file", ["hard", "hard-doc"])
def test_libreoffice_keeps_every_word_on_its_page(
    read_by_office: tuple[dict[str, list[str]], Path], file: str
) -> None:
    for width, height, words in boxes_of(read_by_office[1] / "pdf" / f"{file}.pdf"):
        assert words
        assert max(x for x, _ in words) <= width
        assert max(y for _, y in words) <= height
    assert LONG.split(",")[0] in " ".join(" ".join(read_by_office[0][f"{file}.{_ending(file)}"]).split())


def _ending(file: str) -> str:
    return "docx" if file.endswith("doc") else "pptx"
