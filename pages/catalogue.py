"""What is measured and how: claims, indicators, places and sources, made and changed with their reasons."""

from dashboard.ui import catalogue_parts, frame, session

visit = session.guard()
frame.head(visit)
catalogue_parts.show(visit)
frame.foot(visit)
