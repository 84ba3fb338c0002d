"""Promises of the candidacy: append-only versions with reasons, documents that only come to, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.domain.evidence import Document
from dashboard.domain.promise import Promise, PromiseState, check_promise, in_order
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError, PermissionDeniedError, StaleDraftError
from dashboard.i18n import Translator
from dashboard.intake.promise_form import read_promise, typed_promise
from dashboard.store.commands.promises import change_promise, define_promises
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.queries.promises import load_promise_versions, load_promises
from tests.conftest import Databases
from tests.sample import ANALYST, APPROVER
from tests.workflow.acting import act, revision

REPORT = Document("Rapporten", "https://viborg.dk/rapport")
ARCHIVE = Promise(
    "open-archive", Text("Filmene samles i et arkiv.", "The films are collected."), PromiseState.UNDER_WAY,
    owner="Kulturforvaltningen", due=date(2025, 6, 30), page="12", claim="media", source="municipality",
    indicators=("press_articles",),
)  # fmt: skip
SCHOOLS = Promise("schools", Text("Alle skoler er med."), PromiseState.PLANNED, source="municipality")


@pytest.fixture
def lite(databases: Databases) -> Iterator[Engine]:
    """The small city on SQLite alone, for rules that the database has no part in."""
    made = open_engine(databases.address("sqlite", "filled"))
    yield made
    databases.drop(made)


def stand(store: Engine, at: int | None = None) -> dict[str, Promise]:
    with reading(store) as connection:
        return {one.key: one for one in load_promises(connection, Scope(at))}


def test_a_promise_changes_by_versions_and_is_known_as_it_was(store: Engine) -> None:
    assert act(store, APPROVER, define_promises, [ARCHIVE, SCHOOLS]) == 2
    before = revision(store)
    assert act(store, APPROVER, define_promises, [ARCHIVE, SCHOOLS]) == 0, "the same again is nothing"
    assert revision(store) == before
    dropped = replace(
        ARCHIVE, state=PromiseState.DROPPED, reason="Rettighederne var for dyre.", indicators=()
    )
    assert act(store, APPROVER, change_promise, dropped, 1, "Byrådet besluttede det i går") == 1

    assert stand(store) == {"open-archive": dropped, "schools": SCHOOLS}
    assert stand(store, before)["open-archive"] == ARCHIVE
    with reading(store) as connection:
        versions = load_promise_versions(connection, Scope(), "open-archive")
    assert [(v.number, v.item.state, v.reason) for v in versions] == [
        (2, PromiseState.DROPPED, "Byrådet besluttede det i går"), (1, PromiseState.UNDER_WAY, ""),
    ]  # fmt: skip
    assert versions[0].actor == APPROVER.email


def test_documents_are_added_and_never_taken_away(store: Engine) -> None:
    act(store, APPROVER, define_promises, [replace(ARCHIVE, evidence=(REPORT,))])
    assert act(store, APPROVER, define_promises, [ARCHIVE]) == 0
    more = Document("Referatet", "https://viborg.dk/referat")
    assert act(store, APPROVER, define_promises, [replace(ARCHIVE, evidence=(more, REPORT))]) == 1
    assert stand(store)["open-archive"].evidence == (REPORT, more)
    with reading(store) as connection:
        assert len(load_promise_versions(connection, Scope(), "open-archive")) == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(ARCHIVE, state=PromiseState.DROPPED), "promise_dropped"),
        (replace(ARCHIVE, text=Text()), "promise_text"),
        (replace(ARCHIVE, key="Åbent arkiv"), "slug_form"),
        (replace(ARCHIVE, owner="x" * 255), "text_too_long"),
        (replace(ARCHIVE, indicators=("press_articles",) * 2), "listed_twice"),
        (replace(ARCHIVE, evidence=(Document("", ""),)), "document_title"),
        (replace(ARCHIVE, indicators=("nothing",)), "indicator_unknown"),
        (replace(ARCHIVE, source="nowhere"), "source_unknown"),
    ],
)
def test_what_is_wrong_is_refused_whole(lite: Engine, wrong: Promise, code: str) -> None:
    store = lite
    with pytest.raises(InvalidDraftsError) as refused:
        act(store, APPROVER, define_promises, [SCHOOLS, wrong])
    assert code in [problem.code for problem in refused.value.problems]
    assert stand(store) == {}


def test_changes_need_a_reason_the_newest_version_and_the_right(lite: Engine) -> None:
    store = lite
    act(store, APPROVER, define_promises, [ARCHIVE])
    kept = replace(ARCHIVE, state=PromiseState.KEPT)
    with pytest.raises(InvalidDraftsError):
        act(store, APPROVER, change_promise, kept, 1, "  ")
    with pytest.raises(InvalidDraftsError):  # a new one under a key that is taken
        act(store, APPROVER, change_promise, kept, 0, "Ny")
    with pytest.raises(PermissionDeniedError):
        act(store, ANALYST, change_promise, kept, 1, "Holdt")
    act(store, APPROVER, change_promise, kept, 1, "Holdt")
    with pytest.raises(StaleDraftError):
        act(store, APPROVER, change_promise, ARCHIVE, 1, "Ikke alligevel")
    assert stand(store)["open-archive"] == kept


def test_only_what_is_owed_can_be_overdue_and_stands_first() -> None:
    today = date(2025, 7, 10)
    assert ARCHIVE.days_overdue(today) == 10
    assert ARCHIVE.days_overdue(date(2025, 6, 30)) == 0
    assert replace(ARCHIVE, state=PromiseState.KEPT).days_overdue(today) == 0
    assert SCHOOLS.days_overdue(today) == 0
    settled = replace(ARCHIVE, key="a-settled", state=PromiseState.PARTLY_KEPT)
    assert [one.key for one in in_order([settled, SCHOOLS, ARCHIVE], today)] == [
        "open-archive", "schools", "a-settled",
    ]  # fmt: skip
    assert check_promise(ARCHIVE) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_read_of_a_promises_texts_is_the_promise(language: str) -> None:
    t = Translator(language)
    for one in (ARCHIVE, replace(SCHOOLS, evidence=(REPORT,), due=date(2027, 3, 1))):
        read = read_promise(typed_promise(one, t), t, lambda key: False, one)
        assert (read.item, read.problems) == (one, ())


def test_a_new_promise_is_named_by_its_words_and_says_what_lacks() -> None:
    t = Translator("da")
    typed = typed_promise(SCHOOLS, t) | {"state": "dropped", "evidence_title": "Referat", "source": ""}
    read = read_promise(typed, t, {"alle-skoler-er-med"}.__contains__)
    assert read.item.key == "alle-skoler-er-med-2"
    assert {(p.code, p.field) for p in read.problems} == {
        ("field_blank", "source"), ("promise_dropped", "explanation"), ("document_empty", "evidence_address"),
    }  # fmt: skip
