"""What the application promised: who owes it, by when, what became of it, and what shows it."""

from dashboard.ui import frame, promise_parts, session

visit = session.guard()
frame.head(visit)
promise_parts.show(visit)
frame.foot(visit)
