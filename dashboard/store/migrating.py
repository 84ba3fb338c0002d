"""Bringing an older store up to date, with Alembic configured in code: no file to be found or lost."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from dashboard.errors import StoreVersionError
from dashboard.store.lifecycle import MIGRATIONS


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run the migrations that a store lacks, in one transaction.

    Raises `StoreVersionError` when the store was made by a newer version of the product.
    """
    script = ScriptDirectory.from_config(alembic_config())
    with engine.connect() as connection, connection.begin():
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {item.revision for item in script.walk_revisions()}:
            raise StoreVersionError(version=current)
        command.upgrade(alembic_config(connection), "head")
