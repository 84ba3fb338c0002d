"""The front page: headline figures, then each claim beside its evidence."""

import streamlit as st

from dashboard.ui import due_parts, frame, overview_parts, session

visit = session.guard()
frame.head(visit)
frame.titled(overview_parts.title(visit), visit)
due_parts.block(visit)
overview_parts.opening(visit)
st.header(visit.t("overview.board"), anchor=False)
overview_parts.claims(visit)
