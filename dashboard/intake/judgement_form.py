"""Baselines and targets as a person typed them, and as the texts of their forms (F6, F7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.domain.catalogue import Baseline, Indicator, IndicatorKind, Target
from dashboard.domain.observation import LARGEST_VALUE
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.intake.definition_form import FormReader, Read, Typed, plain

NUMERIC = ("value",)


def start_judgement(place: str, currency: str) -> Typed:
    """The form of a baseline or target that is not there yet."""
    return {
        "place": place, "period": "", "value": "", "currency": currency, "source": "", "comment": "",
        "final": False,
    }  # fmt: skip


def typed_judgement(item: Baseline | Target, t: Translator) -> Typed:
    return {
        "place": item.place,
        "period": typed_period(item.period, t),
        "value": plain(item.value, t),
        "currency": item.currency,
        "source": item.source,
        "comment": item.comment if isinstance(item, Baseline) else "",
        "final": item.final if isinstance(item, Target) else False,
    }


def typed_period(period: Period, t: Translator) -> str:
    """A period as short as it can be typed; one that has no such form is written in words."""
    start, end = period.start, period.end
    if start and end:
        if period == Period.year(start.year):
            return str(start.year)
        if period == Period.quarter(start.year, (start.month + 2) // 3):
            return f"{start.year}K{(start.month + 2) // 3}"
        if period == Period.month(start.year, start.month):
            return f"{start.year}-{start.month:02}"
        if period == Period.day(start):
            return t.short_date(start)
    return t.period(period)


def read_baseline(
    typed: Mapping[str, Any], t: Translator, indicator: Indicator, reason: str, before: Baseline | None = None
) -> Read[Baseline]:
    form = FormReader(typed, t)
    period = _period(form, before.period if before else None)
    baseline = Baseline(
        indicator.code, form.text("place", required=True), period, _value(form, indicator),
        form.text("comment"), reason.strip(), _currency(form, indicator), form.text("source"),
    )  # fmt: skip
    return Read(baseline, tuple(form.problems))


def read_target(
    typed: Mapping[str, Any], t: Translator, indicator: Indicator, reason: str, before: Target | None = None
) -> Read[Target]:
    """A target; of one that stands already the place, the day and whether it is the final one are fixed."""
    form = FormReader(typed, t)
    period = _period(form, before.period if before else None)
    if period.dated and period.end is None:
        form.problem("period_end_required", "period")
    target = Target(
        indicator.code, form.text("place", required=True), period, _value(form, indicator),
        form.truth("final"), reason.strip(), _currency(form, indicator), form.text("source"),
    )  # fmt: skip
    return Read(target, tuple(form.problems))


def _period(form: FormReader, before: Period | None) -> Period:
    known = {typed_period(before, form.t): before} if before else {}
    given = form.text("period")
    found = form.when("period", known)
    if not given or (found is not None and not found.dated):
        form.problem("period_blank", "period")
    return found or Period(date.min, date.min, Precision.DAY)


def _value(form: FormReader, indicator: Indicator) -> float:
    value = form.number("value", required=True)
    if value is None:
        return 0.0
    if not abs(value) < LARGEST_VALUE:
        form.problem("number_impossible", "value")
    if indicator.minimum is not None and value < indicator.minimum:
        form.problem("below_minimum", "value", given=value, minimum=indicator.minimum)
    if indicator.maximum is not None and value > indicator.maximum:
        form.problem("above_maximum", "value", given=value, maximum=indicator.maximum)
    if indicator.kind is IndicatorKind.YES_NO and value not in (0, 1):
        form.problem("yes_or_no", "value")
    if indicator.kind is IndicatorKind.SCORE and value not in {step.value for step in indicator.scale}:
        form.problem("score_outside_scale", "value", given=value)
    return value


def _currency(form: FormReader, indicator: Indicator) -> str:
    return form.text("currency", required=True) if indicator.kind is IndicatorKind.MONEY else ""
