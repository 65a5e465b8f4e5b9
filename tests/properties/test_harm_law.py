"""Whatever is spoilt in a file of any format, what comes of it is an answer or a fault of the library's own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import alignment as al
from tests import thoroughly
from tests.fuzz import cases, frames, fuzzed
from tests.mutations import Spoiler

CASES = {name: (content, reader) for name, content, reader in cases()}
QUICK = settings(
    max_examples=thoroughly.most(200, else_=6),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def tried(name: str, content: bytes, reader: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / name
        file.write_bytes(content)
        reader(file)


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_spoilt_is_read(name: str) -> None:
    tried(name, *CASES[name])


@pytest.mark.parametrize("name", CASES)
@given(seed=st.integers(0, 10**12))
@QUICK
def test_what_is_spoilt_is_read_or_refused(name: str, seed: int) -> None:
    content, reader = CASES[name]
    with suppress(al.AlignmentError):
        tried(name, Spoiler(seed).spoilt(name, content), reader)


@given(seed=st.integers(0, 10**12))
@QUICK
def test_frames(seed: int) -> None:
    with suppress(al.AlignmentError):
        al.read(frames(Spoiler(seed)))


def test_the_long_fuzz_runs() -> None:
    tally = fuzzed(30)
    assert sum(tally.ends.values()) == 30
    assert not tally.broken
