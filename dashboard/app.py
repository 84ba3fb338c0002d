"""Streamlit's entry script. It stands here and not beside `pages/`: that is a security decision.

With an entry script at the root, Streamlit takes `pages/` for an old-style application until a session has
called `st.navigation`, and a deep link runs a page past the router. A test keeps watch over a real socket.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path[:0] = [root] if (root := str(Path(__file__).resolve().parent.parent)) not in sys.path else []

from dashboard.ui import frame, session  # noqa: E402  # the path is set above

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
t = session.translator()
page = frame.navigation(t)
slug = page.url_path or frame.FRONT
frame.menu(t, slug)
with frame.boundary(t, slug):
    page.run()
