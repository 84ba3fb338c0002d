"""What waits for a decision: values and records of the register, old beside new, with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import Action, actions
from dashboard.store import commands
from dashboard.store.engine import reading
from dashboard.store.queries.late_documents import LateDocument, load_late_documents
from dashboard.store.queries.review import Pile
from dashboard.store.work import UnitOfWork
from dashboard.ui import (
    activity_words,
    address,
    cached,
    cards,
    deciding,
    evidence_form,
    frame,
    markup,
    paging,
    pickers,
    value_markup,
)
from dashboard.ui.review_lists import Filter, Proposed, Shown, load_lists, load_shown
from dashboard.ui.session import Visit
from dashboard.ui.value_markup import Cell, Link

PAGE = 50
_NOTE, _ASKED = "note", "review_asked"
DECIDE: dict[Action, Callable[[UnitOfWork, Sequence[int], str], int]] = {
    Action.SUBMIT: commands.submit,
    Action.APPROVE: commands.approve,
    Action.RETURN: commands.return_,
    Action.WITHDRAW: commands.withdraw,
}


def inbox(visit: Visit) -> None:
    """The lists of what waits; list, claim, indicator and page are in the address."""
    t = visit.t
    if not deciding.possible(visit):
        return
    _carry_out(visit)
    chosen = _filtered(visit)
    with reading(cached.engine()) as connection:
        lists = load_lists(connection, chosen, visit)
        pile = _pile({pile: lists.total(pile) for pile in lists.values}, visit)
        offset = paging.first_shown(lists.values[pile], PAGE)
        shown = load_shown(connection, lists, pile, offset, PAGE, chosen, visit)
        late = load_late_documents(connection, visit.actor) if pile is Pile.WAITING else ()
    if not lists.total(pile):
        st.html(markup.paragraph(t(f"review.empty.{pile.value}"), "none"))
    else:
        _whole_batches(shown, visit)
    if len(shown.values.rows) or shown.records:
        _decisions(shown, visit)
        paging.turn(shown.values.total, PAGE, visit)
    if late:
        _late(late, visit)


def _late(found: Sequence[LateDocument], visit: Visit) -> None:
    """What changed on public values without a decision: documents attached after the approval."""
    t = visit.t
    st.header(t("review.late_documents"), anchor=False)
    st.html(markup.paragraph(t("review.late_documents_why"), "small"))
    rows: list[list[Cell]] = [
        [
            Link(
                ", ".join([
                    value_markup.indicator_name(one.indicator, visit),
                    value_markup.place_name(one.place, visit),
                    t.period(one.period),
                ]),
                value_markup.history_href(one.indicator, one.place, one.observation),
            ),
            one.title,
            value_markup.by(one.actor, one.recorded_at, visit),
        ]
        for one in found
    ]  # fmt: skip
    columns = [t("comments.value"), t("review.documents"), t("column.actor")]
    st.html(value_markup.table(columns, rows, head=0))


def _filtered(visit: Visit) -> Filter:
    """The claim and the indicator of the address, which narrow what is listed."""
    t, catalogue = visit.t, visit.world.catalogue
    claims = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in catalogue.claims}
    claim = address.one_of("claim", ["", *claims])
    names = {i.code: t.text(i.name) for i in catalogue.indicators if claim in ("", *i.claims)}
    indicator = address.one_of("indicator", ["", *names])
    st.session_state["claim"], st.session_state["indicator"] = claim, indicator
    left, right = st.columns(2)
    with left:
        st.selectbox(
            t("pick.claim"), ["", *claims], key="claim", on_change=_narrow, args=("claim",),
            format_func=lambda id: claims.get(id, t("review.all_claims")),
        )  # fmt: skip
    with right:
        st.selectbox(
            t("pick.indicator"), ["", *names], key="indicator", on_change=_narrow, args=("indicator",),
            format_func=lambda code: names.get(code, t("review.all_indicators")),
        )  # fmt: skip
    shown = (indicator,) if indicator else tuple(names) if claim else None
    return Filter(claim, shown, bool(indicator))


def _narrow(name: str) -> None:
    """Another choice begins on its first page; another claim has other indicators."""
    if name == "claim":
        address.write(indicator="")
    address.write(page="")
    pickers.write(name)


def _pile(totals: Mapping[Pile, int], visit: Visit) -> Pile:
    """The list of the address; without one the first that has something in it."""
    t = visit.t
    first = next((pile for pile, total in totals.items() if total), next(iter(totals)))
    pile = Pile(address.one_of("pile", [p.value for p in totals], first.value))
    st.session_state["pile"] = pile.value
    st.segmented_control(
        t("review.piles"), [p.value for p in totals], key="pile", required=True, on_change=_narrow,
        args=("pile",), format_func=lambda p: t(f"review.pile.{p}", count=totals[Pile(p)]),
    )  # fmt: skip
    return pile


def _whole_batches(shown: Shown, visit: Visit) -> None:
    """Batches are decided whole, in a place of their own."""
    t = visit.t
    links = [
        Link(
            t("review.batch_waits", batch=str(batch.id), title=batch.title or batch.file_name, count=count),
            frame.href("review", view="batches", batch=str(batch.id)),
        )
        for batch, count in shown.batches
    ]
    if links:
        st.html(value_markup.ways(links))


def _decisions(found: Shown, visit: Visit) -> None:
    """What can be decided about what is chosen, above the list it is chosen from."""
    t = visit.t
    above = st.container(border=True, key="decisions")
    records = found.values.rows.to_dict("records")
    keys = [_key_of(row) for row in records] + [_key_of(record) for record in found.records]
    st.checkbox(
        t("review.choose_all", count=len(keys)), key=f"all-{found.pile.value}-{address.read('page')}",
        on_change=_choose_all, args=(f"all-{found.pile.value}-{address.read('page')}", keys),
    )  # fmt: skip
    chosen = [row for row in records if _value(row, found, visit)]
    if found.records:
        st.header(t("review.activities"), anchor=False)
    chosen_records = [record for record in found.records if _record(record, visit)]
    with above:
        possible = _possible_for_all(chosen or ([] if chosen_records else records), chosen_records, visit)
        deciding.field(t("review.note"), _NOTE, t("review.note_help"))
        st.html(markup.paragraph(_said_of(chosen, chosen_records, possible, visit), "small"))
        with st.container(horizontal=True):
            ids = [int(row["observation"]) for row in chosen]
            versions = {record.pending.key: record.pending.version for record in chosen_records}
            for action in possible:
                st.button(
                    t(f"review.{action.value}"), disabled=not (ids or versions), key=f"do-{action.value}",
                    type="primary" if action is Action.APPROVE else "secondary",
                    on_click=_ask, args=(action, ids, versions),
                )  # fmt: skip


def _key_of(one: Mapping[Any, Any] | Proposed) -> str:
    return f"review-{one.pending.key}" if isinstance(one, Proposed) else f"review-{one['observation']}"


def _choose_all(box: str, keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = st.session_state[box]


def _value(row: dict[Any, Any], found: Shown, visit: Visit) -> bool:
    """One value under review: old → new, from whom, on what; and the box that chooses it."""
    t = visit.t
    observation, code = int(row["observation"]), row["indicator"]
    with st.container(border=True, key=f"waiting-{observation}"):
        words = {"name": value_markup.indicator_name(code, visit), "period": t.period(cards.period_of(row))}
        label = t("review.value", place=value_markup.place_name(row["place"], visit), **words)
        chosen = st.checkbox(value_markup.label(label), key=_key_of(row))
        source = visit.world.sources.get(row["source"])
        threads = found.open_threads.get(observation, 0)
        inner = markup.tags(
            [
                t("review.own_value") if row["own"] and found.pile is Pile.WAITING else "",
                t("review.unexplained") if _unexplained(row) else "",
                t("review.open_threads", count=threads) if threads else "",
            ]
        )
        inner += markup.paragraph(_step(row, visit), "value")
        inner += markup.facts([
            (t("column.part"), row["disaggregation"]),
            (t("column.source"), source.title if source else row["source"]),
            (t("column.kind"), t(f"chart.kind.{row['kind']}")),
            (t("column.note"), row["note"]),
            (t("review.follows" if _has_value(row) else "review.falls_away"), _judged(row, visit)),
            (t("review.recorded"), value_markup.by(row["author"], _moment(row["recorded_at"]), visit)),
            (t("column.why"), row["reason"]),
            (_answer_label(row, visit), row["decision_note"]),
        ])  # fmt: skip
        st.html(inner)
        if row["evidence"]:
            evidence_form.listed(visit, observation)
        ways = [Link(t("review.history"), value_markup.history_href(code, row["place"], observation))]
        if row["own"] and found.pile in (Pile.RETURNED, Pile.DRAFTS):
            href = value_markup.enter_href(code, row["place"], cards.period_of(row), visit)
            ways = [Link(t("review.mend"), href), *ways] if href else ways
        st.html(value_markup.ways(ways))
    return bool(chosen)


def _step(row: Mapping[Any, Any], visit: Visit) -> str:
    """What readers see → what they would see."""
    t, code = visit.t, row["indicator"]
    new = value_markup.value_words(row, code, visit)
    if pd.isna(row["old_observation"]):
        return t("review.first", new=new)
    old = value_markup.value_words(row, code, visit, "old_")
    return t("review.same", new=new) if old == new else t("review.step", old=old, new=new)


def _has_value(row: Mapping[Any, Any]) -> bool:
    return not pd.isna(row["value"]) or bool(row["text"])


def _judged(row: Mapping[Any, Any], visit: Visit) -> str:
    """What was judged about the value that readers see: it goes over to this one when it is approved, but
    for the grades that this one has of its own, and falls away where this one takes the value away."""
    t = visit.t
    words = [t("review.preferred")] if row["old_preferred"] else []
    for name in ("confidence", "attribution"):
        old, new = row[f"old_{name}"], row[name]
        if old and not new:
            words.append(value_markup.grade_words(name, old, visit))
        elif old and new != old:
            pair = [value_markup.grade_words(name, code, visit) for code in (old, new)]
            words.append(t("review.step", old=pair[0], new=pair[1]))
    return "; ".join(words)


def _answer_label(row: Mapping[Any, Any], visit: Visit) -> str:
    """Whose words the last note is: of the approver who sent it back, or of the author who answered."""
    t = visit.t
    if not row["decided_by"]:
        return t("review.said")
    return t(f"review.said_by.{row['state']}", actor=value_markup.person(row["decided_by"], visit))


def _unexplained(row: Mapping[Any, Any]) -> bool:
    """Whether approving it changes what is public, for which nobody has given a reason yet (F35)."""
    return bool(row["changes"]) and not row["reason"] and not row["decision_note"]


def _moment(moment: Any) -> datetime | None:
    return None if pd.isna(moment) else moment.to_pydatetime()


def _record(record: Proposed, visit: Visit) -> bool:
    """One record of the register under review: each field that changes, old → new."""
    t, pending = visit.t, record.pending
    with st.container(border=True, key=f"waiting-{pending.key}"):
        label = t("review.record", kind=t(f"activity.{pending.kind}"), title=pending.title)
        chosen = st.checkbox(value_markup.label(label), key=_key_of(record))
        by = value_markup.by(pending.author, pending.recorded_at, visit)
        changes = activity_words.changed(record.old, record.new, visit)
        columns = [t("column.field"), t("column.after")]
        rows = [[name, new] for name, _, new in changes]
        if record.old is not None:
            columns.insert(1, t("column.before"))
            rows = [[name, old, new] for name, old, new in changes]
        why = t("column.why")
        if pending.state is WorkflowState.RETURNED:
            why = t("review.said_by.returned", actor=value_markup.person(pending.decided_by, visit))
        ways = [Link(t("review.history"), frame.href("activities", activity=pending.key))]
        if pending.own and pending.state is not WorkflowState.SUBMITTED:
            edit = frame.href("activities", activity=pending.key, edit="1")
            ways.insert(0, Link(t("review.mend_record"), edit))
        st.html(
            markup.table(columns, rows, "" if record.old else t("review.new_record"))
            + markup.facts([(t("review.recorded"), by), (why, pending.reason)])
            + value_markup.ways(ways)
        )
    return bool(chosen)


def _said_of(
    chosen: Sequence[Mapping[Any, Any]], records: Sequence[Proposed], possible: Sequence[Action],
    visit: Visit,
) -> str:  # fmt: skip
    """How much is chosen, and what is asked for before it can be approved."""
    t = visit.t
    said = [t("review.chosen", count=len(chosen) + len(records))]
    if Action.APPROVE in possible:
        if any(row["own"] for row in chosen) or any(record.pending.own for record in records):
            said.append(t("review.own"))
        if unexplained := sum(map(_unexplained, chosen)):
            said.append(t("review.reason_needed", count=unexplained))
    return " ".join(said)


def _possible_for_all(
    rows: Sequence[dict[Any, Any]], records: Sequence[Proposed], visit: Visit
) -> list[Action]:
    """What the person may decide about every one of them."""
    each = [possible_actions(row["indicator"], row["state"], bool(row["own"]), visit) for row in rows]
    each += [actions(r.pending.state, r.pending.own, visit.actor.may) for r in records]
    return [action for action in Action if all(action in one for one in each)]


def possible_actions(code: str, state: str, own: bool, visit: Visit) -> tuple[Action, ...]:
    """What this person may decide about a value of an indicator in a state."""
    indicator = visit.world.catalogue.indicator(code)
    claim = indicator.claim if indicator else ""
    return actions(WorkflowState(state), own, lambda permission: visit.actor.may(permission, claim))


def _ask(action: Action, ids: Sequence[int], versions: Mapping[str, int]) -> None:
    """Keep what was pressed for the next run, about what was shown when it was pressed: somebody else may
    have decided meanwhile, so that it is listed no more, and then the person is told."""
    note = str(st.session_state.get(deciding.key(_NOTE)) or "").strip()
    st.session_state[_ASKED] = (action, ids, versions, note)


def _carry_out(visit: Visit) -> None:
    """Do what was pressed in the run before, or say why not."""
    asked = st.session_state.pop(_ASKED, None)
    if asked is None:
        return
    action, ids, versions, note = asked

    def act(work: UnitOfWork) -> deciding.Sentence:
        count = DECIDE[action](work, ids, note) if ids else 0
        count += commands.decide_activities(work, action, versions, note) if versions else 0
        return f"review.done.{action.value}", {"count": count}

    deciding.carry_out(visit, act)
