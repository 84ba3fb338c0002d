"""The address is the state: every choice is read from it and written to it, so that a link restores the view.

A choice that names something unknown raises `InvalidChoiceError` with the nearest right one; it is never
replaced by another view in silence.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.errors import InvalidChoiceError
from dashboard.i18n import DEFAULT_LANGUAGE, LANGUAGES

STICKY = ("lang", "known")
"""What every link to another page takes along."""


def read(name: str) -> str:
    return str(st.query_params.get(name, "")).strip()


def write(**choices: Any) -> None:
    """Put choices into the address; an empty one is taken out of it."""
    for name, value in choices.items():
        if value in (None, "", ()):
            st.query_params.pop(name, None)
        else:
            text = ",".join(value) if isinstance(value, list | tuple) else str(value)
            if st.query_params.get(name) != text:
                st.query_params[name] = text


def language() -> tuple[str, str]:
    """The language of the address and, where it names none that we speak, the text that was given."""
    given = read("lang")
    if not given:
        return DEFAULT_LANGUAGE, ""
    return (given, "") if given in LANGUAGES else (DEFAULT_LANGUAGE, given)


def known_at(today: date) -> date | None:
    """The day as of which the store is shown; None is now."""
    given = read("known")
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
        if day.isoformat() != given:  # weeks, and days without hyphens
            raise ValueError(given)
    except ValueError as error:
        raise InvalidChoiceError("error.address.date", given=given, name="known") from error
    if day > today:
        raise InvalidChoiceError("error.address.future", day=day, name="known")
    return day


def one_of(name: str, options: Sequence[str], default: str | None = None) -> str:
    """The option the address names; the default (else the first) when it names none."""
    given = read(name)
    if not given:
        return default if default is not None else options[0]
    if given not in options:
        raise InvalidChoiceError(f"error.address.{name}", given=given, instead=nearest(given, options))
    return given


def several_of(name: str, options: Sequence[str], default: Iterable[str]) -> list[str]:
    """The options the address names, comma-separated, in its order and each once."""
    if name not in st.query_params:
        return list(default)
    given = list(dict.fromkeys(part.strip() for part in read(name).split(",") if part.strip()))
    for part in given:
        if part not in options:
            raise InvalidChoiceError(f"error.address.{name}", given=part, instead=nearest(part, options))
    return given


def number(name: str, smallest: int, largest: int) -> int | None:
    """The whole number the address gives, within bounds; None when it gives none."""
    given = read(name)
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or not smallest <= int(given) <= largest:
        raise InvalidChoiceError(
            "error.address.number", given=given, name=name, smallest=str(smallest), largest=str(largest)
        )
    return int(given)


def nearest(given: str, options: Sequence[str]) -> str:
    """The options most like what was given, or the first few."""
    close = difflib.get_close_matches(given.lower(), options, n=3, cutoff=0.5)
    return ", ".join(close or list(options)[:3])
