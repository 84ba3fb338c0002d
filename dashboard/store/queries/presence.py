"""Which places have values of which indicators, without reading the values.

Distinct pairs are found by hopping through the index (indicator, place), one hop a pair, so the cost
depends on how many pairs there are and not on how many observations.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, literal, select, tuple_

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known

_o = schema.observation
COLUMNS = ("indicator", "place", "dated", "series")


def load_presence(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One row a pair with a visible value: `dated` where some value has a period, `series` where two have."""
    first = _o.alias("first")
    start = (
        select(first.c.indicator_id.label("i"), first.c.place_id.label("p"))
        .order_by(first.c.indicator_id, first.c.place_id)
        .limit(1)
        .subquery()
    )
    pairs = select(start.c.i, start.c.p).cte("pairs", recursive=True)
    after = _o.alias("after")
    following = (
        select(after.c.indicator_id, after.c.place_id)
        .where(tuple_(after.c.indicator_id, after.c.place_id) > tuple_(pairs.c.i, pairs.c.p))
        .order_by(after.c.indicator_id, after.c.place_id)
        .limit(1)
        .correlate(pairs)
    )
    pairs = pairs.union_all(
        select(
            following.with_only_columns(after.c.indicator_id).scalar_subquery(),
            following.with_only_columns(after.c.place_id).scalar_subquery(),
        ).where(pairs.c.i.is_not(None))
    )
    mine = and_(_o.c.indicator_id == pairs.c.i, _o.c.place_id == pairs.c.p, visible(scope))
    dated = and_(mine, _o.c.period_end.is_not(None))
    query = (
        select(
            schema.indicator.c.code.label("indicator"), schema.place.c.slug.label("place"),
            _probe(dated, 0).label("dated"), _probe(dated, 1).label("series"),
        )
        .select_from(pairs)
        .join(schema.indicator, schema.indicator.c.id == pairs.c.i)
        .join(schema.place, schema.place.c.id == pairs.c.p)
        .where(_probe(mine, 0))
    )  # fmt: skip
    return pd.DataFrame([tuple(row) for row in connection.execute(query)], columns=list(COLUMNS))


def visible(scope: Scope) -> ColumnElement[bool]:
    """The WHERE clause for observations whose latest state the scope shows."""
    decision = schema.observation_decision
    latest = (
        select(decision.c.state)
        .where(decision.c.observation_id == _o.c.id, known(decision, scope))
        .order_by(decision.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    shown = [state for state in scope.states if state != WorkflowState.WITHDRAWN.value]
    return and_(func.coalesce(latest, _o.c.state).in_(shown), known(_o, scope))


def _probe(condition: ColumnElement[bool], skip: int) -> ColumnElement[bool]:
    """Whether more than `skip` rows answer; the search stops at the first that does."""
    found = select(literal(1)).where(condition).limit(1).offset(skip)
    return found.scalar_subquery().is_not(None)
