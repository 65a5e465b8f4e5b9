"""Themes by hand: two quarrels that share nothing, their names, who stands in them, what the rest add."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.conflicts.collection import find_conflicts
from alignment.conflicts.themes import themes_of
from alignment.models import System
from tests.small import measures, push, small, target


def two_quarrels(**tables: list[dict[str, Any]]) -> System:
    """Council and trust pull at fees (1) and through fees at beds (0.5 of it, moderate); ward and school at play."""
    return small(
        agencies=[{"id": each, "name": each.title()} for each in ("council", "school", "trust", "ward")],
        measures=measures("beds", "fees", "play", baseline=10, step=1),
        targets=[
            target("council", "fees", "at_most", 8),
            target("trust", "fees", "at_least", 12),
            target("trust", "beds", "at_most", 8),
            target("ward", "play", "at_least", 12, weight=0.5),
            target("school", "play", "at_most", 8, weight=0.5),
        ],
        influences=[push("fees", "beds", -0.5)],
        **tables,
    )


def test_quarrels_that_share_no_measure_are_two() -> None:
    # W: opposed fees 1, spillover of lower fees on beds 0.5 * 0.7 = 0.35, opposed play 0.5.
    found = al.themes(two_quarrels())
    fees, play = found.themes
    assert (fees.id, fees.leading, fees.weight) == ("measure.fees", "opposed.fees-up.fees-down", 1.35)
    assert (play.id, play.leading, play.weight) == ("measure.play", "opposed.play-up.play-down", 0.5)
    assert fees.share == pytest.approx(1.35 / 1.85, abs=1e-6)
    assert fees.agencies == ("council", "trust")
    assert play.agencies == ("school", "ward")
    assert [(each.says, each.findings) for each in fees.adds] == [
        ("this down pushes “Beds” up", ("spillover.fees-down.beds-down",))
    ]
    assert play.adds == ()
    assert found.headline() == "3 findings in 2 themes"


def test_a_payment_for_the_same_move_is_told_with_the_spillover() -> None:
    paid = [{"payer": "ward", "payee": "council", "measure": "fees", "pays_for": "decrease"}]
    themes = al.themes(two_quarrels(incentives=paid)).themes
    # Directly the payment is against the trust's wish; by way of fees it repeats the spillover, which here leads.
    told = {each.findings: each.says for theme in themes for each in theme.adds}
    assert told["perverse.fees-down.fees-up",] == "there is a payment for this down, though it is wanted at 12 or more"
    (theme,) = (theme for theme in themes if "perverse.fees-down.beds-down" in theme.findings)
    assert theme.leading == "spillover.fees-down.beds-down"
    assert told["perverse.fees-down.beds-down",] == "somebody is paid for the same move"


def test_what_only_points_at_others_neither_leads_nor_names() -> None:
    # Fees are like beds to half: a duplicate of severity 1/2 beside the spillover of 0.35.
    like = [{"measure_a": "beds", "measure_b": "play", "kind": "shared", "share": 1}]
    found = themes_of(find_conflicts(two_quarrels(overlaps=like), kinds=["spillover", "duplicate"]))
    theme = next(each for each in found if "spillover.fees-down.beds-down" in each.findings)
    assert theme.leading == "spillover.fees-down.beds-down"
    (alone,) = themes_of(find_conflicts(two_quarrels(overlaps=like)), ["duplicate"])
    assert (alone.leading, alone.id, alone.share) == ("duplicate.beds.play", "measure.beds", 1.0)


def test_a_theme_without_measures_bears_the_name_of_its_outcome() -> None:
    found = al.themes(two_quarrels(outcomes=[{"id": "calm", "name": "Calm", "dimension": "outcomes"}]))
    assert ("outcome.calm", "Calm", ()) in [(each.id, each.name, each.agencies) for each in found.themes]


def test_two_themes_never_bear_one_name() -> None:
    found = al.themes(al.read(al.example("london-2018")))
    assert len({theme.name for theme in found.themes}) == len(found.themes)


def test_nothing_that_pulls_apart_is_no_theme() -> None:
    found = al.themes(small(agencies=[{"id": "council"}], measures=measures("beds"), targets=[]))
    assert (found.themes, found.weight) == ((), 0.0)
    assert found.to_text() == "No findings, so no themes."
    assert found.to_frame().empty


def test_ten_themes_are_told_and_five_additions() -> None:
    names = [f"m{at}" for at in range(12)]
    asks = [target(who, name, sense, value) for name in names for who, sense, value in PULLS]
    text = al.themes(small(agencies=[{"id": "a"}, {"id": "b"}], measures=measures(*names), targets=asks)).to_text()
    assert "10. " in text
    assert "11. " not in text
    assert "... and 2 more, 17% of it together." in text


PULLS = (("a", "at_least", 12), ("b", "at_most", 8))
