"""What we judge about figures: baselines, targets, breaks, notes, preferences, stories, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, func, select

from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    ComparabilityNote,
    Narrative,
    SeriesBreak,
    Target,
)
from dashboard.domain.evidence import EvidenceLink, Preference, check_evidence
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError
from dashboard.store.commands.rows import (
    Names,
    both,
    ids,
    insert_all,
    latest,
    period_columns,
    schema,
)
from dashboard.store.work import UnitOfWork, digest


def _names(work: UnitOfWork, items: Sequence[Any]) -> Names:
    names = Names(work)
    names.load(schema.indicator, "code", {i.indicator for i in items if hasattr(i, "indicator")})
    names.load(schema.place, "slug", {i.place for i in items if hasattr(i, "place")})
    names.load(schema.source, "key", {i.source for i in items if hasattr(i, "source")})
    return names


def _versioned(
    work: UnitOfWork, command: str, table: Table, head: Sequence[str], items: Sequence[Any],
    rows: Sequence[dict[str, Any]], reason: str = "",
) -> int:  # fmt: skip
    """Append a version of each row whose content differs from the newest of its head; how many."""
    there = latest(work.connection, table, head)
    written, fresh = [], []
    for item, row in zip(items, rows, strict=True):
        before = there.get(tuple(row[name] for name in head))
        content = digest(item)
        if before is not None and before.content_digest == content:
            continue
        version = (before.version if before is not None else 0) + 1
        fresh.append(
            row | {"version": version, "content_digest": content, "change_set_id": work.change_set_id}
        )
        written.append(item)
    insert_all(work.connection, table, fresh)
    work.note_all(command, table.name, written, reason)
    return len(written)


def set_baselines(work: UnitOfWork, baselines: Sequence[Baseline]) -> int:
    """Say what the value was before (F6); each with its reason (F35)."""
    work.actor.require(Permission.DEFINE)
    names = _names(work, baselines)
    rows = [
        {
            "indicator_id": names.id(schema.indicator, b.indicator, n),
            "place_id": names.id(schema.place, b.place, n),
            "source_id": names.id(schema.source, b.source, n),
            "value": b.value,
            "currency": b.currency,
            "comment": b.comment,
            "reason": b.reason,
        }
        | period_columns(b.period)
        for n, b in enumerate(baselines, start=1)
    ]
    _require_reasons(baselines, names)
    return _versioned(work, "set_baselines", schema.baseline, ("indicator_id", "place_id"), baselines, rows)


def set_targets(work: UnitOfWork, targets: Sequence[Target]) -> int:
    """Say what the value should be, by period and finally (F7); each with its reason (F35)."""
    work.actor.require(Permission.DEFINE)
    names = _names(work, targets)
    rows = [
        {
            "indicator_id": names.id(schema.indicator, t.indicator, n),
            "place_id": names.id(schema.place, t.place, n),
            "source_id": names.id(schema.source, t.source, n),
            "value": t.value,
            "currency": t.currency,
            "final": t.final,
            "reason": t.reason,
        }
        | period_columns(t.period)
        for n, t in enumerate(targets, start=1)
    ]
    _require_reasons(targets, names)
    head = ("indicator_id", "place_id", "period_end", "final")
    return _versioned(work, "set_targets", schema.target, head, targets, rows)


def _require_reasons(items: Sequence[Baseline | Target], names: Names) -> None:
    names.problems += [
        Problem("reason_required", "reason", row) for row, i in enumerate(items, start=1) if not i.reason
    ]
    names.refuse()


def annotate(work: UnitOfWork, annotations: Sequence[Annotation]) -> int:
    """Put events on the time axis (F49)."""
    work.actor.require(Permission.DEFINE)
    names = _names(work, annotations)
    rows = [
        {
            "key": a.key,
            "kind": a.kind,
            "indicator_id": names.id(schema.indicator, a.indicator, n),
            "place_id": names.id(schema.place, a.place, n),
            "source_id": names.id(schema.source, a.source, n),
        }
        | period_columns(a.period)
        | both("text", a.text)
        for n, a in enumerate(annotations, start=1)
    ]
    names.refuse()
    return _versioned(work, "annotate", schema.annotation, ("key",), annotations, rows)


def mark_breaks(work: UnitOfWork, breaks: Sequence[SeriesBreak]) -> int:
    """Mark where a series stops being comparable with itself (F48); a known break changes nothing."""
    work.actor.require(Permission.DEFINE)
    names = _names(work, breaks)
    table = schema.series_break
    columns = (table.c.indicator_id, table.c.place_id, table.c.day, table.c.kind)
    there = {tuple(row) for row in work.connection.execute(select(*columns))}
    rows: list[dict[str, Any]] = [
        {
            "indicator_id": names.id(schema.indicator, b.indicator, n),
            "place_id": names.id(schema.place, b.place, n),
            "day": b.day,
            "kind": b.kind,
            "source_id": names.id(schema.source, b.source, n),
            "change_set_id": work.change_set_id,
            **both("text", b.text),
        }
        for n, b in enumerate(breaks, start=1)
    ]
    names.refuse()
    fresh = [r for r in rows if (r["indicator_id"], r["place_id"], r["day"], r["kind"]) not in there]
    insert_all(work.connection, table, fresh)
    work.note_all("mark_breaks", "series_break", fresh)
    return len(fresh)


def note_comparability(work: UnitOfWork, notes: Sequence[ComparabilityNote]) -> int:
    """Grade how far a place's values of an indicator can be compared (F46, N13)."""
    work.actor.require(Permission.DEFINE)
    names = _names(work, notes)
    rows = [
        {
            "indicator_id": names.id(schema.indicator, note.indicator, n),
            "place_id": names.id(schema.place, note.place, n),
            "grade": note.grade.value,
            **both("text", note.text),
        }
        for n, note in enumerate(notes, start=1)
    ]
    names.refuse()
    table = schema.comparability_note
    return _versioned(work, "note_comparability", table, ("indicator_id", "place_id"), notes, rows)


def narrate(work: UnitOfWork, narratives: Sequence[Narrative]) -> int:
    """Write the analysis and recommendation of a claim or indicator (F54)."""
    work.actor.require(Permission.RECORD)
    rows = [
        {
            "subject": n.subject,
            "language": n.language,
            "analysis": n.analysis,
            "recommendation": n.recommendation,
            "author": n.author,
            "published": n.published,
        }
        | period_columns(n.period)
        for n in narratives
    ]
    return _versioned(work, "narrate", schema.narrative, ("subject", "language"), narratives, rows)


def prefer(work: UnitOfWork, preferences: Sequence[Preference]) -> int:
    """Choose between published values that disagree, with a reason that is shown (F29).

    A preference that names no recorded value raises `InvalidDraftsError`.
    """
    work.actor.require(Permission.APPROVE)
    names = _names(work, preferences)
    table, chosen = schema.observation, schema.observation_preference
    written = []
    for row, preference in enumerate(preferences, start=1):
        sequence = func.coalesce(
            select(func.max(chosen.c.sequence))
            .where(chosen.c.observation_id == table.c.id)
            .scalar_subquery(),
            0,
        )
        found = work.connection.execute(
            select(table.c.id, sequence.label("sequence"))
            .where(
                table.c.indicator_id == names.id(schema.indicator, preference.indicator, row),
                table.c.place_id == names.id(schema.place, preference.place, row),
                table.c.source_id == names.id(schema.source, preference.source, row),
                table.c.value == preference.value,
                table.c.period_start.is_not_distinct_from(preference.period.start),
                table.c.period_end.is_not_distinct_from(preference.period.end),
            )
            .order_by(table.c.sequence.desc())
        ).first()
        if found is None:
            names.problems.append(
                Problem("preference_without_value", "value", row, params={"given": preference.value})
            )
            continue
        if _stands(work, found.id, preference):
            continue
        values = {
            "observation_id": found.id,
            "sequence": found.sequence + 1,
            "preferred": True,
            "change_set_id": work.change_set_id,
        }
        insert_all(work.connection, chosen, [values | both("reason", preference.reason)])
        written.append(preference)
    names.refuse()
    work.note_all("prefer", "observation", written)
    return len(written)


def _stands(work: UnitOfWork, observation_id: int, preference: Preference) -> bool:
    """Whether the newest preference of an observation already says this."""
    table = schema.observation_preference
    newest = work.connection.execute(
        select(table)
        .where(table.c.observation_id == observation_id)
        .order_by(table.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    stated = (True, preference.reason.da, preference.reason.en)
    return newest is not None and (newest.preferred, newest.reason_da, newest.reason_en) == stated


def link_evidence(work: UnitOfWork, links: Sequence[EvidenceLink]) -> int:
    """Attach documents to what they support or contradict (F52); known links change nothing."""
    work.actor.require(Permission.RECORD)
    if problems := [
        problem.at(row) for row, link in enumerate(links, start=1) for problem in check_evidence(link)
    ]:
        raise InvalidDraftsError(problems)
    there = ids(work.connection, schema.evidence, "key", [link.key for link in links])
    documents = {link.key: link for link in links if link.key not in there}
    insert_all(work.connection, schema.evidence, [
        {"key": link.key, "title": link.title, "address": link.address,
         "change_set_id": work.change_set_id}
        for link in documents.values()
    ])  # fmt: skip
    there |= ids(work.connection, schema.evidence, "key", list(documents))
    table = schema.evidence_link
    columns = (table.c.evidence_id, table.c.subject, table.c.subject_key, table.c.stance)
    known = {tuple(row) for row in work.connection.execute(select(*columns))}
    fresh = [
        link
        for link in links
        if (there[link.key], link.subject_kind.value, link.subject, link.stance.value) not in known
    ]
    insert_all(work.connection, table, [
        {"evidence_id": there[link.key], "subject": link.subject_kind.value, "subject_key": link.subject,
         "stance": link.stance.value, "change_set_id": work.change_set_id, **both("note", link.note)}
        for link in fresh
    ])  # fmt: skip
    work.note_all("link_evidence", "evidence", fresh)
    return len(fresh)
