"""What a person may do with the values of one claim's indicators (F79), asked of codes and of rows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, select, true

from dashboard.domain.catalogue import Indicator
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import PermissionDeniedError
from dashboard.store import schema
from dashboard.store.queries.catalogue import load_catalogue
from dashboard.store.queries.scope import Scope


class ClaimRights:
    """Permissions by the primary claim of an indicator; the catalogue is read only where a role of the
    actor's holds for one claim."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._actor = actor
        indicators: Mapping[str, Indicator] = {}
        if actor.claim_roles:
            catalogue = load_catalogue(connection, Scope())
            indicators = {indicator.code: indicator for indicator in catalogue.indicators}
        self._indicators = indicators

    def may(self, permission: Permission, indicator: str) -> bool:
        found = self._indicators.get(indicator)
        return self._actor.may(permission, found.claim if found is not None else "")

    def require(self, permission: Permission, indicator: str) -> None:
        if not self.may(permission, indicator):
            raise PermissionDeniedError(permission=permission.value, name=self._actor.name)

    def within(self, permission: Permission) -> ColumnElement[bool]:
        """The observations of those indicators for which the actor may: a condition on `observation`."""
        if self._actor.may(permission):
            return true()
        codes = [code for code in self._indicators if self.may(permission, code)]
        wanted = select(schema.indicator.c.id).where(schema.indicator.c.code.in_(codes))
        return schema.observation.c.indicator_id.in_(wanted)
