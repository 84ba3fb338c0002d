"""The fields of one figure: the one that the indicator's kind asks for, its source, and the details."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.rollup import REGISTER
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator, IndicatorKind, Place
from dashboard.domain.grading import Basis
from dashboard.domain.money_stage import stage_of, stages
from dashboard.domain.observation import (
    REALISED,
    Attribution,
    Confidence,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
)
from dashboard.domain.period import Period
from dashboard.intake.figure_form import TIES, FigureFields, basis_of, tie_of
from dashboard.intake.period_choices import choices_of
from dashboard.ui import address, evidence_form, markup
from dashboard.ui.entry_kept import carry, form_of, keep, key_of
from dashboard.ui.session import Visit

CURRENCIES = ("DKK", "EUR", "USD", "GBP", "SEK", "NOK", "CHF", "JPY")
_NEW = "\x00new"
_LEFT = "enter_stage_left"


def fields(
    form: str, wanted: Indicator, where: Place, period: Period, known: pd.DataFrame, visit: Visit
) -> tuple[FigureFields, DeltaGenerator]:
    """The form as it stands, and the place beside its first field for what is to be said of that."""
    t = visit.t
    last = _like(known, period)

    def widget(name: str, default: Any = None) -> dict[str, Any]:
        """A field that is kept. Its first value is put into the session and not into the widget, which
        complains of having two where a kept one comes back."""
        if default is not None:
            st.session_state.setdefault(key_of(name, form), default)
        return {"key": key_of(name, form), "on_change": keep, "args": (form, visit)}

    def text(name: str, default: str = "") -> str:
        return str(st.text_input(t(f"enter.{name}"), **widget(name, default)) or "")

    def choose(
        name: str, codes: list[str], words: Callable[[str], str], default: str, none: str = "enter.not_chosen"
    ) -> str:
        return str(
            st.selectbox(
                t(f"enter.{name}"), codes, **widget(name, default if default in codes else codes[0]),
                format_func=lambda code: words(code) if code else t(none),
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
        label = t("enter.amount") if wanted.kind is IndicatorKind.MONEY else label
        example = t("enter.example", number=t.number(1234.5))
        typed["value"] = st.text_input(label, placeholder=example, **widget("value")) or ""
    if wanted.kind is IndicatorKind.PERCENTAGE:
        st.html(markup.paragraph(t("enter.share_help"), "small"))
        one, two = st.columns(2)
        with one:
            typed["numerator"] = text("numerator")
        with two:
            typed["denominator"] = text("denominator")
    if wanted.kind is IndicatorKind.MONEY:
        currencies = list(dict.fromkeys([visit.world.currency, *CURRENCIES]))
        default = str(last.get("currency") or visit.world.currency)
        if default not in currencies:
            currencies.append(default)
        one, two = st.columns([4, 9])  # wide enough for three stages in a row
        with one:
            typed["currency"] = st.selectbox(t("enter.currency"), currencies, **widget("currency", default))
        with two:
            _stage(form, wanted, where, period, visit)
    at_field = st.container()
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
        typed["disaggregation"] = _split(form, known, visit)
        typed["method"] = text("method", str(last.get("method") or ""))
        typed["note"] = text("note")
    with st.expander(t("enter.grades")):
        st.html(markup.paragraph(t("enter.grades_help"), "small"))
        typed["basis"] = choose(
            "basis", ["", *Basis], lambda code: t(f"enter.basis_of.{code}"),
            basis_of(str(last.get("confidence_reason") or "")),
        )  # fmt: skip
        if where.designation is not None:
            typed["tie"] = choose(
                "tie", ["", *TIES], lambda code: t(f"enter.tie_of.{code}"),
                tie_of(str(last.get("attribution_reason") or "")),
            )  # fmt: skip
        typed["confidence"] = choose(
            "confidence", ["", *Confidence], lambda code: t(f"confidence.{code}"), "", "enter.by_rule"
        )
        if typed["confidence"]:
            typed["confidence_reason"] = text("confidence_reason")
        typed["attribution"] = choose(
            "attribution", ["", *Attribution], lambda code: t(f"attribution.{code}"), "", "enter.by_rule"
        )
        if typed["attribution"]:
            typed["attribution_reason"] = text("attribution_reason")
    evidence_form.fields(lambda name: key_of(name, form), lambda: keep(form, visit), visit)
    return FigureFields(period=period, boundary=str(last.get("boundary") or ""), **typed), at_field


def _stage(form: str, wanted: Indicator, where: Place, period: Period, visit: Visit) -> None:
    """Where the money stands in the chain: applied → granted → received. Another stage is another indicator;
    what was typed goes along. Where the claim has such stages, an amount without any of its own says in its
    definition which one it is."""
    t, every = visit.t, visit.world.catalogue.indicators
    chain = stages(wanted, every)
    if not chain:
        if any(stage_of(one) and one.claim == wanted.claim for one in every):
            st.html(markup.paragraph(t("enter.stage_help"), "small"))
        return
    st.session_state["stage"] = stage_of(wanted)
    st.segmented_control(
        t("enter.stage"), list(chain), key="stage", required=True, help=t("enter.stage_rule"),
        on_change=_move, args=(form, stage_of(wanted), chain, where, period, visit),
        format_func=lambda one: t(f"enter.stage_name.{one}"),
    )  # fmt: skip
    st.html(markup.paragraph(t(f"enter.stage_means.{stage_of(wanted)}"), "small"))
    if left := st.session_state.pop(_LEFT, ""):
        st.info(t("enter.stage_left", stage=t(f"enter.stage_name.{left}")))


def _move(
    form: str, left: str, chain: Mapping[str, Indicator], where: Place, period: Period, visit: Visit
) -> None:
    """Go from the stage `left` to the indicator of the chosen one, at the same period."""
    chosen = chain[str(st.session_state["stage"])]
    if not carry(form, form_of(chosen, where, period), visit):
        st.session_state[_LEFT] = left
    choices = choices_of(period, chosen.frequency, visit.stamp.day)
    address.write(indicator=chosen.code, **({"when": ""} | choices))


def _like(known: pd.DataFrame, period: Period) -> dict[str, Any]:
    """The value whose source, kind, method and currency are offered: the one of the period, else the last
    that somebody recorded."""
    mine = known[(known["disaggregation"] == "") & known["kind"].isin([kind.value for kind in REALISED])]
    mine = mine[mine["source"] != REGISTER]
    same = mine
    for name, day in (("period_start", period.start), ("period_end", period.end)):
        same = same[same[name] == pd.Timestamp(day)] if day else same[same[name].isna()]
    found = same if len(same) else mine
    return {str(name): value for name, value in found.iloc[-1].to_dict().items()} if len(found) else {}


def _split(form: str, known: pd.DataFrame, visit: Visit) -> str:
    """The part that the figure is of: one that the series has already, or a new one as a file names it."""
    parts = sorted({part for part in known["disaggregation"] if part})
    key = key_of("disaggregation", form)
    kept = st.session_state.get(key)
    if kept and kept not in parts:
        parts.append(kept)
    chosen = st.selectbox(
        visit.t("enter.split"), ["", *parts], key=key, on_change=keep, args=(form, visit),
        format_func=lambda part: part or visit.t("enter.whole"), accept_new_options=True,
        help=visit.t("enter.split_help"),
    )  # fmt: skip
    return ";".join(sorted(part.strip() for part in str(chosen or "").split(";") if part.strip()))


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
