"""What a change of an indicator's definition does to the values recorded under it (F18, F48).

A wording may change freely: every version is kept with its reason. Two things may not slip through.
Another kind cannot be read into values that stand already (an amount is no yes or no), so it is refused.
Another unit, or a running total instead of counts by period, makes values that must not be joined with the
earlier ones: it needs the day from which it holds, and that day becomes a series break at every place.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from dashboard.domain.catalogue import Indicator
from dashboard.domain.problem import Problem

BREAKING = ("unit", "accumulation")
"""Fields whose change makes new values incomparable with those recorded before."""


def changed(before: Any, after: Any) -> tuple[str, ...]:
    """The names of the fields in which two records of one type differ; a version number says nothing."""
    return tuple(
        field.name
        for field in dataclasses.fields(before)
        if field.name != "version" and getattr(before, field.name) != getattr(after, field.name)
    )


def breaks_series(before: Indicator, after: Indicator, values: int) -> bool:
    """Whether the change must leave a series break: `values` are recorded and none may be joined with it."""
    return values > 0 and any(getattr(before, name) != getattr(after, name) for name in BREAKING)


def check_change(before: Indicator, after: Indicator, values: int) -> list[Problem]:
    """Problems of changing a definition under which `values` stand; none where nothing was recorded."""
    problems = []
    if values and before.kind is not after.kind:
        problems.append(Problem("kind_with_values", "kind", params={"count": values}))
    if breaks_series(before, after, values) and (
        after.valid_from is None or after.valid_from == before.valid_from
    ):
        problems.append(Problem("break_day_required", "valid_from", params={"count": values}))
    return problems
