"""`check`: clean where all is well, and each thing wrong is found and put into words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from dashboard.checking import Finding, check_all, check_catalogue, check_store, check_words
from dashboard.domain.catalogue import Catalogue, Source
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator, words
from dashboard.intake.catalogue import read_catalogue
from dashboard.setting_up import CATALOGUE
from dashboard.store.commands import define_sources
from dashboard.store.engine import open_engine, reading
from dashboard.store.work import unit_of_work
from tests.command_line.conftest import Terminal


def keys(found: tuple[Finding, ...]) -> list[str]:
    return [finding.key.removeprefix("check.") for finding in found]


def store_findings(store: Engine) -> list[str]:
    with reading(store) as connection:
        return keys(check_store(connection))


@pytest.mark.parametrize("options", [(), ("--demonstration",)], ids=["real", "demonstration"])
def test_what_init_makes_is_clean(filled: Terminal, options: tuple[str, ...]) -> None:
    result = filled("check", *options)
    assert (result.status, result.error) == (0, ""), result.out
    assert result.out == "Alt er i orden: katalog, database og tekster.\n"


def test_what_is_wrong_is_listed_and_the_status_is_1(filled_sqlite: Terminal) -> None:
    with unit_of_work(open_engine(filled_sqlite.real), LOCAL_ACTOR, "test") as work:
        define_sources(work, [Source("unused", "Ubrugt")])
    result = filled_sqlite("check")
    assert (result.status, result.error) == (1, "")
    assert result.out == "Database: Kilden unused bruges ikke af noget.\n1 fejl fundet.\n"


def test_a_store_that_is_not_there_yet_is_told(terminal_sqlite: Terminal) -> None:
    result = terminal_sqlite("check")
    assert (result.status, result.out) == (1, "")
    assert result.error == "Databasen er ikke oprettet endnu. Kør »python -m dashboard init« først.\n"


# -- the store -------------------------------------------------------------------------------------


def unguarded(store: Engine, *statements: str) -> None:
    """Changes behind the program's back, as somebody with the database's password could make them."""
    with store.connect() as connection:
        if store.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.execute(text("COMMIT"))
            connection.execute(text("PRAGMA foreign_keys = off"))
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in names.scalars().all():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
            connection.execute(text("BEGIN"))
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def test_a_sound_store_has_no_findings_but_its_unused_source(store: Engine) -> None:
    assert set(store_findings(store)) <= {"source_orphan"}


def test_a_broken_audit_chain_is_found(store: Engine) -> None:
    unguarded(store, "UPDATE change SET command = 'nothing'")
    assert "audit_chain_broken" in store_findings(store)


def test_a_dangling_reference_is_found(store: Engine) -> None:
    unguarded(store, "DELETE FROM claim")
    assert "reference_dangling" in store_findings(store)


def test_an_observation_without_a_source_is_found(filled_sqlite: Terminal) -> None:
    unguarded(open_engine(filled_sqlite.real), "DELETE FROM source")
    found = store_findings(open_engine(filled_sqlite.real))
    assert "observations_unsourced" in found
    assert "reference_dangling" in found


def test_a_home_city_without_a_place_is_found(store: Engine) -> None:
    unguarded(store, "UPDATE store_profile SET home_place = 'nowhere'")
    assert "home_place_unknown" in store_findings(store)


# -- the catalogue ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def codes(catalogue: Catalogue) -> set[str]:
    return {code for indicator in catalogue.indicators for code in indicator.culture2030}


def test_the_starter_catalogue_is_clean(catalogue: Catalogue, codes: set[str]) -> None:
    assert check_catalogue(catalogue, codes) == ()


def test_a_claim_with_two_indicators_is_found(catalogue: Catalogue, codes: set[str]) -> None:
    serving = catalogue.of_claim("media")
    few = tuple(i for i in catalogue.indicators if i not in serving) + tuple(serving[:2])
    found = check_catalogue(replace(catalogue, indicators=few), codes)
    assert keys(found) == ["claim_uncovered"]
    assert found[0].params["count"] == 2


def test_a_retired_indicator_does_not_count(catalogue: Catalogue, codes: set[str]) -> None:
    retired = tuple(replace(i, retired="media" in i.claims) for i in catalogue.indicators)
    assert "claim_uncovered" in keys(check_catalogue(replace(catalogue, indicators=retired), codes))


def test_an_unknown_culture_code_is_found(catalogue: Catalogue, codes: set[str]) -> None:
    first = replace(catalogue.indicators[0], culture2030=("C2030-99",))
    changed = replace(catalogue, indicators=(first, *catalogue.indicators[1:]))
    assert keys(check_catalogue(changed, codes)) == ["culture2030_unknown"]


def test_a_missing_translation_is_found(catalogue: Catalogue, codes: set[str]) -> None:
    first = replace(catalogue.indicators[0], definition=Text("Kun dansk", ""))
    found = check_catalogue(replace(catalogue, indicators=(first, *catalogue.indicators[1:])), codes)
    assert [finding.key for finding in found] == ["problem.translation_missing"]


def test_an_impossible_rollup_is_found(catalogue: Catalogue, codes: set[str]) -> None:
    first = next(i for i in catalogue.indicators if i.rollup)
    assert first.rollup is not None
    broken = replace(first, rollup=replace(first.rollup, activity_kinds=("juggling",)))
    changed = tuple(broken if i is first else i for i in catalogue.indicators)
    found = check_catalogue(replace(catalogue, indicators=changed), codes)
    assert [finding.key for finding in found] == ["problem.not_one_of"]


# -- the words -------------------------------------------------------------------------------------


def test_a_missing_word_and_a_differing_placeholder_are_found() -> None:
    da = {"a": "Tal {count}", "b": "Ord", "c.one": "en", "c.other": "flere"}
    en = {"a": "Figure {number}", "c.other": "many"}
    found = [f for f in check_words({"da": da, "en": en}) if not str(f.params["key"]).startswith("error.")]
    assert [(f.key, f.params["key"]) for f in found] == [
        ("check.placeholders_differ", "a"),
        ("check.word_missing", "b"),
    ]


def test_a_unit_without_words_is_found() -> None:
    real = {language: words(language) for language in LANGUAGES}
    assert check_words(real) == ()
    found = check_words(real, {"parsecs"})
    assert {f.params["key"] for f in found} == {"unit.parsecs"}
    assert len(found) == 2


def test_every_finding_has_words(store: Engine) -> None:
    unguarded(store, "DELETE FROM claim", "UPDATE change SET command = 'nothing'",
              "UPDATE store_profile SET home_place = 'nowhere'")  # fmt: skip
    with reading(store) as connection:
        found = check_all(connection)
    assert len(found) >= 3
    for language in LANGUAGES:
        t = Translator(language)
        for finding in found:
            sentence = t(f"check.area.{finding.area}") + t(finding.key, **finding.params)
            assert "⟦" not in sentence
            assert "{" not in sentence
