"""A weighted mix of other places that ran like the home city before its title (N2).

**Rule.** Weights of nought or more that add up to one, chosen so that the mix lies as near as possible to the
home city (least squares) over the points before the designation; afterwards the mix is carried on with the
same weights, and the gap is what the home city has more or less than it. Only past values are matched.

**Is the gap large?** Each donor in turn is treated as if it had got the title that day (a placebo run, the
home city left out). For every place the size of its gap since is divided by its size before (root mean
square), and the home city's rank among these ratios is told. With `n` donors the smallest share that chance
alone can give is one in `n + 1`: with five that is one in six, which never proves anything.

**Source.** Abadie, Diamond and Hainmueller (2010), *Synthetic control methods for comparative case studies*,
JASA 105; matched on all past outcomes and nothing else, as the plain estimate "SC" in Arkhangelsky et al.
(2021), *Synthetic difference-in-differences*, AER 111.

**Limits.** Eight points before and five donors at least (`rules`, conversions). A mix that runs no nearer to
the home city than the city's own mean before does is refused. Where there are more donors than points before,
several mixes may fit equally well. A gap is never called an effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

POINTS_NEEDED = 8
DONORS_NEEDED = 5
NAMED_WEIGHT = 0.005
"""Donors with less weight than this are not named."""
SUM_WEIGHT = 1e5

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SyntheticControl:
    """The mix and how unusual the home city's gap to it is.

    `weights` by donor, the heaviest first; `path` is the mix at every point, before and since; `gap` the mean
    gap since (home minus mix, in the unit of the values); `before_error` and `since_error` are root mean
    squares of the gap, `ratio` the later by the earlier. `rank` 1 of `places` is the largest ratio;
    `placebos` are the donors' ratios.
    """

    weights: tuple[tuple[str, float], ...]
    path: tuple[float, ...]
    gap: float
    before_error: float
    since_error: float
    ratio: float
    rank: int
    places: int
    placebos: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class NoMix:
    """Why there is none: ``too_few_points``, ``too_few_donors`` or ``poor_fit``, and what fills the words."""

    code: str
    params: tuple[tuple[str, int], ...] = ()


def synthetic_control(
    home: Sequence[float], donors: Mapping[str, Sequence[float]], since: Sequence[bool]
) -> SyntheticControl | NoMix:
    """The mix for `home`; `donors` have a value at every point of it, `since` marks the later ones."""
    later = np.asarray(since, dtype=bool)
    points = int((~later).sum())
    if points < POINTS_NEEDED or not later.any():
        return NoMix("too_few_points", (("points", points), ("needed", POINTS_NEEDED)))
    if len(donors) < DONORS_NEEDED:
        return NoMix("too_few_donors", (("places", len(donors)), ("needed", DONORS_NEEDED)))
    values = np.asarray(home, dtype=np.float64)
    names = list(donors)
    others = np.column_stack([np.asarray(donors[name], dtype=np.float64) for name in names])
    weights = mix_weights(values[~later], others[~later])
    path = others @ weights
    before, after = _errors(values - path, later)
    own = values[~later]
    if before >= float(np.sqrt(np.mean((own - own.mean()) ** 2))):
        return NoMix("poor_fit")
    placebos = []
    for number, name in enumerate(names):
        rest = np.delete(others, number, axis=1)
        chosen = mix_weights(others[~later, number], rest[~later])
        placebos.append((name, _ratio(*_errors(others[:, number] - rest @ chosen, later))))
    ratio = _ratio(before, after)
    heavy = sorted(zip(names, weights.tolist(), strict=True), key=lambda pair: -pair[1])
    return SyntheticControl(
        weights=tuple((name, weight) for name, weight in heavy if weight >= NAMED_WEIGHT),
        path=tuple(path.tolist()),
        gap=float((values - path)[later].mean()),
        before_error=before,
        since_error=after,
        ratio=ratio,
        rank=1 + sum(other >= ratio for _, other in placebos),
        places=len(names) + 1,
        placebos=tuple(placebos),
    )


def mix_weights(values: Numbers, donors: Numbers) -> Numbers:
    """The weights, none negative and together one, whose mix of the columns of `donors` is nearest.

    Non-negative least squares (Lawson and Hanson) with the sum to one as a row of its own that weighs
    `SUM_WEIGHT` times as much as a point.
    """
    from scipy.optimize import nnls

    scale = float(np.abs(values).mean()) or 1.0
    rows = np.vstack([donors / scale, np.full(donors.shape[1], SUM_WEIGHT)])
    found, _ = nnls(rows, np.append(values / scale, SUM_WEIGHT), maxiter=100 * donors.shape[1])
    weights: Numbers = found / found.sum()
    return weights


def _errors(gap: Numbers, later: NDArray[np.bool_]) -> tuple[float, float]:
    """The root mean squares of a gap before and since."""
    return float(np.sqrt(np.mean(gap[~later] ** 2))), float(np.sqrt(np.mean(gap[later] ** 2)))


def _ratio(before: float, since: float) -> float:
    if before > 0:
        return since / before
    return float("inf") if since > 0 else 0.0
