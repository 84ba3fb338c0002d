"""What a headline rests on: how far it moves when something is left out of it (N17)."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.analysis.before_after import uncertain_span
from dashboard.analysis.sensitivity import Move, Sensitivity, Switch, of_register, of_values
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Accumulation, Indicator, TimeAggregation
from dashboard.ui import cached, markup
from dashboard.ui.session import Visit


@dataclass(frozen=True)
class _Headline:
    """A headline, what kind of figure it is (``sensitivity.of``), and its currency."""

    found: Sensitivity
    kind: str
    currency: str


def what_it_rests_on(indicator: Indicator, visit: Visit) -> None:
    """The headline since the designation, and one row for each switch."""
    t, city = visit.t, visit.t.text(visit.home.name)
    st.header(t("sensitivity.title"), anchor=False)
    made = _made(visit.stamp, indicator.code)
    if made is None:
        st.html(markup.paragraph(t("sensitivity.no_designation", city=city), "none"))
        return
    found = made.found
    if found.value is None:
        st.html(markup.paragraph(t("sensitivity.nothing", city=city), "none"))
        return
    quantity = Quantity(indicator, indicator.unit, made.currency, None, None, t)
    value = quantity.written(found.value)
    said = t(f"sensitivity.of.{made.kind}", value=value, count=found.parts)
    rows = [_row(move, quantity, visit) for move in found.moves if _applies(move, made.kind)]
    columns = [t(f"sensitivity.column.{name}") for name in ("switch", "value", "difference", "removed")]
    st.html(markup.paragraph(said, "lead"))
    st.html(markup.table(columns, rows, t("sensitivity.caption", city=city), numbers=(1, 2)))
    st.html(markup.paragraph(t("sensitivity.rule"), "small"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _made(stamp: cached.Stamp, code: str) -> _Headline | None:
    """The headline of the home city since its designation, None where that has no date."""
    here = cached.world(stamp)
    indicator = here.indicator(code)
    designation = here.home.designation
    if designation is None:
        return None
    _, since = uncertain_span(designation)
    if indicator.rollup is not None:
        activities = cached.home_activities(stamp)
        found = of_register(activities, indicator, here.home.country, here.currency, since)
        if found is not None:
            money = here.currency if indicator.unit == "currency" else ""
            return _Headline(found, "register", money)
    frame = cached.series(stamp, code, (here.home.slug,))
    currencies = [currency for currency in frame["currency"] if currency]
    values = of_values(frame, indicator, here.home.slug, since)
    return _Headline(values, _kind(indicator), currencies[-1] if currencies else "")


def _kind(indicator: Indicator) -> str:
    if indicator.accumulation is Accumulation.RUNNING_TOTAL:
        return "latest"
    return "sum" if indicator.time_aggregation is TimeAggregation.SUM else "middle"


def _applies(move: Move, kind: str) -> bool:
    """The largest single thing means something only where things are added up."""
    return move.switch is not Switch.WITHOUT_LARGEST or kind in ("register", "sum")


def _row(move: Move, quantity: Quantity, visit: Visit) -> list[str]:
    t = visit.t
    name = t(f"sensitivity.switch.{move.switch}")
    removed = t("sensitivity.removed", count=move.removed)
    if move.ungraded:
        removed = t("sensitivity.ungraded", removed=removed, ungraded=str(move.ungraded))
    if move.value is None or move.difference is None:
        return [name, t("sensitivity.nothing_left"), "", removed]
    if move.code == "nothing_removed":
        return [name, quantity.written(move.value), t("sensitivity.unmoved"), removed]
    sign = "+" if move.difference > 0 else "−" if move.difference < 0 else ""
    difference = f"{sign}{quantity.written(abs(move.difference))}"
    if move.percent is not None:
        difference = f"{difference} ({sign}{t.percent(abs(move.percent))})"
    return [name, quantity.written(move.value), difference, removed]
