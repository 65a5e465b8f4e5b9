"""The log of a server: a line an event, to standard error, as JSON or for a terminal.

What was asked must not get there, so text is only taken from where it is known: messages of this library, and those of
uvicorn that it says of itself. Of what other libraries say, the place is told; of errors, types and places.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import Any, Final, TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor

from .cleaning import cleaner, home_folder, kinds_of, places_of

LOG: Final = logging.getLogger("alignment.api")

FIELDS: Final = ("method", "route", "status", "seconds", "bytes", "key", "left", "error")
"""What may stand beside a message; whatever else is handed over is left out."""

OWN_MATTERS: Final = frozenset({"server", "config"})
"""The modules of uvicorn that know of no request, so that what their messages are filled with is known, too."""


def set_up(*, json: bool, stream: TextIO | None = None) -> None:
    """Let everything that is logged in this process come out the same way.

    uvicorn is to be run with `log_config=None, access_log=False`, or it sets up logs of its own.

    Parameters
    ----------
    json
        Whether a line is a JSON object, for programs, rather than for people.
    stream
        Where lines go; blank is standard error.
    """
    handler = _Lines(stream or sys.stderr)
    handler.setFormatter(_formatter(json=json))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("alignment", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)
    # These would write the text of errors and warnings, past any log.
    threading.excepthook = _thread_failed
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


class _Lines(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its base's name
        """Say that a line is lost; the base would print all that was to be in it."""
        lost = {"name": LOG.name, "levelname": "ERROR", "msg": "A line of the log could not be written."}
        with suppress(Exception):
            self.stream.write(self.format(logging.makeLogRecord(lost)) + self.terminator)


def _formatter(*, json: bool) -> logging.Formatter:
    last: Processor = structlog.processors.JSONRenderer()
    if not json:
        last = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, timestamp_key="time")
    return ProcessorFormatter(
        use_get_message=False,
        pass_foreign_args=True,
        foreign_pre_chain=[_said, ExtraAdder(FIELDS)],
        processors=[
            merge_contextvars,
            add_log_level,
            add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _failed,
            _cleaned(cleaner(home_folder())),
            ProcessorFormatter.remove_processors_meta,
            last,
        ],
    )


def _said(_: Any, __: str, event: EventDict) -> EventDict:
    """The text of a message, where its author is known."""
    record: logging.LogRecord = event["_record"]
    record.args = event.pop("positional_args", ())
    event["event"] = _text(record)
    record.args = ()  # or the finished line would be filled in, too
    return event


def _text(record: logging.LogRecord) -> str:
    author = record.name.partition(".")[0]
    if author == "alignment":
        return record.getMessage()
    if author == "uvicorn":
        said = record.getMessage() if record.module in OWN_MATTERS else str(record.msg)
        return said.partition("\n")[0]
    return f"Something was said at {PurePath(record.pathname).name}:{record.lineno}."


def _failed(_: Any, __: str, event: EventDict) -> EventDict:
    """An error as types and places."""
    event.pop("stack_info", None)
    info: Any = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else info and info[1]
    if isinstance(error, BaseException):
        event.update(error=kinds_of(error), places=places_of(error))
    return event


def _cleaned(clean: Callable[[str], str]) -> Processor:
    def processor(_: Any, __: str, event: EventDict) -> EventDict:
        return {name: clean(value) if isinstance(value, str) else value for name, value in event.items()}

    return processor


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    LOG.error("A thread failed.", exc_info=args.exc_value)


def _unraisable(args: Any) -> None:
    LOG.error("An error could be told to nobody.", exc_info=args.exc_value)


def _warned(_: Warning | str, category: type[Warning], filename: str, lineno: int, *__: Any, **___: Any) -> None:
    LOG.warning("%s at %s:%d.", category.__name__, PurePath(filename).name, lineno)
