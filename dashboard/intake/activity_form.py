"""One record of the register as a person typed it, into an activity and problems: pure, strict, never
guessing.

Which fields there are follows the kind. What a field of another kind held before stays as it was. Every
problem names its field and all come at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from babel.numbers import format_decimal

from dashboard.domain.activity import (
    AMOUNTS,
    COUNTS,
    Activity,
    ActivityKind,
    ActivityState,
    Mechanism,
    check_activity,
)
from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.figure_form import source_key
from dashboard.intake.names import slug_of
from dashboard.intake.numbers import read_number
from dashboard.intake.periods import read_period
from dashboard.intake.template import period_words

TRUTHS = ("names_designation", "paid", "joint_output")
_MONEY_CHAIN = ("currency", "amount_applied", "amount_granted", "amount_received", "granted_own_share")
OWN: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.GRANT: (
        "organisation", "country", "level", "role", "outcome", *_MONEY_CHAIN, "mechanisms",
        "partner_places",
    ),
    ActivityKind.ARTICLE: ("organisation", "country", "language", "level", "reach", "tone", "paid"),
    ActivityKind.EVENT: (
        "organisation", "country", "level", "role", "outcome", "participants", "foreign_participants",
        "partner_places",
    ),
    ActivityKind.PARTNERSHIP: (
        "organisation", "country", "level", "role", "direction", "partner_places", "joint_output",
        "staff_months",
    ),
    ActivityKind.SDG_ACTION: (
        "sdg_targets", "primary_sdg", "culture2030", "organisation", "reach", "partner_places",
    ),
    ActivityKind.COUNCIL_DECISION: ("organisation", "outcome"),
    ActivityKind.EXCHANGE: (
        "organisation", "country", "direction", "partner_places", "people_sent", "participants",
        "joint_output",
    ),
    ActivityKind.CONFERENCE_ATTENDANCE: ("country", "role", "people_sent", "meetings"),
    ActivityKind.CONFERENCE: ("country", "participants"),
    ActivityKind.AWARD: ("organisation", "country", "level", "outcome"),
    ActivityKind.COST: ("outcome", "currency", "amount_spent", "staff_months"),
}  # fmt: skip
"""The fields of a kind in the order of the form: after `COMMON`, which all kinds have, and before `MORE`."""
COMMON = ("title_da", "title_en", "period", "state", "source", "names_designation", "claims")
MORE = (
    "sdg_targets", "primary_sdg", "attribution", "attribution_reason", "confidence", "description_da",
    "description_en", "mmr_section", "objective", "area_of_action", "same_as", "note",
)  # fmt: skip
CODES: Mapping[str, tuple[str, ...]] = {
    "level": ("local", "national", "international"),
    "direction": ("outgoing", "incoming", "mutual"),
    "tone": ("positive", "neutral", "critical"),
    "mmr_section": ("3", "4", "5", "6"),
    "objective": ("1", "2", "3", "4", "5", "6"),
    "area_of_action": (
        "experience_sharing", "pilot_projects", "exchange", "research", "policy", "communication",
    ),
}  # fmt: skip
_ROLES: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.GRANT: ("lead", "partner"),
    ActivityKind.EVENT: ("host", "participant"),
    ActivityKind.PARTNERSHIP: ("lead", "partner"),
    ActivityKind.CONFERENCE_ATTENDANCE: ("participant", "host"),
}
_OUTCOMES: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.GRANT: ("pending", "granted", "declined"),
    ActivityKind.EVENT: ("attracted", "own"),
    ActivityKind.COUNCIL_DECISION: ("adopted", "rejected", "noted"),
    ActivityKind.AWARD: ("won", "nominated"),
    ActivityKind.COST: ("staff", "travel", "communication", "events", "co_financing", "candidacy"),
}
_NUMBERS = AMOUNTS + COUNTS
_TEXTS = (
    "organisation", "country", "language", "currency", "primary_sdg", "attribution_reason", "same_as",
    "note", "role", "outcome", *CODES,
)  # fmt: skip
_LISTS = ("partner_places", "claims", "culture2030")
_COUNTRY_LIKE = ("country", "currency")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+\Z")


@dataclass(frozen=True, slots=True)
class ReadActivity:
    """What was read: the record as far as it goes, a source made on the spot, and every problem."""

    activity: Activity
    new_source: Source | None = None
    problems: tuple[Problem, ...] = ()

    def of(self, field: str) -> tuple[Problem, ...]:
        """The problems that belong beside one field of the form."""
        return tuple(p for p in self.problems if _FIELD_OF.get(p.field, p.field) == field)


_FIELD_OF = {"title": "title_da", "description": "description_da", "key": "title_da"}


def codes_of(kind: ActivityKind, field: str) -> tuple[str, ...]:
    """The codes a field offers for a kind; none for a field of free text."""
    by_kind = {"role": _ROLES, "outcome": _OUTCOMES}.get(field)
    return by_kind.get(kind, ()) if by_kind is not None else CODES[field]


def typed(activity: Activity, t: Translator) -> dict[str, Any]:
    """A record as it stands in the fields of its form, so that an unchanged form reads back the same."""
    found: dict[str, Any] = {
        "title_da": activity.title.da, "title_en": activity.title.en,
        "description_da": activity.description.da, "description_en": activity.description.en,
        "period": _period_text(activity.period, t), "state": activity.state.value,
        "source": activity.source, "sdg_targets": "; ".join(activity.sdg_targets),
        "attribution": activity.attribution.value if activity.attribution else "",
        "confidence": activity.confidence.value if activity.confidence else "",
        "mechanisms": [mechanism.value for mechanism in activity.mechanisms],
    }  # fmt: skip
    found |= {name: getattr(activity, name) for name in _TEXTS}
    found |= {name: list(getattr(activity, name)) for name in _LISTS}
    found |= {name: _number_text(getattr(activity, name), t) for name in _NUMBERS}
    truths = {True: "yes", False: "no", None: ""}
    return found | {name: truths[getattr(activity, name)] for name in TRUTHS}


def read_activity(
    form: Mapping[str, Any],
    kind: ActivityKind,
    place: str,
    t: Translator,
    *,
    before: Activity | None = None,
    taken: Collection[str] = (),
    sources: Mapping[str, Source] | None = None,
) -> ReadActivity:
    """Read the form of one record of `kind` at `place`, in the language of `t`.

    `before` is the version that is edited; a new record gets a key of its own that is not among `taken`.
    """
    problems: list[Problem] = []
    shown = (*COMMON, *OWN[kind], *MORE)
    base = before or Activity("", kind, place, Text(), Period())
    given = typed(base, t) | {name: value for name, value in form.items() if value is not None}
    period = _period(str(given["period"]), base, t, problems)
    read: dict[str, Any] = {
        "title": Text(_text(given["title_da"]), _text(given["title_en"])),
        "description": Text(_text(given["description_da"]), _text(given["description_en"])),
        "period": period,
        "state": ActivityState(given["state"]),
        "sdg_targets": _targets(str(given["sdg_targets"])),
        "attribution": Attribution(given["attribution"]) if given["attribution"] else None,
        "confidence": Confidence(given["confidence"]) if given["confidence"] else None,
        "mechanisms": tuple(Mechanism(code) for code in given["mechanisms"]),
    }
    read |= {name: _text(given[name]) for name in _TEXTS}
    read |= {name: read[name].upper() for name in _COUNTRY_LIKE}
    read |= {name: tuple(given[name]) for name in _LISTS}
    read |= {name: {"yes": True, "no": False}.get(given[name]) for name in TRUTHS}
    read |= {name: _number(str(given[name]), name, t, problems) for name in _NUMBERS if name in shown}
    for name in ("sdg_targets", "mechanisms", *_LISTS):
        if set(read[name]) == set(getattr(base, name)):
            read[name] = getattr(base, name)  # another order is no other record
    new_source, read["source"] = _source(given, sources or {}, problems)
    amounts = [read.get(name, getattr(base, name)) for name in AMOUNTS]
    unread = {problem.field for problem in problems} & set(AMOUNTS)
    if not unread and all(amount is None for amount in amounts):
        read["currency"] = ""  # it is offered before there is an amount
    own = {name for field in shown for name in (field, field.rpartition("_")[0])}
    key = base.key or _key(kind, read["title"], period, taken)
    activity = replace(base, key=key, **{name: value for name, value in read.items() if name in own})
    problems += [
        problem
        for problem in check_activity(activity)
        if not (problem.code == "currency_with_unit" and unread)  # the amount itself says what is wrong
    ]
    if not activity.source and new_source is None:
        problems.append(Problem("source_required", "source"))
    if activity.attribution is not None and not activity.attribution_reason:
        problems.append(Problem("reason_required", "attribution_reason"))
    return ReadActivity(activity, new_source, tuple(_distinct(problems)))


def changes(before: Activity, after: Activity) -> list[tuple[str, Any, Any]]:
    """What differs between two versions: field, old, new, in the order of the fields."""
    found = []
    for field in fields(Activity):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            found.append((field.name, old, new))
    return found


def _distinct(problems: list[Problem]) -> list[Problem]:
    """The same thing is said once of a field, however many texts of it are wrong."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for problem in problems:
        if (problem.code, problem.field) not in seen:
            seen.add((problem.code, problem.field))
            kept.append(problem)
    return kept


def _text(value: Any) -> str:
    return str(value or "").strip()


def _targets(text: str) -> tuple[str, ...]:
    """Goals and targets between semicolons or spaces. A comma parts them only before a space, so that
    ``11,4`` is refused and not read as two goals."""
    return tuple(part for part in re.split(r";|,?\s+", text) if part)


def _number(text: str, name: str, t: Translator, problems: list[Problem]) -> float | None:
    if not text.strip():
        return None
    found = read_number(text, t)
    if isinstance(found, Problem):
        problems.append(Problem(found.code, name, params=found.params))
        return None
    return found


def _number_text(value: float | None, t: Translator) -> str:
    """All digits of a number in the language's style, so that it reads back the same."""
    return "" if value is None else str(format_decimal(value, "#,##0.##########", locale=t.locale))


def _period(text: str, base: Activity, t: Translator, problems: list[Problem]) -> Period:
    """The period of the field; that of the record before where the field still says it."""
    if base.key and text.strip() == _period_text(base.period, t):
        return base.period
    found = read_period(text)
    if isinstance(found, Problem):
        problems.append(Problem(found.code, "period", params=found.params))
        return Period()
    return found


def _period_text(period: Period, t: Translator) -> str:
    return period_words(period) if period.dated else ""


def _source(
    given: Mapping[str, Any], sources: Mapping[str, Source], problems: list[Problem]
) -> tuple[Source | None, str]:
    """The chosen source, or one made on the spot with its address and that of its archived copy (F58)."""
    title = _text(given.get("source_title"))
    if not title:
        return None, _text(given["source"])
    addresses = {}
    for name in ("source_address", "source_archived"):
        addresses[name] = _text(given.get(name))
        if addresses[name] and not _WEB.match(addresses[name]):
            problems.append(Problem("web_address", name, params={"given": addresses[name]}))
            addresses[name] = ""
    for key, source in sources.items():
        if source.title.casefold() == title.casefold():
            return None, key
    key = _free(source_key(title), sources)
    made = Source(
        key, title, address=addresses["source_address"], archived_address=addresses["source_archived"]
    )
    return made, key


def _key(kind: ActivityKind, title: Text, period: Period, taken: Collection[str]) -> str:
    """A key that says what it is: ``grant-2026-animationsfestivalen``."""
    day = period.start or period.end
    parts = (kind.value, str(day.year) if day else "", title.da or title.en)
    return _free(slug_of("-".join(filter(None, parts)))[:100].strip("-"), taken)


def _free(wanted: str, taken: Collection[str]) -> str:
    """The wanted name, with a number where it is taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
