"""Operations as commands that can be tried."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, cast

from alignment.api.arriving import JSON

Json = Mapping[str, Any]


def curl(base: str, path: str, method: str, word: str, operation: Json, common: Json) -> str:
    """The command that asks what the example of an operation asks.

    Parameters
    ----------
    base
        Where the server is.
    path, method
        The address.
    word
        Where the page tells of the operation.
    operation
        The operation.
    common
        What operations have in common, the parameters among it.

    Examples
    --------
    >>> common = {"parameters": {"system": {"name": "system", "in": "path", "example": "london"}}}
    >>> asked = {"parameters": [{"$ref": "#/components/parameters/system"}], "responses": {}}
    >>> curl("http://127.0.0.1:8765", "/v1/systems/{system}", "get", "get_system", asked, common)
    'curl -s http://127.0.0.1:8765/v1/systems/london'
    """
    parameters = [common["parameters"][each["$ref"].rpartition("/")[2]] for each in operation.get("parameters", ())]
    given = {each["name"]: each["example"] for each in parameters if each["in"] == "path"}
    address = base + re.sub(r"\{(\w+)\}", lambda found: str(given[found[1]]), path)
    lines = ["curl -s " + shlex.quote(address)]
    if method != "get" and "requestBody" not in operation:
        lines[0] = f"curl -s -X {method.upper()} {shlex.quote(address)}"
    if method == "delete" and "428" in operation["responses"]:
        # What is there is only deleted by who says which version.
        lines.append("-H 'If-Match: *'")
    lines += _query(parameters)
    if "requestBody" not in operation:
        return " ".join(lines)
    how = "" if method == "post" else f" -X {method.upper()}"
    return (
        f"curl -s {shlex.quote(f'{base}/docs/{word}.json')} -o example.json\n"
        f"curl -s{how} {shlex.quote(address)} -H 'Content-Type: {JSON}' --data-binary @example.json"
    )


def _query(parameters: list[Json]) -> Iterator[str]:
    """What the example gives in the query."""
    given = [(each["name"], each["example"]) for each in parameters if each["in"] == "query" and "example" in each]
    if given:
        yield "-G"
    for name, value in given:
        for one in cast("list[Any]", value) if isinstance(value, list) else [value]:
            said = str(one).lower() if isinstance(one, bool) else str(one)
            yield f"--data-urlencode {shlex.quote(f'{name}={said}')}"
