"""What the comparison page tells besides: standing, before and since, targets and pace."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.analysis.before_after import before_after
from dashboard.analysis.sensitivity import Switch
from dashboard.i18n import LANGUAGES, Translator
from dashboard.i18n import words as every_word
from dashboard.ui import cached, measured
from dashboard.ui.measured import Measure
from tests.pages.conftest import OpenPage, stamp
from tests.pages.reading import MISSING, headings, raw, table_after, tables, words

DA, EN = Translator("da"), Translator("en")
VIEWS_OF_WIKIPEDIA = "wikipedia_pageviews"
JOBS = "culture_sector_full_time_jobs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_shows_before_and_since_in_full(demonstration: OpenPage, language: str) -> None:
    """Nine cities by month, 2015 to 2026: a level, a comparison and a mix."""
    t = Translator(language)
    page = demonstration("compare", indicator=VIEWS_OF_WIKIPEDIA, question="before_after", lang=language)
    said = words(page)
    assert t("beforeafter.title") in headings(page)
    assert t("beforeafter.not_an_effect") in said
    assert MISSING not in said
    levels = table_after(page, t("beforeafter.title"))
    assert [row[0] for row in levels] == [t("beforeafter.before"), t("beforeafter.since")]
    changes = next(table for table in tables(page) if t("beforeafter.column.titled") in table[0])
    assert t("beforeafter.column.weight") in changes[0]
    assert len(changes) - 1 >= 6  # the home city and five donors


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_and_since_are_drawn_with_the_level_before_as_a_band(
    demonstration: OpenPage, language: str
) -> None:
    t = Translator(language)
    page = demonstration("compare", indicator=JOBS, question="before_after", lang=language)
    city = cached.world(stamp()).home.name
    assert t("beforeafter.chart.shows_anyway", city=city) in words(page)
    for name in ("level", "anyway"):  # what the element is given is JSON
        assert json.dumps(t(f"beforeafter.chart.{name}"))[1:-1] in raw(page)


def test_the_table_beside_a_chart_opens_with_the_same_numbers_and_a_file(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=JOBS, question="before_after", lang="en")
    assert "sortable" not in raw(page)  # nothing is sent before somebody asks
    page.session_state["table-before-since"] = True
    page.run()
    head = [EN("beforeafter.chart.column.period"), EN("beforeafter.chart.column.side")]
    table = next(table for table in tables(page) if table[0][:2] == head)
    assert len(table) > 8
    assert {row[1] for row in table[1:]} == {EN("beforeafter.before"), EN("beforeafter.since")}
    assert raw(page).count('aria-sort="none"') == 4
    assert EN("figures.download") in words(page)


def test_a_refusal_draws_nothing(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="festival_visits", question="before_after", lang="en")
    assert EN("beforeafter.chart.level") not in words(page)


def test_the_page_says_the_numbers_of_the_analysis(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=JOBS, question="before_after", lang="en")
    here = cached.world(stamp())
    indicator = here.catalogue.indicator(JOBS)
    assert indicator is not None
    shaped = cached.shaped(stamp(), JOBS, None, cached.AS_PUBLISHED)
    made = before_after(shaped, indicator, here.home, here.places, stamp().day)
    assert made.comparison is not None
    said = words(page)
    difference = made.comparison.difference.estimate
    sign = "+" if difference > 0 else "−"
    shown = EN.percent(abs(difference), 0 if abs(difference) >= 10 else 1)
    assert f"the others is {sign}{shown}" in said
    word = {1: "higher", 0: "unclear", -1: "lower"}[made.comparison.difference.sign]
    assert EN(f"beforeafter.sign.{word}", city=here.home.name) in said


def test_a_broken_series_is_refused_with_the_reason(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="festival_visits", question="before_after", lang="en")
    assert re.search(r"There is a break between|usable figures before the designation", words(page))
    assert EN("beforeafter.not_an_effect") not in words(page)


@pytest.mark.parametrize("grid", ["places", "indicators"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_many_small_charts_stand_side_by_side(demonstration: OpenPage, grid: str, language: str) -> None:
    page = demonstration(
        "compare", indicator=VIEWS_OF_WIKIPEDIA, question="multiples", grid=grid, scale="free", lang=language
    )
    assert MISSING not in words(page)
    markup = raw(page)
    assert markup.count("<li><p>") >= 9


def test_an_unknown_grid_is_answered_with_a_way_back(real: OpenPage) -> None:
    assert "“wall”" in words(real("compare", question="multiples", grid="wall", lang="en"))


@pytest.mark.parametrize("question", ["standing", "before_after", "plan", "multiples", "sensitivity"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_published_figures_mostly_refuse_and_say_why(
    real: OpenPage, question: str, language: str
) -> None:
    for indicator in ("festival_visits", "media_value_claimed", "network_members"):
        said = words(real("compare", indicator=indicator, question=question, lang=language))
        assert MISSING not in said
        assert Translator(language)("beforeafter.not_an_effect") not in said


def test_nobody_is_called_better_without_an_interval(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="creative_companies", lang="en")
    table = next(table for table in tables(page) if EN("standing.interval") in table[0])
    assert len(table) > 3
    assert raw(page).count(" Illustrative only</title>") == 2 * sum(
        row[3] == EN("grade.illustrative") for row in table
    )  # in the picture for a screen and in the one for a telephone
    assert {row[4] for row in table[1:]} <= {EN("standing.word.cannot_say"), EN("standing.word.home")}
    assert EN("standing.no_rank") in words(page)
    assert EN("standing.word.better") not in {cell for row in table for cell in row}


def test_the_group_is_stated_and_can_be_chosen(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="creative_companies", group="same_country", lang="en")
    assert EN("standing.group.same_country") in words(page)
    table = next(table for table in tables(page) if EN("standing.interval") in table[0])
    assert {row[0] for row in table[1:]} == {"Mosevig", "Torsbæk"}


def test_the_standing_is_in_the_prices_that_the_chart_is_in(demonstration: OpenPage) -> None:
    """In 2025 the festival cost less in the prices of 2020 than in those of 2025."""
    choices = {"indicator": "festival_spend", "view": "currency", "lang": "en"}
    nominal = words(demonstration("compare", **choices))
    real = words(demonstration("compare", prices="constant", prices_of="2020", **choices))
    shaped = measured.measured(
        stamp(), "festival_spend", ("mosevig",),
        Measure(currency="DKK", prices="constant", base_year=2020, level="currency"),
    ).points  # fmt: skip
    latest = shaped.sort_values("anchor").iloc[-1]["shown_value"]
    assert f"Mosevig has {EN.compact(latest)} DKK in 2025." in real
    assert f"Mosevig has {EN.compact(latest)} DKK in 2025." not in nominal
    assert "of the 0 other" not in real  # Hallbrück is an illustration, so there is nobody to count
    assert "No other place has a figure" in real


def test_the_year_that_runs_is_no_year_to_stand_in(demonstration: OpenPage) -> None:
    """The grants of 2026 lie outside the tables; those of 2025 are there, though no other place has any."""
    choices = {"view": "currency", "prices": "constant", "prices_of": "2020", "lang": "en"}
    said = words(demonstration("compare", indicator="funding_granted_own_share", **choices))
    assert EN("standing.no_other_places", city="Mosevig") in said
    assert EN("standing.no_home_value", city="Mosevig") not in said


def test_an_index_has_no_standing_of_its_own(demonstration: OpenPage) -> None:
    said = words(demonstration("compare", indicator="creative_companies", view="index", lang="en"))
    assert EN("standing.as_published") in said


def test_targets_stand_beside_what_was_reached(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="international_events_hosted", question="plan", lang="en")
    rows = table_after(page, EN("plan.title"))
    assert [row[0][:4] for row in rows[:6]] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    states = {EN(f"plan.state.{code}") for code in ("met", "missed", "open", "ahead")}
    assert {row[4] for row in rows} <= states


def test_the_plan_is_drawn(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="international_events_hosted", question="plan", lang="en")
    assert EN("plan.chart.plan") in words(page)


def test_every_switch_says_how_far_the_funding_moves(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="funding_granted_own_share", question="sensitivity", lang="en")
    rows = {row[0]: row for row in table_after(page, EN("sensitivity.title"))}
    assert set(rows) == {EN(f"sensitivity.switch.{switch}") for switch in Switch}
    largest = rows[EN("sensitivity.switch.without_largest")]
    assert largest[2].startswith("−")
    assert largest[3] == EN("sensitivity.removed", count=1)
    assert MISSING not in words(page)


def test_an_unknown_question_is_answered_with_a_way_back(real: OpenPage) -> None:
    said = words(real("compare", question="fortune", lang="en"))
    assert "There is no question “fortune”" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_to_come_from_the_title(language: str) -> None:
    """No sentence about before and since calls it an effect or gives the title as the cause."""
    sentences = [text for key, text in every_word(language).items() if key.startswith("beforeafter.")]
    assert len(sentences) > 50
    causal = re.compile(r"\b(effekt|effect|because of|på grund af|skyldes|takket være|thanks to|caused)\b")
    assert [text for text in sentences if causal.search(text)] == []


def test_the_distance_of_a_percentage_to_the_plan_is_in_points(demonstration: OpenPage) -> None:
    said = words(demonstration("compare", indicator="resident_awareness", question="plan", lang="en"))
    assert EN("beforeafter.points", value="3.0") in said
    assert "The city is 3% better" not in said


@pytest.mark.parametrize("question", ["before_after", "plan", "sensitivity"])
def test_an_answer_on_published_figures_says_so_under_another_view(
    demonstration: OpenPage, question: str
) -> None:
    said = EN("further.as_published")
    asked = {"indicator": JOBS, "question": question, "lang": "en"}
    assert said not in words(demonstration("compare", **asked))
    assert said in words(demonstration("compare", **asked, view="index"))
