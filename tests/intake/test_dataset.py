"""The own folder format, written small."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from dashboard.config import DATA
from dashboard.domain.activity import ActivityKind, Mechanism
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Catalogue, Population
from dashboard.domain.evidence import EvidenceSubject, Stance
from dashboard.domain.follow_up import FollowUpAnswer, Persistence
from dashboard.domain.observation import Confidence, Draft, ObservationKind, Qualifier
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import errors_of
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.dataset import DataSet, read_folder
from dashboard.intake.folder import ACTIVITY_COLUMNS, OBSERVATION_COLUMNS

FILES = {
    "set.toml": """
title = { da = "Prøve", en = "Sample" }
invented = true
home_place = "aaby"
licence = "CC0-1.0"
""",
    "places.toml": """
[[place]]
slug = "aaby"
kind = "city"
name = { da = "Åby", en = "Aaby" }
country = "DK"
latitude = 56.4
longitude = 9.4
reference_boundary = "municipality"
[[place.field]]
field = "media_arts"
valid_from = 2019-10-30
source = "list"
[[place.designation]]
day = 2019-10-30
source = "list"
[[place]]
slug = "beeby"
kind = "city"
name = { da = "Beeby", en = "Beeby" }
""",
    "sources.toml": """
[[source]]
key = "list"
title = "Listen"
address = "https://example.invalid/list"
interested_party = false
""",
    "populations.csv": """place,boundary,value,day,precision,source,qualifier
aaby,municipality,1000,2020-01-01,day,list,~
beeby,city,500,,none,list,
""",
    "observations.csv": """indicator,place,source,period_start,period_end,period_precision,value,unit,\
flags,kind,note
festival_visits,aaby,list,2021-01-01,2021-12-31,year,1200,visits,covid;derived,,"Æblefest, 2021"
festival_visits,aaby,list,2022-01-01,2022-12-31,year,2500.5,visits,,estimate,
""",
    "activities.csv": """key,kind,place,title_da,title_en,period_start,period_end,period_precision,\
currency,amount_granted,names_designation,mechanisms,partner_places,sdg_targets,primary_sdg,source
grant-1,grant,aaby,Bevilling,Grant,2021-03-01,2021-03-01,day,DKK,1000,yes,standards;non-monetary,beeby,11.4;17,17,list
""",
    "judgements.toml": """
[[preference]]
indicator = "festival_visits"
place = "aaby"
period_start = 2022-01-01
period_end = 2022-12-31
source = "list"
value = 2500.5
reason = { da = "Fordi", en = "Because" }
[[bands]]
indicator = "festival_visits"
amber = 1000
green = 2000.5
reason = "Aftalt i styregruppen"
[[evidence]]
subject = "activity:grant-1"
stance = "supports"
title = "Brevet"
""",
    "follow_ups.csv": """activity,months,outcome,note
grant-1,12,continued,Fortsat for egne midler
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA / "catalogue")


def read(folder: Path, catalogue: Catalogue, **changes: tuple[str, str]) -> DataSet:
    """The set, with one replacement in each file named (dots written as underscores)."""
    for name, text in FILES.items():
        old, new = changes.get(name.replace(".", "_"), ("", ""))
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return read_folder(folder, catalogue)


def test_every_part_is_read(tmp_path: Path, catalogue: Catalogue) -> None:
    found = read(tmp_path, catalogue)
    assert found.problems == ()
    assert (found.invented, found.home_place, found.title.da) == (True, "aaby", "Prøve")
    place = found.place("aaby")
    assert place is not None
    assert place.designation is not None
    assert place.designation.day == date(2019, 10, 30)
    assert found.populations == (
        Population("aaby", "municipality", 1000, date(2020, 1, 1), Precision.DAY, "list", "~"),
        Population("beeby", "city", 500, None, Precision.NONE, "list", "="),
    )
    first, second = found.observations
    assert first == Draft(
        "festival_visits", "aaby", "list", Period.year(2021), 1200, unit="visits",
        flags=("covid", "derived"), note="Æblefest, 2021",
    )  # fmt: skip
    assert (second.value, second.qualifier) == (2500.5, Qualifier.EQUAL)
    assert second.kind is ObservationKind.ESTIMATE
    grant = found.activities[0]
    assert (grant.kind, grant.amount_granted, grant.names_designation) == (ActivityKind.GRANT, 1000, True)
    assert grant.mechanisms == (Mechanism.STANDARDS, Mechanism.NON_MONETARY)
    assert (grant.partner_places, grant.primary_sdg, grant.paid) == (("beeby",), "17", None)
    assert found.preferences[0].period == Period.year(2022)
    link = found.evidence[0]
    assert (link.subject_kind, link.subject) == (EvidenceSubject.ACTIVITY, "grant-1")
    assert link.stance is Stance.SUPPORTS
    assert found.bands == ((Bands("festival_visits", 1000, 2000.5), "Aftalt i styregruppen"),)
    answer = FollowUpAnswer("grant-1", 12, Persistence.CONTINUED, "Fortsat for egne midler")
    assert found.follow_ups == (answer,)
    assert (found.rows.read, found.rows.drafted) == (9, 9)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "row"),
    [
        ("observations_csv", "festival_visits,aaby", "festival_visits,seaby", "place_unknown", None),
        ("observations_csv", "festival_visits,aaby,list", "festival_visits,aaby,", "source_required", 1),
        ("observations_csv", "festival_visits,aaby", "festival,aaby", "indicator_unknown", None),
        ("observations_csv", "2021-12-31,year", "2020-12-31,year", "period_reversed", 1),
        ("observations_csv", "2021-12-31,year", "31.12.2021,year", "iso_date", 1),
        ("observations_csv", "1200", "1.200,5", "row_length", 1),
        ("observations_csv", "1200", "1_200", "plain_number", 1),
        ("observations_csv", "1200", "", "value_or_reason", 1),
        ("observations_csv", "estimate", "guess", "not_one_of", 2),
        ("observations_csv", "2022-01-01,2022-12-31", "2021-01-01,2021-12-31", "preference_unmatched", 1),
        ("observations_csv", "value,unit", "value,value", "column_repeated", None),
        ("observations_csv", ",note", ",remark", "column_unknown", None),
        ("observations_csv", "indicator,", "code,", "column_missing", None),
        ("populations_csv", "1000", "-1000", "population_value", 1),
        ("populations_csv", "day,list", "none,list", "period_without_precision", 1),
        ("activities_csv", "yes", "maybe", "yes_no_word", 1),
        ("activities_csv", "11.4;17,17", "11.4,17", "primary_sdg_not_listed", 1),
        ("activities_csv", "standards", "luck", "not_one_of", 1),
        ("activities_csv", ",DKK,", ",,", "currency_with_unit", 1),
        ("places_toml", 'slug = "beeby"', 'slug = "Bee By"', "slug_form", 2),
        ("places_toml", "latitude = 56.4", "latitude = 156.4", "coordinates", 1),
        ("places_toml", 'source = "list"', 'source = "lost"', "source_unknown", None),
        ("sources_toml", "https://", "www.", "web_address", 1),
        ("sources_toml", 'title = "Listen"', "", "field_required", 1),
        ("set_toml", "invented = true", "", "field_required", None),
        ("judgements_toml", "activity:grant-1", "activity:grant-2", "subject_unknown", None),
        ("judgements_toml", 'en = "Because"', 'en = ""', "two_languages", 1),
        ("judgements_toml", "supports", "proves", "not_one_of", 1),
        ("judgements_toml", "amber = 1000", "amber = 3000", "bands_order", None),
        ("judgements_toml", 'reason = "Aftalt i styregruppen"', "", "field_required", 1),
        ("follow_ups_csv", "grant-1", "grant-2", "subject_unknown", None),
        ("follow_ups_csv", ",12,", ",13,", "follow_up_months", 1),
        ("follow_ups_csv", "continued", "forever", "not_one_of", 1),
        ("follow_ups_csv", "Fortsat for egne midler", "", "field_required", 1),
    ],
)
def test_each_fault_is_placed_at_its_row(
    tmp_path: Path, catalogue: Catalogue, file: str, old: str, new: str, code: str, row: int | None
) -> None:
    problems = read(tmp_path, catalogue, **{file: (old, new)}).problems
    problem = next((p for p in problems if p.code == code and p.row == row), None)
    assert problem is not None, problems
    for language in LANGUAGES:
        assert "⟦" not in Translator(language)(f"problem.{code}", **problem.params)


def test_two_rows_may_not_differ_under_one_key(tmp_path: Path, catalogue: Catalogue) -> None:
    row = "festival_visits,aaby,list,2021-01-01,2021-12-31,year,1200"
    again = row.replace("1200", "1300") + ",visits,covid;derived,,\n"
    found = read(tmp_path, catalogue, observations_csv=(row, again + row))
    assert [p.code for p in found.problems] == ["key_twice"]
    same = row + ',visits,covid;derived,,"Æblefest, 2021"\n'
    (tmp_path / "again").mkdir()
    assert read(tmp_path / "again", catalogue, observations_csv=(row, same + row)).problems == ()


def test_a_missing_file_holds_nothing_and_a_broken_row_counts(tmp_path: Path, catalogue: Catalogue) -> None:
    read(tmp_path, catalogue, observations_csv=("1200,visits", "1200,5,visits"))
    for name in ("populations.csv", "activities.csv", "judgements.toml"):
        (tmp_path / name).unlink()
    found = read_folder(tmp_path, catalogue)
    account = found.rows.of("observations.csv")
    assert account is not None
    assert (account.read, account.drafted, account.unread) == (2, 1, 1)
    assert found.rows.of("activities.csv") is None
    assert not found.rows.complete


def test_the_columns_are_the_fields_of_the_records() -> None:
    fields = {field.name for field in dataclasses.fields(Draft)}
    assert fields - set(OBSERVATION_COLUMNS) == {"period", "based_on"}
    assert {"title_da", "amount_granted", "people_sent", "period_precision"} <= set(ACTIVITY_COLUMNS)


def test_the_demonstration_can_be_read(catalogue: Catalogue) -> None:
    found = read_folder(DATA / "demo", catalogue)
    assert found.invented
    assert errors_of(list(found.problems)) == []
    assert found.rows.complete
    assert {d.confidence for d in found.observations} <= {None, *Confidence}
