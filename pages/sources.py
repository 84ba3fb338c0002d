"""Where everything is written: each source, what it is worth, and how much stands on it."""

import streamlit as st

from dashboard.ui import frame, session, source_parts

visit = session.guard()
t = visit.t
frame.head(visit)
frame.titled(t("page.sources"), visit)
st.html(frame.paragraph(t("sources.lead")))
source_parts.listing(visit)
frame.foot(visit)
