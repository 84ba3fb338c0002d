"""The grid element: a table of text fields that can be walked, typed in and pasted into like a spreadsheet.

An element of our own and not `st.data_editor`: that one draws its cells on a canvas, which a screen reader
and a telephone cannot use well, turns a pasted ``12,5`` into 125 in its number columns, cannot say what is
wrong beside a cell, and loses an edit where its data changes under it. Here each cell is a text field, the
browser keeps what was typed and sends all of it each time, and nothing the server answers writes into a
field that a person has touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.ui.own_element import renderer


def draw(data: Mapping[str, Any], key: str, on_change: Callable[[], None]) -> None:
    """The grid of `data` (see `assets/grid.js`); `on_change` is called when the texts have changed."""
    renderer("entry", "grid")(key=key, data=data, default={"edits": data["edits"]}, on_edits_change=on_change)


def texts(key: str) -> dict[str, str]:
    """Every text that differs from what stands, by the name of its field, as the browser sent them last."""
    sent = st.session_state.get(key) or {}
    return {str(name): str(text) for name, text in (sent.get("edits") or {}).items()}
