"""What tests anywhere can ask for."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.once import answer_once


@pytest.fixture(scope="module")
def answered_once() -> Generator[None]:
    """What was asked before is answered from memory; a proposal is always new."""
    with pytest.MonkeyPatch.context() as patch:
        answer_once(patch)
        yield
