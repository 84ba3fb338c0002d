"""The way from paper to the frozen pack: its address as a QR code (ISO/IEC 18004), as lines or points."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

_QUIET = 4
"""Modules of white round the code, which the standard asks for."""
_POINTS = 12
"""Pixels of a module in a picture for programs that draw no lines."""


def code_svg(address: str) -> str:
    """The code as an SVG of one path. Level M bears a fold or a stain of 15 per cent."""
    out = io.BytesIO()
    _made(address).save(
        out, kind="svg", border=_QUIET, light="#fff", unit="mm", svgclass=None, lineclass=None, nl=False,
        xmldecl=False,
    )  # fmt: skip
    return out.getvalue().decode()


def code_png(address: str) -> bytes:
    """The same as a picture whose points are whole, so that it is sharp at any size it is shown in."""
    out = io.BytesIO()
    _made(address).save(out, kind="png", border=_QUIET, scale=_POINTS)
    return out.getvalue()


@lru_cache(maxsize=8)
def _made(address: str) -> Any:
    import segno  # only where a pack is written

    return segno.make_qr(address, error="m", boost_error=False)
