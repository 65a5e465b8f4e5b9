"""Agendas by hand: who has to be in the room, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.conflicts.collection import find_conflicts
from alignment.conflicts.conversations import meeting
from alignment.models import System
from tests.small import measures, push, small, target


def named(*ids: str) -> list[dict[str, Any]]:
    return [{"id": each, "name": each.title()} for each in ids]


def three_pulls(**tables: Any) -> System:
    """Council against trust on fees (1), against the ward on play (0.5), trust against the ward on beds (0.25)."""
    return small(
        agencies=named("board", "council", "trust", "ward"),
        measures=measures("beds", "fees", "play", baseline=10, step=1),
        targets=[
            target("council", "fees", "at_most", 8),
            target("trust", "fees", "at_least", 12),
            target("council", "play", "at_most", 8, weight=0.5),
            target("ward", "play", "at_least", 12, weight=0.5),
            target("trust", "beds", "at_most", 8, weight=0.25),
            target("ward", "beds", "at_least", 12, weight=0.25),
        ],
        **tables,
    )


def test_each_conversation_adds_what_the_one_before_left() -> None:
    found = al.agenda(three_pulls(), meetings=2)
    assert [(row.id, row.weight) for row in found.conversations] == [
        ("pair.council.trust", 1.0),
        ("pair.council.ward", 0.5),
    ]
    assert [(point.meetings, point.weight) for point in found.curve] == [(1, 1.0), (2, 1.5)]
    assert found.open == ("opposed.beds-up.beds-down",)
    assert found.conversations[0].measures == ("fees",)
    assert (found.proven, found.ordered) == (True, True)


def test_a_body_that_already_meets_is_one_conversation() -> None:
    members = [{"agency": each, "answers_to": "board", "kind": "partnership"} for each in ("council", "trust", "ward")]
    found = al.agenda(three_pulls(accountability=members))
    (board,) = found.conversations
    assert (board.id, board.kind, board.share) == ("body.board", "body", 1.0)
    assert [seat.agency for seat in board.seats] == ["board", "council", "trust", "ward"]
    assert found.candidates == 1
    assert [point.gain for point in found.curve] == [1.0, 0.0, 0.0, 0.0, 0.0]
    # Another line of accountability makes no body.
    statutory = [{**row, "kind": "statutory"} for row in members]
    assert al.agenda(three_pulls(accountability=statutory)).candidates == 3


def test_agencies_that_stand_alike_are_one_seat() -> None:
    wards = [f"ward-{at}" for at in range(3)]
    system = small(
        agencies=named("council", *wards),
        measures=measures("fees", baseline=10, step=1),
        targets=[
            target("council", "fees", "at_most", 8),
            *(target(each, "fees", "at_least", 12) for each in wards),
        ],
    )
    (row,) = al.agenda(system).conversations
    assert row.id == "pair.council.ward-0"
    assert [seat.instead for seat in row.seats] == [(), ("ward-1", "ward-2")]
    assert row.equal == 2


def test_a_finding_of_one_side_is_reached_by_who_asks_and_who_delivers() -> None:
    def asked(**cells: Any) -> System:
        return small(
            agencies=named("council", "trust"),
            measures=[{"id": "stay", "step": 1, "baseline": 10}, {"id": "back", "direction": "lower", "step": 1}],
            targets=[target("council", "stay", "at_most", 8, **cells)],
            influences=[push("stay", "back", -0.5)],
        )

    found = al.agenda(asked(for_agency="trust"))
    assert [row.id for row in found.conversations] == ["pair.council.trust"]
    # Nobody else has a part in it: one body's own.
    own = al.agenda(asked())
    assert (own.conversations, own.beyond) == ((), ("unguarded.stay-down.back",))
    assert own.to_text().startswith("No conversation reaches anything that pulls apart.")


def test_a_body_does_not_negotiate_with_itself() -> None:
    system = small(
        agencies=named("council", "trust"),
        measures=measures("fees", baseline=10, step=1),
        targets=[target("council", "fees", "at_most", 8), target("council", "fees", "at_least", 12)],
    )
    found = al.agenda(system)
    assert (found.candidates, found.curve[-1].weight, len(found.beyond)) == (0, 0.0, 1)


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("wrong-pocket", (("council",), ("commissioner",))),
        ("no-control", (("commissioner", "council", "region"), ("commissioner",))),
    ],
)
def test_who_stands_in_winter_pressures(kind: Any, groups: tuple[tuple[str, ...], ...]) -> None:
    conflicts = find_conflicts(al.read(al.example("winter-pressure")), kinds=kind)
    ids = [row.id for row in conflicts.arrays.agencies]
    parts, asks = meeting(conflicts.findings[0])
    assert not asks
    told = tuple(tuple(sorted(ids[who] for who in part)) for part in parts)
    assert told[1] == groups[1]
    assert set(told[0]) <= set(groups[0])


def test_more_meetings_than_conversations_buy_nothing() -> None:
    found = al.agenda(three_pulls(), meetings=9)
    assert len(found.conversations) == 3
    assert [point.weight for point in found.curve] == [1.0, 1.5, *[1.75] * 7]
    with pytest.raises(al.OptionError):
        al.agenda(three_pulls(), meetings=0)


def test_without_time_it_says_so() -> None:
    found = al.agenda(al.read(al.example("london-2018")), meetings=4, time_limit=1e-9)
    assert not found.proven
    assert found.stopped == "time limit"
    assert "the most found so far" in found.to_text()
    assert all(point.bound >= point.weight for point in found.curve)
