"""The address: a link restores the view, and what cannot be is said in one sentence with a way back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui.session import today
from tests.pages.conftest import OpenPage
from tests.pages.reading import MISSING, body, headings, raw, words

WELL_FORMED = {
    "claim": ("media", "attraction"),
    "indicator": ("festival_visits", "media_value_claimed"),
    "place": ("karlsruhe", "tucson"),
    "places": ("linz,karlsruhe", "tucson", ""),
    "axis": ("designation",),
    "view": ("per", "index"),
    "base": ("2017",),
    "lang": ("en",),
    "q": ("unesco",),
}
REFUSED = (
    ("claim", "claim", "medie", {"instead": "media"}),
    ("indicator", "indicator", "festival_visit", {"instead": "festival_visits"}),
    ("indicator", "place", "karlsruh", {"instead": "karlsruhe"}),
    ("compare", "indicator", "festival-visits", {"instead": "festival_visits"}),
    ("compare", "places", "linz,karlsruh", {"given": "karlsruh", "instead": "karlsruhe"}),
    ("compare", "axis", "months", {"instead": "calendar"}),
    ("compare", "view", "currency", {"instead": "published"}),  # visits are no money
    ("overview", "lang", "de", {"instead": "da, en"}),
    ("about", "lang", "DA", {"instead": "da, en"}),
)
"""Page, choice, what stands in the address, and what the sentence must name."""
FUTURE = (today() + timedelta(days=2)).isoformat()


def refusal(page: AppTest) -> str:
    """The one sentence of a page that cannot be shown; no figure may stand beside it."""
    assert not page.exception
    assert len(page.error) == 1
    assert not page.get("bidi_component")
    assert not page.header
    assert "<table" not in body(page)
    assert MISSING not in raw(page)
    return str(page.error[0].value)


def way_back(page: AppTest) -> str:
    """Where the one link of a refused page leads."""
    (link,) = re.findall(r'<p class="go"><a href="/(\?[^"]*)?">', body(page))
    return str(link)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("slug", "name", "given", "named"), REFUSED)
def test_an_unknown_choice_is_refused_in_one_sentence(
    real: OpenPage, slug: str, name: str, given: str, named: dict[str, str], language: str
) -> None:
    choices = {"lang": language, "indicator": "festival_visits"} if slug != "overview" else {"lang": language}
    page = real(slug, **choices | {name: given})
    said = refusal(page)
    for part in {"given": given, **named}.values():
        assert part in said
    t = Translator("da" if name == "lang" else language)
    assert len(page.title) == 1, "a page that refuses has a title too"
    assert f">{t('frame.way_back')}</a>" in body(page)
    if name in ("claim", "indicator", "place"):
        meant = re.findall(rf'<li><a href="/{slug}\?([^"]*)">', unescape(body(page)).rpartition("</nav>")[2])
        followed = dict(parse_qsl(meant[0]))
        assert followed[name] == named["instead"]
        assert not real(slug, **followed).error
    assert ("lang=en" in way_back(page)) == (language == "en" and name != "lang")


@pytest.mark.parametrize(
    ("slug", "given", "language"),
    [
        ("overview", "2024-02-30", "da"),
        ("claim", "31.12.2020", "en"),
        ("indicator", "soon", "da"),
        ("sources", "2024", "en"),
        ("overview", FUTURE, "en"),
        ("compare", FUTURE, "da"),
        ("overview", "1999-12-31", "da"),
        ("about", "1999-12-31", "en"),
    ],
)
def test_a_day_that_cannot_be_is_refused(real: OpenPage, slug: str, given: str, language: str) -> None:
    page = real(slug, lang=language, known=given)
    said = refusal(page)
    t = Translator(language)
    expected = {
        FUTURE: lambda: t("error.address.future", day=date.fromisoformat(FUTURE)),
        "1999-12-31": lambda: t("error.address.nothing_known", day=date(1999, 12, 31)),
    }.get(given, lambda: t("error.address.date", given=given))
    assert said == expected()
    assert "known" not in way_back(page), "the way back must not lead into the same refusal"


@pytest.mark.parametrize("base", ["1899", "2101", "-1", "٢٠١٧", "2017.5", "x", "9" * 40])
def test_a_base_year_that_cannot_be_is_refused(real: OpenPage, base: str) -> None:
    page = real("compare", indicator="festival_visits", view="index", base=base, lang="en")
    assert base in refusal(page)


def test_after_a_refused_day_the_overview_opens(real: OpenPage) -> None:
    """What goes along from page to page must not carry the refusal along."""
    page = real("claim", known="never", lang="en")
    refusal(page)
    followed = real("overview", **dict(parse_qsl(way_back(page).removeprefix("?"))))
    assert not followed.error
    assert followed.title


# -- a link restores the view ----------------------------------------------------------------------


def test_a_link_restores_a_comparison(real: OpenPage) -> None:
    choices = {
        "indicator": "festival_visits", "places": "linz,karlsruhe", "axis": "designation", "view": "index",
        "base": "2018", "lang": "en",
    }  # fmt: skip
    page = real("compare", **choices)
    assert not page.error
    assert page.selectbox(key="indicator").value == "festival_visits"
    assert page.multiselect(key="places").value == ["linz", "karlsruhe"]
    assert page.button_group(key="axis").value == "designation"
    assert page.button_group(key="view").value == "index"
    assert page.selectbox(key="base").value == 2018
    assert dict(page.query_params) == choices
    assert "2018 = 100" in raw(page)


def test_a_link_restores_an_indicator_at_a_place(real: OpenPage) -> None:
    page = real("indicator", indicator="festival_visits", place="karlsruhe")
    assert page.selectbox(key="place").value == "karlsruhe"
    assert "331.000" in words(page)


def test_a_link_restores_a_claim_and_a_search(real: OpenPage) -> None:
    assert real("claim", claim="media").selectbox(key="claim").value == "media"
    everything = real("sources")
    page = real("sources", q="kold")
    assert page.text_input(key="q").value == "kold"
    assert 0 < body(page).count("<tr") < body(everything).count("<tr")


def test_no_places_is_a_choice_too(real: OpenPage) -> None:
    page = real("compare", indicator="festival_visits", places="")
    assert page.multiselect(key="places").value == []


@pytest.mark.parametrize(
    ("slug", "address", "kind", "key", "choose", "expected"),
    [
        ("compare", {"indicator": "festival_visits"}, "multiselect", "places", ["linz"], "linz"),
        ("compare", {"indicator": "festival_visits"}, "button_group", "axis", "designation", "designation"),
        ("compare", {"indicator": "festival_visits"}, "button_group", "view", "per", "per"),
        ("compare", {"indicator": "festival_visits", "places": "linz"}, "selectbox", "indicator",
         "festival_days", "festival_days"),
        ("indicator", {"indicator": "festival_visits"}, "selectbox", "place", "linz", "linz"),
        ("claim", {}, "selectbox", "claim", "funding", "funding"),
        ("sources", {}, "text_input", "q", "kold", "kold"),
    ],
)  # fmt: skip
def test_a_choice_goes_into_the_address_and_leaves_the_rest(
    real: OpenPage, slug: str, address: dict[str, str], kind: str, key: str, choose: object, expected: str
) -> None:
    page = real(slug, **address)
    getattr(page, kind)(key=key).set_value(choose).run()
    assert not page.exception
    assert not page.error
    assert page.query_params[key] == expected
    for kept, value in address.items():
        if kept != key:
            assert page.query_params[kept] == value
    again = real(slug, **page.query_params)
    assert headings(again) == headings(page)
    assert body(again) == body(page)


def test_language_and_day_go_along_to_the_next_page(real: OpenPage) -> None:
    day = today().isoformat()
    said = unescape(body(real("overview", lang="en", known=day)))
    for slug in ("claim", "about"):
        assert f'<a href="/{slug}?lang=en&known={day}">' in said
    assert f'<a href="/claim?lang=en&known={day}&claim=media">' in said


def test_the_other_language_shows_the_same_view(real: OpenPage) -> None:
    said = unescape(body(real("indicator", indicator="festival_visits", place="karlsruhe")))
    wanted = "/indicator?indicator=festival_visits&place=karlsruhe&lang=en"
    assert f'<a href="{wanted}" lang="en" hreflang="en">English</a>' in said
    assert 'hreflang="da" aria-current="page">Dansk</a>' in said


def test_the_choice_of_a_day_keeps_the_view(real: OpenPage) -> None:
    said = body(real("indicator", indicator="festival_visits", lang="en"))
    form = said[said.index("<form") : said.index("</form>")]
    assert 'action="/indicator"' in form
    for name, value in {"indicator": "festival_visits", "lang": "en"}.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in form


# -- whatever stands in the address ----------------------------------------------------------------

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", ",", ",,", "..", "\x00", "<b>", "{given}", "{0}", "%s", "æøå", "A" * 3000, "-1", "1e9"]
    ),
    st.dates().map(str),
)


@given(
    slug=st.sampled_from(["overview", "claim", "indicator", "compare", "sources", "about"]),
    choices=st.dictionaries(st.sampled_from([*WELL_FORMED, "known"]), TEXTS, min_size=1, max_size=3),
    good=st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in WELL_FORMED.items()}),
)
@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_address_breaks_a_page(
    real: OpenPage, slug: str, choices: dict[str, str], good: dict[str, str]
) -> None:
    page = real(slug, **good | choices)
    assert not page.exception
    assert MISSING not in raw(page)
    assert len(page.error) == ("foot" not in body(page)), "the whole page or one sentence"
