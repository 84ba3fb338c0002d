"""Choosing: each picker shows what the address says and writes what a person chooses back into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.domain.catalogue import Claim, Indicator, Place
from dashboard.ui import address, cached
from dashboard.ui.session import Visit

AXES = ("calendar", "designation")
MEMBERS = ("all", "known")
REST = ("none", "band")
PRICES = ("paid", "constant", "ppp")
VIEWS = ("published", "per", "index", "currency", "baseline", "network", "festival")


def claim(visit: Visit) -> Claim:
    """The claim of the address; the first one without."""
    claims = {claim.id: claim for claim in visit.world.catalogue.claims}
    chosen = one(
        visit.t("pick.claim"), "claim", list(claims),
        lambda id: f"{claims[id].number}. {visit.t.text(claims[id].name)}",
    )  # fmt: skip
    return claims[chosen]


def indicator(visit: Visit, default: str = "", computed: bool = False) -> Indicator:
    """The indicator of the address; `default`, else the first, without. With `computed` those that are
    computed from others can be chosen as well; they stand last."""
    t, world = visit.t, visit.world
    numbers = {c.id: str(c.number) for c in world.catalogue.claims}
    names = {i.code: f"{numbers[i.claim]} · {t.text(i.name)}" for i in world.catalogue.indicators}
    if computed:
        made = (one.indicator for one in world.measures.computed.values())
        names |= {i.code: f"{t('formula.chosen')} · {t.text(i.name)}" for i in made}
    chosen = one(t("pick.indicator"), "indicator", list(names), lambda code: names[code], default or None)
    return world.indicator(chosen)


def place(visit: Visit, slugs: Sequence[str]) -> Place:
    """One place of those that have values; the home city without a choice."""
    home = visit.home.slug
    options = [home, *[slug for slug in by_name(visit, slugs) if slug != home]]
    known = list(visit.world.places)
    given = address.read("place")
    if given and given in known and given not in options:
        options.append(given)
    chosen = one(visit.t("pick.place"), "place", options, lambda s: visit.t.text(visit.world.places[s].name))
    return visit.world.places[chosen]


def places(visit: Visit, slugs: Sequence[str], default: Sequence[str]) -> list[str]:
    """Several places beside the home city, which is always there and always first."""
    home = visit.home.slug
    others = [slug for slug in by_name(visit, slugs) if slug != home]
    known = [slug for slug in visit.world.places if slug != home]
    chosen = address.several_of("places", known, [slug for slug in default if slug != home])
    options = others + [slug for slug in chosen if slug not in others]
    st.session_state["places"] = chosen
    st.multiselect(
        visit.t("pick.places", city=visit.home.name), options, key="places", max_selections=12,
        format_func=lambda slug: visit.t.text(visit.world.places[slug].name),
        placeholder=visit.t("pick.places_empty"), on_change=write, args=("places",),
    )  # fmt: skip
    return [home, *chosen]


def axis(visit: Visit) -> str:
    return _segment(visit, "axis", AXES)


def view(visit: Visit, options: Sequence[str] = VIEWS) -> str:
    return _segment(visit, "view", options)


def prices(visit: Visit) -> str:
    return _segment(visit, "prices", PRICES)


def currency(visit: Visit, options: Sequence[str]) -> str:
    """The money that amounts are given in; nothing is asked where there is one only."""
    if len(options) < 2:
        return address.one_of("currency", options)
    return one(visit.t("pick.currency"), "currency", options, lambda c: f"{visit.t.currency_name(c)} ({c})")


def members(visit: Visit) -> str:
    return _segment(visit, "members", MEMBERS)


def rest(visit: Visit) -> str:
    return _segment(visit, "rest", REST)


def base_year(visit: Visit, years: Sequence[int]) -> int | None:
    """The year that becomes 100, among those with values."""
    given = address.number("base", 1900, 2100)
    options = sorted(set(years) | ({given} if given else set()))
    if not options:
        return None
    st.session_state["base"] = given or options[0]
    st.selectbox(visit.t("pick.base"), options, key="base", on_change=write, args=("base",))
    return int(st.session_state["base"])


def claim_number(visit: Visit, wanted: Indicator) -> int:
    """The number of the claim that an indicator serves first."""
    return next(claim.number for claim in visit.world.catalogue.claims if claim.id == wanted.claim)


def by_name(visit: Visit, slugs: Sequence[str]) -> list[str]:
    """Places in the alphabetical order of the language."""
    t = visit.t
    return sorted(set(slugs), key=lambda slug: t.sort_key(t.text(visit.world.places[slug].name)))


def with_values(visit: Visit, code: str) -> list[str]:
    """The places that have any value of an indicator."""
    found = cached.presence(visit.stamp)
    return list(found.loc[found["indicator"] == code, "place"])


def one(
    label: str, name: str, options: Sequence[str], words: Callable[[str], str], default: str | None = None
) -> str:
    chosen = address.one_of(name, options, default)
    st.session_state[name] = chosen
    st.selectbox(label, options, key=name, format_func=words, on_change=write, args=(name,))
    return chosen


def _segment(visit: Visit, name: str, options: Sequence[str]) -> str:
    chosen = address.one_of(name, options)
    st.session_state[name] = chosen
    st.segmented_control(
        visit.t(f"pick.{name}.label"), options, key=name, required=True,
        format_func=lambda option: visit.t(f"pick.{name}.{option}"), on_change=write, args=(name,),
    )  # fmt: skip
    return chosen


def write(name: str) -> None:
    address.write(**{name: st.session_state[name]})
