"""What speaks for and against a claim, and which of several published values is preferred."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.catalogue import CODE, SLUG
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text, check_texts

WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+\Z")
CONTENT_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
FILE_LIMITS = {"file_name": 255, "mime": 100}


class EvidenceSubject(StrEnum):
    """What a piece of evidence can be attached to. A value is named by the number of its row, which only
    the store knows: `Document`s are attached to it, and files of data cannot."""

    CLAIM = "claim"
    INDICATOR = "indicator"
    ACTIVITY = "activity"
    OBSERVATION = "observation"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Preference:
    """The choice of one published value where sources disagree, with its reason (F29).

    It names the observation by what an author can read in the file; together these must fit exactly
    one. The other values stay, and stay visible.
    """

    indicator: str
    place: str
    period: Period
    source: str
    value: float
    reason: Text


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A page or document that bears on a claim, an indicator or an activity (F52).

    `subject` is the id, code or key of what it is about; `address` may be empty where the source is
    known by name only, never `title`.
    """

    key: str
    subject_kind: EvidenceSubject
    subject: str
    stance: Stance
    title: str
    address: str = ""
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class Document:
    """A page, a file, or a page with a copy of it, that a value stands on (F52, F58).

    `content_digest` is the SHA-256 of the file's bytes, 64 hexadecimal digits, under which they are kept;
    `size` is in bytes. `archived_address` is where a copy of the page lies that will not vanish.
    """

    title: str
    address: str = ""
    archived_address: str = ""
    content_digest: str = ""
    file_name: str = ""
    mime: str = ""
    size: int | None = None

    @property
    def key(self) -> str:
        """The same for the same document, so that it is stored once however often it is attached."""
        said = "\x1f".join(
            (self.title, self.address, self.archived_address, self.content_digest, self.file_name)
        )
        return f"document-{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"

    @property
    def archived(self) -> bool:
        """Whether it can still be read when the page is gone."""
        return bool(self.archived_address or self.content_digest)


def check_document(document: Document) -> list[Problem]:
    """Problems of a document: a title, web addresses, something to look at, a file named whole."""
    problems = []
    if not document.title.strip():
        problems.append(Problem("document_title", "title"))
    for name in ("address", "archived_address"):
        given = getattr(document, name)
        if given and not WEB_ADDRESS.match(given):
            problems.append(Problem("web_address", name, params={"given": given}))
    if not document.address and not document.content_digest:
        problems.append(Problem("document_empty", "address"))
    if document.archived_address and not document.address:
        problems.append(Problem("document_without_page", "address"))
    filed = (bool(document.content_digest), bool(document.file_name), document.size is not None)
    if len(set(filed)) > 1 or (document.content_digest and not CONTENT_DIGEST.match(document.content_digest)):
        problems.append(Problem("document_file", "file_name"))
    return problems + check_texts(document, ("title", "address", *FILE_LIMITS), FILE_LIMITS)


def check_evidence(link: EvidenceLink) -> list[Problem]:
    """Problems of a link: its key, its subject's form, a title, a web address."""
    problems = []
    if not SLUG.match(link.key):
        problems.append(Problem("slug_form", "key", params={"given": link.key}))
    form = CODE if link.subject_kind is EvidenceSubject.INDICATOR else SLUG
    if not form.match(link.subject) or link.subject_kind is EvidenceSubject.OBSERVATION:
        problems.append(Problem("subject_form", "subject", params={"given": link.subject}))
    if not link.title:
        problems.append(Problem("name_required", "title"))
    if link.address and not WEB_ADDRESS.match(link.address):
        problems.append(Problem("web_address", "address", params={"given": link.address}))
    return problems
