"""Words that belong to the data, in the languages somebody wrote them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Danish and English; an empty language is a missing translation, shown as missing."""

    da: str = ""
    en: str = ""

    @classmethod
    def of(cls, value: Any) -> Text:
        """A `Text` from a mapping with the keys ``da`` and ``en``; anything else is empty."""
        if isinstance(value, dict):
            return cls(str(value.get("da") or "").strip(), str(value.get("en") or "").strip())
        return cls()

    @property
    def complete(self) -> bool:
        return bool(self.da and self.en)
