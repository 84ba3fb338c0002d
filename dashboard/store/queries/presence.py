"""Which places have values of which indicators, without reading the values.

Distinct pairs are found by hopping through the index (indicator, place), one hop a pair, so the cost
depends on how many pairs there are and not on how many observations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CTE, ColumnElement, Connection, and_, func, literal, select

from dashboard.domain.observation import WorkflowState
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known

if TYPE_CHECKING:
    import pandas as pd

_o = schema.observation
COLUMNS = ("indicator", "place", "dated", "series")


def load_presence(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One row a pair with a visible value: `dated` where some value has a period, `series` where two have."""
    import pandas as pd  # only here: a frozen pack is read without it

    pairs = _pairs()
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
        .where(pairs.c.p.is_not(None), _probe(mine, 0))
    )  # fmt: skip
    return pd.DataFrame([tuple(row) for row in connection.execute(query)], columns=list(COLUMNS))


def _pairs() -> CTE:
    """All pairs that occur, as `i` and `p`: first from indicator to indicator, then within each from place to
    place. (One comparison of whole pairs would be shorter, but SQLite uses only its first column.)"""
    o = _o.alias("o")
    indicators = select(func.min(o.c.indicator_id).label("i")).cte("indicators", recursive=True)
    next_indicator = select(func.min(_o.c.indicator_id)).where(_o.c.indicator_id > indicators.c.i)
    indicators = indicators.union_all(
        select(next_indicator.correlate(indicators).scalar_subquery()).where(indicators.c.i.is_not(None))
    )
    place = func.min(_o.c.place_id)
    first_place = select(place).where(_o.c.indicator_id == indicators.c.i).correlate(indicators)
    pairs = (
        select(indicators.c.i, first_place.scalar_subquery().label("p"))
        .where(indicators.c.i.is_not(None))
        .cte("pairs", recursive=True)
    )
    following = select(place).where(_o.c.indicator_id == pairs.c.i, _o.c.place_id > pairs.c.p)
    return pairs.union_all(
        select(pairs.c.i, following.correlate(pairs).scalar_subquery()).where(pairs.c.p.is_not(None))
    )


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
