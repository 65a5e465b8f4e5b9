"""Running the application."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from alignment.errors import MissingExtra

if TYPE_CHECKING:
    from .settings import Settings

PARTS = frozenset({"fastapi", "starlette", "uvicorn"})


def serve(host: str = "127.0.0.1", port: int = 8765, settings: Settings | None = None) -> None:
    """Answer over HTTP until told to stop; what has been begun is answered first.

    Parameters
    ----------
    host, port
        Where to listen. Only programs of this computer reach 127.0.0.1.
    settings
        The limits; blank takes those of the environment.

    Raises
    ------
    MissingExtra
        The parts that HTTP needs are not installed.
    OptionError
        A setting of the environment is not known or out of its range.
    """
    try:
        import uvicorn

        from .app import create_app
        from .settings import Settings
    except ModuleNotFoundError as error:
        if error.name in PARTS:
            raise MissingExtra("api", "Answering over HTTP") from error
        raise
    limits = settings or Settings.gather()
    grace = math.ceil(limits.answer_limit)
    uvicorn.run(create_app(limits), host=host, port=port, server_header=False, timeout_graceful_shutdown=grace)
