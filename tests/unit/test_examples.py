"""The shipped examples: winter-pressure as worked by hand, the others as their scripts say."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.index import Index
from alignment.models.answers.conflict import Conflict

EXAMPLES = ("winter-pressure", "london-2018", "england-2026", "england-frameworks")
ORDERED = ("spillover", "unguarded", "torn", "perverse")
"""Kinds whose measures stand in the order of the push, or after their lever."""


@pytest.fixture(scope="module")
def by_hand() -> Any:
    return json.loads((al.example("winter-pressure") / "expected.json").read_text(encoding="utf-8"))


def test_winter_pressure_has_the_targets_that_push_and_guard_as_worked_out_by_hand(by_hand: Any) -> None:
    rows = al.read(al.example("winter-pressure")).derive(Index).targets
    columns = (rows.pushes.tolist(), rows.need.tolist(), rows.slack.tolist())
    found = {row.id: list(told) for row, *told in zip(rows.rows, *columns, strict=True)}
    assert found == by_hand["targets"]


def mark(kind: str, names: Iterable[str], *about: str | None) -> tuple[Any, ...]:
    return kind, tuple(names) if kind in ORDERED else tuple(sorted(names)), about


def test_winter_pressure_has_the_conflicts_worked_out_by_hand(by_hand: Any) -> None:
    found = {
        mark(each.kind, each.measures, each.deliverer, each.resource, each.outcome): each
        for each in al.find_conflicts(al.read(al.example("winter-pressure")))
    }
    wanted = {
        mark(row["kind"], row["measures"], row.get("deliverer"), row.get("resource"), row.get("outcome")): row
        for row in by_hand["conflicts"]
    }
    assert set(found) == set(wanted)
    for key, row in wanted.items():
        agrees(found[key], row)


def agrees(conflict: Conflict, row: Any) -> None:
    assert (conflict.severity, conflict.confidence) == (row["severity"], row["confidence"])
    assert list(conflict.agencies) == sorted(row["agencies"])
    if conflict.kind not in ("two-masters", "duplicate"):
        sides = sorted(sorted(side.targets) for side in conflict.sides)
        assert sides == sorted(sorted(side) for side in row["sides"] if side)


def test_winter_pressure_has_the_effects_worked_out_by_hand(by_hand: Any) -> None:
    frame = al.net_effects(al.read(al.example("winter-pressure"))).to_frame()
    found = {(row.source, row.target): row.net for row in frame.itertuples()}
    assert found == {(source, other): effect for source, other, effect in by_hand["net_effects"]}


def test_winter_pressure_has_the_aligned_set_worked_out_by_hand(by_hand: Any) -> None:
    system = al.read(al.example("winter-pressure"))
    proposal = al.propose(system)
    assert proposal.proven
    assert list(proposal.measures) == by_hand["kept"]
    retired = sorted([*(row.measure for row in proposal.retired), *proposal.unused])
    assert retired == by_hand["retired"]
    assert [stage.value for stage in proposal.stages[:-1]] == by_hand["stages"]
    assert [gap.duty.model_dump() for gap in proposal.gaps] == [
        {name: row[name] for name in ("agency", "outcome", "population")} for row in by_hand["gaps"]
    ]
    assert (proposal.before.conflict, proposal.after.conflict) == (by_hand["residual_today"], by_hand["residual"])
    assert proposal.before.served + proposal.before.gaps == by_hand["duties"]
    voices = {voice.agency: [voice.after, voice.before] for voice in proposal.voices}
    assert voices == by_hand["voice"]
    assert (proposal.before.alignment, proposal.after.alignment) == (by_hand["alignment"], by_hand["alignment_of_kept"])


def test_winter_pressure_burden_first(by_hand: Any) -> None:
    proposal = al.propose(al.read(al.example("winter-pressure")), order="burden-first")
    assert list(proposal.measures) == by_hand["burden_first"]["kept"]
    values = [stage.value for stage in proposal.stages[:-1]]
    assert values == pytest.approx(by_hand["burden_first"]["stages"], abs=1e-6)


@pytest.mark.parametrize(("posture", "worth"), [("bold", 1), ("radical", 4)])
def test_winter_pressure_without_protection(posture: str, worth: float, by_hand: Any) -> None:
    wanted = by_hand[posture]
    proposal = al.propose(al.read(al.example("winter-pressure")), protect=False, worth=worth)
    after = proposal.after
    assert list(proposal.measures) == wanted["kept"]
    assert (after.conflict, after.unsaid, after.lost) == (wanted["conflict"], wanted["unsaid"], wanted["lost"])
    assert after.toll == wanted["toll"]


def test_winter_pressure_frontier(by_hand: Any) -> None:
    found = al.frontier(al.read(al.example("winter-pressure")))
    assert [[point.burden, point.conflict, point.unsaid] for point in found.points] == by_hand["frontier"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_script_of_each_example_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    script = Path(al.example(name)) / "run.py"
    runpy.run_path(str(script), run_name="__main__")
    assert "proven" in capsys.readouterr().out
