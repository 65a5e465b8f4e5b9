"""Themes and agendas that somebody changed: the judge says what is wrong with each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import alignment as al
from alignment.conflicts import themes as planted
from alignment.conflicts.collection import find_conflicts
from alignment.conflicts.coverage import Coverage, Stage
from alignment.conflicts.finding import Finding
from alignment.conflicts.judged import case_of
from alignment.judge import agenda as agendas, themes as judged
from alignment.judge.cases import Case
from alignment.models.answers.agenda import Agenda
from alignment.models.answers.themes import Theme

LONDON = al.read(al.example("london-2018"))
FOUND = find_conflicts(LONDON)
CASES = [case_of(FOUND.arrays, finding) for finding in FOUND.findings]
THEMES = al.themes(LONDON).themes
AGENDA = al.agenda(LONDON, meetings=3)


def changed(at: int = 0, **cells: Any) -> list[Theme]:
    return [theme.model_copy(update=cells) if place == at else theme for place, theme in enumerate(THEMES)]


def moved() -> list[Theme]:
    """The worst finding of the first theme told in the second."""
    first, second = THEMES[0], THEMES[1]
    went = first.findings[-1]
    left = [theme.model_copy(update={"findings": theme.findings[:-1]}) for theme in THEMES[:1]]
    return [*left, second.model_copy(update={"findings": (*second.findings, went)}), *THEMES[2:]]


def test_what_the_library_says_stands() -> None:
    assert judged.objections(CASES, THEMES) == ()
    assert agendas.objections(LONDON, CASES, AGENDA) == ()


WORST = THEMES[0].adds[-1].findings[0]
"""A finding that only adds to the first theme."""


@pytest.mark.parametrize(
    ("themes", "words"),
    [
        (THEMES[1:], "not every finding is in one theme"),
        ([*THEMES, THEMES[0]], "not every finding is in one theme"),
        ([THEMES[1], THEMES[0], *THEMES[2:]], "the worst theme is not first"),
        (changed(share=0.9), "of all, not"),
        (changed(weight=0.1), "of all, not"),
        (changed(leading=WORST), "does not tell each of its findings once"),
        (changed(leading=WORST), "led by a finding that should not lead"),
        (changed(adds=()), "does not tell each of its findings once"),
        (changed(agencies=()), "others stand in"),
        (changed(id="measure.dtoc-total"), "is not what has the most weight in it"),
        (changed(findings=THEMES[0].findings[::-1]), "are not in order"),
        (moved(), "of all, not"),
    ],
)
def test_a_theme_that_is_not_so_is_refused(themes: list[Theme], words: str) -> None:
    assert any(words in each for each in judged.objections(CASES, themes))


def test_a_payment_apart_from_its_spillover_is_noticed() -> None:
    def case(name: str) -> Case:
        kind = name.partition(".")[0]
        return Case(name, kind, 1.0, 0.5, ("a", "b"), None, None, reckoned=False, groups=(), targets=())

    spillover, paid = case("spillover.a-up.b-up"), case("perverse.a-up.b-up")
    told = THEMES[0].model_copy(
        update={
            "weight": 0.5,
            "share": 0.5,
            "agencies": (),
            "adds": (),
            "findings": (paid.id,),
            "leading": paid.id,
            "id": "measure.a",
        }
    )
    other = told.model_copy(update={"findings": (spillover.id,), "leading": spillover.id, "id": "measure.b"})
    assert judged.objections([spillover, paid], [told, other]) == (f"{paid.id} is told apart from {spillover.id}",)


def with_first(**cells: Any) -> Agenda:
    first, *rest = AGENDA.conversations
    return AGENDA.model_copy(update={"conversations": (first.model_copy(update=cells), *rest)})


def with_last_point(**cells: Any) -> Agenda:
    *rest, last = AGENDA.curve
    return AGENDA.model_copy(update={"curve": (*rest, last.model_copy(update=cells))})


def without_last() -> Agenda:
    """Only two of three conversations, said to be the best of three."""
    left = AGENDA.conversations[:2]
    lost = tuple(finding for finding in AGENDA.conversations[2].adds)
    weight = AGENDA.curve[1].weight
    point = AGENDA.curve[2].model_copy(update={"weight": weight, "bound": weight})
    return AGENDA.model_copy(
        update={"conversations": left, "open": (*AGENDA.open, *lost), "curve": (*AGENDA.curve[:2], point)}
    )


@pytest.mark.parametrize(
    ("agenda", "words"),
    [
        (with_first(reaches=()), "and others are told"),
        (with_first(weight=99.0), "adds"),
        (with_first(seats=AGENDA.conversations[0].seats[:1]), "is not two agencies"),
        (with_first(seats=AGENDA.conversations[0].seats[:1] * 2), "sits twice"),
        (with_first(kind="body"), "others meet in"),
        (
            with_first(
                seats=(
                    AGENDA.conversations[0].seats[0].model_copy(update={"instead": ("treasury",)}),
                    AGENDA.conversations[0].seats[1],
                )
            ),
            "treasury does not do as well",
        ),
        (AGENDA.model_copy(update={"open": ()}), "not every finding is reached, open or beyond"),
        (AGENDA.model_copy(update={"meetings": 2}), "not 2 conversations at most"),
        (with_last_point(weight=0.0), "is reached, not 0"),
        (with_last_point(weight=0.0), "are said to reach less"),
        (with_last_point(bound=0.0), "does not go with what they reach"),
        (with_last_point(proven=False), "does not go with what they reach"),
        (without_last(), "another conversation in the place of one reaches more"),
    ],
)
def test_an_agenda_that_is_not_so_is_refused(agenda: Agenda, words: str) -> None:
    assert any(words in each for each in agendas.objections(LONDON, CASES, agenda))


def test_a_search_that_goes_wrong_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def last(self: Coverage, most: int) -> list[Stage]:
        """One conversation, the last, said to be the best there is."""
        return [Stage((len(self.sets) - 1,), 1, 1)] * most

    def as_it_is(self: Coverage, stage: Stage) -> tuple[tuple[int, ...], bool]:
        return stage.chosen, True

    monkeypatch.setattr(Coverage, "stages", last)
    monkeypatch.setattr(Coverage, "first", as_it_is)
    with pytest.raises(al.SolverTrouble, match="did not survive the judge"):
        al.agenda(LONDON, meetings=3)


def test_communities_that_lose_a_finding_give_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(findings: Sequence[Finding]) -> list[list[int]]:
        return [list(range(len(findings) - 1))]

    monkeypatch.setattr(planted, "_together", lost)
    with pytest.raises(al.SolverTrouble, match="not every finding is in one theme"):
        al.themes(LONDON)
