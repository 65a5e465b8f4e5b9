"""A pytest plugin for `make mutants`: laws over random systems run last, as most mutants fall to a small test."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests, those of `tests/properties` last."""
    items.sort(key=lambda item: "properties" in item.path.parts)
