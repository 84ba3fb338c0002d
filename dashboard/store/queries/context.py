"""What stands around the figures: baselines, targets, annotations, breaks, notes, stories, evidence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Subquery, Table, select

from dashboard.domain import catalogue as domain
from dashboard.domain.evidence import EvidenceLink, EvidenceSubject, Stance
from dashboard.domain.period import Period, Precision
from dashboard.store import schema
from dashboard.store.queries.catalogue import text_of
from dashboard.store.queries.scope import Scope, known, newest


def _period(row: Any) -> Period:
    return Period(row.period_start, row.period_end, Precision(row.period_precision))


def named(connection: Connection, table: Table | Subquery) -> list[Any]:
    """Rows with the code of their indicator and the slug of their place, "" where they have none."""
    query = (
        select(
            table,
            schema.indicator.c.code.label("indicator"),
            schema.place.c.slug.label("place"),
            schema.source.c.key.label("source"),
        )
        .outerjoin(schema.indicator, schema.indicator.c.id == table.c.indicator_id)
        .outerjoin(schema.place, schema.place.c.id == table.c.place_id)
    )
    if "source_id" in table.c:
        query = query.outerjoin(schema.source, schema.source.c.id == table.c.source_id)
    else:
        query = query.outerjoin(schema.source, schema.source.c.id.is_(None))
    return list(connection.execute(query.order_by(table.c.id)))


def load_baselines(connection: Connection, scope: Scope) -> tuple[domain.Baseline, ...]:
    """Baselines that stand; one that was taken back does not."""
    table = schema.baseline
    current = newest(table, scope, table.c.indicator_id, table.c.place_id)
    return tuple(baseline_of(row) for row in named(connection, current) if not row.withdrawn)


def baseline_of(row: Any) -> domain.Baseline:
    """The baseline of a row with the names of what it is about (`named`)."""
    return domain.Baseline(
        row.indicator, row.place, _period(row), row.value, row.comment, row.reason, row.currency,
        row.source or "",
    )  # fmt: skip


def load_targets(connection: Connection, scope: Scope) -> tuple[domain.Target, ...]:
    """Targets that stand, the earliest first; one that was taken back does not."""
    table = schema.target
    current = newest(table, scope, table.c.indicator_id, table.c.place_id, table.c.period_end, table.c.final)
    rows = sorted(named(connection, current), key=lambda row: row.period_end)
    return tuple(target_of(row) for row in rows if not row.withdrawn)


def target_of(row: Any) -> domain.Target:
    """The target of a row with the names of what it is about (`named`)."""
    return domain.Target(
        row.indicator, row.place, _period(row), row.value, row.final, row.reason, row.currency,
        row.source or "",
    )  # fmt: skip


def load_annotations(connection: Connection, scope: Scope) -> tuple[domain.Annotation, ...]:
    table = schema.annotation
    current = newest(table, scope, table.c.key)
    return tuple(
        domain.Annotation(
            row.key, row.kind, _period(row), text_of(row, "text"), row.place or "", row.indicator or "",
            row.source or "",
        )
        for row in named(connection, current)
    )  # fmt: skip


def load_breaks(connection: Connection, scope: Scope) -> tuple[domain.SeriesBreak, ...]:
    table = schema.series_break
    visible = select(table).where(known(table, scope)).subquery()
    return tuple(
        domain.SeriesBreak(
            row.indicator, row.place, row.day, row.kind, text_of(row, "text"), row.source or ""
        )
        for row in named(connection, visible)
    )


def load_notes(connection: Connection, scope: Scope) -> tuple[domain.ComparabilityNote, ...]:
    table = schema.comparability_note
    current = newest(table, scope, table.c.indicator_id, table.c.place_id)
    return tuple(
        domain.ComparabilityNote(
            row.indicator, row.place, domain.ComparabilityGrade(row.grade), text_of(row, "text")
        )
        for row in named(connection, current)
    )


def load_narratives(connection: Connection, scope: Scope) -> tuple[domain.Narrative, ...]:
    """The newest published story of each subject and language."""
    table = schema.narrative
    current = newest(table, scope, table.c.subject, table.c.language, where=table.c.published)
    rows = connection.execute(select(current).order_by(current.c.id))
    return tuple(
        domain.Narrative(
            row.subject, _period(row), row.language, row.analysis, row.recommendation, row.published,
            row.author,
        )
        for row in rows
    )  # fmt: skip


def load_evidence(connection: Connection, scope: Scope) -> tuple[EvidenceLink, ...]:
    """What speaks for or against claims, indicators and activities; the documents of a value are asked for
    with it (`load_documents`), by who may see it."""
    link, document = schema.evidence_link, schema.evidence
    rows = connection.execute(
        select(link, document.c.key, document.c.title, document.c.address)
        .join(document, document.c.id == link.c.evidence_id)
        .where(known(link, scope), link.c.subject != EvidenceSubject.OBSERVATION.value)
        .order_by(link.c.id)
    )
    return tuple(
        EvidenceLink(
            row.key, EvidenceSubject(row.subject), row.subject_key, Stance(row.stance), row.title,
            row.address, text_of(row, "note"),
        )
        for row in rows
    )  # fmt: skip
