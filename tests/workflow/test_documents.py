"""Documents of a value: attached with it, once each, seen by those who may see the value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.evidence import (
    Document,
    EvidenceLink,
    EvidenceSubject,
    Stance,
    check_document,
    check_evidence,
)
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError, InvalidDraftsError, PermissionDeniedError
from dashboard.store.commands import approve, attach_documents, register
from dashboard.store.commands.evidence import attach_to_activity
from dashboard.store.engine import reading
from dashboard.store.queries import (
    Pile,
    Scope,
    current_revision,
    load_documents,
    load_evidence,
    load_pile,
    load_value_history,
)
from dashboard.store.queries.evidence import load_activity_documents
from dashboard.store.queries.history import broken_link
from dashboard.store.queries.integrity import unknown_subjects
from dashboard.store.queries.late_documents import load_late_documents
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, write

PAGE = Document("Omtale i Politiken", "https://politiken.dk/1", "https://web.archive.org/politiken.dk/1")
FILE = Document(
    "Referat", content_digest="a" * 64, file_name="referat.pdf", mime="application/pdf", size=12_345
)
COPIED = replace(PAGE, title="Folkebladet", archived_address="", content_digest="b" * 64, file_name="f.pdf",
                 mime="application/pdf", size=9)  # fmt: skip

GRANT = Activity("grant-2025-light", ActivityKind.GRANT, "viborg", Text("Lys", "Light"), Period.year(2025))


def test_several_documents_a_value_once_each(store: Engine) -> None:
    [value] = write(store, articles(12), state=SUBMITTED)
    assert act(store, ANALYST, attach_documents, value, [PAGE, FILE, COPIED, PAGE]) == 3
    assert act(store, ANALYST, attach_documents, value, [FILE]) == 0
    with reading(store) as connection:
        found = load_documents(connection, ANALYST, value)
        assert [one.document for one in found] == [PAGE, FILE, COPIED]
        assert {one.actor for one in found} == {ANALYST.email}
        assert list(load_pile(connection, ANALYST, Pile.SUBMITTED).rows["evidence"]) == [3]
        assert load_evidence(connection, Scope()) == (), "they are asked for with the value"
        assert unknown_subjects(connection) == ()
        assert broken_link(connection) is None


def test_readers_see_the_documents_of_what_is_public_only(store: Engine) -> None:
    [first] = write(store, articles(12), state=APPROVED)
    act(store, APPROVER, attach_documents, first, [PAGE])
    [second] = write(store, articles(15), state=SUBMITTED, reason="talt om")
    act(store, ANALYST, attach_documents, second, [FILE])
    [hidden] = write(store, articles(3, source="newspaper"), state=SUBMITTED)
    with reading(store) as connection:
        assert [one.document for one in load_documents(connection, READER, first)] == [PAGE]
        assert [one.document for one in load_documents(connection, ANALYST, first)] == [PAGE, FILE]
        for value in (second, hidden):
            with pytest.raises(InvalidChoiceError):
                load_documents(connection, READER, value)
    act(store, APPROVER, approve, [second])
    with reading(store) as connection:
        assert [one.document for one in load_documents(connection, READER, second)] == [PAGE, FILE]


def test_who_may_attach_and_to_what(store: Engine) -> None:
    [value] = write(store, articles(12))
    with pytest.raises(PermissionDeniedError):
        act(store, READER, attach_documents, value, [PAGE])
    with pytest.raises(InvalidChoiceError):
        act(store, ANALYST, attach_documents, value + 1, [PAGE])
    with pytest.raises(InvalidDraftsError) as caught:
        act(store, ANALYST, attach_documents, value, [PAGE, replace(PAGE, address="politiken", title="")])
    assert [(p.code, p.row) for p in caught.value.problems] == [("document_title", 2), ("web_address", 2)]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("Kun en titel"), "document_empty"),
        (replace(FILE, archived_address="https://arkiv.dk/1"), "document_without_page"),
        (replace(FILE, content_digest="../../etc/passwd"), "document_file"),
        (replace(FILE, file_name=""), "document_file"),
        (replace(FILE, size=None), "document_file"),
        (replace(PAGE, address="javascript:alert(1)"), "web_address"),
        (replace(PAGE, title="a\x00b"), "text_unprintable"),
    ],
)  # fmt: skip
def test_what_a_document_must_be(document: Document, code: str) -> None:
    assert code in [problem.code for problem in check_document(document)]


def test_a_file_of_data_cannot_name_a_value_by_its_number() -> None:
    link = EvidenceLink("a", EvidenceSubject.OBSERVATION, "12", Stance.SUPPORTS, "Et brev")
    assert [problem.code for problem in check_evidence(link)] == ["subject_form"]


def test_a_record_of_the_register_has_documents_that_its_readers_see(store: Engine) -> None:
    hidden = replace(GRANT, key="grant-2025-draft")
    with unit_of_work(store, APPROVER, "test") as work:
        register(work, [GRANT], state=APPROVED)
        register(work, [hidden])
    assert act(store, ANALYST, attach_to_activity, GRANT.key, [PAGE, FILE, PAGE]) == 2
    assert act(store, APPROVER, attach_to_activity, GRANT.key, [FILE]) == 0
    assert act(store, APPROVER, attach_to_activity, GRANT.key, [COPIED], Stance.CONTRADICTS) == 1
    assert act(store, ANALYST, attach_to_activity, hidden.key, [PAGE]) == 1
    with reading(store) as connection:
        found = load_activity_documents(connection, READER, Scope(), GRANT.key)
        assert [(one.document, one.stance, one.actor) for one in found] == [
            (PAGE, Stance.SUPPORTS, ANALYST.email), (FILE, Stance.SUPPORTS, ANALYST.email),
            (COPIED, Stance.CONTRADICTS, APPROVER.email),
        ]  # fmt: skip
        assert all(one.recorded_at and one.late for one in found), "nobody has approved the record since"
        assert len(load_activity_documents(connection, ANALYST, Scope(), hidden.key)) == 1
        with pytest.raises(InvalidChoiceError):
            load_activity_documents(connection, READER, Scope(), hidden.key)
        before = current_revision(connection) - 2
        assert len(load_activity_documents(connection, READER, Scope(before), GRANT.key)) == 2
        assert unknown_subjects(connection) == ()
        assert broken_link(connection) is None
    with unit_of_work(store, APPROVER, "test") as work:
        register(work, [replace(GRANT, organisation="Lysfonden")], state=APPROVED)
    with reading(store) as connection:
        again = load_activity_documents(connection, READER, Scope(), GRANT.key)
        assert [one.document for one in again] == [PAGE, FILE, COPIED]
        assert not any(one.late for one in again)
    with pytest.raises(PermissionDeniedError):
        act(store, READER, attach_to_activity, GRANT.key, [PAGE])
    with pytest.raises(InvalidChoiceError):
        act(store, ANALYST, attach_to_activity, "grant-1066-none", [PAGE])
    with pytest.raises(InvalidDraftsError):
        act(store, ANALYST, attach_to_activity, GRANT.key, [replace(FILE, size=None)])


def test_what_is_attached_after_the_approval_is_told_to_those_who_approve(store: Engine) -> None:
    [value] = write(store, articles(12), state=SUBMITTED)
    act(store, ANALYST, attach_documents, value, [PAGE])
    act(store, APPROVER, approve, [value])
    with reading(store) as connection:
        assert load_late_documents(connection, APPROVER) == ()
    act(store, ANALYST, attach_documents, value, [FILE])
    [score] = write(store, articles(2, indicator="partner_satisfaction", unit="points"), state=APPROVED)
    act(store, ANALYST, attach_documents, score, [FILE])
    media = Actor("m@example.org", "M", frozenset(), claim_roles=frozenset({(Role.APPROVER, "media")}))
    with reading(store) as connection:
        found = load_late_documents(connection, APPROVER)
        assert [(one.title, one.observation, one.actor) for one in found] == [
            ("Referat", score, ANALYST.email), ("Referat", value, ANALYST.email),
        ]  # fmt: skip
        assert [one.observation for one in load_late_documents(connection, media)] == [value]
        with pytest.raises(PermissionDeniedError):
            load_late_documents(connection, ANALYST)
        (version,) = load_value_history(connection, READER, value)
    assert [(one.title, one.late) for one in version.documents] == [
        ("Omtale i Politiken", False), ("Referat", True),
    ]  # fmt: skip
