"""What people have answered about how far places can be compared (N13)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, newest


def load_answers(connection: Connection, scope: Scope) -> tuple[ComparabilityAnswer, ...]:
    """The answers that stand, with who gave them; those that were taken back are left out."""
    table, sets = schema.comparability_answer, schema.change_set
    current = newest(table, scope, table.c.indicator_id, table.c.place_id, table.c.question)
    rows = connection.execute(
        select(current, schema.indicator.c.code, schema.place.c.slug, sets.c.actor)
        .join(schema.indicator, schema.indicator.c.id == current.c.indicator_id)
        .join(schema.place, schema.place.c.id == current.c.place_id)
        .join(sets, sets.c.id == current.c.change_set_id)
        .where(current.c.answer != AnswerWord.WITHDRAWN.value)
        .order_by(current.c.id)
    )
    return tuple(
        ComparabilityAnswer(
            row.code, row.slug, Question(row.question), AnswerWord(row.answer), row.reason, row.actor
        )
        for row in rows
    )
