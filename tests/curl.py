"""What curl says of a server that is in this process."""

from __future__ import annotations

import argparse
import base64
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient


def curl(words: Sequence[str], client: TestClient) -> int:
    """Run curl with those of its options that pages use.

    Parameters
    ----------
    words
        What stands behind `curl`.
    client
        Who asks the server.
    """
    asked = _parser().parse_args(words)
    sent = asked.data_binary or asked.T
    method = "HEAD" if asked.I else "PUT" if asked.T else "POST" if sent else "GET"
    data = Path(sent.removeprefix("@")).read_bytes() if sent else None
    headers = dict(_headers(asked))
    answer: Any = client.request(asked.X or method, asked.url, content=data, headers=headers, follow_redirects=False)
    if asked.etag_save:
        Path(asked.etag_save).write_text(f"{answer.headers['etag']}\n", encoding="utf-8")
    if asked.o:
        Path(asked.o).write_bytes(answer.content)
        return 0
    if asked.i or asked.I:
        told = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        sys.stdout.write(f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\n{told}\n")
    sys.stdout.write(answer.text)
    return 0


def _parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="curl")
    found.add_argument("url")
    for flag in "siIN":
        found.add_argument(f"-{flag}", action="store_true")
    found.add_argument("-H", action="append", default=[])
    for option in ("-X", "-T", "-u", "-o", "--data-binary", "--etag-save", "--etag-compare"):
        found.add_argument(option)
    return found


def _headers(asked: argparse.Namespace) -> Iterator[tuple[str, str]]:
    for each in asked.H:
        name, _, value = each.partition(": ")
        yield name, value
    if asked.u:
        yield "Authorization", f"Basic {base64.b64encode(asked.u.encode()).decode()}"
    if asked.etag_compare:
        yield "If-None-Match", Path(asked.etag_compare).read_text(encoding="utf-8").strip()
