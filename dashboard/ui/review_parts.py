"""The parts of the review page: what waits, old beside new, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.quantity import Quantity
from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import Action, actions
from dashboard.errors import DashboardError, InvalidDraftsError
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.review import Pile
from dashboard.store.work import UnitOfWork, unit_of_work
from dashboard.ui import address, cached, cards, markup, pickers
from dashboard.ui.session import Visit

EDGE = "page"
PAGE = 50
_DECIDE: dict[Action, Callable[[UnitOfWork, Sequence[int], str], int]] = {
    Action.SUBMIT: commands.submit,
    Action.APPROVE: commands.approve,
    Action.RETURN: commands.return_,
    Action.WITHDRAW: commands.withdraw,
}


def said(visit: Visit) -> None:
    """What the last decision did, said once."""
    done = st.session_state.pop("review_done", None)
    if done:
        st.success(visit.t(done[0], count=done[1]))


def inbox(visit: Visit) -> None:
    """The four lists; the address says which one is open."""
    t = visit.t
    with reading(cached.engine()) as connection:
        found = queries.load_inbox(connection, visit.actor, PAGE)
    listed = {
        Pile.WAITING: found.waiting,
        Pile.RETURNED: found.returned,
        Pile.DRAFTS: found.drafts,
        Pile.SUBMITTED: found.submitted,
    }
    pile = Pile(address.one_of("pile", [p.value for p in listed], Pile.WAITING.value))
    st.session_state["pile"] = pile.value
    st.segmented_control(
        t("review.piles"), [p.value for p in listed], key="pile", required=True, on_change=pickers.write,
        args=("pile",), format_func=lambda p: t(f"review.pile.{p}", count=listed[Pile(p)].total),
    )  # fmt: skip
    rows = listed[pile].rows
    if not len(rows):
        st.html(markup.paragraph(t(f"review.empty.{pile.value}"), "none"))
        return
    if listed[pile].total > len(rows):
        st.html(markup.paragraph(t("review.first_only", shown=len(rows), count=listed[pile].total), "small"))
    records = rows.to_dict("records")
    chosen = [row for row in records if _choice(row, visit)]
    _decisions(pile, chosen, records, visit)


def _choice(row: dict[Any, Any], visit: Visit) -> bool:
    """One value under review: old → new, from whom, on what; and the box that chooses it."""
    t = visit.t
    indicator = visit.world.catalogue.indicator(row["indicator"])
    place = t.text(visit.world.places[row["place"]].name)
    name = t.text(indicator.name) if indicator else row["indicator"]
    with st.container(border=True):
        label = t("review.value", name=name, place=place, period=t.period(cards.period_of(row)))
        chosen = st.checkbox(label, key=f"review-{row['observation']}")
        is_new = pd.isna(row["old_observation"])
        old = t("review.nothing_before") if is_new else _words(row, "old_", visit)
        by = t("review.by", actor=row["author"], moment=_moment(row["recorded_at"]))
        source = visit.world.sources.get(row["source"])
        st.html(
            markup.facts([
                (t("column.before"), old),
                (t("column.after"), _words(row, "", visit)),
                (t("column.source"), source.title if source else row["source"]),
                (t("column.kind"), t(f"chart.kind.{row['kind']}")),
                (t("column.note"), row["note"]),
                (t("review.recorded"), by),
                (t("column.why"), row["reason"]),
                (t("review.said"), row["decision_note"]),
                (t("review.documents"), t.number(row["evidence"]) if row["evidence"] else ""),
            ])
        )  # fmt: skip
    return bool(chosen)


def _moment(moment: Any) -> Any:
    return moment.to_pydatetime() if not pd.isna(moment) else ""


def _words(row: dict[Any, Any], prefix: str, visit: Visit) -> str:
    """The old or the new value of a row in words."""
    t = visit.t
    value, text, missing = (row[f"{prefix}{name}"] for name in ("value", "text", "missing_reason"))
    indicator = visit.world.catalogue.indicator(row["indicator"])
    if not pd.isna(value) and indicator is not None:
        unit, currency = row[f"{prefix}unit"], row[f"{prefix}currency"]
        qualifier = "=" if prefix else row["qualifier"]
        return Quantity(indicator, unit, currency, None, None, t).written(value, qualifier, unit, currency)
    return text or (t(f"missing.{missing}") if missing else t("word.none"))


def _decisions(pile: Pile, chosen: list[dict[Any, Any]], records: list[dict[Any, Any]], visit: Visit) -> None:
    """The buttons for what is chosen: those that the person may press for every one of them."""
    t = visit.t
    possible = [
        action
        for action in Action
        if records and all(action in _possible(row, visit) for row in chosen or records)
    ]
    note = str(st.text_input(t("review.note"), key=f"note-{pile.value}", help=t("review.note_help")) or "")
    st.caption(t("review.chosen", count=len(chosen)))
    if any(row["own"] for row in chosen) and Action.APPROVE in possible:
        st.caption(t("review.own"))
    with st.container(horizontal=True):
        for action in possible:
            pressed = st.button(
                t(f"review.{action.value}"), disabled=not chosen, key=f"do-{action.value}",
                type="primary" if action is Action.APPROVE else "secondary",
            )  # fmt: skip
            if pressed:
                _decide(action, [int(row["observation"]) for row in chosen], note, visit)


def _possible(row: dict[Any, Any], visit: Visit) -> tuple[Action, ...]:
    indicator = visit.world.catalogue.indicator(row["indicator"])
    claim = indicator.claim if indicator else ""
    return actions(WorkflowState(row["state"]), bool(row["own"]), lambda p: visit.actor.may(p, claim))


def _decide(action: Action, ids: list[int], note: str, visit: Visit) -> None:
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            count = _DECIDE[action](work, ids, note)
    except InvalidDraftsError as error:
        for problem in error.problems:
            st.error(visit.t(f"problem.{problem.code}", **problem.params))
        return
    except DashboardError as error:
        st.error(visit.t(error.key, **error.params))
        return
    st.session_state["review_done"] = (f"review.done.{action.value}", count)
    st.rerun()


def batches(visit: Visit) -> None:
    """What was loaded together, and can be undone together."""
    t = visit.t
    with reading(cached.engine()) as connection:
        found = queries.load_batches(connection, visit.actor)
    rows = [
        [
            str(batch.id), batch.title or batch.file_name, t.number(batch.rows_loaded),
            t.moment(batch.recorded_at) if batch.recorded_at else "", batch.actor,
            t("review.undone_by", batch=str(batch.undone_by)) if batch.undone_by else batch.reason,
        ]
        for batch in found
    ]  # fmt: skip
    columns = [t(f"column.{name}") for name in ("batch", "title", "values", "recorded", "actor", "note")]
    st.html(
        markup.table(columns, rows, numbers=[2]) if rows else markup.paragraph(t("review.no_batches"), "none")
    )
    standing = {batch.id: batch.title or batch.file_name for batch in found if not batch.undone_by}
    if not standing:
        return
    with st.expander(t("review.undo_title")):
        st.html(markup.paragraph(t("review.undo_why"), "small"))
        batch = st.selectbox(
            t("review.undo_which"), list(standing), index=None, placeholder=t("review.undo_choose"),
            format_func=lambda id: f"{id}: {standing[id]}", key="undo_batch",
        )  # fmt: skip
        reason = str(st.text_input(t("review.undo_reason"), key="undo_reason") or "")
        if st.button(t("review.undo"), disabled=batch is None or not reason.strip()):
            _undo(int(batch or 0), reason, visit)


def _undo(batch: int, reason: str, visit: Visit) -> None:
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            undone = commands.undo_batch(work, batch, reason)
    except InvalidDraftsError as error:
        for problem in error.problems[:20]:
            st.error(visit.t(f"problem.{problem.code}", **problem.params))
        return
    except DashboardError as error:
        st.error(visit.t(error.key, **error.params))
        return
    st.session_state["review_done"] = ("review.undone", undone.restored + undone.withdrawn)
    st.rerun()
