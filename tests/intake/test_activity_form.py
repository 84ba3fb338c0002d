"""A record of the register as it is typed: strict, and a form that nobody touched changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.activity import AMOUNTS, COUNTS, Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Attribution
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.activity_form import OWN, changes, codes_of, read_activity, typed

DA, EN = Translator("da"), Translator("en")
GRANT = {
    "title_da": "Støtte til Æbleværkstedet", "period": "31.12.2025", "source": "own", "currency": "DKK",
    "amount_applied": "1.234.500,5", "amount_granted": "1.000.000", "granted_own_share": "250.000",
    "mechanisms": ["standards", "partners"], "claims": ["funding"], "outcome": "granted",
}  # fmt: skip


def codes(form: dict[str, object], kind: ActivityKind = ActivityKind.GRANT) -> set[tuple[str, str]]:
    found = read_activity({**GRANT, **form}, kind, "viborg", DA)
    return {(problem.code, problem.field) for problem in found.problems}


def test_a_grant_in_danish() -> None:
    read = read_activity(GRANT, ActivityKind.GRANT, "viborg", DA)
    assert read.problems == ()
    found = read.activity
    assert found.key == "grant-2025-stoette-til-aeblevaerkstedet"
    assert (found.amount_applied, found.amount_granted, found.granted_own_share) == (1234500.5, 1e6, 250000)
    assert found.period == Period.day(date(2025, 12, 31))
    assert found.mechanisms == (Mechanism.STANDARDS, Mechanism.PARTNERS)


def test_the_same_number_is_another_one_in_english() -> None:
    read = read_activity({**GRANT, "amount_applied": "1,234,500.5"}, ActivityKind.GRANT, "viborg", EN)
    assert read.activity.amount_applied == 1234500.5
    assert {p.field for p in read.problems} == {"amount_granted"}, "1.000.000 is no number"
    assert read.activity.granted_own_share == 250


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"amount_granted": "1.5"}, ("number_ambiguous", "amount_granted")),
        ({"amount_granted": "en million"}, ("number_form", "amount_granted")),
        ({"period": "12/31/2025"}, ("period_day_month", "period")),
        ({"period": "31.12.25"}, ("period_short_year", "period")),
        ({"period": ""}, ("period_blank", "period")),
        ({"title_da": " "}, ("name_required", "title")),
        ({"source": ""}, ("source_required", "source")),
        ({"granted_own_share": "2.000.000"}, ("own_share_above_total", "granted_own_share")),
        ({"sdg_targets": "11,4"}, ("sdg_target_form", "sdg_targets")),
        ({"sdg_targets": "11.4", "primary_sdg": "4"}, ("primary_sdg_not_listed", "primary_sdg")),
        ({"attribution": "A2"}, ("reason_required", "attribution_reason")),
        ({"currency": ""}, ("currency_with_unit", "currency")),
        ({"country": "Danmark"}, ("country_code", "country")),
        ({"source_title": "Ny", "source_address": "viborg"}, ("web_address", "source_address")),
    ],
)  # fmt: skip
def test_bad_input_is_one_problem_beside_its_field(form: dict[str, object], problem: tuple[str, str]) -> None:
    assert codes(form) == {problem}


def test_problems_of_the_title_stand_beside_its_first_field() -> None:
    read = read_activity({**GRANT, "title_da": ""}, ActivityKind.GRANT, "viborg", DA)
    assert [problem.code for problem in read.of("title_da")] == ["name_required"]
    assert read.of("period") == ()


def test_goals_are_parted_by_semicolons_or_spaces() -> None:
    read = read_activity(
        {**GRANT, "sdg_targets": "11.4; 4.7, 17 8", "primary_sdg": "4.7"}, ActivityKind.GRANT, "viborg", DA
    )
    assert read.activity.sdg_targets == ("11.4", "4.7", "17", "8")
    assert read.problems == ()


def test_a_currency_that_nobody_used_is_no_problem() -> None:
    none = dict.fromkeys(("amount_applied", "amount_granted", "granted_own_share"), "")
    read = read_activity({**GRANT, **none}, ActivityKind.GRANT, "viborg", DA)
    assert read.activity.currency == ""
    assert read.problems == ()


def test_a_source_made_on_the_spot_keeps_its_address_and_archived_copy() -> None:
    form = {
        **GRANT, "source": "", "source_title": "Bevillingsbrev", "source_address": "https://fond.example/brev",
        "source_archived": "https://arkiv.example/brev",
    }  # fmt: skip
    read = read_activity(
        form, ActivityKind.GRANT, "viborg", DA, sources={"bevillingsbrev": Source("x", "Andet")}
    )
    assert read.new_source is not None
    assert read.activity.source == read.new_source.key == "bevillingsbrev-2", "the other one stays what it is"
    assert read.new_source.archived_address == "https://arkiv.example/brev"


def test_a_source_of_the_same_title_is_not_made_twice() -> None:
    known = {"brev": Source("brev", "Bevillingsbrev")}
    read = read_activity(
        {**GRANT, "source": "", "source_title": "bevillingsbrev"},
        ActivityKind.GRANT,
        "viborg",
        DA,
        sources=known,
    )
    assert (read.activity.source, read.new_source) == ("brev", None)


def test_a_new_record_takes_a_free_key_and_an_edited_one_keeps_its_own() -> None:
    key = "grant-2025-stoette-til-aeblevaerkstedet"
    new = read_activity(GRANT, ActivityKind.GRANT, "viborg", DA, taken={key, f"{key}-2"}).activity
    assert new.key == f"{key}-3"
    edited = read_activity(
        {"title_da": "Andet"}, ActivityKind.GRANT, "viborg", DA, before=new, taken={new.key}
    )
    assert edited.activity.key == new.key
    assert changes(new, edited.activity) == [("title", new.title, Text("Andet"))]


def test_what_the_form_of_a_kind_does_not_show_stays() -> None:
    before = Activity(
        "a", ActivityKind.AWARD, "viborg", Text("Pris", "Prize"), Period(), reach=5.0, staff_months=1.5,
        source="own",
    )  # fmt: skip
    read = read_activity({"reach": "99", "outcome": "won"}, ActivityKind.AWARD, "viborg", DA, before=before)
    assert read.activity == replace(before, outcome="won")


def test_another_order_is_no_other_record() -> None:
    before = Activity(
        "a", ActivityKind.EXCHANGE, "viborg", Text("T"), Period(), partner_places=("linz", "york"),
        sdg_targets=("4", "11.4"),
    )  # fmt: skip
    form = {"partner_places": ["york", "linz"], "sdg_targets": "11.4 4"}
    assert read_activity(form, ActivityKind.EXCHANGE, "viborg", DA, before=before).activity == before


days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
periods = st.one_of(
    st.builds(Period.day, days),
    st.builds(lambda a, b: Period(min(a, b), max(a, b), Precision.DAY), days, days),
    st.builds(lambda year, more: Period(date(year, 1, 1), date(year + more, 12, 31), Precision.YEAR),
              st.integers(1990, 2030), st.integers(0, 3)),
    st.builds(Period.point, days),
    st.just(Period()),
)  # fmt: skip


@given(
    kind=st.sampled_from(ActivityKind),
    period=periods,
    numbers=st.lists(st.one_of(st.none(), st.floats(0, 1e12).map(lambda x: round(x, 4))),
                     min_size=len(AMOUNTS + COUNTS), max_size=len(AMOUNTS + COUNTS)),
    truth=st.sampled_from([None, True, False]),
    state=st.sampled_from(ActivityState),
    language=st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_a_form_that_nobody_touched_reads_back_the_record(
    kind: ActivityKind, period: Period, numbers: list[float | None], truth: bool | None,
    state: ActivityState, language: str,
) -> None:  # fmt: skip
    values = dict(zip(AMOUNTS + COUNTS, numbers, strict=True))
    currency = "DKK" if any(values[name] is not None for name in AMOUNTS) else ""
    before = Activity(
        "a", kind, "viborg", Text("Titel", "Title"), period, state, "own", Text("Om", ""), currency=currency,
        paid=truth, joint_output=truth, sdg_targets=("11.4", "4"), primary_sdg="4", claims=("media",),
        mechanisms=(Mechanism.CONFIDENCE,), attribution=Attribution.A1, attribution_reason="Sådan",
        partner_places=("linz",), same_as="b", **values,  # type: ignore[arg-type]
    )  # fmt: skip
    t = Translator(language)
    assert read_activity(typed(before, t), kind, "viborg", t, before=before).activity == before


FIELDS = sorted(typed(Activity("", ActivityKind.GRANT, "x", Text(), Period()), DA))


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_no_text_makes_it_stumble(form: dict[str, str]) -> None:
    coded = {"state", "attribution", "confidence", "mechanisms", "partner_places", "claims"}
    texts = {name: text for name, text in form.items() if name not in coded}
    read_activity(texts, ActivityKind.GRANT, "viborg", DA)


def test_every_kind_has_its_fields_and_every_coded_field_its_codes() -> None:
    assert set(OWN) == set(ActivityKind)
    for kind, names in OWN.items():
        for name in {"role", "outcome", "level", "direction", "tone"} & set(names):
            assert codes_of(kind, name), (kind, name)
