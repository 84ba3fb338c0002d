"""What stands between the network and the application: Starlette only, no Streamlit, no SQL."""
