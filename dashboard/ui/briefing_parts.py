"""The parts of the briefing page: choosing, the preview, freezing, and a frozen pack opened by its code."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.briefing_pack import WRITERS, composed, keep, opened, period_of, revised_since
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, Changed, Section, Statement
from dashboard.reports.compose import Choice
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, chart_element, deciding, frame, markup, pickers
from dashboard.ui.cached import Stamp
from dashboard.ui.session import Visit


@st.cache_resource(max_entries=24, show_spinner=False)
def _composed(stamp: Stamp, language: str, choice: Choice, _visit: Visit) -> Briefing:
    with reading(cached.engine()) as connection:
        return composed(connection, _visit.actor, choice, Translator(language), stamp.day)


def composer(visit: Visit) -> None:
    """Choose, see at once what it says, and freeze it."""
    t = visit.t
    st.html(frame.paragraph(t("briefing.lead")))
    if not deciding.possible(visit):
        return
    choice = _choice(visit)
    if choice is None:
        return
    with st.spinner(t("briefing.composing")):
        made = _composed(visit.stamp, t.language, choice, visit)
    _freeze(made, visit)
    _earlier(visit)
    st.header(t("briefing.preview"), anchor=False)
    _body(made)


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
    out = str(st.text_area(t("briefing.left_out"), key="left_out", help=t("briefing.left_out_help")) or "")
    try:
        period = period_of(str(st.session_state["period"]))
    except InvalidChoiceError as error:
        st.error(t(error.key, **error.params))
        return None
    lines = tuple(line.strip() for line in out.splitlines() if line.strip())
    return Choice(period, tuple(st.session_state["claims"]), (), lines)


def _freeze(made: Briefing, visit: Visit) -> None:
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
    elif st.button(t("briefing.freeze"), type="primary"):
        deciding.carry_out(visit, act)


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
        since = revised_since(connection, kept, Translator(kept.language), visit.stamp.day)
    frame.titled(kept.title, visit, t("page.briefing"))
    st.html(markup.paragraph(f"{kept.labels['as_at']} {kept.as_at} · {kept.labels['code']} {kept.code}"))
    if since:
        st.warning(t("briefing.since", count=len(since)))
        st.html(_changes(since, kept))
    with st.container(horizontal=True):
        for name, write in WRITERS.items():
            st.download_button(
                t(f"briefing.as.{name}"), _written(kept.code, name, kept, write),
                f"{kept.code}.{_ENDINGS.get(name, name)}", key=f"as-{name}",
            )  # fmt: skip
    _body(kept)
    frame.link("briefing", t("briefing.back"))


_ENDINGS = {"datapackage": "zip"}


@st.cache_resource(max_entries=32, show_spinner=False)
def _written(code: str, name: str, _briefing: Briefing, _write: object) -> bytes:
    return WRITERS[name](_briefing)


def _body(b: Briefing) -> None:
    """The pack as it reads: headlines, changes, each claim, what is left out, how to read it."""
    headlines = "".join(
        f'<article class="headline"><p class="headline-value">{escape(one.value)}</p>'
        f'<p class="headline-name">{escape(one.name)}, {escape(one.period)}</p>'
        f"{markup.paragraph(one.compared, 'small')}{markup.paragraph(one.sure, 'small')}"
        f"{_caveat(one)}</article>"
        for one in b.headlines
    )
    st.html(
        f"<h2>{escape(b.labels['headlines'])}</h2>{markup.paragraph(b.headline_rule, 'small')}"
        f'<div class="headlines">{headlines}</div>'
        if headlines
        else markup.paragraph(b.labels["nothing"], "none")
    )
    if b.changed:
        st.html(f"<h2>{escape(b.labels['changed'])}</h2>{_changes(b.changed, b)}")
    for section in b.sections:
        st.html(_section(section, b))
        for number, chart in enumerate(section.charts):
            st.html(markup.paragraph(chart.sentence, "small"))
            chart_element.draw(chart, Translator(b.language), f"{b.code}-{section.claim}-{number}")
    for name, lines in (("left_out", b.left_out), ("caveats", b.caveats)):
        if lines:
            st.html(f"<h2>{escape(b.labels[name])}</h2>{markup.items(lines)}")
    cited = (", ".join(filter(None, (s.title, s.producer, s.address, s.licence))) for s in b.sources)
    st.html(f"<h2>{escape(b.labels['sources'])}</h2>{markup.items(cited)}")


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


def _changes(changed: tuple[Changed, ...], b: Briefing) -> str:
    names = ("changed", "figure", "before", "after")
    rows = [[one.words, one.name, one.before, one.after] for one in changed]
    return markup.table([b.labels[name] for name in names], rows)
