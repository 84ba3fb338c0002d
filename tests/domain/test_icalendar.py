"""Days to remember, read again by the letters of RFC 5545."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.icalendar import LINE, DayToRemember, icalendar

WRITTEN = datetime(2026, 3, 15, 8, 30)
DAY = DayToRemember(
    "a-2026@viborg", date(2026, 12, 31), "Frist: Besøg, gæster; 2025", "Ét\nto", "https://x.dk/?a=1"
)


def lines(text: str) -> list[str]:
    """The unfolded lines."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= LINE for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def plain(text: str) -> str:
    """A text with its escapes taken back."""
    found, left = "", iter(text)
    for letter in left:
        if letter == "\\":
            escaped = next(left)
            found += "\n" if escaped == "n" else escaped
        else:
            found += letter
    return found


def test_a_day_is_written_as_the_standard_says() -> None:
    assert lines(icalendar([DAY], "Viborg", "Dashboard", WRITTEN)) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dashboard//DA", "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Viborg", "BEGIN:VEVENT", "UID:a-2026@viborg", "DTSTAMP:20260315T083000Z",
        "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Frist: Besøg\\, gæster\\; 2025", "DESCRIPTION:Ét\\nto", "URL:https://x.dk/?a=1",
        "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


def test_what_is_not_said_has_no_line() -> None:
    bare = lines(icalendar([DayToRemember("k", date(2026, 1, 1), "t")], "n", "m", WRITTEN))
    assert not any(line.startswith(("DESCRIPTION", "URL")) for line in bare)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_title_comes_back(title: str) -> None:
    found = lines(icalendar([DayToRemember("k", date(2026, 1, 1), title)], "n", "m", WRITTEN))
    [summary] = [line.removeprefix("SUMMARY:") for line in found if line.startswith("SUMMARY:")]
    assert plain(summary).split("\n") == (title.splitlines() or [""])
