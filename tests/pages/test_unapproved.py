"""What nobody has approved is on no page, in no picture and in no count."""

from __future__ import annotations

import pytest

from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.store.commands import define_sources, record
from dashboard.store.engine import open_engine
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.pages.conftest import DIALECTS, Application, OpenPage
from tests.pages.reading import raw, tables

INDICATOR = "creative_companies"
VALUES = {WorkflowState.DRAFT: 4747, WorkflowState.SUBMITTED: 4949, WorkflowState.RETURNED: 4343}
ADDRESSES = (
    ("overview", {}),
    ("claim", {"claim": "political-focus"}),
    ("indicator", {"indicator": INDICATOR}),
    ("compare", {"indicator": INDICATOR, "places": "karlsruhe"}),
    ("compare", {"indicator": INDICATOR, "places": "karlsruhe", "axis": "designation"}),
    ("sources", {}),
)


def write(url: str, state: WorkflowState, *drafts: Draft) -> None:
    engine = open_engine(url)
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        record(work, drafts, state=state)
    engine.dispose()


def companies(value: float, year: int, source: str = "witness") -> Draft:
    return Draft(
        INDICATOR, "viborg", source, Period.year(year), value, unit="companies", note=f"note of {value:.0f}"
    )


@pytest.fixture(scope="module", params=DIALECTS)
def store(request: pytest.FixtureRequest, databases: Databases) -> str:
    """The real store with one value of each kind that nobody has approved, and one that somebody has."""
    url = databases.address(request.param, "real")
    engine = open_engine(url)
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        define_sources(work, [Source("witness", "Vidnet"), Source("other", "Et andet vidne")])
    engine.dispose()
    for number, (state, value) in enumerate(VALUES.items()):
        write(url, state, companies(value, 2020 + number))
    write(url, WorkflowState.APPROVED, companies(4141, 2023))
    write(url, WorkflowState.SUBMITTED, companies(4545, 2023))  # supersedes it, once somebody approves
    return url


@pytest.fixture
def open_page(store: str, application: Application) -> OpenPage:
    application.show(store)
    return application.open


@pytest.mark.parametrize(("slug", "choices"), ADDRESSES)
def test_what_nobody_approved_is_nowhere(open_page: OpenPage, slug: str, choices: dict[str, str]) -> None:
    page = open_page(slug, **choices)
    assert not page.exception
    assert not page.error
    said = raw(page)
    for value in (*VALUES.values(), 4545):
        for written in (str(value), f"{value // 1000}.{value % 1000:03}", f"note of {value}"):
            assert written not in said, written
    assert slug == "sources" or "4.141" in said, "what was approved is there"


def test_what_nobody_approved_is_in_no_count(open_page: OpenPage) -> None:
    page = open_page("sources", q="Vidnet")
    (row,) = tables(page)[0][1:]
    assert row[:2] == ["Vidnet", "1"]
