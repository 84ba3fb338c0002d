"""The file of computed indicators: what is shipped, and everything that can be wrong with one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.checking import check_measures
from dashboard.domain.catalogue import Catalogue
from dashboard.i18n import Translator
from dashboard.intake.catalogue import read_catalogue
from dashboard.intake.formulas import FILE, Measures, read_measures
from dashboard.setting_up import CATALOGUE

ENTRY = """
[[formula]]
code = "money_per_visit"
name = { da = "a", en = "a" }
definition = { da = "a", en = "a" }
limitations = { da = "a", en = "a" }
formula = "festival_spend / festival_visits"
kind = "money"
unit = "currency"
decimals = 1
direction = "no_judgement"
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


def read(text: str, folder: Path, catalogue: Catalogue) -> Measures:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_measures(folder, catalogue)


def test_the_shipped_file_has_no_problem_and_words_for_its_units(catalogue: Catalogue) -> None:
    found = read_measures(CATALOGUE, catalogue)
    assert found.problems == ()
    assert "funding_received_per_cost" in found.computed
    assert found.festival_days == "festival_days"
    assert "festival_visits" in found.of_festival
    for made in found.computed.values():
        for language in ("da", "en"):
            assert Translator(language).has(f"unit.{made.indicator.unit}.other")


def test_a_computed_indicator_is_no_better_than_its_inputs(catalogue: Catalogue, tmp_path: Path) -> None:
    spend = catalogue.indicator("festival_spend")
    assert spend is not None
    made = read(ENTRY, tmp_path, catalogue).computed["money_per_visit"]
    assert made.formula.codes == ("festival_spend", "festival_visits")
    assert made.indicator.claims == spend.claims
    assert not made.indicator.contested
    disputed = read(ENTRY.replace("festival_visits", "media_value_claimed"), tmp_path, catalogue)
    assert disputed.computed["money_per_visit"].indicator.contested
    assert disputed.computed["money_per_visit"].indicator.caveat.complete


def test_without_a_file_there_is_nothing_to_compute(catalogue: Catalogue, tmp_path: Path) -> None:
    assert read_measures(tmp_path, catalogue) == Measures({})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"money_per_visit"', '"festival_visits"', "code_twice"),
        ('"money_per_visit"', '"Money"', "code_form"),
        ("festival_spend /", "festival_spend //", "formula_form"),
        ("festival_spend /", "nothing_known /", "formula_unknown"),
        ('kind = "money"', 'kind = "narrative"', "not_one_of"),
        ('unit = "currency"', 'unit = "visits"', "money_without_currency"),
        ("decimals = 1", "decimals = 9", "decimals_range"),
        ('name = { da = "a", en = "a" }', 'name = { da = "a" }', "translation_missing"),
        ("decimals = 1", "decimals = 1\nspelling = 2", "field_unknown"),
        ("\n[[formula]]", "\n[per_festival_day]\ndays = 'none'\n[[formula]]", "formula_unknown"),
        ("\n[[formula]]", "\nper_festival_day = 3\n[[formula]]", "table_expected"),
        ("kind", "= kind", "toml_unreadable"),
    ],
)
def test_what_is_wrong_is_told_in_words_and_left_out(
    old: str, new: str, code: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    found = read(ENTRY.replace(old, new), tmp_path, catalogue)
    assert code in {problem.code for problem in found.problems}
    assert (found.computed == {}) == ("festival_day" not in new)
    for problem in found.problems:
        words = Translator("da")(f"problem.{problem.code}", **{"field": problem.field, **problem.params})
        assert "{" not in words
        assert "⟦" not in words


def test_one_code_is_defined_once(catalogue: Catalogue, tmp_path: Path) -> None:
    found = read(ENTRY + ENTRY, tmp_path, catalogue)
    assert [p.code for p in found.problems] == ["code_twice"]
    assert list(found.computed) == ["money_per_visit"]


def test_the_check_names_the_file_s_faults(tmp_path: Path) -> None:
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    assert check_measures(tmp_path / "catalogue") == ()
    (tmp_path / "catalogue" / FILE).write_text(ENTRY.replace("festival_spend", "festival"), encoding="utf-8")
    assert [finding.key for finding in check_measures(tmp_path / "catalogue")] == ["problem.formula_unknown"]
