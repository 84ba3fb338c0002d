"""A store that an earlier version of the product made is brought to the newest with all its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import DBAPIError

from dashboard.store import schema
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import bring_up_to_date, migrate, newest_version
from dashboard.store.migrating import alembic_config
from dashboard.store.queries import Scope, load_baselines, load_sources, load_targets
from dashboard.store.queries.bands import load_bands
from dashboard.store.queries.definition_history import load_source_versions, load_target_versions
from tests.conftest import DIALECTS
from tests.store.test_schema import VALID

OLDER, NAME = "0002", "older_store"
ROWS = ("revision", "store_profile", "change_set", "source", "place", "indicator", "baseline", "target")


@pytest.fixture(params=DIALECTS)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store at an earlier version, with a baseline and a target."""
    if request.param == "sqlite":
        made = open_engine(f"sqlite:///{tmp_path / 'older'}")
    else:
        server = request.getfixturevalue("postgres_server")
        made = open_engine(server.create(NAME))
    with made.connect() as connection, connection.begin():
        command.upgrade(alembic_config(connection), OLDER)
        for name in ROWS:
            row: dict[str, Any] = dict(VALID[name])
            if name == "change_set":
                row |= {"id": 1}
            if "change_set_id" in schema.metadata.tables[name].c:
                row |= {"id": 1, "change_set_id": 1}
            table = schema.metadata.tables[name]
            connection.execute(insert(table).values(**row))
    yield made
    made.dispose()
    if request.param == "postgresql":
        server.drop(NAME)


def test_what_stood_before_stands_afterwards(older: Engine) -> None:
    migrate(older)
    with reading(older) as connection:
        now = Scope()
        assert [(b.place, b.value, b.reason) for b in load_baselines(connection, now)] == [
            (VALID["place"]["slug"], 1, "målt")
        ]
        assert [(t.value, t.final) for t in load_targets(connection, now)] == [(1, True)]
        code = VALID["indicator"]["code"]
        assert [v.withdrawn for v in load_target_versions(connection, now, code)] == [False]
        assert load_sources(connection, now)["avisen"].title == "Avisen"
        assert [v.number for v in load_source_versions(connection, now, "avisen")] == [1]
        assert load_bands(connection, now) == {}


def test_what_is_new_is_there_and_what_was_guarded_still_is(older: Engine) -> None:
    with older.connect() as connection:
        assert not inspect(connection).has_table("band")
    migrate(older)
    with older.connect() as connection:
        assert inspect(connection).has_table("band")
        for name in ("baseline", "target"):
            for verb in (f"UPDATE {name} SET withdrawn = withdrawn", f"DELETE FROM {name}"):
                with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
                    connection.execute(text(verb))
        connection.rollback()


def test_a_second_migration_changes_nothing(older: Engine) -> None:
    migrate(older)
    migrate(older)
    with reading(older) as connection:
        assert len(load_baselines(connection, Scope())) == 1


def test_a_store_that_is_there_is_brought_up_to_date_and_none_is_made(older: Engine, tmp_path: Path) -> None:
    bring_up_to_date(older)
    with older.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert version == newest_version()
    nowhere = open_engine(f"sqlite:///{tmp_path / 'nowhere'}")
    bring_up_to_date(nowhere)
    with nowhere.connect() as connection:
        assert not inspect(connection).get_table_names()
