"""Changing definitions that values stand on: reasons, versions, series breaks, and two people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.domain.catalogue import Accumulation, Baseline, Indicator, IndicatorKind, Target
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.store.commands.redefinitions import (
    change_baseline,
    change_claim,
    change_place,
    change_population,
    change_target,
    redefine_indicators,
    require_version,
)
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, load_breaks, load_catalogue, load_places
from dashboard.store.queries.definition_history import (
    load_baseline_versions,
    load_claim_versions,
    load_indicator_versions,
    load_place_versions,
    load_population_versions,
    load_target_versions,
)
from dashboard.store.queries.reach import Cited, count_values, load_cited, load_counts
from tests.sample import ANALYST, APPROVER, ARTICLES, CLAIMS, POPULATIONS, VIBORG, articles
from tests.workflow.acting import APPROVED, DRAFT, act, write

BREAK = Text("Anden opgørelse", "Counted differently")
OPINIONS = replace(ARTICLES, name=Text("Omtaler", "Mentions"))


def redefine(store: Engine, indicator: Indicator, based_on: int, reason: str = "Klarere navn") -> int:
    based = {indicator.code: based_on}
    return act(store, APPROVER, redefine_indicators, [indicator], based, reason, BREAK)


def test_a_change_is_a_version_with_its_reason_and_the_old_one_stays(store: Engine) -> None:
    assert redefine(store, OPINIONS, 1) == 1
    with reading(store) as connection:
        new, old = load_indicator_versions(connection, Scope(), "press_articles")
    assert (new.number, new.item.name, new.actor, new.reason) == (
        2, Text("Omtaler", "Mentions"), APPROVER.email, "Klarere navn",
    )  # fmt: skip
    assert old.item == ARTICLES
    assert new.recorded_at is not None


def test_the_second_of_two_people_is_told_and_writes_nothing(store: Engine) -> None:
    redefine(store, OPINIONS, 1)
    with pytest.raises(StaleDraftError):
        redefine(store, replace(ARTICLES, decimals=1), 1)
    with reading(store) as connection:
        now = load_catalogue(connection, Scope()).indicator("press_articles")
    assert now is not None
    assert (now.version, now.decimals) == (2, 0)


def test_a_code_that_was_taken_meanwhile_is_stale_too(store: Engine) -> None:
    redefine(store, replace(ARTICLES, code="film_awards"), 0)
    with pytest.raises(StaleDraftError):
        redefine(store, replace(OPINIONS, code="film_awards"), 0)


def test_a_reason_and_the_right_are_asked_for(store: Engine) -> None:
    with pytest.raises(InvalidDraftsError) as refused:
        redefine(store, OPINIONS, 1, " ")
    assert [p.code for p in refused.value.problems] == ["reason_required"]
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, redefine_indicators, [OPINIONS], {"press_articles": 1}, "Hvorfor ikke", BREAK)


def test_another_kind_is_refused_where_values_stand_and_free_where_none_do(store: Engine) -> None:
    other = replace(ARTICLES, kind=IndicatorKind.NARRATIVE, unit="text")
    write(store, articles(12), state=DRAFT)
    with pytest.raises(InvalidDraftsError) as refused:
        redefine(store, other, 1)
    assert {p.code for p in refused.value.problems} == {"kind_with_values", "break_day_required"}
    assert redefine(store, replace(other, code="press_story"), 0) == 1


@pytest.mark.parametrize(
    "after",
    [replace(ARTICLES, unit="views"), replace(ARTICLES, accumulation=Accumulation.RUNNING_TOTAL)],
    ids=["unit", "accumulation"],
)
def test_another_way_of_counting_needs_a_day_and_leaves_a_break(store: Engine, after: Indicator) -> None:
    write(store, articles(12), articles(400, place="tucson"), state=APPROVED)
    with pytest.raises(InvalidDraftsError) as refused:
        redefine(store, after, 1)
    assert [(p.code, p.field, p.row) for p in refused.value.problems] == [
        ("break_day_required", "valid_from", 1)
    ]
    redefine(store, replace(after, valid_from=date(2026, 1, 1)), 1)
    with reading(store) as connection:
        breaks = load_breaks(connection, Scope())
    assert [(b.place, b.day, b.kind, b.text) for b in breaks] == [
        ("tucson", date(2026, 1, 1), "definition", BREAK),
        ("viborg", date(2026, 1, 1), "definition", BREAK),
    ]


def test_without_values_a_new_unit_breaks_nothing(store: Engine) -> None:
    redefine(store, replace(ARTICLES, unit="views"), 1)
    with reading(store) as connection:
        assert load_breaks(connection, Scope()) == ()


def test_values_are_counted_once_however_often_corrected(store: Engine) -> None:
    write(store, articles(12), articles(9, period=Period.year(2022)), state=APPROVED)
    write(store, articles(13), state=APPROVED, reason="Tælt igen")
    with reading(store) as connection:
        assert count_values(connection, "press_articles") == {"viborg": 2}
        assert load_cited(connection, Scope(), "municipality") == (Cited("press_articles", "viborg", 2),)
        assert load_cited(connection, Scope(), "newspaper") == ()


def test_a_draft_is_counted_for_those_who_change_and_hidden_from_those_who_read(store: Engine) -> None:
    write(store, articles(12), state=APPROVED)
    write(store, articles(9, period=Period.year(2022)), state=DRAFT)
    with reading(store) as connection:
        assert count_values(connection, "press_articles") == {"viborg": 2}
        assert load_counts(connection, Scope(), "press_articles") == {"viborg": 1}
        assert load_counts(connection, Scope(submitted=True), "press_articles") == {"viborg": 2}
        assert load_cited(connection, Scope(), "municipality") == (Cited("press_articles", "viborg", 1),)


def test_a_target_and_a_baseline_change_from_the_version_they_were_begun_with(store: Engine) -> None:
    target = Target("press_articles", "viborg", Period.year(2027), 40, True, "Aftalt i udvalget")
    act(store, APPROVER, change_target, target, 0)
    act(store, APPROVER, change_target, replace(target, value=45, reason="Hævet"), 1)
    for based_on in (0, 1):
        with pytest.raises(StaleDraftError):
            act(store, APPROVER, change_target, replace(target, value=50), based_on)
    baseline = Baseline("press_articles", "viborg", Period.year(2018), 7, reason="Før titlen")
    act(store, APPROVER, change_baseline, baseline, 0)
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, change_baseline, replace(baseline, value=8), 0)
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, change_baseline, replace(baseline, value=8, reason=""), 1)
    with reading(store) as connection:
        targets = load_target_versions(connection, Scope(), "press_articles")
        baselines = load_baseline_versions(connection, Scope(), "press_articles")
    assert [(v.number, v.item.value, v.reason) for v in targets] == [
        (2, 45, "Hævet"), (1, 40, "Aftalt i udvalget"),
    ]  # fmt: skip
    assert [(v.number, v.item.value, v.actor) for v in baselines] == [(1, 7, APPROVER.email)]


def test_claims_places_and_populations_tell_their_versions(store: Engine) -> None:
    words = replace(CLAIMS[0], name=Text("Omtale", "Coverage"))
    inhabitants_corrected = replace(POPULATIONS[1], value=97_000)
    act(store, APPROVER, change_claim, words, 1, "Kortere")
    act(store, APPROVER, change_place, replace(VIBORG, note="Flyttet"), 1, "Rettet note")
    act(store, APPROVER, change_population, inhabitants_corrected, 1, "Trykfejl")
    for command, item in (
        (change_claim, words), (change_place, VIBORG), (change_population, inhabitants_corrected),
    ):  # fmt: skip
        with pytest.raises(StaleDraftError):
            act(store, APPROVER, command, item, 1, "For sent")
        with pytest.raises(InvalidDraftsError):
            act(store, APPROVER, command, item, 2, "")
        with pytest.raises(PermissionDeniedError):
            act(store, ANALYST, command, item, 2, "Må ikke")
    with reading(store) as connection:
        claims = load_claim_versions(connection, Scope(), "media")
        places = load_place_versions(connection, Scope(), "viborg")
        inhabitants = load_population_versions(connection, Scope(), "viborg")
        standing = load_places(connection, Scope(), ["viborg"])["viborg"]
    assert [(v.number, v.item.name.da, v.reason) for v in claims] == [
        (2, "Omtale", "Kortere"),
        (1, "Presse", ""),
    ]
    assert places[0].item == standing
    assert [(v.number, v.item.note, v.reason) for v in places] == [
        (2, "Flyttet", "Rettet note"),
        (1, "Hjemby", ""),
    ]
    assert places[1].item == VIBORG
    assert (inhabitants[0].number, inhabitants[0].item.value, inhabitants[0].reason) == (
        2,
        97_000,
        "Trykfejl",
    )
    assert [v.item for v in inhabitants[1:]] == [POPULATIONS[3], POPULATIONS[2], POPULATIONS[1]]


def test_a_version_is_known_by_its_subject(store: Engine) -> None:
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, require_version, "place", "viborg", 2)
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, require_version, "claim", "media", 0)
    act(store, APPROVER, require_version, "claim", "new-claim", 0)


def test_the_past_knows_only_the_versions_of_its_day(store: Engine) -> None:
    redefine(store, OPINIONS, 1)
    with reading(store) as connection:
        assert [v.number for v in load_indicator_versions(connection, Scope(1), "press_articles")] == [1]
        assert load_indicator_versions(connection, Scope(), "nothing") == ()
