"""The parts of the page of the Sustainable Development Goals."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.analysis.goals import Goal, by_goal, goal_number
from dashboard.domain.activity import Activity, ActivityState
from dashboard.domain.catalogue import VocabularyCode
from dashboard.ui import activity_list, cached, frame, markup
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
            _name(goal, visit),
            t.number(len(goal.primary)),
            *(t.number(goal.in_state(state)) for state in _STATES),
            t.number(len(goal.secondary)),
            _reach(goal, visit),
        ]
        for goal in found
    ]
    st.html(markup.table(columns, rows, t("sdg.caption"), numbers=range(1, 7)))
    st.html(markup.paragraph(t("sdg.counting"), "small"))
    st.header(t("sdg.behind"), anchor=False)
    for goal in found:
        if goal.primary or goal.secondary:
            counts = [
                t(f"sdg.counts.{role}", count=len(those))
                for role, those in (("primary", goal.primary), ("secondary", goal.secondary))
                if those
            ]
            with st.expander(f"{_name(goal, visit)}: {', '.join(counts)}"):
                st.html(_behind(goal, visit))


def _name(goal: Goal, visit: Visit) -> str:
    return f"{goal.number}. {visit.t(f'sdg.name.{goal.number}')}"


def _reach(goal: Goal, visit: Visit) -> str:
    """The people that the primary actions reached, and of how many of them it is known."""
    t, told = visit.t, [a for a in goal.primary if a.reach is not None]
    if not told:
        return t("sdg.reach_unknown") if goal.primary else t("word.none")
    reached = t.number(goal.reach)
    if len(told) == len(goal.primary):
        return reached
    return t("sdg.reach_of", reach=reached, told=len(told), actions=len(goal.primary))


def _behind(goal: Goal, visit: Visit) -> str:
    """The actions that count here, those that count elsewhere, and the way to them in the register."""
    t = visit.t
    parts = []
    if goal.primary:
        parts.append(_actions(goal.primary, t("sdg.primary_caption"), visit))
    if goal.secondary:
        parts.append(_actions(goal.secondary, t("sdg.secondary_caption"), visit, elsewhere=True))
    return "".join(parts) + frame.go("activities", t("sdg.to_register"), goal=str(goal.number))


def _actions(found: Sequence[Activity], caption: str, visit: Visit, elsewhere: bool = False) -> str:
    t = visit.t
    rows = []
    for one in found:
        reach = t.number(one.reach) if one.reach is not None else t("sdg.reach_unknown")
        row = [
            activity_list.title(one, visit), escape(t.period(one.period)),
            escape(t(f"activity_state.{one.state}")), escape(t.list(one.sdg_targets)), escape(reach),
        ]  # fmt: skip
        if elsewhere:
            row.append(escape(str(goal_number(one.primary_sdg)) if one.primary_sdg else t("sdg.nowhere")))
        rows.append(row)
    names = ("record", "period", "state", "targets", "reach", *(("counts_under",) if elsewhere else ()))
    return activity_list.table([t(f"column.{name}") for name in names], rows, caption, numbers=(4,))


def gaps(visit: Visit) -> None:
    """What is missing, said aloud: goals without any action, with plans only, or with actions that no
    indicator follows, and actions without a primary goal or a measured reach."""
    t, found = visit.t, _goals(visit)
    if not any(goal.primary or goal.secondary for goal in found):
        return
    st.header(t("sdg.gaps"), anchor=False)
    none = [goal for goal in found if not goal.primary and not goal.secondary]
    touched = [goal for goal in found if not goal.primary and goal.secondary]
    planned = [g for g in found if g.primary and g.in_state(ActivityState.PLANNED) == len(g.primary)]
    followed = {
        goal_number(target)
        for indicator in visit.world.catalogue.indicators
        if not indicator.retired
        for target in indicator.sdg_targets
    }
    unmeasured = [goal for goal in found if goal.primary and goal.number not in followed]
    lines = [
        t(key, goals=t.list(f"{goal.number} ({t(f'sdg.name.{goal.number}')})" for goal in those))
        for key, those in (
            ("sdg.without", none), ("sdg.touched_only", touched), ("sdg.planned_only", planned),
            ("sdg.no_indicator", unmeasured),
        )
        if those
    ]  # fmt: skip
    if not none and not touched:
        lines.append(t("sdg.all_served"))
    homeless = {a.key for goal in found for a in goal.secondary if not a.primary_sdg}
    if homeless:
        lines.append(t("sdg.no_primary", actions=t("count.actions", count=len(homeless))))
    silent = sum(a.reach is None for goal in found for a in goal.primary)
    if silent:
        lines.append(t("sdg.unmeasured", actions=t("count.actions", count=silent)))
    lines.append(t("sdg.tagging"))
    st.html(markup.items(lines))


def culture2030(visit: Visit) -> None:
    """UNESCO's Culture|2030 codes by dimension, with the indicators and the actions that touch each."""
    t = visit.t
    st.html(markup.paragraph(t("sdg.culture_why"), "small"))
    codes = visit.world.vocabulary
    if not codes:
        st.html(markup.paragraph(t("sdg.no_culture"), "none"))
        return
    indicators: dict[str, list[str]] = {}
    for indicator in visit.world.catalogue.indicators:
        if not indicator.retired:
            link = frame.anchor("indicator", t.text(indicator.name), indicator=indicator.code)
            for code in indicator.culture2030:
                indicators.setdefault(code, []).append(link)
    actions: dict[str, int] = {}
    for activity in cached.home_activities(visit.stamp):
        if activity.state is not ActivityState.CANCELLED and not activity.same_as:
            for code in activity.culture2030:
                actions[code] = actions.get(code, 0) + 1
    empty = [code.code for code in codes if code.code not in indicators and code.code not in actions]
    st.html(markup.paragraph(t("sdg.culture_covered", covered=len(codes) - len(empty), count=len(codes))))
    if empty:
        st.html(markup.paragraph(t("sdg.culture_empty", codes=t.list(empty)), "small"))
    dimensions = {t.text(code.group): code.group for code in codes}
    for name, group in dimensions.items():
        rows = [
            _code(code, indicators.get(code.code, []), actions.get(code.code, 0), visit)
            for code in codes
            if code.group == group
        ]
        columns = [t(f"column.{one}") for one in ("code", "culture_indicator", "our_indicators", "actions")]
        st.html(activity_list.table(columns, rows, name, numbers=(3,)))


def _code(code: VocabularyCode, indicators: Sequence[str], actions: int, visit: Visit) -> list[str]:
    t = visit.t
    listed = "<br>".join(indicators) or escape(t("word.none"))
    return [escape(code.code), escape(t.text(code.name)), listed, escape(t.number(actions))]
