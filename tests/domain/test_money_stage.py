"""The stages of money, found by what the indicators of the shipped catalogue are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.config import DATA
from dashboard.domain.catalogue import Catalogue, Frequency
from dashboard.domain.money_stage import stage_of, stages
from dashboard.intake.catalogue import read_catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA / "catalogue")


def chain(catalogue: Catalogue, code: str) -> dict[str, str]:
    indicator = catalogue.indicator(code)
    assert indicator is not None
    return {stage: one.code for stage, one in stages(indicator, catalogue.indicators).items()}


def test_the_stages_of_the_same_grants_belong_together_in_their_order(catalogue: Catalogue) -> None:
    whole = {"applied": "funding_applied", "granted": "funding_granted", "received": "funding_received"}
    for code in whole.values():
        assert list(chain(catalogue, code).items()) == list(whole.items())


@pytest.mark.parametrize(
    "code",
    ["funding_granted_own_share", "funding_granted_abroad", "funding_secured", "funding_applications",
     "cost_total_spent"],
)  # fmt: skip
def test_a_part_a_cost_and_a_figure_of_its_own_have_no_stages(catalogue: Catalogue, code: str) -> None:
    assert chain(catalogue, code) == {}


def test_what_is_retired_or_of_another_rhythm_is_not_offered(catalogue: Catalogue) -> None:
    applied, granted, received = (
        one for one in catalogue.indicators if stage_of(one) in ("applied", "granted", "received")
    )
    others = [applied, replace(granted, retired=True), replace(received, frequency=Frequency.QUARTERLY)]
    assert stages(applied, others) == {}
    assert list(stages(applied, [received, others[1], applied])) == ["applied", "received"]
