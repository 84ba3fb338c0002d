"""Changes and their intervals of 95 per cent, by least squares (the rules and sources: `before_after`)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval of 95 per cent; no bounds where one place alone stands behind it.

    `method`: ``classical`` or ``newey_west`` (over time), ``between_places``, ``differences_over_time``,
    ``single_place``. In per cent or in the shown unit, by the `scale` of what holds it.
    """

    estimate: float
    low: float | None
    high: float | None
    method: str

    @property
    def sign(self) -> int:
        """+1 or −1 where the whole interval lies on one side of nought, else 0."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return 0
        return 1 if self.low > 0 else -1


def plain_change(values: Numbers, since: Sequence[bool], months: Sequence[int]) -> float:
    """The change between the sides, the months of the year held equal."""
    return float(np.linalg.lstsq(_design(since, months), values, rcond=None)[0][1])


def _design(since: Sequence[bool], months: Sequence[int]) -> Numbers:
    """A column of ones, one for *since*, and one for each month but the first."""
    columns = [np.ones(len(since)), np.array(since, dtype=np.float64)]
    columns += [np.array([m == month for m in months], dtype=np.float64) for month in sorted(set(months))[1:]]
    return np.column_stack(columns)


def change_over_time(values: Numbers, since: Sequence[bool], months: Sequence[int]) -> Interval:
    """The change between the sides, with the wider one of the two intervals."""
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(values, _design(since, months)).fit()
    robust = fitted.get_robustcov_results(
        cov_type="HAC", maxlags=lags(len(values)), use_correction=True, use_t=True
    )
    with np.errstate(invalid="ignore"):  # where nothing varies, rounding can make a variance negative
        bounds = {
            "classical": fitted.conf_int(alpha=1 - CONFIDENCE)[1],
            "newey_west": robust.conf_int(alpha=1 - CONFIDENCE)[1],
        }
    widths = {name: float(high - low) for name, (low, high) in bounds.items()}
    method = max(widths, key=lambda name: widths[name] if math.isfinite(widths[name]) else -1.0)
    estimate = float(fitted.params[1])
    low, high = bounds[method] if math.isfinite(widths[method]) else (estimate, estimate)
    return Interval(estimate, float(low), float(high), method)


def lags(points: int) -> int:
    """Newey and West's rule of thumb for how many values hang together: 2 of 10 points, 4 of 100."""
    return max(1, int(4 * math.pow(points / 100, 2 / 9)))


def between_places(home: float, others: Sequence[float]) -> Interval:
    """The home city's change less the mean of the others', by least squares of changes on *home or not*."""
    from statsmodels.regression.linear_model import OLS

    design = np.column_stack([np.ones(len(others) + 1), [1.0, *[0.0] * len(others)]])
    fitted = OLS(np.array([home, *others]), design).fit()
    low, high = fitted.conf_int(alpha=1 - CONFIDENCE)[1]
    return Interval(float(fitted.params[1]), float(low), float(high), "between_places")


def mean_of_places(changes: Sequence[float]) -> Interval:
    """The mean change of some places, with Student's interval where there are two or more."""
    if len(changes) == 1:
        return Interval(changes[0], None, None, "single_place")
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(np.array(changes), np.ones(len(changes))).fit()
    low, high = fitted.conf_int(alpha=1 - CONFIDENCE)[0]
    return Interval(float(fitted.params[0]), float(low), float(high), "between_places")
