"""The days on which values fall due, for the calendar of whoever is responsible (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from dashboard.choosing import nearest
from dashboard.config import Settings
from dashboard.domain.catalogue import Indicator, Place
from dashboard.domain.reporting import Due, asked_for, upcoming
from dashboard.domain.roles import Actor
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.intake.period_choices import choices_of
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.lifecycle import profile
from dashboard.store.queries.scope import Scope

if TYPE_CHECKING:
    from sqlalchemy import Engine

ADDRESS = "/due.ics"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_RENEWED = timedelta(hours=12)


def served(settings: Settings) -> bool:
    """Whether the calendar has an address of its own: on a server that only this machine can ask, since a
    calendar program does not sign in."""
    return settings.address in LOOPBACK


def reported_since(home: Place, started: date) -> date:
    """The day from which values are expected: the designation, else the first day of the store."""
    return home.designation.day if home.designation else started


def owners(indicators: Iterable[Indicator], t: Translator) -> list[str]:
    """Who is responsible for any value that is asked for, in the alphabetical order of the language."""
    found = {t.text(one.owner) for one in indicators if asked_for(one) and t.text(one.owner)}
    return sorted(found, key=t.sort_key)


def load_calendar(engine: Engine, actor: Actor, settings: Settings, t: Translator, today: date,
                  owner: str = "") -> bytes:  # fmt: skip
    """The calendar of the home city as the store stands, all of it or that of one responsible.

    Raises `InvalidChoiceError` for a responsible whom no indicator names, `StoreError`.
    """
    with reading(engine) as connection:
        slug = profile(connection).home_place
        home = queries.load_places(connection, Scope(), [slug])[slug]
        indicators = {one.code: one for one in queries.load_catalogue(connection, Scope()).indicators}
        reports = queries.load_reported(connection, actor, slug)
        since = reported_since(home, queries.first_day(connection) or today)
    if owner:
        names = dict.fromkeys(owners(indicators.values(), t), ())
        if owner.casefold() not in {name.casefold() for name in names}:
            close = ", ".join(nearest(owner, names)) or ", ".join(names)
            raise InvalidChoiceError("error.address.owner", given=owner, instead=close)
    asked = [one for one in indicators.values() if asked_for(one)]
    dues = [
        due
        for due in upcoming(asked, reports, since, today)
        if not owner or t.text(due.owner).casefold() == owner.casefold()
    ]
    return calendar(dues, indicators, home, settings.base_url, t, today, owner)


def calendar(
    dues: Sequence[Due], indicators: Mapping[str, Indicator], home: Place, base: str, t: Translator,
    today: date, owner: str = "",
) -> bytes:  # fmt: skip
    """One day a value that falls due, with the address of its field under `base`; named after `owner` where
    it is theirs alone. Identities are made of what is due, so that a day that is loaded again does not come
    twice, and the same dues are the same bytes all day."""
    from icalendar import Calendar, Event  # read in only where somebody asks for a calendar
    from icalendar.enums import TRANSP

    title = t("completeness.calendar_title", city=home.name)
    made = Calendar.new(
        name=f"{title}: {owner}" if owner else title, language=t.language,
        prodid=f"-//{t('frame.brand', city=home.name)}//{t.language.upper()}", refresh_interval=_RENEWED,
        uid=str(uuid5(NAMESPACE_URL, f"{base}{ADDRESS}?{t.language}&{owner.casefold()}")),
    )  # fmt: skip
    for due in dues:
        indicator = indicators[due.indicator]
        period = t.period(due.period) if due.period.dated else t("completeness.any_period")
        by = t.text(due.owner)
        where = {"indicator": due.indicator, "place": home.slug}
        where |= choices_of(due.period, indicator.frequency, today) | {"lang": t.language}
        made.add_component(
            Event.new(
                uid=f"{due.indicator}-{due.due_on.isoformat()}@{home.slug}",
                stamp=datetime.combine(today, time(), UTC),
                start=due.due_on,
                summary=t("completeness.calendar_day", name=t.text(indicator.name), period=period),
                description=f"{t('completeness.column.responsible')}: {by}" if by else None,
                url=f"{base.rstrip('/')}/enter?{urlencode(where)}",
                transparency=TRANSP.TRANSPARENT,
            )
        )
    return bytes(made.to_ical())
