"""The command line: `alignment`, or `python -m alignment`.

Answers go to stdout, talk and progress to stderr. It ends with

- 0 when done,
- 1 when ``--strict`` was given and conflicts were found, or a checked set is not aligned, or ``replay`` has another
  answer,
- 2 when the input, an option or a path is wrong,
- 3 when there is no aligned set,
- 4 when the solver failed,
- 70 when the fault is ours,
- 130 when interrupted.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NoReturn

__all__ = ["main", "run"]

OUR_FAULT: Final = 70
INTERRUPTED: Final = 130


def run() -> NoReturn:
    """What the installed command runs."""
    if not sys.warnoptions:
        # They are for whoever writes programs; a person at a terminal can do nothing about them.
        warnings.simplefilter("ignore")
    code = main()
    if threading.active_count() > 1:
        # A search that did not hear that it should stop: were it to die with the process, that would be an abort.
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The words after `alignment`; blank is those that this process was called with.

    Returns
    -------
    int
        The exit code.
    """
    try:
        # In here, so that whoever presses Ctrl-C early sees no traceback either.
        from .app import program

        program(arguments, prog_name="alignment")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("ALIGNMENT_TRACEBACK"):
            raise
        return _own_up(error)
    return 0


def _without_home(text: str) -> str:
    """Text that names no place of a person, as it may be sent to others."""
    with suppress(OSError, RuntimeError):
        for place, said in ((os.getcwd(), "."), (os.path.expanduser("~"), "~")):
            if len(place) > 1:
                text = text.replace(place, said)
    return text


def _own_up(error: Exception) -> int:
    from .streams import say

    say(
        f"This should not happen, and is no fault of yours: {type(error).__name__}: {_without_home(str(error))}\n"
        "Please report it, with what ALIGNMENT_TRACEBACK=1 in the environment shows."
    )
    return OUR_FAULT
