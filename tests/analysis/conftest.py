"""Places of the analysis tests: designated to the day, by year only, and not at all."""

from __future__ import annotations

import pytest

from dashboard.domain.catalogue import Place
from dashboard.domain.period import Precision
from tests.analysis.literals import place_of


@pytest.fixture
def places() -> dict[str, Place]:
    listed = (
        place_of("viborg", "2019-10-30", reference_boundary="municipality"),
        place_of("tucson", "2015-12-11", reference_boundary="city"),
        place_of("karlsruhe", "2019-10-30", reference_boundary="city"),
        place_of("bristol", "2017-01-01", Precision.YEAR, reference_boundary="city"),
        place_of("linz", reference_boundary="city"),
    )
    return {place.slug: place for place in listed}
