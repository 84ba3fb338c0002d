"""SDG actions by goal with the double-count guard (N10): totals count an action once, by its primary goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.domain.activity import Activity, ActivityState

GOALS = range(1, 18)


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the seventeen goals: the actions that have it as primary, and those that touch it besides."""

    number: int
    primary: tuple[Activity, ...]
    secondary: tuple[Activity, ...]

    @property
    def reach(self) -> float:
        """People reached by the primary actions that say how many."""
        return sum(activity.reach or 0 for activity in self.primary)

    def in_state(self, state: ActivityState) -> int:
        return sum(activity.state is state for activity in self.primary)


def goal_number(target: str) -> int:
    """The goal of a goal or target: 11 for ``11`` and for ``11.4``."""
    return int(target.partition(".")[0])


def by_goal(activities: Iterable[Activity]) -> tuple[Goal, ...]:
    """All seventeen goals, those without any action too; cancelled actions and repeats are left out."""
    kept = [a for a in activities if a.state is not ActivityState.CANCELLED and not a.same_as]
    return tuple(
        Goal(
            number,
            tuple(a for a in kept if a.primary_sdg and goal_number(a.primary_sdg) == number),
            tuple(
                a
                for a in kept
                if number in {goal_number(target) for target in a.sdg_targets}
                and not (a.primary_sdg and goal_number(a.primary_sdg) == number)
            ),
        )
        for number in GOALS
    )
