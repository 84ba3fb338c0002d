"""The sections of the Membership Monitoring Report (N7), read from a file that anybody can correct."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.config import DATA
from dashboard.domain.catalogue import SLUG
from dashboard.domain.text import Text
from dashboard.errors import InvalidFileError

TEMPLATE = DATA / "reports" / "membership_monitoring.toml"
NEEDS = ("text", "facts", "figures", "activities", "plan")
"""What a section can lack, in the order in which it is told."""
_KNOWN = frozenset({
    "id", "number", "title", "guidance", "owner", "needs", "claims", "activities", "verdicts", "facts",
    "plan", "optional", "words",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """One heading. `claims` and `activities` say what belongs under it, `needs` what it must have; `words` is
    the limit of its text where the form states one, 0 where it does not."""

    id: str
    number: str
    title: Text
    guidance: Text
    owner: Text
    needs: tuple[str, ...]
    claims: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    verdicts: bool = False
    facts: bool = False
    plan: bool = False
    optional: bool = False
    words: int = 0

    @property
    def level(self) -> int:
        """1 for a section, 2 for a part of one."""
        return self.number.count(".") + 1


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    title: Text
    note: Text
    every_years: int
    sections: tuple[SectionTemplate, ...]

    def section(self, id: str) -> SectionTemplate | None:
        return next((one for one in self.sections if one.id == id), None)


@cache
def read_template(path: Path = TEMPLATE) -> ReportTemplate:
    """The template of a file. Raises `InvalidFileError` that says what is wrong with which section."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = tuple(_section(entry) for entry in document["section"])
        title, years = Text.of(document["title"]), int(document["every_years"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InvalidFileError("error.monitoring.template", name=path.name, detail=str(error)) from error
    ids = [one.id for one in sections]
    if not sections or len(set(ids)) < len(ids) or not title.complete or years < 1:
        raise InvalidFileError("error.monitoring.template", name=path.name, detail=", ".join(ids))
    return ReportTemplate(title, Text.of(document.get("note")), years, sections)


def _section(entry: Mapping[str, Any]) -> SectionTemplate:
    """Raises `ValueError` for a section that is not whole, `KeyError` for a field it lacks."""
    one = SectionTemplate(
        id=entry["id"], number=str(entry["number"]), title=Text.of(entry["title"]),
        guidance=Text.of(entry["guidance"]), owner=Text.of(entry["owner"]), needs=tuple(entry["needs"]),
        claims=tuple(entry.get("claims", ())), activities=tuple(entry.get("activities", ())),
        verdicts=bool(entry.get("verdicts")), facts=bool(entry.get("facts")), plan=bool(entry.get("plan")),
        optional=bool(entry.get("optional")), words=int(entry.get("words", 0)),
    )  # fmt: skip
    whole = all(text.complete for text in (one.title, one.guidance, one.owner))
    if not SLUG.match(one.id) or not whole or not set(one.needs) <= set(NEEDS) or not set(entry) <= _KNOWN:
        raise ValueError(one.id)
    return one
