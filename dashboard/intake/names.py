"""Names turned into slugs: lower-case ASCII with hyphens (``Östersund`` is ``ostersund``)."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "œ": "oe",
     "’": "", "'": ""}
)  # fmt: skip


def slug_of(name: str) -> str:
    """Lower-case ASCII; marks over letters go, other signs become one hyphen."""
    folded = name.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
