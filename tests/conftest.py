"""What tests anywhere can ask for."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.once import answer_once

# A fifteenth of the time went into looking, again and again, for garbage among all that is imported.
gc.disable()

# No test is timed: on a busy machine a moment may be a second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Leave what is there once all tests are known, which stays, out of every later look for garbage."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="module")
def answered_once() -> Generator[None]:
    """What was asked before is answered from memory; a proposal is always new."""
    with pytest.MonkeyPatch.context() as patch:
        answer_once(patch)
        yield
