"""What the day makes of a figure: a year that is not over (N1), a review that is overdue (N4)."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from dashboard.analysis.like_for_like import of_register
from dashboard.charts.quantity import Quantity
from dashboard.i18n import LANGUAGES, Translator
from dashboard.series_document import currency_of
from dashboard.ui import cached, session
from tests.pages.conftest import OpenPage
from tests.pages.reading import MISSING, body, words

ARTICLES = "media_articles"
GRANTS = "funding_granted_own_share"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "today", lambda: TODAY)


def stamp() -> cached.Stamp:
    return cached.Stamp(cached.store_profile()[1], -1, False, TODAY.isoformat())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("slug", "indicator"), [("indicator", ARTICLES), ("compare", GRANTS)])
def test_the_year_that_runs_is_marked_and_held_against_the_same_months(
    demonstration: OpenPage, slug: str, indicator: str, language: str
) -> None:
    t = Translator(language)
    page = demonstration(slug, indicator=indicator, lang=language)
    here, said = cached.world(stamp()), words(page)
    found = of_register(
        cached.home_activities(stamp()), here.indicator(indicator), here.home.country,
        currency_of(here.home.country), TODAY,
    )  # fmt: skip
    assert MISSING not in said
    assert found.months == tuple(range(1, 11))
    assert t("like.title", year="2026") in said
    money = "DKK" if indicator == GRANTS else ""
    own = here.indicator(indicator)
    value = Quantity(own, own.unit, money, None, None, t).written(found.value or 0)
    months = {"da": "januar–oktober", "en": "January–October"}[language]
    sentence = t("like.so_far", year="2026", city=here.home.name, value=value, months=months)
    assert " ".join(sentence.split()) in said
    assert t("chart.note.unfinished") in said


def test_an_unfinished_year_is_not_called_disagreed_on(demonstration: OpenPage) -> None:
    """It is hollow because it is not over, and not because another source is preferred."""
    demonstration("indicator", indicator=ARTICLES, lang="da")
    spec = cached.history_chart(stamp(), "da", ARTICLES, cached.world(stamp()).home.slug)
    last = [mark for mark in spec.series[0].marks if mark.unfinished]
    assert len(last) == 1
    assert last[0].hollow
    assert not last[0].muted
    assert Translator("da")("chart.unfinished") in last[0].label
    assert Translator("da")("chart.not_preferred") not in last[0].label
    assert any(Translator("da")("chart.unfinished") in cell for row in spec.rows for cell in row)


def test_a_grade_says_that_its_definition_is_overdue_for_review(
    demonstration: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "today", lambda: date(2030, 1, 2))
    page = demonstration("indicator", indicator="creative_companies", lang="en")
    review = cached.world(stamp()).indicator("creative_companies").next_review
    assert review is not None
    t = Translator("en")
    then, now = t("confidence.official_statistic"), t("confidence.own_count")
    assert t("confidence.aged", now=now, then=then, day=review) in words(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_says_what_a_grade_was_before_its_review_was_overdue(
    demonstration: OpenPage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """The name of the lower grade alone would call the city's own register a press report."""
    monkeypatch.setattr(session, "today", lambda: date(2030, 1, 2))
    t, sent = Translator(language), body(demonstration(lang=language))
    own = t("confidence.own_count")
    sentence = re.escape(t("confidence.aged", now=t("confidence.press_report"), then=own, day="DAY"))
    said = sentence.replace("DAY", r"[^()<>]+")
    graded = {"overview.how_sure": "headline", "overview.confidence": "board"}
    for name in graded:
        cells = re.findall(rf"<dt>{re.escape(t(name))}</dt><dd>(.*?)</dd>", sent)
        assert cells, graded[name]
        assert any(re.fullmatch(said, unescape(cell)) for cell in cells), graded[name]
        assert not any(unescape(cell) == t("confidence.press_report") for cell in cells)
