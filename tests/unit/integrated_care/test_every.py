"""One lens by its name, and all at once."""

from __future__ import annotations

from functools import cache

import pytest

import alignment as al
from alignment.integrated_care.every import NAMES, NO_SET, QUESTIONS
from alignment.models.options.lenses import LensName
from alignment.verbs.registry import VERBS

LENSES = {verb.command: verb for verb in VERBS if verb.lens}

OF_A_SET = [name for name in NAMES if "measures" in LENSES[name].options.model_fields]


@cache
def winter() -> al.System:
    return al.read("winter-pressure")


def test_every_lens_is_a_verb_with_a_question_in_the_order_of_the_method() -> None:
    assert tuple(LENSES) == NAMES == tuple(QUESTIONS)
    assert all(question.endswith("?") for question in QUESTIONS.values())
    order = ["balance", "layers", "journey", "triage", "targeting", "payback", "fragmentation", "fit", "sway"]
    places = [[*order, "two-year-test", "readiness", "ring-fence"].index(name) for name in NAMES]
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_a_lens_by_its_name_is_its_function(name: LensName) -> None:
    found = al.lens(winter(), name)
    assert found == getattr(al, LENSES[name].home[1])(winter())
    assert type(found) is LENSES[name].answer
    assert found.paragraph.endswith(".")


@pytest.mark.parametrize("name", OF_A_SET)
def test_a_proposal_is_looked_at_with_what_was_asked_of_it(name: LensName) -> None:
    proposal = al.propose(winter(), worth=4, protect=False, theta=0.7)
    asked = {"measures": proposal.measures, "worth": 4, "protect": False, "theta": 0.7}
    found = al.lens(winter(), name, proposal)
    assert found == getattr(al, LENSES[name].home[1])(winter(), **asked)
    assert found.record is not None
    assert {word: found.record.options[word] for word in ("worth", "protect", "theta")} == {
        "worth": 4,
        "protect": False,
        "theta": 0.7,
    }
    assert tuple(found.record.options["measures"]) == proposal.measures
    # What is said by name wins.
    assert al.lens(winter(), name, proposal, theta=0.6).record != found.record


def test_lenses_that_look_at_no_set_do_without_a_proposal() -> None:
    proposal = al.propose(winter())
    assert al.lens(winter(), "layers", proposal) == al.layers(winter())


def test_options_of_a_lens_can_be_said_by_name() -> None:
    assert al.lens(winter(), "triage", enough=0.6) == al.triage(winter(), enough=0.6)
    with pytest.raises(al.OptionError, match="Did you mean 'enough'"):
        al.lens(winter(), "triage", enogh=0.6)


def test_an_unknown_lens_names_the_closest() -> None:
    with pytest.raises(al.UnknownWord, match=r"'layres' is not a lens\. Did you mean 'layers'"):
        al.lens(winter(), "layres")  # type: ignore[arg-type]


def test_all_at_once_say_what_each_says_of_one_set() -> None:
    found = al.lenses(winter())
    proposal = al.propose(winter())
    assert (found.measures, found.stopped) == (proposal.measures, "finished")
    assert tuple(said.lens for said in found.lenses) == NAMES
    for said in found.lenses:
        alone = al.lens(winter(), said.lens, proposal)
        assert (said.question, said.paragraph, said.missing) == (QUESTIONS[said.lens], alone.paragraph, alone.missing)
        assert said.needs == ("pathways" if said.lens == "journey" else alone.needs)


def test_all_at_once_look_at_the_set_that_is_given() -> None:
    found = al.lenses(winter(), ["flu-vaccination"])
    assert found.measures == ("flu-vaccination",)
    said = {each.lens: each.paragraph for each in found.lenses}
    for name in OF_A_SET:
        assert said[name] == al.lens(winter(), name, measures=["flu-vaccination"]).paragraph
    with pytest.raises(al.UnknownWord, match="Did you mean 'flu-vaccination'"):
        al.lenses(winter(), ["flu-vacination"])


def test_without_an_aligned_set_the_lenses_that_need_one_say_so() -> None:
    # Nobody may lose voice, and the trust's own measure must go.
    found = al.lenses(winter(), voice=1, drop="length-of-stay")
    assert found.measures == ()
    said = {each.lens: each for each in found.lenses}
    assert all((said[name].paragraph, said[name].missing) == (NO_SET, ()) for name in OF_A_SET)
    rest = set(NAMES).difference(OF_A_SET)
    assert rest
    assert all(said[name].paragraph == al.lens(winter(), name).paragraph for name in rest)


def test_what_is_missing_is_told_once_below() -> None:
    found = al.lenses(winter())
    text = str(found)
    assert text.count("What the tables lack:") == 1
    rows = found.to_frame("missing")
    assert list(rows["lens"]) == [said.lens for said in found.lenses for _ in said.missing]


def test_lenses_without_their_input_stand_in_one_list_at_the_end() -> None:
    # Of the winter's tables pathways, relationships and finances have no rows; draws have numbers.
    text = str(al.lenses(winter()))
    *_, last = text.split("\n\n")
    assert last == (
        "Cannot be answered from these tables: journey (needs pathways), payback (needs\nfinances), readiness (needs "
        "relationships)."
    )
    for name in ("journey", "payback", "readiness"):
        assert f"{name}: {QUESTIONS[name]}" not in text
        assert f"{name}: " not in text
    # With a row each they stand in the order of the method again.
    finances = [{"agency": "council", "item": "hours", "year": 2030, "cost": 5, "saving": 0}]
    relations = [{"agency_a": "council", "agency_b": "commissioner", "trust": 0.5}]
    steps = [{"pathway": "home", "step": step, "agency": who} for step, who in enumerate(("trust", "council"), 1)]
    whole = str(al.lenses(winter().replace(finances=finances, relationships=relations, pathways=steps)))
    assert "Cannot be answered" not in whole
    places = [whole.index(f"\n{name}: {QUESTIONS[name][:9]}") for name in NAMES[1:]]
    assert places == sorted(places)
