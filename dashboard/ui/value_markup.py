"""Values, people and ways on as small pieces of finished HTML; the pages of the workflow share them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard.charts.quantity import Quantity
from dashboard.domain.period import Period
from dashboard.domain.reporting import asked_for
from dashboard.domain.roles import LOCAL_ACTOR, Permission
from dashboard.intake.period_choices import choices_of
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.ui import cached, frame, markup
from dashboard.ui.cached import Stamp
from dashboard.ui.session import Visit

_MARKS = re.compile(r"([\\`*_\[\]$:<>#~|])")


class Link(NamedTuple):
    """Words that lead to another page of the application, or to a place outside it."""

    words: str
    href: str


class Sign(NamedTuple):
    """A sign that stands for words: the words are read aloud, and shown under the pointer. One with an
    address leads there."""

    sign: str
    words: str
    href: str = ""


Cell = str | Link | Sign


def value_words(said: Mapping[Any, Any], code: str, visit: Visit, prefix: str = "") -> str:
    """What a row says of an indicator: a number with its unit, a text, or why there is none.

    `said` has value, text, missing_reason, unit and currency, each behind `prefix`, and qualifier.
    """
    t = visit.t
    value, text, missing = (said[f"{prefix}{name}"] for name in ("value", "text", "missing_reason"))
    indicator = visit.world.catalogue.indicator(code)
    if not pd.isna(value) and indicator is not None:
        unit, currency = said[f"{prefix}unit"], said[f"{prefix}currency"]
        qualifier = said.get(f"{prefix}qualifier", "=")
        return Quantity(indicator, unit, currency, None, None, t).written(value, qualifier, unit, currency)
    return text or (t(f"missing.{missing}") if missing else t("word.none"))


def indicator_name(code: str, visit: Visit) -> str:
    indicator = visit.world.catalogue.indicator(code)
    return visit.t.text(indicator.name) if indicator else code


def place_name(slug: str, visit: Visit) -> str:
    place = visit.world.places.get(slug)
    return visit.t.text(place.name) if place else slug


def grade_words(name: str, code: str, visit: Visit) -> str:
    """The words of a grade of confidence or of attribution."""
    t = visit.t
    return t(f"confidence.{code}") if name == "confidence" else t(f"attribution.{code}")


def label(words: str) -> str:
    """Words of the data as the label of a field: there Streamlit would take signs such as ``$`` or ``*`` for
    marks of its own."""
    return _MARKS.sub(r"\\\1", words)


def history_href(code: str, place: str, observation: int) -> str:
    """The address of the history of one value."""
    return frame.href("indicator", indicator=code, place=place, value=str(observation))


def enter_href(code: str, place: str, period: Period, visit: Visit) -> str:
    """The address of the field where a value of an indicator is entered; "" where none is entered."""
    indicator = visit.world.catalogue.indicator(code)
    if indicator is None or not asked_for(indicator):
        return ""
    choices = choices_of(period, indicator.frequency, visit.stamp.day)
    return frame.href("enter", indicator=code, place=place, **choices)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    caption: str = "",
    head: int = -1,
    wordy: bool = True,
    called: str = "",
) -> str:
    """A table whose cells may be links or signs; `head` is the column that names each row, `called` what a
    screen reader calls the whole where its caption is not enough.

    A wordy one becomes one card a row on a telephone, and says its roles for that (`markup.table`).
    """

    def tag(name: str, role: str, *more: str) -> str:
        spoken = f' role="{role}"' if wordy else ""
        return f"<{name}{spoken}{''.join(more)}>"

    labels = [f' data-label="{escape(name)}"' if wordy else "" for name in columns]
    names = "".join(tag("th", "columnheader", ' scope="col"') + escape(name) + "</th>" for name in columns)

    def written(i: int, cell: Cell) -> str:
        if i == head:
            return tag("th", "rowheader", ' scope="row"', labels[i]) + _cell(cell) + "</th>"
        return tag("td", "cell", labels[i]) + _cell(cell) + "</td>"

    body = "".join(
        tag("tr", "row") + "".join(written(i, cell) for i, cell in enumerate(row)) + "</tr>" for row in rows
    )
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    name = escape(called or caption or ", ".join(columns))
    kind = ' class="plain wordy"' if wordy else ' class="plain"'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f"{tag('table', 'table', kind)}{said}"
        f"{tag('thead', 'rowgroup')}{tag('tr', 'row')}{names}</tr></thead>"
        f"{tag('tbody', 'rowgroup')}{body}</tbody></table></div>"
    )


def ways(links: Iterable[Link]) -> str:
    """Ways on, side by side."""
    inner = " · ".join(_cell(link) for link in links)
    return f'<p class="small ways">{inner}</p>' if inner else ""


@st.cache_resource(max_entries=6, show_spinner=False)
def _names(stamp: Stamp) -> dict[str, str]:
    """The names of the team by address. Grants and names raise the revision, so the stamp is enough."""
    with reading(cached.engine()) as connection:
        return {member.actor.email: member.actor.name for member in queries.load_members(connection)}


def person(email: str, visit: Visit) -> str:
    """Somebody of the team by name. Who is no member any more is an address to the team and nobody to
    readers: an address is not theirs to collect."""
    if email == LOCAL_ACTOR.email:
        return visit.t("person.local")
    name = _names(visit.stamp).get(email, "")
    team = visit.actor.may_somewhere(Permission.READ_SUBMITTED)
    return name or (email if team else visit.t("person.team"))


def by(email: str, moment: datetime | None, visit: Visit) -> str:
    """Who did something, and when."""
    return visit.t("review.by", actor=person(email, visit), moment=moment or "")


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        outside = cell.href.startswith(("http://", "https://"))
        more = ' rel="noreferrer noopener" target="_blank"' if outside else ""
        return f'<a href="{escape(cell.href)}"{more}>{escape(cell.words)}</a>'
    if isinstance(cell, Sign):
        said = f'title="{escape(cell.words)}" aria-label="{escape(cell.words)}"'
        if cell.href:
            return f'<a href="{escape(cell.href)}" {said}>{escape(cell.sign)}</a>'
        return f'<span role="img" {said}>{escape(cell.sign)}</span>'
    return markup.with_links(cell)
