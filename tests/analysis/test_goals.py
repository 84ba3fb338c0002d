"""Actions by goal: each counts once, under its primary goal (N10)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.goals import by_goal, goal_number
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.period import Period
from dashboard.domain.text import Text


def action(key: str, primary: str, *others: str, **fields: object) -> Activity:
    return Activity(
        key=key,
        kind=ActivityKind.SDG_ACTION,
        place="viborg",
        title=Text(key, key),
        period=Period.day(date(2024, 5, 1)),
        sdg_targets=(primary, *others),
        primary_sdg=primary,
        **fields,  # type: ignore[arg-type]
    )


def test_an_action_counts_under_its_primary_goal_and_touches_the_others() -> None:
    goals = by_goal([action("one", "11.4", "4.7", "11")])
    assert [goal.number for goal in goals if goal.primary] == [11]
    assert [goal.number for goal in goals if goal.secondary] == [4]


def test_all_seventeen_goals_are_there_without_any_action() -> None:
    goals = by_goal([])
    assert [goal.number for goal in goals] == list(range(1, 18))
    assert all(goal.reach == 0 for goal in goals)


def test_cancelled_actions_and_repeats_are_left_out() -> None:
    goals = by_goal([
        action("cancelled", "4", state=ActivityState.CANCELLED),
        action("kept", "4", reach=120.0),
        action("repeat", "4", same_as="kept", reach=120.0),
    ])  # fmt: skip
    assert [a.key for a in goals[3].primary] == ["kept"]
    assert goals[3].reach == 120


def test_states_are_counted_among_primary_actions() -> None:
    goals = by_goal([
        action("a", "8", state=ActivityState.PLANNED),
        action("b", "8", state=ActivityState.DONE),
        action("c", "9", "8", state=ActivityState.DONE),
    ])  # fmt: skip
    assert goals[7].in_state(ActivityState.DONE) == 1
    assert goals[7].in_state(ActivityState.PLANNED) == 1


targets = st.sampled_from([str(n) for n in range(1, 18)] + ["4.7", "8.9", "11.4", "16.a"])


@given(st.lists(st.tuples(targets, st.lists(targets, max_size=4)), max_size=12))
def test_primary_actions_add_up_to_the_actions(drawn: list[tuple[str, list[str]]]) -> None:
    actions = [action(f"a-{n}", primary, *others) for n, (primary, others) in enumerate(drawn)]
    goals = by_goal(actions)
    assert sum(len(goal.primary) for goal in goals) == len(actions)
    for goal in goals:
        assert not {a.key for a in goal.primary} & {a.key for a in goal.secondary}
        assert all(goal_number(a.primary_sdg) == goal.number for a in goal.primary)
