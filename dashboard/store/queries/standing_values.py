"""What stands under a natural key now, asked for many keys at once: what an import is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest row of a key, whatever its state: a repetition of it changes nothing.

    `withdrawn` says that it was taken back, so that stating it again is a change.
    """

    id: int
    sequence: int
    content_digest: str
    value: float | None
    text: str
    withdrawn: bool


def load_standing(connection: Connection, keys: Sequence[str]) -> dict[str, Standing]:
    """The newest row of each of the natural keys that is there."""
    o, decision = schema.observation, schema.observation_decision
    if connection.execute(select(o.c.id).limit(1)).one_or_none() is None:
        return {}
    found: dict[str, Standing] = {}
    rows = (
        row
        for first in range(0, len(keys), _CHUNK)
        for row in connection.execute(
            select(
                o.c.natural_key, o.c.id, o.c.sequence, o.c.content_digest, o.c.value, o.c.text, o.c.state
            )
            .where(o.c.natural_key.in_(keys[first : first + _CHUNK]))
            .order_by(o.c.natural_key, o.c.sequence)
        )
    )  # fmt: skip
    for key, id_, sequence, content, value, text, state in rows:
        withdrawn = state == WorkflowState.WITHDRAWN
        found[key] = Standing(id_, sequence, content, value, text, withdrawn)
    if found:
        ids = {standing.id: key for key, standing in found.items()}
        decided = connection.execute(
            select(decision.c.observation_id, decision.c.state).where(
                decision.c.state == WorkflowState.WITHDRAWN.value
            )
        )  # nothing comes after a withdrawal
        for id_, _ in decided:
            if (key_ := ids.get(id_)) is not None:
                old = found[key_]
                found[key_] = Standing(old.id, old.sequence, old.content_digest, old.value, old.text, True)
    return found
