"""The board and the tables of figures that disagree, from literals."""

from __future__ import annotations

import pytest

from dashboard.ui.cards import contested_groups
from tests.analysis.literals import frame_of


def groups(*rows: dict[str, object]) -> list[list[int]]:
    """The numbers (from 1) of the rows in each group of values that disagree."""
    return [[int(n) for n in group["observation"]] for group in contested_groups(frame_of(*rows))]


ONE = {"year": 2016, "value": 331_000.0, "source": "council"}
OTHER = {"year": 2016, "value": 330_000.0, "source": "press"}


def test_two_sources_for_one_period_disagree() -> None:
    assert groups(ONE, OTHER) == [[1, 2]]
    assert groups(ONE | {"preferred": True}, OTHER) == [[1, 2]]


@pytest.mark.parametrize(
    "other",
    [
        OTHER | {"year": 2017},
        OTHER | {"place": "linz"},
        OTHER | {"disaggregation": "origin=abroad"},
        OTHER | {"source": "council", "method": "other"},
        OTHER | {"kind": "target"},
        OTHER | {"kind": "forecast"},
        OTHER | {"value": float("nan")},
    ],
)
def test_another_fact_does_not_disagree(other: dict[str, object]) -> None:
    assert groups(ONE, other) == []


def test_a_preferred_value_stands_beside_all_that_overlap_it() -> None:
    financial = {
        "start": "2017-04-01",
        "end": "2018-03-31",
        "value": 15.2,
        "preferred": True,
        "source": "film",
    }
    profile = {"start": "2016-01-01", "end": "2017-12-31", "value": 258.0, "source": "profile"}
    later = {"start": "2019-04-01", "end": "2020-03-31", "value": 17.0, "source": "film"}
    assert groups(financial, profile, later) == [[1, 2]]
    assert groups(financial | {"preferred": False}, profile, later) == []


def test_one_source_that_overlaps_itself_is_no_conflict() -> None:
    assert groups(ONE | {"preferred": True}, ONE | {"value": 1.0, "method": "other"}) == []


def test_values_flagged_as_in_conflict_belong_together_whatever_their_period() -> None:
    flagged = ONE | {"flags": "conflict:kick-off;x"}
    assert groups(flagged, OTHER | {"year": 2019, "flags": "conflict:kick-off"}) == [[1, 2]]
    assert groups(flagged, OTHER | {"year": 2019, "flags": "conflict:another"}) == []


def test_contested_measures_stand_together_where_one_is_preferred() -> None:
    chosen = ONE | {"flags": "contested", "preferred": True}
    assert groups(chosen, OTHER | {"year": 2019, "flags": "contested"}) == [[1, 2]]
    assert groups(chosen | {"preferred": False}, OTHER | {"year": 2019, "flags": "contested"}) == []


def test_undated_values_do_not_disagree_for_want_of_a_time() -> None:
    undated = {"value": 1.0, "source": "council"}
    assert groups(undated, undated | {"source": "press", "value": 2.0}) == []


def test_each_value_stands_in_one_group_only() -> None:
    found = groups(
        ONE | {"preferred": True, "flags": "conflict:a"}, OTHER | {"flags": "conflict:a"},
        OTHER | {"source": "third"},
    )  # fmt: skip
    assert found == [[1, 2, 3]]


def test_no_value_no_conflict() -> None:
    assert groups() == []
