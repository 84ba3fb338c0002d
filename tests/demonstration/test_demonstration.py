"""The demonstration: regenerates byte for byte, reads without a problem, and shows every verdict."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.normalise import View, normalise
from dashboard.analysis.parts import splits
from dashboard.analysis.rollup import rollup
from dashboard.analysis.traffic_light import traffic_light
from dashboard.analysis.verdict import Verdict, verdicts
from dashboard.domain.activity import Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.catalogue import Catalogue, Place
from dashboard.domain.follow_up import Persistence, closed, follow_ups
from dashboard.domain.observation import (
    FRAME_COLUMNS,
    Attribution,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    check,
)
from dashboard.domain.period import Precision
from dashboard.domain.problem import errors_of
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.dataset import DataSet, read_folder

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "demo"
FILES = {
    "set.toml", "places.toml", "sources.toml", "populations.csv", "observations.csv", "activities.csv",
    "judgements.toml", "follow_ups.csv", "promises.toml", "prices.csv",
    "report_sections.toml",
}  # fmt: skip
TODAY = date(2026, 11, 1)
VERDICTS = {
    "recognition": "mixed",
    "collaboration": "supported",
    "showcase": "supported",
    "sdg": "not_enough_evidence",
    "political-focus": "mixed",
    "media": "not_supported",
    "funding": "supported",
    "attraction": "mixed",
    "conference": "supported",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="module")
def demonstration(catalogue: Catalogue) -> DataSet:
    return read_folder(FOLDER, catalogue)


@pytest.fixture(scope="module")
def home(demonstration: DataSet) -> Place:
    return next(place for place in demonstration.places if place.slug == demonstration.home_place)


@pytest.fixture(scope="module")
def frame(demonstration: DataSet, catalogue: Catalogue, home: Place) -> pd.DataFrame:
    """The home city's observed and register values as readers would get them: all approved."""
    chosen = {(p.indicator, p.place, p.period, p.source, p.value) for p in demonstration.preferences}
    rows = [
        {
            **{name: getattr(draft, name, None) for name in FRAME_COLUMNS},
            "observation": number,
            "period_start": draft.period.start,
            "period_end": draft.period.end,
            "precision": draft.period.precision,
            "state": "approved",
            "preferred": (draft.indicator, draft.place, draft.period, draft.source, draft.value) in chosen,
            "flags": ";".join(draft.flags),
        }
        for number, draft in enumerate(demonstration.observations)
        if draft.place == home.slug
    ]
    register = [activity for activity in demonstration.activities if activity.place == home.slug]
    for indicator in catalogue.indicators:
        if indicator.rollup:
            rows += rollup(register, indicator, home.country, "DKK", TODAY).to_dict("records")
    return _tidy(rows)


def _tidy(rows: list[dict[str, object]]) -> pd.DataFrame:
    tidy = pd.DataFrame(rows, columns=list(FRAME_COLUMNS))
    for name, kind in FRAME_COLUMNS.items():
        if kind == "str":
            tidy[name] = ["" if value is None or value != value else str(value) for value in tidy[name]]
        elif kind.startswith("datetime"):
            tidy[name] = pd.to_datetime(tidy[name]).astype(kind)
        else:
            tidy[name] = tidy[name].astype(kind)
    return tidy


@pytest.fixture(scope="module")
def judged(
    frame: pd.DataFrame, demonstration: DataSet, catalogue: Catalogue, home: Place
) -> dict[str, Verdict]:
    own = demonstration
    return verdicts(frame, catalogue, home, own.baselines, own.targets, own.series_breaks)


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "generate.py", tmp_path], check=True)
    assert {path.name for path in tmp_path.iterdir()} == FILES
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_the_folder_reads_without_an_error(demonstration: DataSet) -> None:
    assert errors_of(list(demonstration.problems)) == []
    assert Counter(problem.code for problem in demonstration.problems) == {"unit_differs": 1}


def test_every_row_of_the_files_is_read(demonstration: DataSet) -> None:
    for name, things in (
        ("observations.csv", demonstration.observations),
        ("activities.csv", demonstration.activities),
        ("populations.csv", demonstration.populations),
    ):
        with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
            assert sum(1 for _ in csv.DictReader(lines)) == len(things), name
    with (FOLDER / "prices.csv").open(encoding="utf-8", newline="") as lines:
        rates = [table.rates for table in demonstration.price_tables]
        assert sum(1 for _ in csv.DictReader(lines)) == sum(map(len, rates))


def test_the_tables_of_prices_say_that_they_are_invented(demonstration: DataSet) -> None:
    assert {table.kind.value for table in demonstration.price_tables} == {"price_index", "purchasing_power"}
    for table in demonstration.price_tables:
        assert table.name.startswith("opdigtet-")
        source = demonstration.source(table.source)
        assert source is not None
        assert source.verified == "invented"


def test_every_draft_passes_the_rules_of_its_indicator(demonstration: DataSet, catalogue: Catalogue) -> None:
    for draft in demonstration.observations:
        indicator = catalogue.indicator(draft.indicator)
        assert indicator is not None, draft.indicator
        assert indicator.rollup is None, f"{draft.indicator} is made from the register"
        assert errors_of(check(draft, indicator)) == [], draft


def test_no_fact_is_told_twice(demonstration: DataSet) -> None:
    assert _repeated(draft.natural_key for draft in demonstration.observations) == []
    assert _repeated(activity.key for activity in demonstration.activities) == []


def _repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def test_every_observed_indicator_has_a_value_and_every_register_kind_a_record(
    demonstration: DataSet, catalogue: Catalogue
) -> None:
    observed = {draft.indicator for draft in demonstration.observations}
    assert {i.code for i in catalogue.indicators if i.rollup is None} - observed == set()
    kinds = {activity.kind for activity in demonstration.activities}
    assert set(ActivityKind) - kinds == set()


def test_all_nine_claims_are_told_in_both_languages(demonstration: DataSet, catalogue: Catalogue) -> None:
    told = {(narrative.subject, narrative.language) for narrative in demonstration.narratives}
    stances = {(link.subject, str(link.stance)) for link in demonstration.evidence}
    assert len(catalogue.claims) == 9
    for claim in catalogue.claims:
        assert {(f"claim:{claim.id}", "da"), (f"claim:{claim.id}", "en")} <= told
        assert {(claim.id, "supports"), (claim.id, "contradicts")} <= stances


def test_each_claim_gets_the_verdict_it_was_written_for(judged: dict[str, Verdict]) -> None:
    assert {claim: verdict.word for claim, verdict in judged.items()} == VERDICTS


def test_register_baselines_are_what_the_register_says(
    demonstration: DataSet, frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    """Within two per cent of the mean of the yearly values, which is how the reason says they were set."""
    compared = 0
    for baseline in demonstration.baselines:
        assert baseline.period.start is not None
        inside = (
            (frame["indicator"] == baseline.indicator)
            & (frame["period_start"] >= pd.Timestamp(baseline.period.start))
            & (frame["period_end"] <= pd.Timestamp(baseline.period.end))
        )
        mean = frame.loc[inside, "value"].mean()
        assert mean == pytest.approx(baseline.value, rel=0.02), baseline.indicator
        compared += 1
    assert compared >= 15


def test_the_register_shows_every_feature(demonstration: DataSet) -> None:
    register = demonstration.activities
    assert 450 <= len(register) <= 700
    assert {a.state for a in register} == set(ActivityState)
    assert {a.attribution for a in register if a.attribution} == set(Attribution)
    assert {m for a in register for m in a.mechanisms} == set(Mechanism)
    assert {a.currency for a in register} >= {"DKK", "EUR", "USD", "GBP", "SEK"}
    assert all(a.attribution_reason for a in register if a.attribution)
    designated = date(2019, 10, 30)
    before = [a for a in register if a.period.start and a.period.start < designated and a.attribution]
    assert before
    assert {a.attribution for a in before} == {Attribution.A0}


def test_money_goes_down_the_chain(demonstration: DataSet) -> None:
    grants = [a for a in demonstration.activities if a.kind is ActivityKind.GRANT]
    for grant in grants:
        chain = (grant.amount_applied, grant.amount_granted, grant.granted_own_share, grant.amount_received)
        stages = [stage for stage in chain if stage is not None]
        assert stages == sorted(stages, reverse=True), grant.key
        assert (grant.amount_granted is not None) == (grant.outcome == "granted"), grant.key


def test_events_under_two_claims_point_at_each_other(demonstration: DataSet) -> None:
    by_key = {activity.key: activity for activity in demonstration.activities}
    pairs = [activity for activity in demonstration.activities if activity.same_as]
    assert len(pairs) >= 10
    for pair in pairs:
        first = by_key[pair.same_as]
        assert (pair.title, pair.period, pair.participants) == (
            first.title,
            first.period,
            first.participants,
        )
        assert (first.claims, pair.claims) == (("showcase",), ("attraction",))


def test_states_agree_with_the_days(demonstration: DataSet) -> None:
    """The register was last filled in on 31 October 2026."""
    today = date(2026, 10, 31)
    for activity in demonstration.activities:
        start, end = activity.period.start, activity.period.end
        assert start is not None
        assert end is not None
        assert (activity.state is ActivityState.PLANNED) == (start > today), activity.key
        assert activity.state is not ActivityState.DONE or end <= today, activity.key


def test_the_observations_show_every_feature(demonstration: DataSet) -> None:
    drafts = demonstration.observations
    assert {d.kind for d in drafts} >= set(ObservationKind) - {ObservationKind.TARGET}
    assert {d.status for d in drafts} == set(ObservationStatus)
    assert {d.missing_reason for d in drafts if d.missing_reason} == set(MissingReason)
    assert {d.qualifier for d in drafts} >= {
        Qualifier.EQUAL,
        Qualifier.ABOUT,
        Qualifier.MORE,
        Qualifier.AT_LEAST,
    }
    assert {d.period.precision for d in drafts} == set(Precision)
    assert {d.currency for d in drafts if d.currency} == {"DKK", "EUR", "USD", "GBP", "SEK"}
    for has in (_has_interval, _has_ratio, _has_disaggregation, _is_undated, _tells):
        assert any(map(has, drafts)), has.__name__


def _has_interval(draft: Draft) -> bool:
    return draft.low is not None and draft.high is not None


def _has_ratio(draft: Draft) -> bool:
    return draft.numerator is not None and draft.denominator is not None


def _has_disaggregation(draft: Draft) -> bool:
    return bool(draft.disaggregation)


def _is_undated(draft: Draft) -> bool:
    return not draft.period.dated


def _tells(draft: Draft) -> bool:
    return bool(draft.text)


def test_the_splits_show_every_outcome(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    """Parts that add up, that leave a rest, that are too much, and one that is missing; every basis."""
    found = [split for indicator in catalogue.indicators for split in splits(frame, indicator)]
    assert {split.code for split in found} == {"adds_up", "differs", "incomplete"}
    assert {split.basis for split in found} == {"values", "shares", "numerators"}
    differing = [split for split in found if split.code == "differs"]
    assert [(split.unassigned, split.surplus) for split in differing] == [(5, None), (None, 3)]
    (incomplete,) = (split for split in found if split.code == "incomplete")
    assert (incomplete.difference, incomplete.unassigned, incomplete.surplus) == (-4, None, None)


def test_a_synthetic_control_has_what_it_needs(demonstration: DataSet, home: Place) -> None:
    """Eight or more yearly values before the designation, and five donors with the same years."""
    years: dict[str, set[int]] = {}
    for draft in demonstration.observations:
        if draft.indicator == "culture_sector_full_time_jobs" and draft.value is not None:
            assert draft.period.start is not None
            years.setdefault(draft.place, set()).add(draft.period.start.year)
    own = years.pop(home.slug)
    assert len([year for year in own if year < 2019]) >= 8
    assert len([place for place, known in years.items() if own <= known]) >= 5


def test_no_real_place_is_used_and_every_source_is_invented(demonstration: DataSet) -> None:
    real = {
        row["city"].casefold()
        for name in ("cities.csv", "uccn_cities_2024.csv")
        for path in (ROOT / "data" / "reference").glob(f"**/{name}")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }
    assert len(real) > 60, "the reference data were not found"
    for place in demonstration.places:
        assert not {place.slug, place.name.da.casefold(), place.name.en.casefold()} & real
        assert "pdigtet" in place.note
    assert demonstration.invented
    assert 15 <= len(demonstration.sources) <= 25
    for source in demonstration.sources:
        assert source.verified == "invented"
        assert source.licence == "CC0-1.0"
        assert "opdigtet" in source.title
        assert "findes ikke" in source.note
        assert source.address.startswith("https://example.invalid/")


def test_the_peers_are_weak_in_the_ways_that_must_be_shown(demonstration: DataSet) -> None:
    """A population without a date, one of another boundary, a year-only title, a change of field, none."""
    by_slug = {place.slug: place for place in demonstration.places}
    days = {p.place: p.day for p in demonstration.populations}
    boundaries = {p.boundary for p in demonstration.populations if p.place == "ribeira-alva"}
    assert days["vallombra"] is None
    assert by_slug["ribeira-alva"].reference_boundary not in boundaries
    lovhamra = by_slug["lovhamra"].designation
    assert lovhamra is not None
    assert lovhamra.precision is Precision.YEAR
    assert len(by_slug["saint-aubrac"].fields) == 2
    assert by_slug["torsbaek"].designation is None
    assert by_slug["torsbaek"].country == by_slug["mosevig"].country


def test_a_partner_is_named_only_while_it_is_a_member(demonstration: DataSet) -> None:
    joined = {
        place.slug: place.designation.day for place in demonstration.places if place.designation is not None
    }

    def too_early(activity: Activity) -> bool:
        return any(
            activity.period.start is not None and joined[slug] > activity.period.start
            for slug in activity.partner_places
            if slug not in ("hallbrueck", "eskerwick")  # contacts from before the title
        )

    assert [activity.key for activity in demonstration.activities if too_early(activity)] == []


def test_what_became_of_things_is_answered_where_it_was_due(demonstration: DataSet) -> None:
    """Answered when asked, never after the end, as the record's own note tells it; and some still wait."""
    answers, records = demonstration.follow_ups, {a.key: a for a in demonstration.activities}
    asked = {(one.activity, one.months) for one in follow_ups(demonstration.activities, [], TODAY)}
    assert {(one.activity, one.months) for one in answers} <= asked
    assert {one.outcome for one in answers} == set(Persistence)
    for one in answers:
        earlier = [a for a in answers if a.activity == one.activity and a.months < one.months]
        assert Persistence.ENDED not in {a.outcome for a in earlier}
        before, _, told = records[one.activity].note.partition(f"{one.months} måneder: ")
        if told and before == "Opfølgning efter ":
            ended = told in ("ikke gentaget.", "afsluttet uden videreførelse.")
            assert (one.outcome is Persistence.ENDED) == ended
    again = [r for r in demonstration.activities if not r.same_as]
    waiting = follow_ups(again, closed(answers), TODAY)
    assert 20 <= len(waiting) < len(asked) / 3


def test_all_three_colours_are_seen(
    frame: pd.DataFrame, demonstration: DataSet, catalogue: Catalogue, home: Place
) -> None:
    colours: Counter[str | None] = Counter()
    for bands, reason in demonstration.bands:
        indicator = catalogue.indicator(bands.indicator)
        assert indicator is not None
        assert reason
        own = frame[frame["indicator"] == bands.indicator]
        shaped = normalise(own, indicator, View(), {home.slug: home}, (), demonstration.series_breaks, ())
        light = traffic_light(shaped.points, indicator, home.slug, bands)
        assert light is not None, bands.indicator
        assert light.code == ""
        colours[light.colour] += 1
    assert set(colours) == {"red", "amber", "green"}
