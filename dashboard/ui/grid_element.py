"""The grid element: a table of text fields that can be walked, typed in and pasted into like a spreadsheet.

An element of our own and not `st.data_editor`: that one draws its cells on a canvas, which a screen reader
and a telephone cannot use well, turns a pasted ``12,5`` into 125 in its number columns, cannot say what is
wrong beside a cell, and loses an edit where its data changes under it. Here each cell is a text field, the
browser keeps what was typed and sends all of it each time, and nothing the server answers writes into a
field that a person has touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from dashboard.ui.chart_element import ASSETS

_MANIFEST = ComponentManifest("entry", "1", [ComponentConfig("grid", "assets")])
_COMPONENT = "entry.grid"


def draw(data: Mapping[str, Any], key: str, on_change: Callable[[], None]) -> None:
    """The grid of `data` (see `assets/grid.js`); `on_change` is called when the texts have changed."""
    _renderer()(key=key, data=data, default={"edits": data["edits"]}, on_edits_change=on_change)


def texts(key: str) -> dict[str, str]:
    """Every text that differs from what stands, by the name of its field, as the browser sent them last."""
    sent = st.session_state.get(key) or {}
    return {str(name): str(text) for name, text in (sent.get("edits") or {}).items()}


@cache
def _style() -> str:
    return (ASSETS / "grid.css").read_text(encoding="utf-8")


def _renderer() -> ComponentRenderer:
    manager = get_bidi_component_manager()
    if manager.get_component_path(_COMPONENT) is None:
        manager.register_from_manifest(_MANIFEST, ASSETS.parent)
    return st.components.v2.component(
        _COMPONENT, html='<div class="grid-root"></div>', css=_style(), js="grid.js", isolate_styles=False
    )
