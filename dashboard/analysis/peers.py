"""Places worth comparing with, and why (F40). A suggestion, never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.domain.catalogue import Claim, Place, PlaceKind, Population

SIZE_CLASSES = ((50_000, "xs"), (250_000, "s_m"), (500_000, "l"), (1_000_000, "xl"))
"""Peer groups by inhabitants as in the JRC's Cultural and Creative Cities Monitor, and one below them."""

REASONS = ("named", "same_field", "same_size", "same_country")


@dataclass(frozen=True, slots=True)
class Peer:
    """`reasons` are codes under ``peer``, in the order of `REASONS`."""

    place: str
    reasons: tuple[str, ...]


def suggest(
    home: Place, places: Iterable[Place], populations: Sequence[Population], claims: Iterable[Claim] = ()
) -> tuple[Peer, ...]:
    """Cities with a reason to stand beside `home`: those the claims name first, then by number of reasons.

    A city needs two reasons, or to be named in a claim's quotation, or to lie in the same country; size or
    field alone is no reason.
    """
    quotations = " ".join(f"{claim.quotation.da} {claim.quotation.en}" for claim in claims)
    own_size = size_class(home, populations)
    own_fields = _fields(home)
    found = []
    for place in places:
        if place.slug == home.slug or place.kind not in (PlaceKind.CITY, PlaceKind.MUNICIPALITY):
            continue
        names = {place.name.da, place.name.en} - {""}
        holds = {
            "named": any(name in quotations for name in names),
            "same_field": bool(own_fields & _fields(place)),
            "same_size": bool(own_size) and size_class(place, populations) == own_size,
            "same_country": bool(home.country) and home.country == place.country,
        }
        reasons = tuple(reason for reason in REASONS if holds[reason])
        if len(reasons) > 1 or holds["named"] or holds["same_country"]:
            found.append(Peer(place.slug, reasons))
    return tuple(sorted(found, key=lambda p: ("named" not in p.reasons, -len(p.reasons), p.place)))


def size_class(place: Place, populations: Sequence[Population]) -> str:
    """The size class of a place by its reference boundary's latest population; "" where unknown."""
    own = [p for p in populations if p.place == place.slug and p.boundary == place.reference_boundary]
    latest = max(own, key=lambda p: (p.day is not None, p.day.toordinal() if p.day else 0), default=None)
    if latest is None:
        return ""
    return next((name for limit, name in SIZE_CLASSES if latest.value < limit), "xxl")


def _fields(place: Place) -> set[str]:
    """The creative fields that a place holds now."""
    return {membership.field.value for membership in place.fields if membership.valid_to is None}
