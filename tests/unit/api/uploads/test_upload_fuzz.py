"""Spoilt and malicious uploads, a few: ``python -m tests.upload_fuzz`` tries thousands."""

from __future__ import annotations

import subprocess
import sys

import pytest

from alignment.api.refusals import TooLargeError
from alignment.errors import InputError
from tests.bombs import BOMBS, Bomb
from tests.upload_fuzz import asked


def test_a_short_fuzz_with_little_memory() -> None:
    command = [sys.executable, "-m", "tests.upload_fuzz", "--inputs", "30", "--seed", "16"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 causes of errors" in done.stdout


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_bombs_of_some_size_are_read_or_refused(bomb: Bomb) -> None:
    try:
        asked(*bomb(0.55))
    except (InputError, TooLargeError) as error:
        assert str(error)  # noqa: PT017 - either is right, and `asked` says what is wrong with one
