"""How one value came to be what it is: its versions, what was decided and said about them (F34, F55)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator, Place
from dashboard.domain.grading import RULE
from dashboard.domain.observation import WorkflowState
from dashboard.domain.review import Action
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError
from dashboard.store import commands, queries
from dashboard.store.engine import reading
from dashboard.store.queries.value_history import Choice, Decided, Grading, ValueVersion
from dashboard.store.work import UnitOfWork
from dashboard.ui import (
    address,
    cached,
    cards,
    comment_parts,
    deciding,
    evidence_form,
    frame,
    grading_parts,
    markup,
    value_markup,
)
from dashboard.ui.review_parts import DECIDE, possible_actions
from dashboard.ui.session import Visit
from dashboard.ui.value_markup import Cell, Link

ROWS = 200
"""At most so many recordings are listed for an indicator at a place; each value has its own history."""
NUMBER = 2**31 - 1


def table(indicator: Indicator, place: Place, visit: Visit) -> None:
    """Every recorded value at a place, newest first, each with a link to its own history."""
    t = visit.t
    found = cached.history(visit.stamp, indicator.code)
    found = found[found["place"] == place.slug]
    rows: list[list[Cell]] = []
    for row in found.head(ROWS).to_dict("records"):
        quantity = Quantity(indicator, row["unit"], row["currency"], None, None, t)
        old, new = row["superseded_value"], row["value"]
        before = "" if pd.isna(old) else quantity.written(old, "=", row["unit"], row["currency"])
        after = "" if pd.isna(new) else quantity.written(new, row["qualifier"], row["unit"], row["currency"])
        href = value_markup.history_href(indicator.code, place.slug, int(row["observation"]))
        rows.append([
            t.moment(row["recorded_at"].to_pydatetime()), t.text(place.name),
            t.period(cards.period_of(row)), before, after,
            value_markup.person(row["actor"], visit),
            Link(t("value_history.link"), href),
        ])  # fmt: skip
    names = ("recorded", "place", "period", "before", "after", "actor", "history")
    empty = "history.register" if indicator.rollup else "history.none"
    columns = [t(f"column.{name}") for name in names]
    st.html(value_markup.table(columns, rows) if rows else markup.paragraph(t(empty), "none"))


def opened(indicator: Indicator, place: Place, visit: Visit) -> None:
    """The history of the value that the address names; nothing where it names none.

    Who chooses another indicator or place leaves the value behind.
    """
    observation = address.number("value", 1, NUMBER)
    if observation is None:
        return
    with reading(cached.engine()) as connection:
        versions = _as_known(queries.load_value_history(connection, visit.actor, observation), visit)
        team = visit.actor.may(Permission.READ_SUBMITTED, indicator.claim)
        threads = queries.load_comments(connection, visit.actor, [observation]) if team else ()
    if not versions:
        raise InvalidChoiceError("error.review.unknown", what=observation)
    newest = versions[0]
    if (newest.indicator, newest.place) != (indicator.code, place.slug):
        address.write(value="")
        return
    t = visit.t
    st.header(t("value_history.title", period=t.period(newest.period)), anchor=False)
    deciding.said(visit)
    close = frame.href("indicator", indicator=indicator.code, place=place.slug)
    st.html(value_markup.ways([Link(t("value_history.close"), close)]))
    st.html("".join(_version(version, before, visit) for version, before in _pairs(versions)))
    above = st.container()
    if evidence_form.listed(visit, newest.observation):
        above.subheader(t("review.documents"), anchor=False)
    if team and deciding.possible(visit):
        _decide(newest, visit)
        if newest.state is not WorkflowState.WITHDRAWN:
            grading_parts.grade(newest.observation, visit)
        _restore(versions, visit)
    if team:
        comment_parts.threads(threads, newest.observation, visit)
    st.divider()


def _pairs(versions: Sequence[ValueVersion]) -> list[tuple[ValueVersion, ValueVersion | None]]:
    """Each version, the newest first, beside the one before it."""
    return list(zip(versions, [*versions[1:], None], strict=True))


def _as_known(versions: Sequence[ValueVersion], visit: Visit) -> list[ValueVersion]:
    """The versions, decisions and grades that were known at the end of the day that is looked at."""
    day = visit.known
    if day is None:
        return list(versions)
    found = []
    for version in versions:
        if version.revision > visit.stamp.as_known_at:
            continue
        decisions = tuple(d for d in version.decisions if d.recorded_at and d.recorded_at.date() <= day)
        grades = tuple(g for g in version.grades if g.recorded_at and g.recorded_at.date() <= day)
        added = tuple(d for d in version.documents if d.recorded_at and d.recorded_at.date() <= day)
        chosen = tuple(c for c in version.preferences if c.recorded_at and c.recorded_at.date() <= day)
        state = decisions[-1].state if decisions else version.recorded_state
        found.append(
            replace(
                version, decisions=decisions, grades=grades, preferences=chosen, documents=added, state=state
            )
        )
    return found


def _version(version: ValueVersion, before: ValueVersion | None, visit: Visit) -> str:
    """One version: what it says, what it said before, who, when and why, and what was decided."""
    t = visit.t
    title = t("value_history.version", number=version.sequence, value=_value(version, visit))
    source = visit.world.sources.get(version.source)
    by = value_markup.by(version.actor, version.recorded_at, visit)
    pairs = [
        (t("column.before"), _value(before, visit) if before else t("review.nothing_before")),
        (t("column.after"), _value(version, visit)),
        (t("enter.status"), _change("status", version, before, visit)),
        (t("column.note"), _change("note", version, before, visit)),
        (t("column.source"), source.title if source else version.source),
        (t("enter.confidence"), _first_grade("confidence", version, visit)),
        (t("enter.attribution"), _first_grade("attribution", version, visit)),
        (t("review.recorded"), by),
        (t("column.why"), version.reason),
        (t("value_history.batch"), str(version.batch or "")),
    ]
    if version.recorded_state is WorkflowState.APPROVED and not version.decisions:
        pairs.append((t("state.approved"), t("value_history.at_once")))
    pairs += [(t(f"state.{d.state}"), _decided(d, visit)) for d in version.decisions]
    pairs += [(t("value_history.graded"), _graded(grade, visit)) for grade in version.grades]
    pairs += [
        (
            t("value_history.late_document" if d.late else "value_history.document"),
            " – ".join([d.title, value_markup.by(d.actor, d.recorded_at, visit)]),
        )
        for d in version.documents
    ]
    pairs += [
        (t("value_history.chosen" if c.preferred else "value_history.not_chosen"), _chosen(c, visit))
        for c in version.preferences
    ]
    tags = [t(f"state.{version.state}"), t("value_history.self_approved") if _self_approved(version) else ""]
    return f'<div class="card"><h3>{escape(title)}</h3>{markup.tags(tags)}{markup.facts(pairs)}</div>'


def _self_approved(version: ValueVersion) -> bool:
    return version.state is WorkflowState.APPROVED and version.self_approved


def _value(version: ValueVersion, visit: Visit) -> str:
    if version.recorded_state is WorkflowState.WITHDRAWN:
        return visit.t("value_history.gone")
    said = {
        "value": version.value, "text": version.text, "missing_reason": version.missing_reason,
        "unit": version.unit, "currency": version.currency, "qualifier": version.qualifier,
    }  # fmt: skip
    return value_markup.value_words(said, version.indicator, visit)


def _change(name: str, version: ValueVersion, before: ValueVersion | None, visit: Visit) -> str:
    """A field that says something else than before: old → new; "" where it does not."""

    def words(one: ValueVersion | None) -> str:
        if one is None:
            return ""
        return visit.t(f"observation_status.{one.status}") if name == "status" else one.note

    old, new = words(before), words(version)
    if before is None:
        return new
    return "" if old == new else f"{old or visit.t('word.none')} → {new or visit.t('word.none')}"


def _decided(decision: Decided, visit: Visit) -> str:
    t = visit.t
    by = value_markup.by(decision.actor, decision.recorded_at, visit)
    own = t("value_history.own_decision") if decision.self_approved else ""
    return " – ".join(filter(None, [by, own, decision.note]))


def _first_grade(name: str, version: ValueVersion, visit: Visit) -> str:
    """How it was graded when it was recorded, and by which rule or in whose words."""
    code, reason = getattr(version, name), getattr(version, f"{name}_reason")
    words = value_markup.grade_words(name, code, visit) if code else ""
    return " – ".join(filter(None, [words, _why(reason, visit)]))


def _why(reason: str, visit: Visit) -> str:
    """The reason of a grade: words of somebody's own, or those of the rule that gave it."""
    return visit.t(f"rule.{reason.removeprefix(RULE)}") if reason.startswith(RULE) else reason


def _graded(grade: Grading, visit: Visit) -> str:
    t = visit.t
    share = ""
    if grade.share_low is not None and grade.share_high is not None:
        low, high = (
            t.percent(100 * end, int(100 * end % 1 > 0)) for end in (grade.share_low, grade.share_high)
        )
        share = t("value_history.share", low=low, high=high)
    words = [
        t(f"confidence.{grade.confidence}") if grade.confidence else "",
        t(f"attribution.{grade.attribution}") if grade.attribution else "",
        share,
        _why(grade.reason, visit),
        value_markup.by(grade.actor, grade.recorded_at, visit),
        t("value_history.carried") if grade.carried else "",
    ]
    return " – ".join(filter(None, words))


def _chosen(choice: Choice, visit: Visit) -> str:
    t = visit.t
    by = value_markup.by(choice.actor, choice.recorded_at, visit)
    carried = t("value_history.carried") if choice.carried else ""
    return " – ".join(filter(None, [t.text(choice.reason), by, carried]))


# -- what can be done ------------------------------------------------------------------------------


def _decide(newest: ValueVersion, visit: Visit) -> None:
    """What this person may decide about the newest version."""
    t = visit.t
    own = newest.actor == visit.actor.email
    possible = possible_actions(newest.indicator, newest.state.value, own, visit)
    if not possible:
        return
    with st.expander(t("value_history.decide")):
        note = deciding.field(t("review.note"), "value_note", t("review.note_help"))
        with st.container(horizontal=True):
            for action in possible:
                if st.button(t(f"review.{action.value}"), key=f"value-{action.value}"):
                    _carry_out(action, newest, note, visit)


def _carry_out(action: Action, newest: ValueVersion, note: str, visit: Visit) -> None:
    def act(work: UnitOfWork) -> deciding.Sentence:
        return f"review.done.{action.value}", {"count": DECIDE[action](work, [newest.observation], note)}

    deciding.carry_out(visit, act)


def _restore(versions: Sequence[ValueVersion], visit: Visit) -> None:
    """Say an old version again as a new one, with a reason; nothing is taken away."""
    t = visit.t
    indicator = visit.world.catalogue.indicator(versions[0].indicator)
    claim = indicator.claim if indicator else ""
    older = [v for v in versions[1:] if v.recorded_state is not WorkflowState.WITHDRAWN]
    if versions[0].state in (WorkflowState.WITHDRAWN, WorkflowState.RETURNED):
        older = [v for v in versions if v.recorded_state is not WorkflowState.WITHDRAWN]
    if not older or not visit.actor.may(Permission.RECORD, claim):
        return
    with st.expander(t("value_history.restore_title")):
        st.html(markup.paragraph(t("value_history.restore_why"), "small"))
        number = st.selectbox(
            t("value_history.which"), range(len(older)), key=deciding.key("restore"),
            format_func=lambda n: t(
                "value_history.version", number=older[n].sequence, value=_value(older[n], visit)
            ),
        )  # fmt: skip
        at_once = visit.actor.may(Permission.APPROVE, claim) and st.checkbox(
            t("value_history.restore_at_once"), key=deciding.key("restore_at_once")
        )
        reason = deciding.field(t("value_history.restore_reason"), "restore_reason")
        if st.button(t("value_history.restore"), disabled=number is None or not reason):
            wanted = older[int(number or 0)].observation
            state = WorkflowState.APPROVED if at_once else WorkflowState.SUBMITTED

            def act(work: UnitOfWork) -> deciding.Sentence:
                new = commands.restore(work, wanted, reason, state)
                done = "unchanged" if new is None else state.value
                return f"value_history.restored.{done}", {}

            deciding.carry_out(visit, act)
