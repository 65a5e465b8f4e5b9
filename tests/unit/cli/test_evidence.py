"""Which influences count, asked at the command line."""

from __future__ import annotations

from pathlib import Path

import alignment as al
from alignment.models import System
from tests.running import Runner
from tests.small import measures, push, small, target


def place() -> System:
    """Buses push parks up, or down, whoever is asked."""
    return small(
        measures=measures("buses", "parks", direction="higher", baseline=10, step=1),
        targets=[target("council", "buses", "at_least", 12), target("trust", "parks", "at_least", 12)],
        influences=[push("buses", "parks", -0.6), push("buses", "parks", 0.6, origin="estimated")],
    )


def test_conflicts_go_by_the_influences_that_are_asked_for(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "place.json"
    al.write(place(), path)
    (name,) = (each.id for each in al.find_conflicts(place(), "spillover"))
    found = {
        word: [each["id"] for each in run("conflicts", path, "--evidence", word, "--json").json["conflicts"]]
        for word in ("declared", "estimated")
    }
    assert name in found["declared"]
    assert name not in found["estimated"]
    ran = run("conflicts", path, "--evidence", "both", "--show", "comparison", "--csv")
    assert ran.frame.set_index("conflict").loc[name, "stands"] == "declared"
    assert "stands only as declared" in run("conflicts", path, "--evidence", "both").said


def test_other_commands_say_that_only_conflicts_takes_both(run: Runner) -> None:
    ran = run("themes", "winter-pressure", "--evidence", "both")
    assert ran.code == 2
    assert "only conflicts can be asked for both" in ran.said
    assert run("themes", "winter-pressure", "--evidence", "estimated").code == 0
