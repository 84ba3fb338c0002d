"""Making a store, bringing it up to date, and saying what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select, update

from dashboard import __version__
from dashboard.domain.text import Text
from dashboard.errors import MixedStoreError, StoreMissingError, StoreVersionError
from dashboard.store import schema
from dashboard.store.engine import reading

_FOLDER = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Profile:
    """What this store is: real or a demonstration, and whose."""

    kind: str
    home_place: str
    title: Text

    @property
    def invented(self) -> bool:
        return self.kind == "demonstration"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made in code (no ini file to be found or lost)."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; does nothing where it is there already.

    Raises `StoreVersionError` when the store was made by a newer version of the product.
    """
    script = ScriptDirectory.from_config(alembic_config())
    with engine.connect() as connection, connection.begin():
        current = MigrationContext.configure(connection).get_current_revision()
        if current == script.get_current_head():
            return
        if current is not None and current not in {item.revision for item in script.walk_revisions()}:
            raise StoreVersionError(version=current)
        command.upgrade(alembic_config(connection), "head")


def create_store(engine: Engine, kind: str, home_place: str, title: Text) -> Profile:
    """Migrate, and give the store its one profile; repeated calls change nothing.

    Raises `MixedStoreError` when the store is already of the other kind.
    """
    migrate(engine)
    with engine.connect() as connection, connection.begin():
        there = connection.execute(select(schema.store_profile.c.kind)).scalar_one_or_none()
        if there is None:
            connection.execute(insert(schema.revision).values(id=1, number=0))
            connection.execute(
                insert(schema.store_profile).values(
                    id=1, kind=kind, home_place=home_place, created_by_version=__version__,
                    title={"da": title.da, "en": title.en},
                )
            )  # fmt: skip
        elif there != kind:
            raise MixedStoreError(f"error.mixed_store.{there}")
    with reading(engine) as connection:
        return profile(connection)


def set_home_place(engine: Engine, home_place: str) -> None:
    """Make the store another city's (`init --home-place`)."""
    with engine.connect() as connection, connection.begin():
        connection.execute(update(schema.store_profile).values(home_place=home_place))


def profile(connection: Connection) -> Profile:
    """What this store is. Raises `StoreMissingError` where there is none yet."""
    if not inspect(connection).has_table("store_profile"):
        raise StoreMissingError()
    row = connection.execute(select(schema.store_profile)).one_or_none()
    if row is None:
        raise StoreMissingError()
    return Profile(row.kind, row.home_place, Text.of(row.title))
