"""Streamlit, and only here (with `app`, `server` and the pages): what a person sees and touches."""
