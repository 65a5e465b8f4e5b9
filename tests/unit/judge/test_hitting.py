"""How many branches are looked at before the lightest weight is known: no more than it takes."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from alignment.judge import hitting


class Search(NamedTuple):
    """Sets, what their elements weigh, the least weight that hits all, and how many branches show it."""

    sets: list[list[int]]
    weights: dict[int, int]
    least: int
    branches: int


SEARCHES = {
    "one element leaves no choice": Search([[2]], {2: 3}, 3, 1),
    "one or the other": Search([[1, 2]], {1: 1, 2: 1}, 1, 3),
    "sets with nothing in common add up to all there is": Search([[1, 2], [1], [2]], {1: 2, 2: 2}, 4, 1),
    "small sets first, so that they have nothing in common": Search(
        [[1], [3], [1, 2, 3], [2], [1, 3]], {1: 1, 2: 1, 3: 4}, 6, 1
    ),
    "the lightest first, which hits both": Search([[1, 3], [2, 3]], {1: 4, 2: 5, 3: 3}, 3, 3),
    "a smallest set first": Search([[1, 3], [1, 2, 4]], {1: 2, 2: 1, 3: 4, 4: 4}, 2, 3),
    "what was tried in vain is not tried again": Search(
        [[1, 4, 6], [2, 4, 5], [1, 4, 5]], {1: 3, 2: 4, 3: 5, 4: 5, 5: 4, 6: 1}, 5, 9
    ),
}


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_no_more_branches_are_looked_at_than_it_takes(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hitting, "NODES", search.branches)
    assert hitting.lightest(search.sets, search.weights) == search.least
    monkeypatch.setattr(hitting, "NODES", search.branches - 1)
    assert hitting.lightest(search.sets, search.weights) is None
