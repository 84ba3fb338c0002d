"""A promise of the candidacy as a person typed it, and as the texts of its form (N8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.domain.evidence import Document
from dashboard.domain.promise import LIMITS, Promise, PromiseState, check_promise
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.definition_form import FormReader, Read, Typed, typed_both, typed_day, web_address
from dashboard.intake.names import slug_of

_SAID_BETTER = ("promise_text", "promise_dropped", "slug_form", "text_too_long", "text_unprintable",
                "document_title", "document_empty", "web_address")  # fmt: skip


def start_promise() -> Typed:
    """The form of a promise that is not there yet."""
    return typed_both("text", Text()) | {
        "page": "", "source": "", "owner": "", "due": "", "state": PromiseState.PLANNED.value,
        "explanation": "", "claim": "", "indicators": [], "evidence_title": "", "evidence_address": "",
    }  # fmt: skip


def typed_promise(promise: Promise, t: Translator) -> Typed:
    """The texts of a promise; its documents stand beside the form, which adds one at a time."""
    return start_promise() | typed_both("text", promise.text) | {
        "page": promise.page, "source": promise.source, "owner": promise.owner,
        "due": typed_day(promise.due, t), "state": promise.state.value, "explanation": promise.reason,
        "claim": promise.claim, "indicators": list(promise.indicators),
    }  # fmt: skip


def read_promise(
    typed: Mapping[str, Any], t: Translator, taken: Callable[[str], bool], before: Promise | None = None
) -> Read[Promise]:
    """A promise with one document more where one is given. The key of a new one is made of its words, with a
    number where that is `taken`; a language may be missing and is then shown as missing."""
    form = FormReader(typed, t)
    text = Text(*(form.text(f"text_{language}") for language in LANGUAGES))
    if not (text.da or text.en):
        form.problem("promise_text", "text_da")
    state = form.one_of("state", PromiseState)
    explanation = form.text("explanation")
    if state is PromiseState.DROPPED and not explanation:
        form.problem("promise_dropped", "explanation")
    title, address = form.text("evidence_title"), web_address(form, "evidence_address")
    if title and not form.text("evidence_address"):
        form.problem("document_empty", "evidence_address")
    if not title and form.text("evidence_address"):
        form.problem("document_title", "evidence_title")
    documents = (Document(title, address),) if title and address else ()
    promise = Promise(
        key=before.key if before else _free(slug_of(text.en or text.da)[:60].strip("-"), taken),
        text=text, state=state, owner=form.text("owner", longest=LIMITS["owner"]), due=form.day("due"),
        page=form.text("page", longest=LIMITS["page"]), reason=explanation, claim=form.text("claim"),
        source=form.text("source", required=True), indicators=form.many("indicators"),
        evidence=(*(before.evidence if before else ()), *documents),
    )  # fmt: skip
    form.adopt(check_promise(replace(promise, evidence=())), but=_SAID_BETTER)
    return Read(promise, tuple(form.problems))


def _free(key: str, taken: Callable[[str], bool]) -> str:
    base = key or "promise"
    number, free = 1, base
    while taken(free):
        number += 1
        free = f"{base}-{number}"
    return free
