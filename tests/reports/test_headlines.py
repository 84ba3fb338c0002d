"""Headlines are proposed by a rule and edited by a person; the pack keeps both and says who decided."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.briefing_pack import composed, freeze
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, as_content, from_content
from dashboard.reports.compose import Choice, Headline
from dashboard.reports.counting import left_out, text_of
from dashboard.reports.formats import WRITERS, written
from dashboard.reports.frozen import opened
from dashboard.store.engine import reading
from tests.reports.conftest import Packs
from tests.sample import APPROVER, READER, articles
from tests.workflow.acting import APPROVED, write

DA = Translator("da")
TODAY = date(2024, 6, 1)
WORDS = "Aviserne skriver mere om byen end før."


@pytest.fixture
def filled(store: Engine) -> Engine:
    for year in range(2017, 2024):
        write(store, articles(10 + year - 2017, period=Period.year(year)), state=APPROVED)
    return store


def make(store: Engine, *headlines: Headline, actor: Actor = READER) -> Briefing:
    with reading(store) as connection:
        choice = Choice(Period.year(2023), headlines=headlines)
        return composed(connection, actor, choice, DA, TODAY)


def test_words_of_a_person_stand_beside_the_figure_and_the_proposal_is_kept(filled: Engine) -> None:
    proposed = make(filled)
    edited = make(filled, Headline("media", "press_articles", WORDS))
    assert [one.words for one in edited.headlines] == [WORDS]
    assert edited.headlines[0].value == proposed.headlines[0].value
    assert edited.proposal == proposed.headlines
    assert proposed.proposal == ()
    assert READER.name in edited.headline_rule
    assert READER.name not in proposed.headline_rule
    assert proposed.headlines[0].name in edited.headline_rule


def test_the_proposal_taken_as_it_is_counts_as_no_edit(filled: Engine) -> None:
    assert make(filled, Headline("media", "press_articles", "  ")).proposal == ()


def test_a_headline_left_out_is_named_with_its_reason(filled: Engine) -> None:
    pack = make(filled, Headline("media", "press_articles", out=True, reason="Tallet er for gammelt."))
    assert pack.headlines == ()
    name = pack.proposal[0].name
    assert DA("briefing.headline_out", name=name, reason="Tallet er for gammelt.") in pack.left_out


def test_a_headline_without_a_figure_now_is_passed_over(filled: Engine) -> None:
    pack = make(filled, Headline("funding", "nothing_of_the_kind"), Headline("media", "press_articles"))
    assert [one.claim for one in pack.headlines] == ["media"]


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_says_the_words_of_a_headline(packs: Packs, form: str) -> None:
    pack = packs["da", 2025]
    headlines = tuple(dataclasses.replace(one, words=WORDS) for one in pack.headlines)
    text = text_of(written(dataclasses.replace(pack, headlines=headlines), form))
    assert form == "pdf" or (text is not None and WORDS in text)


def test_a_lost_word_of_a_person_is_counted(packs: Packs) -> None:
    pack = packs["da", 2025]
    text = text_of(WRITERS["html"](pack)) or ""
    first = dataclasses.replace(pack.headlines[0], words=WORDS)
    edited = dataclasses.replace(pack, headlines=(first, *pack.headlines[1:]))
    assert left_out(edited, text) == (WORDS,)


def test_the_same_words_again_are_the_same_pack(filled: Engine) -> None:
    first = make(filled)
    freeze(filled, APPROVER, first, "test")
    assert make(filled) == first, "freezing alone makes no other pack"


def test_a_pack_frozen_before_it_knew_of_editing_still_opens(filled: Engine) -> None:
    content = as_content(make(filled))
    for name in ("proposal", "translation"):
        del content[name]
    for part in (content, *content["sections"]):
        for one in (*part.get("headlines", ()), *part.get("statements", ())):
            del one["words"]
    assert from_content(content).headlines[0].words == ""


def test_two_languages_are_one_pack_under_one_code(filled: Engine) -> None:
    choice = Choice(Period.year(2023), address="https://byen.example")
    with reading(filled) as connection:
        pack = composed(connection, READER, choice, DA, TODAY, translation=(choice, Translator("en")))
    freeze(filled, APPROVER, pack, "test")
    with reading(filled) as connection:
        kept = opened(connection, pack.code)
    assert kept == pack
    assert [one.language for one in kept.languages] == ["da", "en"]
    assert {one.code for one in kept.languages} == {pack.code}
    for form in ("html", "pptx", "docx"):
        text = text_of(written(kept, form)) or ""
        assert all(left_out(one, text) == () for one in kept.languages)
