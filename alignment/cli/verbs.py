"""The commands of verbs that need nothing of their own, made from the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from alignment.verbs.registry import VERBS, Verb
from alignment.verbs.renderers import Form

from .arguments import Measures, Show, Source
from .asking import answered, asking, table_of
from .command import command
from .lists import measures_in


def _answering(verb: Verb) -> Callable[..., int]:
    """What a command does that needs nothing of its own."""

    def run(path: Source, *, what: Show = None, asked: dict[str, Any], form: Form) -> int:
        table = table_of(verb, what)
        return answered(verb, asking(verb, path, asked), form, table)

    def run_on(path: Source, measures: Measures = None, *, what: Show = None, asked: dict[str, Any], form: Form) -> int:
        chosen = {"measures": measures_in(measures)} if measures else {}
        return run(path, what=what, asked={**asked, **chosen}, form=form)

    return run if verb.argument is None else run_on


def _described(verb: Verb, function: Callable[..., int]) -> Callable[..., int]:
    function.__doc__ = f"{verb.summary}."
    return function


OWN: Final = (
    "validate",
    "suggest-overlaps",
    "conflicts",
    "mactor",
    "camps",
    "what-if",
    "certainty",
    "check",
    "view",
    "targeting",
)
"""The verbs whose commands need something of their own."""

for _verb in VERBS:
    if _verb.command not in OWN:
        _without = () if _verb.argument is None else (_verb.argument,)
        command(_verb.command, _verb.line, _verb.options, _without)(_described(_verb, _answering(_verb)))
