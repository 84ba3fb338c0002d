"""Who is here, in which language, and which state of the store they see: worked out anew at each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from dashboard.domain.catalogue import Place
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Permission
from dashboard.domain.text import Text
from dashboard.errors import DashboardError, InvalidChoiceError, StoreMissingError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui import address, cached
from dashboard.ui.cached import Stamp, World


@dataclass(frozen=True)
class Visit:
    """One run of one page for one person. `known` is the day as of which they look, None for now."""

    t: Translator
    actor: Actor
    stamp: Stamp
    world: World
    known: date | None

    @property
    def home(self) -> Place:
        return self.world.home


def translator() -> Translator:
    """The translator of the address; Danish where it names no language that we speak."""
    return Translator(address.language()[0])


def today() -> date:
    return datetime.now(UTC).date()


def guard(permission: Permission = Permission.READ) -> Visit:
    """The first line of every page: who is here, may they, and what do they see.

    A role for one claim opens the page (F79); what it shows and what its commands do is of that claim only.
    Raises `PermissionDeniedError`, `InvalidChoiceError` for an address that cannot be, and `StoreError`
    where there is no store to show.
    """
    actor = current_actor()
    actor.require_somewhere(permission)
    _, unknown = address.language()
    if unknown:
        raise InvalidChoiceError("error.address.lang", given=unknown, instead=", ".join(LANGUAGES))
    now = today()
    known = address.known_at(now)
    profile, revision = cached.store_profile()
    as_known_at = -1 if known is None else cached.revision_on(revision, known)
    if as_known_at == 0:
        raise InvalidChoiceError("error.address.nothing_known", day=known, name="known")
    stamp = Stamp(revision, as_known_at, False, (known or now).isoformat())
    world = cached.world(stamp)
    if profile.home_place not in world.places:
        raise StoreMissingError()
    return Visit(translator(), actor, stamp, world, known)


def known_at_or_none() -> date | None:
    """The day of the address; None is now, and where the address names no day that can be."""
    try:
        return address.known_at(today())
    except InvalidChoiceError:
        return None


def home_name() -> str:
    """What the city calls itself in the language of the address; nothing where no store can be read."""
    found = _world_now()
    home = found.places.get(found.profile.home_place) if found else None
    return translator().text(home.name) if home else ""


def names(kind: str) -> dict[str, str]:
    """What every claim, indicator or place is called, for a page that is refused."""
    found, t = _world_now(), translator()
    if found is None:
        return {}
    things: dict[str, Text] = {
        "claim": {claim.id: claim.name for claim in found.catalogue.claims},
        "indicator": {one.code: one.name for one in found.catalogue.indicators},
        "place": {slug: place.name for slug, place in found.places.items()},
    }[kind]
    return {key: t.text(name) for key, name in things.items()}


def _world_now() -> World | None:
    try:
        _, revision = cached.store_profile()
        return cached.world(Stamp(revision, -1, False, today().isoformat()))
    except DashboardError:
        return None


def current_actor() -> Actor:
    """The person of this session: in local mode the one person there is."""
    return LOCAL_ACTOR
