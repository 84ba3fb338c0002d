"""A view of the past: on an old day each page says what was known at the end of it (N16)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from dashboard.domain.catalogue import Source
from dashboard.domain.observation import Draft, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.i18n import LANGUAGES, Translator
from dashboard.store.commands import define_sources, record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import current_revision
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.pages.conftest import DIALECTS, Application, OpenPage
from tests.pages.reading import body, raw, tables, words

INDICATOR = "festival_visits"
OLD, BETWEEN, NEW = "2024-01-10", "2024-02-20", "2024-03-01"
PAGES = (
    ("overview", {}),
    ("claim", {"claim": "attraction"}),
    ("indicator", {"indicator": INDICATOR}),
    ("compare", {"indicator": INDICATOR, "places": "linz"}),
)


def visits(value: float) -> Draft:
    return Draft(INDICATOR, "viborg", "own-count", Period.year(2022), value, unit="visits")


@pytest.fixture(scope="module", params=DIALECTS)
def store(request: pytest.FixtureRequest, databases: Databases) -> str:
    """Set up on 5 January; 41,234 visits were recorded on 10 January and corrected to 52,345 on 1 March."""
    url = databases.address(request.param, "real")
    engine = open_engine(url)
    with reading(engine) as connection:
        first = current_revision(connection)
    for value in (41_234, 52_345):
        with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
            define_sources(work, [Source("own-count", "Optælling")])
            record(work, [visits(value)], state=WorkflowState.APPROVED)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            guards = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in guards.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for revision, day in enumerate(("2024-01-05", OLD, NEW), start=first):
            connection.execute(
                text("UPDATE change_set SET recorded_at = :moment WHERE revision = :revision"),
                {"moment": f"{day} 12:00:00.000000", "revision": revision},
            )
    engine.dispose()
    return url


@pytest.fixture
def open_page(store: str, application: Application) -> OpenPage:
    application.show(store)
    return application.open


@pytest.mark.parametrize(("slug", "choices"), PAGES)
def test_each_day_has_its_own_value(open_page: OpenPage, slug: str, choices: dict[str, str]) -> None:
    days = [(OLD, "41.234", "52.345"), ("", "52.345", "")]
    if slug in ("indicator", "compare"):
        days += [(BETWEEN, "41.234", "52.345"), (NEW, "52.345", "")]
    for day, shown, hidden in days:
        page = open_page(slug, **choices, **({"known": day} if day else {}))
        assert not page.exception
        assert not page.error
        said = raw(page)
        assert shown in said, day
        assert not hidden or hidden not in said, day


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_of_the_past_says_so_on_every_page(open_page: OpenPage, language: str) -> None:
    said = Translator(language)("frame.past", day=date.fromisoformat(BETWEEN))
    for slug in ("overview", "claim", "indicator", "compare", "sources", "about"):
        assert said in words(open_page(slug, lang=language, known=BETWEEN)), slug
        assert 'class="notice past"' not in body(open_page(slug, lang=language)), slug


def test_before_the_value_was_recorded_there_is_none(open_page: OpenPage) -> None:
    said = raw(open_page("indicator", indicator=INDICATOR, known="2024-01-05"))
    assert "41.234" not in said
    assert "52.345" not in said


def test_the_history_tells_what_was_replaced(open_page: OpenPage) -> None:
    changes = tables(open_page("indicator", indicator=INDICATOR, lang="en"))[-1]
    assert [row[3:5] for row in changes[1:3]] == [["41,234 visits", "52,345 visits"], ["", "41,234 visits"]]
    assert changes[1][0].startswith("1 Mar 2024")
    changes = tables(open_page("indicator", indicator=INDICATOR, lang="en", known=BETWEEN))[-1]
    assert [row[3:5] for row in changes[1:2]] == [["", "41,234 visits"]]
    assert "52,345" not in str(changes)


def test_before_the_first_record_there_was_nothing(open_page: OpenPage) -> None:
    page = open_page("overview", known="2024-01-04", lang="en")
    assert len(page.error) == 1
    assert "4 January 2024" in page.error[0].value
    assert page.title[0].value == Translator("en")("frame.refused")
