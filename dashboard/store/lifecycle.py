"""Making a store, bringing it up to date, and saying what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, column, insert, inspect, select, table, update

from dashboard import __version__
from dashboard.domain.text import Text
from dashboard.errors import MixedStoreError, StoreMissingError
from dashboard.store import schema
from dashboard.store.engine import reading

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Profile:
    """What this store is: real or a demonstration, and whose."""

    kind: str
    home_place: str
    title: Text

    @property
    def invented(self) -> bool:
        return self.kind == "demonstration"


def newest_version() -> str:
    """The version of the schema this product works with: the last of its migrations."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; does nothing where it is there already.

    Raises `StoreVersionError` when the store was made by a newer version of the product.
    """
    with engine.connect() as connection:
        if _version(connection) == newest_version():
            return
    from dashboard.store.migrating import upgrade  # 10 MB of memory that a server need not hold

    upgrade(engine)


def bring_up_to_date(engine: Engine) -> None:
    """Migrate a store that is there; one that is not there is not made.

    Raises `StoreVersionError` when the store was made by a newer version of the product.
    """
    with reading(engine) as connection:
        version = _version(connection)
    if version is not None:
        migrate(engine)


def _version(connection: Connection) -> str | None:
    """The version of the schema of a store, None where there is no schema."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


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
