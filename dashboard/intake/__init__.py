"""From files to drafts and problems: pure, without SQL and without Streamlit."""
