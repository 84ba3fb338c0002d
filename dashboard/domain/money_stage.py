"""The stages of money, applied → granted → received, as indicators of the same money (`rules`, words)."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.domain.catalogue import Indicator, IndicatorKind, RollupMeasure

STAGES = {"amount_applied": "applied", "amount_granted": "granted", "amount_received": "received"}
"""Which field of a record states which stage, in the order of the chain."""


def stage_of(indicator: Indicator) -> str:
    """The stage whose amounts an indicator sums; "" for every other indicator."""
    rule = indicator.rollup
    if rule is None or rule.measure is not RollupMeasure.SUM or indicator.kind is not IndicatorKind.MONEY:
        return ""
    return STAGES.get(rule.field, "")


def stages(indicator: Indicator, indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """The indicators of the same money by stage, this one among them; empty where it has no other stage.

    The same money is what sums the same records at the same rhythm, and differs in the stage alone. A part
    of what was granted (the city's own share) is no stage.
    """
    rule = indicator.rollup
    if rule is None or not stage_of(indicator):
        return {}
    found = {
        stage_of(one): one
        for one in indicators
        if stage_of(one)
        and not one.retired
        and one.rollup is not None
        and (one.rollup.activity_kinds, one.rollup.where) == (rule.activity_kinds, rule.where)
        and one.frequency is indicator.frequency
    }
    ordered = {stage: found[stage] for stage in STAGES.values() if stage in found}
    return ordered if len(ordered) > 1 and indicator in ordered.values() else {}
