"""propose against brute force over all subsets, stage by stage; the judge against every answer."""

from __future__ import annotations

import random

import pytest

import alignment as al
from alignment.models.options import Options
from tests.oracle import Oracle
from tests.random_systems import random_system, shuffled

BATCHES = 30
EACH = 10


def some_options(seed: int, ids: list[str]) -> Options:
    """Options that depend on the seed; every third run asks nothing special."""
    draw = random.Random(seed)
    if seed % 3 == 0:
        return Options()
    kept = draw.sample(ids, k=draw.choice((0, 0, 1)))
    dropped = [name for name in draw.sample(ids, k=draw.choice((0, 0, 1))) if name not in kept]
    return Options(
        theta=draw.choice((0.6, 0.9, 0.4)),
        breadth=draw.choice(("population", "outcome")),
        balance=draw.choice((True, False)),
        voice=draw.choice((0.0, 0.0, 0.5, 1.0)),
        sway=draw.choice((None, None, None, 0.5, 0.8)),
        order=draw.choice(("conflict-first", "burden-first")),
        price=draw.choice((None, None, 0.5, 2.5)),
        keep=tuple(kept),
        drop=tuple(dropped),
    )


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_proposal_is_the_best_of_all_subsets_stage_by_stage(batch: int) -> None:
    for seed in range(batch * EACH, (batch + 1) * EACH):
        system = random_system(seed)
        options = some_options(seed, [row.id for row in system.measures])
        best = Oracle(system).best(options)
        if best is None:
            with pytest.raises(al.NoAlignedSet):
                al.propose(system, options)
            continue
        proposal = al.propose(system, options)
        *stages, _, kept = best
        assert proposal.measures == kept, seed
        assert proposal.proven, seed
        units = {"gaps": 1e6, "change": 1e6, "conflict": 1e6}
        found = [stage.value * units.get(stage.stage, 1) for stage in proposal.stages if stage.stage != "first"]
        # Systems without any voice have no such stage.
        wanted = [float(value) for value in stages]
        if not any(stage.stage == "voice" for stage in proposal.stages):
            wanted.pop(-2)
        assert found == pytest.approx(wanted, abs=1e-6), seed


@pytest.mark.parametrize("seed", range(40))
def test_the_judge_sees_what_the_oracle_sees(seed: int) -> None:
    system = random_system(seed)
    oracle, options = Oracle(system), some_options(seed, [row.id for row in system.measures])
    draw = random.Random(seed)
    kept = {row.id for row in system.measures if draw.random() < 0.5}
    verdict = al.check(system, kept, options)
    duties = oracle.duties(options)
    served = [duty for duty in duties if any(oracle.serves(name, duty, options) for name in kept)]
    assert (verdict.standing.served, verdict.standing.gaps) == (len(served), len(duties) - len(served))
    assert round(verdict.standing.conflict * 1e6) == oracle.residual(kept)
    assert verdict.standing.burden == float(oracle.burden(kept))
    assert verdict.standing.largest_loss == pytest.approx(float(oracle.loss(kept, options)))
    allowed = oracle.allowed(kept, options)
    servable = [
        duty
        for duty in duties
        if any(oracle.serves(n, duty, options) for n in oracle.measures if n not in options.drop)
    ]
    complete = options.sway is not None or all(duty in served for duty in servable)
    assert verdict.aligned == (allowed and complete)


@pytest.mark.parametrize("seed", range(25))
def test_the_order_of_rows_changes_no_byte_of_any_answer(seed: int) -> None:
    system = random_system(seed)
    other = shuffled(system, seed + 1)
    assert other.hash == system.hash
    assert al.find_conflicts(other).to_json() == al.find_conflicts(system).to_json()
    assert al.propose(other).model_dump_json() == al.propose(system).model_dump_json()
    assert al.alignment(other, by="agency").to_frame().to_csv() == al.alignment(system, by="agency").to_frame().to_csv()
    assert al.congruity(other) == al.congruity(system)


def test_the_order_of_rows_changes_nothing_in_london() -> None:
    system = al.read(al.example("london-2018"))
    other = shuffled(system, 7)
    assert al.find_conflicts(other).to_json() == al.find_conflicts(system).to_json()
    assert al.propose(other).model_dump_json() == al.propose(system).model_dump_json()
