"""Six line charts of a city and five others, by the product's own parts, to compare with the Dash page."""

import sys
from pathlib import Path

import streamlit as st

sys.path[:0] = [root] if (root := str(Path(__file__).resolve().parents[2])) not in sys.path else []

from dashboard.ui import cached, chart_element, frame, session  # noqa: E402
from tests.performance.rows import CITIES, CODES  # noqa: E402

st.set_page_config(layout="wide")

visit = session.guard()
frame.menu(visit.t, "compare")
frame.head(visit)
city = st.selectbox("City", CITIES, format_func=lambda slug: visit.t.text(visit.world.places[slug].name))
places = (city, *[other for other in CITIES if other != city][:5])
for column, codes in zip(st.columns(2), (CODES[::2], CODES[1::2]), strict=True):
    with column:
        for code in codes:
            asked = (visit.stamp, visit.t.language, code, places, cached.AS_PUBLISHED)
            chart_element.draw_data(cached.drawn_comparison(*asked).data, key=code)
