"""Presenting a frozen pack: its slides over the whole window, until Escape leads back to the pack."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from dashboard.reports.briefing import Briefing
from dashboard.reports.presentation import presentation
from dashboard.ui import frame
from dashboard.ui.chart_element import ASSETS
from dashboard.ui.session import Visit

_MANIFEST = ComponentManifest("briefing", "1", [ComponentConfig("deck", "assets")])
_COMPONENT = "briefing.deck"


def present(kept: Briefing, visit: Visit) -> None:
    """The pack in the language of the page where it has that, else in its own. Under the slides stands the
    way back, for a browser that shows none."""
    t = visit.t
    pack = next((one for one in kept.languages if one.language == t.language), kept)
    frame.titled(pack.title, visit, t("page.briefing"))
    frame.link("briefing", t("briefing.deck.leave"), code=kept.code)
    _renderer()(
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


@cache
def _style() -> str:
    return (ASSETS / "deck.css").read_text(encoding="utf-8")


def _renderer() -> ComponentRenderer:
    manager = get_bidi_component_manager()
    if manager.get_component_path(_COMPONENT) is None:
        manager.register_from_manifest(_MANIFEST, ASSETS.parent)
    return st.components.v2.component(
        _COMPONENT, html='<div class="deck-root"></div>', css=_style(), js="deck.js", isolate_styles=False
    )
