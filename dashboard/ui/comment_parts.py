"""Talking about a value: threads of the team that are answered, resolved and opened again (F55)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.domain.roles import Permission
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.comments import Thread
from dashboard.store.work import UnitOfWork
from dashboard.ui import cached, deciding, markup, value_markup
from dashboard.ui.session import Visit
from dashboard.ui.value_markup import Cell, Link


def threads(found: Sequence[Thread], observation: int, visit: Visit) -> None:
    """The threads about a value and its versions, and the field for a new one about `observation`."""
    t = visit.t
    known = [thread for thread in found if _began(thread, visit)]
    unresolved = sum(not thread.resolved for thread in known)
    st.subheader(t("comments.title", count=unresolved), anchor=False)
    if not known:
        st.html(markup.paragraph(t("comments.none"), "none"))
    may = visit.known is None and visit.actor.may_somewhere(Permission.RECORD)
    for thread in known:
        with st.container(border=True):
            st.html(_words(thread, visit))
            if may:
                _answer(thread, visit)
    if not may:
        return
    text = str(st.text_area(t("comments.new"), key=deciding.key("comment")) or "")
    if st.button(t("comments.say"), disabled=not text.strip()):

        def act(work: UnitOfWork) -> deciding.Sentence:
            commands.comment(work, observation, text)
            return "comments.said", {}

        deciding.carry_out(visit, act)


def _began(thread: Thread, visit: Visit) -> bool:
    """Whether it had begun on the day that is looked at."""
    moment = thread.comments[0].recorded_at
    return visit.known is None or (moment is not None and moment.date() <= visit.known)


def _words(thread: Thread, visit: Visit) -> str:
    t = visit.t
    shown = [
        comment
        for comment in thread.comments
        if visit.known is None or (comment.recorded_at and comment.recorded_at.date() <= visit.known)
    ]
    lines = "".join(
        f"<p>{escape(comment.text or t('comments.closed_without_words'))}<br>"
        f'<span class="small">{escape(value_markup.by(comment.actor, comment.recorded_at, visit))}</span></p>'
        for comment in shown
    )
    state = "" if visit.known is not None else t("comments.resolved" if thread.resolved else "comments.open")
    return markup.tags([state]) + lines


def _answer(thread: Thread, visit: Visit) -> None:
    """Answer, or close with or without a last word; an answer opens a closed thread again."""
    t = visit.t
    text = deciding.field(t("comments.answer"), f"answer-{thread.id}")
    with st.container(horizontal=True):
        if st.button(t("comments.send"), key=f"send-{thread.id}", disabled=not text):

            def reply(work: UnitOfWork) -> deciding.Sentence:
                commands.reply(work, thread.id, text)
                return "comments.said", {}

            deciding.carry_out(visit, reply)
        if not thread.resolved and st.button(t("comments.resolve"), key=f"resolve-{thread.id}"):

            def close(work: UnitOfWork) -> deciding.Sentence:
                commands.resolve(work, thread.id, text)
                return "comments.done_resolved", {}

            deciding.carry_out(visit, close)


def unresolved(visit: Visit) -> None:
    """What is talked about and not resolved, with the way to each value."""
    t = visit.t
    if not deciding.possible(visit):
        return
    with reading(cached.engine()) as connection:
        found = queries.load_open_threads(connection, visit.actor)
    st.html(markup.paragraph(t("comments.lead"), "lead"))
    if not found:
        st.html(markup.paragraph(t("comments.nothing_open"), "none"))
        return
    rows: list[list[Cell]] = [
        [
            Link(
                ", ".join([
                    value_markup.indicator_name(one.indicator, visit),
                    value_markup.place_name(one.place, visit),
                    t.period(one.period),
                ]),
                value_markup.history_href(one.indicator, one.place, one.first.observation),
            ),
            one.first.text,
            value_markup.by(one.first.actor, one.first.recorded_at, visit),
            "" if one.last == one.first else t("comments.last", text=one.last.text, count=one.answers),
        ]
        for one in found
    ]  # fmt: skip
    columns = [t("comments.value"), t("comments.comment"), t("column.actor"), t("comments.answers")]
    st.html(value_markup.table(columns, rows, head=0))
