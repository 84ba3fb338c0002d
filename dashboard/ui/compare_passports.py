"""The comparability passport of each place, drawn and answered (N13).

The mark is filled, dashed or hollow, so that the grade is told without colour, and its word stands beside
it. The five questions are opened under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.analysis.comparability import Answered, Passport, passports
from dashboard.domain.catalogue import Indicator
from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.domain.roles import Permission
from dashboard.i18n import Translator
from dashboard.store.commands import answer_comparability
from dashboard.store.work import UnitOfWork
from dashboard.ui import cached, deciding, markup
from dashboard.ui.session import Visit


def shown(indicator: Indicator, places: Sequence[str], visit: Visit) -> None:
    """How far each place can be compared with the home city, why, and the way to answer for those who may."""
    t = visit.t
    found = {
        slug: passport
        for slug, passport in cached.comparability(visit.stamp, indicator.code, tuple(places)).items()
        if slug != visit.home.slug
    }
    if not found:
        return
    st.header(t("passport.title"), anchor=False)
    deciding.said(visit)
    st.html(
        markup.paragraph(t("passport.legend"), "small")
        + "".join(_passport(slug, passport, visit) for slug, passport in found.items())
    )
    computed = bool(visit.world.inputs(indicator.code))
    if visit.actor.may(Permission.DEFINE) and visit.known is None and not computed:
        _answering(indicator, list(found), visit)


def _passport(slug: str, passport: Passport, visit: Visit) -> str:
    """The mark, the place and the grade; opened, the five questions with their answers."""
    t = visit.t
    name, grade = escape(t.text(visit.world.places[slug].name)), escape(t(f"grade.{passport.grade}"))
    note = markup.paragraph(t.text(passport.note), "small") if passport.note else ""
    columns = [t(f"passport.column.{column}") for column in ("question", "answer", "why", "by")]
    rows = [_answer(answered, t) for answered in passport.answers]
    table = markup.table(columns, rows, "") if rows else ""
    return (
        f'<details class="passport"><summary><span class="mark {passport.grade}"></span>'
        f"<strong>{name}</strong> {grade}</summary>{note}{table}</details>"
    )


def _answer(answered: Answered, t: Translator) -> list[str]:
    why = answered.reason or " ".join(t(f"grade.reason.{code}") for code in answered.reasons)
    by = (
        t(f"passport.by.{answered.by}", who=answered.who)
        if answered.by == "person"
        else t("passport.by.data")
    )
    return [t(f"passport.question.{answered.question}"), t(f"passport.answer.{answered.answer}"), why, by]


def _answering(indicator: Indicator, places: Sequence[str], visit: Visit) -> None:
    """One question, one answer with a reason, what it would touch, and the save."""
    t = visit.t
    opened = st.expander(t("passport.answering"), key="passport-answering", on_change="rerun")
    if not opened.open:
        return
    with opened:
        place = st.selectbox(
            t("passport.place"), places, key="passport-place",
            format_func=lambda slug: t.text(visit.world.places[slug].name),
        )  # fmt: skip
        question = st.selectbox(
            t("passport.column.question"), list(Question), key="passport-question",
            format_func=lambda one: t(f"passport.question.{one}"),
        )  # fmt: skip
        word = st.selectbox(
            t("passport.column.answer"), list(AnswerWord), key="passport-answer",
            format_func=lambda one: t(f"passport.answer.{one}"),
        )  # fmt: skip
        reason = deciding.field(t("passport.reason"), "passport-reason", t("passport.reason_help"))
        if place is None or question is None or word is None:
            return
        given = ComparabilityAnswer(indicator.code, place, question, word, reason)
        st.html("".join(map(markup.paragraph, touched(given, indicator, places, visit))))
        if st.button(t("passport.save"), type="primary", disabled=not reason):

            def act(work: UnitOfWork) -> deciding.Sentence:
                written = answer_comparability(work, [given])
                return ("passport.done" if written else "passport.unchanged"), {
                    "place": visit.world.places[place].name
                }

            deciding.carry_out(visit, act)


def touched(
    given: ComparabilityAnswer, indicator: Indicator, places: Sequence[str], visit: Visit
) -> list[str]:
    """What an answer would change: the grade of the place, how many values bear it, who counts in means."""
    t, here = visit.t, visit.world
    every = (visit.home.slug, *places)
    frame = cached.series(visit.stamp, indicator.code, every)
    others = tuple(
        answer for answer in cached.answers(visit.stamp)
        if (answer.indicator, answer.place, answer.question)
        != (given.indicator, given.place, given.question)
    )  # fmt: skip

    def graded(answers: Sequence[ComparabilityAnswer]) -> Mapping[str, Passport]:
        return passports(frame, indicator, visit.home.slug, here.sources, here.notes, here.breaks, answers)

    before, after = graded(cached.answers(visit.stamp))[given.place], graded((*others, given))[given.place]
    count = int((frame["place"] == given.place).sum())
    place = t.text(here.places[given.place].name)
    if before.note is not None:
        return [t("passport.noted", place=place)]
    words = {"place": place, "count": count, "grade": t(f"grade.{after.grade}").lower()}
    if before.grade == after.grade:
        return [t("passport.stays", **words)]
    said = [t("passport.becomes", was=t(f"grade.{before.grade}").lower(), **words)]
    if "illustrative" in (before.grade, after.grade):
        said.append(t("passport.leaves" if after.grade == "illustrative" else "passport.joins", place=place))
    return said
