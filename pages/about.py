"""How the figures are made, how to read them, what this is not, and the statements owed to the public."""

import streamlit as st

from dashboard.analysis.exchange import rate_table
from dashboard.ui import frame, markup, session

visit = session.guard()
t = visit.t
frame.head(visit)
frame.titled(t("page.about"), visit)
for section in ("what", "read", "verdict", "conversions", "not", "accessibility", "licences", "data"):
    st.header(t(f"about.{section}.title"))
    words = t(f"about.{section}.text", city=visit.home.name, rates=rate_table().last)
    for part in words.strip().split("\n\n"):
        st.html(markup.paragraph(part, "lead"))
frame.foot(visit)
