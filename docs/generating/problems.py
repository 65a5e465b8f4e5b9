"""What can go wrong: the library's errors, and the problems of the API."""

from __future__ import annotations

from alignment import errors

from .markdown import grid


def error_tree() -> str:
    """What can go wrong, by meaning."""
    tree = (errors.__doc__ or "").partition("\n\n")[2].strip()
    return f"```text\n{tree}\n```"


def problems() -> str:
    """Every kind of problem the API answers with."""
    from alignment.api.problems import ALL_KINDS

    rows = [(str(kind.status), f"`{kind.type}`", kind.title) for kind in sorted(ALL_KINDS, key=lambda k: k.status)]
    return grid(("status", "type", "title"), rows)
