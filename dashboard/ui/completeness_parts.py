"""How complete and timely reporting is, by indicator and by person, and who owes what (F31)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from dashboard.config import Settings
from dashboard.domain.catalogue import Frequency, Indicator
from dashboard.domain.period import Period
from dashboard.domain.reporting import (
    MONTHS_OF,
    Due,
    PersonReport,
    Reported,
    Standing,
    asked_for,
    by_person,
    completeness,
    due_list,
    due_on,
    standings,
    upcoming,
)
from dashboard.domain.roles import Actor
from dashboard.due_calendar import ADDRESS, calendar, owners, reported_since, served
from dashboard.series_document import table_text
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.ui import cached, due_parts, frame, markup, value_markup
from dashboard.ui.cached import Stamp
from dashboard.ui.session import Visit
from dashboard.ui.value_markup import Cell, Link, Sign

SHOWN = {
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 8,
    Frequency.ANNUAL: 8,
    Frequency.BIENNIAL: 6,
    Frequency.FOUR_YEARLY: 4,
}
"""How many of the newest periods the table shows; the sentence and the download have all."""
_SIGNS = {
    Standing.ON_TIME: "✓",
    Standing.REPORTED: "●",
    Standing.LATE: "◐",
    Standing.REASONED: "○",
    Standing.AWAITED: "…",
    Standing.OWED: "✕",
    Standing.NOT_ASKED: "",
}
_HERE = (Standing.ON_TIME, Standing.REPORTED, Standing.LATE)
_EMPTY = (Standing.AWAITED, Standing.OWED)


@dataclass(frozen=True)
class Row:
    """One indicator: how each of its periods stands, the oldest first, and the median days it takes."""

    indicator: Indicator
    periods: Mapping[Period, Standing]
    days: float | None

    @property
    def expected(self) -> int:
        return sum(standing is not Standing.NOT_ASKED for standing in self.periods.values())

    @property
    def reported(self) -> int:
        return sum(standing in _HERE for standing in self.periods.values())


@dataclass(frozen=True)
class Reporting:
    """Everything the screen says. `since` is the first day that is reported on."""

    rows: tuple[Row, ...]
    due: tuple[Due, ...]
    upcoming: tuple[Due, ...]
    people: tuple[PersonReport, ...]
    since: date

    @property
    def counted(self) -> Counter[Standing]:
        return Counter(standing for row in self.rows for standing in row.periods.values())


@st.cache_resource(max_entries=6, show_spinner=False)
def reporting(stamp: Stamp, _actor: Actor) -> Reporting:
    """The reporting of the home city. Kept by the stamp: whoever may read it reads the same."""
    here, today = cached.world(stamp), stamp.day
    with reading(cached.engine()) as connection:
        reports = queries.load_reported(connection, _actor, here.home.slug, stamp.scope)
        started = queries.first_day(connection) or today
    since = reported_since(here.home, started)
    told: dict[str, list[Reported]] = {}
    for report in reports:
        told.setdefault(report.indicator, []).append(report)
    asked = [indicator for indicator in here.catalogue.indicators if asked_for(indicator)]
    rows = []
    for indicator in asked:
        own = told.get(indicator.code, [])
        if indicator.frequency in MONTHS_OF:
            days = completeness(indicator, own, since, started, today).days
            rows.append(Row(indicator, standings(indicator, own, since, started, today), days))
    due = due_list(asked, reports, since, today)
    later = upcoming(asked, reports, since, today)
    return Reporting(tuple(rows), due, later, by_person(asked, reports, started), since)


def completeness_screen(visit: Visit) -> None:
    """The whole screen: one sentence, one table a frequency, who owes what, who reported what."""
    t = visit.t
    found = reporting(visit.stamp, visit.actor)
    if not found.rows:
        st.html(markup.paragraph(t("completeness.nothing_expected"), "none"))
        return
    st.html(markup.paragraph(_sentence(found, visit), "lead"))
    with st.container(horizontal=True):
        st.download_button(
            t("completeness.download"), as_csv(found, visit), t("completeness.file"), mime="text/csv"
        )
        if visit.known is None:
            st.download_button(
                t("completeness.calendar"), as_calendar(found, visit), t("completeness.calendar_file"),
                mime="text/calendar",
            )  # fmt: skip
    if visit.known is None:
        _subscribing(visit)
    legend = " · ".join(
        f"{sign} {t(f'completeness.{standing}')}" for standing, sign in _SIGNS.items() if sign
    )
    st.html(markup.paragraph(legend, "small"))
    for frequency in MONTHS_OF:
        _matrix(frequency, found, visit)
    st.header(t("completeness.owed_title"), anchor=False)
    st.html(_owed(found, visit))
    st.header(t("completeness.people_title"), anchor=False)
    st.html(_people(found, visit))


def _sentence(found: Reporting, visit: Visit) -> str:
    """The counts of all expected periods in one sentence."""
    t, counted = visit.t, found.counted
    expected = sum(counted.values()) - counted[Standing.NOT_ASKED]
    reported = sum(counted[standing] for standing in _HERE)
    share = t.percent(100 * reported / expected) if expected else t("word.none")
    return t(
        "completeness.sentence", since=found.since, expected=expected, reported=reported, share=share,
        late=counted[Standing.LATE], reasoned=counted[Standing.REASONED], awaited=counted[Standing.AWAITED],
        owed=counted[Standing.OWED],
    )  # fmt: skip


def _matrix(frequency: Frequency, found: Reporting, visit: Visit) -> None:
    """Indicators down, the newest periods across."""
    t = visit.t
    rows = [row for row in found.rows if row.indicator.frequency is frequency]
    periods = sorted({p for row in rows for p in row.periods}, key=lambda p: p.key)[-SHOWN[frequency] :]
    if not periods:
        return
    st.header(t(f"frequency.{frequency}"), anchor=False)
    timed = any(row.days is not None for row in rows)
    cells: list[list[Cell]] = [
        [
            Link(t.text(row.indicator.name), frame.href("indicator", indicator=row.indicator.code)),
            t("completeness.of", reported=row.reported, expected=row.expected),
            *(["" if row.days is None else t.number(row.days)] if timed else []),
            *[_sign(row.indicator, period, row.periods.get(period), visit) for period in periods],
        ]
        for row in rows
    ]
    columns = [t("column.indicator"), t("completeness.person.recorded")]
    columns += [t("completeness.days")] if timed else []
    st.html(
        value_markup.table(
            [*columns, *map(t.period, periods)],
            cells,
            t("completeness.caption", count=len(rows)),
            head=0,
            wordy=False,
            called=t(f"frequency.{frequency}"),
        )
    )


def _sign(indicator: Indicator, period: Period, standing: Standing | None, visit: Visit) -> Cell:
    if standing is None or standing is Standing.NOT_ASKED:
        return ""
    t = visit.t
    words = f"{t.period(period)}: {t(f'completeness.{standing}')}"
    ask = standing in _EMPTY and visit.known is None
    return Sign(_SIGNS[standing], words, _enter(indicator.code, period, visit) if ask else "")


def _enter(code: str, period: Period, visit: Visit) -> str:
    """The address where a missing value is entered; an irregular one has no period yet."""
    return value_markup.enter_href(code, visit.home.slug, period, visit)


def _owed(found: Reporting, visit: Visit) -> str:
    """What is missing, by who is responsible, the most overdue first."""
    t = visit.t
    if not found.due:
        return markup.paragraph(t("completeness.nothing_owed"), "none")
    ordered = sorted(found.due, key=lambda due: (t.sort_key(t.text(due.owner)), -due.late))
    rows: list[list[Cell]] = [
        [
            t.text(due.owner) or t("completeness.nobody"),
            Link(value_markup.indicator_name(due.indicator, visit), _enter(due.indicator, due.period, visit)),
            t.period(due.period) if due.period.dated else t("completeness.any_period"),
            t.date(due.due_on),
            t("completeness.days_late", count=due.late) if due.late > 0 else t("completeness.in_time"),
            t("completeness.earlier", count=due.earlier) if due.earlier else "",
        ]
        for due in ordered
    ]
    names = ("responsible", "indicator", "period", "due", "late", "earlier")
    return value_markup.table([t(f"completeness.column.{name}") for name in names], rows)


def _people(found: Reporting, visit: Visit) -> str:
    """What each person recorded, how timely, and what became of it."""
    t = visit.t
    if not found.people:
        return markup.paragraph(t("completeness.nobody_yet"), "none")
    numbers = ("recorded", "on_time", "late", "approved", "waiting", "returned")
    rows = [
        [value_markup.person(one.actor, visit), *[t.number(getattr(one, name)) for name in numbers]]
        for one in found.people
    ]
    columns = [t(f"completeness.person.{name}") for name in ("actor", *numbers)]
    table = markup.table(columns, rows, numbers=range(1, len(columns)))
    return table + markup.paragraph(t("completeness.people_note"), "small")


def as_csv(found: Reporting, visit: Visit) -> bytes:
    """One line a period: what the tables show, whole."""
    t = visit.t
    names = ("code", "indicator", "responsible", "frequency", "period", "due", "standing")
    columns = {name: t(f"completeness.column.{name}") for name in names}
    lines = [
        {
            columns["code"]: row.indicator.code,
            columns["indicator"]: t.text(row.indicator.name),
            columns["responsible"]: t.text(row.indicator.owner),
            columns["frequency"]: t(f"frequency.{row.indicator.frequency}"),
            columns["period"]: t.period(period),
            columns["due"]: due_on(row.indicator, period).isoformat(),
            columns["standing"]: t(f"completeness.{standing}"),
        }
        for row in found.rows
        for period, standing in row.periods.items()
        if standing is not Standing.NOT_ASKED
    ]
    return table_text(list(columns.values()), lines).encode("utf-8-sig")


def as_calendar(found: Reporting, visit: Visit) -> bytes:
    """The days that lie ahead, as a file; the same that is served at an address (`due_calendar`)."""
    here = {one.code: one for one in visit.world.catalogue.indicators}
    base = Settings.from_env().base_url
    return calendar(found.upcoming, here, visit.home, base, visit.t, visit.stamp.day)


def _subscribing(visit: Visit) -> None:
    """The addresses that a calendar program reads again: all days, and those of each responsible."""
    t, settings = visit.t, Settings.from_env()
    if not served(settings):
        return

    with st.expander(t("completeness.subscribe")):
        st.html(markup.paragraph(t("completeness.subscribe_help"), "small"))
        address = f"{settings.base_url.rstrip('/')}{ADDRESS}?lang={t.language}"
        st.html(f'<p style="overflow-wrap:anywhere"><code>{escape(address)}</code></p>')
        named = owners(visit.world.catalogue.indicators, t)
        every = [
            due_parts.calendar_link(t("completeness.subscribe_all"), t),
            *(due_parts.calendar_link(name, t, name) for name in named),
        ]
        st.html(markup.links(every))
