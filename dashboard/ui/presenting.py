"""Presenting a frozen pack: its slides over the whole window, until Escape leads back to the pack."""

from __future__ import annotations

import streamlit as st

from dashboard.reports.briefing import Briefing
from dashboard.reports.presentation import presentation
from dashboard.ui import frame
from dashboard.ui.own_element import renderer
from dashboard.ui.session import Visit


def present(kept: Briefing, visit: Visit) -> None:
    """The pack in the language of the page where it has that, else in its own. Under the slides stands the
    way back, for a browser that shows none."""
    t = visit.t
    pack = next((one for one in kept.languages if one.language == t.language), kept)
    frame.titled(pack.title, visit, t("page.briefing"))
    frame.link("briefing", t("briefing.deck.leave"), code=kept.code)
    renderer("briefing", "deck")(
        key=f"deck-{kept.code}-{pack.language}",
        data={
            "id": f"{kept.code}-{pack.language}", "title": pack.title, "language": pack.language,
            "slides": list(_slides(kept.code, pack.language, pack)), "mark": pack.notice,
            "code": f"{pack.labels['code']} {pack.code}", "leave": frame.href("briefing", code=kept.code),
            "words": {
                "previous": t("briefing.deck.previous"), "next": t("briefing.deck.next"),
                "full": t("briefing.deck.full"), "leave": t("briefing.deck.leave"), "of": pack.labels["of"],
            },
        },
    )  # fmt: skip


@st.cache_resource(max_entries=8, show_spinner=False)
def _slides(code: str, language: str, _pack: Briefing) -> tuple[str, ...]:
    return presentation(_pack)
