"""what_if on systems of a few rows: what differs, why, and what is said where there is no set."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.what_if import WhatIf
from tests.small import measures, push, small, target


@pytest.fixture(scope="module")
def winter() -> System:
    return al.read(al.example("winter-pressure"))


def twins() -> System:
    """Two measures that serve one duty alike; the first by id is proposed."""
    return small(
        outcomes=[{"id": "care", "name": "Care"}],
        measures=measures("one", "two", outcome="care"),
        targets=[target("trust", name, "increase", id=f"wants-{name}") for name in ("one", "two")],
    )


def test_a_measure_that_only_a_tie_had_kept_out_comes_as_one() -> None:
    found = al.what_if(twins(), al.Reweigh(target="wants-one", weight=0.5), balance=False)
    assert {row.measure: (row.what, row.tie) for row in found.measures} == {
        "one": ("goes", True),
        "two": ("comes", True),
    }
    assert found.measures[1].why == (
        "Two comes: it takes over 'Care' of Trust from One; a set with it was as good before too."
    )


def test_a_measure_goes_with_its_duty() -> None:
    system = small(
        outcomes=[{"id": name, "name": name.capitalize()} for name in ("care", "cost")],
        measures=[*measures("waits", outcome="care"), *measures("money", outcome="cost")],
        targets=[target("trust", "waits", "decrease"), target("council", "money", "decrease")],
    )
    found = al.what_if(system, al.RemoveAgency(agency="council"), balance=False)
    (row,) = found.measures
    assert (row.measure, row.what, row.tie) == ("money", "goes", False)
    assert row.why == "Money goes: what only it served is gone: 'Cost' of Council."
    assert [(duty.agency, duty.outcome, duty.what) for duty in found.duties] == [("council", "cost", "vanishes")]
    assert found.duties[0].sentence == "A duty is gone: 'Cost' of Council."
    assert [(each.agency, each.heard_before, each.heard_after) for each in found.voices] == [("council", 1, None)]


def test_a_measure_takes_over() -> None:
    found = al.what_if(twins(), al.Drop(table="measures", row="one"), balance=False)
    whys = {row.measure: row.why for row in found.measures}
    assert whys["one"] == "One goes: it is no longer there."
    assert "it takes over 'Care' of Trust from One" in whys["two"]


def test_a_new_duty_that_nothing_serves() -> None:
    system = small(
        tiers=[{"id": "top", "name": "Top", "level": 0}, {"id": "low", "name": "Low", "level": 1}],
        agencies=[{"id": "trust", "tier": "low"}, {"id": "ministry", "tier": "top"}],
        outcomes=[{"id": "care", "name": "Care"}],
        measures=measures("waits", outcome="care", reported_at=["low"]),
        targets=[target("trust", "waits", "decrease")],
    )
    row: dict[str, Any] = {"agency": "ministry", "measure": "waits", "sense": "decrease"}
    found = al.what_if(system, al.Add(table="targets", row=row), balance=False, drop=["waits"])
    assert found.duties[0].sentence == "A duty is new: 'Care' of Ministry; nothing serves it."


def clashing() -> System:
    return small(
        measures=measures("beds", "waits"),
        targets=[
            target("trust", "beds", "increase", id="more-beds"),
            target("council", "beds", "decrease", id="fewer-beds", weight=0.5),
            target("trust", "waits", "decrease", id="waits"),
        ],
        influences=[push("beds", "waits", 0.5)],
    )


def test_conflicts_say_which_of_their_rows_are_otherwise() -> None:
    found = al.what_if(clashing(), [al.Drop(table="targets", row="more-beds"), al.Reweigh(target="waits", weight=0.5)])
    opposed = next(each for each in found.conflicts if each.kind == "opposed")
    assert (opposed.what, opposed.before, opposed.after, opposed.changes) == ("vanishes", 0.707107, None, (1,))
    assert opposed.why == "Of what it rests on: target more-beds is gone."
    spillover = next(each for each in found.conflicts if each.kind == "spillover")
    assert spillover.changes == (1, 2)


def recorded() -> System:
    """Two bodies at odds over beds, which a third records that has a payment of its own on them."""
    return small(
        agencies=[{"id": "clerk"}, {"id": "registry"}],
        measures=measures("beds", recorded_by="clerk"),
        targets=[
            target("trust", "beds", "increase", id="more-beds"),
            target("council", "beds", "decrease", id="fewer-beds", weight=0.5),
        ],
        incentives=[{"payer": "clerk", "payee": "registry", "measure": "beds", "pays_for": "increase"}],
    )


def test_who_records_a_measure_matters_to_who_is_judged_by_a_rival_and_to_nobody_else() -> None:
    changes = [al.MergeAgencies(agency="clerk", into="registry"), al.Reweigh(target="fewer-beds", weight=1.0)]
    found = {each.conflict: each for each in al.what_if(recorded(), changes).conflicts}
    opposed = found["opposed.beds-up.beds-down"]
    assert (opposed.what, opposed.changes) == ("worse", (2,))
    rival = found["judged-by-rival.beds-up"]
    assert (rival.what, rival.after) == ("vanishes", None)
    assert rival.changes == (1,)
    assert "measure beds: recorded_by" in rival.why


def test_milder_and_worse() -> None:
    found = al.what_if(clashing(), al.Reweigh(target="fewer-beds", weight=1.0))
    opposed = next(each for each in found.conflicts if each.kind == "opposed")
    assert (opposed.what, opposed.before, opposed.after) == ("worse", 0.707107, 1.0)
    assert opposed.why.startswith("Severity 1 instead of 0.707. Of what it rests on: target fewer-beds: weight 1")
    assert "gets worse" in found.headline
    back = al.what_if(al.apply(clashing(), list(found.changes)), al.Reweigh(target="fewer-beds", weight=0.5))
    assert next(each for each in back.conflicts if each.kind == "opposed").what == "milder"


def test_a_conflict_for_want_of_a_guard_names_the_target_that_went() -> None:
    found = al.what_if(clashing(), al.Drop(table="targets", row="waits"))
    assert all(each.kind != "spillover" or each.what == "vanishes" for each in found.conflicts)
    whys = [each.why for each in found.conflicts if each.kind == "unguarded" and each.what == "appears"]
    assert all("target waits is gone" in why for why in whys)


def test_no_set_after_is_an_answer() -> None:
    found = al.what_if(twins(), al.RemoveAgency(agency="trust"), keep=["one"], drop=["two"])
    assert found.kept_after == ("one",)
    system = small(
        agencies=[{"id": "council"}],
        outcomes=[{"id": "care", "name": "Care"}],
        measures=measures("one", outcome="care"),
        targets=[target("trust", "one", "increase")],
    )
    add = al.Add(table="targets", row={"agency": "council", "measure": "one", "sense": "increase"})
    barred = al.what_if(system, add, sway=0.5, candidates="targeted", keep=["one"], balance=False)
    assert (barred.kept_before, barred.kept_after) == (None, None)
    assert barred.clash_after
    assert "After, no set of measures meets all wishes." in barred.headline
    assert "Wishes that clash after" in str(barred)
    assert (barred.stages, barred.measures, barred.voices, barred.stopped) == ((), (), (), "finished")


def test_wishes_about_what_is_gone_are_left_out_with_a_note(winter: System) -> None:
    found = al.what_if(
        winter,
        [al.Drop(table="measures", row="bed-occupancy"), al.RemoveAgency(agency="council")],
        keep=["bed-occupancy"],
        candidates=[row.id for row in winter.measures],
        power={"council": 2.0},
        weights={"council": 0.5},
    )
    assert [note.split(" is left")[0] for note in found.notes] == [
        "The wish keep",
        "The wish candidates",
        "The wish weights",
        "The wish power",
    ]
    assert found.before == winter.hash


def test_each_change_by_itself(winter: System) -> None:
    row = {"id": "new", "agency": "council", "measure": "bed-occupancy", "sense": "at_most", "value": 80}
    changes = [
        al.Add(table="targets", row=row),
        al.Reweigh(target="new", weight=0.5),
        al.Drop(table="targets", row="region-beds"),
    ]
    found = al.what_if(winter, changes, each=True)
    assert [each.possible for each in found.alone] == [True, False, True]
    assert found.alone[1].sentence == "It cannot be made by itself: 'new' is no target."
    by_itself = al.what_if(winter, changes[2])
    assert found.alone[2].sentence == by_itself.headline
    assert found.alone[2].vanish == sum(each.what == "vanishes" for each in by_itself.conflicts)
    assert al.what_if(winter, changes[2], each=True).alone == ()


def test_a_merger_that_is_wrong_is_refused_with_place_and_remedy(winter: System) -> None:
    with pytest.raises(al.InputError, match=r"changes\[0\].agency: 'trst' is no agency. Did you mean 'trust'\?"):
        al.what_if(winter, al.MergeAgencies(agency="trst", into="council"))


@pytest.mark.parametrize("at", ["before, stage toll", "after, stage toll"])
def test_an_interruption_gives_what_there_is(winter: System, at: str) -> None:
    def progress(words: str) -> None:
        if words == at:
            raise KeyboardInterrupt

    found = al.what_if(winter, al.Drop(table="targets", row="region-beds"), progress=progress)
    assert (found.stopped, found.proven) == ("interrupted", False)
    assert found.conflicts
    assert found.kept_after is None
    assert (found.kept_before is None) == at.startswith("before")
    assert "no set was looked for to the end" in found.headline


def test_the_time_limit_is_shared(winter: System) -> None:
    found = al.what_if(winter, al.Drop(table="targets", row="region-beds"), time_limit=1e-6)
    assert (found.stopped, found.proven) == ("time limit", False)
    assert "Not all of it is proven." in found.headline


def test_as_a_frame_and_as_text(winter: System) -> None:
    found = al.what_if(winter, al.MergeAgencies(agency="trust", into="council"))
    frame = found.to_frame()
    assert set(frame["about"]) == {"row", "conflict", "duty", "stage", "voice"}
    assert list(frame.columns) == ["about", "id", "name", "what", "before", "after", "sentence"]
    text = str(found)
    assert max(map(len, text.splitlines())) <= 80
    assert "... and 6 more." in text
    assert repr(found).startswith("<WhatIf: 1 conflict appears, 5 conflicts vanish")
    assert WhatIf.model_validate_json(found.model_dump_json()) == found


def guarded() -> System:
    """The council cuts care, which makes waits longer; the trust wants them shorter, as the region does on harm."""
    return small(
        agencies=[{"id": name} for name in ("council", "trust", "region")],
        measures=[
            *measures("care", baseline=20, step=1),
            *measures("waits", "harm", baseline=20, step=1, direction="lower"),
        ],
        targets=[
            target("council", "care", "at_most", 10, id="cut"),
            target("trust", "waits", "at_most", 10, id="short", weight=0.5),
            target("region", "harm", "at_most", 10, id="safe"),
        ],
        influences=[push("care", "waits", -0.5), push("waits", "harm", 0.5)],
    )


def test_what_a_target_that_goes_was_holding() -> None:
    """The wish for shorter waits (0.5) helps the one against harm: 0.5 * 1 * 0.5. Then nobody minds what care does."""
    found = al.what_if(guarded(), al.Drop(table="targets", row="short"), balance=False)
    told = {each.what: each for each in found.held}
    assert list(told) == ["help", "push", "target", "guard"]
    assert (told["help"].agencies, told["help"].amount) == (("region",), 0.25)
    assert told["help"].sentence == (
        "Trust no longer wants waits at 10 or less: that helped the wishes of Region (0.25)."
    )
    assert told["push"].measures == ("harm",)
    assert told["target"].sentence == "Nobody has a target on waits any more."
    assert told["guard"].sentence == "Waits is left unguarded against pushing care down, as Council does."
    assert set(found.to_frame("held")["what"]) == set(told)


def test_what_somebody_else_wants_as_well_is_not_lost() -> None:
    """Another wants shorter waits too: only the help of the one that goes is lost."""
    rows = [row.model_dump(exclude_none=True) for row in guarded().targets]
    more = target("region", "waits", "decrease", id="too")
    tables = {**guarded().model_dump(exclude_none=True), "targets": [*rows, more]}
    found = al.what_if(System.model_validate(tables), al.Drop(table="targets", row="short"), balance=False)
    assert [(each.what, each.agencies, each.amount) for each in found.held] == [("help", ("region",), 0.75)]


def test_where_no_target_goes_nothing_was_held() -> None:
    assert al.what_if(guarded(), al.Reweigh(target="short", weight=0.25), balance=False).held == ()


def test_what_many_have_in_common_is_said_once(winter: System) -> None:
    """Four conflicts vanish with one target: the reason stands there once."""
    text = " ".join(str(al.what_if(winter, al.Drop(table="targets", row="commissioner-delays"))).split())
    vanish = text.split("Conflicts that vanish:")[1].split("What the targets")[0]
    assert vanish.count("target commissioner-delays is gone") == 1
    assert "These 4, each: of what it rests on: target commissioner-delays is gone." in vanish
