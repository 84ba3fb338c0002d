"""The pack a councillor holds, complete and frozen (F38, N15): every word and number of it is in here.

A writer adds nothing and works nothing out; it only lays out. So all formats say the same, a code printed on
paper opens the same content for ever, and a count of what is in the `Briefing` can be held against a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import msgspec

from dashboard.charts.spec import ChartSpec

FORMAT = 1
"""Version of the frozen content; a reader of older packs goes by it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure in words: what it is, as of when, compared with what, how sure, and from where.

    `claim` is the claim it speaks for, `caveat` what must be said beside it wherever it stands, `words` what
    a person says of a headline in words of their own; the figure itself nobody can edit.
    """

    indicator: str
    claim: str
    name: str
    value: str
    period: str
    compared: str
    sure: str
    source: str
    caveat: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One claim: the city's words, the verdict with its reason, the story, the figures, and what speaks
    against it or is missing. Empty texts stand for nothing that was written."""

    claim: str
    number: int
    name: str
    quotation: str
    verdict: str
    verdict_words: str
    verdict_reason: str
    analysis: str
    recommendation: str
    narrative_note: str
    statements: tuple[Statement, ...]
    charts: tuple[ChartSpec, ...]
    against: tuple[str, ...]
    missing: tuple[str, ...]


Fate = Literal["new", "revised", "overtaken", "gone"]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one figure since the pack before, old and new in words: `new`, `revised` (another value
    for the same period), `overtaken` (a newer period stands in its place) or `gone`. `reason` is why, where
    somebody gave one."""

    fate: Fate
    words: str
    claim: str
    name: str
    before: str
    after: str
    indicator: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of at least one figure of the pack."""

    key: str
    title: str
    producer: str
    address: str
    licence: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One pack in one language and, where two were wanted, the same in another as its `translation`.

    `revision` is the state of the store it was made of, `made` the day. `labels` are the words that
    writers need for headings, so that they are frozen too. `notice` stands on every page of a pack of
    invented figures and is empty for a real one. `headline_rule` says how the headlines were chosen and by
    whom they were edited; `proposal` is what the rule proposed where a person decided otherwise, else empty.
    `left_out` says what was left out on purpose and why.
    """

    code: str
    language: str
    city: str
    title: str
    period: str
    period_key: str
    made: date
    as_at: str
    revision: int
    invented: bool
    notice: str
    headline_rule: str
    headlines: tuple[Statement, ...]
    sections: tuple[Section, ...]
    changed: tuple[Changed, ...]
    left_out: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[Cited, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    proposal: tuple[Statement, ...] = ()
    translation: Briefing | None = None
    format: int = FORMAT

    @property
    def languages(self) -> tuple[Briefing, ...]:
        """The pack, and then its translation where it has one."""
        return (self, self.translation) if self.translation is not None else (self,)

    @property
    def link(self) -> str:
        """Where the frozen pack is opened: what stands on paper and in its QR code; "" without an address."""
        return f"{self.address.rstrip('/')}/briefing?code={self.code}" if self.address else ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every figure of the pack, headlines first, each as often as it stands there."""
        return (*self.headlines, *(one for section in self.sections for one in section.statements))

    @property
    def change(self) -> str:
        """What stands over the first column of what has changed; older packs have only the title for it."""
        return self.labels.get("change", self.labels["changed"])

    @property
    def charts(self) -> tuple[ChartSpec, ...]:
        return tuple(chart for section in self.sections for chart in section.charts)


def as_content(briefing: Briefing) -> dict[str, Any]:
    """Plain JSON types, to be kept in the store.

    A whole number in a field for numbers with decimals becomes one of those, so that content that was read
    again has the same `digest`.
    """
    content: dict[str, Any] = _plain(from_content(_plain(briefing)))
    return content


def _plain(briefing: Briefing) -> Any:
    return msgspec.json.decode(msgspec.json.encode(briefing))


def from_content(content: Mapping[str, Any]) -> Briefing:
    """What `as_content` gave. Raises `msgspec.ValidationError` for anything else."""
    return msgspec.convert(content, Briefing)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: two packs with the same digest say the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
