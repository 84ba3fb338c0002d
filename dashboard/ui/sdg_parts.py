"""The parts of the page of the Sustainable Development Goals."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.goals import Goal, by_goal
from dashboard.domain.activity import Activity, ActivityState
from dashboard.ui import cached, markup
from dashboard.ui.session import Visit

_STATES = (ActivityState.PLANNED, ActivityState.RUNNING, ActivityState.DONE)


def _goals(visit: Visit) -> tuple[Goal, ...]:
    return by_goal(cached.home_activities(visit.stamp))


def summary(visit: Visit) -> None:
    """How many actions there are, each counted once, and how many goals they are for."""
    t, found = visit.t, _goals(visit)
    actions = sum(len(goal.primary) for goal in found)
    served = sum(bool(goal.primary) for goal in found)
    key = "sdg.summary" if actions else "sdg.empty"
    st.html(markup.paragraph(t(key, actions=t("count.actions", count=actions), goals=served), "lead"))


def goals(visit: Visit) -> None:
    """The table of the goals, and the actions behind each."""
    t, found = visit.t, _goals(visit)
    columns = [t("sdg.goal"), t("sdg.primary")]
    columns += [t(f"activity_state.{state}") for state in _STATES]
    columns += [t("sdg.secondary"), t("sdg.reach")]
    rows = [
        [
            f"{goal.number}. {t(f'sdg.name.{goal.number}')}",
            t.number(len(goal.primary)),
            *(t.number(goal.in_state(state)) for state in _STATES),
            t.number(len(goal.secondary)),
            t.number(goal.reach) if goal.reach else t("word.none"),
        ]
        for goal in found
    ]
    st.html(markup.table(columns, rows, t("sdg.caption"), numbers=range(1, 7)))
    for goal in found:
        if goal.primary or goal.secondary:
            with st.expander(f"{goal.number}. {t(f'sdg.name.{goal.number}')}"):
                st.html(_actions(goal, visit))


def _actions(goal: Goal, visit: Visit) -> str:
    t = visit.t

    def line(activity: Activity, role: str) -> list[str]:
        reach = t.number(activity.reach) if activity.reach is not None else t("word.none")
        return [
            t.text(activity.title), t.period(activity.period), t(f"activity_state.{activity.state}"),
            t(f"sdg.{role}"), t.list(activity.sdg_targets), reach,
        ]  # fmt: skip

    rows = [line(a, "primary_one") for a in goal.primary] + [line(a, "secondary_one") for a in goal.secondary]
    columns = [t(f"column.{name}") for name in ("record", "period", "state", "role", "targets", "reach")]
    return markup.table(columns, rows, numbers=[5])


def gaps(visit: Visit) -> None:
    """What is missing, said aloud: goals without any action, and actions without a measured reach."""
    t, found = visit.t, _goals(visit)
    empty = [goal for goal in found if not goal.primary]
    if not any(goal.primary for goal in found):
        return
    st.header(t("sdg.gaps"))
    names = t.list(f"{goal.number} ({t(f'sdg.name.{goal.number}')})" for goal in empty)
    unmeasured = sum(a.reach is None for goal in found for a in goal.primary)
    lines = [t("sdg.without", goals=names)] if empty else [t("sdg.all_served")]
    if unmeasured:
        lines.append(t("sdg.unmeasured", actions=t("count.actions", count=unmeasured)))
    lines.append(t("sdg.tagging"))
    st.html(markup.items(lines))


def culture2030(visit: Visit) -> None:
    """UNESCO's Culture|2030 codes by dimension, and which of our indicators and actions touch them."""
    t = visit.t
    indicators: dict[str, list[str]] = {}
    for indicator in visit.world.catalogue.indicators:
        for code in indicator.culture2030:
            indicators.setdefault(code, []).append(t.text(indicator.name))
    rows = [
        [t.text(code.group), code.code, t.text(code.name), "; ".join(indicators.get(code.code, []))]
        for code in visit.world.vocabulary
    ]
    columns = [t(f"column.{name}") for name in ("dimension", "code", "culture_indicator", "our_indicators")]
    st.html(markup.paragraph(t("sdg.culture_why"), "small"))
    st.html(markup.table(columns, rows) if rows else markup.paragraph(t("sdg.no_culture"), "none"))
