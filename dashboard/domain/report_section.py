"""What people write and choose for one section of a report to the network (N7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.domain.catalogue import SLUG
from dashboard.domain.problem import Problem
from dashboard.domain.text import UNPRINTABLE, check_texts

LANGUAGES = ("da", "en")
LIMITS = {"report": 40, "section": 80, "owner": 254}
"""The longest texts in characters: the widths of the store's columns."""
ITEM = re.compile(r"(claim|indicator|activity|evidence):[a-z0-9_-]+\Z")


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One section in one language: its text, who answers for it, and whether it is finished.

    `items` are what a person chose to show in it, as ``indicator:code``, ``activity:key``, ``evidence:key``
    or ``claim:id`` (its story). Of a sort of which none is chosen, the rule of the report's template shows.
    """

    report: str
    section: str
    language: str
    text: str = ""
    owner: str = ""
    items: tuple[str, ...] = ()
    finished: bool = False

    def chosen(self, sort: str) -> tuple[str, ...]:
        """The names of the chosen items of one sort, in their order."""
        return tuple(item.partition(":")[2] for item in self.items if item.startswith(f"{sort}:"))


def due_years(designated: int, until: int) -> tuple[int, ...]:
    """The years in which a membership monitoring report is due: every four years following the year of
    designation (UNESCO's guidelines of April 2021), up to and including `until`."""
    return tuple(range(designated + 4, until + 1, 4))


def check_section(one: ReportSection) -> list[Problem]:
    """Problems of a section: names, language, items; what is finished must have been written."""
    problems = []
    for name in ("report", "section"):
        if not SLUG.match(getattr(one, name)):
            problems.append(Problem("slug_form", name, params={"given": getattr(one, name)}))
    if one.language not in LANGUAGES:
        params = {"field": "language", "given": one.language, "choices": ", ".join(LANGUAGES)}
        problems.append(Problem("not_one_of", "language", params=params))
    if one.finished and not one.text.strip():
        problems.append(Problem("section_unwritten", "finished"))
    for item in one.items:
        if not ITEM.match(item):
            problems.append(Problem("subject_form", "items", params={"given": item}))
    if len(set(one.items)) < len(one.items):
        problems.append(Problem("listed_twice", "items"))
    if UNPRINTABLE.search(one.text):
        problems.append(Problem("text_unprintable", "text"))
    return problems + check_texts(one, LIMITS, LIMITS)
