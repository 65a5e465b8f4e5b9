"""A question that was asked before is answered from memory, for tests of how answers are asked for and shown.

What is kept with a system (conflicts, effects) goes to every system that says the same. Tests that look at how an
answer comes about, or change the code that finds it, do without.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from alignment.models import System
from alignment.models.answers.answer import Answer
from alignment.models.answers.proposal import Proposal
from alignment.models.options.fields import Asked
from alignment.options.verb import Asking

SYSTEMS: Final[dict[Any, System]] = {}
"""The first system that says so, by what it says."""

ANSWERS: Final[dict[Any, Answer]] = {}
"""Answers by verb, system and options."""


def answer_once(patch: pytest.MonkeyPatch) -> None:
    """Let every question be answered once."""
    ask = Asking[Any].ask

    def once(self: Asking[Any], system: System, asked: Asked, **means: Any) -> Answer:
        first = SYSTEMS.setdefault((system, system.notes), system)
        question = (self.name, first, first.notes, asked.model_dump_json())
        if question in ANSWERS and not any(each for name, each in means.items() if name != "progress"):
            return ANSWERS[question]
        answer = ask(self, first, asked, **means)
        # A proposal searches on when it is asked for its reasons, in what is left of its time: each has to be new.
        if getattr(answer, "stopped", "finished") == "finished" and not isinstance(answer, Proposal):
            ANSWERS[question] = answer
        return answer

    patch.setattr(Asking, "ask", once)
