"""The pack a councillor holds: composed, frozen under a code, opened again as it was, and presented."""

from dashboard.ui import address, briefing_parts, deciding, frame, session

visit = session.guard()
frame.head(visit)
if code := address.read("code"):
    briefing_parts.frozen(code, visit)
else:
    frame.titled(visit.t("page.briefing"), visit)
    deciding.said(visit)
    briefing_parts.composer(visit)
frame.foot(visit)
