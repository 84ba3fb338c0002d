"""One claim: what was promised, what the figures say, what speaks against it, what is missing."""

import streamlit as st

from dashboard.ui import cards, claim_parts, frame, pickers, session

visit = session.guard()
t = visit.t
frame.head(visit)
st.title(t("page.claim"))
claim = pickers.claim(visit)
claim_parts.promise(claim, visit)
st.header(t("claim.verdict"))
claim_parts.verdict(claim, visit)
st.header(t("claim.story"))
cards.narrative(f"claim:{claim.id}", visit)
st.header(t("claim.indicators"))
claim_parts.indicators(claim, visit)
st.header(t("claim.evidence"))
claim_parts.evidence(claim, visit)
frame.foot(visit)
