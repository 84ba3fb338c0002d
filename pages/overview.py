"""The front page: headline figures, then each claim beside its evidence."""

import streamlit as st

from dashboard.ui import board, frame, session

visit = session.guard()
t = visit.t
frame.head(visit)
st.title(frame.designation_title(visit))
st.html(frame.paragraph(t("overview.lead")))
frame.headlines(board.headlines(visit.stamp, t.language), t)
st.header(t("overview.board"))
for row in board.rows(visit.stamp, t.language):
    with st.container(border=True, key=f"claim-{row.claim}"):
        st.html(row.markup)
        frame.link("claim", row.link, claim=row.claim)
with st.expander(t("overview.rule")):
    st.html(board.legend(t))
frame.foot(visit)
