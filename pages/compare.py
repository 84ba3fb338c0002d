"""One indicator, the home city and chosen reference places, made comparable by a stated rule or refused."""

import streamlit as st

from dashboard.ui import compare_parts, compare_sections, formula_parts, frame, pickers, session

visit = session.guard()
t = visit.t
frame.head(visit)
above = st.container()
indicator = pickers.indicator(visit, default=compare_parts.first_choice(visit), computed=True)
with above:
    frame.titled(t.text(indicator.name), visit, t("page.compare"))
    st.html(frame.paragraph(t("compare.lead", city=visit.home.name)))
    formula_parts.explained(indicator, visit)
places = pickers.places(
    visit, pickers.with_values(visit, indicator.code), compare_parts.suggested(indicator, visit)
)
asked = compare_parts.measure(indicator, places, visit)
compare_parts.comparison(indicator, places, asked, visit)
compare_sections.further(indicator, places, asked, visit)
compare_parts.reading_guide(indicator, places, visit)
frame.foot(visit)
