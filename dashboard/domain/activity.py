"""Activities: the dated things whose counts and sums roll up into indicators (F17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.catalogue import SLUG
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text, check_texts


class ActivityKind(StrEnum):
    GRANT = "grant"
    ARTICLE = "article"
    EVENT = "event"
    PARTNERSHIP = "partnership"
    SDG_ACTION = "sdg_action"
    COUNCIL_DECISION = "council_decision"
    EXCHANGE = "exchange"
    CONFERENCE_ATTENDANCE = "conference_attendance"
    CONFERENCE = "conference"  # the network's own meeting, which the city may attend
    AWARD = "award"
    COST = "cost"


class ActivityState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class Mechanism(StrEnum):
    """How the status helps to raise money: five mechanisms of the UK report of 2020."""

    STANDARDS = "standards"
    CONFIDENCE = "confidence"
    RECOGNITION = "recognition"
    PARTNERS = "partners"
    NON_MONETARY = "non-monetary"


SDG_TARGET = re.compile(r"(1[0-7]|[1-9])(\.([1-9]|1[0-9]|[a-d]))?\Z")


@dataclass(frozen=True, slots=True)
class Activity:
    """One record of the register. Money is in `currency`, whole units; the chain is
    applied → granted → received, and the stages are never added to one another.

    `place` hosts or owns it, `partner_places` are the other cities. `sdg_targets` are goals ("11") or
    targets ("11.4"); `primary_sdg` is the one that totals count (N10). `same_as` names the record that
    this one repeats under another claim, so that totals count the pair once.
    """

    key: str
    kind: ActivityKind
    place: str
    title: Text
    period: Period
    state: ActivityState = ActivityState.DONE
    source: str = ""
    description: Text = Text()
    organisation: str = ""
    country: str = ""
    language: str = ""
    role: str = ""
    direction: str = ""
    outcome: str = ""
    level: str = ""
    currency: str = ""
    amount_applied: float | None = None
    amount_granted: float | None = None
    amount_received: float | None = None
    amount_spent: float | None = None
    granted_own_share: float | None = None
    participants: float | None = None
    foreign_participants: float | None = None
    people_sent: float | None = None
    meetings: float | None = None
    reach: float | None = None
    staff_months: float | None = None
    names_designation: bool | None = None
    paid: bool | None = None
    joint_output: bool | None = None
    tone: str = ""
    attribution: Attribution | None = None
    attribution_reason: str = ""
    confidence: Confidence | None = None
    mechanisms: tuple[Mechanism, ...] = ()
    partner_places: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    primary_sdg: str = ""
    culture2030: tuple[str, ...] = ()
    mmr_section: str = ""
    objective: str = ""
    area_of_action: str = ""
    same_as: str = ""
    claims: tuple[str, ...] = ()
    note: str = ""


AMOUNTS = (
    "amount_applied", "amount_granted", "amount_received", "amount_spent", "granted_own_share",
)  # fmt: skip
COUNTS = (
    "participants", "foreign_participants", "people_sent", "meetings", "reach", "staff_months",
)  # fmt: skip
LIMITS = {
    "key": 120, "organisation": 200, "language": 8, "role": 20, "direction": 12, "outcome": 40,
    "level": 20, "tone": 12, "mmr_section": 4, "objective": 4, "area_of_action": 40, "same_as": 120,
}  # fmt: skip
"""The longest texts of a record, in characters: the widths of the store's columns."""
_TEXTS = (*LIMITS, "title", "description", "attribution_reason", "note")
_LISTS = ("mechanisms", "partner_places", "sdg_targets", "culture2030", "claims")
LONGEST_CODE = 40

ROLLUP_SUM_FIELDS = frozenset(AMOUNTS + COUNTS)
ROLLUP_DISTINCT_FIELDS = frozenset({"partner_place", "country", "organisation", "language"})
ROLLUP_FILTERS = frozenset(
    {
        "names_designation", "paid", "state", "role", "direction", "foreign_participants_present",
        "country_abroad", "outcome", "level", "joint_output", "primary_sdg",
    }
)  # fmt: skip


def check_activity(activity: Activity) -> list[Problem]:
    """All problems of one record; pure, never raises."""
    problems: list[Problem] = []

    def add(code: str, field: str, **params: object) -> None:
        problems.append(Problem(code, field, params=params))

    if not SLUG.match(activity.key):
        add("slug_form", "key", given=activity.key)
    if not activity.place:
        add("place_required", "place")
    if not (activity.title.da or activity.title.en):
        add("name_required", "title")
    if activity.period.problem:
        add(activity.period.problem, "period")
    for name in AMOUNTS + COUNTS:
        number = getattr(activity, name)
        if number is not None and not 0 <= number < 1e17:
            add("number_negative", name, given=number)
    if any(getattr(activity, name) is not None for name in AMOUNTS) != bool(activity.currency):
        add("currency_with_unit", "currency")
    if activity.currency and not re.fullmatch(r"[A-Z]{3}", activity.currency):
        add("currency_code", "currency", given=activity.currency)
    if activity.country and not re.fullmatch(r"[A-Z]{2}", activity.country):
        add("country_code", "country", given=activity.country)
    for name in _LISTS:
        codes = getattr(activity, name)
        if len(set(codes)) < len(codes):
            add("listed_twice", name)
        if name != "sdg_targets" and any(len(c) > LONGEST_CODE or not c.isprintable() for c in codes):
            add("code_too_long", name, longest=LONGEST_CODE)
    if (activity.amount_granted is not None and activity.granted_own_share is not None) and (
        activity.granted_own_share > activity.amount_granted
    ):
        add("own_share_above_total", "granted_own_share")
    for target in activity.sdg_targets:
        if not SDG_TARGET.match(target):
            add("sdg_target_form", "sdg_targets", given=target)
    if activity.primary_sdg and activity.primary_sdg not in activity.sdg_targets:
        add("primary_sdg_not_listed", "primary_sdg", given=activity.primary_sdg)
    if activity.kind is ActivityKind.SDG_ACTION and not activity.primary_sdg:
        add("primary_sdg_required", "primary_sdg")
    if activity.same_as == activity.key:
        add("same_as_itself", "same_as")
    return problems + check_texts(activity, _TEXTS, LIMITS)
