"""One figure with everything already known of it beside the field, or many figures in a grid."""

from dashboard.domain.roles import Permission
from dashboard.ui import deciding, entry_form, entry_grid, frame, session

visit = session.guard(Permission.RECORD)
frame.head(visit)
frame.titled(visit.t("page.enter"), visit)
if deciding.possible(visit):
    if entry_form.way(visit) == "grid":
        entry_grid.said(visit)
        entry_grid.entry(visit)
    else:
        entry_form.said(visit)
        entry_form.figure(*entry_form.subject(visit), visit)
frame.foot(visit)
