"""Every problem of a record of the register."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.activity import (
    AMOUNTS,
    COUNTS,
    LIMITS,
    SDG_TARGET,
    Activity,
    ActivityKind,
    Mechanism,
    check_activity,
)
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text

GRANT = Activity(
    "grant-1", ActivityKind.GRANT, "viborg", Text("Tilskud"), Period.year(2024), currency="DKK",
    amount_granted=100.0,
)  # fmt: skip
ACTION = Activity(
    "sdg-1", ActivityKind.SDG_ACTION, "viborg", Text("", "Action"), Period(), sdg_targets=("11.4", "4"),
    primary_sdg="11.4",
)  # fmt: skip


@pytest.mark.parametrize("activity", [GRANT, ACTION, replace(GRANT, granted_own_share=100.0)])
def test_a_sound_record_has_no_problem(activity: Activity) -> None:
    assert check_activity(activity) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"key": "Grant 1"}, "slug_form", "key"),
        ({"key": "grant-1\n"}, "slug_form", "key"),
        ({"key": "x" * 121}, "text_too_long", "key"),
        ({"place": ""}, "place_required", "place"),
        ({"title": Text()}, "name_required", "title"),
        ({"period": Period(dt.date(2024, 1, 1))}, "period_without_precision", "period"),
        ({"amount_granted": -1.0}, "number_negative", "amount_granted"),
        ({"reach": math.nan}, "number_negative", "reach"),
        ({"participants": 1e17}, "number_negative", "participants"),
        ({"currency": ""}, "currency_with_unit", "currency"),
        ({"amount_granted": None}, "currency_with_unit", "currency"),
        ({"currency": "kr."}, "currency_code", "currency"),
        ({"country": "Danmark"}, "country_code", "country"),
        ({"granted_own_share": 101.0}, "own_share_above_total", "granted_own_share"),
        ({"sdg_targets": ("18",)}, "sdg_target_form", "sdg_targets"),
        ({"primary_sdg": "4"}, "primary_sdg_not_listed", "primary_sdg"),
        ({"kind": ActivityKind.SDG_ACTION}, "primary_sdg_required", "primary_sdg"),
        ({"same_as": "grant-1"}, "same_as_itself", "same_as"),
        ({"claims": ("media", "media")}, "listed_twice", "claims"),
        ({"sdg_targets": ("4", "4")}, "listed_twice", "sdg_targets"),
        ({"partner_places": ("tucson", "tucson")}, "listed_twice", "partner_places"),
        ({"mechanisms": (Mechanism.PARTNERS, Mechanism.PARTNERS)}, "listed_twice", "mechanisms"),
        ({"culture2030": ("x" * 41,)}, "code_too_long", "culture2030"),
        ({"note": "nul\x00"}, "text_unprintable", "note"),
        ({"title": Text("Tilskud", "Grant\x1b")}, "text_unprintable", "title"),
        ({"organisation": "x" * 201}, "text_too_long", "organisation"),
    ],
)
def test_problems_of_a_record(change: dict[str, Any], code: str, field: str) -> None:
    assert [(p.code, p.field) for p in check_activity(replace(GRANT, **change))] == [(code, field)]


@pytest.mark.parametrize("name", [*AMOUNTS, *COUNTS])
def test_no_number_of_a_record_is_negative(name: str) -> None:
    problems = check_activity(replace(GRANT, **{name: -0.5}))
    assert ("number_negative", name) in {(p.code, p.field) for p in problems}


@pytest.mark.parametrize("target", ["1", "17", "11.4", "11.a", "16.10", "17.19"])
def test_goals_and_targets(target: str) -> None:
    assert SDG_TARGET.match(target)


@pytest.mark.parametrize("target", ["", "0", "18", "11.", "11.e", "11.0", "11.20", "11.4\n", "4.7.1", " 4"])
def test_neither_goals_nor_targets(target: str) -> None:
    assert not SDG_TARGET.match(target)


anything = st.text(st.characters())
numbers = st.none() | st.floats() | st.integers() | st.just(10**400)
codes = st.lists(anything).map(tuple)
days = st.none() | st.dates()


@given(
    st.builds(
        Activity,
        key=anything, kind=st.sampled_from(ActivityKind), place=anything,
        title=st.builds(Text, anything, anything),
        period=st.builds(Period, days, days, st.sampled_from(Precision)), country=anything,
        currency=anything, primary_sdg=anything, sdg_targets=codes, claims=codes, culture2030=codes,
        partner_places=codes, same_as=anything, note=anything,
        **{name: anything for name in LIMITS if name not in ("key", "same_as")},
        **dict.fromkeys((*AMOUNTS, *COUNTS), numbers),
    )
)  # fmt: skip
def test_checking_never_raises(activity: Activity) -> None:
    assert all(isinstance(problem, Problem) for problem in check_activity(activity))
