"""Closed periods: which are closed, closing and opening them with a reason, and the log of it (F33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from dashboard.domain.period import Period, Precision
from dashboard.domain.roles import Permission
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.locks import PeriodLock
from dashboard.store.work import UnitOfWork
from dashboard.ui import cached, deciding, markup, value_markup
from dashboard.ui.session import Visit

YEARS = 12
"""How many years back can be closed from the list."""
_WHOLE_YEAR = "0"
_QUARTERS = (_WHOLE_YEAR, "1", "2", "3", "4")


@dataclass(frozen=True)
class _Turn:
    """One closing or opening as a person did it: a claim is closed indicator by indicator."""

    indicators: tuple[str, ...]  # ("",) is all
    start: date
    end: date
    locked: bool
    standing: bool
    reason: str
    actor: str
    recorded_at: datetime | None


def locks(visit: Visit) -> None:
    """What is closed in words, closing and opening, and the log."""
    t = visit.t
    with reading(cached.engine()) as connection:
        turns = _turns(queries.load_locks(connection, visit.stamp.scope))
    st.html(markup.paragraph(t("locks.lead"), "lead"))
    standing = [turn for turn in turns if turn.standing]
    said = [t("locks.stands", what=_what(turn, visit), period=_period(turn, visit)) for turn in standing]
    st.html(markup.items(said) if said else markup.paragraph(t("locks.none"), "none"))
    if deciding.possible(visit):
        if visit.actor.may(Permission.LOCK):
            _close(visit)
            _open(standing, visit)
        else:
            st.html(markup.paragraph(t("locks.not_yours"), "none"))
    st.header(t("locks.log"), anchor=False)
    rows = [
        [
            t.moment(turn.recorded_at) if turn.recorded_at else "",
            t("locks.closed" if turn.locked else "locks.opened"),
            _period(turn, visit),
            _what(turn, visit),
            value_markup.person(turn.actor, visit),
            turn.reason,
        ]
        for turn in turns
    ]
    names = ("recorded", "act", "period", "what", "actor", "why")
    columns = [t(f"column.{name}") for name in names]
    st.html(markup.table(columns, rows) if rows else markup.paragraph(t("locks.no_log"), "none"))


def _turns(found: Iterable[PeriodLock]) -> list[_Turn]:
    """What was done in one act, together; the newest first."""
    acts: dict[tuple[object, ...], list[PeriodLock]] = {}
    for lock in found:
        act = (lock.recorded_at, lock.start, lock.end, lock.locked, lock.standing, lock.reason, lock.actor)
        acts.setdefault(act, []).append(lock)
    return [
        _Turn(
            tuple(sorted(lock.indicator for lock in own)), own[0].start, own[0].end, own[0].locked,
            own[0].standing, own[0].reason, own[0].actor, own[0].recorded_at,
        )
        for own in acts.values()
    ]  # fmt: skip


def _what(turn: _Turn, visit: Visit) -> str:
    """All, a claim, or the names of the indicators."""
    t, catalogue = visit.t, visit.world.catalogue
    if turn.indicators == ("",):
        return t("locks.everything")
    for claim, codes in _by_claim(visit).items():
        found = catalogue.claim(claim)
        if found is not None and codes == turn.indicators:
            return t("locks.claim", name=found.name)
    named = [catalogue.indicator(code) for code in turn.indicators]
    return t.list([t.text(i.name) if i else code for i, code in zip(named, turn.indicators, strict=True)])


def _period(turn: _Turn, visit: Visit) -> str:
    quarter = Period.quarter(turn.start.year, (turn.start.month + 2) // 3)
    precision = Precision.QUARTER if (quarter.start, quarter.end) == (turn.start, turn.end) else Precision.DAY
    return visit.t.period(Period(turn.start, turn.end, precision))


def _by_claim(visit: Visit) -> Mapping[str, tuple[str, ...]]:
    """The indicators that each claim is the first one of, by code."""
    found: dict[str, list[str]] = {}
    for indicator in visit.world.catalogue.indicators:
        found.setdefault(indicator.claim, []).append(indicator.code)
    return {claim: tuple(sorted(codes)) for claim, codes in found.items()}


def _close(visit: Visit) -> None:
    t = visit.t
    st.header(t("locks.close_title"), anchor=False)
    claims = {claim.id: t.text(claim.name) for claim in visit.world.catalogue.claims}
    years = [str(year) for year in range(visit.stamp.day.year, visit.stamp.day.year - YEARS, -1)]
    one, two, three = st.columns(3)
    with one:
        claim = st.selectbox(
            t("locks.for"), ["", *claims], key=deciding.key("lock_claim"),
            format_func=lambda id: claims.get(id, t("review.all_indicators")),
        )  # fmt: skip
    with two:
        year = st.selectbox(t("locks.year"), years, index=1, key=deciding.key("lock_year"))
    with three:
        quarter = st.selectbox(
            t("locks.part"), _QUARTERS, key=deciding.key("lock_quarter"),
            format_func=lambda n: t("locks.whole_year") if n == _WHOLE_YEAR else t("locks.quarter", number=n),
        )  # fmt: skip
    reason = deciding.field(t("locks.reason"), "lock_reason")
    if not st.button(t("locks.close"), disabled=not reason):
        return
    chosen = Period.year(int(year)) if quarter == _WHOLE_YEAR else Period.quarter(int(year), int(quarter))
    codes = _by_claim(visit).get(claim, ()) if claim else ("",)

    def act(work: UnitOfWork) -> deciding.Sentence:
        start, end = chosen.start or date.min, chosen.end or date.max
        closed = [commands.lock_period(work, start, end, reason, code) for code in codes]
        done = "locks.done_closed" if any(closed) else "locks.already_closed"
        return done, {"period": t.period(chosen)}

    deciding.carry_out(visit, act)


def _open(standing: list[_Turn], visit: Visit) -> None:
    t = visit.t
    if not standing:
        return
    st.header(t("locks.open_title"), anchor=False)
    number = st.selectbox(
        t("locks.which"), range(len(standing)), index=None, placeholder=t("locks.choose"),
        key=deciding.key("unlock"),
        format_func=lambda n: f"{_period(standing[n], visit)} – {_what(standing[n], visit)}",
    )  # fmt: skip
    reason = deciding.field(t("locks.open_reason"), "unlock_reason")
    if not st.button(t("locks.open"), disabled=number is None or not reason):
        return
    turn = standing[int(number or 0)]

    def act(work: UnitOfWork) -> deciding.Sentence:
        for code in turn.indicators:
            commands.unlock_period(work, turn.start, turn.end, reason, code)
        return "locks.done_opened", {"period": _period(turn, visit)}

    deciding.carry_out(visit, act)
