"""The packs of the demonstration, made once: what every format is tried on."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.briefing_pack import composed, freeze
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing
from dashboard.reports.compose import Choice
from dashboard.store.engine import open_engine, reading
from tests.conftest import Databases

Packs = dict[tuple[str, int], Briefing]


@pytest.fixture(scope="session")
def packs(databases: Databases) -> Packs:
    """By language and year: 2025 is without a published story, 2026 has one for each claim and says what has
    changed since 2025."""
    engine = open_engine(databases.address("sqlite", "demonstration"))
    made: Packs = {}
    for language in ("da", "en"):
        for year in (2025, 2026):
            choice = Choice(Period.year(year), address="https://byen.example")
            with reading(engine) as connection:
                made[language, year] = composed(
                    connection, LOCAL_ACTOR, choice, Translator(language), date(2026, 11, 1)
                )
            freeze(engine, LOCAL_ACTOR, made[language, year], "test")
    return made
