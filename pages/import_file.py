"""A file of figures or activities: what it is, what would happen, and the one button that does it."""

from dashboard.domain.roles import Permission
from dashboard.ui import frame, import_parts, session

visit = session.guard(Permission.IMPORT)
frame.head(visit)
frame.titled(visit.t("page.import"), visit)
import_parts.said(visit)
import_parts.importing(visit)
frame.foot(visit)
