"""Every verb by its doors: Python, the command line, HTTP, tables, and the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alignment.cli.app import COMMANDS
from alignment.cli.command import Group, Registered, ungrouped
from alignment.verbs.registry import BY_COMMAND, VERBS, Verb
from alignment.verbs.renderers import RENDERERS

from .markdown import grid, said

PAGES: Final = {
    "validate": "tables.md",
    "conflicts": "ideas/conflicts/index.md",
    "congruity": "ideas/alignment.md",
    "joint": "ideas/achieve.md",
    "repair": "ideas/achieve.md",
    "shared-values": "ideas/sharing.md",
    "propose": "ideas/aligned-set.md",
    "check": "ideas/aligned-set.md",
    "why": "ideas/reasons.md",
    "alternatives": "ideas/reasons.md",
}
"""The page that explains a verb, where that does not bear the verb's word."""

WHOLE: Final = {True: "all of it", False: "one table"}


def page_of(verb: Verb) -> str:
    """The page that explains a verb, from the folder of the documentation."""
    return PAGES.get(verb.command, f"ideas/{verb.command}.md")


def doors() -> str:
    """Every verb with its doors."""
    return grid(("Python", "command", "HTTP", "tables", "explained in", "example"), [_row(verb) for verb in VERBS])


def _row(verb: Verb) -> tuple[str, ...]:
    function, page = verb.home[1], page_of(verb)
    return (
        f"[`al.{function}`](verbs.md#alignment.{function})",
        f"`lens {verb.command}`" if verb.lens else f"`{verb.command}`",
        f"`POST {verb.path}`",
        ", ".join(f"`{table}`" for table in verb.tables),
        f"[{page.removeprefix('ideas/').removesuffix('.md').removesuffix('/index')}](../{page})",
        f"`{verb.line}`".replace("|", "\\|"),
    )


def forms() -> str:
    """Every form of an answer."""
    rows = [
        (
            name,
            "what people get" if name == "text" else f"`--{name}`",
            f"`Accept: {renderer.media}`" + (", or none" if name == "json" else ""),
            WHOLE[renderer.whole],
        )
        for name, renderer in RENDERERS.items()
    ]
    return grid(("form", "command", "HTTP", "holds"), rows)


def other_commands() -> str:
    """The commands that ask no verb of a system."""
    rows = [(f"`{name}`", said(each.function), f"`{each.line}`") for name, each in _others()]
    return grid(("command", "what it does", "example"), rows)


def _others() -> Iterator[tuple[str, Registered | Group]]:
    """Commands by the words that call them, those of a group below its word."""
    for name, each in COMMANDS.items():
        if name not in BY_COMMAND:
            yield name, each
        if isinstance(each, Group):
            yield from ((f"{name} {word}", one) for word, one in each.commands.items() if word not in BY_COMMAND)


def commands() -> str:
    """Every command in a line."""
    rows = [(f"`alignment {name}`", said(each.function)) for name, each in ungrouped().items()]
    return grid(("command", "what it does"), rows)
