"""What is known of a series, beside the field in which its next figure is typed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.entry_checks import band, own_series
from dashboard.analysis.rollup import REGISTER
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator, IndicatorKind, Place
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.ui import cards, markup
from dashboard.ui.session import Visit

PREVIOUS = 12


def beside(
    wanted: Indicator, where: Place, period: Period | None, draft: Draft | None, known: pd.DataFrame,
    visit: Visit,
) -> None:  # fmt: skip
    """The last twelve values, what is usual, the target and the baseline, and what the figure is."""
    t = visit.t
    st.header(t("enter.previous", count=min(PREVIOUS, len(known))), anchor=False)
    rows = []
    for row in reversed(known.tail(PREVIOUS).to_dict("records")):
        quantity = Quantity(wanted, row["unit"], row["currency"], None, None, t)
        value = (
            t(f"missing.{row['missing_reason']}")
            if pd.isna(row["value"]) and row["missing_reason"]
            else row["text"]
            if pd.isna(row["value"])
            else quantity.written(row["value"], row["qualifier"], row["unit"], row["currency"])
        )
        state = "" if row["state"] == WorkflowState.APPROVED.value else t(f"state.{row['state']}")
        state = t("enter.register_value") if row["source"] == REGISTER else state
        rows.append([t.period(cards.period_of(row)), value, state])
    columns = [t("column.period"), t("column.value"), t("column.state")]
    if not any(state for _, _, state in rows):
        columns, rows = columns[:2], [row[:2] for row in rows]
    st.html(markup.table(columns, rows) if rows else markup.paragraph(t("enter.no_previous"), "none"))
    pairs = _usual(wanted, draft, known, visit)
    for target in visit.world.targets:
        mine = (target.indicator, target.place) == (wanted.code, where.slug)
        if mine and (target.final or (period is not None and target.period.key == period.key)):
            quantity = Quantity(wanted, wanted.unit, target.currency, None, None, t)
            words = quantity.written(target.value, "=", wanted.unit, target.currency)
            pairs.append((t("enter.target", when=t.period(target.period)), words))
    for baseline in visit.world.baselines:
        if (baseline.indicator, baseline.place) == (wanted.code, where.slug):
            quantity = Quantity(wanted, wanted.unit, baseline.currency, None, None, t)
            words = quantity.written(baseline.value, "=", wanted.unit, baseline.currency)
            pairs.append((f"{t('column.baseline')} {t.period(baseline.period)}", words))
    pairs += [
        (t(f"definition.{name}"), t.text(getattr(wanted, name)))
        for name in ("definition", "method", "limitations")
    ]
    st.html(markup.facts(pairs))


def _usual(
    wanted: Indicator, draft: Draft | None, known: pd.DataFrame, visit: Visit
) -> list[tuple[str, str]]:
    """Between which values the series has lain so far; outside of them a figure is asked about (F30)."""
    t = visit.t
    if draft is None or wanted.kind in (IndicatorKind.NARRATIVE, IndicatorKind.YES_NO, IndicatorKind.SCORE):
        return []
    found = band([row.value for row in own_series(known, draft)])
    if found is None:
        return []
    low = max(found.low, wanted.minimum) if wanted.minimum is not None else found.low
    high = min(found.high, wanted.maximum) if wanted.maximum is not None else found.high
    quantity = Quantity(wanted, draft.unit, draft.currency, None, None, t)
    top = quantity.written(high, "=", draft.unit, draft.currency)
    words = t(
        "enter.usual_band", low=quantity.number(low) if low else t.number(0), high=top, count=found.count
    )
    return [(t("enter.usual"), words)]
