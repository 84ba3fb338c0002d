"""The comparability passport on the page: drawn, answered with a reason, and what an answer touches (N13)."""

from __future__ import annotations

from dashboard.domain.period import Period
from dashboard.i18n import Translator
from dashboard.ui import cached
from tests.pages.conftest import OpenPage, stamp
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import MISSING, body, words
from tests.sample import APPROVER, READER, articles
from tests.workflow.acting import load

DA = Translator("da")
OF_BOTH = (
    articles(12, method="optælling"),
    articles(30, place="tucson", method=""),
)


def test_the_grade_is_a_mark_and_a_word_and_the_five_questions_stand_under_it(
    demonstration: OpenPage,
) -> None:
    page = demonstration("compare", indicator="festival_visits", lang="da")
    markup = body(page)
    assert MISSING not in words(page)
    found = cached.comparability(stamp(), "festival_visits", None)
    home = cached.world(stamp()).home.slug
    for slug, passport in found.items():
        if slug != home:
            assert f'<span class="mark {passport.grade}"></span>' in markup
            assert DA(f"grade.{passport.grade}") in words(page)
    assert markup.count(DA("passport.question.definition")) == len(set(found) - {home})


def test_an_answer_is_given_with_a_reason_after_its_reach_is_shown(desk: Desk) -> None:
    load(desk.store, *OF_BOTH)
    page = desk.open(APPROVER, "compare", indicator="press_articles", places="tucson")
    page.session_state["passport-answering"] = True
    page.run()
    page.selectbox(key="passport-question").set_value("definition").run()
    page.selectbox(key="passport-answer").set_value("yes").run()
    assert "Tucson går fra" in words(page)
    assert DA("passport.joins", place="Tucson") in words(page)
    save = next(one for one in page.button if one.label == DA("passport.save"))
    assert save.disabled  # not without a reason
    write(page, DA("passport.reason"), "Tucson tæller som os")
    press(page, DA("passport.save"))
    assert DA("passport.done", place="Tucson") in [one.value for one in page.success]
    said = words(page)
    assert "Tucson tæller som os" in said
    assert APPROVER.email in said
    assert '<span class="mark with_care"></span>' in body(page)


def test_a_reader_sees_the_answers_and_gives_none(desk: Desk) -> None:
    load(desk.store, *OF_BOTH)
    page = desk.open(READER, "compare", indicator="press_articles", places="tucson")
    assert DA("passport.question.method") in words(page)
    assert DA("passport.save") not in buttons(page)
    assert not [one for one in page.expander if one.label == DA("passport.answering")]


def test_a_year_under_way_stands_beside_the_same_months_only(desk: Desk) -> None:
    months = [
        articles(value, period=Period.month(year, month))
        for year, values in ((2024, (10, 20, 30, 40)), (2025, (11, 22)))
        for month, value in enumerate(values, start=1)
    ]
    load(desk.store, *months)
    page = desk.open(APPROVER, "compare", indicator="press_articles")
    said = words(page)
    assert "2025 er ikke omme. Viborg har 33 artikler i januar–februar." in said
    assert "I de samme måneder i 2024 var tallet 30 artikler, og forskellen er +3 artikler (+10" in said
