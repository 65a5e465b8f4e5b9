"""The page of an organisation on winter-pressure by hand, and against what the other verbs say."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models.answers.view import View
from alignment.models.system.measures import Level, Target
from tests.random_systems import random_system
from tests.thoroughly import part_of

WINTER = al.read(al.example("winter-pressure"))


@pytest.fixture(scope="module")
def council() -> View:
    return al.view(WINTER, "council")


@pytest.fixture(scope="module")
def trust() -> View:
    """With a set of two: beds stay, and the commissioner's delays."""
    return al.view(WINTER, "trust", measures=["bed-occupancy", "delayed-discharges"])


def _page(name: str, who: str) -> View:
    """A page with every measure kept, so that nothing has to be searched for."""
    system = al.read(name)
    return al.view(system, who, measures=[row.id for row in system.measures])


def system_with(system: al.System, bases: set[str]) -> al.System:
    """The system with incentives of some bases alone."""
    return system.replace(incentives=[row for row in system.incentives if row.basis in bases])


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
    # By measure: on each of the three at least one level is missed (44, 72 and 40), so none is met.
    assert council.headline == (
        "The council is judged on 3 measures by 6 targets, two of them asked by the commissioner. By the measures' own "
        "figures, which need not be its own, none of three is where its targets want it. If the proposed set of 7 "
        "measures is agreed, it keeps all three of these."
    )
    # Two ask for home care, one for each other; delays need 4 steps (60 to 40, five a step), flu fewer.
    assert [(row.measure, row.state, row.met) for row in council.asked] == [
        ("home-care-spending", "not met", False),
        ("delayed-discharges", "not met", False),
        ("flu-vaccination", "not met", False),
    ]
    assert council.asked[2].sentence == (
        "“Flu vaccination”: 72% or more for people aged 65 and over (its own); 60% or more for children (its own); "
        "the measure stands at 64%, short of one of these."
    )


def test_what_is_met_is_counted_by_measure_and_named() -> None:
    # Three ask for dementia 66.7%, at 67.5% today; one for a list of 100, at 100. Missed: waits, delays, cancer.
    page = _page("london-2018", "london-ccg")
    assert [row.name for row in page.asked if row.met] == [
        *("Dementia diagnosis rate", "Size of the planned treatment waiting list"),
    ]
    assert page.headline.startswith("London CCG (type), which stands for 32 bodies, is judged on 14 measures by 21 ")
    assert (
        "By the measures' own figures, which need not be its own, two of five are where its targets want them: "
        "“Dementia diagnosis rate” and “Size"
    ) in page.headline
    # 3.5% is asked by two dates: that is one ask.
    delays = next(row for row in page.asked if row.name == "Delayed transfers of care, all causes")
    assert delays.sentence.endswith("the measure stands at 5% of occupied bed days, short of it.")


def test_a_guardrail_at_its_own_baseline_is_not_evidence_of_being_met() -> None:
    # NHS England asks for a share of spending no worse than today: met whatever today is.
    page = _page("england-2026", "icb")
    hold = next(row for row in page.targets if row.sense == "hold")
    assert (hold.measure_name, hold.met, hold.today) == ("Mental health share of NHS spending", None, 8.7)
    # A hold alone is a guardrail; here a trust wants the share up as well.
    assert next(row.state for row in page.asked if row.measure == hold.measure) == "open"
    rows = [row for row in WINTER.targets if row.measure != "flu-vaccination"]
    guard = Target(agency="council", measure="flu-vaccination", sense="hold")
    guarded = al.view(WINTER.replace(targets=[*rows, guard]), "council", measures=["flu-vaccination"])
    assert guarded.asked[-1].state == "guardrail"
    assert "Not to get worse (guardrails): “Flu vaccination”." in guarded.to_text()


def test_todays_figures_are_the_bodys_own_where_levels_has_them(council: View) -> None:
    assert council.figures == "Today's figures are the measures' own, as `levels` has none for it."
    # 35 delays at the council itself meet the 40 that the 60 of all miss.
    level = Level(measure="delayed-discharges", agency="council", value=35)
    page = al.view(WINTER.replace(levels=[level]), "council", measures=["delayed-discharges"])
    row = next(row for row in page.targets if row.target == "commissioner-delays")
    assert (row.today, row.own_level, row.met) == (35, True, True)
    asked = next(row for row in page.asked if row.measure == "delayed-discharges")
    assert (asked.state, asked.sentence.endswith("; today 35 people (its own figure).")) == ("met", True)
    assert page.figures == "Today's figures are the measures' own, not its, but where that is said."


@pytest.mark.parametrize(
    ("due", "state"), [("2030", "missed"), (None, "not met"), ("2030/31", "not met yet"), ("2031", "not met yet")]
)
def test_only_what_is_due_is_missed_and_only_by_its_own_figure(due: str | None, state: str) -> None:
    # Winter pressure is about 2030. The council has 45 delays itself, where 40 are asked for.
    row = Target(agency="council", measure="delayed-discharges", sense="at_most", value=40, due=due)
    level = Level(measure="delayed-discharges", agency="council", value=45)
    page = al.view(WINTER.replace(targets=[row], levels=[level]), "council", measures=["delayed-discharges"])
    assert (page.asked[0].state, page.asked[0].own_level) == (state, True)
    assert page.asked[0].sentence.endswith(f"(its own); today 45 people (its own figure), {state}.")
    assert f"One names a level and has its own figure today: “Delayed discharges”, {state}." in page.headline
    others = al.view(WINTER.replace(targets=[row]), "council", measures=["delayed-discharges"])
    assert others.asked[0].sentence.endswith("(its own); the measure stands at 60 people, short of it.")
    assert (
        "By the measure's own figure, which need not be its own, “Delayed discharges” is not where its targets want it."
    ) in others.headline


def test_own_figures_and_the_measures_are_counted_apart() -> None:
    # Its own 35 delays meet 40; flu (64 of 72) and home care are only known for all.
    level = Level(measure="delayed-discharges", agency="council", value=35)
    page = al.view(WINTER.replace(levels=[level]), "council", measures=["delayed-discharges"])
    assert (
        "One names a level and has its own figure today: “Delayed discharges”, met. By the measures' own figures, "
        "which need not be its own, none of two is where its targets want it."
    ) in page.headline


def test_inferred_wishes_are_said_apart() -> None:
    # The home wants its fee and its occupancy up by what it does; only quality was published, twice.
    page = _page("london-2018", "care-home")
    assert page.headline.startswith(
        "London care home (type) is judged on 1 measure by 2 targets, one of them asked by "
    )
    assert [(row.measure, row.state) for row in page.asked if row.acts] == [
        *(("care-home-fee", "inferred"), ("care-home-occupancy", "inferred")),
    ]
    # A council acts as if it wanted more people found eligible by the board: nobody asked that.
    icb = _page("england-2026", "icb")
    assert "Council" not in icb.headline
    eligible = next(row for row in icb.asked if row.others_act and row.acts)
    assert eligible.others_act == (
        "Council with social care duties: “People found eligible for NHS continuing healthcare” up",
    )


@pytest.mark.parametrize("name", ["london-2018", "england-2026", "england-frameworks", "winter-pressure"])
def test_what_is_kept_and_given_up_adds_up_to_what_it_is_judged_on(name: str) -> None:
    system = al.read(name)
    some = [row.id for row in system.measures[::2]]
    for row in part_of(system.agencies, 10):
        page = al.view(system, row.id, measures=some)
        judged = {each.measure for each in page.asked if each.state != "inferred"}
        lines = {each.measure: each.change for each in page.set if each.part == "judged on"}
        assert set(lines) == judged
        assert set(lines.values()) <= {"keeps", "gives up"}
        published = {each.measure for each in page.targets if each.part != "asks of others" and not each.inferred}
        assert judged == published


def test_money_is_told_by_what_it_is_for() -> None:
    # The trust withholds from the borough: a fine that the borough bears is no income.
    system = al.read("london-2018")
    fined = system.replace(incentives=[row for row in system.incentives if row.basis == "penalty"])
    means = al.view(fined, "london-borough", measures=["nea"]).means
    assert (
        "It loses money to London acute trust (type) if “Delayed transfers attributable to social care” goes up "
        in (" ".join(means))
    )
    assert "(GBP 155 per delayed day in London)." in " ".join(means)
    hospital = system_with(system, {"activity", "penalty"})
    trust = " ".join(al.view(hospital, "acute-trust", measures=["nea"]).means)
    assert "London CCG (type) pays it for “Emergency hospital admissions” going up" in trust
    assert (
        "It loses money to London CCG (type) if “Emergency hospital admissions” goes up (GBP 338 million a year"
        in trust
    )
    # Planned work is paid for up to a cap: beyond it the board does not pay.
    icb = system_with(al.read("england-2026"), {"cap"})
    assert "It may not exceed a cap that Integrated care board sets on “Planned activity" in " ".join(
        al.view(icb, "acute-trust", measures=["elective-activity"]).means
    )
    both = system_with(al.read("england-2026"), {"cap", "activity"})
    assert "Integrated care board does not pay it beyond a cap on “Planned activity" in " ".join(
        al.view(both, "acute-trust", measures=["elective-activity"]).means
    )


def test_an_indirect_push_names_the_step_between_and_two_bodies_are_named() -> None:
    # A&E pushes admissions, and these planned waits: both rows are strong.
    page = _page("london-2018", "london-ccg")
    bonus = next(row for row in page.quarrels if row.name.startswith("A&E"))
    assert "down by way of “Emergency hospital admissions” (strong evidence)" in bonus.sentence
    assert bonus.part == "wants “Planned treatment waits under 18 weeks” up"
    homes = next(row for row in _page("london-2018", "care-home").quarrels if row.name.startswith("Permanent"))
    assert homes.sentence.startswith("Department of Health and Social Care and London borough (type) want ")


def test_what_it_moves_little_of_begins_with_its_main_quarrel() -> None:
    assert (
        "but less than a fifth of “Emergency hospital admissions” (10%)" in _page("london-2018", "london-ccg").means[0]
    )


def test_the_harm_of_a_wish_is_told_the_way_it_is_wanted() -> None:
    # The borough wants spending down: that pushes delays up, as the reasons of the set say of "wanted down".
    system = al.read("london-2018")
    gone = [row.id for row in system.measures if row.id != "asc-spend"]
    said = next(row.sentence for row in al.view(system, "london-borough", gone).set if row.measure == "asc-spend")
    assert "that its going down pushes “Delayed transfers attributable to social care” up" in said


def test_the_board_leads_with_what_is_hard() -> None:
    text = _page("england-2026", "icb").to_text()
    first = _page("england-2026", "icb").asked[0].name
    assert first == "ICB and system surplus or deficit, share of allocation"
    assert "“ICB running costs”: down by 50 index points" in text
    assert "“Additional urgent dental" in text


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
        "It can move half or more of “Home care spending” (80%) and “Delayed discharges” (60%).",
        "It loses money to the trust if “Delayed discharges” goes up (GBP 25 thousand a winter).",
        "It pays the trust for “Delayed discharges” going up (GBP 25 thousand a winter).",
        "It holds “Home care hours that can be staffed”, known to have nothing to spare.",
    )
    # Half of admissions, on which nobody judges the trust; nobody says who can move what it is judged on.
    assert trust.means[0] == "It can move half or more of “Emergency admissions” (50%)."


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
    assert spending.side == "is asked to get “Home care spending” up, and wants “Home care spending” down"


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
        "It would have to argue for “Planned operations”, which goes: nothing kept says it. Others will say that its "
        "going up pushes “Bed occupancy” up."
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
    assert "its going up pushes “" in home
    assert "its going down pushes “Care home places” down" in borough
    assert "Care home places" not in home
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
    # Only the table tells it: in the text it said nothing to readers.
    assert "helps" not in council.to_text()


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
    assert len(text.splitlines()) <= 70
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
