from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.config import DATA
from dashboard.domain.catalogue import Catalogue
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.catalogue import read_catalogue, write_catalogue

FOLDER = DATA / "catalogue"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FOLDER)


def written(catalogue: Catalogue, folder: Path) -> Path:
    for name, text in write_catalogue(catalogue).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_starter_catalogue_is_complete(catalogue: Catalogue) -> None:
    assert catalogue.problems == ()
    assert [claim.number for claim in catalogue.claims] == list(range(1, 10))
    assert all(len(catalogue.of_claim(claim.id)) >= 3 for claim in catalogue.claims)


def test_what_is_written_is_read_back_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    again = read_catalogue(written(catalogue, tmp_path))
    assert again == catalogue
    assert write_catalogue(again) == write_catalogue(catalogue)


def test_a_retired_indicator_stays_retired(catalogue: Catalogue, tmp_path: Path) -> None:
    first, *others = catalogue.indicators
    old = replace(first, valid_from=date(2019, 10, 30), valid_to=date(2025, 12, 31), retired=True)
    there = replace(catalogue, indicators=(old, *others))
    assert read_catalogue(written(there, tmp_path)) == there


def test_writing_names_the_files_as_the_starter_catalogue_does(catalogue: Catalogue) -> None:
    names = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.toml")}
    assert set(write_catalogue(catalogue)) == names - {"formulas.toml"}  # no part of the store's catalogue


CLAIM = """
[[claim]]
id = "media"
number = 1
name = { da = "Omtale", en = "Media" }
quotation = { da = "Øget synlighed", en = "More visibility" }
shown_by = { da = "Flere artikler", en = "More articles" }
counter = { da = "Færre artikler", en = "Fewer articles" }
"""
INDICATOR = """
[[indicator]]
code = "articles"
claims = ["media"]
name = { da = "Artikler", en = "Articles" }
definition = { da = "Antal artikler", en = "Number of articles" }
rationale = { da = "Viser omtale", en = "Shows coverage" }
method = { da = "Tælles", en = "Counted" }
limitations = { da = "Siger intet om tone", en = "Says nothing of tone" }
kind = "number"
unit = "articles"
decimals = 0
direction = "higher_is_better"
accumulation = "per_period"
time_aggregation = "sum"
frequency = "annual"
result_level = "output"
proxy = false
contested = false
comparable_over_time = true
comparable_between_places = false
population_basis = "host"
sdg_targets = ["8.9"]
culture2030 = []
owner = { da = "Kommunikation", en = "Communications" }
next_due = 2027-03-01
[indicator.rollup]
activity_kinds = ["article"]
measure = "count"
where = { paid = false }
"""


def small(folder: Path, indicator: str = INDICATOR, claim: str = CLAIM) -> Catalogue:
    (folder / "indicators").mkdir(parents=True)
    (folder / "claims.toml").write_text(claim, encoding="utf-8")
    (folder / "indicators" / "01-media.toml").write_text(indicator, encoding="utf-8")
    return read_catalogue(folder)


def test_a_small_catalogue_is_read_without_problems(tmp_path: Path) -> None:
    catalogue = small(tmp_path)
    assert catalogue.problems == ()
    rollup = catalogue.indicators[0].rollup
    assert rollup is not None
    assert rollup.where == (("paid", False),)


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('unit = "articles"', 'unit = "articles"\ncolour = "red"', "field_unknown", "colour"),
        ('kind = "number"', 'kind = "amount"', "not_one_of", "kind"),
        ('kind = "number"\n', "", "field_required", "kind"),
        ("proxy = false", 'proxy = "perhaps"', "yes_no_word", "proxy"),
        ("proxy = false\n", "", "field_required", "proxy"),
        ("decimals = 0", "decimals = 0.5", "whole_number", "decimals"),
        ("decimals = 0", "decimals = 9", "decimals_range", "decimals"),
        ('da = "Artikler", en = "Articles"', 'da = "Artikler"', "translation_missing", "name"),
        ('name = { da = "Artikler", en = "Articles" }', 'name = "Artikler"', "two_languages", "name"),
        ('claims = ["media"]', 'claims = ["press"]', "claim_unknown", "claims"),
        ('claims = ["media"]', "claims = []", "claim_required", "claims"),
        ('code = "articles"', 'code = "Artikler"', "code_form", "code"),
        ("contested = false", "contested = true", "contested_without_caveat", "caveat"),
        ('kind = "number"', 'kind = "money"', "money_without_currency", "unit"),
        ('kind = "number"', 'kind = "score"', "score_without_scale", "scale"),
        ('["8.9"]', '["18.1"]', "sdg_target_form", "sdg_targets"),
        ("2027-03-01", '"foråret 2027"', "iso_date", "next_due"),
        ('["article"]', '["clipping"]', "not_one_of", "activity_kinds"),
        ('measure = "count"', 'measure = "sum"', "rollup_field", "field"),
        ('measure = "count"', 'measure = "sum"\nfield = "applause"', "rollup_field", "field"),
        ('measure = "count"', 'measure = "distinct"\nfield = "reach"', "rollup_field", "field"),
        ("{ paid = false }", "{ colour = true }", "rollup_filter", "where"),
        ("{ paid = false }", '{ paid = "no" }', "rollup_filter_value", "where"),
        ('measure = "count"\nwhere = { paid = false }', 'measure = "share"', "rollup_share_of_what", "where"),
        ("decimals = 0", "decimals = 0\nminimum = 2\nmaximum = 1", "bounds_reversed", "minimum"),
        ("decimals = 0", "decimals = 0\nretired = 1", "yes_no_word", "retired"),
        (
            "decimals = 0", "decimals = 0\nvalid_from = 2026-01-01\nvalid_to = 2025-12-31",
            "validity_reversed", "valid_to",
        ),
        (INDICATOR, INDICATOR * 2, "code_twice", "code"),
        ("[[indicator]]", "[[indikator]]", "field_unknown", "indikator"),
        ('unit = "articles"', "unit = articles", "toml_unreadable", ""),
    ],
)  # fmt: skip
def test_each_fault_is_a_value_placed_at_its_entry(
    tmp_path: Path, old: str, new: str, code: str, field: str
) -> None:
    assert old in INDICATOR
    problems = small(tmp_path, INDICATOR.replace(old, new, 1)).problems
    problem = next((p for p in problems if (p.code, p.field) == (code, field)), None)
    assert problem is not None, problems
    assert problem.params["file"] == "indicators/01-media.toml"
    for language in LANGUAGES:
        assert "⟦" not in Translator(language)(f"problem.{code}", **problem.params)


def test_one_fault_does_not_hide_another(tmp_path: Path) -> None:
    text = INDICATOR.replace('kind = "number"', 'kind = "amount"').replace('en = "Counted"', 'en = ""')
    codes = {p.code for p in small(tmp_path, text).problems}
    assert codes == {"not_one_of", "translation_missing"}


def test_claims_are_checked_too(tmp_path: Path) -> None:
    catalogue = small(tmp_path, claim=CLAIM + CLAIM.replace('en = "Media"', 'en = ""'))
    assert {p.code for p in catalogue.problems} == {"code_twice", "claim_number", "translation_missing"}


def test_a_folder_without_a_catalogue_is_told(tmp_path: Path) -> None:
    problems = read_catalogue(tmp_path).problems
    assert {(p.code, p.params["file"]) for p in problems} == {
        ("file_missing", "claims.toml"),
        ("file_missing", "indicators/*.toml"),
    }


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "c")
    (tmp_path / "c" / "claims.toml").write_bytes(CLAIM.encode("latin-1"))
    assert "file_not_utf8" in {p.code for p in read_catalogue(tmp_path / "c").problems}
