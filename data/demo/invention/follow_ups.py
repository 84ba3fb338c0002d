"""What became of the invented city's events, grants and partnerships after 12, 24 and 36 months (N20).

Where the note of a record tells of its follow-up, the answer says the same; the others are drawn. About a
quarter ends each year, some can no longer be found out, and of the newest questions most still wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from invention.chance import Chance
from invention.register import TODAY, activities
from invention.writing import Row

COLUMNS = ("activity", "months", "outcome", "note")
MONTHS = (12, 24, 36)
RECENT = 150
"""Days for which a question is new: the coordinator has got round to few of these."""

TOLD = {
    "gentaget med samme partner.": "repeated",
    "fortsat for egne midler.": "continued",
    "ikke gentaget.": "ended",
    "stadig i gang, nu uden tilskud.": "continued",
    "afsluttet uden videreførelse.": "ended",
    "indgår i den faste drift.": "continued",
}
"""The texts of `register.FOLLOW_UPS`, and what each of them says."""

NOTES = {
    "repeated": (
        "Holdt igen året efter; det står i registret.",
        "Gentaget med samme partner og et nyt program; set i årsrapporten.",
        "Gentaget to gange siden; oplyst af arrangøren.",
    ),
    "continued": (
        "Fortsat for egne midler; posten står i budgettet.",
        "Aftalen er forlænget; set i journalen.",
        "Indgår i den faste drift; oplyst af institutionen.",
    ),
    "ended": (
        "Ikke gentaget; pengene var brugt, og ingen tog over.",
        "Afsluttet uden videreførelse; oplyst af partneren.",
        "Samarbejdet gik i stå, da kontaktpersonen skiftede job.",
    ),
    "unknown": (
        "Ingen svarede på to henvendelser.",
        "Kontaktpersonen er rejst, og ingen andre kender sagen.",
    ),
}
"""What was found and how it is known: an answer without that is worth little."""


def follow_ups() -> list[Row]:
    """The answers, by record and months."""
    return [answer for row in activities() if _won(row) for answer in _answers(row)]


def _won(row: Row) -> bool:
    """What is asked about at all, once: not what only repeats another record."""
    if row.get("same_as"):
        return False
    if row["kind"] == "grant":
        return bool(row.get("amount_granted") or row.get("amount_received"))
    return row["kind"] in ("event", "partnership") and row["state"] in ("running", "done")


def _answers(row: Row) -> Iterator[Row]:
    chance = Chance("follow_up", row["key"])
    told_after, told = _told(row)
    for months in MONTHS:
        due = _later(row["period_end"], months // 12)
        if due > TODAY:
            return
        if months == told_after:
            outcome, note = TOLD[told], told[0].upper() + told[1:-1] + "; se bemærkningen på aktiviteten."
        elif not chance.happens(0.3 if (TODAY - due).days < RECENT else 0.82):
            continue
        else:
            outcome = _drawn(row, chance, may_end=months > told_after)
            note = chance.pick(NOTES[outcome])
        yield {"activity": row["key"], "months": months, "outcome": outcome, "note": note}
        if outcome == "ended":
            return


def _told(row: Row) -> tuple[int, str]:
    """After how many months the note of the record looks back, and what it says; 0 and "" without one."""
    before, _, text = str(row.get("note") or "").partition(" måneder: ")
    return (int(before.rpartition(" ")[2]), text) if text in TOLD else (0, "")


def _drawn(row: Row, chance: Chance, may_end: bool) -> str:
    draw = chance.share()
    if draw < 0.25 and may_end:
        return "ended"
    if draw > 0.92:
        return "unknown"
    return "repeated" if row["kind"] == "event" and draw < 0.7 else "continued"


def _later(day: Any, years: int) -> date:
    month, number = day.month, day.day
    return date(day.year + years, month, 28 if (month, number) == (2, 29) else number)
