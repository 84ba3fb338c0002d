"""What waits for a decision, old beside new; and batches that can be undone whole."""

import streamlit as st

from dashboard.domain.roles import Permission
from dashboard.ui import frame, review_parts, session

visit = session.guard(Permission.READ_SUBMITTED)
t = visit.t
frame.head(visit)
st.title(t("page.review"))
st.html(frame.paragraph(t("review.lead")))
review_parts.said(visit)
review_parts.inbox(visit)
st.header(t("review.batches"))
review_parts.batches(visit)
frame.foot(visit)
