"""Whatever servers and askers do in whatever order, a run stands where a model of a few lines says it does."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from alignment.api.store.errors import RunEnded
from alignment.api.store.store import Store
from alignment.api.store.transitions import CLAIMS, TRIES
from tests.thoroughly import part_of

OWNERS = ("a", "b", "c")
LONG, OUT = 60.0, -1.0
LIVE = ("queued", "running")
STEPS = 150


@dataclass
class Model:
    """One run, as the decision tells it; `claims` are all that ever were given, most of them old."""

    state: str = "queued"
    owner: str | None = None
    attempt: int = 0
    tries: int = 0
    is_begun: bool = False
    is_out: bool = False
    cancel: bool = False
    claims: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def holds(self, owner: str, attempt: int) -> bool:
        return (self.state, self.owner, self.attempt) == ("running", owner, attempt)

    def claim(self, owner: str, lease: float) -> bool:
        if self.state not in LIVE or (self.state == "running" and not self.is_out):
            return False
        if self.cancel or (self.state == "running" and self.is_spent()):
            self.state = "cancelled" if self.cancel else "interrupted"
            return False
        self.state, self.owner, self.attempt = "running", owner, self.attempt + 1
        self.is_begun, self.is_out = False, lease < 0
        self.claims.append((owner, self.attempt))
        return True

    def is_spent(self) -> bool:
        return self.tries >= TRIES or self.attempt >= CLAIMS

    def let_go(self, *, in_order: bool) -> None:
        self.tries -= in_order and self.is_begun
        if self.cancel:
            self.state = "cancelled"
        else:
            self.state = "interrupted" if self.is_spent() and not in_order else "queued"
        self.is_begun = False


@pytest.mark.parametrize("seed", part_of(range(4), 2))
def test_a_run_stands_where_the_model_says(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    run, model = store.runs.enqueue("q", "h", "propose", {}).id, Model()
    seen = set[str]()
    for _ in range(STEPS):
        if model.state not in LIVE and draw.random() < 0.5:
            new = store.runs.enqueue("q", "h", "propose", {}).id
            assert new != run
            run, model = new, Model()
        step(draw, store, run, model)
        found = store.runs.get(run)
        assert (found.state, found.attempt, found.tries) == (model.state, model.attempt, model.tries)
        assert found.has_ended == (model.state not in LIVE)
        assert (found.owner, found.cancel) == (model.owner, found.state == "cancelled" or model.cancel)
        seqs = [event.seq for event in store.runs.events(run)]
        assert seqs == list(range(found.last - len(seqs) + 1, found.last + 1))
        seen.add(model.state)
    assert {"queued", "running"} < seen


def step(draw: random.Random, store: Store, run: str, model: Model) -> None:
    """Something that somebody does, by a claim that may be an old one."""
    owner, attempt = draw.choice([*model.claims[-3:], (draw.choice(OWNERS), draw.randint(0, 3))])
    lease, held = draw.choice((LONG, OUT)), model.holds(owner, attempt)
    match draw.choice(("claim", "claim", "beat", "begun", "begun", "tell", "finish", "release", "hand_back", "cancel")):
        case "claim":
            claimed = store.runs.claim(owner, lease)
            assert (claimed is not None) == model.claim(owner, lease)
        case "beat":
            assert store.runs.beat(run, owner, attempt, lease) == held
            model.is_out = lease < 0 if held else model.is_out
        case "begun":
            assert store.runs.begun(run, owner, attempt) == held
            model.tries += held and not model.is_begun
            model.is_begun |= held
        case "tell":
            store.runs.tell(run, owner, attempt, draw.choice("abc"))
        case "finish":
            if draw.random() < 0.3:
                assert store.runs.finish(run, owner, attempt, "finished") == held
                model.state = "finished" if held else model.state
        case "release":
            assert store.runs.release(run, owner, attempt) == held
            if held:
                model.let_go(in_order=False)
        case "hand_back":
            is_dead, holds_it = draw.random() < 0.5, model.state == "running" and model.owner == owner
            assert store.runs.hand_back(owner, died=is_dead) == holds_it
            if holds_it:
                model.let_go(in_order=not is_dead)
        case _:
            if draw.random() < 0.3:
                cancel(store, run, model)


def cancel(store: Store, run: str, model: Model) -> None:
    if model.state not in LIVE:
        with pytest.raises(RunEnded):
            store.runs.cancel(run)
        return
    unheld = model.state == "queued" or model.is_out
    model.cancel = True
    model.state = "cancelled" if unheld else model.state
    assert store.runs.cancel(run).state == model.state
