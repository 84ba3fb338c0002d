"""Opening a frozen pack by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.errors import InvalidChoiceError
from dashboard.reports.briefing import Briefing, digest, from_content
from dashboard.store.queries.briefings import load_briefing

if TYPE_CHECKING:
    from sqlalchemy import Connection


def opened(connection: Connection, code: str) -> Briefing:
    """The frozen pack of a code, as it was. Raises `InvalidChoiceError` for a code that nobody gave out, and
    where the content is not what was frozen."""
    kept = load_briefing(connection, code.strip().lower())
    if kept is None:
        raise InvalidChoiceError("error.briefing.code", what=code)
    if digest(kept.content) != kept.content_digest:
        raise InvalidChoiceError("error.briefing.broken", what=code)
    return from_content(kept.content)
