"""One indicator: its series with everything that explains it, and the definition it stands on."""

import streamlit as st

from dashboard.ui import cards, frame, indicator_parts, pickers, session

visit = session.guard()
t = visit.t
frame.head(visit)
st.title(t("page.indicator"))
indicator = pickers.indicator(visit)
place = pickers.place(visit, pickers.with_values(visit, indicator.code))
st.header(t.text(indicator.name))
indicator_parts.served_claims(indicator, visit)
indicator_parts.series(indicator, place, visit)
st.header(t("indicator.definition"))
cards.definition(indicator, visit)
st.header(t("indicator.sources"))
indicator_parts.sources(indicator, place, visit)
st.header(t("indicator.history"))
cards.history(indicator, place, visit)
frame.foot(visit)
