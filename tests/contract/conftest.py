"""A client of the whole API with its ordinary limits."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from starlette.testclient import TestClient

from alignment.verbs.registry import VERBS

from .doors import Json, opened


@pytest.fixture(scope="session")
def client() -> Generator[TestClient]:
    with opened(*VERBS) as found:
        yield found


@pytest.fixture(scope="session")
def openapi(client: TestClient) -> Json:
    """What the server says of itself."""
    return client.get("/openapi.json").json()


@pytest.fixture(scope="session")
def page(client: TestClient) -> str:
    """The same, to be read."""
    return client.get("/docs").text
