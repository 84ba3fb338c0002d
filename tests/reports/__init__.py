"""Briefings: composed, frozen, and written in every format."""
