"""What things are: pure values and rules, without SQL, Streamlit or files."""
