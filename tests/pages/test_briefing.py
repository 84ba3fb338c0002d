"""A briefing from the page: seen before it is frozen, opened by its code, and told of what changed since."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.i18n import Translator
from dashboard.reports.formats import written
from dashboard.reports.frozen import opened as opened_pack
from dashboard.store.commands import record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import load_briefings
from dashboard.store.work import unit_of_work
from tests import sample
from tests.pages.conftest import Application, OpenPage
from tests.pages.reading import body, headings, raw, words

DA = Translator("da")
FREEZE = DA("briefing.freeze")


@pytest.fixture
def store(tmp_path: Path, application: Application) -> str:
    """A small city with seven years of articles, for one test."""
    url = f"sqlite:///{tmp_path / 'briefing.sqlite'}"
    engine = open_engine(url)
    sample.fill(engine)
    drafts = [sample.articles(y - 2000, period=Period.year(y)) for y in range(2017, 2024)]
    with unit_of_work(engine, sample.APPROVER, "test") as work:
        record(work, drafts, state=WorkflowState.APPROVED)
    engine.dispose()
    application.show(url)
    return url


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def field(page: AppTest, label: str) -> Any:
    return next(one for one in (*page.text_area, *page.text_input) if one.label == label)


def code_in(store: str) -> str:
    with reading(open_engine(store)) as connection:
        (kept,) = load_briefings(connection)
    return kept.code


def test_it_is_seen_frozen_and_opened_again(store: str, application: Application) -> None:
    page = application.open("briefing", period="2023")
    assert not page.exception
    assert "23 artikler" in words(page).replace("\xa0", " ")
    assert DA("briefing.none") in words(page)
    page = press(page, FREEZE)
    code = code_in(store)
    assert page.success[0].value == DA("briefing.frozen", code=code)
    assert f"code={code}" in body(page)
    opened = application.open("briefing", code=code)
    assert not opened.exception
    assert "23 artikler" in words(opened).replace("\xa0", " ")
    assert not opened.warning


def test_a_correction_is_announced_and_the_pack_stays(store: str, application: Application) -> None:
    press(application.open("briefing", period="2023"), FREEZE)
    code = code_in(store)
    with unit_of_work(open_engine(store), sample.APPROVER, "test") as work:
        corrected = sample.articles(99, period=Period.year(2023))
        record(work, [corrected], state=WorkflowState.APPROVED, reason="Talt om")
    page = application.open("briefing", code=code)
    assert page.warning[0].value == DA("briefing.since", count=1)
    said = words(page).replace("\xa0", " ")
    assert "23 artikler (2023)" in said
    assert "99 artikler (2023)" in said
    assert "Talt om" in said, "the reason of the correction"
    assert re.search(r"headline-value\">23.artikler", body(page))


def test_what_is_left_out_and_the_choice_of_claims_are_in_it(store: str, application: Application) -> None:
    page = application.open("briefing", period="2023", claims="media")
    assert not [h for h in headings(page) if "Midler" in h]
    assert DA("briefing.claims_left_out", claims="Midler") in words(page)
    field(page, DA("briefing.left_out")).set_value("Tal fra kommunens regnskab mangler.").run()
    assert "Tal fra kommunens regnskab mangler." in words(page)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"period": "i går"}, DA("error.briefing.period", what="i går")),
        ({"code": "aaaa-bbbb"}, DA("error.briefing.code", what="aaaa-bbbb")),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(
    store: str, application: Application, choices: dict[str, str], sentence: str
) -> None:
    page = application.open("briefing", **choices)
    assert not page.exception
    assert [e.value for e in page.error] == [sentence]


def test_nothing_is_frozen_in_a_view_of_the_past(demonstration: OpenPage) -> None:
    page = demonstration("briefing", known="2026-11-23", period="2024")
    assert not page.exception
    assert FREEZE not in [one.label for one in page.button]


def test_edited_headlines_are_kept_by_the_server_and_named_in_the_pack(
    store: str, application: Application
) -> None:
    page = application.open("briefing", period="2023")
    field(page, DA("briefing.edit.words")).set_value("Flere skriver om os.").run()
    assert "Flere skriver om os." in body(page)
    again = application.open("briefing", period="2023")
    assert "Flere skriver om os." in body(again), "a closed tab loses nothing"
    code = (press(again, FREEZE), code_in(store))[1]
    opened = application.open("briefing", code=code)
    assert "Flere skriver om os." in body(opened)
    assert DA("briefing.somebody") in body(opened)
    last = press(application.open("briefing", period="2023"), DA("briefing.edit.reset"))
    assert "Flere skriver om os." not in body(last)


def test_a_headline_is_left_out_only_with_a_reason(store: str, application: Application) -> None:
    page = press(application.open("briefing", period="2023"), DA("briefing.edit.leave_out"))
    assert DA("briefing.edit.reason_missing", name="Artikler") in [w.value for w in page.warning]
    assert next(one for one in page.button if one.label == FREEZE).disabled
    page = field(page, DA("briefing.edit.reason")).set_value("Tallet er under revision.").run()
    assert not page.warning
    assert not next(one for one in page.button if one.label == FREEZE).disabled
    assert "Tallet er under revision." in words(page)


def test_a_story_is_a_draft_until_it_is_published(store: str, application: Application) -> None:
    page = application.open("briefing", period="2023")
    page = field(page, DA("briefing.label.analysis")).set_value("Medierne følger med.").run()
    page = press(page, DA("briefing.story.save"))
    assert page.success[0].value == DA("briefing.story.saved")
    assert "Medierne følger med." not in body(page)
    page = application.open("briefing", period="2023")
    assert field(page, DA("briefing.label.analysis")).value == "Medierne følger med."
    page = press(page, DA("briefing.story.publish"))
    assert page.success[0].value == DA("briefing.story.published")
    assert "Medierne følger med." in body(page)


def test_two_languages_are_frozen_as_one_pack(store: str, application: Application) -> None:
    page = application.open("briefing", period="2023", both="yes")
    assert not page.exception
    assert all(f"<h2>{title}</h2>" in body(page) for title in ("Hovedtal", "Headline figures"))
    press(page, FREEZE)
    opened = application.open("briefing", code=code_in(store))
    assert all(f"<h2>{title}</h2>" in body(opened) for title in ("Hovedtal", "Headline figures"))


def test_a_template_of_the_citys_own_is_used_or_told_to_be_none(store: str, application: Application) -> None:
    press(application.open("briefing", period="2023"), FREEZE)
    code = code_in(store)
    page = application.open("briefing", code=code)
    assert not page.exception
    page.file_uploader[0].upload("noter.txt", b"Kaere alle", "text/plain").run()
    assert [e.value for e in page.error] == [DA("briefing.template.other")]
    page.file_uploader[0].upload("skabelon.docx", b"Kaere alle", "application/octet-stream").run()
    assert [e.value for e in page.error] == [DA("error.briefing.template", program="DOCX")]
    assert DA("briefing.own_layout") in words(page)
    with reading(open_engine(store)) as connection:
        template = written(opened_pack(connection, code), "pptx")
    page.file_uploader[0].upload("byen.pptx", template, "application/octet-stream").run()
    assert not page.error


def test_a_frozen_pack_is_presented_in_the_language_of_the_page(store: str, application: Application) -> None:
    press(application.open("briefing", period="2023", both="yes"), FREEZE)
    code = code_in(store)
    for language, title in (("da", "Hovedtal"), ("en", "Headline figures")):
        page = application.open("briefing", code=code, present="yes", lang=language)
        assert not page.exception
        assert title in raw(page)
