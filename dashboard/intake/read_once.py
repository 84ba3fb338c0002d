"""A column repeats its words: each different one is read once, and kept once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class ReadOnce(dict[str, Any]):
    """What `read` made of each text so far; asking for a new one reads it."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        found = self[text] = self._read(text)
        return found
