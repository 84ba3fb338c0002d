"""The report to UNESCO: how far it is, who owes what, and one section opened to be written (N7)."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard.domain.report_section import ReportSection
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.reports.monitoring import (
    INITIATIVES,
    MonitoringReport,
    Part,
    draft,
    next_year,
    period_of_report,
    within,
    years_of,
)
from dashboard.reports.monitoring_document import complete, goals, lacking, monitoring_document, with_whom
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.commands.report_sections import write_section
from dashboard.store.engine import reading
from dashboard.store.queries import load_entry
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, deciding, frame, markup, pickers, value_markup
from dashboard.ui.cached import Stamp
from dashboard.ui.session import Visit

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIELDS = ("text", "owner", "claim", "indicator", "activity", "evidence", "finished")
_SORTS = ("claim", "indicator", "activity", "evidence")
Typed = dict[str, Any]


@st.cache_resource(max_entries=12, show_spinner=False)
def _draft(stamp: Stamp, language: str, year: int) -> MonitoringReport:
    with reading(cached.engine()) as connection:
        return draft(connection, year, Translator(language), stamp.day, stamp.scope)


@st.cache_resource(max_entries=6, show_spinner=False)
def _document(stamp: Stamp, language: str, year: int) -> bytes:
    t = Translator(language)
    names = {slug: t.text(place.name) for slug, place in cached.world(stamp).places.items()}
    return monitoring_document(_draft(stamp, language, year), t, names)


def show(visit: Visit) -> None:
    """The report of the year that the address names, or one section of it."""
    t, designation = visit.t, visit.home.designation
    if designation is None:
        frame.titled(t("monitoring.title"), visit)
        raise InvalidChoiceError("error.monitoring.undesignated", what=t.text(visit.home.name))
    years = [str(year) for year in years_of(designation.day, visit.stamp.day)]
    year = address.one_of("due", years, str(next_year(designation.day, visit.stamp.day)))
    report = _draft(visit.stamp, t.language, int(year))
    sections = {part.template.id: part for part in report.parts}
    if address.read("section"):
        part = sections[address.one_of("section", list(sections))]
        frame.titled(f"{part.template.number}. {part.title}", visit, report.title)
        deciding.said(visit)
        frame.link("report", t("monitoring.back"), due=year)
        _section(part, report, visit)
        return
    frame.titled(t("monitoring.title"), visit)
    deciding.said(visit)
    st.html(frame.paragraph(t("monitoring.lead")))
    past = [one for one in years if int(one) < visit.stamp.day.year]
    pickers.one(
        t("monitoring.year"), "due", years,
        lambda one: t("monitoring.year_past" if one in past else "monitoring.year_due", year=one), year,
    )  # fmt: skip
    _overview(report, visit)


def _overview(report: MonitoringReport, visit: Visit) -> None:
    t = visit.t
    st.html(markup.paragraph(t("monitoring.period", period=t.period(report.period))))
    st.html(markup.paragraph(report.note, "small"))
    st.header(t("monitoring.completeness"), anchor=False)
    said = complete(report, t)
    share = f'<meter min="0" max="1" value="{report.share:.3f}" aria-label="{escape(said)}"></meter>'
    st.html(f"<p>{share} {escape(said)}</p>")
    st.html("".join(_card(part, report, visit) for part in report.parts))
    name = f"{report.key}-{t.language}.docx"
    st.download_button(
        t("monitoring.download"), partial(_document, visit.stamp, t.language, report.year),
        name, WORD, help=t("monitoring.download_help"), on_click="ignore",
    )  # fmt: skip


def _card(part: Part, report: MonitoringReport, visit: Visit) -> str:
    """One section: how far it is, and what lacks."""
    t = visit.t
    state, look = ("finished", "supported") if part.finished else ("draft", "mixed")
    if not part.text.strip():
        state, look = "empty", "not_enough_evidence"
    inner = f'<p class="verdict {look}"><span>{escape(t(f"monitoring.is_{state}"))}</span></p>'
    if part.written_in_other:
        inner += markup.paragraph(t("monitoring.other_language"), "small")
    who = t("monitoring.owner" if part.lacks else "monitoring.owner_label")
    inner += markup.facts([(t("monitoring.lacks"), lacking(part, t)), (who, part.owner)])
    name = f"{part.template.number}. {part.title}"
    link = frame.anchor("report", name, due=str(report.year), section=part.template.id)
    return f'<section class="card"><h3>{link}</h3>{inner}</section>'


def _section(part: Part, report: MonitoringReport, visit: Visit) -> None:
    t = visit.t
    st.html(frame.paragraph(part.guidance))
    if deciding.possible(visit) and visit.actor.may(Permission.RECORD):
        _form(part, report, visit)
    elif part.text.strip():
        st.html("".join(markup.paragraph(line) for line in part.text.split("\n") if line.strip()))
    else:
        st.html(markup.paragraph(t("monitoring.unwritten", owner=part.owner), "none"))
    st.header(t("monitoring.shown"), anchor=False)
    _shown(part, report, visit)


def _shown(part: Part, report: MonitoringReport, visit: Visit) -> None:
    """The figures, stories, activities and commitments that the report will have under this heading."""
    t, nothing = visit.t, True
    for title, html in _blocks(part, report, visit):
        st.subheader(title, anchor=False)
        st.html(html)
        nothing = False
    if nothing:
        st.html(markup.paragraph(t("word.none"), "none"))


def _blocks(part: Part, report: MonitoringReport, visit: Visit) -> list[tuple[str, str]]:
    t, words = visit.t, report.briefing.labels
    blocks = []
    if part.facts:
        blocks.append((t("monitoring.facts"), markup.facts(part.facts)))
    if part.stories:
        columns = [t(f"monitoring.{name}") for name in ("claim", "verdict", "reason")]
        blocks.append((t("monitoring.verdicts"), markup.table(columns, [s[:3] for s in part.stories])))
    if part.statements:
        names = ("figure", "value", "when", "compared", "source")
        rows = [[one.name, one.value, one.period, one.compared, one.source] for one in part.statements]
        blocks.append((t("monitoring.figures"), markup.table([words[name] for name in names], rows)))
    if part.activities:
        places = {slug: t.text(place.name) for slug, place in visit.world.places.items()}
        columns = [t(f"monitoring.column.{name}") for name in ("what", "when", "with", "goals")]
        rows = [
            [t.text(a.title), t.period(a.period), with_whom(a, places, t), goals(a)] for a in part.activities
        ]
        more = markup.paragraph(t("monitoring.more_activities", count=part.more_activities), "small")
        html = markup.table(columns, rows) + (more if part.more_activities else "")
        blocks.append((t("monitoring.activities"), html))
    if part.promises:
        links = [frame.anchor("promises", t.text(one.text), promise=one.key) for one in part.promises]
        blocks.append((t("monitoring.promises"), markup.links(links)))
    if part.targets:
        columns = [t(f"monitoring.column.{name}") for name in ("indicator", "when", "target")]
        blocks.append((t("monitoring.targets"), markup.table(columns, part.targets)))
    if part.evidence:
        lines = [f"{t(f'evidence.{one.stance}')}: {one.title} {one.address}".strip() for one in part.evidence]
        blocks.append((t("monitoring.evidence"), markup.links(map(markup.with_links, lines))))
    return blocks


# -- writing ---------------------------------------------------------------------------------------


def _form(part: Part, report: MonitoringReport, visit: Visit) -> None:
    """The text and the choices of one section. Each field is kept on the server when it is left."""
    t, name = visit.t, f"report:{report.key}:{part.template.id}:{visit.t.language}"
    states: dict[str, Typed] = st.session_state.setdefault("report_states", {})
    if name not in states:
        with reading(cached.engine()) as connection:
            kept = load_entry(connection, visit.actor, name)
        states[name] = dict(kept.payload) if kept else _standing(part)
    state = states[name]
    options = _options(part, report, visit)

    def key(field: str) -> str:
        return deciding.key(f"{name}.{field}")

    def typed(field: str) -> None:
        state[field] = st.session_state[key(field)]
        state["touched"] = True
        keep_entry(cached.engine(), visit.actor, name, state)

    if state["based_on"] != part.version and not state["touched"]:
        state.update(_standing(part))
        for field in _FIELDS:
            st.session_state.pop(key(field), None)
    elif state["based_on"] != part.version:
        state |= {"newer": True, "based_on": part.version}
    if state["newer"]:
        _newer(part, visit)
    for field in _FIELDS:
        st.session_state.setdefault(key(field), state[field])
    st.text_area(
        t("monitoring.text"), key=key("text"), height=260, on_change=typed, args=("text",),
        help=part.guidance,
    )  # fmt: skip
    if part.template.words:
        count = len(str(state["text"]).split())
        st.html(markup.paragraph(t("monitoring.words", count=count, limit=part.template.words), "small"))
    st.text_input(
        t("monitoring.owner_label"), key=key("owner"), on_change=typed, args=("owner",),
        help=t("monitoring.owner_help"), placeholder=part.owner,
    )  # fmt: skip
    for sort, labels in options.items():
        st.multiselect(
            t(f"monitoring.pick_{_PLURALS[sort]}"), list(labels), key=key(sort), on_change=typed,
            args=(sort,), format_func=labels.__getitem__,
            help=t("monitoring.pick_help"), placeholder=t("monitoring.by_rule"),
        )  # fmt: skip
    st.checkbox(t("monitoring.finished"), key=key("finished"), on_change=typed, args=("finished",))
    if st.button(t("monitoring.save"), type="primary"):
        _save(part, report, name, state, visit)


_PLURALS = {"claim": "claims", "indicator": "indicators", "activity": "activities", "evidence": "evidence"}


def _standing(part: Part) -> Typed:
    """The fields as the newest version has them."""
    chosen = ReportSection("", "", "", items=part.items)
    own = part.owner if part.version else ""
    typed: Typed = {"text": part.text, "owner": own, "finished": part.finished, "based_on": part.version}
    typed |= {"touched": False, "newer": False}
    return typed | {sort: list(chosen.chosen(sort)) for sort in _SORTS}


def _newer(part: Part, visit: Visit) -> None:
    """Somebody has saved meanwhile: their text is shown, and the next save goes over it knowingly."""
    st.warning(visit.t("monitoring.meanwhile", who=value_markup.person(part.author, visit)))
    st.html("".join(markup.paragraph(line) for line in part.text.split("\n") if line.strip()))


def _options(part: Part, report: MonitoringReport, visit: Visit) -> dict[str, dict[str, str]]:
    """What can be chosen for a section, by sort: names by code, in the order of the language."""
    t, world = visit.t, visit.world
    if part.template.verdicts or part.template.facts or part.template.plan or not _has_items(part):
        return {}
    recorded = set(cached.home_figures(visit.stamp)["indicator"])
    designation = visit.home.designation
    period = period_of_report(designation.day, report.year) if designation else report.period
    found: dict[str, dict[str, str]] = {
        "claim": {one.id: f"{one.number}. {t.text(one.name)}" for one in world.catalogue.claims},
        "indicator": {i.code: t.text(i.name) for i in world.catalogue.indicators if i.code in recorded},
        "activity": {
            a.key: f"{t.text(a.title)} ({t.period(a.period)})"
            for a in cached.home_activities(visit.stamp)
            if a.kind in INITIATIVES and within(a, period)
        },
        "evidence": {one.key: one.title for one in world.evidence},
    }
    for item in part.items:  # what was chosen once can always be seen and taken away
        sort, _, code = item.partition(":")
        found[sort].setdefault(code, code)
    return {
        sort: names if sort == "claim" else dict(sorted(names.items(), key=lambda pair: t.sort_key(pair[1])))
        for sort, names in found.items()
    }


def _has_items(part: Part) -> bool:
    return bool(part.template.claims or part.template.activities)


def _save(part: Part, report: MonitoringReport, name: str, state: Typed, visit: Visit) -> None:
    t = visit.t
    items = tuple(f"{sort}:{code}" for sort in _SORTS for code in state[sort])
    section = ReportSection(
        report.key, part.template.id, t.language, str(state["text"]).strip(), str(state["owner"]).strip(),
        items, bool(state["finished"]),
    )  # fmt: skip

    def act(work: UnitOfWork) -> deciding.Sentence:
        written = write_section(work, section, int(state["based_on"]))
        return ("monitoring.done" if written else "monitoring.unchanged"), {}

    def after() -> None:
        forget_entry(cached.engine(), visit.actor, name)
        st.session_state["report_states"].pop(name, None)

    deciding.carry_out(visit, act, after)
