"""The mix of other places, against a published example and against another solver."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from dashboard.analysis.synthetic_control import NoMix, SyntheticControl, mix_weights, synthetic_control

CIGARETTES = Path(__file__).parent / "data" / "cigarettes.csv"
"""Packs of cigarettes sold per head, 39 states of the USA, 1970–2000 (Abadie, Diamond and Hainmueller 2010).

States by the numbers of that paper's own file: 3 is California, 34 Utah, 19 Montana, 21 Nevada,
5 Connecticut. California's law (Proposition 99) took effect in 1989.
"""


@pytest.fixture(scope="module")
def states() -> pd.DataFrame:
    return pd.read_csv(CIGARETTES, index_col="year")


def mix_of(states: pd.DataFrame, place: str = "3") -> SyntheticControl:
    others = {name: states[name].tolist() for name in states if name != place}
    found = synthetic_control(states[place].tolist(), others, (states.index >= 1989).tolist())
    assert isinstance(found, SyntheticControl)
    return found


def test_the_published_example_comes_out(states: pd.DataFrame) -> None:
    """Arkhangelsky et al. (2021), table 1: the synthetic control of California says −19.6 packs; Clarke et
    al. (2024) print −19.5 for the same data. The heaviest states are Utah, Montana and Nevada."""
    found = mix_of(states)
    assert found.gap == pytest.approx(-19.6, abs=0.15)
    assert [name for name, _ in found.weights[:4]] == ["34", "19", "21", "5"]
    assert found.weights[0][1] == pytest.approx(0.394, abs=0.005)
    assert sum(weight for _, weight in found.weights) == pytest.approx(1, abs=0.02)


def test_the_rank_is_that_of_the_ratio_among_all_states(states: pd.DataFrame) -> None:
    """Some states in turn, each with California left out of its donors, by the definition."""
    found = mix_of(states)
    placebos = dict(found.placebos)
    for name, ours in {"3": found.ratio, "34": placebos["34"], "13": placebos["13"]}.items():
        rest = states.drop(columns=list({name, "3"}))
        before, after = states.index < 1989, states.index >= 1989
        weights = _by_another_solver(states.loc[before, name].to_numpy(), rest[before].to_numpy())
        gap = states[name] - rest @ weights
        ratio = np.sqrt((gap[after] ** 2).mean() / (gap[before] ** 2).mean())
        assert ours == pytest.approx(ratio, rel=1e-2)
    assert (found.rank, found.places) == (1 + sum(r >= found.ratio for r in placebos.values()), 39)


def _by_another_solver(values: np.ndarray, donors: np.ndarray) -> np.ndarray:
    """Sequential quadratic programming instead of non-negative least squares."""
    count = donors.shape[1]
    scale = np.abs(values).mean()
    found = minimize(
        lambda w: np.sum((values - donors @ w) ** 2) / scale**2,
        np.full(count, 1 / count),
        jac=lambda w: -2 * donors.T @ (values - donors @ w) / scale**2,
        method="SLSQP",
        bounds=[(0, 1)] * count,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(count)},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    return found.x


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 7), st.integers(8, 15))
def test_weights_are_a_mix_and_none_fits_better(seed: int, donors: int, points: int) -> None:
    chance = np.random.default_rng(seed)
    others = chance.normal(100, 20, (points, donors))
    values = chance.normal(100, 20, points)
    weights = mix_weights(values, others)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    distance = np.sum((values - others @ weights) ** 2)
    for rival in (_by_another_solver(values, others), *np.eye(donors), np.full(donors, 1 / donors)):
        assert distance <= np.sum((values - others @ rival) ** 2) * (1 + 1e-6)


def test_a_true_mix_is_found_and_what_came_after_is_the_gap() -> None:
    chance = np.random.default_rng(4)
    others = chance.normal(50, 10, (20, 6))
    home = others @ [0.5, 0.3, 0.2, 0, 0, 0]
    home[12:] += 7
    donors = {f"place-{n}": others[:, n].tolist() for n in range(6)}
    found = synthetic_control(home.tolist(), donors, [n >= 12 for n in range(20)])
    assert isinstance(found, SyntheticControl)
    assert found.gap == pytest.approx(7, abs=1e-3)
    assert [name for name, _ in found.weights] == ["place-0", "place-1", "place-2"]
    assert found.rank == 1
    assert found.path[15] == pytest.approx(home[15] - 7, abs=1e-3)


@pytest.mark.parametrize(
    ("before", "donors", "code"), [(7, 6, "too_few_points"), (8, 4, "too_few_donors"), (8, 5, "")]
)
def test_it_is_refused_under_the_minimum(before: int, donors: int, code: str) -> None:
    chance = np.random.default_rng(1)
    others = chance.normal(50, 10, (before + 4, donors))
    given_ = {str(n): others[:, n].tolist() for n in range(donors)}
    found = synthetic_control(others.mean(axis=1).tolist(), given_, [n >= before for n in range(before + 4)])
    assert (found.code if isinstance(found, NoMix) else "") == code


def test_a_mix_that_follows_nothing_is_refused() -> None:
    home = [200.0 + (-1) ** n for n in range(12)]
    donors = {str(k): [10.0 * k + n for n in range(12)] for k in range(5)}
    assert synthetic_control(home, donors, [n >= 8 for n in range(12)]) == NoMix("poor_fit")
