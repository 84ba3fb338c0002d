"""The invented city of the demonstration, as tables and seeded chance; `generate.py` writes it out."""
