"""What is written is read back equal: every kind of thing, on both databases."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, String, insert, select

from dashboard.domain import activity as activities
from dashboard.domain import observation as observations
from dashboard.domain.activity import AMOUNTS, COUNTS, Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    ComparabilityGrade,
    ComparabilityNote,
    Direction,
    IndicatorKind,
    Narrative,
    Place,
    Population,
    SeriesBreak,
    Target,
    VocabularyCode,
)
from dashboard.domain.evidence import EvidenceLink, EvidenceSubject, Preference, Stance
from dashboard.domain.observation import (
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    WorkflowState,
    check,
)
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import errors_of
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, PermissionDeniedError
from dashboard.store import schema
from dashboard.store.commands import (
    annotate,
    define_claims,
    define_indicators,
    define_places,
    define_populations,
    define_sources,
    define_vocabulary,
    link_evidence,
    mark_breaks,
    narrate,
    note_comparability,
    prefer,
    record,
    register,
    set_baselines,
    set_targets,
)
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import (
    Scope,
    current_revision,
    load_activities,
    load_annotations,
    load_baselines,
    load_breaks,
    load_catalogue,
    load_evidence,
    load_narratives,
    load_notes,
    load_places,
    load_populations,
    load_series,
    load_sources,
    load_targets,
    load_vocabulary,
)
from dashboard.store.work import UnitOfWork, unit_of_work
from tests.conftest import DIALECTS, Databases
from tests.sample import (
    ANALYST,
    APPROVER,
    ARTICLES,
    CLAIMS,
    INDICATORS,
    PLACES,
    POPULATIONS,
    READER,
    SOURCES,
    VIBORG,
    articles,
)

WORDS = Text("Ord på dansk: æøå", "Words in English: “€”")
YEAR = Period.year(2024)

JUDGEMENTS: dict[str, tuple[Any, Any, Any, Any]] = {
    "baselines": (
        set_baselines, load_baselines,
        Baseline("press_articles", "viborg", Period.year(2018), 7.5, "før", "målt før", "", "municipality"),
        {"value": 8.0, "reason": "talt igen"},
    ),
    "targets": (
        set_targets, load_targets,
        Target(
            "grants_received", "viborg", Period.point(dt.date(2027, 12, 31)), 2.5e6, True, "vedtaget", "DKK"
        ),
        {"value": 3e6, "reason": "hævet"},
    ),
    "annotations": (
        annotate, load_annotations,
        Annotation("covid", "pandemic", Period(dt.date(2020, 3, 11), None, Precision.DAY), WORDS),
        {"place": "viborg", "indicator": "press_articles", "source": "newspaper"},
    ),
    "comparability notes": (
        note_comparability, load_notes,
        ComparabilityNote("press_articles", "tucson", ComparabilityGrade.WITH_CARE, WORDS),
        {"grade": ComparabilityGrade.ILLUSTRATIVE},
    ),
    "narratives": (
        narrate, load_narratives,
        Narrative("media", YEAR, "da", "Omtalen\nvoksede", "Fortsæt", True, "Anna"),
        {"analysis": "Omtalen faldt"},
    ),
}  # fmt: skip


def write(store: Engine, command: Callable[..., Any], items: Any, **options: Any) -> Any:
    with unit_of_work(store, APPROVER, "test") as work:
        return command(work, items, **options)


def read(store: Engine, query: Callable[..., Any], *arguments: Any, **scope: Any) -> Any:
    with reading(store) as connection:
        return query(connection, Scope(**scope), *arguments)


# -- definitions -----------------------------------------------------------------------------------


def test_claims_and_indicators_come_back_equal(store: Engine) -> None:
    catalogue = read(store, load_catalogue)
    assert catalogue.claims == CLAIMS
    assert {i.code: i for i in catalogue.indicators} == {i.code: i for i in INDICATORS}
    assert [i.claim for i in catalogue.indicators] == ["media", "media", "funding", "funding", "funding"]


def test_places_come_back_equal_and_alone_when_named(store: Engine) -> None:
    assert read(store, load_places) == {place.slug: place for place in PLACES}
    assert read(store, load_places, ["tucson", "atlantis"]) == {"tucson": PLACES[1]}


def test_populations_come_back_equal_undated_first(store: Engine) -> None:
    found = read(store, load_populations, ["viborg", "tucson", "atlantis"])
    assert found == POPULATIONS


def test_sources_come_back_equal(store: Engine) -> None:
    assert read(store, load_sources) == {source.key: source for source in SOURCES}


def test_vocabulary_codes_come_back_equal(store: Engine) -> None:
    codes = (
        VocabularyCode("culture2030", "C1", WORDS, Text("Gruppe", "Group"), "11.4", "note", "UNESCO"),
        VocabularyCode("culture2030", "C2", Text("kun dansk")),
    )
    assert write(store, define_vocabulary, codes) == 2
    assert write(store, define_vocabulary, codes) == 0
    assert read(store, load_vocabulary, "culture2030") == codes
    assert read(store, load_vocabulary, "iati") == ()


@pytest.mark.parametrize(
    ("command", "items"),
    [
        (define_claims, CLAIMS), (define_indicators, INDICATORS), (define_places, PLACES),
        (define_populations, POPULATIONS), (define_sources, SOURCES),
    ],
)  # fmt: skip
def test_defining_the_same_again_changes_nothing(
    store: Engine, command: Callable[..., int], items: Any
) -> None:
    assert write(store, command, items) == 0
    with reading(store) as connection:
        assert current_revision(connection) == 1


def test_a_changed_indicator_is_a_new_version_and_the_old_one_is_still_known(store: Engine) -> None:
    changed = replace(ARTICLES, direction=Direction.UNKNOWN, claims=("funding",), sdg_targets=("11.a",))
    assert write(store, define_indicators, [changed], reason="ny tælling") == 1
    now = read(store, load_catalogue).indicator("press_articles")
    assert now == replace(changed, version=2)
    assert read(store, load_catalogue, as_known_at=1).indicator("press_articles") == ARTICLES
    assert read(store, load_catalogue, as_known_at=0).indicators == ()


def test_a_changed_place_is_a_new_version_and_the_old_one_is_still_known(store: Engine) -> None:
    changed = replace(VIBORG, fields=VIBORG.fields[:1], designations=(), note="")
    assert write(store, define_places, [changed], reason="rettet") == 1
    assert read(store, load_places)["viborg"] == replace(changed, version=2)
    assert read(store, load_places, as_known_at=1)["viborg"] == VIBORG


def test_a_corrected_population_supersedes(store: Engine) -> None:
    corrected = replace(POPULATIONS[1], value=97_000.0)
    assert write(store, define_populations, [corrected]) == 1
    assert corrected in read(store, load_populations, ["viborg"])
    assert read(store, load_populations, ["viborg"], as_known_at=1) == POPULATIONS[1:]


def test_what_is_defined_twice_in_one_request_is_refused_with_its_row(store: Engine) -> None:
    twice: list[tuple[Callable[..., Any], Any]] = [
        (define_places, [VIBORG, VIBORG]), (define_indicators, [ARTICLES, ARTICLES]),
        (define_claims, [CLAIMS[0], CLAIMS[0]]), (define_populations, [POPULATIONS[0]] * 2),
        (annotate, [JUDGEMENTS["annotations"][2]] * 2), (register, [PLAIN, PLAIN]),
        (mark_breaks, [BREAK, BREAK]),
    ]  # fmt: skip
    for command, items in twice:
        with pytest.raises(InvalidDraftsError) as caught:
            write(store, command, items)
        assert [(p.code, p.row, p.params) for p in caught.value.problems] == [
            ("repeated_in_file", 2, {"first": 1})
        ]


def test_unknown_names_are_problems(store: Engine) -> None:
    strange = [
        (define_populations, [Population("atlantis", "city", 1, None, Precision.NONE, "newspaper")]),
        (define_indicators, [replace(ARTICLES, claims=("happiness",))]),
        (define_places, [replace(PLACES[1], designations=(replace(PLACES[1].designations[0], source="x"),))]),
        (set_targets, [Target("unheard_of", "viborg", YEAR, 1, reason="ja")]),
        (mark_breaks, [SeriesBreak("press_articles", "atlantis", dt.date(2020, 1, 1), "method", WORDS)]),
        (register, [replace(PLAIN, partner_places=("atlantis",))]),
    ]
    codes = []
    for command, items in strange:
        with pytest.raises(InvalidDraftsError) as caught:
            write(store, command, items)
        codes.append([p.code for p in caught.value.problems])
    assert codes == [
        ["place_unknown"], ["claim_not_there"], ["source_unknown"], ["indicator_unknown"], ["place_unknown"],
        ["place_unknown"],
    ]  # fmt: skip


# -- judgements ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_judgements_come_back_equal_and_every_version_is_kept(store: Engine, name: str) -> None:
    command, query, first, change = JUDGEMENTS[name]
    assert write(store, command, [first]) == 1
    assert write(store, command, [first]) == 0
    assert read(store, query) == (first,)
    second = replace(first, **change)
    assert write(store, command, [second]) == 1
    assert read(store, query) == (second,)
    assert read(store, query, as_known_at=2) == (first,)
    assert read(store, query, as_known_at=1) == ()


def test_targets_come_earliest_first_and_stand_side_by_side(store: Engine) -> None:
    targets = [
        Target("press_articles", "viborg", Period.year(year), float(year), year == 2030, "vedtaget")
        for year in (2030, 2026, 2028)
    ]
    assert write(store, set_targets, targets) == 3
    assert [t.period.end.year for t in read(store, load_targets)] == [2026, 2028, 2030]


BREAK = SeriesBreak("press_articles", "viborg", dt.date(2023, 4, 1), "method", WORDS, "municipality")


def test_breaks_come_back_equal(store: Engine) -> None:
    assert write(store, mark_breaks, [BREAK]) == 1
    assert write(store, mark_breaks, [BREAK]) == 0
    assert read(store, load_breaks) == (BREAK,)
    assert read(store, load_breaks, as_known_at=1) == ()


def test_evidence_comes_back_equal(store: Engine) -> None:
    links = (
        EvidenceLink(
            "article-1", EvidenceSubject.CLAIM, "media", Stance.SUPPORTS, "Artiklen", "https://avis.dk/1",
            WORDS,
        ),
        EvidenceLink(
            "article-1", EvidenceSubject.INDICATOR, "press_articles", Stance.CONTRADICTS, "Artiklen",
            "https://avis.dk/1",
        ),
        EvidenceLink("letter", EvidenceSubject.ACTIVITY, "grant-1", Stance.CONTEXT, "Et brev"),
    )  # fmt: skip
    assert write(store, link_evidence, (*links, links[0])) == 3
    assert write(store, link_evidence, links) == 0
    assert read(store, load_evidence) == links


def test_a_draft_of_a_story_does_not_hide_the_published_one(store: Engine) -> None:
    story = JUDGEMENTS["narratives"][2]
    write(store, narrate, [story])
    write(store, narrate, [replace(story, analysis="Kladde", published=False)])
    assert read(store, load_narratives) == (story,)


# -- preferences and grades ------------------------------------------------------------------------


def _preferred(store: Engine) -> list[tuple[str, str]]:
    frame = read(store, load_series)
    return [(row.source, row.preferred_reason) for row in frame.itertuples() if row.preferred]


def test_one_of_several_values_is_preferred_with_its_reason(store: Engine) -> None:
    rivals = [articles(12), articles(20, source="newspaper")]
    other_year = articles(20, source="newspaper", period=Period.year(2022))
    write(store, record, [*rivals, other_year], state=WorkflowState.APPROVED)
    assert _preferred(store) == []
    period = Period.year(2023)
    own = Preference("press_articles", "viborg", period, "municipality", 12, Text("talt selv", "own count"))
    press = Preference("press_articles", "viborg", period, "newspaper", 20, Text("bredere"))
    assert write(store, prefer, [own]) == 1
    assert write(store, prefer, [own]) == 0
    assert _preferred(store) == [("municipality", "talt selv\x1fown count")]
    assert write(store, prefer, [press]) == 1
    assert _preferred(store) == [("newspaper", "bredere\x1f")]
    assert write(store, prefer, [own]) == 1
    assert _preferred(store) == [("municipality", "talt selv\x1fown count")]
    assert len(read(store, load_series)) == 3
    seen = read(store, load_series, as_known_at=2)
    assert not seen["preferred"].any()
    assert set(seen["preferred_reason"]) == {""}


@pytest.mark.parametrize("value", [13, 12])
def test_a_preference_must_fit_exactly_one_value(store: Engine, value: float) -> None:
    twins = [articles(12), articles(12, disaggregation="origin=abroad")]
    write(store, record, twins, state=WorkflowState.APPROVED)
    wanted = Preference("press_articles", "viborg", Period.year(2023), "municipality", value, WORDS)
    with pytest.raises(InvalidDraftsError) as caught:
        write(store, prefer, [wanted])
    assert [(p.code, p.row) for p in caught.value.problems] == [("preference_unmatched", 1)]


def test_a_later_grade_stands_instead_of_the_first(store: Engine) -> None:
    draft = articles(12, confidence=Confidence.ESTIMATE, attribution=Attribution.A1)
    write(store, record, [draft], state=WorkflowState.APPROVED)
    observation = int(read(store, load_series)["observation"].iloc[0])
    for sequence, grade in enumerate(({"confidence": "own_count"}, {"attribution": "A3"}), start=1):
        with unit_of_work(store, APPROVER, "test") as work:
            work.connection.execute(
                insert(schema.observation_grade).values(
                    observation_id=observation, sequence=sequence, reason="set igen", **grade,
                    change_set_id=work.change_set_id,
                )
            )  # fmt: skip
            work.note("grade", "observation")
    now, then = read(store, load_series).iloc[0], read(store, load_series, as_known_at=2).iloc[0]
    assert (now["confidence"], now["attribution"]) == ("own_count", "A3")
    assert (then["confidence"], then["attribution"]) == ("estimate", "A1")


# -- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "command"),
    [
        (READER, define_sources), (READER, narrate), (READER, link_evidence), (READER, register),
        (ANALYST, define_claims), (ANALYST, define_indicators), (ANALYST, define_places),
        (ANALYST, define_populations), (ANALYST, define_vocabulary), (ANALYST, set_baselines),
        (ANALYST, set_targets), (ANALYST, annotate), (ANALYST, mark_breaks), (ANALYST, note_comparability),
        (ANALYST, prefer),
    ],
)  # fmt: skip
def test_every_command_asks_for_its_permission(
    both_stores: tuple[Engine, Engine], actor: Any, command: Callable[..., Any]
) -> None:
    with pytest.raises(PermissionDeniedError), unit_of_work(both_stores[0], actor, "test") as work:
        command(work, [])


# -- activities ------------------------------------------------------------------------------------

PLAIN = Activity("grant-1", ActivityKind.GRANT, "viborg", Text("Tilskud"), Period.year(2024))
FULL = Activity(
    key="sdg-1", kind=ActivityKind.SDG_ACTION, place="viborg", title=WORDS, description=WORDS,
    period=Period(dt.date(2024, 3, 1), dt.date(2024, 5, 31), Precision.MONTH), state=ActivityState.RUNNING,
    source="municipality", organisation="The Animation Workshop", country="FR", language="da", role="lead",
    direction="out", outcome="granted", level="national", currency="DKK", amount_applied=100.25,
    amount_granted=80.0, amount_received=0.0, amount_spent=1.0, granted_own_share=80.0, participants=3.0,
    foreign_participants=0.0, people_sent=2.0, meetings=1.0, reach=1e6, staff_months=0.5,
    names_designation=True, paid=False, joint_output=None, tone="positive", attribution=Attribution.A4,
    attribution_reason="skrevet i afslaget", confidence=Confidence.AUDITED_RECORD,
    mechanisms=(Mechanism.CONFIDENCE, Mechanism.STANDARDS), partner_places=("creative-cities", "tucson"),
    sdg_targets=("4.7", "11.4", "11.a"), primary_sdg="11.4", culture2030=("C1", "C3"), mmr_section="3.2",
    objective="2", area_of_action="mobility", same_as="grant-1", claims=("funding", "media"), note="æøå",
)  # fmt: skip


def activities_of(store: Engine, *arguments: Any, **scope: Any) -> Any:
    return read(store, load_activities, *arguments, **scope)


def test_activities_come_back_equal_oldest_first(store: Engine) -> None:
    undated = replace(PLAIN, key="undated", period=Period())
    written = write(store, register, [FULL, PLAIN, undated], state=WorkflowState.APPROVED)
    assert (written.new, written.changed, written.unchanged) == (3, 0, 0)
    assert activities_of(store) == (undated, PLAIN, FULL)
    assert activities_of(store, ["tucson"]) == ()
    assert activities_of(store, ["viborg"], ["sdg_action"]) == (FULL,)
    again = write(store, register, [FULL, PLAIN], state=WorkflowState.APPROVED)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_a_changed_activity_is_a_new_version_and_the_old_one_is_still_known(store: Engine) -> None:
    write(store, register, [FULL], state=WorkflowState.APPROVED)
    bare = replace(
        FULL, mechanisms=(), partner_places=(), sdg_targets=("5",), primary_sdg="5", culture2030=(), claims=()
    )
    assert write(store, register, [bare], state=WorkflowState.APPROVED).changed == 1
    assert activities_of(store) == (bare,)
    assert activities_of(store, as_known_at=2) == (FULL,)


def test_a_draft_of_an_activity_hides_nothing_and_a_withdrawn_one_is_gone(store: Engine) -> None:
    write(store, register, [PLAIN], state=WorkflowState.APPROVED)
    draft = replace(PLAIN, note="kladde")
    write(store, register, [draft])
    assert activities_of(store) == (PLAIN,)
    assert activities_of(store, submitted=True) == (draft,)
    write(store, register, [replace(PLAIN, note="udgår")], state=WorkflowState.WITHDRAWN)
    assert activities_of(store) == ()
    assert activities_of(store, as_known_at=3) == (PLAIN,)


# -- whatever the checks let through ---------------------------------------------------------------


@pytest.fixture(scope="module", params=DIALECTS)
def city(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    made = open_engine(databases.address(request.param, "filled"))
    yield made
    databases.drop(made)


class UndoneError(Exception):
    """Ends a unit of work without leaving anything in the store."""


@contextmanager
def undone(store: Engine) -> Iterator[UnitOfWork]:
    """A unit of work that is always rolled back."""
    with suppress(UndoneError), unit_of_work(store, APPROVER, "test") as work:
        yield work
        raise UndoneError


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)
numbers = st.floats(-1e16, 1e16) | st.integers(-1000, 1000).map(float) | st.sampled_from([0.0, -0.0, 1e-9])
days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
periods = st.builds(Period, st.none() | days, st.none() | days, st.sampled_from(Precision))


def or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


drafts = st.builds(
    Draft,
    indicator=st.sampled_from([i.code for i in INDICATORS]), place=st.sampled_from([p.slug for p in PLACES]),
    source=st.sampled_from([s.key for s in SOURCES]), period=periods, value=or_none(numbers),
    text=st.just("") | texts, text_language=st.sampled_from(["", "da", "en"]),
    missing_reason=or_none(st.sampled_from(MissingReason)), qualifier=st.sampled_from(Qualifier),
    kind=st.sampled_from(ObservationKind), unit=st.sampled_from(["", "currency", "articles", "percent"]),
    currency=st.sampled_from(["", "DKK"]), numerator=or_none(numbers), denominator=or_none(numbers),
    low=or_none(numbers), high=or_none(numbers), disaggregation=st.sampled_from(["", "a=b", "a=b;c=d_1"]),
    boundary=texts, method=texts, method_version=texts, status=st.sampled_from(ObservationStatus),
    confidence=or_none(st.sampled_from(Confidence)), attribution=or_none(st.sampled_from(Attribution)),
    retrieved=or_none(days), flags=st.lists(texts, max_size=2).map(tuple), note=texts,
    claim=st.sampled_from(["", "media", "funding"]),
)  # fmt: skip


def _kept(number: float | None) -> float:
    """A number as the store keeps it, nan for none."""
    return math.nan if number is None else round(float(f"{number:.15g}"), 6)


def _flat(draft: Draft) -> Draft:
    """The draft with what commonly is wrong set right, so that most of them pass."""
    indicator = {i.code: i for i in INDICATORS}[draft.indicator]
    value, text, reason = draft.value, draft.text, draft.missing_reason
    if indicator.kind is IndicatorKind.NARRATIVE:
        value, text, reason = None, text.strip() or "Ord", None
    elif value is None:
        text, reason = "", reason or MissingReason.NOT_COLLECTED
    else:
        value, reason = min(abs(value), indicator.maximum or math.inf), None
        if indicator.kind is IndicatorKind.SCORE:
            value = 2.0
    draft = replace(draft, value=value, text=text, missing_reason=reason)
    money = draft.unit == "currency" or indicator.kind is IndicatorKind.MONEY
    start, end = draft.period.start, draft.period.end
    if start and end and start > end:
        start, end = end, start
    precision = Precision.DAY if (start or end) else Precision.NONE
    low, high = draft.low, draft.high
    if draft.value is None:
        low, high = None, high
    else:
        low = None if low is None else min(low, draft.value)
        high = None if high is None else max(high, draft.value)
    return replace(
        draft, period=Period(start, end, precision), low=low, high=high,
        unit="currency" if money else draft.unit, currency="DKK" if money else "", claim="",
        flags=tuple(flag.replace(";", "") or "x" for flag in draft.flags if flag.isprintable()),
        numerator=None, denominator=None,
    )  # fmt: skip


@settings(max_examples=40)  # each is a transaction
@given(draft=drafts, repaired=st.booleans())
def test_a_draft_without_problems_is_accepted_and_read_back(
    city: Engine, draft: Draft, repaired: bool
) -> None:
    draft = _flat(draft) if repaired else draft
    indicator = {i.code: i for i in INDICATORS}[draft.indicator]
    wrong = errors_of(check(draft, indicator))
    event("refused" if wrong else "recorded")
    with undone(city) as work:
        if wrong:
            with pytest.raises(InvalidDraftsError):
                record(work, [draft], state=WorkflowState.APPROVED)
            return
        record(work, [draft], state=WorkflowState.APPROVED)
        frame = load_series(work.connection, Scope(), [draft.indicator], [draft.place])
        _compare(frame.iloc[0], draft)


def _compare(row: Any, draft: Draft) -> None:
    for name in ("value", "low", "high"):
        expected, found = _kept(getattr(draft, name)), float(row[name])
        assert found == expected or (math.isnan(found) and math.isnan(expected)), name
    for name in (
        "indicator", "place", "source", "text", "qualifier", "kind", "unit", "currency", "disaggregation",
        "boundary", "method", "method_version", "status", "note", "missing_reason", "confidence",
        "attribution",
    ):  # fmt: skip
        assert row[name] == (getattr(draft, name) or ""), name
    assert row["flags"] == ";".join(draft.flags)
    for name, day in (("period_start", draft.period.start), ("period_end", draft.period.end)):
        assert (None if row[name] is None or row[name] != row[name] else row[name].date()) == day


records = st.builds(
    Activity,
    key=st.just("one"), kind=st.sampled_from(ActivityKind), place=st.just("viborg"),
    title=st.builds(Text, texts, texts), description=st.builds(Text, texts, texts), period=periods,
    state=st.sampled_from(ActivityState), source=st.sampled_from(["", "newspaper"]), organisation=texts,
    country=st.sampled_from(["", "DK"]), role=texts, note=texts, outcome=texts, area_of_action=texts,
    currency=st.sampled_from(["", "DKK"]),
    **{name: or_none(st.integers(0, 10**9).map(float)) for name in (*AMOUNTS, *COUNTS)},
    names_designation=or_none(st.booleans()), paid=or_none(st.booleans()),
    attribution=or_none(st.sampled_from(Attribution)), confidence=or_none(st.sampled_from(Confidence)),
    mechanisms=st.lists(st.sampled_from(Mechanism), max_size=3).map(lambda m: tuple(sorted(m))),
    partner_places=st.lists(st.sampled_from(["tucson", "creative-cities"])).map(lambda p: tuple(sorted(p))),
    sdg_targets=st.sampled_from([(), ("4",), ("4.7", "11.4"), ("11.4", "11.4")]),
    primary_sdg=st.sampled_from(["", "4", "11.4"]), claims=st.sampled_from([(), ("media",)]),
)  # fmt: skip


def _mended(activity: Activity) -> Activity:
    start, end = activity.period.start, activity.period.end
    if start and end and start > end:
        start, end = end, start
    given_amount = any(getattr(activity, name) is not None for name in AMOUNTS)
    targets = tuple(dict.fromkeys(activity.sdg_targets))
    primary = activity.primary_sdg if activity.primary_sdg in targets else (targets or ("",))[0]
    return replace(
        activity, period=Period(start, end, Precision.DAY if start or end else Precision.NONE),
        currency="DKK" if given_amount else "", sdg_targets=targets, primary_sdg=primary,
        mechanisms=tuple(sorted(set(activity.mechanisms))), granted_own_share=None,
        partner_places=tuple(sorted(set(activity.partner_places))),
    )  # fmt: skip


@settings(max_examples=40)
@given(activity=records, repaired=st.booleans())
def test_an_activity_without_problems_is_accepted_and_read_back(
    city: Engine, activity: Activity, repaired: bool
) -> None:
    activity = _mended(activity) if repaired else activity
    wrong = errors_of(activities.check_activity(activity))
    event("refused" if wrong else "registered")
    with undone(city) as work:
        if wrong:
            with pytest.raises(InvalidDraftsError):
                register(work, [activity], state=WorkflowState.APPROVED)
            return
        register(work, [activity], state=WorkflowState.APPROVED)
        assert load_activities(work.connection, Scope()) == (activity,)


def test_the_checks_know_the_widths_of_the_columns() -> None:
    widths = {
        name: {c.name: c.type.length for c in table.c if isinstance(c.type, String) and c.type.length}
        for name, table in (
            ("draft", schema.observation), ("version", schema.activity_version), ("head", schema.activity)
        )
    }  # fmt: skip
    of_draft = {f.name for f in fields(Draft)} & set(widths["draft"])
    chosen = {"missing_reason", "qualifier", "kind", "status", "confidence", "attribution", "currency"}
    assert {name: widths["draft"][name] for name in of_draft - chosen} == observations.LIMITS
    of_activity = {f.name for f in fields(Activity)} & set(widths["version"] | widths["head"])
    chosen = {"kind", "state", "country", "currency", "attribution", "confidence"}
    assert {
        name: (widths["version"] | widths["head"])[name] for name in of_activity - chosen
    } == activities.LIMITS
    assert schema.activity_tag.c.code.type.length == activities.LONGEST_CODE  # type: ignore[attr-defined]


def test_nothing_of_the_trials_stays_in_the_store(city: Engine) -> None:
    with reading(city) as connection:
        assert current_revision(connection) == 1
        assert connection.execute(select(schema.observation.c.id)).all() == []


def test_the_sample_place_is_whole() -> None:
    """Nothing of a place is left at its default, so that the round trip above can miss nothing."""
    plain = Place(VIBORG.slug, VIBORG.kind, VIBORG.name)
    same = {f.name for f in fields(Place) if getattr(VIBORG, f.name) == getattr(plain, f.name)}
    assert same == {"slug", "kind", "name", "version"}
    bare = Activity(FULL.key, FULL.kind, FULL.place, FULL.title, FULL.period)
    same = {f.name for f in fields(Activity) if getattr(FULL, f.name) == getattr(bare, f.name)}
    assert same == {"key", "kind", "place", "title", "period", "joint_output"}
