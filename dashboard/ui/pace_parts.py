"""Targets by period, what was reached for each, and the pace that the next one needs."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.pace import DAYS_A_YEAR, Milestone, Pace, Plan, plan
from dashboard.charts.quantity import Quantity
from dashboard.charts.worked_lines import Corner, Goal, plan_chart
from dashboard.domain.catalogue import Indicator
from dashboard.i18n import Translator
from dashboard.ui import cached, markup
from dashboard.ui.chart_element import element_data
from dashboard.ui.chart_stage import stage_of
from dashboard.ui.figure_table import figure
from dashboard.ui.session import Visit


def plan_and_pace(indicator: Indicator, visit: Visit) -> None:
    """The sentence about the next target, and the table of all."""
    t, city = visit.t, visit.t.text(visit.home.name)
    st.header(t("plan.title"), anchor=False)
    made, currency = _made(visit.stamp, indicator.code)
    quantity = Quantity(indicator, indicator.unit, currency, None, None, t)
    if made.pace is not None:
        st.html("".join(_sentences(made.pace, indicator, quantity, visit)))
    else:
        st.html(markup.paragraph(t(f"plan.{made.code}", city=city), "none"))
    if made.milestones:
        drawn = _drawn(visit.stamp, t.language, indicator.code)
        frame = cached.series(visit.stamp, indicator.code, (visit.home.slug,))
        figure(drawn, indicator, frame, t("plan.title"), visit, "plan")
        rows = [_row(milestone, quantity, visit) for milestone in made.milestones]
        columns = [t(f"plan.column.{name}") for name in ("period", "target", "actual", "difference", "state")]
        st.html(markup.table(columns, rows, t("plan.caption", city=city), numbers=(1, 2, 3)))
        st.html(markup.paragraph(t("plan.rule"), "small"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _made(stamp: cached.Stamp, code: str) -> tuple[Plan, str]:
    """The plan of the home city, and the currency of its values."""
    here = cached.world(stamp)
    indicator = here.indicator(code)
    points = cached.shaped(stamp, code, (here.home.slug,), cached.AS_PUBLISHED).points
    found = plan(points, indicator, here.home.slug, here.targets, here.baselines, stamp.day)
    currencies = [currency for currency in points["currency"] if currency]
    return found, currencies[-1] if currencies else ""


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(stamp: cached.Stamp, language: str, code: str) -> cached.Drawn:
    """The finished chart of an indicator with targets."""
    here, t = cached.world(stamp), Translator(language)
    indicator = here.indicator(code)
    made, currency = _made(stamp, code)
    points = cached.shaped(stamp, code, (here.home.slug,), cached.AS_PUBLISHED).points
    goals = [
        Goal(m.period, m.target, t(f"plan.state.{m.code}"), m.final)
        for m in made.milestones
        if m.code != "currency_differs"
    ]
    needed, so_far = _paces(made.pace)
    stage = stage_of(stamp, t, indicator, indicator.unit, currency)
    spec = plan_chart(points, stage, goals, made.line, needed, so_far)
    return cached.Drawn(spec, element_data(spec, t))


def _paces(pace: Pace | None) -> tuple[tuple[Corner, Corner] | None, tuple[Corner, Corner] | None]:
    """From the latest value to the next target, and by the pace so far to the same day."""
    end = pace.next_target.period.end if pace else None
    if pace is None or end is None:
        return None, None
    begin, years = (pace.latest_day, pace.latest), (end - pace.latest_day).days / DAYS_A_YEAR
    needed = (begin, (end, pace.next_target.target))
    so_far = (begin, (end, pace.latest + pace.so_far * years)) if pace.so_far is not None else None
    return needed, so_far


def _sentences(pace: Pace, indicator: Indicator, quantity: Quantity, visit: Visit) -> list[str]:
    t = visit.t
    target = pace.next_target
    said = [
        t(
            "plan.next", target=quantity.written(target.target), period=t.period(target.period),
            latest=quantity.written(pace.latest), day=pace.latest_day,
            needed=_signed(pace.needed, quantity, visit),
        )
    ]  # fmt: skip
    if pace.so_far is None:
        said.append(t("plan.no_pace"))
    else:
        said.append(t("plan.so_far", pace=_signed(pace.so_far, quantity, visit)))
    if pace.within_reach is not None:
        said.append(t("plan.enough" if pace.within_reach else "plan.not_enough"))
    if pace.ahead is not None and pace.expected is not None:
        key = "plan.ahead" if pace.ahead > 0 else "plan.behind" if pace.ahead < 0 else "plan.on_line"
        away = _size(abs(pace.ahead), quantity, visit)
        said.append(t(key, expected=quantity.written(pace.expected), away=away))
    return [markup.paragraph(said[0], "lead"), *map(markup.paragraph, said[1:])]


def _signed(value: float, quantity: Quantity, visit: Visit) -> str:
    text = _size(abs(value), quantity, visit)
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _size(size: float, quantity: Quantity, visit: Visit) -> str:
    """A difference in words: that of two percentages is in points."""
    if quantity.unit == "percent":
        return visit.t("beforeafter.points", value=visit.t.number(size, 1))
    return quantity.written(size)


def _row(milestone: Milestone, quantity: Quantity, visit: Visit) -> list[str]:
    t = visit.t
    actual = difference = t("plan.nothing")
    if milestone.actual is not None and milestone.difference is not None:
        actual = t(
            "plan.actual", value=quantity.written(milestone.actual), period=t.period(milestone.actual_period)
        )
        difference = _signed(milestone.difference, quantity, visit)
        if milestone.percent is not None:
            share = t("plan.percent", share=t.percent(milestone.percent))
            difference = f"{difference} ({share})"
    period = t.period(milestone.period)
    if milestone.final:
        period = t("plan.final", period=period)
    return [period, quantity.written(milestone.target), actual, difference, t(f"plan.state.{milestone.code}")]
