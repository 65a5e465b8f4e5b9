"""A Dask cluster holds the same children: the same answers, ended just as soon."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from typing import Any

import psutil
import pytest

import alignment as al
from alignment.api.runs.cluster import Cluster
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Answered, Begun, Cancelled, Gone, Question
from alignment.errors import OptionError
from alignment.tables import to_document

from .conftest import Ear, is_gone, until_true
from .work import cold, doing

distributed: Any = pytest.importorskip("distributed")

LIMITS = RunLimits(children=1, memory=400_000_000)

pytestmark = pytest.mark.filterwarnings("ignore")
"""Dask warns of ports and clocks of its own."""


@pytest.fixture(scope="module")
def cluster() -> Generator[Cluster]:
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None, silence_logs=60) as local:
        pool = Cluster(local.scheduler_address, LIMITS, doing, cold)
        yield pool
        pool.close()


def test_answers_are_the_librarys_and_runs_end_when_cancelled(cluster: Cluster) -> None:
    system = al.read(al.example("winter-pressure"))
    ear = Ear()
    cluster.begin(Question("conflicts", (json.dumps(to_document(system)).encode(),)), ear)
    assert isinstance(ear.next(), Begun)
    assert ear.next() == Answered({"json": al.find_conflicts(system).to_json(None).encode()})

    hard = Ear()
    task = cluster.begin(Question("hard", ()), hard)
    begun = hard.next()
    assert isinstance(begun, Begun)
    until_true(lambda: bool(hard.told))
    assert hard.told[0].stage == "solving"
    begin = time.monotonic()
    task.cancel()
    assert isinstance(hard.next(), Cancelled)
    assert time.monotonic() - begin < 1
    assert is_gone(begun.pid)
    until_true(lambda: cluster.free == 1)


def test_a_worker_that_is_killed_takes_its_child_with_it(cluster: Cluster) -> None:
    ear = Ear()
    cluster.begin(Question("stubborn", ()), ear)
    begun = ear.next()
    assert isinstance(begun, Begun)
    worker = psutil.Process(begun.pid).parent()
    assert worker is not None
    worker.kill()
    until_true(lambda: is_gone(begun.pid), 1.0)
    assert isinstance(ear.next(), Gone)  # and not begun again without the ledger's knowing


def test_a_scheduler_that_does_not_answer_is_an_option_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("refused")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(OptionError, match="No Dask scheduler answers at tcp://nowhere"):
        Cluster("tcp://nowhere:1", LIMITS)
