"""The sentences of what analysis refuses, in one place for page and command line."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.analysis.normalise import Refusal
from dashboard.i18n import Translator

_BOUNDARIES = ("boundary", "available")
_INDICATORS = "indicators"


def refusal_sentence(refusal: Refusal, t: Translator, names: Mapping[str, str] | None = None) -> str:
    """Why a row is not shown, with boundaries in words (the code itself where nobody has named it) and
    indicators by their `names`."""

    def written(name: str, value: object) -> object:
        if name in _BOUNDARIES:
            return ", ".join(boundary_name(part, t) for part in str(value).split(", "))
        if name == _INDICATORS and names is not None:
            return t.list(names.get(code, code) for code in str(value).split(", "))
        return value

    return t(
        f"refusal.{refusal.code}", **{name: written(name, value) for name, value in refusal.params.items()}
    )


def boundary_name(code: str, t: Translator) -> str:
    return t(f"boundary.{code}") if t.has(f"boundary.{code}") else code
