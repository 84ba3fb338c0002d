"""The register of activities: grants, articles, events, partnerships and what else figures are made of."""

import streamlit as st

from dashboard.ui import activity_form, activity_parts, activity_record, address, deciding, frame, session

visit = session.guard()
t = visit.t
frame.head(visit)
said = st.container()
if activity_form.asked(visit):
    activity_form.entry(visit)
elif address.read("activity"):
    activity_record.record(visit)
else:
    frame.titled(t("page.activities"), visit)
    activity_parts.overview(visit)
with said:
    deciding.said(visit)
frame.foot(visit)
