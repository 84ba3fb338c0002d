"""One record of the register: what it says, what it counts in, what became of it, and how it came to be."""

from __future__ import annotations

from dataclasses import fields
from html import escape

import streamlit as st

from dashboard.analysis.register import counted_in
from dashboard.choosing import nearest
from dashboard.domain.activity import Activity
from dashboard.domain.follow_up import (
    FOLLOWED,
    MONTHS,
    FollowUpAnswer,
    Persistence,
    added_months,
    closed,
    follow_ups,
)
from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import Action, actions
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError
from dashboard.store import commands
from dashboard.store.queries.activity_history import ActivityVersion
from dashboard.store.work import UnitOfWork
from dashboard.ui import (
    activity_evidence,
    activity_list,
    activity_words,
    address,
    deciding,
    frame,
    markup,
    register,
    value_markup,
)
from dashboard.ui.deciding import Sentence
from dashboard.ui.session import Visit

_UNDECIDED = (WorkflowState.DRAFT, WorkflowState.SUBMITTED, WorkflowState.RETURNED)
_APART = ("key", "title", "description", "source", "same_as")
"""Fields that are shown in a place of their own."""


def record(visit: Visit) -> None:
    """The record of the address, as readers see it; for the team also what is proposed."""
    t = visit.t
    key = address.read("activity")
    versions = _versions(key, visit)
    newest = versions[-1]
    public = next((one for one in register.records(visit.stamp) if one.key == key), None)
    shown = public or newest.activity
    frame.titled(t.text(shown.title), visit, t("page.activities"))
    st.html(markup.links(_ways(key, visit), beside=True))
    if public is None:
        st.html(markup.paragraph(t(f"activities.not_public.{newest.state}"), "caveat"))
    if public is None:
        _facts(shown, visit)
        _proposal(public, newest, visit)
    else:
        _proposal(public, newest, visit)
        _facts(shown, visit)
        _counts(public, visit)
        _became(public, visit)
    activity_evidence.evidence(shown, keepers(visit), visit)
    _history(versions, visit)
    _withdrawal(newest, visit)


def keepers(visit: Visit) -> bool:
    """Whether this person keeps the register, and looks at today's."""
    return visit.known is None and visit.actor.may(Permission.RECORD)


def _versions(key: str, visit: Visit) -> tuple[ActivityVersion, ...]:
    """The versions this person may see; an address that names no such record is refused."""
    team = visit.actor.may(Permission.READ_SUBMITTED)
    versions = register.versions(visit.stamp, key, team)
    if not versions:
        known = {one.key: (one.title.da, one.title.en) for one in register.records(visit.stamp)}
        close = ", ".join(nearest(key[:80], known)) or next(iter(known), visit.t("word.none"))
        raise InvalidChoiceError("error.address.activity", given=key, instead=close)
    return versions


def _ways(key: str, visit: Visit) -> list[str]:
    t = visit.t
    kept = {n: v for n, v in st.query_params.items() if n not in ("activity", "edit", *address.STICKY)}
    links = [frame.anchor("activities", t("activities.back"), **kept)]
    if keepers(visit):
        links.append(frame.anchor("activities", t("activities.edit"), activity=key, edit="1"))
    return links


# -- what is proposed ------------------------------------------------------------------------------


def _proposal(public: Activity | None, newest: ActivityVersion, visit: Visit) -> None:
    """What waits for a decision, old beside new; what is new altogether stands above as it is."""
    t = visit.t
    if newest.state not in _UNDECIDED or visit.known is not None:
        return
    with st.container(border=True):
        st.header(t(f"activities.proposed.{newest.state}"), anchor=False)
        by = value_markup.by(newest.actor, newest.recorded_at, visit)
        st.html(markup.facts([(t("review.recorded"), by), (t("column.why"), newest.reason)]))
        if public is not None:
            changes = activity_words.changed(public, newest.activity, visit)
            columns = [t("activities.field"), t("column.before"), t("column.after")]
            st.html(markup.table(columns, changes, t("activities.changes")))
        _decide(_possible(newest, visit), newest, visit)


def _withdrawal(newest: ActivityVersion, visit: Visit) -> None:
    """The way to take back what is public."""
    t = visit.t
    if newest.state is not WorkflowState.APPROVED or visit.known is not None:
        return
    if Action.WITHDRAW in _possible(newest, visit):
        with st.expander(t("activities.withdraw_title")):
            st.html(markup.paragraph(t("activities.withdraw_why"), "small"))
            _decide((Action.WITHDRAW,), newest, visit)


def _possible(newest: ActivityVersion, visit: Visit) -> tuple[Action, ...]:
    return actions(newest.state, newest.actor == visit.actor.email, visit.actor.may)


def _decide(possible: tuple[Action, ...], newest: ActivityVersion, visit: Visit) -> None:
    t, key = visit.t, newest.activity.key
    note = deciding.field(t("review.note"), f"note-{newest.state}", t("activities.note_help"))
    if newest.actor == visit.actor.email and Action.APPROVE in possible:
        st.html(markup.paragraph(t("activities.own"), "small"))
    with st.container(horizontal=True):
        for action in possible:
            pressed = st.button(
                t(f"review.{action.value}"), key=f"do-{action.value}",
                type="primary" if action is Action.APPROVE else "secondary",
            )  # fmt: skip
            if pressed:

                def decide(work: UnitOfWork, action: Action = action) -> Sentence:
                    commands.decide_activities(work, action, {key: newest.version}, note)
                    return f"activities.done.{action.value}", {}

                deciding.carry_out(visit, decide)


# -- what it says ----------------------------------------------------------------------------------


def _facts(shown: Activity, visit: Visit) -> None:
    t = visit.t
    if shown.description.da or shown.description.en:
        st.html(frame.paragraph(t.text(shown.description)))
    pairs = [
        (activity_words.label(shown.kind, field.name, t), activity_words.said(field.name, shown, visit))
        for field in fields(Activity)
        if field.name not in _APART and not (field.name == "currency" and shown.currency)
    ]
    st.html(markup.facts(pairs))
    every = {one.key: one for one in register.records(visit.stamp)}
    linked = [one for one in every.values() if one.same_as == shown.key]
    if shown.same_as in every:
        linked.insert(0, every[shown.same_as])
    if linked:
        st.html(markup.paragraph(t("activities.same_event"), "small"))
        st.html(markup.links(activity_list.title(one, visit) for one in linked))


def _counts(public: Activity, visit: Visit) -> None:
    """The indicators the record is part of."""
    t = visit.t
    st.header(t("activities.counts_in"), anchor=False)
    found = counted_in(public, register.records(visit.stamp), visit.world.catalogue, visit.home.country)
    if public.place != visit.home.slug or not found:
        st.html(markup.paragraph(t("activities.counts_in_none"), "none"))
        return
    links = [frame.anchor("indicator", t.text(one.name), indicator=one.code) for one in found]
    st.html(markup.links(links))


def _became(public: Activity, visit: Visit) -> None:
    """The follow-ups after 12, 24 and 36 months: answered, due, or still to come (N20)."""
    t = visit.t
    day = public.period.end or public.period.start
    if public.kind not in FOLLOWED or day is None:
        return
    answers = [one for one in register.answers(visit.stamp) if one.activity == public.key]
    said = {one.months: one for one in answers}
    due = {one.months for one in follow_ups([public], closed(answers), visit.stamp.day)}
    st.header(t("activities.became"), anchor=False)
    rows = []
    for months in MONTHS:
        when = t.date(added_months(day, months))
        if months in said:
            answer = said[months]
            rows.append([when, t(f"activities.outcome.{answer.outcome}"), answer.note])
        else:
            state = "due_now" if months in due else "not_asked" if answers else "later"
            rows.append([when, t(f"activities.follow_up.{state}"), ""])
    columns = [t("activities.asked_on"), t("activities.became"), t("column.note")]
    st.html(markup.table(columns, rows, t("activities.follow_up_caption")))
    if due and keepers(visit):
        _answer(public, sorted(due), visit)


def _answer(public: Activity, due: list[int], visit: Visit) -> None:
    t = visit.t
    months = st.selectbox(
        t("activities.asked_after"), due, key=deciding.key("follow-months"),
        format_func=lambda n: t("activities.after_months", months=n),
    )  # fmt: skip
    outcome = st.selectbox(
        t("activities.became"), list(Persistence), key=deciding.key("follow-outcome"), index=None,
        placeholder=t("enter.not_chosen"), format_func=lambda one: t(f"activities.outcome.{one}"),
    )  # fmt: skip
    note = deciding.field(t("activities.how_known"), "follow-note")
    if st.button(t("activities.answer"), disabled=outcome is None, key="answer-follow-up") and outcome:

        def answer(work: UnitOfWork) -> Sentence:
            found = FollowUpAnswer(public.key, int(months or due[0]), outcome, note)
            commands.answer_follow_up(work, found)
            return "activities.done.answer", {}

        deciding.carry_out(visit, answer)


# -- how it came to be -----------------------------------------------------------------------------


def _history(versions: tuple[ActivityVersion, ...], visit: Visit) -> None:
    """Every version, the newest first: who, when, what changed, why; and the way to let an old one stand
    again (F34)."""
    t = visit.t
    st.header(t("activities.history"), anchor=False)
    rows, newest = [], versions[-1]
    before: Activity | None = None
    for one in versions:
        changes = activity_words.changed(before, one.activity, visit) if before is not None else []
        said = [f"{name}: {old} → {new}" for name, old, new in changes]
        if before is None:
            said = [t("activities.created")]
        changed = "<br>".join(map(escape, said))
        if one.activity != newest.activity and keepers(visit):
            choices = {"activity": newest.activity.key, "edit": "1", "from": str(one.version)}
            changed += f"<br>{frame.anchor('activities', t('activities.take_up'), **choices)}"
        rows.append([
            escape(t.moment(one.recorded_at) if one.recorded_at else ""),
            escape(value_markup.person(one.actor, visit)),
            escape(t(f"state.{one.state}")), changed, escape(one.reason),
        ])  # fmt: skip
        before = one.activity
    columns = [
        t("column.recorded"), t("column.actor"), t("activities.decision"), t("activities.changes"),
        t("column.why"),
    ]  # fmt: skip
    st.html(activity_list.table(columns, rows[::-1], t("activities.history_caption")))
