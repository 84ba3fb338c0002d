"""Every page, in both languages, over the real store and the demonstration, on both databases."""

from __future__ import annotations

from itertools import chain

import pytest

from dashboard.charts.svg import svg
from dashboard.domain.roles import Actor, Permission, Role
from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui import cached, session
from dashboard.ui.chart_element import element_data
from dashboard.ui.frame import FRONT, GROUPS, PAGES
from tests.pages.conftest import OpenPage, stamp
from tests.pages.reading import MISSING, body, headings, raw, words

SLUGS = tuple(slug for slug, _ in PAGES)
CITIES = {"real": "Viborg", "demonstration": "Mosevig"}
FIRST_TITLES = {"da": ("mediekunst", "30. oktober 2019"), "en": ("Media Arts", "30 October 2019")}
"""What the title of the front page says beside the city's name."""
FULL = {
    "claim": {"claim": "media"},
    "indicator": {"indicator": "festival_visits"},
    "compare": {"indicator": "festival_visits"},
}
"""Choices that show much on the pages that have something to choose."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_renders_in_its_language(each_store: tuple[str, OpenPage], slug: str, language: str) -> None:
    kind, open_page = each_store
    t = Translator(language)
    for choices in (FULL[slug], {}) if slug in FULL else ({},):
        page = open_page(slug, lang=language, **choices)

        assert not page.exception
        assert not page.error
        said = raw(page)
        assert MISSING not in said, said[said.find(MISSING) - 60 :][:160]
        (title,) = (one.value for one in page.title)
        if slug == "overview":
            assert all(part in title for part in (CITIES[kind], *FIRST_TITLES[language])), title
        elif slug in ("sources", "about"):
            assert title == t(f"page.{slug}")
        assert f'aria-current="page">{t(f"page.{slug}")}</a>' in said
        assert f'hreflang="{language}" aria-current="page"' in said
        notice = t("frame.invented") in words(page)
        assert notice == (kind == "demonstration")


def test_the_menu_has_every_page_once_and_in_order() -> None:
    places = [[SLUGS.index(slug) for slug in slugs] for _, slugs in GROUPS]
    assert all(one == sorted(one) for one in places)
    assert sorted([SLUGS.index(FRONT), *chain(*places)]) == list(range(len(SLUGS)))


def test_the_menu_has_only_the_pages_that_one_may_open(
    real: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = Translator("en")
    reader = Actor("reader@city.example", "Rie", frozenset({Role.READER}))
    monkeypatch.setattr(session, "current_actor", lambda: reader)
    menu = body(real("about", lang="en")).partition("</nav>")[0]
    for slug, permission in PAGES:
        assert (f">{t(f'page.{slug}')}</a>" in menu) == (permission is Permission.READ), slug
    assert f">{t('frame.registration')}<" not in menu
    assert f">{t('frame.background')}<" in menu


def test_danish_comes_first(each_store: tuple[str, OpenPage]) -> None:
    _, open_page = each_store
    assert FIRST_TITLES["da"][1] in headings(open_page())[0]


def test_every_claim_renders(demonstration: OpenPage) -> None:
    claims = [claim.id for claim in cached.world(stamp()).catalogue.claims]
    assert len(claims) == 9
    for claim in claims:
        page = demonstration("claim", claim=claim)
        assert not page.exception, claim
        assert MISSING not in raw(page), claim


def one_of_each_sort() -> list[str]:
    """Indicator codes: one for each kind, set of marks, and whether there are figures."""
    with_values = set(cached.presence(stamp())["indicator"])
    sorts = {
        (
            i.kind, i.rollup is None, i.proxy, i.contested, i.comparable_over_time,
            i.comparable_between_places, i.code in with_values,
        ): i.code
        for i in cached.world(stamp()).catalogue.indicators
    }  # fmt: skip
    return list(sorts.values())


def test_every_sort_of_indicator_renders(demonstration: OpenPage) -> None:
    for code in one_of_each_sort():
        page = demonstration("indicator", indicator=code)
        assert not page.exception, code
        assert MISSING not in raw(page), code


def test_every_sort_of_indicator_can_be_compared(real: OpenPage) -> None:
    for code in one_of_each_sort():
        page = real("compare", indicator=code, lang="en")
        assert not page.exception, code
        assert MISSING not in raw(page), code


@pytest.mark.parametrize(("kind", "languages"), [("real", ["en"]), ("demonstration", LANGUAGES)])
def test_every_chart_can_be_drawn(kind: str, languages: list[str], request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(kind)
    now = stamp()
    here = cached.world(now)
    for language in languages:
        t = Translator(language)
        for indicator in here.catalogue.indicators:
            if not len(cached.series(now, indicator.code, (here.home.slug,))):
                continue
            spec = cached.history_chart(now, language, indicator.code, here.home.slug)
            assert MISSING not in str(element_data(spec, t)), indicator.code
            small = cached.spark(now, language, indicator.code)
            assert MISSING not in svg(small), indicator.code


@pytest.mark.parametrize("kind", CITIES)
def test_no_page_of_one_store_is_headed_as_the_others(kind: str, request: pytest.FixtureRequest) -> None:
    """The caches are keyed by revision only: a store left over from before would show here."""
    other = CITIES["demonstration" if kind == "real" else "real"]
    open_page: OpenPage = request.getfixturevalue(kind)
    t = Translator("da")
    for slug in SLUGS:
        page = open_page(slug)
        assert t("frame.brand", city=CITIES[kind]) in words(page), slug
        assert not [heading for heading in headings(page) if other in heading], slug
