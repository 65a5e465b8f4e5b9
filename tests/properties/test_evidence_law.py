"""What is asked with some influences counting is what would be found if the others were not there."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, islice
from typing import Any, cast

import pytest

import alignment as al
from alignment.judge.effects import Walks, net_of
from alignment.models import Influence, System
from alignment.models.options.fields import Counting
from alignment.verbs.registry import BY_COMMAND, VERBS, Verb
from tests.oracles.every import EVERY
from tests.oracles.wanted import plain
from tests.oracles.words import Words
from tests.random_systems import random_system, rich_system
from tests.thoroughly import most, part_of

COUNTINGS: tuple[Counting, ...] = ("declared", "estimated")

TOLD = {"record", "evidence", "options", "sentence"}
"""What tells of the question, or of the rows that stand beside what counts."""

# Certainty draws by the number of rows.
COUNTED = [each for each in VERBS if "evidence" in each.options.model_fields and each.command != "certainty"]


def besides(each: Verb, system: System) -> dict[str, Any]:
    """What a verb has to be asked besides."""
    if each.command == "check":
        return {"measures": ["m0"]}
    return {"changes": al.Drop(table="targets", row=system.targets[0].id or "")} if each.command == "what-if" else {}


def mixed(number: int, after: int = 0, countings: Sequence[Counting] = COUNTINGS) -> Iterator[System]:
    """Random systems in which some pair has influences that do not count, after a number of others."""
    systems = (seeded(seed) for seed in count())
    found = (each for each in systems if any(counted(each, how) != each for how in countings))
    return islice(found, after, after + number)


@cache
def seeded(seed: int) -> System:
    return (random_system, rich_system)[seed % 2](seed)


def pairs(system: System) -> dict[tuple[str, str], list[Influence]]:
    found: dict[tuple[str, str], list[Influence]] = defaultdict(list)
    for row in system.influences:
        found[row.source_measure, row.target_measure].append(row)
    return found


def counted(system: System, evidence: Counting) -> System:
    """The system without the influences that do not count."""
    left: list[Influence] = []
    for rows in pairs(system).values():
        estimated = [row for row in rows if row.origin == "estimated"]
        others = [row for row in rows if row.origin != "estimated"]
        left += (estimated if evidence == "estimated" else others) or rows
    tables: dict[str, Any] = {name: getattr(system, name) for name in System.model_fields}
    tables["influences"] = left
    return System(**tables)


def told(answer: al.Answer) -> Any:
    """An answer as plain data, without what tells of the question and of rows that do not count."""
    return _left(json.loads(answer.to_json()))


def _left(value: Any) -> Any:
    if isinstance(value, dict):
        cells = cast("dict[str, Any]", value)
        return {name: _left(each) for name, each in cells.items() if name not in TOLD}
    if isinstance(value, list):
        return [_left(each) for each in cast("list[Any]", value)]
    if not isinstance(value, str):
        return value
    # The hash of a system tells of all its rows, and so does the number of one of several rows of one key.
    return None if re.fullmatch(r"[0-9a-f]{64}", value) else re.sub(r"(?<=\w)#\d+$", "", value)


def asked(each: Verb, system: System, evidence: Counting, **more: Any) -> Any:
    try:
        return told(getattr(al, each.home[1])(system, evidence=evidence, **besides(each, system), **more))
    except (al.InputError, al.OptionError, al.NoAlignedSet, al.NothingToJudge) as error:
        return str(error)


@pytest.mark.parametrize("each", COUNTED, ids=[each.command for each in COUNTED])
@pytest.mark.parametrize("evidence", COUNTINGS)
def test_what_does_not_count_might_as_well_not_be_there(each: Verb, evidence: Counting) -> None:
    # Each verb begins elsewhere, so that together they try more than the one that each tries by default.
    for system in mixed(most(40, 1), COUNTED.index(each), [evidence]):
        less = counted(system, evidence)
        assert asked(each, system, evidence) == asked(each, less, "declared") == asked(each, less, "estimated")


@pytest.mark.parametrize("evidence", COUNTINGS)
def test_nor_where_what_is_kept_must_be_met(evidence: Counting) -> None:
    for system in mixed(most(60, 3), countings=[evidence]):
        less = counted(system, evidence)
        one, other = (asked(BY_COMMAND["propose"], each, evidence, achievable=True) for each in (system, less))
        assert one == other


def test_it_makes_a_difference_often_enough() -> None:
    apart = [{told_once(system, evidence) for evidence in COUNTINGS} for system in mixed(30)]
    assert sum(len(each) == 2 for each in apart) > 10


def told_once(system: System, evidence: Counting) -> tuple[tuple[str, float], ...]:
    return tuple((each.id, each.severity) for each in al.find_conflicts(system, evidence=evidence))


@pytest.mark.parametrize("batch", part_of(range(10)))
def test_findings_by_estimates_are_what_the_method_says_row_by_row(batch: int) -> None:
    beside = 0
    for seed in range(batch * 20, batch * 20 + 20):
        system = rich_system(seed)
        words = Words(system, evidence="estimated")
        for kind, oracle in EVERY.items():
            wanted = {each.id: each for each in oracle(words)}
            found = {each.id: each for each in al.find_conflicts(system, kind, evidence="estimated")}
            assert set(found) == set(wanted), (seed, kind)
            for name, each in wanted.items():
                facts = plain(found[name])
                for what, value in each.plain(words).items():
                    close = pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
                    assert facts[what] == close, (seed, name, what)
                beside += any("beside it" in row.says for row in found[name].evidence)
    assert beside


@pytest.mark.parametrize("seed", part_of(range(60), 5))
def test_both_is_the_two_compared(seed: int) -> None:
    system = rich_system(seed)
    ones, twos = ({each.id: each.severity for each in al.find_conflicts(system, evidence=how)} for how in COUNTINGS)
    found = al.find_conflicts(system, evidence="both")
    assert {each.id: each.severity for each in found} == ones
    rows = found.comparison or ()
    assert len(rows) == len({row.conflict for row in rows}) == len({*ones, *twos})
    for row in rows:
        assert (row.severity_declared, row.severity_estimated) == (ones.get(row.conflict), twos.get(row.conflict))
        assert (
            row.stands
            == {(True, True): "both", (True, False): "declared", (False, True): "estimated"}[
                row.conflict in ones, row.conflict in twos
            ]
        )
    told = Counter(row.stands for row in rows)
    assert found.notes[0].startswith(f"{told['both']:,} finding")
    assert found.notes[0].count("none") == sum(not told[word] for word in COUNTINGS)


@pytest.mark.parametrize("evidence", COUNTINGS)
def test_the_judge_counts_the_same_rows(evidence: Counting) -> None:
    for seed in range(most(200, 40)):
        system = rich_system(seed)
        words = Words(system, evidence=evidence)
        (place, net), ours = net_of(system, 2, 0.5, evidence), al.net_effects(system, evidence=evidence)
        assert abs(net - ours.net).max() < 1e-9 if len(place) else True
        walks = Walks(system, 2, evidence)
        for one, two in words.effects:
            effect = words.effect(one, two)
            assert net[place[one], place[two]] == pytest.approx(effect, abs=1e-9), (seed, one, two)
            if effect:
                years = sum(link.years for link in words.along(words.path(one, two)))
                assert walks.years(one, two, 1 if effect > 0 else -1) == years, (seed, one, two)
