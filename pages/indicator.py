"""One indicator: its series with everything that explains it, and the definition it stands on."""

import streamlit as st

from dashboard.ui import (
    cards,
    formula_parts,
    frame,
    indicator_parts,
    pickers,
    session,
    split_parts,
    value_history_parts,
)

visit = session.guard()
t = visit.t
frame.head(visit)
above = st.container()
indicator = pickers.indicator(visit)
place = pickers.place(visit, pickers.with_values(visit, indicator.code))
with above:
    frame.titled(t.text(indicator.name), visit, t("page.indicator"))
indicator_parts.served_claims(indicator, visit)
value_history_parts.opened(indicator, place, visit)
indicator_parts.series(indicator, place, visit)
split_parts.at_place(indicator, place, visit)
formula_parts.taking_part(indicator, visit)
st.header(t("indicator.definition"))
cards.definition(indicator, visit)
st.header(t("indicator.sources"))
indicator_parts.sources(indicator, place, visit)
st.header(t("indicator.history"))
value_history_parts.table(indicator, place, visit)
frame.foot(visit)
