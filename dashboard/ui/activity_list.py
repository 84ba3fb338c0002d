"""Records of the register as a table whose titles lead to the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.analysis.rollup import contributes
from dashboard.analysis.rollup import made_of as parts_of
from dashboard.domain.activity import AMOUNTS, ROLLUP_SUM_FIELDS, Activity
from dashboard.domain.catalogue import Indicator
from dashboard.domain.follow_up import FollowUp
from dashboard.ui import activity_words, cached, frame, markup
from dashboard.ui.session import Visit

_FIRST_TOLD = ("amount_received", "amount_granted", "amount_applied", "amount_spent")
"""Of the stages of money, the one that got furthest stands for the record in a list."""


def listing(found: Sequence[Activity], visit: Visit, caption: str = "", field: str = "", **kept: str) -> str:
    """A row a record: when, what, its money or the `field` asked for, its state. `kept` are choices that its
    link takes along."""
    t = visit.t
    told = t(f"import.column.{field}") if field else t("activities.money")
    columns = [t("column.period"), t("column.record"), told, t("column.state")]
    rows = [
        [
            escape(t.period(a.period)), title(a, visit, kept) + small(a, visit),
            escape(activity_words.said(field, a, visit) if field else _money(a, visit)),
            escape(t(f"activity_state.{a.state}")),
        ]
        for a in found
    ]  # fmt: skip
    return table(columns, rows, caption or t("activities.caption"), numbers=(2,))


def made_of(indicator: Indicator, visit: Visit) -> None:
    """The records that each value of a register indicator is made of, the newest value first (F17)."""
    t, rule = visit.t, indicator.rollup
    if rule is None:
        return
    every = parts_of(cached.home_activities(visit.stamp), indicator, visit.home.country, visit.stamp.day)
    parts = [(part, [one for one in part.records if contributes(one, rule)]) for part in every]
    distinct = {record.key for _, records in parts for record in records}
    field = rule.field if rule.field in ROLLUP_SUM_FIELDS else ""
    with st.expander(t("register.records", count=len(distinct))):
        if not distinct:
            st.html(markup.paragraph(t("register.empty"), "none"))
        for part, records in reversed(parts):
            if records:
                caption = t("activities.part", period=t.period(part.period), count=len(records))
                st.html(listing(records, visit, caption, field))


def title(activity: Activity, visit: Visit, kept: Mapping[str, str] | None = None) -> str:
    """The title of a record as a link to it."""
    return frame.anchor(
        "activities", visit.t.text(activity.title), **{**(kept or {}), "activity": activity.key}
    )


def small(activity: Activity, visit: Visit) -> str:
    """What kind of thing it was, with whom: the line under a title."""
    t = visit.t
    parts = [t(f"activity.{activity.kind}"), activity.organisation]
    if activity.partner_places:
        parts.append(activity_words.said("partner_places", activity, visit))
    if activity.place != visit.home.slug:
        parts.append(activity_words.said("place", activity, visit))
    if activity.same_as:
        parts.append(t("activities.repeats"))
    return f'<br><span class="small">{escape(" · ".join(filter(None, parts)))}</span>'


def due(questions: Iterable[Sequence[FollowUp]], records: Mapping[str, Activity], visit: Visit) -> str:
    """The follow-ups that are due, a row a record with all that is asked about it, the oldest first."""
    t = visit.t
    rows = [
        [
            escape(t.date(asked[0].due_on)),
            title(records[asked[0].activity], visit) + small(records[asked[0].activity], visit),
            escape(t("activities.after_months", months=t.list(str(one.months) for one in asked))),
        ]
        for asked in questions
    ]
    columns = [t("activities.due_on"), t("column.record"), t("activities.asked_after")]
    return table(columns, rows, t("activities.due_caption"))


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str, numbers: Sequence[int] = ()
) -> str:
    """A table of finished cells; on a telephone each row becomes a card, so its roles are written out."""
    marks = [' class="number"' if i in numbers else "" for i in range(len(columns))]
    head = "".join(
        f'<th role="columnheader" scope="col"{mark}>{escape(name)}</th>'
        for name, mark in zip(columns, marks, strict=True)
    )
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-label="{escape(name)}"{mark}>{cell}</td>'
            for name, mark, cell in zip(columns, marks, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table role="table" class="plain wordy"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _money(activity: Activity, visit: Visit) -> str:
    """The stage that got furthest, and which one it is."""
    for name in (*_FIRST_TOLD, *AMOUNTS):
        if getattr(activity, name) is not None:
            said = activity_words.said(name, activity, visit)
            return visit.t(f"activities.stage.{name}", amount=said)
    return ""
