"""The sentences of what analysis refuses, in one place for page and command line."""

from __future__ import annotations

from dashboard.analysis.normalise import Refusal
from dashboard.i18n import Translator

_BOUNDARIES = ("boundary", "available")


def refusal_sentence(refusal: Refusal, t: Translator) -> str:
    """Why a row is not shown, with boundaries in words (the code itself where nobody has named it)."""
    params = {
        name: ", ".join(boundary_name(part, t) for part in str(value).split(", "))
        if name in _BOUNDARIES
        else value
        for name, value in refusal.params.items()
    }
    return t(f"refusal.{refusal.code}", **params)


def boundary_name(code: str, t: Translator) -> str:
    return t(f"boundary.{code}") if t.has(f"boundary.{code}") else code
