"""The start of a day of work: what waits for this person, counted, with the way there (F27, N20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.analysis.register import counted
from dashboard.config import Settings
from dashboard.domain.follow_up import closed, follow_ups
from dashboard.domain.observation import REALISED, WorkflowState
from dashboard.domain.reporting import Due, Reported, due_list, responsible
from dashboard.domain.roles import Actor, Permission
from dashboard.due_calendar import ADDRESS, reported_since, served
from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.queries.completeness import Spoken
from dashboard.store.queries.review import Pile
from dashboard.ui import cached, frame, markup, value_markup
from dashboard.ui.cached import Stamp, World
from dashboard.ui.session import Visit

NAMED = 3
"""So many of the due values are named; the rest is counted."""


@dataclass(frozen=True)
class Today:
    """What waits for one person. `due` are the values this person is asked for, the most overdue first."""

    waiting: int
    returned: int
    drafts: int
    due: tuple[Due, ...]
    follow_ups: int
    comments: int


def block(visit: Visit) -> None:
    """One piece of finished HTML; nothing for a reader, and nothing in a view of the past."""
    if visit.known is None and visit.actor.may_somewhere(Permission.RECORD):
        st.html(_markup(today(visit.stamp, visit.actor.email, visit.actor), visit))


@st.cache_resource(max_entries=64, show_spinner=False)
def today(stamp: Stamp, email: str, _actor: Actor) -> Today:
    """Counted once a revision and person. Approved values are those the front page has read anyway; of the
    rest of the store only what is under review is asked for."""
    here = cached.world(stamp)
    with reading(cached.engine()) as connection:
        counts = {
            pile: queries.count_pile(connection, _actor, pile, batches=True)
            for pile in (Pile.WAITING, Pile.RETURNED, Pile.DRAFTS)
        }
        pending = queries.load_pending_activities(connection, _actor)
        awaited = queries.load_awaiting_periods(connection, here.home.slug)
        answered = closed(queries.load_follow_ups(connection, stamp.scope))
        started = queries.first_day(connection) or stamp.day
        comments = len(queries.load_open_threads(connection, _actor))
        team = [member.actor for member in queries.load_members(connection) if not member.disabled]
    own = [record.state for record in pending if record.own]
    submitted = sum(record.state is WorkflowState.SUBMITTED for record in pending)
    due = due_list(
        here.catalogue.indicators, _reports(stamp, awaited), reported_since(here.home, started), stamp.day
    )
    return Today(
        waiting=counts[Pile.WAITING] + (submitted if _actor.may(Permission.APPROVE) else 0),
        returned=counts[Pile.RETURNED] + own.count(WorkflowState.RETURNED),
        drafts=counts[Pile.DRAFTS] + own.count(WorkflowState.DRAFT),
        due=tuple(one for one in due if _asked(one, _actor, team, here)),
        follow_ups=len(follow_ups(counted(cached.home_activities(stamp)), answered, stamp.day)),
        comments=comments,
    )


def _asked(due: Due, actor: Actor, team: Sequence[Actor], here: World) -> bool:
    """Whether a value is asked of this person: of whom the owner names; where it names nobody of the team,
    of everybody who may record it."""
    if actor.local or responsible(due.owner, actor.name, actor.email):
        return True
    indicator = here.catalogue.indicator(due.indicator)
    named = any(responsible(due.owner, one.name, one.email) for one in team)
    return not named and indicator is not None and actor.may(Permission.RECORD, indicator.claim)


def _reports(stamp: Stamp, awaited: tuple[Spoken, ...]) -> list[Reported]:
    """What has been reported of the home city, approved or not: enough to tell what is missing."""
    figures = cached.home_figures(stamp)
    told = figures[figures["observation"].notna() & figures["kind"].isin([kind.value for kind in REALISED])]
    columns = ["indicator", "period_start", "period_end", "recorded_at"]
    told = told[columns].drop_duplicates(columns[:3], keep="last")
    found = [
        Reported(
            code, None if pd.isna(start) else start.date(), None if pd.isna(end) else end.date(),
            moment.date(), "", WorkflowState.APPROVED,
        )
        for code, start, end, moment in told.itertuples(index=False, name=None)
    ]  # fmt: skip
    waiting = [Reported(*spoken, stamp.day, "", WorkflowState.SUBMITTED) for spoken in awaited]
    return found + waiting


def _markup(found: Today, visit: Visit) -> str:
    t = visit.t
    links = [
        frame.anchor("review", t(f"today.{pile.value}", count=count), pile=pile.value)
        for pile, count in (
            (Pile.WAITING, found.waiting), (Pile.RETURNED, found.returned), (Pile.DRAFTS, found.drafts),
        )
        if count
    ]  # fmt: skip
    late = sum(one.late > 0 for one in found.due)
    if found.due:
        words = t("today.due", count=len(found.due))
        if late:
            words = f"{words}, {t('today.late', count=late)}"
        links.append(frame.anchor("review", words, view="completeness"))
    if found.follow_ups:
        words = t("today.follow_ups", count=found.follow_ups)
        links.append(frame.anchor("activities", words, show="later"))
    if found.comments:
        links.append(frame.anchor("review", t("today.comments", count=found.comments), view="comments"))
    if found.due and served(Settings.from_env()):
        links.append(calendar_link(t("today.calendar"), t))
    if not links:
        return f'<section class="today">{markup.paragraph(t("today.nothing"), "small")}</section>'
    title = escape(t("today.title"))
    return (
        f'<section class="today" aria-label="{title}"><p class="small"><b>{title}</b></p>'
        f"{markup.links(links, beside=True)}{_first(found, visit)}</section>"
    )


def calendar_link(words: str, t: Translator, owner: str = "") -> str:
    """A link to the days that fall due, for a calendar program: all of them, or those of one responsible. A
    language of its own keeps it out of the ways within the application."""
    query = urlencode({"lang": t.language} | ({"owner": owner} if owner else {}))
    href = escape(f"{ADDRESS}?{query}")
    return f'<a href="{href}" hreflang="{t.language}" type="text/calendar">{escape(words)}</a>'


def _first(found: Today, visit: Visit) -> str:
    """The most pressing values by name, each with the way to its field."""
    t = visit.t
    named = []
    for one in found.due[:NAMED]:
        indicator = visit.world.catalogue.indicator(one.indicator)
        if indicator is None:
            continue
        name = t.text(indicator.name)
        if one.period.dated:
            name = f"{name}, {t.period(one.period)}"
        href = value_markup.enter_href(one.indicator, visit.home.slug, one.period, visit)
        named.append(f'<a href="{escape(href)}">{escape(name)}</a>')
    if not named:
        return ""
    return f'<p class="small">{escape(t("today.first"))} {" · ".join(named)}</p>'
