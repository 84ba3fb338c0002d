"""Repeatable chance: the same name gives the same numbers on every machine and version.

The standard library promises that a seeded `random.Random` repeats its `random()`; numpy promises that
only for raw bits. Each series draws from its own name, so that a change in one moves no other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """Draws for one thing, seeded by its name."""

    def __init__(self, *name: object) -> None:
        self._random = random.Random("mosevig/" + "/".join(map(str, name)))  # noqa: S311 - not for secrets

    def share(self) -> float:
        """Uniform in [0, 1)."""
        return self._random.random()

    def noise(self) -> float:
        """Close to a standard normal (sum of twelve uniforms), within ±3 so that no value runs wild."""
        return max(-3.0, min(3.0, sum(self.share() for _ in range(12)) - 6))

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        return self.share() < probability

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self.share() * len(choices))]

    def pick_some(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones, in their own order."""
        left = list(range(len(choices)))
        taken = sorted(left.pop(int(self.share() * len(left))) for _ in range(min(count, len(choices))))
        return [choices[i] for i in taken]

    def order(self, choices: Sequence[T]) -> list[T]:
        """All of them, shuffled."""
        left = list(choices)
        return [left.pop(int(self.share() * len(left))) for _ in range(len(choices))]


class Deck(Generic[T]):
    """Choices dealt in shuffled order, none twice until all that fit have been dealt; one pile a key."""

    def __init__(self, name: str, choices: Sequence[T]) -> None:
        self._name = name
        self._choices = choices
        self._piles: dict[str, list[T]] = {}

    def deal(self, key: str = "", fits: Callable[[T], bool] = lambda _: True) -> T:
        pile = self._piles.setdefault(key, [])
        if not any(map(fits, pile)):
            pile += Chance("deck", self._name, key, len(pile)).order(self._choices)
        return pile.pop(next(place for place, choice in enumerate(pile) if fits(choice)))
