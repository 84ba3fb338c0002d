"""The cities that the home city is held against: all with figures, so that nobody picks the fitting ones."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.analysis.peers import suggest
from dashboard.domain.catalogue import PlaceKind
from dashboard.ui import cached

MOST_PLACES = 60
"""So many others are read at most: those with a reason to be compared first (F40), then by name."""


@st.cache_resource(max_entries=64, show_spinner=False)
def pool(stamp: cached.Stamp, code: str, having: Literal["series", "dated"]) -> tuple[tuple[str, ...], int]:
    """The home city and the cities with a series (or a dated value) of an indicator; how many there are."""
    here = cached.world(stamp)
    found = cached.presence(stamp)
    held = set(found.loc[(found["indicator"] == code) & found[having], "place"]) - {here.home.slug}
    suggested = suggest(here.home, here.places.values(), here.populations, here.catalogue.claims)
    order = {peer.place: number for number, peer in enumerate(suggested)}
    cities = sorted(
        (s for s in held if here.places[s].kind in (PlaceKind.CITY, PlaceKind.MUNICIPALITY)),
        key=lambda slug: (order.get(slug, len(order)), slug),
    )
    return (here.home.slug, *cities[:MOST_PLACES]), len(cities)
