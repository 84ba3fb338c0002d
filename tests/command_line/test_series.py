"""`series`: the object that outside tools read, its values, and what is refused with a reason."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from dashboard.analysis.normalise import View
from dashboard.errors import InvalidChoiceError
from dashboard.intake.catalogue import read_catalogue
from dashboard.series_document import ADDED_KEYS, POINT_KEYS, Level, Request, asked, cell_text
from dashboard.setting_up import CATALOGUE
from tests.command_line.conftest import Terminal

RULES = [
    "indicator", "unit", "view", "points", "undated", "refused", "formula", "passports", "like_for_like",
    "splits",
]  # fmt: skip
VIEW = [
    "axis", "per", "currency", "index_base", "as_known_at", "level", "prices", "base_year", "table",
    "exchange_table", "incomplete_network",
]  # fmt: skip
POINT = [
    "place", "period_start", "period_end", "precision", "month_since_designation", "value", "unit",
    "currency", "qualifier", "kind", "preferred", "grade", "flags", "source", "disaggregation", "low", "high",
    "reasons", "exchange_rate", "exchange_from", "exchange_to", "population", "population_boundary",
    "price_table", "price_year", "price_factor", "compared_with", "divisor", "members", "members_with_value",
    "national_rate", "national_from", "national_to", "national_currency", "calendar_matched",
]  # fmt: skip
PERIOD = {"period_start", "period_end", "precision"}


def series(terminal: Terminal, *arguments: str) -> dict[str, Any]:
    result = terminal("series", *arguments)
    assert (result.status, result.error) == (0, "")
    document: dict[str, Any] = json.loads(result.out)
    return document


def test_the_object_is_that_of_the_rules(filled: Terminal) -> None:
    document = series(filled, "festival_visits", "--place", "karlsruhe", "--place", "viborg")
    assert list(document) == RULES
    assert list(document["view"]) == VIEW
    plain = {"axis": "calendar", "level": "published", "incomplete_network": False}
    assert document["view"] == dict.fromkeys(VIEW) | plain
    assert document["points"]
    assert all(list(point) == POINT for point in document["points"])
    assert document["undated"]
    assert all(list(row) == [key for key in POINT if key not in PERIOD] for row in document["undated"])
    assert {row["place"] for row in document["undated"]} == {"viborg"}


def test_the_parts_of_a_split_can_be_told_apart(filled: Terminal) -> None:
    document = series(filled, "visitor_origin_share", "--place", "karlsruhe")
    rows = [*document["points"], *document["undated"]]
    parts = [row["disaggregation"] for row in rows]
    assert len(parts) == len(set(parts)) == 4
    assert all("=" in part for part in parts)


def test_without_a_place_it_is_the_home_city(filled: Terminal) -> None:
    document = series(filled, "creative_companies")
    assert {point["place"] for point in document["points"]} == {"viborg"}


def test_three_competing_values_stay_three(filled: Terminal) -> None:
    points = series(filled, "media_value_claimed", "--place", "tucson")["points"]
    assert sorted((p["value"], p["currency"], p["qualifier"]) for p in points) == [
        (6_000_000, "USD", "="),
        (6_000_000, "USD", "="),
        (30_000_000, "USD", ">"),
    ]
    assert {p["grade"] for p in points} == {"illustrative"}
    assert all("contested" in p["flags"] for p in points)


def test_money_is_converted_at_the_period_s_own_rate(filled: Terminal) -> None:
    arguments = ("media_value_claimed", "--place", "tucson", "--currency", "DKK")
    points = series(filled, *arguments)["points"]
    assert {p["currency"] for p in points} == {"DKK"}
    for point in points:  # the dollar stood between 6 and 7 kroner from 2015 to 2017
        published = 30_000_000 if point["qualifier"] == ">" else 6_000_000
        assert 6 < point["value"] / published < 7.2
    assert len({p["value"] for p in points}) == 3, "each period has its own mean rate"


def test_the_undated_is_refused_where_a_year_is_needed(filled: Terminal) -> None:
    arguments = ("festival_visits", "--place", "viborg", "--per", "100000")
    document = series(filled, *arguments)
    assert document["undated"] == []
    refused = [row for row in document["refused"] if row["code"] == "undated"]
    assert refused
    assert list(refused[0]) == ["place", "period_start", "period_end", "code", "reason"]
    assert list(refused[0].values())[:3] == ["viborg", None, None]
    english = series(filled, *arguments, "--lang", "en")["refused"]
    assert [row["code"] for row in english] == [row["code"] for row in document["refused"]]
    assert english[0]["reason"] != document["refused"][0]["reason"]
    assert "⟦" not in json.dumps([document, english], ensure_ascii=False)


def test_an_index_is_100_in_its_base_year(filled: Terminal) -> None:
    document = series(filled, "festival_visits", "--place", "karlsruhe", "--index-base", "2019")
    assert document["unit"] == "index"
    (base,) = [p for p in document["points"] if p["period_start"] == "2019-01-01"]
    assert (base["value"], base["unit"], base["currency"]) == (100, "index", None)


@pytest.mark.parametrize(
    ("code", "place", "start", "month"),
    [("event_participants", "viborg", "2020-09-21", 11), ("festival_visits", "karlsruhe", "2018-01-01", -15)],
)
def test_months_are_counted_from_the_designation(
    filled: Terminal, code: str, place: str, start: str, month: int
) -> None:
    document = series(filled, code, "--place", place, "--axis", "designation")
    assert document["view"]["axis"] == "designation"
    (point,) = [p for p in document["points"] if p["period_start"] == start]
    assert point["month_since_designation"] == month


def test_a_register_indicator_is_rolled_up_from_activities(filled: Terminal) -> None:
    demonstration = Terminal(filled.demonstration, filled.demonstration)
    register = next(i for i in read_catalogue(CATALOGUE).indicators if i.rollup and i.unit == "articles")
    document = series(demonstration, register.code)
    assert document["points"]
    assert {p["source"] for p in document["points"]} == {"register"}
    assert all(p["value"] >= 0 for p in document["points"])


def invented(filled: Terminal, *arguments: str) -> dict[str, Any]:
    return series(filled, *arguments, "--demonstration")


def test_each_point_names_what_it_was_converted_with(filled: Terminal) -> None:
    document = series(filled, "media_value_claimed", "--place", "tucson", "--currency", "DKK")
    assert document["view"]["exchange_table"].startswith("Den Europæiske Centralbank")
    assert len(document["points"]) == 3
    for point in document["points"]:
        assert (point["exchange_from"], point["exchange_to"]) == (point["period_start"], point["period_end"])
        published = 30_000_000 if point["qualifier"] == ">" else 6_000_000
        assert point["value"] == pytest.approx(published * point["exchange_rate"])
        assert "contested" in point["reasons"]
    karlsruhe = ("festival_visits", "--place", "karlsruhe")
    (year,) = [
        p
        for p in series(filled, *karlsruhe, "--per", "100000")["points"]
        if p["period_start"] == "2019-01-01"
    ]
    assert year["value"] == pytest.approx(316_000 / year["population"] * 100_000)
    assert year["population_boundary"] == "city"


def test_levels_by_name_are_the_views_of_before(filled: Terminal) -> None:
    karlsruhe = ("festival_visits", "--place", "karlsruhe")
    by_name = series(filled, *karlsruhe, "--level", "per_100000")
    assert by_name == series(filled, *karlsruhe, "--per", "100000")
    index = series(filled, *karlsruhe, "--level", "index", "--index-base", "2019")
    assert index == series(filled, *karlsruhe, "--index-base", "2019")
    assert (by_name["view"]["level"], index["view"]["level"]) == ("per_100000", "index")


def published(filled: Terminal, code: str) -> dict[tuple[str, str], float]:
    """The demonstration's values by the end of their period and their source."""
    return {(p["period_end"], p["source"]): p["value"] for p in invented(filled, code)["points"]}


def test_the_change_since_baseline_says_what_it_is_compared_with(filled: Terminal) -> None:
    document = invented(filled, "resident_awareness", "--level", "change_since_baseline")
    before = published(filled, "resident_awareness")
    assert document["points"]
    for point in document["points"]:
        assert point["compared_with"] == 29
        assert point["value"] == pytest.approx(before[point["period_end"], point["source"]] - 29)


def test_shares_of_the_network_add_up_to_all_of_it(filled: Terminal) -> None:
    places = [p for slug in (
        "mosevig", "palo-cenizo", "hallbrueck", "eskerwick", "saint-aubrac", "lovhamra", "ribeira-alva",
        "vallombra",
    ) for p in ("--place", slug)]  # fmt: skip
    document = invented(filled, "wikipedia_pageviews", "--level", "share_of_network", *places)
    latest = [p for p in document["points"] if p["period_end"] == "2026-09-30"]
    assert len(latest) == 8
    assert sum(p["value"] for p in latest) == pytest.approx(100)
    assert {(p["unit"], p["members"], p["members_with_value"]) for p in latest} == {("percent", 8, 8)}


def test_an_incomplete_network_is_refused_with_its_count_unless_asked_for(filled: Terminal) -> None:
    arguments = ("festival_visits", "--place", "karlsruhe", "--level", "share_of_network")
    refused = {row["code"]: row["reason"] for row in series(filled, *arguments)["refused"]}
    assert any(digit in refused["network_members_missing"] for digit in "123456789")
    document = invented(filled, "festival_visits", "--level", "share_of_network", "--incomplete-network")
    assert document["view"]["incomplete_network"] is True
    for point in document["points"]:
        assert point["members_with_value"] < point["members"]
        assert "network_incomplete" in point["reasons"]
    assert document["points"]


def test_visits_per_festival_day_and_what_is_about_no_festival(filled: Terminal) -> None:
    document = invented(filled, "festival_visits", "--level", "per_festival_day")
    before = published(filled, "festival_visits")
    assert document["points"]
    for point in document["points"]:
        expected = before[point["period_end"], point["source"]] / point["divisor"]
        assert point["value"] == pytest.approx(expected)
    other = invented(filled, "wikipedia_pageviews", "--level", "per_festival_day")
    assert other["points"] == []
    assert {row["code"] for row in other["refused"]} == {"not_of_the_festival"}


def test_a_computed_indicator_shows_its_formula(filled: Terminal) -> None:
    """Viborg 2017: 13.4 million euro by 181 companies."""
    document = series(filled, "visual_turnover_per_company")
    (point,) = document["points"]
    assert point["value"] == pytest.approx(13_400_000 / 181)
    assert (point["currency"], point["source"]) == ("EUR", "computed")
    assert document["formula"] == {
        "text": "visual_industry_turnover / creative_companies",
        "shown": "Omsætning i den visuelle industri / Kreative virksomheder",
        "indicators": ["visual_industry_turnover", "creative_companies"],
    }
    rolled = invented(filled, "funding_received_per_cost")
    assert {row["code"] for row in rolled["refused"]} == {"formula_missing"}
    assert all(p["value"] > 0 for p in rolled["points"])
    assert rolled["points"]


def test_an_unfinished_year_is_held_against_the_same_months(filled: Terminal) -> None:
    document = invented(filled, "wikipedia_pageviews", "--like-for-like")
    (found,) = document["like_for_like"]
    monthly = {p["period_start"]: p["value"] for p in document["points"]}
    assert found["year"] == 2026
    for item in [*found["earlier"], found]:
        same = sum(monthly[f"{item['year']}-{month:02}-01"] for month in found["months"])
        assert item["value"] == same
    assert found["difference"] == found["value"] - found["earlier"][0]["value"]
    (none,) = invented(filled, "festival_visits", "--like-for-like")["like_for_like"]
    assert none["code"] == "no_shorter_periods"
    assert none["reason"]
    (counted,) = invented(filled, "media_articles", "--like-for-like")["like_for_like"]
    whole = {p["period_start"][:4]: p["value"] for p in invented(filled, "media_articles")["points"]}
    # The register is counted again from the months that are over; in January there are none.
    assert counted["code"] in (None, "no_month_over", "no_shorter_periods")
    assert all(item["value"] <= whole[str(item["year"])] for item in counted["earlier"])


def test_parts_are_held_against_their_whole(filled: Terminal) -> None:
    (split,) = series(filled, "visitor_origin_share", "--place", "karlsruhe", "--split")["splits"]
    assert (split["parts"], split["basis"], split["whole"]) == (4, "shares", 100)
    assert split["code"] in ("adds_up", "differs")
    assert split["total"] == pytest.approx(100 + split["difference"])


def test_the_five_answers_of_the_passport_are_told(filled: Terminal) -> None:
    document = series(filled, "festival_visits", "--place", "karlsruhe", "--place", "viborg")
    (passport,) = document["passports"]
    assert passport["place"] == "karlsruhe"
    assert [a["question"] for a in passport["answers"]] == [
        "definition", "boundary", "period", "method", "publisher"
    ]  # fmt: skip
    assert {a["by"] for a in passport["answers"]} == {"data"}
    assert all(a["reason"] for a in passport["answers"] if a["answer"] != "yes")
    assert all("⟦" not in text for a in passport["answers"] for text in a.values() if text)


@pytest.mark.parametrize(
    ("view", "level", "key"),
    [
        (View(), "index", "index_base_missing"),
        (View(per=1000), "per_100000", "level_and_per"),
        (View(per=100_000), "share_of_network", "level_and_per"),
        (View(index_base=2020), "change_since_baseline", "level_and_index"),
        (View(prices="constant"), "published", "base_year"),
        (View(base_year=2020), "published", "base_year"),
        (View(prices="purchasing_power", currency="DKK"), "published", "purchasing_power_currency"),
        (View(table="pris"), "published", "table_without_prices"),
    ],
)
def test_views_that_contradict_each_other_are_refused(view: View, level: Level, key: str) -> None:
    with pytest.raises(InvalidChoiceError) as refused:
        asked(Request("festival_spend", view=view, level=level))
    assert refused.value.key == f"error.series.{key}"


def test_a_contradiction_is_told_in_a_sentence(filled: Terminal) -> None:
    result = filled("series", "festival_spend", "--prices", "constant", "--lang", "en")
    assert (result.status, result.out) == (1, "")
    assert result.error.startswith("Constant prices and --base-year belong together.")


def test_csv_says_the_same(filled: Terminal) -> None:
    arguments = ("festival_visits", "--place", "karlsruhe", "--place", "viborg")
    document = series(filled, *arguments)
    result = filled("series", *arguments, "--format", "csv")
    assert (result.status, result.error) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert list(rows[0]) == ["row", "indicator", *POINT_KEYS, "code", "reason", *ADDED_KEYS]
    for kind, list_ in (("point", "points"), ("undated", "undated"), ("refused", "refused")):
        assert len([row for row in rows if row["row"] == kind]) == len(document[list_])
    values = [float(row["value"]) for row in rows if row["row"] == "point"]
    assert values == [point["value"] for point in document["points"]]
    assert next(row for row in rows if row["row"] == "undated")["period_start"] == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["festival_visit"], "There is no indicator with the code “festival_visit”. Did you mean “fest"),
        (["festival_visits", "--place", "tuscon"], "There is no place called “tuscon”. Did you mean “tucs"),
        (["festival_visits", "--place", "Østersund"], "There is no place called “Østersund”. Did you mean"),
        (["media_value_claimed", "--currency", "DKX"], "The European Central Bank quotes no currency"),
        (["festival_visits", "--as-known-at", "2020-02-30"], "“2020-02-30” is not a date."),
        (["festival_visits", "--as-known-at", "2020-02"], "“2020-02” is not a date."),
        (["festival_visits", "--as-known-at", "2020-01-01"], "On 1 January 2020 there was nothing in the st"),
        (["festival_visits", "--as-known-at", "2999-01-01"], "1 January 2999 lies in the future."),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused_in_one_sentence(
    filled: Terminal, arguments: list[str], sentence: str
) -> None:
    result = filled("series", *arguments, "--lang", "en")
    assert (result.status, result.out) == (1, "")
    assert result.error.startswith(sentence)
    assert result.error.count("\n") == 1


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1 kr.", "@sum(a1)", "\t=1"])
def test_text_in_a_csv_cell_is_never_a_formula(formula: str) -> None:
    assert cell_text(formula) == f"'{formula}"


@pytest.mark.parametrize("code", ["=", ">", ">=", "<=", "~", "", "viborg"])
def test_codes_in_a_csv_cell_stay_as_they_are(code: str) -> None:
    assert cell_text(code) == code
