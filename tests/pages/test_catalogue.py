"""The catalogue by its page: made, changed with preview and reason, retired, out and in, two people."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Indicator
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.intake.catalogue import write_catalogue
from dashboard.intake.catalogue_files import archive
from dashboard.store import queries
from dashboard.store.commands.bands import set_bands
from dashboard.store.commands.redefinitions import change_source, redefine_indicators, withdraw_baseline
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import (
    load_baseline_versions,
    load_indicator_versions,
    load_source_versions,
    load_target_versions,
)
from dashboard.store.work import unit_of_work
from dashboard.ui import session
from tests.conftest import Databases
from tests.pages.conftest import Application, OpenPage
from tests.pages.reading import body, headings, table_after, tables, words

CODE = "festival_visits"
COLLEAGUE = Actor("kollega@example.org", "Kollega", frozenset({Role.APPROVER}))
SEE, SAVE = "Se, hvad det ændrer", "Gem"


@pytest.fixture(scope="module")
def address(databases: Databases) -> str:
    return databases.address("sqlite", "demonstration")


@pytest.fixture
def pages(address: str, application: Application) -> OpenPage:
    application.show(address)
    return application.open


@pytest.fixture
def stored(address: str) -> Iterator[Any]:
    """Asks the store: ``stored(load_catalogue)``."""
    engine = open_engine(address)

    def ask(load: Any, *more: Any) -> Any:
        with reading(engine) as connection:
            return load(connection, Scope(), *more)

    ask.engine = engine  # type: ignore[attr-defined]
    yield ask
    engine.dispose()


def indicator_of(stored: Any, code: str) -> Indicator:
    found = stored(queries.load_catalogue).indicator(code)
    assert isinstance(found, Indicator)
    return found


def box(page: AppTest, label: str) -> Any:
    kinds = (page.text_input, page.text_area, page.selectbox, page.multiselect, page.checkbox)
    return next(one for kind in kinds for one in kind if one.label == label)


def fill_in(page: AppTest, **typed: Any) -> AppTest:
    for label, value in typed.items():
        box(page, label.replace("_", " ")).set_value(value).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click().run()
    assert not page.exception
    return page


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def test_everything_is_found_by_search_and_filter(pages: OpenPage) -> None:
    page = pages("catalogue")
    assert headings(page)[0] == "Katalog"
    everything = body(page).count('href="/catalogue?indicator=')
    box(page, "Søg").set_value("festival").run()
    some = body(page).count('href="/catalogue?indicator=')
    assert 0 < some < everything
    assert f"indicator={CODE}" in body(page)
    kept = pages("catalogue", kind="percentage", serves="attraction")
    lines = re.findall(r"<li>.*?</li>", body(kept))
    assert lines
    assert all("Procent" in line for line in lines if "indicator=" in line)
    assert not pages("catalogue", section="sources").exception


def test_both_fields_of_a_city_are_seen_with_their_validity(real: OpenPage) -> None:
    page = real("catalogue", place="lyon")
    rows = table_after(page, "Kreative felter")
    assert [row[:3] for row in rows] == [
        ["mediekunst", "2008", "2023"],
        ["litteratur", "2023", "gælder stadig"],
    ]
    assert ["Udnævnt", "juni 2008"] in [row[:2] for row in table_after(page, "Udnævnelse")]


def test_an_opened_indicator_says_all_and_leads_to_its_figures(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", indicator=CODE)
    found = [row for table in tables(page) for row in table]
    assert ["Navn", "Besøg på byens hovedfestival", "Visits to the city's main festival"] in found
    assert f'href="/indicator?indicator={CODE}&amp;place=mosevig"' in body(page)
    assert table_after(page, "Udgaver")[0][-1] == "Oprettet"
    judged = next(b for b in stored(queries.load_baselines) if b.place == "mosevig")
    page = pages("catalogue", indicator=judged.indicator)
    kinds = [row[0] for row in table_after(page, "Udgangspunkt og mål")]
    assert kinds[0] == "Udgangspunkt"


def test_an_unknown_name_is_told_with_what_is_near(pages: OpenPage) -> None:
    assert "festival_visits" in errors(pages("catalogue", indicator="festival_visit"))[0]
    assert errors(pages("catalogue", indicator=CODE, do="burn"))
    assert errors(pages("catalogue", indicator=CODE, do="target", which="nowhere|2020-12-31|step"))


def test_an_indicator_is_made_and_what_is_missing_is_said(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", section="indicators", do="new")
    assert errors(page) == []
    press(page, SEE)
    assert "Teksten mangler på dansk." in errors(page)
    assert "Feltet er tomt, men skal udfyldes." in errors(page)
    fill_in(page, Kode="Festival Børn")
    assert any("kan ikke bruges som kode" in error for error in errors(page))
    fill_in(page, Kode=CODE)
    assert any("er brugt i forvejen" in error for error in errors(page))
    fill_in(page, Kode="festival_children", Decimaler="1.5")
    assert any("to måder" in error for error in errors(page))
    fill_in(page, Decimaler="0")
    for name in (
        "Navn",
        "Definition",
        "Hvorfor vi måler det",
        "Sådan gøres det op",
        "Begrænsninger",
        "Ansvarlig",
    ):
        fill_in(page, **{f"{name} på dansk": f"{name} æøå", f"{name} på engelsk": f"{name} in English"})
    label = "Løfte, den først og fremmest belyser"
    fill_in(
        page,
        **{
            label: "attraction",
            "Enhed": "visits",
            "Ønsket retning": "higher_is_better",
            "Resultatniveau": "output",
        },
    )
    fill_in(page, **{"Næste tal ventes": "1. marts 2027"})
    assert errors(page) == []
    press(page, SEE)
    assert "Navn på dansk" in words(page)
    press(page, SAVE)
    assert errors(page) == ["Begrundelsen mangler. Skriv, hvorfor."]
    assert stored(queries.load_catalogue).indicator("festival_children") is None
    fill_in(page, Begrundelse="Udvalget ønsker det")
    press(page, SAVE)
    assert any("er oprettet" in said.value for said in page.success)
    made = indicator_of(stored, "festival_children")
    assert (made.name, made.unit, made.claims) == (
        Text("Navn æøå", "Navn in English"),
        "visits",
        ("attraction",),
    )
    assert made.next_due == date(2027, 3, 1)
    assert headings(page)[0] == "Navn æøå"


def test_a_change_is_previewed_reasoned_and_kept_as_a_version(pages: OpenPage, stored: Any) -> None:
    before = indicator_of(stored, CODE)
    page = pages("catalogue", indicator=CODE, do="change")
    fill_in(page, **{"Navn på dansk": "Besøg på festivalen", "Ønsket retning": "no_judgement"})
    press(page, SEE)
    assert table_after(page, "Det bliver ændret") == [
        ["Navn på dansk", "Besøg på byens hovedfestival", "Besøg på festivalen"],
        ["Ønsket retning", "Højere er bedre", "Der tages ikke stilling"],
    ]
    touched = words(page)
    assert re.search(r"Registrerede tal \d+ tal: .*Mosevig", touched)
    assert "Vurdering af løfterne" in touched
    fill_in(page, Begrundelse="Kortere navn")
    press(page, SAVE)
    assert any("Den tidligere udgave er bevaret" in said.value for said in page.success)
    new, old = stored(load_indicator_versions, CODE)
    assert (new.item.name.da, new.reason, old.item) == ("Besøg på festivalen", "Kortere navn", before)
    first = table_after(page, "Udgaver")[0]
    assert first[3] == "Kortere navn"
    assert "Besøg på byens hovedfestival → Besøg på festivalen" in first[4]


def test_what_was_typed_is_offered_again_and_can_be_discarded(pages: OpenPage, stored: Any) -> None:
    fill_in(pages("catalogue", indicator=CODE, do="change"), **{"Mindste værdi, der kan passe": "12,5"})
    later = pages("catalogue", indicator=CODE, do="change")
    assert any("i gang med" in info.value for info in later.info)
    assert box(later, "Mindste værdi, der kan passe").value == "12,5"
    english = pages("catalogue", indicator=CODE, do="change", lang="en")
    assert box(english, "Smallest value that can be right").value == "12.5"
    front = pages("catalogue")
    assert f'href="/catalogue?indicator={CODE}&amp;do=change"' in body(front)
    press(later, "Kassér og begynd forfra")
    assert box(later, "Mindste værdi, der kan passe").value == "0"
    assert not any("i gang med" in info.value for info in pages("catalogue").info)


def test_another_kind_is_refused_and_another_unit_breaks_the_line(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", indicator=CODE, do="change")
    fill_in(page, Art="money")
    assert any("kan ikke læses som en anden art" in error for error in errors(page))
    fill_in(page, Art="number", Enhed="persons")
    assert any("Skriv den dag, den nye opgørelse gælder fra" in error for error in errors(page))
    fill_in(page, Gælder_fra="2026")
    assert any("ikke en bestemt dag" in error for error in errors(page))
    fill_in(page, Gælder_fra="01.01.2026")
    press(page, SEE)
    assert "Linjen brydes 1. januar 2026" in words(page)
    fill_in(page, Begrundelse="Nyt tællesystem")
    press(page, SAVE)
    breaks = [b for b in stored(queries.load_breaks) if b.indicator == CODE and b.kind == "definition"]
    assert {b.day for b in breaks} == {date(2026, 1, 1)}
    assert "enhed" in breaks[0].text.da
    assert "unit" in breaks[0].text.en


def test_a_retired_indicator_keeps_everything(pages: OpenPage, stored: Any) -> None:
    code = "festival_children"
    page = pages("catalogue", indicator=code, do="retire")
    fill_in(page, **{"Gælder til og med": "31.12.2026"})
    press(page, SEE)
    assert "kan ikke længere indtastes" in words(page)
    fill_in(page, Begrundelse="Tælles ikke mere")
    press(page, SAVE)
    gone = indicator_of(stored, code)
    assert (gone.retired, gone.valid_to) == (True, date(2026, 12, 31))
    assert "Indikatoren er udfaset og gjaldt til og med 31. december 2026" in words(page)
    assert f"indicator={code}" not in body(pages("catalogue"))
    assert f"indicator={code}" in body(pages("catalogue", state="retired"))
    assert "Udfaset" in words(pages("indicator", indicator=code))
    assert "Navn æøå" not in words(pages("claim", claim="attraction")), "nobody is to wait for its figures"
    again = pages("catalogue", indicator=code, do="retire")
    press(again, SEE)
    fill_in(again, Begrundelse="Alligevel")
    press(again, SAVE)
    assert (indicator_of(stored, code).retired, indicator_of(stored, code).valid_to) == (False, None)


def test_a_target_changes_only_with_a_reason_and_the_old_one_stays(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", indicator=CODE, do="target")
    fill_in(page, Periode="2031", Slutmål=True, **{"Tal (personer)": "mange"})
    assert any("ikke et tal" in error for error in errors(page))
    fill_in(page, **{"Tal (personer)": "45.000"})
    press(page, SEE)
    fill_in(page, Begrundelse="Aftalt i byrådet")
    press(page, SAVE)
    (made,) = [v for v in stored(load_target_versions, CODE) if v.item.period.end == date(2031, 12, 31)]
    assert (made.item.value, made.item.final, made.reason) == (45_000, True, "Aftalt i byrådet")
    change = pages("catalogue", indicator=CODE, do="target", which="mosevig|2031-12-31|final")
    fill_in(change, **{"Tal (personer)": "50.000"})
    press(change, SEE)
    press(change, SAVE)
    assert errors(change) == ["Begrundelsen mangler. Skriv, hvorfor."]
    fill_in(change, Begrundelse="Nyt budget")
    press(change, SAVE)
    versions = [v for v in stored(load_target_versions, CODE) if v.item.period.end == date(2031, 12, 31)]
    assert [(v.number, v.item.value, v.reason) for v in versions] == [
        (2, 50_000, "Nyt budget"), (1, 45_000, "Aftalt i byrådet"),
    ]  # fmt: skip
    assert any("Slutmål (tidligere)" in row[0] for row in table_after(change, "Udgangspunkt og mål"))


def test_a_baseline_is_stated_once_a_place(pages: OpenPage, stored: Any) -> None:
    judged = next(b for b in stored(queries.load_baselines) if b.place == "mosevig")
    page = pages("catalogue", indicator=judged.indicator, do="baseline")
    fill_in(page, Periode="2018")
    press(page, SEE)
    assert any("oplyst i forvejen" in error for error in errors(page))


def test_two_people_change_one_indicator_and_nothing_is_lost(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", indicator=CODE, do="change")
    fill_in(page, **{"Navn på dansk": "Mit navn", "Definition på dansk": "Min definition"})
    press(page, SEE)
    fill_in(page, Begrundelse="Min grund")
    theirs = indicator_of(stored, CODE)
    theirs = replace(
        theirs, name=Text("Deres navn", theirs.name.en), owner=Text("Deres ansvar", theirs.owner.en)
    )
    with unit_of_work(stored.engine, COLLEAGUE, "test") as work:
        redefine_indicators(work, [theirs], {CODE: theirs.version}, "Deres grund", Text())
    press(page, SAVE)
    assert any("kollega@example.org" in warning.value for warning in page.warning)
    assert indicator_of(stored, CODE).name.da == "Deres navn", "nothing is saved over the other's head"
    (shown,) = [table for table in tables(page) if "Har du skrevet" in table[0]]
    assert ["Navn på dansk", "Besøg på festivalen", "Deres navn", "Mit navn"] in shown
    assert ["Ansvarlig på dansk", "Festivalledelsen", "Deres ansvar", "Festivalledelsen"] in shown
    press(page, "Fortsæt med begge ændringer")
    assert box(page, "Ansvarlig på dansk").value == "Deres ansvar"
    assert box(page, "Navn på dansk").value == "Mit navn"
    press(page, SEE)
    assert ["Navn på dansk", "Deres navn", "Mit navn"] in table_after(page, "Det bliver ændret")
    assert box(page, "Begrundelse").value == "Min grund"
    press(page, SAVE)
    now = indicator_of(stored, CODE)
    assert (now.name.da, now.definition.da, now.owner.da) == ("Mit navn", "Min definition", "Deres ansvar")


def test_a_claim_a_place_a_population_and_a_source_are_kept_too(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", claim="media", do="change")
    fill_in(page, **{"Navn på dansk": "Omtale i pressen"})
    for step in (SEE,):
        press(page, step)
    fill_in(page, Begrundelse="Klarere")
    press(page, SAVE)
    claim = stored(queries.load_catalogue).claim("media")
    assert claim.name.da == "Omtale i pressen"

    page = pages("catalogue", section="sources", do="new")
    fill_in(page, Titel="Festivalens årsrapport", Webadresse="rapport.dk")
    assert any("ikke en webadresse" in error for error in errors(page))
    fill_in(page, Webadresse="https://rapport.example.org/2025")
    press(page, SEE)
    fill_in(page, Begrundelse="Skal bruges til målet")
    press(page, SAVE)
    assert (
        stored(queries.load_sources)["festivalens-aarsrapport"].address == "https://rapport.example.org/2025"
    )

    page = pages("catalogue", place="mosevig", do="population")
    fill_in(
        page,
        Område="municipality",
        Indbyggere="98.765",
        Hvornår="01.01.2027",
        Kilde="festivalens-aarsrapport",
    )
    press(page, SEE)
    fill_in(page, Begrundelse="Nyt år")
    press(page, SAVE)
    populations = stored(queries.load_populations, ["mosevig"])
    assert any(p.value == 98_765 and p.day == date(2027, 1, 1) for p in populations)

    page = pages("catalogue", place="mosevig", do="change")
    added = [one for one in page.selectbox if one.label == "Felt"][-1]
    added.set_value("design").run()
    begun = [one for one in page.text_input if one.label == "Fra"]
    begun[-2].set_value("2027").run()
    press(page, SEE)
    fill_in(page, Begrundelse="To felter")
    press(page, SAVE)
    fields = stored(queries.load_places)["mosevig"].fields
    assert [(f.field.value, f.valid_from) for f in fields][-1] == ("design", date(2027, 1, 1))


SHARE, AMBER, GREEN = (
    "culture_share_of_city_budget", "Gul begynder ved (procent)", "Grøn begynder ved (procent)",
)  # fmt: skip


def test_colours_are_set_seen_with_their_words_and_taken_away(pages: OpenPage, stored: Any) -> None:
    page = pages("catalogue", indicator=SHARE)
    assert "Der er ikke sat grænser for rød, gul og grøn." in words(page)
    assert f'href="/catalogue?indicator={SHARE}&amp;do=bands"' in body(page)
    page = pages("catalogue", indicator=SHARE, do="bands")
    fill_in(page, **{AMBER: "3", GREEN: "2"})
    assert any("forkert rækkefølge" in error for error in errors(page))
    fill_in(page, **{GREEN: "1.5"})
    assert any("to måder" in error for error in errors(page))
    fill_in(page, **{GREEN: ""})
    assert "Feltet er tomt, men skal udfyldes." in errors(page)
    fill_in(page, **{AMBER: "2,25", GREEN: "3"})
    assert errors(page) == []
    press(page, SEE)
    assert re.search(r"Trafiklys 3,4\s% \(\d{4}\): Ingen farve → Grøn", words(page))
    press(page, SAVE)
    assert errors(page) == ["Begrundelsen mangler. Skriv, hvorfor."]
    fill_in(page, Begrundelse="Aftalt i udvalget")
    press(page, SAVE)
    assert any("er gemt" in said.value for said in page.success)
    assert stored(queries.load_bands)[SHARE] == Bands(SHARE, 2.25, 3)
    limits = "Grøn: mindst 3 %. Gul: mindst 2,25 %. Rød: under 2,25 %."
    (row,) = table_after(page, "Trafiklys")
    assert (row[0], row[3], row[4]) == ("1", "Aftalt i udvalget", limits)
    seen = pages("indicator", indicator=SHARE)
    assert '<p class="verdict green"><span>Grøn</span> Seneste tal: 3,4\u00a0%' in body(seen)
    assert limits in words(seen)
    known = pages("indicator", indicator=SHARE, known="2020-01-01")
    assert "verdict green" not in body(known)

    page = pages("catalogue", indicator=SHARE, do="bands")
    fill_in(page, **{AMBER: "", GREEN: ""})
    press(page, SEE)
    assert "Grøn → Ingen farve" in words(page)
    fill_in(page, Begrundelse="Misforstås")
    press(page, SAVE)
    assert any("er fjernet" in said.value for said in page.success)
    assert SHARE not in stored(queries.load_bands)
    assert [row[4] for row in table_after(page, "Trafiklys")] == ["Grænserne blev fjernet", limits]
    assert "verdict green" not in body(pages("indicator", indicator=SHARE))


def test_colours_of_an_amount_have_a_currency_and_of_no_direction_are_refused(
    pages: OpenPage, stored: Any
) -> None:
    code = "visual_industry_turnover"
    page = pages("catalogue", indicator=code, do="bands")
    fill_in(page, **{"Gul begynder ved": "300.000.000", "Grøn begynder ved": "400.000.000", "Valuta": "EUR"})
    press(page, SEE)
    fill_in(page, Begrundelse="Prøve")
    press(page, SAVE)
    assert stored(queries.load_bands)[code] == Bands(code, 3e8, 4e8, "EUR")
    assert "i en anden valuta end grænserne" in words(pages("indicator", indicator=code))
    with unit_of_work(stored.engine, COLLEAGUE, "test") as work:
        set_bands(work, code, Bands(code, 3e8, 4e8, "DKK"), 1, "Kroner")
    seen = pages("indicator", indicator=code)
    assert '<p class="verdict red"><span>Rød</span> Seneste tal: 217.871.000\u00a0DKK' in body(seen)
    unjudged = pages("catalogue", indicator="event_participants", do="bands")
    assert "har ingen god retning" in words(unjudged)
    assert not unjudged.text_input
    assert "do=bands" not in body(pages("catalogue", indicator="permanent_showcase"))


def test_two_people_set_colours_and_the_second_sees_both(pages: OpenPage, stored: Any) -> None:
    code = "venue_visits"
    label = "Grøn begynder ved (besøg)"
    page = pages("catalogue", indicator=code, do="bands")
    fill_in(page, **{"Gul begynder ved (besøg)": "100.000", label: "150.000"})
    press(page, SEE)
    fill_in(page, Begrundelse="Min grund")
    with unit_of_work(stored.engine, COLLEAGUE, "test") as work:
        set_bands(work, code, Bands(code, 90_000, 120_000), 0, "Deres grund")
    press(page, SAVE)
    assert any("kollega@example.org" in warning.value for warning in page.warning)
    assert stored(queries.load_bands)[code] == Bands(code, 90_000, 120_000)
    press(page, "Fortsæt med begge ændringer")
    assert box(page, label).value == "150.000"
    press(page, SEE)
    press(page, SAVE)
    assert stored(queries.load_bands)[code] == Bands(code, 100_000, 150_000)


def test_a_source_is_described_anew_and_both_are_kept(pages: OpenPage, stored: Any) -> None:
    key = "demo-festival-reports"
    before = stored(queries.load_sources)[key]
    page = pages("catalogue", source=key)
    assert f'href="/catalogue?source={key}&amp;do=change"' in body(page)
    assert table_after(page, "Udgaver")[0][-1] == "Oprettet"
    page = pages("catalogue", source=key, do="change")
    fill_in(page, Titel="")
    assert "Feltet er tomt, men skal udfyldes." in errors(page)
    fill_in(page, Titel="Festivalens rapporter, samlet", Udgiver="Festivalen")
    assert f"source={key}&amp;do=change" in body(pages("catalogue")), "the way back to what was begun"
    press(page, SEE)
    assert ["Titel", before.title, "Festivalens rapporter, samlet"] in table_after(page, "Det bliver ændret")
    assert re.search(r"\d+ tal henviser til kilden", words(page))
    with unit_of_work(stored.engine, COLLEAGUE, "test") as work:
        change_source(work, replace(before, note="Deres bemærkning"), 1, "Deres grund")
    fill_in(page, Begrundelse="Nyt navn")
    assert any("kollega@example.org" in warning.value for warning in page.warning)
    press(page, "Fortsæt med begge ændringer")
    press(page, SEE)
    press(page, SAVE)
    now = stored(queries.load_sources)[key]
    assert (now.title, now.producer, now.note) == (
        "Festivalens rapporter, samlet", "Festivalen", "Deres bemærkning",
    )  # fmt: skip
    assert [v.number for v in stored(load_source_versions, key)] == [3, 2, 1]
    assert headings(page)[0] == "Festivalens rapporter, samlet"
    assert f"{before.title} → Festivalens rapporter, samlet" in table_after(page, "Udgaver")[0][-1]


def test_what_was_taken_back_stands_only_in_the_history(pages: OpenPage, stored: Any) -> None:
    which = "mosevig|2031-12-31|final"
    assert any(t.indicator == CODE and t.final for t in stored(queries.load_targets))
    assert "do=target_back" in body(pages("catalogue", indicator=CODE))
    page = pages("catalogue", indicator=CODE, do="target_back", which=which)
    assert not page.text_input, "nothing of it is asked for anew"
    press(page, SEE)
    assert table_after(page, "Det bliver ændret") == [["Trukket tilbage", "Nej", "Ja"]]
    press(page, SAVE)
    assert errors(page) == ["Begrundelsen mangler. Skriv, hvorfor."]
    fill_in(page, Begrundelse="Opgivet af byrådet")
    press(page, SAVE)
    assert any("trukket tilbage" in said.value for said in page.success)
    assert not [t for t in stored(queries.load_targets) if t.indicator == CODE and t.final]
    rows = table_after(page, "Udgangspunkt og mål")
    assert ["Slutmål (trukket tilbage)", "Opgivet af byrådet"] in [[row[0], row[4]] for row in rows]
    assert f"which={which.replace('|', '%7C')}" not in body(page), "there is nothing left to change"


def test_a_baseline_that_was_taken_back_can_be_stated_again(pages: OpenPage, stored: Any) -> None:
    code = "resident_awareness"
    (standing,) = [b for b in stored(queries.load_baselines) if b.indicator == code]
    page = pages("catalogue", indicator=code, do="baseline_back", which="mosevig")
    press(page, SEE)
    assert "Vurdering af løfterne" in words(page)
    with unit_of_work(stored.engine, COLLEAGUE, "test") as work:
        withdraw_baseline(work, standing, 1, "Deres grund")
    fill_in(page, Begrundelse="Min grund")
    assert any("kollega@example.org" in warning.value for warning in page.warning)
    press(page, "Kassér og begynd forfra")
    assert [v.withdrawn for v in stored(load_baseline_versions, code)] == [True, False]
    page = pages("catalogue", indicator=code, do="baseline")
    fill_in(page, Periode="2019", **{"Tal (procent)": "31,5"})
    press(page, SEE)
    fill_in(page, Begrundelse="Målt igen")
    press(page, SAVE)
    (again,) = [b for b in stored(queries.load_baselines) if b.indicator == code]
    assert (again.value, again.reason) == (31.5, "Målt igen")
    assert errors(pages("catalogue", indicator=code, do="baseline_back", which="nowhere"))
    assert errors(pages("catalogue", indicator=code, do="baseline_back"))


def test_the_catalogue_goes_out_and_comes_in_again(pages: OpenPage, stored: Any) -> None:
    standing, bands = stored(queries.load_catalogue), stored(queries.load_bands)
    packed = archive(replace(standing, bands=tuple(bands.values())))
    page = pages("catalogue", section="files")
    page.file_uploader[0].upload("katalog.zip", packed, "application/zip").run()
    assert "Der er intet at indlæse" in words(page)

    wrong = write_catalogue(standing)["indicators/06-media.toml"].replace("decimals = 0", "decimals = 9", 1)
    page = pages("catalogue", section="files")
    page.file_uploader[0].upload("06-media.toml", wrong.encode(), "text/plain").run()
    assert any("Der er 1 fejl" in error for error in errors(page))
    assert "9 decimaler kan ikke vises" in words(page)

    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        (name,) = [n for n in file.namelist() if n.endswith("06-media.toml")]
        text = file.read(name).decode().replace('da = "Antal', 'da = "Tallet på', 1)
    page = pages("catalogue", section="files")
    page.file_uploader[0].upload("06-media.toml", text.encode(), "text/plain").run()
    assert not page.exception
    assert re.search(r"Registrerede tal \d+ tal", words(page))
    assert "Ingen vurdering ændrer sig" in words(page)
    press(page, "Indlæs 1 ændring")
    assert errors(page) == ["Begrundelsen mangler. Skriv, hvorfor."]
    fill_in(page, Begrundelse="Rettet i fil")
    press(page, "Indlæs 1 ændring")
    assert any("1 definition er indlæst" in said.value for said in page.success)
    changed = [i for i in stored(queries.load_catalogue).indicators if standing.indicator(i.code) != i]
    assert [i.definition.da.startswith("Tallet på") for i in changed] == [True]
    newest = stored(load_indicator_versions, changed[0].code)[0]
    assert newest.reason == "Rettet i fil"

    assert "[indicator.bands]" in text, "the file holds the limits of the colours"
    stricter = text.replace("green = 50", "green = 60", 1)
    page = pages("catalogue", section="files")
    page.file_uploader[0].upload("06-media.toml", stricter.encode(), "text/plain").run()
    assert not page.exception
    assert "Grøn: mindst 60 %. Gul: mindst 35 %." in words(page)
    fill_in(page, Begrundelse="Strengere")
    press(page, "Indlæs 1 ændring")
    assert any("1 definition er indlæst" in said.value for said in page.success)
    code = "media_positive_tone_share"
    assert stored(queries.load_bands) == bands | {code: Bands(code, 35, 60)}


def test_a_reader_sees_and_changes_nothing(pages: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Actor("laeser@example.org", "Læser", frozenset({Role.READER}))
    monkeypatch.setattr(session, "current_actor", lambda: reader)
    page = pages("catalogue", indicator=CODE)
    assert not page.exception
    assert "do=" not in body(page)
    assert not page.button
    assert errors(pages("catalogue", indicator=CODE, do="change")) == ["Det har du ikke rettigheder til."]
    assert not pages("catalogue", section="files").file_uploader


def test_the_past_is_shown_and_never_changed(pages: OpenPage) -> None:
    page = pages("catalogue", indicator=CODE, known=session.today().isoformat())
    assert "do=" not in body(page)
    asked = pages("catalogue", indicator=CODE, do="change", known=session.today().isoformat())
    assert not asked.text_area
