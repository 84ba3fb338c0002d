"""What we judge about figures: baselines, targets, breaks, notes, preferences, stories, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, select

from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    ComparabilityNote,
    Narrative,
    SeriesBreak,
    Target,
)
from dashboard.domain.evidence import EvidenceLink, Preference, check_evidence
from dashboard.domain.observation import LARGEST_VALUE
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.domain.text import Text
from dashboard.errors import InvalidDraftsError
from dashboard.store.commands.rows import (
    Names,
    both,
    ids,
    insert_all,
    insert_one,
    latest,
    period_columns,
    repeated,
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
    if problems := repeated(tuple(row[name] for name in head) for row in rows):
        raise InvalidDraftsError(problems)
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
    _refuse_values(baselines, names)
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
    _refuse_values(targets, names)
    head = ("indicator_id", "place_id", "period_end", "final")
    return _versioned(work, "set_targets", schema.target, head, targets, rows)


def _refuse_values(items: Sequence[Baseline | Target], names: Names) -> None:
    """Refuse a value without a reason, an impossible number or period, and a target for no day."""
    for row, item in enumerate(items, start=1):
        if not item.reason:
            names.problems.append(Problem("reason_required", "reason", row))
        if not abs(item.value) < LARGEST_VALUE:  # nor is it with nan
            names.problems.append(Problem("number_impossible", "value", row))
        if isinstance(item, Target) and item.period.end is None:
            names.problems.append(Problem("period_end_required", "period", row))
    _refuse_periods(items, names)


def _refuse_periods(items: Sequence[Baseline | Target | Annotation | Narrative], names: Names) -> None:
    names.problems += [
        Problem(item.period.problem, "period", row)
        for row, item in enumerate(items, start=1)
        if item.period.problem
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
    names.problems += [
        Problem("period_required", "period", row)
        for row, a in enumerate(annotations, start=1)
        if not a.period.dated
    ]
    _refuse_periods(annotations, names)
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
    names.problems += repeated((b.indicator, b.place, b.day, b.kind) for b in breaks)
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
    _refuse_periods(narratives, Names(work))
    return _versioned(work, "narrate", schema.narrative, ("subject", "language"), narratives, rows)


def prefer(work: UnitOfWork, preferences: Sequence[Preference]) -> int:
    """Choose between published values that disagree, with a reason that is shown (F29).

    The new choice takes the place of an older one among its rivals: the other values of the same
    indicator, place, period and disaggregation. Versions of the chosen value itself are no rivals of it.
    A preference that does not name exactly one recorded value raises `InvalidDraftsError`.
    """
    work.actor.require(Permission.APPROVE)
    names = _names(work, preferences)
    table = schema.observation
    written = []
    for row, preference in enumerate(preferences, start=1):
        same_fact = and_(
            table.c.indicator_id == names.id(schema.indicator, preference.indicator, row),
            table.c.place_id == names.id(schema.place, preference.place, row),
            table.c.period_start.is_not_distinct_from(preference.period.start),
            table.c.period_end.is_not_distinct_from(preference.period.end),
        )
        found = work.connection.execute(
            select(table.c.id, table.c.natural_key, table.c.disaggregation)
            .where(
                same_fact,
                table.c.source_id == names.id(schema.source, preference.source, row),
                table.c.value == preference.value,
            )
            .order_by(table.c.sequence.desc())
        ).all()
        if len({observation.natural_key for observation in found}) != 1:
            params = {
                "indicator": preference.indicator, "place": preference.place, "given": preference.value,
                "found": len(found),
            }  # fmt: skip
            names.problems.append(Problem("preference_unmatched", "value", row, params=params))
            continue
        chosen = found[0]
        if _choose(work, chosen.id, True, preference.reason):
            written.append(preference)
        for rival in work.connection.execute(
            select(table.c.id).where(
                same_fact,
                table.c.disaggregation == chosen.disaggregation,
                table.c.natural_key != chosen.natural_key,
            )
        ).scalars():
            _choose(work, rival, False, preference.reason)
    names.refuse()
    work.note_all("prefer", "observation", written)
    return len(written)


def _choose(work: UnitOfWork, observation_id: int, preferred: bool, reason: Text) -> bool:
    """Prefer an observation, or take that back; whether there was anything to write."""
    table = schema.observation_preference
    newest = work.connection.execute(
        select(table)
        .where(table.c.observation_id == observation_id)
        .order_by(table.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    stands = newest is not None and newest.preferred
    if preferred == stands and (
        not preferred or newest is None or (newest.reason_da, newest.reason_en) == (reason.da, reason.en)
    ):
        return False
    insert_one(
        work.connection, table, observation_id=observation_id, preferred=preferred,
        sequence=(newest.sequence if newest is not None else 0) + 1,
        change_set_id=work.change_set_id, **both("reason", reason),
    )  # fmt: skip
    return True


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
    stated = {
        (there[link.key], link.subject_kind.value, link.subject, link.stance.value): link for link in links
    }
    fresh = [link for statement, link in stated.items() if statement not in known]
    insert_all(work.connection, table, [
        {"evidence_id": there[link.key], "subject": link.subject_kind.value, "subject_key": link.subject,
         "stance": link.stance.value, "change_set_id": work.change_set_id, **both("note", link.note)}
        for link in fresh
    ])  # fmt: skip
    work.note_all("link_evidence", "evidence", fresh)
    return len(fresh)
