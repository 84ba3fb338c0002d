"""Elements of our own (Components v2): a script of `ASSETS` that the server offers as a file.

Their scripts come as files from this server, never inline: Streamlit turns inline component scripts into
``blob:`` addresses, which a strict ``script-src 'self'`` refuses. Files need a component manifest, which
Streamlit looks for in installed packages only; this application is not one, so the manifest is registered
here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

ASSETS = Path(__file__).parent / "assets"
"""The folder that the server offers under `ASSETS_ADDRESS`, compressed and to be kept for ever: the names of
files that are loaded from there carry their version."""

ASSETS_ADDRESS = "/assets"


def renderer(package: str, name: str, before: str = "") -> ComponentRenderer:
    """The element ``package.name`` of the running server (each test of a page has a new one, which is told of
    it first): the files ``name.js`` and ``name.css``, drawn in a box of the class ``name-root``.

    `before` is style that stands before the file's. The page's own style, and print, reach the element.
    """
    manager, component = get_bidi_component_manager(), f"{package}.{name}"
    if manager.get_component_path(component) is None:
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, ASSETS.name)])
        manager.register_from_manifest(manifest, ASSETS.parent)
    return st.components.v2.component(
        component, html=f'<div class="{name}-root"></div>', css=before + _style(name), js=f"{name}.js",
        isolate_styles=False,
    )  # fmt: skip


@cache
def _style(name: str) -> str:
    return (ASSETS / f"{name}.css").read_text(encoding="utf-8")
