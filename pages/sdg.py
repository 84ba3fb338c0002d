"""The seventeen goals: the actions behind each, primary and secondary kept apart, and the gaps."""

import streamlit as st

from dashboard.ui import frame, sdg_parts, session

visit = session.guard()
t = visit.t
frame.head(visit)
frame.titled(t("page.sdg"), visit)
st.html(frame.paragraph(t("sdg.lead", city=visit.home.name)))
sdg_parts.summary(visit)
sdg_parts.goals(visit)
sdg_parts.gaps(visit)
st.header(t("sdg.culture"))
sdg_parts.culture2030(visit)
frame.foot(visit)
