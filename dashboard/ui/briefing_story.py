"""Writing what the figures of a claim tell and what is recommended: a draft until somebody publishes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.domain.catalogue import Claim, Narrative
from dashboard.domain.period import Period
from dashboard.domain.roles import Permission
from dashboard.store.commands.judgements import narrate
from dashboard.store.engine import reading
from dashboard.store.queries.narrative_drafts import load_narrative_drafts
from dashboard.store.work import UnitOfWork
from dashboard.ui import cached, deciding, markup
from dashboard.ui.briefing_draft import field_key, forget, keep, kept
from dashboard.ui.session import Visit

_FIELDS = ("analysis", "recommendation")


def writer(form: str, period: Period, claims: Sequence[Claim], visit: Visit) -> None:
    """Two fields for one claim at a time; analysis and recommendation are kept apart (F54)."""
    t = visit.t
    names = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in claims}
    begun = kept(form, visit).get("stories", {})
    with st.expander(t("briefing.story.title"), expanded=bool(begun)):
        st.html(markup.paragraph(t("briefing.story.help"), "small"))
        claim = st.selectbox(
            t("briefing.story.claim"), list(names), format_func=lambda id: names[id], key="story_claim",
            index=next((n for n, id in enumerate(names) if id in begun), 0),
        )  # fmt: skip
        with reading(cached.engine()) as connection:
            drafts = load_narrative_drafts(connection, visit.actor, t.language)
        subject = f"claim:{claim}"
        public = next(
            (n for n in visit.world.narratives if (n.subject, n.language) == (subject, t.language)), None
        )
        draft = drafts.get(subject)
        stands = draft or public
        state = "draft" if draft else "public" if public else "none"
        when = t.period(stands.period) if stands else ""
        if stands and not draft and (stands.period.end or date.min) > (period.end or date.min):
            state, stands = "later", None
        st.html(markup.paragraph(t(f"briefing.story.is.{state}", period=when), "small"))
        mine = begun.get(claim, {})
        analysis, recommendation = (
            _field(form, str(claim), name, mine.get(name, getattr(stands, name, "")), visit)
            for name in _FIELDS
        )
        story = Narrative(subject, period, t.language, analysis, recommendation, author=visit.actor.name)
        _buttons(form, story, visit)


def _field(form: str, claim: str, name: str, stands: str, visit: Visit) -> str:
    key = field_key(f"{name}:{claim}", form)
    st.session_state[key] = stands
    label = visit.t(f"briefing.label.{name}")
    return str(st.text_area(label, key=key, on_change=_typed, args=(form, claim, name, key, visit)) or "")


def _typed(form: str, claim: str, name: str, key: str, visit: Visit) -> None:
    stories = kept(form, visit).setdefault("stories", {})
    stories.setdefault(claim, {})[name] = str(st.session_state[key] or "")
    keep(form, visit)


def _buttons(form: str, story: Narrative, visit: Visit) -> None:
    t, claim = visit.t, story.subject.removeprefix("claim:")
    ready = bool(story.analysis.strip() or story.recommendation.strip())
    with st.container(horizontal=True):
        draft = st.button(t("briefing.story.save"), disabled=not ready)
        public = visit.actor.may(Permission.APPROVE, claim) and st.button(
            t("briefing.story.publish"), disabled=not ready
        )
    if not (draft or public):
        return

    def act(work: UnitOfWork) -> deciding.Sentence:
        if public:
            work.actor.require(Permission.APPROVE, claim)
        narrate(work, [replace(story, published=bool(public))])
        return ("briefing.story.published" if public else "briefing.story.saved"), {}

    def after() -> None:
        kept(form, visit).get("stories", {}).pop(claim, None)
        forget(form, visit)

    deciding.carry_out(visit, act, after)
