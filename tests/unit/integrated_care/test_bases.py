"""Which targets are set, by hand."""

from __future__ import annotations

from alignment.index import Index
from alignment.integrated_care.bases import bases_of
from tests.small import Cells, small, target


def line(agency: str, to: str, kind: str = "statutory") -> Cells:
    return {"agency": agency, "answers_to": to, "kind": kind}


def test_set_asked_or_inferred() -> None:
    # The trust answers to the region, and that to the ministry. A board whose member it is has no authority, nor the
    # council above that. Of the firm nobody says whom it answers to.
    asks = [
        *(target(who, "waits", "decrease", for_agency="trust", id=f"by-{who}") for who in ("region", "ministry")),
        *(target(who, "waits", "decrease", for_agency="trust", id=f"by-{who}") for who in ("board", "council", "firm")),
        target("trust", "waits", "decrease", id="own"),
        target("trust", "waits", "increase", id="seen", revealed=True),
        target("council", "waits", "decrease", for_agency="firm", id="untold"),
    ]
    lines = [
        line("trust", "region"),
        line("region", "ministry"),
        line("ministry", "region"),  # a ring ends the search
        line("trust", "board", "partnership"),
        line("board", "council"),
    ]
    system = small(measures=[{"id": "waits", "direction": "lower"}], targets=asks, accountability=lines)
    keys = system.derive(Index).targets.keys
    assert dict(zip(keys, bases_of(system), strict=True)) == {
        "by-board": "asked",
        "by-council": "asked",
        "by-firm": "asked",
        "by-ministry": "set",
        "by-region": "set",
        "own": "set",
        "seen": "inferred",
        "untold": "set",
    }
