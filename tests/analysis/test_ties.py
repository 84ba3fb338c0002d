"""Ties between cities: what counts as one, who started it, whether it lives (N9)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.ties import Network, Reciprocity, Tie, network
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Place
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from tests.analysis.literals import place_of

TODAY = date(2026, 1, 1)


def record(key: str, *partners: str, day: str = "2024-05-01", **fields: object) -> Activity:
    given: dict[str, object] = {"kind": ActivityKind.EXCHANGE, "place": "viborg"} | fields
    return Activity(
        key=key, title=Text(key, key), period=Period.day(date.fromisoformat(day)),
        partner_places=partners, **given,  # type: ignore[arg-type]
    )  # fmt: skip


def tie(found: Network, partner: str) -> Tie:
    return next(one for one in (*found.ties, *found.contacts) if one.partner == partner)


def test_both_took_the_initiative_when_each_did_once_or_both_at_once() -> None:
    found = network(
        [
            record("a", "tucson", direction="outgoing"), record("b", "tucson", direction="incoming"),
            record("c", "linz", direction="mutual"),
            record("d", "bristol", direction="outgoing"),
            record("e", "karlsruhe", direction="incoming"),
            record("f", "york"),
        ],
        "viborg",
    )  # fmt: skip
    assert {one.partner: one.reciprocity for one in found.ties} == {
        "tucson": Reciprocity.BOTH,
        "linz": Reciprocity.BOTH,
        "bristol": Reciprocity.FROM_HOME,
        "karlsruhe": Reciprocity.FROM_PARTNER,
        "york": Reciprocity.UNKNOWN,
    }
    assert found.with_reciprocity(Reciprocity.BOTH) == 2
    assert found.ties[0].partner == "tucson", "the strongest first"


def test_a_contact_without_joint_output_or_exchange_of_persons_is_no_tie() -> None:
    found = network(
        [
            record("mail", "linz", kind=ActivityKind.PARTNERSHIP, joint_output=False, direction="mutual"),
            record("work", "york", kind=ActivityKind.PARTNERSHIP, joint_output=True),
            record("trip", "bristol", kind=ActivityKind.EVENT, people_sent=2.0),
        ],
        "viborg",
    )
    assert {one.partner for one in found.ties} == {"york", "bristol"}
    assert [one.partner for one in found.contacts] == ["linz"]


def test_what_is_planned_cancelled_or_repeated_makes_no_tie() -> None:
    found = network(
        [
            record("planned", "linz", state=ActivityState.PLANNED),
            record("cancelled", "york", state=ActivityState.CANCELLED),
            record("kept", "tucson"),
            record("again", "tucson", same_as="kept"),
        ],
        "viborg",
    )
    assert [(one.partner, len(one.records)) for one in found.ties] == [("tucson", 1)]


def test_where_another_place_hosts_it_is_the_partner() -> None:
    found = network([record("theirs", "viborg", "york", place="linz")], "viborg")
    assert {one.partner for one in found.ties} == {"linz", "york"}
    assert dict(found.together) == {("linz", "york"): 1}


def test_records_between_others_are_not_ours() -> None:
    assert network([record("theirs", "york", place="linz")], "viborg").ties == ()


def test_alive_is_told_only_when_24_months_have_passed() -> None:
    def of(*days: str) -> bool | None:
        records = [record(day, "linz", day=day) for day in days]
        return tie(network(records, "viborg"), "linz").alive(TODAY)

    assert of("2022-01-01", "2024-01-01") is True
    assert of("2022-01-01", "2023-12-31") is False
    assert of("2024-01-02") is None
    assert of("2024-01-01") is False, "due today, and nothing new"
    found = network([record("a", "linz", day="2020-01-01"), record("b", "york", day="2025-12-01")], "viborg")
    assert found.surviving(TODAY) == (0, 1)


def test_an_undated_tie_is_neither_alive_nor_dead() -> None:
    undated = Activity(
        "u", ActivityKind.EXCHANGE, "viborg", Text("u", "u"), Period(), partner_places=("linz",)
    )
    found = tie(network([undated], "viborg"), "linz")
    assert (found.first, found.last, found.alive(TODAY)) == (None, None, None)


def test_outside_europe_is_counted_where_the_country_is_known() -> None:
    places = {slug: place_of(slug) for slug in ("linz", "tucson", "nowhere")}
    countries = {"linz": "AT", "tucson": "US", "nowhere": ""}
    places = {slug: Place(slug, place.kind, place.name, countries[slug]) for slug, place in places.items()}
    found = network([record("a", *countries)], "viborg")
    assert found.outside_europe(places) == 1


@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(["linz", "york", "tucson", "bristol"]), max_size=3),
            st.sampled_from(["", "outgoing", "incoming", "mutual"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_the_order_of_records_does_not_matter(rows: list[tuple[set[str], str, bool]]) -> None:
    records = [
        record(f"r{n}", *sorted(partners), direction=direction, joint_output=joint, day=f"2024-01-{n + 1:02}",
               kind=ActivityKind.PARTNERSHIP)
        for n, (partners, direction, joint) in enumerate(rows)
    ]  # fmt: skip
    forwards, backwards = network(records, "viborg"), network(records[::-1], "viborg")
    assert forwards == backwards
    assert sum(forwards.with_reciprocity(one) for one in Reciprocity) == len(forwards.ties)
    assert all(len(set(pair)) == 2 for pair in forwards.together)
