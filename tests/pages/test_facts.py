"""What the pages say about the published figures; the literals are read off `data/reference/`."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui import cached
from dashboard.ui.cards import contested_groups
from tests.pages.conftest import OpenPage, stamp
from tests.pages.reading import body, raw, table_after, tables, words

EN = Translator("en")
DISAGREE = EN("competing.title")
REFUSED = EN("refused.title")
UNDATED = EN("undated.title")


# -- verdicts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_claims_and_for_none_of_them_enough_evidence(real: OpenPage, language: str) -> None:
    page = real("overview", lang=language)
    said = body(page)
    word = Translator(language)("verdict.not_enough_evidence")
    assert said.count("<blockquote") == 9
    assert said.count('class="verdict not_enough_evidence"') == 9
    assert said.count(word) >= 9
    for other in ("supported", "mixed", "not_supported"):
        assert f'class="verdict {other}"' not in said


def test_the_page_of_a_claim_gives_the_same_verdict_and_its_working(real: OpenPage) -> None:
    page = real("claim", claim="funding", lang="en")
    assert EN("verdict.not_enough_evidence") in words(page)
    assert EN("verdict.rule") in words(page)


def test_the_demonstration_has_every_verdict(demonstration: OpenPage) -> None:
    said = body(demonstration("overview"))
    for verdict in ("supported", "mixed", "not_supported", "not_enough_evidence"):
        assert f'class="verdict {verdict}"' in said


def test_no_score_stands_anywhere(real: OpenPage) -> None:
    assert "/ 9" not in words(real("overview"))
    assert "9 %" not in words(real("overview"))


# -- figures that disagree -------------------------------------------------------------------------


def test_tucsons_three_media_values_stand_side_by_side(real: OpenPage) -> None:
    page = real("indicator", indicator="media_value_claimed", place="tucson", lang="en")
    rows = table_after(page, DISAGREE)
    assert [(row[1], row[2]) for row in rows] == [
        ("6M USD", "11 December 2015 – 10 June 2016"),
        ("6M USD", "Jul 2015 – Jun 2016"),
        ("over 30M USD", "Oct 2016 – Sept 2017"),
    ]
    kept = EN("competing.kept")
    assert [row[-1] for row in rows] == [
        kept,
        EN(
            "competing.preferred",
            reason="It is the oldest and only verbatim quotation of the one who stated the figure. "
            "“The first 6 months” on Viborg’s page is a retelling that the quotation does not bear out.",
        ),
        kept,
    ]
    chosen = body(page).partition('<tr role="row" class="chosen">')[2].partition("</tr>")[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", chosen)
    assert cells[:2] == ["Tucson", "6M\xa0USD"]
    assert cells[2].startswith("Jul 2015")
    assert "Barcelona Principles" in words(page), "the caveat of the measure"


def test_karlsruhes_two_values_of_2016_both_stay(real: OpenPage) -> None:
    page = real("indicator", indicator="festival_visits", place="karlsruhe")
    rows = table_after(page, Translator("da")("competing.title"))
    assert [(row[1], row[2]) for row in rows] == [("331.000 besøg", "2016"), ("ca. 330.000 besøg", "2016")]
    assert "331.000 er det præcise tal i byrådets papir" in rows[0][-1]


def test_bristols_two_orders_of_magnitude_both_stay(real: OpenPage) -> None:
    page = real("indicator", indicator="film_inward_investment", place="bristol", lang="en")
    rows = table_after(page, DISAGREE)
    assert {row[1] for row in rows} == {"258M USD", "about 15.2M GBP"}
    assert [row[1] for row in rows if row[-1].startswith("Preferred")] == ["about 15.2M GBP"]


def test_values_that_only_share_a_place_do_not_disagree(real: OpenPage) -> None:
    real("overview")
    for code, place in (("festival_visits", "linz"), ("visitor_origin_share", "karlsruhe")):
        assert contested_groups(cached.series(stamp(), code, (place,))) == []


# -- time ------------------------------------------------------------------------------------------


def test_an_undated_statement_is_listed_and_not_drawn(real: OpenPage) -> None:
    page = real("indicator", indicator="festival_visits", lang="en")
    assert [row[1:3] for row in table_after(page, UNDATED)] == [["about 30,000 persons", "undated"]]
    assert not page.get("bidi_component"), "there is nothing to draw"

    page = real("compare", indicator="festival_visits", places="linz,tucson", lang="en")
    undated = {row[0]: row[1] for row in table_after(page, UNDATED)}
    assert undated == {"Viborg": "about 30,000 persons", "Tucson": "over 100,000 persons"}
    spec = cached.comparison(
        stamp(), "en", "festival_visits", ("viborg", "linz", "tucson"), cached.AS_PUBLISHED
    )
    assert [(series.place, len(series.marks)) for series in spec.series] == [("linz", 5)]


def test_bristols_line_stops_where_the_method_changed(real: OpenPage) -> None:
    page = real("indicator", indicator="film_inward_investment", place="bristol", lang="en")
    assert "New rate card: from April 2023" in raw(page)
    spec = cached.history_chart(stamp(), "en", "film_inward_investment", "bristol")
    (rule,) = (rule for rule in spec.rules if rule.kind == "break")
    assert date.fromordinal(int(rule.at)) == date(2023, 4, 1)
    for series in spec.series:
        for path in series.paths:
            assert all(mark.x < rule.at for mark in path) or all(mark.x > rule.at for mark in path)


def test_lyon_changed_its_field(real: OpenPage) -> None:
    real("overview")
    lyon = cached.world(stamp()).places["lyon"]
    assert [(str(m.field), m.valid_to) for m in lyon.fields] == [
        ("media_arts", date(2023, 10, 30)),
        ("literature", None),
    ]


def test_the_pandemic_came_five_months_after_viborg_and_fifty_one_after_tucson(real: OpenPage) -> None:
    """Designated on 30 October 2019 and 11 December 2015; the pandemic is counted from March 2020."""
    page = real(
        "compare",
        indicator="funding_secured",
        places="tucson",
        view="currency",
        axis="designation",
        lang="en",
    )
    assert not page.error
    view = ("designation", None, "DKK", None)
    spec = cached.comparison(stamp(), "en", "funding_secured", ("viborg", "tucson"), view)
    assert {b.series: b.start for b in spec.bands if b.kind == "pandemic"} == {"viborg": 5, "tucson": 51}
    # The grant of 2015 stands at the middle of its year, the one of February 2022 in its month.
    assert {s.place: [mark.x for mark in s.marks] for s in spec.series} == {"viborg": [-51], "tucson": [74]}


def test_single_points_are_no_development(real: OpenPage) -> None:
    page = real("indicator", indicator="creative_companies", lang="en")
    assert EN("chart.sentence.single", indicator="Creative companies", places="Viborg", when="2017") in words(
        page
    )
    assert EN("trend.too_few") in words(page)


# -- what cannot be compared -----------------------------------------------------------------------


def refused(page: object) -> dict[str, str]:
    return {row[0]: row[2] for row in table_after(page, REFUSED)}  # type: ignore[arg-type]


def test_undated_dollars_are_not_made_into_kroner(real: OpenPage) -> None:
    page = real("compare", indicator="funding_secured", places="modena,tucson", view="currency", lang="en")
    assert refused(page)["Modena"] == EN("refusal.undated")
    assert "Tucson" not in refused(page)
    page.session_state["table-comparison"] = True
    chart = tables(page.run())[0]
    (tucson,) = (row for row in chart[1:] if row[0] == "Tucson")
    # 250,000 USD in February 2022, at the mean of the daily cross rates of that month: 6.56 DKK a dollar.
    assert tucson[3] == "1.6M DKK"


def test_a_count_without_a_boundary_is_not_divided_by_inhabitants(real: OpenPage) -> None:
    page = real("compare", indicator="creative_companies", places="karlsruhe", view="per", lang="en")
    assert refused(page) == {
        "Karlsruhe": EN("refusal.boundary_unknown"),
        "Viborg": EN("refusal.boundary_unknown"),
    }
    assert EN("card.empty_chart") in words(page)


def test_an_index_does_not_run_across_bristols_break(real: OpenPage) -> None:
    page = real(
        "compare", indicator="film_inward_investment", places="bristol", view="index", base="2021", lang="en"
    )
    assert EN("refusal.across_break", year="2021") in words(page)
