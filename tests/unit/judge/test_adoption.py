"""What the judge says of adoption that is not so, word for word: each fault alone, in London's proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import alignment as al
from alignment.judge.adoption import objections
from alignment.models.answers.proposal import Proposal

LONDON = al.read(al.example("london-2018"))


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return al.propose(LONDON)


def altered(rows: tuple[Any, ...], at: int, **cells: Any) -> tuple[Any, ...]:
    return (*rows[:at], rows[at].model_copy(update=cells), *rows[at + 1 :])


def of(proposal: Proposal, agency: str) -> int:
    return next(at for at, row in enumerate(proposal.adoption) if row.agency == agency)


def gone(proposal: Proposal, measure: str) -> int:
    return next(at for at, row in enumerate(proposal.retired) if row.measure == measure)


def test_what_the_search_says_is_so(proposal: Proposal) -> None:
    assert objections(LONDON, proposal) == ()


def _keeps_one_less(proposal: Proposal) -> Proposal:
    at = of(proposal, "care-home")
    return proposal.model_copy(update={"adoption": altered(proposal.adoption, at, keeps=())})


def _a_body_is_missing(proposal: Proposal) -> Proposal:
    return proposal.model_copy(update={"adoption": proposal.adoption[1:]})


def _takes_on_more(proposal: Proposal) -> Proposal:
    at = of(proposal, "care-home")
    return proposal.model_copy(update={"adoption": altered(proposal.adoption, at, takes_on=("smoking",))})


def _shares_more(proposal: Proposal) -> Proposal:
    more = (proposal.layers[0].proposed or 0) + 0.001
    return proposal.model_copy(update={"layers": altered(proposal.layers, 0, proposed=more)})


def _a_pair_of_tiers_is_missing(proposal: Proposal) -> Proposal:
    return proposal.model_copy(update={"layers": proposal.layers[1:]})


def _nobody_holds_it(proposal: Proposal) -> Proposal:
    return proposal.model_copy(update={"kept": altered(proposal.kept, 0, holders=())})


def _said(**cells: Any) -> Callable[[Proposal], Proposal]:
    def plant(proposal: Proposal) -> Proposal:
        at = gone(proposal, "acsc")
        said = altered(proposal.retired[at].said, 0, **cells)
        return proposal.model_copy(update={"retired": altered(proposal.retired, at, said=said)})

    return plant


def _not_argued(proposal: Proposal) -> Proposal:
    at = gone(proposal, "acsc")
    return proposal.model_copy(update={"retired": altered(proposal.retired, at, argued=False)})


def _nobody_wanted_it(proposal: Proposal) -> Proposal:
    at = gone(proposal, "acsc")
    return proposal.model_copy(update={"retired": altered(proposal.retired, at, said=())})


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (_keeps_one_less, "care-home keeps, takes on and gives up"),
        (_takes_on_more, "care-home keeps, takes on and gives up"),
        (_a_body_is_missing, "keeps, takes on and gives up"),
        (_shares_more, " then, not "),
        (_a_pair_of_tiers_is_missing, "5 pairs of tiers are compared, and there are 6"),
        (_nobody_holds_it, "other bodies work to ae-4h than is said"),
        (_said(standing=0.75), "acsc is said to london-ccg as far as 0.5, not 0.75"),
        (_said(weight=0.5), "london-ccg wants 1 of acsc, not 0.5"),
        (_said(measure="smoking"), "smoking does not say acsc to london-ccg as far as 0.5"),
        (_said(measure=None), "nothing does not say acsc to london-ccg as far as 0.5"),
        (_said(said=False), "acsc is said to london-ccg as far as was asked for"),
        (_not_argued, "acsc is argued for"),
        (_nobody_wanted_it, "other bodies want something of acsc than is said"),
    ],
)
def test_each_fault_is_found(proposal: Proposal, plant: Callable[[Proposal], Proposal], words: str) -> None:
    found = objections(LONDON, plant(proposal))
    assert any(words in each for each in found), found
