"""Levels and money on the comparison page: chosen in the address, or refused with the reason (F41–F43)."""

from __future__ import annotations

import contextlib
from statistics import fmean

import pandas as pd
import pytest
from currency_converter import CurrencyConverter, RateNotFoundError

from dashboard.domain.prices import RateKind
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.i18n import LANGUAGES, Translator
from dashboard.series_document import Request, series_document
from dashboard.store.engine import reading
from dashboard.ui import cached, measured
from dashboard.ui.measured import Measure
from tests.pages.conftest import OpenPage, stamp
from tests.pages.reading import MISSING, words

EN = Translator("en")
COMPANIES, VISITS, GRANTS = "creative_companies", "festival_visits", "funding_granted_own_share"
SPEND = "festival_spend"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("indicator", "choices"),
    [
        (COMPANIES, {"view": "baseline"}),
        (COMPANIES, {"view": "network", "members": "known"}),
        (VISITS, {"view": "festival", "question": "multiples"}),
        (GRANTS, {"prices": "constant", "prices_of": "2020"}),
        (GRANTS, {"prices": "ppp", "view": "currency"}),
    ],
)
def test_each_choice_stands_in_the_address(
    demonstration: OpenPage, language: str, indicator: str, choices: dict[str, str]
) -> None:
    page = demonstration("compare", indicator=indicator, lang=language, **choices)
    said = words(page)
    assert MISSING not in said
    assert not page.exception
    for name in set(choices) & {"view", "members"}:
        assert page.session_state[name] == choices[name]


def test_a_change_since_the_baseline_is_the_value_less_the_baseline(demonstration: OpenPage) -> None:
    demonstration("compare", indicator=COMPANIES, lang="en")
    here = cached.world(stamp())
    places = (here.home.slug,)
    made = measured.measured(stamp(), COMPANIES, places, Measure(level="baseline")).points
    (baseline,) = {b.value for b in here.baselines if (b.indicator, b.place) == (COMPANIES, here.home.slug)}
    assert len(made) > 3
    assert made["shown_value"].tolist() == [value - baseline for value in made["value"]]


def test_without_a_table_no_amount_is_converted(real: OpenPage) -> None:
    """The sourced figures come without a table of prices, and none is invented."""
    page = real("compare", indicator="media_value_claimed", prices="constant", prices_of="2016", lang="en")
    said = words(page)
    assert EN("compare.no_tables") in said
    assert EN("refusal.no_rate_table") in said


def test_constant_prices_name_their_year_and_their_table(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=GRANTS, prices="constant", prices_of="2020", lang="en")
    title = measured.tables_of(stamp(), RateKind.PRICE_INDEX)[-1]
    said = words(page)
    assert EN("measure.constant", year="2020") in said
    assert EN("compare.by_table", tables=title) in said


def test_money_names_its_rate_its_day_and_its_table_value_by_value(demonstration: OpenPage) -> None:
    """Hallbrück's euro in the kroner of 2020: German prices first, then the mean rate of 2020."""
    demonstration("compare", indicator=SPEND, lang="en")
    asked = Measure(currency="DKK", prices="constant", base_year=2020, level="currency")
    spec = measured.drawn(stamp(), "en", SPEND, ("mosevig", "hallbrueck"), asked).spec
    column = spec.columns.index(EN("chart.column.made_with"))
    said = {row[0]: row[column] for row in spec.rows if row[2] == "2016"}
    table = measured.tables_of(stamp(), RateKind.PRICE_INDEX)[-1]
    assert said["Mosevig"].startswith("2016 to 2020 prices: × ")
    assert said["Mosevig"].endswith(f", {table}")
    assert "1 EUR = 7.4542 DKK (2020)" in said["Hallbrück"]
    mean = CurrencyConverter().convert  # the bank's own days of 2020
    days = [day.date() for day in pd.bdate_range("2020-01-01", "2020-12-31")]
    rates = []
    for day in days:
        with contextlib.suppress(RateNotFoundError):
            rates.append(mean(1, "EUR", "DKK", date=day))
    assert round(fmean(rates), 4) == 7.4542


def test_a_rate_names_its_inhabitants_and_a_change_its_baseline(demonstration: OpenPage) -> None:
    demonstration("compare", indicator=COMPANIES, lang="en")
    for asked, word in (
        (Measure(per=100_000, level="per"), "inhabitants of the municipality"),
        (Measure(level="baseline"), "less the baseline of"),
        (Measure(level="network", incomplete=True), "members have a figure"),
    ):
        spec = measured.drawn(stamp(), "en", COMPANIES, ("mosevig",), asked).spec
        column = spec.columns.index(EN("chart.column.made_with"))
        told = [row[column] for row in spec.rows]
        assert told
        assert all(word in one for one in told), told
    plain = measured.drawn(stamp(), "en", COMPANIES, ("mosevig",), Measure()).spec
    assert EN("chart.column.made_with") not in plain.columns


def test_all_other_places_stand_behind_as_a_band(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator=COMPANIES, places="torsbaek", rest="band", lang="en")
    home = cached.world(stamp()).home.slug
    drawn = measured.drawn(stamp(), "en", COMPANIES, (home, "torsbaek"), Measure(rest=True))
    assert drawn.spec.envelope is not None
    assert {one.place for one in drawn.spec.series} == {home, "torsbaek"}
    assert drawn.spec.envelope.label in words(page)
    whole = measured.of_all(stamp(), "en", COMPANIES, Measure(rest=True))
    assert len(whole.rows) > len(drawn.spec.rows)  # the file has all


def test_the_whole_network_is_refused_where_members_lack_a_figure(demonstration: OpenPage) -> None:
    said = words(demonstration("compare", indicator=COMPANIES, view="network", lang="en"))
    assert EN("refusal.network_members_missing", missing="1", members="2").split(" of ")[1][-30:] in said
    known = words(demonstration("compare", indicator=COMPANIES, view="network", members="known", lang="en"))
    assert EN("measure.network") in known


def test_a_festival_day_is_offered_for_the_festival_only(demonstration: OpenPage) -> None:
    said = words(demonstration("compare", indicator=COMPANIES, view="festival", lang="en"))
    assert "“festival”" in said  # refused, with what can be chosen
    assert EN("measure.festival") in words(
        demonstration("compare", indicator=VISITS, view="festival", lang="en")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_peer_without_the_title_is_a_control_matched_by_the_calendar(
    demonstration: OpenPage, language: str
) -> None:
    """Torsbæk never was designated: its months, its pandemic and its breaks are those of Mosevig."""
    t = Translator(language)
    choices = {"indicator": COMPANIES, "places": "torsbaek,hallbrueck", "axis": "designation"}
    page = demonstration("compare", lang=language, **choices)
    label = t("chart.control", place="Torsbæk")
    assert t("chart.note.control", places="Torsbæk", city="Mosevig") in words(page)
    places = ("mosevig", "torsbaek", "hallbrueck")
    spec = measured.drawn(stamp(), language, COMPANIES, places, Measure("designation")).spec
    assert [one.label for one in spec.series] == ["Mosevig", label, "Hallbrück"]
    home, control = ({mark.when: mark.x for mark in one.marks} for one in spec.series[:2])
    shared = home.keys() & control.keys()
    assert len(shared) > 8
    assert all(home[when] == control[when] for when in shared)
    strips = {band.series: (band.start, band.end) for band in spec.bands if band.kind == "pandemic"}
    assert strips["torsbaek"] == strips["mosevig"] != strips["hallbrueck"]
    calendar = measured.drawn(stamp(), language, COMPANIES, places, Measure()).spec
    assert label not in [one.label for one in calendar.series]


def test_money_can_be_seen_in_euro_as_the_command_gives_it(demonstration: OpenPage) -> None:
    """Recorded amounts and those added up from the register, each at its own day's rate."""
    page = demonstration("compare", indicator=GRANTS, view="currency", currency="EUR", lang="en")
    said = words(page)
    assert MISSING not in said
    assert page.session_state["currency"] == "EUR"
    assert "million EUR" in said
    nominal = Measure(currency="EUR", level="currency")
    real = nominal._replace(prices="constant", base_year=2020)
    for code, places, asked in (
        (GRANTS, ("mosevig",), nominal), (SPEND, ("mosevig", "hallbrueck"), nominal),
        (GRANTS, ("mosevig",), real),
    ):  # fmt: skip
        shown = measured.measured(stamp(), code, places, asked).points
        request = Request(code, places, asked.view)
        with reading(cached.engine()) as connection:
            told = series_document(connection, request, LOCAL_ACTOR, EN, stamp().day)
        assert sorted(shown["shown_value"]) == pytest.approx(sorted(p["value"] for p in told["points"]))
        assert {p["currency"] for p in told["points"]} == {"EUR"}
    assert shown["national_rate"].isna().all()  # the register's kroner are not sent through euro and back


def test_a_currency_that_is_not_offered_is_answered_with_those_that_are(demonstration: OpenPage) -> None:
    said = words(demonstration("compare", indicator=GRANTS, view="currency", currency="JPY", lang="en"))
    assert EN("error.address.currency", given="JPY", instead="DKK, EUR") in said


def test_another_indicator_leaves_a_view_it_cannot_have_and_says_so(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="festival_visits", view="per", lang="en")
    assert not page.error
    choice = next(box for box in page.selectbox if box.label == EN("pick.indicator"))
    choice.set_value("festival_spend_per_visit").run()
    assert EN("compare.view_left", view=EN("pick.view.per")) in words(page)
    assert "view" not in page.query_params
    refused = demonstration("compare", indicator="festival_spend_per_visit", view="per", lang="en")
    assert EN("compare.view_left", view=EN("pick.view.per")) not in words(refused)


def test_money_of_the_register_names_its_rate(demonstration: OpenPage) -> None:
    page = demonstration("compare", indicator="funding_received", view="currency", currency="EUR", lang="en")
    assert "European Central Bank" in words(page)
