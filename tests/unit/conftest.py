"""The library calls nobody: its tests run without a network."""

from __future__ import annotations

import socket
from typing import Any, Final, NoReturn

import pytest

CALLING: Final = ("connect", "connect_ex", "sendto", "bind")
"""What a socket does before anything goes out."""

MAY: Final = frozenset({"test_cluster.py", "test_ends.py", "test_executors.py"})
"""Tests of what is made to work over a network: the server, and a cluster."""

CONNECT: Final = {name: getattr(socket.socket, name) for name in CALLING}


class CalledError(AssertionError):
    """The library called somebody."""


@pytest.fixture(autouse=True)
def _offline(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket of the Internet, and every look for a name."""
    if request.path.name in MAY:
        return
    for name in CALLING:
        monkeypatch.setattr(socket.socket, name, _only_within(name), raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", _refused)


def _only_within(name: str) -> Any:
    def call(own: socket.socket, *given: Any) -> Any:
        # Processes of one machine speak to each other over what has no address of the Internet.
        return _refused() if own.family in (socket.AF_INET, socket.AF_INET6) else CONNECT[name](own, *given)

    return call


def _refused(*_: object, **__: object) -> NoReturn:
    raise CalledError("The library calls nobody")
