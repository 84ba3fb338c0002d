"""``promises.toml``: the commitments of a city's application (N8), as tables ``[[promise]]``.

Beside the words stands where they were read (`source`, `page`): a promise that no document holds is none.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.domain.evidence import Document
from dashboard.domain.problem import Problem
from dashboard.domain.promise import Promise, PromiseState, check_promise
from dashboard.intake.record import Record, located, read_toml

FILE = "promises.toml"


def read_promises(path: Path, problems: list[Problem]) -> tuple[Promise, ...]:
    """All promises of a file; a missing file is no problem: then no commitment is known."""
    if not path.exists():
        return ()
    document = Record(read_toml(path, problems), FILE, None)
    found: dict[str, Promise] = {}
    for row, record in enumerate(document.tables("promise"), start=1):
        record.row, record.problems = row, problems
        promise = _promise(record)
        record.finish()
        record.adopt(check_promise(promise))
        if found.setdefault(promise.key, promise) is not promise:
            problems.append(located(Problem("key_twice", params={"given": promise.key}), FILE, row))
    document.finish()
    problems += document.problems
    return tuple(found.values())


def _promise(record: Record) -> Promise:
    documents = []
    for inner in record.tables("evidence"):
        documents.append(Document(inner.text("title", required=True), inner.text("address")))
        inner.finish()
    return Promise(
        key=record.text("key", required=True),
        text=record.both("text"),
        state=record.one_of("state", PromiseState, PromiseState.PLANNED),
        owner=record.text("owner"),
        due=record.day("due"),
        page=record.text("page"),
        reason=record.text("reason"),
        claim=record.text("claim"),
        source=record.text("source", required=True),
        indicators=record.many("indicators"),
        evidence=tuple(documents),
    )
