"""Briefings: what a councillor holds. One frozen `Briefing`, and one writer a format."""
