"""Days to remember as a calendar that other programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LINE = 75
"""Octets a line at most (RFC 5545, section 3.1); a longer one goes on after a line break and a blank."""


@dataclass(frozen=True, slots=True)
class DayToRemember:
    """One whole day. `key` is the same each time the calendar is written, so that no day comes twice."""

    key: str
    day: date
    title: str
    words: str = ""
    address: str = ""


def icalendar(days: Iterable[DayToRemember], name: str, maker: str, written: datetime) -> str:
    """The calendar as text; `maker` is who made it, `written` when (UTC)."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(maker)}//DA", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]  # fmt: skip
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.key)}",
            f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.title)}",
            *([f"DESCRIPTION:{_text(one.words)}"] if one.words else []),
            *([f"URL:{one.address}"] if one.address else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _text(words: str) -> str:
    """A text with what has a meaning of its own escaped (section 3.3.11)."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> str:
    """A line in pieces of at most `LINE` octets, never within a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = "", 1  # the blank that begins it
        piece, size = piece + letter, size + octets
    return "\r\n ".join([*pieces, piece])
