"""The parts of the briefing page: choosing, the preview, freezing, and a frozen pack opened by its code."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.briefing_pack import composed, keep, period_of, revised_since
from dashboard.config import Settings
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.reports.briefing import Briefing, Changed, Section, Statement
from dashboard.reports.compose import HEADLINES, Choice, offered
from dashboard.reports.formats import TEMPLATED, WRITERS, written, written_all_the_same
from dashboard.reports.frozen import opened
from dashboard.reports.material import Material, gather
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.work import UnitOfWork
from dashboard.ui import (
    address,
    briefing_draft,
    briefing_headlines,
    briefing_story,
    cached,
    chart_element,
    deciding,
    frame,
    markup,
    pickers,
)
from dashboard.ui.cached import Stamp
from dashboard.ui.presenting import present
from dashboard.ui.session import Visit

if TYPE_CHECKING:
    from datetime import date

Translation = tuple[str, Choice] | None
"""The second language of a pack, and what was decided about it."""


@st.cache_resource(max_entries=6, show_spinner=False)
def _material(stamp: Stamp, until: date) -> Material:
    with reading(cached.engine()) as connection:
        return gather(connection, until, stamp.day)


@st.cache_resource(max_entries=24, show_spinner=False)
def _offered(stamp: Stamp, language: str, choice: Choice) -> tuple[Statement, ...]:
    return offered(_material(stamp, choice.period.end or stamp.day), choice, Translator(language))


@st.cache_resource(max_entries=24, show_spinner=False)
def _composed(stamp: Stamp, language: str, choice: Choice, other: Translation, actor: Actor) -> Briefing:
    translation = None if other is None else (other[1], Translator(other[0]))
    material = _material(stamp, choice.period.end or stamp.day)
    with reading(cached.engine()) as connection:
        return composed(connection, actor, choice, Translator(language), stamp.day, translation, material)


def composer(visit: Visit) -> None:
    """Choose, edit, see at once what it says, and freeze it."""
    t = visit.t
    st.html(frame.paragraph(t("briefing.lead")))
    if not deciding.possible(visit):
        return
    choice = _choice(visit)
    if choice is None:
        return
    form = briefing_draft.form_of(t.language, choice.period)
    with st.spinner(t("briefing.composing")):
        can = _offered(visit.stamp, t.language, choice)
    proposal = [briefing_draft.name_of(one.claim, one.indicator) for one in can[:HEADLINES]]
    missing = []
    if visit.actor.may_somewhere(Permission.RECORD):
        missing = briefing_headlines.editor(form, can, visit)
        claims = [c for c in visit.world.catalogue.claims if not choice.claims or c.id in choice.claims]
        briefing_story.writer(form, choice.period, claims, visit)
        _left_out(form, visit)
    draft = briefing_draft.kept(form, visit)
    lines = briefing_draft.left_out(draft)
    whole = Choice(
        choice.period, choice.claims, briefing_draft.headlines_of(draft, proposal), lines,
        address=Settings.from_env().base_url,
    )  # fmt: skip
    other = _other_language(whole, proposal, visit)
    with st.spinner(t("briefing.composing")):
        made = _composed(visit.stamp, t.language, whole, other, visit.actor)
    _freeze(made, missing, visit)
    _earlier(visit)
    st.header(t("briefing.preview"), anchor=False)
    _body(made)
    if made.translation is not None:
        st.header(t.language_name(made.translation.language), anchor=False)
        _body(made.translation)


def _choice(visit: Visit) -> Choice | None:
    """What the pack is to be about; None where the period cannot be read, which is said."""
    t = visit.t
    st.session_state["period"] = address.read("period") or str(visit.stamp.day.year - 1)
    one, two = st.columns([1, 3])
    with one:
        st.text_input(
            t("briefing.period"), key="period", on_change=pickers.write, args=("period",),
            help=t("briefing.period_help"),
        )  # fmt: skip
    names = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in visit.world.catalogue.claims}
    st.session_state["claims"] = address.several_of("claims", list(names), ())
    with two:
        st.multiselect(
            t("briefing.claims"), list(names), key="claims", format_func=lambda id: names[id],
            placeholder=t("briefing.all_claims"), on_change=pickers.write, args=("claims",),
        )  # fmt: skip
    try:
        period = period_of(str(st.session_state["period"]))
    except InvalidChoiceError as error:
        st.error(t(error.key, **error.params))
        return None
    return Choice(period, tuple(st.session_state["claims"]))


def _left_out(form: str, visit: Visit) -> None:
    """What is left out of the whole pack, and why: a line each."""
    key = briefing_draft.field_key("left_out", form)
    st.session_state[key] = briefing_draft.kept(form, visit).get("left_out", "")

    def typed() -> None:
        briefing_draft.kept(form, visit)["left_out"] = str(st.session_state[key] or "")
        briefing_draft.keep(form, visit)

    st.text_area(
        visit.t("briefing.left_out"), key=key, help=visit.t("briefing.left_out_help"), on_change=typed
    )


def _other_language(choice: Choice, proposal: list[str], visit: Visit) -> Translation:
    """The second language where one is wanted; its words are those of the draft in that language, else the
    order and the choice made here."""
    language = next(one for one in LANGUAGES if one != visit.t.language)
    st.session_state["both"] = address.read("both") == _YES
    st.checkbox(visit.t("briefing.both"), key="both", on_change=_both)
    if not st.session_state["both"]:
        return None
    there = briefing_draft.headlines_in(language, choice.period, proposal, visit)
    here = tuple(replace(one, words="") for one in choice.headlines)
    return language, replace(choice, headlines=there or here, left_out=())


_YES = "yes"


def _both() -> None:
    address.write(both=_YES if st.session_state["both"] else "")


def _freeze(made: Briefing, missing: list[str], visit: Visit) -> None:
    """`missing` is what must be written first, said above at its field."""
    t = visit.t
    if not visit.actor.may(Permission.APPROVE):
        st.html(markup.paragraph(t("briefing.may_not"), "small"))
        return

    def act(work: UnitOfWork) -> deciding.Sentence:
        key = "briefing.frozen" if keep(work, made) else "briefing.frozen_before"
        return key, {"code": made.code}

    with reading(cached.engine()) as connection:
        there = queries.load_briefing(connection, made.code) is not None
    if there:
        st.html(markup.paragraph(t("briefing.frozen_before", code=made.code), "small"))
    elif st.button(t("briefing.freeze"), type="primary", disabled=bool(missing)):
        deciding.carry_out(visit, act, lambda: address.write(code=made.code, period="", claims="", both=""))


def _earlier(visit: Visit) -> None:
    """The frozen packs, the newest first."""
    t = visit.t
    with reading(cached.engine()) as connection:
        kept = queries.load_briefings(connection)
    st.header(t("briefing.earlier"), anchor=False)
    links = [
        f"{frame.anchor('briefing', one.title, code=one.code)} "
        f'<span class="small">{escape(t("briefing.kept", code=one.code, moment=one.recorded_at))}</span>'
        for one in kept
    ]
    st.html(markup.links(links) or markup.paragraph(t("briefing.none"), "none"))


def frozen(code: str, visit: Visit) -> None:
    """A pack exactly as it was frozen, what has been revised since, and its files."""
    t = visit.t
    with reading(cached.engine()) as connection:
        kept = opened(connection, code)
    if address.read("present") == _YES:
        present(kept, visit)
        return
    since = _since(visit.stamp, kept.code, visit.actor, kept)
    frame.titled(kept.title, visit, t("page.briefing"))
    deciding.said(visit)
    st.html(markup.paragraph(f"{kept.labels['as_at']} {kept.as_at} · {kept.labels['code']} {kept.code}"))
    if since:
        st.warning(t("briefing.since", count=len(since)))
        st.html(_changes(since, kept, reasons=True))
    frame.link("briefing", t("briefing.present"), code=kept.code, present=_YES)
    _files(kept, visit)
    for part in kept.languages:
        if part is not kept:
            st.header(part.title, anchor=False)
        _body(part)
    frame.link("briefing", t("briefing.back"))


@st.cache_resource(max_entries=24, show_spinner=False)
def _since(stamp: Stamp, code: str, actor: Actor, _kept: Briefing) -> tuple[Changed, ...]:
    with reading(cached.engine()) as connection:
        return revised_since(connection, actor, _kept, Translator(_kept.language), stamp.day)


def _files(kept: Briefing, visit: Visit) -> None:
    """The pack in each format, written when somebody asks for it; slides and document also in the city's own
    layout."""
    t = visit.t
    with st.container(horizontal=True):
        for name in WRITERS:
            st.download_button(
                t(f"briefing.as.{name}"), partial(_written, kept.code, name, kept),
                f"{kept.code}.{_ENDINGS.get(name, name)}", key=f"as-{name}", on_click="ignore",
            )  # fmt: skip
    with st.expander(t("briefing.template.title")):
        given = st.file_uploader(t("briefing.template.label"), help=t("briefing.template.help"))
        if given is None:
            return
        ending = given.name.rpartition(".")[2].lower()
        form = {"potx": "pptx", "dotx": "docx"}.get(ending, ending)
        if form not in TEMPLATED:
            st.error(t("briefing.template.other"))
            return
        with st.spinner(t("briefing.composing")):
            content, unusable = written_all_the_same(kept, form, given.getvalue())
        if unusable is not None:
            st.error(t(unusable.key, **unusable.params))
            st.html(markup.paragraph(t("briefing.own_layout"), "small"))
        st.download_button(
            t(f"briefing.as.{form}"), content, f"{kept.code}.{form}", key="in-template", on_click="ignore"
        )


_ENDINGS = {"datapackage": "zip"}


@st.cache_resource(max_entries=32, show_spinner=False)
def _written(code: str, name: str, _briefing: Briefing) -> bytes:
    return written(_briefing, name)


def _body(b: Briefing) -> None:
    """The pack as it reads: headlines, changes, each claim, what is left out, how to read it."""
    headlines = "".join(
        f'<article class="headline"><p class="headline-value">{escape(one.value)}</p>'
        f'<p class="headline-name">{escape(one.name)}, {escape(one.period)}</p>'
        f"{markup.paragraph(one.words) if one.words else ''}"
        f"{markup.paragraph(one.compared, 'small')}{markup.paragraph(one.sure, 'small')}"
        f"{_caveat(one)}</article>"
        for one in b.headlines
    )
    _html(
        b,
        f"<h2>{escape(b.labels['headlines'])}</h2>{markup.paragraph(b.headline_rule, 'small')}"
        f'<div class="headlines">{headlines}</div>'
        if headlines
        else markup.paragraph(b.labels["nothing"], "none"),
    )
    if b.changed:
        _html(b, f"<h2>{escape(b.labels['changed'])}</h2>{_changes(b.changed, b)}")
    for section in b.sections:
        _html(b, _section(section, b))
        for number, chart in enumerate(section.charts):
            _html(b, markup.paragraph(chart.sentence, "small"))
            key = f"{b.code}-{b.language}-{section.claim}-{number}"
            chart_element.draw(chart, Translator(b.language), key)
    for name, lines in (("left_out", b.left_out), ("caveats", b.caveats)):
        if lines:
            _html(b, f"<h2>{escape(b.labels[name])}</h2>{markup.items(lines)}")
    cited = (", ".join(filter(None, (s.title, s.producer, s.address, s.licence))) for s in b.sources)
    _html(b, f"<h2>{escape(b.labels['sources'])}</h2>{markup.items(cited)}")


def _html(b: Briefing, inner: str) -> None:
    """A piece of the pack; it says its language, which need not be the page's."""
    st.html(f'<div lang="{b.language}">{inner}</div>')


def _section(section: Section, b: Briefing) -> str:
    words = b.labels
    names = ("figure", "value", "when", "compared", "sure", "source")
    rows = [
        [one.name, one.value, one.period, one.compared, one.sure, one.source] for one in section.statements
    ]
    table = markup.table([words[name] for name in names], rows) if rows else ""
    story = markup.paragraph(section.analysis) if section.analysis else ""
    if section.recommendation:
        story += markup.facts([(words["recommendation"], section.recommendation)])
    against = f"<h3>{escape(words['against'])}</h3>{markup.items(section.against)}" if section.against else ""
    missing = f"<h3>{escape(words['missing'])}</h3>{markup.items(section.missing)}" if section.missing else ""
    return (
        f"<section><h2>{section.number}. {escape(section.name)}</h2>"
        f"<blockquote>{escape(section.quotation)}</blockquote>"
        f'<p class="verdict {section.verdict}"><span>{escape(section.verdict_words)}</span></p>'
        f"{markup.paragraph(section.verdict_reason, 'small')}{story}"
        f"{markup.paragraph(section.narrative_note, 'small') if section.narrative_note else ''}"
        f"{table or markup.paragraph(words['nothing'], 'none')}"
        f"{''.join(_caveat(one) for one in section.statements)}{against}{missing}</section>"
    )


def _caveat(one: Statement) -> str:
    return markup.paragraph(one.caveat, "caveat") if one.caveat else ""


def _changes(changed: tuple[Changed, ...], b: Briefing, reasons: bool = False) -> str:
    names = ["figure", "before", "after", *(["why"] if reasons else [])]
    rows = [
        [one.words, one.name, one.before, one.after, *([one.reason] if reasons else [])] for one in changed
    ]
    return markup.table([b.change, *(b.labels[name] for name in names)], rows)
