"""A store that is asked things, and what became of them."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Mapping
from typing import Any, Final

from alignment.api.runs.children import Children
from alignment.api.runs.joining import keeper_of
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Trouble
from alignment.api.store.errors import StoreAway
from alignment.api.store.nouns import Run
from alignment.api.store.store import Store

ENDS: Final = ("finished", "failed", "cancelled", "interrupted")

NUMBERS: Final = itertools.count()


def problem_of(trouble: Trouble) -> Mapping[str, Any]:
    """A problem document of a test."""
    return {"error": trouble.error, "detail": trouble.detail}


def kept(store: Store, system: str, tables: Any) -> str:
    """The hash of the content of a system, now in a store."""
    return store.systems.put(system, json.dumps(tables).encode(), expected="whatever").hash


def asked(store: Store, verb: str, options: Mapping[str, Any] | None = None, system_hash: str | None = None) -> str:
    """A new run of a store; blank asks of a system of nothing."""
    question = f"{verb} {next(NUMBERS)} {time.time_ns()}"
    return store.runs.enqueue(question, system_hash or kept(store, "none", {}), verb, options or {}).id


def waited(store: Store, run: str, *states: str, seconds: float = 60.0) -> Run:
    """A run once it is in one of some states, else once it has ended; while the database is away nobody looks."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = store.runs.get(run)
        except StoreAway:
            found = None
        if found is not None and found.state in (states or ENDS):
            return found
        assert time.monotonic() < end, found
        time.sleep(0.02)


def states(store: Store, run: str) -> list[str]:
    """The states that a run was in, with the attempt where it was running."""
    data = [event.data for event in store.runs.events(run) if event.kind == "state"]
    return [f"running {each['attempt']}" if each["state"] == "running" else each["state"] for each in data]


def is_answered_once(store: Store, run: str) -> bool:
    """Whether a run is finished, has come to one end, and its answer is kept."""
    found = store.runs.get(run)
    ends = [state for state in states(store, run) if state in ENDS]
    return (found.state, ends) == ("finished", ["finished"]) and store.answers.get(found.question, "json") is not None


def keeper(store: Store, children: Children, limits: RunLimits) -> Keeper:
    """A server of a store, whose answers are wanted in one form."""
    return keeper_of(store, children, limits, problem_of, forms=("json",))


class Cut:
    """A ledger that can be out of reach."""

    def __init__(self, runs: Any) -> None:
        self.runs, self.away = runs, False

    def __getattr__(self, name: str) -> Any:
        if self.away:
            raise StoreAway("this test says so")
        return getattr(self.runs, name)
