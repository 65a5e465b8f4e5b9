"""A client of the whole API with its ordinary limits."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from starlette.testclient import TestClient

from alignment.verbs.registry import VERBS

from .doors import opened


@pytest.fixture(scope="session")
def client() -> Generator[TestClient]:
    with opened(*VERBS) as found:
        yield found
