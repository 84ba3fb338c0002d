"""`series`: the object that outside tools read, its values, and what is refused with a reason."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from dashboard.intake.catalogue import read_catalogue
from dashboard.series_document import ADDED_KEYS, POINT_KEYS, cell_text
from dashboard.setting_up import CATALOGUE
from tests.command_line.conftest import Terminal

RULES = ["indicator", "unit", "view", "points", "undated", "refused"]
VIEW = ["axis", "per", "currency", "index_base", "as_known_at"]
POINT = [
    "place", "period_start", "period_end", "precision", "month_since_designation", "value", "unit",
    "currency", "qualifier", "kind", "preferred", "grade", "flags", "source", "disaggregation", "low", "high",
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
    assert document["view"] == dict.fromkeys(VIEW) | {"axis": "calendar"}
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
