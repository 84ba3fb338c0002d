"""An indicator as a person typed it, and an indicator as the texts of its form (see `definition_form`)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from dashboard.domain.activity import SDG_TARGET
from dashboard.domain.catalogue import (
    Accumulation,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    PopulationBasis,
    ResultLevel,
    ScaleStep,
    TimeAggregation,
    check_indicator,
)
from dashboard.domain.text import Text
from dashboard.i18n import Translator
from dashboard.intake.definition_form import (
    LANGUAGES,
    FormReader,
    Read,
    Typed,
    plain,
    typed_both,
    typed_day,
)
from dashboard.store.queries.catalogue import sdg_order

TEXTS = ("name", "definition", "rationale", "method", "limitations", "caveat", "owner")
CHOICES = {
    "kind": IndicatorKind,
    "direction": Direction,
    "accumulation": Accumulation,
    "time_aggregation": TimeAggregation,
    "frequency": Frequency,
    "result_level": ResultLevel,
    "population_basis": PopulationBasis,
}
FLAGS = ("proxy", "contested", "comparable_over_time", "comparable_between_places")
NUMERIC = ("decimals", "minimum", "maximum", "scale.value")
UNIT_OF = {
    IndicatorKind.MONEY: "currency",
    IndicatorKind.PERCENTAGE: "percent",
    IndicatorKind.YES_NO: "yes_no",
    IndicatorKind.SCORE: "score",
    IndicatorKind.NARRATIVE: "text",
}
"""Units that follow from the kind; only a number chooses its own."""
_SAID_BETTER = ("translation_missing", "claim_required", "money_without_currency")


def start_indicator(claim: str = "") -> Typed:
    """The form of an indicator that is not there yet: what most indicators are, the rest to be filled in."""
    texts: Typed = {"code": "", "claim": claim, "other_claims": [], "unit": "", "decimals": "0"}
    for name in TEXTS:
        texts |= typed_both(name, Text())
    return texts | {
        "kind": "number", "direction": "", "accumulation": "per_period", "time_aggregation": "sum",
        "frequency": "annual", "result_level": "", "population_basis": "none", "amec_stage": "",
        "proxy": False, "contested": False, "comparable_over_time": True, "comparable_between_places": False,
        "sdg_targets": "", "culture2030": [], "next_due": "", "next_review": "", "minimum": "",
        "maximum": "", "scale": [], "valid_from": "",
    }  # fmt: skip


def typed_indicator(indicator: Indicator, t: Translator) -> Typed:
    texts: Typed = {
        "code": indicator.code,
        "claim": indicator.claim,
        "other_claims": list(indicator.claims[1:]),
        "unit": indicator.unit,
        "decimals": plain(indicator.decimals, t),
        "amec_stage": indicator.amec_stage,
        "sdg_targets": ", ".join(indicator.sdg_targets),
        "culture2030": list(indicator.culture2030),
        "next_due": typed_day(indicator.next_due, t),
        "next_review": typed_day(indicator.next_review, t),
        "minimum": plain(indicator.minimum, t),
        "maximum": plain(indicator.maximum, t),
        "scale": [{"value": plain(s.value, t), "da": s.text.da, "en": s.text.en} for s in indicator.scale],
        "valid_from": typed_day(indicator.valid_from, t),
    }
    for name in TEXTS:
        texts |= typed_both(name, getattr(indicator, name))
    texts |= {name: getattr(indicator, name).value for name in CHOICES}
    return texts | {name: getattr(indicator, name) for name in FLAGS}


def read_indicator(
    typed: Mapping[str, Any], t: Translator, before: Indicator | None = None
) -> Read[Indicator]:
    """The indicator of the form; what the form does not ask (the register's rule, retirement) stays."""
    form = FormReader(typed, t)
    kind = form.one_of("kind", IndicatorKind)
    decimals = form.number("decimals", required=True)
    asked: dict[str, Any] = {
        "code": form.text("code", required=True),
        "claims": tuple(dict.fromkeys((form.text("claim", required=True), *form.many("other_claims")))),
        **{name: form.both(name, required=name != "caveat") for name in TEXTS},
        **{name: form.one_of(name, members) for name, members in CHOICES.items() if name != "kind"},
        **{name: form.truth(name) for name in FLAGS},
        **{name: form.day(name) for name in ("next_due", "next_review", "valid_from")},
        **{name: form.number(name) for name in ("minimum", "maximum")},
        "kind": kind,
        "unit": UNIT_OF.get(kind) or form.text("unit", required=True),
        "decimals": int(decimals or 0),
        "amec_stage": form.text("amec_stage"),
        "sdg_targets": tuple(sorted(form.many("sdg_targets"), key=sdg_order)),
        "culture2030": tuple(sorted(form.many("culture2030"))),
        "scale": _scale(form) if kind is IndicatorKind.SCORE else (),
    }
    indicator = Indicator(**asked) if before is None else dataclasses.replace(before, **asked)
    _check(form, indicator, decimals)
    return Read(indicator, tuple(form.problems))


def _scale(form: FormReader) -> tuple[ScaleStep, ...]:
    steps = []
    for row in form.rows("scale"):
        value = row.number("value", required=True)
        text = Text(row.text("da"), row.text("en"))
        for language, code in LANGUAGES.items():
            if not getattr(text, language):
                row.problem(code, language)
        steps.append(ScaleStep(value or 0.0, text))
        form.adopt(row.problems)
    if len({step.value for step in steps}) < len(steps):
        form.problem("listed_twice", "scale")
    return tuple(steps)


def _check(form: FormReader, indicator: Indicator, decimals: float | None) -> None:
    """The rules of the domain, but for those whose fields have said it already."""
    blank = {problem.field for problem in form.problems}
    found = [p for p in check_indicator(indicator) if not (p.field == "code" and "code" in blank)]
    form.adopt(found, _SAID_BETTER)
    if decimals is not None and (decimals != int(decimals) or not 0 <= decimals <= 6):
        form.problem("decimals_range", "decimals", given=decimals)
    for target in indicator.sdg_targets:
        if not SDG_TARGET.match(target):
            form.problem("sdg_target_form", "sdg_targets", given=target)
    begins, ends = indicator.valid_from, indicator.valid_to
    if begins and ends and ends < begins:
        form.problem("validity_reversed", "valid_from")
