"""Clients of the whole API with its ordinary limits."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from alignment.verbs.registry import VERBS
from tests.postgres import postgres

from .doors import Json, opened

BOTH: Final = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def client() -> Generator[TestClient]:
    """A client of a server with nothing in it, for questions of which nothing is kept."""
    with opened(*VERBS) as found:
        yield found


@pytest.fixture(scope="module", params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a server of the tests of one module keeps things: they run on both databases."""
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("kept")
        return f"sqlite:///{folder}/kept.db"
    return request.getfixturevalue("postgresql")


@pytest.fixture(scope="module")
def postgresql() -> Generator[str]:
    """A PostgreSQL with nothing in it."""
    with postgres() as found:
        yield found.url


@pytest.fixture(scope="module")
def keeping(database: str) -> Generator[TestClient]:
    """A client of a server that keeps things."""
    with opened(*VERBS, database=database) as found:
        yield found


@pytest.fixture(scope="session")
def openapi(client: TestClient) -> Json:
    """What the server says of itself."""
    return client.get("/openapi.json").json()


@pytest.fixture(scope="session")
def page(client: TestClient) -> str:
    """The same, to be read."""
    return client.get("/docs").text
