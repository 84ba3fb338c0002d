"""One figure, with everything already known of it beside the field."""

import streamlit as st

from dashboard.domain.roles import Permission
from dashboard.ui import entry_form, frame, session

visit = session.guard(Permission.RECORD)
t = visit.t
frame.head(visit)
st.title(t("page.enter"))
entry_form.said(visit)
indicator = entry_form.indicator(visit)
place = entry_form.place(visit)
entry_form.figure(indicator, place, visit)
frame.foot(visit)
