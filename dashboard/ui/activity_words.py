"""What a change of a record of the register says, field by field, in words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from dashboard.domain.activity import AMOUNTS, Activity, Mechanism
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.ui.session import Visit

_PLACES = ("place", "partner_places")
_CODED = {
    "state": "activity_state", "kind": "activity", "attribution": "attribution", "confidence": "confidence",
}  # fmt: skip


def changed(old: Activity | None, new: Activity, visit: Visit) -> list[tuple[str, str, str]]:
    """Each field that says something else than before: its name, what it said, what it says.

    Of a new record each field that says anything.
    """
    t = visit.t
    found = []
    for field in fields(new):
        before = _words(field.name, old, visit) if old is not None else ""
        after = _words(field.name, new, visit)
        if field.name != "key" and before != after:
            none = t("word.none")
            found.append((t(f"import.column.{field.name}"), before or none, after or none))
    return found


def _words(name: str, record: Activity, visit: Visit) -> str:
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
    if isinstance(value, Enum) and name in _CODED:
        return t(f"{_CODED[name]}.{value.value}")
    if isinstance(value, tuple):
        return t.list(
            [t(f"import.mechanism.{v.value}") if isinstance(v, Mechanism) else str(v) for v in value]
        )
    if isinstance(value, int | float):
        return t.number(value)
    return t.date(value) if isinstance(value, date) else str(value)
