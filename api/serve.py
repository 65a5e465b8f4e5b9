"""Running the application."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from alignment.errors import MissingExtra

if TYPE_CHECKING:
    from alignment.api.settings import Settings

PARTS = frozenset(
    {
        "alembic",
        "fastapi",
        "pebble",
        "prometheus_client",
        "psutil",
        "sqlalchemy",
        "starlette",
        "structlog",
        "uvicorn",
    }
)


def serve(
    host: str = "127.0.0.1",
    port: int = 8765,
    settings: Settings | None = None,
    announce: Callable[[Settings], None] = lambda _: None,
) -> None:
    """Answer over HTTP until told to stop; what has been begun is answered first, and runs are handed back.

    Parameters
    ----------
    host, port
        Where to listen. Only programs of this computer reach 127.0.0.1.
    settings
        What the server takes, and where it keeps things; blank is what the environment says.
    announce
        Called once nothing stands against it, with the settings as they hold.

    Raises
    ------
    MissingExtra
        The parts that HTTP needs are not installed.
    OptionError
        A setting is not known or out of its range, or other computers could come in without a key.
    StoreError
        What is kept cannot be reached.
    """
    try:
        import uvicorn

        from alignment.api.app import create_app
        from alignment.api.locks.exposure import settled_for
        from alignment.api.settings import Settings
        from alignment.api.watching.logs import set_up
    except ModuleNotFoundError as error:
        if error.name in PARTS:
            raise MissingExtra("api", "Answering over HTTP") from error
        raise
    limits = settled_for(host, settings or Settings.gather())
    announce(limits)
    app = create_app(limits, host=host)
    set_up(json=not sys.stderr.isatty())
    how = uvicorn.Config(
        app,
        host=host,
        port=port,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=math.ceil(limits.answer_limit),
    )
    server = uvicorn.Server(how)
    _end_waits(server, app)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(3)


def _end_waits(server: Any, app: Any) -> None:
    """Let nobody wait for runs once the server is told to stop: open streams would keep it from stopping."""
    leave = server.handle_exit

    def handle_exit(*told: Any) -> None:
        if hasattr(app.state, "server"):
            app.state.server.settled.close()
        leave(*told)

    server.handle_exit = handle_exit
