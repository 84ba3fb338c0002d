"""The published files, every row of them."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from dashboard.config import DATA
from dashboard.domain.activity import ActivityState
from dashboard.domain.catalogue import Catalogue, CreativeField, PlaceKind
from dashboard.domain.observation import Attribution, Draft, ObservationKind, ObservationStatus
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import errors_of
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.dataset import DataSet
from dashboard.intake.reconciliation import DraftKind
from dashboard.intake.reference import read_reference

FOLDER = DATA / "reference"
PUBLISHED = {
    "cities.csv": (63, "67568dc951f2a9e3"),
    "figures.csv": (159, "f0f7a34c21e05e77"),
    "conferences.csv": (22, "ab3a72900b130cac"),
    "populations.csv": (40, "713dcd23027e75c9"),
    "culture2030.csv": (22, "49b4cf7075b0ab0e"),
    "uccn_members_by_year.csv": (22, "e7296fb994a98680"),
    "uccn_cities_2024.csv": (349, "a3fedfe842f47664"),
}
"""Rows and the beginning of the SHA-256 of each file, so that nobody mends a figure in place."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def reference(catalogue: Catalogue) -> DataSet:
    return read_reference(FOLDER, catalogue)


def rows_of(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def figures(reference: DataSet) -> list[Draft]:
    """The drafts of figures.csv, in the order of its rows."""
    by_key = {draft.natural_key: draft for draft in reference.observations}
    file = reference.rows.of("figures.csv")
    assert file is not None
    return [by_key[row.became[0].key] for row in file.rows]


def of(reference: DataSet, indicator: str, place: str) -> list[Draft]:
    return [d for d in reference.observations if (d.indicator, d.place) == (indicator, place)]


# -- nothing is lost ---------------------------------------------------------------------------------


def test_no_problem_is_an_error(reference: DataSet) -> None:
    assert errors_of(list(reference.problems)) == []
    assert Counter(p.code for p in reference.problems) == {"unit_differs": 2}


@pytest.mark.parametrize(("file", "count", "digest"), [(f, n, d) for f, (n, d) in PUBLISHED.items()])
def test_every_row_of_the_untouched_file_became_something(
    reference: DataSet, file: str, count: int, digest: str
) -> None:
    assert hashlib.sha256((FOLDER / file).read_bytes()).hexdigest().startswith(digest)
    account = reference.rows.of(file)
    assert account is not None
    assert len(rows_of(file)) == account.read == account.drafted == count
    assert [row.row for row in account.rows] == list(range(1, count + 1))


def test_the_account_is_complete_and_its_keys_are_real(reference: DataSet) -> None:
    assert reference.rows.complete
    held = {
        DraftKind.OBSERVATION: {d.natural_key for d in reference.observations},
        DraftKind.ACTIVITY: {a.key for a in reference.activities},
        DraftKind.PLACE: {p.slug for p in reference.places},
        DraftKind.POPULATION: {p.natural_key for p in reference.populations},
        DraftKind.VOCABULARY_CODE: {c.code for c in reference.vocabulary},
        DraftKind.DESIGNATION: {
            f"{p.slug}/{d.day}/{d.precision}/{d.source}" for p in reference.places for d in p.designations
        },
        DraftKind.FIELD: {f"{p.slug}/{f.field}" for p in reference.places for f in p.fields},
    }
    for file in reference.rows.files:
        for row in file.rows:
            for became in row.became:
                assert became.key in held[became.kind], (file.file, row.row, became)


def test_figures_are_kept_as_published(reference: DataSet, catalogue: Catalogue) -> None:
    claims = {str(claim.number): claim.id for claim in catalogue.claims}
    for draft, row in zip(figures(reference), rows_of("figures.csv"), strict=True):
        assert draft.indicator == row["indicator"]
        assert draft.value == float(row["value"])
        assert (draft.unit, draft.currency) == (row["unit"], row["currency"])
        assert (draft.method, draft.note) == (row["method"], row["note"])
        assert draft.qualifier == row["qualifier"]
        assert draft.kind == {"claim": "asserted"}.get(row["kind"], row["kind"])
        assert draft.claim == claims[row["claim"]]
        assert (draft.period.precision.value.replace("none", "")) == row["period_precision"]
        assert (str(draft.period.start or ""), str(draft.period.end or "")) == (
            row["period_start"],
            row["period_end"],
        )
        assert set(row["flags"].split(";")) - {""} <= set(draft.flags)
        source = reference.source(draft.source)
        assert source is not None
        assert source.citation == row["source"]


def test_natural_keys_tell_every_row_apart(reference: DataSet) -> None:
    keys = Counter(draft.natural_key for draft in reference.observations)
    assert max(keys.values()) == 1
    assert len(keys) == 159 + 22 + 51
    populations = Counter(population.natural_key for population in reference.populations)
    assert max(populations.values()) == 1


def test_all_codes_of_the_figures_are_in_the_catalogue(reference: DataSet, catalogue: Catalogue) -> None:
    codes = {row["indicator"] for row in rows_of("figures.csv")}
    assert len(codes) == 57
    assert codes <= {indicator.code for indicator in catalogue.indicators}


# -- time ------------------------------------------------------------------------------------------


def test_undated_statements_stay_undated(reference: DataSet) -> None:
    undated = [draft for draft in figures(reference) if not draft.period.dated]
    assert len(undated) == 62
    assert {draft.period.precision for draft in undated} == {Precision.NONE}


def test_precision_is_that_of_the_source(reference: DataSet) -> None:
    precisions = Counter(draft.period.precision for draft in figures(reference))
    assert precisions == {Precision.YEAR: 66, Precision.NONE: 62, Precision.DAY: 22, Precision.MONTH: 9}
    grant = of(reference, "funding_secured", "tucson")[0]
    assert grant.period == Period.month(2022, 2)


def test_only_an_end_is_a_point_and_only_a_start_is_open(reference: DataSet) -> None:
    assert of(reference, "food_industry_share_of_jobs", "tucson")[0].period.is_point
    city_grant = {d.value: d.period for d in of(reference, "public_funding_festival", "karlsruhe")}
    assert city_grant[400000].is_open
    assert not city_grant[250000].is_open


# -- conflicts ---------------------------------------------------------------------------------------


def test_tucsons_three_media_values_are_all_kept(reference: DataSet) -> None:
    values = of(reference, "media_value_claimed", "tucson")
    assert sorted(d.value or 0 for d in values) == [6_000_000, 6_000_000, 30_000_000]
    assert {d.kind for d in values} == {ObservationKind.ASSERTED}
    assert len({d.source for d in values}) == 3


def test_santos_2022_is_told_three_times_and_none_is_preferred(reference: DataSet) -> None:
    santos = [
        (d.value, d.qualifier.value, d.kind)
        for d in of(reference, "conference_participants", "uccn")
        if d.period.start == date(2022, 7, 18)
    ]
    assert sorted(santos) == [
        (220, "=", ObservationKind.ACTUAL),
        (300, "=", ObservationKind.FORECAST),
        (300, "~", ObservationKind.ACTUAL),
    ]
    assert not [p for p in reference.preferences if p.place == "uccn"]


def test_a_preference_names_one_observation_and_says_why(reference: DataSet) -> None:
    chosen = {(p.indicator, p.place, p.source) for p in reference.preferences}
    assert chosen == {
        ("media_value_claimed", "tucson", "kold-2016"),
        ("festival_visits", "karlsruhe", "ka-news-2016-council-paper"),
        ("film_inward_investment", "bristol", "bristol-film-2018"),
    }


def test_breaks_stand_where_the_method_changed(reference: DataSet) -> None:
    breaks = {(b.indicator, b.place, b.day.isoformat(), b.kind) for b in reference.series_breaks}
    assert ("film_inward_investment", "bristol", "2023-04-01", "method") in breaks
    assert ("productions_filmed", "bristol", "2023-04-01", "definition") in breaks
    assert ("festival_visits", "karlsruhe", "2016-01-01", "duration") in breaks
    assert not [b for b in reference.series_breaks if b.indicator == "filming_days"]
    pandemic = next(a for a in reference.annotations if a.kind == "pandemic")
    assert (pandemic.place, pandemic.indicator) == ("", "")


# -- units, splits and boundaries ----------------------------------------------------------------------


def test_a_unit_other_than_the_indicators_is_kept_and_marked(reference: DataSet) -> None:
    visits = [d for d in reference.observations if d.indicator == "festival_visits"]
    assert {(d.place, d.unit) for d in visits if "unit-differs" in d.flags} == {
        ("viborg", "persons"),
        ("tucson", "persons"),
    }
    assert {d.unit for d in visits if "unit-differs" not in d.flags} == {"visits"}


def test_karlsruhes_visitors_are_split_by_origin(reference: DataSet) -> None:
    origins = {d.disaggregation: d.value for d in of(reference, "visitor_origin_share", "karlsruhe")}
    assert origins == {
        "origin=karlsruhe": 44, "origin=mittlerer_oberrhein": 32, "origin=rest_of_germany": 19,
        "origin=abroad": 5,
    }  # fmt: skip


def test_a_boundary_is_given_only_where_the_source_gives_it(reference: DataSet) -> None:
    boundary = {(d.indicator, d.place): d.boundary for d in figures(reference)}
    assert boundary["creative_companies", "ostersund"] == "region"
    assert boundary["creative_sector_jobs", "denmark"] == "country"
    assert boundary["creative_companies", "viborg"] == ""


def test_grades_come_from_a_rule_that_has_words(reference: DataSet) -> None:
    t = [Translator(language) for language in LANGUAGES]
    for draft in reference.observations:
        for grade, reason in (
            (draft.confidence, draft.confidence_reason),
            (draft.attribution, draft.attribution_reason),
        ):
            assert (grade is None) == (reason == "")
            if reason.startswith("rule:"):
                assert all(words.has(f"rule.{reason.removeprefix('rule:')}") for words in t), reason


def test_what_came_before_the_title_is_never_due_to_it(reference: DataSet) -> None:
    for draft in figures(reference):
        place = reference.place(draft.place)
        assert place is not None
        day, end = place.designation, draft.period.end
        if day is not None and end is not None and end.year < day.day.year:
            assert draft.attribution is Attribution.A0, draft


# -- places ------------------------------------------------------------------------------------------


def test_places_are_slugs_of_the_right_kind(reference: DataSet) -> None:
    assert len(reference.places) == 357
    for slug in ("ostersund", "san-antonio", "tel-aviv-yafo", "kosice", "scotland-rest-of", "lodz", "iasi"):
        assert reference.place(slug) is not None, slug
    kinds = {p.slug: p.kind for p in reference.places if p.kind is not PlaceKind.CITY}
    assert kinds == {
        "denmark": PlaceKind.COUNTRY, "united-kingdom": PlaceKind.COUNTRY, "england": PlaceKind.REGION,
        "scotland": PlaceKind.REGION, "scotland-rest-of": PlaceKind.REGION, "uccn": PlaceKind.NETWORK,
    }  # fmt: skip


def test_one_city_under_two_names_is_one_place(reference: DataSet) -> None:
    assert reference.place("santiago-de-cali") is None
    cali = reference.place("cali")
    assert cali is not None
    assert cali.country == "CO"
    assert cali.address.endswith("santiago-de-cali")


def test_lyon_has_two_fields_one_after_the_other(reference: DataSet) -> None:
    lyon = reference.place("lyon")
    assert lyon is not None
    media_arts, literature = lyon.fields
    assert (media_arts.field, literature.field) == (CreativeField.MEDIA_ARTS, CreativeField.LITERATURE)
    assert media_arts.valid_from is not None
    assert literature.valid_from is not None
    assert (media_arts.valid_from.year, literature.valid_from.year) == (2008, 2023)
    assert media_arts.valid_to is not None
    assert media_arts.valid_to < literature.valid_from
    assert {f.precision for f in lyon.fields} == {Precision.YEAR}


@pytest.mark.parametrize(
    ("slug", "day", "precision"),
    [
        ("viborg", date(2019, 10, 30), Precision.DAY),
        ("karlsruhe", date(2019, 10, 30), Precision.DAY),
        ("tucson", date(2015, 12, 11), Precision.DAY),
        ("york", date(2014, 12, 1), Precision.DAY),
        ("san-antonio", date(2017, 10, 31), Precision.DAY),
        ("hamar", date(2021, 11, 8), Precision.DAY),
        ("oulu", date(2023, 10, 31), Precision.DAY),
        ("malang", date(2025, 10, 30), Precision.MONTH),
        ("bradford", date(2009, 6, 1), Precision.MONTH),
        ("lyon", date(2008, 6, 1), Precision.MONTH),
        ("norwich", date(2012, 1, 1), Precision.YEAR),
        ("cali", date(2020, 1, 1), Precision.YEAR),
        ("potsdam", date(2019, 1, 1), Precision.YEAR),
    ],
)
def test_designations_are_as_exact_as_the_source(
    reference: DataSet, slug: str, day: date, precision: Precision
) -> None:
    place = reference.place(slug)
    assert place is not None
    assert place.designation is not None
    assert (place.designation.day, place.designation.precision) == (day, precision)
    assert reference.source(place.designation.source) is not None


def test_92_members_have_no_designation_year(reference: DataSet) -> None:
    members = reference.rows.of("uccn_cities_2024.csv")
    assert members is not None
    without = [
        slug for slug in members.keys(DraftKind.PLACE)
        if (place := reference.place(slug)) is not None and place.designation is None
    ]  # fmt: skip
    published = sum(1 for row in rows_of("uccn_cities_2024.csv") if not row["designated_year"])
    assert published == len(without) == 92
    assert len(members.keys(DraftKind.PLACE)) == 349


def test_populations_keep_boundary_date_and_precision(reference: DataSet) -> None:
    known = {
        (p.place, p.boundary, str(p.day or ""), p.precision.value): (p.value, p.qualifier)
        for p in reference.populations
    }
    assert known["viborg", "municipality", "2023-01-01", "day"] == (97731, "=")
    assert known["viborg", "urban_area", "2023-01-01", "day"] == (42234, "=")
    assert known["york", "unitary_authority", "2011-01-01", "year"] == (198100, "=")
    assert known["linz", "unknown", "", "none"] == (204846, "=")
    assert known["guadalajara", "metropolitan_area", "", "none"] == (5_000_000, "~")
    assert len(reference.populations) == 63 + 40
    viborg = reference.place("viborg")
    assert viborg is not None
    assert viborg.reference_boundary == "municipality"
    assert "municipality (kommune 791)" in viborg.note


# -- the network ---------------------------------------------------------------------------------------


def test_one_activity_per_edition(reference: DataSet) -> None:
    editions = {activity.key: activity for activity in reference.activities}
    assert len(editions) == 19
    assert editions["conference-2020"].state is ActivityState.CANCELLED
    assert editions["conference-2026"].state is ActivityState.PLANNED
    assert editions["conference-2018"].partner_places == ("krakow", "katowice")
    assert editions["conference-2021"].partner_places == ()
    assert editions["conference-2019"].title.da == "Årskonference 2019, Fabriano"
    assert editions["conference-2018"].title.da == "Årskonference 2018, Kraków og Katowice"
    assert editions["conference-2020"].title.en == "Annual conference 2020, Santos"
    assert editions["conference-2021"].title.da == "Årskonference 2021, på nettet"
    assert all(activity.title.complete for activity in editions.values())


def test_a_conference_row_without_counts_makes_no_observation(reference: DataSet) -> None:
    account = reference.rows.of("conferences.csv")
    assert account is not None
    for fate, row in zip(account.rows, rows_of("conferences.csv"), strict=True):
        counts = sum(1 for name in ("participants", "cities", "mayors", "countries") if row[name])
        kinds = Counter(became.kind for became in fate.became)
        assert kinds[DraftKind.OBSERVATION] == counts
        assert kinds[DraftKind.ACTIVITY] == 1


def test_expectations_are_forecasts(reference: DataSet) -> None:
    kinds = defaultdict(set)
    for draft in reference.observations:
        if draft.indicator.startswith("conference_"):
            kinds[draft.method].add(draft.kind)
    assert kinds == {"pre-event": {ObservationKind.FORECAST}, "post-event": {ObservationKind.ACTUAL}}


def test_the_network_grows_and_closes(reference: DataSet) -> None:
    members = {d.period.end.year: d for d in of(reference, "network_members", "uccn") if d.period.end}
    joined = of(reference, "network_members_added", "uccn")
    added = {d.period.start.year: d for d in joined if d.period.start}
    assert len(members) == len(added) == 22
    assert all(draft.period.is_point for draft in members.values())
    for year in range(2005, 2026):
        assert members[year].value == (members[year - 1].value or 0) + (added[year].value or 0)
    assert members[2024].status is ObservationStatus.ESTIMATED
    assert "derived" in members[2024].flags
    assert members[2023].status is ObservationStatus.FINAL
    assert len(of(reference, "network_countries", "uccn")) == 7
    assert "derived" in added[2008].flags  # the file says so in its note, the total itself is verified
    assert "derived" not in members[2008].flags


def test_culture2030_has_danish_names_and_targets_by_dimension(reference: DataSet) -> None:
    assert [code.code for code in reference.vocabulary] == [f"C2030-{n:02d}" for n in range(1, 23)]
    for code in reference.vocabulary:
        assert code.name.complete
        assert code.group.complete
        assert code.note == "dimension (NOT per indicator)"
    assert reference.vocabulary[6].mapping == "8.3;8.9;8.a;10.a;11.4"


# -- judgements and sources ----------------------------------------------------------------------------


def test_judgements_speak_both_languages(reference: DataSet) -> None:
    texts = [p.reason for p in reference.preferences]
    texts += [b.text for b in reference.series_breaks] + [a.text for a in reference.annotations]
    texts += [n.text for n in reference.comparability_notes] + [e.note for e in reference.evidence]
    assert len(texts) > 40
    assert all(text.complete for text in texts)
    told = defaultdict(set)
    for narrative in reference.narratives:
        told[narrative.subject].add(narrative.language)
    assert len(told) == 6
    assert all(languages == {"da", "en"} for languages in told.values())


def test_every_claim_is_weighed_with_some_evidence(reference: DataSet, catalogue: Catalogue) -> None:
    subjects = {link.subject for link in reference.evidence}
    assert {claim.id for claim in catalogue.claims} <= subjects


def test_viborgs_baselines_are_figures_of_the_files(reference: DataSet) -> None:
    told = {(d.indicator, d.place, d.period, d.value, d.currency, d.source) for d in reference.observations}
    assert len(reference.baselines) == 4
    for b in reference.baselines:
        assert (b.indicator, b.place, b.period, b.value, b.currency, b.source) in told


def test_a_source_stands_once_and_is_described(reference: DataSet) -> None:
    texts = {row["source"] for name in ("figures.csv", "conferences.csv", "uccn_members_by_year.csv")
             for row in rows_of(name)}  # fmt: skip
    citations = {source.citation for source in reference.sources}
    assert texts <= citations
    assert len({source.key for source in reference.sources}) == len(reference.sources) == len(citations)
    verified = {source.citation: source.verified for source in reference.sources}
    assert verified["monopol-magazin.de"] == "derived"
    assert verified["krone.at"] == "verified"
    assert {s.address[:4] for s in reference.sources} <= {"", "http"}


def test_reading_again_gives_the_same(reference: DataSet, catalogue: Catalogue) -> None:
    assert read_reference(FOLDER, catalogue) == reference


# -- what goes wrong is said -----------------------------------------------------------------------------


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    folder = tmp_path / "reference"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("figures.csv", "Tucson,funding_secured,", "Tuscon,funding_secured,", "place_unknown"),
        ("figures.csv", "York,visitors_per_year", "York,visitors_a_year", "indicator_unknown"),
        ("figures.csv", "7000000,visits", "syv millioner,visits", "plain_number"),
        ("figures.csv", "2014-12-31,165000000", "2013-12-31,165000000", "period_reversed"),
        ("figures.csv", "city,indicator", "by,indicator", "column_unknown"),
        ("populations.csv", "urban area,49806", "hinterland,49806", "boundary_unknown"),
        ("judgements.toml", "value = 331000", "value = 331001", "preference_unmatched"),
        ("judgements.toml", 'method_end = "abroad"', 'method_end = "elsewhere"', "judgement_unmatched"),
        ("judgements.toml", 'subject = "claim:media"', 'subject = "media"', "subject_form"),
        ("judgements.toml", 'subject = "claim:media"', 'subject = "claim:press"', "subject_unknown"),
        ("places.toml", 'field = "literature"', 'field = "poetry"', "not_one_of"),
        ("culture2030-da.toml", "C2030-07 =", "C2030-77 =", "translation_missing"),
        ("set.toml", 'home_place = "viborg"', 'home_place = "wiborg"', "place_unknown"),
    ],
)
def test_a_broken_file_is_a_problem_with_words(
    tmp_path: Path, catalogue: Catalogue, file: str, old: str, new: str, code: str
) -> None:
    found = read_reference(changed(tmp_path, file, old, new), catalogue)
    problem = next(p for p in found.problems if p.code == code and p.severity == "error")
    assert problem.params["file"]
    for language in LANGUAGES:
        assert "⟦" not in Translator(language)(f"problem.{code}", **problem.params)
