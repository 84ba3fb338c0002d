"""What an analyst may name in a file: indicators, places and sources, by code, key, slug or name.

Names are compared without regard to case and spaces. A name that two things bear names neither of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.choosing import nearest
from dashboard.domain.catalogue import Catalogue, Indicator, Place, Source
from dashboard.domain.problem import Problem


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())


class Names:
    """The codes of one kind of thing, found by code or by name."""

    def __init__(self, kind: str, names: Mapping[str, Iterable[str]]) -> None:
        self.kind = kind
        self._names = {code: tuple(name for name in given if name) for code, given in names.items()}
        self._found: dict[str, set[str]] = defaultdict(set)
        for code, given in self._names.items():
            for name in (code, *given):
                self._found[folded(name)].add(code)
        for code in self._names:  # a code always names itself
            self._found[folded(code)] = {code}

    def __contains__(self, code: str) -> bool:
        return code in self._names

    def __len__(self) -> int:
        return len(self._names)

    def find(self, given: str) -> str | None:
        """The code, or None where there is none or more than one."""
        codes = self._found.get(folded(given), ())
        return next(iter(codes)) if len(codes) == 1 else None

    def code(self, given: str) -> str | Problem:
        """The code; else the problem ``name_unknown`` or ``name_shared``, with what would be right."""
        codes = self._found.get(folded(given), set())
        if len(codes) == 1:
            return next(iter(codes))
        if codes:
            choices = ", ".join(sorted(codes))
            return Problem("name_shared", self.kind, params={"given": given, "choices": choices})
        near = nearest(given[:80], self._names)
        named = [f"{code} ({names[0]})" if (names := self._names[code]) else code for code in near]
        params = {"given": given, "choices": ", ".join(named)}
        return Problem("name_unlike_any" if not near else "name_unknown", self.kind, params=params)


@dataclass(frozen=True)
class Known:
    """The definitions that a file is read against; `home` is the slug of the city of the store."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    claims: tuple[str, ...] = ()
    home: str = ""
    names: Mapping[str, Names] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {
            "indicator": Names("indicator", {c: (i.name.da, i.name.en) for c, i in self.indicators.items()}),
            "place": Names("place", {s: (p.name.da, p.name.en) for s, p in self.places.items()}),
            "source": Names("source", {k: (s.title,) for k, s in self.sources.items()}),
            "claim": Names("claim", dict.fromkeys(self.claims, ())),
        }
        object.__setattr__(self, "names", names)

    @classmethod
    def of(
        cls, catalogue: Catalogue, places: Mapping[str, Place], sources: Mapping[str, Source], home: str = ""
    ) -> Known:
        """What may be named; a retired indicator no longer takes figures."""
        kept = {i.code: i for i in catalogue.indicators if not i.retired}
        return cls(kept, places, sources, tuple(c.id for c in catalogue.claims), home)
