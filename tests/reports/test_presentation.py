"""The slides of the presenting mode: one message each, nothing of the data becomes markup."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pytest

from dashboard.reports.presentation import presentation
from tests.reports.conftest import Packs
from tests.reports.hard_pack import hard


def words(slide: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", slide))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_each_headline_and_each_claim_has_a_slide_of_its_own(packs: Packs, language: str, year: int) -> None:
    pack = packs[language, year]
    slides = presentation(pack)
    assert all(slide.count("<h2") == 1 for slide in slides)
    for one in pack.headlines:
        (slide,) = [s for s in slides if 'class="deck-value"' in s and one.name in words(s)]
        said = words(slide).replace("\xa0", " ")
        for part in (one.value, one.period, one.compared, one.sure, one.source, one.caveat):
            assert part.replace("\xa0", " ") in said
    for section in pack.sections:
        shown = [s for s in slides if f"<h2>{section.number}. " in s]
        assert len(shown) == 1 + bool(section.analysis or section.recommendation)
        assert section.verdict_words in words(shown[0])
        assert section.analysis.strip() in words(" ".join(shown))
    assert pack.link in words(slides[-1])


def test_a_hard_pack_stays_text(packs: Packs) -> None:
    slides = "".join(presentation(hard(packs["da", 2025])))
    assert "&lt;mærker&gt;" in slides
    assert "<mærker>" not in slides


def test_an_empty_pack_has_slides_all_the_same(packs: Packs) -> None:
    pack = packs["da", 2025]
    bare = dataclasses.replace(pack.sections[0], statements=(), charts=(), analysis="", recommendation="")
    empty = dataclasses.replace(pack, headlines=(), sections=(bare,), changed=(), address="", left_out=())
    slides = presentation(empty)
    assert sum(pack.labels["nothing"] in words(slide) for slide in slides) == 2
    assert not [slide for slide in slides if "deck-way-back" in slide]
