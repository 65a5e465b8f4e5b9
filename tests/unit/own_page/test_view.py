"""The page of an organisation on winter-pressure by hand, and against what the other verbs say."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models.answers.view import View
from tests.random_systems import random_system

WINTER = al.read(al.example("winter-pressure"))


@pytest.fixture(scope="module")
def council() -> View:
    return al.view(WINTER, "council")


@pytest.fixture(scope="module")
def trust() -> View:
    """With a set of two: beds stay, and the commissioner's delays."""
    return al.view(WINTER, "trust", measures=["bed-occupancy", "delayed-discharges"])


def test_what_the_council_is_asked_by_hand(council: View) -> None:
    # Delays: 40 or less, and 60 today. Home care: the commissioner wants 44, the budget 40, and 40 is spent today;
    # later 4 more, which is a change. Flu: 72 for older people, 60 for children, and 64 today.
    assert {row.target: (row.part, row.today, row.met) for row in council.targets} == {
        "commissioner-delays": ("asked of it", 60, False),
        "commissioner-home-care": ("asked of it", 40, False),
        "council-budget": ("own", 40, True),
        "council-home-care-later": ("own", 40, None),
        "council-flu": ("own", 64, False),
        "council-flu-children": ("own", 64, True),
    }
    assert council.headline == (
        "The council is judged on 3 measures by 6 targets, two of them asked by the commissioner. Five name a level "
        "and have a figure today: two are met. If the proposed set of 7 measures is agreed, it keeps three of "
        "its measures."
    )
    # The heaviest first of what is missed: three targets on home care, two on flu, one on delays.
    assert [(row.measure, row.met) for row in council.asked] == [
        ("home-care-spending", False),
        ("flu-vaccination", False),
        ("delayed-discharges", False),
    ]
    assert council.asked[1].sentence == (
        "“Flu vaccination”: 72% or more for people aged 65 and over (its own); 60% or more for children (its own); "
        "today 64%, missed."
    )


def test_with_what_means(council: View, trust: View) -> None:
    assert [(row.measure, row.share, row.judged) for row in council.controls] == [
        ("home-care-spending", 0.8, True),
        ("delayed-discharges", 0.6, True),
        ("emergency-admissions", 0.2, False),
    ]
    # It pays for every delayed day, and gains from the same charge when delays fall.
    assert [(row.way, row.agency, row.pays_for, row.at_risk) for row in council.money] == [
        ("is paid", "trust", "decrease", 25),
        ("pays", "trust", "increase", 25),
    ]
    assert council.means == (
        "It can bring about most of what moves “Home care spending” (80%) and “Delayed discharges” (60%).",
        "Money comes from the trust for “Delayed discharges” going down.",
        "Money goes to the trust for “Delayed discharges” going up.",
        "It holds “Home care hours that can be staffed”, known to have nothing to spare.",
    )
    # Half of admissions, on which nobody judges the trust; nobody says who can move what it is judged on.
    assert trust.means[0] == "It can bring about most of what moves “Emergency admissions” (50%)."


def test_whom_it_answers_to_and_asks(council: View) -> None:
    assert council.standing == ("It answers to the region.",)
    region = al.view(WINTER, "region", measures=["flu-vaccination"])
    assert region.standing == (
        "The commissioner and the council answer to it.",
        "It asks 2 targets of the trust, on “Bed occupancy” and “Patient experience”.",
        "It asks 1 target of the commissioner, on “Emergency admissions”.",
    )
    assert [row.target for row in region.targets if row.part == "asks of others"] == [
        *("region-admissions", "region-beds", "region-experience"),
    ]


def test_what_it_stands_in_is_what_others_find(council: View) -> None:
    found = al.find_conflicts(WINTER).touching("council")
    assert [row.finding for row in council.findings] == [row.id for row in found]
    themes = {name: theme for theme in al.themes(WINTER).themes for name in theme.findings}
    assert all(row.theme == themes[row.finding].id for row in council.findings)
    told = [name for row in council.quarrels for name in row.findings]
    assert sorted(told) == sorted(row.id for row in found)
    assert sum(row.share for row in council.quarrels) == pytest.approx(1, abs=1e-5)
    # The same measure is asked of it one way, and wanted by it the other.
    spending = next(row for row in council.quarrels if row.theme == "measure.home-care-spending")
    assert spending.side == "has to get “Home care spending” up, and wants “Home care spending” down"


def test_a_body_that_wants_nothing_in_a_finding_has_a_part_in_it(trust: View) -> None:
    # The council pays it for delays; the council's wish for the same is another's target.
    paid = next(row for row in trust.findings if row.kind == "perverse")
    assert paid.side == "it is paid for the move"
    assert paid.then == "not touched"


def test_what_a_set_means_by_hand(trust: View) -> None:
    # A shorter stay shows in beds at full strength. Operations and experience are said by nothing kept; the experience
    # of patients is the region's wish, not the trust's.
    assert [(row.measure, row.change, row.said, row.instead) for row in trust.set] == [
        ("bed-occupancy", "keeps", None, None),
        ("length-of-stay", "gives up", True, "bed-occupancy"),
        ("patient-experience", "gives up", None, None),
        ("planned-operations", "gives up", False, None),
    ]
    said = {row.measure: row.sentence for row in trust.set}
    assert said["length-of-stay"] == (
        "It gives up “Length of stay”: “Bed occupancy”, in which progress on it shows, says it."
    )
    assert said["patient-experience"] == "It gives up “Patient experience”, which only others asked of it."
    # More operations fill beds: that is what others would say.
    assert said["planned-operations"] == (
        "It would have to argue for “Planned operations”, which goes: nothing kept says it. Others will say that it "
        "works against “Bed occupancy”."
    )
    # What is to be argued for comes first.
    assert trust.meaning[0] == said["planned-operations"]


def test_what_others_would_say_is_of_its_own_wish() -> None:
    # The home wants its fee up, the council down. Only the first harms the budget, only the second the places.
    london = al.read("london-2018")
    measures = [row.id for row in london.measures if row.id != "care-home-fee"]
    home, borough = (
        next(row.sentence for row in al.view(london, who, measures).set if row.measure == "care-home-fee")
        for who in ("care-home", "london-borough")
    )
    assert "and “Council budget balance”" in home
    assert "Care home places" not in home
    assert "works against “Care home places”" in borough
    assert "Council budget balance" not in borough


def test_the_proposed_set_is_what_propose_gives(council: View) -> None:
    proposal = al.propose(WINTER)
    assert council.measures == proposal.measures
    adopter = next(row for row in proposal.adoption if row.agency == "council")
    assert tuple(row.measure for row in council.set if row.change == "keeps") == adopter.keeps
    voice = next(row for row in proposal.voices if row.agency == "council")
    assert (council.voice_before, council.voice_after) == (voice.before, voice.after)
    # Told of a set that is given, the same set means the same.
    given = al.view(WINTER, "council", measures=proposal.measures)
    assert given.set == council.set
    assert (given.proposed, council.proposed) == (False, True)


def test_neighbours_are_the_alignment_by_agency(council: View) -> None:
    pulls = {(row.a, row.b): row for row in al.alignment(WINTER, by="agency").pairs}
    for row in council.neighbours:
        assert (row.helps, row.hinders) == (
            (pull.help, pull.hinder) if (pull := pulls.get((row.agency, "council"))) else (0, 0)
        )
    assert "council" not in {row.agency for row in council.neighbours}
    assert council.around[0].endswith("the rest hinders, most of it from the commissioner (100%).")


def test_an_organisation_is_named_by_id_or_by_name(council: View) -> None:
    assert al.view(WINTER, "The Council") == council
    with pytest.raises(al.UnknownWord, match=r"^'counci' is not an agency\. Did you mean 'council'\?$"):
        al.view(WINTER, "counci")
    rows = [row.model_copy(update={"name": "Twin"}) for row in WINTER.agencies]
    with pytest.raises(al.UnknownWord, match=r"^'twin' is not the name of one agency alone"):
        al.view(WINTER.replace(agencies=rows), "twin")
    with pytest.raises(al.UnknownWord, match="'bed-occupanc' is not a measure"):
        al.view(WINTER, "council", measures=["bed-occupanc"])


def test_a_body_that_is_judged_on_nothing_has_a_page_too() -> None:
    page = al.view(al.read("london-2018"), "electorate-borough", measures=["ae-4h"])
    assert page.headline == "Borough electorate has no target to deliver, and asks none of others."
    assert (page.targets, page.set, page.neighbours) == ((), (), ())
    assert "What it is asked" not in page.to_text()


@pytest.mark.parametrize("who", ["london-ccg", "acute-trust", "care-home", "london-borough"])
def test_a_page_is_a_page(who: str) -> None:
    text = al.view(al.read("london-2018"), who, measures=[row.id for row in al.read("london-2018").measures]).to_text()
    assert len(text.splitlines()) <= 90
    assert max(map(len, text.splitlines())) <= 80
    assert "  \n" not in text
    assert ".." not in text.replace("...", "")


@pytest.mark.parametrize("seed", range(12))
def test_any_system_has_a_page_for_everybody(seed: int) -> None:
    system = random_system(seed)
    kept = [row.id for row in system.measures[::2]]
    for row in system.agencies:
        page = al.view(system, row.id, measures=kept)
        own = {each.measure for each in page.targets if each.part != "asks of others"}
        assert own == {each.measure for each in page.asked}
        assert {each.measure for each in page.set if each.change == "keeps"} <= set(kept)
        assert {each.then for each in page.findings} <= {"settled", "left", "not touched"}
        left = {each.finding for each in page.findings if each.then == "left"}
        assert left <= {clash.conflict for clash in al.check(system, kept).clashes}
        assert page.to_text()
