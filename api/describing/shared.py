"""What operations have in common: told once in the document, and referred to."""

from __future__ import annotations

import json
from typing import Any, Literal

Json = dict[str, Any]

Part = Literal["parameters", "examples"]


class Shared:
    """Parts of one kind that operations share.

    Parameters
    ----------
    part
        The kind, as the document calls it.

    Attributes
    ----------
    told
        Each part by its name.

    Examples
    --------
    >>> shared = Shared("examples")
    >>> shared.refer("page", {"value": 1}, "themes"), shared.refer("again", {"value": 1}, "camps")
    ({'$ref': '#/components/examples/page'}, {'$ref': '#/components/examples/page'})
    >>> shared.refer("page", {"value": 2}, "camps")
    {'$ref': '#/components/examples/camps.page'}
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._names: dict[str, str] = {}
        self.told: Json = {}

    def refer(self, name: str, value: Json, owner: str) -> Json:
        """A reference to a part.

        Parameters
        ----------
        name
            What it is called, unless it was told under another name before.
        value
            The part.
        owner
            Who says it: it bears this name as well where the other is taken by something else.
        """
        said = json.dumps(value, sort_keys=True)
        if said not in self._names:
            self._names[said] = name if name not in self.told else f"{owner}.{name}"
            self.told[self._names[said]] = value
        return {"$ref": f"#/components/{self._part}/{self._names[said]}"}
