"""The pack on paper, read back by programs that did not write it: poppler and pypdf."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from dashboard.domain.period import Period
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, Section, Statement
from dashboard.reports.chart_key import shared_key
from dashboard.reports.compose import Choice, compose
from dashboard.reports.counting import left_out
from dashboard.reports.material import gather
from dashboard.reports.pdf import pdf
from dashboard.store.engine import open_engine, reading
from tests.conftest import Databases
from tests.reports.conftest import Packs

LONG = "Antal deltagere i arrangementer, der er støttet af byen og holdt sammen med andre byer, " * 5
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 12
SIGNS = (
    r"""#let x = $a_1$ *fed* _kursiv_ `kode` \ "citat" 'enkelt' <label> @kilde // note /* */ """
    "[x] {y} = + - ~ æøå ÆØÅ é 😀 日本\x0b\x00"
)
EVERY = [("da", 2025), ("en", 2025), ("da", 2026), ("en", 2026)]


def tool(name: str, *arguments: str, content: bytes) -> bytes:
    assert shutil.which(name), f"{name} cannot be had here: install the package poppler-utils."
    return subprocess.run([name, *arguments, "-", "-"], input=content, capture_output=True, check=True).stdout


def text(content: bytes, *options: str) -> str:
    return tool("pdftotext", *options, content=content).decode()


def pages(content: bytes) -> list[str]:
    return text(content, "-raw").split("\f")[:-1]


def facts(content: bytes) -> dict[str, str]:
    lines = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines.splitlines())}


def plain(words: str) -> str:
    return re.sub(r"[\s\u200b\u00ad-]+", "", words)


@pytest.fixture(scope="module")
def written(packs: Packs) -> Callable[[str, int], bytes]:
    return cache(lambda language, year: pdf(packs[language, year]))


@pytest.mark.parametrize(("language", "year"), EVERY)
def test_the_demonstrations_pack_is_whole_on_four_pages(
    language: str, year: int, packs: Packs, written: Callable[[str, int], bytes]
) -> None:
    pack, content = packs[language, year], written(language, year)
    found = text(content, "-raw")
    assert left_out(pack, found) == ()
    assert 2 <= len(pages(content)) <= 4
    flat = plain(found)
    for one in pack.statements:
        for part in (one.period, one.compared, one.sure, one.source):
            assert plain(part) in flat
    for section in pack.sections:
        for part in (section.quotation, section.analysis, section.recommendation, section.narrative_note,
                     *section.against, *section.missing):  # fmt: skip
            assert plain(part) in flat
    for chart in pack.charts:
        for part in (chart.sentence, chart.source, *chart.notes, *chart.key):
            assert plain(part) in flat
    for change in pack.changed:
        assert plain(change.name + change.before + change.after) in flat


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_pack_whose_reviews_are_all_overdue_is_no_longer(databases: Databases, language: str) -> None:
    """Every figure of the demonstration then says its grade, the one given and why (N4)."""
    until = date(2027, 12, 31)
    engine = open_engine(databases.address("sqlite", "demonstration"))
    with reading(engine) as connection:
        material = gather(connection, until, until)
    engine.dispose()
    choice, t = Choice(Period.year(2027), address="https://byen.example"), Translator(language)
    content = pdf(compose(material, choice, t, until))
    words = t("confidence.aged_short", now=t("confidence.press_report"), then=t("confidence.own_count"))
    assert plain(words) in plain(text(content, "-raw"))
    assert len(pages(content)) <= 4


@pytest.mark.parametrize(("language", "year"), EVERY)
def test_every_page_has_its_number_the_code_and_the_mark(
    language: str, year: int, packs: Packs, written: Callable[[str, int], bytes]
) -> None:
    pack, found = packs[language, year], pages(written(language, year))
    assert pack.notice
    for number, page in enumerate(found, start=1):
        assert f"{pack.labels['page']} {number} {pack.labels['of']} {len(found)}" in page
        assert f"{pack.labels['code']} {pack.code} · {pack.address}" in page
        assert pack.notice in page
    assert all(plain(pack.title) in plain(page) for page in found)


@pytest.mark.parametrize(("language", "year"), EVERY)
def test_a_heading_stands_on_the_page_of_its_verdict_and_chart(
    language: str, year: int, packs: Packs, written: Callable[[str, int], bytes]
) -> None:
    found = [plain(page) for page in pages(written(language, year))]
    for section in packs[language, year].sections:
        head = plain(f"{section.number}. {section.name}{section.quotation}")
        (page,) = [page for page in found if head in page]
        assert plain(section.verdict_words + section.verdict_reason) in page
        assert all(plain(chart.sentence) in page for chart in section.charts)


@pytest.mark.parametrize(("language", "year"), EVERY)
def test_no_claim_leaves_a_few_lines_to_the_next_page(
    language: str, year: int, packs: Packs, written: Callable[[str, int], bytes]
) -> None:
    pack = packs[language, year]
    heads = tuple(plain(f"{section.number}. {section.name}{section.quotation}") for section in pack.sections)
    for page in pages(written(language, year))[1:]:
        body = plain(page).removeprefix(plain(pack.title)).removeprefix(plain(pack.notice))
        assert body.startswith(heads), body[:80]


def test_it_is_tagged_and_says_its_title_language_and_date(written: Callable[[str, int], bytes]) -> None:
    for language, words in (("da", "Mosevig: Hvad er"), ("en", "Mosevig: What is")):
        content = written(language, 2025)
        found = facts(content)
        assert found["Tagged"] == "yes"
        assert found["Title"].startswith(words)
        assert found["Page size"].endswith("(A4)")
        reader = PdfReader(io.BytesIO(content))
        root = reader.trailer["/Root"]
        assert root["/Lang"] == language
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        metadata = root["/Metadata"].get_data().decode()
        assert re.search(r"pdfuaid:part>1<", metadata)
        assert reader.metadata is not None
        assert reader.metadata.creation_date is not None
        assert reader.metadata.creation_date.date().isoformat() == "2026-11-01"


def elements(content: bytes) -> Iterator[DictionaryObject]:
    """Every element of the tag tree."""

    def walk(node: object) -> Iterator[DictionaryObject]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for part in node:
                yield from walk(part)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])


def test_headings_tables_and_charts_are_tagged(packs: Packs, written: Callable[[str, int], bytes]) -> None:
    pack = packs["da", 2025]
    found = [*elements(written("da", 2025))]
    kinds = [str(one["/S"]) for one in found]
    alternatives = [str(one["/Alt"]) for one in found if one["/S"] == "/Figure"]
    way_back = f"{pack.labels['open']} {pack.link}"
    wanted = [way_back, *(chart.alternative for chart in pack.charts)]
    assert [plain(one) for one in alternatives] == [plain(one) for one in wanted]
    assert kinds.count("/Table") == sum(bool(section.statements) for section in pack.sections)
    assert kinds.count("/TH") == 3 * kinds.count("/Table")
    assert kinds.count("/H1") >= len(pack.sections) + 3
    assert kinds.count("/Caption") == len(pack.charts)


def test_charts_are_lines_and_letters_not_pictures(written: Callable[[str, int], bytes]) -> None:
    content = written("da", 2025)
    images = subprocess.run(["pdfimages", "-list", "-"], input=content, capture_output=True, check=True)
    assert len(images.stdout.splitlines()) == 2, "the head of an empty list"
    assert "Udnævnt 30. oktober 2019" in text(content)
    fonts = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "Libertinus" in fonts
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in fonts.splitlines()[2:]), "embedded"


def test_the_same_pack_has_the_same_bytes(packs: Packs, written: Callable[[str, int], bytes]) -> None:
    assert pdf(packs["en", 2025]) == written("en", 2025)


def test_events_are_explained_once_under_common_numbers(packs: Packs) -> None:
    charts, key = shared_key(packs["da", 2025].charts)
    words = {entry.number: entry.words for entry in key if entry.number}
    assert len({entry.words for entry in key}) == len(key)
    for before, after in zip(packs["da", 2025].charts, charts, strict=True):
        assert after.key == ()
        assert {before.key[e.number - 1] for e in before.events} == {words[e.number] for e in after.events}
        assert {*before.key} <= {entry.words for entry in key}


def changed(pack: Briefing, statement: Callable[[Statement], Statement], **section: object) -> Briefing:
    """A pack with every statement and its first section changed."""
    sections: list[Section] = [
        dataclasses.replace(one, statements=tuple(map(statement, one.statements))) for one in pack.sections
    ]
    sections[0] = dataclasses.replace(sections[0], **section)  # type: ignore[arg-type]
    return dataclasses.replace(
        pack, headlines=tuple(map(statement, pack.headlines)), sections=tuple(sections)
    )


WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def overflowing(content: bytes) -> list[str]:
    """Words that reach beyond the margins of their page, and words printed upon other words."""
    wrong = []
    for page in tool("pdftotext", "-bbox", content=content).decode().split("<page ")[1:]:
        rows: dict[int, list[tuple[float, float, float, float, str]]] = defaultdict(list)
        for found in WORD.finditer(page):
            left, top, right, bottom = map(float, found.groups()[:4])
            if left < 42 or right > 595.3 - 42 or top < 15 or bottom > 842 - 12:
                wrong.append(f"outside: {found[5]}")
            middle = (top + bottom) / 2
            for row in range(int(top // 10) - 2, int(bottom // 10) + 3):
                for a, b, c, d, other in rows.get(row, ()):
                    if left < c - 0.8 and a < right - 0.8 and b + 1.5 < middle < d - 1.5:
                        wrong.append(f"upon another: {found[5]} {other}")
            rows[int(top // 10)].append((left, top, right, bottom, found[5]))
    return wrong


@pytest.mark.parametrize("name", [LONG, UNBROKEN])
def test_nothing_runs_out_of_its_box(name: str, packs: Packs) -> None:
    assert len(name) >= 400

    def longer(one: Statement) -> Statement:
        return dataclasses.replace(one, name=name, value=f"999.999.999\xa0{name[:40]}", source=name)

    pack = changed(packs["da", 2026], longer, name=name, quotation=name, against=(name,), analysis=name * 3)
    pack = dataclasses.replace(pack, title=name, city=name, changed=packs["da", 2026].changed)
    content = pdf(pack)
    assert overflowing(content) == []
    assert plain(name) in plain(text(content, "-raw"))


def test_an_ordinary_pack_has_no_word_upon_another(written: Callable[[str, int], bytes]) -> None:
    for language, year in EVERY:
        assert overflowing(written(language, year)) == []


def test_the_words_of_a_pack_are_never_markup(packs: Packs) -> None:
    def odd(one: Statement) -> Statement:
        return dataclasses.replace(one, name=SIGNS, caveat=SIGNS)

    pack = changed(packs["da", 2025], odd, name=SIGNS, analysis=SIGNS, recommendation=SIGNS)
    one, *others = pack.sections
    one = dataclasses.replace(
        one, charts=tuple(dataclasses.replace(c, sentence=SIGNS, y_label=SIGNS) for c in one.charts)
    )
    pack = dataclasses.replace(pack, title=SIGNS, caveats=(SIGNS,), sections=(one, *others))
    found = text(pdf(pack), "-raw")
    assert left_out(pack, found) == ()
    shown = SIGNS.replace("\x0b\x00", "").replace("😀", "[U+1F600]").replace("日本", "[U+65E5][U+672C]")
    assert plain(shown) in plain(found)


def test_a_pack_of_nothing_is_a_pack_all_the_same(packs: Packs) -> None:
    pack = packs["da", 2025]
    empty = dataclasses.replace(
        pack, headlines=(), sections=(), changed=(), caveats=(), sources=(), notice="", address=""
    )
    (page,) = pages(pdf(empty))
    assert pack.title in page
    assert pack.labels["nothing"] in page
    assert "Demonstration" not in page


def test_a_claim_without_figures_or_story_says_so(packs: Packs) -> None:
    pack = packs["da", 2025]
    bare = dataclasses.replace(
        pack.sections[0], statements=(), charts=(), analysis="", recommendation="", against=(),
        missing=("Alt.",),
    )  # fmt: skip
    found = text(pdf(dataclasses.replace(pack, headlines=(), sections=(bare,), sources=())))
    for part in (pack.labels["nothing"], bare.narrative_note, bare.verdict_words, "Alt."):
        assert part in found


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(packs: Packs) -> None:
    pack = packs["da", 2026]
    long = dataclasses.replace(pack, changed=pack.changed * 20, sections=())
    found = pages(pdf(long))
    rows = [page for page in found if pack.changed[0].words in page]
    assert len(rows) > 2
    assert all(pack.labels["before"] in page and pack.labels["after"] in page for page in rows)
