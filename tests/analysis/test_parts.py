"""Splits against their whole, and percentages against their bases."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.parts import Split, pooled_percentage, splits
from dashboard.domain.catalogue import IndicatorKind, TimeAggregation
from tests.analysis.literals import frame_of, indicator_of

VISITS = indicator_of()
SHARE = indicator_of(kind=IndicatorKind.PERCENTAGE)


def part(name: str, value: float | None, dimension: str = "origin", **more: object) -> dict[str, object]:
    return {"year": 2023, "disaggregation": f"{dimension}={name}", "value": value} | more


def whole(value: float, **more: object) -> dict[str, object]:
    return {"year": 2023, "value": value} | more


UNKNOWN = part("unknown", None, missing_reason="not_collected")


def one(*rows: dict[str, object], indicator=VISITS) -> Split:
    found = splits(frame_of(*rows), indicator)
    assert len(found) == 1
    return found[0]


def test_parts_that_add_up_and_parts_that_do_not() -> None:
    found = one(whole(100), part("local", 60), part("abroad", 40))
    assert (found.code, found.total, found.difference) == ("adds_up", 100, 0)
    found = one(whole(100), part("local", 60), part("abroad", 50))
    assert (found.code, found.difference) == ("differs", 10)


def test_what_is_in_no_part_is_named_and_what_is_too_much_as_well() -> None:
    short = one(whole(100), part("local", 60), part("abroad", 30))
    assert (short.unassigned, short.surplus) == (10, None)
    long = one(whole(100), part("local", 60), part("abroad", 50))
    assert (long.unassigned, long.surplus) == (None, 10)
    rounded = one(whole(100), part("a", 33), part("b", 33), part("c", 33))
    assert (rounded.unassigned, rounded.surplus) == (None, None)
    missing = one(whole(100), part("local", 60), part("abroad", None, missing_reason="not_collected"))
    assert [(m.part, m.value, m.missing_reason) for m in missing.members] == [
        ("origin=local", 60, ""), ("origin=abroad", None, "not_collected"),
    ]  # fmt: skip


def test_rounding_is_allowed_half_a_unit_a_number() -> None:
    assert one(whole(100), part("a", 33), part("b", 33), part("c", 33)).code == "adds_up"
    assert one(whole(103), part("a", 33), part("b", 33), part("c", 33)).code == "differs"
    exact = indicator_of(decimals=2)
    assert one(whole(100), part("a", 33), part("b", 33), part("c", 33), indicator=exact).code == "differs"


def test_a_part_without_a_value_makes_it_incomplete() -> None:
    found = one(whole(100), part("local", 100), part("abroad", None, missing_reason="not_collected"))
    assert (found.code, found.missing) == ("incomplete", 1)


def test_what_a_missing_part_may_hold_is_not_called_unassigned() -> None:
    """Of 100 one part has 60; the other is unknown and may be the 40."""
    found = one(whole(100), part("local", 60), UNKNOWN)
    assert (found.code, found.unassigned, found.surplus) == ("incomplete", None, None)
    assert (found.total, found.whole, found.difference) == (60, 100, -40)


def test_known_parts_beyond_the_whole_are_too_much_whatever_is_missing() -> None:
    found = one(whole(100), part("a", 60), part("b", 45), UNKNOWN)
    assert (found.code, found.unassigned, found.surplus) == ("incomplete", None, 5)
    # Three rounded numbers, two known parts and the whole, may be 1.5 off; the unknown one adds nothing.
    near = one(whole(100), part("a", 60), part("b", 41), UNKNOWN)
    assert (near.code, near.surplus) == ("incomplete", None)
    assert one(whole(100), part("a", 60), part("b", 42), UNKNOWN).surplus == 2
    shares = one(part("a", 70), part("b", 40), UNKNOWN, indicator=SHARE)
    assert (shares.code, shares.surplus) == ("incomplete", 10)


@pytest.mark.parametrize(
    ("name", "other"), [("kind", "estimate"), ("boundary", "region"), ("method", "by hand")]
)
def test_what_is_another_fact_is_another_split(name: str, other: str) -> None:
    """Recorded 60 + 40 = 100 beside an estimate of 55 + 45 = 100 is two splits, not one of 200."""
    rows = [
        whole(100), part("local", 60), part("abroad", 40),
        whole(100, **{name: other}), part("local", 55, **{name: other}), part("abroad", 45, **{name: other}),
    ]  # fmt: skip
    found = splits(frame_of(*rows), VISITS)
    assert [(s.code, s.total, s.whole, s.parts) for s in found] == [("adds_up", 100, 100, 2)] * 2
    assert {getattr(s, name) for s in found} == {"actual" if name == "kind" else "", other}


def test_a_method_that_is_about_its_part_does_not_take_the_split_apart() -> None:
    """Karlsruhe's audience again: the method of each share says whose share it is."""
    parts = [part(name, 50, method=f"survey: {name}") for name in ("city", "region")]
    found = one(*parts, indicator=SHARE)
    assert (found.code, found.method) == ("adds_up", "")
    found = one(whole(100, method="counted"), *parts)
    assert (found.code, found.whole) == ("adds_up", 100)
    two = [whole(100, method="counted"), whole(90, method="estimated")]
    assert one(*two, *parts).code == "no_whole"  # it is not for us to choose


def test_another_version_of_the_method_is_no_other_fact() -> None:
    """A fact has one value, whichever version of its method it was made by (`Draft.natural_key`)."""
    found = one(whole(100, method_version="2"), part("local", 60), part("abroad", 40, method_version="2"))
    assert (found.code, found.parts) == ("adds_up", 2)


def test_each_source_and_each_set_of_dimensions_stands_for_itself() -> None:
    rows = [
        whole(100), part("local", 60), part("abroad", 40), part("young", 10, "age"), part("old", 95, "age"),
        part("local", 1, source="source-b"), part("abroad", 1, source="source-b"),
    ]  # fmt: skip
    found = {(s.source, s.dimensions): s.code for s in splits(frame_of(*rows), VISITS)}
    assert found == {
        ("source-a", ("origin",)): "adds_up", ("source-a", ("age",)): "differs",
        ("source-b", ("origin",)): "no_whole",
    }  # fmt: skip


def test_a_target_is_no_part_and_a_single_part_no_split() -> None:
    assert splits(frame_of(whole(100), part("local", 60)), VISITS) == ()
    rows = [whole(100), part("local", 60), part("abroad", 40), part("moon", 9, kind="target")]
    assert one(*rows).code == "adds_up"


def test_shares_of_one_whole_add_up_to_a_hundred() -> None:
    """The audience of Karlsruhe's festival in 2016: 44, 32, 19 and 5 per cent."""
    shares = [("city", 44), ("region", 32), ("country", 19), ("abroad", 5)]
    found = one(*(part(name, value) for name, value in shares), indicator=SHARE)
    assert (found.code, found.basis, found.whole, found.total) == ("adds_up", "shares", 100, 100)
    assert one(part("a", 61), part("b", 30), indicator=SHARE).code == "differs"


def test_rates_in_groups_are_not_shares() -> None:
    """Awareness of 40 per cent among the young and 60 among the old need not add up to anything."""
    young = part("young", 40, "age", numerator=40, denominator=100)
    old = part("old", 60, "age", numerator=180, denominator=300)
    found = one(whole(55, numerator=220, denominator=400), young, old, indicator=SHARE)
    assert (found.code, found.basis, found.total) == ("adds_up", "numerators", 220)
    off = one(whole(44, numerator=220, denominator=500), young, old, indicator=SHARE)
    assert (off.code, off.total, off.whole) == ("differs", 400, 500)
    assert one(whole(55), young, old, indicator=SHARE).code == "no_whole"
    plain = one(whole(55), part("young", 40, "age"), part("old", 60, "age"), indicator=SHARE)
    assert plain.code == "no_whole"


def test_means_and_scores_do_not_add_up() -> None:
    rows = frame_of(whole(5), part("a", 5), part("b", 5))
    assert splits(rows, indicator_of(kind=IndicatorKind.SCORE)) == ()
    assert splits(rows, indicator_of(time_aggregation=TimeAggregation.MEAN)) == ()


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_a_pooled_percentage_is_of_all_people_together(drawn: list[tuple[int, int]]) -> None:
    pairs = [(min(a, b), b) for a, b in drawn]
    frame = pd.DataFrame(pairs, columns=["numerator", "denominator"], dtype="float64")
    people = [n < a for a, b in pairs for n in range(b)]
    pooled = pooled_percentage(frame)
    assert pooled is not None
    assert pooled.percent == pytest.approx(100 * sum(people) / len(people))


def test_without_every_base_there_is_no_pooled_percentage() -> None:
    frame = pd.DataFrame({"numerator": [1.0, None], "denominator": [2.0, 5.0]})
    assert pooled_percentage(frame) is None
    assert pooled_percentage(frame.iloc[:0]) is None
