"""Who calls the tune, by hand on a small system and word by word on random ones."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

import alignment as al
from alignment.models import System
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.random_systems import random_system
from tests.small import small, target
from tests.thoroughly import part_of


def place() -> System:
    """Two councils and a trust; one measure is shared, one is nobody's."""
    return small(
        tiers=[{"id": "town", "level": 2}, {"id": "county", "level": 1}],
        agencies=[
            {"id": "north", "name": "North", "tier": "town", "sector": "Councils"},
            {"id": "south", "name": "South", "tier": "town", "sector": "Councils"},
            {"id": "trust", "name": "Trust", "tier": "county"},
        ],
        outcomes=[{"id": "care", "dimension": "outcomes"}, {"id": "cost", "dimension": "resource-use"}],
        measures=[
            {"id": "visits", "outcome": "care", "direction": "higher"},
            {"id": "waits", "outcome": "care", "direction": "lower"},
            {"id": "spend", "outcome": "cost", "direction": "lower"},
            {"id": "survey", "outcome": "care", "direction": "higher"},
        ],
        targets=[
            target("north", "visits", "increase"),
            target("south", "visits", "increase"),
            target("trust", "waits", "decrease"),
            target("south", "spend", "decrease"),
        ],
    )


def test_a_shared_measure_is_shared_between_its_origins() -> None:
    found = al.voices(place(), ["survey", "visits"], options={"ground": "outcome"})
    rows = {row.group: row for row in found.groups}
    assert [rows[who].share_before for who in ("north", "south", "trust")] == pytest.approx(
        [1 / 6, 1 / 2, 1 / 3], abs=1e-6
    )
    assert [rows[who].share_after for who in ("north", "south", "trust")] == [0.5, 0.5, 0.0]
    # Four duties: care for each of the three, cost for the south.
    assert [rows[who].share_of_duties for who in ("north", "south", "trust")] == [0.25, 0.5, 0.25]
    assert found.concentration.before == pytest.approx(1 / 36 + 1 / 4 + 1 / 9, abs=1e-6)
    assert (found.concentration.after, found.concentration.duties) == (0.5, 0.375)
    assert found.nobodys == ("survey",)
    assert (rows["trust"].own, rows["trust"].lost, rows["trust"].gained) == (1, ("waits",), ("survey", "visits"))
    assert (rows["trust"].heard_before, rows["trust"].heard_after) == (1, 0)
    assert (rows["trust"].served_before, rows["trust"].served_after) == (1, 1)
    assert (rows["south"].served_before, rows["south"].served_after) == (2, 1)


def test_groups_add_up() -> None:
    by_tier = {row.group: row for row in al.voices(place(), ["visits"], by="tier").groups}
    assert set(by_tier) == {"county", "town"}
    assert (by_tier["town"].own, by_tier["town"].kept, by_tier["town"].duties) == (2, ("visits",), 3)
    assert (by_tier["town"].heard_before, by_tier["town"].heard_after) == (3, 2)
    sectors = al.voices(place(), ["visits"], by="sector")
    assert [row.group for row in sectors.groups] == ["Councils"]
    assert sectors.groups[0].share_of_duties == 0.75


@pytest.mark.parametrize("seed", part_of(range(25), 3))
def test_voices_are_those_of_the_rows(seed: int) -> None:
    system, options = random_system(seed), Options()
    oracle = Oracle(system)
    found = al.voices(system)
    kept, today = set(found.measures), {row.measure for row in system.targets}
    assert found.measures == al.propose(system).measures
    own = {who: {row.measure for row in system.targets if row.agency == who} for who in oracle.counting()}
    duties = oracle.duties(options)
    assert [row.group for row in found.groups] == sorted(oracle.counting())
    for row in found.groups:
        mine = [duty for duty in duties if duty[0] == row.group]
        assert row.duties == len(mine)
        assert set(row.kept) == own[row.group] & kept
        assert set(row.lost) == own[row.group] - kept
        assert set(row.gained) == {
            name for name in kept - own[row.group] if any(oracle.serves(name, duty, options) for duty in mine)
        }
        for measures, served, heard in (
            (today, row.served_before, row.heard_before),
            (kept, row.served_after, row.heard_after),
        ):
            able = [{name for name in measures if oracle.serves(name, duty, options)} for duty in mine]
            assert served == sum(bool(each) for each in able)
            assert heard == sum(bool(each & own[row.group]) for each in able)
    assert found.concentration.after == pytest.approx(herfindahl(kept, own), abs=1e-6)
    assert found.concentration.before == pytest.approx(herfindahl(today, own), abs=1e-6)


def herfindahl(measures: set[str], own: dict[str, set[str]]) -> float:
    credit: Counter[str] = Counter()
    owned = [name for name in measures if any(name in mine for mine in own.values())]
    for name in owned:
        owners = [who for who, mine in own.items() if name in mine]
        for who in owners:
            credit[who] += Fraction(1, len(owners))  # type: ignore[assignment]
    return float(sum((part / len(owned)) ** 2 for part in credit.values())) if owned else 0.0


def test_congruity_is_that_of_both_sets() -> None:
    system = al.read(al.example("winter-pressure"))
    found = al.voices(system)
    before, after = al.congruity(system), al.congruity(system, found.measures)
    assert (found.congruity_before, found.congruity_after) == (before.reach, after.reach)
    for row in found.groups:
        assert row.congruity_before == before.agencies.get(row.group)
        assert row.congruity_after == after.agencies.get(row.group)


def test_an_unknown_word_is_said() -> None:
    with pytest.raises(al.UnknownWord, match="Did you mean 'visits'"):
        al.voices(place(), ["visit"])
    with pytest.raises(al.OptionError, match=r'^by: "town" is not one of agency, tier, sector\. .* what to group'):
        al.voices(place(), by="town")  # type: ignore[arg-type]
