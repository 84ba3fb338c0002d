"""The pack that a timer writes: the last finished quarter, once, and always completed from the same pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.reports.formats import WRITERS, PackFormat
from dashboard.scheduled_pack import Scheduled, last_quarter, told, write_last_quarter
from dashboard.store.commands import record
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import load_briefings
from dashboard.store.work import unit_of_work
from tests import sample
from tests.conftest import Databases

T = Translator("da")
TODAY = date(2024, 2, 1)


@pytest.fixture
def city(databases: Databases) -> Iterator[Engine]:
    made = open_engine(databases.address("sqlite", "filled"))
    yield made
    databases.drop(made)


def run(city: Engine, folder: Path, *formats: str, today: date = TODAY) -> Scheduled:
    return write_last_quarter(city, LOCAL_ACTOR, folder, formats, T, today, "test")


def test_the_last_quarter_is_the_newest_that_is_over() -> None:
    assert last_quarter(date(2024, 1, 1)) == Period.quarter(2023, 4)
    assert last_quarter(date(2024, 3, 31)) == Period.quarter(2023, 4)
    assert last_quarter(date(2024, 4, 1)) == Period.quarter(2024, 1)
    assert last_quarter(date(2024, 12, 31)) == Period.quarter(2024, 3)


def test_a_quarter_is_written_once_and_completed_from_the_same_pack(city: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "pakker" / "kvartal"
    first = run(city, folder, "html", "xlsx")
    assert [path.name for path in first.written] == [
        f"viborg-2023-Q4-da-{first.code}.html", f"viborg-2023-Q4-da-{first.code}.xlsx",
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in first.written}
    with unit_of_work(city, sample.APPROVER, "test") as work:  # the store moves on
        record(work, [sample.articles(99)], state=WorkflowState.APPROVED)
    again = run(city, folder, "html", "xlsx", today=date(2024, 3, 20))
    assert (again.written, again.code) == ((), first.code)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    more = run(city, folder, "html", "datapackage", "xlsx", today=date(2024, 3, 21))
    assert [path.name for path in more.written] == [f"viborg-2023-Q4-da-{first.code}.zip"]
    with reading(city) as connection:
        assert [one.code for one in load_briefings(connection)] == [first.code]
    assert first.code in told(again, T)
    assert "Intet er skrevet" in told(again, T)
    assert f"{first.code}.html" in told(first, T)

    following = run(city, folder, "html", today=date(2024, 4, 2))
    assert following.quarter == Period.quarter(2024, 1)
    assert len(list(folder.iterdir())) == 4


def test_files_of_others_are_no_pack(city: Engine, tmp_path: Path) -> None:
    (tmp_path / "viborg-2023-Q4-da-notes.html").write_text("x")
    assert len(run(city, tmp_path, "html").written) == 1


def test_a_folder_that_cannot_be_is_one_sentence(city: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InvalidChoiceError):
        run(city, tmp_path / "file" / "folder", "html")
    with reading(city) as connection:
        assert load_briefings(connection) == ()


def test_every_format_of_a_pack_can_be_named() -> None:
    assert {str(one) for one in PackFormat} == set(WRITERS)
