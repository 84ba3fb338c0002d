"""What waits for a decision, old beside new; batches, completeness and closed periods beside it."""

from dashboard.domain.roles import Permission
from dashboard.ui import deciding, frame, review_sections, session

visit = session.guard(Permission.READ_SUBMITTED)
frame.head(visit)
frame.titled(visit.t("page.review"), visit)
deciding.said(visit)
review_sections.show(visit)
frame.foot(visit)
