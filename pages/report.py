"""The report that the city owes UNESCO every four years: how far it is, who owes what, and writing it."""

from dashboard.ui import frame, report_parts, session

visit = session.guard()
frame.head(visit)
report_parts.show(visit)
frame.foot(visit)
