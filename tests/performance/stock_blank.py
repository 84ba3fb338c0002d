"""The blank page under the stock ``streamlit run``: the floor that others are compared with."""

import streamlit as st

st.write("blank")
