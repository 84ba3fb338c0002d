"""Entering one figure: the field, what is already known beside it, and what is wrong with it at once.

There is no form that is sent as a whole: each field is kept on the server as soon as it is left, so that a
closed tab loses half-typed text at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.entry_checks import entry_checks, unanswered
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator, IndicatorKind, Place
from dashboard.domain.observation import (
    REALISED,
    Attribution,
    Confidence,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    WorkflowState,
)
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem, errors_of
from dashboard.errors import InvalidDraftsError
from dashboard.intake.figure_form import Figure, FigureFields, read_figure
from dashboard.intake.period_choices import choices, due
from dashboard.store import commands
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.engine import reading
from dashboard.store.queries.entry_drafts import load_entries
from dashboard.store.work import unit_of_work
from dashboard.ui import address, cached, cards, markup, pickers
from dashboard.ui.session import Visit

EDGE = "page"
PREVIOUS = 12
CURRENCIES = ("DKK", "EUR", "USD", "GBP", "SEK", "NOK", "CHF", "JPY")
_NEW = "\x00new"


WAYS = ("figure", "grid")


def way(visit: Visit) -> str:
    """Whether one figure is entered, or many."""
    chosen = address.one_of("way", WAYS)
    st.session_state["way"] = chosen
    st.segmented_control(
        visit.t("enter.ways"), WAYS, key="way", required=True, on_change=pickers.write, args=("way",),
        format_func=lambda one: visit.t(f"enter.way.{one}"), label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def indicator(visit: Visit) -> Indicator:
    """An indicator whose values are entered; those made from the register are not among them."""
    found = {i.code: i for i in visit.world.catalogue.indicators if i.rollup is None and not i.retired}
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
    with left:
        period = _period(wanted, known, visit)
        form = f"enter:{wanted.code}:{where.slug}:{period.key}"
        _offer_kept(form, visit)
        fields = _fields(form, wanted, period, known, visit)
        read = read_figure(fields, wanted, where.slug, visit.t)
        touched = bool(fields.value or fields.text or fields.yes or fields.step or fields.missing)
        touched = touched or bool(fields.numerator and fields.denominator)
        warnings: list[Problem] = []
        if touched:
            warnings = entry_checks(read.draft, wanted, known, visit.stamp.day)
            _say_back(read, wanted, visit)
            for problem in warnings:
                _show(problem, visit)
        read = replace(read, problems=(*read.problems, *unanswered(warnings, fields.note)))
        reason = _change_reason(form, read, known, wanted, visit) if touched else ""
        _save(form, read, touched, reason, visit)
    with right, st.container(key="beside"):
        _beside(wanted, where, period, known, visit)


def _recorded(wanted: Indicator, where: Place, visit: Visit) -> pd.DataFrame:
    """Everything recorded of the series, what awaits approval too: the analyst's own view."""
    stamp = visit.stamp._replace(submitted=True)
    return cached.series(stamp, wanted.code, (where.slug,))


def _period(wanted: Indicator, known: pd.DataFrame, visit: Visit) -> Period:
    t = visit.t
    realised = known["kind"].isin([kind.value for kind in REALISED])
    dated = known[known["period_end"].notna() & realised]
    latest = cards.period_of(dated.iloc[-1].to_dict()) if len(dated) else None
    offered = due(latest, wanted.frequency, visit.stamp.day)
    options = {p.key: p for p in dict.fromkeys([offered, *choices(wanted.frequency, visit.stamp.day)])}
    given = address.read("period")
    chosen = address.one_of("period", list(options), offered.key) if given else offered.key
    st.session_state["period"] = chosen
    st.selectbox(
        t("enter.period"), list(options), key="period", on_change=pickers.write, args=("period",),
        format_func=lambda key: t.period(options[key])
        + (f" ({t('enter.next_due')})" if options[key] == offered else ""),
    )  # fmt: skip
    return options[chosen]


def _offer_kept(form: str, visit: Visit) -> None:
    """What was typed before and never saved comes back, and can be thrown away."""
    if st.session_state.get("enter_form") != form:
        st.session_state["enter_form"] = form
        with reading(cached.engine()) as connection:
            kept = next((k for k in load_entries(connection, visit.actor, form) if k.form == form), None)
        st.session_state["enter_restored"] = kept is not None
        for name, value in (kept.payload if kept else {}).items():
            st.session_state[_key(name, form)] = value
    if st.session_state.get("enter_restored"):
        st.info(visit.t("enter.restored"))
        st.button(visit.t("enter.discard"), on_click=_discard, args=(form, visit))


def _key(name: str, form: str) -> str:
    """The key of a field. It counts how often the form was emptied, because the browser keeps what stands
    in a field for as long as the key is the same."""
    return f"{name}@{form}#{st.session_state.get('enter_round', 0)}"


def _discard(form: str, visit: Visit) -> None:
    forget_entry(cached.engine(), visit.actor, form)
    _clear()


def _clear() -> None:
    st.session_state["enter_round"] = st.session_state.get("enter_round", 0) + 1
    st.session_state["enter_restored"] = False


def _keep(form: str, visit: Visit) -> None:
    """Keep all fields of the form as they stand: called whenever one of them changes."""
    ending = _key("", form)
    payload = {
        str(key).removesuffix(ending): value
        for key, value in st.session_state.items()
        if str(key).endswith(ending)
    }
    keep_entry(cached.engine(), visit.actor, form, payload)


def _fields(form: str, wanted: Indicator, period: Period, known: pd.DataFrame, visit: Visit) -> FigureFields:
    t = visit.t
    last = known.iloc[-1].to_dict() if len(known) else {}

    def widget(name: str) -> dict[str, Any]:
        return {"key": _key(name, form), "on_change": _keep, "args": (form, visit)}

    def text(name: str, **more: Any) -> str:
        return str(st.text_input(t(f"enter.{name}"), **widget(name), **more) or "")

    def choose(name: str, codes: list[str], words: Callable[[str], str], default: str) -> str:
        index = codes.index(default) if default in codes else 0
        return str(
            st.selectbox(
                t(f"enter.{name}"), codes, index=index, **widget(name),
                format_func=lambda code: words(code) if code else t("enter.not_chosen"),
            )
        )  # fmt: skip

    typed: dict[str, Any] = {}
    unit = Quantity(wanted, wanted.unit, "", None, None, t).words(wanted.unit)
    if wanted.kind is IndicatorKind.YES_NO:
        typed["yes"] = choose("yes", ["", "yes", "no"], lambda code: t(f"word.{code}"), "")
    elif wanted.kind is IndicatorKind.SCORE:
        steps = {str(step.value): t.text(step.text) for step in wanted.scale}
        typed["step"] = st.selectbox(
            t("enter.step"), ["", *steps], **widget("step"),
            format_func=lambda value: steps.get(value, t("enter.not_chosen")),
        )  # fmt: skip
    elif wanted.kind is IndicatorKind.NARRATIVE:
        typed["text"] = st.text_area(t("enter.text"), **widget("text")) or ""
    else:
        label = t("enter.value", unit=unit) if unit else t("enter.value_plain")
        example = t("enter.example", number=t.number(1234.5))
        typed["value"] = st.text_input(label, placeholder=example, **widget("value")) or ""
    if wanted.kind is IndicatorKind.PERCENTAGE:
        st.caption(t("enter.share_help"))
        one, two = st.columns(2)
        with one:
            typed["numerator"] = text("numerator")
        with two:
            typed["denominator"] = text("denominator")
    if wanted.kind is IndicatorKind.MONEY:
        currencies = list(dict.fromkeys([visit.world.currency, *CURRENCIES]))
        default = str(last.get("currency") or visit.world.currency)
        typed["currency"] = st.selectbox(
            t("enter.currency"), currencies, **widget("currency"),
            index=currencies.index(default) if default in currencies else 0,
        )  # fmt: skip
    typed |= _source(str(last.get("source") or ""), widget, text, visit)
    with st.expander(t("enter.more")):
        typed["missing"] = choose("missing", ["", *MissingReason], lambda code: t(f"missing.{code}"), "")
        typed["kind"] = choose(
            "kind",
            [*ObservationKind],
            lambda code: t(f"chart.kind.{code}"),
            str(last.get("kind") or "actual"),
        )
        typed["qualifier"] = choose(
            "qualifier", [*Qualifier], lambda code: t(f"enter.qualifiers.{Qualifier(code).name.lower()}"), "="
        )
        typed["status"] = choose(
            "status", [*ObservationStatus], lambda code: t(f"observation_status.{code}"), "final"
        )
        typed["low"], typed["high"] = text("low"), text("high")
        typed["confidence"] = choose(
            "confidence", ["", *Confidence], lambda code: t(f"confidence.{code}"), ""
        )
        typed["confidence_reason"] = text("confidence_reason")
        typed["attribution"] = choose(
            "attribution", ["", *Attribution], lambda code: t(f"attribution.{code}"), ""
        )
        typed["attribution_reason"] = text("attribution_reason")
        typed["method"] = text("method")
        typed["note"] = text("note")
    return FigureFields(period=period, boundary=str(last.get("boundary") or ""), **typed)


def _source(default: str, widget: Any, text: Any, visit: Visit) -> dict[str, str]:
    """The source, chosen or made on the spot; the last one used is offered."""
    t = visit.t
    titles = {key: source.title for key, source in visit.world.sources.items()}
    keys = sorted(titles, key=lambda key: (key != default, t.sort_key(titles[key])))
    chosen = st.selectbox(
        t("enter.source"), [*keys[:1], _NEW, *keys[1:]], **widget("source"),
        index=0 if default in titles else None, placeholder=t("enter.source_empty"),
        format_func=lambda key: t("enter.source_new") if key == _NEW else titles.get(key, key),
    )  # fmt: skip
    if chosen != _NEW:
        return {"source": str(chosen or "")}
    return {"source_title": text("source_title"), "source_address": text("source_address")}


def _say_back(read: Figure, wanted: Indicator, visit: Visit) -> None:
    """The value as it was understood, and each problem in one sentence."""
    t, draft = visit.t, read.draft
    if draft.value is not None:
        quantity = Quantity(wanted, draft.unit, draft.currency, None, None, t)
        exact = quantity.written(draft.value, draft.qualifier.value, draft.unit, draft.currency)
        st.html(markup.paragraph(t("enter.understood", value=exact, exact=t.number(draft.value))))
    for problem in read.problems:
        _show(problem, visit)


def _show(problem: Problem, visit: Visit) -> None:
    words = visit.t(f"problem.{problem.code}", **problem.params)
    (st.error if problem.severity == "error" else st.warning)(words)


def _change_reason(form: str, read: Figure, known: pd.DataFrame, wanted: Indicator, visit: Visit) -> str:
    """Where a value of the same source stands already, both are shown and a reason is asked for."""
    t, draft = visit.t, read.draft
    same = known[
        (known["source"] == draft.source)
        & (known["kind"] == draft.kind.value)
        & (known["method"] == draft.method)
        & (known["disaggregation"] == "")
        & (known["period_start"] == pd.Timestamp(draft.period.start))
        & (known["period_end"] == pd.Timestamp(draft.period.end))
    ]
    if not len(same) or draft.value is None or same.iloc[-1]["value"] == draft.value:
        return ""
    row = same.iloc[-1]
    quantity = Quantity(wanted, row["unit"], row["currency"], None, None, t)
    old = quantity.written(row["value"], row["qualifier"], row["unit"], row["currency"])
    new = quantity.written(draft.value, draft.qualifier.value, draft.unit, draft.currency)
    st.warning(t("enter.replaces", old=old, new=new))
    key = _key("reason", form)
    return str(st.text_input(t("enter.reason"), key=key, on_change=_keep, args=(form, visit)) or "")


def _save(form: str, read: Figure, touched: bool, reason: str, visit: Visit) -> None:
    t = visit.t
    ready = touched and not errors_of(list(read.problems))
    with st.container(horizontal=True):
        submitted = st.button(t("enter.submit"), type="primary", disabled=not ready)
        kept = st.button(t("enter.save_draft"), disabled=not ready)
    if not touched:
        st.caption(t("enter.nothing_yet"))
    if not (submitted or kept):
        return
    state = WorkflowState.SUBMITTED if submitted else WorkflowState.DRAFT
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            if read.new_source is not None:
                commands.define_sources(work, [read.new_source])
            done = commands.record(work, [read.draft], state=state, reason=reason)
    except InvalidDraftsError as error:
        for problem in error.problems:
            _show(problem, visit)
        return
    forget_entry(cached.engine(), visit.actor, form)
    _clear()
    st.session_state["enter_done"] = "enter.unchanged" if done.unchanged else f"enter.done_{state.value}"
    st.rerun()


def said(visit: Visit) -> None:
    """What the last save did, said once."""
    key = st.session_state.pop("enter_done", "")
    if key:
        st.success(visit.t(key))


def _beside(wanted: Indicator, where: Place, period: Period, known: pd.DataFrame, visit: Visit) -> None:
    """The last twelve values, the target and the baseline, and what the figure is."""
    t = visit.t
    st.subheader(t("enter.previous", count=min(PREVIOUS, len(known))))
    rows = []
    for row in reversed(known.tail(PREVIOUS).to_dict("records")):
        quantity = Quantity(wanted, row["unit"], row["currency"], None, None, t)
        value = (
            t(f"missing.{row['missing_reason']}")
            if pd.isna(row["value"]) and row["missing_reason"]
            else row["text"]
            if pd.isna(row["value"])
            else quantity.written(row["value"], row["qualifier"], row["unit"], row["currency"])
        )
        state = "" if row["state"] == WorkflowState.APPROVED.value else t(f"state.{row['state']}")
        rows.append([t.period(cards.period_of(row)), value, state])
    columns = [t("column.period"), t("column.value"), t("column.state")]
    st.html(markup.table(columns, rows) if rows else markup.paragraph(t("enter.no_previous"), "none"))
    pairs = []
    for target in visit.world.targets:
        mine = (target.indicator, target.place) == (wanted.code, where.slug)
        if mine and (target.final or target.period.key == period.key):
            quantity = Quantity(wanted, wanted.unit, target.currency, None, None, t)
            words = quantity.written(target.value, "=", wanted.unit, target.currency)
            pairs.append((t("enter.target", when=t.period(target.period)), words))
    for baseline in visit.world.baselines:
        if (baseline.indicator, baseline.place) == (wanted.code, where.slug):
            quantity = Quantity(wanted, wanted.unit, baseline.currency, None, None, t)
            words = quantity.written(baseline.value, "=", wanted.unit, baseline.currency)
            pairs.append((f"{t('column.baseline')} {t.period(baseline.period)}", words))
    pairs += [
        (t(f"definition.{name}"), t.text(getattr(wanted, name)))
        for name in ("definition", "method", "limitations")
    ]
    st.html(markup.facts(pairs))
