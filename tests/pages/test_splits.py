"""Splits on the pages: the parts, whether they add up, what is in none of them, and what is too much."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.build import series_chart, sparkline
from dashboard.charts.spec import ChartSpec
from dashboard.domain.observation import Draft, MissingReason, ObservationKind
from dashboard.domain.period import Period, Precision
from dashboard.i18n import LANGUAGES, Translator
from dashboard.series_document import Request, series_document
from dashboard.store.engine import reading
from dashboard.ui import cached, split_parts
from tests.charts.examples import VIBORG, indicator, point, points
from tests.pages.conftest import OpenPage, stamp
from tests.pages.persons import Desk
from tests.pages.reading import MISSING, headings, raw, tables, words
from tests.sample import APPROVER, articles
from tests.workflow.acting import load

DA, EN = Translator("da"), Translator("en")
PARTNERS, GRANTS, SURVEY = "partner_organisations", "public_funding_festival", "residents_valuing_title"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["indicator", "compare"])
def test_what_does_not_add_up_is_said_plainly(demonstration: OpenPage, slug: str, language: str) -> None:
    t = Translator(language)
    opened = demonstration(slug, indicator=PARTNERS, question="parts", lang=language)
    said = words(opened)
    assert MISSING not in said
    assert t("split.title") in headings(opened)
    unit = {n: f"{n} organisation{'er' if language == 'da' else 's'}" for n in (3, 5, 12, 16, 22, 27, 32, 35)}
    for line in (
        t("split.too_much", period="2025", total=unit[35], more=unit[3], whole=unit[32]),
        t("split.left_over", period="2023", total=unit[22], left=unit[5], whole=unit[27]),
        t("split.part_missing.one", period="2020", total=unit[12], whole=unit[16]),
        t("split.others", count=3),
    ):
        assert line in said


def test_the_table_has_the_parts_the_rest_the_sum_and_the_whole(demonstration: OpenPage) -> None:
    page = demonstration("indicator", indicator=PARTNERS, lang="en")
    head = EN("split.column.unassigned")
    table = next(table for table in tables(page) if any(head in cell for cell in table[0]))
    rows = {row[0]: row[1:] for row in table[1:]}
    numbers = [cell.split()[0] if cell else "" for cell in rows["2023"][:-1]]
    assert numbers == ["7", "9", "6", "5", "22", "27"]
    assert rows["2023"][-1] == EN("split.word.left_over")
    assert rows["2024"][3] == ""  # nothing is left over
    assert rows["2020"][2] == EN("missing.not_collected")
    assert rows["2020"][3] == ""  # the part that is missing may be what is left
    assert EN("figures.download") in words(page)


def test_the_parts_are_drawn_by_themselves_and_not_among_the_wholes(demonstration: OpenPage) -> None:
    page = demonstration("indicator", indicator=GRANTS, lang="da")
    home = cached.world(stamp()).home.slug
    spec = cached.history_chart(stamp(), "da", GRANTS, home)
    assert [one.key for one in spec.series] == [f"{home}|"]
    assert DA("chart.note.parts", count=9) in words(page)
    assert len(spec.rows) == len(spec.series[0].marks) + 9  # the table has all
    assert raw(page).count("<title>Kommunen selv, ") + raw(page).count("<title>kommunen selv, ") == 6
    assert DA("split.all", count=3) in words(page)


def parts_in(year: int, **more: object) -> list[dict[str, object]]:
    period = Period.year(year)
    sizes = {"origin=a": 6, "origin=b": 4}
    return [point(period, size, disaggregation=part, **more) for part, size in sizes.items()]


def drawn(spec: ChartSpec) -> dict[str, list[float]]:
    return {one.key.partition("|")[2]: [mark.y for mark in one.marks] for one in spec.series}


@pytest.mark.parametrize("kind", ["target", "forecast", "ex_ante", "budget"])
def test_what_has_not_happened_is_no_whole_that_hides_its_parts(kind: str) -> None:
    rows = points([*parts_in(2023), point(Period.year(2023), 12, kind=kind, segment=None)])
    parts = {"origin=a": [6], "origin=b": [4]}
    assert drawn(series_chart(rows, indicator(), EN, place=VIBORG)) == {"": [12], **parts}
    assert drawn(sparkline(rows, indicator(), EN, place=VIBORG)) == {"": [12], **parts}


def test_the_parts_of_a_plan_are_hidden_by_the_whole_of_the_plan() -> None:
    plan = {"kind": "forecast", "segment": None}
    rows = points([*parts_in(2027, **plan), point(Period.year(2027), 10, **plan)])
    assert drawn(series_chart(rows, indicator(), EN, place=VIBORG)) == {"": [10]}


def test_a_whole_in_another_currency_hides_no_part() -> None:
    krone, euro = {"shown_currency": "DKK"}, {"shown_currency": "EUR"}
    rows = points([*parts_in(2023, **krone), point(Period.year(2023), 10, **euro)])
    spec = series_chart(rows, indicator(), EN, place=VIBORG, currency="DKK")
    assert drawn(spec) == {"origin=a": [6], "origin=b": [4]}
    assert EN("chart.note.other_currency", count=1) in spec.notes


def test_a_whole_hides_the_parts_of_its_own_period_only() -> None:
    open_ended = Period(date(2020, 1, 1), None, Precision.YEAR)
    rows = points(
        [
            *parts_in(2022), *parts_in(2023), point(Period.year(2023), 10), point(open_ended, 3),
            point(open_ended, 2, disaggregation="origin=a"),
        ]
    )  # fmt: skip
    spec = series_chart(rows, indicator(), EN, place=VIBORG)
    assert drawn(spec) == {"": [3, 10], "origin=a": [6], "origin=b": [4]}
    assert EN("chart.note.parts", count=3) in spec.notes
    assert len(spec.rows) == 7  # the table has all


def test_rates_in_groups_are_told_by_what_they_are_made_of(demonstration: OpenPage) -> None:
    page = demonstration("indicator", indicator=SURVEY, lang="en")
    assert EN("split.made_of", value="53%", above=152, below=288) in words(page)
    ((split,),) = split_parts.groups(stamp(), SURVEY, cached.world(stamp()).home.slug)
    assert (split.basis, split.total, split.whole, split.code) == ("numerators", 541, 541, "adds_up")


def test_parts_are_asked_for_only_where_there_are_some(demonstration: OpenPage) -> None:
    def options(indicator: str) -> list[str]:
        page = demonstration("compare", indicator=indicator, lang="en")
        (asked,) = (c for c in page.button_group if c.key == "question")
        return list(asked.options)

    assert EN("further.parts") in options(PARTNERS)
    assert EN("further.parts") not in options("creative_companies")
    page = demonstration("compare", indicator="creative_companies", question="parts", lang="en")
    assert EN("split.none") in words(page)


def test_shares_of_one_whole_are_held_against_a_hundred(real: OpenPage) -> None:
    """Karlsruhe 2016: 44, 32, 19 and 5 per cent of the audience."""
    page = real("indicator", indicator="visitor_origin_share", place="karlsruhe", lang="da")
    assert DA("split.all.one") in words(page)
    passport = cached.comparability(stamp(), "visitor_origin_share", ("viborg", "karlsruhe"))["karlsruhe"]
    assert DA("split.compares", grade=DA(f"grade.{passport.grade}")) in words(page)


def split_of(whole: float | None, *parts: float | None, **changes: object) -> list[Draft]:
    """A split of the articles by origin; without a number a part was not collected."""
    made = [] if whole is None else [articles(whole, **changes)]
    for name, value in zip("abc", parts, strict=False):
        reason = MissingReason.NOT_COLLECTED if value is None else None
        made.append(articles(value, disaggregation=f"origin={name}", missing_reason=reason, **changes))
    return made


def in_money(currency: str, year: int) -> list[Draft]:
    more = {"indicator": "grants_received", "unit": "currency", "currency": currency}
    return split_of(100, 60, 40, period=Period.year(year), **more)


def split_headings(page: AppTest) -> list[str]:
    return [heading for heading in headings(page) if heading.startswith("Viborg fordelt på ")]


def test_a_split_of_nothing_but_zeros_has_a_page(desk: Desk) -> None:
    load(desk.store, *split_of(0, 0, 0))
    page = desk.open(APPROVER, "indicator", indicator="press_articles", lang="da")
    assert DA("split.all.one") in words(page)
    assert split_headings(page) == ["Viborg fordelt på hjemsted"]


def test_a_split_in_two_currencies_is_two_and_each_names_its_own(desk: Desk) -> None:
    load(desk.store, *in_money("DKK", 2022), *in_money("EUR", 2023))
    page = desk.open(APPROVER, "indicator", indicator="grants_received", lang="da")
    assert split_headings(page) == [
        "Viborg fordelt på hjemsted (DKK)", "Viborg fordelt på hjemsted (EUR)",
    ]  # fmt: skip
    assert words(page).count(DA("split.all.one")) == 2


def test_splits_of_other_facts_stand_apart_and_say_what_they_are(desk: Desk) -> None:
    by_hand = {"boundary": "region", "method": "optalt i hånden", "period": Period.year(2024)}
    load(
        desk.store, *split_of(100, 60, 40), *split_of(100, 55, 45, kind=ObservationKind.ESTIMATE),
        *split_of(10, 6, 4, **by_hand),
    )  # fmt: skip
    page = desk.open(APPROVER, "indicator", indicator="press_articles", lang="da")
    assert sorted(split_headings(page)) == [
        "Viborg fordelt på hjemsted (opgjort, kommunen)",
        "Viborg fordelt på hjemsted (opgjort, regionen, optalt i hånden)",
        "Viborg fordelt på hjemsted (skøn, kommunen)",
    ]
    assert words(page).count(DA("split.all.one")) == 3
    assert DA("split.no_whole") not in words(page)


def test_known_parts_beyond_the_whole_are_a_problem_and_nothing_is_left_over(desk: Desk) -> None:
    load(
        desk.store, *split_of(100, 60, 50, None), *split_of(100, 60, None, period=Period.year(2022)),
    )  # fmt: skip
    page = desk.open(APPROVER, "indicator", indicator="press_articles", lang="da")
    amounts = {"total": "110 artikler", "more": "10 artikler", "whole": "100 artikler"}
    assert DA("split.too_much_known.one", period="2023", **amounts) in words(page)
    missing = DA("split.part_missing.one", period="2022", total="60 artikler", whole="100 artikler")
    assert missing in words(page)
    assert DA("split.unassigned_key") not in words(page)
    head = DA("split.column.unassigned")
    table = next(table for table in tables(page) if any(head in cell for cell in table[0]))
    column = next(number for number, cell in enumerate(table[0]) if head in cell)
    rows = {row[0]: (row[column], row[-1]) for row in table[1:]}
    assert rows == {"2022": ("", DA("split.word.incomplete")), "2023": ("", DA("split.word.too_much"))}
    with reading(desk.store) as connection:
        request = Request("press_articles", split=True)
        told = series_document(connection, request, APPROVER, DA, stamp().day)
    assert [(one["code"], one["difference"], one["unassigned"], one["reason"]) for one in told["splits"]] == [
        ("incomplete", -40, None, DA("split.incomplete")),
        ("incomplete", 10, None, DA("split.incomplete_too_much")),
    ]
