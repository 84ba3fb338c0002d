"""The count check finds what a document lacks, and nothing else."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest
import xlsxwriter

from dashboard.errors import DashboardError
from dashboard.i18n import Translator
from dashboard.reports import formats
from dashboard.reports.briefing import Briefing
from dashboard.reports.counting import left_out, stand_in, text_of
from dashboard.reports.formats import WRITERS, written
from dashboard.reports.page import page
from tests.reports.conftest import Packs
from tests.reports.test_pdf import tool


@pytest.fixture(scope="module")
def pack(packs: Packs) -> Briefing:
    return packs["da", 2026]


@pytest.fixture(scope="module")
def text(pack: Briefing) -> str:
    found = text_of(page(pack))
    assert found is not None
    return found.replace("\xa0", " ")


def test_the_page_says_everything(pack: Briefing, text: str) -> None:
    assert left_out(pack, text) == ()


def test_each_thing_that_is_missing_is_named(pack: Briefing, text: str) -> None:
    one = pack.sections[2].statements[0]
    for said in (one.value, one.name):
        assert f"{one.name}: {one.value}" in left_out(pack, text.replace(said.replace("\xa0", " "), ""))
    for said in (pack.caveats[1], pack.sections[4].verdict_reason, pack.sources[3].title, pack.notice):
        assert said in left_out(pack, text.replace(said.replace("\xa0", " "), ""))


def test_a_figure_is_missed_although_its_value_stands_elsewhere(pack: Briefing, text: str) -> None:
    first, second = pack.sections[0].statements[:2]
    more = dataclasses.replace(first, value=second.value, name=f"{first.name} igen")
    section = dataclasses.replace(pack.sections[0], statements=(*pack.sections[0].statements, more))
    wider = dataclasses.replace(pack, sections=(section, *pack.sections[1:]))
    assert f"{more.name}: {more.value}" in left_out(wider, text)


def test_line_breaks_and_hyphens_count_for_nothing(pack: Briefing, text: str) -> None:
    broken = "".join(f"{sign}-\n" if number % 9 == 0 else sign for number, sign in enumerate(text))
    assert left_out(pack, broken) == ()


def test_a_stand_in_says_the_character() -> None:
    assert [*map(stand_in, "😀日\u200d\x07")] == ["[U+1F600]", "[U+65E5]", "", ""]


def test_the_words_of_a_zip_are_read() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.xml", "<p><t>Fær</t><t>øer &amp; mere</t></p>")
        archive.writestr("b.csv", "1;2")
    assert text_of(content.getvalue()) == "Færøer & mere\n1;2"
    assert text_of(b"%PDF-1.7") is None


def test_a_text_of_a_workbook_is_said_by_each_cell_that_shows_it() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        workbook.add_worksheet().write_column(0, 0, ["Ja", "Nej", "Ja"])
    found = text_of(content.getvalue())
    assert found is not None
    assert (found.count("Ja"), found.count("Nej")) == (2, 1)


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_says_everything(form: str, packs: Packs) -> None:
    pack = packs["en", 2026]
    content = written(pack, form)
    found = text_of(content)
    if found is None:
        found = tool("pdftotext", "-raw", content=content).decode()
    assert left_out(pack, found) == ()


def test_a_file_that_lacks_a_figure_is_not_written(pack: Briefing, monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = dataclasses.replace(pack, sections=pack.sections[1:])
    monkeypatch.setattr(formats, "WRITERS", {"html": lambda _: page(fewer)})
    with pytest.raises(DashboardError) as raised:
        written(pack, "html")
    assert raised.value.key == "error.briefing.incomplete"
    lacking = left_out(pack, text_of(page(fewer)) or "")
    assert lacking[0] in Translator("da")(raised.value.key, **raised.value.params)
