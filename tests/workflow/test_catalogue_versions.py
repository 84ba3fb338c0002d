"""Colours by limits, further versions of a source, and baselines and targets that are taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Baseline, Direction, Source, Target
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.store.commands import define_sources, set_baselines, set_targets
from dashboard.store.commands.bands import set_bands
from dashboard.store.commands.redefinitions import (
    change_baseline,
    change_source,
    change_target,
    redefine_indicators,
    withdraw_baseline,
    withdraw_target,
)
from dashboard.store.engine import reading
from dashboard.store.queries import Scope, load_baselines, load_catalogue, load_sources, load_targets
from dashboard.store.queries.bands import load_band_versions, load_bands
from dashboard.store.queries.definition_history import (
    load_baseline_versions,
    load_source_versions,
    load_target_versions,
)
from dashboard.store.queries.integrity import orphan_sources
from tests.sample import ANALYST, APPROVER, ARTICLES, SOURCES
from tests.workflow.acting import act, revision

CODE = ARTICLES.code
BANDS = Bands(CODE, 10, 20)
REASON = "Aftalt i udvalget"


def ask(store: Engine, query: Any, *more: Any, at: int | None = None) -> Any:
    with reading(store) as connection:
        return query(connection, Scope(at), *more)


def bands(store: Engine, new: Bands | None, based_on: int, reason: str = REASON) -> int:
    return act(store, APPROVER, set_bands, CODE, new, based_on, reason)


def codes(refused: pytest.ExceptionInfo[InvalidDraftsError]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


# -- colours ---------------------------------------------------------------------------------------


def test_bands_are_kept_changed_and_taken_away_with_every_version(store: Engine) -> None:
    assert ask(store, load_bands) == {}
    assert bands(store, BANDS, 0) == 1
    first = revision(store)
    assert bands(store, replace(BANDS, green=25.5), 1, "Hævet") == 1
    assert ask(store, load_bands) == {CODE: Bands(CODE, 10, 25.5)}
    assert bands(store, None, 2, "Farverne misforstås") == 1
    assert ask(store, load_bands) == {}
    assert ask(store, load_bands, at=first) == {CODE: BANDS}
    assert [(v.number, v.item, v.reason, v.actor) for v in ask(store, load_band_versions, CODE)] == [
        (3, None, "Farverne misforstås", APPROVER.email),
        (2, Bands(CODE, 10, 25.5), "Hævet", APPROVER.email),
        (1, BANDS, REASON, APPROVER.email),
    ]
    assert bands(store, BANDS, 3) == 1, "what was taken away can be set again"
    assert ask(store, load_bands) == {CODE: BANDS}


def test_bands_that_stand_already_are_not_written_again(store: Engine) -> None:
    assert bands(store, None, 0) == 0
    assert bands(store, BANDS, 0) == 1
    assert bands(store, BANDS, 1) == 0
    assert len(ask(store, load_band_versions, CODE)) == 1


def test_the_second_of_two_people_who_set_bands_is_told(store: Engine) -> None:
    bands(store, BANDS, 0)
    for late in (0, 2):
        with pytest.raises(StaleDraftError):
            bands(store, replace(BANDS, green=30), late)
    assert ask(store, load_bands) == {CODE: BANDS}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Bands(CODE, 20, 10), "bands_order"),
        (Bands(CODE, 10, 10.0000001), "bands_order"),
        (Bands(CODE, 10, float("nan")), "bands_order"),
        (Bands(CODE, 10, 1e17), "number_impossible"),
        (Bands(CODE, 10, 20, "DKK"), "currency_with_unit"),
    ],
)
def test_bands_that_are_no_good_are_refused(store: Engine, wrong: Bands, code: str) -> None:
    with pytest.raises(InvalidDraftsError) as refused:
        bands(store, wrong, 0)
    assert code in codes(refused)
    assert ask(store, load_band_versions, CODE) == ()


def test_bands_ask_for_a_direction_a_reason_an_indicator_and_the_right(store: Engine) -> None:
    unjudged = replace(ARTICLES, direction=Direction.NO_JUDGEMENT)
    with pytest.raises(InvalidDraftsError) as refused:
        bands(store, BANDS, 0, " ")
    assert codes(refused) == ["reason_required"]
    with pytest.raises(InvalidDraftsError) as refused:
        act(store, APPROVER, set_bands, "atlantis", BANDS, 0, REASON)
    assert codes(refused) == ["indicator_unknown"]
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, set_bands, CODE, BANDS, 0, REASON)
    act(store, APPROVER, redefine_indicators, [unjudged], {CODE: 1}, REASON, Text())
    with pytest.raises(InvalidDraftsError) as refused:
        bands(store, BANDS, 0)
    assert codes(refused) == ["bands_without_direction"]


def test_an_amount_is_coloured_in_its_own_currency(store: Engine) -> None:
    code = "grants_received"
    with pytest.raises(InvalidDraftsError) as refused:
        act(store, APPROVER, set_bands, code, Bands(code, 1e6, 2e6), 0, REASON)
    assert codes(refused) == ["currency_with_unit"]
    act(store, APPROVER, set_bands, code, Bands(code, 1e6, 2e6, "DKK"), 0, REASON)
    assert ask(store, load_bands) == {code: Bands(code, 1e6, 2e6, "DKK")}


# -- sources ---------------------------------------------------------------------------------------

OLD = SOURCES[0]
NEW = replace(
    OLD, title="Et andet navn: æøå", address="https://arkiv.example.org", accessed=date(2026, 2, 1),
    interested_party=True, note="Flyttet",
)  # fmt: skip


def source(store: Engine, new: Source, based_on: int, reason: str = REASON) -> int:
    return act(store, APPROVER, change_source, new, based_on, reason)


def test_a_source_has_versions_and_is_known_as_it_was(store: Engine) -> None:
    before = revision(store)
    assert source(store, NEW, 1) == 1
    assert source(store, replace(NEW, note=""), 2, "Uden bemærkning") == 1
    assert ask(store, load_sources)[OLD.key] == replace(NEW, note="")
    assert ask(store, load_sources, at=before)[OLD.key] == OLD
    assert ask(store, load_sources, at=before + 1)[OLD.key] == NEW
    others = {one.key: one for one in SOURCES if one.key != OLD.key}
    assert {k: v for k, v in ask(store, load_sources).items() if k != OLD.key} == others
    versions = ask(store, load_source_versions, OLD.key)
    assert [(v.number, v.item, v.reason) for v in versions[:2]] == [
        (3, replace(NEW, note=""), "Uden bemærkning"), (2, NEW, REASON),
    ]  # fmt: skip
    assert (versions[2].number, versions[2].item) == (1, OLD)
    assert [v.item for v in ask(store, load_source_versions, OLD.key, at=before)] == [OLD]
    assert ask(store, load_source_versions, OLD.key, at=0) == ()


def test_a_source_that_is_defined_again_keeps_its_newest_version(store: Engine) -> None:
    source(store, NEW, 1)
    assert act(store, APPROVER, define_sources, [OLD]) == 0
    assert ask(store, load_sources)[OLD.key] == NEW
    assert source(store, NEW, 2) == 0, "the same words are no new version"


def test_the_second_of_two_people_who_change_a_source_is_told(store: Engine) -> None:
    source(store, NEW, 1)
    with pytest.raises(StaleDraftError):
        source(store, replace(OLD, note="Min"), 1)
    assert ask(store, load_sources)[OLD.key] == NEW


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(NEW, title=""), "source_title"),
        (replace(NEW, address="avisen side 3"), "web_address"),
        (replace(NEW, key="atlantis"), "source_unknown"),
    ],
)
def test_a_source_that_is_no_good_is_refused(store: Engine, wrong: Source, code: str) -> None:
    with pytest.raises(InvalidDraftsError) as refused:
        source(store, wrong, 1)
    assert codes(refused) == [code]


def test_a_source_is_changed_with_a_reason_and_by_whom_may(store: Engine) -> None:
    with pytest.raises(InvalidDraftsError) as refused:
        source(store, NEW, 1, "")
    assert codes(refused) == ["reason_required"]
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, change_source, NEW, 1, REASON)


def test_its_own_version_does_not_cite_a_source(store: Engine) -> None:
    act(store, APPROVER, define_sources, [Source("unused", "Ingen bruger den")])
    assert "unused" in orphans(store)
    act(store, APPROVER, change_source, Source("unused", "Stadig ingen"), 1, REASON)
    assert "unused" in orphans(store)


def orphans(store: Engine) -> tuple[str, ...]:
    with reading(store) as connection:
        return orphan_sources(connection)


# -- taking back -----------------------------------------------------------------------------------

BASELINE = Baseline(CODE, "viborg", Period.year(2018), 7, "", "målt")
TARGET = Target(CODE, "viborg", Period.year(2030), 40, True, "vedtaget")
FAR = replace(TARGET, period=Period.year(2035), value=50)


def test_a_baseline_that_is_taken_back_stands_only_in_the_history(store: Engine) -> None:
    act(store, APPROVER, set_baselines, [BASELINE])
    before = revision(store)
    assert act(store, APPROVER, withdraw_baseline, BASELINE, 1, "Målt forkert") == 1
    assert BASELINE not in ask(store, load_baselines)
    assert BASELINE in ask(store, load_baselines, at=before)
    versions = ask(store, load_baseline_versions, CODE)
    assert [(v.number, v.item, v.reason, v.withdrawn) for v in versions] == [
        (2, replace(BASELINE, reason="Målt forkert"), "Målt forkert", True),
        (1, BASELINE, "målt", False),
    ]
    assert act(store, APPROVER, withdraw_baseline, BASELINE, 2, "Igen") == 0


def test_what_was_taken_back_can_be_stated_again_even_in_the_same_words(store: Engine) -> None:
    act(store, APPROVER, set_baselines, [BASELINE])
    act(store, APPROVER, withdraw_baseline, BASELINE, 1, "Målt forkert")
    assert act(store, APPROVER, change_baseline, BASELINE, 0) == 1
    assert BASELINE in ask(store, load_baselines)
    assert [v.number for v in ask(store, load_baseline_versions, CODE)] == [3, 2, 1]
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, change_baseline, replace(BASELINE, value=8), 0)


def test_one_target_is_taken_back_and_the_others_stand(store: Engine) -> None:
    act(store, APPROVER, set_targets, [TARGET, FAR])
    act(store, APPROVER, withdraw_target, TARGET, 1, "Opgivet")
    assert [t for t in ask(store, load_targets) if t.indicator == CODE] == [FAR]
    assert [(v.item.value, v.withdrawn) for v in ask(store, load_target_versions, CODE)] == [
        (40, True), (50, False), (40, False),
    ]  # fmt: skip
    act(store, APPROVER, change_target, replace(TARGET, value=45), 2)
    assert [t.value for t in ask(store, load_targets) if t.indicator == CODE] == [45, 50]


def test_taking_back_asks_for_the_newest_version_a_reason_and_the_right(store: Engine) -> None:
    act(store, APPROVER, set_targets, [TARGET])
    act(store, APPROVER, change_target, replace(TARGET, value=45), 1)
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, withdraw_target, TARGET, 1, REASON)
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, withdraw_target, FAR, 0, REASON)
    with pytest.raises(InvalidDraftsError) as refused:
        act(store, APPROVER, withdraw_target, TARGET, 2, " ")
    assert codes(refused) == ["reason_required"]
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, withdraw_target, TARGET, 2, REASON)
    assert [t.value for t in ask(store, load_targets) if t.indicator == CODE] == [45]


def test_the_indicators_are_what_they_were(store: Engine) -> None:
    """Colours, targets and sources are said beside a definition and never change it."""
    before = ask(store, load_catalogue)
    bands(store, BANDS, 0)
    source(store, NEW, 1)
    act(store, APPROVER, set_targets, [TARGET])
    assert ask(store, load_catalogue) == before
