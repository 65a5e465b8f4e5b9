"""What servers are attacked with: an example and a made nation, in versions that differ."""

from __future__ import annotations

from functools import cache
from typing import Final

import alignment as al
from alignment.api.media import WRITTEN, SystemForm
from alignment.api.uploads import bytes_of
from benchmarks.national import national

TYPES: Final = {each.form: {"Content-Type": each.type} for each in WRITTEN}
"""The headers that say in which form a system is sent."""

LONDON: Final = "london-2018"

ENGLAND: Final = "england-2026"


@cache
def sample(name: str, form: SystemForm = "json", number: int = 0) -> bytes:
    """An example, or `nation`, in a form; each number is another system."""
    return bytes_of(_system(name, number), form)


@cache
def content(name: str, number: int = 0) -> str:
    """The hash of what a sample says, whatever its form."""
    return _system(name, number).hash


@cache
def _system(name: str, number: int) -> al.System:
    found = national(100, 300, 4_000, 600) if name == "nation" else al.read(al.example(name))
    if number == 0:
        return found
    return found.replace(about=found.about.model_copy(update={"name": f"{found.about.name} {number}"}))
