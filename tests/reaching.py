"""Lets what Python programs ask by URL reach the server of a terminal: `requests`, and `pandas.read_csv`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib import request
from urllib.error import HTTPError

import pytest
import requests
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from tests.terminal import Terminal


def reach(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whatever is asked by URL be asked of the server of a terminal.

    Parameters
    ----------
    terminal
        The terminal; its server starts when it is first asked something.
    monkeypatch
        Undoes it.
    """

    def send(_: HTTPAdapter, asked: requests.PreparedRequest, **__: Any) -> requests.Response:
        headers = {name: str(value) for name, value in asked.headers.items()}
        body: Any = asked.body
        found: Any = terminal.client.request(str(asked.method), str(asked.url), content=body, headers=headers)
        made = requests.Response()
        made.status_code, made.raw = found.status_code, io.BytesIO(found.content)
        made.headers.update(found.headers)
        made.encoding, made.request, made.url = found.charset_encoding, asked, str(asked.url)
        return made

    def urlopen(asked: request.Request, **__: Any) -> Any:
        found: Any = terminal.client.get(asked.full_url, headers=dict(asked.header_items()))
        if found.is_error:
            raise HTTPError(asked.full_url, found.status_code, found.reason_phrase, found.headers, None)
        return _Page(found.content, found.headers)

    monkeypatch.setattr(HTTPAdapter, "send", send)
    monkeypatch.setattr(request, "urlopen", urlopen)


class _Page(io.BytesIO):
    """What `urlopen` gives."""

    def __init__(self, content: bytes, headers: Any) -> None:
        super().__init__(content)
        self.headers = headers
