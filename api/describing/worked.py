"""The examples of the documentation, worked out by the library: what a child does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from alignment.api.doors.filtering import RowOptions
from alignment.api.doors.tables import PageOptions, csv_of, page_of, rows_of

from alignment.api.asking import capped
from alignment.api.settings import Settings
from alignment.examples import example
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.options.several import verb_of
from alignment.tables import read, to_document
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

Json = dict[str, Any]

EXAMPLE: Final = "winter-pressure"
"""The system of every example."""

ROWS: Final = 3
"""How many rows the example of a table shows."""


def worked(verbs: Sequence[Verb], settings: Settings) -> bytes:
    """For each verb what its example asks and is answered, as JSON: all, and a few rows of its first table.

    Parameters
    ----------
    verbs
        The verbs.
    settings
        How far the server goes.
    """
    return json.dumps({verb.command: _example(verb, settings) for verb in (*verbs, COMPARE)}).encode()


def _example(verb: Verb, settings: Settings) -> Json:
    system = _system()
    tables = to_document(system)
    asked = capped(asked_of(verb.options, dict(verb.example)), settings)
    if verb is COMPARE:
        answer = verb_of(verb.function).ask_of([system, system], asked)
        body: Mapping[str, Any] = {"systems": [tables, tables]}
    else:
        answer = verb.ask(system, asked)
        body = {"system": tables}
    rows = rows_of(answer.to_frame().head(ROWS))
    return {
        "asked": {**body, **verb.example},
        "answered": json.loads(answer.to_json()),
        "page": page_of(rows, PageOptions()).model_dump(mode="json"),
        "csv": csv_of(rows, RowOptions()),
    }


@cache
def _system() -> System:
    return read(example(EXAMPLE))
