"""The examples of the documentation, worked out by the library: what a child does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from alignment.api.asking import capped
from alignment.api.doors.filtering import RowOptions
from alignment.api.doors.tables import PageOptions, csv_of, page_of, rows_of
from alignment.api.making import cut, join_in
from alignment.api.settings import Settings
from alignment.examples import example
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.options.several import verb_of
from alignment.scenarios.subset import subset
from alignment.tables import read, to_document
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

Json = dict[str, Any]

EXAMPLE: Final = "winter-pressure"
"""The system of every example."""

ROWS: Final = 3
"""How many rows the example of a table shows."""


PART: Final = {"agencies": ["trust", "council"]}
"""The part that is cut out in the example of that."""


def worked(verbs: Sequence[Verb], settings: Settings) -> bytes:
    """For each verb what its example asks and is answered, as JSON: all, and a few rows of its first table.

    Parameters
    ----------
    verbs
        The verbs.
    settings
        How far the server goes.
    """
    found = {verb.command: _example(verb, settings) for verb in (*verbs, COMPARE)}
    return json.dumps({**found, **_made(settings)}).encode()


def _example(verb: Verb, settings: Settings) -> Json:
    tables = to_document(_system())
    body: Json = {"systems": [tables, tables]} if verb is COMPARE else {"system": tables}
    asked = capped(asked_of(verb.options, dict(verb.example)), settings)
    return {"asked": {**body, **verb.example}, **_answered(verb, asked.model_dump_json())}


@cache
def _answered(verb: Verb, said: str) -> Json:
    """What is answered to options as JSON; servers whose limits allow the same give the same."""
    system, asked = _system(), asked_of(verb.options, json.loads(said))
    answer = verb_of(verb.function).ask_of([system, system], asked) if verb is COMPARE else verb.ask(system, asked)
    rows = rows_of(answer.to_frame().head(ROWS))
    return {
        "answered": json.loads(answer.to_json()),
        "page": page_of(rows, PageOptions()).model_dump(mode="json"),
        "csv": csv_of(rows, RowOptions()),
    }


def _made(settings: Settings) -> Json:
    """So for what makes systems: a part of one, and one of two parts."""
    tables = to_document(_system())
    cut_out: Json = {"system": tables, **PART}
    parts = [to_document(subset(_system(), agencies=[agency])) for agency in PART["agencies"]]
    several: Json = {"systems": parts, "names": PART["agencies"]}
    return {
        "subset": {"asked": cut_out, "answered": json.loads(cut(json.dumps(cut_out).encode(), settings))},
        "join": {"asked": several, "answered": json.loads(join_in(json.dumps(several).encode(), settings))},
    }


@cache
def _system() -> System:
    return read(example(EXAMPLE))
