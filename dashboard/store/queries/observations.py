"""Observations as the one tidy frame (`FRAME_COLUMNS`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, and_, func, select

from dashboard.domain.observation import FRAME_COLUMNS, WorkflowState
from dashboard.store import schema
from dashboard.store.queries.scope import Scope, known

if TYPE_CHECKING:
    import pandas as pd

_o = schema.observation


def load_series(
    connection: Connection,
    scope: Scope,
    indicators: Iterable[str] | None = None,
    places: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The visible observations of the named indicators and places (None: of all), oldest first.

    For each natural key the newest row that the scope shows; a row that was withdrawn hides the key.
    What has no end comes first, on both databases. The cost depends on the series asked for, not on the
    size of the store.
    """
    conditions = []
    if indicators is not None:
        wanted = select(schema.indicator.c.id).where(schema.indicator.c.code.in_(sorted(set(indicators))))
        conditions.append(_o.c.indicator_id.in_(_ids(connection, wanted)))
    if places is not None:
        wanted = select(schema.place.c.id).where(schema.place.c.slug.in_(sorted(set(places))))
        conditions.append(_o.c.place_id.in_(_ids(connection, wanted)))
    rows = connection.execute(_query(scope, and_(*conditions) if conditions else None))
    return frame(rows.all(), list(rows.keys()))


def _ids(connection: Connection, query: Select[Any]) -> list[int]:
    """Ids first, so that the planner sees an index range instead of a join to guess at."""
    return [row[0] for row in connection.execute(query)]


def _query(scope: Scope, condition: ColumnElement[bool] | None) -> Select[Any]:
    state = func.coalesce(_of(schema.observation_decision, "state", scope), _o.c.state).label("shown_state")
    stated = select(_o, state).where(known(_o, scope))
    if condition is not None:
        stated = stated.where(condition)
    inner = stated.subquery()
    rank = func.row_number().over(partition_by=inner.c.natural_key, order_by=inner.c.sequence.desc())
    counts = and_(inner.c.shown_state.in_(scope.states), ~_discarded(inner, scope))
    ranked = select(inner, rank.label("rank")).where(counts).subquery()
    grade = schema.observation_grade
    sets = schema.change_set
    r = ranked.c
    return (
        select(
            r.id.label("observation"), schema.indicator.c.code.label("indicator"),
            schema.place.c.slug.label("place"), r.period_start, r.period_end,
            r.period_precision.label("precision"), r.value, r.low, r.high, r.numerator, r.denominator,
            r.qualifier, r.unit, r.currency, r.kind, r.status, r.missing_reason, r.text, r.disaggregation,
            r.boundary, r.method, r.method_version,
            func.coalesce(_graded(r.id, grade, "confidence", scope), r.confidence).label("confidence"),
            func.coalesce(_graded(r.id, grade, "attribution", scope), r.attribution).label("attribution"),
            func.coalesce(_graded(r.id, grade, "confidence", scope, "reason"), r.confidence_reason).label(
                "confidence_reason"
            ),
            func.coalesce(_graded(r.id, grade, "attribution", scope, "reason"), r.attribution_reason).label(
                "attribution_reason"
            ),
            r.shown_state.label("state"),
            _latest(schema.observation_preference, r.id, "preferred", scope).label("preferred"),
            _latest(schema.observation_preference, r.id, "reason_da", scope).label("reason_da"),
            _latest(schema.observation_preference, r.id, "reason_en", scope).label("reason_en"),
            schema.source.c.key.label("source"), r.flags, r.note, sets.c.revision, sets.c.recorded_at,
        )
        .join(schema.indicator, schema.indicator.c.id == r.indicator_id)
        .join(schema.place, schema.place.c.id == r.place_id)
        .join(schema.source, schema.source.c.id == r.source_id)
        .join(sets, sets.c.id == r.change_set_id)
        .where(r.rank == 1, r.shown_state != WorkflowState.WITHDRAWN.value)
        .order_by(
            schema.indicator.c.code, schema.place.c.slug, r.period_end.nulls_first(),
            r.period_start.nulls_first(), r.id,
        )
    )  # fmt: skip


def _discarded(rows: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Whether a row was taken back before it was ever public: it then hides nothing (`domain.review`)."""
    decision = schema.observation_decision
    approved = (
        select(decision.c.id)
        .where(
            decision.c.observation_id == rows.c.id,
            decision.c.state == WorkflowState.APPROVED.value,
            known(decision, scope),
        )
        .exists()
    )
    public = (WorkflowState.APPROVED.value, WorkflowState.WITHDRAWN.value)
    withdrawn = rows.c.shown_state == WorkflowState.WITHDRAWN.value
    return and_(withdrawn, rows.c.state.not_in(public), ~approved)


def _latest(table: Table, observation_id: Any, column: str, scope: Scope) -> Any:
    """The newest word about one observation from a table of decisions, preferences or grades."""
    return (
        select(table.c[column])
        .where(table.c.observation_id == observation_id, known(table, scope))
        .order_by(table.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )


def _of(table: Table, column: str, scope: Scope) -> Any:
    return _latest(table, _o.c.id, column, scope)


def _graded(observation_id: Any, table: Table, column: str, scope: Scope, said: str = "") -> Any:
    """What (`said`, else the grade itself) the newest grade states that says something about `column`."""
    return (
        select(table.c[said or column])
        .where(table.c.observation_id == observation_id, table.c[column] != "", known(table, scope))
        .order_by(table.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )


def frame(rows: Sequence[Any], names: Sequence[str]) -> pd.DataFrame:
    """Rows as the tidy frame; `preferred_reason` carries both languages as ``da\\x1fen``."""
    import pandas as pd  # only here: a frozen pack is read without it

    data = pd.DataFrame(list(rows), columns=list(names))
    for name in ("reason_da", "reason_en", "preferred"):
        data[name] = data[name].astype("object").where(data[name].notna(), None)  # nan would be true
    reasons = zip(data["reason_da"], data["reason_en"], strict=True)
    data["preferred_reason"] = [f"{da or ''}\x1f{en or ''}" if da or en else "" for da, en in reasons]
    data["preferred"] = [bool(value) for value in data["preferred"]]
    data["activities"] = None
    return typed(data)


def typed(data: pd.DataFrame) -> pd.DataFrame:
    """The columns of `FRAME_COLUMNS`, in order and of their types; a missing column is empty."""
    import pandas as pd  # only here: a frozen pack is read without it

    columns: dict[str, Any] = {}
    for name, kind in FRAME_COLUMNS.items():
        column = data[name] if name in data else pd.Series([None] * len(data), index=data.index)
        if kind == "str":
            columns[name] = column.astype("object").fillna("").astype("str")
        elif kind.startswith("datetime64"):
            columns[name] = pd.to_datetime(column).astype(kind)
        elif kind == "bool":
            columns[name] = column.astype("bool")
        elif kind == "float64":
            columns[name] = pd.to_numeric(column).astype("float64")
        else:
            columns[name] = pd.to_numeric(column).astype(kind)
    return pd.DataFrame(columns)


def count_observations(connection: Connection) -> int:
    """How many rows there are, whatever their state."""
    return int(connection.execute(select(func.count()).select_from(_o)).scalar_one())
