"""A place whose measures have no baselines gives the judge programmes without columns: it says so, it does not stop."""

from __future__ import annotations

import pytest

import alignment as al


@pytest.fixture(scope="module")
def bare() -> al.System:
    tables = al.to_frames(al.read(al.example("winter-pressure")))
    tables["measures"] = tables["measures"].assign(baseline=None)
    tables["agencies"] = tables["agencies"].assign(effort=None)
    return al.read(tables)


def test_values_are_shared_without_baselines(bare: al.System) -> None:
    answer = al.shared_values(bare)
    assert answer.record is not None
    assert answer.record.verb == "shared_values"


def test_a_set_is_proposed_without_baselines(bare: al.System) -> None:
    assert al.propose(bare, achievable=True).proven
    assert al.propose(bare).proven
