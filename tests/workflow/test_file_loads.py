"""Loading the files again: what a person changed since stays, and is told; nothing goes in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    Catalogue,
    ComparabilityGrade,
    ComparabilityNote,
    Designation,
    Narrative,
    Target,
)
from dashboard.domain.evidence import Preference
from dashboard.domain.follow_up import FollowUpAnswer, Persistence
from dashboard.domain.observation import Draft
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.dataset import DataSet
from dashboard.intake.reconciliation import Became, DraftKind, Reconciliation, RowFate, reconcile
from dashboard.loading import OWN_STATEMENT, Loaded, designated, load, state_designation
from dashboard.store import queries
from dashboard.store.commands import (
    answer_follow_up,
    approve,
    narrate,
    prefer,
    record,
    register,
    set_bands,
    undo_batch,
    withdraw,
)
from dashboard.store.commands.redefinitions import (
    change_baseline,
    change_claim,
    change_place,
    change_population,
    change_target,
    redefine_indicators,
    withdraw_target,
)
from dashboard.store.engine import reading
from dashboard.store.lifecycle import create_store
from dashboard.store.queries import Scope
from dashboard.terminal import kept_lines
from tests.sample import (
    ANALYST,
    APPROVER,
    ARTICLES,
    CLAIMS,
    INDICATORS,
    PLACES,
    POPULATIONS,
    SOURCES,
    VIBORG,
    articles,
)
from tests.workflow.acting import APPROVED, SUBMITTED, act, revision, values

MEDIA = CLAIMS[0]
BASELINE = Baseline("press_articles", "viborg", Period.year(2018), 7, reason="Før titlen")
TARGET = Target("press_articles", "viborg", Period.year(2027), 40, True, "Aftalt i udvalget")
ELECTION = Annotation("valg", "election", Period.day(date(2021, 11, 16)), Text("Valg", "Election"))
NOTE = ComparabilityNote("press_articles", "tucson", ComparabilityGrade.WITH_CARE, Text("Andet", "Other"))
STORY = Narrative("claim:media", Period.year(2023), "da", "Det går fremad", author="Anna")
FAIR = Activity("messe", ActivityKind.EVENT, "viborg", Text("Messe"), Period.year(2023), participants=10)
OWN, PAPER = articles(12), articles(20, source="newspaper")
CHOICE = Preference("press_articles", "viborg", OWN.period, "municipality", 12, Text("Talt", "Counted"))
LIMITS = (Bands("press_articles", 10, 20), "Aftalt")
AFTER = FollowUpAnswer("messe", 12, Persistence.REPEATED, "Holdt igen")
CATALOGUE = Catalogue(CLAIMS, INDICATORS)


def files(**changes: Any) -> DataSet:
    """The small city as files, with one of everything that a person can change."""
    plain = DataSet(
        title=Text("Viborg"), home_place="viborg", places=PLACES, sources=SOURCES, populations=POPULATIONS,
        observations=(OWN, PAPER), activities=(FAIR,), baselines=(BASELINE,), targets=(TARGET,),
        annotations=(ELECTION,), comparability_notes=(NOTE,), narratives=(STORY,), preferences=(CHOICE,),
        bands=(LIMITS,), follow_ups=(AFTER,),
    )  # fmt: skip
    made = replace(plain, **changes)
    became = [(DraftKind.OBSERVATION, one.natural_key) for one in made.observations]
    became += [(DraftKind.ACTIVITY, one.key) for one in made.activities]
    became += [
        (DraftKind.DESIGNATION, f"{p.slug}/{d.day}/{d.precision}/{d.source}")
        for p in made.places for d in p.designations
    ]  # fmt: skip
    rows = [RowFate(row, (Became(*one),)) for row, one in enumerate(became, start=1)]
    return replace(made, rows=Reconciliation((reconcile("tal.csv", rows, []),)))


def again(store: Engine, dataset: DataSet | None = None, catalogue: Catalogue = CATALOGUE) -> Loaded:
    return load(store, catalogue, dataset or files(), APPROVER, "test")


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    create_store(engine, "real", "viborg", Text("Viborg"))
    assert again(engine).kept == ()
    return engine


def kept(done: Loaded) -> list[tuple[str, bool]]:
    return [(one.kind, one.file_changed) for one in done.kept]


def standing(store: Engine) -> dict[str, Any]:
    """Everything of the store that the tests change, as readers see it."""
    with reading(store) as connection:
        scope = Scope()
        return {
            "catalogue": queries.load_catalogue(connection, scope),
            "places": queries.load_places(connection, scope),
            "populations": queries.load_populations(connection, scope, ["viborg"]),
            "baselines": queries.load_baselines(connection, scope),
            "targets": queries.load_targets(connection, scope),
            "narratives": queries.load_narratives(connection, scope),
            "activities": queries.load_activities(connection, scope),
            "bands": queries.load_bands(connection, scope),
            "follow_ups": queries.load_follow_ups(connection, scope),
        }


def define_articles(store: Engine) -> None:
    mine = replace(ARTICLES, name=Text("Presseklip", "Clippings"))
    act(store, APPROVER, redefine_indicators, [mine], {"press_articles": 1}, "Kortere", Text("Brud", "Break"))


def draft(store: Engine, one: Draft, **options: Any) -> None:
    act(store, ANALYST if options["state"] is SUBMITTED else APPROVER, record, [one], **options)


CHANGES: dict[str, Callable[[Engine], object]] = {
    "claims": lambda s: act(
        s, APPROVER, change_claim, replace(MEDIA, name=Text("Omtale", "Coverage")), 1, "Ord"
    ),
    "indicators": define_articles,
    "places": lambda s: act(s, APPROVER, change_place, replace(VIBORG, note="Rettet"), 1, "Note"),
    "populations": lambda s: act(
        s, APPROVER, change_population, replace(POPULATIONS[1], value=97_000), 1, "Trykfejl"
    ),
    "baselines": lambda s: act(s, APPROVER, change_baseline, replace(BASELINE, value=8, reason="Ny"), 1),
    "targets": lambda s: act(s, APPROVER, change_target, replace(TARGET, value=50, reason="Hævet"), 1),
    "narratives": lambda s: act(s, ANALYST, narrate, [replace(STORY, analysis="Det går tilbage")]),
    "activities": lambda s: act(
        s, APPROVER, register, [replace(FAIR, participants=99)], state=APPROVED, reason="Talt om"
    ),
    "bands": lambda s: act(
        s, APPROVER, set_bands, "press_articles", Bands("press_articles", 11, 20), 1, "Strengere"
    ),
    "follow_ups": lambda s: act(
        s, ANALYST, answer_follow_up, replace(AFTER, outcome=Persistence.ENDED, note="Nej")
    ),
    "observations": lambda s: draft(s, replace(PAPER, value=21), state=APPROVED, reason="Rettet"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_what_a_person_changed_is_kept_and_told(loaded: Engine, kind: str) -> None:
    CHANGES[kind](loaded)
    before, number = standing(loaded), revision(loaded)
    done = again(loaded)
    assert kept(done) == [(kind, False)]
    assert standing(loaded) == before
    assert revision(loaded) == number, "nothing was written"
    assert done.total.loaded == 0
    assert again(loaded) == done, "and so it is told the next time"


def test_a_file_that_changed_as_well_is_told_and_not_loaded(loaded: Engine) -> None:
    for change in CHANGES.values():
        change(loaded)
    before = standing(loaded)
    of_file = Text("Avisartikler", "Newspaper articles")
    catalogue = replace(CATALOGUE, indicators=(replace(ARTICLES, name=of_file), *INDICATORS[1:]))
    dataset = files(
        baselines=(replace(BASELINE, value=9),), targets=(replace(TARGET, value=41),),
        activities=(replace(FAIR, participants=11),), observations=(OWN, replace(PAPER, value=22)),
    )  # fmt: skip
    done = again(loaded, dataset, catalogue)
    moved = {"indicators", "baselines", "targets", "activities", "observations"}
    assert dict(kept(done)) == {kind: kind in moved for kind in CHANGES}
    assert standing(loaded) == before
    assert values(loaded) == [12, 21]
    lines = list(kept_lines(done.kept, Translator("da")))
    assert (
        "Indikatorer: 1 er beholdt, som den blev rettet her efter sidste indlæsning: Avisartikler." in lines
    )
    assert sum(line.startswith("  Filerne siger også noget nyt") for line in lines) == len(moved)
    assert "1 is kept" in next(iter(kept_lines(done.kept, Translator("en"))))


def test_a_file_that_changed_alone_is_loaded(loaded: Engine) -> None:
    of_file = replace(CATALOGUE, indicators=(replace(ARTICLES, unit="clippings"), *INDICATORS[1:]))
    done = again(loaded, files(targets=(replace(TARGET, value=41),)), of_file)
    assert done.kept == ()
    found = standing(loaded)
    assert found["catalogue"].indicator("press_articles").unit == "clippings"
    assert [target.value for target in found["targets"]] == [41]


def test_after_a_person_the_same_change_in_the_file_is_no_conflict(loaded: Engine) -> None:
    CHANGES["targets"](loaded)
    mine = replace(TARGET, value=50, reason="Hævet")
    assert again(loaded, files(targets=(mine,))).kept == ()


def test_what_a_person_took_away_does_not_come_back(loaded: Engine) -> None:
    """A value, a record, a target and a designation; and the files' rows of them are not missed."""
    with reading(loaded) as connection:
        frame = queries.load_series(connection, Scope())
    taken = int(frame[frame["source"] == "newspaper"].iloc[0]["observation"])
    act(loaded, APPROVER, withdraw, [taken], "Avisen har rettet sig selv")
    act(loaded, APPROVER, withdraw_target, TARGET, 1, "Opgivet")
    only = tuple(d for d in VIBORG.designations if d.event == "announced")
    act(loaded, APPROVER, change_place, replace(VIBORG, designations=only), 1, "Festen var ingen udnævnelse")
    done = again(loaded)
    assert dict(kept(done)) == {"observations": False, "targets": False, "places": False}
    assert values(loaded) == [12]
    assert standing(loaded)["targets"] == ()
    assert len(standing(loaded)["places"]["viborg"].designations) == 1


def test_a_batch_that_was_undone_stays_undone(loaded: Engine) -> None:
    act(loaded, APPROVER, undo_batch, 1, "Forkert fil")
    assert values(loaded) == []
    done = again(loaded)
    assert {kind for kind, _ in kept(done)} == {"observations", "activities"}
    assert values(loaded) == []


def test_a_proposed_correction_is_not_buried_by_the_file(loaded: Engine) -> None:
    draft(loaded, replace(PAPER, value=21), state=SUBMITTED, reason="Rettet")
    assert kept(again(loaded)) == [("observations", False)]
    assert (values(loaded), values(loaded, submitted=True)) == ([12, 20], [12, 21])
    with reading(loaded) as connection:
        frame = queries.load_series(connection, Scope(submitted=True))
    act(loaded, APPROVER, approve, [int(frame["observation"].max())])
    assert values(loaded) == [12, 21]
    draft(loaded, replace(PAPER, value=22), state=SUBMITTED, reason="Igen")
    with reading(loaded) as connection:
        frame = queries.load_series(connection, Scope(submitted=True))
    act(loaded, ANALYST, withdraw, [int(frame["observation"].max())])
    assert kept(again(loaded)) == [("observations", False)], "the approved correction stands"


def test_a_choice_that_a_person_made_stands(loaded: Engine) -> None:
    other = replace(CHOICE, source="newspaper", value=20, reason=Text("Grundigere", "More thorough"))
    act(loaded, APPROVER, prefer, [other])
    assert kept(again(loaded)) == [("preferences", False)]
    with reading(loaded) as connection:
        frame = queries.load_series(connection, Scope())
    assert list(frame[frame["preferred"]]["source"]) == ["newspaper"]


def test_the_day_that_the_city_states_is_kept_beside_what_a_person_changed(loaded: Engine) -> None:
    """``init --designated`` over a place that was changed on the page: both stand, now and ever after."""
    CHANGES["places"](loaded)
    home = designated(VIBORG, date(2020, 1, 1), Precision.DAY)
    stated = files(places=(home, *PLACES[1:]), sources=(*SOURCES, OWN_STATEMENT))
    for _ in range(2):
        state_designation(loaded, home, APPROVER, "test")
        assert kept(again(loaded, stated)) == [("places", False)]
        found = standing(loaded)["places"]["viborg"]
        assert found.note == "Rettet"
        assert Designation(date(2020, 1, 1), Precision.DAY, OWN_STATEMENT.key) in found.designations
    assert found.version == 3
