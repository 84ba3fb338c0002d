"""Choosing among the records of the register, and adding them up by a stated rule.

A record that repeats another under a second claim (`same_as`) is counted once where both are chosen; one
with several goals or several claims is one record all the same; a cancelled one is listed and not counted.
The stages of money are never added to one another, and other currencies are converted at each record's own
day or left out by name (`rules`, conversions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis.goals import goal_number
from dashboard.analysis.rollup import contributes, members, total, year_begun
from dashboard.domain.activity import AMOUNTS, Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Catalogue, Indicator
from dashboard.domain.observation import Attribution

FEWEST = 5
"""Below this many records they are listed instead of a line drawn (N18)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; an empty field asks for nothing. `place` hosts the record or is a partner in it,
    `year` is the one it began in, `goal` one of its goals, `words` stand all in its texts."""

    kind: str = ""
    claim: str = ""
    goal: int | None = None
    place: str = ""
    year: int | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """One stage of the money in one currency: how many records state it, and the keys of those that could
    not be converted and are not in it."""

    field: str
    amount: float
    records: int
    left_out: tuple[str, ...]


def chosen(activities: Iterable[Activity], wanted: Wanted) -> list[Activity]:
    """The records that answer everything asked for, the newest first and the undated last."""
    found = [a for a in activities if _answers(a, wanted)]
    return sorted(found, key=lambda a: (-_day(a), a.key))


def counted(activities: Sequence[Activity]) -> list[Activity]:
    """The records that count: without the cancelled ones and without repetitions of others among them."""
    standing = [a for a in activities if a.state is not ActivityState.CANCELLED]
    keys = {a.key for a in standing}
    return [a for a in standing if a.same_as not in keys]


def money(activities: Sequence[Activity], currency: str) -> list[Money]:
    """Each stage that some of the counted records state, in the order of the chain."""
    found = []
    for field in AMOUNTS:
        stating = [a for a in counted(activities) if getattr(a, field) is not None]
        if stating:
            amount, left_out = total(stating, field, currency)
            found.append(Money(field, amount, len(stating), tuple(left_out)))
    return found


@dataclass(frozen=True, slots=True)
class Attributed:
    """The records of one step of the ladder of attribution (N3; None: not judged), and what of their money
    was granted."""

    grade: Attribution | None
    records: int
    granted: float


def attributed(activities: Sequence[Activity], currency: str) -> list[Attributed]:
    """The counted records by step of the ladder, from A0 up and last the unjudged, steps without any left
    out: what the city got beside what the title can be given credit for."""
    standing = counted(activities)
    found = []
    for grade in (*Attribution, None):
        here = [a for a in standing if a.attribution is grade]
        if here:
            found.append(Attributed(grade, len(here), total(here, "amount_granted", currency)[0]))
    return found


def per_kind_and_year(activities: Sequence[Activity]) -> Mapping[ActivityKind, Counter[int]]:
    """How many counted records of each kind began in each year; undated ones stand under 0."""
    found: dict[ActivityKind, Counter[int]] = {}
    for activity in counted(activities):
        found.setdefault(activity.kind, Counter())[year_begun(activity)] += 1
    return {kind: found[kind] for kind in ActivityKind if kind in found}


def counted_in(
    activity: Activity, activities: Sequence[Activity], catalogue: Catalogue, home_country: str
) -> list[Indicator]:
    """The register indicators that a record adds to: also as a part of the whole of a share."""
    register = [a for a in activities if a.place == activity.place]
    found = []
    for indicator in catalogue.indicators:
        rule = indicator.rollup
        if rule is None or indicator.retired or not contributes(activity, rule):
            continue
        if any(record.key == activity.key for record in members(register, indicator, home_country)):
            found.append(indicator)
    return found


def _day(activity: Activity) -> int:
    day = activity.period.start or activity.period.end
    return day.toordinal() if day else 0


def _answers(activity: Activity, wanted: Wanted) -> bool:
    return (
        wanted.kind in ("", activity.kind.value)
        and wanted.state in ("", activity.state.value)
        and (not wanted.claim or wanted.claim in activity.claims)
        and (not wanted.place or wanted.place in (activity.place, *activity.partner_places))
        and wanted.year in (None, year_begun(activity))
        and (wanted.goal is None or wanted.goal in {goal_number(t) for t in activity.sdg_targets})
        and _says(activity, wanted.words)
    )


def _says(activity: Activity, words: str) -> bool:
    if not words.strip():
        return True
    texts = (
        activity.title.da, activity.title.en, activity.description.da, activity.description.en,
        activity.organisation, activity.note, activity.key,
    )  # fmt: skip
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())
