"""What the numbers say: from tidy frames to frames and frozen values, without SQL or Streamlit."""
