"""What is wrong with the catalogue, the store and the words, found without changing anything."""

from __future__ import annotations

import dataclasses
import string
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import errors
from dashboard.config import DATA
from dashboard.domain.catalogue import Catalogue
from dashboard.i18n import LANGUAGES, Translator, words
from dashboard.intake.catalogue import read_catalogue, write_catalogue
from dashboard.intake.formulas import read_measures
from dashboard.store import queries
from dashboard.store.lifecycle import profile
from dashboard.store.queries import Scope
from dashboard.store.queries.history import broken_link
from dashboard.store.queries.integrity import (
    dangling_references,
    empty_preferences,
    orphan_sources,
    unknown_subjects,
    unsourced_observations,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

FEWEST_INDICATORS = 3
"""Each claim is covered by at least as many indicators (the starter catalogue's rule)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong; its sentence is ``t(key, **params)`` and `area` a key under ``check.area``."""

    area: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


def check_all(connection: Connection) -> tuple[Finding, ...]:
    """Every finding of the three areas. Raises `StoreMissingError` where there is no store.

    Where references dangle the rest of the store cannot be read, and only that is told.
    """
    store = check_store(connection)
    if any(finding.key == "check.reference_dangling" for finding in store):
        return store
    catalogue = queries.load_catalogue(connection, Scope())
    codes = {code.code for code in queries.load_vocabulary(connection, Scope(), "culture2030")}
    units = {i.unit for i in catalogue.indicators} | set(
        queries.load_series(connection, Scope(submitted=True))["unit"]
    )
    return (
        *check_catalogue(catalogue, codes),
        *check_measures(DATA / "catalogue"),
        *store,
        *check_words({language: words(language) for language in LANGUAGES}, units - {""}),
    )


def check_catalogue(catalogue: Catalogue, culture2030: Iterable[str]) -> tuple[Finding, ...]:
    """Coverage of the claims, codes of the outside vocabulary, and every rule of the catalogue's files.

    The catalogue is written as the TOML files it came from and read again, so that what the application
    holds keeps the same rules as what is typed by hand: translations, rollups, bounds, codes.
    """
    found = []
    kept = tuple(indicator for indicator in catalogue.indicators if not indicator.retired)
    active = dataclasses.replace(catalogue, indicators=kept)
    for claim in active.claims:
        covered = len(active.of_claim(claim.id))
        if covered < FEWEST_INDICATORS:
            params = {"claim": claim.name, "count": covered, "needed": FEWEST_INDICATORS}
            found.append(Finding("catalogue", "check.claim_uncovered", params))
    known = set(culture2030)
    for indicator in active.indicators:
        for code in indicator.culture2030:
            if code not in known:
                params = {"indicator": indicator.code, "code": code}
                found.append(Finding("catalogue", "check.culture2030_unknown", params))
    with tempfile.TemporaryDirectory() as folder:
        for name, text in write_catalogue(active).items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        problems = read_catalogue(Path(folder)).problems
    found += [
        Finding("catalogue", f"problem.{problem.code}", {"field": problem.field, **problem.params})
        for problem in problems
    ]
    return tuple(found)


def check_measures(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the computed indicators of a folder, by the catalogue that stands beside them."""
    problems = read_measures(folder, read_catalogue(folder)).problems
    return tuple(
        Finding("catalogue", f"problem.{problem.code}", {"field": problem.field, **problem.params})
        for problem in problems
    )


def check_store(connection: Connection) -> tuple[Finding, ...]:
    """The integrity of the store: profile, audit chain, references, sources, preferences, evidence."""
    found = []

    def add(key: str, /, **params: object) -> None:
        found.append(Finding("store", f"check.{key}", params))

    home = profile(connection).home_place
    if home not in queries.load_places(connection, Scope(), [home]):
        add("home_place_unknown", place=home)
    if (revision := broken_link(connection)) is not None:
        add("audit_chain_broken", revision=str(revision))
    for dangling in dangling_references(connection):
        add("reference_dangling", count=dangling.rows, table=dangling.table, column=dangling.column)
    if unsourced := unsourced_observations(connection):
        add("observations_unsourced", count=unsourced)
    for key in orphan_sources(connection):
        add("source_orphan", key=key)
    for observation in empty_preferences(connection):
        add("preference_empty", observation=str(observation))
    for subject in unknown_subjects(connection):
        add("subject_unknown", subject=subject)
    return tuple(found)


def check_words(languages: Mapping[str, Mapping[str, str]], units: Iterable[str] = ()) -> tuple[Finding, ...]:
    """The locale files: the same keys with the same placeholders, and words for each unit and error."""
    found = []

    def add(key: str, /, **params: object) -> None:
        found.append(Finding("words", f"check.{key}", params))

    every = sorted({key for known in languages.values() for key in known})
    for key in every:
        missing = [language for language, known in languages.items() if key not in known]
        for language in missing:
            if not (_plural(key) and f"{_stem(key)}.other" in languages[language]):
                add("word_missing", key=key, language=Translator.language_name(language))
        patterns = {frozenset(placeholders(known[key])) for known in languages.values() if key in known}
        if len(patterns) > 1 and not _plural(key):
            add("placeholders_differ", key=key)
    needed = {f"unit.{unit}" for unit in units} | {error.default_key for error in _errors()}
    for language, known in languages.items():
        for key in sorted(needed):
            if key not in known and f"{key}.other" not in known:
                add("word_missing", key=key, language=Translator.language_name(language))
    return tuple(found)


def placeholders(pattern: str) -> set[str]:
    """The names in braces of a translated sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def _errors() -> list[type[errors.DashboardError]]:
    def below(kind: type[errors.DashboardError]) -> list[type[errors.DashboardError]]:
        return [kind, *(child for one in kind.__subclasses__() for child in below(one))]

    return below(errors.DashboardError)


def _plural(key: str) -> bool:
    return key.rpartition(".")[2] in ("one", "other")


def _stem(key: str) -> str:
    return key.rpartition(".")[0]
