"""What a record of the register says, and what a change of it says, field by field, in words."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from dashboard.domain.activity import AMOUNTS, Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.observation import Attribution, Confidence
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.ui.session import Visit

_PLACES = ("place", "partner_places")
_CODES = frozenset(
    {"role", "direction", "outcome", "level", "tone", "mmr_section", "objective", "area_of_action"}
)
"""Texts of the domain that hold the code of something."""


def changed(old: Activity | None, new: Activity, visit: Visit) -> list[tuple[str, str, str]]:
    """Each field that says something else than before: its name, what it said, what it says.

    Of a new record each field that says anything.
    """
    t = visit.t
    found = []
    for field in fields(new):
        before = said(field.name, old, visit) if old is not None else ""
        after = said(field.name, new, visit)
        if field.name != "key" and before != after:
            none = t("word.none")
            found.append((label(new.kind, field.name, t), before or none, after or none))
    return found


def label(kind: ActivityKind, name: str, t: Translator) -> str:
    """What a field is called: by the kind's own name for it (a grant's giver), else as all kinds call it."""
    for table in (kind.value, "any"):
        if t.has(f"activities.label.{table}.{name}"):
            return t(f"activities.label.{table}.{name}")
    return t(f"import.column.{name}")


def code(name: str, value: str, t: Translator) -> str:
    """The words of a code; a code nobody gave words to stands for itself."""
    key = f"activities.code.{name}.{value}"
    return t(key) if t.has(key) else value


def said(name: str, record: Activity, visit: Visit) -> str:
    """One field of a record in words; "" where it says nothing."""
    t, value = visit.t, getattr(record, name)
    if value is None or value == () or value == "":
        return ""
    if name == "source":
        source = visit.world.sources.get(value)
        return source.title if source else str(value)
    if name == "claims":
        named = [visit.world.catalogue.claim(id) for id in value]
        return t.list([t.text(claim.name) if claim else id for id, claim in zip(value, named, strict=True)])
    if name in _PLACES:
        slugs = value if isinstance(value, tuple) else (value,)
        places = visit.world.places
        return t.list([t.text(places[slug].name) if slug in places else slug for slug in slugs])
    if name in AMOUNTS:
        return t.money(value, record.currency) if record.currency else t.number(value)
    return _plain(name, value, visit)


def _plain(name: str, value: Any, visit: Visit) -> str:
    t = visit.t
    if isinstance(value, Text):
        return " / ".join(dict.fromkeys(filter(None, (value.da, value.en))))
    if isinstance(value, Period):
        return t.period(value)
    if isinstance(value, bool):
        return t("word.yes" if value else "word.no")
    if isinstance(value, ActivityState):
        return t(f"activity_state.{value}")
    if isinstance(value, ActivityKind):
        return t(f"activity.{value}")
    if isinstance(value, Attribution):
        return t(f"attribution.{value}")
    if isinstance(value, Confidence):
        return t(f"confidence.{value}")
    if isinstance(value, tuple):
        return t.list(
            [t(f"import.mechanism.{v.value}") if isinstance(v, Mechanism) else str(v) for v in value]
        )
    if isinstance(value, int | float):
        return t.number(value)
    if name == "country":
        return t.country(str(value))
    if name == "language":
        return str(t.locale.languages.get(str(value), value))
    return code(name, str(value), t) if name in _CODES else str(value)
