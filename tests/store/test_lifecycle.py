"""Making a store, bringing it up to date, and what its one profile guards."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from dashboard.domain.text import Text
from dashboard.errors import ConfigurationError, MixedStoreError, StoreMissingError, StoreVersionError
from dashboard.store import lifecycle, migrating
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import Profile, create_store, migrate, profile, set_home_place
from dashboard.store.work import unit_of_work
from tests.sample import APPROVER

TITLE = Text("Viborg", "Viborg")


def test_a_store_says_what_it_is(engine: Engine) -> None:
    made = create_store(engine, "demonstration", "viborg", TITLE)
    assert made == Profile("demonstration", "viborg", TITLE)
    assert made.invented
    with reading(engine) as connection:
        assert profile(connection) == made


def test_making_a_store_again_changes_nothing(engine: Engine) -> None:
    create_store(engine, "real", "viborg", TITLE)
    again = create_store(engine, "real", "tucson", Text("Tucson", "Tucson"))
    assert again == Profile("real", "viborg", TITLE)
    assert not again.invented


@pytest.mark.parametrize(("first", "second"), [("real", "demonstration"), ("demonstration", "real")])
def test_a_store_never_becomes_the_other_kind(engine: Engine, first: str, second: str) -> None:
    create_store(engine, first, "viborg", TITLE)
    with pytest.raises(MixedStoreError) as caught:
        create_store(engine, second, "viborg", TITLE)
    assert caught.value.key == f"error.mixed_store.{first}"


def test_an_empty_database_is_no_store(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(StoreMissingError):
        profile(connection)
    with pytest.raises(StoreMissingError), unit_of_work(engine, APPROVER, "test"):
        pass


def test_a_database_without_tables_is_no_store(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}")
    with reading(engine) as connection, pytest.raises(StoreMissingError):
        profile(connection)
    with pytest.raises(StoreMissingError), unit_of_work(engine, APPROVER, "test"):
        pass
    engine.dispose()


def test_the_home_place_can_be_changed(store: Engine) -> None:
    set_home_place(store, "tucson")
    with reading(store) as connection:
        assert profile(connection).home_place == "tucson"


def test_a_store_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreVersionError) as caught:
        migrate(engine)
    assert caught.value.params == {"version": "9999"}


def test_migrating_again_does_nothing(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    head = ScriptDirectory.from_config(migrating.alembic_config()).get_current_head()
    assert found == [head]
    assert lifecycle.newest_version() == head, "the file names tell what alembic knows"


@pytest.mark.parametrize("url", ["", "no address", "mysql://host/base", "oracle://host/base"])
def test_an_address_of_no_database_we_run_on_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_engine(url)
    assert caught.value.key == "error.database_url"


def test_a_refused_address_does_not_tell_its_password() -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_engine("mysql://anna:hemmelig@host/base")
    assert "hemmelig" not in str(caught.value)


def test_the_migrations_are_found_without_a_file_of_settings() -> None:
    assert migrating.alembic_config().get_main_option("script_location")
