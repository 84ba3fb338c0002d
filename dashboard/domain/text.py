"""Words that belong to the data, in the languages somebody wrote them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.domain.problem import Problem


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


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters other than tab and line break, and halves of surrogate pairs: signs of a file read
in the wrong encoding, and refused by PostgreSQL."""


def check_texts(item: Any, names: Iterable[str], limits: Mapping[str, int]) -> list[Problem]:
    """Problems of the texts called `names` of a record: no unprintable signs, no longer than `limits`.

    `limits` are in characters, by name, and are those of the store's columns; other texts may be long.
    """
    problems = []
    for name in names:
        value = getattr(item, name)
        for words in (value.da, value.en) if isinstance(value, Text) else (value,):
            if UNPRINTABLE.search(words):
                problems.append(Problem("text_unprintable", name))
            if len(words) > limits.get(name, len(words)):
                params = {"length": len(words), "longest": limits[name]}
                problems.append(Problem("text_too_long", name, params=params))
    return problems
