"""Figures computed from others on the pages: the formula, the same numbers as `series`, and the refusals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.i18n import LANGUAGES, Translator
from dashboard.series_document import Request, series_document
from dashboard.store.engine import reading
from dashboard.ui import cached, measured
from dashboard.ui.measured import Measure
from tests.pages.conftest import OpenPage, stamp
from tests.pages.reading import MISSING, body, raw, table_after, words

EN = Translator("en")
SPEND, VISITS, PER_VISIT = "festival_spend", "festival_visits", "festival_spend_per_visit"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_computed_figure_is_chosen_in_the_address_and_its_formula_is_shown(
    demonstration: OpenPage, language: str
) -> None:
    t = Translator(language)
    page = demonstration("compare", indicator=PER_VISIT, places="hallbrueck", lang=language)
    here, said = cached.world(stamp()), words(page)
    assert MISSING not in said
    spend, visits, own = (t.text(here.indicator(code).name) for code in (SPEND, VISITS, PER_VISIT))
    assert f"{own} = {spend} / {visits}" in said
    for code in (SPEND, VISITS):  # each part leads to where it is explained
        assert f"/indicator?lang={language}&amp;indicator={code}" in body(page)
    assert f"indicator={PER_VISIT}" not in body(page).split("/indicator?")[-1]


@pytest.mark.parametrize("question", ["standing", "before_after", "plan", "multiples", "sensitivity"])
def test_every_question_can_be_asked_of_it(demonstration: OpenPage, question: str) -> None:
    page = demonstration("compare", indicator=PER_VISIT, question=question, lang="en")
    assert not page.exception
    assert MISSING not in words(page)


def test_a_place_in_other_money_has_no_empty_panel(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=PER_VISIT, question="multiples", lang="en")
    assert raw(page).count("<li><p>") == 1  # Mosevig, in kroner; Hallbrück counts in euro
    assert EN("chart.note.other_currency", count=10) in words(page)
    assert "median" not in words(page)  # of one place there is no band
    both = demonstration("compare", indicator=PER_VISIT, question="multiples", view="currency", lang="en")
    assert raw(both).count("<li><p>") == 2


def test_the_numbers_are_those_of_the_command(demonstration: OpenPage) -> None:
    demonstration("compare", indicator=PER_VISIT, lang="en")
    places = (cached.world(stamp()).home.slug, "hallbrueck")
    compared = 0
    for code in cached.world(stamp()).measures.computed:
        shown = measured.measured(stamp(), code, places, Measure(currency="DKK"))
        asked = Request(code, places, Measure(currency="DKK").view)
        with reading(cached.engine()) as connection:
            told = series_document(connection, asked, LOCAL_ACTOR, EN, datetime.now(UTC).date())
        columns = (shown.points[name] for name in ("place", "shown_value", "grade"))
        points = sorted(zip(*columns, strict=True))
        assert points == [
            (p["place"], pytest.approx(p["value"], rel=1e-9), p["grade"])
            for p in sorted(told["points"], key=lambda p: (p["place"], p["value"]))
        ]
        assert sorted(r.code for r in shown.refused) == sorted(r["code"] for r in told["refused"])
        compared += len(points)
    assert compared > 20


def test_what_cannot_be_computed_says_which_figure_is_missing(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=PER_VISIT, places="hallbrueck", lang="en")
    name = EN.text(cached.world(stamp()).indicator(VISITS).name)
    why = [row[2] for row in table_after(page, EN("refused.title"))]
    assert EN("refusal.formula_missing", indicators=name) in why


def test_the_table_beside_it_can_be_sorted_and_taken_along_with_the_formula(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=PER_VISIT, places="hallbrueck", lang="en")
    page.session_state["table-comparison"] = True
    page.run()
    assert raw(page).count('aria-sort="none"') >= 8
    assert EN("source.computed") in words(page)


@pytest.mark.parametrize("slug", ["indicator", "compare"])
def test_each_part_tells_what_it_takes_part_in(demonstration: OpenPage, slug: str) -> None:
    opened = demonstration(slug, indicator=SPEND, lang="en")
    assert f"indicator={PER_VISIT}" in body(opened)
    assert EN("formula.title") in words(opened)


def test_the_indicator_page_has_recorded_figures_only(demonstration: OpenPage) -> None:
    said = words(demonstration("indicator", indicator=PER_VISIT, lang="en"))
    assert PER_VISIT in said  # refused, with what can be chosen
    assert EN("formula.rule") not in said
