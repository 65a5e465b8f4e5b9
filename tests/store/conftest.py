"""A store on either database: every test that asks for one runs on both."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import text

from alignment.api.store.engine import Database
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store
from alignment.api.store.tables import Base
from tests.postgres import Postgres, postgres

BOTH: Final = ("sqlite", "postgresql")

NUMBERS: Final = itertools.count()


@pytest.fixture(scope="session")
def machine() -> Generator[Postgres]:
    """A PostgreSQL whose tables are made."""
    with postgres() as found:
        open_store(found.url).close()
        yield found


@pytest.fixture(scope="session")
def server(machine: Postgres) -> str:
    """The URL of that PostgreSQL."""
    return machine.url


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store with nothing in it is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kept.db"
    found: str = request.getfixturevalue("server")
    with opened(found) as database, database.writing() as session:
        session.execute(text(f"TRUNCATE {', '.join(Base.metadata.tables)}"))
    return found


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without tables is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/50% bare.db"
    found: str = request.getfixturevalue("server")
    name = f"bare{next(NUMBERS)}"
    with opened(found) as database, database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE {name}"))
    return found.removesuffix("postgres") + name


@pytest.fixture
def store(url: str) -> Generator[Store]:
    """A store with nothing in it."""
    found = open_store(url)
    yield found
    found.close()


@pytest.fixture
def database(url: str, store: Store) -> Generator[Database]:
    """The database of the store, as somebody else reaches it."""
    with opened(url) as found:
        yield found


class opened:  # noqa: N801 - read as a function
    """A database until the end of a context."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def __enter__(self) -> Database:
        return self._database

    def __exit__(self, *_: Any) -> None:
        self._database.close()
