"""What was loaded together: seen whole, decided whole, undone whole."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import Action
from dashboard.domain.roles import Permission
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.batches import Batch
from dashboard.store.queries.pending_activities import PendingActivity
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, cards, deciding, frame, markup, paging, value_markup
from dashboard.ui.review_parts import DECIDE
from dashboard.ui.session import Visit
from dashboard.ui.value_markup import Cell, Link

PAGE = 100
NUMBER = 2**31 - 1
_ABOUT = {
    Action.SUBMIT: (WorkflowState.DRAFT, WorkflowState.RETURNED),
    Action.APPROVE: (WorkflowState.SUBMITTED,),
    Action.RETURN: (WorkflowState.SUBMITTED,),
}
"""What can be decided about a whole batch, and the states of the rows it is decided for. Taking a batch
back is undoing it."""
_PERMISSION = {
    Action.SUBMIT: Permission.RECORD, Action.APPROVE: Permission.APPROVE, Action.RETURN: Permission.APPROVE,
}  # fmt: skip


def batches(visit: Visit) -> None:
    """The batch of the address with all its rows; without one the newest batches."""
    if not deciding.possible(visit):
        return
    wanted = address.number("batch", 1, NUMBER)
    if wanted is None:
        _list(visit)
        return
    st.html(value_markup.ways([Link(visit.t("batch.all"), frame.href("review", view="batches"))]))
    with reading(cached.engine()) as connection:
        batch = queries.load_batch(connection, visit.actor, wanted)
        pending = tuple(
            p for p in queries.load_pending_activities(connection, visit.actor) if p.batch == wanted
        )
    if batch is None:
        st.error(visit.t("error.review.no_batch", what=wanted))
        return
    _about(batch, visit)
    _decisions(batch, pending, visit)
    if batch.activities:
        _activities(batch, pending, visit)
    if batch.values:
        _rows(batch, visit)
    if not batch.undone_by:
        _undo(batch, visit)


def _list(visit: Visit) -> None:
    t = visit.t
    with reading(cached.engine()) as connection:
        found = queries.load_batches(connection, visit.actor)
    if not found:
        st.html(markup.paragraph(t("review.no_batches"), "none"))
        return
    rows: list[list[Cell]] = [
        [
            Link(f"{batch.id}: {_title(batch)}", frame.href("review", view="batches", batch=str(batch.id))),
            _counts(batch, visit),
            t.moment(batch.recorded_at) if batch.recorded_at else "",
            value_markup.person(batch.actor, visit),
            t("review.undone_by", batch=str(batch.undone_by)) if batch.undone_by else batch.reason,
        ]
        for batch in found
    ]
    columns = [t(f"column.{name}") for name in ("state", "recorded", "actor", "note")]
    columns.insert(0, t("value_history.batch"))
    st.html(value_markup.table(columns, rows, head=0))


def _title(batch: Batch) -> str:
    return batch.title or batch.file_name


def _counts(batch: Batch, visit: Visit) -> str:
    """How many of its rows are in which state."""
    t = visit.t
    parts = [
        f"{t(f'state.{state}')}: {t.number(batch.values[state])}"
        for state in WorkflowState
        if batch.values.get(state)
    ]
    if batch.activities:
        parts.append(t("batch.activities", count=batch.activities))
    return ", ".join(parts) or t("word.none")


def _about(batch: Batch, visit: Visit) -> None:
    t = visit.t
    st.header(t("batch.title", batch=str(batch.id), title=value_markup.label(_title(batch))), anchor=False)
    by = value_markup.by(batch.actor, batch.recorded_at, visit)
    read = t("batch.rows", read=batch.rows_read, loaded=batch.rows_loaded)
    undone = t("review.undone_by", batch=str(batch.undone_by)) if batch.undone_by else ""
    st.html(
        markup.facts([
            (t("batch.file"), batch.file_name),
            (t("review.recorded"), by),
            (t("batch.content"), read),
            (t("column.state"), _counts(batch, visit)),
            (t("column.why"), batch.reason),
            (t("column.note"), undone),
        ])
    )  # fmt: skip


def _decisions(batch: Batch, pending: tuple[PendingActivity, ...], visit: Visit) -> None:
    """One note, and one press for all rows that can be decided about."""
    t = visit.t
    counts = {}
    with reading(cached.engine()) as connection:
        for action, states in _ABOUT.items():
            own = queries.count_in_batches(connection, visit.actor, _PERMISSION[action], batch.id)
            records = _decided(action, pending, visit)
            counts[action] = sum(own.get((batch.id, state), 0) for state in states) + len(records)
    open_to = {action: count for action, count in counts.items() if count}
    if not open_to:
        st.html(markup.paragraph(t("batch.nothing_waits"), "none"))
        return
    with st.container(border=True, key="decisions"):
        note = deciding.field(t("review.note"), "note", t("review.note_help"))
        if batch.actor == visit.actor.email and Action.APPROVE in open_to:
            st.html(markup.paragraph(t("review.own"), "small"))
        if not visit.actor.may(Permission.APPROVE) and Action.APPROVE in open_to:
            st.html(markup.paragraph(t("batch.part.said"), "small"))
        with st.container(horizontal=True):
            for action, count in open_to.items():
                whole = visit.actor.may(_PERMISSION[action])
                words = f"batch.{action.value}" if whole else f"batch.part.{action.value}"
                pressed = st.button(
                    t(words, count=count), key=f"do-{action.value}",
                    type="primary" if action is Action.APPROVE else "secondary",
                )  # fmt: skip
                if pressed:
                    _decide(action, batch, pending, note, visit)


def _decided(
    action: Action, pending: tuple[PendingActivity, ...], visit: Visit
) -> tuple[PendingActivity, ...]:
    """The records of the batch that this person may decide about."""
    if not visit.actor.may(_PERMISSION[action]):
        return ()
    return tuple(p for p in pending if p.state in _ABOUT[action])


def _decide(
    action: Action, batch: Batch, pending: tuple[PendingActivity, ...], note: str, visit: Visit
) -> None:
    versions = {p.key: p.version for p in _decided(action, pending, visit)}

    def act(work: UnitOfWork) -> deciding.Sentence:
        ids = queries.rows_of_batch(
            work.connection, visit.actor, batch.id, _ABOUT[action], _PERMISSION[action]
        )
        count = DECIDE[action](work, ids, note) if ids else 0
        count += commands.decide_activities(work, action, versions, note) if versions else 0
        return f"review.done.{action.value}", {"count": count}

    with st.spinner(visit.t("batch.working")):
        deciding.carry_out(visit, act)


def _rows(batch: Batch, visit: Visit) -> None:
    """The values of the batch, old beside new, in the order of the file."""
    t = visit.t
    total = sum(batch.values.values())
    st.header(t("batch.values", count=total), anchor=False)
    offset = paging.first_shown(total, PAGE)
    with reading(cached.engine()) as connection:
        listed = queries.load_batch_rows(connection, visit.actor, batch.id, PAGE, offset)
    rows = [_row(row, visit) for row in listed.rows.to_dict("records")]
    names = ("indicator", "place", "period", "before", "after", "state", "note")
    st.html(value_markup.table([t(f"column.{name}") for name in names], rows, head=0))
    paging.turn(total, PAGE, visit)


def _row(row: dict[Any, Any], visit: Visit) -> list[Cell]:
    t, code = visit.t, row["indicator"]
    old = "" if pd.isna(row["old_observation"]) else value_markup.value_words(row, code, visit, "old_")
    href = value_markup.history_href(code, row["place"], int(row["observation"]))
    part = f" ({row['disaggregation']})" if row["disaggregation"] else ""
    return [
        Link(value_markup.indicator_name(code, visit) + part, href),
        value_markup.place_name(row["place"], visit),
        t.period(cards.period_of(row)),
        old,
        value_markup.value_words(row, code, visit),
        t(f"state.{row['state']}"),
        row["note"] or row["decision_note"],
    ]


def _activities(batch: Batch, pending: tuple[PendingActivity, ...], visit: Visit) -> None:
    t = visit.t
    st.header(t("batch.activities", count=batch.activities), anchor=False)
    rows = [[t.text(p.title), t(f"activity.{p.kind}"), t(f"state.{p.state}"), p.reason] for p in pending]
    columns = [t(f"column.{name}") for name in ("record", "kind", "state", "note")]
    st.html(markup.table(columns, rows) if rows else markup.paragraph(t("batch.nothing_waits"), "none"))


def _undo(batch: Batch, visit: Visit) -> None:
    t = visit.t
    if not visit.actor.may_somewhere(Permission.IMPORT):
        return
    with st.expander(t("review.undo_title")):
        st.html(markup.paragraph(t("review.undo_why"), "small"))
        reason = deciding.field(t("review.undo_reason"), "undo_reason")
        if st.button(t("review.undo"), disabled=not reason):

            def act(work: UnitOfWork) -> deciding.Sentence:
                undone = commands.undo_batch(work, batch.id, reason)
                return "review.undone", {"count": undone.restored + undone.withdrawn}

            with st.spinner(t("batch.working")):
                deciding.carry_out(visit, act)
