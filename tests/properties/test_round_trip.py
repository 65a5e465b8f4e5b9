"""Every coat says the same system: read(write(x)) == x."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from alignment.models import System
from alignment.tables import read, to_document, to_frames, write
from tests.strategies import systems, wild_numbers, wild_words
from tests.thoroughly import most

Trip = Callable[[System], System]


def through_file(name: str) -> Trip:
    def trip(system: System) -> System:
        with tempfile.TemporaryDirectory() as home:
            write(system, Path(home) / name)
            return read(Path(home) / name)

    return trip


def through_frames(system: System) -> System:
    return read(to_frames(system))


def through_document(system: System) -> System:
    return read(to_document(system))


TRIPS = pytest.mark.parametrize(
    "trip",
    [
        pytest.param(through_file("folder"), id="folder"),
        pytest.param(through_file("book.xlsx"), id="workbook"),
        pytest.param(through_file("document.json"), id="document"),
        pytest.param(through_file("folder.zip"), id="archive"),
        pytest.param(through_frames, id="frames"),
        pytest.param(through_document, id="plain data"),
    ],
)

law = settings(max_examples=most(30, 6), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same(one: System, other: System) -> None:
    # Equality says which table differs; the hash also tells 0.0 from -0.0 and 1 from 1.0.
    assert one == other
    assert one.hash == other.hash


@TRIPS
@law
@given(system=systems(words=wild_words, numbers=wild_numbers))
def test_every_coat_says_the_same(trip: Trip, system: System) -> None:
    same(trip(system), system)


@TRIPS
@settings(max_examples=10, deadline=None)
@given(system=systems(agencies=(0, 1), measures=(0, 1), others=1))
def test_small_and_empty_systems_too(trip: Trip, system: System) -> None:
    same(trip(system), system)


@pytest.mark.parametrize("one", ["folder", "book.xlsx", "document.json"])
@settings(max_examples=10, deadline=None)
@given(system=systems(words=wild_words))
def test_writing_is_the_same_each_time(one: str, system: System) -> None:
    once = through_file(one)(system)
    same(through_file(one)(once), once)
