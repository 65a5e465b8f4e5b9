"""The sheet of styles for all pieces: one text, for a page to hold or a server to send."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from . import palette


@cache
def style() -> str:
    """The sheet of styles, with the palette as its variables.

    It styles what has the class ``drawing`` and what is in it, on screen and paper, and leaves the page alone.
    """
    colours = "".join(f"--drawing-{name}: {colour}; " for name, colour in palette.NAMED.items())
    sheet = files("alignment.reports.drawing").joinpath("drawing.css").read_text("utf-8")
    return f".drawing {{ {colours.rstrip()} }}\n{sheet}"
