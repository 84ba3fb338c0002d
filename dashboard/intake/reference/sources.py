"""One source for every distinct text in a ``source`` column, with what ``sources.toml`` knows about it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Confidence
from dashboard.domain.problem import Problem
from dashboard.intake.folder import read_source
from dashboard.intake.names import slug_of
from dashboard.intake.record import Record, located, read_toml

_WEB = re.compile(r"https?://\S+")
_BARE = re.compile(r"(?:^|[\s;/])((?:[a-z0-9-]+\.)+[a-z]{2,})(?=$|[\s;,/(])")
_ORDER = ("verified", "derived", "unverified")


class SourceBook:
    """Collects the sources while the files are read; `key` gives the stable key of a text."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self._told: dict[str, Source] = {}
        self._grades: dict[str, Confidence] = {}
        self._used: dict[str, Source] = {}
        document = Record(read_toml(path, problems), path.name, None)
        for row, record in enumerate(document.tables("source"), start=1):
            record.row, record.problems = row, problems
            text = record.text("text", required=True)
            source = read_source(record, record.text("key") or source_key(text))
            grade = record.maybe_one_of("grade", Confidence)
            record.finish()
            if text in self._told:
                problems.append(located(Problem("key_twice", params={"given": text}), path.name, row))
            self._told[text] = source
            if grade is not None:
                self._grades[source.key] = grade
        document.finish()
        problems += document.problems

    def key(self, text: str, verified: str = "") -> str:
        """The key of the source that `text` names, "" for none; `verified` is what the row says of it.

        A source that stands behind several rows bears the best of their words; a row that is not itself
        verified says so in its own flags.
        """
        text = text.strip()
        if not text:
            return ""
        source = self._used.get(text) or self._told.get(text) or _described(text)
        words = {word for word in (source.verified, verified) if word}
        best = next((word for word in _ORDER if word in words), source.verified)
        self._used[text] = replace(source, verified=best)
        return source.key

    def grade(self, key: str) -> Confidence:
        """How good an actual figure read there is, unless something else is known: a press report."""
        return self._grades.get(key, Confidence.PRESS_REPORT)

    def sources(self) -> tuple[Source, ...]:
        """Those that some row names, in the order in which they were met."""
        return tuple(self._used.values())

    def unused(self) -> list[str]:
        """The texts of ``sources.toml`` that no row names."""
        return [text for text in self._told if text not in self._used]


def source_key(text: str) -> str:
    """A stable key: the beginning of the text as a slug and eight hexadecimal digits of its SHA-256."""
    beginning = slug_of(_WEB.sub(lambda found: found[0].split("://")[1], text))[:48].strip("-")
    return f"{beginning}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _described(text: str) -> Source:
    """What the text itself allows: the first web address, and the site that comes first as producer."""
    web = _WEB.search(text)
    address = web[0].rstrip(";,") if web else ""
    host = re.sub(r"^www\.", "", address.split("/")[2]) if address else ""
    bare = _BARE.search(text)
    return Source(
        key=source_key(text), title=text, producer=host or (bare[1] if bare else ""), address=address,
        citation=text,
    )  # fmt: skip
