"""Entering one figure: the field, what is already known beside it, and what is wrong with it at once.

There is no form that is sent as a whole: each field is kept on the server as soon as it is left, so that a
closed tab loses half-typed text at most.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.analysis.entry_checks import entry_checks, unanswered
from dashboard.analysis.rollup import REGISTER
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator, Place
from dashboard.domain.grading import RULE
from dashboard.domain.money_stage import stages
from dashboard.domain.observation import REALISED, Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem, errors_of
from dashboard.errors import DashboardError, InvalidDraftsError, StaleDraftError
from dashboard.intake.figure_form import Figure, read_figure
from dashboard.intake.grid import as_meant
from dashboard.intake.numbers import write_number
from dashboard.intake.period_choices import choices, due
from dashboard.intake.periods import read_period
from dashboard.store import commands
from dashboard.store.commands.entry_drafts import forget_entry
from dashboard.store.engine import reading
from dashboard.store.queries.locks import LockedSpans
from dashboard.store.queries.standing_values import Standing, load_standing
from dashboard.store.queries.value_history import load_value_history
from dashboard.store.work import unit_of_work
from dashboard.ui import address, cached, cards, evidence_form, frame, markup, pickers, value_markup
from dashboard.ui.entry_beside import beside
from dashboard.ui.entry_fields import fields
from dashboard.ui.entry_kept import clear, discard, form_of, keep, key_of, offer_kept
from dashboard.ui.session import Visit

EDGE = "page"
WAYS = ("figure", "grid")
_NOT_YET = frozenset({"source_required"})
"""What is merely missing further down the form is said beside the buttons, and is no error yet."""
_OTHER = "other"
"""In the address: a period that is not among those offered, or an exact date, typed and read strictly."""


def way(visit: Visit) -> str:
    """Whether one figure is entered, or many."""
    chosen = address.one_of("way", WAYS)
    st.session_state["way"] = chosen
    st.segmented_control(
        visit.t("enter.ways"), WAYS, key="way", required=True, on_change=pickers.write, args=("way",),
        format_func=lambda one: visit.t(f"enter.way.{one}"), label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def subject(visit: Visit) -> tuple[Indicator, Place]:
    """What the figure is of."""
    one, two = st.columns([3, 2], gap="large")
    with one:
        wanted = indicator(visit)
    with two:
        return wanted, place(visit)


def indicator(visit: Visit) -> Indicator:
    """An indicator whose values are entered. Those made from the register are not among them, but for the
    stages of money, of which accounts and other cities give sums of their own."""
    every = visit.world.catalogue.indicators
    found = {i.code: i for i in every if not i.retired and (i.rollup is None or stages(i, every))}
    code = pickers.one(
        visit.t("pick.indicator"), "indicator", list(found),
        lambda c: f"{pickers.claim_number(visit, found[c])} · {visit.t.text(found[c].name)}",
    )  # fmt: skip
    return found[code]


def place(visit: Visit) -> Place:
    """The place of the figure: the home city, or any other that is known."""
    home = visit.home.slug
    slugs = [home, *[slug for slug in pickers.by_name(visit, list(visit.world.places)) if slug != home]]
    slug = pickers.one(
        visit.t("pick.place"), "place", slugs, lambda s: visit.t.text(visit.world.places[s].name)
    )
    return visit.world.places[slug]


def figure(wanted: Indicator, where: Place, visit: Visit) -> None:
    """The whole of the entry: field and save on the left, what is known on the right."""
    known = _recorded(wanted, where, visit)
    left, right = st.columns([3, 2], gap="large")
    draft = None
    with left:
        period = _period(wanted, known, visit)
        if period is not None:
            draft = _entry(wanted, where, period, known, visit)
    with right, st.container(key="beside"):
        beside(wanted, where, period, draft, known, visit)


def _entry(wanted: Indicator, where: Place, period: Period, known: pd.DataFrame, visit: Visit) -> Draft:
    """The fields of one figure, what was understood of them, and the buttons; gives the draft."""
    form = form_of(wanted, where, period)
    locked = _closed(wanted, period, visit)
    offer_kept(form, visit)
    if wanted.rollup is not None and where.slug == visit.home.slug:
        _from_register(wanted, visit)
    above = st.container()
    typed, at_field = fields(form, wanted, where, period, known, visit)
    read = read_figure(typed, wanted, where.slug, visit.t, where.designation, visit.world.sources)
    touched = bool(typed.value or typed.text or typed.yes or typed.step or typed.missing)
    touched = touched or bool(typed.numerator and typed.denominator)
    warnings: list[Problem] = []
    with at_field:
        if touched:
            warnings = entry_checks(read.draft, wanted, known, visit.stamp.day)
            _say_back(read, wanted, visit)
            for problem in warnings:
                st.warning(problem_words(problem, wanted, visit))
        note = _answer(form, warnings, typed.note, visit)
    read = replace(read, draft=replace(read.draft, note=note or read.draft.note))
    evidence = evidence_form.problems_of(lambda name: key_of(name, form)) if touched else []
    for problem in evidence:
        _show(problem, visit)
    read = replace(read, problems=(*read.problems, *unanswered(warnings, note), *evidence, *locked))
    standing = _standing(read.draft)
    based = _begun_on(form, read.draft, standing, touched, visit)
    reason, conflict = "", False
    if touched:
        conflict = _conflict(form, read.draft, standing, based, wanted, visit)
        reason = "" if conflict else _change_reason(form, read, standing, known, wanted, visit)
    if touched and not conflict and not reason.strip() and _public(standing, known, read.draft.value):
        read = replace(read, problems=(*read.problems, Problem("reason_required", "reason")))
    if standing is not None and standing.id:
        with above:
            _returned(standing.id, wanted, visit)
    begun = replace(read, draft=replace(read.draft, based_on=based))
    _save(form, begun, touched and not conflict, reason, visit)
    if standing is not None and standing.id:
        _attached(standing.id, visit)
    return read.draft


def _from_register(wanted: Indicator, visit: Visit) -> None:
    """Said before anything is typed: the register makes this figure of its own records."""
    t, kinds = visit.t, wanted.rollup.activity_kinds if wanted.rollup else ()
    ways = [frame.anchor("activities", t("enter.to_register"), new=kind) for kind in kinds[:1]]
    st.html(markup.paragraph(t("enter.from_register"), "small") + markup.links(ways))


def _closed(wanted: Indicator, period: Period, visit: Visit) -> list[Problem]:
    """Told before anything is typed: the period is closed."""
    day = period.end or period.start
    with reading(cached.engine()) as connection:
        if day is None or not LockedSpans.load(connection).hold(wanted.code, day):
            return []
    problem = Problem("period_locked", "period", params={"day": day})
    _show(problem, visit)
    return [problem]


def _answer(form: str, warnings: list[Problem], note: str, visit: Visit) -> str:
    """Where something is odd, the field for why it is right, beside it and not among the details (F30)."""
    if not warnings:
        return note.strip()
    key = key_of("answer", form)
    given = st.text_input(visit.t("enter.answer"), key=key, on_change=keep, args=(form, visit))
    return " ".join(part for part in (str(given or "").strip(), note.strip()) if part)


def _standing(draft: Draft) -> Standing | None:
    """What the store holds of the same fact from the same source at this moment."""
    if not draft.source:
        return None
    with reading(cached.engine()) as connection:
        return load_standing(connection, [draft.natural_key]).get(draft.natural_key)


def _begun_on(form: str, draft: Draft, standing: Standing | None, touched: bool, visit: Visit) -> int:
    """The row that stood there when the person began on this fact; kept for a tab that is closed."""
    now = standing.id if standing is not None else 0
    if not touched:
        return now
    key = key_of("begun", form)
    begun: dict[str, int] = st.session_state.setdefault(key, {})
    if draft.natural_key not in begun:
        begun[draft.natural_key] = now
        keep(form, visit)
    return begun[draft.natural_key]


def _returned(observation: int, wanted: Indicator, visit: Visit) -> None:
    """Where the value was sent back: by whom, what is asked for, and what had been written (F32)."""
    with reading(cached.engine()) as connection:
        newest = load_value_history(connection, visit.actor, observation)[0]
    if newest.state is not WorkflowState.RETURNED or not newest.decisions:
        return
    t, decided = visit.t, newest.decisions[-1]
    quantity = Quantity(wanted, newest.unit, newest.currency, None, None, t)
    value = t("word.none") if newest.value is None else write_number(newest.value, t)
    if newest.value is not None and newest.currency:
        value = quantity.written(newest.value, newest.qualifier, newest.unit, newest.currency)
    who = value_markup.person(decided.actor, visit)
    st.warning(t("enter.returned", actor=who, value=value, note=decided.note))
    st.html(markup.links([frame.anchor("review", t("enter.answer_return"), pile="returned")]))


def _conflict(
    form: str, draft: Draft, standing: Standing | None, based: int, wanted: Indicator, visit: Visit
) -> bool:
    """Whether somebody else saved meanwhile: both values are shown, and the person chooses."""
    t = visit.t
    if standing is None or standing.id == based or standing.value == draft.value:
        return False
    with reading(cached.engine()) as connection:
        theirs = load_value_history(connection, visit.actor, standing.id)[0]
    quantity = Quantity(wanted, wanted.unit, draft.currency, None, None, t)
    both = [
        t("word.none") if value is None else quantity.written(value, "=", unit, currency)
        for value, unit, currency in (
            (theirs.value, theirs.unit, theirs.currency), (draft.value, draft.unit, draft.currency)
        )
    ]  # fmt: skip
    who = value_markup.person(theirs.actor, visit)
    st.warning(t("enter.conflict", actor=who, theirs=both[0], mine=both[1]))
    with st.container(horizontal=True):
        st.button(
            t("grid.keep_mine"), on_click=_begin_again, args=(form, draft.natural_key, standing.id, visit)
        )
        st.button(t("grid.take_theirs"), on_click=discard, args=(form, visit))
    return True


def _begin_again(form: str, fact: str, observation: int, visit: Visit) -> None:
    st.session_state[key_of("begun", form)][fact] = observation
    keep(form, visit)


def _attached(observation: int, visit: Visit) -> None:
    """The documents that the value there stands on already."""
    if evidence_form.attached(visit, observation):
        with st.expander(visit.t("document.attached")):
            evidence_form.listed(visit, observation)


def _recorded(wanted: Indicator, where: Place, visit: Visit) -> pd.DataFrame:
    """Everything recorded of the series, what awaits approval too: the analyst's own view."""
    stamp = visit.stamp._replace(submitted=True)
    found = cached.series(stamp, wanted.code, (where.slug,))
    return found if wanted.rollup is None else found.sort_values("period_end", kind="stable")


def _period(wanted: Indicator, known: pd.DataFrame, visit: Visit) -> Period | None:
    """The period: the next one due is offered, any other can be typed; None while that cannot be read."""
    t = visit.t
    realised = known["kind"].isin([kind.value for kind in REALISED])
    dated = known[known["period_end"].notna() & realised]
    latest = cards.period_of(dated.iloc[-1].to_dict()) if len(dated) else None
    offered = due(latest, wanted.frequency, visit.stamp.day)
    options = {p.key: p for p in dict.fromkeys([offered, *choices(wanted.frequency, visit.stamp.day)])}
    given = address.read("period")
    recorded = {(row.period_start, row.period_end) for row in dated.itertuples()}
    is_due = (pd.Timestamp(offered.start), pd.Timestamp(offered.end)) not in recorded
    keys = [*options, _OTHER]
    chosen = address.one_of("period", keys, offered.key) if given else offered.key
    st.session_state["period"] = chosen

    def words(key: str) -> str:
        if key == _OTHER:
            return t("enter.other_period")
        next_due = f" ({t('enter.next_due')})" if is_due and options[key] == offered else ""
        return t.period(options[key]) + next_due

    st.selectbox(
        t("enter.period"), keys, key="period", on_change=pickers.write, args=("period",), format_func=words
    )
    if chosen != _OTHER:
        return options[chosen]
    st.session_state["when"] = address.read("when")
    typed = st.text_input(
        t("enter.when"), key="when", on_change=pickers.write, args=("when",),
        placeholder=t("enter.when_example"),
    )  # fmt: skip
    if not str(typed or "").strip():
        return None
    found = read_period(str(typed))
    if isinstance(found, Problem):
        _show(found, visit)
        return None
    period = as_meant(found, wanted)
    st.html(markup.paragraph(t("enter.period_understood", period=t.period(period)), "small"))
    return period


def _say_back(read: Figure, wanted: Indicator, visit: Visit) -> None:
    """The value as it was understood, and each problem in one sentence."""
    t, draft = visit.t, read.draft
    if draft.value is not None:
        quantity = Quantity(wanted, draft.unit, draft.currency, None, None, t)
        exact = quantity.written(draft.value, draft.qualifier.value, draft.unit, draft.currency)
        st.html(markup.paragraph(t("enter.understood", value=exact, exact=write_number(draft.value, t))))
    if draft.confidence is not None:
        _graded(t("enter.confidence"), t(f"confidence.{draft.confidence}"), draft.confidence_reason, visit)
    if draft.attribution is not None:
        grade = t(f"attribution.{draft.attribution}")
        _graded(t("enter.attribution"), grade, draft.attribution_reason, visit)
    for problem in read.problems:
        if problem.code not in _NOT_YET:
            _show(problem, visit)


def _graded(name: str, grade: str, reason: str, visit: Visit) -> None:
    """A grade with its reason: the rule's, or the person's own."""
    why = visit.t(f"rule.{reason.removeprefix(RULE)}") if reason.startswith(RULE) else reason
    st.html(markup.paragraph(f"{name}: {grade}. {why}", "small"))


def _show(problem: Problem, visit: Visit) -> None:
    words = visit.t(f"problem.{problem.code}", **problem.params)
    (st.error if problem.severity == "error" else st.warning)(words)


def problem_words(problem: Problem, wanted: Indicator, visit: Visit) -> str:
    """A problem in words; a source goes by its title, and what was worked out is not told more exactly than
    the indicator is."""
    told = dict(problem.params)
    source = str(told.get("source", ""))
    if problem.code == "other_source_differs":
        known = visit.world.sources.get(source)
        told["source"] = known.title if known else visit.t("enter.register_source")
    worked_out = ("low", "high", "given") if source == REGISTER else ("low", "high")
    for name in worked_out:
        if isinstance(told.get(name), float):
            told[name] = round(told[name], wanted.decimals)
    return visit.t(f"problem.{problem.code}", **told)


def _change_reason(
    form: str, read: Figure, standing: Standing | None, known: pd.DataFrame, wanted: Indicator, visit: Visit
) -> str:
    """Where a value of the same source stands already, both are shown and a reason is asked for."""
    t, draft = visit.t, read.draft
    same = known[known["observation"] == (standing.id if standing is not None else -1)]
    if not len(same) or draft.value is None or same.iloc[-1]["value"] == draft.value:
        return ""
    row = same.iloc[-1]
    quantity = Quantity(wanted, row["unit"], row["currency"], None, None, t)
    old = (
        t(f"missing.{row['missing_reason']}")
        if pd.isna(row["value"])
        else quantity.written(row["value"], row["qualifier"], row["unit"], row["currency"])
    )
    new = quantity.written(draft.value, draft.qualifier.value, draft.unit, draft.currency)
    st.warning(t("enter.replaces", old=old, new=new))
    key = key_of("reason", form)
    return str(st.text_input(t("enter.reason"), key=key, on_change=keep, args=(form, visit)) or "")


def _public(standing: Standing | None, known: pd.DataFrame, value: float | None) -> bool:
    """Whether readers see another value of this fact, which changes with a reason only (F35)."""
    if standing is None or standing.value == value:
        return False
    rows = known[known["observation"] == standing.id]
    return bool((rows["state"] == WorkflowState.APPROVED.value).any())


def _save(form: str, read: Figure, touched: bool, reason: str, visit: Visit) -> None:
    t = visit.t
    ready = touched and not errors_of(list(read.problems))
    with st.container(horizontal=True):
        submitted = st.button(t("enter.submit"), type="primary", disabled=not ready)
        kept = st.button(t("enter.save_draft"), disabled=not ready)
    if not touched:
        st.html(markup.paragraph(t("enter.nothing_yet"), "small"))
    for problem in read.problems if touched else ():
        if problem.code in _NOT_YET:
            st.html(markup.paragraph(t(f"problem.{problem.code}", **problem.params), "small"))
    if not ready or not (submitted or kept):  # a press arrives together with what was typed since
        return
    state = WorkflowState.SUBMITTED if submitted else WorkflowState.DRAFT
    fact, attached = read.draft.natural_key, 0
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            if read.new_source is not None:
                commands.define_sources(work, [read.new_source])
            done = commands.record(work, [read.draft], state=state, reason=reason)
            if documents := evidence_form.documents(lambda name: key_of(name, form)):
                row = load_standing(work.connection, [fact])[fact].id
                attached = commands.attach_documents(work, row, documents)
    except InvalidDraftsError as error:
        for problem in error.problems:
            _show(problem, visit)
        return
    except StaleDraftError:
        st.rerun()  # the page shows both values, and asks which one shall stand
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        return
    forget_entry(cached.engine(), visit.actor, form)
    clear()
    unchanged = "enter.attached" if attached else "enter.unchanged"
    st.session_state["enter_done"] = unchanged if done.unchanged else f"enter.done_{state.value}"
    st.rerun()


def said(visit: Visit) -> None:
    """What the last save did, said once."""
    key = st.session_state.pop("enter_done", "")
    if key:
        st.success(visit.t(key))
