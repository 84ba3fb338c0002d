"""``judgements.toml``: what people decided about the figures, each with its reason in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import (
    CODE,
    SLUG,
    Annotation,
    Baseline,
    ComparabilityGrade,
    ComparabilityNote,
    Narrative,
    SeriesBreak,
    Target,
)
from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.domain.evidence import EvidenceLink, EvidenceSubject, Preference, Stance, check_evidence
from dashboard.domain.observation import Attribution, Draft
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES
from dashboard.intake.names import slug_of
from dashboard.intake.record import Record, located, read_toml

Item = TypeVar("Item")
BREAK_KINDS = ("method", "definition", "boundary", "duration", "source")
FILE = "judgements.toml"


@dataclass(frozen=True, slots=True)
class UnmatchedPreference:
    """A preference as written, before the observation that it names is found."""

    row: int
    indicator: str
    place: str
    start: date | None
    end: date | None
    source: str
    value: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Boundary:
    """To which area a published figure belongs, where its own words say so and the columns do not.

    `value` narrows it to one figure where a place has several of the indicator.
    """

    indicator: str
    place: str
    boundary: str
    reason: Text
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The member of a disaggregation that the end of a published method names."""

    indicator: str
    place: str
    method_end: str
    disaggregation: str


@dataclass(frozen=True, slots=True)
class Grade:
    """An attribution that a person judged, in place of the one that the rule gives."""

    indicator: str
    place: str
    value: float
    attribution: Attribution
    reason: Text


@dataclass(frozen=True, slots=True)
class Judgements:
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    series_breaks: tuple[SeriesBreak, ...] = ()
    comparability_notes: tuple[ComparabilityNote, ...] = ()
    comparability_answers: tuple[ComparabilityAnswer, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    preferences: tuple[UnmatchedPreference, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    splits: tuple[Split, ...] = ()
    grades: tuple[Grade, ...] = ()
    bands: tuple[tuple[Bands, str], ...] = ()


def read_judgements(path: Path, problems: list[Problem]) -> Judgements:
    """All the tables of the file; a missing file is no problem, since nobody need have judged anything."""
    if not path.exists():
        return Judgements()
    document = Record(read_toml(path, problems), FILE, None)

    def every(table: str, read: Callable[[Record], Item]) -> tuple[Item, ...]:
        items = []
        for row, record in enumerate(document.tables(table), start=1):
            record.row, record.file, record.problems = row, f"{FILE} [[{table}]]", problems
            items.append(read(record))
            record.finish()
        return tuple(items)

    judgements = Judgements(
        baselines=every("baseline", _baseline),
        targets=every("target", _target),
        annotations=every("annotation", _annotation),
        series_breaks=every("series_break", _series_break),
        comparability_notes=every("comparability_note", _note),
        comparability_answers=every("comparability_answer", _answer),
        narratives=every("narrative", _narrative),
        preferences=every("preference", _preference),
        evidence=every("evidence", _evidence),
        boundaries=every("boundary", _boundary),
        splits=every("split", _split),
        grades=every("grade", _grade),
        bands=every("bands", _bands),
    )
    document.finish()
    problems += document.problems
    return judgements


def match_preferences(
    judgements: Judgements, drafts: tuple[Draft, ...], problems: list[Problem]
) -> tuple[Preference, ...]:
    """The preferences with the period of the one observation that each names; others are problems."""
    matched = []
    for wanted in judgements.preferences:
        found = [
            draft for draft in drafts
            if (draft.indicator, draft.place, draft.source) == (wanted.indicator, wanted.place, wanted.source)
            and (draft.period.start, draft.period.end) == (wanted.start, wanted.end)
            and draft.value == wanted.value
        ]  # fmt: skip
        if len(found) == 1:
            names = (wanted.indicator, wanted.place, found[0].period, wanted.source)
            matched.append(Preference(*names, wanted.value, wanted.reason))
        else:
            params = {"indicator": wanted.indicator, "place": wanted.place, "found": len(found)}
            problem = Problem("preference_unmatched", "value", params=params)
            problems.append(located(problem, f"{FILE} [[preference]]", wanted.row))
    return tuple(matched)


def _subject(record: Record) -> tuple[EvidenceSubject, str]:
    """``claim:id``, ``indicator:code`` or ``activity:key``."""
    given = record.text("subject", required=True)
    kind, _, name = given.partition(":")
    if kind not in set(EvidenceSubject) or not (SLUG.match(name) or CODE.match(name)):
        record.problem("subject_form", "subject", given=given)
        return EvidenceSubject.CLAIM, name or kind
    return EvidenceSubject(kind), name


def _complete(record: Record, name: str) -> Text:
    text = record.both(name)
    if not text.complete:
        record.problem("two_languages", name)
    return text


def _dated(record: Record) -> Period:
    period = record.period()
    if not period.dated:
        record.problem("field_required", "period_start")
    return period


def _baseline(record: Record) -> Baseline:
    return Baseline(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        period=record.period(),
        value=record.number("value", required=True) or 0.0,
        comment=record.text("comment"),
        reason=record.text("reason", required=True),
        currency=record.text("currency"),
        source=record.text("source"),
    )


def _target(record: Record) -> Target:
    return Target(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        period=_dated(record),
        value=record.number("value", required=True) or 0.0,
        final=record.truth("final"),
        reason=record.text("reason", required=True),
        currency=record.text("currency"),
        source=record.text("source"),
    )


def _annotation(record: Record) -> Annotation:
    key = record.text("key", required=True)
    if key and not SLUG.match(key):
        record.problem("slug_form", "key", given=key)
    return Annotation(
        key=key,
        kind=record.text("kind", required=True),
        period=_dated(record),
        text=_complete(record, "text"),
        place=record.text("place"),
        indicator=record.text("indicator"),
        source=record.text("source"),
    )


def _series_break(record: Record) -> SeriesBreak:
    day = record.day("day")
    if day is None:
        record.problem("field_required", "day")
    kind = record.text("kind", required=True)
    if kind not in BREAK_KINDS:
        record.problem("not_one_of", "kind", given=kind, choices=", ".join(BREAK_KINDS))
    return SeriesBreak(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        day=day or date.min,
        kind=kind,
        text=_complete(record, "text"),
        source=record.text("source"),
    )


def _note(record: Record) -> ComparabilityNote:
    return ComparabilityNote(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        grade=record.required_one_of("grade", ComparabilityGrade),
        text=_complete(record, "text"),
    )


def _answer(record: Record) -> ComparabilityAnswer:
    return ComparabilityAnswer(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        question=record.required_one_of("question", Question),
        answer=record.required_one_of("answer", AnswerWord),
        reason=record.text("reason", required=True),
    )


def _narrative(record: Record) -> Narrative:
    kind, name = _subject(record)
    language = record.text("language", required=True)
    if language not in LANGUAGES:
        record.problem("not_one_of", "language", given=language, choices=", ".join(LANGUAGES))
    return Narrative(
        subject=f"{kind}:{name}",
        period=record.period(),
        language=language,
        analysis=record.text("analysis", required=True),
        recommendation=record.text("recommendation"),
        published=record.truth("published", default=True),
        author=record.text("author"),
    )


def _preference(record: Record) -> UnmatchedPreference:
    return UnmatchedPreference(
        row=record.row or 0,
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        start=record.day("period_start"),
        end=record.day("period_end"),
        source=record.text("source", required=True),
        value=record.number("value", required=True) or 0.0,
        reason=_complete(record, "reason"),
    )


def _evidence(record: Record) -> EvidenceLink:
    kind, name = _subject(record)
    title, address = record.text("title", required=True), record.text("address")
    stance = record.required_one_of("stance", Stance)
    digest = hashlib.sha256("\x1f".join((kind, name, stance, title, address)).encode()).hexdigest()[:8]
    link = EvidenceLink(
        key=record.text("key") or f"{slug_of(title)[:60].strip('-') or 'evidence'}-{digest}",
        subject_kind=kind,
        subject=name,
        stance=stance,
        title=title,
        address=address,
        note=record.both("note"),
    )
    record.adopt(check_evidence(link))
    return link


def _boundary(record: Record) -> Boundary:
    return Boundary(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        boundary=record.text("boundary", required=True),
        reason=_complete(record, "reason"),
        value=record.number("value"),
    )


def _split(record: Record) -> Split:
    return Split(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        method_end=record.text("method_end", required=True),
        disaggregation=record.text("disaggregation", required=True),
    )


def _grade(record: Record) -> Grade:
    return Grade(
        indicator=record.text("indicator", required=True),
        place=record.text("place", required=True),
        value=record.number("value", required=True) or 0.0,
        attribution=record.required_one_of("attribution", Attribution),
        reason=_complete(record, "reason"),
    )


def _bands(record: Record) -> tuple[Bands, str]:
    """The limits of an indicator's colours, with the reason why the city chose these (F35)."""
    bands = Bands(
        indicator=record.text("indicator", required=True),
        amber=record.number("amber", required=True) or 0.0,
        green=record.number("green", required=True) or 0.0,
        currency=record.text("currency"),
    )
    return bands, record.text("reason", required=True)
