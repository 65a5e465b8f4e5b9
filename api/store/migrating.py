"""Bringing the tables of a database up to date, at every start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from .engine import Database
from .errors import StoreTooNew

SCRIPTS: Final = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Bring the tables of a database up to date, all of it or nothing.

    Parameters
    ----------
    database
        The database.

    Raises
    ------
    StoreTooNew
        It was made by a newer version of the library.
    StoreAway
        It cannot be reached.
    """
    config = Config()
    # What is behind a % would be looked up by the reader of settings.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreTooNew from error
