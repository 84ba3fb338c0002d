"""Ties between the home city and other places, from the register: how many, and who started them (N9).

A contact is not a collaboration: a tie needs a joint output or an exchange of persons in at least one
record. The direction is the one the register states: *outgoing* was started by the home city, *incoming* by
the other, *mutual* by both. Where no record states a direction, nothing is concluded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from dashboard.analysis.register import counted
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Place
from dashboard.domain.follow_up import added_months

ALIVE_AFTER = 24
"""Months after which a tie that still has something new is alive."""

EUROPE = frozenset({
    "AD", "AL", "AT", "AX", "BA", "BE", "BG", "BY", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD",
    "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SJ", "SK", "SM", "UA", "VA",
})  # fmt: skip
"""Europe in the United Nations' standard of country and area codes (M49), as ISO 3166 codes."""


class Reciprocity(StrEnum):
    """Who took the initiative, as far as the register says."""

    BOTH = "both"
    FROM_HOME = "from_home"
    FROM_PARTNER = "from_partner"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tie:
    """Everything the home city has done with one other place, oldest first."""

    partner: str
    records: tuple[Activity, ...]

    def stating(self, direction: str) -> int:
        return sum(record.direction == direction for record in self.records)

    @property
    def reciprocity(self) -> Reciprocity:
        out, back, mutual = (self.stating(word) for word in ("outgoing", "incoming", "mutual"))
        if mutual or (out and back):
            return Reciprocity.BOTH
        if out:
            return Reciprocity.FROM_HOME
        return Reciprocity.FROM_PARTNER if back else Reciprocity.UNKNOWN

    @property
    def substantial(self) -> bool:
        """Whether there was a joint output or an exchange of persons: less than that is a contact."""
        return any(is_substantial(record) for record in self.records)

    @property
    def first(self) -> date | None:
        return min(self._days, default=None)

    @property
    def last(self) -> date | None:
        return max(self._days, default=None)

    @property
    def _days(self) -> list[date]:
        days = (record.period.start or record.period.end for record in self.records)
        return [day for day in days if day is not None]

    def alive(self, today: date) -> bool | None:
        """Whether something new began 24 months or more after the first; None where it is too early to
        say, or nothing is dated."""
        if self.first is None or self.last is None:
            return None
        due = added_months(self.first, ALIVE_AFTER)
        return None if due > today else self.last >= due


@dataclass(frozen=True, slots=True)
class Network:
    """The ties of the home city, the strongest first; the mere `contacts`; and how often two partners took
    part in the same record (`together`, pairs in alphabetical order)."""

    home: str
    ties: tuple[Tie, ...]
    contacts: tuple[Tie, ...]
    together: Mapping[tuple[str, str], int]

    def with_reciprocity(self, wanted: Reciprocity) -> int:
        return sum(tie.reciprocity is wanted for tie in self.ties)

    def outside_europe(self, places: Mapping[str, Place]) -> int:
        """Ties with places whose country is known and not in Europe."""
        countries = [places[tie.partner].country for tie in self.ties if tie.partner in places]
        return sum(bool(country) and country not in EUROPE for country in countries)

    def surviving(self, today: date) -> tuple[int, int]:
        """How many ties are alive after 24 months, of how many that are old enough to tell."""
        told = [tie.alive(today) for tie in self.ties]
        return sum(alive is True for alive in told), sum(alive is not None for alive in told)


def is_substantial(activity: Activity) -> bool:
    """Whether a record shows a joint output or an exchange of persons (the minimum of N9)."""
    return bool(activity.joint_output or activity.people_sent or activity.kind is ActivityKind.EXCHANGE)


def network(activities: Iterable[Activity], home: str) -> Network:
    """The ties of `home` in what ran or is running. Its own records name partners; in records that others
    host it is a partner itself."""
    found: dict[str, list[Activity]] = {}
    together: Counter[tuple[str, str]] = Counter()
    for activity in counted(list(activities)):
        around = {activity.place, *activity.partner_places}
        if home not in around or not activity.partner_places or activity.state is ActivityState.PLANNED:
            continue
        partners = sorted(around - {home})
        for partner in partners:
            found.setdefault(partner, []).append(activity)
        together.update(combinations(partners, 2))
    ties = [Tie(partner, _by_day(records)) for partner, records in found.items()]
    ties.sort(key=lambda tie: (-len(tie.records), tie.partner))
    real = tuple(tie for tie in ties if tie.substantial)
    drawn = {tie.partner for tie in real}
    pairs = {pair: count for pair, count in sorted(together.items()) if drawn.issuperset(pair)}
    return Network(home, real, tuple(tie for tie in ties if not tie.substantial), pairs)


def _by_day(records: Sequence[Activity]) -> tuple[Activity, ...]:
    def day(record: Activity) -> tuple[date, str]:
        return record.period.start or record.period.end or date.min, record.key

    return tuple(sorted(records, key=day))
