"""One claim: what was promised, what the figures say, what speaks against it, what is missing."""

import streamlit as st

from dashboard.ui import cards, claim_parts, frame, pickers, promise_parts, session

visit = session.guard()
t = visit.t
frame.head(visit)
above = st.container()
claim = pickers.claim(visit)
with above:
    frame.titled(t.text(claim.name), visit, t("claim.number", number=str(claim.number)))
claim_parts.promise(claim, visit)
st.header(t("claim.verdict"), anchor=False)
claim_parts.verdict(claim, visit)
st.header(t("claim.story"), anchor=False)
cards.narrative(f"claim:{claim.id}", visit)
st.header(t("claim.indicators"), anchor=False)
claim_parts.indicators(claim, visit)
st.header(t("claim.evidence"), anchor=False)
claim_parts.evidence(claim, visit)
promise_parts.of_claim(claim, visit)
frame.foot(visit)
